"""The engine that needs nothing: lexicons and a grammar. Deterministic, offline, linear in the length of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from kg.discourse import agreements, bodies, jurisdictions, officials, sectors
from kg.discourse.analysis import Analysis
from kg.discourse.ledger import Ledger
from kg.model import Article, Reading, Span
from kg.resources import digest

LONGEST = (
    50_000  # characters: what is said farther apart than that is hardly said of the same; a few pages of a newspaper
)
# The code on which readings depend.
_READ_BY = ("engines/rules.py", "segment.py", "vocabulary.py", "grammar/*.py", "discourse/*.py")


class Rules:
    """The grammar of kg/grammar and the discourse of kg/discourse, over the lexicons of kg/lexicons and ontology/."""

    @cached_property
    def fingerprint(self) -> str:
        """The digest of all that readings depend on: the grammar, the lexicons, the ontology, the segmenter."""
        return "rules-" + digest(_READ_BY)[:16]

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Yield one reading an article, in the same order."""
        for article in articles:
            yield reading(article)


def reading(article: Article) -> Reading:
    """Return what the grammar reads in one article; a very long one is read in stretches, so that time stays linear."""
    stretches = list(_stretches(article.text))
    if len(stretches) == 1:
        return _ledger(article).reading()
    whole = Ledger(article)
    for span in stretches:
        whole.take(_ledger(replace(article, text=article.text[span.start : span.end])).reading(), span.start)
    return whole.reading()


def _stretches(text: str) -> Iterator[Span]:
    """Yield parts of a text that are at most so long, ending where a line, a sentence or a word ends if one does."""
    start = 0
    while len(text) - start > LONGEST:
        ends = (text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in ("\n", ". ", " "))
        end = next((end + 1 for end in ends if end >= 0), start + LONGEST)
        yield Span(start, end)
        start = end
    yield Span(start, len(text))


def _ledger(article: Article) -> Ledger:
    analysis = Analysis(article)
    ledger = Ledger(article)
    for what in (jurisdictions, bodies, officials, sectors, agreements):
        what.state(analysis, ledger)
    return ledger
