"""The engine that needs nothing: lexicons and a grammar. Deterministic, offline, linear in the length of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from kg.grammar import bodies, dates, instruments, people, places
from kg.grammar.bodies import Body
from kg.grammar.discourse import People, known_words
from kg.grammar.statements import Statements
from kg.grammar.words import LEXICONS, Lexer, Line
from kg.model import Article, Reading, Span
from kg.resources import data_dir
from kg.segment import sentences


class Rules:
    """The grammar of kg/grammar over the lexicons of kg/lexicons and ontology/."""

    @cached_property
    def fingerprint(self) -> str:
        """The digest of all that readings depend on: the grammar, the lexicons, the ontology, the segmenter."""
        package = Path(__file__).resolve().parent.parent
        files = [
            Path(__file__),
            package / "segment.py",
            package / "vocabulary.py",
            *sorted((package / "grammar").glob("*.py")),
            *sorted(LEXICONS.iterdir()),
            *sorted(data_dir("ontology").glob("*.ttl")),
        ]
        digest = sha256()
        for file in files:
            if file.is_file():
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
        return "rules-" + digest.hexdigest()[:16]

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Yield one reading an article, in the same order."""
        for article in articles:
            yield reading(article)


def lines(article: Article) -> tuple[list[Line], People, dict[str, Body]]:
    """Return the sentences of an article as lines with all their chunks, its people, and its bodies by acronym."""
    lexer = Lexer(article.text)
    found = [lexer.line(span.start, span.end) for span in sentences(article.text)]
    known: dict[str, Body] = {}
    for line in found:
        places.demote(line)
        bodies.mark(line, known)
    for line in found:
        bodies.mark_acronyms(line, known)
        places.mark(line)
        people.mark_titles(line)
        people.mark_people(line)
    persons = _people(found, article.text)
    again = known_words(persons.all)
    for line in found:
        if again:
            people.mark_known(line, again)
        dates.mark(line)
        instruments.mark(line)
    return found, persons, known


def _people(found: list[Line], text: str) -> People:
    persons = People()
    for line in found:
        for chunk in line.chunks:
            if chunk.kind == "person":
                persons.add(chunk.value, Span(chunk.start, chunk.end), text)
    return persons


def reading(article: Article) -> Reading:
    """Return what the grammar reads in one article."""
    found, persons, known = lines(article)
    return Statements(article, found, persons, known).reading()
