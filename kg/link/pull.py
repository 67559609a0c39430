"""An index from a SPARQL endpoint: items by kind and country, in batches, one after the other, each asked for once.

A pull that was stopped, or that the endpoint wanted to rest, goes on where it was when it is run again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.errors import KgError, UsageError
from kg.lexicons.places import code_of, places
from kg.link import dump, sparql
from kg.link.build import Progress
from kg.link.dump import Raw
from kg.link.live.client import Client, UnansweredError
from kg.link.live.settings import Settings, check_contact, is_address
from kg.link.store import FORMAT, Draft
from kg.resources import user_cache

ENDPOINT = "https://query.wikidata.org/sparql"
BATCH = 100  # items asked about at once
TIMEOUT = 75.0  # seconds: the endpoint itself gives up after sixty
_BUDGET = 100_000  # requests an hour: an endpoint that answers one at a time tells itself when to rest
_ROUNDS = 3  # of asking for what items refer to, and for what that refers to


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be pulled."""

    kinds: tuple[str, ...]
    countries: tuple[str, ...]  # codes
    languages: frozenset[str]


@dataclass(slots=True)
class Report:
    """What a pull did."""

    items: int = 0
    requests: int = 0
    resumed: bool = False


def wish(kinds: Iterable[str], countries: Iterable[str], languages: Iterable[str]) -> Wish:
    """Return what is to be pulled; UsageError where a country or a kind is unknown, or a country is missing."""
    codes = tuple(dict.fromkeys(_code(country) for country in countries))
    found = tuple(dict.fromkeys(kinds))
    for kind in found:
        if kind not in sparql.KINDS:
            raise UsageError(f"--kind {kind!r}: there is {', '.join(sparql.KINDS)}")
    spoken = frozenset({"en", "mul", *languages})
    for language in sorted(spoken):
        if not sparql.is_language(language):
            raise UsageError(f"--language {language!r} is no code of a language, such as fr or pt-br")
    by_country = [kind for kind in found if sparql.by_country(kind)]
    if by_country and not codes:
        raise UsageError(f"--kind {by_country[0]} is pulled country by country: give --country, once or several times")
    return Wish(found, codes, spoken)


def settings(endpoint: str | None, *, contact: str, cache: Path | None) -> Settings:
    """Return how an endpoint is asked; UsageError where that makes no sense."""
    url = ENDPOINT if endpoint is None else endpoint
    if not is_address(url):
        raise UsageError(f"--endpoint {url!r} is no http(s) address")
    check_contact(contact)
    return Settings(url, cache or user_cache("live.sqlite"), contact=contact, budget=_BUDGET, timeout=TIMEOUT)


def _code(country: str) -> str:
    place = places().get(country) or places().get(code_of(country))
    if place is None or not place.wikidata:
        raise UsageError(f"--country {country!r}: no jurisdiction with an item is called so; give a code such as KE")
    return place.code


def pull(
    settings: Settings,
    place: Path,
    wish: Wish,
    *,
    progress: Progress = lambda source, lines, kept: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Report:
    """Make an index at `place` of what an endpoint holds; KgError where it does not answer, after which the same call goes on."""
    client = Client(settings, sleep=sleep)
    units = [(kind, code) for kind in wish.kinds for code in (wish.countries if sparql.by_country(kind) else ("",))]
    draft = Draft(place, "\n".join([FORMAT, settings.url, *sorted(wish.languages), *map(repr, units)]))
    report = Report()
    try:
        work = _Pull(client, draft, wish.languages)
        for kind, code in units:
            report.resumed |= bool(draft.done(_name(kind, code)))
            work.unit(kind, code, progress)
        progress("sorting", 0, work.kept)
        report.items = draft.finish("")
    except UnansweredError as error:
        raise KgError(f"{settings.url}: {error}; run the same again, and it goes on where it is") from error
    except sqlite3.Error as error:  # the disk is full, or another build writes there
        raise KgError(f"cannot write {draft.path}: {error}") from error
    finally:
        report.requests = client.requests
        draft.close()
        client.close()
    return report


def _name(kind: str, code: str) -> str:
    return f"{kind} {code}".strip()


class _Pull:
    """What has been asked of an endpoint in one run."""

    def __init__(self, client: Client, draft: Draft, languages: frozenset[str]) -> None:
        self.kept = 0
        self._client = client
        self._draft = draft
        self._languages = languages
        self._asked: set[str] = set()  # what has been asked about as an item
        self._classes: set[str] = set()  # and as a class
        self._known = {place.wikidata for place in places().values()}

    def unit(self, kind: str, code: str, progress: Progress) -> None:
        """Pull all items of a kind and a country, in the order of their numbers."""
        name = _name(kind, code)
        done = self._draft.done(name)
        if "whole" in done:
            return
        country = places()[code].wikidata if code else ""
        listed = {sparql.qid(row.get("item")) for row in self._rows(sparql.items(kind, country))} - {""}
        numbers = sorted(number for number in (int(qid[1:]) for qid in listed) if number > done.get("last", 0))
        for at in range(0, len(numbers), BATCH):
            self._take([f"Q{number}" for number in numbers[at : at + BATCH]])
            self._draft.save(name, {"last": numbers[min(at + BATCH, len(numbers)) - 1]})
            progress(name, min(at + BATCH, len(numbers)), self.kept)
        self._draft.save(name, {"whole": 1})

    def _rows(self, query: str) -> list[sparql.Row]:
        return self._client.ask(sparql.read, form={"query": query}, accept=sparql.ACCEPT)

    def _take(self, qids: list[str]) -> None:
        """Keep items, what they refer to, and of which classes theirs are subclasses."""
        classes: set[str] = set()
        for _ in range(_ROUNDS):
            found = [raw for raw in self._about(qids) if not raw.redirect]
            classes |= {class_ for raw in found for class_ in raw.classes}
            qids = sorted({qid for raw in found for qid in self._references(raw)} - self._asked)
        fresh = sorted(classes - self._classes)
        self._classes |= classes
        for at in range(0, len(fresh), BATCH):
            for row in self._rows(sparql.above(fresh[at : at + BATCH])):
                class_, root = sparql.qid(row.get("item")), sparql.qid(row.get("root"))
                if class_ != root:
                    self._draft.add_raw(Raw(class_, "", above=(root,)))

    def _about(self, qids: list[str]) -> Iterator[Raw]:
        """Yield what is kept of items, those into which some of them were merged, too."""
        wanted = [qid for qid in qids if qid not in self._asked]
        self._asked |= set(wanted)
        merged: list[str] = []
        for at in range(0, len(wanted), BATCH):
            rows = self._rows(sparql.about(wanted[at : at + BATCH], self._languages))
            for entity in sparql.entities(rows):
                for raw in dump.parse(msgspec.json.encode(entity), self._languages):
                    self._draft.add_raw(raw)
                    self.kept += not raw.redirect
                    merged += [raw.redirect] if raw.redirect else []
                    yield raw
        if merged:
            yield from self._about(merged)

    def _references(self, raw: Raw) -> set[str]:
        """Return what an item refers to, by which its country, its end and a person's offices are known."""
        offices = {office.qid for office in raw.offices}
        return (offices | {*raw.successors, *raw.jurisdictions, *raw.countries, *raw.parties}) - self._known
