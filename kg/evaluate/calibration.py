"""What the confidence of claims is worth: of those with confidence c, how many are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluate.naming import same_post
from kg.evaluate.scoring import Judgement, Verdict
from kg.evaluate.system import Sourced

_BUCKETS = 10


@dataclass(frozen=True, slots=True)
class Bucket:
    """Claims of about the same confidence."""

    low: float
    high: float
    claims: int
    right: int
    confidence: float  # their mean

    @property
    def share(self) -> float:
        """The share of them that is right."""
        return self.right / self.claims


def outcomes(claims: Iterable[Sourced], judged: Mapping[str, list[Judgement]]) -> list[tuple[float, bool]]:
    """Return (confidence, whether it is right) for each claim that the gold file lets one judge.

    `judged` holds the judgements of each article. Claims on what is optional or is not scored are left out.
    """
    verdicts = {article: _by_source(judgements) for article, judgements in judged.items()}
    found = []
    for claim in claims:
        verdict = _verdict(claim, verdicts.get(claim.article, {}))
        if verdict in (Verdict.RIGHT, Verdict.MADE_UP):
            found.append((claim.confidence, verdict == Verdict.RIGHT))
    return found


def _by_source(judgements: Iterable[Judgement]) -> dict[tuple[str, str], list[tuple[str, Verdict]]]:
    found: dict[tuple[str, str], list[tuple[str, Verdict]]] = {}
    for judgement in judgements:
        entity, value = judgement.source
        if entity:
            found.setdefault((entity, judgement.what), []).append((value, judgement.verdict))
    return found


def _verdict(claim: Sourced, verdicts: dict[tuple[str, str], list[tuple[str, Verdict]]]) -> Verdict | None:
    """Return what was judged of a claim's relation; for a post, which has many titles, the best that is said of one."""
    fitting = {
        verdict
        for value, verdict in verdicts.get((claim.entity, claim.relation), ())
        for other in claim.values
        if value == other or (claim.relation == "post" and same_post(value, other))
    }
    return next((v for v in (Verdict.RIGHT, Verdict.LEFT_OUT, Verdict.MADE_UP) if v in fitting), None)


def buckets(judged: Iterable[tuple[float, bool]]) -> list[Bucket]:
    """Return the claims by tenths of confidence, empty ones left out, ascending; 1 is in the last."""
    parts: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        # 0.7 * 10 is a little less than 7 in binary: counted in thousandths, a bound falls where it is written.
        parts.setdefault(min(round(confidence * 1000) // 100, _BUCKETS - 1), []).append((confidence, right))
    return [
        Bucket(
            number / _BUCKETS,
            (number + 1) / _BUCKETS,
            len(part),
            sum(right for _, right in part),
            sum(confidence for confidence, _ in part) / len(part),
        )
        for number, part in sorted(parts.items())
    ]


def error(found: Iterable[Bucket]) -> float | None:
    """Return the expected calibration error: how far, for a mean claim, confidence is from the share right; None without claims."""
    listed = list(found)
    claims = sum(b.claims for b in listed)
    return sum(b.claims * abs(b.confidence - b.share) for b in listed) / claims if claims else None
