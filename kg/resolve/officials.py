"""Officials: who of those that articles name is one person.

People are compared by name, by the country they serve, and by their posts and bodies. One name in one country is one person,
unless posts that hardly go together are told of it at the same time. Where names differ, in order, length or spelling,
something beside the name must agree, and only one person may fit. Those who fit two are left apart.

Candidates meet under keys of their names, so that the work grows with the number of people and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from kg.iris import mint
from kg.model import Iri, Thing
from kg.resolve import people, personal
from kg.resolve.entity import Entity, Names, Taken, capital
from kg.resolve.grounds import APART, MERGED, Ground
from kg.resolve.people import Assessed, Person, Signature, assess, signature
from kg.resolve.personal import Name
from kg.resolve.view import View
from kg.vocabulary import KG

MERGE = 0.8  # what is likelier one person than this is one; benchmarks/resolution.py shows what other values give
NEARLY = 0.3  # what is likelier than this and not merged is told by `kg show --why`
MARGIN = 0.05  # by which the best candidate is likelier than any other person
_SHOWN = 3  # people who were nearly the same, of whom the grounds are kept
_LOOKED_AT = 20  # candidates under one key; where more bear one name, none of them is told by it alone


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
        told.wordings.update(capital(post) for post in people.posts(view, thing))
        told.first, told.last = people.widened(told.first, told.last, view.article.published)

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

    def __iter__(self) -> Iterator[Entity]:
        """Yield all entities, some of them more than once."""
        return iter(self._entities.values())

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
            names, wordings = Names(), Counter[str]()
            for person in members:
                names.counts.update(person.names.counts)
                wordings.update(person.wordings)
            code = max(((p.sure, p.articles, p.code) for p in members if p.code), default=(False, 0, ""))[2]
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
    return (
        -len(person.name.words),
        not person.code,
        person.code,
        person.name,
        f"{person.first} {person.names.best()} {sorted(map(sorted, person.posts))}",
    )


def _namesakes(code: str, name: Name, ordered: list[Signature], told: dict[Signature, Person]) -> Iterator[Person]:
    """Yield the people of one name and country: one, or several where posts are told at once that hardly go together.

    Articles that tell no post do not tell which of several is meant: they are of a person apart.
    """
    found: list[Person] = []
    for of in (s for s in ordered if s.posts):
        person = next((p for p in found[-_LOOKED_AT:] if not people.at_odds(p, told[of], of.posts)), None)
        if person is None:
            person = Person(code, name)
            found.append(person)
        person.take(of, told[of])
    silent = [s for s in ordered if not s.posts]
    if silent:
        if len(found) != 1:
            found.append(Person(code, name))
        for of in silent:
            found[-1].take(of, told[of])
    yield from found


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
        home = self._home(person, weighed)
        self._group.append(at if home is None else self._group[home])
        self._members.setdefault(self._group[at], []).append(at)
        for other, assessed in weighed[:_SHOWN]:
            if other == home:
                self._merged.append((at, assessed))
            elif self._group[other] != self._group[at] and (assessed.score >= NEARLY or assessed.ruled_out):
                self._apart.append((at, other, assessed))
        for key in _keys(person):
            self._index[key].append(at)

    def _weighed(self, person: Person) -> Iterator[tuple[int, Assessed]]:
        """Yield whoever may be the same person, with how likely that is."""
        candidates = self._candidates(person)
        for other in candidates:
            only = len({self._group[c] for c in candidates}) == 1
            assessed = assess(person, self._people[other], only=only)
            if assessed.score or assessed.ruled_out:
                yield other, assessed

    def _candidates(self, person: Person) -> list[int]:
        found: set[int] = set()
        for key in _keys(person, seeking=True):
            found.update(islice(reversed(self._index.get(key, ())), _LOOKED_AT))
        return sorted(found)

    def _home(self, person: Person, weighed: list[tuple[int, Assessed]]) -> int | None:
        """Return whom to join: the likeliest, unless somebody else is as likely, or who joined that one before is somebody else."""
        if not weighed or weighed[0][1].score < MERGE:
            return None
        best = weighed[0][0]
        rivals = (a.score for other, a in weighed if self._group[other] != self._group[best])
        if next(rivals, 0.0) >= weighed[0][1].score - MARGIN:
            return None
        return None if any(people.at_odds(person, m) for m in self.members(self._group[best])[-_LOOKED_AT:]) else best

    def ids(self) -> list[int]:
        """Return what stands for each group."""
        return sorted(self._members)

    def members(self, group: int) -> list[Person]:
        """Return the people of a group, who are one person."""
        return [self._people[at] for at in self._members[group]]

    def grounds(self, iris: dict[int, Iri]) -> Iterator[Ground]:
        """Yield why people are one or not."""
        for at, person in enumerate(self._people):
            if person.articles > 1:
                iri = iris[self._group[at]]
                score, why, _ = people.alike(person)
                yield Ground(iri, MERGED, f"{person}, {person.articles} articles", score, why, iri)
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
