"""Markdown to documents: metadata from the front matter, marks taken out of the text."""

from __future__ import annotations

import re

from kg.errors import ArticleError
from kg.model import Document
from kg.parse.metadata import fields

_MARKS = (
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),  # images
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),  # links
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE), ""),  # headings
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),  # quotations
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1(?![\w*])"), r"\2"),
)


def document(id_: str, text: str) -> Document:
    """Return the document in a text of Markdown; ArticleError where its front matter cannot be read."""
    import frontmatter
    import yaml

    try:
        metadata, body = frontmatter.parse(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        first = next(iter(str(error).splitlines()), type(error).__name__)
        raise ArticleError(f"has front matter that is no YAML: {first}") from error
    for pattern, replacement in _MARKS:
        body = pattern.sub(replacement, body)
    found, notes = fields(metadata)
    return Document(str(metadata.get("id") or id_), body, notes=notes, **found)
