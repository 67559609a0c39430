"""Any service that speaks the Reconciliation API 0.2 over Wikidata's identifiers: batches of queries, and of properties.

Its scores have no fixed scale and its `match` is another's rule, so both are passed over: what it finds are candidates.
The types that it is asked for it checks itself, since it alone knows which classes lie below them.
https://reconciliation-api.github.io/specs/0.2/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

import msgspec

from kg.errors import UsageError
from kg.graph import WIKIDATA
from kg.lexicons.places import places
from kg.link.decide import Wanted
from kg.link.dump import HUMAN, Raw
from kg.link.items import CLASSES, QID, Day, Item, Name, Office, foremost
from kg.link.keys import keys
from kg.link.live.cache import Answer
from kg.link.live.client import Client, RefusedError, UnansweredError
from kg.link.references import References
from kg.web import short

_VERSION = "0.2"
_AT_ONCE = 50  # queries, and items whose properties are asked for; fewer where the service says so
_HITS = 25  # of a query
_NAMES = 2  # of an entity that are sought
_TYPES = {"official": [HUMAN]} | {
    kind: [class_ for class_, leads_to in CLASSES.items() if leads_to == kind] for kind in CLASSES.values()
}
_PROPERTIES = ("P17", "P27", "P39", "P571", "P576", "P585", "P710", "P1001", "P1891")
_DATE = re.compile(r"[12]\d{3}-\d\d-\d\d")
_ENCODE = msgspec.json.Encoder(order="deterministic").encode

Result = TypeVar("Result")


class _Manifest(msgspec.Struct):
    space: str = msgspec.field(name="identifierSpace")
    versions: list[str] = []
    size: int = msgspec.field(name="batchSize", default=_AT_ONCE)
    extend: dict[str, Any] | None = None


class _Type(msgspec.Struct):
    id: str


class _Hit(msgspec.Struct):
    id: str
    name: str
    type: list[_Type | str] = []
    day: Day = ""  # on which it was told


class _Result(msgspec.Struct):
    result: list[_Hit]


class _Value(msgspec.Struct):
    id: str = ""
    name: str = ""
    date: str = ""


class _Extension(msgspec.Struct):
    rows: dict[str, dict[str, list[_Value]]]


class _Failed(msgspec.Struct):
    status: str
    message: str = ""


_Row = dict[str, list[_Value]]


class Reconciliation:
    """One service, asked for candidates."""

    def __init__(self, client: Client, unanswered: Callable[[str], None]) -> None:
        self._client = client
        self._unanswered = unanswered

    def candidates(self, wanted: Sequence[Wanted]) -> list[list[Item]]:
        """Return the items that each may be; none where the service has not told all of them.

        UsageError where the service knows other things than items of Wikidata, or speaks another version.
        """
        try:
            manifest = self._manifest()
        except UnansweredError as error:
            return [self._none(str(error)) for _ in wanted]
        size = max(1, min(_AT_ONCE, manifest.size))
        questions = [_questions(one) for one in wanted]
        results, why = self._client.answers("query", chain.from_iterable(questions), self._queried, size)
        hits = [_hits(some, results) for some in questions]
        rows: dict[str, Answer] | None = None
        if manifest.extend is not None:
            qids = (hit.id for found in hits for hit in found or ())
            rows, why_rows = self._client.answers("properties", qids, self._extended, size)
            why = why or why_rows
        return [self._items(one, found, rows, why) for one, found in zip(wanted, hits, strict=True)]

    def _manifest(self) -> _Manifest:
        answer = self._client.answer("manifest", lambda: _ENCODE(self._client.ask(_reader(_Manifest))))
        manifest = msgspec.json.decode(answer.body, type=_Manifest)
        if manifest.space.replace("https:", "http:") != WIKIDATA:
            raise UsageError(f"--live: the service knows {short(manifest.space)}; links lead to {WIKIDATA} alone")
        if manifest.versions and _VERSION not in manifest.versions:
            raise UsageError(f"--live: the service speaks {short(', '.join(manifest.versions))}, not {_VERSION}")
        return manifest

    def _queried(self, questions: list[str]) -> dict[str, bytes]:
        queries = {f"q{i}": msgspec.Raw(question.encode()) for i, question in enumerate(questions)}
        told = self._client.ask(_reader(dict[str, _Result]), form={"queries": _ENCODE(queries).decode()})
        return {q: _ENCODE(told[f"q{i}"]) for i, q in enumerate(questions) if f"q{i}" in told}

    def _extended(self, qids: list[str]) -> dict[str, bytes]:
        asked = {"ids": qids, "properties": [{"id": which} for which in _PROPERTIES]}
        rows = self._client.ask(_reader(_Extension), form={"extend": _ENCODE(asked).decode()}).rows
        return {qid: _ENCODE(rows[qid]) for qid in qids if qid in rows}

    def _items(self, wanted: Wanted, hits: list[_Hit] | None, rows: dict[str, Answer] | None, why: str) -> list[Item]:
        """Return the items of an entity; without rows of properties, with no more than names and types."""
        if hits is None or (rows is not None and not all(hit.id in rows for hit in hits)):
            return self._none(why or "it left out what it was asked for")
        if len(hits) >= _HITS and all(_bears(wanted, hit.name) for hit in hits):
            return self._none("more items bear a name than it tells")
        found = {hit.id: _item(wanted, hit, {} if rows is None else _row(rows[hit.id])) for hit in hits}
        return list(found.values())

    def _none(self, why: str) -> list[Item]:
        self._unanswered(why)
        return []


def _questions(wanted: Wanted) -> list[str]:
    """Return the queries for an entity, as they are sent."""
    query: dict[str, object] = {"limit": _HITS}
    if wanted.kind in _TYPES:
        query |= {"type": _TYPES[wanted.kind], "type_strict": "any"}
    place = places().get(wanted.code)
    if place is not None and place.wikidata and wanted.kind != "jurisdiction":
        query["properties"] = [{"pid": "P27" if wanted.kind == "official" else "P17", "v": {"id": place.wikidata}}]
    return [_ENCODE(query | {"query": name}).decode() for name in list(dict.fromkeys(wanted.names))[:_NAMES]]


def _hits(questions: list[str], results: Mapping[str, Answer]) -> list[_Hit] | None:
    """Return what is found for an entity, each once; None where not all is told."""
    if not all(question in results for question in questions):
        return None
    found: dict[str, _Hit] = {}
    for question in questions:
        answer = results[question]
        for hit in msgspec.json.decode(answer.body, type=_Result).result:
            if QID.fullmatch(hit.id):
                hit.day = answer.day
                found.setdefault(hit.id, hit)
    return list(found.values())


def _bears(wanted: Wanted, text: str) -> bool:
    sought = {k for name in wanted.names for k in keys(wanted.kind, name, [wanted.code])}
    return bool(sought & set(keys(wanted.kind, text, [wanted.code])))


def _row(answer: Answer) -> _Row:
    return msgspec.json.decode(answer.body, type=_Row)


def _item(wanted: Wanted, hit: _Hit, row: _Row) -> Item:
    """Return an item as far as the service tells of it: of offices their names, not their time."""
    types = tuple(type_ if isinstance(type_, str) else type_.id for type_ in hit.type)
    # A type that is none of those known leads to one that was asked for: which ones do, only the service knows.
    kind = "official" if HUMAN in types else foremost(CLASSES[t] for t in types if t in CLASSES) or wanted.kind
    raw = Raw(
        hit.id,
        hit.name,
        (Name(hit.name, "", True),),
        types,
        jurisdictions=_ids(row, "P1001"),
        countries=_ids(row, "P27" if kind == "official" else "P17"),
        offices=tuple(Office(v.id, (v.name,)) for v in row.get("P39", []) if QID.fullmatch(v.id)),
        since=(_day(row, "P585") if kind == "agreement" else "") or _day(row, "P571"),
        until=_day(row, "P576"),
        parties=(*_ids(row, "P1891"), *_ids(row, "P710")),
    )
    return replace(References(_Nothing()).item(raw, kind), day=hit.day)


def _ids(row: _Row, which: str) -> tuple[str, ...]:
    return tuple(value.id for value in row.get(which, []) if QID.fullmatch(value.id))


def _day(row: _Row, which: str) -> Day:
    """Return the first date of a property. The protocol knows no years: they come as their first day."""
    days = (match[0] for value in row.get(which, []) if (match := _DATE.match(value.date)))
    day = next(days, "")
    return day[:4] if day.endswith("-01-01") else day


class _Nothing:
    """Where nothing is found that is not in the tables."""

    def now(self, qid: str) -> str:
        """Return the identifier itself."""
        return qid

    def raw(self, qid: str) -> Raw | None:
        """Return None."""
        return None


def _reader(type_: type[Result]) -> Callable[[bytes, Mapping[str, str]], Result]:
    """Return a function that reads an answer; RefusedError where it says instead what is wrong with the question."""

    def read(body: bytes, headers: Mapping[str, str]) -> Result:
        try:
            return msgspec.json.decode(body, type=type_)
        except msgspec.ValidationError:
            failed = msgspec.json.decode(body, type=_Failed)
        raise RefusedError(f"it answered {short(f'{failed.status}: {failed.message}')}")

    return read
