"""Posts as resolution compares them: by their telling words, in any order."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.resolve.spelling import plain

_WORD = re.compile(r"[^\W_]+")
_FILLER = frozenset("the of for and on in to its s affairs his her".split())
# Words that say of what rank somebody is, and not of what.
_RANKS = frozenset(
    "minister ministers member secretary president head deputy vice state chair chairman chairwoman chairperson director acting"
    " former cabinet senior first second assistant permanent under general prime premier chancellor leader spokesperson spokesman"
    " spokeswoman official officer chief executive envoy representative parliament mp senator adviser advisor special interim"
    " designate elect co national federal government parliamentary".split()
)
_SINGLE = frozenset("president prime premier chancellor".split())  # a state has one of each at a time
_OF_STATE = frozenset(("secretary", "state"))  # without a field
# Whoever holds one of these may hold a portfolio besides, and one article tells the one, one the other.
_BESIDES = frozenset(
    "prime premier chancellor president vice leader member mp senator parliament special envoy former acting".split()
)


@lru_cache(maxsize=50_000)
def words(post: str) -> frozenset[str]:
    """Return the words of a post.

    >>> words("Minister of Trade") == words("Trade Minister")
    True
    """
    return frozenset(w for w in _WORD.findall(plain(post)) if w not in _FILLER)


def same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two wordings name one post: the same words, or more of them about the same.

    >>> same(words("Minister"), words("Minister")), same(words("President"), words("the President"))
    (False, True)
    """
    if one == other:
        return bool(one - _RANKS or one & _SINGLE or one == _OF_STATE)
    return (one <= other or other <= one) and bool((one & other) - _RANKS)


def exclude(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether hardly anybody holds both at once: they are about different things, and neither goes with others."""
    return not (one | other) & _BESIDES and bool(one - _RANKS) and bool(other - _RANKS) and not (one & other) - _RANKS
