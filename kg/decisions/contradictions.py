"""Which decisions stand where several contradict one another, whatever the order of their lines.

The later day prevails; on one day the more cautious decision, and of two that are equally cautious neither: a missing link
is better than a wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.decisions.model import Decision
from kg.vocabulary import OWL

_CAUTION = {"no-item": 0, "not-link": 1, "link": 2, "wrong": 0, "right": 1, "different": 0, "same": 1}
Overruled = tuple[Decision, str]  # and why


def standing(decisions: Iterable[Decision]) -> tuple[list[Decision], list[Overruled]]:
    """Return the decisions that stand, and those that do not. All must be about the same subject, by whatever name."""
    kept: list[Decision] = []
    overruled: list[Overruled] = []
    by_turn: dict[tuple[str, int], list[Decision]] = defaultdict(list)
    for decided in decisions:
        by_turn[(decided.date, _CAUTION[decided.kind])].append(decided)
    for _, some in sorted(by_turn.items(), key=lambda turn: (_latest_first(turn[0][0]), turn[0][1])):
        standing_before = list(kept)
        for decided in sorted(some, key=lambda d: (d.key, d.where)):
            rival = _rival(decided, standing_before) or _rival(decided, some)
            if rival is None:
                kept.append(decided)
            else:
                overruled.append((decided, _why(decided, rival)))
    return kept, overruled


def _latest_first(day: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in day or "0")


def _rival(decided: Decision, others: Iterable[Decision]) -> Decision | None:
    rivals: Iterator[Decision] = (other for other in others if contradict(decided, other))
    return min(rivals, key=lambda other: (other.key, other.where), default=None)


def _why(decided: Decision, rival: Decision) -> str:
    if rival.date != decided.date:
        return f"{rival.where} of {rival.date} says otherwise and is the later one; take one of the two lines out"
    both = "neither is followed" if rival.kind == decided.kind else "the more cautious one is followed"
    return f"{rival.where} of the same day says otherwise, and {both}; take one of the two lines out"


def contradict(a: Decision, b: Decision) -> bool:
    """Tell whether two decisions on one subject cannot both hold."""
    kinds = {a.kind, b.kind}
    if kinds == {"link"}:
        return a.object != b.object and _identical(a) and _identical(b)
    if kinds == {"link", "not-link"}:
        return a.object == b.object
    if kinds == {"link", "no-item"}:
        return _identical(a) and _identical(b)
    if kinds == {"wrong", "right"}:
        same = (a.predicate, a.object) == (b.predicate, b.object)
        return same and (a.article == b.article or not a.article or not b.article)
    return kinds == {"same", "different"} and {a.subject, a.object} == {b.subject, b.object}


def _identical(decided: Decision) -> bool:
    """Tell whether a link says that two are the same, not only close to one another."""
    return decided.predicate in ("", OWL.sameAs)
