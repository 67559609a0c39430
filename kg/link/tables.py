"""What ships with the program: jurisdictions, public bodies and sectors with their items. Loaded when first asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, cached_property

from kg.lexicons.agencies import BODIES
from kg.lexicons.places import CHECKED, Place, country, places
from kg.link.items import Index, Item, Name
from kg.link.keys import keys
from kg.resources import digest
from kg.vocabulary import sectors

SNAPSHOT = "2026-09-18"  # the day of the younger of the table's sources


class Table:
    """An index in memory."""

    def __init__(self, items: Iterable[Item], snapshot: str = "", digest: str = "") -> None:
        self.snapshot = snapshot
        self.digest = digest
        self._items: dict[tuple[str, str], list[Item]] = {}
        for item in items:
            for name in item.names:
                for key in keys(item.kind, name.text, item.codes or item.countries):
                    at = self._items.setdefault((item.kind, key), [])
                    if item not in at:
                        at.append(item)

    def find(self, kind: str, keys: Sequence[str]) -> list[Item]:
        """Return the items of a kind that have a name with one of the keys."""
        return [item for key in keys for item in self._items.get((kind, key), ())]


class Tiers:
    """The tables that ship, and then a user's index."""

    def __init__(self, first: Index, second: Index) -> None:
        self.snapshot = max(first.snapshot, second.snapshot)
        self.digest = f"{first.digest} {second.digest}"
        self._first, self._second = first, second

    def find(self, kind: str, keys: Sequence[str]) -> list[Item]:
        """Return what both know; of places only what the tables know, where they know some.

        An index of all places has many of each name, and takes the kingdom for the country; the tables were written
        for what news mean. Of an item in both, the index tells more.
        """
        ours = {item.qid: item for item in self._first.find(kind, keys)}
        if kind == "jurisdiction" and ours:
            return self._first.find(kind, keys)
        found = {item.qid: item for item in self._second.find(kind, keys)}
        for qid, item in ours.items():
            # The tables tell a state's ministry from its country's, which not every index does.
            found[qid] = replace(found[qid], codes=item.codes) if qid in found else item
        return [found[qid] for qid in sorted(found)]


class Shipped:
    """What ships with the program; of each kind loaded when it is first asked for."""

    snapshot = max(CHECKED, SNAPSHOT)

    @cached_property
    def digest(self) -> str:
        """Return hexadecimal digits that change with the tables."""
        return digest(["link/*.py"])

    def find(self, kind: str, keys: Sequence[str]) -> list[Item]:
        """Return the items of a kind that have a name with one of the keys."""
        return _table(kind).find(kind, keys) if kind in _TABLES else []


@cache
def shipped() -> Shipped:
    """Return what ships with the program."""
    return Shipped()


@cache
def _table(kind: str) -> Table:
    return Table(_TABLES[kind]())


def _places() -> list[Item]:
    regions = {(country(p.code), p.label) for p in places().values() if p.level == "subdivision"}
    return [_place(place, regions) for place in places().values()]


def _place(place: Place, regions: set[tuple[str, str]]) -> Item:
    names = (Name(place.label, "en", True), *(Name(name, "en") for name in place.names))
    plain = place.label.removesuffix(" City")
    if place.level == "city" and plain != place.label and (country(place.code), plain) in regions:
        names = (*names, Name(plain, "en", True))  # "New York" may be either
    return Item(place.wikidata, "jurisdiction", place.label, names, (place.code,))


def bodies() -> list[Item]:
    """Return the public bodies of the table."""
    return [_body(line.split("\t")) for line in BODIES.read_text(encoding="utf-8").splitlines()[1:]]


def _sectors() -> list[Item]:
    """Return the sectors by their labels alone: other names of a sector are often those of a part of it."""
    return [
        Item(s.match.rsplit("/", 1)[-1], "sector", s.label, (Name(s.label, "en", True),)) for s in sectors() if s.match
    ]


def _body(row: list[str]) -> Item:
    code, qid, since, until, label, aliases, _ = row
    names = (Name(label, "en", True), *(Name(name, "en") for name in aliases.split("|") if name))
    return Item(qid, "ministry", label, names, (code,), since=since, until=until)


_TABLES: dict[str, Callable[[], list[Item]]] = {"jurisdiction": _places, "ministry": bodies, "sector": _sectors}
