"""JSON objects to documents: fields by their usual names, the text plain or as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import msgspec

from kg.errors import ArticleError
from kg.model import Document
from kg.parse import html
from kg.parse.decoding import decoded
from kg.parse.metadata import fields

_TEXTS = ("text", "body", "content", "article", "html")
_MARKED_UP = re.compile(r"</(?:p|div|li|h[1-6]|article|body)>", re.IGNORECASE)


def document(id_: str, body: bytes) -> Document:
    """Return the document in a JSON object; ArticleError for other JSON and for an object without a text."""
    found = _object(body)
    by_field, notes = fields(found)
    id_ = str(found.get("id") or id_)
    name = next((n for n in _TEXTS if isinstance(found.get(n), str) and found[n].strip()), None)
    if name is None:
        raise ArticleError("has no field text")
    if name != "html" and not _MARKED_UP.search(found[name]):
        return Document(id_, found[name], notes=notes, **by_field)
    inner = html.document(id_, found[name])
    return replace(inner, notes=notes, **{field: value for field, value in by_field.items() if value})


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(decoded(body))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ArticleError(f"is broken JSON: {error}") from error
    if not isinstance(found, dict):
        raise ArticleError("is JSON, but no object with the fields id, title, date, url and text")
    return found
