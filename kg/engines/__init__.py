"""Engines: what reads an article. A small protocol, and a table from name to class.

An engine is made once a process, without arguments; what it needs, it takes from the environment. docs/engines.md tells
how to write one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Protocol, runtime_checkable

from kg.errors import ArticleError, UsageError
from kg.model import Article, Reading


class Engine(Protocol):
    """Reads articles; what it needs is loaded when it is made."""

    @property
    def fingerprint(self) -> str:
        """What changes whenever its readings may: part of the key of every cached extraction."""
        ...

    def read(self, articles: Iterable[Article]) -> Iterator[Reading | ArticleError]:
        """Yield one reading an article, in the same order; an error for an article that it cannot read this time."""
        ...


@runtime_checkable
class Accounting(Protocol):
    """An engine that keeps account of a run, for all of which it stays in one process: it waits for others to compute."""

    def account(self) -> list[str]:
        """Return what is to be said at the end of a run, a line each: what it cost."""
        ...


@runtime_checkable
class Online(Accounting, Protocol):
    """An engine that asks a server; once `offline` is set, only what it keeps answers."""

    offline: bool


ENGINES = {
    "rules": "kg.engines.rules:Rules",
    "spacy": "kg.engines.spacy:Spacy",
    "llm": "kg.engines.llm:Llm",
}
_NEEDS = {"spacy": "spacy", "llm": "httpx"}  # what the extra of that name brings along


def make(name: str) -> Engine:
    """Return the engine called `name`, or any other "module:Class"; UsageError where there is none."""
    module, _, attribute = ENGINES.get(name, name).partition(":")
    if not attribute:
        raise UsageError(f"no engine is called {name!r}; there is: {', '.join(ENGINES)}, or give a module:Class")
    try:
        engine: Engine = getattr(import_module(module), attribute)()
    except (ImportError, AttributeError) as error:
        if name in _NEEDS and isinstance(error, ModuleNotFoundError) and error.name == _NEEDS[name]:
            raise UsageError(f"engine {name!r} needs: pip install 'accordgraph[{name}]'") from error
        raise UsageError(f"engine {name!r} cannot be loaded: {error}") from error
    return engine
