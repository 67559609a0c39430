"""What the score of a decision is worth: links that are right and wrong by threshold, and how often each score is right.

    python benchmarks/link_scores.py CASES [--index INDEX]

CASES is a table as `kg link --cases` reads it, with expected_qid. The first table decides as the program does, with another
threshold; the second links whatever comes first and has no veto, by its score alone. The third tells of the candidates that
come first how many of each score are the expected item.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import pairwise
from pathlib import Path

from kg.evaluate import links
from kg.evaluate.links import NIL, Outcome
from kg.link import decide, store
from kg.link.items import Index

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.97, 0.99, 0.995, 0.999)
BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.995, 1.0001)


def by_rules(cases: list[links.Case], index: Index, threshold: float) -> Counter[str]:
    """Return how the cases come out with another threshold to link from."""
    before, decide.LINK = decide.LINK, threshold
    try:
        return links.counts(links.run(cases, index))
    finally:
        decide.LINK = before


def first(outcome: Outcome) -> tuple[str, float]:
    """Return the item and the score of the candidate that comes first and has no veto; NIL and 0 for none."""
    standing = [c for c in outcome.decision.candidates if not c.veto]
    return (standing[0].item.qid or NIL, standing[0].score) if standing else (NIL, 0.0)


def by_score(outcomes: list[Outcome], threshold: float) -> Counter[str]:
    """Return how the cases come out where the first candidate is linked by its score alone."""
    found: Counter[str] = Counter()
    for outcome in outcomes:
        qid, score = first(outcome)
        expected = outcome.case.expected
        if qid == NIL or score < threshold:
            found["rightly abstained" if expected == NIL else "wrongly abstained"] += 1
        else:
            found["right" if qid == expected else "wrong"] += 1
    return found


def row(name: str, found: Counter[str]) -> str:
    """Return a line of a table."""
    return f"{name:>8}" + "".join(f"{found[outcome]:>20,}" for outcome in links.OUTCOMES)


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--index", type=Path)
    options = parser.parse_args()
    index = store.with_index(options.index)
    cases = [case for case in links.read(options.cases) if case.expected]
    outcomes = links.run(cases, index)
    head = f"{'link at':>8}" + "".join(f"{outcome:>20}" for outcome in links.OUTCOMES)
    print("with the rules", head, *(row(f"{t:g}", by_rules(cases, index, t)) for t in THRESHOLDS), sep="\n")
    print("\nby the score alone", head, *(row(f"{t:g}", by_score(outcomes, t)) for t in THRESHOLDS), sep="\n")
    print("\nfirst candidates", f"{'score':>14}{'cases':>10}{'right':>10}", sep="\n")
    told = [
        (score, qid == outcome.case.expected) for outcome in outcomes for qid, score in [first(outcome)] if qid != NIL
    ]
    for low, high in pairwise(BINS):
        within = [right for score, right in told if low <= score < high]
        if within:
            print(f"{low:g} to {min(high, 1):g}".rjust(14) + f"{len(within):>10,}{sum(within) / len(within):>10.3f}")


if __name__ == "__main__":
    main()
