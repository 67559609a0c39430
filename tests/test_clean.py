"""Documents to articles: furniture goes, the article stays, and every character knows where it came from."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import furniture
from kg.clean import article, full_text, original
from kg.errors import ArticleError
from kg.furniture import Furniture
from kg.language import foreign
from kg.model import Document

PASTED = """Two states sign a pact on fish

By Ana Castellanos
Published: 10:00am, 13 Jun 2025
Reading Time: 3 minutes
Why you can trust The Harbour Ledger

Oman and Peru signed a pact on fisheries in Muscat on Thursday.

Fisheries Minister Said Al Habsi (left) signs the pact in Muscat. Photo: Handout

Advertisement

The pact runs for five\u00ad years, said the minister.

Share this article
Facebook | X | WhatsApp

Related stories
- Storm delays ferries
- Price of bread rises

© 2025 The Harbour Ledger
"""


def test_what_a_page_pastes_in_is_gone_and_the_article_is_whole() -> None:
    found = article(Document("a", PASTED))
    assert found.text.split("\n\n") == [
        "Two states sign a pact on fish",
        "Oman and Peru signed a pact on fisheries in Muscat on Thursday.",
        "Fisheries Minister Said Al Habsi (left) signs the pact in Muscat. ",
        "The pact runs for five years, said the minister.",
    ] or "".join(found.text.split()) == "".join(
        (
            "Two states sign a pact on fish Oman and Peru signed a pact on fisheries in Muscat on Thursday. "
            "Fisheries Minister Said Al Habsi (left) signs the pact in Muscat. The pact runs for five years, said the minister."
        ).split()
    )
    reasons = {r.reason for r in found.removed}
    assert reasons == {
        "by-line",
        "published",
        "reading-time",
        "why-trust",
        "credit",
        "advertisement",
        "invisible",
        "share-bar",
        "related",
        "copyright",
    }
    assert found.title == "Two states sign a pact on fish"


RULES = [(rule, line) for rule in furniture.RULES for line in rule.takes]
LEFT = [(rule, line) for rule in furniture.RULES for line in rule.leaves]


@pytest.mark.parametrize(("rule", "line"), RULES, ids=[f"{r.name}-{i}" for i, (r, _) in enumerate(RULES)])
def test_a_rule_takes_what_its_examples_say(rule: Furniture, line: str) -> None:
    if rule.scope == "tail":
        assert furniture.tail(line) is not None
    else:
        taker = furniture.taker(line)
        assert taker is not None
        assert taker.name == rule.name


@pytest.mark.parametrize(("rule", "line"), LEFT, ids=[f"{r.name}-{i}" for i, (r, _) in enumerate(LEFT)])
def test_no_rule_takes_what_belongs_to_an_article(rule: Furniture, line: str) -> None:
    assert furniture.taker(line) is None
    assert furniture.tail(line) is None


def test_every_rule_shows_what_it_takes() -> None:
    assert [rule.name for rule in furniture.RULES if not rule.takes] == []


def test_the_title_stands_before_a_text_that_lacks_it() -> None:
    assert full_text(Document("a", "Two states agreed.", title="A pact")) == "A pact\n\nTwo states agreed."
    assert full_text(Document("a", "A  pact\n\nTwo states agreed.", title="A pact")) == "A  pact\n\nTwo states agreed."


def test_a_page_without_an_article_says_so() -> None:
    with pytest.raises(ArticleError, match="nothing but the page"):
        article(Document("a", "Advertisement\nShare\nSubscribe\n"))


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("They set up a com-\nmittee of eight.", "They set up a committee of eight."),
        ("They set up a com- \nmittee of eight.", "They set up a committee of eight."),
        ("They set up a com\u00ad\nmittee of eight.", "They set up a committee of eight."),
        (
            "A trade-related pact.\nThe two papers of the ministry are trade-\nrelated.",
            "A trade-related pact.\nThe two papers of the ministry are trade-related.",
        ),
        (
            "The two governments of the region would like to\nshare",
            "The two governments of the region would like to\nshare",
        ),
        ("It is a long-\nterm pact.", "It is a long-term pact."),
        ("Talks of Kenya-\nNorway teams.", "Talks of Kenya-\nNorway teams."),
        ("Talks -\nthe third - ended.", "Talks -\nthe third - ended."),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_made_whole(given: str, cleaned: str) -> None:
    assert article(Document("a", given)).text == cleaned


PROSE = "Good morning to you all, and thank you for coming to see this agreement signed, as {} of you have asked."


def test_numbers_of_paragraphs_go_and_those_of_items_stay() -> None:
    numbered = "\n\n".join(f"{n} {PROSE.format(n)}" for n in range(1, 5))
    assert article(Document("a", numbered)).text == "\n\n".join(PROSE.format(n) for n in range(1, 5))
    for other in ("{}. ", "({}) ", "{} ministries: "):
        listed = "\n\n".join(other.format(n) + PROSE.format(n).lower() for n in range(1, 5))
        assert article(Document("a", listed)).text == listed


@pytest.mark.parametrize(
    "character",
    ["|", " |", "a ", "A ", "A. ", "(", "/", "Aa/", "@a ", "#a,", ":", "Photo ", "by A, ", "home > ", "Share / ", "- "],
)
def test_no_line_takes_long_to_look_up(character: str) -> None:
    line = (character * 320)[:320]
    start = time.process_time()
    for end in ("", "x", "!"):
        furniture.taker(line[:150] + end)
        furniture.taker(line + end)
        furniture.tail(line + end)
    assert time.process_time() - start < 0.5


FRENCH = (
    "Le ministre de la pêche et le gouvernement du royaume ont signé un accord sur les ports dans la capitale. " * 5
)
ENGLISH = (
    "The minister of fisheries and the government of the kingdom have signed an agreement on ports in the capital. " * 5
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, ""),
        (FRENCH, "French"),
        (
            "Der Minister und die Regierung haben in der Hauptstadt ein Abkommen über die Häfen unterzeichnet. " * 5,
            "German",
        ),
        ("Министр подписал соглашение о рыболовстве.", "Russian"),
        (ENGLISH + FRENCH[:200], ""),
        ("MoU on fish: Kenya, Peru", ""),
    ],
)
def test_other_languages_are_told(text: str, language: str) -> None:
    assert foreign(text) == language


def test_an_article_in_another_language_is_set_aside() -> None:
    with pytest.raises(ArticleError, match="is in French; only English is read"):
        article(Document("a", FRENCH))


@given(
    st.lists(
        st.sampled_from(
            [
                *PASTED.split("\n"),
                "Advertisement",
                "\u200bTwo\u200b states.",
                " ",
                "x. Photo: Handout",
                "a com-",
                "a com\u00ad ",
                "mittee",
                *(f"{n} {PROSE}" for n in (1, 2, 3)),
            ]
        ),
        min_size=1,
    )
)
def test_every_character_comes_from_where_the_map_says(lines: list[str]) -> None:
    document = Document("a", "\n".join(lines), title="A pact")
    found = article(document)
    full = full_text(document)
    for offset, character in enumerate(found.text):
        assert full[original(found, offset)] == character


@given(st.text(max_size=300))
def test_any_text_gives_an_article_or_a_reason(text: str) -> None:
    document = Document("a", text)
    try:
        found = article(document)
    except ArticleError:
        return
    assert all(full_text(document)[original(found, i)] == c for i, c in enumerate(found.text))
    assert all(full_text(document)[r.start : r.end].strip().startswith(r.text[:1]) for r in found.removed)
