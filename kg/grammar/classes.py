"""The classes of chunks, one character each, and the language in which rules are written.

Every class has two characters: a word's class says what it is, and its case whether it was capitalised.
In a pattern, `post` is a chunk of class post in either case, `Post` a capitalised one, `cap` any capitalised word, `~post`
anything but a post.
`who:(…)` is a group; everything else is Python's regular expressions: `honorific* (name | Place) (hyphen name)?`.
"""

from __future__ import annotations

import re
from functools import cache

# What single words and marks can be.
WORDS = (
    "det of for and or in on to with between by from as about fields clause subclause but modal plan be have not yet went today yesterday tomorrow relative "
    "weekday month government pairword pairpeople respectively pronoun filler adverb "
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
        "det demonym adverb word portfolio caps name hyphen slash possessive place state postmod number filler open close "
        "sector branch policy outside event tail member orghead private"
    ).split(),
    "breaking": "stop semicolon colon instrument clause subclause modal be have sign cooperate fields".split(),  # what parties are not named across
    "joining": ["comma", "and", "or", "semicolon"],
    # where the search for the verb of which a noun is the subject halts
    "halting": [
        *(
            "be",
            "have",
            "modal",
            "yet",
            "not",
            "saying",
            "sign",
            "bare",
            "nominal",
            "initialled",
            "postpone",
            "approve",
            "propose",
        ),
        *(
            "negotiate",
            "force",
            "ratify",
            "lapse",
            "end",
            "reject",
            "witness",
            "presence",
            "became",
            "subclause",
            "stop",
            "semicolon",
            "colon",
            "instrument",
        ),
    ],
    "leaving": ["to", "for", "clause", "subclause", "semicolon", "stop", "colon", "fields", "cooperate", "saying"],
    "boundary": ["stop", "semicolon", "instrument"],
}

_FIRST = 0xE000  # the private use area of Unicode: no text holds these
_CODE = {name: _FIRST + 2 * index for index, name in enumerate([*WORDS, *PHRASES, *BESIDE])}
_MARKS = set(
    "comma stop colon semicolon lparen rparen open close dash hyphen slash possessive bullet mark number year".split()
)
_PART = re.compile(r"(?P<group>[a-z_]+):\(|(?P<name>~?[A-Za-z]+)|(?P<space>\s+)|(?P<other>.)", re.DOTALL)


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


@cache
def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern over classes; ValueError names a class that does not exist."""
    out = []
    for part in _PART.finditer(source):
        if part["group"]:
            out.append(f"(?P<{part['group']}>")
        elif part["name"]:
            name = part["name"].lstrip("~")
            out.append(f"[{'^' * (name != part['name'])}{_characters(name)}]")
        elif part["other"]:
            out.append("(?:" if part["other"] == "(" and source[part.end() : part.end() + 1] != "?" else part["other"])
    return re.compile("".join(out))
