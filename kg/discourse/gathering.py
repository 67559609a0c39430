"""Gathering: which agreement each sentence speaks of, and what it says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.discourse.analysis import Analysis
from kg.discourse.deals import Deal, Deals, Key, body_key
from kg.discourse.ledger import Ledger
from kg.discourse.people import name_words
from kg.discourse.sectors import covered
from kg.grammar.classes import pattern, signs
from kg.grammar.frames import Frame, announcement, frames, inherit
from kg.grammar.instruments import Instrument, stems_of
from kg.grammar.titles import Title
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country

_ITEM = pattern("marking .* instrument | (det | adverb | number | sector | portfolio | word | open)* instrument")
_POSTS = frozenset("minister president premier governor mayor secretary ambassador".split())
_RECALLED = 5  # sentences back to which "the two ministers" reaches
_SHORT = 6  # chunks of a line that is no sentence even with a stop: "1.", "Mr. A, Minister."
_NATIONAL = signs("state body person")


class Gathering:
    """Gives each frame to the agreement of which it speaks."""

    def __init__(self, analysis: Analysis, ledger: Ledger) -> None:
        self.analysis = analysis
        self.ledger = ledger
        self.deals = Deals()
        self.organisations: dict[Key, list[Chunk]] = defaultdict(list)
        self._pair: list[str] = []  # the two jurisdictions last named side by side
        self._said: tuple[Line | None, frozenset[str]] = (None, frozenset())  # the stems of the sentence last asked for

    def read(self) -> list[Deal]:
        """Return the candidates for agreements, in the order of the text."""
        announced: Frame | None = None
        for line in self.analysis.lines:
            self._remember_pair(line)
            if announced is not None and _is_sentence(line) and not _is_item(line):
                announced = None
            found = frames(line)
            if announced is not None and found and found[0].at >= 0:
                inherit(found[0], announced)
            for frame in found:
                self._take(frame)
            self._list_states(line)
            announced = self._announced(line) or announced
        return self.deals.all

    def _list_states(self, line: Line) -> None:
        """Count the states of a line that is nothing but a list of them as parties of the agreement that the line before announced."""
        before = self.analysis.lines[line.number - 1] if line.number else None
        deal = next((d for d in reversed(self.deals.recent) if before is not None and d.is_in(before)), None)
        if deal is None or before is None or before.chunks[-1].kind != "colon" or not _STATES.fullmatch(line.shape):
            return
        for key in self._keys([c for c in line.chunks if c.kind == "state"]):
            deal.take_party(key, (line.span, 0.8, "parties"))

    def _announced(self, line: Line) -> Frame | None:
        """Return what a sentence that ends in a colon says of those listed below it, with what was said of them as a set."""
        found = announcement(line)
        if found is not None:
            self._resolve(found)
            for deal in self.deals.recent:
                if deal.plural and line.number - deal.frames[-1].line.number <= 2:
                    for frame in deal.frames[-2:]:
                        inherit(found, frame)
        return found

    def _remember_pair(self, line: Line) -> None:
        """Keep in mind which two countries a sentence speaks of, for "the two countries" in it or in a later one."""
        codes = self._countries(line, where=False)
        if 2 <= len(codes) <= 4:
            self._pair = codes

    @staticmethod
    def _countries(line: Line, *, where: bool = True) -> list[str]:
        """Return the countries that a sentence names: by themselves, as those of bodies and posts, and, if `where`, after "in"."""
        codes = []
        for at in line.where(_NATIONAL):
            chunk = line.chunks[at]
            if chunk.kind == "state":
                if where or not at or line.chunks[at - 1].kind != "in":
                    codes.append(str(chunk.value))
            elif chunk.kind == "body":
                codes.append(chunk.value.code)
            elif chunk.kind == "person":
                codes += [title.code for title in chunk.value.titles]
        return list(dict.fromkeys(country(code) for code in codes if code))

    def _take(self, frame: Frame) -> None:
        """Give a frame to the agreement of which it speaks, opening a new one where it introduces one."""
        parties = self._keys(frame.parties)
        if frame.at < 0:
            self._go_on(frame, parties)
            return
        mention: Instrument = frame.line.chunks[frame.at].value
        if (frame.item or mention.ordinal) and not frame.status:
            self._follow(frame)
        counter = self._keys(frame.counterparties)
        if mention.plural and len(counter) > 1:
            for key, chunk in counter.items():
                rest = {k: c for k, c in parties.items() if k not in counter}
                self._open(frame, mention, {**rest, key: chunk})
            return
        titled = {("state", code): frame.line.chunks[frame.at] for code in mention.codes}
        parties = parties or titled
        vaguely = mention.definite and mention.bare  # "the agreement" between "the two countries": whichever these are
        meant = set() if vaguely else {("state", code) for code in self._meant(frame, parties)}
        named = set(self._keys(frame.named))
        deal = self.deals.antecedent(mention, {*parties, *meant}, set(counter), named, frame)
        if deal is not None:
            self._merge(deal, frame, mention, parties)
        elif mention.none and not parties:
            self.ledger.drop(mention.start, mention.end, "the text says that there is none")
        elif mention.anaphor or (mention.definite and mention.vague and frame.weight < 1.5):
            self.ledger.drop(mention.start, mention.end, "no agreement was introduced that this could mean")
        else:
            self._open(frame, mention, parties)

    def _follow(self, frame: Frame) -> None:
        """Give an item of a list what was said before of the set: "signed three deals. They are: …"."""
        sets = [deal for deal in self.deals.recent if deal.plural and deal.status]
        if sets:
            inherit(frame, max(sets[-1].frames, key=lambda f: f.weight))

    def _go_on(self, frame: Frame, parties: dict[Key, Chunk]) -> None:
        """Add to the agreement before; who looked on saw all of those signed together."""
        if not self.deals.all:
            return
        recent = [d for d in self.deals.recent if not d.old] if frame.reached.stage == "closing-formula" else []
        last = max(recent or self.deals.recent, key=lambda d: d.frames[-1].line.number)
        for deal in [last] if frame.signatories else self._together(last):
            if frame.signing < 0 and not frame.signatories and deal.status not in ("signed", "in-force"):
                continue  # who was present at a meeting has seen nothing signed
            self._merge(deal, frame, None, parties)

    def _together(self, last: Deal) -> list[Deal]:
        """Return the agreements signed with one: items of the same list, or named in the same sentence."""
        lines = {id(f.line) for f in last.frames if f.status == "signed" and not f.line.headline}
        return [
            d
            for d in self.deals.recent
            if d is last
            or (d.item and last.item)
            or any(id(f.line) in lines and f.status == "signed" for f in d.frames)
        ]

    def _open(self, frame: Frame, mention: Instrument, parties: dict[Key, Chunk]) -> None:
        deal = self.deals.open(mention.type)
        deal.item = frame.item
        deal.referred = mention.definite and mention.proper and not parties
        self._merge(deal, frame, mention, parties)

    def _merge(self, deal: Deal, frame: Frame, mention: Instrument | None, parties: dict[Key, Chunk]) -> None:
        span = frame.line.span
        if mention is not None:
            deal.take(mention)
            frame.ours = frame.ours or mention.ours
        if not deal.is_in(frame.line):
            deal.codes.update(self._countries(frame.line))
            deal.said |= self._stems(frame.line)
        deal.tell(frame)
        self._resolve(frame)
        deal.counter.update(self._keys(frame.counterparties))
        for key in parties:
            deal.take_party(key, (span, 0.85, "parties"))
        if frame.own_body and (body := self._body_meant(frame)):
            deal.take_party(body, (span, 0.7, "own-body"))
        sides = [kind for kind, _ in deal.parties if kind in ("state", "body", "org")]
        bodies = (
            len(sides) > 1 and "state" not in sides and not frame.with_pair
        )  # "the two sides" are those that made it
        for code in () if bodies else self._meant(frame, parties):
            deal.parties.setdefault(("state", code), (span, 0.7, "pair" if frame.pair else "ours"))
        for key in self._keys(frame.signatories):
            if key[0] == "state":
                deal.parties.setdefault(key, (span, 0.8, "parties"))
            else:
                deal.signatories.setdefault(key, span)
        for key in self._keys(frame.envoys):
            deal.envoys.setdefault(key, span)
        if frame.speaker and self.analysis.speaker:
            deal.signatories.setdefault(("person", self.analysis.speaker), span)
        for key in self._keys(frame.witnesses):
            if key[0] == "person":
                deal.witnesses.setdefault(key, span)
        if frame.binding is not None and deal.binding is None:
            deal.binding = (frame.binding, span)
        self._topics(deal, frame)

    def _body_meant(self, frame: Frame) -> Key | None:
        """Return the public body last named, which "his ministry" or "the agency" means; else the state from which the article speaks."""
        number = frame.line.number
        for line in reversed(self.analysis.lines[max(0, number - _RECALLED) : number + 1]):
            for chunk in reversed(line.chunks):
                if (
                    chunk.kind == "body"
                    and chunk.value.public
                    and (line is not frame.line or chunk not in frame.parties)
                ):
                    return body_key(self.analysis.full(chunk.value))
        return ("state", country(self.analysis.home)) if self.analysis.home else None

    def _stems(self, line: Line) -> frozenset[str]:
        """Return the stems of a sentence's words, which several agreements may have in common."""
        if self._said[0] is not line:
            self._said = (line, stems_of(c.text for c in line.chunks))
        return self._said[1]

    def _meant(self, frame: Frame, parties: dict[Key, Chunk]) -> list[str]:
        """Return the jurisdictions that "both countries" and "we" mean."""
        if frame.pair and (len(parties) < 2 or frame.with_pair):
            return self._pair if len(self._pair) == frame.pair else []
        home = country(self.analysis.home) if self.analysis.home else ""
        if not (frame.ours and home):
            return []
        others = [c for c in self._countries(frame.line) if c != home] or [c for c in self._pair if c != home]
        return [home, *(others if len(others) == 1 and not parties else [])]

    def _resolve(self, frame: Frame) -> None:
        """Put those whom "the two ministers", "they" and "him" mean into their roles."""
        if frame.him:
            signing = set(self._keys(frame.signatories))
            frame.signatories += [c for c in self._last_named(frame) if not signing & set(self._keys([c]))]
        if frame.people or (frame.they and not frame.onlookers):
            frame.signatories += [c for c in self._two(frame) if c not in frame.signatories]
        if frame.onlookers:
            frame.witnesses += [c for c in self._two(frame) if c not in frame.witnesses]
        frame.him = frame.people = frame.they = frame.onlookers = False

    def _two(self, frame: Frame) -> list[Chunk]:
        """Return mentions of the two officials whom "the two ministers" or "they" means; none where nothing tells.

        They are the first two of the nearest sentence that names as many, "they" the only two of one before.
        """
        number = frame.line.number
        before = range(number, max(-1, number - _RECALLED), -1)
        if frame.they:
            found = (self._officials([at], "") for at in before[1:])
            return next((chunks for chunks in found if len(chunks) == 2), [])
        noun = _noun(frame.line)
        signing = set(self._keys(frame.signatories))
        for at in before:
            chunks = [c for c in self._officials([at], noun) if not signing & set(self._keys([c]))]
            if len(chunks) > 1:
                return chunks[:2]
        after = range(number, min(len(self.analysis.lines), number + _RECALLED))
        following = self._officials(after, noun) if noun else []
        if len(following) == 2:
            return following
        spoken = self._officials(range(number, -1, -1), "")
        return spoken[:2] if len(spoken) > 1 else []

    def _last_named(self, frame: Frame) -> list[Chunk]:
        """Return a mention of the official last named before "him", or before "she" as the subject."""
        number = frame.line.number
        pronoun = next((c.start for c in frame.line.chunks if c.kind == "pronoun"), frame.line.start)
        within = [c for c in self._officials([number], "") if c.end <= pronoun]
        if within:
            return within[-1:]
        found = (self._officials([at], "") for at in range(number - 1, max(-1, number - _RECALLED), -1))
        return next((chunks[-1:] for chunks in found if chunks), [])

    def _officials(self, numbers: Iterable[int], noun: str) -> list[Chunk]:
        """Return a mention of each official whom some sentences name, in their order; of a post with that noun, if one is given."""
        named: dict[str, Chunk] = {}
        for number in numbers:
            for chunk in self.analysis.lines[number].chunks:
                if chunk.kind == "person" and (name := self._official(chunk)):
                    named.setdefault(name, chunk)
        return [chunk for name, chunk in named.items() if noun in self._posts(name)]

    def _posts(self, name: str) -> str:
        citizen = self.analysis.people.find(name_words(name))
        return " ".join(title.label.lower() for title, _ in citizen.titles) if citizen else ""

    def _keys(self, chunks: list[Chunk]) -> dict[Key, Chunk]:
        found: dict[Key, Chunk] = {}
        for chunk in chunks:
            if chunk.kind == "state":
                found[("state", str(chunk.value))] = chunk
            elif chunk.kind in ("body", "org"):
                for body in self.analysis.members(chunk.value):
                    key = body_key(body)
                    found[key] = chunk
                    if key[0] == "org":
                        self.organisations[key].append(chunk)
            elif chunk.kind in ("person", "title"):
                name = self._official(chunk)
                if name:
                    found[("person", name)] = chunk
                elif chunk.kind == "title":  # "the mayors of Daegu and Da Nang signed"
                    found.update({self._holder(title): chunk for title in chunk.value.among if title.code})
        return found

    def _holder(self, title: Title) -> Key:
        """Return who holds one of several posts named together; the state of the post where nobody is known to."""
        name = self.analysis.people.holder(title)
        return ("person", name) if name else ("state", title.code)

    def _official(self, chunk: Chunk) -> str:
        """Return the name of the official whom a person or a title alone ("the Secretary") means; "" where that is open."""
        people = self.analysis.people
        if chunk.kind == "person":
            citizen = people.find(name_words(chunk.value.name))
            return citizen.name if citizen is not None and citizen.public else ""
        return people.holder(chunk.value)

    def _topics(self, deal: Deal, frame: Frame) -> None:
        """Add the sectors that the sentence says the instrument covers."""
        if frame.at < 0:
            return
        for at in dict.fromkeys((frame.at, max(frame.at, frame.last))):
            for chunk in covered(frame.line, at):
                deal.cover(chunk, frame.line)


_STATES = pattern("det? state ((comma | and | semicolon){1,2} det? state){2,} stop?")


def _noun(line: Line) -> str:
    """Return "minister" for "the two ministers" in a line; "" for words that tell no post, such as "the two leaders"."""
    pair = next((c.text.lower() for c in line.chunks if c.kind == "pairpeople"), "")
    pair = pair or next((c.text.lower() for c in line.chunks if c.kind == "title" and c.value.among), "")
    noun = pair.rpartition(" ")[2].removesuffix("s")
    return noun if noun in _POSTS else ""


def _is_sentence(line: Line) -> bool:
    """Tell prose from what stands between the items of a list: numbers, names, headings."""
    return line.chunks[-1].kind == "stop" and len(line.chunks) > _SHORT


def _is_item(line: Line) -> bool:
    """Tell whether a line is an item of a list of agreements: it begins with a mark, a number, or with the instrument."""
    return _ITEM.match(line.shape) is not None
