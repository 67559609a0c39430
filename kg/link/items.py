"""What an index holds of an item of Wikidata, and how an index is asked. Frozen values, standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

QID = re.compile(r"Q[1-9]\d*")  # an item's identifier

# What items can be. A "ministry" is any body of an executive, as in the ontology; "official" is a person with an office; what
# is both a city and a country or a province is a "jurisdiction".
KINDS = ("official", "ministry", "organization", "jurisdiction", "city", "post", "sector", "agreement")

# Classes, as P31 and P279 lead to them: what their instances are here.
CLASSES = {
    "Q192350": "ministry",  # ministry
    "Q327333": "ministry",  # government agency
    "Q2659904": "ministry",  # government organization
    "Q484652": "organization",  # international organization
    "Q6256": "jurisdiction",  # country
    "Q3624078": "jurisdiction",  # sovereign state
    "Q56061": "jurisdiction",  # administrative territorial entity
    "Q10864048": "jurisdiction",  # first-level administrative country subdivision
    "Q515": "city",  # city
    "Q4164871": "post",  # position
    "Q294414": "post",  # public office
    "Q268592": "sector",  # industry
    "Q131569": "agreement",  # treaty
}

# Which kind counts where classes lead to several.
_RANK = ("ministry", "jurisdiction", "city", "post", "organization", "agreement", "sector", "official")


def foremost(kinds: Iterable[str]) -> str:
    """Return the kind that counts where classes lead to several; "" for none."""
    return min(kinds, key=_RANK.index, default="")


Day = str  # an ISO date as precise as known: "2020-01-01", "2020-01", "2020"; "" for unknown


@dataclass(frozen=True, slots=True)
class Name:
    """A label, an alias or an official name."""

    text: str
    language: str = ""  # "en", "mul" for all languages, "" where the source does not say
    label: bool = False
    since: Day = ""  # official names: when the item bore it
    until: Day = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A post that a person holds or held."""

    qid: str
    names: tuple[str, ...] = ()
    since: Day = ""
    until: Day = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of Wikidata, as far as linking needs it."""

    qid: str  # "" for a bearer of a name that is known to exist, and whose item is not
    kind: str  # one of KINDS
    label: str
    names: tuple[Name, ...] = ()  # the label, too
    codes: tuple[
        str, ...
    ] = ()  # jurisdictions: its own; bodies, posts: of what they are of; agreements: of the parties
    countries: tuple[str, ...] = ()  # codes, or identifiers where no code is known
    offices: tuple[Office, ...] = ()
    since: Day = ""  # inception; of an agreement, the day of its signing
    until: Day = ""  # dissolution
    successors: tuple[str, ...] = ()
    sitelinks: int = 0
    revision: int = 0  # of its page in Wikidata, 0 for unknown
    day: Day = ""  # as of which this is known, "" where the index as a whole says it


class Index(Protocol):
    """Items by the keys of their names."""

    @property
    def snapshot(self) -> Day:
        """Return the day as of which its data stand; links made from it bear this date."""

    @property
    def digest(self) -> str:
        """Return hexadecimal digits that change with what it holds."""

    def find(self, kind: str, keys: Sequence[str]) -> list[Item]:
        """Return the items of a kind that have a name with one of the keys, in the order of their identifiers."""
