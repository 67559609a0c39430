"""The resolver: readings in, one by one; decisions over all; then the entity of each thing of each article."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from kg.lexicons.places import places
from kg.model import Article, Iri, Reading, Thing
from kg.resolve.agreements import Agreements
from kg.resolve.bodies import Bodies, Known, nobody
from kg.resolve.entity import Entity
from kg.resolve.grounds import Ground
from kg.resolve.officials import Officials
from kg.resolve.posts import Posts
from kg.resolve.rulings import Ruling, Rulings
from kg.resolve.view import View
from kg.vocabulary import BASE, KG, ORG


class Resolver:
    """Collects what articles name, settles what is one, and tells each thing's entity."""

    def __init__(self, base: str = BASE, known: Known = nobody, rulings: Iterable[Ruling] = ()) -> None:
        """`rulings` are what people decided on which entities are one."""
        self.base = base
        self.rulings = Rulings(base, rulings)
        self._bodies = Bodies(base, known)
        self._officials = Officials(base)
        self._posts = Posts(base, self._bodies)
        self._agreements = Agreements(base, self._bodies)

    def add(self, article: Article, reading: Reading) -> None:
        """Take in what one article names."""
        view = View(article, reading)
        for thing in reading.things:
            if thing.kind in (KG.Ministry, KG.Organization):
                self._bodies.add(view, thing)
            elif thing.kind == KG.Official:
                self._officials.add(view, thing)
            elif thing.kind == ORG.Post:
                self._posts.add(view, thing)
        self._agreements.add(view, _agreements(reading))
        if self.rulings:
            self.rulings.add(article, reading)

    def settle(self) -> list[Ground]:
        """Decide what is one, over all that was added; return the grounds of each decision, sorted."""
        grounds = self._bodies.settle()  # before posts and agreements, which are named by them
        self._posts.settle()
        grounds = sorted([*grounds, *self._officials.settle(), *self._agreements.settle()])
        if self.rulings:
            everything = chain(self._bodies, self._officials, self._agreements)
            self.rulings.settle(everything, self._plain, self._bodies.jurisdictions())
            return self.rulings.grounds(grounds)
        return grounds

    def entities(self, article: Article, reading: Reading) -> dict[str, Entity]:
        """Return the entity of each thing of an article that was added."""
        plain = self._plain(article, reading)
        return self.rulings.entities(article, reading, plain) if self.rulings else plain

    def _plain(self, article: Article, reading: Reading) -> dict[str, Entity]:
        """Return the entities as they are but for rulings."""
        view = View(article, reading)
        found = {t.key: self._entity(view, t) for t in reading.things if t.kind != KG.Agreement}
        return found | self._agreements.entities(view, _agreements(reading))

    def _entity(self, view: View, thing: Thing) -> Entity:
        if thing.kind == KG.Jurisdiction:
            iri = Iri(f"{self.base}jurisdiction/{thing.code.lower()}")
            return Entity(iri, thing.kind, places()[thing.code].label, code=thing.code)
        if thing.kind == KG.IndustrySector:
            return Entity(Iri(thing.code), thing.kind, thing.name, code=thing.code)
        if thing.kind == KG.Official:
            return self._officials.entity(view, thing)
        if thing.kind == ORG.Post:
            return self._posts.entity(view, thing)
        return self._bodies.entity(view, thing)


def _agreements(reading: Reading) -> list[Thing]:
    return [thing for thing in reading.things if thing.kind == KG.Agreement]
