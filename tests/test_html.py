"""HTML to documents: the article with its lists and tables, the page's metadata, and an end in time for any page."""

from __future__ import annotations

import time

import pytest

from kg.errors import ArticleError
from kg.model import Document, Page
from kg.parse import document
from kg.parse.decoding import decoded_html

HEAD = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Kenya and Norway sign six accords | The Harbour Ledger</title>
<meta property="og:title" content="Kenya and Norway sign six accords"><meta property="og:site_name" content="The Harbour Ledger">
<meta property="article:published_time" content="2025-06-13T08:00:00+03:00"><link rel="canonical" href="https://ledger.example/six"></head><body>
<div class="cookie-consent"><p>We and 812 partners use cookies to make this page yours.</p><button>Accept all</button></div>
<header><a href="/">The Harbour Ledger</a><nav><ul><li><a href="/world">World</a></li><li><a href="/ports">Ports</a></li></ul></nav></header><main>"""
FOOT = """</main><aside><h3>Most read</h3><ol><li><a href="/1">Storm delays ferries</a></li></ol></aside>
<footer><p>© 2025 The Harbour Ledger. Imprint.</p></footer><script>var x = "<p>Never printed</p>";</script></body></html>"""
ITEMS = ("a memorandum on stock surveys between the two fisheries ministries;", "a protocol on maritime training.")
NEWS = f"""{HEAD}<article><h1>Kenya and Norway sign six accords</h1><div class="share-bar"><a>Facebook</a><a>X</a></div>
<figure><img src="a.jpg" alt="pen"><figcaption>Ports Minister Achieng Odhiambo (left) with Lars Moen in Mombasa.</figcaption></figure>
<p>Kenya and Norway signed six agreements in Mombasa on Thursday, the two governments said in a joint statement.</p>
<div class="related-inline"><h4>Related stories</h4><ul><li><a href="/x">Peru ends talks on rail</a></li><li><a href="/y">Ghana minister resigns</a></li></ul></div>
<h2>What was signed</h2><ul>{"".join(f"<li>{item}</li>" for item in ITEMS)}</ul>
<table><tr><th>Agreement</th><th>Value</th></tr><tr><td>Port security agreement</td><td>$20m</td></tr></table>
<p>The accords enter into force once both parliaments have approved them.<br>They run for five years.</p>
<form><h4>Sign up for our newsletter</h4><button>Subscribe</button></form></article>
<section class="related"><h2>Read next</h2><div><a href="/z">Tanzania opens a dry port</a></div></section>{FOOT}"""
MINISTRY = """<html><head><title>Ministry of Trade</title></head><body bgcolor=white><table width=100%><tr>
<td width=150><a href=1>Home</a><br><a href=2>Minister</a><br><a href=3>Tenders</a></td>
<td><center><b>MINISTRY OF TRADE</b></center><p>12 June 2025<p><b>MINISTER SIGNS MOU WITH OMAN</b>
<p>The Minister of Trade, Hon. Ruth Kamau, signed a Memorandum of Understanding on livestock in Muscat yesterday.
<p>The following were also signed:<ol><li>Agreement on air services<li>Protocol on tea</ol></td></tr></table></body></html>"""


def read(html: str | bytes) -> Document:
    return document(Page("id", "origin", "text/html", html.encode() if isinstance(html, str) else html))


def test_the_article_stays_and_the_page_goes() -> None:
    text = read(NEWS).text
    for gone in (
        "cookies",
        "World",
        "Facebook",
        "Ghana minister",
        "Subscribe",
        "Tanzania",
        "Storm",
        "Imprint",
        "Never printed",
    ):
        assert gone not in text
    lines = text.split("\n")
    for kept in (
        "Kenya and Norway sign six accords",
        "What was signed",
        *(f"- {item}" for item in ITEMS),
        "They run for five years.",
    ):
        assert kept in lines
    assert "| Port security agreement | $20m | " in lines
    assert any(line.startswith("Ports Minister Achieng Odhiambo (left)") for line in lines)


def test_the_page_tells_title_date_address_publisher_and_language() -> None:
    found = read(NEWS)
    assert (found.title, found.published, found.url, found.publisher, found.language) == (
        "Kenya and Norway sign six accords",
        "2025-06-13",
        "https://ledger.example/six",
        "The Harbour Ledger",
        "en-GB",
    )


def test_a_page_laid_out_with_tables_gives_its_paragraphs_and_its_list() -> None:
    found = read(MINISTRY)
    lines = found.text.split("\n")
    assert [line for line in lines if line.startswith("-")] == ["- Agreement on air services", "- Protocol on tea"]
    assert "MINISTER SIGNS MOU WITH OMAN" in lines
    assert "Tenders" not in found.text
    assert found.published == "2025-06-12"


def test_the_year_of_a_copyright_is_no_date_of_publication() -> None:
    page = "<html><head><title>Pact</title></head><body><p>Oman and Peru signed a pact on fish in Muscat.</p><p>© 2024 Gulf Wire</p></body></html>"
    assert read(page).published == ""


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("iso-8859-2", '<meta charset="iso-8859-2">'),
        ("windows-1250", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">'),
        ("iso-8859-2", '<?xml version="1.0" encoding="ISO-8859-2"?>'),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8", '<meta charset="no-such-thing">'),
        ("utf-16-le", ""),
        ("utf-16", '<meta charset="utf-8">'),
    ],
)
def test_letters_survive_what_pages_declare_of_them(encoding: str, declared: str) -> None:
    page = f"{declared}<html><body><p>Říjen, Škoda and Łódź were in the text that both sides signed.</p></body></html>"
    assert "Říjen, Škoda and Łódź" in decoded_html(page.encode(encoding))


def test_an_old_name_means_the_larger_set_of_letters() -> None:
    page = "<meta charset='iso-8859-1'><p>“Quoted” – with a dash".encode("windows-1252")
    assert "“Quoted” – with a dash" in decoded_html(page)


def test_a_declaration_that_the_bytes_belie_is_passed_over() -> None:
    page = '<meta charset="shift_jis"><p>The café and the façade of the ministry, said José Peña.'.encode(
        "windows-1252"
    )
    assert "café" in decoded_html(page)


P = "<p>Oman and Peru signed a pact on fish in Muscat on Tuesday, both said.</p>"


@pytest.mark.parametrize(
    "page",
    [
        P + "<div>" * 20_000 + P,
        P + "<ul><li>" * 5_000 + "a pact",
        P + "<table><tr><td>" * 2_000 + P,
        "<p>Oman and Peru signed <b>a pact <i>on fish in Muscat " * 3_000,
        P.replace(" ", "\0 "),
        P + "<script>" + "var a='<p>x</p>';\n" * 50_000,
        P + "<!-- " * 50_000,
        P + "<a " + " ".join(f"x{n}=1" for n in range(50_000)) + ">" + P,
        P + "<" * 500_000,
        P + "&amp;&#x20;" * 100_000,
        "<a href=/x>Oman</a> " * 30_000 + P,
        P * 20_000,
        '<!DOCTYPE html [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;&b;&b;</p>' + P,
        "<html><head><script type='application/ld+json'>" + "[" * 50_000 + "</script></head>" + P,
    ],
    ids="depth lists tables unclosed nulls script comments attributes angles references links paragraphs entities metadata".split(),
)
def test_any_page_ends_in_time_with_a_text_or_a_reason(page: str) -> None:
    start = time.process_time()
    try:
        found = read(page).text
    except ArticleError as error:
        found = str(error)
    assert "Oman" in found or "without an article" in found
    assert time.process_time() - start < 5


@pytest.mark.slow
def test_twenty_megabytes_end_in_time() -> None:
    start = time.process_time()
    assert read(P * 280_000).text.count("signed a pact") == 280_000
    assert time.process_time() - start < 20
