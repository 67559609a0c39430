"""Decisions brought to bear on one build, with an account of those that could not be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from kg.decisions.corrections import Corrections
from kg.decisions.identities import Identities
from kg.decisions.model import FACTS, LINKS, Decision
from kg.graph import Link, Rejection
from kg.iris import article_iri
from kg.model import Article, Reading
from kg.resolve import Entity


class Replay:
    """The decisions of a folder, as one build follows them: resolve, correct each article, then link."""

    def __init__(self, decisions: Iterable[Decision], base: str) -> None:
        self._base = base
        self._decisions = list(decisions)
        self._corrections = Corrections(d for d in self._decisions if d.kind in FACTS)

    @cached_property
    def identities(self) -> Identities:
        """Return the decisions on items of Wikidata; entities must be settled."""
        return Identities(d for d in self._decisions if d.kind in LINKS)

    def corrected(
        self, article: Article, reading: Reading, entities: Mapping[str, Entity]
    ) -> tuple[Reading, dict[str, Entity]]:
        """Return what an article says, and its entities, without what is wrong in it."""
        if not self._corrections:
            return reading, dict(entities)
        names = {key: (entity.iri,) for key, entity in entities.items()}
        right = self._corrections.corrected(article_iri(self._base, article.id), reading, names)
        return right, {thing.key: entities[thing.key] for thing in right.things}

    def lines(self, known: Callable[[str], bool]) -> Iterator[Link | Rejection]:
        """Yield what the graph tells of decisions on items of Wikidata; `known` tells which entities it has."""
        yield from self.identities.lines(known)

    def unmet(self) -> list[tuple[str, str]]:
        """Return (where, why) of the decisions that the build could not follow, when all is done, in order."""
        found = [*self._corrections.unmet(), *self.identities.unmet]
        return sorted((decided.where, f"{decided.told}: {why}") for decided, why in found)

    def __len__(self) -> int:
        return len(self._decisions)
