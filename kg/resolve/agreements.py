"""Agreements: events of the same countries, with compatible types, dates and topics, are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.iris import mint, slug
from kg.lexicons.places import places
from kg.model import Iri, Thing
from kg.resolve import events
from kg.resolve.bodies import Bodies
from kg.resolve.entity import Entity, capital
from kg.resolve.events import Event
from kg.resolve.view import View
from kg.vocabulary import KG, agreement_types, label


class Agreements:
    """Collects the agreements that articles tell of, and settles which are one."""

    def __init__(self, base: str, bodies: Bodies) -> None:
        self._base = base
        self._bodies = bodies
        self._events: list[Event] = []
        self._entities: dict[tuple[str, str], Entity] = {}
        self._taken: Counter[Iri] = Counter()

    def add(self, view: View, thing: Thing) -> None:
        """Take in an agreement as one article tells it."""
        self._events.append(events.event(view, thing))

    def settle(self) -> None:
        """Decide over all that was added; the bodies must be settled."""
        blocks: dict[frozenset[str], list[Event]] = defaultdict(list)
        for event in self._events:
            blocks[event.countries].append(event)
        for block in sorted(blocks, key=sorted):
            for cluster in _clusters(blocks[block]):
                entity = self._named(cluster)
                self._entities.update(((event.article, event.key), entity) for event in cluster)
        self._events = []

    def entity(self, view: View, thing: Thing) -> Entity:
        """Return the entity of an agreement that was added."""
        return self._entities[(view.article.id, thing.key)]

    def _named(self, cluster: list[Event]) -> Entity:
        """Return the entity of a cluster, named by its fullest title, else by its type and parties."""
        type_ = _common_type(cluster)
        day = max((e.signed for e in cluster), key=len, default="")
        titles = Counter(e.title for e in cluster)
        proper = max((e.title for e in cluster if e.topic), key=lambda t: (len(t) <= 160, len(t), t), default="")
        name = proper or self._described(type_, cluster[0], day)
        iri = self._iri(cluster[0], type_, day, _short(proper))
        return Entity(iri, KG.Agreement, capital(name), tuple(sorted({t for t in titles if t != name})))

    def _iri(self, first: Event, type_: str, day: str, topic: str) -> Iri:
        """Return an IRI that tells parties, type and date, and the topic where that is not enough."""
        countries = "-".join(sorted(slug(c) for c in first.countries))
        parts = [countries or first.article, type_, day]
        iri = mint(self._base, "agreement", *parts)
        if self._taken[iri]:
            iri = mint(self._base, "agreement", *parts, topic)
        if self._taken[iri]:
            iri = mint(self._base, "agreement", first.article, str(self._taken[iri] + 1), type_)
        while self._taken[iri]:
            self._taken[iri] += 1
            iri = Iri(f"{iri}-{self._taken[iri]}")
        self._taken[iri] += 1
        return iri

    def _described(self, type_: str, event: Event, day: str) -> str:
        """Return a label for an agreement that no article gives a title: its type, its parties and the year."""
        names = [places()[p].label if isinstance(p, str) else self._bodies.label(p) for p in event.parties]
        text = label(agreement_types()[type_]) or type_
        if len(names) > 1:
            text += f" between {', '.join(names[:-1])} and {names[-1]}"
        elif names:
            text += f" with {names[0]}"
        return text + (f" ({day[:4]})" if day else "")


def _short(title: str) -> str:
    return " ".join(w for w in events.TITLE_WORDS.findall(title.lower()) if w not in events.COMMON)[:50]


def _common_type(cluster: Iterable[Event]) -> str:
    """Return the type that most articles give, a telling one before "agreement"."""
    counts = Counter(e.type for e in cluster)
    return min(counts, key=lambda t: (t in events.GENERIC_TYPES, -counts[t], t))


def _clusters(block: list[Event]) -> list[list[Event]]:
    """Group the events of one set of countries; never two of one article."""
    clusters: list[list[Event]] = []
    for event in sorted(block, key=lambda e: (e.anchor or "9999", e.article, e.key)):
        home = (
            next((c for c in reversed(clusters[-50:]) if _fits(event, c)), None)
            if event.countries and event.anchor
            else None
        )
        if home is None:
            clusters.append([event])
        else:
            home.append(event)
    return clusters


def _fits(event: Event, cluster: list[Event]) -> bool:
    return (
        all(e.article != event.article for e in cluster)
        and any(events.same(event, e) for e in cluster)
        and all(not events.apart(event, e) for e in cluster)
    )
