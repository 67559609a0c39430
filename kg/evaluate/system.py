"""What a store says of its articles, in the shape of a gold file: read by SPARQL alone, so that any store will do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from kg.evaluate.gold import CLASSES, LINKS, VALUES, Entities, Entity, Value
from kg.evaluate.naming import same_post
from kg.model import Iri
from kg.vocabulary import DCT, KG, ORG, RDF, RDFS, SKOS

# The property behind each relation of a gold file; a post stands behind org:holds, and is told by its names.
PROPERTIES: Final[dict[str, Iri]] = {
    "serves": KG.serves,
    "jurisdiction": KG.jurisdiction,
    "party": KG.party,
    "signatory": KG.signatory,
    "witness": KG.witness,
    "sector": KG.sector,
    "place": KG.signedAt,
    "kind": KG.agreementType,
    "status": KG.status,
    "date": KG.signedOn,
    "post": ORG.holds,
}
_ARTICLES = f"SELECT ?graph ?id {{ GRAPH ?graph {{ ?article a <{KG.Article}> ; <{DCT.identifier}> ?id }} }}"
_LABELS = f"""
SELECT DISTINCT ?entity ?name {{
  GRAPH ?graph {{ ?entity <{RDFS.label}>|<{SKOS.prefLabel}>|<{SKOS.altLabel}> ?name }}
}}"""
_POSTS = f"""
SELECT DISTINCT ?graph ?entity ?value ?post {{
  GRAPH ?graph {{ ?entity <{ORG.holds}> ?post . ?post <{RDFS.label}>|<{KG.mentionedAs}> ?value }}
}}"""
_CLAIMS = f"""
SELECT DISTINCT ?graph ?claim ?entity ?property ?value ?confidence {{
  GRAPH ?graph {{
    ?claim <{RDF.subject}> ?entity ; <{RDF.predicate}> ?property ; <{RDF.object}> ?value ; <{KG.confidence}> ?confidence .
  }}
}} ORDER BY ?graph ?claim"""


@dataclass(frozen=True, slots=True)
class Sourced:
    """A claim of a store, in the words of a gold file."""

    article: str
    entity: str
    relation: str
    values: tuple[str, ...]  # the value; the names of a post
    confidence: float


@dataclass(slots=True)
class _Draft:
    kind: str
    names: list[str] = field(default_factory=list)
    relations: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def local(iri: str) -> str:
    """Return what stands after the last slash or hash of an IRI."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


class System:
    """The articles of a store as a reader's notes."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._articles = {row["graph"].value: row["id"].value for row in self._rows(_ARTICLES)}

    def _rows(self, query: str) -> Iterator[ox.QuerySolution]:
        yield from self._store.query(query)  # type: ignore[misc]

    def articles(self) -> dict[str, Entities]:
        """Return the entities of every article by the article's id."""
        drafts: dict[str, dict[str, _Draft]] = {graph: {} for graph in self._articles}
        for kind in (*CLASSES, "Organization"):
            self._named(kind, drafts)
        for relation in (*LINKS, *VALUES):
            self._related(relation, drafts)
        self._posts(drafts)
        labels = self._labels()
        return {self._articles[g]: {i: _entity(i, d, labels) for i, d in found.items()} for g, found in drafts.items()}

    def _named(self, kind: str, drafts: dict[str, dict[str, _Draft]]) -> None:
        query = f"""SELECT DISTINCT ?graph ?entity ?name {{
          GRAPH ?graph {{ ?entity a <{getattr(KG, kind)}> . OPTIONAL {{ ?entity <{KG.mentionedAs}> ?name }} }} }}"""
        for row in self._rows(query):
            if row["graph"].value in drafts:
                draft = drafts[row["graph"].value].setdefault(row["entity"].value, _Draft(kind))
                if row["name"] is not None:
                    draft.names.append(row["name"].value)

    def _related(self, relation: str, drafts: dict[str, dict[str, _Draft]]) -> None:
        query = (
            f"SELECT DISTINCT ?graph ?entity ?value {{ GRAPH ?graph {{ ?entity <{PROPERTIES[relation]}> ?value }} }}"
        )
        for row in self._rows(query):
            draft = drafts.get(row["graph"].value, {}).get(row["entity"].value)
            if draft is not None:
                draft.relations[relation].append(_value(relation, row["value"].value))

    def _posts(self, drafts: dict[str, dict[str, _Draft]]) -> None:
        """Add the titles of posts, those that may mean one that was added left out."""
        for row in self._rows(_POSTS):
            draft = drafts.get(row["graph"].value, {}).get(row["entity"].value)
            title = row["value"].value
            if draft is not None and not any(same_post(title, other) for other in draft.relations["post"]):
                draft.relations["post"].append(title)

    def _labels(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(_LABELS):
            found[row["entity"].value].append(row["name"].value)
        return found

    def claims(self) -> Iterator[Sourced]:
        """Yield the claims of relations that a gold file has."""
        relations = {str(iri): relation for relation, iri in PROPERTIES.items()}
        titles: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self._rows(_POSTS):
            titles[row["graph"].value, row["post"].value].append(row["value"].value)
        for row in self._rows(_CLAIMS):
            graph, relation = row["graph"].value, relations.get(row["property"].value)
            if relation is None or graph not in self._articles:
                continue
            value = row["value"].value
            values = titles[graph, value] if relation == "post" else [_value(relation, value)]
            confidence = float(row["confidence"].value)
            yield Sourced(self._articles[graph], row["entity"].value, relation, tuple(values), confidence)


def _value(relation: str, value: str) -> str:
    return local(value) if relation in ("kind", "status") else value


def _entity(iri: str, draft: _Draft, labels: dict[str, list[str]]) -> Entity:
    names = tuple(dict.fromkeys((*draft.names, *labels.get(iri, ())))) or (local(iri),)
    relations = {
        name: tuple(Value(v) for v in (sorted(values)[:1] if name in VALUES else values))
        for name, values in draft.relations.items()
    }
    return Entity(iri, draft.kind, names, relations)
