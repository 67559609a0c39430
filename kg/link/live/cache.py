"""What services have answered, what they were asked within the hour, and until when they want to be left alone.

One SQLite file for all services and stores. It may be lost at any time; a damaged one is made anew.
"""

from __future__ import annotations

import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError

log = logging.getLogger(__name__)

LASTS = 14 * 86_400  # seconds for which an answer holds
HOUR = 3600
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
  service TEXT, question TEXT, asked REAL, body BLOB, PRIMARY KEY (service, question)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS request (service TEXT, at REAL);
CREATE TABLE IF NOT EXISTS rest (service TEXT PRIMARY KEY, until REAL) WITHOUT ROWID;
"""


class Answer(NamedTuple):
    """What a service answered, and on which day."""

    body: bytes
    day: str
    fresh: bool = True  # not older than answers last


class Answers:
    """The answers of one service."""

    def __init__(
        self, path: Path, service: str, *, readonly: bool = False, clock: Callable[[], float] = time.time
    ) -> None:
        """KgError where the file cannot be written to, unless it is only read."""
        self._path = path
        self._service = service
        self._clock = clock
        self._db = _readable(path) if readonly else _writable(path)

    def get(self, question: str) -> Answer | None:
        """Return the answer to a question, however old; None where there is none."""
        row = self._db.execute(
            "SELECT body, asked FROM answer WHERE service = ? AND question = ?", (self._service, question)
        ).fetchone()
        try:
            return Answer(zlib.decompress(row[0]), _day(row[1]), self._clock() - row[1] < LASTS) if row else None
        except (zlib.error, TypeError):  # damaged
            return None

    def put(self, question: str, body: bytes) -> Answer:
        """Keep an answer of this moment."""
        now = self._clock()
        row = (self._service, question, now, zlib.compress(body))  # an item's statements take a tenth of their size
        with self._written():
            self._db.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", row)
        return Answer(body, _day(now))

    def spend(self, budget: int) -> float:
        """Count in one request and return 0; where the hour's budget is spent, return the seconds until there is more."""
        now = self._clock()
        with self._written():
            self._db.execute("BEGIN IMMEDIATE")  # two builds at once share one budget
            self._db.execute("DELETE FROM request WHERE at <= ?", (now - HOUR,))
            made, oldest = self._db.execute(
                "SELECT count(*), min(at) FROM request WHERE service = ?", (self._service,)
            ).fetchone()
            if made >= budget:
                return float(max(1.0, oldest + HOUR - now)) if made else float(HOUR)
            self._db.execute("INSERT INTO request VALUES (?, ?)", (self._service, now))
        return 0.0

    def rest(self, seconds: float) -> None:
        """Note that the service wants to be left alone for so long."""
        with self._written():
            self._db.execute("INSERT OR REPLACE INTO rest VALUES (?, ?)", (self._service, self._clock() + seconds))

    def resting(self) -> float:
        """Return for how many seconds more the service wants to be left alone."""
        row = self._db.execute("SELECT until FROM rest WHERE service = ?", (self._service,)).fetchone()
        return max(0.0, row[0] - self._clock()) if row else 0.0

    @contextmanager
    def _written(self) -> Iterator[None]:
        """Change the file, or leave it as it is; KgError where it cannot be changed."""
        try:
            with self._db:
                yield
        except sqlite3.Error as error:  # the disk is full, or another process keeps the file for itself
            raise _unwritable(self._path, error) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def _writable(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _opened(path)
    except (sqlite3.OperationalError, OSError) as error:
        raise _unwritable(path, error) from error
    except sqlite3.DatabaseError:
        log.warning("%s was damaged and is made anew", path)
        path.unlink(missing_ok=True)
        return _opened(path)


def _unwritable(path: Path, error: OSError | sqlite3.Error) -> KgError:
    why = getattr(error, "strerror", None) or error
    return KgError(f"the cache {path} cannot be written: {why}; --cache names another place")


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30)
    try:
        db.execute("PRAGMA synchronous = NORMAL")
        db.executescript(_SCHEMA)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _readable(path: Path) -> sqlite3.Connection:
    """Return what lies there, or an empty cache in memory."""
    if path.is_file():
        try:
            db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            db.execute("SELECT count(*) FROM (SELECT 1 FROM answer LIMIT 1)")
            return db
        except sqlite3.DatabaseError as error:
            log.warning("%s cannot be read and counts as empty: %s", path, error)
    db = sqlite3.connect(":memory:")
    db.executescript(_SCHEMA)
    return db
