"""Pages to documents: encodings, metadata, and what is no article."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.model import Page
from kg.parse import document
from kg.parse.dates import headed_date, iso_date
from kg.parse.decoding import decoded


def page(body: bytes, media: str = "text/plain") -> Page:
    return Page("id", "origin", media, body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "latin-1"])
def test_accents_survive_usual_encodings(encoding: str) -> None:
    text = "Ministers from Côte d'Ivoire and Perú met; the café was full, and nobody signed anything at all."
    assert decoded(text.encode(encoding)) == text


def test_letters_of_other_scripts_survive_their_old_encodings() -> None:
    text = "Министр подписал соглашение о рыболовстве с соседней страной в столице сегодня утром. " * 5
    assert "подписал" in decoded(text.encode("windows-1251"))


@pytest.mark.parametrize(
    ("body", "media", "reason"),
    [
        (b"", "text/plain", "is empty"),
        (b" \n\t", "text/plain", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "text/plain", "binary"),
        (bytes(range(128, 256)) * 40, "text/plain", "unknown encoding"),
        (b"1234 -- 5678", "text/plain", "holds no text"),
        (b"---\ntitle: [unclosed\n---\nText", "text/markdown", "front matter that is no YAML"),
        (b'{"text": "a"', "application/json", "broken JSON"),
        (b"[1, 2]", "application/json", "no object"),
        (b'{"title": "T"}', "application/json", "has no field text"),
        (b'{"text": 5}', "application/json", "has no field text"),
        (b"[" * 100_000, "application/json", "broken JSON"),
        (b"<html><body><nav>Menu</nav></body></html>", "text/html", "without an article"),
    ],
)
def test_what_is_no_article_says_why(body: bytes, media: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        document(page(body, media))


def test_fields_of_a_json_line_become_metadata() -> None:
    line = {
        "id": "a1",
        "title": "T",
        "date": "2024-09-19T08:00:00Z",
        "url": "https://a.example/1",
        "source": "A",
        "text": "Two states.",
    }
    found = document(page(json.dumps(line).encode(), "application/json"))
    assert (found.id, found.title, found.published, found.url, found.publisher, found.text) == (
        "a1",
        "T",
        "2024-09-19",
        "https://a.example/1",
        "A",
        "Two states.",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
def test_a_json_line_may_be_written_in_any_usual_encoding(encoding: str) -> None:
    line = '{"title": "Café", "text": "The café of Perú was full."}'.encode(encoding)
    assert document(page(line, "application/json")).text == "The café of Perú was full."


def test_a_page_saved_as_text_is_read_as_the_page_it_is() -> None:
    found = document(page(b"\n<!DOCTYPE html><html lang=en><body><p>Oman and Peru signed a pact.</p></body></html>"))
    assert (found.text, found.language) == ("Oman and Peru signed a pact.", "en")


def test_a_date_that_is_none_is_noted_and_the_article_stays() -> None:
    found = document(page(b'{"date": "31 February 2024", "text": "Two states."}', "application/json"))
    assert found.published == ""
    assert found.notes == ("its date '31 February 2024' is none",)


def test_front_matter_becomes_metadata_and_marks_go() -> None:
    body = b"---\ntitle: A pact\ndate: 2025-06-12\npublisher: The Ledger\n---\n# A pact\n\nThe **two** sides [signed](https://a.example) _it_ in `snake_case_towns`.\n"
    found = document(page(body, "text/markdown"))
    assert (found.title, found.published, found.publisher) == ("A pact", "2025-06-12", "The Ledger")
    assert "The two sides signed it in `snake_case_towns`." in found.text


def test_a_field_that_holds_html_is_read_as_such() -> None:
    line = {"date": "2025-06-12", "content": "<p>Oman and Peru signed a pact.</p><ul><li>Fish</li><li>Ports</li></ul>"}
    found = document(page(json.dumps(line).encode(), "application/json"))
    assert found.text.split("\n") == ["Oman and Peru signed a pact.", "- Fish", "- Ports"]
    assert found.published == "2025-06-12"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-09-19", "2024-09-19"),
        ("2024-09", "2024-09"),
        ("2024", "2024"),
        ("19th September, 2024", "2024-09-19"),
        ("September 19, 2024", "2024-09-19"),
        ("Thu, 19 Sep 2024 10:00:00 +0000", "2024-09-19"),
        ("Sept 2024", "2024-09"),
        ("yesterday", ""),
        ("2024-13-01", ""),
        ("30 February 2024", ""),
        ("", ""),
    ],
)
def test_dates_are_read_as_precisely_as_given(text: str, date: str) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Fish pact\n\nBy Ana\nPublished: 10:00am, 13 Jun 2025\n\nText", "2025-06-13"),
        ("Posted On: 19 SEP 2024 5:30PM by PIB Delhi\nText", "2024-09-19"),
        ("Thursday, 12 June 2025\n\nText", "2025-06-12"),
        ("NAIROBI, June 12, 2025 (Meridian Wire) -- Two states signed.", "2025-06-12"),
        ("On 3 May 2019 the two countries signed a treaty that nobody remembers.", ""),
        ("The treaty of 12 June 2025 was long.", ""),
        ("Published on 12 June 2025, the treaty surprised the two chambers.", ""),
        ("On 12 June 2025\n\nTwo states signed.", "2025-06-12"),
        ("12 Jun 2025 14:57\n\nTwo states signed.", "2025-06-12"),
        ("June 5, 2025 | 09:12 PM\nTwo states signed.", "2025-06-05"),
        ("10:24 AM EST, Wed. 5 March 2025\nTwo states signed.", "2025-03-05"),
        ("05.11.2025 18:16\nTwo states signed.", "2025-11-05"),
        ("2025-06-12 By:Staff writer\n\nTwo states signed.", "2025-06-12"),
        ("By Ana Lund, 12 June 2025, 6:12 pm\n\nTwo states signed.", "2025-06-12"),
        ("June 12, 2025, 3:01PMHarbour News\n\nTwo states signed.", "2025-06-12"),
        ("12 people met in May 2025\nTwo states signed.", ""),
    ],
)
def test_the_head_of_a_pasted_article_gives_its_date(text: str, date: str) -> None:
    assert headed_date(text) == date


@given(st.binary(max_size=400), st.sampled_from(["text/plain", "text/markdown", "application/json"]))
def test_any_bytes_give_a_text_or_a_reason(body: bytes, media: str) -> None:
    try:
        found = document(page(body, media)).text
    except ArticleError as error:
        found = str(error)
    assert found.strip()


@given(st.text(max_size=60))
def test_a_date_that_is_read_is_a_date(text: str) -> None:
    found = iso_date(text)
    assert found == "" or len(found) in (4, 7, 10)
