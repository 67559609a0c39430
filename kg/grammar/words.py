"""Sentences as lines of chunks: tokens, with the class that the lexicons give them.

Lexicons are matched token by token, so that "Oman" is not found in "Romania"; the longest phrase wins, then the
lexicon that is read first. What no lexicon knows is told by its shape: a name, capitals, an initial, a number, a word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate, chain, compress
from operator import add
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from kg.grammar.classes import BESIDE, Signs, char, name_of
from kg.grammar.sectors import sector_phrases, sector_variants
from kg.lexicons.places import forms
from kg.model import Span

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
Words = tuple[str, ...]
T = TypeVar("T")
_MARKS = {
    ",": "comma", ".": "stop", "!": "stop", "?": "stop", ":": "colon", ";": "semicolon", "(": "lparen", ")": "rparen", "[": "lparen",
    "]": "rparen", "“": "open", "”": "close", '"': "open", "‘": "open", "’": "close", "'": "close", "–": "dash", "—": "dash",
    "-": "hyphen", "‐": "hyphen", "‑": "hyphen", "/": "slash", "*": "bullet", "•": "bullet", "&": "and",
}  # fmt: skip
_ALSO_MONTHS = {"may", "march", "mar", "sept", "dec", "jan"}  # words that are months only beside a number or "in"
_ELIDED = re.compile(r"[dl]['’][A-ZÀ-Þ]")  # "Colleen d'Entremont"
_ACRONYM = re.compile(r"(?!Ma?c[A-Z])[A-Z][a-z]?[A-Z][A-Za-z]{0,5}$")  # "DoP", "MoFEC"; "McDonald" is a name


class Chunk(Struct, eq=False, gc=False):
    """A token or a phrase of a line: its class, where it lies in the article, and what a rule knows of it."""

    kind: str
    start: int
    end: int
    text: str
    value: Any = None
    parts: Sequence[Chunk] = ()  # the chunks that a rule joined into this one

    def __repr__(self) -> str:
        return f"{self.text}/{self.kind}"


def join(chunks: Iterable[Chunk]) -> str:
    """Return the words of some chunks as one text, with a space wherever something stood between two."""
    out: list[str] = []
    last: int | None = None
    for chunk in chunks:
        if last is not None and chunk.start > last:
            out.append(" ")
        out.append(chunk.text)
        last = chunk.end
    return "".join(out)


@dataclass(slots=True, eq=False)
class Line:
    """A sentence as chunks, and its shape: one character a chunk."""

    text: str  # the article's
    start: int
    end: int
    chunks: list[Chunk]
    shape: str
    heading: bool = False  # most of its words are capitalised, so that case tells little
    headline: bool = False  # the article's title
    number: int = 0  # its place among the article's
    cues: dict[int, dict[str, float]] | None = None  # what speaks for its sectors: see kg/grammar/subjects.py
    seen: set[str] = field(init=False)  # the characters of its shape, and those that it had before something was joined

    def __post_init__(self) -> None:
        self.seen = set(self.shape)

    @property
    def span(self) -> Span:
        """Where in the article it stands."""
        return Span(self.start, self.end)

    def where(self, signs: Signs) -> list[int]:
        """Return the indices of the chunks of some classes."""
        if self.seen.isdisjoint(signs.all):
            return []
        return [match.start() for match in signs.find(self.shape)]

    def has(self, signs: Signs) -> bool:
        """Tell whether there is a chunk of some classes."""
        return not self.seen.isdisjoint(signs.all) and signs.search(self.shape) is not None

    def words(self, chunks: Sequence[Chunk]) -> str:
        """Return the words of adjacent chunks as one text, with one space for each run of blanks between them."""
        if len(chunks) == 1:
            return chunks[0].text
        text = self.text[chunks[0].start : chunks[-1].end] if chunks else ""
        return text if text.isprintable() and "  " not in text else join(chunks)

    def reclass(self, at: int, kind: str) -> None:
        """Give a capitalised chunk another class."""
        self.chunks[at].kind = kind
        self.reshape(at, at + 1, char(kind, True))

    def reshape(self, start: int, end: int, signs: str) -> None:
        """Put other characters into the shape, for chunks that have changed."""
        self.shape = self.shape[:start] + signs + self.shape[end:]
        self.seen.update(signs)

    def show(self) -> str:
        """Return the line for people: each chunk with its class."""
        return " ".join(f"{c.text}/{name_of(s)}" for c, s in zip(self.chunks, self.shape, strict=True))


class Entry(Struct, frozen=True, gc=False):
    """A phrase of a lexicon: the tokens after its first, and its class."""

    rest: tuple[str, ...]
    kind: str
    value: Any = None
    cased: bool = False  # whether it is spelt with its capitals only


class Noun(NamedTuple):
    """What the lexicon knows of a noun for agreements."""

    type: str  # the notation of an agreement type
    vague: bool  # shows no agreement by itself
    capital: bool  # is an ordinary word where it is not capitalised
    anaphor: bool  # only ever takes up an agreement that was named before


Index = dict[str, tuple[Entry, ...]]
Options = Mapping[str, tuple[Entry, ...]]  # phrases that begin with a token, by their second one


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
        entries.append(Entry(rest, "demonym" if demonym else "place", codes[0], cased=True))
    return tuple(sorted(entries, key=lambda e: -len(e.rest)))


def _longest(entries: Iterable[Entry], texts: Words, lowers: Words, at: int) -> Entry | None:
    """Return the first of some phrases that stands at `at`."""
    for entry in entries:
        words = texts if entry.cased else lowers
        if words[at + 1 : at + 1 + len(entry.rest)] == entry.rest:
            return entry
    return None


class _Token(NamedTuple):
    """A token by itself: what it is unless the tokens around it tell otherwise."""

    text: str
    lower: str
    kind: str
    sign: str  # the character of its class
    value: Any
    longer: Options  # phrases by their second token, longest first
    case: str  # of its first letter: "A" for a capital, "a" for a small one of a longer word, else ""
    width: int  # characters from its start to that of the next token


_TOLD_BY_NEIGHBOURS: Options = {"": ()}  # of a token of which `_in_context` tells what it is
_IN_CONTEXT = frozenset("’'‘-–—‐‑")  # marks whose neighbours tell what they are
# Pronouns that are something else in capitals, unless all about them is in capitals: "HE the Minister", "the IT minister".
_SHOUTED = {"HE": "honorific", "IT": "portfolio"}
_KEPT = 50_000  # distinct words remembered: more than a language's common ones, few enough to hold
_LONG = 40  # characters: longer words are not remembered


class Memory(dict[str, T]):
    """What a function says of words, asked once for each."""

    def __init__(self, function: Callable[[str], T]) -> None:
        self._function = function

    def __missing__(self, word: str) -> T:
        value = self._function(word)
        if len(self) < _KEPT and len(word) <= _LONG:
            self[word] = value
        return value


@lru_cache(maxsize=_KEPT)
def _token(word: str, width: int) -> _Token:
    lower = word.lower()
    capital = word[0].isupper() or _ELIDED.match(word) is not None
    case = "A" if capital else "a" if word[0].islower() and len(word) > 3 else ""
    entries = (*(place_phrases(word) if capital else ()), *phrases().get(lower, ()))
    if (
        word in _IN_CONTEXT
        or word in _SHOUTED
        or lower in _ALSO_MONTHS
        or any(e.kind == "month" for e in entries)
        or (capital and len(word.rstrip(".")) == 1)
    ):
        return _Token(word, lower, "", "", None, _TOLD_BY_NEIGHBOURS, case, width)
    longer: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: -len(e.rest)):  # of two as long, the place
        if entry.rest:
            longer[entry.rest[0].lower()].append(entry)
    known = next((e for e in entries if not e.rest), None) or Entry((), _kind_alone(word))
    options = {second: tuple(found) for second, found in longer.items()}
    return _Token(word, lower, known.kind, char(known.kind, capital), known.value, options, case, width)


def _split(word: str) -> tuple[_Token, ...]:
    """Return the tokens of a stretch of text without blanks, which is followed by one blank."""
    found = list(_TOKEN.finditer(word))
    starts = [*(m.start() for m in found[1:]), len(word) + 1]
    return tuple(_token(m.group(), after - m.start()) for m, after in zip(found, starts, strict=True))


_tokens = Memory(_split)  # of a word with the marks around it
_small = Memory(_LOWER.findall)  # the words in lower case in it


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
    if word[0].isupper() or _ELIDED.match(word):
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
        self._lower = frozenset(chain.from_iterable(map(_small.__getitem__, set(text.split()))))

    def line(self, start: int, end: int) -> Line:
        """Return the line of text[start:end]; offsets are those of the article."""
        found = list(chain.from_iterable(map(_tokens.__getitem__, self.text[start:end].split())))
        if not found:
            return Line(self.text, start, end, [], "")
        texts, lowers, kinds, signs, values, longer, cases, widths = zip(*found, strict=True)
        starts = list(accumulate(widths[:-1], initial=start))
        if starts[-1] + len(texts[-1]) != end:  # somewhere there are two blanks
            starts = list(self._starts(texts, start))
        ends = map(add, starts, map(len, texts))
        chunks = list(map(Chunk, kinds, starts, ends, texts, values))
        shape = list(signs)
        for at, entry in reversed(list(self._phrases(texts, lowers, longer, starts))):
            self._join(chunks, shape, at, entry)
        heading = _is_heading("".join(cases))
        self._settle_names(chunks, shape, heading and texts[-1] != ".")
        return Line(self.text, start, end, chunks, "".join(shape), heading)

    def _starts(self, texts: Iterable[str], start: int) -> Iterator[int]:
        """Yield where tokens begin that are in the text from `start` on, with nothing but blanks between them."""
        for text in texts:
            start = self.text.index(text, start)
            yield start
            start += len(text)

    def _phrases(
        self,
        texts: Words,
        lowers: Words,
        longer: Sequence[Options],
        starts: Sequence[int],
    ) -> Iterator[tuple[int, Entry]]:
        """Yield, by the index of its first token, what tokens are that their neighbours tell, or make phrases with."""
        upto = 0
        seconds = (*lowers[1:], "")
        for at in compress(range(len(texts)), longer):
            options, second = longer[at], seconds[at]
            if at < upto or (options is not _TOLD_BY_NEIGHBOURS and second not in options):
                continue
            entry = (
                self._in_context(texts, lowers, at, starts[at])
                if options is _TOLD_BY_NEIGHBOURS
                else _longest(options[second], texts, lowers, at)
            )
            if entry is not None:
                yield at, entry
                upto = at + 1 + len(entry.rest)

    def _join(self, chunks: list[Chunk], shape: list[str], at: int, entry: Entry) -> None:
        """Make one chunk of the tokens of a phrase, of which the first stands at `at`."""
        end = at + 1 + len(entry.rest)
        first, last = chunks[at].start, chunks[end - 1].end
        text = self.text[first:last]
        chunks[at:end] = [Chunk(entry.kind, first, last, text, entry.value)]
        shape[at:end] = char(entry.kind, text[0].isupper())

    def _in_context(self, texts: Words, lowers: Words, at: int, start: int) -> Entry:
        """Return what the token at `at` begins, as its neighbours tell."""
        word, lower = texts[at], lowers[at]
        place = _longest(place_phrases(word), texts, lowers, at) if word[0].isupper() else None
        entry = _longest(phrases().get(lower, ()), texts, lowers, at)
        if word in _SHOUTED and not (entry and entry.rest) and not _is_shouted(texts[at + 1 : at + 2]):
            return Entry((), _SHOUTED[word])
        if entry and (entry.kind == "month" or lower in _ALSO_MONTHS):
            entry = _month(texts, at, entry)
        if place and (not entry or len(entry.rest) <= len(place.rest)):
            return place
        initial = _is_initial(word, texts[at + 1] if at + 1 < len(texts) else None)
        if entry and not (initial and not entry.rest):
            return entry
        if initial:
            return Entry((), "initial")
        return Entry((), self._mark(word, start, start + len(word)) if word in _IN_CONTEXT else _kind_alone(word))

    def _settle_names(self, chunks: list[Chunk], shape: list[str], heading: bool) -> None:
        """Tell names from words that are capitalised only because a sentence begins, or in a headline."""
        for index in range(len(chunks) if heading else 1):
            if shape[index] != _NAME:
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


_NAME = char("name", True)


def _month(texts: Words, at: int, entry: Entry) -> Entry | None:
    """Tell the months from the verbs: "May 5", "5 March", "in May" are dates, "may" and "march" are not."""
    word = texts[at]
    if word.lower() not in _ALSO_MONTHS:
        return entry if word[0].isupper() else None
    around = (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2])
    if word[0].isupper() and any(w[:1].isdigit() or w.lower() in ("in", "last", "next", "of", "this") for w in around):
        return Entry((), "month")
    return Entry((), "modal") if word.lower() == "may" else None


def _is_initial(word: str, after: str | None) -> bool:
    """Tell "John F. Kennedy" and "H S K Bandara" from "I" and "A": a stop after the letter, or a name."""
    if not word[0].isupper() or len(word.rstrip(".")) != 1:
        return False
    return word.endswith(".") or (word != "A" and (after is None or after[0].isupper()))


def _is_heading(cases: str) -> bool:
    """Tell whether most words of a line are capitalised, as in headlines."""
    capitals = cases.count("A")
    return capitals > 3 and cases.count("a") * 4 <= capitals
