"""Wikidata's Action API: a search by name, one by words and statements, and items as their pages have them now.

Errors come with status 200. An item that was merged into another comes under the identifier that it was asked by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from kg.lexicons.places import places
from kg.link.decide import Wanted
from kg.link.items import QID
from kg.link.keys import keys, parts, search_words
from kg.link.live.cache import Answer
from kg.link.live.client import BusyError, Client, RefusedError, UnansweredError
from kg.web import retry_after, short

_AT_ONCE = 50  # items that may be asked for in one request
_HITS = 50  # of a search by name
_FOUND = 20  # of a search by words: the best first
_NAMES = 2  # of an entity that are sought
_LONGEST = 250  # characters of a name that is sought
_PASSING = ("maxlag", "ratelimited", "readonly", "internal_api_error")  # beginnings of codes of errors that pass by
_ENCODE = msgspec.json.Encoder().encode

Reply = TypeVar("Reply")


class _Error(msgspec.Struct):
    code: str = ""
    info: str = ""


class _Failed(msgspec.Struct):
    error: _Error


class _Match(msgspec.Struct):
    text: str = ""


class _Hit(msgspec.Struct):
    id: str
    match: _Match


class _Named(msgspec.Struct):
    search: list[_Hit]
    more: int | None = msgspec.field(name="search-continue", default=None)


class _Page(msgspec.Struct):
    title: str


class _Pages(msgspec.Struct):
    search: list[_Page]


class _Worded(msgspec.Struct):
    query: _Pages
    more: dict[str, Any] | None = msgspec.field(name="continue", default=None)


class _Entities(msgspec.Struct):
    entities: dict[str, msgspec.Raw]


class ActionApi:
    """The questions that linking asks."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def find(self, wanted: Wanted) -> list[str]:
        """Return the identifiers of the items that may be meant; UnansweredError where not all of them can be told."""
        sought = {k for name in wanted.names for k in keys(wanted.kind, name, [wanted.code])}
        if wanted.kind == "official":
            sought |= {k for name in wanted.names for k in parts(name)}
        found = [
            qid for name in list(dict.fromkeys(wanted.names))[:_NAMES] for qid in self._named(wanted, name, sought)
        ]
        return [qid for qid in dict.fromkeys([*found, *self._worded(wanted)]) if QID.fullmatch(qid)]

    def _named(self, wanted: Wanted, name: str, sought: set[str]) -> Iterator[str]:
        """Yield the items of which a label or an alias begins with the name, and has one of the keys."""
        params = {
            "action": "wbsearchentities", "search": name[:_LONGEST], "language": "en", "type": "item", "limit": str(_HITS),
        }  # fmt: skip
        hits = self._search(f"named {name}", params, _Named)
        fitting = [h.id for h in hits.search if sought & set(keys(wanted.kind, h.match.text, [wanted.code]))]
        if hits.more is not None and len(fitting) == len(hits.search):  # whole names come before beginnings
            raise UnansweredError("more items bear a name than it tells")
        yield from fitting

    def _worded(self, wanted: Wanted) -> list[str]:
        """Return the items that have the words of the best name, and the country or, of people, an office."""
        statement = _statement(wanted)
        if not statement:
            return []
        words = f"{search_words(wanted.kind, wanted.names[0], wanted.code)[:_LONGEST]} {statement}"
        params = {"action": "query", "list": "search", "srsearch": words, "srlimit": str(_FOUND), "srprop": ""}
        found = self._search(f"worded {words}", params, _Worded)
        # Of more than it tells, the ones that are told would look like all of them.
        return [page.title for page in found.query.search] if found.more is None else []

    def _search(self, question: str, params: Mapping[str, str], type_: type[Reply]) -> Reply:
        answer = self._client.answer(question, lambda: _ENCODE(self._ask(params, type_)))
        return msgspec.json.decode(answer.body, type=type_)

    def _ask(self, params: Mapping[str, str], type_: type[Reply]) -> Reply:
        """Return the reply to a question; maxlag lets those who write go first."""
        return self._client.ask(_reader(type_), params={**params, "format": "json", "maxlag": "5"})

    def items(self, qids: Iterable[str]) -> tuple[dict[str, Answer], str]:
        """Return items as JSON, under the identifiers that they were asked by; and why some of them are not there."""
        return self._client.answers("item", qids, self._fetched, _AT_ONCE)

    def _fetched(self, qids: list[str]) -> dict[str, bytes]:
        params = {
            "action": "wbgetentities", "ids": "|".join(qids), "props": "info|labels|aliases|claims", "languages": "en|mul",
        }  # fmt: skip
        told = self._ask(params, _Entities).entities
        return {qid: bytes(told[qid]) for qid in qids if qid in told}


def _statement(wanted: Wanted) -> str:
    """Return by which statements a search for words is narrowed; "" where there is nothing to narrow it by."""
    place = places().get(wanted.code)
    if wanted.kind == "official":
        return "haswbstatement:P39"  # held some office
    if wanted.kind == "jurisdiction" or place is None or not place.wikidata:
        return ""
    return f"haswbstatement:P1001={place.wikidata}|P17={place.wikidata}"


def _reader(type_: type[Reply]) -> Callable[[bytes, Mapping[str, str]], Reply]:
    """Return a function that reads a reply, or raises what it says instead."""

    def read(body: bytes, headers: Mapping[str, str]) -> Reply:
        try:
            return msgspec.json.decode(body, type=type_)
        except msgspec.ValidationError:  # JSON, and not the expected: an error, or this raises ValueError
            error = msgspec.json.decode(body, type=_Failed).error
        said = short(f"{error.code}: {error.info}")
        if error.code.startswith(_PASSING):
            raise BusyError(f"answered {said}", retry_after(headers.get("retry-after", "")))
        raise RefusedError(f"it answered {said}")

    return read
