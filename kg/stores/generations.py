"""Generations of a store: a new one is written beside the old and switched to when it is whole.

Readers open what `current` points to, read-only; nobody writes to a generation that can be read. Killed at any moment, the
old generation stays in place; what a killed build left behind goes with the next one.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError, UsageError
from kg.iris import article_iri
from kg.model import Outcome
from kg.names import close
from kg.stores.articles import ArticleStore

_KEPT = 2  # generations: the current one, and the one before, which a reader may still have open
_OURS = {
    "current",
    "generations",
    "extractions.sqlite",
    "extractions.sqlite-wal",
    "extractions.sqlite-shm",
    "lock",
    "current.new",
}


@dataclass(frozen=True, slots=True)
class Generation:
    """A whole generation on disk."""

    path: Path
    number: int
    info: dict[str, Any] = field(default_factory=dict)  # how it was built

    @property
    def graph(self) -> Path:
        """The folder of the graph."""
        return self.path / "graph"

    @property
    def articles(self) -> Path:
        """The file of the articles' texts; it does not exist in a store that was loaded from RDF."""
        return self.path / "articles.sqlite"

    @property
    def grounds(self) -> Path:
        """The file of why things are one; it does not exist in a store that was loaded from RDF."""
        return self.path / "grounds.sqlite"

    @property
    def questions(self) -> Path:
        """The file of what the build left for people to decide; it may not be there."""
        return self.path / "questions.json"


class Draft:
    """A generation that is being written."""

    def __init__(self, place: Path, number: int) -> None:
        self.place = place
        self.number = number
        self.path = place / "generations" / f"{number:04d}"
        self.path.mkdir(parents=True)
        self.articles = self.path / "articles.sqlite"
        self.grounds = self.path / "grounds.sqlite"
        self.questions = self.path / "questions.json"
        self._store: ox.Store | None = None
        self.published = False

    @property
    def store(self) -> ox.Store:
        """The graph of this generation, open for writing."""
        if self._store is None:
            self._store = ox.Store(str(self.path / "graph"))
        return self._store

    def load(self, lines: Path) -> None:
        """Load a file of N-Quads."""
        self.store.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS)

    def size(self) -> int:
        """Return how many quads there are."""
        return len(self.store)

    def publish(self, info: dict[str, Any]) -> None:
        """Make this generation the current one, in one step, once everything is on disk."""
        self.store.flush()
        self.store.optimize()
        self._store = None
        (self.path / "build.json").write_text(json.dumps(info, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        link = self.place / "current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("generations") / self.path.name / "graph")
        os.replace(link, self.place / "current")
        self.published = True

    def discard(self) -> None:
        """Remove what was written."""
        self._store = None
        shutil.rmtree(self.path, ignore_errors=True)


@contextmanager
def begin(place: Path) -> Iterator[Draft]:
    """Yield a draft of the next generation; it is removed again unless it was published.

    KgError where another process writes to the store, or where it cannot be written to; UsageError where the folder is
    something else than a store.
    """
    _claim(place)
    try:
        lock = (place / "lock").open("w")
    except OSError as error:
        raise KgError(f"cannot write to {place}: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise KgError(f"another build is writing to {place}; wait for its end, or use another --store") from error
        yield from _drafted(place)


def _drafted(place: Path) -> Iterator[Draft]:
    now = current(place)
    _sweep(place, now)
    draft = Draft(place, _next(place, now))
    try:
        yield draft
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise KgError(f"cannot write to {place}: {why}; the store is as it was") from error
    finally:
        if not draft.published:
            draft.discard()
    _sweep(place, current(place), before=now)


def _claim(place: Path) -> None:
    """Make sure that a folder is a store, or can become one."""
    if place.is_dir():
        foreign = sorted(p.name for p in place.iterdir() if p.name not in _OURS)
        if foreign:
            raise UsageError(f"{place} is no store (it holds {foreign[0]}); give an empty or a new folder as --store")
    elif os.path.lexists(place):
        raise UsageError(f"{place} is a file, not the folder of a store")
    try:
        (place / "generations").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgError(f"cannot write to {place}: {error.strerror}") from error


def _numbers(place: Path) -> list[int]:
    return sorted(int(p.name) for p in (place / "generations").iterdir() if p.name.isdigit())


def _next(place: Path, now: Generation | None) -> int:
    return max([*_numbers(place), now.number if now else 0]) + 1


def _sweep(place: Path, now: Generation | None, before: Generation | None = None) -> None:
    """Remove generations that are neither current nor the one before."""
    kept = {g.number for g in (now, before) if g is not None}
    whole = [
        n
        for n in _numbers(place)
        if (place / "generations" / f"{n:04d}" / "build.json").is_file() and (now is None or n <= now.number)
    ]
    kept.update(whole[-_KEPT:])
    for number in _numbers(place):
        if number not in kept:
            shutil.rmtree(place / "generations" / f"{number:04d}", ignore_errors=True)


def current(place: Path) -> Generation | None:
    """Return the generation that readers see; None where there is none yet."""
    link = place / "current"
    if not link.is_symlink() or not link.is_dir():
        return None
    path = place / "generations" / Path(os.readlink(link)).parent.name
    try:
        info = json.loads((path / "build.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        info = {}
    return Generation(path, int(path.name), info)


def require(place: Path) -> Generation:
    """Return the generation that readers see; UsageError where there is no store."""
    found = current(place)
    if found is not None:
        return found
    if place.exists() and (not place.is_dir() or any(p.name not in _OURS for p in place.iterdir())):
        raise UsageError(
            f"{place} is no store; give its folder as --store, or build one: kg build ARTICLES --store FOLDER"
        )
    raise UsageError(f"there is no store at {place}; build one first: kg build ARTICLES --store {place}")


def open_store(place: Path) -> ox.Store:
    """Return the current graph, open for reading; UsageError where there is no store, KgError where it is damaged."""
    generation = require(place)
    try:
        return ox.Store.read_only(str(generation.graph))
    except (OSError, RuntimeError) as error:
        raise KgError(f"the store at {place} cannot be opened ({error}); build it again, with --fresh") from error


@contextmanager
def open_articles(place: Path) -> Iterator[ArticleStore | None]:
    """Yield the articles of the current generation; None for a store without texts."""
    generation = require(place)
    if not generation.articles.is_file():
        yield None
        return
    with ArticleStore.open(generation.articles) as articles:
        yield articles


def find_article(place: Path, text: str) -> Outcome:
    """Return the article with this id or IRI, or with this in its title; UsageError where none or several fit."""
    with open_articles(place) as articles:
        if articles is None:
            raise UsageError(f"the store at {place} was loaded from RDF and holds no texts of articles")
        base = require(place).info.get("base")
        found = [o for o in articles.outcomes() if _is_meant(o, text, base)]
        exact = [o for o in found if o.id == text]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if found:
            raise UsageError(
                f"{len(found)} articles fit {text!r}: {', '.join(o.id for o in found[:5])}{' …' if len(found) > 5 else ''}"
            )
        raise UsageError(f"no article fits {text!r}{_close(text, articles)}; kg query articles lists them")


def _is_meant(outcome: Outcome, text: str, base: str | None) -> bool:
    article = outcome.article
    if outcome.id == text or (base and article_iri(base, outcome.id) == text):
        return True
    return article is not None and (text.lower() in article.title.lower() or text.lower() in outcome.id.lower())


def _close(text: str, articles: ArticleStore) -> str:
    near = close(text, list(articles.ids()))
    return f"; did you mean {' or '.join(near)}?" if near else ""
