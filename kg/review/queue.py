"""What needs a decision, most useful first: unlinked entities by how often they are named, unsure facts, pairs of entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.decisions.identities import Identities
from kg.decisions.model import FACTS, LINKS, Decision
from kg.decisions.questions import Unlinked
from kg.entities import label_of
from kg.model import Iri
from kg.query import run
from kg.resolve.grounds import Ground
from kg.resolve.rulings import DECIDED
from kg.vocabulary import KG, RDF, RDFS

UNSURE = 0.7  # facts of which no claim reaches this are asked about
# What a wrong one does most harm to comes first.
_MATTER = (KG.status, KG.party, KG.signatory, KG.signedOn, KG.agreementType, KG.sector, KG.witness, KG.signedAt)

_MENTIONED = f"""
SELECT ?entity (COUNT(DISTINCT ?article) AS ?n) WHERE {{ GRAPH ?article {{ ?entity <{KG.mentionedAs}> ?name }} }} GROUP BY ?entity
"""
_FACTS = f"""
SELECT ?subject ?predicate ?object (MAX(?confidence) AS ?best) (COUNT(DISTINCT ?article) AS ?n) WHERE {{
  GRAPH ?article {{
    ?claim a <{KG.Claim}> ; <{RDF.subject}> ?subject ; <{RDF.predicate}> ?predicate ; <{RDF.object}> ?object ; <{KG.confidence}> ?confidence
  }}
}} GROUP BY ?subject ?predicate ?object HAVING (MAX(?confidence) < {UNSURE})
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of which no article is sure."""

    subject: Iri
    predicate: Iri
    object: str  # an IRI, or the text of a literal
    named: bool  # whether it is an IRI
    score: float
    articles: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that may be one."""

    entity: Iri
    other: Iri
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide."""

    asks: str  # "link", "fact" or "pair"
    entity: Iri
    label: str
    kind: str  # the label of its class
    articles: int  # that name the entity, or state the fact
    about: Unlinked | Fact | Pair


def questions(
    store: ox.Store, unlinked: Iterable[Unlinked], apart: Iterable[Ground], decisions: Iterable[Decision]
) -> list[Question]:
    """Return what is to be decided and not yet decided, most useful first."""
    decided = list(decisions)
    mentioned = {row["entity"].value: int(row["n"].value) for row in _rows(store, _MENTIONED)}
    found: list[Unlinked | Fact | Pair] = [*_links(unlinked, decided), *_facts(store, decided), *_pairs(apart, decided)]
    # An entity that a decision made another one is asked about no more, though the last build's files name it.
    asked = [q for q in (_question(store, about, mentioned) for about in found) if q.kind and _is_there(store, q.about)]
    rank = {"link": 0, "fact": 2, "pair": 3}
    return sorted(asked, key=lambda q: (rank[q.asks] + _unlikely(q), *_use(q), q.entity))


def _rows(store: ox.Store, sparql: str) -> Iterator[ox.QuerySolution]:
    found = run(store, sparql)
    assert isinstance(found, ox.QuerySolutions)
    return found


def _question(store: ox.Store, about: Unlinked | Fact | Pair, mentioned: dict[str, int]) -> Question:
    iri = about.subject if isinstance(about, Fact) else about.entity
    articles = about.articles if isinstance(about, Fact) else mentioned.get(iri, 0)
    asks = "fact" if isinstance(about, Fact) else "link" if isinstance(about, Unlinked) else "pair"
    return Question(asks, iri, label_of(store, iri), class_of(store, iri), articles, about)


def class_of(store: ox.Store, iri: str) -> str:
    """Return the label of an entity's class; "" where it has none."""
    classes = f"SELECT ?label {{ {ox.NamedNode(iri)} a ?class . ?class <{RDFS.label}> ?label }} ORDER BY ?label LIMIT 1"
    return next((str(row["label"].value) for row in _rows(store, classes)), "")


def _is_there(store: ox.Store, about: Unlinked | Fact | Pair) -> bool:
    """Tell whether both of a pair are in the graph."""
    return not isinstance(about, Pair) or bool(class_of(store, about.other))


def _unlikely(question: Question) -> bool:
    """Tell whether an entity has only candidates that are not likely: those are asked after the others."""
    return isinstance(question.about, Unlinked) and not question.about.sure


def _use(question: Question) -> tuple[float, ...]:
    """Return what to order the questions of one kind by."""
    about = question.about
    if isinstance(about, Fact):
        return _MATTER.index(about.predicate), about.score, -about.articles
    return (-question.articles, -about.score) if isinstance(about, Pair) else (-question.articles,)


def _links(left: Iterable[Unlinked], decided: list[Decision]) -> Iterator[Unlinked]:
    """Yield entities whose item is not decided, without the items that are ruled out."""
    identities = Identities(d for d in decided if d.kind in LINKS)
    for unlinked in left:
        choices = tuple(c for c in unlinked.choices if identities.allows(unlinked.entity, c.qid))
        if choices:
            yield replace(unlinked, choices=choices)


def _facts(store: ox.Store, decided: list[Decision]) -> Iterator[Fact]:
    known = {(d.subject, d.predicate, d.object) for d in decided if d.kind in FACTS}
    for row in _rows(store, _FACTS):
        subject, predicate, object_ = (row[name].value for name in ("subject", "predicate", "object"))
        if predicate in _MATTER and (subject, predicate, object_) not in known:
            named = isinstance(row["object"], ox.NamedNode)
            yield Fact(Iri(subject), Iri(predicate), object_, named, float(row["best"].value), int(row["n"].value))


def _pairs(apart: Iterable[Ground], decided: list[Decision]) -> Iterator[Pair]:
    """Yield pairs of entities that are not decided; of several grounds on a pair the likeliest."""
    known = {frozenset((d.subject, d.object)) for d in decided if d.object}
    for ground in apart:
        pair = frozenset((ground.entity, ground.other))
        if pair not in known and not ground.why.startswith(DECIDED):
            known.add(pair)
            yield Pair(ground.entity, ground.other, ground.score, f"{ground.name}: {ground.why}")
