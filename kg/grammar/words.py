"""Sentences as lines of chunks: tokens, with the class that the lexicons give them.

Lexicons are matched token by token, so that "Oman" is not found in "Romania"; the longest phrase wins, then the
lexicon that is read first. What no lexicon knows is told by its shape: a name, capitals, an initial, a number, a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.grammar.classes import BESIDE, char, name_of
from kg.grammar.sectors import sector_phrases, sector_variants
from kg.lexicons.places import forms

LEXICONS = Path(__file__).resolve().parent.parent / "lexicons"

# Abbreviations keep their stop, "Hon." as much as "U.S."; a possessive is a token of its own; a hyphen splits.
_ABBREVIATED = (
    "Mr|Mrs|Ms|Mme|Dr|Drs|Hon|Rt|Prof|Gen|Lt|Col|Sen|Rep|Gov|Rev|Ven|Capt|Cmdr|Adm|Maj|Brig|Sgt|Ltd|Inc|Corp|Jr|Sr|St|No"
    "|Coun|Cllr|Clr|Asst|Eng|Engr|Ing|Ir|Arq|Arc|Lic|Lcda|Dipl|Mag|Mgr|Adv|Barr|Sra|Smt|Shri|Kum|Pt|Md|Mohd|Cde|Amb|Messrs|Esq"
)
_TOKEN = re.compile(
    r"(?!(?:[A-Z][a-z]{0,4}|[a-z])\.)[^\W\d_][^\W_]+(?:['’](?!s\b)[^\W\d_]+)*"  # most words; first, since they are most tokens
    rf"|(?:{_ABBREVIATED})\.|(?:[^\W\d_]\.){{2,}}"
    r"|[A-Z]\.?(?=\s+[A-Z]|\s*$)|[A-Z]\."  # initials
    r"|[$€£¥₹]?\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|\d+"
    r"|['’]s\b"
    r"|[^\W_]+(?:['’](?!s\b)[^\W\d_]+)*"
    r"|\S"
)
_LOWER = re.compile(r"\b[a-zà-ÿ][\w’']+")
_DOTTED = re.compile(r"\b[^\W\d_]+\.")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_PHRASE = 12  # tokens: no phrase of a lexicon is longer
Token = tuple[str, int, int]  # a word with its offsets
_MARKS = {
    ",": "comma", ".": "stop", "!": "stop", "?": "stop", ":": "colon", ";": "semicolon", "(": "lparen", ")": "rparen", "[": "lparen",
    "]": "rparen", "“": "open", "”": "close", '"': "open", "‘": "open", "’": "close", "'": "close", "–": "dash", "—": "dash",
    "-": "hyphen", "‐": "hyphen", "‑": "hyphen", "/": "slash", "*": "bullet", "•": "bullet", "&": "and",
}  # fmt: skip
_ALSO_MONTHS = {"may", "march", "mar", "sept", "dec", "jan"}  # words that are months only beside a number or "in"
_ACRONYM = re.compile(r"(?!Ma?c[A-Z])[A-Z][a-z]?[A-Z][A-Za-z]{0,5}$")  # "DoP", "MoFEC"; "McDonald" is a name


class Chunk:
    """A token or a phrase of a line: its class, where it lies in the article, and what a rule knows of it."""

    __slots__ = ("end", "kind", "parts", "start", "text", "value")

    def __init__(
        self, kind: str, start: int, end: int, text: str, value: Any = None, parts: Sequence[Chunk] = ()
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.value = value
        self.parts = parts  # the chunks that a rule joined into this one

    def __repr__(self) -> str:
        return f"{self.text}/{self.kind}"


@dataclass(slots=True)
class Line:
    """A sentence as chunks, and its shape: one character a chunk."""

    start: int
    end: int
    chunks: list[Chunk]
    shape: str
    heading: bool = False  # most of its words are capitalised, so that case tells little
    headline: bool = False  # the article's title

    def show(self) -> str:
        """Return the line for people: each chunk with its class."""
        return " ".join(f"{c.text}/{name_of(s)}" for c, s in zip(self.chunks, self.shape, strict=True))


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of a lexicon: the tokens after its first, and its class."""

    rest: tuple[str, ...]
    kind: str
    value: Any = None


class Noun(NamedTuple):
    """What the lexicon knows of a noun for agreements."""

    type: str  # the notation of an agreement type
    vague: bool  # shows no agreement by itself
    capital: bool  # is an ordinary word where it is not capitalised
    anaphor: bool  # only ever takes up an agreement that was named before


Index = dict[str, tuple[Entry, ...]]


def tokens(text: str) -> list[str]:
    """Return the tokens of a phrase, in lower case; "hon." is one, as "Hon." is in an article."""
    if text.replace(" ", "").isalpha():
        return text.lower().split()  # as below, but several times as fast
    text = _DOTTED.sub(lambda m: m.group().capitalize(), text)
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
        noun = Noun(section, phrase[0] in "*=", phrase[0] == "^", phrase[0] == "=")
        _insert(index, tokens(phrase.lstrip("*^=")), "noun", noun)
    for name in ("signing.txt", "people.txt", "words.txt"):
        for section, phrase in sections(name):
            _insert(index, tokens(phrase), section)
            if "-" in phrase:
                _insert(index, tokens(phrase.replace("-", " ")), section)
    named = list(sector_phrases())
    for phrase, concept in named:
        if not (concept.hidden or concept.borderline):  # "railways" names a sector more often than it heads a name
            _insert(index, tokens(phrase), "sector", concept)
    for section, phrase in sections("bodies.txt"):
        if section != "portfolio":
            _insert(index, tokens(phrase), section)
    for section, phrase in sections("sectors.txt"):
        if section not in BESIDE:
            _insert(index, tokens(phrase), section)
    for phrase, concept in named:
        _insert(index, tokens(phrase), "sector", concept)
    for section, phrase in sections("bodies.txt"):
        _insert(index, tokens(phrase), section)
    for phrase, concept in sector_variants():
        _insert(index, tokens(phrase), "sector", concept)
    return _frozen(index)


@cache
def portfolios() -> frozenset[str]:
    """Return the words of which the portfolios of ministries are made ("affairs", "fisheries"), in lower case."""
    return frozenset(
        word for section, phrase in sections("bodies.txt") if section == "portfolio" for word in tokens(phrase)
    )


@cache
def _place_names() -> dict[str, list[str]]:
    """Return the names and demonyms of jurisdictions by their first token."""
    index: dict[str, list[str]] = {}
    for form in forms():
        first = form if form.isalpha() else _TOKEN.match(form)
        index.setdefault(first if isinstance(first, str) else first.group() if first else form, []).append(form)
    return index


def place_phrases(first: str) -> tuple[Entry, ...]:
    """Return the names and demonyms of jurisdictions that begin with a token, as they are spelt, the longest first."""
    return _entries(first) if first in _place_names() or (first.isupper() and first.title() in _place_names()) else ()


@cache
def _entries(first: str) -> tuple[Entry, ...]:
    """The table is large and an article names few places: what begins with a token is analysed when it is first met."""
    entries = []
    shouted = _place_names().get(first.title(), ()) if first.isupper() else ()  # "NAIROBI", "ABU DHABI" in a dateline
    for form in (*_place_names().get(first, ()), *(f for f in shouted if len(first) > 3 or " " in f)):
        codes, demonym = forms()[form]
        words = [m.group() for m in _TOKEN.finditer(form)]
        rest = tuple(words[1:]) if words[0] == first else tuple(w.upper() for w in words[1:])
        entries.append(Entry(rest, "demonym" if demonym else "place", codes[0]))
    return tuple(sorted(entries, key=lambda e: -len(e.rest)))


def _longest(entries: Sequence[Entry], words: list[str]) -> Entry | None:
    """Return the longest phrase that the words begin with."""
    for entry in entries:
        size = len(entry.rest)
        if not size or tuple(words[1 : 1 + size]) == entry.rest:
            return entry
    return None


class _Sign(NamedTuple):
    """What a token is, unless the one after it makes a longer phrase of the two."""

    kind: str
    char: str
    value: Any
    seconds: frozenset[str]  # the tokens, lower case, that may follow in a phrase of a lexicon


_IN_CONTEXT = frozenset("’'‘-–—‐‑")  # marks whose neighbours tell what they are
# Pronouns that are something else in capitals, unless all about them is in capitals: "HE the Minister", "the IT minister".
_SHOUTED = {"HE": "honorific", "IT": "portfolio"}
_NONE: frozenset[str] = frozenset()
_SIGNS_KEPT = 50_000  # distinct words remembered: more than a language's common ones, few enough to hold


class _Signs(dict[str, _Sign | None]):
    """What tokens are, told once for each; None where their neighbours tell."""

    def __missing__(self, word: str) -> _Sign | None:
        sign = _settled(word)
        if len(self) < _SIGNS_KEPT:
            self[word] = sign
        return sign


_signs = _Signs()


def _settled(word: str) -> _Sign | None:
    lower = word.lower()
    capital = word[:1].isupper()
    entries = (*(place_phrases(word) if capital else ()), *phrases().get(lower, ()))
    if word in _IN_CONTEXT or word in _SHOUTED or lower in _ALSO_MONTHS or any(e.kind == "month" for e in entries):
        return None
    if capital and len(word.rstrip(".")) == 1:
        return None
    seconds = frozenset(e.rest[0].lower() for e in entries if e.rest) or _NONE
    for entry in entries:
        if not entry.rest:
            return _Sign(entry.kind, char(entry.kind, capital), entry.value, seconds)
    kind = _kind_alone(word)
    return _Sign(kind, char(kind, capital), None, seconds)


def _kind_alone(word: str) -> str:
    """Return the class of a token that no lexicon knows; "name" for a capitalised word, which may only begin a sentence."""
    if word[0].isdigit() or (word[0] in "$€£¥₹" and len(word) > 1):
        year = len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2099
        return "number" if not year and not word[-1].isalpha() else "year" if year else _kind_of_mixed(word)
    if word[:1] in "'’" and len(word) == 2:
        return "possessive"
    if not word[0].isalpha():
        return _MARKS.get(word, "mark")
    if (word.isupper() and len(word) > 1) or _ACRONYM.match(word):
        return "caps"
    if word[0].isupper():
        return "name"
    return "caps" if any(c.isupper() for c in word) else "word"


def _kind_of_mixed(word: str) -> str:
    """Tell "19th" from "5G"."""
    return "number" if _ORDINAL.match(word) else "caps" if any(c.isupper() for c in word) else "word"


def _is_shouted(words: Sequence[str]) -> bool:
    return any(word.isupper() and len(word) > 1 for word in words)


class Lexer:
    """Turns the sentences of one article into lines; it knows which words the article writes in lower case."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lower = frozenset(_LOWER.findall(text))

    def line(self, start: int, end: int) -> Line:
        """Return the line of text[start:end]; offsets are those of the article."""
        text = self.text
        found = [(m.group(), *m.span()) for m in _TOKEN.finditer(text, start, end)]
        chunks: list[Chunk] = []
        shape: list[str] = []
        unknown: list[int] = []
        at = 0
        size = len(found)
        while at < size:
            word, first, last = found[at]
            sign = _signs[word]
            if sign is not None:
                kind, mark, value, seconds = sign
                if not seconds or at + 1 == size or found[at + 1][0].lower() not in seconds:
                    if kind == "name":
                        unknown.append(len(chunks))
                    chunks.append(Chunk(kind, first, last, word, value))
                    shape.append(mark)
                    at += 1
                    continue
            kind, taken, value = self._in_context(found, at)
            last = found[at + taken - 1][2]
            if kind == "name" and not value:
                unknown.append(len(chunks))
            chunks.append(Chunk(kind, first, last, text[first:last], value))
            shape.append(char(kind, word[:1].isupper()))
            at += taken
        heading = _is_heading(found)
        self._settle_names(chunks, shape, unknown, heading and found[-1][0] != ".")
        return Line(start, end, chunks, "".join(shape), heading)

    def _in_context(self, found: list[Token], at: int) -> tuple[str, int, Any]:
        """Return the class of the token at `at`, how many tokens belong to it, and what a lexicon knows of it."""
        near = [word for word, _, _ in found[at : at + _PHRASE]]
        word = near[0]
        place = _longest(place_phrases(word), near) if word[:1].isupper() else None
        lower = [w.lower() for w in near]
        entry = _longest(phrases().get(lower[0], ()), lower)
        if word in _SHOUTED and not (entry and entry.rest) and not _is_shouted(near[1:2]):
            return _SHOUTED[word], 1, None
        if entry and (entry.kind == "month" or word.lower() in _ALSO_MONTHS):
            entry = self._month(found, at, entry)
        if place and (not entry or len(entry.rest) <= len(place.rest)):
            return place.kind, 1 + len(place.rest), place.value
        initial = _is_initial(near)
        if entry and not (initial and not entry.rest):
            return entry.kind, 1 + len(entry.rest), entry.value
        if initial:
            return "initial", 1, None
        if word in _IN_CONTEXT:
            return self._mark(word, found[at][1], found[at][2]), 1, None
        return _kind_alone(word), 1, None

    @staticmethod
    def _month(found: list[Token], at: int, entry: Entry) -> Entry | None:
        """Tell the months from the verbs: "May 5", "5 March", "in May" are dates, "may" and "march" are not."""
        word = found[at][0]
        if word.lower() not in _ALSO_MONTHS:
            return entry if word[:1].isupper() else None
        around = [w for w, _, _ in (*found[max(0, at - 1) : at], *found[at + 1 : at + 2])]
        if word[0].isupper() and any(
            w[:1].isdigit() or w.lower() in ("in", "last", "next", "of", "this") for w in around
        ):
            return Entry((), "month")
        return Entry((), "modal") if word.lower() == "may" else None

    def _settle_names(self, chunks: list[Chunk], shape: list[str], unknown: list[int], heading: bool) -> None:
        """Tell names from words that are capitalised only because a sentence begins, or in a headline."""
        for index in unknown:
            if index and not heading:
                continue
            word = chunks[index].text
            following = chunks[index + 1].text if index + 1 < len(chunks) else ""
            if word.lower() in self._lower or (not index and following[:1].islower() and word.endswith("ing")):
                chunks[index].kind = "word"
                shape[index] = char("word", True)

    def _mark(self, mark: str, start: int, end: int) -> str:
        text = self.text
        if mark in "’'" and text[start - 1 : start] == "s" and text[end : end + 1].isspace():
            return "possessive"
        kind = _MARKS.get(mark, "mark")
        if kind == "hyphen" and text[end : end + 1] in (" ", "\n", ""):
            return "dash"
        if kind == "dash" and start and text[end : end + 1].isalnum() and text[start - 1].isalnum():
            return "hyphen"
        return kind


def _is_initial(near: list[str]) -> bool:
    """Tell "John F. Kennedy" and "H S K Bandara" from "I" and "A": a stop after the letter, or a name."""
    word = near[0]
    if not word[0].isupper() or len(word.rstrip(".")) != 1:
        return False
    return word.endswith(".") or (word != "A" and (len(near) == 1 or near[1][:1].isupper()))


def _is_heading(found: list[Token]) -> bool:
    """Tell whether most words of a line are capitalised, as in headlines."""
    capitals = sum(1 for word, _, _ in found if word[0].isupper())
    if capitals <= 3:
        return False
    small = sum(1 for word, _, _ in found if len(word) > 3 and word[0].islower())
    return small * 4 <= capitals
