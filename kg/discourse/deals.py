"""The agreements of an article: which mentions are one instrument.

Sentences are read one after the other. "The deal" is the last agreement that it may mean; a mention that introduces an
agreement of another kind, on another topic or with other parties opens a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.grammar.bodies import Body
from kg.grammar.frames import Frame
from kg.grammar.instruments import Instrument
from kg.model import Span

Key = tuple[str, str]  # ("state", code), ("body", name), ("org", name), ("person", name)

# Words that one agreement is called by whatever its kind: they take up any agreement before them.
GENERIC = {"agreement", "trade-agreement", "framework-agreement", "contract"}
_MERGE_WORDS = {"the", "a", "an", "of", "on", "for", "and", "in", "to", "concerning", "regarding", "memorandum", "understanding", "agreement", "treaty",
                "mou", "cooperation", "between", "with", "joint", "protocol", "deal", "pact", "memoranda", "agreements", "new", "bilateral"}  # fmt: skip


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
    referred: bool = False  # a treaty that the text only refers to: its first mention is "the" and a proper title
    line: int = 0  # where it was last spoken of

    def take(self, mention: Instrument) -> None:
        """Count a mention."""
        self.names.append(mention.title)
        self.mentions.append((mention.start, mention.end, mention.name))
        self.vague = self.vague and mention.vague
        self.plural = self.plural or mention.plural
        self.proper = self.proper or mention.proper
        self.topic = self.topic | topic_words(mention)
        generic = self.type in GENERIC
        if (generic and mention.type not in GENERIC) or (self.type == "agreement" and mention.type in GENERIC):
            self.type = mention.type

    @property
    def told(self) -> bool:
        """Whether some sentence says how far it has come."""
        return any(f.weight > 1 for f, _ in self.frames)


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
            return max(candidates, key=lambda d: (bool(d.frames), d.line))
        return None


def body_key(body: Body) -> Key:
    """Return the key of a body: its name without what may vary."""
    return ("body" if body.public else "org", re.sub(r"\W+", " ", body.name.lower()).strip())
