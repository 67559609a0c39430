"""Fields: how far the name of a field reaches in a sentence, around the label by which the scheme knows it.

The scheme knows "farming" and "copper"; an article speaks of "mud crab and sea bass farming" and "the processing of copper".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.grammar.classes import char, signs
from kg.grammar.sectors import Concept, sector_phrases
from kg.grammar.subjects import beside, same
from kg.grammar.words import Chunk, Line

_NARROWS = frozenset("word name caps hyphen".split())
_BEFORE = frozenset(
    "det comma and or in on of for to by about fields semicolon colon cooperate with plan instrument bullet number".split()
)
_REACH = 4  # chunks that may narrow a field: "small-scale mud crab farming"
_AFTER = frozenset(("policy", "tail"))
_OF = frozenset("word sector portfolio name caps hyphen and".split())
_ACTION = re.compile(r"(?:ing|ion|ment|port|cture|supply|use|uses|sale|trade|repair|purchase|growth|transit)$")
_DOING = re.compile(r"(?:ing|ion|ment|cture|transport|repair)$")
_TAIL = re.compile(
    r"(?<!\band)\s(?:co-?operation|sectors?|industr(?:y|ies)|infrastructure|systems?|projects?|development|policy|supply|products?|technolog(?:y|ies)"
    r"|management|markets?|production|activities)$",
    re.IGNORECASE,
)
_BUILT = frozenset("road highway bridge tunnel hospital".split())
_PROGRAMME = re.compile(r"\b(?:Programmes?|Programs?|Projects?|Schemes?|Initiatives?)$")
_ORGS = signs("org orghead")
_LEAD = re.compile(
    r"^(?:sustainable|responsible|affordable|artisanal|small-scale|modern|international|bilateral|regional|cross-border)\s(?!development|growth)",
    re.IGNORECASE,
)


def mark(line: Line) -> None:
    """Take for fields what other rules took for parts of names: "a road", the "Sanitation Improvement Programme"."""
    for at in reversed(line.where(_ORGS)):
        chunk = line.chunks[at]
        if chunk.kind == "org" and _PROGRAMME.search(chunk.text) and any(map(_plain, chunk.parts)):
            line.chunks[at : at + 1] = chunk.parts
            shape = "".join(char(part.kind, part.text[:1].isupper()) for part in chunk.parts)
            line.reshape(at, at + 1, shape)
        elif chunk.kind == "orghead" and chunk.text in _works():
            line.chunks[at] = Chunk("sector", chunk.start, chunk.end, chunk.text, _works()[chunk.text])
            line.reshape(at, at + 1, char("sector"))


@cache
def _works() -> dict[str, Concept]:
    """Return the labels that name what is built, which are parts of names too ("Ring Road"), by their spelling."""
    return {phrase: concept for phrase, concept in sector_phrases() if phrase in _BUILT}


def _plain(chunk: Chunk) -> bool:
    return chunk.kind == "sector" and not chunk.value.hidden


def spans(line: Line, at: int) -> Iterator[tuple[int, int]]:
    """Yield where the name of the field at `at` begins and ends: as the scheme has it, without what says little, and in full."""
    chunk = line.chunks[at]
    starts = dict.fromkeys((chunk.start, *_starts(line, at)))
    ends = dict.fromkeys((chunk.end, *_ends(line, at)))
    yield from ((start, end) for start in starts for end in ends)
    yield from ((start, end) for _, end in bare(chunk) for start in starts if start < end)


def bare(chunk: Chunk) -> Iterator[tuple[int, int]]:
    """Yield where the label of a field lies without a first or last word that says little: "nuclear cooperation"."""
    if chunk.end - chunk.start == len(chunk.text):
        if tail := _TAIL.search(chunk.text):
            yield chunk.start, chunk.start + tail.start()
        if lead := _LEAD.search(chunk.text):
            yield chunk.start + lead.end(), chunk.end


def _starts(line: Line, at: int) -> Iterator[int]:
    """Yield where the words that narrow a field begin, and those joined to them by "and" or naming what is done to it."""
    first = _narrowed(line, at)
    if first < at:
        yield line.chunks[first].start
    if first > 2 and line.chunks[first - 1].kind == "and" and (first < at or " " in line.chunks[at].text):
        joined = _narrowed(line, first - 1, across=True)
        if joined < first - 1:
            yield line.chunks[joined].start
    if first > 1 and line.chunks[first - 1].kind == "of":
        action = line.chunks[first - 2]
        if action.kind in ("word", "sector", "portfolio") and _ACTION.search(action.text):
            yield action.start


def _narrowed(line: Line, at: int, *, across: bool = False) -> int:
    """Return the index of the first of up to four words that narrow a field, if what stands before them opens a name; else `at`.

    With `across`, ordinary words for other fields may be among them: the crab of "mud crab and sea bass farming".
    """
    for index in range(at - 1, max(-1, at - _REACH - 2), -1):
        chunk = line.chunks[index]
        if chunk.kind in _BEFORE:
            return index + 1
        if index == at - 1 and same(line, at):
            continue
        if chunk.kind == "sector" and (line.chunks[index + 1].kind == "hyphen" or (across and chunk.value.hidden)):
            continue
        if chunk.kind not in _NARROWS or beside(chunk.text) not in ("", "tail", "policy"):
            break
    return at


def _ends_name(word: str) -> bool:
    kind = beside(word)
    return kind in _AFTER or (kind == "promote" and word.endswith(("ing", "ation")))


def _ends(line: Line, at: int) -> Iterator[int]:
    """Yield where the nouns end that follow a field as parts of its name: "grain storage", "cultivation of orchids"."""
    end = at + 1
    while end < len(line.chunks) and end <= at + 2 and _ends_name(line.chunks[end].text):
        end += 1
        yield line.chunks[end - 1].end
    if end < len(line.chunks) and line.chunks[end].kind == "of" and _DOING.search(line.chunks[end - 1].text):
        last = end
        while last + 1 < len(line.chunks) and last < end + 6 and line.chunks[last + 1].kind in _OF:
            last += 1
        if line.chunks[last].kind == "and":
            last -= 1
        if last > end:
            yield line.chunks[last].end
