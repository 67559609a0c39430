"""Under which keys names are found: without accents, order, filling words, spelling and the name of their country."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import combinations

from kg.lexicons.naming import AMERICAN, HONORIFICS
from kg.lexicons.places import places

_WORD = re.compile(r"[^\W_]+")
_FILLER = frozenset(
    "the of and for on to de du des del della di da do dos das la le les l el d e y et und für der".split()
)
_PARTS_OF_NAMES = 6  # words: of longer names no parts are sought
_STATES = (
    "republic",
    "kingdom",
    "federal",
    "federation",
    "democratic",
    "peoples",
    "people",
    "s",
    "state",
    "government",
)


@lru_cache(maxsize=100_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without accents.

    >>> words("Ministère de l'Intérieur")
    ('ministere', 'de', 'l', 'interieur')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple(_WORD.findall(plain))


@lru_cache(maxsize=100_000)
def key(kind: str, text: str) -> str:
    """Return the key of a name: "" for one that is nothing but filling.

    >>> key("ministry", "The Defence Ministry") == key("ministry", "Ministry of Defense")
    True
    """
    return _joined(kind, words(text))


def _joined(kind: str, found: Iterable[str]) -> str:
    if kind == "official":
        found = list(found)
        kept = [w for w in found if w not in HONORIFICS]
        kept = kept if len(kept) > 1 else found
    elif kind in ("jurisdiction", "city"):
        kept = [w for w in found if w != "the"]
    else:
        kept = [AMERICAN.get(w, w) for w in found if w not in _FILLER]
    return " ".join(sorted(kept))


def keys(kind: str, text: str, codes: Iterable[str] = ()) -> list[str]:
    """Return the key of a name, and that of the name without its country's, where it bears that.

    >>> keys("ministry", "Ministry of Justice of Japan", ["JP"])
    ['japan justice ministry', 'justice ministry']
    """
    found = [key(kind, text), *(short_key(kind, text, code) for code in codes)]
    return list(dict.fromkeys(k for k in found if k))


@lru_cache(maxsize=100_000)
def short_key(kind: str, text: str, code: str) -> str:
    """Return the key of a body's or a post's name without that of its jurisdiction; "" where it does not bear that."""
    if kind not in ("ministry", "organization", "post"):
        return ""
    rest = _bare(words(text), code)
    return _joined(kind, rest) if len(rest) > 1 else ""


def _bare(found: tuple[str, ...], code: str) -> list[str]:
    """Return the words of a name without those of its jurisdiction; none where it does not bear that."""
    for form in _forms(code):
        at = _position(found, form)
        if at is not None:
            return [w for w in (*found[:at], *found[at + len(form) :]) if w not in _STATES]
    return []


def search_words(kind: str, text: str, code: str) -> str:
    """Return the words by which a search for words finds a name, in whatever order and with its jurisdiction or without.

    >>> search_words("ministry", "Danish Ministry of Defence", "DK"), search_words("official", "Dr. Ada Brook", "DK")
    ('ministry defence', 'ada brook')
    """
    found = words(text)
    left_out = HONORIFICS if kind == "official" else _FILLER
    bare = [] if kind == "official" else _bare(found, code)
    return " ".join(w for w in (bare if len(bare) > 1 else found) if w not in left_out)


def says(text: str, code: str) -> bool:
    """Tell whether a name bears that of a jurisdiction, as "Transport Canada" does."""
    found = words(text)
    return any(_position(found, form) is not None for form in _forms(code))


@cache
def naming(code: str) -> frozenset[str]:
    """Return all words by which a jurisdiction is named."""
    return frozenset(word for form in _forms(code) for word in form)


def _position(found: tuple[str, ...], form: tuple[str, ...]) -> int | None:
    return next((i for i in range(len(found) - len(form) + 1) if found[i : i + len(form)] == form), None)


@cache
def _forms(code: str) -> tuple[tuple[str, ...], ...]:
    """Return what a jurisdiction is called, in words, the longest first."""
    place = places().get(code)
    if place is None:
        return ()
    found = {words(name) for name in (place.label, *place.names, *place.demonyms)}
    return tuple(sorted((f for f in found if f), key=lambda f: (-len(f), f)))


def parts(text: str) -> Iterator[str]:
    """Yield the keys of the parts of a person's name, two words and more: "John Lee" of "John Lee Ka-chiu"."""
    found = key("official", text).split()
    if len(found) <= _PARTS_OF_NAMES:
        for size in range(len(found) - 1, 1, -1):
            yield from (" ".join(part) for part in combinations(found, size))
