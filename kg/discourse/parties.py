"""Parties: between whom an agreement stands, named, served by those who sign, or understood."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.discourse import officials
from kg.discourse.analysis import Analysis
from kg.discourse.deals import Deal, Key, Party
from kg.discourse.ledger import Ledger
from kg.lexicons.places import country, places
from kg.model import Span
from kg.vocabulary import KG

_CITY = re.compile(r"\b(?:city|cities|mayors?|municipal|municipality|metropolitan)\b")
_STANDS_FOR = {"jurisdiction": "state", "organization": "org"}  # kinds of keys of those for whom signatories may stand


class Parties:
    """Tells the parties of one agreement; officials and public bodies must be written down before."""

    def __init__(self, analysis: Analysis, ledger: Ledger, deal: Deal, before: Deal | None) -> None:
        self.analysis = analysis
        self.ledger = ledger
        self.deal = deal
        self.before = before  # the agreement that the article tells before this one

    def all(self) -> dict[Key, Party]:
        """Return the parties: bodies rather than the states they belong to; failing all, those whom the signatories serve."""
        found = {k: v for k, v in self.deal.parties.items() if k[0] != "person" and self._is_told(k)}
        if len(found) < 2:
            found = {**self._served(), **found}
        found = self._without_owners(found)
        if len(found) < 2 and not self.deal.referred:
            found = {**self._supposed(found), **found}
        found = {self._seat(k, v[0], found): v for k, v in found.items()}
        return {k: v for k, v in found.items() if not (len(found) > 1 and _city_of(k, found))}

    def _is_told(self, party: Key) -> bool:
        """Tell whether a body is one by itself and no part of another: those are not written down."""
        return party[0] != "body" or f"ministry:{party[1]}" in self.ledger

    def _supposed(self, found: dict[Key, Party]) -> dict[Key, Party]:
        """Return who else must be a party: those of the agreement told before, the article's only two countries, or its own."""
        span = self.deal.frames[0].line.span
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
                if kind in _STANDS_FOR:
                    found.setdefault((_STANDS_FOR[kind], name), (span, 0.7, "signatory-serves"))
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

    def _seat(self, party: Key, where: Span, parties: Iterable[Key]) -> Key:
        """Return the state for which its capital stands ("Nairobi and Hanoi agreed"), unless the words speak of a city.

        A capital that is a province too, as Beijing is, stands for the state only beside another state.
        """
        if party[0] != "state" or not places()[party[1]].capital:
            return party
        states = (code for kind, code in parties if kind == "state" and places()[code].level == "country")
        if places()[party[1]].level == "subdivision" and all(code == country(party[1]) for code in states):
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
