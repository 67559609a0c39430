"""Ministries and organizations: one name in one jurisdiction is one body."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from kg.iris import mint
from kg.lexicons.places import country, places
from kg.model import Thing
from kg.resolve.entity import Entity, Names
from kg.resolve.view import View
from kg.vocabulary import KG

_FILLER = {"the", "of", "and", "for", "on", "ministry", "department", "to"}


class Signature(NamedTuple):
    """What tells one body from another."""

    kind: str  # "ministry" or "organization"
    code: str  # of its jurisdiction, "" where it has none or none is known
    words: str


class Bodies:
    """Collects the bodies that articles name, and settles which are one."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._names: dict[Signature, Names] = defaultdict(Names)
        self._entities: dict[Signature, Entity] = {}

    def add(self, view: View, thing: Thing) -> None:
        """Take in what one article calls a body."""
        self._names[signature(view, thing)].counts[thing.name] += 1

    def settle(self) -> None:
        """Decide over all that was added."""
        for of in sorted(self._names):
            names = self._names[of]
            class_ = KG.Ministry if of.kind == "ministry" else KG.Organization
            iri = mint(self._base, of.kind, of.code, names.best())
            self._entities[of] = Entity(iri, class_, names.best(), names.others())

    def entity(self, view: View, thing: Thing) -> Entity:
        """Return the entity of a body that was added."""
        return self._entities[signature(view, thing)]

    def label(self, of: Signature) -> str:
        """Return what the body of a signature is called."""
        return self._entities[of].label


def signature(view: View, thing: Thing) -> Signature:
    """Return what tells a body from others."""
    if thing.kind != KG.Ministry:
        return Signature("organization", "", words(thing.name))
    exact = view.code(thing.key, KG.jurisdiction)
    deeper = bool(exact) and places()[exact].level in ("territory", "subdivision")
    return Signature("ministry", exact if deeper else country(exact), words(thing.name))


def words(name: str) -> str:
    """Return the words of a body's name that tell it from others.

    >>> words("Energy Ministry") == words("Ministry of Energy")
    True
    """
    found = re.findall(r"[^\W_]+", name.lower())
    head = "ministry" if "ministry" in found or "ministries" in found else "department" if "department" in found else ""
    return " ".join([head, *sorted(w for w in found if w not in _FILLER)]).strip()
