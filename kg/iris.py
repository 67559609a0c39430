"""IRIs, minted from meaning: kind, jurisdiction, name; never from counters or time."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from kg.model import Iri
from kg.vocabulary import BASE

_PLAIN = re.compile(r"[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*")
_LONGEST = 80  # characters of a slug


def slug(text: str) -> str:
    """Return a readable slug: lower-case ASCII letters, digits and hyphens; a digest where nothing else is left."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_text.replace("'", ""))
    short = "-".join(words)
    if len(short) > _LONGEST:
        short = short[:_LONGEST].rsplit("-", 1)[0]
    return short or sha256(text.encode()).hexdigest()[:12]


def digest(*parts: str, size: int = 16) -> str:
    """Return hexadecimal digits that stand for the parts."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:size]


def mint(base: str, kind: str, *parts: str) -> Iri:
    """Return the IRI of an entity: base, kind, and the slugs of its parts joined by hyphens."""
    return Iri(f"{base}{kind}/{'-'.join(slug(p) for p in parts if p)}")


def article_iri(base: str, id_: str) -> Iri:
    """Return the IRI of an article, which also names its graph: its id, where that is fit for an IRI."""
    if _PLAIN.fullmatch(id_) and ".." not in id_:
        return Iri(f"{base}article/{id_}")
    return Iri(f"{base}article/{slug(id_)}-{digest(id_, size=8)}")


def evidence_iri(article: Iri, start: int, end: int) -> Iri:
    """Return the IRI of a quotation: the article's with a text fragment as in RFC 5147."""
    return Iri(f"{article}#char={start},{end}")


def claim_iri(base: str, article: Iri, subject: str, predicate: str, object_: str) -> Iri:
    """Return the IRI of a claim: the same whenever the same article states the same."""
    return Iri(f"{base}claim/{digest(article, subject, predicate, object_)}")


def link_iri(base: str, subject: str, item: str) -> Iri:
    """Return the IRI of a link to an item of Wikidata: the same whenever the same entity is linked to the same item."""
    return Iri(f"{base}link/{digest(subject, item)}")


def rejection_iri(base: str, subject: str, item: str) -> Iri:
    """Return the IRI of a decision that an entity is not an item of Wikidata, or none at all where the item is ""."""
    return Iri(f"{base}rejection/{digest(subject, item)}")


__all__ = ["BASE", "article_iri", "claim_iri", "digest", "evidence_iri", "link_iri", "mint", "rejection_iri", "slug"]
