"""Asks a service within a budget, with patience, and only so much of it.

Three things can go wrong. This question (refused, or its answer too long): the others go on. The service (busy, broken,
slow): asked again with pauses, as it wishes if it says so, and left alone for the rest of the run once it has failed
several times in a row. The set-up (address, contact, token): no other question will be answered, and none is asked.
Whatever it is, an entity that needed the answer is left alone; no build fails for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Protocol, TypeVar

from kg.errors import UsageError
from kg.link.live.cache import Answer, Answers
from kg.link.live.settings import Settings
from kg.web import short

log = logging.getLogger(__name__)

_LONGEST_WAIT = 60.0  # seconds that are waited for a service that asks for it; for more, the run does without it
_GIVE_UP = 3  # questions in a row that a service failed to answer

Result = TypeVar("Result")


class UnansweredError(Exception):
    """A question has no answer, for this reason."""


class RefusedError(UnansweredError):
    """The service will never answer this question; raised by those who read answers, too."""


class ClosedError(UnansweredError):
    """No other question will be answered either."""


class BusyError(Exception):
    """The service could not answer; it may do so after so many seconds (None: after the usual pause)."""

    def __init__(self, reason: str, wait: float | None = None, *, hopeless: bool = False) -> None:
        super().__init__(reason)
        self.wait = wait
        self.hopeless = hopeless  # another attempt would end alike, after as long a time


class Sender(Protocol):
    """What sends questions."""

    def send(
        self, params: Mapping[str, str] | None, form: Mapping[str, str] | None, accept: str
    ) -> tuple[bytes, Mapping[str, str]]:
        """Return the body and the headers of an answer; BusyError, RefusedError or ClosedError where there is no good one."""

    def close(self) -> None:
        """Close all connections."""


def _sender(settings: Settings) -> Sender | None:
    """Return what sends questions; None where none may be sent. UsageError where what that takes is not installed."""
    if settings.offline:
        return None
    try:
        sender: Sender = import_module("kg.link.live.transport").Transport(settings)
    except ModuleNotFoundError as error:
        if error.name != "httpx":
            raise
        raise UsageError(
            "asking a service needs: pip install 'accordgraph[live]'; with --offline the cache alone answers"
        ) from error
    return sender


class Client:
    """One service, asked one question at a time."""

    def __init__(
        self, settings: Settings, *, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.time
    ) -> None:
        """UsageError or KgError where neither the service nor the cache can be asked."""
        self.requests = 0
        self.kept = 0  # answers that were found in the cache
        self._settings = settings
        self._sleep = sleep
        self._sender = _sender(settings)
        self._answers = Answers(settings.cache, settings.url, readonly=settings.offline, clock=clock)
        self._failures = 0  # questions in a row
        self._closed = "" if self._sender else "offline, and not in the cache"  # why nothing more is asked

    def answer(self, question: str, ask: Callable[[], bytes]) -> Answer:
        """Return the answer to a question, by `ask` where none is kept that holds; UnansweredError where there is none."""
        found, why = self.answers("", [question], lambda _: {question: ask()}, 1)
        if question not in found:
            raise UnansweredError(why)
        return found[question]

    def answers(
        self, what: str, things: Iterable[str], ask: Callable[[list[str]], Mapping[str, bytes]], size: int
    ) -> tuple[dict[str, Answer], str]:
        """Return the answers about things, and why there is none about some; `ask` is asked about `size` at once.

        An answer that is kept and no longer holds stands in where no newer one can be had.
        """
        found: dict[str, Answer] = {}
        lacking: list[str] = []
        for thing in dict.fromkeys(things):
            answer = self._answers.get(f"{what} {thing}")
            if answer is not None:
                found[thing] = answer
            if answer is not None and (answer.fresh or self._settings.offline):
                self.kept += 1
            else:
                lacking.append(thing)
        why = ""
        for at in range(0, len(lacking), size):
            try:
                told = _in_parts(lacking[at : at + size], ask)
            except UnansweredError as error:
                why = str(error)
            else:
                found |= {thing: self._answers.put(f"{what} {thing}", body) for thing, body in told.items()}
        return found, why

    def ask(
        self,
        read: Callable[[bytes, Mapping[str, str]], Result],
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        accept: str = "application/json",
    ) -> Result:
        """Return what `read` makes of the answer, to a GET, or with `form` to a POST; UnansweredError where there is none.

        `read` takes the body and the headers, and raises BusyError, RefusedError, or ValueError for what is no answer.
        """
        if not self._closed and (seconds := self._answers.resting()):
            self._close(f"it asks to be left alone for {_minutes(seconds)}")
        if self._closed or self._sender is None:
            raise UnansweredError(self._closed)
        send = self._sender.send
        try:
            result = self._persist(lambda: read(*send(params, form, accept)))
        except RefusedError:
            self._failures = 0
            raise
        except ClosedError as error:
            self._close(str(error))
            raise
        except BusyError as failure:
            self._failures += 1
            if self._failures >= _GIVE_UP:
                self._close(f"it failed {_GIVE_UP} times in a row, the last time since it {failure}")
            raise UnansweredError(self._closed or f"it {failure}") from failure
        self._failures = 0
        return result

    def _persist(self, attempt: Callable[[], Result]) -> Result:
        """Return what an attempt gives, making several where that may help."""
        for pause in (*self._settings.pauses, None):
            self._spend()
            try:
                return attempt()
            except (ValueError, RecursionError) as error:  # JSON may be nested without end
                failure = BusyError(f"gave no whole answer ({short(str(error))})")
            except BusyError as error:
                failure = error
            self._rest(failure, pause)
        raise AssertionError("the last attempt returns or raises")

    def _rest(self, failure: BusyError, pause: float | None) -> None:
        """Wait before another attempt, as long as the service wishes; raise where there is none to be."""
        wait = max(failure.wait or 0.0, pause or 0.0)
        if wait > _LONGEST_WAIT and not failure.hopeless:
            self._answers.rest(wait)
            raise ClosedError(f"it {failure} and asks to be left alone for {_minutes(wait)}") from failure
        if pause is None or failure.hopeless:
            raise failure
        log.info("%s %s; asked again in %.0f s", self._settings.url, failure, wait)
        self._sleep(wait)

    def _spend(self) -> None:
        if seconds := self._answers.spend(self._settings.budget):
            left = _minutes(seconds)
            raise ClosedError(
                f"the budget of {self._settings.budget:,} requests an hour is spent; there is more in {left}"
            )
        self.requests += 1

    def _close(self, reason: str) -> None:
        self._closed = reason

    def close(self) -> None:
        """Close all connections, and the cache."""
        if self._sender is not None:
            self._sender.close()
        self._answers.close()


def _in_parts(things: list[str], ask: Callable[[list[str]], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Return the answers about things; where a question about several is refused, those about each half."""
    try:
        return ask(things)
    except RefusedError:
        if len(things) == 1:
            raise
        half = len(things) // 2
        return {**_in_parts(things[:half], ask), **_in_parts(things[half:], ask)}


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} minutes"
