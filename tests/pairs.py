"""Pairs of people and of agreements, labelled by hand as the same or not: by them thresholds are set, and held."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from telling import Told, resolved

DATA = Path(__file__).parent / "data"


class Pair(NamedTuple):
    """Two articles, the key of what each of them tells, and whether that is the same."""

    same: bool
    why: str
    one: tuple[Told, str]
    other: tuple[Told, str]

    def joined(self) -> bool:
        """Tell whether resolution takes the two for one."""
        return resolved(self.one[0], self.other[0]).one(self.one, self.other)


def people() -> Iterator[Pair]:
    """Yield the pairs of people."""
    return _pairs("same_people.csv", _person)


def agreements() -> Iterator[Pair]:
    """Yield the pairs of agreements."""
    return _pairs("same_agreements.csv", _agreement)


def _pairs(name: str, tell: Callable[[str, dict[str, str], str], tuple[Told, str]]) -> Iterator[Pair]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Pair(row["same"] == "1", row["why"], tell("one", row, ""), tell("other", row, "other_"))


def _person(id_: str, row: dict[str, str], which: str) -> tuple[Told, str]:
    told = Told(id_, row[f"{which}published"])
    return told, told.person(row[f"{which}name"], row[f"{which}country"], row[f"{which}post"])


def _agreement(id_: str, row: dict[str, str], which: str) -> tuple[Told, str]:
    told = Told(id_, row[f"{which}published"])
    people = [told.person(name, code) for code, name in (p.split(":") for p in row[f"{which}signatories"].split())]
    title, type_, signed, status = (row[f"{which}{column}"] for column in ("title", "type", "signed", "status"))
    sectors, parties = row[f"{which}sectors"].split(), row[f"{which}parties"].split()
    return told, told.agreement(title, parties, type_, signed, status, sectors, people)
