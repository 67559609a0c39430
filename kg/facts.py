"""The gate: what an engine claims becomes a fact only if the article's words and the ontology bear it out.

Every engine passes here, the rules as much as a language model: a claim without a quote, about a thing that is not
there, or against the domain and range of its property is dropped, with the reason. So is a thing of a class that the
ontology does not have, or a place or sector that no lexicon knows: the graph could not hold it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from kg.lexicons.places import places
from kg.model import Article, Claim, Drop, Iri, Mention, Reading, Thing
from kg.vocabulary import KG, ORG, agreement_types, domain_of, range_of, sectors, statuses, superclasses

_CLASSES: Final = frozenset(
    {KG.Agreement, KG.Official, KG.Ministry, KG.Jurisdiction, KG.IndustrySector, KG.Organization, ORG.Post}
)
_DATE: Final = re.compile(r"[12]\d{3}(-\d\d(-\d\d)?)?")


@cache
def _concepts() -> frozenset[str]:
    return frozenset(sector.iri for sector in sectors())


def _is_date(text: str) -> bool:
    """Tell whether a text is a day, a month or a year that the calendar has."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


# Properties whose values are no things of the article: what their values can be.
VALUES: Final[Mapping[Iri, Callable[[str], bool]]] = {
    KG.agreementType: lambda iri: iri in agreement_types().values(),
    KG.status: lambda iri: iri in statuses().values(),
    KG.signedOn: _is_date,
    KG.legallyBinding: lambda text: text in ("true", "false"),
}
# What an article can claim: those, and the relations between things.
PREDICATES: Final = frozenset(VALUES) | {
    KG.party, KG.signatory, KG.witness, KG.sector, KG.signedAt, KG.serves, KG.jurisdiction, ORG.holds, ORG.postIn,
}  # fmt: skip


def checked(article: Article, reading: Reading) -> Reading:
    """Return the reading without what does not hold; its drops say what went and why."""
    things: dict[str, Thing] = {}
    kept: list[Claim] = []
    drops = list(reading.drops)
    for thing in reading.things:
        reason = _unfit(thing, things)
        if reason:
            at = thing.mentions[0] if thing.mentions else Mention(0, 0, "")
            drops.append(Drop(at.start, at.end, reason))
        else:
            things[thing.key] = _grounded(article, thing)
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
    if claim.predicate not in PREDICATES:
        return f"no relation of articles is called {_tail(claim.predicate)}"
    if domain is not None and domain not in superclasses(subject.kind):
        return f"{subject.name} is not what {_tail(claim.predicate)} speaks of"
    if not 0 <= claim.score <= 1:
        return f"a confidence of {claim.score} is none"
    return _range_objection(things, claim)


def _range_objection(things: dict[str, Thing], claim: Claim) -> str:
    value = VALUES.get(claim.predicate)
    if value is not None:
        return "" if value(claim.object) else f"{claim.object[:40]!r} is no value of {_tail(claim.predicate)}"
    object_ = things.get(claim.object)
    if object_ is None:
        return f"the claim points to nothing that the article names: {claim.object[:80]}"
    wanted = range_of(claim.predicate)
    if wanted is not None and wanted not in superclasses(object_.kind):
        return f"{object_.name} is not what {_tail(claim.predicate)} points to"
    return ""


def _unfit(thing: Thing, things: Mapping[str, Thing]) -> str:
    """Return why the graph cannot hold a thing; "" where it can."""
    if thing.key in things:
        return f"two things have the key {thing.key}"
    if thing.kind not in _CLASSES:
        return f"the ontology has no class {_tail(thing.kind)} of things that articles name"
    if not thing.name.strip():
        return "a thing without a name"
    if thing.kind == KG.Jurisdiction and thing.code not in places():
        return f"no jurisdiction has the code {thing.code!r}"
    if thing.kind == KG.IndustrySector and thing.code not in _concepts():
        return f"the scheme of sectors has no concept {thing.code!r}"
    return ""


def _tail(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
