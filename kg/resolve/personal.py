"""Names of people: their parts, and how well two of them fit one person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kg.lexicons.naming import HONORIFICS
from kg.resolve.spelling import alike, plain, skeleton

_QUOTED = re.compile(r"[“\"(][^”\")]*[”\")]")  # nicknames
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = frozenset(
    "al el bin ibn bint binti van von der den de da do dos das del della di du la le ter zu y e".split()
)
_ARTICLES = ("al", "el")
_SUFFIXES = frozenset("jr sr ii iii iv v vi vii viii xi xii".split())
_INITIAL = re.compile(r"(?<![^\W\d_])[A-Z](?![^\W\d_'’])")


class Name(NamedTuple):
    """A person's name in its parts, all in plain letters."""

    words: tuple[str, ...]  # that tell one from another, in their order
    initials: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()  # in the order of the alphabet
    suffix: str = ""  # "jr", "iii"


class Fit(NamedTuple):
    """How well two names fit one person."""

    score: float  # 0 for two people, 1 for the same name
    how: str


SAME, REORDERED, INITIAL_MORE, LONGER, RESPELLED, INITIALS, SURNAME = 1.0, 0.95, 0.9, 0.85, 0.65, 0.6, 0.4
_OTHER = Fit(0.0, "other names")


@lru_cache(maxsize=200_000)
def parsed(text: str) -> Name:
    """Return the parts of a name: without forms of address and nicknames.

    >>> parsed("Dr. J.R. van Berg Jr.")
    Name(words=('berg',), initials=('j', 'r'), particles=('van',), suffix='jr')
    """
    text = _QUOTED.sub(" ", text)
    initials = tuple(letter.lower() for letter in _INITIAL.findall(text))
    found = _WORD.findall(plain(_INITIAL.sub(" ", text)))
    while len(found) > 1 and found[0] in HONORIFICS:
        found.pop(0)
    suffix = found.pop() if len(found) > 1 and found[-1] in _SUFFIXES else ""
    if not found:
        return Name(initials, (), (), suffix)
    surname = len(found) == 2 and found[0] not in _ARTICLES and not initials  # "Do Muoi", "Le Duan"
    particles = () if surname else tuple(sorted(_PARTICLES & set(found)))
    words = tuple(w for w in found if w not in particles)
    return Name(words, initials, particles, suffix) if words else Name(tuple(found), initials, (), suffix)


def fit(a: Name, b: Name) -> Fit:
    """Return how well two names fit one person, and in words how they differ.

    >>> fit(parsed("SUN Dong"), parsed("Dong Sun"))
    Fit(score=0.95, how='the same words in another order')
    >>> fit(parsed("Erdoğan"), parsed("Recep Tayyip Erdogan"))
    Fit(score=0.4, how='a surname alone')
    """
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return _OTHER
    found = _fit(a, b)
    if a.suffix != b.suffix and found.score > SURNAME:
        return Fit(INITIALS, f"only one is {a.suffix or b.suffix}")
    return found


def _fit(a: Name, b: Name) -> Fit:
    if a.words == b.words:
        return _same_words(a, b)
    if not (a.initials or b.initials):
        if sorted(a.words) == sorted(b.words):
            return Fit(REORDERED, "the same words in another order")
        if _turned(a.words) & _turned(b.words):
            return Fit(REORDERED, "the same name, written together")
    short, long = sorted((a, b), key=lambda n: (len(n.words) + len(n.initials), len(n.words), n))
    return _partial(short, long)


def _same_words(a: Name, b: Name) -> Fit:
    if a.initials and b.initials and a.initials != b.initials:
        return _OTHER
    if a.initials != b.initials:
        return (
            Fit(INITIAL_MORE, "the same name with an initial") if len(a.words) > 1 else Fit(SURNAME, "a surname alone")
        )
    return Fit(SAME, "the same name")


def _turned(words: tuple[str, ...]) -> set[str]:
    """Return a name as one word, begun at any of its words."""
    return {"".join(words[at:] + words[:at]) for at in range(len(words))}


def _partial(short: Name, long: Name) -> Fit:
    """Return the fit of two names of which one may say less: each word of the short one needs its own in the long one."""
    rest = list(long.words)
    others = [w for w in short.words if not _taken(rest, (o for o in rest if o == w))]
    loose = [w for w in others if not _taken(rest, (o for o in rest if alike(w, o)))]
    same, respelled = len(short.words) - len(others), len(others) - len(loose)
    abbreviated = [i for i in short.initials if _taken(rest, (o for o in rest if o[0] == i))]
    initials = [i for i in short.initials if i not in abbreviated]
    behind = [w for w in loose if w[0] in long.initials]
    if not (same or respelled) or set(loose) - set(behind) or set(initials) - set(long.initials):
        return _OTHER
    return _weighed(short, long, same, respelled, len(abbreviated) + len(behind), len(rest))


def _taken(rest: list[str], fitting: Iterable[str]) -> bool:
    """Take the first of the fitting words out of the rest; False where there is none."""
    found = next(iter(fitting), None)
    if found is not None:
        rest.remove(found)
    return found is not None


def _weighed(short: Name, long: Name, same: int, respelled: int, abbreviated: int, more: int) -> Fit:
    if abbreviated:
        return Fit(INITIALS - 0.1 * bool(respelled), "initials for given names")
    if same + respelled == 1:
        at_an_end = any(alike(short.words[0], long.words[end]) for end in (0, -1))
        return Fit(SURNAME, "a surname alone") if at_an_end and not respelled else _OTHER
    if respelled:
        return Fit(RESPELLED - 0.1 * bool(more), "the same name, spelled otherwise")
    if not set(short.particles) <= set(long.particles):
        return _OTHER
    return Fit(LONGER, "one gives more of the name")


@lru_cache(maxsize=200_000)
def keys(name: Name) -> tuple[str, str]:
    """Return the keys under which names that fit as wholes meet: all letters in any order, and all skeletons."""
    letters = "".join(sorted("".join(name.words)))
    return letters, " ".join(sorted(skeleton(w) for w in name.words))
