"""Executors: where extraction runs. A small protocol, and a table from name to class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Protocol, TypeVar

from kg.errors import UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")


class Executor(Protocol):
    """Applies a function to many items."""

    def map(
        self, function: Callable[[list[Item]], list[Result]], items: Iterable[list[Item]]
    ) -> Iterator[list[Result]]:
        """Yield one result an item, in the order of the items, holding only a few of either at a time."""
        ...


EXECUTORS = {"local": "kg.executors.local:Local"}


def make(name: str, workers: int) -> Executor:
    """Return the executor called `name`, or any other "module:Class"; UsageError where there is none."""
    module, _, attribute = EXECUTORS.get(name, name).partition(":")
    if not attribute:
        raise UsageError(f"no executor is called {name!r}; there is: {', '.join(EXECUTORS)}, or give a module:Class")
    executor: Executor = getattr(import_module(module), attribute)(workers)
    return executor
