"""Ministries and organizations: one name in one jurisdiction is one body, and so is its acronym.

What tells a body are the words of its name, in any order, without those of its country: "the Kenyan Ministry of Health" and
"Health Ministry" of Kenya are one. Names that share no words are one body where they are known to be, as of the days on which articles
give them: by the table of acronyms, or by who is asked (`Known`), such as an index of Wikidata.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from kg.iris import mint
from kg.lexicons.agencies import agencies
from kg.lexicons.naming import AMERICAN
from kg.lexicons.places import country, places
from kg.model import Iri, Thing
from kg.resolve.entity import Entity, Names, Taken
from kg.resolve.grounds import APART, MERGED, Ground
from kg.resolve.spelling import plain
from kg.resolve.view import View
from kg.vocabulary import KG

# What tells which body of a kind ("ministry") and code bears a name between two days: its identifier, "" where that is not known.
Known = Callable[[str, str, str, str, str], str]

_FILLER = frozenset("the of and for on ministry department to s".split())
_STATES = frozenset("republic kingdom federal federation democratic peoples people state government".split())
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]|[A-Z]{2,}")
_LETTERS = 3  # of an acronym that tells one body


class Signature(NamedTuple):
    """What tells one body from another."""

    kind: str  # "ministry" or "organization"
    code: str  # of its jurisdiction, "" where it has none or none is known
    words: str


@dataclass(slots=True)
class _Told:
    """What articles tell of a body."""

    names: Names = field(default_factory=Names)
    short: set[str] = field(default_factory=set)  # acronyms that articles give beside the name
    codes: set[str] = field(default_factory=set)  # of the jurisdictions that articles tell
    first: str = ""
    last: str = ""


def nobody(kind: str, name: str, code: str, first: str, last: str) -> str:
    """Know no body: what resolution asks where there is no index."""
    return ""


class Bodies:
    """Collects the bodies that articles name, and settles which are one."""

    def __init__(self, base: str, known: Known = nobody) -> None:
        self._base = base
        self._known = known
        self._told: dict[Signature, _Told] = defaultdict(_Told)
        self._entities: dict[Signature, Entity] = {}

    def add(self, view: View, thing: Thing) -> None:
        """Take in what one article calls a body."""
        told = self._told[signature(view, thing)]
        told.names.counts[thing.name] += 1
        told.codes.update(code for code in [view.code(thing.key, KG.jurisdiction)] if code)
        told.short.update(m.text for m in thing.mentions if _is_acronym(m.text) and m.text != thing.name)
        day = view.article.published
        told.first, told.last = min(told.first or day, day or told.first), max(told.last, day)

    def settle(self) -> list[Ground]:
        """Decide over all that was added; return why."""
        homes = _Homes(self._told, self._known)
        taken = Taken()
        for of in sorted(self._told):
            if homes.of(of) == of:
                self._entities[of] = self._entity(of, homes, taken)
        for of in self._told:
            self._entities[of] = self._entities[homes.of(of)]
        return list(self._grounds(homes))

    def _entity(self, of: Signature, homes: _Homes, taken: Taken) -> Entity:
        names, long = Names(), Names()
        for member in homes.members(of):
            names.counts.update(self._told[member].names.counts)
        long.counts.update({name: n for name, n in names.counts.items() if not _is_acronym(name)})
        label = (long if long.counts else names).usual()
        class_ = KG.Ministry if of.kind == "ministry" else KG.Organization
        iri = taken.first([mint(self._base, of.kind, of.code, label)])
        return Entity(iri, class_, label, names.others(label))

    def _grounds(self, homes: _Homes) -> Iterator[Ground]:
        for of, told in self._told.items():
            iri = self._entities[of].iri
            why = homes.why(of) or "one name in one jurisdiction" * (told.names.counts.total() > 1)
            if why:
                yield Ground(iri, MERGED, self._text(of), homes.score(of), why, iri)
        for of, other, why in homes.apart:
            yield Ground(self._entities[other].iri, APART, self._text(of), 0.5, why, self._entities[of].iri)

    def _text(self, of: Signature) -> str:
        place = places()[of.code].label if of.code in places() else ""
        number = self._told[of].names.counts.total()
        many = f"{number} articles" if number > 1 else ""
        return ", ".join(part for part in (self._told[of].names.usual(), place, many) if part)

    def __iter__(self) -> Iterator[Entity]:
        """Yield all entities, some of them more than once."""
        return iter(self._entities.values())

    def jurisdictions(self) -> dict[Iri, set[str]]:
        """Return the codes of the jurisdictions that articles tell of each body."""
        found: dict[Iri, set[str]] = defaultdict(set)
        for of, told in self._told.items():
            found[self._entities[of].iri] |= told.codes
        return found

    def entity(self, view: View, thing: Thing) -> Entity:
        """Return the entity of a body that was added."""
        return self._entities[signature(view, thing)]

    def iri(self, of: Signature) -> Iri:
        """Return the IRI of the body of a signature."""
        return self._entities[of].iri

    def label(self, of: Signature) -> str:
        """Return what the body of a signature is called."""
        return self._entities[of].label


class _Homes:
    """Which bodies are others under another name."""

    def __init__(self, told: dict[Signature, _Told], known: Known) -> None:
        self._told = told
        self._home = {of: of for of in told}
        self._why: dict[Signature, tuple[float, str]] = {}
        self.apart: list[tuple[Signature, Signature, str]] = []
        self._join_known(known)
        self._join_acronyms()
        self._members: dict[Signature, list[Signature]] = defaultdict(list)
        for of in sorted(told):
            self._members[self.of(of)].append(of)

    def of(self, of: Signature) -> Signature:
        """Return the signature that stands for a body."""
        while self._home[of] != of:
            of = self._home[of]
        return of

    def members(self, of: Signature) -> list[Signature]:
        """Return all signatures of a body."""
        return self._members[of]

    def why(self, of: Signature) -> str:
        """Return on what grounds a name was joined to a body; "" where it was not."""
        return self._why.get(of, (0.0, ""))[1]

    def score(self, of: Signature) -> float:
        """Return how sure that is."""
        return self._why.get(of, (1.0, ""))[0]

    def _join(self, of: Signature, home: Signature, score: float, why: str) -> None:
        self._home[self.of(of)] = self.of(home)
        self._why[of] = score, why

    def _join_known(self, known: Known) -> None:
        """Join the names of one jurisdiction that are known to be of one body on the days on which they are given."""
        found: dict[tuple[str, str, str], list[Signature]] = defaultdict(list)
        for of in sorted(self._told):
            told = self._told[of]
            identifier = known(of.kind, told.names.usual(), of.code, told.first, told.last)
            if identifier:
                found[(of.kind, of.code, identifier)].append(of)
        for (_, _, identifier), several in found.items():
            home = min(several, key=lambda of: (-self._told[of].names.counts.total(), of))
            for of in several:
                if of != home:
                    self._join(of, home, 0.95, f"both are {identifier} at that time")

    def _join_acronyms(self) -> None:
        """Join acronyms to the one body that they may be short for."""
        long: dict[tuple[str, str, str], list[Signature]] = defaultdict(list)
        for of in sorted(self._told):
            for short in _acronyms(self._told[of]):
                long[(of.kind, of.code, short)].append(of)
        for of in sorted(self._told):
            name = self._told[of].names.usual()
            if not _is_acronym(name):
                continue
            several = [home for home in long[(of.kind, of.code, name)] if home != of]
            if len({self.of(home) for home in several}) == 1:
                self._join(of, several[0], 0.9, f"{name} is short for {self._told[several[0]].names.usual()}")
            self.apart += [(of, home, f"{name} may be short for several") for home in several if len(several) > 1]


def _is_acronym(name: str) -> bool:
    return bool(_ACRONYM.fullmatch(name)) and len(name) >= _LETTERS and sum(c.isupper() for c in name) * 2 > len(name)


def _acronyms(told: _Told) -> set[str]:
    """Return the acronyms of a body: those that articles or the table give it, else its initials."""
    found = set(told.short)
    for name in told.names.counts:
        words = [w for w in _WORD.findall(name) if w[0].isupper()]
        if len(words) >= _LETTERS:
            found.add("".join(w[0] for w in words))
        found.update(short for agency in agencies().get(name, ()) for short in agency.names if _is_acronym(short))
    return found


def signature(view: View, thing: Thing) -> Signature:
    """Return what tells a body from others."""
    if thing.kind != KG.Ministry:
        return Signature("organization", "", words(thing.name))
    exact = view.code(thing.key, KG.jurisdiction)
    deeper = bool(exact) and places()[exact].level in ("territory", "subdivision")
    code = exact if deeper else country(exact)
    return Signature("ministry", code, words(thing.name, code))


@cache
def words(name: str, code: str = "") -> str:
    """Return the words of a body's name that tell it from others of its jurisdiction.

    >>> words("Kenyan Energy Ministry", "KE") == words("Ministry of Energy of the Republic of Kenya", "KE")
    True
    """
    found = [AMERICAN.get(w, w) for w in _WORD.findall(plain(name))]
    head = "ministry" if "ministry" in found or "ministries" in found else "department" if "department" in found else ""
    telling = sorted(w for w in found if w not in _FILLER)
    own = [w for w in telling if w not in _place_words(code) and w not in _STATES]
    bears = len(own) < len(telling) and bool(_place_words(code) & set(telling))
    return " ".join([head, *(own if bears and len(own) + bool(head) > 1 else telling)]).strip()


@cache
def _place_words(code: str) -> frozenset[str]:
    place = places().get(code)
    if place is None:
        return frozenset()
    text = " ".join((place.label, *place.names, *place.demonyms)).replace(".", "")
    return frozenset(w for w in _WORD.findall(plain(text)) if w not in _FILLER)
