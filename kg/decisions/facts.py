"""decisions.tsv: which entities are the same, which are not, and which statements are wrong or right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kg.decisions.model import ENTITIES, FACTS, Decision, Problem
from kg.decisions.names import iri, prefixes, short
from kg.decisions.table import Row
from kg.facts import PREDICATES, VALUES
from kg.iris import article_iri
from kg.vocabulary import KG, RDF

FILE = "decisions.tsv"
COLUMNS = ("kind", "subject", "predicate", "object", "article", "author", "date", "comment")
REQUIRED = ("kind", "subject")
TEMPLATE = (
    "# What people decided about the graph; kg build follows it. docs/review.md tells how to write these lines.\n"
    + "\t".join(COLUMNS)
    + "\n"
)
_FOLLOWS = {KG.earliest: "kg:signedOn", KG.latest: "kg:signedOn"}


def decision(row: Row, base: str) -> Decision | Problem:
    """Return what a row decides, or why it decides nothing."""
    known = prefixes(base)
    subject = iri(row["subject"], known)
    what = _objection(row, known)
    if what or subject is None:
        return Problem(row.where, what or f"the subject {row['subject']!r} is no IRI: write id:… or http…")
    predicate = iri(row["predicate"], known) or ""
    return Decision(
        row["kind"],
        subject,
        predicate,
        iri(row["object"], known) or row["object"],
        article(row["article"], base),
        tuple(name.strip() for name in row["author"].split("|") if name.strip()),
        row["date"],
        row["comment"],
        where=row.where,
    )


def article(text: str, base: str) -> str:
    """Return the IRI of an article that a text names by its IRI or its id; "" for none."""
    return (iri(text, prefixes(base)) or article_iri(base, text)) if text else ""


def _objection(row: Row, known: Mapping[str, str]) -> str:
    if row["kind"] not in (*ENTITIES, *FACTS):
        return f"no decision is of the kind {row['kind']!r}; there is: {', '.join((*ENTITIES, *FACTS))}"
    if what := date_objection(row["date"]):
        return what
    if row["kind"] in FACTS:
        return _objection_to_fact(row, known)
    if row["predicate"]:
        return f"{row['kind']} is about entities and has no predicate"
    other = iri(row["object"], known)
    if row["object"] and other is None:
        return f"the object {row['object']!r} is no IRI: write id:… or http…"
    if other is not None and other == iri(row["subject"], known):
        return "subject and object are one entity"
    if row["kind"] == "same":
        return "same needs two entities: subject and object" if other is None or row["article"] else ""
    if bool(row["object"]) == bool(row["article"]):
        return "different needs either another entity as object, or the article that means another one"
    return ""


def _objection_to_fact(row: Row, known: Mapping[str, str]) -> str:
    predicate = iri(row["predicate"], known)
    if predicate in _FOLLOWS:
        return f"{row['predicate']} follows from {_FOLLOWS[predicate]}: decide on that"
    if predicate is None or not (predicate == RDF.type or predicate in PREDICATES):
        return f"articles state nothing with the predicate {row['predicate']!r}; kg show tells what they state"
    literal = predicate in (KG.signedOn, KG.legallyBinding)
    if literal and not VALUES[predicate](row["object"]):
        return f"{row['object']!r} is no value of {row['predicate']}"
    if not literal and iri(row["object"], known) is None:
        return f"the object {row['object']!r} is no IRI: write id:… or http…"
    return ""


def date_objection(text: str) -> str:
    """Return why a text is not the day of a decision; "" where it is, or is empty."""
    if not text:
        return ""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            date.fromisoformat(text)
            return ""
    except ValueError:
        pass
    return f"{text!r} is no day: write it as 2026-11-25"


def cells(decided: Decision, base: str) -> dict[str, str]:
    """Return a decision as the cells of a row."""
    known = prefixes(base)
    return {
        "kind": decided.kind,
        "subject": short(decided.subject, known),
        "predicate": short(decided.predicate, known),
        "object": short(decided.object, known),
        "article": short(decided.article, known),
        "author": "|".join(decided.authors),
        "date": decided.date,
        "comment": decided.comment,
    }
