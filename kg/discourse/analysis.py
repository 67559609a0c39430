"""An article's sentences as the grammar analyses them, and where in them chunks of each class lie."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from kg.discourse import toponyms
from kg.discourse.owners import Bodies, fallback, listed, of_minister, owner, several
from kg.discourse.people import gather, known_words, name_words
from kg.grammar import acronyms, bodies, dates, fields, instruments, people, places, titles
from kg.grammar.bodies import Body
from kg.grammar.classes import pattern, signs
from kg.grammar.places import HOME
from kg.grammar.titles import Title
from kg.grammar.words import Chunk, Lexer, Line
from kg.lexicons.places import country
from kg.lexicons.places import places as gazetteer
from kg.model import Article
from kg.segment import sentences

_SOUGHT = frozenset({"state", "place", "demonym", "body", "org", "person", "sector", "instrument"})
_HEAD = 8  # lines at the head of an article among which it says who speaks
_SPEECH = re.compile(r"\b(?:speech|remarks|address|statement|opening|keynote|message)\b", re.IGNORECASE)
_PERSONS = signs("person")
_COLON = pattern("colon")
_BY = pattern("by")
_MENTIONS = signs(
    "state place demonym sector body org title person date instrument"
)  # those sought, and what they are part of
_OFTEN = 3  # mentions that make a state one of the two of an article whose headline does not name both
_CLOSED = ("org", "state")  # what they are made of is no mention of its own


class Found(NamedTuple):
    """A chunk where it lies: inside the chunk at `at` of a line, or that chunk itself."""

    line: Line
    at: int
    chunk: Chunk


class Analysis:
    """One article, analysed."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.bodies: dict[str, Body] = {}  # by acronym or short name
        self.lines = self._lines()
        self._found = self._find()
        self.counts = self._count_states()
        self.dateline = self._dateline()  # the code of the place from which the article is dated, or ""
        # The code of the jurisdiction from which the article speaks, or "".
        self.home = home(self._weights(), article.url, self._abroad())
        self._settle_home()
        self._bodies = Bodies()
        self._settle_bodies()
        self.speaker = self._speaker()  # the name of the official who speaks in the first person, or ""

    @cached_property
    def title_end(self) -> int:
        """Where the article's title ends; 0 where it has none."""
        return max((line.end for line in self.lines if line.headline), default=0)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def number_at(self, offset: int) -> int:
        """Return the number of the line in which a place of the text lies; that of the first for what stands before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    @cached_property
    def two_states(self) -> tuple[str, ...]:
        """The two states of an article: those of its headline, or those of which it speaks far more than of others."""
        table = gazetteer()
        named: Counter[str] = Counter()
        for code, n in self.counts.items():
            if table[code].level != "union":
                named[country(code)] += n
        headline = dict.fromkeys(country(c) for line in self.lines[:1] for c in _codes(line) if c in self.counts)
        if len(headline) == 2:
            return tuple(headline)
        most = [*named.most_common(3), ("", 0)]
        if len(most) > 2 and most[1][1] >= _OFTEN and most[2][1] * 2 <= most[1][1]:
            return (most[0][0], most[1][0])
        return ()

    def found(self, *kinds: str) -> Iterator[Found]:
        """Yield the chunks of some classes, class by class, in the order of the text."""
        for kind in kinds:
            yield from self._found.get(kind, ())

    def full(self, body: Body) -> Body:
        """Return the body that an acronym or a short name means in this article."""
        spelt = self.bodies.get(body.name, body)
        return self._bodies.find(spelt) or spelt

    def members(self, body: Body) -> list[Body]:
        """Return the bodies that a mention names: "Ministries of Power and Finance" are two."""
        return [self.full(each) for each in several(body)]

    def _lines(self) -> list[Line]:
        lexer = Lexer(self.text)
        lines = [lexer.line(span.start, span.end) for span in sentences(self.text)]
        for number, line in enumerate(lines):
            line.number = number
        if lines:
            lines[0].headline = lines[0].heading or lines[0].chunks[-1].kind != "stop"
        short = acronyms.spelt_out(lines)
        for line in lines if short else ():
            acronyms.mark(line, short)
        borne = {name for line in lines for name in places.demote(line)}
        if borne:
            for line in lines:
                places.demote_again(line, borne)
        spoken = toponyms.settle(lines, self.text)
        for line in lines:
            bodies.mark(line, self.bodies, spoken)
        for line in lines:
            bodies.mark_known(line, self.bodies, spoken)
            places.mark(line)
            titles.mark(line)
            people.mark_people(line)
        self.people = gather(lines, self.text)
        again = known_words(self.people.all)
        for line in lines:
            if again:
                for person in people.mark_known(line, again):
                    self.people.mention(person, self.text)
            dates.mark(line)
            instruments.mark(line)
            fields.mark(line)
        return lines

    def _speaker(self) -> str:
        """Return whose speech or transcript this is: "Speech by Ms A", "Remarks by Minister A at", "SECRETARY A: Thank you"."""
        for line in self.lines[:_HEAD]:
            for at in line.where(_PERSONS):
                chunk = line.chunks[at]
                if _COLON.match(line.shape, at + 1) or (
                    _BY.search(line.shape, 0, at) and _SPEECH.search(self.text[line.start : chunk.start])
                ):
                    citizen = self.people.find(name_words(chunk.value.name))
                    if citizen is not None and citizen.public:
                        return citizen.name
        return ""

    def _dateline(self) -> str:
        """Return the code of the place from which the article is dated; "" where no dateline tells."""
        return next((code for line in self.lines[:_HEAD] if (code := places.dateline(line))), "")

    def _find(self) -> dict[str, list[Found]]:
        found: dict[str, list[Found]] = defaultdict(list)
        for line in self.lines:
            for at in line.where(_MENTIONS):
                chunk = line.chunks[at]
                for part in with_parts(chunk) if chunk.parts else (chunk,):
                    if part.kind in _SOUGHT:
                        found[part.kind].append(Found(line, at, part))
        return found

    def _count_states(self) -> Counter[str]:
        """Return how often each jurisdiction is named, in the order of the text; a government counts double."""
        named = sorted(self.found("state", "place", "demonym"), key=lambda f: (f.chunk.start, -f.chunk.end))
        counts: Counter[str] = Counter()
        for _, _, chunk in named:
            if chunk.value != HOME:
                counts[str(chunk.value)] += 2 if "overnment" in chunk.text else 1
        return counts

    def _weights(self) -> Counter[str]:
        """Return how much each jurisdiction is spoken of, the country from which the article is dated more than by its name alone."""
        here = country(self.dateline) if self.dateline else ""
        return self.counts + Counter({here: _DATED}) if here in self.counts else self.counts

    def _abroad(self) -> set[str]:
        """Return the countries that the article looks at from outside: "his British counterpart", "the Peruvian ambassador"."""
        titles = [title for _, _, chunk in self.found("person") for title in chunk.value.titles if title.code]
        codes = {country(t.code) for t in titles if t.counterpart or _ENVOY.fullmatch(t.label)}
        others = self._of_others()
        own = {country(code) for code in self.counts} - others
        if others and own:
            codes = others | (codes if own - codes else set())
        for line in self.lines[:_LEAD]:
            named = [t for at in line.where(_HOLDERS) for t in _titles(line.chunks[at])]
            if any(not t.code and not t.body and _LEADERS.search(t.label) for t in named):
                codes |= {country(t.code) for t in named if t.code}  # "Minister meets Peruvian envoy"
        return codes

    def _of_others(self) -> set[str]:
        """Return the countries named with the posts of ministers, where the first minister's post needs none: none of them is its own."""
        held = [[t for t, _ in citizen.titles if _MINISTERIAL.search(t.label)] for citizen in self.people.all]
        held = [titles for titles in held if titles]
        if not held or any(t.code or t.body for t in held[0]):
            return set()
        return {country(t.code) for titles in held for t in titles if t.code}

    def _settle_home(self) -> None:
        """Give "the Government" the jurisdiction from which the article speaks; without one it is no jurisdiction."""
        unsettled = [f for f in self.found("state") if f.chunk.value == HOME]
        for _, _, chunk in unsettled:
            chunk.value = country(self.home) if self.home else HOME
            chunk.kind = "state" if self.home else "government"
        if not self.home:
            self._found["state"] = [f for f in self.found("state") if f.chunk.kind == "state"]

    def _settle_bodies(self) -> None:
        """Give every public body its jurisdiction: from its mention, its sentence, an earlier mention, or the article's own."""
        found = sorted(self.found("body"), key=lambda f: f.chunk.start)
        told = []
        for line, at, chunk in found:
            body = self.bodies.get(chunk.value.name, chunk.value)
            code, sure = owner(line, at, chunk.value if chunk.value.code else body, self.counts)
            told.append((chunk, replace(body, code=code, sure=sure if code else body.sure)))
        for _, body in sorted(told, key=lambda each: -len(each[1].words.split())):  # the fullest names first
            if body.code:
                for each in several(body):
                    self._bodies.add(each)
        titles = [title for citizen in self.people.all for title, _ in citizen.titles]
        for chunk, body in told:
            known = None if body.code else self._bodies.find(body)
            code = (
                body.code
                or (known.code if known else "")
                or listed(body, self.counts)
                or of_minister(body, titles)
                or fallback(body, self.home, self.counts)
            )
            supposed = min(body.sure, _SUPPOSED) or (_SUPPOSED if code else 0.0)
            settled = replace(known or body, code=code, sure=body.sure if body.code else supposed)
            chunk.value = self._bodies.add(settled) if len(several(settled)) == 1 else settled
            for each in several(settled):
                self._bodies.add(each)


def with_parts(chunk: Chunk) -> list[Chunk]:
    """Return a chunk and what it was made of, at any depth; names of organisations and states are not looked into."""
    found = [chunk]
    if chunk.parts and chunk.kind not in _CLOSED:
        for part in chunk.parts:
            found += with_parts(part)
    return found


def _codes(line: Line) -> Iterator[str]:
    for chunk in line.chunks:
        if chunk.kind in ("state", "place", "demonym") and chunk.value != HOME:
            yield str(chunk.value)
        elif chunk.kind in ("person", "title", "body", "org"):
            found = (chunk.value,) if chunk.kind in ("body", "org") else _titles(chunk)
            yield from (t.code for t in found if t.code)


_SUPPOSED = 0.6  # how surely a body is of the state that its mention does not tell
_DATED = 2  # mentions for which the place of a dateline stands
_LEAD = 2  # lines at the head of an article in which posts without a country are those of its own
_LEADERS = re.compile(r"(?i)\b(?:president|prime minister|minister|premier|king|queen)$|^minister (?:of|for) ")
_HOLDERS = signs("person title")


def _titles(chunk: Chunk) -> tuple[Title, ...]:
    """Return the posts of a person, or the post that a title is."""
    return chunk.value.titles if chunk.kind == "person" else (chunk.value,)


_MINISTERIAL = re.compile(r"(?i)minister|secretary|president|premier|chief executive")
_ENVOY = re.compile(r"(?i)ambassador|high commissioner")  # not "ambassador to Peru", who may be the article's own


def home(counts: Counter[str], url: str, abroad: Collection[str] = ()) -> str:
    """Return the code of the jurisdiction from which the article speaks: most named, its web domain breaking ties.

    It is none of those `abroad`, unless there is no other country.
    """
    if not counts:
        return ""
    domain = re.search(r"//[^/]*\.([a-z]{2}|gov|mil)(?:[:/]|$)", url or "")
    suffix = {"uk": "gb", "gov": "us", "mil": "us"}.get(domain[1], domain[1]).upper() if domain else ""
    if suffix in counts:
        return suffix
    within = [code for code in counts if country(code) not in abroad] or list(counts)
    return max(within, key=lambda code: counts[code])
