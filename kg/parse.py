"""Pages to documents: bytes decoded, metadata found, text as it was pasted.

Metadata comes from front matter, from a JSON line's fields, from an HTML page's own tags (trafilatura reads those), or
from the lines with which news sites head an article ("Published: 10:00am, 19 Sep 2024").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from kg.errors import ArticleError
from kg.model import Document, Page

_FIELDS = {
    "title": ("title", "headline"),
    "published": ("date", "published", "published_at", "publication_date", "issued"),
    "url": ("url", "link", "source_url"),
    "publisher": ("publisher", "outlet", "source", "site"),
    "language": ("language", "lang"),
}
_TEXTS = ("text", "body", "content", "article")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?(?![\d/])"),
    re.compile(
        rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+(?P<year>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?![\d/-])"),
)
_HEADED = re.compile(
    r"^\s*(?:(?:first\s+)?(?:published|posted|issued|released?|updated|last updated|date|release date|posted on)\b[:\s](?!.*[a-z]{3}\.$)|"
    r"(?:on:?\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}\s*$|"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}\s*$|\d{4}-\d\d-\d\d\s*$)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"\s*[A-ZÀ-Þ][\w .’'-]{2,30}(?:, [A-Z][\w .]{1,20})?,? "
    r"\(?(?P<date>[\w., ]{6,24}(?:19|20)\d\d)\)?\s*(?:\([^)]{2,40}\)\s*)?(?:--|[–—:/-])\s"
)
_AROUND = [
    "//nav",
    "//*[@role='navigation']",
    "//footer[not(ancestor::article)]",
]  # no article, however little else there is
_HEAD = 14  # lines at the head of a text among which its date may stand
_MARKDOWN = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),  # images
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),  # links
    (re.compile(r"^\s{0,3}#{1,6}\s+", re.MULTILINE), ""),  # headings
    (re.compile(r"^\s{0,3}>\s?", re.MULTILINE), ""),  # quotations
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
)


def document(page: Page) -> Document:
    """Return the page's document; ArticleError where there is no text in it."""
    if not page.body.strip():
        raise ArticleError("is empty")
    if page.media == "application/json":
        return _from_json(page)
    if page.media == "text/html":
        return _from_html(page.id, decoded(page.body))
    text = decoded(page.body)
    if page.media == "text/markdown":
        return _from_markdown(page.id, text)
    return _complete(Document(page.id, _plain(text)))


# --- text ---


def decoded(body: bytes) -> str:
    """Return the text of some bytes: UTF-8, what a byte order mark says, Windows-1252, or what is most likely.

    ArticleError for what is no text at all.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    if b"\x00" in body[:65536]:
        raise ArticleError("is binary, not text")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(body)


def _guessed(body: bytes) -> str:
    high = sum(byte >= 0x80 for byte in body[:65536]) / len(body[:65536])
    if high < 0.1:  # Latin letters with some accents and quotation marks
        try:
            return body.decode("windows-1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(body[:65536]).best()
    if best is None or high > 0.9:
        raise ArticleError("has an unknown encoding; save it as UTF-8")
    return body.decode(best.encoding, "replace")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _complete(found: Document) -> Document:
    """Return the document with a date from its own lines where nothing else gave one; ArticleError where it has no text."""
    if not re.search(r"[^\W\d_]{2}", found.text):
        raise ArticleError("holds no text")
    if found.published:
        return found
    return replace(found, published=headed_date(found.text))


# --- Markdown ---


def _from_markdown(id_: str, text: str) -> Document:
    import frontmatter
    import yaml

    try:
        metadata, body = frontmatter.parse(_plain(text))
    except yaml.YAMLError as error:
        raise ArticleError(f"has front matter that is no YAML: {_first_line(error)}") from error
    for pattern, replacement in _MARKDOWN:
        body = pattern.sub(replacement, body)
    fields, notes = _fields(metadata)
    return _complete(Document(str(metadata.get("id") or id_), body, notes=notes, **fields))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


# --- JSON ---


def _from_json(page: Page) -> Document:
    try:
        found = msgspec.json.decode(page.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ArticleError(f"is broken JSON: {_first_line(error)}") from error
    if not isinstance(found, dict):
        raise ArticleError("is JSON, but no object with the fields id, title, date, url and text")
    fields, notes = _fields(found)
    id_ = str(found.get("id") or page.id)
    if isinstance(found.get("html"), str) and not any(isinstance(found.get(name), str) for name in _TEXTS):
        inner = _from_html(id_, found["html"])
        return Document(id_, inner.text, **{k: v or getattr(inner, k) for k, v in fields.items()}, notes=notes)
    text = next((found[name] for name in _TEXTS if isinstance(found.get(name), str) and found[name].strip()), None)
    if text is None:
        raise ArticleError("has no field text")
    return _complete(Document(id_, _plain(text), notes=notes, **fields))


def _fields(found: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return a document's metadata by its field, and notes on what cannot be read."""
    fields: dict[str, str] = {}
    for field, names in _FIELDS.items():
        value = next(
            (found[n] for n in names if isinstance(found.get(n), str | int | date) and str(found[n]).strip()), ""
        )
        fields[field] = " ".join(str(value).split())
    given = fields["published"]
    fields["published"] = iso_date(given)
    notes = (f"its date {given[:40]!r} is none",) if given and not fields["published"] else ()
    return fields, notes


# --- HTML ---


def _from_html(id_: str, html: str) -> Document:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            html, include_comments=False, include_tables=True, with_metadata=True, prune_xpath=_AROUND
        )
    except Exception as error:  # a parser fed with anything that calls itself HTML
        raise ArticleError(f"is HTML that cannot be read: {type(error).__name__}") from error
    text = _plain(getattr(found, "text", None) or "")
    if found is None or not text.strip():
        raise ArticleError("is an HTML page without an article")
    return _complete(
        Document(
            id_,
            text,
            getattr(found, "title", None) or "",
            iso_date(getattr(found, "date", None) or ""),
            getattr(found, "url", None) or "",
            getattr(found, "sitename", None) or "",
            getattr(found, "language", None) or "",
        )
    )


# --- dates ---


def iso_date(text: str) -> str:
    """Return the date that a text gives, in ISO form and as precise as given; "" where there is none.

    >>> iso_date("Published: 10:00am, 19 Sep 2024"), iso_date("September 2024"), iso_date("31 February 2024")
    ('2024-09-19', '2024-09', '')
    """
    if re.fullmatch(r"\w{3}, \d{1,2} \w{3} \d{4} [\d:]{5,8}.*", text):
        return parsedate_to_datetime(text).date().isoformat()
    for pattern in _DATES:
        match = pattern.search(text)
        if match:
            return _valid({"month": "", "number": "", "day": "", **{k: v or "" for k, v in match.groupdict().items()}})
    return ""


def _valid(parts: dict[str, str]) -> str:
    month = int(parts["number"] or 0) or (_MONTHS.index(parts["month"][:3].lower()) + 1 if parts["month"] else 0)
    year, day = int(parts["year"]), int(parts["day"] or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return f"{year}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def headed_date(text: str) -> str:
    """Return the date of publication that one of the first lines of a pasted article gives; "" where none does."""
    lines = text.split("\n", _HEAD)[:_HEAD]
    headed = (line for line in lines if len(line) < 100 and _HEADED.match(line))
    datelines = (match["date"] for line in lines if (match := _DATELINE.match(line)))
    for given in (*headed, *datelines):
        found = iso_date(given)
        if len(found) == 10:
            return found
    return ""
