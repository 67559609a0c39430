"""What needs a decision as a table, for those who are not at a terminal, and for OpenRefine."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import TextIO

import pyoxigraph as ox

from kg.decisions.questions import Unlinked
from kg.entities import label_of
from kg.results import table
from kg.review.queue import Fact, Pair, Question
from kg.vocabulary import label

COLUMNS = ("asks", "label", "class", "articles", "question", "entity", "other", "score")
_WIDEST = 80  # characters of a cell in the table for people; the other forms tell all
Row = dict[str, str | int | float]


def rows(questions: Iterable[Question], unmet: Iterable[tuple[str, str]], store: ox.Store) -> list[Row]:
    """Return a row for each question, after one for each decision that the build could not follow."""
    found: list[Row] = [_row("unmet", label=where, question=why) for where, why in unmet]
    return found + [_of(question, store) for question in questions]


def _row(asks: str, **cells: str | int | float) -> Row:
    return {name: asks if name == "asks" else cells.get(name, "") for name in COLUMNS}


def _of(question: Question, store: ox.Store) -> Row:
    about = question.about
    told: Row = {
        "label": question.label,
        "class": question.kind,
        "articles": question.articles,
        "entity": question.entity,
    }
    if isinstance(about, Unlinked):
        which = " | ".join(f"{c.qid} {c.label} ({c.told})" for c in about.choices)
        return _row("link", **told, question=which, other=about.choices[0].qid, score=about.choices[0].score)
    if isinstance(about, Fact):
        value = label_of(store, about.object) if about.named else about.object
        return _row(
            "fact", **told, question=f"{label(about.predicate)}: {value}", other=about.object, score=about.score
        )
    return _row("pair", **told, question=_pair(about, store), other=about.other, score=about.score)


def _pair(about: Pair, store: ox.Store) -> str:
    return f"the same as {label_of(store, about.other)}? {about.why}"


def write(found: list[Row], format_: str, out: TextIO) -> None:
    """Write rows as a table for people, as CSV or as JSON."""
    if format_ == "json":
        json.dump(found, out, ensure_ascii=False, indent=1)
        out.write("\n")
    elif format_ == "csv":
        written = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        written.writeheader()
        written.writerows(found)
    else:
        shown = [name for name in COLUMNS if name not in ("entity", "other")]
        right = [name in ("articles", "score") for name in shown]
        cells = [[_short(str(row[name])) for name in shown] for row in found]
        table(shown, cells, right, out)


def _short(cell: str) -> str:
    return cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 1]}…"
