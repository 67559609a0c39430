"""Outcomes by what they were made from: a page's bytes and the engine. An article that has not changed is not read again.

A cache may be lost at any time; a damaged one is thrown away.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from types import TracebackType

import msgspec

from kg.model import Outcome, Page

log = logging.getLogger(__name__)

_ENCODE = msgspec.json.Encoder()
_DECODE = msgspec.json.Decoder(Outcome)


def key_of(page: Page, fingerprint: str) -> str:
    """Return what an outcome depends on, as a digest: the page's id, kind and bytes, and the engine's fingerprint."""
    digest = sha256(f"{fingerprint}\0{page.media}\0{page.id}\0".encode("utf-8", "surrogateescape"))
    digest.update(page.body)
    return digest.hexdigest()


class Cache:
    """The cache of a store, open while a build runs."""

    def __init__(self, place: Path, *, forget: bool = True) -> None:
        """`forget` what is not used until the end."""
        self._forget = forget
        self._path = place / "extractions.sqlite"

    def __enter__(self) -> Cache:
        try:
            self._db = self._open()
        except sqlite3.OperationalError:  # it cannot be written
            raise
        except sqlite3.DatabaseError:  # it is damaged
            log.warning("%s was damaged and is made anew", self._path)
            self._path.unlink(missing_ok=True)
            self._db = self._open()
        return self

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS outcome (key TEXT PRIMARY KEY, value BLOB, used INTEGER) WITHOUT ROWID"
        )
        connection.execute("UPDATE outcome SET used = 0 WHERE used = 1")
        return connection

    def get_many(self, keys: Iterable[str]) -> dict[str, Outcome]:
        """Return the known ones of some outcomes, by key."""
        wanted = list(keys)
        marks = ",".join("?" * len(wanted))
        found = {}
        for key, value in self._db.execute(f"SELECT key, value FROM outcome WHERE key IN ({marks})", wanted):
            try:
                found[key] = _DECODE.decode(value)
            except msgspec.MsgspecError:  # written by another version
                continue
        self._db.executemany("UPDATE outcome SET used = 1 WHERE key = ?", [(key,) for key in found])
        return found

    def put_many(self, outcomes: Mapping[str, Outcome]) -> None:
        """Remember outcomes."""
        rows = [(key, _ENCODE.encode(outcome), 1) for key, outcome in outcomes.items()]
        self._db.executemany("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)", rows)
        self._db.commit()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._forget:
            # What this build did not use belongs to articles that are gone, or to an engine of former days.
            self._db.execute("DELETE FROM outcome WHERE used = 0")
        self._db.commit()
        self._db.close()
