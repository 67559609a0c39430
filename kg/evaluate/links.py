"""Decisions over cases with known answers: what a table of links looks like, and how often it is right."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import UsageError
from kg.lexicons.places import code_of, places
from kg.link.decide import Decision, Wanted
from kg.link.items import KINDS, QID, Index, Office
from kg.link.tiers import Service, decided

NIL = "NIL"  # the answer where nothing must be linked
COLUMNS = ("mention", "kind", "country", "article_date", "context", "expected_qid")
OUTCOMES = ("right", "wrong", "rightly abstained", "wrongly abstained")
_KINDS = {"industrysector": "sector", "position": "post"}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_TERM = re.compile(r"\s*\[(?P<since>[\d-]*)\+?\.\.(?P<until>[\d-]*)\+?\]\s*$")
_CUT = re.compile(r"\s*\[[^\]]*$")
_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")  # of jurisdictions that the tables may not have
_AT_ONCE = 50  # cases decided at once
_LONGEST = 15  # words of a post; what is longer tells a story, in which a post that is missing means nothing
_QID = re.compile(r"\s*\(Q\d+\)")


@dataclass(frozen=True, slots=True)
class Case:
    """A mention and the item that it must be linked to; NIL where none."""

    number: int  # of the line
    mention: str
    wanted: Wanted
    expected: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, and how that compares."""

    case: Case
    decision: Decision

    @property
    def linked(self) -> str:
        """Return the identifier that was linked; NIL where none was."""
        item = self.decision.item
        return item.qid if item is not None and self.decision.verdict == "link" else NIL

    @property
    def result(self) -> str:
        """Return one of OUTCOMES; that of a case that names no expected answer is ""."""
        if not self.case.expected:
            return ""
        if self.linked == NIL:
            return "rightly abstained" if self.case.expected == NIL else "wrongly abstained"
        return "right" if self.linked == self.case.expected else "wrong"


def read(path: Path) -> list[Case]:
    """Return the cases of a CSV file; UsageError where it lacks a column or a row makes no sense."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = {"mention", "kind"} - set(rows.fieldnames or ())
        if missing:
            raise UsageError(f"{path} has no column {', '.join(sorted(missing))}; cases have {', '.join(COLUMNS)}")
        return [_case(path, rows.line_num, row) for row in rows]


def _case(path: Path, number: int, row: dict[str, str]) -> Case:
    cell = {name: (row.get(name) or "").strip() for name in COLUMNS}
    kind = _KINDS.get(cell["kind"].lower(), cell["kind"].lower())
    if kind not in KINDS:
        raise UsageError(f"{path}:{number}: no kind is called {cell['kind']!r}; there is {', '.join(KINDS)}")
    day = cell["article_date"]
    if day and not _DATE.fullmatch(day):
        raise UsageError(f"{path}:{number}: {day!r} is no date; write 2024-09-19, 2024-09 or 2024")
    code, names = _code(cell["country"]), (cell["mention"],)
    if kind == "agreement":  # of its parties, one is told
        wanted = Wanted(kind, names, "", False, day, day, parties=(code,) if code else ())
    else:
        wanted = Wanted(kind, names, code, True, day, day, tuple(_offices(cell["context"])))
    return Case(number, cell["mention"], wanted, cell["expected_qid"])


def _code(country: str) -> str:
    """Return the code of a jurisdiction that is told as code, name or item; the text itself where it may be another's code."""
    if country in places() or _CODE.fullmatch(country):
        return country
    return _items().get(country) or (country if QID.fullmatch(country) else code_of(country))


@cache
def _items() -> dict[str, str]:
    return {place.wikidata: place.code for place in places().values() if place.wikidata}


def _offices(context: str) -> Iterator[Office]:
    """Yield the posts that a context tells: "member of the Senate [2001-01-03..2007]; mayor of Springfield"."""
    for part in re.split(r"[;|]", context):
        term = _TERM.search(part)
        label = _QID.sub("", _CUT.sub("", part[: term.start()] if term else part)).strip()
        if label and len(label.split()) <= _LONGEST:
            yield Office("", (label,), term["since"] if term else "", term["until"] if term else "")


def run(cases: Sequence[Case], index: Index, service: Service | None = None) -> list[Outcome]:
    """Return what is decided of each case, in their order."""
    return [
        Outcome(case, decision)
        for some in (cases[at : at + _AT_ONCE] for at in range(0, len(cases), _AT_ONCE))
        for case, decision in zip(some, decided([c.wanted for c in some], index, service), strict=True)
    ]


def counts(outcomes: Iterable[Outcome]) -> Counter[str]:
    """Return how many cases came out how."""
    return Counter(outcome.result for outcome in outcomes if outcome.result)


def recall(outcomes: Iterable[Outcome]) -> float:
    """Return the part of the cases with an item that were linked to it; 1 where there are none."""
    with_item = [o.result == "right" for o in outcomes if o.case.expected not in ("", NIL)]
    return sum(with_item) / len(with_item) if with_item else 1.0
