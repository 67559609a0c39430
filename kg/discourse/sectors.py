"""Sectors: which of the fields that an article names are subjects of policy or cooperation, and which are mere words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.discourse.analysis import Analysis
from kg.discourse.ledger import Ledger
from kg.grammar.sectors import Concept
from kg.grammar.words import Chunk, Line
from kg.vocabulary import KG


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the sectors."""
    tops = [(f.line, f.at) for f in analysis.found("sector") if f.line.chunks[f.at] is f.chunk]
    often = Counter(line.chunks[index].value.iri for line, index in tops)
    for line, index in tops:
        chunk = line.chunks[index]
        if counts(line, index) and (often[chunk.value.iri] > 1 or _is_topic(line, index)):
            sector(ledger, chunk)
    for _, _, chunk in analysis.found("instrument"):
        for part in chunk.parts:
            if part.kind == "sector":
                sector(ledger, part)


def sector(ledger: Ledger, chunk: Chunk) -> str:
    """Write down a sector, and return its key."""
    concept: Concept = chunk.value
    at = (chunk.start, chunk.end)
    return ledger.thing(f"sector:{concept.iri}", KG.IndustrySector, concept.label, str(concept.iri), at)


def counts(line: Line, index: int) -> bool:
    """Tell whether a sector word names a sector here: an ordinary word needs "sector", "in the field of" or a list of sectors."""
    chunk = line.chunks[index]
    concept: Concept = chunk.value
    if not (concept.hidden or concept.borderline):
        return True
    after = line.chunks[index + 1].text.lower() if index + 1 < len(line.chunks) else ""
    if after in ("sector", "sectors", "industry", "industries"):
        return True
    if any(c.kind == "fields" for c in line.chunks[max(0, index - 8) : index]):
        return True
    near = [
        c
        for c in line.chunks[max(0, index - 2) : index + 3]
        if c.kind == "sector" and c is not chunk and not c.value.hidden
    ]
    cooperates = any(c.kind == "cooperate" for c in line.chunks[max(0, index - 5) : index + 2])
    return (bool(near) and cooperates) or (concept.borderline and not concept.hidden and cooperates)


_TOPIC_ENDS = frozenset({"stop", "semicolon", "instrument", "clause"})
_TOPIC_LEAVES = frozenset(
    {"be", "have", "modal", "saying", "sign", "title", "person", "body", "org", "to", "plan", "witness", "pronoun"}
)
_TOPIC_OPENS = frozenset({"fields", "cooperate", "about"})
_TOPIC_LINKS = frozenset(
    {
        "about",
        "on",
        "in",
        "for",
        "of",
        "fields",
        "and",
        "comma",
        "det",
        "cooperate",
        "hyphen",
        "slash",
        "sector",
        "portfolio",
    }
)


def topics_after(line: Line, at: int) -> Iterator[Chunk]:
    """Yield the sectors that the words after an instrument say it is about: up to its verb, and again after "in the field of"."""
    opened = True
    for index in range(at + 1, len(line.chunks)):
        chunk = line.chunks[index]
        if chunk.kind in _TOPIC_ENDS:
            return
        if chunk.kind in _TOPIC_LEAVES:
            opened = False
        elif chunk.kind in _TOPIC_OPENS:
            opened = True
        elif (
            chunk.kind == "sector"
            and opened
            and (_introduced(line, index) or not (chunk.value.hidden or chunk.value.borderline))
        ):
            yield chunk


def _introduced(line: Line, index: int) -> bool:
    """Tell whether only small words and other sectors stand between a sector and what introduces it: "on", "in", "cooperation"."""
    for before in range(index - 1, max(-1, index - 12), -1):
        kind = line.chunks[before].kind
        if kind in ("about", "on", "in", "fields", "cooperate", "instrument", "noun"):
            return True
        if kind not in _TOPIC_LINKS:
            return False
    return False


def _is_topic(line: Line, index: int) -> bool:
    """Tell whether a sentence speaks of a sector as a subject of policy: it names agreements, cooperation, fields, or other sectors beside it."""
    if line.heading or any(c.kind in ("cooperate", "fields", "instrument") for c in line.chunks):
        return True
    after = line.chunks[index + 1].text.lower() if index + 1 < len(line.chunks) else ""
    beside = [c for c in line.chunks[max(0, index - 3) : index + 4] if c.kind == "sector"]
    return (
        after in ("sector", "sectors", "industry", "industries", "cooperation", "projects", "infrastructure")
        or len(beside) > 1
    )
