"""PDF to documents: paragraphs whole, running heads gone, and a reason for every file that cannot be read."""

from __future__ import annotations

import io
import zlib

import pytest
from fpdf import FPDF
from pypdf import PdfWriter

from kg.clean import article
from kg.errors import ArticleError
from kg.model import Document, Page
from kg.parse import document

PARAGRAPHS = (
    "The Ministry of Ports of Oman and the Ministry of Fisheries of Peru signed a memorandum of understanding in Muscat "
    "on Thursday, which opens their harbours to boats of both countries for ten years.",
    "The two ministers said that they would meet twice a year to go over what has been done and what has been left.",
    "What was signed",
    "- a memorandum on fish stocks between the two fisheries ministries;",
    "- a protocol on pilots, tugs and harbour dues, which replaces one of 1998 that neither of the two states had kept.",
)


class Release(FPDF):
    """A press release with a running head and numbered pages."""

    def header(self) -> None:
        self.set_font("Helvetica", size=9)
        self.cell(0, 8, "Press release No. 14/2025", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-20)
        self.cell(0, 6, "Harbour Road 1, Muscat", align="C", new_x="LMARGIN", new_y="NEXT")
        self.cell(0, 6, f"Page {self.page_no()} of {{nb}}", align="C")


def release(
    pages: int = 1, title: str = "Oman and Peru sign a pact on ports", lines: tuple[str, ...] = PARAGRAPHS
) -> bytes:
    pdf = Release()
    pdf.set_title(title)
    for page in range(pages):
        pdf.add_page()
        pdf.set_font("Times", size=12)
        for line in (f"Part {'ABCDEFGH'[page]} of the papers", *lines):
            pdf.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def read(body: bytes) -> Document:
    return document(Page("id", "origin", "application/pdf", body))


def drawn(*streams: bytes, resources: bytes = b"") -> bytes:
    """Return a PDF of one page that the first stream draws; object 6 and those after it are the other streams."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 6 0 R/Resources 4 0 R>>",
        b"<</Font<</F 5 0 R>>" + resources + b">>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for data in streams:
        extra, _, content = data.rpartition(b"%%%")
        packed = zlib.compress(content)
        head = b"<</Length %d/Filter/FlateDecode%s>>stream\n" % (len(packed), extra)
        objects.append(head + packed + b"\nendstream")
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(body),
    )


TEXT = b"BT /F 12 Tf 10 700 Td (Oman and Peru signed a pact on fish.) Tj ET\n"


def test_wrapped_lines_become_paragraphs_and_items_stay_apart() -> None:
    head, part, *paragraphs = read(release()).text.split("\n\n")
    assert (head, part) == ("Press release No. 14/2025", "Part A of the papers")
    assert tuple(paragraphs[: len(PARAGRAPHS)]) == PARAGRAPHS


def test_running_heads_feet_and_page_numbers_go() -> None:
    text = read(release(pages=3)).text
    assert text.count("Press release No. 14/2025") == 1
    assert "Harbour Road" not in text
    assert "Page" not in text
    assert [text.count(f"Part {letter} of the papers") for letter in "ABC"] == [1, 1, 1]
    assert text.count(PARAGRAPHS[0]) == 3


def test_a_paragraph_goes_on_over_the_page() -> None:
    pdf = FPDF()
    for half in ("Oman and Peru signed a pact which opens the", "harbours of both to boats."):
        pdf.add_page()
        pdf.set_font("Times", size=12)
        pdf.cell(0, 6, half)
    assert read(bytes(pdf.output())).text == "Oman and Peru signed a pact which opens the harbours of both to boats."


def test_a_word_broken_at_the_end_of_a_line_is_whole_in_the_article() -> None:
    body = drawn(b"BT /F 12 Tf 14 TL 10 700 Td (The two sides set up a com-) Tj T* (mittee of eight for it.) Tj ET")
    assert "set up a committee of eight" in article(read(body)).text


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Oman and Peru sign a pact", "Oman and Peru sign a pact"),
        ("Microsoft Word - PR14 final.docx", ""),
        ("release_14.pdf", ""),
        ("Untitled", ""),
    ],
)
def test_a_title_is_taken_unless_a_program_made_it_up(given: str, title: str) -> None:
    assert read(release(title=given)).title == title


def test_the_date_in_the_text_goes_before_that_of_the_file() -> None:
    dated = read(release(lines=("12 June 2025", *PARAGRAPHS)))
    assert (dated.published, dated.notes) == ("2025-06-12", ())
    undated = read(release())
    assert len(undated.published) == 10
    assert undated.notes == ("it gives no date; taken is the day on which the PDF was made",)


def locked(user: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(release()))
    writer.encrypt(user, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_anyone_may_open_is_read_whatever_else_is_forbidden() -> None:
    assert PARAGRAPHS[1] in read(locked("")).text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (locked("secret"), "locked with a password"),
        (release()[:900], "damaged PDF"),
        (b"%PDF-1.4\n" + b"\x00\x01\x02" * 1000, "damaged PDF"),
        (drawn(b"q 1 0 0 1 0 0 cm Q"), "of images alone"),
        (drawn(b" " * 30_000_000), "unpacks to more"),
        (drawn(b"[" * 100_000), "damaged PDF"),
    ],
    ids=["password", "cut off", "no PDF", "images", "bomb", "nesting"],
)
def test_what_cannot_be_read_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        read(body)


@pytest.mark.slow
@pytest.mark.parametrize("times", [41_000, 400_000])
def test_a_page_that_draws_without_end_is_no_article(times: int) -> None:
    with pytest.raises(ArticleError, match="more than an article can"):
        read(drawn(TEXT * times))


def test_forms_that_draw_forms_come_to_an_end() -> None:
    head = b"/Type/XObject/Subtype/Form/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>%%%%%%"
    forms = [head % number + b"/X Do " * 10 for number in range(8, 16)]
    body = drawn(TEXT + b"/X Do " * 10, *forms, head % 7 + TEXT, resources=b"/XObject<</X 7 0 R>>")
    assert len(read(body).text) < 1_000_000


def test_a_book_is_no_article() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(drawn(TEXT)))
    for _ in range(400):
        writer.add_blank_page()
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(ArticleError, match="401 pages, more than the 400"):
        read(out.getvalue())
