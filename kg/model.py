"""What the stages hand to one another: frozen values, standard library only.

A source holds *pages*; a page parses into a *document*, cleans into an *article*; an engine makes a *reading* of it:
the *things* that it names, each with its *mentions*, and the *claims* that it makes of them, each with its *evidence*.
One *outcome* a page, good or bad, is what extraction yields. Resolution gives every thing an IRI; the graph is written
from outcomes and IRIs.

Offsets count characters (code points), start included, end not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

Iri = NewType("Iri", str)


@dataclass(frozen=True, slots=True)
class Page:
    """One article as it was found, its bytes untouched."""

    id: str  # the file's path below its source, without the suffix; a JSON line's own id replaces it on parsing
    origin: str  # where it lies, for people: "articles/march.jsonl:17"
    media: str  # "text/plain", "text/markdown", "text/html", "application/json", "application/pdf"
    body: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """A page decoded: its metadata, and its text with all that was pasted along."""

    id: str
    text: str
    title: str = ""  # "" where the page gives none apart from its text
    published: str = ""  # ISO date, as precise as given: "2024-09-19", "2024-09", "2024", or ""
    url: str = ""
    publisher: str = ""
    language: str = ""  # BCP 47, where the page says it
    notes: tuple[str, ...] = ()  # what was odd about the page, for the run's summary


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text, or of a document's."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of the document that cleaning left out, and why."""

    start: int  # in the document's full text
    end: int
    reason: str  # the name of the rule that removed it
    text: str = ""  # its words, for `kg explain`


@dataclass(frozen=True, slots=True)
class Article:
    """A document without the page around it. Every offset below is one of `text`."""

    id: str
    text: str  # title first, then the body; what evidence quotes
    title: str
    published: str = ""  # as in Document
    url: str = ""
    publisher: str = ""
    language: str = "en"
    hash: str = ""  # sha256 of `text` in UTF-8, hexadecimal
    runs: tuple[tuple[int, int], ...] = ()  # (offset in text, offset in document.text), one a kept run, ascending
    removed: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article names a thing: article.text[start:end] == text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What one article names, however often: an entity, as far as a single article can tell."""

    key: str  # unique within its reading
    kind: Iri  # a class of the ontology
    name: str  # the fullest form that the article gives, or the canonical one where the lexicon knows it
    mentions: tuple[Mention, ...] = ()
    code: str = ""  # what the lexicons know it by: an ISO 3166 code, a concept of the sector scheme


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of an article, with the words that support it."""

    subject: str  # the key of a thing
    predicate: Iri
    object: str  # the key of a thing, the IRI of a concept, or a literal's text, as the predicate's range says
    score: float  # confidence, 0..1
    evidence: Span
    rule: str = ""  # the name of the rule that read it


@dataclass(frozen=True, slots=True)
class Drop:
    """A candidate that was read and not stated, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine read in one article."""

    things: tuple[Thing, ...] = ()
    claims: tuple[Claim, ...] = ()
    drops: tuple[Drop, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One per page: an article and its reading, or the reason why there is none."""

    id: str
    origin: str
    article: Article | None = None
    reading: Reading | None = None
    error: str = ""
    notes: tuple[str, ...] = ()  # what was odd and did not stop the reading
