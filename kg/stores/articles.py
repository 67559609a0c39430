"""The texts and readings of a generation's articles, in a file beside the graph: what quotes are sliced from again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from kg.errors import KgError
from kg.model import Article, Outcome, Reading

_SCHEMA = """
CREATE TABLE article (id TEXT PRIMARY KEY, iri TEXT UNIQUE, hash TEXT, origin TEXT, outcome BLOB) WITHOUT ROWID;
"""
_ENCODE = msgspec.json.Encoder()
_DECODE = msgspec.json.Decoder(Outcome)


class ArticleStore:
    """Articles with their readings, by id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    @contextmanager
    def create(cls, path: Path) -> Iterator[ArticleStore]:
        """Yield a new, empty file; what was added is on disk at the end."""
        connection = sqlite3.connect(path)
        try:
            # No journal: the whole generation is discarded if its writing does not end well.
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            yield cls(connection)
            connection.commit()
        except sqlite3.Error as error:
            raise KgError(f"cannot write {path}: {error}; the store is as it was") from error
        finally:
            connection.close()

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[ArticleStore]:
        """Yield the articles of a finished file, for reading."""
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
                yield cls(connection)
        except (sqlite3.Error, msgspec.MsgspecError) as error:
            raise KgError(f"cannot read {path}: {error}; build the store again, with --fresh") from error

    def add(self, outcome: Outcome, iri: str) -> tuple[str, str] | None:
        """Add a good outcome; where its id is taken, keep one of the two and return (where, why) of the other.

        Which of two stays does not depend on the order in which they come: the one with the smaller hash of its text.
        """
        assert outcome.article is not None
        taken = self._db.execute(
            "SELECT id, hash, origin FROM article WHERE id = ? OR iri = ?", (outcome.id, iri)
        ).fetchone()
        if taken is None:
            self._insert(outcome, iri)
            return None
        id_, digest, origin = taken
        if outcome.article.hash == digest:
            first, second = sorted((outcome.origin, origin))
            if first == outcome.origin:
                self._replace(id_, outcome, iri)
            return second, f"is the same article as {first}"
        loser, winner = (outcome.origin, origin) if digest < outcome.article.hash else (origin, outcome.origin)
        if winner == outcome.origin:
            self._replace(id_, outcome, iri)
        return loser, f"has the id {outcome.id!r} of another article, {winner}; rename one"

    def _insert(self, outcome: Outcome, iri: str) -> None:
        assert outcome.article is not None
        row = (outcome.id, iri, outcome.article.hash, outcome.origin, _ENCODE.encode(outcome))
        self._db.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?)", row)

    def _replace(self, id_: str, outcome: Outcome, iri: str) -> None:
        self._db.execute("DELETE FROM article WHERE id = ?", (id_,))
        self._insert(outcome, iri)

    def count(self) -> int:
        """Return how many articles there are."""
        return int(self._db.execute("SELECT count(*) FROM article").fetchone()[0])

    def get(self, id_: str) -> tuple[Article, Reading] | None:
        """Return an article and its reading; None where there is none of this id."""
        row = self._db.execute("SELECT outcome FROM article WHERE id = ?", (id_,)).fetchone()
        return _pair(_DECODE.decode(row[0])) if row else None

    def ids(self) -> Iterator[str]:
        """Yield the ids, in order."""
        for row in self._db.execute("SELECT id FROM article ORDER BY id"):
            yield row[0]

    def hashes(self) -> Iterator[tuple[str, str]]:
        """Yield each article's id and the hash of its text, in the order of the ids."""
        yield from self._db.execute("SELECT id, hash FROM article ORDER BY id")

    def outcomes(self) -> Iterator[Outcome]:
        """Yield the outcomes in the order of their ids."""
        for row in self._db.execute("SELECT outcome FROM article ORDER BY id"):
            yield _DECODE.decode(row[0])

    def __iter__(self) -> Iterator[tuple[Article, Reading]]:
        return map(_pair, self.outcomes())


def _pair(outcome: Outcome) -> tuple[Article, Reading]:
    assert outcome.article is not None
    assert outcome.reading is not None
    return outcome.article, outcome.reading
