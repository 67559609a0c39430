"""Agreements: events of the same countries, at one time and about one thing, are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.iris import mint, slug
from kg.lexicons.places import places
from kg.model import Iri, Thing
from kg.resolve import events
from kg.resolve.bodies import Bodies
from kg.resolve.clusters import Assessed, Block, Cluster, assess
from kg.resolve.entity import Entity, Taken, capital
from kg.resolve.events import Event
from kg.resolve.grounds import APART, MERGED, Ground
from kg.resolve.view import View
from kg.vocabulary import KG, agreement_types, label, sectors

NARROWED = 0.6  # what names fewer parties is of the agreement of more from this likelihood on
_SHOWN = 3  # agreements that were nearly the same, of which the grounds are kept
_NEAREST = 20  # agreements of one day and country that it is weighed against


@dataclass(slots=True)
class _Told:
    """The articles that tell an event."""

    titles: Counter[str] = field(default_factory=Counter)
    first: str = ""  # the first of them by the alphabet
    beside: set[int] = field(default_factory=set)  # the numbers of those that tell of others, too


class Agreements:
    """Collects the agreements that articles tell of, and settles which are one."""

    def __init__(self, base: str, bodies: Bodies) -> None:
        self._base = base
        self._bodies = bodies
        self._told: dict[Event, _Told] = defaultdict(_Told)
        self._articles = 0
        self._entities: dict[Event, Entity] = {}
        self._weighed: list[tuple[Event, Cluster, Assessed, bool]] = []

    def add(self, view: View, things: list[Thing]) -> None:
        """Take in all agreements that one article tells of."""
        found = _events(view, things)
        self._articles += 1
        for thing, event in zip(things, found, strict=True):
            told = self._told[event]
            told.titles[thing.name] += 1
            told.first = min(told.first or view.article.id, view.article.id)
            if len(found) > 1:
                told.beside.add(self._articles)

    def settle(self) -> list[Ground]:
        """Decide over all that was added, and return why; the bodies must be settled."""
        blocks: dict[tuple[str, ...], Block] = defaultdict(Block)
        for event in sorted(self._told, key=_order):
            weighed = blocks[event.countries].add(event, self._told[event].beside)
            self._weighed += [(event, cluster, assessed, joined) for cluster, assessed, joined in weighed[:_SHOWN]]
        clusters = [cluster for countries in sorted(blocks) for cluster in blocks[countries].clusters]
        taken = Taken()
        for cluster in self._narrowed(clusters):
            self._entities.update(dict.fromkeys(cluster.events, self._entity(cluster, taken)))
        grounds = list(self._grounds())
        self._told, self._weighed = {}, []
        return grounds

    def __iter__(self) -> Iterator[Entity]:
        """Yield all entities, some of them more than once."""
        return iter(self._entities.values())

    def entities(self, view: View, things: list[Thing]) -> dict[str, Entity]:
        """Return the entities, by key, of all agreements that an article tells of."""
        return {t.key: self._entities[e] for t, e in zip(things, _events(view, things), strict=True)}

    def _narrowed(self, clusters: list[Cluster]) -> list[Cluster]:
        """Join clusters to those of more parties that tell of the same day and the same thing."""
        wider: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
        kept = []
        for cluster in sorted(clusters, key=lambda c: -len(c.countries)):
            home = self._wider(cluster, wider)
            if home is None:
                kept.append(cluster)
                for code in cluster.countries if len(cluster.signed) == 10 else ():
                    wider[(cluster.signed, code)].append(cluster)
            else:
                for event in cluster.events:
                    home.take(event, self._told[event].beside)
        return sorted(kept, key=lambda c: c.countries)

    def _wider(self, cluster: Cluster, wider: dict[tuple[str, str], list[Cluster]]) -> Cluster | None:
        """Return the one cluster of more parties that a cluster is of; None where none or several fit."""
        if not cluster.countries or cluster.events[0].alone:
            return None
        near = wider.get((cluster.signed, cluster.countries[0]), [])[-_NEAREST:]
        found = [(c, assess(cluster, c)) for c in near if set(cluster.countries) < set(c.countries)]
        fitting = [(c, assessed) for c, assessed in found if assessed.score >= NARROWED]
        for c, assessed in found:
            self._weighed.append((cluster.events[0], c, assessed, len(fitting) == 1 and c is fitting[0][0]))
        return fitting[0][0] if len(fitting) == 1 else None

    def _entity(self, cluster: Cluster, taken: Taken) -> Entity:
        """Return the entity of a cluster, named by its fullest title, else by its type and parties."""
        titles: set[str] = set().union(*(self._told[e].titles for e in cluster.events))
        proper = max((t for t in titles if _topic(t, cluster)), key=lambda t: (len(t) <= 160, len(t), t), default="")
        type_ = self._type(cluster)
        name = capital(proper or self._described(type_, cluster))
        iri = taken.first(self._iris(cluster, type_, proper))
        return Entity(iri, KG.Agreement, name, tuple(sorted(titles - {name, proper})))

    def _type(self, cluster: Cluster) -> str:
        """Return the type that most articles give, a telling one before "agreement"."""
        counts: Counter[str] = Counter()
        for event in cluster.events:
            counts[event.type] += self._told[event].titles.total()
        return min(counts, key=lambda t: (t in events.GENERIC_TYPES, -counts[t], t))

    def _iris(self, cluster: Cluster, type_: str, title: str) -> Iterator[Iri]:
        """Yield IRIs that tell parties, type and date, and more where that is not enough: topic, sectors."""
        countries = "-".join(sorted(slug(code) for code in cluster.countries))
        parts = [countries or cluster.events[0].alone, type_, cluster.signed]
        yield mint(self._base, "agreement", *parts)
        for more in (events.telling(title)[:50], " ".join(sorted(s.rsplit("/", 1)[-1] for s in cluster.sectors))):
            if more:
                yield mint(self._base, "agreement", *parts, more)

    def _described(self, type_: str, cluster: Cluster) -> str:
        """Return a label for an agreement that no article gives a title: its type, its parties, what it covers and the year."""
        parties = max((e.parties for e in cluster.events), key=len)
        names = [places()[p].label if isinstance(p, str) else self._bodies.label(p) for p in parties]
        slugs = (sector.rsplit("/", 1)[-1] for sector in cluster.sectors)
        fields = sorted(_fields().get(slug, slug) for slug in slugs)
        text = label(agreement_types()[type_]) or type_
        if names:
            text += f" {'between' if len(names) > 1 else 'with'} {_listed(names)}"
        if 0 < len(fields) <= _NAMED:
            text += f" on {_listed(fields)}"
        return text + (f" ({cluster.signed[:4]})" if cluster.signed else "")

    def _grounds(self) -> Iterator[Ground]:
        """Yield why events are one or not."""
        for event, told in self._told.items():
            iri = self._entities[event].iri
            if told.titles.total() > 1:
                why = f"{told.titles.total()} articles tell the same of it"
                yield Ground(iri, MERGED, self._text(event), 1.0, why, iri)
        for event, cluster, assessed, joined in self._weighed:
            iri, other = self._entities[event].iri, self._entities[cluster.events[0]].iri
            if joined:
                yield Ground(iri, MERGED, self._text(event), assessed.score, assessed.why, iri)
            elif iri != other:
                yield Ground(iri, APART, self._text(cluster.events[0]), assessed.score, assessed.why, other)
                yield Ground(other, APART, self._text(event), assessed.score, assessed.why, iri)

    def _text(self, event: Event) -> str:
        told = self._told[event]
        more = told.titles.total() - 1
        when = f"signed {event.signed}" if event.signed else f"told of {event.published}" if event.published else ""
        where = told.first + (f" and {more} more" if more else "")
        return ", ".join(part for part in (min(told.titles), when, where) if part)


@cache
def _fields() -> dict[str, str]:
    """Return the labels of sectors by the last part of their IRIs."""
    return {sector.slug: sector.label for sector in sectors()}


_NAMED = 3  # sectors in a label: more tell no longer what an agreement is about


def _listed(names: list[str]) -> str:
    """Return names as a sentence lists them.

    >>> _listed(["Kenya", "Peru", "Chile"]), _listed(["Kenya"])
    ('Kenya, Peru and Chile', 'Kenya')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _topic(title: str, cluster: Cluster) -> frozenset[str]:
    return events.topic(title, cluster.countries)


def _order(event: Event) -> tuple[int, str, str]:
    """Order events so that those that tell their day come first, and those that tell only a year or a month last."""
    rank = 0 if len(event.signed) == 10 else 1 if not event.signed else 2
    return rank, event.anchor, repr(event)


def _events(view: View, things: list[Thing]) -> list[Event]:
    """Return the events of an article; of several that it tells the same of, each has its number."""
    seen: Counter[Event] = Counter()
    found = []
    for thing in things:
        event = events.event(view, thing)
        found.append(event._replace(number=seen[event]))
        seen[event] += 1
    return found
