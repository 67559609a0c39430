"""Rules: a pattern over the classes of a line, and what a match becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kg.grammar.classes import char, characters, pattern
from kg.grammar.words import Chunk, Line


class Match:
    """A rule's match on a line: its groups as chunks."""

    __slots__ = ("line", "match")

    def __init__(self, line: Line, match: re.Match[str]) -> None:
        self.line = line
        self.match = match

    def group(self, name: str | int = 0) -> list[Chunk]:
        """Return the chunks of a group; none where the group took no part or is not in the pattern."""
        if isinstance(name, str) and name not in self.match.re.groupindex:
            return []
        start, end = self.match.span(name)
        return self.line.chunks[start:end] if start >= 0 else []

    def first(self, name: str) -> Chunk | None:
        """Return the first chunk of a group."""
        found = self.group(name)
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern, what its match is called, and examples: each with the match between [ and ]."""

    name: str
    pattern: str
    yields: str  # the class of the chunk that replaces the match
    build: Callable[[Match], Any]  # the new chunk's value; None where the match does not hold after all
    examples: tuple[str, ...] = ()
    needs: str = ""  # the rarer classes of which every match holds one; "" where the table's own will do


def rewrite(line: Line, rules: Iterable[Rule], needs: str) -> None:
    """Replace what each rule matches, in their order, by one chunk.

    `needs` names the classes of which a match of any of the rules holds one: a line without them is passed over.
    """
    if not any(c in line.shape for c in characters(needs)):
        return
    for rule in rules:
        if rule.needs and not any(c in line.shape for c in characters(rule.needs)):
            continue
        compiled = pattern(rule.pattern)
        at = 0
        while found := compiled.search(line.shape, at):
            value = rule.build(Match(line, found)) if found.end() > found.start() else None
            at = found.start() + 1
            if value is not None:
                replace(line, found.start(), found.end(), rule.yields, value)


def replace(line: Line, start: int, end: int, kind: str, value: Any) -> Chunk:
    """Join chunks[start:end] into one of class `kind`, and return it."""
    parts = line.chunks[start:end]
    text = join(parts)
    chunk = Chunk(kind, parts[0].start, parts[-1].end, text, value, parts)
    line.chunks[start:end] = [chunk]
    line.shape = line.shape[:start] + char(kind, True) + line.shape[end:]
    return chunk


def join(chunks: Iterable[Chunk]) -> str:
    """Return the words of adjacent chunks as one text, with the spaces that stood between them (one for each run)."""
    out: list[str] = []
    last: int | None = None
    for chunk in chunks:
        if last is not None and chunk.start > last:
            out.append(" ")
        out.append(chunk.text)
        last = chunk.end
    return "".join(out)
