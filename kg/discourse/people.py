"""The people of an article: which mentions are one person.

"Lee" is the last person whose name has that word; a longer form gives a person their name.
"""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec.structs import replace as change

from kg.grammar.classes import pattern
from kg.grammar.people import Person, mark_signatures
from kg.grammar.places import HOME
from kg.grammar.titles import ABROAD, Title
from kg.grammar.words import Chunk, Line, Words
from kg.lexicons.places import places
from kg.model import Span


@dataclass(slots=True)
class Citizen:
    """A person of the article, with every mention and title."""

    name: str
    words: Words  # of the fullest name, lower case, without initials
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    titles: list[tuple[Title, Span]] = field(default_factory=list)
    known: set[object] = field(default_factory=set)  # its mentions and titles, for a quick look
    beside: str = ""  # the code that the list in which the person is named gives to its members
    heard: int = 0  # when last spoken of: a number that grows through the article

    @property
    def public(self) -> bool:
        """Whether some title is a public office."""
        return any(not t.private for t, _ in self.titles)


@lru_cache(maxsize=50_000)
def name_words(name: str) -> Words:
    """Return the words of a person's name, lower case, initials and marks left out."""
    return tuple(w.lower() for w in _WORD.findall(name) if len(w) > 1 or not w.isupper())


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def same_person(known: Words, words: Words) -> bool:
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


_NAMESAKES = 50  # people with a word of their names in common: more are not kept apart


class People:
    """The people of an article, clustered by name as they come."""

    def __init__(self) -> None:
        self.all: list[Citizen] = []
        self._named: dict[str, list[Citizen]] = defaultdict(list)  # by each word of their names
        self._clock = 0
        self._last: Title | None = None  # the post last named with a person, for "his counterpart"

    def find(self, words: Words, *, public: bool = False) -> Citizen | None:
        """Return the person a name means: the last one spoken of whose name fits, those in office first where `public`."""
        near = {id(c): c for word in words for c in self._named.get(word, ())[-_NAMESAKES:]}
        fitting = [c for c in near.values() if same_person(c.words, words)]
        return max(fitting, key=lambda c: (public and c.public, c.heard), default=None)

    def holder(self, title: Title) -> str:
        """Return the name of the only one of the article who holds a post; "" where none or several do."""
        words = set(title.label.lower().split())
        for fits in (operator.eq, operator.le):  # "the minister" is the finance minister where there is no other
            found = [
                c.name
                for c in self.all
                if any(fits(words, set(t.label.lower().split())) and t.code in (title.code, "") for t, _ in c.titles)
            ]
            if len(found) == 1:
                return found[0]
        return ""

    def add(self, person: Person, span: Span, text: str) -> Citizen | None:
        """Count a mention, and return its person; None for one that names nobody known and proves nobody new."""
        if person.weak:
            person = self._borne_out(person)
        words = name_words(person.name)
        citizen = self.find(words, public=bool(person.titles) or not person.honorific)
        if citizen is None:
            if not words or person.weak:
                return None
            citizen = Citizen(person.name, ())
            self.all.append(citizen)
        if len(words) > len(citizen.words):
            self._name(citizen, person.name, words)
        self._hear(citizen, person, text)
        for title in map(self._meant, person.titles):
            if title not in citizen.known:
                citizen.known.add(title)
                citizen.titles.append((title, span))
        return citizen

    def mention(self, person: Person, text: str) -> None:
        """Count a mention by a name alone of someone who is known."""
        citizen = self.find(name_words(person.name), public=True)
        if citizen is not None:
            self._hear(citizen, person, text)

    def _name(self, citizen: Citizen, name: str, words: Words) -> None:
        for word in set(words) - set(citizen.words):
            self._named[word].append(citizen)
        citizen.name, citizen.words = name, words

    def _hear(self, citizen: Citizen, person: Person, text: str) -> None:
        self._clock += 1
        citizen.heard = self._clock
        mention = (person.start, person.end, text[person.start : person.end])
        if mention not in citizen.known:
            citizen.known.add(mention)
            citizen.mentions.append(mention)

    def _borne_out(self, person: Person) -> Person:
        """Return a headline's mention without the verb that looks like a name: "PM Modi Meets"."""
        name = person.name
        while " " in name and not self.find(name_words(name)):
            name = name.rpartition(" ")[0]
        return change(person, name=name, end=person.start + len(name)) if self.find(name_words(name)) else person

    def _meant(self, title: Title) -> Title:
        """Return a title; for "his Kenyan counterpart" the post of the person named before, in Kenya."""
        if title.counterpart:
            last = self._last
            return change(last, code=title.code, body=None, counterpart=True) if last else change(title, label="")
        self._last = title
        return title


def gather(lines: Iterable[Line], text: str) -> People:
    """Return the people whom some lines name; mentions that need others to bear them out are heard last."""
    lines = list(lines)
    mark_signatures(lines)
    people = People()
    heard = [found for line in lines for found in _with_neighbours(line)]
    for weak in (False, True):
        for chunk, beside in heard:
            if chunk.value.weak is weak:
                citizen = people.add(chunk.value, Span(chunk.start, chunk.end), text)
                if citizen is not None:
                    citizen.beside = citizen.beside or beside
    return people


_PERSON = pattern("person")
_LINKS = frozenset({"and", "comma", "det", "honorific", "filler", "adverb"})


def _with_neighbours(line: Line) -> Iterator[tuple[Chunk, str]]:
    """Yield each mention of a person in a line, with the state that others in its list, or "its delegation", serve."""
    if not _PERSON.search(line.shape):
        return
    code, whole = "", ""
    heading = [c for c in line.chunks[:3] if c.kind in ("state", "colon")]
    if [c.kind for c in heading] == ["state", "colon"] and _is_heading(heading[0]):
        whole = str(heading[0].value)  # "Peru: Rosa Quispe, Minister of Energy; …"
    for chunk in line.chunks:
        if chunk.kind == "person":
            yield chunk, code or whole
            code = next((t.code for t in chunk.value.titles if _speaks_for_all(t)), code)
        elif chunk.kind == "state" and chunk.value != HOME and _DELEGATION.search(chunk.text):
            code = whole = str(chunk.value)
        elif chunk.kind not in _LINKS:
            code = ""


def _is_heading(state: Chunk) -> bool:
    """Tell whether those after a state and a colon are its own; after a city it is where the article was written."""
    return bool(state.value != HOME and not state.text.isupper() and places()[str(state.value)].level != "city")


def _speaks_for_all(title: Title) -> bool:
    """Tell whether those who are listed after a post serve the same state: not after a mayor or an ambassador abroad."""
    return bool(title.code) and not (title.body or title.level or ABROAD.search(title.label))


_DELEGATION = re.compile(r"\b(?:delegation|side)$")


def known_words(people: Iterable[Citizen]) -> frozenset[str]:
    """Return the words by which officials may be named again, lower case."""
    return frozenset(word for citizen in people if citizen.public for word in citizen.words if len(word) > 1)
