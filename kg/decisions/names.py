"""IRIs as decision files write them: short where a prefix is known, in full otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.model import Iri
from kg.vocabulary import PREFIXES

WIKIDATA = "http://www.wikidata.org/entity/"
_FULL = re.compile(r"<?(https?://[^\s<>\"{}|^`\\]+)>?")
_SHORT = re.compile(r"([A-Za-z][\w.-]*):([^\s<>\"{}|^`\\]+)")
_ITEM = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)")


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes that decisions.tsv knows: `id` is where the IRIs of entities begin."""
    return {"id": base, **PREFIXES}


def iri(text: str, known: Mapping[str, str]) -> Iri | None:
    """Return the IRI that a text is, in full, in angle brackets, or with a known prefix; None for anything else."""
    if found := _FULL.fullmatch(text):
        return Iri(found[1])
    if (found := _SHORT.fullmatch(text)) and found[1] in known:
        return Iri(known[found[1]] + found[2])
    return None


def item(text: str) -> str:
    """Return the identifier of the item of Wikidata that an IRI, an address or an identifier names; "" for none.

    >>> item("https://www.wikidata.org/wiki/Q30"), item("Q30"), item("P31")
    ('Q30', 'Q30', '')
    """
    found = _ITEM.fullmatch(text)
    return found[1] if found else text if re.fullmatch(r"Q[1-9]\d*", text) else ""


def short(text: str, known: Mapping[str, str]) -> str:
    """Return an IRI with the longest prefix that fits; as it is, where none does."""
    fitting = [(base, name) for name, base in known.items() if text.startswith(base) and len(text) > len(base)]
    if not fitting:
        return text
    base, name = max(fitting, key=lambda fit: (len(fit[0]), fit[1]))
    return f"{name}:{text[len(base) :]}"
