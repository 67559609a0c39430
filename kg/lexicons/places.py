"""Jurisdictions: states, territories, unions, first-level subdivisions, and cities, with the forms that name them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("jurisdictions.tsv")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the table."""

    code: str  # ISO 3166-1 or 3166-2, "EU", or for a city its country's code and a slug: "AU-melbourne"
    level: str  # country, union, territory, subdivision, city
    parent: str  # code of the jurisdiction in which it lies, "" for countries and unions
    wikidata: str  # "Q30", or "" where no source shows it
    label: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: bool  # whether it stands for the government of its country: "Nairobi and Hanoi agreed"
    ambiguity: str  # "surname" for what is as often a person's name: no place where a name stands before it


@cache
def places() -> dict[str, Place]:
    """Return the table by code."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["code"]: _place(row) for row in rows}


def _place(row: dict[str, str]) -> Place:
    return Place(
        row["code"],
        row["level"],
        row["parent"],
        row["wikidata"],
        row["label"],
        tuple(filter(None, row["names"].split("|"))),
        tuple(filter(None, row["demonyms"].split("|"))),
        row["capital"] == "yes",
        row["ambiguity"],
    )


def surface_forms() -> Iterator[tuple[str, str, bool]]:
    """Yield (form, code, whether it is a demonym) for every way to name a jurisdiction; countries before their parts."""
    for place in places().values():
        yield from ((form, place.code, False) for form in (place.label, *place.names))
        yield from ((form, place.code, True) for form in place.demonyms)


def country(code: str) -> str:
    """Return the code of the state, union or territory to which a jurisdiction belongs; the code itself if unknown.

    >>> country("AU-melbourne"), country("HK")
    ('AU', 'HK')
    """
    place = places().get(code)
    while place is not None and place.level in ("city", "subdivision") and place.parent:
        place = places().get(place.parent)
    return place.code if place else code
