"""The rules, with the names that a statistical model finds: people, organisations and places that no lexicon has.

Names join the grammar's chunks before the article as a whole is read, so that what is said of them is read by the same
rules: an organisation becomes a party where a sentence makes it one, a person an official where a public office stands
beside the name. What the grammar has recognised stays as it is, and a place needs a code, so it must be in the lexicon.
The model says only what is a name; it states nothing by itself.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import spacy

from kg.discourse import agreements, bodies, jurisdictions, officials, sectors
from kg.discourse.analysis import Analysis
from kg.discourse.ledger import Ledger
from kg.discourse.people import name_words
from kg.engines.rules import Rules
from kg.errors import UsageError
from kg.grammar.bodies import Body
from kg.grammar.people import Person
from kg.grammar.rules import replace
from kg.grammar.titles import Title
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import code_of
from kg.model import Article, Drop, Reading

log = logging.getLogger(__name__)

_KINDS = {"PERSON": "person", "PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place"}
# What a name may be made of: words that no rule has made part of anything.
_OPEN = frozenset(
    "name caps initial word hyphen particle portfolio sector orghead bodyhead place demonym det of and".split()
)
_PROPER = frozenset(("name", "caps"))
_BETWEEN = frozenset(("comma", "honorific", "lparen"))  # between a name and the office beside it
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)


class Name(NamedTuple):
    """A name that the model finds."""

    start: int
    end: int
    kind: str  # person, organisation, place


class Spacy:
    """Any installed spaCy pipeline that finds names, beside the rules; KG_SPACY_MODEL says which."""

    def __init__(self, model: str | None = None) -> None:
        """UsageError where there is no such pipeline, or one that finds no names."""
        self._pipeline = _load(model or os.environ.get("KG_SPACY_MODEL", "") or _installed())

    @cached_property
    def fingerprint(self) -> str:
        """The digest of the rules' own, and of the pipeline: its name, version and files."""
        meta = self._pipeline.meta
        digest = sha256(Rules().fingerprint.encode() + Path(__file__).read_bytes())
        digest.update(f"{version('spacy')} {meta['lang']}_{meta['name']} {meta['version']}".encode())
        folder = self._pipeline.path
        for file in sorted(p for p in folder.rglob("*") if p.is_file()) if folder else ():
            found = file.stat()
            digest.update(f"{file.relative_to(folder)} {found.st_size} {found.st_mtime_ns}".encode())
        return "spacy-" + digest.hexdigest()[:16]

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Yield one reading an article, in the same order."""
        given = list(articles)
        for article, names in zip(given, self._names(given), strict=True):
            yield _reading(article, names)

    def _names(self, articles: list[Article]) -> list[list[Name]]:
        """Return the names in each article; none in one that is too long for the model."""
        texts = ["" if len(a.text) > self._pipeline.max_length else a.text for a in articles]
        for article, text in zip(articles, texts, strict=True):
            if not text:
                log.warning("%s is too long for the statistical model: the rules alone read it", article.id)
        with self._pipeline.memory_zone():  # without, the words of all articles would be kept
            return [
                [Name(e.start_char, e.end_char, _KINDS[e.label_]) for e in doc.ents if e.label_ in _KINDS]
                for doc in self._pipeline.pipe(texts)
            ]


def _installed() -> str:
    """Return the name of the first installed pipeline for English."""
    found = [name for name in sorted(spacy.util.get_installed_models()) if name.startswith(("en_", "xx_"))]
    if not found:
        raise UsageError(
            "engine 'spacy' needs a model: set KG_SPACY_MODEL to the name or folder of a pipeline that finds names "
            "(python -m spacy download en_core_web_sm installs one)"
        )
    return str(found[0])


def _load(name: str) -> Any:
    try:
        pipeline = spacy.load(name)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UsageError(f"KG_SPACY_MODEL: no spaCy pipeline can be loaded from {name!r} ({reason})") from error
    if not any("doc.ents" in pipeline.get_pipe_meta(part).assigns for part in pipeline.pipe_names):
        raise UsageError(f"KG_SPACY_MODEL: the pipeline {name!r} finds no names; give one with a component such as ner")
    return pipeline


def _reading(article: Article, names: Iterable[Name]) -> Reading:
    analysis = _Joined(article, names)
    ledger = Ledger(article)
    for what in (jurisdictions, bodies, officials, sectors, agreements):
        what.state(analysis, ledger)
    for drop in analysis.drops:
        ledger.drop(drop.start, drop.end, drop.reason)
    return ledger.reading()


class _Joined(Analysis):
    """An article as the grammar analyses it, with names from elsewhere."""

    def __init__(self, article: Article, names: Iterable[Name]) -> None:
        self._names = sorted(names)
        self.drops: list[Drop] = []
        super().__init__(article)

    def _lines(self) -> list[Line]:
        lines = super()._lines()
        rest = iter(self._names)
        name = next(rest, None)
        for line in lines:
            while name is not None and name.start < line.end:
                if line.start <= name.start and name.end <= line.end:
                    self._join(line, name)
                name = next(rest, None)
        return lines

    def _join(self, line: Line, name: Name) -> None:
        article = _ARTICLE.match(self.text, name.start, name.end)
        place = _chunks(line, article.end() if article else name.start, name.end)
        if place is None:
            return
        {"person": self._person, "organisation": self._organisation, "place": self._place}[name.kind](line, *place)

    def _organisation(self, line: Line, start: int, end: int) -> None:
        """Make open words an organisation; a lone place, or words without a name among them, are none."""
        chunks = line.chunks[start:end]
        if _all_open(chunks) and any(c.kind in _PROPER for c in chunks):
            replace(line, start, end, "org", Body(line.words(chunks), False))

    def _place(self, line: Line, start: int, end: int) -> None:
        """Make open words the jurisdiction that the lexicon knows by them."""
        chunks = line.chunks[start:end]
        if not _all_open(chunks):
            return
        code = code_of(line.words(chunks))
        if not code:
            self.drops.append(Drop(chunks[0].start, chunks[-1].end, "a place that no lexicon knows"))
        else:
            replace(line, start, end, "state", code)

    def _person(self, line: Line, start: int, end: int) -> None:
        """Make a known person's name the longer one, or open words a person: of an office, or known to have one."""
        chunks = line.chunks[start:end]
        known = [c.value for c in chunks if c.kind == "person"]
        if len(known) > 1 or not _all_open(c for c in chunks if c.kind != "person") or not chunks[0].text[:1].isupper():
            return
        titles = known[0].titles if known else _titles(line, start, end)
        name = line.words(chunks)
        citizen = self.people.find(name_words(name))
        if not known and not titles and (citizen is None or not citizen.public):
            return
        person = Person(name, chunks[0].start, chunks[-1].end, titles, bool(known and known[0].honorific))
        replace(line, start, end, "person", person)
        self.people.add(person, line.span, self.text)


def _chunks(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """Return which chunks make up a stretch of the text; None where it begins or ends inside of one."""
    first = next((i for i, c in enumerate(line.chunks) if c.start == start), None)
    last = next((i for i, c in enumerate(line.chunks) if c.end == end), None)
    return (first, last + 1) if first is not None and last is not None and first <= last else None


def _all_open(chunks: Iterable[Chunk]) -> bool:
    return all(c.kind in _OPEN for c in chunks)


def _titles(line: Line, start: int, end: int) -> tuple[Title, ...]:
    """Return the office right before a name, or right after it."""
    before = start - 1
    while before >= 0 and line.chunks[before].kind in _BETWEEN:
        before -= 1
    after = end
    while after < len(line.chunks) and line.chunks[after].kind in (*_BETWEEN, "det"):
        after += 1
    beside = [line.chunks[before]] if before >= 0 else []
    beside += line.chunks[after : after + 1] if after > end else []
    return tuple(c.value for c in beside if c.kind == "title")[:1]
