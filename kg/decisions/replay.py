"""Decisions brought to bear on one build, with an account of those that could not be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.decisions.contradictions import Overruled
from kg.decisions.corrections import Corrections
from kg.decisions.identities import Identities
from kg.decisions.model import ENTITIES, FACTS, LINKS, Decision
from kg.iris import article_iri
from kg.model import Article, Reading
from kg.resolve import Entity, Ruling, Rulings


class Replay:
    """The decisions of a folder, as one build follows them: resolve, correct each article, then link."""

    def __init__(self, decisions: Iterable[Decision], base: str) -> None:
        self._base = base
        self._decisions = list(decisions)
        self._unmet: list[Overruled] = []
        self.identities = Identities(())
        self._corrections = Corrections(d for d in self._decisions if d.kind in FACTS)

    def rulings(self) -> list[Ruling]:
        """Return what resolution is to follow."""
        some = (decided for decided in self._decisions if decided.kind in ENTITIES)
        return [Ruling(d.kind == "same", d.subject, d.object, d.article, d.date, d.where) for d in some]

    def settle(self, rulings: Rulings) -> None:
        """Take in what resolution made of its rulings."""
        self.identities = Identities((d for d in self._decisions if d.kind in LINKS), rulings.current)
        by_where = {decided.where: decided for decided in self._decisions}
        self._unmet = [(by_where[ruling.where], why) for ruling, why in rulings.unmet]

    def corrected(
        self, article: Article, reading: Reading, entities: Mapping[str, Entity]
    ) -> tuple[Reading, dict[str, Entity]]:
        """Return what an article says, and its entities, without what is wrong in it."""
        if not self._corrections:
            return reading, dict(entities)
        names = {key: (e.iri, e.minted) if e.minted else (e.iri,) for key, e in entities.items()}
        right = self._corrections.corrected(article_iri(self._base, article.id), reading, names)
        return right, {thing.key: entities[thing.key] for thing in right.things}

    def unmet(self) -> list[tuple[str, str]]:
        """Return (where, why) of the decisions that the build could not follow, when all is done, in order."""
        found = [*self._corrections.unmet(), *self.identities.unmet, *self._unmet]
        return sorted((decided.where, f"{decided.told}: {why}") for decided, why in found)

    def __len__(self) -> int:
        return len(self._decisions)
