"""An article as the engine read it: the text with what was read in it, what was stated and why, what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Article, Claim, Outcome, Reading, Thing


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of an article's text, and the class that was read there ("" for none)."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in words."""

    subject: str
    predicate: str
    object: str
    score: float
    rule: str
    quote: str


def marked(article: Article, reading: Reading) -> Iterator[Marked]:
    """Yield the article's text in stretches; where mentions overlap, the longest counts."""
    spans = sorted(
        ((m.start, m.end, _tail(t.kind)) for t in reading.things for m in t.mentions if _tail(t.kind) != "Post"),
        key=lambda s: (s[0], -s[1], s[2]),
    )
    at = 0
    for start, end, kind in spans:
        if start < at:
            continue
        if start > at:
            yield Marked(article.text[at:start], "")
        yield Marked(article.text[start:end], kind)
        at = end
    if at < len(article.text):
        yield Marked(article.text[at:], "")


def said(article: Article, reading: Reading) -> Iterator[Said]:
    """Yield the claims in words, in the order in which the text supports them."""
    things = {t.key: t for t in reading.things}
    for claim in sorted(reading.claims, key=lambda c: (c.subject, c.evidence.start, c.predicate, c.object)):
        yield Said(
            _name(things, claim.subject),
            _tail(claim.predicate),
            _name(things, claim.object),
            claim.score,
            claim.rule,
            _quote(article, claim),
        )


def dropped(article: Article, reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield (words, why) for what was read and not stated."""
    for drop in sorted(set(reading.drops), key=lambda d: (d.start, d.end, d.reason)):
        yield " ".join(article.text[drop.start : drop.end].split()), drop.reason


def removed(article: Article) -> Iterator[tuple[str, str]]:
    """Yield (words, rule) for what cleaning took out of the page."""
    for removal in article.removed:
        words = " ".join(removal.text.split())
        if words:
            yield words, removal.reason


def complete(outcome: Outcome) -> tuple[Article, Reading]:
    """Return the article and the reading of a good outcome; ValueError for a bad one."""
    if outcome.article is None or outcome.reading is None:
        raise ValueError(f"{outcome.origin} was left out: {outcome.error}")
    return outcome.article, outcome.reading


def _quote(article: Article, claim: Claim) -> str:
    return " ".join(article.text[claim.evidence.start : claim.evidence.end].split())


def _name(things: dict[str, Thing], key: str) -> str:
    return things[key].name if key in things else _tail(key)


def _tail(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
