"""Posts: one in a body or jurisdiction, whatever capitals and commas articles write it with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.iris import mint, slug
from kg.model import Thing
from kg.resolve.entity import Entity, Names, capital
from kg.resolve.view import View
from kg.vocabulary import ORG


class Posts:
    """Collects how articles word posts."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._names: dict[str, Names] = defaultdict(Names)  # by the slug that spellings have in common

    def add(self, thing: Thing) -> None:
        """Take in how one article words a post."""
        self._names[slug(thing.name)].counts[capital(thing.name)] += 1

    def entity(self, view: View, thing: Thing, found: Mapping[str, Entity]) -> Entity:
        """Return the entity of a post, given those of the bodies and jurisdictions of its article."""
        owner = next((found[o] for o in view.objects(thing.key, ORG.postIn) if o in found), None)
        place = owner.iri.rsplit("/", 1)[-1] if owner else ""
        return Entity(mint(self._base, "post", place, thing.name), ORG.Post, self._names[slug(thing.name)].best())
