"""Markdown to documents: metadata from the front matter, marks taken out of the text."""

from __future__ import annotations

import re

from kg.errors import ArticleError
from kg.model import Document
from kg.parse.metadata import fields

_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*+\)"  # of a link; no pattern here looks past the next mark of its kind
_MARKS = (
    (re.compile(rf"!\[[^\[\]\n]*\]{_TARGET}"), ""),  # images
    (re.compile(rf"\[([^\[\]\n]*)\]{_TARGET}"), r"\1"),  # links
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE), ""),  # headings
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),  # quotations
    (re.compile(r"\*\*(?=\S)((?:[^*\n]|\*(?!\*))++)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"__(?=\S)((?:[^_\n]|_(?!_))++)(?<=\S)__"), r"\1"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]++)(?<=\S)\1(?![\w*])"), r"\2"),
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
