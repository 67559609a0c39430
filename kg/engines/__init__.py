"""Engines: what reads an article. A small protocol, and a table from name to class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Protocol

from kg.errors import UsageError
from kg.model import Article, Reading


class Engine(Protocol):
    """Reads articles; what it needs is loaded when it is made."""

    fingerprint: str  # changes whenever its readings may: part of the key of every cached extraction

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Yield one reading an article, in the same order."""
        ...


ENGINES = {"rules": "kg.engines.rules:Rules"}


def make(name: str) -> Engine:
    """Return the engine called `name`, or any other "module:Class"; UsageError where there is none."""
    target = ENGINES.get(name, name)
    module, _, attribute = target.partition(":")
    if not attribute:
        raise UsageError(f"no engine is called {name!r}; there is: {', '.join(ENGINES)}, or give a module:Class")
    try:
        engine: Engine = getattr(import_module(module), attribute)()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"engine {name!r} cannot be loaded: {error}") from error
    return engine
