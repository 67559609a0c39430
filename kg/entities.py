"""What the store says of one entity: its facts, who says so, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.vocabulary import DCT, KG, OA, PREFIXES, RDF, RDFS, SCHEMA, SKOS

_ONTOLOGY, _ORG = PREFIXES["kg"], PREFIXES["org"]


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of one article for a statement."""

    article: str  # the article's title
    article_iri: str
    issued: str
    exact: str
    confidence: float


@dataclass(slots=True)
class Statement:
    """A fact about an entity, in either direction, with all that supports it."""

    predicate: str  # the property's label
    value: str  # the other end's label, or the literal
    iri: str  # of the other end, "" for a literal
    inverse: bool
    quotes: list[Quote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of Wikidata that an entity is linked to."""

    iri: str
    confidence: float
    method: str
    date: str
    authors: tuple[str, ...] = ()  # the people who decided it


@dataclass(slots=True)
class Profile:
    """An entity as `kg show` tells it."""

    iri: str
    kind: str
    label: str
    names: tuple[str, ...]
    statements: list[Statement]
    articles: int
    items: tuple[Item, ...] = ()


_SUPPORT = f"""
SELECT ?predicate ?subject ?object ?exact ?confidence ?article ?title ?issued WHERE {{
  VALUES ?entity {{ $ENTITY$ }}
  GRAPH ?article {{
    {{ ?claim <{RDF.subject}> ?entity . BIND(?entity AS ?subject) ?claim <{RDF.object}> ?object . }}
    UNION
    {{ ?claim <{RDF.object}> ?entity . BIND(?entity AS ?object) ?claim <{RDF.subject}> ?subject . }}
    ?claim <{RDF.predicate}> ?predicate ; <{KG.confidence}> ?confidence ; <{KG.evidence}> ?evidence .
    ?evidence <{OA.exact}> ?exact .
    ?article <{DCT.title}> ?title .
    OPTIONAL {{ ?article <{DCT.issued}> ?issued }}
  }}
}} ORDER BY ?predicate ?subject ?object ?article ?exact
"""
# What holds without an article that says it: how a place is part of another; all facts of a store made of facts alone.
_FACTS = f"""
SELECT ?predicate ?subject ?object WHERE {{
  VALUES ?entity {{ $ENTITY$ }}
  {{ ?entity ?predicate ?object . BIND(?entity AS ?subject) }} UNION {{ ?subject ?predicate ?entity . BIND(?entity AS ?object) }}
  FILTER(isIRI(?object) || ?predicate IN (<{KG.signedOn}>, <{KG.legallyBinding}>))
  FILTER(STRSTARTS(STR(?predicate), "{_ONTOLOGY}") || STRSTARTS(STR(?predicate), "{_ORG}"))
}} ORDER BY ?predicate ?subject ?object
"""
_LABEL = (
    f"SELECT ?label WHERE {{ VALUES ?entity {{ $ENTITY$ }} ?entity <{RDFS.label}> ?label }} ORDER BY ?label LIMIT 1"
)
_KINDS = f"SELECT ?kind WHERE {{ VALUES ?entity {{ $ENTITY$ }} ?entity <{RDF.type}> ?kind }} ORDER BY ?kind"
_NAMES = f"""
SELECT DISTINCT ?name WHERE {{
  VALUES ?entity {{ $ENTITY$ }}
  {{ ?entity <{SKOS.altLabel}> ?name }} UNION {{ GRAPH ?article {{ ?entity <{KG.mentionedAs}> ?name }} }}
}} ORDER BY ?name
"""
_ITEMS = f"""
SELECT ?item ?confidence ?method ?date (GROUP_CONCAT(STR(?creator); SEPARATOR="|") AS ?authors) WHERE {{
  VALUES ?entity {{ $ENTITY$ }}
  ?entity <{SCHEMA.sameAs}> ?item
  OPTIONAL {{
    GRAPH ?links {{
      ?link a <{KG.Link}> ; <{RDF.subject}> ?entity ; <{RDF.object}> ?item ;
            <{KG.confidence}> ?confidence ; <{KG.method}> ?method ; <{DCT.date}> ?date
      OPTIONAL {{ ?link <{DCT.creator}> ?creator }}
    }}
  }}
}} GROUP BY ?item ?confidence ?method ?date ORDER BY ?item
"""
_ARTICLES = f"""
SELECT (COUNT(DISTINCT ?article) AS ?n) WHERE {{
  VALUES ?entity {{ $ENTITY$ }} GRAPH ?article {{ ?entity <{KG.mentionedAs}> ?name }}
}}
"""


def _ask(store: ox.Store, query: str, entity: str) -> list[ox.QuerySolution]:
    return list(store.query(query.replace("$ENTITY$", str(ox.NamedNode(entity)))))  # type: ignore[arg-type]


def label_of(store: ox.Store, iri: str) -> str:
    """Return the label of a thing; the tail of its IRI where it has none."""
    for row in _ask(store, _LABEL, iri):
        return str(row["label"].value)
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def profile(store: ox.Store, iri: str) -> Profile:
    """Return what the store says of an entity, every statement with its quotes."""
    kinds = [row["kind"].value for row in _ask(store, _KINDS, iri)]
    kind = next((k for k in kinds if k.startswith(_ONTOLOGY)), kinds[0] if kinds else "")
    label = label_of(store, iri)
    names = tuple(n for n in (row["name"].value for row in _ask(store, _NAMES, iri)) if n != label)
    count = int(_ask(store, _ARTICLES, iri)[0]["n"].value)
    return Profile(
        iri, label_of(store, kind) if kind else "", label, names, _statements(store, iri), count, _items(store, iri)
    )


def _items(store: ox.Store, iri: str) -> tuple[Item, ...]:
    found = []
    for row in _ask(store, _ITEMS, iri):
        told = row["confidence"] is not None  # a store made of facts alone does not tell how a link was made
        score, method, day = (row[name].value if told else "" for name in ("confidence", "method", "date"))
        authors = tuple(sorted(row["authors"].value.split("|"))) if row["authors"] is not None else ()
        found.append(Item(row["item"].value, float(score or 0), method, day, authors))
    return tuple(found)


def _statements(store: ox.Store, iri: str) -> list[Statement]:
    found: dict[tuple[str, str, bool], Statement] = {}
    for row in _ask(store, _SUPPORT, iri):
        issued = row["issued"].value if row["issued"] is not None else ""
        _statement(store, iri, row, found).quotes.append(
            Quote(row["title"].value, row["article"].value, issued, row["exact"].value, float(row["confidence"].value))
        )
    for row in _ask(store, _FACTS, iri):
        _statement(store, iri, row, found)
    return sorted(found.values(), key=lambda s: (s.inverse, s.predicate, s.value, s.iri))


def _statement(
    store: ox.Store, iri: str, row: ox.QuerySolution, found: dict[tuple[str, str, bool], Statement]
) -> Statement:
    """Return the statement that a row is about, made and added to those found where it is new."""
    inverse = row["object"].value == iri
    other = row["subject"] if inverse else row["object"]
    predicate = row["predicate"].value
    key = (predicate, str(other), inverse)
    if key not in found:
        named = isinstance(other, ox.NamedNode)
        value = label_of(store, other.value) if named else other.value
        found[key] = Statement(label_of(store, predicate), value, other.value if named else "", inverse)
    return found[key]
