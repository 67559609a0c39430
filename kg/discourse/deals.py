"""The agreements of an article: which mentions are one instrument.

Sentences are read one after the other. "The deal" is the last agreement that it may mean; a mention that introduces an
agreement of another kind, on another topic or with other parties opens a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kg.grammar.bodies import Body
from kg.grammar.frames import Frame
from kg.grammar.instruments import Instrument
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country, places
from kg.model import Span

Party = tuple[Span, float, str]  # evidence, score, rule
Key = tuple[str, str]  # ("state", code), ("body", name), ("org", name), ("person", name)

# Words that one agreement is called by whatever its kind: they take up any agreement before them.
GENERIC = {"agreement", "trade-agreement", "framework-agreement", "contract"}
_NEAR = 40  # characters between two sentences, headings and marks of quotation included
_ENDS = frozenset(("stop", "semicolon", "colon"))  # of sentences and items of lists, which are no titles
_LEAD = 600  # characters after a headline in which the article tells what it is about
_RECENT = 350  # characters back to which "the agreement" reaches before it means the one most spoken of
_IN_MIND = 50  # agreements
# Words of titles that tell nothing of what an agreement is about.
_MERGE_WORDS = frozenset(
    """
    the an of on for and in to concerning regarding between with new joint bilateral cooperation collaboration strengthening enhancing closer
    memorandum memoranda memorandums understanding mou mous treaty treaties agreement agreements protocol protocols deal deals
    pact pacts accord accords convention conventions charter letter letters intent declaration statement notes note exchange
    contract contracts arrangement arrangements plan action programme program framework partnership document documents
    field fields area areas sector sectors sphere spheres domain domains matters issues
    """.split()
)


@dataclass(slots=True, eq=False)
class Deal:
    """An agreement of the article."""

    type: str
    number: int = 0  # its place among those of the article
    names: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)  # what its sentences say of it, in the order of the text
    stages: set[str] = field(default_factory=set)  # what those that are no titles plainly say of how far it has come
    parties: dict[Key, Party] = field(default_factory=dict)
    signatories: dict[Key, Span] = field(default_factory=dict)
    envoys: dict[Key, Span] = field(default_factory=dict)
    witnesses: dict[Key, Span] = field(default_factory=dict)
    sectors: dict[str, list[tuple[Chunk, Span]]] = field(default_factory=dict)
    binding: tuple[bool, Span] | None = None
    year: str = ""  # in its title
    counter: set[Key] = field(default_factory=set)  # of the parties, those that follow "with"
    topic: frozenset[str] = frozenset()
    codes: set[str] = field(default_factory=set)  # of the countries that its sentences name
    said: set[str] = field(default_factory=set)  # the stems of the words of its sentences
    bare: bool = True  # no mention says more than "agreement"
    vague: bool = True
    plural: bool = False
    ordinal: int = 0  # its place in a set, where the text counts them: "the second MoU"
    count: int = 0  # how many it is, where a number says so
    counted: bool = False  # named as one of several: "one on fish, another on ports"
    old: bool = False  # it was there before the news
    proper: bool = False
    item: bool = False  # introduced by an item of a list
    referred: bool = False  # a treaty that the text only refers to: its first mention is "the" and a proper title

    def tell(self, frame: Frame) -> None:
        """Add what a sentence says of it."""
        self.frames.append(frame)
        if frame.weight >= 2 and not _in_title(frame):
            self.stages.add(frame.status)

    def is_in(self, line: Line) -> bool:
        """Tell whether the sentence that is being read has named it already."""
        return bool(self.frames) and self.frames[-1].line is line

    def take(self, mention: Instrument) -> None:
        """Count a mention."""
        if not (mention.anaphor and self.names):
            self.names.append(mention.title)
        self.mentions.append((mention.start, mention.end, mention.name))
        self.bare = self.bare and mention.bare
        self.vague = self.vague and mention.vague
        self.old = self.old or mention.old
        self.year = self.year or mention.year
        self.plural = self.plural or mention.plural
        self.counted = self.counted or mention.counted
        self.count = self.count or mention.count
        self.ordinal = self.ordinal or mention.ordinal
        self.proper = self.proper or mention.proper
        self.topic = self.topic | topic_words(mention)
        generic = self.type in GENERIC
        if (generic and mention.type not in GENERIC) or (self.type == "agreement" and mention.type in GENERIC):
            self.type = mention.type

    def cover(self, chunk: Chunk, line: Line) -> None:
        """Count a sector among those that it covers, by a sentence that says so."""
        self.sectors.setdefault(str(chunk.value.iri), []).append((chunk, line.span))

    def take_party(self, key: Key, party: Party) -> None:
        """Count a party; an organisation that is known by a shorter name gets the longer one."""
        known = next((k for k in self.parties if alike(k, key)), None)
        if known is not None and len(key[1]) > len(known[1]):
            self.parties[key] = self.parties.pop(known)
        elif known is None:
            self.parties[key] = party

    @property
    def status(self) -> str:
        """How far it has come, as the plainest sentence tells; "" where none does."""
        told = max(self.frames, key=lambda frame: frame.weight, default=None)
        return told.status if told else ""

    @property
    def headlined(self) -> bool:
        """Whether only headlines have named it so far."""
        return all(_in_title(f) for f in self.frames)

    @property
    def told(self) -> bool:
        """Whether some sentence says how far it has come."""
        return any(f.weight > 1 for f in self.frames)


@lru_cache(maxsize=64)  # asked for whenever a mention is compared, and when it is taken
def topic_words(mention: Instrument) -> frozenset[str]:
    """Return the words of a title that say what it is about; the parties' names are not among them."""
    acronym = mention.name.lower() if mention.name.isupper() else ""  # "the NCMOU"
    return frozenset(
        w
        for w in (*_WORD.findall(mention.title.lower()), *mention.about)
        if w not in _MERGE_WORDS and w not in mention.named and len(w) > 1 and w != acronym
    )


@dataclass(slots=True)
class Deals:
    """The agreements of an article, in the order in which they are introduced."""

    all: list[Deal] = field(default_factory=list)

    @property
    def recent(self) -> list[Deal]:
        """Those that a sentence may still speak of: the last ones, so that a long list takes no more time an item."""
        return self.all[-_IN_MIND:]

    def open(self, type_: str) -> Deal:
        """Introduce an agreement."""
        deal = Deal(type_, len(self.all))
        self.all.append(deal)
        return deal

    def antecedent(
        self, mention: Instrument, parties: set[Key], counter: set[Key], named: set[Key], frame: Frame
    ) -> Deal | None:
        """Return the agreement that a mention takes up, or None where it introduces one.

        `counter` are those of its parties that follow "with", `named` those that follow it at all.
        """
        if mention.ordinal and any(d.plural for d in self.recent):
            return next((d for d in reversed(self.recent) if d.ordinal == mention.ordinal), None)
        topic = topic_words(mention)
        fitting = [
            d for d in reversed(self.recent) if not _objection(d, mention, topic, parties, counter, named, frame)
        ]
        if not fitting:
            return None
        shared = [d for d in fitting if topic & d.topic]
        if shared:
            return shared[0]
        if mention.definite or not topic or not fitting[0].topic:
            return max(fitting, key=lambda d: self._nearness(d, mention, parties, frame))
        return next((d for d in fitting if _leads(d, frame)), None)

    def _nearness(
        self, deal: Deal, mention: Instrument, parties: set[Key], frame: Frame
    ) -> tuple[bool, bool, bool, bool, int, int]:
        """Order the agreements that "the deal" may mean: of the same kind, of the same parties, just spoken of, spoken of most, the first."""
        kind = mention.type != "agreement" and deal.type == mention.type
        since = _since(deal, frame)
        near, recent = since < _NEAR, since < _RECENT
        return kind, bool(parties & set(deal.parties)), near, recent, len(deal.mentions), -deal.number


def _objection(
    deal: Deal,
    mention: Instrument,
    topic: frozenset[str],
    parties: set[Key],
    counter: set[Key],
    named: set[Key],
    frame: Frame,
) -> str:
    """Return why a mention cannot take up an agreement; "" where it may."""
    if mention.other and not mention.definite:
        return "another one"
    if deal.year and not mention.year and not mention.definite and frame.weight >= 2:
        return "a new one"
    if (
        mention.year
        and deal.frames
        and mention.year != deal.year
        and (deal.year or mention.definite)
        and not deal.headlined
    ):
        return "another year"
    states = {country(code) for kind, code in named if kind == "state"}
    if deal.codes and states and not states & deal.codes:
        return "with a state that was not spoken of"
    if mention.old != deal.old and (mention.old or not deal.old or mention.proper):
        return "an older one"
    if mention.count and deal.count:
        return "" if mention.count == deal.count and _akin(parties, set(deal.parties)) else "another number"
    if frame.item and not topic & deal.topic:
        return "an item of its own"
    if not _same_kind(deal, mention):
        return "another kind"
    if topic and deal.topic and not topic & deal.topic and not _leads(deal, frame):
        return "another topic"
    if deal.count and mention.definite and topic and not mention.plural:
        return "one of several"
    if mention.definite and mention.kinds and not mention.kinds & deal.said and not deal.is_in(frame.line):
        return "another subject"
    own = mention.proper and topic and not deal.topic and not deal.headlined
    if own and (frame.line.chunks[0].kind == "bullet" or _since(deal, frame) > _RECENT):
        return "a title of its own"
    known = {p for p in deal.parties if p[0] != "person"}
    joining = mention.definite and frame.reached.stage == "ratified"  # "Peru acceded to the accord"
    if not (joining or _akin(parties, known)) or _apart(counter, deal.counter):
        return "other parties"
    if not mention.definite and not _in_title(frame) and _between_others(named, known):
        return "between others"
    if mention.proper and deal.proper and deal.is_in(frame.line) and topic - deal.topic and deal.topic - topic:
        return "named beside it"
    fresh = mention.proper or not mention.definite
    if fresh and not topic & deal.topic and deal.is_in(frame.line):
        return "" if mention.plural and deal.plural and _adjacent(deal, frame) else "named beside it"
    if mention.definite or frame.weight < 2 or _in_title(frame):
        return ""
    if mention.plural != deal.plural:
        return "another number"
    return "another stage" if deal.stages and frame.status not in deal.stages else ""


def _leads(deal: Deal, frame: Frame) -> bool:
    """Tell whether a sentence follows a headline that alone has named an agreement: it says the same in other words."""
    return deal.headlined and not deal.plural and _since(deal, frame) < _LEAD


def _since(deal: Deal, frame: Frame) -> int:
    """Return for how many characters an agreement has not been spoken of."""
    return frame.line.start - deal.frames[-1].line.end if deal.frames else _RECENT


def _in_title(frame: Frame) -> bool:
    line = frame.line
    return line.headline or (line.heading and line.chunks[-1].kind not in _ENDS)


def _adjacent(deal: Deal, frame: Frame) -> bool:
    """Tell whether a noun is coordinated with the one before it: "seven agreements and memoranda of understanding"."""
    last = deal.frames[-1]
    return last.line is frame.line and 0 < frame.at - last.at <= 3


def _same_kind(deal: Deal, mention: Instrument) -> bool:
    """Tell whether two nouns may name one agreement: "deal" and "pact" may name any."""
    if mention.bare or deal.bare or mention.type == deal.type:
        return True
    return mention.type in GENERIC and deal.type in GENERIC


def _akin(a: set[Key], b: set[Key]) -> bool:
    """Tell whether two sets of parties may be of one agreement: of each kind, one names no more
    than the other, each only one, or both the same three."""
    if not a or not b:
        return True
    for kind in ("state", "body", "org"):
        x, y = ({_standing_for(k) for k in keys if k[0] == kind} for keys in (a, b))
        if x and y and not (x <= y or y <= x or len(x) == len(y) == 1 or len(x & y) > 2):
            return False
    return True


def _standing_for(key: Key) -> Key:
    """Return a party; for a capital, which often stands for it, its country."""
    kind, code = key
    return (kind, country(code)) if kind == "state" and code in places() and places()[code].capital else key


def _apart(a: set[Key], b: set[Key]) -> bool:
    """Tell whether two sets of counterparties are certainly of two agreements: "with Cuba", "with Kenya"."""
    return bool(a and b and {k for k, _ in a} == {k for k, _ in b} and not any(alike(x, y) for x in a for y in b))


def _between_others(named: set[Key], known: set[Key]) -> bool:
    """Tell whether the two or more named as parties of a new agreement are others than those of a known one."""
    kinds = {kind for kind, _ in known}
    if len(named) > 1 and kinds and "org" not in kinds and {kind for kind, _ in named} == {"org"}:
        return True  # two universities, after two states
    within = bool(kinds) and kinds <= {kind for kind, _ in named}
    return within and len(named) > 1 and not any(alike(x, y) for x in named for y in known)


def alike(a: Key, b: Key) -> bool:
    """Tell whether two keys may be of one party: "Pelagia Yards" and "Pelagia Yards Ltd"."""
    return a == b or (a[0] == b[0] == "org" and (a[1].startswith(b[1]) or b[1].startswith(a[1])))


def body_key(body: Body) -> Key:
    """Return the key of a body: its name without what may vary."""
    if body.public:
        return ("body", f"{body.code} {body.words}".strip())
    return ("org", _NO_WORD.sub(" ", body.name.lower()).strip())


_WORD = re.compile(r"[^\W_]+")
_NO_WORD = re.compile(r"\W+")
