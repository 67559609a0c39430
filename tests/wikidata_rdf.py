"""An invented dump as the RDF that Wikibase writes, and an endpoint that answers SPARQL over it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

import pyoxigraph as ox

Json = dict[str, Any]

_W = "http://www.wikidata.org/"
_WIKIBASE = "http://wikiba.se/ontology#"
_RDFS, _SKOS, _OWL, _SCHEMA, _XSD = (
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/2002/07/owl#",
    "http://schema.org/",
    "http://www.w3.org/2001/XMLSchema#",
)


def iri(*parts: str) -> ox.NamedNode:
    return ox.NamedNode("".join(parts))


def store(entities: Iterable[Json]) -> ox.Store:
    """Return some entities of a dump as a store."""
    found = ox.Store()
    numbers = count()
    for entity in entities:
        if "redirect" in entity:
            found.add(ox.Quad(item(entity["entity"]), iri(_OWL, "sameAs"), item(entity["redirect"])))
        elif entity["id"].startswith("Q"):
            for subject, predicate, object_ in _triples(entity, numbers):
                found.add(ox.Quad(subject, predicate, object_))
    return found


def item(qid: str) -> ox.NamedNode:
    return iri(_W, "entity/", qid)


Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def _triples(entity: Json, numbers: Iterator[int]) -> Iterator[Triple]:
    subject = item(entity["id"])
    for text in (entity["labels"] or {}).values():
        yield subject, iri(_RDFS, "label"), ox.Literal(text["value"], language=text["language"])
    for texts in (entity["aliases"] or {}).values():
        for text in texts:
            yield subject, iri(_SKOS, "altLabel"), ox.Literal(text["value"], language=text["language"])
    yield subject, iri(_SCHEMA, "version"), ox.Literal(str(entity["lastrevid"]), datatype=iri(_XSD, "integer"))
    yield subject, iri(_SCHEMA, "dateModified"), ox.Literal(entity["modified"], datatype=iri(_XSD, "dateTime"))
    for which, statements in (entity["claims"] or {}).items():
        best = min((s["rank"] for s in statements), key=("preferred", "normal", "deprecated").index)
        for said in statements:
            yield from _statement(subject, which, said, said["rank"] == best != "deprecated", numbers)


def _statement(subject: ox.NamedNode, which: str, said: Json, best: bool, numbers: Iterator[int]) -> Iterator[Triple]:
    if "datavalue" not in said["mainsnak"]:
        return
    node = iri(_W, "entity/statement/", f"s{next(numbers)}")
    yield subject, iri(_W, "prop/", which), node
    yield node, iri(_WIKIBASE, "rank"), iri(_WIKIBASE, said["rank"].title(), "Rank")
    value = said["mainsnak"]["datavalue"]
    yield node, iri(_W, "prop/statement/", which), _term(value)
    if best:
        yield subject, iri(_W, "prop/direct/", which), _term(value)
    yield from _time(node, "prop/statement/value/", which, value, numbers)
    for qualifier, snaks in said.get("qualifiers", {}).items():
        for snak in snaks:
            yield from _time(node, "prop/qualifier/value/", qualifier, snak["datavalue"], numbers)


def _time(subject: ox.NamedNode, space: str, which: str, value: Json, numbers: Iterator[int]) -> Iterator[Triple]:
    if value["type"] == "time":
        node = iri(_W, "value/", f"v{next(numbers)}")
        precision = ox.Literal(str(value["value"]["precision"]), datatype=iri(_XSD, "integer"))
        yield subject, iri(_W, space, which), node
        yield node, iri(_WIKIBASE, "timeValue"), _term(value)
        yield node, iri(_WIKIBASE, "timePrecision"), precision


def _term(value: Json) -> ox.NamedNode | ox.Literal:
    if value["type"] == "wikibase-entityid":
        return item(value["value"]["id"])
    if value["type"] == "time":  # of a year, the RDF has the first day
        text = value["value"]["time"].removeprefix("+").replace("-00", "-01")
        return ox.Literal(text, datatype=iri(_XSD, "dateTime"))
    if value["type"] == "monolingualtext":
        return ox.Literal(value["value"]["text"], language=value["value"]["language"])
    return ox.Literal(value["value"])


class Endpoint:
    """Answers queries, as `wikidata_server.serving` asks of it."""

    def __init__(self, found: ox.Store) -> None:
        self._store = found

    def __call__(self, params: dict[str, str]) -> Json:
        """Return the rows of a query."""
        results = self._store.query(params["query"])
        told: Json = json.loads(results.serialize(format=ox.QueryResultsFormat.JSON))  # type: ignore[union-attr,arg-type]
        return told
