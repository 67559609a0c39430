"""What is asked of a SPARQL endpoint that holds Wikidata, and its answers as entities in the form of a dump.

Plain SPARQL 1.1 over the RDF that Wikibase writes: no label service and no hints, which one endpoint alone knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from kg.link.items import CLASSES, QID

ACCEPT = "application/sparql-results+json"
_ENTITY = "http://www.wikidata.org/entity/"
_PREFIXES = """\
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX psv: <http://www.wikidata.org/prop/statement/value/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX schema: <http://schema.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
"""
_BELOW = "VALUES ?root { $ROOTS } ?item wdt:P31/wdt:P279* ?root ."
# By kind, what its items are; $COUNTRY is an item. Kinds without it are asked for in the whole world at once.
_ITEMS = {
    "ministry": f"{_BELOW} ?item wdt:P17|wdt:P1001 $COUNTRY .",
    "post": f"{_BELOW} ?item wdt:P17|wdt:P1001 $COUNTRY .",
    "jurisdiction": f"{_BELOW} ?item wdt:P17 $COUNTRY .",
    "city": f"{_BELOW} ?item wdt:P17 $COUNTRY .",
    # Former offices, too: those that are not of the best rank have no direct property.
    "official": "?item p:P39/ps:P39 ?post . ?post wdt:P17|wdt:P1001 $COUNTRY .",
    "organization": _BELOW,
    "sector": _BELOW,
    "agreement": f"{_BELOW} ?item wdt:P1891|wdt:P710 $COUNTRY .",
}
KINDS = tuple(_ITEMS)
_MAIN = ("P31", "P279", "P17", "P27", "P39", "P1001", "P1366", "P1448", "P1891", "P710", "P297", "P300")
_DAYS = ("P571", "P576", "P585")
_QUALIFIERS = {"since": "P580", "until": "P582"}
_ABOUT = """\
SELECT ?item ?what ?statement ?value ?precision ?rank ?since ?sinceprecision ?until ?untilprecision WHERE {
  VALUES ?item { $ITEMS }
  { ?item rdfs:label ?value . FILTER(LANG(?value) IN ($LANGUAGES)) BIND("label" AS ?what) }
  UNION { ?item skos:altLabel ?value . FILTER(LANG(?value) IN ($LANGUAGES)) BIND("alias" AS ?what) }
  UNION { ?item schema:version ?value . BIND("revision" AS ?what) }
  UNION { ?item schema:dateModified ?value . BIND("modified" AS ?what) }
  UNION { ?item owl:sameAs ?value . BIND("redirect" AS ?what) }
  UNION {
    VALUES (?what ?claim ?main) { $MAIN }
    ?item ?claim ?statement . ?statement ?main ?value ; wikibase:rank ?rank .
    OPTIONAL { ?statement pqv:P580 ?begin . ?begin wikibase:timeValue ?since ; wikibase:timePrecision ?sinceprecision }
    OPTIONAL { ?statement pqv:P582 ?end . ?end wikibase:timeValue ?until ; wikibase:timePrecision ?untilprecision }
  }
  UNION {
    VALUES (?what ?claim ?main) { $DAYS }
    ?item ?claim ?statement . ?statement ?main ?day ; wikibase:rank ?rank .
    ?day wikibase:timeValue ?value ; wikibase:timePrecision ?precision
  }
}"""
_ABOVE = """\
SELECT DISTINCT ?item ?root WHERE {
  VALUES ?item { $ITEMS }
  VALUES ?root { $ROOTS }
  ?item wdt:P279* ?root
}"""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*")

Row = dict[str, "Term"]
Json = dict[str, Any]


class Term(msgspec.Struct):
    """A term of an answer."""

    type: str
    value: str
    language: str = msgspec.field(name="xml:lang", default="")


class _Rows(msgspec.Struct):
    bindings: list[Row]


class _Results(msgspec.Struct):
    results: _Rows


_DECODE = msgspec.json.Decoder(_Results).decode


def read(body: bytes, headers: Mapping[str, str]) -> list[Row]:
    """Return the rows of an answer; ValueError where it is none, or not whole, as happens with status 200."""
    return _DECODE(body).results.bindings


def items(kind: str, country: str) -> str:
    """Return the query for the items of a kind, of a country where the kind is asked for by country."""
    pattern = _ITEMS[kind].replace("$COUNTRY", f"wd:{country}").replace("$ROOTS", _terms(_roots(kind)))
    return f"{_PREFIXES}SELECT DISTINCT ?item WHERE {{ {pattern} }}"


def by_country(kind: str) -> bool:
    """Tell whether a kind is asked for country by country."""
    return "$COUNTRY" in _ITEMS[kind]


def about(qids: Iterable[str], languages: Iterable[str]) -> str:
    """Return the query for all that an index keeps of some items, with names in some languages, which `is_language` has checked."""
    return (
        (_PREFIXES + _ABOUT)
        .replace("$ITEMS", _terms(qids))
        .replace("$LANGUAGES", ", ".join(f'"{language}"' for language in sorted(languages)))
        .replace("$MAIN", " ".join(f'("{p}" p:{p} ps:{p})' for p in _MAIN))
        .replace("$DAYS", " ".join(f'("{p}" p:{p} psv:{p})' for p in _DAYS))
    )


def is_language(text: str) -> bool:
    """Tell whether this can be the code of a language."""
    return bool(_LANGUAGE.fullmatch(text))


def above(classes: Iterable[str]) -> str:
    """Return the query for those classes of which others are subclasses, as far as their instances are kept."""
    return (_PREFIXES + _ABOVE).replace("$ITEMS", _terms(classes)).replace("$ROOTS", _terms(CLASSES))


def _roots(kind: str) -> list[str]:
    return [class_ for class_, leads_to in CLASSES.items() if leads_to == kind]


def _terms(qids: Iterable[str]) -> str:
    return " ".join(f"wd:{qid}" for qid in qids)


def qid(term: Term | None) -> str:
    """Return the identifier of the item that a term names; "" for none."""
    tail = term.value.removeprefix(_ENTITY) if term is not None and term.type == "uri" else ""
    return tail if QID.fullmatch(tail) else ""


def entities(rows: Iterable[Row]) -> list[Json]:
    """Return what rows tell of items, as a dump has it: one entity each, and one for each that was merged into another."""
    found: dict[str, Json] = {}
    statements: dict[tuple[str, str], Json] = {}
    for row in filter(_whole_row, rows):
        subject, what = qid(row["item"]), row["what"].value
        entity = found.setdefault(subject, {"id": subject, "labels": {}, "aliases": {}, "claims": {}})
        if what.startswith("P"):
            key = (subject, row["statement"].value)
            if key not in statements:
                statements[key] = _statement(what, row)
                entity["claims"].setdefault(what, []).append(statements[key])
        else:
            _add(entity, what, row["value"])
    return [_in_order(entity) for entity in found.values()]


def _whole_row(row: Row) -> bool:
    """Tell whether a row says all that it should; what an endpoint tells beside that is no statement about an item."""
    what = row["what"].value if "what" in row else ""
    needed = {"item", "value"} | ({"statement", "rank"} if what.startswith("P") else set())
    return row.keys() >= needed | ({"precision"} if what in _DAYS else set()) and bool(qid(row["item"]))


def _add(entity: Json, what: str, value: Term) -> None:
    if what == "label":
        entity["labels"][value.language] = {"language": value.language, "value": value.value}
    elif what == "alias":
        entity["aliases"].setdefault(value.language, []).append({"language": value.language, "value": value.value})
    elif what == "redirect":
        entity["redirect"] = qid(value)
    elif what == "modified":
        entity["modified"] = value.value
    elif what == "revision" and value.value.isdecimal():
        entity["lastrevid"] = int(value.value)


def _in_order(entity: Json) -> Json:
    """Return an entity in an order that does not depend on that of the rows."""
    if entity.get("redirect"):
        return {"entity": entity["id"], "redirect": entity["redirect"]}
    for aliases in entity["aliases"].values():
        aliases.sort(key=lambda alias: alias["value"])
    for statements in entity["claims"].values():
        statements.sort(key=lambda statement: str(statement))
    return entity


def _statement(what: str, row: Row) -> Json:
    rank = row["rank"].value.rsplit("#", 1)[-1].removesuffix("Rank").lower()
    said: Json = {"mainsnak": _snak(_value(what, row)), "rank": rank, "qualifiers": {}}
    for name, qualifier in _QUALIFIERS.items():
        if name in row and f"{name}precision" in row:
            said["qualifiers"][qualifier] = [_snak(_time(row[name], row[f"{name}precision"]))]
    return said


def _snak(value: object) -> Json:
    return {"snaktype": "value", "datavalue": {"value": value}}


def _value(what: str, row: Row) -> object:
    value = row["value"]
    if what in _DAYS:
        return _time(value, row["precision"])
    if value.type == "uri":
        return {"id": qid(value)}
    return {"text": value.value, "language": value.language} if value.language else value.value


def _time(value: Term, precision: Term) -> Json:
    sign = "" if value.value.startswith(("-", "+")) else "+"
    return {"time": f"{sign}{value.value}", "precision": int(precision.value) if precision.value.isdecimal() else 0}
