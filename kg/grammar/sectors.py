"""Sectors: the labels of the scheme and how else they are spelt, as a lexicon; which of them need a context to count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial

from msgspec import Struct
from msgspec.structs import replace

from kg.model import Iri
from kg.vocabulary import sectors

# What the British and the Americans spell differently, wherever it stands in a word.
_BRITISH = {
    "isation": "ization", "ised": "ized", "ising": "izing", "iser": "izer", "labour": "labor", "harbour": "harbor",
    "defence": "defense", "licence": "license", "programme": "program", "centre": "center", "fibre": "fiber",
    "aluminium": "aluminum", "jewellery": "jewelry", "sulph": "sulf", "paedi": "pedi", "haem": "hem", "gynaec": "gynec",
    "archaeo": "archeo", "tyre": "tire", "modell": "model", "labell": "label", "mould": "mold", "plough": "plow",
    "colour": "color", "cooperation": "co-operation",
}  # fmt: skip
_SPELLINGS = [
    (pairs, re.compile("|".join(pairs)))
    for pairs in (_BRITISH, {american: british for british, american in _BRITISH.items() if american not in british})
]
_MASS = re.compile(
    r"(?:ing|ion|ity|ment|ness|ism|logy|ics|phy|ure|nce|ship|care|health|energy|power|water|sport|search|[^aeiou]ry)$"
)
_PLURAL = re.compile(r"(?<=[a-z]{3}[^acious])s$")
_LONG = 6  # letters: in shorter words, and in these few, the singular is another word
_OTHER_SENSE = frozenset(
    "customs services standards supplies plants flights trains movies spirits pulses archives payments".split()
)
_JOINTS = frozenset(("and", "of", "for", "in", "on", "to", "the", "&"))


class Concept(Struct, frozen=True, gc=False):
    """A concept of the scheme as a phrase names it."""

    iri: Iri
    label: str
    hidden: bool  # the phrase is an ordinary word ("trade", "services"): a sector only where the context says so
    borderline: bool  # a policy field at the border of economic activity


def sector_phrases() -> Iterator[tuple[str, Concept]]:
    """Yield (phrase, concept) for every label of the scheme."""
    for sector in sectors():
        for phrase in dict.fromkeys((sector.label, *sector.alts, *sector.hidden)):
            yield phrase, Concept(sector.iri, sector.label, phrase in sector.hidden, sector.borderline)


@cache
def wider(iri: Iri) -> frozenset[Iri]:
    """Return the concepts above one in the scheme."""
    above = next(sector.broader for sector in sectors() if sector.iri == iri)
    return wider(above) | {above} if above else frozenset()


def sector_variants() -> Iterator[tuple[str, Concept]]:
    """Yield (phrase, concept) for how else the labels may be spelt; some of these are labels too, even of other concepts."""
    for phrase, concept in sector_phrases():
        for variant in variants(phrase):
            shorter = " " not in phrase and len(variant) < len(phrase)  # "gemstone" is less of a field than "gemstones"
            yield variant, replace(concept, hidden=True) if shorter else concept


def variants(phrase: str) -> tuple[str, ...]:
    """Return how else a label may be spelt: in the other number, with or without a hyphen, as the British or the Americans do.

    >>> variants("fibre cables")
    ('fiber cables', 'fibre cable', 'fiber cable', 'fibre-cables', 'fiber-cables', 'fibre-cable', 'fiber-cable')
    """
    found = [phrase]
    for rewrite in (_spelt, _numbered, _hyphenated):
        found += [variant for known in found for variant in rewrite(known)]
    return tuple(dict.fromkeys(found[1:]))


def _spelt(phrase: str) -> Iterator[str]:
    for pairs, found in _SPELLINGS:
        if found.search(phrase):
            yield found.sub(partial(_other, pairs), phrase)


def _other(pairs: Mapping[str, str], match: re.Match[str]) -> str:
    return pairs[match.group()]


def _numbered(phrase: str) -> Iterator[str]:
    before, _, last = phrase.rpartition(" ")
    stem = before and before + " "
    if _PLURAL.search(last):
        if stem or (len(last) >= _LONG and last not in _OTHER_SENSE):
            yield stem + (last[:-3] + "y" if last.endswith("ies") else last[:-1])
    elif stem and last.islower() and not last.endswith("s") and not _MASS.search(last):
        yield stem + (last[:-1] + "ies" if re.search(r"[^aeiou]y$", last) else last + "s")


def _hyphenated(phrase: str) -> Iterator[str]:
    words = phrase.split(" ")
    if "-" in phrase:
        yield phrase.replace("-", " ")
        yield phrase.replace("-", "")
    elif 2 <= len(words) <= 3 and not _JOINTS & set(words):
        yield phrase.replace(" ", "-", 1)
