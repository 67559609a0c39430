"""Answers to readings: of what a model says, only what the article's own words bear out.

A form in which the model says an entity is named must stand in the article; a place or sector must be known to the
lexicons by that form; a quote must stand in the article and name what it is quoted for; a date must be one that the
grammar reads in the quote; who holds no quoted office is no official. What remains still passes kg/facts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import msgspec

from kg.engines.llm.prompt import CLASSES, CONCEPTS, RELATIONS
from kg.errors import ArticleError
from kg.facts import checked
from kg.grammar import dates
from kg.grammar.sectors import Concept, sector_phrases
from kg.grammar.words import Lexer
from kg.lexicons.places import code_of, places
from kg.model import Article, Claim, Drop, Mention, Reading, Span, Thing
from kg.vocabulary import KG, ORG

_LONGEST_QUOTE = 400  # characters: evidence is a quotation, not a copy
_FEWEST_WORDS = 3  # of a quote: a name alone says nothing of it
_LONGEST_NAME = 300
_MOST = 2000  # forms of names, and statements, of one answer: an article of 3 kB has some twenty of each
_SINGLE = frozenset({KG.agreementType, KG.status, KG.signedOn, KG.legallyBinding})  # the surest value alone is stated
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)  # what some servers wrap JSON in


class Said(msgspec.Struct, rename={"class_": "class"}):
    """An entity as the model tells it."""

    id: str
    class_: str
    mentions: list[str]


class Stated(msgspec.Struct):
    """A statement as the model tells it."""

    subject: str
    relation: str
    object: str
    quote: str
    confidence: float


class Answer(msgspec.Struct):
    """What the model was asked for."""

    entities: list[Said]
    statements: list[Stated]


_DECODER = msgspec.json.Decoder(Answer)


def parse(text: str) -> Answer:
    """Return the answer in a model's words; ArticleError where there is none."""
    fenced = _FENCE.fullmatch(text)
    try:
        answer = _DECODER.decode(fenced[1] if fenced else text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ArticleError(f"was not read: the model's answer is not what was asked for ({reason})") from error
    if sum(len(said.mentions) for said in answer.entities) > _MOST or len(answer.statements) > _MOST:
        raise ArticleError("was not read: the model's answer says more than an article can hold")
    return answer


def reading(article: Article, answer: Answer) -> Reading:
    """Return what of an answer the article bears out; its drops say what does not, and why."""
    return _Reader(article).reading(answer)


class _Reader:
    """Holds one answer against one article."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.things: dict[str, Thing] = {}
        self.keys: dict[str, str] = {}  # of things, by the model's ids
        self.stated: dict[tuple[str, str, str], Claim] = {}
        self.claims: list[Claim] = []  # what of them the gate lets through
        self.drops: list[Drop] = []

    def reading(self, answer: Answer) -> Reading:
        for number, said in enumerate(answer.entities):
            self._entity(number, said)
        for stated in answer.statements:
            reason = self._statement(stated)
            if reason:
                self._drop(f"{stated.relation} of {stated.subject}, {stated.quote!r}: {reason}")
        self._pass_gate()
        self._leave_out_idle()
        return Reading(tuple(self.things.values()), tuple(self.claims), tuple(self.drops))

    def _drop(self, reason: str, at: Mention | None = None) -> None:
        words = "".join(c for c in " ".join(reason.split()) if c.isprintable())
        start, end = (at.start, at.end) if at else (0, 0)
        self.drops.append(Drop(start, end, f"the model's {words[:_LONGEST_NAME]}"))

    # --- entities ---

    def _entity(self, number: int, said: Said) -> None:
        kind = CLASSES.get(said.class_)
        mentions = tuple(m for name in dict.fromkeys(said.mentions) for m in self._mentions(name))
        if kind is None or not mentions:
            why = "is of no class of the ontology" if kind is None else "is not named in the article"
            self._drop(f"{said.class_} {', '.join(said.mentions[:3])!r} {why}")
            return
        name = max((m.text for m in mentions), key=len)
        thing = Thing(f"{said.class_.lower()}:{number:04d}", kind, " ".join(name.split()), mentions)
        known = {KG.Jurisdiction: _jurisdiction, KG.IndustrySector: _sector}.get(kind)
        found = known(thing) if known else thing
        if found is None:
            self._drop(f"{said.class_} {name!r} is in no lexicon", mentions[0])
            return
        self._keep(said.id, found)

    def _mentions(self, name: str) -> Iterator[Mention]:
        if not any(c.isalpha() for c in name) or not 2 <= len(name) <= _LONGEST_NAME:
            return
        if name.split()[0] not in self.article.text:  # tells most invented names at a tenth of the cost
            return
        for match in _words(name).finditer(self.article.text):
            yield Mention(match.start(), match.end(), match.group())

    def _keep(self, id_: str, thing: Thing) -> None:
        """Keep a thing under the model's id; two of the same place or sector are one."""
        before = self.things.get(thing.key)
        if before is not None:
            thing = replace(before, mentions=tuple(dict.fromkeys((*before.mentions, *thing.mentions))))
        mentions = tuple(sorted(set(thing.mentions), key=lambda m: (m.start, m.end)))
        self.things[thing.key] = replace(thing, mentions=mentions)
        self.keys.setdefault(id_, thing.key)

    # --- statements ---

    def _statement(self, stated: Stated) -> str:
        """Take in a statement, or return why it does not hold."""
        predicate = RELATIONS.get(stated.relation)
        subject = self.things.get(self.keys.get(stated.subject, ""))
        if predicate is None or subject is None:
            return "no such relation" if predicate is None else "its subject is not in the article"
        quote = self._quote(stated.quote)
        if quote is None:
            return "the article does not say this"
        object_, reason = self._object(stated, quote)
        if not reason and subject.kind != KG.Agreement and not _named(subject, quote):
            reason = "the quote does not name its subject"
        if reason:
            return reason
        score = round(min(1.0, max(0.0, stated.confidence)), 2)
        key = (subject.key, predicate, "" if predicate in _SINGLE else object_)
        if key not in self.stated or self.stated[key].score < score:
            self.stated[key] = Claim(subject.key, predicate, object_, score, quote, "model")
        return ""

    def _quote(self, quote: str) -> Span | None:
        """Return where the article has a quote, word for word; None where it does not, or where it is no quotation."""
        if len(re.findall(r"\w+", quote)) < _FEWEST_WORDS or len(quote) > _LONGEST_QUOTE:
            return None
        match = _words(quote).search(self.article.text)
        return Span(match.start(), match.end()) if match and match.end() - match.start() <= _LONGEST_QUOTE else None

    def _object(self, stated: Stated, quote: Span) -> tuple[str, str]:
        """Return a statement's object as a claim has it, and why it does not hold ("" where it does)."""
        words = self.article.text[quote.start : quote.end]
        if stated.relation in CONCEPTS:
            concept = CONCEPTS[stated.relation]().get(stated.object, "")
            return concept, "" if concept else "it is none of the values"
        if stated.relation == "legallyBinding":
            return stated.object, "" if "binding" in words.lower() else "the quote does not speak of binding"
        if stated.relation == "signedOn":
            return stated.object, "" if self._tells(quote, stated.object) else "the quote does not tell this date"
        thing = self.things.get(self.keys.get(stated.object, ""))
        if thing is None:
            return "", "its object is not in the article"
        return thing.key, "" if _named(thing, quote) else "the quote does not name its object"

    def _tells(self, quote: Span, day: str) -> bool:
        """Tell whether the grammar reads a date in the quote that is this one, or more precise."""
        line = Lexer(self.article.text).line(quote.start, quote.end)
        dates.mark(line)
        told = (
            dates.resolve(chunk.value, self.article.published, future=future)
            for chunk in line.chunks
            if chunk.kind == "date"
            for future in (False, True)
        )
        return any(day in (date, date[: len("2024-09")], date[: len("2024")]) for date in told if date)

    # --- what is left ---

    def _pass_gate(self) -> None:
        """Leave out what does not fit the ontology, before it is asked who holds an office."""
        found = checked(self.article, Reading(tuple(self.things.values()), tuple(self.stated.values())))
        self.things = {thing.key: thing for thing in found.things}
        self.claims = list(found.claims)
        self.drops += found.drops

    def _leave_out_idle(self) -> None:
        """Leave out officials without an office, and posts and organisations of which nothing is said."""
        holders = {c.subject for c in self.claims if c.predicate == ORG.holds}
        for thing in [t for t in self.things.values() if t.kind == KG.Official and t.key not in holders]:
            self._leave_out(thing, "has no public office that the article tells")
        spoken_of = {end for c in self.claims for end in (c.subject, c.object)}
        for thing in [t for t in self.things.values() if t.kind in (ORG.Post, KG.Organization)]:
            if thing.key not in spoken_of:
                self._leave_out(thing, "is spoken of in no statement that holds")

    def _leave_out(self, thing: Thing, reason: str) -> None:
        self._drop(f"{thing.name!r} {reason}", thing.mentions[0])
        del self.things[thing.key]
        self.claims = [claim for claim in self.claims if thing.key not in (claim.subject, claim.object)]


def _words(text: str) -> re.Pattern[str]:
    """Return a pattern for these words, however the lines break between them, and not inside of others."""
    inner = r"\s+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?<!\w){inner}(?!\w)")


def _named(thing: Thing, quote: Span) -> bool:
    return any(quote.start <= m.start and m.end <= quote.end for m in thing.mentions)


def _jurisdiction(thing: Thing) -> Thing | None:
    """Return a jurisdiction with its code and those mentions that the lexicon knows it by; None where it knows none."""
    codes = {m: code_of(m.text.removeprefix("the ").removeprefix("The "), demonyms=True) for m in thing.mentions}
    code = next((c for c in codes.values() if c), None)
    if code is None:
        return None
    mentions = tuple(m for m, c in codes.items() if c == code)
    return replace(thing, key=f"jurisdiction:{code}", name=places()[code].label, code=code, mentions=mentions)


def _sector(thing: Thing) -> Thing | None:
    """Return a sector with its concept: the one that a mention is, or the longest whose label a mention holds."""
    for mention in sorted(thing.mentions, key=lambda m: -len(m.text)):
        concept = _concept(" ".join(mention.text.lower().split()))
        if concept is not None:
            return replace(thing, key=f"sector:{concept.iri}", name=concept.label, code=str(concept.iri))
    return None


def _concept(words: str) -> Concept | None:
    if words in _concepts():
        return _concepts()[words]
    inside = [phrase for phrase in _concepts() if f" {phrase} " in f" {words} "]
    return _concepts()[max(inside, key=len)] if inside else None


@cache
def _concepts() -> dict[str, Concept]:
    """Return the concepts of sectors by their labels, those left out that are ordinary words as well."""
    return {phrase.lower(): concept for phrase, concept in sector_phrases() if not concept.hidden}
