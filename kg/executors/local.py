"""This machine: one process, or several."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

from kg.errors import KgError

Item = TypeVar("Item")
Result = TypeVar("Result")

_ALONE = 2  # batches done in this process first: workers take most of a second to start, in which those are done
_AHEAD = 2  # batches waiting for each worker: enough to keep it busy, few enough to keep memory flat


class Local:
    """Runs in this process where there is one worker, in a pool of processes where there are more."""

    def __init__(self, workers: int = 1) -> None:
        self.workers = max(1, workers)

    def map(
        self, function: Callable[[list[Item]], list[Result]], items: Iterable[list[Item]]
    ) -> Iterator[list[Result]]:
        """Yield the results in the order of the items."""
        rest = iter(items)
        alone = 0
        for item in rest:
            yield function(item)
            alone += bool(item)
            if alone >= _ALONE and self.workers > 1:
                yield from self._shared(function, rest)

    def _shared(
        self, function: Callable[[list[Item]], list[Result]], items: Iterator[list[Item]]
    ) -> Iterator[list[Result]]:
        # "spawn" rather than "fork": the parent holds an open store and threads, which a fork would copy half alive.
        with ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=_settle_in) as pool:
            waiting: deque[Future[list[Result]]] = deque()
            try:
                for item in items:
                    waiting.append(pool.submit(function, item))
                    if len(waiting) > self.workers * _AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            except BrokenProcessPool as error:
                raise KgError("a worker process died (out of memory?); try again with --workers 1") from error
            finally:
                for future in waiting:
                    future.cancel()


def _settle_in() -> None:
    """Make a worker leave Ctrl-C to its parent, and end when the parent is gone, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
