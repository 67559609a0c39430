"""Officials: one name in the service of one country is one person."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from kg.iris import mint
from kg.lexicons.places import country
from kg.model import Thing
from kg.resolve.entity import Entity, Names
from kg.resolve.view import View
from kg.vocabulary import KG


class Signature(NamedTuple):
    """What tells one person from another."""

    code: str  # of the country served, "" where none is known
    words: tuple[str, ...]


class Officials:
    """Collects the people that articles name, and settles who is one."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._names: dict[Signature, Names] = defaultdict(Names)
        self._entities: dict[Signature, Entity] = {}

    def add(self, view: View, thing: Thing) -> None:
        """Take in what one article calls a person."""
        self._names[signature(view, thing)].counts[thing.name] += 1

    def settle(self) -> None:
        """Decide over all that was added."""
        for group in _groups(sorted(self._names)):
            names = Names()
            for of in group:
                names.counts.update(self._names[of].counts)
            iri = mint(self._base, "official", max(of.code for of in group), names.best())
            entity = Entity(iri, KG.Official, names.best(), names.others())
            self._entities.update(dict.fromkeys(group, entity))

    def entity(self, view: View, thing: Thing) -> Entity:
        """Return the entity of a person who was added."""
        return self._entities[signature(view, thing)]


def signature(view: View, thing: Thing) -> Signature:
    """Return what tells a person from others."""
    code = view.code(thing.key, KG.serves)
    return Signature(country(code) if code else "", _words(thing.name))


def _words(name: str) -> tuple[str, ...]:
    return tuple(w.lower() for w in re.findall(r"[^\W\d_]+", name) if len(w) > 1 or not w.isupper())


def _groups(officials: list[Signature]) -> list[list[Signature]]:
    """Group signatures of one person: the same country, and names of which one holds all the words of the other.

    A short name that fits two longer ones joins neither; one without a country joins the only person so called.
    """
    by_word: dict[str, list[Signature]] = defaultdict(list)
    for signature in officials:
        for word in set(signature.words):
            by_word[word].append(signature)
    parent = {signature: signature for signature in officials}

    def root(s: Signature) -> Signature:
        while parent[s] != s:
            s = parent[s]
        return s

    for signature in sorted(officials, key=lambda s: (-len(s.words), s)):
        target = _one_longer(signature, by_word)
        if target is not None:
            parent[root(signature)] = root(target)
    groups: dict[Signature, list[Signature]] = defaultdict(list)
    for signature in officials:
        groups[root(signature)].append(signature)
    return [groups[key] for key in sorted(groups)]


def _one_longer(signature: Signature, by_word: dict[str, list[Signature]]) -> Signature | None:
    """Return the one signature that says more of the same name; None where there is none or more than one."""
    code, words = signature
    if len(words) < 2:
        return None
    rarest = min(words, key=lambda w: (len(by_word[w]), w))
    longer = [
        s
        for s in by_word[rarest]
        if s != signature
        and set(words) <= set(s.words)
        and (s.code == code or (not code and s.code))
        and (len(s.words) > len(words) or sorted(s.words) == sorted(words))
    ]
    longer = [s for s in longer if not (s.code == code and sorted(s.words) == sorted(words) and s > signature)]
    if not longer:
        return None
    most = [s for s in longer if not any(set(s.words) < set(o.words) and s.code == o.code for o in longer)]
    return most[0] if len({(s.code, frozenset(s.words)) for s in most}) == 1 else None
