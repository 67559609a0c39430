"""The classes of chunks, one character each, and the language in which rules are written.

Every class has two characters: a word's class says what it is, and its case whether it was capitalised.
In a pattern, `post` is a chunk of class post in either case, `Post` a capitalised one, `cap` any capitalised word, `~post`
anything but a post.
`who:(…)` is a group; everything else is Python's regular expressions: `honorific* (name | Place) (hyphen name)?`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from typing import Generic, NamedTuple, TypeVar

# What single words and marks can be.
WORDS = (
    "det of for and or in on to with between by from as about fields clause subclause but modal plan be have not yet went today yesterday tomorrow relative "
    "weekday month wish government pairword pairpeople respectively pronoun filler adverb "
    "sign bare nominal initialled postpone approve propose negotiate force ratify end lapse reject agreed issue witness ceremony presence onbehalf cooperate binding "
    "nonbinding renewed "
    "honorific postmod post particle suffix saying became private "
    "bodyhead orghead portfolio unit "
    "place demonym noun sector "
    "name caps initial word number year "
    "comma stop colon semicolon lparen rparen open close dash hyphen slash possessive bullet mark"
).split()

# What rules make of them.
PHRASES = "state body org title person date instrument".split()

# What words beside a sector make of it; only kg/grammar/subjects.py sees them.
BESIDE = "branch policy topic promote funds event outside gain toward member tail".split()

# Sets of classes that patterns name as one.
SETS = {
    "actor": ["state", "body", "org", "person"],
    "party": ["state", "body", "org"],
    "area": ["portfolio", "sector"],  # what ministries are for
    "plain": ["name", "caps", "portfolio", "sector", "postmod", "adverb"],  # what names of bodies are made of
    "quote": ["open", "close"],
    "filling": (  # what the members of a list of fields are made of, besides and's and commas
        "det demonym adverb word wish portfolio caps name hyphen slash possessive place state postmod number filler open close "
        "sector branch policy outside event tail member orghead private"
    ).split(),
    "breaking": "stop semicolon colon instrument clause subclause modal be have sign cooperate fields".split(),  # what parties are not named across
    "joining": ["comma", "and", "or", "semicolon"],
    # where the search for the verb of which a noun is the subject halts
    "halting": (
        "be have modal yet not saying sign bare nominal initialled postpone approve propose negotiate "
        "force ratify lapse end reject witness presence became subclause stop semicolon colon instrument"
    ).split(),
    "leaving": ["to", "for", "clause", "subclause", "semicolon", "stop", "colon", "fields", "cooperate", "saying"],
    "boundary": ["stop", "semicolon", "instrument"],
    "marking": "bullet number dash hyphen lparen mark initial suffix".split(),  # with which items of lists begin
}

_FIRST = ord("\n") + 1  # all have one byte, in which regular expressions search fastest; "\n" alone is special to them
_CODE = {name: _FIRST + 2 * index for index, name in enumerate([*WORDS, *PHRASES, *BESIDE])}
_MARKS = set(
    "comma stop colon semicolon lparen rparen open close dash hyphen slash possessive bullet mark number year".split()
)
_PART = re.compile(r"(?P<group>[a-z_]+):\(|(?P<name>~?[A-Za-z]+)|(?P<space>\s+)|(?P<other>.)", re.DOTALL)


@cache
def char(name: str, capital: bool = False) -> str:
    """Return the character of a class."""
    return chr(_CODE[name] + capital)


def name_of(character: str) -> str:
    """Return the class of a character, for people: capitalised where the word was."""
    code = ord(character) - _FIRST
    name = [*WORDS, *PHRASES, *BESIDE][code // 2]
    return name.capitalize() if code % 2 else name


@cache
def characters(identifiers: str) -> str:
    """Return the characters of some classes or sets of classes, named as in a pattern."""
    return "".join(map(_characters, identifiers.split()))


def _characters(identifier: str) -> str:
    lower = identifier.lower()
    if lower == "cap":
        return "".join(char(name, True) for name in WORDS if name not in _MARKS)
    members = SETS.get(lower, [lower])
    if lower not in SETS and lower not in _CODE:
        raise ValueError(f"no class of chunks is called {identifier!r}")
    variants = (True,) if identifier[0].isupper() else (False, True)
    return "".join(char(name, capital) for name in members for capital in variants)


class Signs(NamedTuple):
    """The characters of some classes, as a set and as what finds them in a shape."""

    all: frozenset[str]
    find: Callable[[str], Iterator[re.Match[str]]]
    search: Callable[[str], re.Match[str] | None]


@cache
def signs(identifiers: str) -> Signs:
    """Return the characters of some classes or sets of classes, named as in a pattern."""
    found = characters(identifiers)
    compiled = re.compile(f"[{re.escape(found)}]")
    return Signs(frozenset(found), compiled.finditer, compiled.search)


@cache
def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern over classes; ValueError names a class that does not exist."""
    out = []
    for part in _PART.finditer(source):
        if part["group"]:
            out.append(f"(?P<{part['group']}>")
        elif part["name"]:
            name = part["name"].lstrip("~")
            out.append(f"[{'^' * (name != part['name'])}{re.escape(_characters(name))}]")
        elif part["other"]:
            out.append("(?:" if part["other"] == "(" and source[part.end() : part.end() + 1] != "?" else part["other"])
    return re.compile("".join(out))


def needed(source: str) -> list[frozenset[str]]:
    """Return sets of characters of each of which a match of a pattern needs one somewhere in the line, the rarest first.

    >>> [sorted(map(name_of, each)) for each in needed("name* (Post | title) (comma sector)? (?= stop | $)")]
    [['Post', 'Title', 'title']]
    """
    return sorted(_Needs(source).either(), key=lambda each: (not each.isdisjoint(_COMMON), len(each)))


_COMMON = frozenset(characters("word name det of and in to for comma stop"))
_TOKEN = re.compile(
    r"(?P<open>[a-z_]+:\(|\(\?<?[=!]|\()|(?P<name>~?[A-Za-z]+)|(?P<often>[*?+]|\{[\d,]+\})[?+]?|(?P<other>\S)"
)


class _Needs:
    """Reads a pattern for what its matches need: of a sequence all that its parts need, of alternatives one of each."""

    def __init__(self, source: str) -> None:
        self._parts = [*_TOKEN.finditer(source)]

    def either(self) -> list[frozenset[str]]:
        """Return what the alternatives need up to the end of their group, and take them away."""
        found = [self._sequence()]
        while self._next() == "|":
            self._parts.pop(0)
            found.append(self._sequence())
        if len(found) == 1 or not all(found):
            return found[0] if len(found) == 1 else []
        shared = [each for each in found[0] if all(each in other for other in found)]
        return shared or [frozenset().union(*(min(each, key=len) for each in found))]

    def _sequence(self) -> list[frozenset[str]]:
        found: list[frozenset[str]] = []
        while self._next() not in ("", "|", ")"):
            wanted = self._one()
            if self._parts and (often := self._parts[0]["often"]):
                self._parts.pop(0)
                wanted = [] if often[0] in "*?" or often.startswith(("{0", "{,")) else wanted
            found += wanted
        return found

    def _one(self) -> list[frozenset[str]]:
        part = self._parts.pop(0)
        if part["open"]:
            wanted = self.either()
            self._parts.pop(0)
            return [] if part["open"].endswith("!") else wanted
        name = part["name"] or "~"
        return [] if name.startswith("~") else [frozenset(_characters(name))]

    def _next(self) -> str:
        return self._parts[0].group() if self._parts else ""


T = TypeVar("T")


class Candidate(NamedTuple, Generic[T]):
    """A pattern that a line may match."""

    pattern: re.Pattern[str]
    needed: tuple[frozenset[str], ...]
    item: T  # whose pattern it is


class Patterns(Generic[T]):
    """Many patterns, of which few may match any one line: the rarest class that each needs tells which.

    They are compiled when the first line is read.
    """

    def __init__(self, sources: Iterable[tuple[str, T]], later: Iterable[str] = ()) -> None:
        self._sources = tuple(sources)
        self._later = frozenset(later)  # characters that a line may have by the time that the later patterns are tried
        self._known: dict[frozenset[str], list[Candidate[T]]] = {}

    @cached_property
    def all(self) -> list[Candidate[T]]:
        """All of them, compiled."""
        return [Candidate(pattern(source), tuple(needed(source)), item) for source, item in self._sources]

    @cached_property
    def triggers(self) -> frozenset[str]:
        """The characters of which a match of any pattern needs one."""
        return frozenset().union(*(each.needed[0] for each in self.all))

    def candidates(self, seen: AbstractSet[str]) -> Iterator[Candidate[T]]:
        """Yield those that may match a line with these characters, in their order; more may be seen as the line changes."""
        found = self.triggers & seen
        if found not in self._known:
            having = found | self._later
            self._known[found] = [each for each in self.all if not having.isdisjoint(each.needed[0])]
        for candidate in self._known[found]:
            for wanted in candidate.needed:
                if seen.isdisjoint(wanted):
                    break
            else:
                yield candidate
