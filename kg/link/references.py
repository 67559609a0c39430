"""What identifiers in a dump refer to: codes of jurisdictions, names of posts, and items that others were merged into."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

import msgspec

from kg.lexicons.places import places
from kg.link.dump import Raw
from kg.link.items import Day, Item, Office

_RAW = msgspec.json.Decoder(Raw).decode
_NAMES = 8  # of a post that are kept with each who held it


class Lookup(Protocol):
    """Where entities are found by their identifiers."""

    def now(self, qid: str) -> str:
        """Return the identifier into which another was merged, itself where none was."""

    def raw(self, qid: str) -> Raw | None:
        """Return what is known of an entity, under its present identifier; None where nothing is."""


class References:
    """Makes items of entities, with what these refer to."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._known = {place.wikidata: place.code for place in places().values() if place.wikidata}

    def item(self, raw: Raw, kind: str) -> Item:
        """Return the item that an entity is, with what it refers to."""
        return Item(
            raw.qid,
            kind,
            raw.label,
            raw.names,
            tuple(dict.fromkeys(self._jurisdictions(raw, kind))),
            tuple(dict.fromkeys(self._code(qid) for qid in raw.countries)),
            tuple(self._office(office) for office in raw.offices),
            raw.since,
            raw.until or self._succeeded(raw),
            tuple(self._lookup.now(qid) for qid in raw.successors),
            raw.sitelinks,
            raw.revision,
        )

    def _jurisdictions(self, raw: Raw, kind: str) -> Iterator[str]:
        """Yield the codes of what a body is of, of a place itself, of what a person's offices are of, of an agreement's parties."""
        if kind == "jurisdiction":
            yield raw.code or self._known.get(raw.qid, raw.qid)
        elif kind == "official":
            posts = (self._lookup.raw(office.qid) for office in raw.offices)
            yield from (self._code(qid) for post in posts if post for qid in post.jurisdictions or post.countries)
        elif kind == "agreement":
            yield from (self._code(qid) for qid in raw.parties)
        else:
            yield from (self._code(qid) for qid in raw.jurisdictions)

    def _succeeded(self, raw: Raw) -> Day:
        """Return the day on which what replaced a body began: the end of one whose own end is not told."""
        found = (self._lookup.raw(qid) for qid in raw.successors)
        return min((body.since for body in found if body and body.since), default="")

    def _code(self, qid: str) -> str:
        """Return the code of a jurisdiction, from the tables that ship or from the dump; its identifier where it has none."""
        if qid in self._known:
            return self._known[qid]
        found = self._lookup.raw(qid)
        return (found.code or self._known.get(found.qid, found.qid)) if found else qid

    def _office(self, office: Office) -> Office:
        found = self._lookup.raw(office.qid)
        if found is None:
            return office
        names = tuple(name.text for name in found.names if name.language in ("en", "mul"))
        return replace(office, qid=found.qid, names=names[:_NAMES])


class Drafted:
    """The entities of a dump that lie in a draft; what is referred to often is looked up once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.raw = lru_cache(maxsize=20_000)(self._raw)

    def now(self, qid: str) -> str:
        """Return the identifier into which another was merged, itself where none was."""
        seen = {qid}
        while row := self._db.execute("SELECT target FROM redirect WHERE qid = ?", (qid,)).fetchone():
            qid = row[0]
            if qid in seen:
                break
            seen.add(qid)
        return qid

    def _raw(self, qid: str) -> Raw | None:
        """Return what the dump says of an entity, under its present identifier; None where it says nothing."""
        row = self._db.execute("SELECT body FROM raw WHERE qid = ?", (self.now(qid),)).fetchone()
        return _RAW(row[0]) if row else None
