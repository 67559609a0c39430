"""Which of two readers' entities are one, told by their names; agreements, which have few, by what they share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product

from kg.evaluate.gold import Entity

Words = tuple[str, ...]
Likeness = Callable[[Entity, Entity], float]  # gold and system entity; 0 where they cannot be one

_SAME, _ALIKE = 1.0, 0.8  # of names that are equal, and of names of which one says more
_LEAST_SHARE = 0.6  # of a body's words that the shorter of two names of it has

_SMALL_WORDS = frozenset("the a an of and for to his her he".split())
_COURTESIES = frozenset(
    "excellency mr mrs ms miss madam dr prof professor sir hon honourable honorable shri smt dato datuk seri tan".split()
)
_SAYING_NOTHING = _SMALL_WORDS | _COURTESIES | {"government", "republic", "&"}
_SECTOR_FILLER = frozenset("sector sectors industry industries field services development".split())
_STEM = 6  # letters: "agriculture" and "agricultural" have these in common

_POSSESSIVE = re.compile(r"['’`]s\b")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=100_000)
def words(name: str) -> Words:
    """Return the words that tell a name from others; all of them where none does.

    >>> words("the Hon. Mr José Ávila"), words("the Republic")
    (('jose', 'avila'), ('the', 'republic'))
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    found = tuple(_WORD.findall(_POSSESSIVE.sub("", plain.casefold())))
    return tuple(w for w in found if w not in _SAYING_NOTHING) or found


def alike(gold: Entity, system: Entity) -> float:
    """Return how surely two entities of one class are one, by their names."""
    ours, theirs = _named(gold), _named(system)
    if ours & theirs:
        return _SAME
    if gold.kind in _PARTLY and any(_PARTLY[gold.kind](a, b) for a, b in product(ours, theirs)):
        return _ALIKE
    return 0.0


def _named(entity: Entity) -> set[Words]:
    return {words(name) for name in entity.names}


def _same_person(a: Words, b: Words) -> bool:
    """Tell whether all words of one name are in the other, whatever their order: "Lee Ka-chiu John"."""
    small, big = sorted((set(a), set(b)), key=len)
    return len(small) >= 2 and small <= big


def _same_body(a: Words, b: Words) -> bool:
    """Tell whether one name is most of the other: "Ministry of Energy" and "Ministry of Energy of Kenya"."""
    return _same_person(a, b) and len(set(a) & set(b)) / max(len(set(a)), len(set(b))) >= _LEAST_SHARE


def _same_sector(a: Words, b: Words) -> bool:
    return bool(_stems(a)) and _stems(a) == _stems(b)


def _stems(name: Words) -> set[str]:
    return {w[:_STEM] for w in name if w not in _SECTOR_FILLER}


_PARTLY: Mapping[str, Callable[[Words, Words], bool]] = {
    "Official": _same_person,
    "Ministry": _same_body,
    "Organization": _same_body,
    "IndustrySector": _same_sector,
}


def same_post(a: str, b: str) -> bool:
    """Tell whether two titles may be of one post: one has all the words of the other."""
    ours, theirs = set(words(a)), set(words(b))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def paired(gold: Iterable[Entity], system: Iterable[Entity], likeness: Likeness) -> dict[str, str]:
    """Return gold ids with the system ids they are paired with: one to one, the likest first, required ones before optional."""
    ranked = sorted(
        (-score, g.optional, g.id, s.id) for g, s in product(gold, tuple(system)) if (score := likeness(g, s)) > 0
    )
    found: dict[str, str] = {}
    used: set[str] = set()
    for _, _, ours, theirs in ranked:
        if ours not in found and theirs not in used:
            found[ours] = theirs
            used.add(theirs)
    return found


class Agreements:
    """How alike two agreements are: by the parties, signatories, sectors and witnesses that they share, and by name."""

    _SHARES: Mapping[str, float] = {"party": 3.0, "signatory": 1.5, "sector": 1.0, "witness": 0.5}

    def __init__(self, ends: Mapping[str, str], *, alone: bool) -> None:
        """`ends` pairs all other entities; `alone` says that either side has a single agreement."""
        self._ends = ends
        self._alone = alone

    def __call__(self, gold: Entity, system: Entity) -> float:
        """Return the likeness of two agreements."""
        shared = 0.0
        for share in self._shares(gold, system):  # not sum(): its rounding differs between versions of Python
            shared += share
        same_kind = gold.value("kind") == system.value("kind")
        same_name = bool(_named(gold) & _named(system))
        if not shared and not same_name and not (self._alone and same_kind):
            return 0.0
        same_status = gold.value("status") == system.value("status")
        same_date = bool(gold.value("date")) and gold.value("date") == system.value("date")
        return shared + 0.6 * same_kind + 0.6 * same_name + 0.3 * same_status + 0.3 * same_date

    def _shares(self, gold: Entity, system: Entity) -> Iterator[float]:
        for relation, weight in self._SHARES.items():
            ours = {self._ends[v.text] for v in gold.values(relation) if v.text in self._ends}
            theirs = {v.text for v in system.values(relation)}
            if ours and theirs:
                yield weight * 2 * len(ours & theirs) / (len(ours) + len(theirs))
