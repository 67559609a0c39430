"""Why things are one node or are not: what was weighed against what, with what score, and what that came to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Iri

MERGED, APART = "merged", "apart"


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """One decision of resolution: that what articles call so is the entity, or that another entity is not."""

    entity: Iri
    verdict: str  # MERGED or APART
    name: str  # what was weighed: how articles call it, with what tells it from namesakes
    score: float  # how likely it is the same, 0..1
    why: str
    other: Iri  # the node of that: the entity itself where they are merged


def likelihood(bias: float, weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return how likely two things are one, 0..1, by features -1..1 that weigh in as log-odds."""
    odds = bias + sum(weights[name] * value for name, value in features.items())
    return round(1 / (1 + math.exp(-odds)), 3)
