"""How names are spelled: plain letters, one spelling for the sounds that transliterations write in several ways.

Latin spellings of Arabic, Cyrillic, Korean or Sinhala names differ in their vowels, in doubled letters and in a few
pairs of consonants ("Mohammed", "Muhammad"; "Sergei", "Sergey"). Words are alike here when their consonants are the same after those are
evened out and most of their letters are; a table of given names would know more of them and no surnames.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

ALIKE = (
    0.7  # share of the evened letters that two spellings of one word have in common; benchmarks/resolution.py sweeps it
)
_SHORTEST = 5  # letters: "Li" and "Le", "Kim" and "Kam" are different names
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_APOSTROPHES = re.compile(r"['’‘ʼʻ`´]")
_EVENED = (
    ("sch", "sh"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("zh", "j"), ("dj", "j"), ("tz", "ts"),
    ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("ou", "u"), ("oo", "u"), ("oe", "o"), ("ue", "u"), ("ae", "a"),
    ("ee", "i"), ("ie", "i"), ("ey", "ei"), ("ay", "ai"), ("y", "i"),
)  # fmt: skip
_SOFT = re.compile(r"c(?![eihy])")
_DOUBLED = re.compile(r"(.)\1+")
_FIRST_VOWELS = re.compile(r"^[aeiou]+")
_VOWELS = re.compile(r"(?<!^)[aeiou]")


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Return a text in lower case, without accents and apostrophes.

    >>> plain("Fa'abasua Lillebø Erdoğan")
    'faabasua lillebo erdogan'
    """
    lower = _APOSTROPHES.sub("", text.casefold()).translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


@lru_cache(maxsize=100_000)
def evened(word: str) -> str:
    """Return a plain word in the one spelling of its sounds.

    >>> evened("youssef"), evened("yusuf")
    ('iusef', 'iusuf')
    """
    for written, even in _EVENED:
        word = word.replace(written, even)
    word = _DOUBLED.sub(r"\1", _SOFT.sub("k", word))
    return word.removesuffix("h") if len(word) > 2 else word


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """Return what the spellings of a plain word have in common: its consonants; the word itself where it is short.

    >>> skeleton("mohammed") == skeleton("muhammad"), skeleton("lee")
    (True, 'lee')
    """
    return _VOWELS.sub("", _FIRST_VOWELS.sub("a", evened(word))) if len(word) >= _SHORTEST else word


def alike(one: str, other: str, least: float = ALIKE) -> bool:
    """Tell whether two plain words may be two spellings of one.

    >>> alike("dissanayake", "disanayake"), alike("hassan", "hussein")
    (True, False)
    """
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORTEST or skeleton(one) != skeleton(other):
        return False
    return Levenshtein.normalized_similarity(evened(one), evened(other)) >= least
