"""Sectors: which of the fields that an article names are subjects of policy or cooperation, and which are mere words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.discourse.analysis import Analysis
from kg.discourse.ledger import Ledger
from kg.grammar.classes import SETS, char, pattern, signs
from kg.grammar.fields import bare, spans
from kg.grammar.frames import Frame
from kg.grammar.sectors import Concept, wider
from kg.grammar.subjects import beside, is_headline, weigh
from kg.grammar.words import Chunk, Lexer, Line
from kg.model import Iri
from kg.vocabulary import KG

# How much must speak for a sector. Swept on annotated articles: at 1.25 a tenth of the plain ones are lost, at 1.25 for ordinary
# words some are made up, and the steps around these make no difference.
_PLAIN = 1.0
_ORDINARY_WORD = 1.5  # "services", "environment", "training"
_BORDERLINE = 2.0  # carbon markets, research: only where the text plainly makes them its subject
_NAME = frozenset(char("name", True))
_LISTED = 2.0  # an item of a list of fields
_MARKS = frozenset(SETS["marking"])
_ANNOUNCED = frozenset("cooperate fields instrument agreed".split())
_AGAIN = 0.25  # for each further mention, up to three


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the sectors that are subjects of policy, and drop the others."""
    mentions: dict[Iri, list[_Named]] = defaultdict(list)
    items = listed(analysis.lines)
    for number, line in enumerate(analysis.lines):
        for index, cues in weigh(line).items():
            named = _Named(line, index, sum(cues.values()) + (_LISTED if number in items else 0))
            if named.is_name:
                continue
            mentions[named.chunk.value.iri].append(named)
    wide = narrowed((named.chunk for found in mentions.values() for named in found), analysis.title_end)
    for iri, found in mentions.items():
        if iri in wide:
            continue
        fair = [named for named in found if named.weight >= 0]
        again = _AGAIN * min(3, len(fair) - 1)
        if any(named.suffices(again) for named in fair):
            for named in fair:
                _state(ledger, named)
        else:
            chunk = found[0].chunk
            ledger.drop(chunk.start, chunk.end, "named in passing, not as a subject of policy")


def narrowed(found: Iterable[Chunk], title: int) -> set[Iri]:
    """Return the sectors named only in a title, up to its end, of which others say more: an "energy accord" on wind power."""
    titled: set[Iri] = set()
    below: set[Iri] = set()
    above: set[Iri] = set()
    for chunk in found:
        concept: Concept = chunk.value
        (titled if chunk.end <= title else below).add(concept.iri)
        if chunk.end > title and not concept.hidden:
            above |= wider(concept.iri)
    return (titled - below) & above


def listed(lines: Sequence[Line]) -> dict[int, int]:
    """Return the numbers of the lines that are items of a list of fields, with that of the line that announces the list."""
    found: dict[int, int] = {}
    above = -1
    for number, line in enumerate(lines):
        if above >= 0 and _is_item(line):
            found[number] = above
        else:
            above = number if line.chunks[-1].kind == "colon" and _announces(line) else -1
    return found


def _is_item(line: Line) -> bool:
    """Tell whether a line begins as the items of lists do, and names no agreement."""
    marked = line.chunks[0].kind in _MARKS or [c.kind for c in line.chunks[1:2]] == ["rparen"]
    return marked and not _names_one(line)


def _announces(line: Line) -> bool:
    """Tell whether a line that ends in a colon tells fields: "The MoU covers the following areas:", "They also agreed on:"."""
    return any(c.kind in _ANNOUNCED or beside(c.text) == "branch" for c in line.chunks)


class _Named(NamedTuple):
    """A mention of a sector, and what speaks for it in its sentence."""

    line: Line
    at: int
    weight: float

    @property
    def chunk(self) -> Chunk:
        return self.line.chunks[self.at]

    @property
    def is_name(self) -> bool:
        """Whether it ends the name of a company: "Nordvik Shipping signed"."""
        before = self.line.shape[self.at - 1 : self.at] if self.at else ""
        return not self.line.heading and self.chunk.text[:1].isupper() and before in _NAME

    def suffices(self, again: float) -> bool:
        """Tell whether enough speaks for the sector; further mentions help where the word is no ordinary one."""
        concept: Concept = self.chunk.value
        plain = not (concept.hidden or concept.borderline)
        return self.weight > 0 and self.weight + again * plain >= needed(concept)


def _state(ledger: Ledger, named: _Named) -> None:
    """Write down a sector as the scheme has it and as the article does: "farming", "leisure farming"."""
    concept: Concept = named.chunk.value
    key = sector(ledger, named.chunk)
    for span in spans(named.line, named.at):
        ledger.thing(key, KG.IndustrySector, concept.label, str(concept.iri), span)


def needed(concept: Concept) -> float:
    """Return how much must speak for a word's naming its sector as a subject of policy."""
    return _BORDERLINE if concept.borderline else _ORDINARY_WORD if concept.hidden else _PLAIN


def sector(ledger: Ledger, chunk: Chunk) -> str:
    """Write down a sector, and return its key."""
    concept: Concept = chunk.value
    key = f"sector:{concept.iri}"
    for at in ((chunk.start, chunk.end), *bare(chunk)):
        ledger.thing(key, KG.IndustrySector, concept.label, str(concept.iri), at)
    return key


# --- what an agreement covers ---------------------------------------------------------------------------------------

_TITLE = frozenset(("agreement-after",))
_TITLE_REACH = 5  # chunks before its noun in which a title begins: "nuclear energy cooperation agreement"
_COVERS = frozenset(
    "agreement agreement-on-the agreement-on-the-way agreement-that under-agreement cooperation cooperation-to cooperating fields branches topic promoted funded".split()
)
_SHARED = frozenset("cooperation cooperation-to cooperating fields branches".split())
_DONE = frozenset(("promoted",))  # what "they" and "the two sides" set out to do
_NONE: frozenset[str] = frozenset()
_WORK = frozenset(  # "the project covers": what is done under an agreement
    "project projects programme program partnership cooperation collaboration plan scheme initiative grant loan funds funding financing package work".split()
)
_SIDES = pattern("det? party ((comma | and) det? party)+ modal")
_UNDER = frozenset(("under", "through"))  # they will work on fields "under an accord"
_ELSE = frozenset("discussed reviewed raised talked spoke praised thanked".split())  # and what they did besides
_ACCOUNT = 6  # sentences after an agreement that still tell of it
_ABOVE = 6  # sentences below a heading that are still under it
_HEADING = 6  # chunks: longer ones are headlines, or sentences
_TOPIC = frozenset("sector portfolio and comma name caps word of".split())
_INSTRUMENT = signs("instrument")
_HALTS = frozenset("semicolon stop instrument".split())


def covered(line: Line, at: int) -> Iterator[Chunk]:
    """Yield the sectors that a sentence says the instrument at `at` covers: in its title, before its noun, and after it."""
    yield from (part for part in line.chunks[at].parts if part.kind == "sector")
    yield from _in_noun(line.chunks[at])
    after = range(at + 1, len(line.chunks))
    end = next((i for i in after if line.chunks[i].kind in _HALTS or line.chunks[i].text in _ELSE), len(line.chunks))
    under = any(c.text.lower() in _UNDER for c in line.chunks[max(0, at - 5) : at])
    for index, cues in weigh(line).items():
        wanted = _COVERS if index > at or under else _TITLE
        if (under or at - _TITLE_REACH <= index) and index < end and _speaks(line.chunks[index], cues, wanted):
            yield line.chunks[index]


def _in_noun(chunk: Chunk) -> Iterator[Chunk]:
    """Yield the sectors in the noun itself, where a lexicon knows it as a whole: "air services agreement"."""
    name = chunk.value.name
    if chunk.text.startswith(name) and chunk.end - chunk.start == len(chunk.text):
        for start, end, concept in _sectors_in(name):
            yield Chunk("sector", chunk.start + start, chunk.start + end, name[start:end], concept)


@lru_cache(maxsize=10_000)
def _sectors_in(name: str) -> tuple[tuple[int, int, Concept], ...]:
    words = name.rpartition(" ")[0]
    chunks = Lexer(words).line(0, len(words)).chunks if words else []
    return tuple((c.start, c.end, c.value) for c in chunks if c.kind == "sector" and needed(c.value) == _PLAIN)


def shared(
    analysis: Analysis, items: Mapping[int, int], told: Collection[int], others: Collection[int]
) -> Iterator[tuple[Chunk, Line]]:
    """Yield the fields in which the sides will cooperate, with their sentences. `items` is what `listed` returns.

    These are the sentences soon after those, given by their numbers, that name an agreement; where `others` name more agreements,
    only those that go on about it at once: "It covers …".
    """
    for number, above in items.items():
        line = analysis.lines[number]
        if above in told or (above - 1 in told and _resumes(analysis.lines[above])):
            yield from ((line.chunks[i], line) for i, cues in weigh(line).items() if sum(cues.values()) >= 0)
    own = [number for number in told if number not in others]
    after = {number + ahead for number in own for ahead in range(1, (1 if others else _ACCOUNT) + 1)}
    for line in analysis.lines:
        if line.number not in after or (others and not _resumes(line)) or _names_one(line):
            continue
        wanted = _account(line)
        for index, cues in weigh(line).items():
            if _speaks(line.chunks[index], cues, wanted):
                yield line.chunks[index], line


def _resumes(line: Line) -> bool:
    """Tell whether a sentence goes on about what was spoken of: "It covers", "The project covers"."""
    return any(c.kind in ("pronoun", "pairword") or c.text.lower() in _WORK for c in line.chunks[:3])


def _account(line: Line) -> frozenset[str]:
    """Return the cues for what an agreement covers in a sentence that goes on about it: the more, the surer it does."""
    kinds = [c.kind for c in line.chunks]
    ahead = "modal" in kinds or "plan" in kinds
    if any(c.text.lower() in _WORK for c in line.chunks[:3]):
        return _COVERS
    if {"pronoun", "pairword"} & {*kinds[:3]}:
        return _COVERS if ahead else _SHARED | _DONE
    if _SIDES.match(line.shape) and ahead:
        return _SHARED | _DONE
    return _SHARED if ahead else _NONE


def heads(analysis: Analysis) -> Iterator[tuple[Chunk, Line]]:
    """Yield the sectors of an article's first headlines, up to its first sentence."""
    for line in analysis.lines[:3]:
        for index, cues in weigh(line).items():
            if sum(cues.values()) >= needed(line.chunks[index].value):
                yield line.chunks[index], line
        if not is_headline(line):
            return


def supposed(analysis: Analysis, told: Sequence[Frame]) -> Iterator[tuple[Chunk, Line]]:
    """Yield what an agreement is about of which its own sentences do not say it, with the sentences that let one suppose it.

    That is what the sentence before "the agreement" is about, or else the field that is in the names of all its parties.
    """
    for line, end in _before(analysis, told[0]):
        found = [i for i, cues in weigh(line).items() if i < end and _is_subject(line, i, cues)]
        yield from ((line.chunks[i], line) for i in found)
        if found:
            return
    bodies = {analysis.full(c.value).name: (c, f.line) for f in told for c in f.parties if c.kind in ("body", "org")}
    fields = [_fields(name) for name in bodies]
    common = set.intersection(*map(set, fields)) if len(fields) > 1 else set()
    for chunk, line in bodies.values():
        for part in _parts_of(chunk):
            if part.value.iri in common:
                yield part, line


def _before(analysis: Analysis, frame: Frame) -> Iterator[tuple[Line, int]]:
    """Yield what stands before an agreement where it is first spoken of, each up to a chunk.

    That is its sentence and the one before it if it is spoken of as known ("the grant agreement"), and the heading above it.
    """
    number = frame.line.number
    if frame.at < 0:
        return
    before = analysis.lines[max(0, number - _ABOVE) : number]
    if frame.line.chunks[frame.at].value.definite:
        yield frame.line, frame.at
        yield from ((line, len(line.chunks)) for line in before[-1:] if not _names_one(line))
    heading = next((line for line in reversed(before) if _is_topic(line)), None)
    if heading is not None:
        yield heading, len(heading.chunks)


def _is_subject(line: Line, at: int, cues: Mapping[str, float]) -> bool:
    """Tell whether a sector is what a sentence or a heading is about."""
    weight = sum(cues.values())
    return weight >= needed(line.chunks[at].value) or (
        weight > 0 and not line.chunks[at].value.hidden and _is_topic(line)
    )


def _names_one(line: Line) -> bool:
    return line.has(_INSTRUMENT)


def _is_topic(line: Line) -> bool:
    """Tell whether a line is the heading of a part of an article: some words without a verb or a mark."""
    return (
        len(line.chunks) <= _HEADING and line.chunks[0].text[:1].isupper() and {c.kind for c in line.chunks} <= _TOPIC
    )


def _fields(name: str) -> set[Iri]:
    return {concept.iri for _, _, concept in _sectors_in(f"{name} ")}


def _parts_of(chunk: Chunk) -> Iterator[Chunk]:
    """Yield the sectors in the name of a body."""
    if chunk.end - chunk.start == len(chunk.text):
        for start, end, concept in _sectors_in(f"{chunk.text} "):
            yield Chunk("sector", chunk.start + start, chunk.start + end, chunk.text[start:end], concept)


def _speaks(chunk: Chunk, cues: Mapping[str, float], wanted: frozenset[str]) -> bool:
    """Tell whether one of some cues holds for a sector, and all together are enough for it."""
    return bool(wanted & cues.keys()) and sum(cues.values()) >= needed(chunk.value)
