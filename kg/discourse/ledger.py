"""What an article is found to state: things with their mentions, claims with the words that support them, and drops."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Article, Claim, Drop, Iri, Mention, Reading, Span, Thing
from kg.vocabulary import KG

LONGEST_QUOTE = 400  # characters: evidence is a quotation, not a copy


@dataclass(slots=True)
class _Entry:
    kind: Iri
    name: str
    code: str
    mentions: dict[tuple[int, int], Mention] = field(default_factory=dict)


class Ledger:
    """Collects the things and claims of one article; one claim a statement, the surest."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self._things: dict[str, _Entry] = {}
        self._claims: dict[tuple[str, str, str], Claim] = {}
        self._drops: list[Drop] = []

    def thing(self, key: str, kind: Iri, name: str, code: str = "", at: tuple[int, int] | None = None) -> str:
        """Write down a thing, and where it is named; its fullest name is kept. Returns its key."""
        entry = self._things.get(key)
        if entry is None:
            entry = self._things[key] = _Entry(kind, name, code)
        elif kind != KG.Jurisdiction and not code and len(name) > len(entry.name):
            entry.name = name
        if at is not None and at[0] < at[1]:
            entry.mentions[at] = Mention(at[0], at[1], self.text[at[0] : at[1]])
        return key

    def __contains__(self, key: str) -> bool:
        return key in self._things

    def claim(self, subject: str, predicate: Iri, object_: str, evidence: Span, score: float, rule: str) -> None:
        """Write down a statement, unless it stands there with a higher score."""
        key = (subject, predicate, object_)
        known = self._claims.get(key)
        if known is None or known.score < score:
            self._claims[key] = Claim(subject, predicate, object_, round(score, 2), self._quote(evidence), rule)

    def objects(self, subject: str, predicate: Iri) -> list[str]:
        """Return what is claimed to be the property's values, in the order in which it was claimed."""
        return [o for s, p, o in self._claims if s == subject and p == predicate]

    def only(self, subject: str, predicate: Iri, object_: str) -> None:
        """Strike all other values of a property that has one."""
        for key in [k for k in self._claims if k[:2] == (subject, predicate) and k[2] != object_]:
            del self._claims[key]

    def drop(self, start: int, end: int, reason: str) -> None:
        """Write down what was read and is not stated."""
        self._drops.append(Drop(start, end, reason))

    def reading(self) -> Reading:
        """Return all that was written down."""
        things = (
            Thing(key, e.kind, e.name, tuple(sorted(e.mentions.values(), key=lambda m: m.start)), e.code)
            for key, e in sorted(self._things.items())
        )
        return Reading(tuple(things), tuple(self._claims[k] for k in sorted(self._claims)), tuple(self._drops))

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
