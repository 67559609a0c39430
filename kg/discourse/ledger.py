"""What an article is found to state: things with their mentions, claims with the words that support them, and drops."""

from __future__ import annotations

from operator import itemgetter

from msgspec import Struct, field

from kg.model import Article, Claim, Drop, Iri, Mention, Reading, Span, Thing
from kg.vocabulary import KG

_START = itemgetter(0)
LONGEST_QUOTE = 400  # characters: evidence is a quotation, not a copy


class _Entry(Struct):
    kind: Iri
    name: str
    code: str
    mentions: dict[tuple[int, int], None] = field(default_factory=dict)  # where it is named, in the order of the finds


class Ledger:
    """Collects the things and claims of one article; one claim a statement, the surest."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self._things: dict[str, _Entry] = {}
        self._claims: dict[tuple[str, str, str], Claim] = {}
        self._objects: dict[tuple[str, str], list[str]] = {}
        self._drops: list[Drop] = []

    def thing(self, key: str, kind: Iri, name: str, code: str = "", at: tuple[int, int] | None = None) -> str:
        """Write down a thing, and where it is named; its fullest name is kept. Returns its key."""
        entry = self._things.get(key)
        if entry is None:
            entry = self._things[key] = _Entry(kind, name, code)
        elif kind != KG.Jurisdiction and not code and len(name) > len(entry.name):
            entry.name = name
        if at is not None and at[0] < at[1]:
            entry.mentions[at] = None
        return key

    def __contains__(self, key: str) -> bool:
        return key in self._things

    def claim(self, subject: str, predicate: Iri, object_: str, evidence: Span, score: float, rule: str) -> None:
        """Write down a statement, unless it stands there with a higher score."""
        key = (subject, predicate, object_)
        known = self._claims.get(key)
        if known is None or known.score < score:
            if known is None:
                self._objects.setdefault((subject, predicate), []).append(object_)
            self._claims[key] = Claim(subject, predicate, object_, round(score, 2), self._quote(evidence), rule)

    def objects(self, subject: str, predicate: Iri) -> list[str]:
        """Return what is claimed to be the property's values, in the order in which it was claimed."""
        return self._objects.get((subject, predicate), [])

    def drop(self, start: int, end: int, reason: str) -> None:
        """Write down what was read and is not stated."""
        self._drops.append(Drop(start, end, reason))

    def take(self, reading: Reading, shift: int) -> None:
        """Write down what was read in a part of the text that begins at `shift`; its agreements are others than those before."""
        known = sum(entry.kind == KG.Agreement for entry in self._things.values())
        found = [thing.key for thing in reading.things if thing.kind == KG.Agreement]
        keys = {key: f"agreement:{number:03d}" for number, key in enumerate(found, known)}
        for thing in reading.things:
            key = self.thing(keys.get(thing.key, thing.key), thing.kind, thing.name, thing.code)
            for m in thing.mentions:
                self.thing(key, thing.kind, thing.name, thing.code, (m.start + shift, m.end + shift))
        for claim in reading.claims:
            evidence = Span(claim.evidence.start + shift, claim.evidence.end + shift)
            subject, object_ = keys.get(claim.subject, claim.subject), keys.get(claim.object, claim.object)
            self.claim(subject, claim.predicate, object_, evidence, claim.score, claim.rule)
        for drop in reading.drops:
            self.drop(drop.start + shift, drop.end + shift, drop.reason)

    def reading(self) -> Reading:
        """Return all that was written down."""
        things = (Thing(key, e.kind, e.name, self._mentions(e), e.code) for key, e in sorted(self._things.items()))
        return Reading(tuple(things), tuple(self._claims[k] for k in sorted(self._claims)), tuple(self._drops))

    def _mentions(self, entry: _Entry) -> tuple[Mention, ...]:
        """Return where a thing is named, in the order of the text."""
        return tuple(Mention(start, end, self.text[start:end]) for start, end in sorted(entry.mentions, key=_START))

    def _quote(self, span: Span) -> Span:
        """Return a span short enough to quote, without blanks at its ends."""
        start, end = span.start, span.end
        if end - start > LONGEST_QUOTE:
            end = start + LONGEST_QUOTE
            end = max(self.text.rfind(" ", start, end), start + LONGEST_QUOTE // 2)
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)
