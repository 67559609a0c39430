"""Outcomes as N-Quads: what each article states in a graph of its own, and every fact once in the default graph.

Text is the fastest way into the store (half a million lines a second), and lines can be compared and sorted: the
writer yields them, terminated, with literals in canonical form, so that what the store gives back is what was written.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.iris import article_iri, claim_iri, evidence_iri, link_iri, rejection_iri
from kg.lexicons.places import CHECKED, places
from kg.model import Article, Claim, Iri, Reading
from kg.resolve import Entity
from kg.vocabulary import BASE, DCT, KG, OA, OWL, RDF, RDFS, SCHEMA, SEMAPV, SKOS, SSSOM, XSD, ontology_quads, sectors

WIKIDATA = "http://www.wikidata.org/entity/"
REVIEW = "review"  # the method of a link that a person made
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSAFE = re.compile(r'["\\\n\r\t]')
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_HTTP = re.compile(r"https?://")
_NOT_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def text(value: str) -> str:
    """Return a plain literal as N-Quads writes it."""
    return '"' + _UNSAFE.sub(lambda m: _ESCAPES[m.group()], value) + '"'


def name(value: str) -> str:
    """Return a name as N-Quads writes it, on one line, however the article breaks it."""
    return text(" ".join(value.split()))


def typed(value: str, datatype: Iri) -> str:
    """Return a typed literal as N-Quads writes it."""
    return f"{text(value)}^^<{datatype}>"


def date_literal(value: str) -> str:
    """Return "2024-09-19", "2024-09" or "2024" as xsd:date, xsd:gYearMonth or xsd:gYear."""
    return typed(value, {10: XSD.date, 7: XSD.gYearMonth, 4: XSD.gYear}[len(value)])


def bounds(value: str) -> tuple[str, str]:
    """Return the first and the last day that a date of any precision may mean.

    >>> bounds("2024-02")
    ('2024-02-01', '2024-02-29')
    """
    if len(value) == 10:
        return value, value
    if len(value) == 7:
        return f"{value}-01", f"{value}-{monthrange(int(value[:4]), int(value[5:]))[1]:02d}"
    return f"{value}-01-01", f"{value}-12-31"


def decimal(score: float) -> str:
    """Return a score as a canonical xsd:decimal: "0.9", "1"."""
    digits = f"{score:.2f}".rstrip("0").rstrip(".")
    return typed(digits or "0", XSD.decimal)


@dataclass(frozen=True, slots=True)
class Link:
    """That an entity is an item of Wikidata."""

    subject: Iri
    item: str  # "Q30"
    score: float  # confidence, 0..1
    method: str  # what speaks for it, in words
    day: str  # as of which the data stand that it was made from; of a person's decision
    revision: int = 0  # of the item's page that was read, 0 for unknown
    authors: tuple[str, ...] = ()  # who decided it, names or IRIs; none where the program did
    predicate: Iri = SCHEMA.sameAs


@dataclass(frozen=True, slots=True)
class Rejection:
    """That an entity is not an item of Wikidata, or is none at all, as a person decided."""

    subject: Iri
    item: str  # "Q30"; "" for all
    day: str
    authors: tuple[str, ...] = ()
    predicate: Iri = SCHEMA.sameAs


class Writer:
    """Writes the lines of a graph; it knows which entities' standing descriptions it has written already."""

    def __init__(self, base: str = BASE, allows: Callable[[str, str], bool] = lambda iri, item: True) -> None:
        """`allows` tells whether an entity may be linked to an item; people may have decided otherwise."""
        self.base = base
        self._allows = allows
        self._described: set[str] = set()
        self._scheme = {sector.iri for sector in sectors()}
        matches = [(sector.iri, sector.match) for sector in sectors() if sector.match]
        self._ruled_out = {  # matches of sectors, as the ontology writes them
            f"<{iri}> <{SKOS.exactMatch}> <{match}>"
            for iri, match in matches
            if not allows(iri, match.removeprefix(WIKIDATA))
        }

    def ontology(self) -> Iterator[str]:
        """Yield the ontology, the sector scheme and the concept schemes, for the default graph."""
        for triple in ontology_quads():
            if str(triple) not in self._ruled_out:
                yield f"{triple} .\n"

    def describes(self, iri: str) -> bool:
        """Tell whether the default graph that was written describes an entity."""
        return iri in self._described or iri in self._scheme

    def article(
        self, article: Article, reading: Reading, entities: dict[str, Entity], *, original: str = ""
    ) -> Iterator[str]:
        """Yield the lines of one article: its named graph, and the same facts for the default graph.

        `original` is the id of the article of which it is a copy.
        """
        graph = article_iri(self.base, article.id)
        for line in self._article(graph, article, original):
            yield f"{line} <{graph}> .\n"
            yield f"{line} .\n"
        for key, entity in entities.items():
            yield from self._entity(graph, entity, {m.text for t in reading.things if t.key == key for m in t.mentions})
        quotes: set[tuple[int, int]] = set()
        for claim in reading.claims:
            yield from self._claim(graph, article, claim, entities, quotes)

    def _article(self, iri: Iri, article: Article, original: str) -> Iterator[str]:
        subject = f"<{iri}>"
        yield f"{subject} <{RDF.type}> <{KG.Article}>"
        yield f"{subject} <{RDFS.label}> {text(article.title or article.id)}"
        yield f"{subject} <{DCT.identifier}> {text(article.id)}"
        yield f"{subject} <{DCT.title}> {text(article.title or article.id)}"
        yield f"{subject} <{DCT.language}> {text(article.language)}"
        yield f"{subject} <{KG.contentHash}> {text(article.hash)}"
        if _DATE.fullmatch(article.published):
            yield f"{subject} <{DCT.issued}> {date_literal(article.published)}"
        if original:
            yield f"{subject} <{KG.copyOf}> <{article_iri(self.base, original)}>"
        if article.publisher:
            yield f"{subject} <{DCT.publisher}> {text(article.publisher)}"
        if _HTTP.match(article.url) and not _NOT_IRI.search(article.url):
            yield f"{subject} <{SCHEMA.url}> <{article.url}>"

    def _entity(self, graph: Iri, entity: Entity, names: set[str]) -> Iterator[str]:
        subject = f"<{entity.iri}>"
        for line in (f"{subject} <{RDF.type}> <{entity.kind}>", f"{subject} <{RDFS.label}> {name(entity.label)}"):
            yield f"{line} <{graph}> .\n"
        for form in sorted(names):
            yield f"{subject} <{KG.mentionedAs}> {name(form)} <{graph}> .\n"
        if entity.iri not in self._described:
            self._described.add(entity.iri)
            yield from self._describe(subject, entity)

    def _describe(self, subject: str, entity: Entity) -> Iterator[str]:
        """Yield what the default graph holds of an entity once, whoever mentions it."""
        if entity.kind == KG.IndustrySector:
            return  # the scheme, which the store holds whole, describes it
        yield f"{subject} <{RDF.type}> <{entity.kind}> .\n"
        yield f"{subject} <{RDFS.label}> {name(entity.label)} .\n"
        for other in entity.alt:
            yield f"{subject} <{SKOS.altLabel}> {name(other)} .\n"
        if entity.kind == KG.Jurisdiction:
            yield from self._jurisdiction(subject, entity.code)

    def _jurisdiction(self, subject: str, code: str) -> Iterator[str]:
        place = places()[code]
        for other in (*place.names, *place.demonyms):
            yield f"{subject} <{SKOS.altLabel}> {text(other)} .\n"
        if place.standard:
            yield f"{subject} <{DCT.identifier}> {text(code)} .\n"
        if place.wikidata and self._allows(subject[1:-1], place.wikidata):
            yield from self.link(Link(Iri(subject[1:-1]), place.wikidata, 1.0, "code", CHECKED))
        if place.parent:
            parent = places()[place.parent]
            iri = Iri(f"{self.base}jurisdiction/{parent.code.lower()}")
            yield f"{subject} <{KG.partOf}> <{iri}> .\n"
            if iri not in self._described:
                self._described.add(iri)
                yield from self._describe(f"<{iri}>", Entity(iri, KG.Jurisdiction, parent.label, code=parent.code))

    def link(self, link: Link) -> Iterator[str]:
        """Yield the lines of a link: as a fact of the default graph, and with how it was made in the graph of links."""
        graph = f"{self.base}graph/links"
        item = f"<{WIKIDATA}{link.item}>"
        # What is the same in the strongest sense is so in the usual one, too, which queries ask for.
        for predicate in (SCHEMA.sameAs, OWL.sameAs) if link.predicate == OWL.sameAs else (link.predicate,):
            fact = f"<{link.subject}> <{predicate}> {item}"
            yield f"{fact} .\n"
            yield f"{fact} <{graph}> .\n"
        iri = link_iri(self.base, link.subject, link.item)
        told = (
            (RDF.type, f"<{KG.Link}>"),
            (RDF.subject, f"<{link.subject}>"),
            (RDF.predicate, f"<{link.predicate}>"),
            (RDF.object, item),
            (KG.confidence, decimal(link.score)),
            (KG.method, text(link.method)),
            (DCT.date, date_literal(link.day)),
            *([(KG.revision, typed(str(link.revision), XSD.integer))] if link.revision else []),
            *_decided(link.authors if link.method == REVIEW else None),
        )
        yield from _lines(iri, told, graph)

    def rejection(self, rejected: Rejection) -> Iterator[str]:
        """Yield the lines by which the graph of links tells what an entity is not."""
        graph = f"{self.base}graph/links"
        told = (
            (RDF.type, f"<{KG.Rejection}>"),
            (RDF.subject, f"<{rejected.subject}>"),
            (RDF.predicate, f"<{rejected.predicate}>"),
            (RDF.object, f"<{WIKIDATA}{rejected.item}>" if rejected.item else f"<{SSSOM.NoTermFound}>"),
            (DCT.date, date_literal(rejected.day)),
            *([(SSSOM.predicate_modifier, f"<{SSSOM.NegatedPredicate}>")] if rejected.item else []),
            *_decided(rejected.authors),
        )
        yield from _lines(rejection_iri(self.base, rejected.subject, rejected.item), told, graph)

    def _claim(
        self, graph: Iri, article: Article, claim: Claim, entities: dict[str, Entity], quotes: set[tuple[int, int]]
    ) -> Iterator[str]:
        subject = entities[claim.subject].iri
        object_ = _object(claim, entities)
        fact = f"<{subject}> <{claim.predicate}> {object_}"
        yield f"{fact} <{graph}> .\n"
        yield f"{fact} .\n"
        if claim.predicate == KG.signedOn:
            for predicate, day in zip((KG.earliest, KG.latest), bounds(claim.object), strict=True):
                yield f"<{subject}> <{predicate}> {typed(day, XSD.date)} <{graph}> .\n"
                yield f"<{subject}> <{predicate}> {typed(day, XSD.date)} .\n"
        iri = claim_iri(self.base, graph, subject, claim.predicate, object_)
        span = (claim.evidence.start, claim.evidence.end)
        evidence = evidence_iri(graph, *span)
        told = (
            (RDF.type, f"<{KG.Claim}>"),
            (RDF.subject, f"<{subject}>"),
            (RDF.predicate, f"<{claim.predicate}>"),
            (RDF.object, object_),
            (KG.confidence, decimal(claim.score)),
            (KG.evidence, f"<{evidence}>"),
        )
        yield from _lines(iri, told, graph)
        if span not in quotes:
            quotes.add(span)
            yield from self._evidence(graph, evidence, article, span)

    def _evidence(self, graph: Iri, iri: Iri, article: Article, span: tuple[int, int]) -> Iterator[str]:
        told = (
            (RDF.type, f"<{KG.Evidence}>"),
            (OA.exact, text(article.text[span[0] : span[1]])),
            (OA.start, typed(str(span[0]), XSD.integer)),
            (OA.end, typed(str(span[1]), XSD.integer)),
            (OA.hasSource, f"<{graph}>"),
        )
        yield from _lines(iri, told, graph)


def _decided(authors: tuple[str, ...] | None) -> Iterator[tuple[str, str]]:
    """Yield what the graph tells of a person's decision: how it came about, and who took it; nothing for None."""
    if authors is None:
        return
    yield SSSOM.mapping_justification, f"<{SEMAPV.ManualMappingCuration}>"
    for author in authors:
        yield DCT.creator, f"<{author}>" if _HTTP.match(author) and not _NOT_IRI.search(author) else name(author)


def _lines(iri: str, told: Iterable[tuple[str, str]], graph: str) -> Iterator[str]:
    """Yield the lines of what a graph tells of one thing: (predicate, value as it is written)."""
    yield from (f"<{iri}> <{predicate}> {value} <{graph}> .\n" for predicate, value in told)


def _object(claim: Claim, entities: dict[str, Entity]) -> str:
    """Return a claim's object as N-Quads writes it."""
    if claim.object in entities:
        return f"<{entities[claim.object].iri}>"
    if claim.predicate == KG.signedOn:
        return date_literal(claim.object)
    if claim.predicate == KG.legallyBinding:
        return typed(claim.object, XSD.boolean)
    return f"<{claim.object}>"
