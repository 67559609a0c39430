"""What was decided over cases with known answers, as a table for people, as CSV, or as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from typing import TextIO

from kg.evaluate.links import OUTCOMES, Outcome, counts, recall
from kg.link.decide import Candidate
from kg.results import table

_COLUMNS = ("line", "mention", "kind", "country", "expected", "linked", "result", "verdict", "score", "grounds")
_CANDIDATES = 5  # of a case, in JSON


def write(outcomes: Sequence[Outcome], format_: str, out: TextIO) -> None:
    """Write how the cases came out: all of them as CSV or JSON, the counts and those that went wrong as a table."""
    if format_ == "csv":
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(_COLUMNS)
        rows.writerows(_row(outcome) for outcome in outcomes)
    elif format_ == "json":
        json.dump(_report(outcomes), out, ensure_ascii=False, indent=2)
        out.write("\n")
    else:
        _table(outcomes, out)


def _row(outcome: Outcome) -> list[str]:
    case, decision = outcome.case, outcome.decision
    return [
        str(case.number), case.mention, case.wanted.kind, case.wanted.code, case.expected, outcome.linked,
        outcome.result, decision.verdict, f"{decision.score:g}", decision.grounds,
    ]  # fmt: skip


def _report(outcomes: Sequence[Outcome]) -> dict[str, object]:
    found = counts(outcomes)
    return {
        "cases": len(outcomes),
        **{name.replace(" ", "_"): found[name] for name in OUTCOMES},
        "recall": round(recall(outcomes), 4),
        "rows": [
            dict(zip(_COLUMNS, _row(outcome), strict=True))
            | {"candidates": [_candidate(c) for c in outcome.decision.candidates[:_CANDIDATES]]}
            for outcome in outcomes
        ],
    }


def _candidate(candidate: Candidate) -> dict[str, object]:
    item = candidate.item
    return {
        "qid": item.qid,
        "label": item.label,
        "score": candidate.score,
        "veto": candidate.veto,
        "features": candidate.features,
    }


def _table(outcomes: Sequence[Outcome], out: TextIO) -> None:
    found = counts(outcomes)
    judged = [[name, f"{found[name]:,}"] for name in OUTCOMES]
    table(["outcome", "cases"], [*judged, ["all", f"{sum(found.values()):,}"]], [False, True], out)
    linked = found["right"] + found["wrong"]
    out.write(f"\nprecision {_share(found['right'], linked)}, recall {recall(outcomes):.3f}\n")
    amiss = [_row(outcome) for outcome in outcomes if outcome.result in ("wrong", "wrongly abstained")]
    if amiss:
        out.write("\n")
        shown = [_COLUMNS.index(name) for name in ("line", "mention", "country", "expected", "linked", "grounds")]
        table([_COLUMNS[i] for i in shown], [[row[i] for i in shown] for row in amiss], [True] + [False] * 5, out)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
