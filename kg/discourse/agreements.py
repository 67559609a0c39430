"""Agreements: what the sentences say of each instrument, gathered and written down."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from kg.discourse import officials
from kg.discourse.analysis import Analysis
from kg.discourse.deals import Deal, Deals, Key, Party, body_key
from kg.discourse.jurisdictions import jurisdiction
from kg.discourse.ledger import Ledger
from kg.discourse.people import name_words
from kg.discourse.sectors import covered, heads, narrowed, sector, shared, supposed
from kg.grammar import dates
from kg.grammar.classes import pattern, signs
from kg.grammar.frames import Frame, announcement, frames, inherit
from kg.grammar.instruments import Instrument, stems
from kg.grammar.titles import Title
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country, places
from kg.model import Span
from kg.vocabulary import KG, agreement_types, statuses

_COMPANY = re.compile(
    r"\b(ltd|limited|inc|corp|corporation|plc|llc|gmbh|ag|holdings|group|company|airlines|airways|motors|technologies)\b\.?",
    re.IGNORECASE,
)
_CITY = re.compile(r"\b(?:city|cities|mayors?|municipal|municipality|metropolitan)\b")
_ITEM = pattern(
    "(bullet | number | dash | hyphen | lparen | mark | initial | suffix) .* instrument"
    " | (det | adverb | number | sector | portfolio | word | open)* instrument"
)
_POSTS = frozenset("minister president premier governor mayor secretary ambassador".split())
_RECALLED = 5  # sentences back to which "the two ministers" reaches
_FRESH = 2  # days for which an article's dateline is where that happened of which it tells
_SHORT = 6  # chunks of a line that is no sentence even with a stop: "1.", "Mr. A, Minister."
_PARTIES = {"jurisdiction": "state", "organization": "org"}  # kinds of keys that signatories may stand for
_MET = 2  # sentences before that of the signing that tell of the same meeting
_MEETING = re.compile(r"\b(?:met|meets|meeting|talks|received|receives|welcomed|hosted|ceremony|summit)\b")
_IN_PLACE = pattern("in place:(state) (?! and state | possessive)")
_ACCOUNT = 4  # sentences before that of the signing whose day is still that of the signing
_NATIONAL = signs("state body person")
_INSTRUMENT = signs("instrument")


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the agreements, and drop what is none."""
    reader = _Reader(analysis, ledger)
    kept = []
    deals = reader.read()
    for deal in deals:
        members = _members(deal, deals)
        for member in members:
            _share(deal, member)
        reason = _unfit(deal) or ("a set of which the text names the agreements one by one" if members else "")
        if not reason:
            kept.append(deal)
        elif deal.mentions:
            ledger.drop(*deal.mentions[0][:2], reason=reason)
    told = [{analysis.lines.index(f.line) for f, _ in deal.frames} for deal in kept]
    for deal, numbers in zip(kept, told, strict=True):
        for chunk, line in shared(analysis, numbers, set().union(*(each for each in told if each is not numbers))):
            _cover(deal, chunk, line)
    if len(kept) == 1:
        for chunk, line in () if kept[0].sectors else heads(analysis):
            _cover(kept[0], chunk, line)
    title = max((line.end for line in analysis.lines if line.headline), default=0)
    for deal in kept:
        for chunk, line in () if deal.sectors else supposed(analysis, [f for f, _ in deal.frames]):
            _cover(deal, chunk, line)
        for iri in narrowed((chunk for chunk, _ in deal.sectors.values()), title):
            del deal.sectors[iri]
    for number, deal in enumerate(kept):
        writer = _Writer(analysis, ledger, deal, f"agreement:{number:03d}", reader.organisations)
        writer.before = kept[number - 1] if number else None
        writer.write()


# --- gathering ------------------------------------------------------------------------------------------------------


class _Reader:
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
        for number, line in enumerate(self.analysis.lines):
            self._remember_pair(line)
            announced = announced if _is_item(line) or not _is_sentence(line) else None
            for frame in frames(line):
                if (
                    announced is not None
                    and frame.at >= 0
                    and not any(c.kind == "instrument" for c in line.chunks[: frame.at])
                ):
                    inherit(frame, announced)
                self._take(number, frame)
            announced = self._announced(number, line) or announced
        return self.deals.all

    def _announced(self, number: int, line: Line) -> Frame | None:
        """Return what a sentence that ends in a colon says of those listed below it, with what was said of them as a set."""
        found = announcement(line)
        if found is not None:
            self._resolve(number, found)
            for deal in self.deals.recent:
                if deal.plural and number - deal.line <= 2:
                    for frame, _ in deal.frames[-2:]:
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

    def _take(self, number: int, frame: Frame) -> None:
        """Give a frame to the agreement of which it speaks, opening a new one where it introduces one."""
        parties = self._keys(frame.parties)
        if frame.at < 0:
            self._go_on(number, frame, parties)
            return
        mention: Instrument = frame.line.chunks[frame.at].value
        if frame.item and not frame.status:
            self._follow(frame)
        counter = self._keys(frame.counterparties)
        if mention.plural and len(counter) > 1:
            for key, chunk in counter.items():
                rest = {k: c for k, c in parties.items() if k not in counter}
                self._open(number, frame, mention, {**rest, key: chunk})
            return
        titled = {("state", code): frame.line.chunks[frame.at] for code in mention.codes}
        parties = parties or titled
        vaguely = mention.definite and mention.bare  # "the agreement" between "the two countries": whichever these are
        meant = set() if vaguely else {("state", code) for code in self._meant(frame, parties)}
        named = set(self._keys(frame.named))
        deal = self.deals.antecedent(mention, {*parties, *meant}, set(counter), named, frame)
        if deal is not None:
            self._merge(deal, number, frame, mention, parties)
        elif mention.none and not parties:
            self.ledger.drop(mention.start, mention.end, "the text says that there is none")
        elif mention.anaphor or (mention.definite and mention.vague and frame.weight < 1.5):
            self.ledger.drop(mention.start, mention.end, "no agreement was introduced that this could mean")
        else:
            self._open(number, frame, mention, parties)

    def _follow(self, frame: Frame) -> None:
        """Give an item of a list what was said before of the set: "signed three deals. They are: …"."""
        sets = [deal for deal in self.deals.recent if deal.plural and deal.status]
        if sets:
            inherit(frame, max((f for f, _ in sets[-1].frames), key=lambda f: f.weight))

    def _go_on(self, number: int, frame: Frame, parties: dict[Key, Chunk]) -> None:
        """Add to the agreement before; who looked on saw all of those signed together."""
        if not self.deals.all:
            return
        last = max(self.deals.recent, key=lambda d: d.line)
        for deal in [last] if frame.signatories else self._together(last):
            if frame.signing < 0 and not frame.signatories and deal.status not in ("signed", "in-force"):
                continue  # who was present at a meeting has seen nothing signed
            self._merge(deal, number, frame, None, parties)

    def _together(self, last: Deal) -> list[Deal]:
        """Return the agreements signed with one: items of the same list, or named in the same sentence."""
        lines = {id(f.line) for f, _ in last.frames if f.status == "signed" and not f.line.headline}
        return [
            d
            for d in self.deals.recent
            if d is last
            or (d.item and last.item)
            or any(id(f.line) in lines and f.status == "signed" for f, _ in d.frames)
        ]

    def _open(self, number: int, frame: Frame, mention: Instrument, parties: dict[Key, Chunk]) -> None:
        deal = self.deals.open(mention.type)
        deal.item = frame.item
        deal.referred = mention.definite and mention.proper and not parties
        self._merge(deal, number, frame, mention, parties)

    def _merge(
        self, deal: Deal, number: int, frame: Frame, mention: Instrument | None, parties: dict[Key, Chunk]
    ) -> None:
        span = Span(frame.line.start, frame.line.end)
        deal.line = number
        if mention is not None:
            deal.take(mention)
            frame.ours = frame.ours or mention.ours
        if not deal.is_in(frame.line):
            deal.codes.update(self._countries(frame.line))
            deal.said |= self._stems(frame.line)
        deal.tell(frame, span)
        self._resolve(number, frame)
        deal.counter.update(self._keys(frame.counterparties))
        for key in parties:
            deal.take_party(key, (span, 0.85, "parties"))
        for code in self._meant(frame, parties):
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

    def _stems(self, line: Line) -> frozenset[str]:
        """Return the stems of a sentence's words, which several agreements may have in common."""
        if self._said[0] is not line:
            self._said = (line, stems(word for c in line.chunks for word in c.text.split()))
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

    def _resolve(self, number: int, frame: Frame) -> None:
        """Put those whom "the two ministers", "they" and "him" mean into their roles."""
        if frame.him:
            frame.signatories += self._last_named(number)
        if frame.people or (frame.they and not frame.onlookers):
            frame.signatories += [c for c in self._two(number, frame) if c not in frame.signatories]
        if frame.onlookers:
            frame.witnesses += [c for c in self._two(number, frame) if c not in frame.witnesses]
        frame.him = frame.people = frame.they = frame.onlookers = False

    def _two(self, number: int, frame: Frame) -> list[Chunk]:
        """Return mentions of the two officials whom "the two ministers" or "they" means; none where nothing tells.

        They are the first two of the nearest sentence that names as many, "they" the only two of one before.
        """
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

    def _last_named(self, number: int) -> list[Chunk]:
        """Return a mention of the official last named before a sentence, whom "him" in it means."""
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
                _cover(deal, chunk, frame.line)


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


def _cover(deal: Deal, chunk: Chunk, line: Line) -> None:
    """Add a sector to those that an agreement covers."""
    deal.sectors.setdefault(str(chunk.value.iri), (chunk, Span(line.start, line.end)))


def _unfit(deal: Deal) -> str:
    """Return why a candidate is no agreement that the text reports; "" where it is one."""
    weight = max((f.weight for f, _ in deal.frames), default=0.0)
    parties = [k for k in deal.parties if k[0] != "person"]
    if deal.vague and weight < 1.5:
        return "nothing says that this is an agreement between parties"
    if weight == 0.0 and not deal.parties:
        return "only referred to: the text says neither how far it has come nor between whom"
    companies = [name for kind, name in parties if kind == "org" and _COMPANY.search(name)]
    if companies and all(kind == "org" and any(c.startswith(name) for c in companies) for kind, name in parties):
        return "between companies only"
    return ""


def _members(deal: Deal, deals: list[Deal]) -> list[Deal]:
    """Return the agreements of a set that the text names one by one; none where it does not, or for one that is no set."""
    if not deal.plural or not deal.bare:
        return []
    members = [d for d in deals if d is not deal and not d.plural and d.status == deal.status != ""]
    return members if len(members) > 1 else []


def _share(whole: Deal, member: Deal) -> None:
    """Give a member of a set what was said of all: who looked on, when and where."""
    member.witnesses = member.witnesses or dict(whole.witnesses)
    if not any(f.dates or f.places for f, _ in member.frames):
        member.frames += [pair for pair in whole.frames if pair[0].dates or pair[0].places]


# --- writing down ---------------------------------------------------------------------------------------------------


class _Writer:
    """Writes one agreement down."""

    def __init__(
        self, analysis: Analysis, ledger: Ledger, deal: Deal, key: str, organisations: Mapping[Key, list[Chunk]]
    ) -> None:
        self.analysis = analysis
        self.ledger = ledger
        self.deal = deal
        self.key = key
        self.organisations = organisations
        self.before: Deal | None = None  # the agreement that the article tells before this one

    def write(self) -> None:
        """Write down the agreement with all that is said of it."""
        deal = self.deal
        title = _title(deal)
        for start, end, _ in deal.mentions:
            self.ledger.thing(self.key, KG.Agreement, title, at=(start, end))
        self._claim("agreementType", agreement_types()[deal.type], deal.frames[0][1], 0.9, "noun")
        status, span, score = _status(deal)
        if status:
            self._claim("status", statuses()[status], span, score, "cue")
        for party, (where, sure, rule) in self._parties().items():
            self._claim("party", self._party(party), where, sure, rule)
        for person, where in deal.signatories.items():
            self._claim("signatory", officials.key(person[1]), where, 0.85, "signatory")
        for person, where in deal.witnesses.items():
            if person not in deal.signatories:
                self._claim("witness", officials.key(person[1]), where, 0.8, "witness")
        for iri, (chunk, where) in deal.sectors.items():
            sector(self.ledger, chunk)
            self._claim("sector", f"sector:{iri}", where, 0.8, "topic")
        if deal.binding is not None:
            self._claim("legallyBinding", "true" if deal.binding[0] else "false", deal.binding[1], 0.95, "binding")
        self._when_and_where(status)

    def _claim(self, name: str, object_: str, evidence: Span, score: float, rule: str) -> None:
        self.ledger.claim(self.key, getattr(KG, name), object_, evidence, score, rule)

    def _when_and_where(self, status: str) -> None:
        """Write down one date, the most precise, and one place; of several the first in the text."""
        days: list[tuple[int, int, str, Span]] = []
        spots: list[tuple[int, str, Span]] = []
        for frame, span in self.deal.frames:
            if frame.at >= 0 and (frame.weight < 1.4 or (status and frame.status not in (status, "signed", ""))):
                continue
            for chunk in frame.dates[:1]:
                day = dates.resolve(chunk.value, self.analysis.article.published, future=status == "planned")
                if day:
                    # The day of signing counts before that on which it entered into force.
                    rank = -len(day) if frame.signing >= 0 else 0
                    days.append((rank, span.start, day, span))
            spots += [(span.start, str(chunk.value), span) for chunk in frame.places[:1]]
            if frame.here and not frame.places and self.analysis.dateline:
                spots.append((span.start, self.analysis.dateline, span))
        if not days and self.deal.year:
            days.append((-len(self.deal.year), 0, self.deal.year, self.deal.frames[0][1]))
        if not days and status == "signed":
            days += self._told_today()
        if days:
            _, _, day, span = min(days)
            self._claim("signedOn", day, span, 0.85, "date")
            dated = places()[self.analysis.dateline].level if self.analysis.dateline else ""
            if not spots and status == "signed" and dated == "city" and self._is_news(day):
                spots.append((span.start, self.analysis.dateline, span))
        if not spots and status == "signed":
            spots += self._met_where()
        if spots:
            _, code, span = min(spots)
            self._claim("signedAt", jurisdiction(self.ledger, code), span, 0.8, "place")

    def _is_news(self, day: str) -> bool:
        """Tell whether an article was published on the day of a signing or within the two days after it."""
        published = self.analysis.article.published
        if len(day) < 10 or len(published) < 10:
            return False
        return 0 <= (date.fromisoformat(published[:10]) - date.fromisoformat(day)).days <= _FRESH

    def _signing_line(self) -> int:
        """Return the number of the sentence that tells of the signing; -1 where only a headline does."""
        told = (f.line for f, _ in self.deal.frames if f.weight >= 2 and not f.line.heading and not f.line.headline)
        first = next(told, None)
        return self.analysis.lines.index(first) if first is not None else -1

    def _met_where(self) -> list[tuple[int, str, Span]]:
        """Return where those met of whom a sentence right before that of the signing tells: "A received B in Bern"."""
        at = self._signing_line()
        for line in reversed(self.analysis.lines[max(0, at - _MET) : max(0, at)]):
            met = _MEETING.search(self.analysis.text, line.start, line.end)
            for found in _IN_PLACE.finditer(line.shape) if met else ():
                place = line.chunks[found.start("place")]
                if places()[str(place.value)].level == "city":
                    return [(line.start, str(place.value), Span(line.start, line.end))]
        return []

    def _told_today(self) -> list[tuple[int, int, str, Span]]:
        """Return the day of an account: the last one named before the sentence of the signing, if it is the news of the day."""
        lines = self.analysis.lines
        at = self._signing_line()
        for line in reversed(lines[max(0, at - _ACCOUNT) : max(0, at)]):
            if line.where(_INSTRUMENT) and not any(f.line is line for f, _ in self.deal.frames):
                return []  # the day of another one
            for chunk in reversed(line.chunks):
                if chunk.kind == "date":
                    day = dates.resolve(chunk.value, self.analysis.article.published)
                    span = Span(line.start, line.end)
                    return [(-len(day), line.start, day, span)] if self._is_news(day) else []
        return []

    def _party(self, party: Key) -> str:
        kind, name = party
        if kind == "state":
            return jurisdiction(self.ledger, name)
        if kind == "body":
            return f"ministry:{name}"
        key = f"organization:{name}"
        found = [c for _, _, c in self.analysis.found("org") if body_key(self.analysis.full(c.value)) == party]
        for chunk in (*self.organisations.get(party, ()), *found):
            body = self.analysis.full(chunk.value)
            self.ledger.thing(key, KG.Organization, body.name, at=(chunk.start, chunk.end))
        return key

    def _parties(self) -> dict[Key, Party]:
        """Return the parties: bodies rather than the states they belong to; failing all, those whom the signatories serve."""
        found = {k: v for k, v in self.deal.parties.items() if k[0] != "person"}
        if len(found) < 2:
            found = {**self._served(), **found}
        found = self._without_owners(found)
        if len(found) < 2 and not self.deal.referred:
            found = {**self._supposed(found), **found}
        found = {self._seat(k, v[0]): v for k, v in found.items()}
        return {k: v for k, v in found.items() if not (len(found) > 1 and _city_of(k, found))}

    def _supposed(self, found: dict[Key, Party]) -> dict[Key, Party]:
        """Return who else must be a party: those of the agreement told before, the article's only two countries, or its own."""
        span = self.deal.frames[0][1]
        home = country(self.analysis.home) if self.analysis.home else ""
        by_country = list(dict.fromkeys(country(code) for code in self.analysis.counts))
        two = by_country if len(by_country) == 2 else self.analysis.two_states
        known = next(iter(found), None)
        if known is None or known == ("state", home):
            before = self._parties_before()
            if len(before) == 2 and (known is None or known in before):
                return dict.fromkeys(before, (span, 0.5, "as-before"))
            return {("state", code): (span, 0.5, "only-two") for code in two}
        if home and self._country(known) not in ("", home) and self.deal.told and not _is_local(known):
            return {("state", home): (span, 0.55, "home")}
        return {}

    def _parties_before(self) -> list[Key]:
        """Return the parties of the agreement told before this one; the states, where those were ministries."""
        parties = [k for k in self.before.parties if k[0] != "person"] if self.before else []
        if any(kind == "body" for kind, _ in parties):
            return [("state", code) for code in sorted({self._country(k) for k in parties} & places().keys())]
        return parties

    def _country(self, party: Key) -> str:
        """Return the country of a party; "" where it is not known."""
        kind, name = party
        if kind == "state":
            return country(name)
        owners = self.ledger.objects(f"ministry:{name}", KG.jurisdiction) if kind == "body" else ["jurisdiction:?"]
        return country(owners[0].split(":", 1)[1]) if owners else ""

    def _served(self) -> dict[Key, Party]:
        """Return the jurisdictions and the organisations that the signatories serve."""
        found: dict[Key, Party] = {}
        for person, span in (*self.deal.signatories.items(), *self.deal.envoys.items()):
            for served in self.ledger.objects(officials.key(person[1]), KG.serves):
                kind, _, name = served.partition(":")
                if kind in _PARTIES:
                    found.setdefault((_PARTIES[kind], name), (span, 0.7, "signatory-serves"))
        return found

    def _without_owners(self, found: dict[Key, Party]) -> dict[Key, Party]:
        """Leave out the states whose ministries are named as the parties."""
        bodies = [k for k in found if k[0] == "body"]
        if len(bodies) > 1:
            return {k: v for k, v in found.items() if k[0] != "state"}
        if bodies:
            owners = self.ledger.objects(f"ministry:{bodies[0][1]}", KG.jurisdiction)
            return {k: v for k, v in found.items() if k[0] != "state" or f"jurisdiction:{k[1]}" not in owners}
        return found

    def _seat(self, party: Key, where: Span) -> Key:
        """Return the state for which its capital stands ("Nairobi and Hanoi agreed"), unless the words speak of a city."""
        if party[0] != "state" or not places()[party[1]].capital or places()[party[1]].level == "subdivision":
            return party
        if _CITY.search(self.analysis.text[where.start : where.end].lower()):
            return party
        return ("state", country(party[1]))


def _is_local(party: Key) -> bool:
    """Tell whether a party is a city, which agrees with its like rather than with states."""
    kind, code = party
    return kind == "state" and places()[code].level == "city" and not places()[code].capital


def _city_of(party: Key, parties: dict[Key, Party]) -> bool:
    """Tell whether a party is a city whose country is a party too."""
    kind, code = party
    if kind != "state" or places()[code].level != "city":
        return False
    return country(code) != code and ("state", country(code)) in parties


def _title(deal: Deal) -> str:
    """Return the fullest name of an agreement that is not a sentence: the longest of its titles."""
    return max(deal.names, key=lambda n: (len(n) if len(n) <= 160 else 0, n))


def _status(deal: Deal) -> tuple[str, Span, float]:
    """Return how far an agreement has come: what the text says most plainly; of two as plain, the first."""
    best: tuple[str, Span, float] = ("", deal.frames[0][1], 0.0)
    top = 0.0
    for frame, span in deal.frames:
        if frame.status and frame.weight > top:
            top = frame.weight
            best = (frame.status, span, min(0.95, 0.6 + frame.weight / 8))
    return best
