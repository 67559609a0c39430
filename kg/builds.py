"""What a build did: as its summary says it, and as the generation that it wrote keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kg.decisions.questions import Unlinked
from kg.errors import KgError
from kg.stores import generations

Progress = Callable[[str, int], None]  # (stage, articles done in it)


@dataclass(slots=True)
class Report:
    """What a build did."""

    articles: int = 0
    unchanged: int = 0  # of them, read by an earlier build
    known: set[tuple[str, str]] = field(default_factory=set)  # (id, hash) of what earlier builds read
    settled: bool = True  # no article could perhaps be read next time
    left_out: list[tuple[str, str]] = field(default_factory=list)  # (where, why)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (where, what was odd), of articles that were read
    remarks: list[str] = field(default_factory=list)  # what the engine has to say of the run as a whole
    skipped: int = 0  # files of kinds that are not read
    entities: Counter[str] = field(default_factory=Counter)  # by class, local name
    linked: int = 0  # entities, beside countries and their parts, that are linked to Wikidata
    copies: int = 0  # articles that are the text of another
    undecided: int = 0  # those of which it takes a person to tell which item they are
    decisions: int = 0  # of people
    unmet: list[tuple[str, str]] = field(default_factory=list)  # (where, why), of those that could not be followed
    questions: list[Unlinked] = field(default_factory=list)  # for people
    quads: int = 0
    generation: int = 0


def told(report: Report, engine: str, base: str, inputs: str) -> dict[str, object]:
    """Return what a generation tells of how it was built."""
    return {
        "articles": report.articles,
        "quads": report.quads,
        "base": base,
        "engine": engine,
        "left_out": len(report.left_out),
        "inputs": inputs if report.settled else "",
        "report": {
            "left_out": report.left_out,
            "notes": report.notes,
            "skipped": report.skipped,
            "entities": report.entities,
            "copies": report.copies,
            "linked": report.linked,
            "undecided": report.undecided,
            "decisions": report.decisions,
            "unmet": report.unmet,
        },
    }


def unchanged(place: Path, inputs: str) -> Report:
    """Return the report of the current generation if it was built from the same; an empty one if not, or if it is damaged."""
    current = generations.current(place)
    if current is None or not inputs or current.info.get("inputs") != inputs:
        return Report()
    try:
        quads = len(generations.open_store(place))
    except KgError:
        return Report()
    before = current.info["report"]
    return Report(
        articles=current.info["articles"],
        unchanged=current.info["articles"],
        left_out=[(where, why) for where, why in before["left_out"]],
        notes=[(where, what) for where, what in before["notes"]],
        skipped=before["skipped"],
        entities=Counter(before["entities"]),
        copies=before["copies"],
        linked=before["linked"],
        undecided=before["undecided"],
        decisions=before["decisions"],
        unmet=[(where, why) for where, why in before["unmet"]],
        quads=quads,
        generation=current.number,
    )


def forsaken(place: Path) -> list[str]:
    """Return a warning to a build that is given no decisions of people where the one before followed some."""
    before = generations.current(place)
    decisions = before.info.get("report", {}).get("decisions", 0) if before else 0
    if not decisions:
        return []
    return [
        f"the build before followed {decisions:,} decisions of people, this one none: give their folder as --review"
    ]
