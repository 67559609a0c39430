"""Articles to sentences."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.segment import sentences


def split(text: str) -> list[str]:
    return [" ".join(text[s.start : s.end].split()) for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kenya signed. Peru did not.", ["Kenya signed.", "Peru did not."]),
        (
            "Hon. Ruth Kamau met Dr. J. Perez of the U.S. Department of Energy.",
            ["Hon. Ruth Kamau met Dr. J. Perez of the U.S. Department of Energy."],
        ),
        ("They met in the U.S. The talks were short.", ["They met in the U.S.", "The talks were short."]),
        ("“We signed.” She left.", ["“We signed.”", "She left."]),
        ("Duties fall by 2.5 per cent from No. 4 on.", ["Duties fall by 2.5 per cent from No. 4 on."]),
        ("1. The parties agree.\n2. They meet.", ["1. The parties agree.", "2. They meet."]),
        ("A headline without a stop\n\nThe text.", ["A headline without a stop", "The text."]),
        ("Is it signed? Yes! It is.", ["Is it signed?", "Yes!", "It is."]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The Ministry of Ports of Oman and the Ministry of Fisheries of Peru\n"
        "signed a memorandum of understanding on Thursday, which opens their\n"
        "harbours to boats of both countries for a first period of ten years\n"
        "and can be renewed. The two ministers said that they would meet twice\n"
        "a year."
    )
    assert len(split(text)) == 2


def test_lines_of_a_list_are_sentences_of_their_own() -> None:
    assert split("They signed:\n- a pact on fish;\n- a pact on ports") == [
        "They signed:",
        "- a pact on fish;",
        "- a pact on ports",
    ]


def test_lines_that_were_wrapped_and_then_spaced_are_one_sentence() -> None:
    text = (
        "The Ministry of Ports of Oman and the Ministry of Fisheries of Peru\n\n"
        "signed a memorandum of understanding on Thursday, which opens their\n\n"
        "harbours to boats of both countries for a first period of ten years.\n\n"
        "It can be renewed. The two ministers said that they would meet twice\n\n"
        "a year, and that a committee of eight would see to what is agreed in\n\n"
        "Muscat. Of the two states, one has been a party to the convention on\n\n"
        "ports since 1998; the other has said that it will join by next year."
    )
    assert [len(part) > 60 for part in split(text)] == [True, False, True, True]


def test_short_paragraphs_are_sentences_of_their_own() -> None:
    paragraphs = [f"Point {n} of the paper that both sides have put their names to in Muscat" for n in range(9)]
    assert split("\n\n".join(paragraphs)) == paragraphs


@given(st.text(alphabet="Aa.!? \n”’1,-•é\u200b", max_size=400))
def test_sentences_lie_in_order_and_lose_nothing_but_blanks(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join(text[s.start : s.end] for s in found).split() == "".join(text.split()).split() or "".join(
        "".join(text[s.start : s.end].split()) for s in found
    ) == "".join(text.split())
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in found)


def test_a_line_without_end_is_cut() -> None:
    found = sentences("word " * 100_000)
    assert max(s.end - s.start for s in found) <= 2000
