"""The tiers one after the other: what the tables and an index do not link, a service on the network may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kg.link.decide import Decision, Wanted, decide, telling
from kg.link.items import Index, Item
from kg.link.tables import Table, Tiers


class Service(Protocol):
    """What knows items and is asked about several entities at once."""

    def candidates(self, wanted: Sequence[Wanted]) -> list[list[Item]]:
        """Return the items that each may be; none where not all of them can be told."""


def decided(wanted: Sequence[Wanted], index: Index, service: Service | None = None) -> list[Decision]:
    """Return what is to be done with each entity. The service is asked only about those that the index does not link."""
    decisions = [decide(one, index) for one in wanted]
    rest = [i for i, decision in enumerate(decisions) if decision.verdict != "link"]
    if service is not None and rest:
        for i, items in zip(rest, service.candidates([telling(wanted[i]) for i in rest]), strict=True):
            if items:
                decisions[i] = decide(wanted[i], Tiers(index, Table(items)))
    return decisions
