"""The gate: what an engine claims becomes a fact only if the article's words and the ontology bear it out.

Every engine passes here, the rules as much as a language model: a claim without a quote, about a thing that is not
there, or against the domain and range of its property is dropped, with the reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.model import Article, Claim, Drop, Mention, Reading, Thing
from kg.vocabulary import XSD, domain_of, range_of, superclasses

_LITERALS: Final = frozenset({XSD.date, XSD.boolean, XSD.gYear, XSD.gYearMonth, XSD.string})


def checked(article: Article, reading: Reading) -> Reading:
    """Return the reading without what does not hold; its drops say what went and why."""
    things = {thing.key: _grounded(article, thing) for thing in reading.things}
    kept: list[Claim] = []
    drops = list(reading.drops)
    for claim in reading.claims:
        reason = _objection(article, things, claim)
        if reason:
            drops.append(Drop(claim.evidence.start, claim.evidence.end, reason))
        else:
            kept.append(claim)
    return replace(reading, things=tuple(things.values()), claims=tuple(kept), drops=tuple(drops))


def _grounded(article: Article, thing: Thing) -> Thing:
    """Return the thing with those mentions that stand where they say they stand."""
    if all(_stands(article, m) for m in thing.mentions):
        return thing
    return replace(thing, mentions=tuple(m for m in thing.mentions if _stands(article, m)))


def _stands(article: Article, mention: Mention) -> bool:
    return 0 <= mention.start < mention.end and article.text[mention.start : mention.end] == mention.text


def _objection(article: Article, things: dict[str, Thing], claim: Claim) -> str:
    """Return why a claim cannot be stated; "" where it can."""
    subject = things.get(claim.subject)
    if subject is None:
        return f"the claim is about nothing that the article names: {claim.subject}"
    if not 0 <= claim.evidence.start < claim.evidence.end <= len(article.text):
        return "the claim quotes nothing"
    if not article.text[claim.evidence.start : claim.evidence.end].strip():
        return "the claim quotes nothing but blanks"
    domain = domain_of(claim.predicate)
    if domain is not None and domain not in superclasses(subject.kind):
        return f"{subject.name} is not what {_tail(claim.predicate)} speaks of"
    return _range_objection(things, claim)


def _range_objection(things: dict[str, Thing], claim: Claim) -> str:
    wanted = range_of(claim.predicate)
    if wanted is None or wanted in _LITERALS or claim.object.startswith(("http://", "https://")):
        return ""
    object_ = things.get(claim.object)
    if object_ is None:
        return (
            ""
            if wanted.startswith("http://www.w3.org/2001/XMLSchema#")
            else f"the claim points to nothing that the article names: {claim.object}"
        )
    if wanted not in superclasses(object_.kind):
        return f"{object_.name} cannot be a {_tail(claim.predicate)}"
    return ""


def _tail(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
