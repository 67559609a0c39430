"""Jurisdictions: every state, province and city that an article names, once, with each way it is named."""

from __future__ import annotations

from kg.discourse.analysis import Analysis
from kg.discourse.ledger import Ledger
from kg.lexicons.places import places
from kg.vocabulary import KG


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the jurisdictions."""
    for _, _, chunk in analysis.found("state", "place", "demonym"):
        jurisdiction(ledger, str(chunk.value), (chunk.start, chunk.end))
        if chunk.kind == "state":
            for part in chunk.parts:
                if part.kind in ("place", "demonym") and part.text != chunk.text:
                    jurisdiction(ledger, str(part.value), (part.start, part.end))


def jurisdiction(ledger: Ledger, code: str, at: tuple[int, int] | None = None) -> str:
    """Write down a jurisdiction by its code, and return its key."""
    return ledger.thing(f"jurisdiction:{code}", KG.Jurisdiction, places()[code].label, code, at)
