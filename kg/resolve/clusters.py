"""Which events are one agreement: weighed one by one against the clusters of those that came before.

An event meets only clusters of its own countries that are told of in the same days, and of these a bounded number: the work
grows with the number of events. What an article tells apart stays apart; an event that fits two clusters alike joins neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from kg.resolve import events
from kg.resolve.bodies import Signature as Body
from kg.resolve.events import Event, Party
from kg.resolve.grounds import likelihood

MERGE = 0.6  # what is likelier one agreement than this is one; benchmarks/resolution.py shows what other values give
MARGIN = 0.02
NEAR = 10  # days between what two articles tell that may still be one wave of articles
AHEAD = 60  # days before a signing from which on articles may announce it
_LOOKED_AT = 20  # clusters that an event is weighed against, the nearest in time

BIAS = -2.5
WEIGHTS = {"date": 2.5, "type": 1.0, "topic": 2.0, "sector": 1.0, "people": 1.5, "bodies": 1.0, "parties": 2.0}


class Assessed(NamedTuple):
    """How likely an event is that of a cluster, and why."""

    score: float
    why: str


@dataclass(slots=True)
class Cluster:
    """Events that are one agreement, and what they tell together."""

    countries: tuple[str, ...]
    events: list[Event] = field(default_factory=list)
    parties: set[Party] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    signed: str = ""  # the most precise
    told: set[str] = field(default_factory=set)  # when it was spoken of, by articles that tell no day of signing
    before: bool = True  # whether all speak of it as of something still to come
    topics: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    sectors: set[str] = field(default_factory=set)
    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    articles: set[int] = field(default_factory=set)  # those that tell of others beside it

    def take(self, event: Event, articles: Iterable[int]) -> None:
        """Take in an event, with the articles that tell of others beside it."""
        self.events.append(event)
        self.parties.update(event.parties)
        self.types.add(event.type)
        self.signed = max(self.signed, event.signed, key=len)
        self.before &= event.before
        self.topics |= events.topic(event.title, event.countries)
        self.marks |= events.marks(event.title)
        self.sectors.update(event.sectors)
        self.articles.update(articles)
        if len(event.signed) < 10:
            self.told.add(event.published)
        for code, name in event.people:
            self.people[code].add(name)
        for party in event.parties:
            if isinstance(party, Body):
                self.bodies[party.code].add(party.words)

    def days(self) -> Iterator[str]:
        """Yield the days on which it may be met."""
        yield from (day for day in (self.signed, *self.told) if len(day) == 10)


def cluster_of(event: Event, articles: Iterable[int] = ()) -> Cluster:
    """Return a cluster of one event."""
    found = Cluster(event.countries)
    found.take(event, articles)
    return found


def assess(one: Cluster, other: Cluster) -> Assessed:
    """Return how likely two clusters are one agreement; 0 where something rules that out."""
    veto = _veto(one, other)
    if veto:
        return Assessed(0.0, veto)
    weighed = {name: (value, why) for name, value, why in _features(one, other)}
    score = likelihood(BIAS, WEIGHTS, {name: value for name, (value, _) in weighed.items()})
    return Assessed(score, "; ".join(why for value, why in weighed.values() if why))


def _veto(one: Cluster, other: Cluster) -> str:
    if not one.articles.isdisjoint(other.articles):
        return "one article tells of both"
    if len(one.countries) < 2 and one.countries == other.countries and one.parties != other.parties:
        return "other parties"
    if one.marks and other.marks and not one.marks & other.marks:
        return f"numbered or dated otherwise ({', '.join(sorted(one.marks))}; {', '.join(sorted(other.marks))})"
    if one.signed and other.signed and not events.agree(one.signed, other.signed):
        return f"signed at other times ({one.signed}; {other.signed})"
    return "" if _date(one, other)[0] else "told of at other times"


def _features(one: Cluster, other: Cluster) -> Iterator[tuple[str, float, str]]:
    """Yield (name, value -1..1, why) of what tells whether two clusters are one."""
    yield "date", *_date(one, other)
    yield "type", *_type(one.types, other.types)
    if one.countries != other.countries:
        yield "parties", -1.0, "one names fewer parties"
    yield "topic", *_common("titles", one.topics, other.topics)
    yield "sector", *_common("sectors", one.sectors, other.sectors, against=-0.7)
    yield "people", *_by_country("signatories", one.people, other.people)
    yield "bodies", *_by_country("ministries", one.bodies, other.bodies)


def _date(one: Cluster, other: Cluster) -> tuple[float, str]:
    """Return how well the dates agree; 0 where they do not."""
    if one.signed and other.signed and one.signed == other.signed and len(one.signed) == 10:
        return 1.0, f"signed on {one.signed}"
    found = [*_wave(one, other), *_ahead(one, other), *_ahead(other, one)]
    if one.signed and other.signed:  # the veto has seen to it that they agree
        found.append((0.6, f"signed in {min(one.signed, other.signed, key=len)}"))
    return max(found, default=(0.0, ""))


def _wave(one: Cluster, other: Cluster) -> Iterator[tuple[float, str]]:
    """Yield how well two fit as told in one wave of articles, if they do."""
    days = [abs(events.days_apart(a, b)) for a in one.days() for b in other.days() if _may_be(one, other, a, b)]
    apart = min(days, default=NEAR + 1)
    if apart <= NEAR:
        yield 0.9 - 0.06 * apart, f"told of within {apart} day{'' if apart == 1 else 's'}"


def _may_be(one: Cluster, other: Cluster, a: str, b: str) -> bool:
    """Tell whether two days fit: what is still to come is not what was signed before."""
    return not (one.before and other.signed and events.days_apart(b, a) > 1) and not (
        other.before and one.signed and events.days_apart(a, b) > 1
    )


def _ahead(plan: Cluster, signing: Cluster) -> Iterator[tuple[float, str]]:
    """Yield how well one fits as the announcement of the other, if it does."""
    gaps = [events.days_apart(a, b) for a in plan.days() for b in signing.days()]
    if plan.before and not signing.before and any(0 <= gap <= AHEAD for gap in gaps):
        yield 0.4, "announced before"


def _type(one: set[str], other: set[str]) -> tuple[float, str]:
    if one & other:
        generic = one & other <= events.GENERIC_TYPES
        return (0.7 if generic else 1.0), "the same type"
    if one & events.GENERIC_TYPES or other & events.GENERIC_TYPES:
        return 0.5, ""
    return -1.5, "of other types"


def _common(what: str, one: set[str], other: set[str], against: float = -1.0) -> tuple[float, str]:
    if not one or not other:
        return 0.0, ""
    shared = sorted(w.rsplit("/", 1)[-1] for w in one & other)
    return (1.0, f"{what} share {', '.join(shared[:3])}") if shared else (against, f"other {what}")


def _by_country(what: str, one: dict[str, set[str]], other: dict[str, set[str]]) -> tuple[float, str]:
    """Return 1 where they have one in common, -1 where a country has only different ones, 0 where none tells."""
    if set().union(*one.values()) & set().union(*other.values()):
        return 1.0, f"the same {what}"
    return (-1.0, f"other {what}") if any(code and other.get(code) for code in one) else (0.0, "")


class Block:
    """The clusters of one set of countries, found by the days on which they are told of."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._by_day: dict[str, list[int]] = defaultdict(list)
        self._by_year: dict[str, list[int]] = defaultdict(list)

    def add(self, event: Event, articles: Iterable[int]) -> list[tuple[Cluster, Assessed, bool]]:
        """Take in an event; return what it was weighed against, the likeliest first, and whether it was joined to that."""
        new = cluster_of(event, articles)
        weighed = [(at, assess(new, self.clusters[at])) for at in self._near(new, event)]
        weighed.sort(key=lambda w: (-w[1].score, w[0]))
        joined = _joined([assessed for _, assessed in weighed])
        if joined:
            at = weighed[0][0]
            self.clusters[at].take(event, articles)
        else:
            at = len(self.clusters)
            self.clusters.append(new)
        self._register(at, new)
        return [(self.clusters[n], assessed, joined and n == at) for n, assessed in weighed]

    def _register(self, at: int, new: Cluster) -> None:
        for day in new.days():
            if at not in self._by_day[day][-_LOOKED_AT:]:
                self._by_day[day].append(at)
        if new.signed and at not in self._by_year[new.signed[:4]][-_LOOKED_AT:]:
            self._by_year[new.signed[:4]].append(at)

    def _near(self, new: Cluster, event: Event) -> list[int]:
        """Return the clusters that an event may be of, at most some tens of them."""
        if event.alone:
            return []
        found: dict[int, None] = {}
        for day in _window(new, event):
            found.update(dict.fromkeys(self._by_day.get(day, ())[-_LOOKED_AT:]))
            if len(found) >= _LOOKED_AT:
                break
        if event.signed and len(event.signed) < 10:
            found.update(dict.fromkeys(self._by_year.get(event.signed[:4], ())[-_LOOKED_AT:]))
        return sorted(found)


def _window(new: Cluster, event: Event) -> Iterator[str]:
    """Yield the days on which an event may have been told of, the nearest first."""
    if len(event.anchor) < 10 or not "0002" <= event.anchor < "9999":  # Python's calendar ends there
        return
    day = date.fromisoformat(event.anchor[:10])
    back, ahead = NEAR, AHEAD if new.before else NEAR
    for gap in range(max(back, ahead) + 1):
        if gap <= ahead:
            yield (day + timedelta(gap)).isoformat()
        if 0 < gap <= back:
            yield (day - timedelta(gap)).isoformat()


def _joined(weighed: list[Assessed]) -> bool:
    """Tell whether the best of those weighed is likely enough, and likelier than all others."""
    return (
        bool(weighed)
        and weighed[0].score >= MERGE
        and (len(weighed) < 2 or weighed[0].score - weighed[1].score > MARGIN)
    )
