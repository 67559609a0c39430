"""What a build leaves for people to decide: entities that may be an item of Wikidata.

They lie in a file of the generation, so that they can be asked without the index, and without linking anything again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.errors import KgError
from kg.lexicons.places import places
from kg.link.decide import ASK, Candidate, Decision
from kg.model import Iri

MOST = 9  # candidates: as many as there are keys for them


@dataclass(frozen=True, slots=True)
class Choice:
    """An item that an entity may be."""

    qid: str
    label: str
    told: str  # of what kind and where it is, since when, in which offices
    score: float
    features: dict[str, float]
    veto: str = ""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An entity that may be an item."""

    entity: Iri
    why: str  # it was not linked
    sure: bool  # enough to ask, or there are only several who bear the name
    choices: tuple[Choice, ...]


def question(entity: Iri, decision: Decision) -> Unlinked | None:
    """Return what a decision on an entity leaves to ask; None where that is nothing."""
    standing = [c for c in decision.candidates if c.item.qid and not c.veto]
    if not standing or not (decision.verdict == "ask" or (decision.verdict == "leave" and len(standing) > 1)):
        return None
    choices = tuple(_choice(candidate) for candidate in standing[:MOST])
    return Unlinked(entity, decision.grounds, decision.score >= ASK, choices)


def save(path: Path, left: list[Unlinked]) -> None:
    """Write the questions of a generation."""
    path.write_bytes(msgspec.json.encode(left))


def load(path: Path) -> list[Unlinked]:
    """Return the questions of a generation; none where it was not built from articles."""
    if not path.is_file():
        return []
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Unlinked])
    except (OSError, msgspec.MsgspecError) as error:
        raise KgError(f"cannot read {path}: {error}; build the store again, with --fresh") from error


def _choice(candidate: Candidate) -> Choice:
    item = candidate.item
    term = f"{item.since or '…'} to {item.until or 'now'}" if item.since or item.until else ""
    offices = [
        f"{office.names[0]} ({office.since or '…'} to {office.until or '…'})" for office in item.offices if office.names
    ]
    told = (item.kind, ", ".join(_place(code) for code in item.codes or item.countries), term, "; ".join(offices[:3]))
    return Choice(
        item.qid, item.label, ", ".join(t for t in told if t), candidate.score, dict(candidate.features), candidate.veto
    )


def _place(code: str) -> str:
    place = places().get(code)
    return place.label if place else code
