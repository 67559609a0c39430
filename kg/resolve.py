"""One thing, one node: which mentions of many articles are one entity, and its IRI.

Everything is decided from the articles' readings alone, in an order that does not depend on theirs: readings are added
one by one, `settle` decides over all of them, and then each article's things are looked up by their signature. Memory
grows with the number of distinct entities, not with that of articles.

Conservative by design: officials merge on name plus the country they serve; bodies on name plus jurisdiction;
agreements on parties, compatible types and date, and never within one article, nor on similar titles.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kg.iris import mint, slug
from kg.lexicons.places import country, places
from kg.model import Article, Iri, Reading, Thing
from kg.vocabulary import BASE, KG, ORG, agreement_types, label

_BODY_FILLER = {"the", "of", "and", "for", "on", "ministry", "department", "to"}
_NEAR = 10  # days between the dates of two articles' agreements that may still be one event


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph."""

    iri: Iri
    kind: Iri
    label: str
    alt: tuple[str, ...] = ()
    code: str = ""


@dataclass(slots=True)
class _Names:
    """How often an entity is called what."""

    counts: Counter[str] = field(default_factory=Counter)

    def best(self) -> str:
        """Return the fullest name, the most frequent of those, then the first by the alphabet."""
        return min(self.counts, key=lambda n: (-len(n.split()), -self.counts[n], n))


@dataclass(frozen=True, slots=True)
class _Event:
    """An agreement as one article tells it."""

    article: str
    key: str
    type: str
    parties: tuple[str, ...]  # signatures of its parties
    countries: frozenset[str]
    signed: str
    published: str
    title: str
    topic: frozenset[str]
    sectors: frozenset[str]
    proper: bool

    @property
    def anchor(self) -> str:
        """The date to order by: of signing, else of publication."""
        return self.signed or self.published


_GENERIC_TYPES = {"agreement", "contract", "trade-agreement", "framework-agreement"}
_TITLE_WORDS = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    """
    the and for with between memorandum memoranda understanding agreement agreements mou mous deal pact treaty
    cooperation collaboration protocol joint statement declaration accord letter intent partnership concerning
    regarding non binding bilateral new framework government governments republic field area trade free contract
    loan
    """.split()
)


class _View:
    """One reading, indexed."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self.article = article
        self.things = {t.key: t for t in reading.things}
        self.objects: dict[tuple[str, Iri], list[str]] = defaultdict(list)
        scores: dict[tuple[str, Iri], list[tuple[float, str]]] = defaultdict(list)
        for claim in reading.claims:
            scores[(claim.subject, claim.predicate)].append((-claim.score, claim.object))
        for at, found in scores.items():
            self.objects[at] = [o for _, o in sorted(found)]

    def code(self, key: str, predicate: Iri) -> str:
        """Return the code of the jurisdiction that is most surely the object; "" if none is."""
        for object_ in self.objects.get((key, predicate), []):
            thing = self.things.get(object_)
            if thing is not None and thing.kind == KG.Jurisdiction:
                return thing.code
        return ""


def body_words(name: str) -> str:
    """Return the words of a body's name that tell it from others: "Energy Ministry" is "Ministry of Energy"."""
    words = re.findall(r"[^\W_]+", name.lower())
    head = "ministry" if "ministry" in words or "ministries" in words else "department" if "department" in words else ""
    return " ".join([head, *sorted(w for w in words if w not in _BODY_FILLER)]).strip()


def _person_words(name: str) -> tuple[str, ...]:
    return tuple(w.lower() for w in re.findall(r"[^\W\d_]+", name) if len(w) > 1 or not w.isupper())


class Resolver:
    """Collects what articles name, settles what is one, and tells each thing's entity."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base
        self._bodies: dict[tuple[str, str, str], _Names] = defaultdict(_Names)
        self._officials: dict[tuple[str, tuple[str, ...]], _Names] = defaultdict(_Names)
        self._posts: dict[str, _Names] = defaultdict(_Names)  # by the slug that spellings have in common
        self._events: list[_Event] = []
        self._body_of: dict[tuple[str, str, str], Entity] = {}
        self._official_of: dict[tuple[str, tuple[str, ...]], Entity] = {}
        self._agreement_of: dict[tuple[str, str], Entity] = {}

    # --- collecting ---

    def add(self, article: Article, reading: Reading) -> None:
        """Take in what one article names."""
        view = _View(article, reading)
        for thing in reading.things:
            if thing.kind in (KG.Ministry, KG.Organization):
                self._bodies[self._body_signature(view, thing)].counts[thing.name] += 1
            elif thing.kind == KG.Official:
                self._officials[self._official_signature(view, thing)].counts[thing.name] += 1
            elif thing.kind == ORG.Post:
                self._posts[slug(thing.name)].counts[_capital(thing.name)] += 1
            elif thing.kind == KG.Agreement:
                self._events.append(self._event(view, thing))

    def _body_signature(self, view: _View, thing: Thing) -> tuple[str, str, str]:
        code = country(view.code(thing.key, KG.jurisdiction)) if thing.kind == KG.Ministry else ""
        exact = view.code(thing.key, KG.jurisdiction)
        if exact and places()[exact].level in ("territory", "subdivision"):
            code = exact
        return ("ministry" if thing.kind == KG.Ministry else "organization", code, body_words(thing.name))

    def _official_signature(self, view: _View, thing: Thing) -> tuple[str, tuple[str, ...]]:
        code = view.code(thing.key, KG.serves)
        return (country(code) if code else "", _person_words(thing.name))

    def _party_signature(self, view: _View, key: str) -> str:
        thing = view.things[key]
        if thing.kind == KG.Jurisdiction:
            return f"jurisdiction {thing.code}"
        return " ".join(self._body_signature(view, thing))

    def _event(self, view: _View, thing: Thing) -> _Event:
        parties = view.objects.get((thing.key, KG.party), [])
        countries = set()
        for key in parties:
            party = view.things[key]
            code = party.code if party.kind == KG.Jurisdiction else view.code(key, KG.jurisdiction)
            countries.add(country(code) if code else slug(party.name))
        types = {iri: name for name, iri in agreement_types().items()}
        found = view.objects.get((thing.key, KG.agreementType), [])
        words = frozenset(w for w in _TITLE_WORDS.findall(thing.name.lower()) if w not in _COMMON)
        names = {
            w
            for c in countries
            if c in places()
            for w in re.findall(
                r"[^\W_]+", " ".join((places()[c].label, *places()[c].names, *places()[c].demonyms)).lower()
            )
        }
        return _Event(
            view.article.id,
            thing.key,
            types[Iri(found[0])] if found else "agreement",
            tuple(sorted({self._party_signature(view, key) for key in parties})),
            frozenset(countries),
            next(iter(view.objects.get((thing.key, KG.signedOn), [])), ""),
            view.article.published,
            thing.name,
            words - names,
            frozenset(view.objects.get((thing.key, KG.sector), [])),
            bool(words - names),
        )

    # --- settling ---

    def settle(self) -> None:
        """Decide what is one, over all that was added."""
        self._settle_bodies()
        self._settle_officials()
        self._settle_agreements()

    def _settle_bodies(self) -> None:
        for signature in sorted(self._bodies):
            kind, code, _ = signature
            names = self._bodies[signature]
            best = names.best()
            class_ = KG.Ministry if kind == "ministry" else KG.Organization
            iri = mint(self.base, kind, code, best)
            self._body_of[signature] = Entity(iri, class_, best, tuple(sorted(set(names.counts) - {best})))

    def _settle_officials(self) -> None:
        groups = _joined_names(self._officials)
        for signatures in groups:
            names = _Names()
            for signature in signatures:
                names.counts.update(self._officials[signature].counts)
            best = names.best()
            code = max(s[0] for s in signatures)
            entity = Entity(
                mint(self.base, "official", code, best), KG.Official, best, tuple(sorted(set(names.counts) - {best}))
            )
            for signature in signatures:
                self._official_of[signature] = entity

    def _settle_agreements(self) -> None:
        blocks: dict[frozenset[str], list[_Event]] = defaultdict(list)
        for event in self._events:
            blocks[event.countries].append(event)
        taken: Counter[Iri] = Counter()
        clusters = [c for block in sorted(blocks, key=sorted) for c in _clusters(blocks[block])]
        for cluster in clusters:
            entity = self._agreement(cluster, taken)
            for event in cluster:
                self._agreement_of[(event.article, event.key)] = entity
        self._events = []

    def _agreement(self, cluster: list[_Event], taken: Counter[Iri]) -> Entity:
        """Return the entity of a cluster; its IRI tells parties, type and date, and its topic where that is not enough."""
        type_ = _common_type(cluster)
        day = max((e.signed for e in cluster), key=len, default="")
        countries = "-".join(sorted(slug(c) for c in cluster[0].countries))
        titles = Counter(e.title for e in cluster)
        best = min(titles, key=lambda t: (-titles[t] * len(t), t))
        proper = max(((e.title for e in cluster if e.proper)), key=lambda t: (len(t) <= 160, len(t), t), default="")
        parts = [countries or cluster[0].article, type_, day]
        iri = mint(self.base, "agreement", *parts)
        if taken[iri]:
            iri = mint(self.base, "agreement", *parts, _short(proper or best) if proper else "")
        if taken[iri]:
            iri = mint(self.base, "agreement", cluster[0].article, str(taken[iri] + 1), type_)
        while taken[iri]:
            taken[iri] += 1
            iri = Iri(f"{iri}-{taken[iri]}")
        taken[iri] += 1
        name = proper or self._described(type_, cluster[0], day)
        return Entity(iri, KG.Agreement, _capital(name), tuple(sorted({t for t in titles if t != name})))

    def _described(self, type_: str, event: _Event, day: str) -> str:
        """Return a label for an agreement that no article gives a title: its type, its parties and the year."""
        names = [self._party_label(p) for p in event.parties]
        text = label(agreement_types()[type_]) or type_
        if names:
            text += (
                (" between " if len(names) > 1 else " with ")
                + (", ".join(names[:-1]) + " and " if len(names) > 1 else "")
                + names[-1]
            )
        return text + (f" ({day[:4]})" if day else "")

    def _party_label(self, signature: str) -> str:
        kind, _, rest = signature.partition(" ")
        if kind == "jurisdiction":
            return places()[rest].label
        code, _, words = rest.partition(" ")
        entity = self._body_of.get((kind, code, words)) or self._body_of.get((kind, "", rest.strip()))
        return entity.label if entity else words

    # --- looking up ---

    def entities(self, article: Article, reading: Reading) -> dict[str, Entity]:
        """Return the entity of each thing of an article that was added."""
        view = _View(article, reading)
        found: dict[str, Entity] = {}
        for thing in reading.things:
            if thing.kind != ORG.Post:
                found[thing.key] = self._entity(view, thing)
        for thing in reading.things:
            if thing.kind == ORG.Post:
                found[thing.key] = self._post(view, thing, found)
        return found

    def _entity(self, view: _View, thing: Thing) -> Entity:
        if thing.kind == KG.Jurisdiction:
            return Entity(
                Iri(f"{self.base}jurisdiction/{thing.code.lower()}"),
                thing.kind,
                places()[thing.code].label,
                code=thing.code,
            )
        if thing.kind == KG.IndustrySector:
            return Entity(Iri(thing.code), thing.kind, thing.name, code=thing.code)
        if thing.kind == KG.Official:
            return self._official_of[self._official_signature(view, thing)]
        if thing.kind == KG.Agreement:
            return self._agreement_of[(view.article.id, thing.key)]
        return self._body_of[self._body_signature(view, thing)]

    def _post(self, view: _View, thing: Thing, found: dict[str, Entity]) -> Entity:
        owners = [found[o] for o in view.objects.get((thing.key, ORG.postIn), []) if o in found]
        owner = owners[0].iri.rsplit("/", 1)[-1] if owners else ""
        label = self._posts[slug(thing.name)].best()
        return Entity(mint(self.base, "post", owner, thing.name), ORG.Post, label)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(title: str) -> str:
    return " ".join(w for w in _TITLE_WORDS.findall(title.lower()) if w not in _COMMON)[:50]


def _common_type(cluster: Iterable[_Event]) -> str:
    """Return the type that most articles give, a telling one before "agreement"."""
    counts = Counter(e.type for e in cluster)
    return min(counts, key=lambda t: (t in _GENERIC_TYPES, -counts[t], t))


def _joined_names(officials: dict[tuple[str, tuple[str, ...]], _Names]) -> list[list[tuple[str, tuple[str, ...]]]]:
    """Group signatures of one person: the same country, and names of which one holds all the words of the other.

    A short name that fits two longer ones joins neither; one without a country joins the only person so called.
    """
    by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for signature in sorted(officials):
        for word in set(signature[1]):
            by_word[word].append(signature)
    parent = {signature: signature for signature in officials}

    def root(s: tuple[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
        while parent[s] != s:
            s = parent[s]
        return s

    for signature in sorted(officials, key=lambda s: (-len(s[1]), s)):
        target = _one_longer(signature, by_word)
        if target is not None:
            parent[root(signature)] = root(target)
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for signature in sorted(officials):
        groups[root(signature)].append(signature)
    return [groups[key] for key in sorted(groups)]


def _one_longer(
    signature: tuple[str, tuple[str, ...]], by_word: dict[str, list[tuple[str, tuple[str, ...]]]]
) -> tuple[str, tuple[str, ...]] | None:
    """Return the one signature that says more of the same name; None where there is none or more than one."""
    code, words = signature
    if len(words) < 2:
        return None
    rarest = min(words, key=lambda w: (len(by_word[w]), w))
    longer = [
        s
        for s in by_word[rarest]
        if s != signature
        and set(words) <= set(s[1])
        and (s[0] == code or (not code and s[0]))
        and (len(s[1]) > len(words) or sorted(s[1]) == sorted(words))
    ]
    longer = [s for s in longer if not (s[0] == code and sorted(s[1]) == sorted(words) and s > signature)]
    if not longer:
        return None
    most = [s for s in longer if not any(set(s[1]) < set(o[1]) and s[0] == o[0] for o in longer)]
    return most[0] if len({(s[0], frozenset(s[1])) for s in most}) == 1 else None


def _clusters(events: list[_Event]) -> list[list[_Event]]:
    """Group the events of one set of countries: compatible types, dates and topics; never two of one article."""
    clusters: list[list[_Event]] = []
    for event in sorted(events, key=lambda e: (e.anchor or "9999", e.article, e.key)):
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


def _fits(event: _Event, cluster: list[_Event]) -> bool:
    return (
        all(e.article != event.article for e in cluster)
        and any(_same(event, e) for e in cluster)
        and all(not _apart(event, e) for e in cluster)
    )


def _same(a: _Event, b: _Event) -> bool:
    """Tell whether two articles may tell of one event: dates agree, types are compatible, nothing speaks against it."""
    if len(a.countries) < 2 and a.parties != b.parties:
        return False
    if a.type != b.type and a.type not in _GENERIC_TYPES and b.type not in _GENERIC_TYPES:
        return False
    return _dates_agree(a, b)


def _dates_agree(a: _Event, b: _Event) -> bool:
    if a.signed and b.signed:
        short, long = sorted((a.signed, b.signed), key=len)
        return long.startswith(short)
    return _days_apart(a.anchor, b.anchor) <= _NEAR


def _days_apart(a: str, b: str) -> int:
    if len(a) < 10 or len(b) < 10:
        return 0 if a and b and (a.startswith(b) or b.startswith(a)) else 10**6
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)


def _apart(a: _Event, b: _Event) -> bool:
    """Tell whether two events are certainly two: other dates, or other topics and other sectors."""
    if a.signed and b.signed and not _dates_agree(a, b):
        return True
    return bool(a.topic and b.topic and not a.topic & b.topic and not a.sectors & b.sectors)
