"""Instruments: the nouns by which a text names agreements, with their titles, topics and how they are introduced."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.grammar.rules import join, replace
from kg.grammar.words import Chunk, Line

_LEFT = {
    "name",
    "caps",
    "portfolio",
    "sector",
    "state",
    "place",
    "demonym",
    "hyphen",
    "adverb",
    "postmod",
    "year",
    "number",
    "org",
    "noun",
    "orghead",
    "cooperate",
}
_TOPIC = ("on", "about", "for", "of", "in", "to", "with")
_INSIDE = {"and", "of", "for", "the", "on", "in", "to", "a", "an", "with", "between", ","}
_DEFINITE = {"the", "this", "that", "these", "those", "said", "its", "their", "our", "such", "both", "his", "her"}
_OTHER = {"another", "separate", "second", "other", "additional", "also", "third", "further", "different"}


@dataclass(frozen=True, slots=True)
class Instrument:
    """One mention of an agreement."""

    type: str  # the notation of an agreement type
    name: str  # the noun as the text has it, with the capitalised words before it
    title: str  # with its topic, where that is part of a proper title; else the same as name
    start: int
    end: int
    vague: bool  # a noun that alone shows no agreement ("deal", "protocol")
    definite: bool  # "the agreement", "this MoU", a bare acronym
    plural: bool
    other: bool  # "another agreement", "a second MoU"
    codes: tuple[str, ...] = ()  # jurisdictions in its title, before the noun
    acronym: str = ""
    named: frozenset[str] = frozenset()  # words of the jurisdictions in its title, lower case
    proper: bool = False  # has capitalised words of its own beyond the noun


def _is_verb(line: Line, at: int) -> bool:
    """Tell "deal with the matter" and "to contract" from the nouns."""
    chunk = line.chunks[at]
    if chunk.text.lower() not in ("deal", "deals", "contract", "contracts"):
        return False
    before = line.chunks[at - 1] if at else None
    return before is not None and (
        before.kind in ("modal", "to", "plan", "pronoun", "not") or before.text.lower() in ("to", "will", "must")
    )


def _names_a_place(line: Line, at: int) -> bool:
    """Tell "the Kenyatta International Convention Centre" and "the Agreement Department" from agreements."""
    after = line.chunks[at + 1] if at + 1 < len(line.chunks) else None
    return (
        after is not None
        and not line.heading
        and line.chunks[at].text[0].isupper()
        and after.text[0].isupper()
        and after.kind in ("orghead", "bodyhead", "post")
    )


def _left(line: Line, at: int) -> int:
    """Return where the capitalised words before the noun at `at` begin."""
    capital = line.chunks[at].text[0].isupper()
    start = at
    while start > 0:
        chunk = line.chunks[start - 1]
        if chunk.kind not in _LEFT or (chunk.kind == "noun" and not chunk.text[0].isupper()):
            break
        upper = chunk.text[:1].isupper() or chunk.text[:1].isdigit() or chunk.kind == "hyphen"
        if not upper or not (capital or chunk.kind in ("hyphen", "caps", "name")):
            break
        start -= 1
    while start < at and (
        line.chunks[start].kind == "hyphen" or (start == 0 and line.chunks[start].kind in ("adverb", "number"))
    ):
        start += 1
    return start


def _right(line: Line, at: int) -> tuple[int, str]:
    """Return the end of "(MoU)" after the noun at `at`, and the acronym."""
    chunks = line.chunks
    if (
        at + 3 < len(chunks) + 0
        and chunks[at + 1].kind == "lparen"
        and chunks[at + 3].kind == "rparen"
        and len(chunks[at + 2].text) <= 10
    ) and any(c.isupper() for c in chunks[at + 2].text[:4]):
        return at + 4, chunks[at + 2].text
    return at + 1, ""


def _topic_end(line: Line, end: int) -> int:
    """Return where a title's topic ends: "on Strengthening Cooperation in Food Safety"; `end` where there is none."""
    chunks = line.chunks
    if end >= len(chunks) or chunks[end].text.lower() not in (
        "on",
        "concerning",
        "regarding",
        "for",
        "of",
        "in",
        "relating to",
    ):
        return end
    last, at = end, end + 1
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.text[:1].isupper() and chunk.kind not in ("body", "person", "title", "org", "date", "noun", "month"):
            last = at + 1
        elif not (chunk.text.lower() in _INSIDE or chunk.kind == "hyphen"):
            break
        at += 1
    return last


def _introduced(line: Line, start: int) -> tuple[str, bool]:
    """Return the determiner of the phrase that ends before `start`, and whether a word says it is another one."""
    other = False
    for chunk in reversed(line.chunks[max(0, start - 7) : start]):
        word = chunk.text.lower()
        other = other or word in _OTHER
        if chunk.kind == "det" or word in ("the", "a", "an", "said"):
            return word, other or word == "another"
        if chunk.kind not in (
            "word",
            "adverb",
            "postmod",
            "sector",
            "portfolio",
            "demonym",
            "binding",
            "nonbinding",
            "hyphen",
            "and",
            "comma",
            "plan",
            "filler",
            "propose",
            "renewed",
            "cooperate",
            "number",
            "name",
            "caps",
            "year",
            "open",
        ):
            break
    return "", other


def mark(line: Line) -> None:
    """Make each noun for an agreement, with its title, a chunk of class `instrument`."""
    at = 0
    while at < len(line.chunks):
        chunk = line.chunks[at]
        if chunk.kind == "noun" and not _is_verb(line, at) and not _names_a_place(line, at):
            at = _join(line, at)
        at += 1


def _join(line: Line, at: int) -> int:
    noun = line.chunks[at]
    type_, vague = noun.value
    start = _left(line, at)
    end, acronym = _right(line, at)
    topic = end if line.heading else _topic_end(line, end)
    determiner, other = _introduced(line, start)
    name = join(line.chunks[start : at + 1])
    codes = tuple(c.value for c in line.chunks[start:at] if c.kind in ("state", "place", "demonym"))
    bare = not determiner and noun.text.isupper()
    value = Instrument(
        type_,
        name,
        join(line.chunks[start:topic]),
        line.chunks[start].start,
        line.chunks[end - 1].end,
        vague,
        determiner in _DEFINITE or bare,
        _plural(noun),
        other,
        codes if len(set(codes)) > 1 else (),
        acronym,
        named=frozenset(
            w
            for c in line.chunks[start:topic]
            if c.kind in ("state", "place", "demonym")
            for w in re.findall(r"[^\W_]+", c.text.lower())
        ),
        proper=start < at or topic > end,
    )
    kept = [c for c in line.chunks[start:topic] if c.kind in ("sector", "state", "place", "demonym")]
    joined = replace(line, start, end, "instrument", value)
    joined.parts = (
        [c for c in kept if c.start < joined.end]
        if len(set(codes)) > 1 or not codes
        else [c for c in kept if c.kind == "sector"]
    )
    return start


def _plural(noun: Chunk) -> bool:
    word = noun.text.lower()
    return word.endswith(
        ("s", "memoranda", "memoranda of understanding", "memoranda of cooperation")
    ) or word.startswith(("memoranda", "letters"))
