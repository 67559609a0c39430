"""Copies: articles that are the text of another, syndicated, cut or lightly edited, so that they count once as support.

Each article is reduced to a sample of its shingles, runs of five words: those whose hash is divisible by eight. What share of the
samples two articles have in common estimates what share of their texts they do (Broder, "On the resemblance and containment of
documents", 1997). Only originals are kept to compare with, found by the eight smallest hashes of each, so that the work
grows with the number of articles. datasketch would do the same and needs SciPy; rensa has no types.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from typing import NamedTuple
from zlib import crc32

from kg.model import Article

RESEMBLANCE = 0.5  # share of all their shingles that two articles have in common, from which on the later is a copy
CONTAINMENT = 0.8  # share of the shorter one's: what an outlet cut
_RUN = 5  # words of a shingle
_ONE_IN = 8  # shingles are sampled
_FEWEST = 8  # samples, some 65 words: below, only the same words in the same order are a copy
_KEYS = 8  # hashes by which an original is found: of two articles that share half their text, 1 in 250 pairs is missed
_WORD = re.compile(r"\w+")


class _Sketch(NamedTuple):
    published: str
    id: str
    whole: int  # a hash of all words
    samples: array[int]  # ascending


@dataclass(slots=True)
class Copies:
    """Takes in articles one by one, then tells which are copies; the same in any order."""

    _sketches: list[_Sketch] = field(default_factory=list)

    def add(self, article: Article) -> None:
        """Take in an article."""
        words = _WORD.findall(article.text.casefold())
        hashes = (crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1))
        samples = array("I", sorted({h for h in hashes if h % _ONE_IN == 0}))
        self._sketches.append(
            _Sketch(article.published or "9999", article.id, crc32(" ".join(words).encode()), samples)
        )

    def settle(self) -> dict[str, str]:
        """Return the id of the original for each copy: of those that are one text the first by date, then by id."""
        originals: list[_Sketch] = []
        by_whole: dict[tuple[int, int], int] = {}
        by_key: dict[int, int] = {}
        found: dict[str, str] = {}
        for sketch in sorted(self._sketches, key=lambda s: (s.published, s.id)):
            whole = (sketch.whole, len(sketch.samples))
            near = {by_key[h] for h in sketch.samples[:_KEYS] if h in by_key}
            home = by_whole.get(whole, _best(sketch, [(n, originals[n]) for n in sorted(near)]))
            if home is not None:
                found[sketch.id] = originals[home].id
                continue
            by_whole[whole] = len(originals)
            for h in sketch.samples[:_KEYS] if len(sketch.samples) >= _FEWEST else ():
                by_key.setdefault(h, len(originals))
            originals.append(sketch)
        self._sketches = []
        return found


def _best(sketch: _Sketch, originals: list[tuple[int, _Sketch]]) -> int | None:
    """Return the number of the original that an article is most surely a copy of; None where it is none."""
    if len(sketch.samples) < _FEWEST:
        return None
    mine = set(sketch.samples)
    weighed = [(_likeness(mine, set(original.samples)), -number) for number, original in originals]
    likeness, number = max(weighed, default=(0.0, 0))
    return -number if likeness >= 1 else None


def _likeness(one: set[int], other: set[int]) -> float:
    """Return how alike two samples are: 1 and more for copies."""
    shared = len(one & other)
    return max(shared / len(one | other) / RESEMBLANCE, shared / min(len(one), len(other)) / CONTAINMENT)
