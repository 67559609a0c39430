"""Statements that people found wrong, taken out of what articles say, with all that stood by them alone.

A pure function of an article's reading. What goes with a statement: a post that nobody holds any more; that somebody serves
the body of such a post; an official, an organization or a post of which nothing is left. An agreement without a type
has the general one, which the same words support.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from kg.decisions.contradictions import Overruled, standing
from kg.decisions.model import Decision
from kg.model import Claim, Iri, Reading, Thing
from kg.vocabulary import KG, ORG, RDF, agreement_types

Names = Mapping[str, tuple[str, ...]]  # the IRIs under which a decision may speak of a thing, by its key
_LEFT_ALONE = (KG.Jurisdiction, KG.Ministry, KG.IndustrySector)  # what an article names stands without any statement
_NO_TYPE = (
    "an agreement has a type; if there is no such agreement, write rdf:type as predicate and kg:Agreement as object"
)


class Corrections:
    """Decisions on statements; those that are wrong are taken out."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        by_fact: dict[tuple[str, str, str], list[Decision]] = defaultdict(list)
        for decided in decisions:
            by_fact[(decided.subject, decided.predicate, decided.object)].append(decided)
        self._decisions: dict[tuple[str, str, str], list[Decision]] = {}
        self._met: set[tuple[str, ...]] = set()  # keys of the decisions on what some article states
        self._refused: dict[tuple[str, ...], str] = {}  # and of those that cannot be followed, with why
        self.overruled: list[Overruled] = []
        for fact, some in by_fact.items():
            kept, overruled = standing(some)
            self.overruled.extend(overruled)
            self._decisions[fact] = kept

    def __bool__(self) -> bool:
        return bool(self._decisions)

    def unmet(self) -> Iterator[tuple[Decision, str]]:
        """Yield the decisions that changed nothing, when all articles were corrected, with why."""
        yield from self.overruled
        for decided in (decided for some in self._decisions.values() for decided in some):
            if decided.key in self._refused:
                yield decided, self._refused[decided.key]
            elif decided.key not in self._met:
                yield decided, "no such article states this" if decided.article else "no article states this"

    def corrected(self, article: str, reading: Reading, names: Names) -> Reading:
        """Return a reading without what is wrong in it."""
        gone = {thing.key for thing in reading.things if self._no_thing(article, thing, names)}
        wrong = [claim for claim in reading.claims if self._is_wrong(article, claim, names)]
        if not gone and not wrong:
            return reading
        kept = [c for c in reading.claims if c not in wrong and c.subject not in gone and c.object not in gone]
        kept.extend(self._types(article, reading, kept, gone, names))
        kept = _without_shortcuts(reading.claims, kept)
        kept, orphans = _without_orphans(reading, kept)
        things = tuple(t for t in reading.things if t.key not in gone and t.key not in orphans)
        return replace(reading, things=things, claims=tuple(kept))

    def _no_thing(self, article: str, thing: Thing, names: Names) -> bool:
        return self._decided(article, product(names[thing.key], (RDF.type,), (thing.kind,)))

    def _is_wrong(self, article: str, claim: Claim, names: Names) -> bool:
        objects = names.get(claim.object, (claim.object,))
        return self._decided(article, product(names[claim.subject], (claim.predicate,), objects))

    def _decided(self, article: str, facts: Iterable[tuple[str, str, str]]) -> bool:
        """Tell whether a fact, by one of its names, is wrong in an article; decisions on it have been met then."""
        found = [d for fact in facts for d in self._decisions.get(fact, ()) if d.article in ("", article)]
        self._met.update(decided.key for decided in found)
        return any(decided.kind == "wrong" for decided in found)

    def _types(
        self, article: str, reading: Reading, kept: list[Claim], gone: set[str], names: Names
    ) -> Iterator[Claim]:
        """Yield a type for each agreement that has none left."""
        general = agreement_types()["agreement"]
        typed = {claim.subject for claim in kept if claim.predicate == KG.agreementType}
        for thing in reading.things:
            if thing.kind != KG.Agreement or thing.key in typed or thing.key in gone:
                continue
            before = [c for c in reading.claims if c.subject == thing.key and c.predicate == KG.agreementType]
            for claim in sorted(before, key=lambda c: -c.score)[:1]:
                for name in names[thing.key]:
                    some = self._decisions.get((name, KG.agreementType, general), ())
                    self._refused.update((d.key, _NO_TYPE) for d in some if d.article in ("", article))
                yield replace(claim, object=general)


def _owners(claims: Iterable[Claim]) -> set[tuple[str, str]]:
    """Return who holds a post in what."""
    claims = list(claims)
    bodies: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.predicate == ORG.postIn:
            bodies[claim.subject].add(claim.object)
    return {(c.subject, body) for c in claims if c.predicate == ORG.holds for body in bodies[c.object]}


def _without_shortcuts(before: Iterable[Claim], kept: list[Claim]) -> list[Claim]:
    """Return the claims without that somebody serves what no post of theirs is in any longer."""
    lost = _owners(before) - _owners(kept)
    return [c for c in kept if c.predicate != KG.serves or (c.subject, c.object) not in lost]


def _without_orphans(reading: Reading, kept: list[Claim]) -> tuple[list[Claim], set[str]]:
    """Return the claims without those on posts that nobody holds, and the keys of what nothing is said of any more."""
    held = _ends(reading.claims, ORG.holds)
    alone = {thing.key for thing in reading.things if thing.kind in _LEFT_ALONE}
    empty = held - _ends(kept, ORG.holds)
    kept = [c for c in kept if c.subject not in empty and c.object not in empty]
    return kept, _keys(reading.claims) - _keys(kept) - alone


def _ends(claims: Iterable[Claim], predicate: Iri) -> set[str]:
    return {claim.object for claim in claims if claim.predicate == predicate}


def _keys(claims: Iterable[Claim]) -> set[str]:
    return {key for claim in claims for key in (claim.subject, claim.object)}
