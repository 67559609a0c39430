"""Public bodies: ministries, agencies and their like, under one name each, with the jurisdiction they belong to."""

from __future__ import annotations

from kg.discourse.analysis import Analysis, Found
from kg.discourse.deals import body_key
from kg.discourse.jurisdictions import jurisdiction
from kg.discourse.ledger import Ledger
from kg.grammar.bodies import Body
from kg.grammar.words import Chunk
from kg.lexicons.places import country
from kg.model import Span
from kg.vocabulary import KG

_TOLD = 0.8  # how sure an owner is whom the words name: "the country's"


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the public bodies."""
    for found in analysis.found("body"):
        if found.chunk.value.inner and not _is_division(found.chunk.value, analysis.home):
            ledger.drop(found.chunk.start, found.chunk.end, "a part of another body")
            continue
        for body in analysis.members(found.chunk.value):
            _body(analysis, ledger, found, body)


def _is_division(body: Body, home: str) -> bool:
    """Tell whether a division is a body of its own, as it is in two states: "Economic Relations Division"."""
    return country(home) in ("BD", "PK") and body.name.endswith("Division") and len(body.name.split()) > 1


def ministry(ledger: Ledger, body: Body, at: tuple[int, int] | None = None) -> str:
    """Write down a public body, and return its key."""
    return ledger.thing(f"ministry:{body_key(body)[1]}", KG.Ministry, body.name, at=at)


def _body(analysis: Analysis, ledger: Ledger, found: Found, body: Body) -> None:
    chunk = found.chunk
    key = ministry(ledger, body)
    for at in _spans(chunk, body, analysis.text):
        ministry(ledger, body, at)
    if _is_spoken_of(body, analysis):
        evidence = Span(chunk.start, chunk.end) if body.sure >= 0.9 else found.line.span
        ledger.claim(key, KG.jurisdiction, jurisdiction(ledger, body.code), evidence, body.sure, "owner")


def _is_spoken_of(body: Body, analysis: Analysis) -> bool:
    """Tell whether the article names a body's state, or a city of "the country" whose body it is; no other owns anything in it."""
    within = {country(code) for code in analysis.counts} if body.sure >= _TOLD else set()
    return body.code in analysis.counts or body.code in within


def _spans(chunk: Chunk, body: Body, text: str) -> list[tuple[int, int]]:
    """Return where a mention names its body: as a whole, by the bare name, and by the acronym in its brackets."""
    spans = [(chunk.start, chunk.end)]
    for part in (body.name, body.bare, body.acronym):
        at = chunk.text.rfind(part) if part else -1
        start = chunk.start + at
        if at >= 0 and text[start : start + len(part)] == part:
            spans.append((start, start + len(part)))
    return spans
