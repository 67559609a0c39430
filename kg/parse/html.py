"""HTML to documents: trafilatura finds the article among all that a site puts around it, and the page's metadata.

Before it does, what it would read wrongly is set right: tables that only lay out a page become plain blocks, captions
(which often alone name who stood by) become paragraphs, navigation and scripts go. Pages larger than articles are read
plainly, block by block: trafilatura's time grows with the square of some of their parts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import ArticleError
from kg.model import Document
from kg.parse.dates import iso_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MANY = 12_000  # elements: a long news page has 3,000; trafilatura takes a second for these
_MUCH = 1_000_000  # characters of text
_LONG_TAG = re.compile(
    r"<[a-zA-Z!/][^<>]{20000,}>?"
)  # an image in a link, or an attack: libxml2 compares each attribute with each
_JUNK = ("style", "svg", "template", "noscript", "iframe", "nav", "dialog", "select", "button", "canvas", "object")
_BLOCKS = frozenset(
    "address article aside blockquote br caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "legend li main ol p pre section summary table tr ul".split()
)
_IN_LAYOUT = (
    "p",
    "ul",
    "ol",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "table",
    "article",
    "blockquote",
)  # in cells of tables that lay out a page


def document(id_: str, html: str) -> Document:
    """Return the document in a page of HTML; ArticleError where there is no article in it."""
    tree = _tree(html)
    large = sum(1 for _ in tree.iter()) > _MANY or sum(map(len, tree.itertext())) > _MUCH
    language = _language(tree)
    if large:
        found, text = _metadata(tree), "\n".join(_lines(tree))
    else:
        _unwrap_layout(tree)
        found = _extracted(tree)
        text = getattr(found, "text", None) or ""
    if not text.strip():
        raise ArticleError("is an HTML page without an article")
    return Document(
        id_,
        text,
        getattr(found, "title", None) or "",
        iso_date(getattr(found, "date", None) or ""),
        getattr(found, "url", None) or "",
        getattr(found, "sitename", None) or "",
        language,
    )


def _tree(html: str) -> HtmlElement:
    """Return the page's elements without those that hold no words of an article."""
    from trafilatura import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it has to say of a page is told as an outcome
    html = _LONG_TAG.sub("", html)
    if not re.search(r"<(?:html|body)\b", html[:20000], re.IGNORECASE):
        html = f"<html><body>{html}</body></html>"
    try:
        tree: HtmlElement | None = load_html(html, max_size=2**62)
    except Exception as error:  # a parser fed with anything that calls itself HTML
        raise ArticleError(f"is HTML that cannot be read: {type(error).__name__}") from error
    if tree is None:
        raise ArticleError("is an HTML page without an article")
    for element in [*tree.iter(*_JUNK), *tree.xpath("//script[not(contains(@type, 'ld+json'))]")]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.xpath("//*[@role='navigation' or @role='dialog'] | //footer[not(ancestor::article)]"):
        if element.getparent() is not None:
            element.drop_tree()
    return tree


def _language(tree: HtmlElement) -> str:
    """Return the language that a page says it is in; "" where it says none."""
    given = tree.xpath(
        "string((/html/@lang | /html/@xml:lang | //meta[translate(@http-equiv, 'CLANGUE', 'clangue')='content-language']/@content)[1])"
    )
    return given.strip() if re.fullmatch(r"\s*[A-Za-z]{2,3}(?:[-_]\w{2,8})*\s*", given) else ""


def _unwrap_layout(tree: HtmlElement) -> None:
    """Make blocks of tables that lay out the page, and paragraphs of captions."""
    cells: dict[HtmlElement, list[HtmlElement]] = {table: [] for table in tree.iter("table")}
    for part in tree.iter("tbody", "thead", "tr", "td", "th"):
        table = next(part.iterancestors("table"), None)
        if table is not None:
            cells[table].append(part)
    for table, parts in cells.items():
        if table.get("role") == "presentation" or any(map(_lays_out, parts)):
            for part in (table, *parts):
                part.tag = "div"
    for caption in tree.iter("figcaption"):
        caption.tag = "p"
        figure = next(caption.iterancestors("figure"), None)
        if figure is not None:
            figure.tag = "div"


def _lays_out(part: HtmlElement) -> bool:
    """Tell whether a part of a table is a cell with more in it than data."""
    return part.tag in ("td", "th") and sum(1 for _ in zip(part.iter(*_IN_LAYOUT), "12", strict=False)) > 1


def _extracted(tree: HtmlElement) -> Any:
    """Return what trafilatura finds: None, or text and metadata."""
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            tree,
            include_comments=False,
            include_tables=True,
            favor_recall=True,  # of 72 pages in six styles 97 of 100 lines of the article instead of 90, and no more of the page
            with_metadata=True,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
            },  # else the year of a copyright is one
        )
    except Exception as error:
        raise ArticleError(f"is HTML that cannot be read: {type(error).__name__}") from error


def _metadata(tree: HtmlElement) -> Any:
    """Return the metadata that the head of a large page gives."""
    from lxml.html import document_fromstring, tostring
    from trafilatura import extract_metadata

    head = tree.find("head")
    if head is None:
        return None
    return extract_metadata(document_fromstring(b"<html>" + tostring(head)[:200_000] + b"<body><p>.</p></body></html>"))


def _lines(tree: HtmlElement) -> Iterator[str]:
    """Yield the text of a page, a line a block."""
    body = tree.find("body")
    if body is None:
        return
    line: list[str] = []
    for piece in _pieces(body):
        if piece is not None:
            line.append(piece)
        elif line:
            text = " ".join("".join(line).split())
            line = []
            if text:
                yield text


def _pieces(body: HtmlElement) -> Iterator[str | None]:
    """Yield the pieces of text in an element, None where a block begins or ends."""
    from lxml.etree import iterwalk

    for event, element in iterwalk(body, events=("start", "end")):
        if not isinstance(element.tag, str) or element.tag == "script":
            continue
        if element.tag in _BLOCKS:
            yield None
        elif element.tag in ("td", "th"):
            yield " "
        if event == "start":
            yield element.text or ""
        else:
            yield element.tail or ""
    yield None
