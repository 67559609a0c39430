"""From page to sentences, whatever the article is made of: time grows with its length and no faster."""

from __future__ import annotations

import contextlib
import time

import pytest

from kg import clean, parse
from kg.errors import ArticleError
from kg.model import Page
from kg.segment import sentences

UNITS = [
    "word ",
    "A",
    "ABC ",
    ",",
    "\n",
    " \n",
    ".",
    ". ",
    "A. ",
    "”",
    ".”",
    '"',
    "(",
    "-",
    " ",
    "\t",
    "\u00a0",
    "\u00ad",
    "é ",
    "中",
    "*",
    "**a ",
    "_",
    "[",
    "[a](",
    "![",
    "# ",
]


def seconds(unit: str, size: int, media: str) -> float:
    text = "Oman and Peru signed a pact on fish in Muscat. " + unit * (size // len(unit)) + " It runs for five years."
    page = Page("id", "origin", media, text.encode())
    start = time.process_time()
    with contextlib.suppress(ArticleError):  # what is no word of any language may be taken for one in another
        sentences(clean.article(parse.document(page)).text)
    return time.process_time() - start


@pytest.mark.parametrize("media", ["text/plain", "text/markdown"])
@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_of_one_kind_ends_soon(unit: str, media: str) -> None:
    assert seconds(unit, 200_000, media) < 2


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_ten_megabytes_of_one_kind_end_in_seconds(unit: str) -> None:
    assert seconds(unit, 10_000_000, "text/markdown") < 60
