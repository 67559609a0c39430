"""Acronyms that an article itself gives its agreements: "a memorandum concerning nuclear cooperation (NCMOU)"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.grammar.classes import char, pattern, signs
from kg.grammar.words import Line

_SPELT_OUT = pattern("noun ~boundary{0,12}? lparen acronym:(Caps | Name) rparen")
_CAPITALISED = signs("caps name")
_SMALL = frozenset(("of", "and", "for", "on", "the"))


def spelt_out(lines: Iterable[Line]) -> dict[str, Any]:
    """Return what the lexicon says of the noun for which each acronym stands."""
    found: dict[str, Any] = {}
    for line in lines:
        for match in _SPELT_OUT.finditer(line.shape):
            noun, acronym = line.chunks[match.start()], line.chunks[match.start("acronym")]
            beside = match.start("acronym") == match.start() + 2
            if acronym.kind == "caps" and _stands_for(acronym.text, noun.text, beside=beside):
                found.setdefault(acronym.text, noun.value)
    return found


def _stands_for(acronym: str, noun: str, *, beside: bool) -> bool:
    """Tell whether an acronym is of a noun: it holds its initials, several of them unless it stands right beside it."""
    words = noun.lower().split()
    initials = "".join(word[0] for word in words)
    short = "".join(word[0] for word in words if word not in _SMALL)
    held = any(each in acronym.lower() for each in (initials, short))
    return held and (beside or len(short) > 1)


def mark(line: Line, acronyms: Mapping[str, Any]) -> None:
    """Make nouns of the acronyms in a line; those in brackets belong to the noun before them."""
    for at in line.where(_CAPITALISED):
        chunk = line.chunks[at]
        if chunk.text in acronyms and not (at and line.chunks[at - 1].kind == "lparen"):
            chunk.value = acronyms[chunk.text]
            chunk.kind = "noun"
            line.reshape(at, at + 1, char("noun", True))
