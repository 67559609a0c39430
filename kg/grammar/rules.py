"""Rules: a pattern over the classes of a line, and what a match becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kg.grammar.classes import Patterns, char, signs
from kg.grammar.words import Chunk, Line


class Match:
    """A rule's match on a line: its groups as chunks."""

    __slots__ = ("_groups", "line", "match")

    def __init__(self, line: Line, match: re.Match[str]) -> None:
        self.line = line
        self.match = match
        self._groups = match.re.groupindex

    def group(self, name: str = "") -> list[Chunk]:
        """Return the chunks of a group, or of the whole match; none where the group took no part or is not in the pattern."""
        number = self._groups.get(name) if name else 0
        if number is None:
            return []
        start, end = self.match.span(number)
        return self.line.chunks[start:end] if start >= 0 else []

    def words(self, name: str = "") -> str:
        """Return the words of a group, or of the whole match."""
        return self.line.words(self.group(name))

    def first(self, name: str) -> Chunk | None:
        """Return the first chunk of a group; None where there is none."""
        number = self._groups.get(name)
        if number is None:
            return None
        start, end = self.match.span(number)
        return self.line.chunks[start] if start < end else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern, what its match is called, and examples: each with the match between [ and ]."""

    name: str
    pattern: str
    yields: str  # the class of the chunk that replaces the match
    build: Callable[[Match], Any]  # the new chunk's value; None where the match does not hold after all
    examples: tuple[str, ...] = ()
    needs: str = ""  # the rarer classes of which every match holds one; "" where the table's own will do


class Table:
    """Rules that are tried in their order. `needs` names classes without which none is, where their patterns do not say so."""

    def __init__(self, rules: Iterable[Rule], needs: str = "") -> None:
        rules = tuple(rules)
        self.patterns = Patterns(((r.pattern, r) for r in rules), {char(r.yields, True) for r in rules})
        self.needs = signs(needs) if needs else None


def rewrite(line: Line, table: Table) -> None:
    """Replace what each rule of a table matches, in their order, by one chunk."""
    seen = line.seen
    if seen.isdisjoint(table.patterns.triggers) or (table.needs and not line.has(table.needs)):
        return
    for compiled, _, rule in table.patterns.candidates(seen):
        if not rule.needs or line.has(signs(rule.needs)):
            _apply(line, compiled, rule)


def _apply(line: Line, compiled: re.Pattern[str], rule: Rule) -> None:
    at = 0
    while found := compiled.search(line.shape, at):
        at = found.start() + 1
        value = rule.build(Match(line, found)) if found.end() >= at else None
        if value is not None:
            replace(line, at - 1, found.end(), rule.yields, value)


def replace(line: Line, start: int, end: int, kind: str, value: Any) -> Chunk:
    """Join chunks[start:end] into one of class `kind`, and return it."""
    parts = line.chunks[start:end]
    chunk = Chunk(kind, parts[0].start, parts[-1].end, line.words(parts), value, parts)
    line.chunks[start:end] = [chunk]
    line.reshape(start, end, char(kind, True))
    return chunk
