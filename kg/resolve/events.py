"""Agreements as articles tell them: who, what, when, about what, and which of these tell two apart."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from kg.iris import slug
from kg.lexicons.places import country, places
from kg.model import Thing
from kg.resolve import bodies, personal
from kg.resolve.view import View
from kg.vocabulary import KG, agreement_types

GENERIC_TYPES = frozenset(("agreement", "contract", "trade-agreement", "framework-agreement"))
_BEFORE = ("planned", "negotiating")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(
    r"\bno\.?\s*(\d+)|\b(?:protocol|annex|phase|round|amendment|memorandum)\s+(\d+|[ivx]+)\b|\b((?:19|20)\d\d)\b"
)
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))\b")
_COMMON = frozenset(
    """
    the and for with between memorandum memoranda understanding agreement agreements mou mous deal pact treaty
    cooperation collaboration protocol joint statement declaration accord letter intent partnership concerning
    regarding non binding bilateral new framework government governments republic field area trade free contract
    loan
    """.split()
)

Party: TypeAlias = str | bodies.Signature  # the code of a jurisdiction, or a body


class Event(NamedTuple):
    """What one article tells of an agreement: the same for all articles that tell the same."""

    countries: tuple[str, ...]  # codes; of a party without a country the slug of its name
    parties: tuple[Party, ...]
    type: str
    signed: str  # as precise as told, "" where not told
    published: str  # "" where the day of signing is known: it does not matter then when that was told
    before: bool  # whether it is told of as something still to come
    title: str  # in lower case
    sectors: tuple[str, ...]
    people: tuple[tuple[str, str], ...]  # who signed: (code of the country served, last word of the name)
    alone: str = ""  # the article, where it tells too little to be compared with others
    number: int = 0  # of several that one article tells the same of

    @property
    def anchor(self) -> str:
        """The day to order by: of signing, else of publication."""
        return self.signed or self.published


def event(view: View, thing: Thing) -> Event:
    """Return an agreement as an article tells it."""
    parties = [view.things[key] for key in view.objects(thing.key, KG.party)]
    countries = tuple(sorted({_country(view, each) for each in parties}))
    signed = view.first(thing.key, KG.signedOn)
    published = view.article.published if len(signed) < 10 else ""
    statuses = {status.rsplit("/", 1)[-1] for status in view.objects(thing.key, KG.status)}
    return Event(
        countries,
        tuple(sorted({party(view, each) for each in parties}, key=order)),
        _types().get(view.first(thing.key, KG.agreementType), "agreement"),
        signed,
        published,
        bool(statuses) and statuses.issubset(_BEFORE),
        " ".join(thing.name.lower().split()),
        tuple(sorted(view.objects(thing.key, KG.sector))),
        tuple(sorted(_signatory(view, view.things[key]) for key in view.objects(thing.key, KG.signatory))),
        "" if countries and (signed or published) else view.article.id,
    )


@cache
def _types() -> dict[str, str]:
    return {iri: name for name, iri in agreement_types().items()}


def party(view: View, thing: Thing) -> Party:
    """Return what stands for a jurisdiction or a body."""
    return thing.code if thing.kind == KG.Jurisdiction else bodies.signature(view, thing)


def order(of: Party) -> str:
    """Return what to sort parties by: jurisdictions and bodies cannot be compared as they are."""
    return f"jurisdiction {of}" if isinstance(of, str) else " ".join(of)


def _country(view: View, thing: Thing) -> str:
    code = thing.code if thing.kind == KG.Jurisdiction else view.code(thing.key, KG.jurisdiction)
    return country(code) if code else slug(thing.name)


def _signatory(view: View, official: Thing) -> tuple[str, str]:
    code = view.code(official.key, KG.serves)
    return country(code) if code else "", personal.parsed(official.name).words[-1]


@lru_cache(maxsize=100_000)
def topic(title: str, countries: tuple[str, ...]) -> frozenset[str]:
    """Return the words of a title that tell what it is about, not with whom.

    >>> sorted(topic("memorandum of understanding on fisheries with Kenya", ("KE",)))
    ['fisheries']
    """
    words = frozenset(w for w in _WORD.findall(title.lower()) if w not in _COMMON)
    return words.difference(*(_country_words(code) for code in countries))


def telling(title: str) -> str:
    """Return the telling words of a title, in their order."""
    return " ".join(w for w in _WORD.findall(title.lower()) if w not in _COMMON)


@cache
def _country_words(code: str) -> frozenset[str]:
    place = places().get(code)
    if place is None:
        return frozenset()
    return frozenset(re.findall(r"[^\W_]+", " ".join((place.label, *place.names, *place.demonyms)).lower()))


@lru_cache(maxsize=100_000)
def marks(title: str) -> frozenset[str]:
    """Return the numbers, years and ordinals by which a title tells its agreement from others of a series.

    >>> sorted(marks("MoU No. 16")), sorted(marks("Second protocol on fisheries")), sorted(marks("Work plan 2025"))
    (['16'], ['second'], ['2025'])
    """
    found = {next(group for group in match.groups() if group) for match in _NUMBER.finditer(title.lower())}
    return frozenset(found | set(_ORDINAL.findall(title.lower())))


def days_apart(a: str, b: str) -> int:
    """Return the days from one date to another; a number beyond all windows where one of them is no full date."""
    return _ordinal(b) - _ordinal(a) if len(a) >= 10 and len(b) >= 10 else 10**6


@lru_cache(maxsize=20_000)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


def agree(a: str, b: str) -> bool:
    """Tell whether two dates of any precision may be one day."""
    short, long = sorted((a, b), key=len)
    return long.startswith(short)
