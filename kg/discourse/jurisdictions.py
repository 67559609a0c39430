"""Jurisdictions: every state, province and city that an article names, once, with each way it is named."""

from __future__ import annotations

from kg.discourse.analysis import Analysis
from kg.discourse.ledger import Ledger
from kg.grammar.words import Chunk
from kg.lexicons.places import forms, places
from kg.vocabulary import KG


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the jurisdictions."""
    for _, _, chunk in analysis.found("state", "place", "demonym"):
        if chunk.kind == "demonym" and _is_people(chunk.text) and not _named_otherwise(analysis, chunk):
            continue
        jurisdiction(ledger, str(chunk.value), (chunk.start, chunk.end))
        if chunk.kind == "state":
            for part in chunk.parts:
                if part.kind in ("place", "demonym") and part.text != chunk.text:
                    jurisdiction(ledger, str(part.value), (part.start, part.end))


def jurisdiction(ledger: Ledger, code: str, at: tuple[int, int] | None = None) -> str:
    """Write down a jurisdiction by its code, and return its key."""
    return ledger.thing(f"jurisdiction:{code}", KG.Jurisdiction, places()[code].label, code, at)


def _is_people(word: str) -> bool:
    """Tell "the Palestinians", who are people, from "Palestinian" and "Swiss"."""
    return word.endswith("s") and word[:-1] in forms()


def _named_otherwise(analysis: Analysis, people: Chunk) -> bool:
    """Tell whether the article names the state of a people by more than the word for its people."""
    return any(
        c.value == people.value and c.text != people.text for _, _, c in analysis.found("state", "place", "demonym")
    )
