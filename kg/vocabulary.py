"""The ontology as closed namespaces and small tables: what the code may name, it finds here, or fails.

`KG.party` is an IRI, `KG.partty` an AttributeError. The files in ontology/ are the only source; nothing is generated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.model import Iri
from kg.resources import data_dir

BASE = "https://w3id.org/accordgraph/id/"
PREFIXES = {
    "kg": "https://w3id.org/accordgraph/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dct": "http://purl.org/dc/terms/",
    "schema": "http://schema.org/",
    "sector": f"{BASE}sector/",
    "type": f"{BASE}agreement-type/",
    "status": f"{BASE}status/",
}


class Namespace:
    """The terms of one vocabulary as attributes; AttributeError for a term that it does not have."""

    def __init__(self, base: str, terms: frozenset[str] | None = None) -> None:
        self._base = base
        self._terms = terms

    def _known(self) -> frozenset[str]:
        if self._terms is None:
            size = len(self._base)
            self._terms = frozenset(iri[size:] for iri in _defined() if iri.startswith(self._base))
        return self._terms

    def __getattr__(self, name: str) -> Iri:
        if name.startswith("_") or name not in self._known():
            raise AttributeError(f"{self._base} has no term {name!r}")
        iri = vars(self)[name] = Iri(self._base + name)  # found there from now on
        return iri

    def __iter__(self) -> Iterator[Iri]:
        return (Iri(self._base + name) for name in sorted(self._known()))


def _terms(text: str) -> frozenset[str]:
    return frozenset(text.split())


KG = Namespace(PREFIXES["kg"])
RDF = Namespace(PREFIXES["rdf"], _terms("type subject predicate object Statement"))
RDFS = Namespace(PREFIXES["rdfs"], _terms("label comment domain range subClassOf subPropertyOf seeAlso Class"))
XSD = Namespace(PREFIXES["xsd"], _terms("string boolean integer decimal date gYear gYearMonth"))
OWL = Namespace(PREFIXES["owl"], _terms("Class ObjectProperty DatatypeProperty Ontology sameAs"))
SKOS = Namespace(
    PREFIXES["skos"],
    _terms(
        "Concept ConceptScheme prefLabel altLabel broader notation inScheme definition"
        " exactMatch closeMatch broadMatch narrowMatch relatedMatch"
    ),
)
ORG = Namespace(PREFIXES["org"], _terms("Post holds postIn"))
OA = Namespace(PREFIXES["oa"], _terms("exact start end hasSource"))
DCT = Namespace(PREFIXES["dct"], _terms("identifier title issued publisher creator language description date"))
SSSOM = Namespace(
    "https://w3id.org/sssom/", _terms("NoTermFound NegatedPredicate mapping_justification predicate_modifier")
)
SEMAPV = Namespace("https://w3id.org/semapv/vocab/", _terms("ManualMappingCuration MappingReview"))
SCHEMA = Namespace(PREFIXES["schema"], _terms("url sameAs isicV4"))


@dataclass(frozen=True, slots=True)
class Sector:
    """A concept of the scheme of sectors."""

    iri: Iri
    slug: str
    label: str
    alts: tuple[str, ...]
    hidden: tuple[str, ...]  # labels that name it only where the context says so
    broader: Iri | None
    borderline: bool  # a policy field that careful readers may or may not call a sector
    match: Iri | None = None  # the same concept in Wikidata


class _Graph:
    """Triples by subject and predicate."""

    def __init__(self, triples: tuple[ox.Triple, ...]) -> None:
        self._objects: dict[tuple[str, str], list[str]] = {}
        self._subjects: dict[tuple[str, str], list[str]] = {}
        for triple in triples:
            subject, predicate, object_ = (_value(t) for t in (triple.subject, triple.predicate, triple.object))
            self._objects.setdefault((subject, predicate), []).append(object_)
            self._subjects.setdefault((predicate, object_), []).append(subject)

    def objects(self, subject: str, predicate: str) -> list[str]:
        return sorted(self._objects.get((subject, predicate), []))

    def first(self, subject: str, predicate: str) -> str:
        return next(iter(self.objects(subject, predicate)), "")

    def subjects(self, predicate: str, object_: str) -> list[str]:
        return sorted(self._subjects.get((predicate, object_), []))


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.Triple):
        raise ValueError("the ontology holds no triple terms")
    return term.value


@cache
def _triples(name: str) -> tuple[ox.Triple, ...]:
    path = data_dir("ontology") / name
    return tuple(q.triple for q in ox.parse(path=path, format=ox.RdfFormat.TURTLE))


@cache
def _ontology() -> _Graph:
    return _Graph(_triples("accord.ttl"))


@cache
def _defined() -> frozenset[str]:
    """Return the IRIs that the ontology describes."""
    return frozenset(t.subject.value for t in _triples("accord.ttl") if isinstance(t.subject, ox.NamedNode))


def ontology_quads() -> Iterator[ox.Triple]:
    """Yield the ontology, its concepts, and the scheme of sectors, as triples of the default graph."""
    yield from _triples("accord.ttl")
    yield from _triples("sectors.ttl")


@cache
def agreement_types() -> dict[str, Iri]:
    """Return the types of agreements by notation."""
    return _concepts(KG.AgreementType)


@cache
def statuses() -> dict[str, Iri]:
    """Return the statuses of agreements by notation."""
    return _concepts(KG.AgreementStatus)


def _concepts(kind: Iri) -> dict[str, Iri]:
    graph = _ontology()
    return {graph.first(iri, SKOS.notation): Iri(iri) for iri in graph.subjects(RDF.type, kind)}


@cache
def sectors() -> tuple[Sector, ...]:
    """Return the scheme of sectors, by IRI."""
    graph = _Graph(_triples("sectors.ttl"))
    found = []
    for iri in graph.subjects(RDF.type, KG.IndustrySector):
        hidden = tuple(graph.objects(iri, KG.contextLabel))
        alts = tuple(graph.objects(iri, SKOS.altLabel))
        broader = graph.first(iri, SKOS.broader)
        borderline = graph.first(iri, KG.borderline) == "true"
        match = graph.first(iri, SKOS.exactMatch)
        found.append(
            Sector(
                Iri(iri),
                iri.rsplit("/", 1)[-1],
                graph.first(iri, SKOS.prefLabel),
                alts,
                hidden,
                Iri(broader) if broader else None,
                borderline,
                Iri(match) if match else None,
            )
        )
    return tuple(found)


@cache
def domain_of(predicate: str) -> Iri | None:
    """Return the class whose members a property describes; None where the ontology leaves it open."""
    return Iri(_ontology().first(predicate, RDFS.domain)) or None


@cache
def range_of(predicate: str) -> Iri | None:
    """Return the class or datatype of a property's values; None where the ontology leaves it open."""
    return Iri(_ontology().first(predicate, RDFS.range)) or None


@cache
def superclasses(class_: str) -> frozenset[Iri]:
    """Return a class and all classes above it."""
    found = {Iri(class_)}
    for above in _ontology().objects(class_, RDFS.subClassOf):
        found |= superclasses(above)
    return frozenset(found)


def label(iri: str) -> str:
    """Return the label of a class, a property or a concept; "" where there is none."""
    return _ontology().first(iri, RDFS.label)


def comment(iri: str) -> str:
    """Return what the ontology says of a class or a property; "" where there is nothing."""
    return _ontology().first(iri, RDFS.comment)
