"""Sectors: the labels of the scheme, as a lexicon; which of them need a context to count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Iri
from kg.vocabulary import sectors


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the scheme as a phrase names it."""

    iri: Iri
    label: str
    hidden: bool  # the phrase is an ordinary word ("trade", "services"): a sector only where the context says so
    borderline: bool  # a policy field at the border of economic activity


def sector_phrases() -> Iterator[tuple[str, Concept]]:
    """Yield (phrase, concept) for every label of the scheme."""
    for sector in sectors():
        for phrase in dict.fromkeys((sector.label, *sector.alts, *sector.hidden)):
            yield phrase, Concept(sector.iri, sector.label, phrase in sector.hidden, sector.borderline)
