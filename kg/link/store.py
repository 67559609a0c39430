"""An index as one SQLite file: made as a draft beside it, in steps that a killed build takes up again, and then put in place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import msgspec

from kg.errors import KgError
from kg.link.dump import Raw
from kg.link.items import CLASSES, Index, Item, foremost
from kg.link.keys import keys
from kg.link.references import Drafted, References
from kg.link.tables import Tiers, shipped

FORMAT = "1"  # of the file; another one cannot be read
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS raw (qid TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS above (class TEXT, over TEXT, PRIMARY KEY (class, over)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS redirect (qid TEXT PRIMARY KEY, target TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item (qid TEXT PRIMARY KEY, kind TEXT, body BLOB) WITHOUT ROWID;
"""
_FINAL = """
DROP TABLE IF EXISTS name;
CREATE TABLE name (kind TEXT, key TEXT, qid TEXT, PRIMARY KEY (kind, key, qid)) WITHOUT ROWID;
"""
_CLOSURE = """
WITH RECURSIVE below(class, kind) AS (
  VALUES {roots} UNION SELECT above.class, below.kind FROM above JOIN below ON above.over = below.class
) SELECT class, kind FROM below
"""
_RAW = msgspec.json.Decoder(Raw).decode
_ITEM = msgspec.json.Decoder(Item).decode
_ENCODE = msgspec.json.Encoder().encode


class Draft:
    """An index that is being made, in a file beside its place."""

    def __init__(self, place: Path, inputs: str) -> None:
        """Take up the draft of a build that was killed where it was made from the same `inputs`; else begin anew."""
        self.place = place
        self.path = place.with_name(place.name + ".partial")
        self._db = self._opened()
        if self._meta("inputs") != inputs:
            self._db.close()
            self._clear()
            self._db = self._opened()
            self._tell("inputs", inputs)
            self._tell("format", FORMAT)
            self._db.commit()
        self._modified = self._meta("modified")  # the latest change of an entity so far

    def _opened(self) -> sqlite3.Connection:
        try:
            db = sqlite3.connect(self.path)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.executescript(_SCHEMA)
        except sqlite3.OperationalError as error:
            raise KgError(f"cannot write {self.path}: {error}") from error
        except sqlite3.DatabaseError:  # what lies there is no draft
            db.close()
            self._clear()
            return self._opened()
        return db

    def _clear(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _meta(self, key: str) -> str:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _tell(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def done(self, source: str) -> dict[str, int]:
        """Return how far a source has been read: its numbers by name, as `save` was told them."""
        found = self._meta(f"done {source}")
        return msgspec.json.decode(found, type=dict[str, int]) if found else {}

    def save(self, source: str, numbers: dict[str, int]) -> None:
        """Make sure of all that was added, and of how far its source has been read."""
        self._tell(f"done {source}", _ENCODE(numbers).decode())
        self._db.commit()

    def add_raw(self, raw: Raw) -> None:
        """Add an entity of a dump."""
        if raw.redirect:
            self._db.execute("INSERT OR REPLACE INTO redirect VALUES (?, ?)", (raw.qid, raw.redirect))
            return
        self._db.executemany("INSERT OR IGNORE INTO above VALUES (?, ?)", [(raw.qid, over) for over in raw.above])
        if raw.modified > self._modified:
            self._modified = raw.modified
            self._tell("modified", raw.modified)
        if raw.person or raw.classes or raw.code:
            self._db.execute("INSERT OR REPLACE INTO raw VALUES (?, ?)", (raw.qid, _ENCODE(raw)))

    def add_item(self, item: Item) -> None:
        """Add an item of a table; what another table says of it is joined to it."""
        row = self._db.execute("SELECT body FROM item WHERE qid = ?", (item.qid,)).fetchone()
        if row is not None:
            item = _joined(_ITEM(row[0]), item)
        self._db.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?)", (item.qid, item.kind, _ENCODE(item)))

    def finish(self, snapshot: str) -> int:
        """Make the index of what was added, put it in its place, and return how many items it holds."""
        self._classify()
        self._db.executescript(_FINAL)
        digest = sha256()
        number = 0
        for body in self._bodies("item"):
            item = _ITEM(body)
            rows = {
                (item.kind, k, item.qid)
                for name in item.names
                for k in keys(item.kind, name.text, item.codes or item.countries)
            }
            self._db.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", sorted(rows))
            digest.update(body + b"\n")
            number += 1
        self._tell("digest", digest.hexdigest())
        self._tell("snapshot", snapshot or self._meta("modified"))
        self._tell("items", str(number))
        self._db.execute("DELETE FROM meta WHERE key LIKE 'done %'")
        self._db.executescript("DROP TABLE raw; DROP TABLE above;")
        self._db.commit()
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()
        self.path.replace(self.place)
        return number

    def _bodies(self, table: str) -> Iterator[bytes]:
        """Yield the rows of a table in the order of their identifiers, a thousand at a time, so that it can be changed between."""
        last = ""
        while rows := self._db.execute(
            f"SELECT qid, body FROM {table} WHERE qid > ? ORDER BY qid LIMIT 1000", (last,)
        ).fetchall():
            last = rows[-1][0]
            yield from (row[1] for row in rows)

    def _classify(self) -> None:
        """Make items of those entities whose classes are among those that are kept."""
        roots = ", ".join(f"('{qid}', '{kind}')" for qid, kind in CLASSES.items())
        kinds: dict[str, str] = {}
        for class_, kind in self._db.execute(_CLOSURE.format(roots=roots)):
            kinds[class_] = foremost((kinds.get(class_, kind), kind))
        references = References(Drafted(self._db))
        for body in self._bodies("raw"):
            raw = _RAW(body)
            kind = "official" if raw.person else foremost(kinds[c] for c in raw.classes if c in kinds)
            if kind:
                self.add_item(references.item(raw, kind))

    def close(self) -> None:
        """Close the file; what was saved stays for the next attempt."""
        self._db.close()


def _joined(a: Item, b: Item) -> Item:
    """Return what two tables say of one item; of its kind and label, what the first says."""
    if a.kind != b.kind:
        return a
    names = {name.text: name for name in (*b.names, *a.names)}
    kept = [names.pop(name.text) for name in a.names if name.text in names]
    return replace(
        a,
        names=(*kept, *(replace(name, label=False) for name in names.values())),
        codes=tuple(dict.fromkeys((*a.codes, *b.codes))),
        countries=tuple(dict.fromkeys((*a.countries, *b.countries))),
    )


class SqliteIndex:
    """An index that a user has built; KgError where there is none or it cannot be read."""

    def __init__(self, place: Path) -> None:
        if not place.is_file():
            raise KgError(f"there is no index at {place}; kg wikidata build DUMP --index {place} makes one")
        try:
            self._db = sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro", uri=True)
            meta = dict(self._db.execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            raise KgError(f"{place} is no index: {error}") from error
        if meta.get("format") != FORMAT or "digest" not in meta:
            raise KgError(f"{place} is an index of another version, or not a whole one; build it again")
        self.snapshot, self.digest, self.size = meta["snapshot"], meta["digest"], int(meta["items"])

    def find(self, kind: str, keys: Sequence[str]) -> list[Item]:
        """Return the items of a kind that have a name with one of the keys, in the order of their identifiers."""
        marks = ",".join("?" * len(keys))
        rows = self._db.execute(
            f"SELECT body FROM item WHERE qid IN (SELECT qid FROM name WHERE kind = ? AND key IN ({marks})) ORDER BY qid",
            (kind, *keys),
        )
        return [_ITEM(body) for (body,) in rows]

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def with_index(place: Path | None) -> Index:
    """Return what ships with the program, and a user's index with it, if there is one."""
    return Tiers(shipped(), SqliteIndex(place)) if place is not None else shipped()
