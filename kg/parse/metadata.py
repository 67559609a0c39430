"""A document's metadata from fields by whatever name: of front matter, of a JSON line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kg.parse.dates import iso_date

_NAMES = {
    "title": ("title", "headline"),
    "published": ("date", "published", "published_at", "publication_date", "issued"),
    "url": ("url", "link", "source_url"),
    "publisher": ("publisher", "outlet", "source", "site"),
    "language": ("language", "lang"),
}


def fields(found: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the metadata by the field of a document, and notes on what cannot be read."""
    by_field = {field: _first(found, names) for field, names in _NAMES.items()}
    given = by_field["published"]
    by_field["published"] = iso_date(given)
    notes = (f"its date {given[:40]!r} is none",) if given and not by_field["published"] else ()
    return by_field, notes


def _first(found: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of the fields that says something, on one line; "" where none does."""
    given = (found[name] for name in names if isinstance(found.get(name), str | int | date))
    return next((value for each in given if (value := " ".join(str(each).split()))), "")
