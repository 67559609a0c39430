"""What resolution yields: nodes, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Iri


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph."""

    iri: Iri
    kind: Iri
    label: str
    alt: tuple[str, ...] = ()
    code: str = ""
    minted: Iri | None = None  # the IRI that it would have but for people's rulings


@dataclass(slots=True)
class Names:
    """How often an entity is called what."""

    counts: Counter[str] = field(default_factory=Counter)

    def best(self) -> str:
        """Return the fullest name, the most frequent of those, then the first by the alphabet."""
        return min(self.counts, key=lambda n: (-len(n.split()), -self.counts[n], n))

    def usual(self) -> str:
        """Return the most frequent name, the fullest of those, then the first by the alphabet."""
        return min(self.counts, key=lambda n: (-self.counts[n], -len(n.split()), n))

    def others(self, label: str) -> tuple[str, ...]:
        """Return all names but one, in the order of the alphabet."""
        return tuple(sorted(set(self.counts) - {label}))


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


class Taken:
    """Which IRIs are taken already."""

    def __init__(self) -> None:
        self._number: Counter[Iri] = Counter()

    def first(self, wanted: Iterable[Iri]) -> Iri:
        """Return the first of some IRIs that is free, and take it; where none is, the last with a number."""
        iri = Iri("")
        for iri in wanted:
            if not self._number[iri]:
                break
        while self._number[iri]:
            self._number[iri] += 1
            iri = Iri(f"{iri}-{self._number[iri]}")
        self._number[iri] += 1
        return iri
