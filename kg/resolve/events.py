"""Agreements as single articles tell them, and which of these may be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.iris import slug
from kg.lexicons.places import country, places
from kg.model import Thing
from kg.resolve import bodies
from kg.resolve.view import View
from kg.vocabulary import KG, agreement_types

NEAR = 10  # days between the dates of two articles' agreements that may still be one event
GENERIC_TYPES = {"agreement", "contract", "trade-agreement", "framework-agreement"}
TITLE_WORDS = re.compile(r"[^\W\d_]{3,}")
COMMON = frozenset(
    """
    the and for with between memorandum memoranda understanding agreement agreements mou mous deal pact treaty
    cooperation collaboration protocol joint statement declaration accord letter intent partnership concerning
    regarding non binding bilateral new framework government governments republic field area trade free contract
    loan
    """.split()
)


@dataclass(frozen=True, slots=True)
class Event:
    """An agreement as one article tells it."""

    article: str
    key: str
    type: str
    parties: tuple[str | bodies.Signature, ...]  # codes of jurisdictions, signatures of bodies
    countries: frozenset[str]
    signed: str
    published: str
    title: str
    topic: frozenset[str]
    sectors: frozenset[str]

    @property
    def anchor(self) -> str:
        """The date to order by: of signing, else of publication."""
        return self.signed or self.published


def event(view: View, thing: Thing) -> Event:
    """Return an agreement as an article tells it."""
    parties = [view.things[key] for key in view.objects(thing.key, KG.party)]
    countries = frozenset(_country(view, party) for party in parties)
    return Event(
        view.article.id,
        thing.key,
        _types().get(view.first(thing.key, KG.agreementType), "agreement"),
        tuple(sorted({_party(view, party) for party in parties}, key=_order)),
        countries,
        view.first(thing.key, KG.signedOn),
        view.article.published,
        thing.name,
        _topic(thing.name, countries),
        frozenset(view.objects(thing.key, KG.sector)),
    )


@cache
def _types() -> dict[str, str]:
    return {iri: name for name, iri in agreement_types().items()}


def _party(view: View, party: Thing) -> str | bodies.Signature:
    return party.code if party.kind == KG.Jurisdiction else bodies.signature(view, party)


def _order(party: str | bodies.Signature) -> str:
    return f"jurisdiction {party}" if isinstance(party, str) else " ".join(party)


def _country(view: View, party: Thing) -> str:
    """Return the code of the country that a party stands for; the slug of its name where it stands for none."""
    code = party.code if party.kind == KG.Jurisdiction else view.code(party.key, KG.jurisdiction)
    return country(code) if code else slug(party.name)


def _topic(title: str, countries: frozenset[str]) -> frozenset[str]:
    """Return the words of a title that tell what it is about, not with whom."""
    words = frozenset(w for w in TITLE_WORDS.findall(title.lower()) if w not in COMMON)
    return words.difference(*(_country_words(code) for code in countries))


@cache
def _country_words(code: str) -> frozenset[str]:
    place = places().get(code)
    if place is None:
        return frozenset()
    return frozenset(re.findall(r"[^\W_]+", " ".join((place.label, *place.names, *place.demonyms)).lower()))


def same(a: Event, b: Event) -> bool:
    """Tell whether two articles may tell of one event: dates agree, types are compatible, nothing speaks against it."""
    if len(a.countries) < 2 and a.parties != b.parties:
        return False
    if a.type != b.type and a.type not in GENERIC_TYPES and b.type not in GENERIC_TYPES:
        return False
    return _dates_agree(a, b)


def apart(a: Event, b: Event) -> bool:
    """Tell whether two events are certainly two: other dates, or other topics and other sectors."""
    if a.signed and b.signed and not _dates_agree(a, b):
        return True
    return bool(a.topic and b.topic and not a.topic & b.topic and not a.sectors & b.sectors)


def _dates_agree(a: Event, b: Event) -> bool:
    if a.signed and b.signed:
        short, long = sorted((a.signed, b.signed), key=len)
        return long.startswith(short)
    return _days_apart(a.anchor, b.anchor) <= NEAR


def _days_apart(a: str, b: str) -> int:
    if len(a) < 10 or len(b) < 10:
        return 0 if a and b and (a.startswith(b) or b.startswith(a)) else 10**6
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)
