"""Copies: which articles are the text of another."""

from __future__ import annotations

import random
import time
from itertools import permutations

import pytest

from kg.copies import Copies
from kg.model import Article

_WORDS = [a + b for a in "ba ce di fo gu ha je ki lo mu".split() for b in "lan mer tos vin dar pel gon rix".split()]


def words(seed: int, number: int = 400) -> list[str]:
    """Return words of a text that no other seed gives."""
    return random.Random(seed).choices(_WORDS, k=number)


def article(id_: str, text: list[str], published: str = "2025-06-13") -> Article:
    return Article(id_, " ".join(text), id_, published)


def settled(*articles: Article) -> dict[str, str]:
    """Return the copies among articles, the same for some of their orders."""
    found = []
    for order in list(permutations(articles))[:6]:
        copies = Copies()
        for each in order:
            copies.add(each)
        found.append(copies.settle())
    assert all(each == found[0] for each in found)
    return found[0]


ORIGINAL = words(1)
EDITED = [w if n % 40 else "edited" for n, w in enumerate(ORIGINAL)]


@pytest.mark.parametrize(
    "copy",
    [ORIGINAL, words(2, 12) + ORIGINAL, EDITED, ORIGINAL[:200], ORIGINAL[150:], ORIGINAL + words(3, 200)],
    ids=["the same", "another headline", "edited", "cut at the end", "cut at the beginning", "with more below"],
)
def test_copies_of_one_text(copy: list[str]) -> None:
    assert settled(article("b", ORIGINAL), article("a", copy, "2025-06-14")) == {"a": "b"}


@pytest.mark.parametrize(
    "other",
    [words(2), ORIGINAL[:100] + words(2, 300), words(2, 80), []],
    ids=["another text", "a long quotation", "a short text", "no words"],
)
def test_texts_of_their_own(other: list[str]) -> None:
    assert settled(article("b", ORIGINAL), article("a", other, "2025-06-14")) == {}


def test_the_original_is_the_first_by_date_then_by_id() -> None:
    copies = (
        article("z", ORIGINAL, "2025-06-12"),
        article("b", ORIGINAL),
        article("a", ORIGINAL),
        article("c", ORIGINAL, ""),
    )
    assert settled(*copies) == {"a": "z", "b": "z", "c": "z"}
    assert settled(*copies[1:]) == {"b": "a", "c": "a"}


def test_short_texts_are_copies_where_all_words_are_the_same() -> None:
    short = words(5, 30)
    assert settled(article("a", short), article("b", short), article("c", [*short, "more"])) == {"b": "a"}


def _seconds(number: int, shared: int) -> float:
    copies = Copies()
    for n in range(number):
        copies.add(article(f"a{n}", words(0, shared) + words(n + 1, 120)))
    begun = time.process_time()
    copies.settle()
    return time.process_time() - begun


@pytest.mark.slow
@pytest.mark.parametrize("shared", [0, 60], ids=["nothing in common", "a boilerplate that all begin with"])
def test_four_times_the_articles_take_four_times_the_time(shared: int) -> None:
    assert _seconds(8_000, shared) <= 8 * _seconds(2_000, shared) + 0.1
