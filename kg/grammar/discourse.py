"""An article as a whole: which mentions are one person, one body, one agreement, and what is said of each.

Sentences are read one after the other. "Lee" is the last person whose name has that word, "the ministry's" country is
the one the article is about, "the deal" the last agreement that it may mean; a mention that introduces an agreement of
another kind, on another topic or with other parties opens a new one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.grammar.bodies import Body
from kg.grammar.frames import Frame
from kg.grammar.instruments import Instrument
from kg.grammar.people import Person, Title
from kg.grammar.sectors import Concept
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country, places
from kg.model import Span

Key = tuple[str, str]  # ("state", code), ("body", name), ("org", name), ("person", name)

# Words that one agreement is called by whatever its kind: they take up any agreement before them.
GENERIC = {"agreement", "trade-agreement", "framework-agreement", "contract"}
_MERGE_WORDS = {"the", "a", "an", "of", "on", "for", "and", "in", "to", "concerning", "regarding", "memorandum", "understanding", "agreement", "treaty",
                "mou", "cooperation", "between", "with", "joint", "protocol", "deal", "pact", "memoranda", "agreements", "new", "bilateral"}  # fmt: skip


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


@dataclass(slots=True)
class Deal:
    """An agreement of the article."""

    type: str
    names: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    frames: list[tuple[Frame, Span]] = field(default_factory=list)
    parties: dict[Key, tuple[Span, float, str]] = field(default_factory=dict)
    signatories: dict[Key, Span] = field(default_factory=dict)
    witnesses: dict[Key, Span] = field(default_factory=dict)
    sectors: dict[str, Span] = field(default_factory=dict)
    binding: tuple[bool, Span] | None = None
    topic: frozenset[str] = frozenset()
    vague: bool = True
    plural: bool = False
    proper: bool = False
    line: int = 0  # where it was last spoken of


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


# --- what the article is about --------------------------------------------------------------------------------------


def home(counts: Counter[str], url: str) -> str:
    """Return the code of the jurisdiction from which the article speaks: most named, its web domain breaking ties."""
    if not counts:
        return ""
    domain = re.search(r"//[^/]*\.([a-z]{2})(?:[:/]|$)", url or "")
    suffix = {"uk": "gb"}.get(domain[1], domain[1]).upper() if domain else ""
    if suffix in counts:
        return suffix
    top = max(counts.values())
    return next(code for code in counts if counts[code] == top)


# --- agreements -----------------------------------------------------------------------------------------------------


def topic_words(mention: Instrument) -> frozenset[str]:
    """Return the words of a title that say what it is about; the parties' names are not among them."""
    return frozenset(
        w
        for w in re.findall(r"[^\W_]+", mention.title.lower())
        if w not in _MERGE_WORDS and w not in mention.named and len(w) > 1
    )


def compatible(a: str, b: str) -> bool:
    """Tell whether two nouns may name one agreement: the same type, or one of them says no more than "agreement"."""
    return a == b or a in GENERIC or b in GENERIC


def conflicting(deal: Deal, topic: frozenset[str], parties: set[Key]) -> bool:
    """Tell whether a mention's title or parties speak against its being the deal."""
    if topic and deal.topic and not topic & deal.topic:
        return True
    known = {p for p in deal.parties if p[0] != "person"}
    if not parties or not known:
        return False
    return not _akin(parties, known) if len(parties) > 1 or len(known) > 1 else False


def _akin(a: set[Key], b: set[Key]) -> bool:
    """Tell whether two sets of parties may be of one agreement: they share one, or one names states and one ministries."""
    if a & b:
        small, big = sorted((a, b), key=len)
        return len(small) == 1 or len(small & big) > 1 or len(small) < 2
    return {k for k, _ in a} != {k for k, _ in b}


@dataclass(slots=True)
class Deals:
    """The agreements of an article, in the order in which they are introduced."""

    all: list[Deal] = field(default_factory=list)

    def antecedent(self, mention: Instrument, parties: set[Key], frame: Frame) -> Deal | None:
        """Return the agreement that a mention takes up, or None where it introduces one."""
        topic = topic_words(mention)
        if mention.other and not mention.definite:
            return None
        fresh = mention.proper or not mention.definite
        here = frame.line.start
        candidates = [
            d
            for d in reversed(self.all)
            if compatible(d.type, mention.type)
            and not conflicting(d, topic, parties)
            and not (fresh and not topic & d.topic and any(f.line.start == here for f, _ in d.frames))
        ]
        if not candidates:
            return None
        named = [d for d in candidates if topic and topic & d.topic]
        if named:
            return named[0]
        if mention.plural != candidates[0].plural and not mention.definite and frame.weight > 1:
            return None
        if mention.definite or not topic or not candidates[0].topic:
            return min(candidates, key=lambda d: (frame_distance(d, frame), -d.line))
        return None


def frame_distance(deal: Deal, frame: Frame) -> int:
    """Return 0 for the deal most plainly meant: signed with signed, else by nearness."""
    return 0 if deal.frames else 1


def sector_of(chunk: Chunk) -> Concept | None:
    """Return the concept of a sector chunk."""
    return chunk.value if chunk.kind == "sector" else None


def body_key(body: Body) -> Key:
    """Return the key of a body: its name without what may vary."""
    return ("body" if body.public else "org", re.sub(r"\W+", " ", body.name.lower()).strip())


def nominal_code(word: str, counts: Counter[str]) -> str:
    """Return the jurisdiction that "the city" or "the country" means: the one of that level most spoken of; "" if none."""
    wanted = {
        "city": ("city", "territory"),
        "territory": ("territory",),
        "state": ("subdivision",),
        "province": ("subdivision",),
    }
    levels = wanted.get(word, ("country",))
    found = [(n, code) for code, n in counts.items() if places()[code].level in levels]
    if found:
        return max(found, key=lambda f: f[0])[1]
    if levels == ("country",):
        parents = Counter({country(places()[c].parent): n for c, n in counts.items() if places()[c].parent})
        return parents.most_common(1)[0][0] if parents else ""
    return ""


def lines_text(line: Line, text: str) -> str:
    """Return the words of a line."""
    return text[line.start : line.end]
