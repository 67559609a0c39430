"""The people of an article: which mentions are one person.

"Lee" is the last person whose name has that word; a longer form gives a person their name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.grammar.people import Person, Title
from kg.model import Span


@dataclass(slots=True)
class Citizen:
    """A person of the article, with every mention and title."""

    name: str
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    titles: list[tuple[Title, Span]] = field(default_factory=list)

    def words(self) -> list[str]:
        """Return the words of the fullest name, lower case, without initials."""
        return name_words(self.name)

    @property
    def public(self) -> bool:
        """Whether some title is a public office."""
        return any(not t.private for t, _ in self.titles)


def name_words(name: str) -> list[str]:
    """Return the words of a person's name, lower case, initials and marks left out."""
    return [w.lower() for w in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", name) if len(w) > 1 or not w.isupper()]


def same_person(known: list[str], words: list[str]) -> bool:
    """Tell whether a name's words may name the person whose fullest name has the words `known`."""
    if not words or not known:
        return False
    if len(words) == 1:
        return words[0] in (known[-1], known[0], *(known[1:] if len(known) <= 4 else known[-2:]))
    return (
        set(words) <= set(known)
        or set(known) <= set(words)
        or (len(known) > 1 and words[-1] == known[-1] and words[0] == known[0])
    )


class People:
    """The people of an article, clustered by name as they come."""

    def __init__(self) -> None:
        self.all: list[Citizen] = []

    def find(self, words: list[str], *, public: bool = False) -> Citizen | None:
        """Return the person a name means: the last one spoken of whose name fits, those in office first where `public`."""
        fitting = [c for c in reversed(self.all) if same_person(c.words(), words)]
        if public:
            fitting.sort(key=lambda c: not c.public)
        return fitting[0] if fitting else None

    def holder(self, title: Title) -> str:
        """Return the name of the only one of the article who holds a post; "" where none or several do."""
        words = set(title.label.lower().split())
        found = [
            c.name
            for c in self.all
            if any(words <= set(t.label.lower().split()) and t.code in (title.code, "") for t, _ in c.titles)
        ]
        return found[0] if len(found) == 1 else ""

    def add(self, person: Person, span: Span, text: str) -> Citizen | None:
        """Count a mention, and return its person; None for a lone word that names nobody known and has no title."""
        words = name_words(person.name)
        citizen = self.find(words, public=bool(person.titles) or not person.honorific)
        if citizen is None:
            if not words:
                return None
            citizen = Citizen(person.name)
            self.all.append(citizen)
        if len(words) > len(citizen.words()):
            citizen.name = person.name
        mention = (person.start, person.end, text[person.start : person.end])
        if mention not in citizen.mentions:
            citizen.mentions.append(mention)
        for title in person.titles:
            if title not in [t for t, _ in citizen.titles]:
                citizen.titles.append((title, span))
        if citizen in self.all:
            self.all.remove(citizen)
        self.all.append(citizen)
        return citizen


def known_words(people: Iterable[Citizen]) -> dict[str, str]:
    """Return the words by which officials may be named again, lower case."""
    found: dict[str, str] = {}
    for citizen in people:
        if citizen.public:
            for word in citizen.words():
                if len(word) > 1:
                    found[word] = citizen.name
    return found
