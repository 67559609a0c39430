"""Jurisdictions: states, territories, unions, first-level subdivisions, and cities, with the forms that name them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("jurisdictions.tsv")
CHECKED = "2026-09-18"  # the day of the sources against which its Wikidata identifiers were last checked


class Place(NamedTuple):  # not a dataclass: five thousand of them are made when the table is loaded
    """A row of the table."""

    code: str  # ISO 3166-1 or 3166-2, "EU", or this project's own, its country's code and a slug: "AU-melbourne"
    level: str  # country, union, territory, subdivision, city
    parent: str  # code of the jurisdiction in which it lies, "" for countries and unions
    wikidata: str  # "Q30", or "" where no source shows it
    label: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    ambiguity: str  # "surname": no place where a name stands before it; "common": a place only with its unit
    capital: bool  # whether it stands for the government of its country: "Nairobi and Hanoi agreed"
    unit: str  # what kind of subdivision it is: "Province"

    @property
    def standard(self) -> bool:
        """Whether its code is one of ISO 3166 (or "EU", which ISO reserves)."""
        return self.code.isupper()


@cache
def places() -> dict[str, Place]:
    """Return the table by code, states first, then unions, territories, subdivisions and cities."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:])
    return {row[0]: _place(row) for row in rows}


def _place(row: list[str]) -> Place:
    code, level, parent, wikidata, label, names, demonyms, ambiguity, capital, unit = row
    return Place(
        code, level, parent, wikidata, label, _several(names), _several(demonyms), ambiguity, bool(capital), unit
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


class Form(NamedTuple):
    """A way to name jurisdictions: one, or several of which the article tells which is meant."""

    codes: tuple[str, ...]  # capitals first, then as in the table
    demonym: bool


@cache
def forms() -> dict[str, Form]:
    """Return every way to name a jurisdiction; apostrophes in both shapes."""
    found: dict[str, Form] = {}
    for place in places().values():
        for text in _named(place):
            _add(found, text, place, False)
            if "'" in text:
                _add(found, text.replace("'", "’"), place, False)
        for text in place.demonyms:
            _add(found, text, place, True)
    return found


def _add(found: dict[str, Form], text: str, place: Place, demonym: bool) -> None:
    known = found.get(text)
    if known is None:
        found[text] = Form((place.code,), demonym)
    elif place.code not in known.codes:
        codes = (place.code, *known.codes) if place.capital else (*known.codes, place.code)
        found[text] = Form(codes, known.demonym)


def _named(place: Place) -> Iterator[str]:
    if place.ambiguity != "common":
        yield place.label
        yield from place.names
    if place.ambiguity and place.unit:
        for name in place.names if place.ambiguity == "common" else (place.label, *place.names):
            yield from (f"{name} {place.unit}", f"{name} {place.unit.lower()}", f"{place.unit} of {name}")
            yield f"{place.unit.lower()} of {name}"


@cache
def country(code: str) -> str:
    """Return the code of the state, union or territory to which a jurisdiction belongs; the code itself if unknown.

    >>> country("AU-melbourne"), country("HK")
    ('AU', 'HK')
    """
    place = places().get(code)
    while place is not None and place.level in ("city", "subdivision") and place.parent:
        place = places().get(place.parent)
    return place.code if place else code


def code_of(name: str, *, demonyms: bool = False) -> str:
    """Return the code of the jurisdiction that a name means first; "" for none. With `demonyms`, "Kenyan" is one too.

    >>> code_of("Kenya"), code_of("Kenyan"), code_of("Kenyan", demonyms=True)
    ('KE', '', 'KE')
    """
    form = forms().get(name)
    return form.codes[0] if form is not None and (demonyms or not form.demonym) else ""
