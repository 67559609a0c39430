"""Evaluations for people (tables), for spreadsheets (CSV) and for programs (JSON)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from kg.evaluate.calibration import Bucket, error
from kg.evaluate.gold import CLASSES, RELATIONS
from kg.evaluate.run import Evaluation
from kg.evaluate.scoring import Figure, Judgement, Verdict
from kg.results import table

FORMATS = ("table", "json", "csv")
_TOLD = (Verdict.MISSED, Verdict.MADE_UP)
_FIGURES = ["", "precision", "recall", "F1", "right", "made up", "missed"]
_BUCKETS = ["confidence", "claims", "right", "share right", "mean confidence"]
_TO_RIGHT = [False, *[True] * 6]


def write(found: Evaluation, format_: str, out: TextIO, *, articles: bool = False, calibration: bool = False) -> None:
    """Write an evaluation: its figures, and where asked for what was missed article by article and the calibration.

    CSV holds one table: of these the last that was asked for.
    """
    if format_ == "json":
        out.write(msgspec.json.format(msgspec.json.encode(_object(found, articles, calibration))).decode() + "\n")
    elif format_ == "csv":
        csv.writer(out, lineterminator="\n").writerows(_rows(found, articles, calibration))
    else:
        _tables(found, articles, calibration, out)


# --- for people -------------------------------------------------------------------------------------------------------


def _tables(found: Evaluation, articles: bool, calibration: bool, out: TextIO) -> None:
    if articles:
        _articles(found, out)
    count = len(found.gold)
    absent = f", {len(found.absent)} of them not in the graph" if found.absent else ""
    out.write(f"{count} article{'' if count == 1 else 's'}{absent}\n")
    table(_FIGURES, [[what, *_cells(f)] for what, f in found.figures().items()], _TO_RIGHT, out)
    if calibration:
        out.write("\n")
        table(_BUCKETS, [_bucket(b) for b in found.buckets], [False, *[True] * 4], out)
        out.write(f"expected calibration error {_share(error(found.buckets))}\n")


def _articles(found: Evaluation, out: TextIO) -> None:
    for id_, judgements in found.judged.items():
        out.write(f"{id_}: {found.gold[id_].title}{' (not in the graph)' if id_ in found.absent else ''}\n")
        for judgement in judgements:
            if judgement.verdict in _TOLD:
                out.write(f"    {_said(judgement)}\n")
        out.write("\n")


def _said(judgement: Judgement) -> str:
    told = f"{judgement.verdict} {judgement.what}"
    return f"{told} of {judgement.subject}: {judgement.value}" if judgement.value else f"{told}: {judgement.subject}"


def _cells(figure: Figure) -> list[str]:
    shares = [_share(figure.precision), _share(figure.recall), _share(figure.f1)]
    return [*shares, str(figure.right), str(figure.made_up), str(figure.missed)]


def _bucket(bucket: Bucket) -> list[str]:
    counts = [str(bucket.claims), str(bucket.right), _share(bucket.share), _share(bucket.confidence)]
    return [f"{bucket.low:.1f}-{bucket.high:.1f}", *counts]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


# --- for programs -----------------------------------------------------------------------------------------------------


def _rows(found: Evaluation, articles: bool, calibration: bool) -> Iterable[list[Any]]:
    if calibration:
        yield ["low", "high", "claims", "right", "share right", "mean confidence"]
        for b in found.buckets:
            yield [b.low, b.high, b.claims, b.right, b.share, b.confidence]
    elif articles:
        yield ["article", "verdict", "what", "entity", "value"]
        for id_, judgements in found.judged.items():
            yield from ([id_, str(j.verdict), j.what, j.subject, j.value] for j in judgements if j.verdict in _TOLD)
    else:
        yield ["what", *_FIGURES[1:]]
        for what, f in found.figures().items():
            yield [what, f.precision, f.recall, f.f1, f.right, f.made_up, f.missed]


def _object(found: Evaluation, articles: bool, calibration: bool) -> dict[str, Any]:
    shown = {what: _figure(f) for what, f in found.figures().items()}
    whole: dict[str, Any] = {
        "articles": len(found.gold),
        "absent": sorted(found.absent),
        "classes": {c: shown[c] for c in CLASSES},
        "relations": {r: shown[r] for r in RELATIONS},
        "together": {name: shown[name] for name in ("entities", "relations")},
    }
    if articles:
        whole["by_article"] = {
            id_: [
                {"verdict": str(j.verdict), "what": j.what, "entity": j.subject, "value": j.value}
                for j in judgements
                if j.verdict in _TOLD
            ]
            for id_, judgements in found.judged.items()
        }
    if calibration:
        whole["calibration"] = {
            "buckets": [
                {
                    "low": b.low,
                    "high": b.high,
                    "claims": b.claims,
                    "right": b.right,
                    "share_right": b.share,
                    "mean_confidence": b.confidence,
                }
                for b in found.buckets
            ],
            "expected_calibration_error": error(found.buckets),
        }
    return whole


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "precision": figure.precision,
        "recall": figure.recall,
        "f1": figure.f1,
        "right": figure.right,
        "made_up": figure.made_up,
        "missed": figure.missed,
    }
