"""PDF to documents: pypdf reads the pages, lines that a page wrapped become paragraphs, running heads and feet go.

The work is counted, not timed, so that the same file always ends the same way: an article has no more pages, and draws
no more, than the bounds below say. A word broken at the end of a line stays broken here; cleaning joins it.
"""

from __future__ import annotations

import io
import itertools
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import ArticleError
from kg.model import Document
from kg.parse.dates import headed_date, iso_date

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 400
_MOST_DRAWN = (
    200_000  # drawing operations of all pages, some 5 seconds of work: a page of text has 300, a dense table 2,000
)
_LIMITS: dict[str, Any] = {  # of one stream, unpacked
    "zlib_maximum_output_length": 8_000_000,
    "lzw_maximum_output_length": 8_000_000,
    "run_length_maximum_output_length": 8_000_000,
    "array_based_stream_maximum_output_length": 8_000_000,
    "stream_decoding_work_maximum_length": 30_000_000,
    "stream_parsing_work_maximum_count": 500_000,
    "xform_maximum_invocations_per_extraction": 500,
}
_NARROW = 20  # characters: shorter lines tell nothing of a page's width
_EDGE = 3  # lines at the head and the foot of a page that may be those of every page
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.|pg\.?)?\s*\d{1,4}(?:\s*(?:of|/|-|–)\s*\d{1,4})?\W*", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[•*·▪◦‣●■\uf0b7–—-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s)")
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|untitled.*|document\s?\d*|\S*\.(?:docx?|pdf|rtf|odt|indd|pmd|qxd|pptx?|txt))",
    re.IGNORECASE,
)


def document(id_: str, body: bytes) -> Document:
    """Return the document in a PDF; ArticleError where it is locked, broken, too large or made of images alone."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it has to say of a file is told as an outcome
    try:
        with pypdf.apply_configuration(pypdf.Configuration(**_LIMITS)):
            return _document(id_, pypdf.PdfReader(io.BytesIO(body)))
    except ArticleError:
        raise
    except pypdf.errors.DependencyError as error:
        raise ArticleError("is an encrypted PDF; save it without encryption") from error
    except pypdf.errors.LimitReachedError as error:
        raise ArticleError("is a PDF that unpacks to more than an article can be") from error
    except Exception as error:  # a parser fed with anything that calls itself PDF
        raise ArticleError(f"is a damaged PDF ({type(error).__name__})") from error


def _document(id_: str, reader: PdfReader) -> Document:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError("is a PDF locked with a password; save it without")
    if len(reader.pages) > _MOST_PAGES:
        raise ArticleError(
            f"is a PDF of {len(reader.pages):,} pages, more than the {_MOST_PAGES} that one article may have"
        )
    text = "\n\n".join(_paragraphs(list(_without_edges([text.split("\n") for text in _texts(reader)]))))
    if not re.search(r"[^\W\d_]{2}", text):
        raise ArticleError("is a PDF without text, of images alone; have its text recognised first (OCR)")
    made = "" if headed_date(text) else _made(reader)
    return Document(
        id_,
        text,
        _title(reader),
        made,
        language=str(reader.root_object.get("/Lang") or ""),
        notes=("it gives no date; taken is the day on which the PDF was made",) if made else (),
    )


def _texts(reader: PdfReader) -> Iterator[str]:
    """Yield the text of each page; ArticleError where all pages together draw too much."""
    drawn = 0

    def count(*_: object) -> None:
        nonlocal drawn
        drawn += 1
        if drawn > _MOST_DRAWN:
            raise ArticleError("is a PDF that draws more than an article can")

    for page in reader.pages:
        yield page.extract_text(visitor_operand_before=count)


def _told(reader: PdfReader, key: str) -> str:
    """Return what the file says of itself; "" where it says nothing."""
    return str(reader.metadata.get(key) or "") if reader.metadata else ""


def _title(reader: PdfReader) -> str:
    given = " ".join(_told(reader, "/Title").split())
    return "" if _NO_TITLE.fullmatch(given) else given


def _made(reader: PdfReader) -> str:
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)", _told(reader, "/CreationDate"))
    return iso_date("-".join(match.groups())) if match else ""


def _without_edges(pages: list[list[str]]) -> Iterator[str]:
    """Yield the lines of all pages without page numbers, and without what most pages begin or end with."""
    pages = [[line.rstrip() for line in lines if line.strip() and not _PAGE_NUMBER.fullmatch(line)] for lines in pages]
    often = max(2, (len(pages) + 1) // 2)
    heads = Counter(form for lines in pages for form in {_form(line) for line in lines[:_EDGE]})
    feet = Counter(form for lines in pages for form in {_form(line) for line in lines[-_EDGE:]})
    for number, lines in enumerate(pages):
        first, last = 0, len(lines)
        while number and first < min(_EDGE, last) and heads[_form(lines[first])] >= often:
            first += 1  # on the first page it stays: it may be the title
        while last > max(first, len(lines) - _EDGE) and feet[_form(lines[last - 1])] >= often:
            last -= 1
        yield from lines[first:last]


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield paragraphs made of wrapped lines."""
    lengths = sorted(len(line) for line in lines if len(line) > _NARROW)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraph = ""
    for line, after in itertools.pairwise([*lines, ""]):
        paragraph += line
        if not after or _breaks(line, after, width):
            yield paragraph
            paragraph = ""
        else:
            paragraph += "\n" if line.endswith("-") else " "


def _breaks(line: str, after: str, width: int) -> bool:
    """Tell whether a line ends a paragraph: an item of a list follows, or its next word would still have fit."""
    if _ITEM.match(after):
        return True
    most = width if line.endswith((".", "!", "?", ":", ";", "”", '"')) else 0.9 * width
    fits = len(line) + 1 + len(after.split(None, 1)[0]) < most
    return fits and not line.endswith(("-", ",")) and not after.lstrip()[0].islower()
