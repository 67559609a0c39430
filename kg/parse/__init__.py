"""Pages to documents: bytes decoded, metadata found, text as it was pasted; one module a kind of page."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.errors import ArticleError
from kg.model import Document, Page
from kg.parse import html, jsonline, markdown, pdf
from kg.parse.dates import headed_date
from kg.parse.decoding import decoded, decoded_html

_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)\b", re.IGNORECASE)


def document(page: Page) -> Document:
    """Return the page's document; ArticleError where there is no text in it."""
    if not page.body.strip():
        raise ArticleError("is empty")
    found = _read(page)
    text = _plain(found.text)
    if not re.search(r"[^\W\d_]{2}", text):
        raise ArticleError("holds no text")
    return replace(found, text=text, published=found.published or headed_date(text))


def _read(page: Page) -> Document:
    match page.media:
        case "application/json":
            return jsonline.document(page.id, page.body)
        case "application/pdf":
            return pdf.document(page.id, page.body)
        case "text/html":
            return html.document(page.id, decoded_html(page.body))
        case "text/plain" if _PAGE.match(page.body):  # saved under another name
            return html.document(page.id, decoded_html(page.body))
        case "text/markdown":
            return markdown.document(page.id, _plain(decoded(page.body)))
        case _:
            return Document(page.id, decoded(page.body))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
