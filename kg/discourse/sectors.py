"""Sectors: which of the fields that an article names are subjects of policy or cooperation, and which are mere words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.discourse.analysis import Analysis
from kg.discourse.ledger import Ledger
from kg.grammar.sectors import Concept
from kg.grammar.subjects import is_headline, weigh
from kg.grammar.words import Chunk, Line
from kg.model import Iri
from kg.vocabulary import KG

# How much must speak for a sector. Swept on annotated articles: below 1.0 each step makes up more sectors than it finds.
_PLAIN = 1.0
_ORDINARY_WORD = 1.5  # "services", "environment", "training"
_BORDERLINE = 2.0  # carbon markets, research: only where the text plainly makes them its subject
_AGAIN = 0.25  # for each further mention, up to three


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the sectors that are subjects of policy, and drop the others."""
    mentions: dict[Iri, list[tuple[Chunk, float]]] = defaultdict(list)
    for line in analysis.lines:
        for index, cues in weigh(line).items():
            chunk = line.chunks[index]
            mentions[chunk.value.iri].append((chunk, sum(cues.values())))
    for found in mentions.values():
        again = _AGAIN * min(3, sum(1 for _, weight in found if weight >= 0) - 1)
        if any(weight + again * _is_plain(chunk) >= needed(chunk.value) for chunk, weight in found if weight > 0):
            for chunk, weight in found:
                if weight >= 0:
                    sector(ledger, chunk)
        else:
            for chunk, _ in found[:1]:
                ledger.drop(chunk.start, chunk.end, "named in passing, not as a subject of policy")


def _is_plain(chunk: Chunk) -> bool:
    return not (chunk.value.hidden or chunk.value.borderline)


def needed(concept: Concept) -> float:
    """Return how much must speak for a word's naming its sector as a subject of policy."""
    return _BORDERLINE if concept.borderline else _ORDINARY_WORD if concept.hidden else _PLAIN


def sector(ledger: Ledger, chunk: Chunk) -> str:
    """Write down a sector, and return its key."""
    concept: Concept = chunk.value
    key = f"sector:{concept.iri}"
    for end in _ends(chunk):
        ledger.thing(key, KG.IndustrySector, concept.label, str(concept.iri), (chunk.start, end))
    return key


_TAIL = re.compile(r"\s(?:co-?operation|sectors?|industry|infrastructure|systems?|projects?|development|policy)$", re.IGNORECASE)


def _ends(chunk: Chunk) -> Iterator[int]:
    """Yield where a mention ends, with and without a last word that says nothing of the field: "nuclear cooperation"."""
    yield chunk.end
    tail = _TAIL.search(chunk.text)
    if tail and chunk.end - chunk.start == len(chunk.text):
        yield chunk.start + tail.start()


# --- what an agreement covers ---------------------------------------------------------------------------------------

_TITLE = frozenset("cooperate word and hyphen portfolio".split())  # between a sector and the noun: "nuclear cooperation MoU"
_COVERS = frozenset("agreement cooperation cooperating fields branches topic promoted".split())
_SHARED = frozenset("cooperation cooperating fields branches".split())
_HALTS = frozenset("semicolon stop instrument".split())


def covered(line: Line, at: int) -> Iterator[Chunk]:
    """Yield the sectors that a sentence says the instrument at `at` covers: in its title, before its noun, and after it."""
    yield from (part for part in line.chunks[at].parts if part.kind == "sector")
    for chunk in reversed(line.chunks[max(0, at - 4) : at]):
        if chunk.kind == "sector":
            yield chunk
        elif chunk.kind not in _TITLE:
            break
    end = next((i for i in range(at + 1, len(line.chunks)) if line.chunks[i].kind in _HALTS), len(line.chunks))
    for index, cues in weigh(line).items():
        if at < index < end and _speaks(line.chunks[index], cues, _COVERS):
            yield line.chunks[index]


def shared(analysis: Analysis) -> Iterator[tuple[Chunk, Line]]:
    """Yield the fields in which an article says that the sides will cooperate, with its sentences: its one agreement's."""
    for line in analysis.lines:
        kinds = {c.kind for c in line.chunks}
        if "instrument" not in kinds and not kinds & {"modal", "plan", "to"}:
            continue
        for index, cues in weigh(line).items():
            if _speaks(line.chunks[index], cues, _SHARED):
                yield line.chunks[index], line


def heads(analysis: Analysis) -> Iterator[tuple[Chunk, Line]]:
    """Yield the sectors of an article's first headlines, up to its first sentence."""
    for line in analysis.lines[:3]:
        for index, cues in weigh(line).items():
            if sum(cues.values()) >= needed(line.chunks[index].value):
                yield line.chunks[index], line
        if not is_headline(line):
            return


def _speaks(chunk: Chunk, cues: dict[str, float], wanted: frozenset[str]) -> bool:
    """Tell whether one of some cues holds for a sector, and all together are enough for it."""
    return bool(wanted & cues.keys()) and sum(cues.values()) >= needed(chunk.value)
