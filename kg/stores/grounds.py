"""Why things are one node, beside the graph: the grounds of resolution, by entity, in SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import astuple
from pathlib import Path

from kg.errors import KgError, UsageError
from kg.model import Iri
from kg.resolve.grounds import APART, Ground
from kg.stores.generations import require

_SCHEMA = """
CREATE TABLE ground (entity TEXT, verdict TEXT, name TEXT, score REAL, why TEXT, other TEXT);
CREATE INDEX ground_entity ON ground (entity);
"""


def write(path: Path, grounds: Iterable[Ground]) -> None:
    """Write the grounds into a new file; KgError where that cannot be."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            connection.executemany("INSERT INTO ground VALUES (?, ?, ?, ?, ?, ?)", map(astuple, grounds))
            connection.commit()
    except sqlite3.Error as error:
        raise KgError(f"cannot write {path}: {error}; the store is as it was") from error


def nearly(place: Path) -> list[Ground]:
    """Return on what grounds entities are not one that nearly are, the likeliest first; none where none are kept.

    Among them are people of one name whom something rules out: what articles tell of their countries may be what is wrong.
    """
    likely = "score > 0 OR entity LIKE '%/official/%'"
    wanted = f"SELECT * FROM ground WHERE verdict = ? AND ({likely}) ORDER BY score DESC, entity, other, name"
    return _read(place, wanted, APART)


def of(place: Path, entity: str) -> list[Ground]:
    """Return the grounds on which an entity is what it is: what was merged first, then what was nearly, the likeliest first.

    UsageError where the store holds none: it was loaded from RDF, or built by an earlier version.
    """
    if not require(place).grounds.is_file():
        raise UsageError(
            f"the store at {place} does not hold why things are one: build it from its articles, with --fresh"
        )
    wanted = "SELECT * FROM ground WHERE entity = ? ORDER BY verdict DESC, score DESC, name, why, other"
    return _read(place, wanted, entity)


def _read(place: Path, query: str, *values: str) -> list[Ground]:
    path = require(place).grounds
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(query, values).fetchall()
    except sqlite3.Error as error:
        raise KgError(f"cannot read {path}: {error}; build the store again, with --fresh") from error
    return [Ground(Iri(e), verdict, name, score, why, Iri(other)) for e, verdict, name, score, why, other in rows]
