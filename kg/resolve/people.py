"""People as articles tell of them, and how likely two of them are one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from kg.lexicons.places import country, places
from kg.model import Thing
from kg.resolve import personal, portfolios
from kg.resolve.bodies import signature as body_signature
from kg.resolve.entity import Names
from kg.resolve.grounds import likelihood
from kg.resolve.personal import Fit, Name
from kg.resolve.view import View
from kg.vocabulary import KG, ORG

AT_ONCE = 60  # days within which two posts are told of at the same time
_UNUSUAL = 3  # words of a name that, with "Director General" in both, tells more than surroundings do
_SURE = 0.7  # claims from here on tell the country; below, the article's surroundings do

BIAS = -4.0
WEIGHTS = {"name": 5.0, "country": 2.0, "post": 2.0, "body": 1.5, "only": 0.5}


class Signature(NamedTuple):
    """What one article tells of a person: the same for all articles that tell the same."""

    code: str  # of the country served, "" where none is known
    sure: bool  # whether the article says so, or its surroundings do
    name: Name
    posts: frozenset[frozenset[str]]
    bodies: frozenset[str]


@dataclass(slots=True)
class Person:
    """What articles with one spelling of a name tell of one person."""

    code: str
    name: Name
    sure: bool = False
    names: Names = field(default_factory=Names)
    posts: set[frozenset[str]] = field(default_factory=set)
    wordings: Counter[str] = field(default_factory=Counter)  # of the posts
    bodies: set[str] = field(default_factory=set)
    first: str = ""
    last: str = ""
    signatures: list[Signature] = field(default_factory=list)

    def take(self, signature: Signature, other: Person) -> None:
        """Take in what articles of a signature tell."""
        self.sure |= signature.sure
        self.names.counts.update(other.names.counts)
        self.posts |= signature.posts
        self.wordings.update(other.wordings)
        self.bodies |= signature.bodies
        self.first, self.last = widened(self.first, self.last, other.first, other.last)
        self.signatures.append(signature)

    @property
    def articles(self) -> int:
        """How many articles tell of the person."""
        return self.names.counts.total()

    def __str__(self) -> str:
        post = min(self.wordings, key=lambda p: (-self.wordings[p], p), default="")
        place = places()[self.code].label if self.code in places() else ""
        return ", ".join(part for part in (self.names.best(), post, place) if part)


class Assessed(NamedTuple):
    """How likely two are one person, and why."""

    score: float
    why: str
    ruled_out: bool = False  # though their names fit


def widened(first: str, last: str, *days: str) -> tuple[str, str]:
    """Return the first and the last of some days, of which any may be unknown."""
    known = [day for day in (first, last, *days) if day]
    return (min(known), max(known)) if known else ("", "")


def signature(view: View, thing: Thing) -> Signature:
    """Return what an article tells of a person."""
    code, score = view.jurisdiction(thing.key, KG.serves)
    served = (view.things[key] for key in view.objects(thing.key, KG.serves) if key in view.things)
    return Signature(
        country(code) if code else "",
        bool(code) and score >= _SURE,
        personal.parsed(thing.name),
        frozenset(portfolios.words(post) for post in posts(view, thing)),
        frozenset(" ".join(body_signature(view, body)) for body in served if body.kind != KG.Jurisdiction),
    )


def posts(view: View, thing: Thing) -> list[str]:
    """Return how an article words the posts of a person."""
    return [view.things[key].name for key in view.objects(thing.key, ORG.holds) if key in view.things]


def at_odds(one: Person, other: Person, posts: Iterable[frozenset[str]] = ()) -> bool:
    """Tell whether two hold posts at the same time that hardly go together."""
    theirs = set(posts) or other.posts
    if not one.posts or not theirs or not _at_once(one, other):
        return False
    return all(portfolios.exclude(a, b) for a in one.posts for b in theirs)


def _at_once(one: Person, other: Person) -> bool:
    if not one.first or not other.first:
        return False
    return _days(one.last, other.first) <= AT_ONCE and _days(other.last, one.first) <= AT_ONCE


def _days(before: str, after: str) -> int:
    """Return the days from one day to another, as near as they are known; negative where it comes before."""
    return (_day(after) - _day(before)).days


def _day(text: str) -> date:
    return date.fromisoformat(text[:10] if len(text) >= 10 else f"{text}-01" if len(text) == 7 else f"{text}-01-01")


def assess(one: Person, other: Person, *, only: bool) -> Assessed:
    """Return how likely two are one person; 0 where something rules it out. `only`: no one else is called so."""
    fit = personal.fit(one.name, other.name)
    if not fit.score:
        return Assessed(0.0, fit.how)
    post = any(portfolios.same(a, b) for a in one.posts for b in other.posts)
    body = bool(one.bodies & other.bodies)
    veto = _veto(one, other, fit, post or body)
    if veto:
        return Assessed(0.0, f"{fit.how}, but {veto}", True)
    country_ = bool(one.code) and one.code == other.code
    only = only and fit.score == personal.SAME and len(one.name.words) > 1
    features = {"name": fit.score, "country": country_, "post": post, "body": body, "only": only}
    return Assessed(likelihood(BIAS, WEIGHTS, features), "; ".join(_told(one, fit, post, body, country_, only)))


def alike(person: Person) -> Assessed:
    """Return how likely all who are called so are one person: by name and country, since their posts go together."""
    features = {"name": personal.SAME, "country": bool(person.code)}
    return Assessed(likelihood(BIAS, WEIGHTS, features), "; ".join(_agreeing(person)))


def _agreeing(person: Person) -> Iterator[str]:
    yield "the same name"
    if person.code:
        yield f"all serve {_place(person.code)}"
    if person.posts:
        yield "the same post" if len(person.posts) == 1 else "posts that go together"


def _veto(one: Person, other: Person, fit: Fit, office: bool) -> str:
    elsewhere = bool(one.code) and bool(other.code) and one.code != other.code
    office = office or (len(one.name.words) >= _UNUSUAL and bool(one.posts & other.posts))
    if elsewhere and ((one.sure and other.sure) or not office or fit.score < personal.REORDERED):
        return f"one serves {_place(one.code)}, one {_place(other.code)}"
    if at_odds(one, other):
        return "they hold different posts at the same time"
    return ""


def _place(code: str) -> str:
    return places()[code].label if code in places() else code


def _told(one: Person, fit: Fit, post: bool, body: bool, country_: bool, only: bool) -> Iterator[str]:
    yield fit.how
    if country_:
        yield f"both serve {_place(one.code)}"
    if post:
        yield "the same post"
    if body:
        yield "the same body"
    if only:
        yield "nobody else is called so"
