"""Every entity and relation of an article judged: right, missed, made up; and the figures that follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.evaluate.gold import CLASSES, LINKS, RELATIONS, VALUES, Entities, Entity, Value
from kg.evaluate.naming import Agreements, alike, paired, same_post

_BODIES = ("Ministry", "Organization")
_NAMED = (*CLASSES[1:], "Organization")  # what is paired by name


class Verdict(StrEnum):
    """What a comparison says of one entity or relation."""

    RIGHT = "right"
    MISSED = "missed"
    MADE_UP = "made up"
    LEFT_OUT = "left out"  # optional: the system has it, and that counts neither way


@dataclass(frozen=True, slots=True)
class Judgement:
    """One entity or one relation, judged."""

    what: str  # a class or a relation
    verdict: Verdict
    subject: str  # the name of the entity
    value: str = ""  # of the relation, for people
    source: tuple[str, str] = ("", "")  # the system's entity and value, where it has them


class Comparison:
    """One article as the gold file and as the system tell it."""

    def __init__(self, gold: Entities, system: Entities) -> None:
        self.gold = gold
        self.system = system
        self._pairs = self._named_pairs()
        # A body that one calls a ministry and the other an organisation is still the same party.
        cross = self._loose_pairs()
        ours, theirs = self._of("Agreement")
        alone = len(ours) == len(theirs) == 1
        self._pairs |= paired(ours, theirs, Agreements(self._pairs | cross, alone=alone))
        self._ends = self._pairs | cross
        self._back = {theirs: ours for ours, theirs in self._ends.items()}

    def _of(self, kind: str) -> tuple[list[Entity], list[Entity]]:
        return [e for e in self.gold.values() if e.kind == kind], [e for e in self.system.values() if e.kind == kind]

    def _named_pairs(self) -> dict[str, str]:
        pairs: dict[str, str] = {}
        for kind in _NAMED:
            pairs |= paired(*self._of(kind), alike)
        return pairs

    def _loose_pairs(self) -> dict[str, str]:
        taken = set(self._pairs.values())
        ours = [e for e in self.gold.values() if e.kind in _BODIES and e.id not in self._pairs]
        theirs = [e for e in self.system.values() if e.kind in _BODIES and e.id not in taken]
        return paired(ours, theirs, alike)

    def judgements(self) -> Iterator[Judgement]:
        """Yield a judgement of every entity and every relation that is scored."""
        for kind in CLASSES:
            yield from self._entities(kind)
        for entity in self.gold.values():
            if entity.kind in CLASSES:
                for relation in RELATIONS:
                    yield from self._relation(entity, relation)
        for entity in self.system.values():
            if entity.kind in CLASSES and entity.id not in self._back:
                yield from self._invented(entity)

    def _entities(self, kind: str) -> Iterator[Judgement]:
        ours, theirs = self._of(kind)
        for entity in ours:
            if not entity.optional:
                verdict = Verdict.RIGHT if entity.id in self._pairs else Verdict.MISSED
                yield Judgement(kind, verdict, entity.names[0])
        for entity in theirs:
            if entity.id not in self._back:
                yield Judgement(kind, Verdict.MADE_UP, entity.names[0])

    def _relation(self, entity: Entity, relation: str) -> Iterator[Judgement]:
        found = self.system.get(self._ends.get(entity.id, ""))
        left = [v.text for v in found.values(relation)] if found else []
        owner = found.id if found else ""
        for value in entity.values(relation):
            hit = next((other for other in left if self._agrees(relation, value.text, other)), None)
            if hit is not None:
                left.remove(hit)
            verdict = self._verdict(entity, relation, value, hit)
            if verdict is not None:
                yield Judgement(
                    relation, verdict, entity.names[0], self._shown(relation, value), (owner, hit) if hit else ("", "")
                )
        for other in left:
            verdict = Verdict.LEFT_OUT if self._excused(entity, relation, other) else Verdict.MADE_UP
            yield Judgement(relation, verdict, entity.names[0], self._shown_by_system(other), (owner, other))

    def _agrees(self, relation: str, ours: str, theirs: str) -> bool:
        if relation in LINKS:
            return self._ends.get(ours) == theirs
        return same_post(ours, theirs) if relation == "post" else ours == theirs

    def _verdict(self, entity: Entity, relation: str, value: Value, hit: str | None) -> Verdict | None:
        """Return what a value of the gold file turns out to be; None for an optional one that the system lacks."""
        if value.optional or entity.optional or (relation in LINKS and self.gold[value.text].optional):
            return Verdict.LEFT_OUT if hit is not None else None
        return Verdict.RIGHT if hit is not None else Verdict.MISSED

    def _excused(self, entity: Entity, relation: str, theirs: str) -> bool:
        """Tell whether a value that only the system has counts for nothing: it hangs on what is optional."""
        if entity.optional:
            return True
        if relation in VALUES:
            return any(v.optional for v in entity.values(relation))
        target = self.gold.get(self._back.get(theirs, "")) if relation in LINKS else None
        return target is not None and target.optional

    def _invented(self, entity: Entity) -> Iterator[Judgement]:
        for relation in RELATIONS:
            for value in entity.values(relation):
                shown = self._shown_by_system(value.text)
                yield Judgement(relation, Verdict.MADE_UP, entity.names[0], shown, (entity.id, value.text))

    def _shown(self, relation: str, value: Value) -> str:
        return self.gold[value.text].names[0] if relation in LINKS else value.text

    def _shown_by_system(self, value: str) -> str:
        return self.system[value].names[0] if value in self.system else value


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts, and what follows from them."""

    right: int = 0
    made_up: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what the system says that is right; None where it says nothing."""
        return self.right / (self.right + self.made_up) if self.right + self.made_up else None

    @property
    def recall(self) -> float | None:
        """The share of what there is that the system found; None where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float:
        """The harmonic mean of the two; 0 where either is 0 or unknown."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p and r else 0.0

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.right + other.right, self.made_up + other.made_up, self.missed + other.missed)


def figures(judgements: Iterable[Judgement]) -> Mapping[str, Figure]:
    """Return a figure for each class and each relation, and for "entities" and "relations" altogether."""
    counts = Counter((j.what, j.verdict) for j in judgements)
    found = {
        what: Figure(counts[what, Verdict.RIGHT], counts[what, Verdict.MADE_UP], counts[what, Verdict.MISSED])
        for what in (*CLASSES, *RELATIONS)
    }
    together = {
        "entities": sum((found[c] for c in CLASSES), Figure()),
        "relations": sum((found[r] for r in RELATIONS), Figure()),
    }
    return found | together
