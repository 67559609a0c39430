"""*.sssom.tsv: which entity is which item of Wikidata, as a mapping set of SSSOM (https://mapping-commons.github.io/sssom/).

A mapping with `predicate_modifier` Not is a rejection; one to `sssom:NoTermFound` says that there is no item. Only what a
person decided counts: a justification of manual curation or of review, or a reviewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from kg.decisions.facts import date_objection
from kg.decisions.model import Decision, Problem
from kg.decisions.names import WIKIDATA, iri, item, short
from kg.decisions.table import Row, Table
from kg.model import Iri
from kg.vocabulary import BASE, OWL, PREFIXES, SCHEMA, SEMAPV, SKOS, SSSOM

FILE = "links.sssom.tsv"
SUFFIX = ".sssom.tsv"
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label",
    "mapping_justification", "author_label", "mapping_date", "confidence", "comment",
)  # fmt: skip
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_BY_PEOPLE = (SEMAPV.ManualMappingCuration, SEMAPV.MappingReview)
_SAME = (SCHEMA.sameAs, OWL.sameAs, SKOS.exactMatch)
# Of concepts, which may be wider or narrower than an item; of individuals only the first.
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_STANDARD = {  # prefixes that every mapping set may use without naming them
    "semapv": "https://w3id.org/semapv/vocab/", "sssom": "https://w3id.org/sssom/",
    "skos": PREFIXES["skos"], "owl": PREFIXES["owl"],
}  # fmt: skip
_BUILT_IN = {"orcid": "https://orcid.org/", **PREFIXES, **_STANDARD}


def template(base: str) -> str:
    """Return the file as it begins, valid by itself."""
    head = {
        "mapping_set_id": f"{base}graph/links",
        "mapping_set_title": "Which entities are which items of Wikidata, as people decided",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "curie_map": {
            "id": base, "sector": f"{BASE}sector/", "wd": WIKIDATA, "orcid": _BUILT_IN["orcid"],
            "schema": PREFIXES["schema"], **_STANDARD,
        },
    }  # fmt: skip
    lines = yaml.safe_dump(head, sort_keys=False, width=1000).splitlines()
    return "".join(f"#{line}\n" for line in lines) + "\t".join(COLUMNS) + "\n"


class Head:
    """What stands before the columns of a mapping set: metadata in YAML, each line after a #."""

    def __init__(self, table: Table) -> None:
        """Read a head; what is wrong with it is added to the problems of its table."""
        self._found: dict[str, Any] = {}
        self.declared: Mapping[str, str] = _BUILT_IN  # prefixes that may be written
        self.prefixes: Mapping[str, str] = _BUILT_IN  # and read
        text = "\n".join(line.removeprefix("#") for line in table.head)
        try:
            found = yaml.load(text, yaml.BaseLoader)  # nothing but text, lists and maps: no dates, no numbers
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or "is not well formed"
            table.problems.append(Problem(table.at(mark.line if mark else 0), f"the head is no YAML: {what}"))
            return
        if found and not isinstance(found, dict):
            table.problems.append(Problem(table.at(0), "the head is no YAML of names and values, as in #license: …"))
            return
        self._found = found or {}
        given = self._found.get("curie_map") or {}
        if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
            table.problems.append(Problem(table.at(0), "curie_map is no map of prefixes and what they stand for"))
            given = {}
        self.declared = {**_STANDARD, **given}
        self.prefixes = {**_BUILT_IN, "wd": WIKIDATA, "wikidata": WIKIDATA, **given}

    def get(self, name: str) -> str:
        """Return what the head says for all mappings that do not say it themselves; "" where it does not."""
        found = self._found.get(name)
        return "|".join(map(str, found)) if isinstance(found, list) else found if isinstance(found, str) else ""


def decision(row: Row, head: Head) -> Decision | Problem | None:
    """Return what a mapping decides, why it decides nothing, or None where it is no person's decision."""
    known = head.prefixes
    justification = iri(row["mapping_justification"], known) or ""
    if not justification.startswith(_STANDARD["semapv"]):
        return Problem(
            row.where, "mapping_justification is none of semapv:…; a person's is semapv:ManualMappingCuration"
        )
    if justification not in _BY_PEOPLE and not (row["reviewer_id"] or row["reviewer_label"]):
        return None
    day = row["mapping_date"] or row["review_date"] or head.get("mapping_date")
    undated = "" if day else "mapping_date is missing; give it here or in the head"
    what = _objection(row, known) or undated or date_objection(day)
    return Problem(row.where, what) if what else _decision(row, head, day)


def _decision(row: Row, head: Head, day: str) -> Decision:
    """Return what a mapping decides to which there is no objection."""
    known = head.prefixes
    predicate, object_ = iri(row["predicate_id"], known) or "", iri(row["object_id"], known) or ""
    none = object_ == SSSOM.NoTermFound
    return Decision(
        "no-item" if none else "not-link" if row["predicate_modifier"] else "link",
        iri(row["subject_id"], known) or Iri(""),
        "" if none or predicate in (SCHEMA.sameAs, SKOS.exactMatch) else predicate,
        "" if none else item(object_),
        authors=_authors(row, head),
        date=day,
        comment=row["comment"],
        score=float(row["confidence"] or 1),
        where=row.where,
    )


def _objection(row: Row, known: Mapping[str, str]) -> str:
    subject, predicate, object_ = (iri(row[name], known) for name in ("subject_id", "predicate_id", "object_id"))
    for name, found in (("subject_id", subject), ("predicate_id", predicate), ("object_id", object_)):
        if found is None:
            return f"{name} {row[name]!r} is no IRI: name its prefix in the curie_map of the head, or write it in full"
    if subject and item(subject):
        return "the subject is an item of Wikidata; the entity is the subject, the item the object"
    if object_ != SSSOM.NoTermFound and not item(object_ or ""):
        return f"object_id {row['object_id']!r} is no item of Wikidata: write wd:Q…, or sssom:NoTermFound for none"
    if predicate not in (*_SAME, *_MATCHES):
        return (
            f"predicate_id {row['predicate_id']!r} links nothing: write schema:sameAs, or for sectors skos:exactMatch"
        )
    if row["predicate_modifier"] not in ("", "Not"):
        return f"predicate_modifier {row['predicate_modifier']!r} is neither empty nor Not"
    if object_ == SSSOM.NoTermFound and row["predicate_modifier"]:
        return "that there is not no item says nothing: take the line out"
    return _objection_to_score(row["confidence"])


def _objection_to_score(text: str) -> str:
    try:
        return "" if 0 <= float(text or 1) <= 1 else f"confidence {text!r} is not between 0 and 1"
    except ValueError:
        return f"confidence {text!r} is no number"


def _authors(row: Row, head: Head) -> tuple[str, ...]:
    """Return who decided: names, or IRIs where only those are given."""
    for source in (row, head):
        for role in ("author", "reviewer", "creator"):
            said = _said(source, f"{role}_label") or _said(source, f"{role}_id")
            if said:
                return tuple(
                    iri(part.strip(), head.prefixes) or part.strip() for part in said.split("|") if part.strip()
                )
    return ()


def _said(source: Row | Head, name: str) -> str:
    return source[name] if isinstance(source, Row) else source.get(name)


def cells(decided: Decision, head: Head) -> dict[str, str]:
    """Return a decision as the cells of a mapping."""
    known = head.declared
    concept = decided.subject.startswith(PREFIXES["sector"])
    return {
        "subject_id": short(decided.subject, known),
        "subject_label": decided.label,
        "predicate_id": short(decided.predicate or (SKOS.exactMatch if concept else SCHEMA.sameAs), known),
        "predicate_modifier": "Not" if decided.kind == "not-link" else "",
        "object_id": short(SSSOM.NoTermFound if decided.kind == "no-item" else WIKIDATA + decided.object, known),
        "object_label": decided.item,
        "mapping_justification": short(SEMAPV.ManualMappingCuration, known),
        "author_label": "|".join(decided.authors),
        "mapping_date": decided.date,
        "confidence": f"{decided.score:g}",
        "comment": decided.comment,
    }
