"""Agreements: which of those that the sentences tell of are agreements to state, and all that is stated of each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.discourse import officials
from kg.discourse.analysis import Analysis
from kg.discourse.deals import Deal, Key, body_key
from kg.discourse.gathering import Gathering
from kg.discourse.jurisdictions import jurisdiction
from kg.discourse.ledger import Ledger
from kg.discourse.occasion import Occasion
from kg.discourse.parties import Parties
from kg.discourse.sectors import heads, listed, narrowed, sector, shared, supposed
from kg.grammar.words import Chunk
from kg.model import Span
from kg.vocabulary import KG, agreement_types, statuses

_COMPANY = re.compile(
    r"\b(ltd|limited|inc|corp|corporation|plc|llc|gmbh|ag|holdings|group|company|airlines|airways|motors|technologies)\b\.?",
    re.IGNORECASE,
)


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the agreements, and drop what is none."""
    gathering = Gathering(analysis, ledger)
    kept = _fit(gathering.read(), ledger)
    _cover(analysis, kept)
    for number, deal in enumerate(kept):
        writer = _Writer(analysis, ledger, deal, f"agreement:{number:03d}", gathering.organisations)
        writer.write(kept[number - 1] if number else None)


def _fit(deals: list[Deal], ledger: Ledger) -> list[Deal]:
    """Return the candidates that are agreements to state, and drop the others; what was said of a set goes to its members."""
    kept = []
    for deal in deals:
        members = _members(deal, deals)
        for member in members:
            _share(deal, member)
        reason = _unfit(deal) or ("a set of which the text names the agreements one by one" if members else "")
        if not reason:
            kept.append(deal)
        elif deal.mentions:
            ledger.drop(*deal.mentions[0][:2], reason=reason)
    return kept


def _cover(analysis: Analysis, kept: list[Deal]) -> None:
    """Give the agreements of an article the sectors that the sentences around their own say they cover."""
    told = [{f.line.number for f in deal.frames} for deal in kept]
    items = listed(analysis.lines)
    for deal, numbers in zip(kept, told, strict=True):
        others = set().union(*(each for each in told if each is not numbers))
        for chunk, line in shared(analysis, items, numbers, others):
            deal.cover(chunk, line)
    if len(kept) == 1:
        for chunk, line in () if kept[0].sectors else heads(analysis):
            kept[0].cover(chunk, line)
    for deal in kept:
        for chunk, line in () if deal.sectors else supposed(analysis, deal.frames):
            deal.cover(chunk, line)
        for iri in narrowed((chunk for said in deal.sectors.values() for chunk, _ in said), analysis.title_end):
            del deal.sectors[iri]


def _unfit(deal: Deal) -> str:
    """Return why a candidate is no agreement that the text reports; "" where it is one."""
    weight = max((f.weight for f in deal.frames), default=0.0)
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
    if not deal.plural:
        return []
    lines = {id(frame.line) for frame in deal.frames}
    counted = [d for d in deals if d.counted and id(d.frames[0].line) in lines]
    if len(counted) > 1:
        return counted
    members = [d for d in deals if d is not deal and not d.plural and d.status == deal.status != ""]
    if deal.count:
        members = [d for d in members if _begins(d) >= _begins(deal) and not d.old]
        items = [d for d in members if d.item]
        members = items if len(items) > 1 else members
        return members if 1 < len(members) <= deal.count else []
    apart = deal.topic and not any(deal.topic & d.topic for d in members)  # "also agreements on health and education"
    return members if deal.bare and len(members) > 1 and not apart else []


def _begins(deal: Deal) -> int:
    """Return the number of the line, headlines apart, that first speaks of an agreement."""
    return next((f.line.number for f in deal.frames if not f.line.headline), -1)


def _share(whole: Deal, member: Deal) -> None:
    """Give a member of a set what was said of all: who signed and who looked on, when and where."""
    member.witnesses = member.witnesses or dict(whole.witnesses)
    member.signatories = member.signatories or dict(whole.signatories)
    if not any(f.dates or f.places for f in member.frames):
        member.frames += [f for f in whole.frames if f.dates or f.places]


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

    def write(self, before: Deal | None) -> None:
        """Write down the agreement with all that is said of it; `before` is the one that the article tells before it."""
        deal = self.deal
        title = _title(deal)
        for start, end, _ in deal.mentions:
            self.ledger.thing(self.key, KG.Agreement, title, at=(start, end))
        self._claim("agreementType", agreement_types()[deal.type], deal.frames[0].line.span, 0.9, "noun")
        status, span, score = _status(deal)
        if status:
            self._claim("status", statuses()[status], span, score, "cue")
        for party, (where, sure, rule) in Parties(self.analysis, self.ledger, deal, before).all().items():
            self._claim("party", self._party(party), where, sure, rule)
        for person, where in deal.signatories.items():
            self._claim("signatory", officials.key(person[1]), where, 0.85, "signatory")
        for person, where in deal.witnesses.items():
            if person not in deal.signatories:
                self._claim("witness", officials.key(person[1]), where, 0.8, "witness")
        for iri, said in deal.sectors.items():
            chunk, where = said[0]
            sector(self.ledger, chunk)
            self._claim("sector", f"sector:{iri}", where, 0.8, "topic")
        if deal.binding is not None:
            self._claim("legallyBinding", "true" if deal.binding[0] else "false", deal.binding[1], 0.95, "binding")
        occasion = Occasion(self.analysis, deal, status)
        day = occasion.day()
        place = occasion.place(day)
        if day:
            self._claim("signedOn", day[0], day[1], 0.85, "date")
        if place:
            self._claim("signedAt", jurisdiction(self.ledger, place[0]), place[1], 0.8, "place")

    def _claim(self, name: str, object_: str, evidence: Span, score: float, rule: str) -> None:
        self.ledger.claim(self.key, getattr(KG, name), object_, evidence, score, rule)

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


def _title(deal: Deal) -> str:
    """Return the fullest name of an agreement that is not a sentence: the longest of its titles."""
    return max(deal.names, key=lambda n: (len(n) if len(n) <= 160 else 0, n))


def _status(deal: Deal) -> tuple[str, Span, float]:
    """Return how far an agreement has come: what the text says most plainly; of two as plain, the first."""
    best: tuple[str, Span, float] = ("", deal.frames[0].line.span, 0.0)
    top = 0.0
    for frame in deal.frames:
        if frame.status and frame.weight > top:
            top = frame.weight
            best = (frame.status, frame.line.span, min(0.95, 0.6 + frame.weight / 8))
    return best
