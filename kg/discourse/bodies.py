"""Public bodies: ministries, agencies and their like, under one name each, with the jurisdiction they belong to."""

from __future__ import annotations

import re

from kg.discourse.analysis import Analysis, Found, nominal_code
from kg.discourse.deals import body_key
from kg.discourse.jurisdictions import jurisdiction
from kg.discourse.ledger import Ledger
from kg.grammar.bodies import Body
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country
from kg.model import Span
from kg.vocabulary import KG


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the public bodies."""
    for found in analysis.found("body"):
        for name in _several(found.chunk.value.name):
            _body(analysis, ledger, found, name)


def ministry(ledger: Ledger, body: Body, at: tuple[int, int] | None = None) -> str:
    """Write down a public body, and return its key."""
    return ledger.thing(f"ministry:{body_key(body)[1]}", KG.Ministry, body.name, at=at)


def _body(analysis: Analysis, ledger: Ledger, found: Found, name: str) -> None:
    chunk = found.chunk
    alone = name == chunk.value.name
    body = analysis.full(chunk.value) if alone else Body(name, True, chunk.value.code)
    key = ministry(ledger, body)
    for at in _spans(chunk, name, body.acronym, analysis.text):
        ministry(ledger, body, at)
    code, score = _owner(analysis, found.line, found.at, body)
    if code:
        evidence = Span(chunk.start, chunk.end) if score >= 0.9 else Span(found.line.start, found.line.end)
        ledger.claim(key, KG.jurisdiction, jurisdiction(ledger, code), evidence, score, "owner")


def _spans(chunk: Chunk, name: str, acronym: str, text: str) -> list[tuple[int, int]]:
    """Return where a mention names its body: as a whole, by the bare name, and by the acronym in its brackets."""
    spans = [(chunk.start, chunk.end)]
    for part in (name, acronym):
        at = chunk.text.rfind(part) if part else -1
        start = chunk.start + at
        if at > 0 and text[start : start + len(part)] == part:
            spans.append((start, start + len(part)))
    return spans


def _owner(analysis: Analysis, line: Line, index: int, body: Body) -> tuple[str, float]:
    """Return whose body it is, and how surely: named with it, "the city's", the one named before, or the article's own."""
    if body.code:
        return body.code, 0.95
    if index >= 2 and line.chunks[index - 1].kind == "possessive":
        before = line.chunks[index - 2]
        if before.kind in ("state", "place"):
            return str(before.value), 0.95
        code = nominal_code(before.text.lower(), analysis.counts)
        if code:
            return code, 0.8
    return (country(analysis.home) if analysis.home else "", 0.6)


def _several(name: str) -> list[str]:
    """Split "Ministries of Power and Finance" into two names; any other name is one."""
    head, _, tail = name.partition(" of ")
    singular = {"ministries": "Ministry", "departments": "Department"}.get(head.lower())
    if singular is None or not tail:
        return [name]
    return [f"{singular} of {field.strip()}" for field in re.split(r",\s*(?:and\s+)?|\s+and\s+", tail) if field.strip()]
