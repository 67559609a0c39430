"""From articles and their entities: what is known of each entity that may have an item, and the links that this allows.

Decided per entity, over all that the articles say of it. Memory grows with the number of distinct entities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from kg.graph import Link, bounds
from kg.lexicons.places import country, places
from kg.link.decide import Decision, Wanted, decide
from kg.link.items import Index, Office
from kg.link.tiers import Service, decided
from kg.model import Article, Claim, Iri, Reading
from kg.resolve import Entity, Known
from kg.vocabulary import KG, ORG

_KINDS = {
    KG.Ministry: "ministry",
    KG.Organization: "organization",
    KG.Official: "official",
    ORG.Post: "post",
    KG.Agreement: "agreement",
}
_ORDER = (*_KINDS.values(), "city")
_AT_ONCE = 50  # entities decided at once, so that a service can be asked about several
_OTHERWISE = "?"  # the code of an entity that belongs to a city, or to several jurisdictions: none that can be compared


@dataclass(slots=True)
class _Known:
    """What the articles say of one entity."""

    kind: str
    names: tuple[str, ...]
    codes: set[str] = field(default_factory=set)
    first: str = ""
    last: str = ""
    posts: dict[str, tuple[str, str]] = field(default_factory=dict)  # the first and last day on which each was told
    of_place: bool = False  # a post in a jurisdiction itself: its president, not that of one of its bodies
    rejected: frozenset[str] | None = frozenset()  # items that a person has ruled out; None where the item is decided


class Gatherer:
    """Takes in articles one by one; then decides. What it tells depends on the articles alone, not on their order."""

    def __init__(self) -> None:
        self._known: dict[Iri, _Known] = {}

    def add(self, article: Article, reading: Reading, entities: Mapping[str, Entity]) -> None:
        """Take in what one article says of its entities."""
        codes = _codes(reading, entities)
        for key, entity in entities.items():
            kind = _kind(entity)
            if not kind:
                continue
            known = self._known.setdefault(entity.iri, _Known(kind, (entity.label, *entity.alt)))
            known.codes |= codes.get(key, set()) if kind != "city" else {country(entity.code)}
            if entity.kind != KG.Agreement:
                known.first, known.last = _widened(known.first, known.last, article.published)
        for claim in reading.claims:
            if claim.predicate == ORG.holds:
                self._hold(article, claim, entities)
            elif claim.predicate == KG.signedOn:
                known = self._known[entities[claim.subject].iri]
                known.first, known.last = _widened(known.first, known.last, claim.object)
            elif claim.predicate == ORG.postIn and entities[claim.object].kind == KG.Jurisdiction:
                self._known[entities[claim.subject].iri].of_place = True

    def _hold(self, article: Article, claim: Claim, entities: Mapping[str, Entity]) -> None:
        known = self._known.get(entities[claim.subject].iri)
        if known is not None:
            post = entities[claim.object].label
            known.posts[post] = _widened(*known.posts.get(post, ("", "")), article.published)

    def rule_out(self, iri: Iri, items: frozenset[str] | None) -> None:
        """Take in which items an entity is not, as a person decided; None where nothing is left to decide."""
        if iri in self._known:
            self._known[iri].rejected = items

    def __contains__(self, iri: Iri) -> bool:
        """Tell whether an entity is one for which an item is sought."""
        return iri in self._known

    def decisions(self, index: Index, service: Service | None = None) -> Iterator[tuple[Iri, Decision]]:
        """Yield what is to be done with each entity: by kind, so that a service's budget goes to bodies and people first."""
        undecided = (iri for iri, known in self._known.items() if known.rejected is not None)
        order = sorted(undecided, key=lambda iri: (_ORDER.index(self._known[iri].kind), iri))
        wanted = ((iri, _wanted(self._known[iri])) for iri in order)
        comparable = ((iri, one) for iri, one in wanted if one.code != _OTHERWISE)
        while some := dict(islice(comparable, _AT_ONCE)):
            yield from zip(some, decided(list(some.values()), index, service), strict=True)


def _kind(entity: Entity) -> str:
    """Return as what an item is sought for an entity; "" where none is, or where the tables hold it."""
    if entity.kind == KG.Jurisdiction:
        place = places()[entity.code]
        return "city" if place.level == "city" and not place.wikidata else ""
    return _KINDS.get(entity.kind, "")


def link(iri: Iri, decision: Decision, day: str) -> Link | None:
    """Return the link of a decision, as the graph writes it; None where nothing is linked."""
    if decision.verdict != "link" or decision.item is None:
        return None
    item = decision.item
    return Link(iri, item.qid, decision.score, decision.grounds, item.day or day, item.revision)


def knower(index: Index) -> Known:
    """Return what tells resolution the item of a body as of the days on which articles name it; "" where it is not sure."""

    def known(kind: str, name: str, code: str, first: str, last: str) -> str:
        decision = decide(Wanted(kind, (name,), code, False, first, last), index)
        return decision.item.qid if decision.verdict == "link" and decision.item else ""

    return known


def _codes(reading: Reading, entities: Mapping[str, Entity]) -> dict[str, set[str]]:
    """Return the codes of the jurisdictions to which each thing of an article belongs.

    A person belongs to those whom they serve, a post to that of its body, an agreement to those of its parties.
    """
    found: dict[str, set[str]] = {}
    for claim in sorted(reading.claims, key=lambda c: c.predicate != KG.jurisdiction):  # bodies before who serves them
        if claim.predicate in (KG.jurisdiction, KG.serves, ORG.postIn, KG.party):
            code = entities[claim.object].code if entities[claim.object].kind == KG.Jurisdiction else ""
            found.setdefault(claim.subject, set()).update({code} if code else found.get(claim.object, set()))
    return found


def _widened(first: str, last: str, published: str) -> tuple[str, str]:
    if not published:
        return first, last
    begin, end = bounds(published)
    return min(first or begin, begin), max(last or end, end)


def _wanted(known: _Known) -> Wanted:
    rejected = known.rejected or frozenset()
    if known.kind == "agreement":
        parties = tuple(sorted({country(code) for code in known.codes}))
        return Wanted(known.kind, known.names, "", False, known.first, known.last, parties=parties, rejected=rejected)
    code = _code(known)
    offices = tuple(Office("", (post,), *term) for post, term in sorted(known.posts.items()))
    names = (*known.names, *_with_place(known, code))
    return Wanted(known.kind, names, code, False, known.first, known.last, offices, rejected=rejected)


def _with_place(known: _Known, code: str) -> Iterator[str]:
    """Yield what the posts of a jurisdiction are called elsewhere: "President of Brazil" is what an article calls the President."""
    if known.of_place and code in places():
        yield from (f"{name} of {places()[code].label}" for name in known.names)


def _code(known: _Known) -> str:
    """Return the code of an entity's jurisdiction: a person's is a country, a body's what it is a body of."""
    codes = {country(code) for code in known.codes} if known.kind == "official" else known.codes
    if known.kind == "ministry" and any(places()[code].level == "city" for code in codes):
        return _OTHERWISE
    return next(iter(codes)) if len(codes) == 1 else _OTHERWISE if codes else ""
