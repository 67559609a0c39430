"""Sentences as lines of chunks: tokens, with the class that the lexicons give them.

Lexicons are matched token by token, so that "Oman" is not found in "Romania"; the longest phrase wins, then the
lexicon that is read first. What no lexicon knows is told by its shape: a name, capitals, an initial, a number, a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg.grammar.classes import char, name_of
from kg.grammar.sectors import sector_phrases
from kg.lexicons.places import surface_forms

LEXICONS = Path(__file__).resolve().parent.parent / "lexicons"

# Abbreviations keep their stop, "Hon." as much as "U.S."; a possessive is a token of its own; a hyphen splits.
_TOKEN = re.compile(
    r"(?P<abbreviation>(?:[^\W\d_]\.){2,}|(?:Mr|Mrs|Ms|Dr|Hon|Prof|Gen|Lt|Col|Sen|Rep|Gov|Rev|Capt|Maj|Brig|Eng|Ltd|Inc|Corp|Jr|Sr|St|No)\.)"
    r"|(?P<initial>[A-Z]\.?(?=\s+[A-Z]|\s*$)|[A-Z]\.)"
    r"|(?P<number>[$€£¥₹]?\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|\d+)"
    r"|(?P<possessive>['’]s\b|(?<=s)['’](?=\s))"
    r"|(?P<word>[^\W_]+(?:['’](?!s\b)[^\W\d_]+)*)"
    r"|(?P<mark>\S)"
)
_MARKS = {
    ",": "comma", ".": "stop", "!": "stop", "?": "stop", ":": "colon", ";": "semicolon", "(": "lparen", ")": "rparen", "[": "lparen",
    "]": "rparen", "“": "open", "”": "close", '"': "open", "‘": "open", "’": "close", "'": "close", "–": "dash", "—": "dash",
    "-": "hyphen", "‐": "hyphen", "‑": "hyphen", "/": "slash", "*": "bullet", "•": "bullet", "&": "and",
}  # fmt: skip
_ALSO_MONTHS = {"may", "march", "mar", "sept", "dec", "jan"}  # words that are months only beside a number or "in"
_ACRONYM = re.compile(r"(?!Ma?c[A-Z])[A-Z][a-z]?[A-Z][A-Za-z]{0,5}$")  # "DoP", "MoFEC"; "McDonald" is a name


@dataclass(slots=True)
class Chunk:
    """A token or a phrase of a line: its class, where it lies in the article, and what a rule knows of it."""

    kind: str
    start: int
    end: int
    text: str
    value: Any = None
    parts: list[Chunk] = field(default_factory=list)  # the chunks that a rule joined into this one


@dataclass(slots=True)
class Line:
    """A sentence as chunks, and its shape: one character a chunk."""

    start: int
    end: int
    chunks: list[Chunk]
    shape: str
    heading: bool = False  # most of its words are capitalised: a headline, where case tells little

    def show(self) -> str:
        """Return the line for people: each chunk with its class."""
        return " ".join(f"{c.text}/{name_of(s)}" for c, s in zip(self.chunks, self.shape, strict=True))


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of a lexicon: the tokens after its first, and its class."""

    rest: tuple[str, ...]
    kind: str
    value: Any = None


Index = dict[str, tuple[Entry, ...]]


def tokens(text: str) -> list[str]:
    """Return the tokens of a phrase, in lower case."""
    return [m.group().lower() for m in _TOKEN.finditer(text)]


def sections(name: str) -> Iterator[tuple[str, str]]:
    """Yield (section, phrase) for each phrase of the lexicon file `name`."""
    section = ""
    for line in (LEXICONS / name).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            yield from ((section, phrase.strip()) for phrase in line.split(",") if phrase.strip())


def _insert(index: dict[str, dict[tuple[str, ...], Entry]], words: list[str], kind: str, value: Any = None) -> None:
    if words:
        index.setdefault(words[0], {}).setdefault(tuple(words[1:]), Entry(tuple(words[1:]), kind, value))


def _frozen(index: dict[str, dict[tuple[str, ...], Entry]]) -> Index:
    return {first: tuple(sorted(found.values(), key=lambda e: -len(e.rest))) for first, found in index.items()}


@cache
def phrases() -> Index:
    """Return the lexicons of common words by their first token, longest phrases first."""
    index: dict[str, dict[tuple[str, ...], Entry]] = {}
    for section, phrase in sections("instruments.txt"):
        vague = phrase.startswith("*")
        _insert(index, tokens(phrase.lstrip("*")), "noun", (section, vague))
    for name in ("signing.txt", "people.txt", "words.txt"):
        for section, phrase in sections(name):
            _insert(index, tokens(phrase), section)
            if "-" in phrase:
                _insert(index, tokens(phrase.replace("-", " ")), section)
    for section, phrase in sections("bodies.txt"):
        if section != "portfolio":
            _insert(index, tokens(phrase), section)
    for phrase, concept in sector_phrases():
        _insert(index, tokens(phrase), "sector", concept)
    for section, phrase in sections("bodies.txt"):
        _insert(index, tokens(phrase), section)
    return _frozen(index)


@cache
def portfolios() -> frozenset[str]:
    """Return the words of which the portfolios of ministries are made ("affairs", "fisheries"), in lower case."""
    return frozenset(
        word for section, phrase in sections("bodies.txt") if section == "portfolio" for word in tokens(phrase)
    )


@cache
def place_phrases() -> Index:
    """Return names and demonyms of jurisdictions by their first token, as they are spelt."""
    index: dict[str, dict[tuple[str, ...], Entry]] = {}
    for form, code, demonym in surface_forms():
        words = [m.group() for m in _TOKEN.finditer(form)]
        _insert(index, words, "demonym" if demonym else "place", code)
    return _frozen(index)


def _longest(index: Index, words: list[str], at: int) -> Entry | None:
    for entry in index.get(words[at], ()):
        size = len(entry.rest)
        if not size or tuple(words[at + 1 : at + 1 + size]) == entry.rest:
            return entry
    return None


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


class Lexer:
    """Turns the sentences of one article into lines; it knows which words the article writes in lower case."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lower = frozenset(re.findall(r"(?<![.!?:]\s)(?<!\n)\b[a-zà-ÿ][\w’']+", text))

    def line(self, start: int, end: int) -> Line:
        """Return the line of text[start:end]; offsets are those of the article."""
        found = list(_TOKEN.finditer(self.text, start, end))
        words = [m.group() for m in found]
        lower = [w.lower() for w in words]
        capitals = sum(1 for m in found if m.lastgroup == "word" and m.group()[0].isupper())
        small = sum(1 for m in found if m.lastgroup == "word" and len(m.group()) > 3 and m.group()[0].islower())
        heading = capitals > 3 and small * 4 <= capitals
        chunks: list[Chunk] = []
        shape: list[str] = []
        at = 0
        while at < len(words):
            kind, size, value = self._classify(found, words, lower, at, first=not chunks, heading=heading)
            text = self.text[found[at].start() : found[at + size - 1].end()]
            chunks.append(Chunk(kind, found[at].start(), found[at + size - 1].end(), text, value))
            shape.append(char(kind, _is_capital(text)))
            at += size
        return Line(start, end, chunks, "".join(shape), heading)

    def _classify(
        self, found: list[re.Match[str]], words: list[str], lower: list[str], at: int, *, first: bool, heading: bool
    ) -> tuple[str, int, Any]:
        group = found[at].lastgroup
        place = _longest(place_phrases(), words, at) if _is_capital(words[at]) else None
        entry = _longest(phrases(), lower, at)
        if entry and (entry.kind == "month" or lower[at] in _ALSO_MONTHS):
            entry = self._month(words, at, entry)
        if place and (not entry or len(entry.rest) <= len(place.rest)):
            return place.kind, 1 + len(place.rest), place.value
        if entry and group != "possessive" and not (group == "initial" and len(words[at]) < 3 and words[at] != "a"):
            return entry.kind, 1 + len(entry.rest), entry.value
        return self._shape(group or "mark", words[at], found[at], first or heading, words[at + 1 : at + 2])

    @staticmethod
    def _month(words: list[str], at: int, entry: Entry) -> Entry | None:
        """Tell the months from the verbs: "May 5", "5 March", "in May" are dates, "may" and "march" are not."""
        if words[at].lower() not in _ALSO_MONTHS:
            return entry if words[at][:1].isupper() else None
        around = [*words[max(0, at - 1) : at], *words[at + 1 : at + 2]]
        dated = words[at][0].isupper() and any(
            w[:1].isdigit() or w.lower() in ("in", "last", "next", "of", "this") for w in around
        )
        if dated:
            return Entry((), "month")
        return Entry((), "modal") if words[at].lower() == "may" else None

    def _shape(
        self, group: str, word: str, match: re.Match[str], first: bool, following: list[str]
    ) -> tuple[str, int, Any]:
        if group == "number":
            year = len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2099
            return ("year" if year else "number"), 1, None
        if group == "possessive":
            return "possessive", 1, None
        if group == "initial":
            return "initial", 1, None
        if group == "mark":
            return self._mark(word, match), 1, None
        if (word.isupper() and len(word) > 1) or _ACRONYM.match(word):
            return "caps", 1, None
        if not _is_capital(word):
            return ("caps" if any(c.isupper() for c in word) else "word"), 1, None
        if first and (
            word.lower() in self._lower or (following and following[0][:1].islower() and word.endswith("ing"))
        ):
            return "word", 1, None
        return "name", 1, None

    def _mark(self, mark: str, match: re.Match[str]) -> str:
        kind = _MARKS.get(mark, "mark")
        if kind == "hyphen" and self.text[match.end() : match.end() + 1] in (" ", "\n", ""):
            return "dash"
        if (
            kind == "dash"
            and self.text[match.end() : match.end() + 1].isalnum()
            and self.text[match.start() - 1].isalnum()
        ):
            return "hyphen"
        return kind
