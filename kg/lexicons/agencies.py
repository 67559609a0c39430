"""Public and international bodies that are known by a short name: acronyms, and names that show no head."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("agencies.tsv")
BODIES = Path(__file__).with_name("bodies.tsv")


class Agency(NamedTuple):
    """A row of the table."""

    code: str  # of the jurisdiction it belongs to, "" for international bodies
    public: bool  # of an executive; else an organisation
    names: tuple[str, ...]  # the fullest first


@cache
def agencies() -> dict[str, tuple[Agency, ...]]:
    """Return the bodies by each of their names; an acronym may mean several."""
    found: dict[str, tuple[Agency, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        code, kind, names = line.split("\t")
        agency = Agency(code, kind == "ministry", tuple(names.split("|")))
        for name in agency.names:
            found[name] = (*found.get(name, ()), agency)
    return found


def is_organization(name: str) -> bool:
    """Tell whether a name is known as that of an organisation: of several states, or of one but not of its executive."""
    return any(not agency.public for agency in agencies().get(name, ()))


@cache
def owners(name: str) -> tuple[str, ...]:
    """Return the codes of the jurisdictions that have a public body of just this name, by the table of bodies."""
    return _owners().get(name.lower(), ())


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in BODIES.read_text(encoding="utf-8").splitlines()[1:]:
        code, _, _, _, label, others, _ = line.split("\t")
        for name in {n.lower() for n in (label, *others.split("|")) if " " in n}:
            found[name] = (*found.get(name, ()), code)
    return found


@cache
def first_words() -> dict[str, int]:
    """Return the first words of the names, with the length of the longest name that begins so."""
    found: dict[str, int] = {}
    for name in agencies():
        first = name.split()[0]
        found[first] = max(len(name), found.get(first, 0))
    return found
