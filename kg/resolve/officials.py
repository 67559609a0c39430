"""Officials: who of those that articles name is one person.

People are compared by name, by the country they serve, and by their posts and bodies. One name in one country is one person,
unless posts that hardly go together are told of it at the same time. Where names differ, in order, length or spelling,
something beside the name must agree, and only one person may fit. Those who fit two are left apart.

Candidates meet under keys of their names, so that the work grows with the number of people and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from kg.iris import mint
from kg.lexicons.places import country, places
from kg.model import Iri, Thing
from kg.resolve import personal, portfolios
from kg.resolve.bodies import signature as body_signature
from kg.resolve.entity import Entity, Names, Taken, capital
from kg.resolve.grounds import APART, MERGED, Ground, likelihood
from kg.resolve.personal import Fit, Name
from kg.resolve.view import View
from kg.vocabulary import KG, ORG

MERGE = 0.8  # what is likelier one person than this is one; benchmarks/resolution.py shows what other values give
NEARLY = 0.3  # what is likelier than this and not merged is told by `kg show --why`
AT_ONCE = 60  # days within which two posts are told of at the same time
MARGIN = 0.05  # by which the best candidate is likelier than any other person
_SURE = 0.7  # claims from here on tell the country; below, the article's surroundings do
_LOOKED_AT = 20  # candidates under one key; where more bear one name, none of them is told by it alone

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
        frozenset(portfolios.words(post) for post in _posts(view, thing)),
        frozenset(" ".join(body_signature(view, body)) for body in served if body.kind != KG.Jurisdiction),
    )


def _posts(view: View, thing: Thing) -> list[str]:
    return [view.things[key].name for key in view.objects(thing.key, ORG.holds) if key in view.things]


class Officials:
    """Collects the people that articles name, and settles who is one."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._told: dict[Signature, Person] = {}
        self._entities: dict[Signature, Entity] = {}

    def add(self, view: View, thing: Thing) -> None:
        """Take in what one article tells of a person."""
        of = signature(view, thing)
        told = self._told.setdefault(of, Person(of.code, of.name))
        told.names.counts[thing.name] += 1
        told.wordings.update(capital(post) for post in _posts(view, thing))
        told.first, told.last = widened(told.first, told.last, view.article.published)

    def settle(self) -> list[Ground]:
        """Decide over all that was added; return why."""
        groups = Groups()
        for person in sorted(self._people(), key=_order):
            groups.add(person)
        self._told = {}
        entities = self._minted(groups)
        for group, entity in entities.items():
            for person in groups.members(group):
                self._entities.update(dict.fromkeys(person.signatures, entity))
        return list(groups.grounds({group: entity.iri for group, entity in entities.items()}))

    def entity(self, view: View, thing: Thing) -> Entity:
        """Return the entity of a person who was added."""
        return self._entities[signature(view, thing)]

    def _people(self) -> Iterator[Person]:
        """Yield people of one spelling and country each."""
        spelled: dict[tuple[str, Name], list[Signature]] = defaultdict(list)
        for of in self._told:
            spelled[(of.code, of.name)].append(of)
        for (code, name), signatures in spelled.items():
            ordered = sorted(signatures, key=lambda s: (self._told[s].first or "9999", _text(s)))
            yield from _namesakes(code, name, ordered, self._told)

    def _minted(self, groups: Groups) -> dict[int, Entity]:
        """Return the entities of groups; of namesakes whom one IRI would fit, the one told of first has it plain."""
        taken = Taken()
        found = {}
        for group in sorted(groups.ids(), key=lambda g: _first_told(groups.members(g))):
            members = groups.members(group)
            names = Names()
            for person in members:
                names.counts.update(person.names.counts)
            code = max(((p.sure, p.articles, p.code) for p in members if p.code), default=(False, 0, ""))[2]
            wordings = sum((p.wordings for p in members), Counter())
            post = min(wordings, key=lambda w: (-wordings[w], w), default="")
            iri = taken.first(mint(self._base, "official", code, names.best(), *more) for more in ((), (post,)))
            found[group] = Entity(iri, KG.Official, names.best(), names.others(names.best()))
        return found


def _first_told(members: list[Person]) -> tuple[str, tuple[int, bool, str, Name, str]]:
    return min(p.first or "9999" for p in members), min(_order(p) for p in members)


def _text(of: Signature) -> tuple[list[list[str]], list[str], bool]:
    return sorted(sorted(p) for p in of.posts), sorted(of.bodies), of.sure


def _order(person: Person) -> tuple[int, bool, str, Name, str]:
    """Order people so that whoever may join another comes after that one: the fullest names first."""
    return -len(person.name.words), not person.code, person.code, person.name, f"{person.first} {person}"


def _namesakes(code: str, name: Name, ordered: list[Signature], told: dict[Signature, Person]) -> Iterator[Person]:
    """Yield the people of one name and country: one, or several where posts are told at once that hardly go together.

    Articles that tell no post do not tell which of several is meant: they are of a person apart.
    """
    people: list[Person] = []
    for of in (s for s in ordered if s.posts):
        person = next((p for p in people[-_LOOKED_AT:] if not _at_odds(p, told[of], of.posts)), None)
        if person is None:
            person = Person(code, name)
            people.append(person)
        person.take(of, told[of])
    silent = [s for s in ordered if not s.posts]
    if silent:
        if len(people) != 1:
            people.append(Person(code, name))
        for of in silent:
            people[-1].take(of, told[of])
    yield from people


def _at_odds(one: Person, other: Person, posts: Iterable[frozenset[str]] = ()) -> bool:
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
        return Assessed(0.0, f"{fit.how}, but {veto}")
    country_ = bool(one.code) and one.code == other.code
    only = only and fit.score == personal.SAME and len(one.name.words) > 1
    features = {"name": fit.score, "country": country_, "post": post, "body": body, "only": only}
    return Assessed(likelihood(BIAS, WEIGHTS, features), "; ".join(_told(one, fit, post, body, country_, only)))


def _veto(one: Person, other: Person, fit: Fit, office: bool) -> str:
    elsewhere = bool(one.code) and bool(other.code) and one.code != other.code
    if elsewhere and ((one.sure and other.sure) or not office or fit.score < personal.REORDERED):
        return f"one serves {_place(one.code)}, one {_place(other.code)}"
    if _at_odds(one, other):
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


class Groups:
    """People, joined as they come to those who came before."""

    def __init__(self) -> None:
        self._people: list[Person] = []
        self._group: list[int] = []
        self._members: dict[int, list[int]] = {}
        self._index: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._merged: list[tuple[int, Assessed]] = []
        self._apart: list[tuple[int, int, Assessed]] = []

    def add(self, person: Person) -> None:
        """Take in a person: one of those who are there already, if just one of them fits."""
        at = len(self._people)
        self._people.append(person)
        weighed = sorted(self._weighed(person), key=lambda w: (-w[1].score, w[0]))
        home = self._home(weighed)
        self._group.append(at if home is None else self._group[home])
        self._members.setdefault(self._group[at], []).append(at)
        for other, assessed in weighed:
            if other == home:
                self._merged.append((at, assessed))
            elif self._group[other] != self._group[at] and (assessed.score >= NEARLY or not assessed.score):
                self._apart.append((at, other, assessed))
        for key in _keys(person):
            self._index[key].append(at)

    def _weighed(self, person: Person) -> Iterator[tuple[int, Assessed]]:
        """Yield whoever may be the same person, with how likely that is."""
        candidates = self._candidates(person)
        for other in candidates:
            only = len({self._group[c] for c in candidates}) == 1
            assessed = assess(person, self._people[other], only=only)
            if assessed.score or "but" in assessed.why:
                yield other, assessed

    def _candidates(self, person: Person) -> list[int]:
        found: set[int] = set()
        for key in _keys(person, seeking=True):
            found.update(islice(reversed(self._index.get(key, ())), _LOOKED_AT))
        return sorted(found)

    def _home(self, weighed: list[tuple[int, Assessed]]) -> int | None:
        """Return whom to join: the likeliest, unless somebody else is as likely."""
        if not weighed or weighed[0][1].score < MERGE:
            return None
        best = weighed[0][0]
        rivals = (a.score for other, a in weighed if self._group[other] != self._group[best])
        return best if next(rivals, 0.0) < weighed[0][1].score - MARGIN else None

    def ids(self) -> list[int]:
        """Return what stands for each group."""
        return sorted(self._members)

    def members(self, group: int) -> list[Person]:
        """Return the people of a group, who are one person."""
        return [self._people[at] for at in self._members[group]]

    def grounds(self, iris: dict[int, Iri]) -> Iterator[Ground]:
        """Yield why people are one or not."""
        for at, assessed in self._merged:
            iri = iris[self._group[at]]
            yield Ground(iri, MERGED, str(self._people[at]), assessed.score, assessed.why, iri)
        for at, other, assessed in self._apart:
            a, b = iris[self._group[at]], iris[self._group[other]]
            if a != b:
                yield Ground(b, APART, str(self._people[at]), assessed.score, assessed.why, a)
                yield Ground(a, APART, str(self._people[other]), assessed.score, assessed.why, b)


def _keys(person: Person, *, seeking: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield the keys under which a person is found, or sought: what whole names have in common, and parts with a post or body."""
    letters, skeletons = personal.keys(person.name)
    yield "letters", letters
    yield "skeletons", skeletons
    words = person.name.words
    if len(words) > 1:
        for pair in _pairs(words):
            yield "pair", person.code, *pair
    for word in () if seeking and len(words) > 1 else sorted({words[0], words[-1]}):
        for what in (*(" ".join(sorted(p)) for p in person.posts), *person.bodies):
            yield "end", person.code, word, what


def _pairs(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the pairs of words of which a shorter form of the name holds at least one."""
    ordered = sorted(set(words))[:6]
    return [(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :]]
