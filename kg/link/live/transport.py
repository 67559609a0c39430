"""HTTP, bounded in bytes and time: the only module that opens a connection. It is loaded only when one may be opened."""

from __future__ import annotations

import time
from collections.abc import Mapping

import httpx

from kg import __version__
from kg.errors import UsageError
from kg.link.live.client import BusyError, ClosedError, RefusedError
from kg.link.live.settings import Settings
from kg.web import retry_after, short

LARGEST = 32 * 2**20  # bytes of an answer: fifty of the longest items
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_NOT_THIS = frozenset({400, 413, 414})  # refusals of this question; all others are of the set-up


class Transport:
    """Connections to one service."""

    def __init__(self, settings: Settings) -> None:
        """Redirects are not followed, since a token would go along."""
        self._settings = settings
        about = f"; {settings.contact}" if settings.contact else ""
        agent = f"accordgraph/{__version__} (https://w3id.org/accordgraph/{about}) httpx/{httpx.__version__}"
        headers = {"User-Agent": agent}
        if settings.token:
            headers["Authorization"] = f"Bearer {settings.token}"
        self._http = httpx.Client(headers=headers, timeout=settings.timeout, follow_redirects=False)

    def send(
        self, params: Mapping[str, str] | None, form: Mapping[str, str] | None, accept: str
    ) -> tuple[bytes, Mapping[str, str]]:
        """Return the body and the headers of the answer to a GET, or with `form` to a POST.

        BusyError, RefusedError or ClosedError where there is no good one.
        """
        try:
            return self._exchange(params, form, accept)
        except httpx.TimeoutException as error:
            raise BusyError(f"gave no answer within {self._settings.timeout:g} s", hopeless=True) from error
        except httpx.ConnectError as error:
            raise BusyError(f"cannot be reached ({short(str(error)) or 'no connection'})") from error
        except httpx.HTTPError as error:
            raise BusyError(f"broke off ({type(error).__name__})") from error
        except httpx.InvalidURL as error:
            raise UsageError(f"{self._settings.url!r} is no address: {error}") from error

    def _exchange(
        self, params: Mapping[str, str] | None, form: Mapping[str, str] | None, accept: str
    ) -> tuple[bytes, Mapping[str, str]]:
        method = "GET" if form is None else "POST"
        headers = {"Accept": accept}
        end = time.monotonic() + self._settings.timeout
        with self._http.stream(method, self._settings.url, params=params, data=form, headers=headers) as response:
            content = bytearray()
            for part in response.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise RefusedError(f"its answer is longer than {LARGEST // 2**20} MB")
                if time.monotonic() > end:  # drop by drop, each in time
                    raise BusyError(f"gave no whole answer within {self._settings.timeout:g} s", hopeless=True)
            self._check(response, bytes(content))
            return bytes(content), response.headers

    def _check(self, response: httpx.Response, content: bytes) -> None:
        """Raise what an answer's status means, unless it is a good one."""
        status = response.status_code
        words = short(content[:2000].decode("utf-8", "replace"))
        said = f"answered {status}{f': {words}' if words else ''}"
        if status == 200:
            return
        if status in _BUSY:
            raise BusyError(said, retry_after(response.headers.get("retry-after", "")))
        if status in _NOT_THIS:
            raise RefusedError(f"it {said}")
        if response.is_redirect:
            said = f"leads on to {short(response.headers.get('location', ''))}, which is not followed"
        elif status == 403 and not self._settings.contact:
            said += "; --contact tells it by whom it is asked"
        raise ClosedError(f"it {said}")

    def close(self) -> None:
        """Close all connections."""
        self._http.close()
