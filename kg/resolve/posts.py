"""Posts: one in a body or jurisdiction, however articles word it ("Trade Minister", "Minister of Trade")."""

from __future__ import annotations

from collections import defaultdict

from kg.iris import mint, slug
from kg.model import Thing
from kg.resolve import portfolios
from kg.resolve.bodies import Bodies
from kg.resolve.entity import Entity, Names, Taken, capital
from kg.resolve.events import Party, party
from kg.resolve.view import View
from kg.vocabulary import ORG

_Key = tuple[str, frozenset[str]]  # the owner as it is written in IRIs, the words of the post


class Posts:
    """Collects how articles word posts, and settles which are one."""

    def __init__(self, base: str, bodies: Bodies) -> None:
        self._base = base
        self._bodies = bodies
        self._names: dict[tuple[Party, frozenset[str]], Names] = defaultdict(Names)
        self._spelled: dict[str, Names] = defaultdict(
            Names
        )  # by the slug that spellings have in common, whoever's they are
        self._entities: dict[_Key, Entity] = {}

    def add(self, view: View, thing: Thing) -> None:
        """Take in how one article words a post."""
        name = capital(thing.name)
        self._names[(_owner(view, thing), portfolios.words(name))].counts[name] += 1
        self._spelled[slug(name)].counts[name] += 1

    def settle(self) -> None:
        """Decide over all that was added; the bodies must be settled."""
        found: dict[_Key, Names] = defaultdict(Names)
        for (owner, words), names in self._names.items():
            found[(self._written(owner), words)].counts.update(names.counts)
        taken = Taken()
        for key in sorted(found, key=lambda k: (k[0], sorted(k[1]))):
            label = self._spelled[slug(found[key].best())].best()
            iri = taken.first([mint(self._base, "post", key[0], label)])
            self._entities[key] = Entity(iri, ORG.Post, label, found[key].others(label))
        self._names.clear()

    def entity(self, view: View, thing: Thing) -> Entity:
        """Return the entity of a post that was added."""
        return self._entities[(self._written(_owner(view, thing)), portfolios.words(thing.name))]

    def _written(self, owner: Party) -> str:
        return owner.lower() if isinstance(owner, str) else self._bodies.iri(owner).rsplit("/", 1)[-1]


def _owner(view: View, thing: Thing) -> Party:
    """Return the jurisdiction or body that a post is most surely in; "" where none is known."""
    key = next((o for o in view.objects(thing.key, ORG.postIn) if o in view.things), "")
    return party(view, view.things[key]) if key else ""
