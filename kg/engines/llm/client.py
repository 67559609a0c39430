"""Asks an OpenAI-compatible server, and lets it cost only so much: time, bytes, attempts.

Three things can go wrong. The set-up (address, key, model): no article will be answered, and the run ends. The server
(busy, broken, slow): asked again with growing pauses, then the article is given up, and the run once several in a row
were. The answer (cut off, endless, no answer at all): the article alone is given up.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

import httpx
import msgspec

from kg import __version__
from kg.engines.llm.settings import Settings
from kg.errors import ArticleError, KgError
from kg.web import retry_after, short

log = logging.getLogger(__name__)

LARGEST = 2 * 2**20  # bytes of an answer: a long article with all its quotes makes some 30 kB
_ATTEMPTS = 4
_LONGEST_WAIT = 60.0  # seconds that a server may ask to be left alone
_GIVE_UP = 5  # articles in a row that a server failed to answer
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_NOT_FOR_THIS_ARTICLE = frozenset({400, 413, 422})  # too long, or refused; all other errors are of the set-up


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said, and what it took."""

    text: str
    tokens_in: int
    tokens_out: int


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


_COMPLETION = msgspec.json.Decoder(_Completion)


class _ServerError(Exception):
    """The server could not answer; another attempt may do, after so many seconds (None: after the usual pause)."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Client:
    """One server, asked with patience."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._failures = 0  # articles in a row

    def connection(self) -> httpx.AsyncClient:
        """Return a pool of connections, to be used as a context; redirects are not followed, since the key would go along."""
        headers = {"User-Agent": f"accordgraph/{__version__}", "Accept-Encoding": "identity"}
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        return httpx.AsyncClient(headers=headers, timeout=self._settings.timeout, follow_redirects=False)

    async def ask(self, http: httpx.AsyncClient, body: bytes) -> Reply:
        """Return the reply to a request; ArticleError where there is none, KgError where there will never be one."""
        try:
            reply = _reply(await self._persist(http, body))
        except _ServerError as failure:
            self._failures += 1
            if self._failures >= _GIVE_UP:
                raise KgError(
                    f"the model's server failed {_GIVE_UP} times in a row, the last time since it {failure}; "
                    "what it has answered is kept for the next run"
                ) from failure
            raise ArticleError(f"was not read: the model's server {failure}") from failure
        self._failures = 0
        return reply

    async def _persist(self, http: httpx.AsyncClient, body: bytes) -> bytes:
        """Return the answer, asking again where that may help."""
        for attempt in range(_ATTEMPTS - 1):
            try:
                return await self._within_time(http, body)
            except _ServerError as failure:
                pause = self._settings.wait * 2**attempt if failure.wait is None else failure.wait
                if pause > _LONGEST_WAIT:
                    raise
                log.info("the model's server %s; asked again in %.0f s", failure, pause)
                await asyncio.sleep(pause)
        return await self._within_time(http, body)

    async def _within_time(self, http: httpx.AsyncClient, body: bytes) -> bytes:
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await self._post(http, body)
        except TimeoutError as error:
            # Another attempt would take as long: too long a wait says so.
            raise _ServerError(f"gave no whole answer within {self._settings.timeout:g} s", float("inf")) from error
        except httpx.ConnectError as error:
            raise _ServerError(f"cannot be reached ({short(str(error)) or 'no connection'})") from error
        except httpx.HTTPError as error:
            raise _ServerError(f"broke off ({type(error).__name__})") from error
        except httpx.InvalidURL as error:
            raise KgError(f"KG_LLM_URL is no address: {error}") from error

    async def _post(self, http: httpx.AsyncClient, body: bytes) -> bytes:
        address = f"{self._settings.url}/chat/completions"
        headers = {"Content-Type": "application/json"}
        async with http.stream("POST", address, content=body, headers=headers) as response:
            content = bytearray()
            async for part in response.aiter_raw():
                content += part
                if len(content) > LARGEST:
                    raise ArticleError(f"was not read: the model's answer is longer than {LARGEST // 2**20} MB")
            self._check(response, bytes(content))
            return bytes(content)

    def _check(self, response: httpx.Response, content: bytes) -> None:
        """Raise what an answer's status means, unless it is a good one."""
        status, said = response.status_code, _said(content)
        if status == 200:
            return
        if response.is_redirect:
            target = short(response.headers.get("location", ""))
            raise KgError(f"KG_LLM_URL leads on to {target}, which is not followed; give the address itself")
        if status in _BUSY:
            raise _ServerError(f"answered {status}{said}", retry_after(response.headers.get("retry-after", "")))
        if status in _NOT_FOR_THIS_ARTICLE:
            raise _ServerError(f"answered {status}{said}", float("inf"))
        raise KgError(f"the model's server answered {status}{said}; check KG_LLM_URL, KG_LLM_MODEL and KG_LLM_KEY")


def _reply(content: bytes) -> Reply:
    """Return what a completion says; ArticleError for what is none."""
    try:
        completion = _COMPLETION.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ArticleError(f"was not read: the model's server gave no completion ({short(str(error))})") from error
    choice = completion.choices[0] if completion.choices else None
    if choice is None or not choice.message.content:
        raise ArticleError("was not read: the model gave no answer")
    if choice.finish_reason == "length":
        raise ArticleError("was not read: the model's answer was cut off; allow it more tokens in KG_LLM_OPTIONS")
    usage = completion.usage or _Usage()
    return Reply(choice.message.content, max(0, usage.prompt_tokens), max(0, usage.completion_tokens))


def _said(content: bytes) -> str:
    words = short(content[:2000].decode("utf-8", "replace"))
    return f": {words}" if words else ""
