"""Decisions on items of Wikidata, as a build follows them: what is linked, what must not be, and what the graph tells of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from kg.decisions.contradictions import standing
from kg.decisions.model import Decision
from kg.graph import REVIEW, Link, Rejection
from kg.model import Iri
from kg.vocabulary import OWL, PREFIXES, SCHEMA, SKOS


class Identities:
    """The standing decisions on links, by entity."""

    def __init__(self, decisions: Iterable[Decision], current: Callable[[Iri], Iri] = lambda iri: iri) -> None:
        """`current` tells which entity an IRI stands for, after those that are the same were made one."""
        by_entity: dict[Iri, list[Decision]] = defaultdict(list)
        for decided in decisions:
            by_entity[current(decided.subject)].append(decided)
        self.unmet: list[tuple[Decision, str]] = []
        self.standing: dict[Iri, list[Decision]] = {}
        for iri in sorted(by_entity):
            possible = [decided for decided in by_entity[iri] if self._fits(iri, decided)]
            self.standing[iri], overruled = standing(possible)
            self.unmet.extend(overruled)

    def _fits(self, iri: Iri, decided: Decision) -> bool:
        if decided.predicate in ("", OWL.sameAs) or concept(iri):
            return True
        self.unmet.append((decided, "an individual is an item or is not: write schema:sameAs, or take the line out"))
        return False

    def settled(self, iri: str) -> bool:
        """Tell whether it is decided which item an entity is, or that it is none."""
        return any(d.kind != "not-link" and d.predicate in ("", OWL.sameAs) for d in self.standing.get(Iri(iri), ()))

    def rejected(self, iri: str) -> frozenset[str]:
        """Return the items that an entity is not."""
        return frozenset(d.object for d in self.standing.get(Iri(iri), ()) if d.kind == "not-link")

    def allows(self, iri: str, item: str) -> bool:
        """Tell whether the decisions leave room for a link that nobody decided."""
        return not self.settled(iri) and item not in self.rejected(iri)

    def links(self, known: Callable[[str], bool]) -> Iterator[Link | Rejection]:
        """Yield what the graph tells of the decisions on entities that it knows; the others are unmet."""
        for iri, decisions in self.standing.items():
            if not known(iri):
                self.unmet.extend((decided, f"the graph has no entity <{decided.subject}>") for decided in decisions)
                continue
            # Where several say the same of an item, the one that says most, and of those the first.
            told = sorted(decisions, key=lambda d: (d.predicate != OWL.sameAs, d.date, d.predicate, d.authors, d.score))
            by_item: dict[tuple[str, str], Decision] = {}
            for decided in told:
                by_item.setdefault((decided.kind, decided.object), decided)
            yield from (_line(iri, by_item[key]) for key in sorted(by_item))


def concept(iri: str) -> bool:
    """Tell whether an IRI is a sector's, which may be close to an item without being the same."""
    return iri.startswith(PREFIXES["sector"])


def _line(iri: Iri, decided: Decision) -> Link | Rejection:
    usual = SKOS.exactMatch if concept(iri) else SCHEMA.sameAs
    if decided.kind != "link":
        return Rejection(iri, decided.object, decided.date, decided.authors, usual)
    predicate = Iri(decided.predicate) if decided.predicate else usual
    return Link(iri, decided.object, decided.score, REVIEW, decided.date, authors=decided.authors, predicate=predicate)
