"""From what the grammar found to things and claims, each with the words that support it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.grammar import dates
from kg.grammar.bodies import Body
from kg.grammar.discourse import (
    GENERIC,
    Citizen,
    Deal,
    Deals,
    Key,
    People,
    body_key,
    home,
    name_words,
    nominal_code,
    topic_words,
)
from kg.grammar.frames import Frame, frames
from kg.grammar.instruments import Instrument
from kg.grammar.people import Title
from kg.grammar.places import HOME
from kg.grammar.sectors import Concept
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country, places
from kg.model import Article, Claim, Drop, Iri, Mention, Reading, Span, Thing
from kg.vocabulary import KG, ORG, agreement_types, statuses

LONGEST_QUOTE = 400  # characters: evidence is a quotation, not a copy
_COMPANY = re.compile(
    r"\b(ltd|limited|inc|corp|corporation|plc|llc|gmbh|ag|holdings|group|company|airlines|airways|motors|technologies)\b\.?",
    re.IGNORECASE,
)


class Statements:
    """Collects the things and claims of one article."""

    def __init__(self, article: Article, lines: list[Line], people: People, known: dict[str, Body]) -> None:
        self.article = article
        self.text = article.text
        self.lines = lines
        self.people = people
        self.known = known
        self.things: dict[str, tuple[Iri, str, str, dict[tuple[int, int], Mention]]] = {}
        self.claims: dict[tuple[str, str, str], Claim] = {}
        self.drops: list[Drop] = []
        self.deals = Deals()
        self.counts = self._count_states()
        self.home = home(self.counts, article.url)
        self._settle_home()
        self.pair: list[str] = []  # the two jurisdictions last named side by side

    def reading(self) -> Reading:
        """Return all that the article states."""
        self._states()
        self._bodies()
        self._officials()
        self._sectors()
        self._agreements()
        things = tuple(
            Thing(key, kind, name, tuple(sorted(mentions.values(), key=lambda m: m.start)), code)
            for key, (kind, name, code, mentions) in sorted(self.things.items())
        )
        return Reading(things, tuple(self.claims[k] for k in sorted(self.claims)), tuple(self.drops))

    # --- writing down ---

    def _thing(self, key: str, kind: Iri, name: str, code: str = "", at: tuple[int, int] | None = None) -> str:
        found = self.things.get(key)
        if found is None or (kind != KG.Jurisdiction and not code and len(name) > len(found[1])):
            found = self.things[key] = (kind, name, code, found[3] if found else {})
        if at is not None and at[0] < at[1]:
            found[3][at] = Mention(at[0], at[1], self.text[at[0] : at[1]])
        return key

    def _claim(self, subject: str, predicate: Iri, object_: str, evidence: Span, score: float, rule: str) -> None:
        key = (subject, predicate, object_)
        if key not in self.claims or self.claims[key].score < score:
            self.claims[key] = Claim(subject, predicate, object_, round(score, 2), self._quote(evidence), rule)

    def _quote(self, span: Span, around: int | None = None) -> Span:
        """Return a span short enough to quote, without blanks at its ends."""
        start, end = span.start, span.end
        if end - start > LONGEST_QUOTE:
            middle = around if around is not None else start
            start = max(start, min(middle - LONGEST_QUOTE // 3, end - LONGEST_QUOTE))
            end = min(end, start + LONGEST_QUOTE)
            if start > span.start:
                start = self.text.find(" ", start, end) + 1 or start
            if end < span.end:
                end = self.text.rfind(" ", start, end)
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def _drop(self, start: int, end: int, reason: str) -> None:
        self.drops.append(Drop(start, end, reason))

    # --- jurisdictions ---

    def _walk(self, chunks: list[Chunk]) -> Iterator[Chunk]:
        """Yield chunks and what they were made of; names of organisations are not looked into."""
        for chunk in chunks:
            yield chunk
            if chunk.parts and chunk.kind not in ("org", "state"):
                yield from self._walk(chunk.parts)

    def _count_states(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for line in self.lines:
            for chunk in self._walk(line.chunks):
                if chunk.kind in ("state", "place", "demonym") and chunk.value != HOME:
                    counts[str(chunk.value)] += 2 if "overnment" in chunk.text else 1
        by_country: Counter[str] = Counter()
        for code, n in counts.items():
            by_country[country(code)] += n
        self.by_country = by_country
        return counts

    def _settle_home(self) -> None:
        """Give "the Government" the jurisdiction from which the article speaks."""
        for line in self.lines:
            for chunk in self._walk(line.chunks):
                if chunk.kind == "state" and chunk.value == HOME:
                    chunk.value = country(self.home) if self.home else HOME
                    chunk.kind = "state" if self.home else "government"

    def _state(self, code: str, at: tuple[int, int] | None = None) -> str:
        return self._thing(f"jurisdiction:{code}", KG.Jurisdiction, places()[code].label, code, at)

    def _states(self) -> None:
        for line in self.lines:
            for chunk in self._walk(line.chunks):
                if chunk.kind in ("state", "place", "demonym"):
                    self._state(str(chunk.value), (chunk.start, chunk.end))
                    for part in chunk.parts:
                        if part.kind in ("place", "demonym") and chunk.kind == "state" and part.text != chunk.text:
                            self._state(str(part.value), (part.start, part.end))

    # --- bodies ---

    def _bodies(self) -> None:
        for line in self.lines:
            for index, chunk in enumerate(line.chunks):
                for inner in self._walk([chunk]):
                    if inner.kind == "body":
                        self._body(line, index, inner)

    def _full(self, body: Body) -> Body:
        """Return the body that an acronym or a short name means in this article."""
        return self.known.get(body.name, body)

    def _body(self, line: Line, index: int, chunk: Chunk) -> None:
        for name in _several(chunk.value.name):
            body = self._full(chunk.value) if name == chunk.value.name else Body(name, True, chunk.value.code)
            key = self._thing(f"ministry:{body_key(body)[1]}", KG.Ministry, body.name, at=(chunk.start, chunk.end))
            where = chunk.text.find(name)
            if where > 0:
                self._thing(key, KG.Ministry, body.name, at=(chunk.start + where, chunk.start + where + len(name)))
            if body.acronym and body.acronym in chunk.text:
                spot = chunk.start + chunk.text.rindex(body.acronym)
                if self.text[spot : spot + len(body.acronym)] == body.acronym:
                    self._thing(key, KG.Ministry, body.name, at=(spot, spot + len(body.acronym)))
            code, score = self._owner(line, index, body)
            if code:
                self._state(code)
                self._claim(
                    key,
                    KG.jurisdiction,
                    f"jurisdiction:{code}",
                    Span(line.start, line.end) if score < 0.9 else Span(chunk.start, chunk.end),
                    score,
                    "owner",
                )

    def _owner(self, line: Line, index: int, body: Body) -> tuple[str, float]:
        """Return whose body it is, and how surely: named with it, "the city's", the one named before, or the article's own."""
        if body.code:
            return body.code, 0.95
        if index >= 2 and line.chunks[index - 1].kind == "possessive":
            before = line.chunks[index - 2]
            if before.kind in ("state", "place"):
                return str(before.value), 0.95
            code = nominal_code(before.text.lower(), self.counts)
            if code:
                return code, 0.8
        return (country(self.home) if self.home else "", 0.6)

    # --- officials ---

    def _officials(self) -> None:
        for citizen in self.people.all:
            if not citizen.public:
                if citizen.titles:
                    self._drop(*citizen.mentions[0][:2], reason="a person without public office")
                continue
            self._official(citizen)

    def _official(self, citizen: Citizen) -> str:
        key = "official:" + "-".join(name_words(citizen.name))
        for start, end, _ in citizen.mentions:
            self._thing(key, KG.Official, citizen.name, at=(start, end))
        public = [(t, s) for t, s in citizen.titles if not t.private]
        owner = next((t.code for t, _ in public if t.code), "")
        for title, span in _longest_titles(public):
            self._post(key, title, span, owner)
        return key

    def _post(self, official: str, title: Title, span: Span, owner: str) -> None:
        code = title.code or owner
        post = self._thing(
            f"post:{code or title.body}:{title.label.lower()}", ORG.Post, title.label, at=(title.start, title.end)
        )
        self._claim(official, ORG.holds, post, span, 0.92, "title")
        body = self._title_body(title)
        if body:
            self._claim(post, ORG.postIn, body, span, 0.9, "title-body")
            self._claim(official, KG.serves, body, span, 0.9, "title-body")
        if code:
            self._serve(official, post, code, span, 0.9, bool(body))
        elif not body and self.home:
            self._serve(official, post, country(self.home), span, 0.6, False)

    def _title_body(self, title: Title) -> str:
        """Return the key of the body that a title names, or whose minister it makes; "" where there is none."""
        if title.body:
            body = self._full(Body(title.body, True))
            key = body_key(body)[1]
            return f"ministry:{key}" if f"ministry:{key}" in self.things else ""
        return ""

    def _serve(self, official: str, post: str, code: str, span: Span, score: float, has_body: bool) -> None:
        state = self._state(code)
        if not has_body:
            self._claim(post, ORG.postIn, state, span, score, "title-place")
        self._claim(official, KG.serves, state, span, score, "title-place")

    # --- sectors ---

    def _sectors(self) -> None:
        often = Counter(c.value.iri for line in self.lines for c in line.chunks if c.kind == "sector")
        for line in self.lines:
            for index, chunk in enumerate(line.chunks):
                if (
                    chunk.kind == "sector"
                    and _counts(line, index)
                    and (often[chunk.value.iri] > 1 or _is_topic(line, index))
                ):
                    self._sector(chunk)
                elif chunk.kind == "instrument":
                    for part in chunk.parts:
                        if part.kind == "sector":
                            self._sector(part)

    def _sector(self, chunk: Chunk) -> str:
        concept: Concept = chunk.value
        return self._thing(
            f"sector:{concept.iri}", KG.IndustrySector, concept.label, str(concept.iri), (chunk.start, chunk.end)
        )

    # --- agreements ---

    def _agreements(self) -> None:
        for number, line in enumerate(self.lines):
            for frame in frames(line):
                self._take(number, frame)
            self._remember_pair(line)
        self._shared_sectors()
        for number, deal in enumerate(self._kept()):
            self._agreement(number, deal)

    def _remember_pair(self, line: Line) -> None:
        codes = list(dict.fromkeys(country(str(c.value)) for c in line.chunks if c.kind == "state"))
        if len(codes) == 2:
            self.pair = codes

    def _keys(self, chunks: list[Chunk]) -> dict[Key, Chunk]:
        found: dict[Key, Chunk] = {}
        for chunk in chunks:
            if chunk.kind == "state":
                found[("state", str(chunk.value))] = chunk
            elif chunk.kind in ("body", "org"):
                found[body_key(self._full(chunk.value))] = chunk
            elif chunk.kind == "person":
                citizen = self.people.find(name_words(chunk.value.name))
                if citizen is not None and citizen.public:
                    found[("person", citizen.name)] = chunk
        return found

    def _take(self, number: int, frame: Frame) -> None:
        """Give a frame to the agreement it speaks of, opening a new one where it introduces one."""
        parties = self._keys(frame.parties)
        if frame.at < 0:
            if self.deals.all:
                self._merge(max(self.deals.all, key=lambda d: d.line), number, frame, None, parties)
            return
        mention: Instrument = frame.line.chunks[frame.at].value
        counter = self._keys(frame.counterparties)
        if mention.plural and len(counter) > 1:
            for key, chunk in counter.items():
                rest = {k: c for k, c in parties.items() if k not in counter}
                self._open(number, frame, mention, {**rest, key: chunk})
            return
        titled = {("state", code): frame.line.chunks[frame.at] for code in mention.codes}
        parties = parties or titled
        deal = self.deals.antecedent(mention, set(parties), frame)
        if deal is None:
            if mention.definite and mention.vague and frame.weight < 1.5:
                self._drop(mention.start, mention.end, "no agreement was introduced that this could mean")
                return
            self._open(number, frame, mention, parties)
        else:
            self._merge(deal, number, frame, mention, parties)

    def _open(self, number: int, frame: Frame, mention: Instrument, parties: dict[Key, Chunk]) -> None:
        deal = Deal(mention.type)
        self.deals.all.append(deal)
        self._merge(deal, number, frame, mention, parties)

    def _merge(
        self, deal: Deal, number: int, frame: Frame, mention: Instrument | None, parties: dict[Key, Chunk]
    ) -> None:
        span = Span(frame.line.start, frame.line.end)
        deal.line = number
        if mention is not None:
            deal.names.append(mention.title)
            deal.mentions.append((mention.start, mention.end, mention.name))
            deal.vague = deal.vague and mention.vague
            deal.plural = deal.plural or mention.plural
            deal.proper = deal.proper or mention.proper
            deal.topic = deal.topic | topic_words(mention)
            if (deal.type in GENERIC and mention.type not in GENERIC) or (
                deal.type == "agreement" and mention.type in GENERIC
            ):
                deal.type = mention.type
        deal.frames.append((frame, span))
        for key in parties:
            deal.parties.setdefault(key, (span, 0.85, "parties"))
        if (frame.pair or frame.ours) and not parties:
            for code in self.pair if frame.pair else [self.home] if self.home else []:
                deal.parties.setdefault(("state", code), (span, 0.7, "pair"))
        for chunk in self._keys(frame.signatories):
            deal.signatories.setdefault(chunk, span)
        for chunk in self._keys(frame.witnesses):
            deal.witnesses.setdefault(chunk, span)
        if frame.binding is not None and deal.binding is None:
            deal.binding = (frame.binding, span)
        self._topics(deal, frame)

    def _topics(self, deal: Deal, frame: Frame) -> None:
        """Add the sectors in an instrument's title, before its noun and in what follows it."""
        if frame.at < 0:
            return
        line = frame.line
        found = [p for p in line.chunks[frame.at].parts if p.kind == "sector"]
        for index in range(frame.at - 1, max(-1, frame.at - 5), -1):
            if line.chunks[index].kind == "sector":
                found.append(line.chunks[index])
            elif line.chunks[index].kind not in ("cooperate", "word", "and", "hyphen", "portfolio"):
                break
        found.extend(_topics_after(line, frame.at))
        for chunk in found:
            self._sector(chunk)
            deal.sectors.setdefault(str(chunk.value.iri), Span(line.start, line.end))

    def _shared_sectors(self) -> None:
        """Where an article tells of one agreement, the fields of cooperation that it lists are the agreement's."""
        kept = self._kept(quiet=True)
        if len(kept) != 1:
            return
        for line in self.lines:
            kinds = {c.kind for c in line.chunks}
            if kinds & {"cooperate", "fields"} and "sector" in kinds:
                start = next(i for i, c in enumerate(line.chunks) if c.kind in ("cooperate", "fields"))
                for index in range(start, len(line.chunks)):
                    chunk = line.chunks[index]
                    if chunk.kind == "sector" and _counts(line, index):
                        kept[0].sectors.setdefault(str(chunk.value.iri), Span(line.start, line.end))

    def _kept(self, quiet: bool = False) -> list[Deal]:
        """Return the agreements that the text really reports; the others are dropped with a reason."""
        kept = []
        for deal in self.deals.all:
            reason = self._unfit(deal)
            if not reason:
                kept.append(deal)
            elif not quiet and deal.mentions:
                self._drop(*deal.mentions[0][:2], reason=reason)
        return kept

    def _unfit(self, deal: Deal) -> str:
        weight = max((f.weight for f, _ in deal.frames), default=0.0)
        parties = [k for k in deal.parties if k[0] != "person"]
        if deal.vague and weight < 1.5:
            return "nothing says that this is an agreement between parties"
        if weight == 0.0 and not deal.parties:
            return "only referred to: the text says neither how far it has come nor between whom"
        if parties and all(k[0] == "org" and _COMPANY.search(k[1]) for k in parties):
            return "between companies only"
        return ""

    def _agreement(self, number: int, deal: Deal) -> None:
        key = f"agreement:{number:03d}"
        name = _title(deal)
        for start, end, _ in deal.mentions:
            self._thing(key, KG.Agreement, name, at=(start, end))
        whole = deal.frames[0][1]
        self._claim(key, KG.agreementType, agreement_types()[deal.type], whole, 0.9, "noun")
        status, span, score = _status(deal)
        if status:
            self._claim(key, KG.status, statuses()[status], span, score, "cue")
        for party, (where, sure, rule) in self._parties(deal).items():
            self._claim(key, KG.party, self._party(party), where, sure, rule)
        for person, where in deal.signatories.items():
            self._claim(key, KG.signatory, self._person_key(person), where, 0.85, "signatory")
        for person, where in deal.witnesses.items():
            if person not in deal.signatories:
                self._claim(key, KG.witness, self._person_key(person), where, 0.8, "witness")
        for iri, where in deal.sectors.items():
            self._claim(key, KG.sector, f"sector:{iri}", where, 0.8, "topic")
        if deal.binding is not None:
            self._claim(
                key, KG.legallyBinding, "true" if deal.binding[0] else "false", deal.binding[1], 0.95, "binding"
            )
        self._when_and_where(key, deal, status)

    def _when_and_where(self, key: str, deal: Deal, status: str) -> None:
        for frame, span in deal.frames:
            if status and frame.status not in (status, "signed", "") and frame.at >= 0:
                continue
            if frame.weight < 1.4 and frame.at >= 0:
                continue
            for chunk in frame.dates[:1]:
                value = dates.resolve(chunk.value, self.article.published, future=status == "planned")
                if value:
                    self._claim(key, KG.signedOn, value, span, 0.85, "date")
            for chunk in frame.places[:1]:
                self._claim(key, KG.signedAt, self._state(str(chunk.value)), span, 0.8, "place")
        self._first_only(key, KG.signedOn)
        self._first_only(key, KG.signedAt)

    def _first_only(self, key: str, predicate: Iri) -> None:
        """Keep one value: the most precise, then the one that comes first in the text."""
        found = [c for c in self.claims.values() if c.subject == key and c.predicate == predicate]
        found.sort(key=lambda c: (-len(c.object) if predicate == KG.signedOn else 0, c.evidence.start, c.object))
        for claim in found[1:]:
            del self.claims[(claim.subject, claim.predicate, claim.object)]

    def _person_key(self, person: Key) -> str:
        return "official:" + "-".join(name_words(person[1]))

    def _party(self, party: Key) -> str:
        kind, name = party
        if kind == "state":
            return self._state(name)
        if kind == "body":
            return f"ministry:{name}"
        chunk = next(
            (
                c
                for line in self.lines
                for c in self._walk(line.chunks)
                if c.kind == "org" and body_key(self._full(c.value)) == party
            ),
            None,
        )
        key = f"organization:{name}"
        if chunk is not None:
            self._thing(key, KG.Organization, self._full(chunk.value).name, at=(chunk.start, chunk.end))
        return key

    def _parties(self, deal: Deal) -> dict[Key, tuple[Span, float, str]]:
        """Return the parties: bodies rather than the states they belong to; failing all, those whom the signatories serve."""
        found = {k: v for k, v in deal.parties.items() if k[0] != "person"}
        if len(found) < 2:
            for person, span in deal.signatories.items():
                for claim in list(self.claims.values()):
                    if (
                        claim.subject == self._person_key(person)
                        and claim.predicate == KG.serves
                        and claim.object.startswith("jurisdiction:")
                    ):
                        found.setdefault(("state", claim.object.split(":", 1)[1]), (span, 0.7, "signatory-serves"))
        bodies = [k for k in found if k[0] == "body"]
        if len(bodies) > 1:
            found = {k: v for k, v in found.items() if k[0] != "state"}
        elif bodies:
            owned = {
                c.object
                for c in self.claims.values()
                if c.predicate == KG.jurisdiction and c.subject == f"ministry:{bodies[0][1]}"
            }
            found = {k: v for k, v in found.items() if k[0] != "state" or f"jurisdiction:{k[1]}" not in owned}
        if not found and len(self.by_country) == 2:
            span = deal.frames[0][1]
            found = {("state", code): (span, 0.5, "only-two") for code in self.by_country}
        found = {self._seat(k, v[0]): v for k, v in found.items()}
        if not [k for k in found if k[0] == "state"] or len(found) < 2:
            return found
        cities = {
            k
            for k in found
            if k[0] == "state"
            and places()[k[1]].level == "city"
            and country(k[1]) != k[1]
            and ("state", country(k[1])) in found
        }
        return {k: v for k, v in found.items() if k not in cities}

    def _seat(self, party: Key, where: Span) -> Key:
        """Return the state for which its capital stands ("Nairobi and Hanoi agreed"), unless the words speak of a city."""
        if party[0] != "state" or not places()[party[1]].capital or places()[party[1]].level == "subdivision":
            return party
        words = self.text[where.start : where.end].lower()
        if re.search(r"\b(?:city|cities|mayors?|municipal|municipality|metropolitan)\b", words):
            return party
        return ("state", country(party[1]))


def _several(name: str) -> list[str]:
    """Split "Ministries of Power and Finance" into two names; any other name is one."""
    head, _, tail = name.partition(" of ")
    singular = {"ministries": "Ministry", "departments": "Department"}.get(head.lower())
    if singular is None or not tail:
        return [name]
    return [f"{singular} of {field.strip()}" for field in re.split(r",\s*(?:and\s+)?|\s+and\s+", tail) if field.strip()]


def _longest_titles(titles: list[tuple[Title, Span]]) -> list[tuple[Title, Span]]:
    """Return the titles that say more than another: "Minister" falls to "Minister of Health"."""
    words = [frozenset(t.label.lower().split()) for t, _ in titles]
    return [
        pair
        for i, pair in enumerate(titles)
        if not any(words[i] < w or (words[i] == w and j < i) for j, w in enumerate(words) if j != i)
    ]


def _counts(line: Line, index: int) -> bool:
    """Tell whether a sector word names a sector here: an ordinary word needs "sector", "in the field of" or a list of sectors."""
    chunk = line.chunks[index]
    concept: Concept = chunk.value
    if not (concept.hidden or concept.borderline):
        return True
    after = line.chunks[index + 1].text.lower() if index + 1 < len(line.chunks) else ""
    if after in ("sector", "sectors", "industry", "industries"):
        return True
    if any(c.kind == "fields" for c in line.chunks[max(0, index - 8) : index]):
        return True
    near = [
        c
        for c in line.chunks[max(0, index - 2) : index + 3]
        if c.kind == "sector" and c is not chunk and not c.value.hidden
    ]
    cooperates = any(c.kind == "cooperate" for c in line.chunks[max(0, index - 5) : index + 2])
    return (bool(near) and cooperates) or (concept.borderline and not concept.hidden and cooperates)


_TOPIC_ENDS = frozenset({"stop", "semicolon", "instrument", "clause"})
_TOPIC_LEAVES = frozenset(
    {"be", "have", "modal", "saying", "sign", "title", "person", "body", "org", "to", "plan", "witness", "pronoun"}
)
_TOPIC_OPENS = frozenset({"fields", "cooperate", "about"})
_TOPIC_LINKS = frozenset(
    {
        "about",
        "on",
        "in",
        "for",
        "of",
        "fields",
        "and",
        "comma",
        "det",
        "cooperate",
        "hyphen",
        "slash",
        "sector",
        "portfolio",
    }
)


def _topics_after(line: Line, at: int) -> Iterator[Chunk]:
    """Yield the sectors that the words after an instrument say it is about: up to its verb, and again after "in the field of"."""
    opened = True
    for index in range(at + 1, len(line.chunks)):
        chunk = line.chunks[index]
        if chunk.kind in _TOPIC_ENDS:
            return
        if chunk.kind in _TOPIC_LEAVES:
            opened = False
        elif chunk.kind in _TOPIC_OPENS:
            opened = True
        elif (
            chunk.kind == "sector"
            and opened
            and (_introduced(line, index) or not (chunk.value.hidden or chunk.value.borderline))
        ):
            yield chunk


def _introduced(line: Line, index: int) -> bool:
    """Tell whether only small words and other sectors stand between a sector and what introduces it: "on", "in", "cooperation"."""
    for before in range(index - 1, max(-1, index - 12), -1):
        kind = line.chunks[before].kind
        if kind in ("about", "on", "in", "fields", "cooperate", "instrument", "noun"):
            return True
        if kind not in _TOPIC_LINKS:
            return False
    return False


def _is_topic(line: Line, index: int) -> bool:
    """Tell whether a sentence speaks of a sector as a subject of policy: it names agreements, cooperation, fields, or other sectors beside it."""
    if line.heading or any(c.kind in ("cooperate", "fields", "instrument") for c in line.chunks):
        return True
    after = line.chunks[index + 1].text.lower() if index + 1 < len(line.chunks) else ""
    beside = [c for c in line.chunks[max(0, index - 3) : index + 4] if c.kind == "sector"]
    return (
        after in ("sector", "sectors", "industry", "industries", "cooperation", "projects", "infrastructure")
        or len(beside) > 1
    )


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
