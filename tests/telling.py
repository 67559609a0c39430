"""Articles as resolution sees them, told in a line or two: readings made by hand, not by any engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from kg.model import Article, Claim, Iri, Reading, Span, Thing
from kg.resolve import Entity, Known, Resolver
from kg.resolve.bodies import nobody
from kg.resolve.grounds import Ground
from kg.vocabulary import KG, ORG, agreement_types


@dataclass
class Told:
    """One article's reading, as it is put together."""

    id: str
    published: str = "2025-06-13"
    things: dict[str, Thing] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def thing(self, kind: Iri, name: str, code: str = "", key: str = "") -> str:
        """Name a thing; return its key."""
        key = key or f"{kind.rsplit('#', 1)[-1]}:{code or name}"
        self.things.setdefault(key, Thing(key, kind, name, (), code))
        return key

    def claim(self, subject: str, predicate: Iri, object_: str, score: float = 0.9) -> None:
        """State something."""
        self.claims.append(Claim(subject, predicate, object_, score, Span(0, 1)))

    def place(self, code: str) -> str:
        """Name a jurisdiction."""
        return self.thing(KG.Jurisdiction, code, code)

    def body(self, name: str, code: str = "", kind: Iri = KG.Ministry) -> str:
        """Name a body."""
        key = self.thing(kind, name, key=f"{name} {code}")
        if code:
            self.claim(key, KG.jurisdiction, self.place(code))
        return key

    def person(self, name: str, code: str = "", post: str = "", body: str = "", score: float = 0.9) -> str:
        """Name a person who serves a country and holds a post."""
        key = self.thing(KG.Official, name, key=f"official {name} {code} {post}")
        if code:
            self.claim(key, KG.serves, self.place(code), score)
        if body:
            self.claim(key, KG.serves, self.body(body, code))
        if post:
            held = self.thing(ORG.Post, post, key=f"post {post} {code}")
            self.claim(key, ORG.holds, held)
            if code:
                self.claim(held, ORG.postIn, self.place(code), score)
        return key

    def agreement(
        self,
        title: str,
        parties: Iterable[str],
        type: str = "memorandum-of-understanding",
        signed: str = "",
        status: str = "signed",
        sectors: Iterable[str] = (),
        signatories: Iterable[str] = (),
    ) -> str:
        """Name an agreement; parties are keys, or codes of jurisdictions."""
        key = self.thing(KG.Agreement, title, key=f"agreement {next(self._numbers)}")
        self.claim(key, KG.agreementType, agreement_types()[type])
        self.claim(key, KG.status, f"https://w3id.org/accordgraph/id/status/{status}")
        for party in parties:
            self.claim(key, KG.party, party if party in self.things else self.place(party))
        for sector in sectors:
            self.claim(
                key,
                KG.sector,
                self.thing(KG.IndustrySector, sector, f"https://w3id.org/accordgraph/id/sector/{sector}"),
            )
        for signatory in signatories:
            self.claim(key, KG.signatory, signatory)
        if signed:
            self.claim(key, KG.signedOn, signed)
        return key

    def pair(self) -> tuple[Article, Reading]:
        """Return the article and its reading."""
        return Article(self.id, "x", self.id, self.published), Reading(tuple(self.things.values()), tuple(self.claims))


@dataclass
class Resolved:
    """What resolution makes of some articles."""

    found: dict[tuple[str, str], Entity]  # by article and key
    grounds: list[Ground]

    def one(self, *told: tuple[Told, str]) -> bool:
        """Tell whether what some articles name under some keys is one entity."""
        return len({self.found[(article.id, key)].iri for article, key in told}) == 1


def resolved(*articles: Told, known: Known = nobody) -> Resolved:
    """Return what resolution makes of articles, taken in in that order."""
    resolver = Resolver(known=known)
    pairs = [article.pair() for article in articles]
    for article, reading in pairs:
        resolver.add(article, reading)
    grounds = resolver.settle()
    found = {(a.id, key): entity for a, r in pairs for key, entity in resolver.entities(a, r).items()}
    return Resolved(found, grounds)
