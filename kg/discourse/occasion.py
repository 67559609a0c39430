"""Occasions: when and where an agreement was signed, as its sentences and those right before them tell."""

from __future__ import annotations

import re
from datetime import date

from kg.discourse.analysis import Analysis
from kg.discourse.deals import Deal
from kg.grammar import dates
from kg.grammar.classes import pattern, signs
from kg.grammar.frames import IN_PLACE, Frame
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import places
from kg.model import Span

_FRESH = 2  # days for which an article's dateline is where that happened of which it tells
# The day of the article before its first words: "Lima, 14 June (Agency) -", "June 14 (Agency) -" after the place.
_DATED = pattern(
    "(state (comma | stop)?){0,2} own:(date) (lparen ~rparen{1,8} rparen)? (comma | name | caps){0,3} (dash | hyphen | mark)"
)
_MET = 2  # sentences before that of the signing that tell of the same meeting
_MEETING = re.compile(r"\b(?:met|meets|meeting|talks|received|receives|welcomed|hosted|ceremony|summit)\b")
_ACCOUNT = 4  # sentences before that of the signing whose day is still that of the signing
_INSTRUMENT = signs("instrument")
_PLAIN = 1.4  # how plainly a sentence must tell how far things are for its day to be that of the signing
Told = tuple[str, Span]  # an ISO date or the code of a place, and the sentence that tells it


class Occasion:
    """Tells when and where one agreement was signed, or is to be."""

    def __init__(self, analysis: Analysis, deal: Deal, status: str) -> None:
        self.analysis = analysis
        self.deal = deal
        self.status = status

    def day(self) -> Told | None:
        """Return the date, the most precise, of several the first in the text; None where nothing tells."""
        told: list[tuple[bool, int, int, str, Span]] = []
        for frame in self._frames():
            span = frame.line.span
            for chunk in frame.dates[:1]:
                day = dates.resolve(chunk.value, self.analysis.article.published, future=self.status == "planned")
                if day:
                    # The day of signing counts before that on which it entered into force, and both before the article's own.
                    own = _is_own(frame.line, chunk)
                    told.append((own, -len(day) if frame.signing >= 0 else 0, span.start, day, span))
        if told:
            return min(told)[3:]
        if self.deal.year:
            return self.deal.year, self.deal.frames[0].line.span
        return self._told_today() if self.status == "signed" else None

    def place(self, day: Told | None) -> Told | None:
        """Return the code of the place, the first in the text; None where nothing tells. `day` is what `day` returned."""
        told = [(f.line.start, str(chunk.value), f.line.span) for f in self._frames() for chunk in f.places[:1]]
        if self.analysis.dateline:
            here = (f.line for f in self._frames() if f.here and not f.places)
            told += [(line.start, self.analysis.dateline, line.span) for line in here]
        if told:
            return min(told)[1:]
        if self.status != "signed":
            return None
        if day and self._is_news(day[0]) and self._dated_from() == "city":
            return self.analysis.dateline, day[1]
        return self._met_where()

    def _frames(self) -> list[Frame]:
        """Return what was said of the agreement as it now stands, and of its signing."""
        fitting = {self.status, "signed", ""} if self.status else None
        return [
            frame
            for frame in self.deal.frames
            if frame.at < 0 or (frame.weight >= _PLAIN and (fitting is None or frame.status in fitting))
        ]

    def _dated_from(self) -> str:
        """Return the level of the place from which the article is dated."""
        return places()[self.analysis.dateline].level if self.analysis.dateline else ""

    def _is_news(self, day: str) -> bool:
        """Tell whether an article was published on the day of a signing or within the two days after it."""
        published = self.analysis.article.published
        if len(day) < 10 or len(published) < 10:
            return False
        return 0 <= (date.fromisoformat(published[:10]) - date.fromisoformat(day)).days <= _FRESH

    def _signing_line(self) -> int:
        """Return the number of the sentence that tells of the signing; -1 where only a headline does."""
        told = (f.line for f in self.deal.frames if f.weight >= 2 and not f.line.heading and not f.line.headline)
        first = next(told, None)
        return first.number if first is not None else -1

    def _met_where(self) -> Told | None:
        """Return where those met of whom a sentence right before that of the signing tells: "A received B in Bern"."""
        at = self._signing_line()
        for line in reversed(self.analysis.lines[max(0, at - _MET) : max(0, at)]):
            met = _MEETING.search(self.analysis.text, line.start, line.end)
            for found in IN_PLACE.finditer(line.shape) if met else ():
                place = line.chunks[found.start("place")]
                if places()[str(place.value)].level == "city":
                    return str(place.value), line.span
        return None

    def _told_today(self) -> Told | None:
        """Return the day of an account: the last one named before the sentence of the signing, if it is the news of the day."""
        lines = self.analysis.lines
        at = self._signing_line()
        for line in reversed(lines[max(0, at - _ACCOUNT) : max(0, at)]):
            if line.where(_INSTRUMENT) and not any(f.line is line for f in self.deal.frames):
                return None  # the day of another one
            for chunk in reversed(line.chunks):
                if chunk.kind == "date":
                    day = dates.resolve(chunk.value, self.analysis.article.published)
                    return (day, line.span) if self._is_news(day) else None
        return None


def _is_own(line: Line, day: Chunk) -> bool:
    """Tell whether a date is the one from which an article is dated."""
    match = _DATED.match(line.shape)
    return match is not None and line.chunks[match.start("own")] is day
