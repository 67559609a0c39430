"""What people decided on entities: these are the same, those are not, and that article means another one.

Rulings speak of entities by the IRIs that these have without any ruling; one that articles were told apart by has its IRI with
the article's name after it. They are brought to bear when all is settled, so that no ruling changes the IRI of what it is not
about. Where they contradict one another, the later day prevails; on one day they stay apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kg.iris import article_iri
from kg.lexicons.places import places
from kg.model import Article, Iri, Reading, Thing
from kg.resolve.entity import Entity, capital
from kg.resolve.grounds import APART, MERGED, Ground
from kg.vocabulary import KG, ORG

_KINDS = (KG.Agreement, KG.Official, KG.Ministry, KG.Organization)  # places and sectors are told apart by their codes
DECIDED = "a person decided so"  # how the grounds of a ruling begin
_POST = "posts follow the bodies that they are in: decide on those"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody decided on one or two entities."""

    same: bool
    entity: Iri  # which keeps its IRI where two are made one
    other: str = ""  # the other entity
    article: str = ""  # or the IRI of the article that means another one
    day: str = ""
    where: str = ""  # the line that says so


class Rulings:
    """All rulings of a build; what they come to, once the entities without them are settled."""

    def __init__(self, base: str, rulings: Iterable[Ruling]) -> None:
        self._base = base
        ordered = sorted(rulings, key=_order)
        self._apart = [ruling for ruling in ordered if ruling.article]
        self._pairs = [ruling for ruling in ordered if not ruling.article]
        self._articles = {ruling.article for ruling in self._apart}
        self._told: list[tuple[Article, Reading]] = []  # those that mean another one
        self._names: Counter[tuple[Iri, str]] = Counter()
        self._split: dict[tuple[Iri, str], Entity] = {}  # by IRI and article
        self._renamed: dict[Iri, Entity] = {}  # those that lost a name or took another in
        self._grounds: list[Ground] = []
        self.unmet: list[tuple[Ruling, str]] = []

    def __bool__(self) -> bool:
        return bool(self._apart or self._pairs)

    def add(self, article: Article, reading: Reading) -> None:
        """Take in what an article names, as far as rulings need it."""
        if self._apart:
            self._names.update((thing.kind, capital(thing.name)) for thing in reading.things)
        if self._articles and article_iri(self._base, article.id) in self._articles:
            self._told.append((article, reading))

    def settle(
        self,
        entities: Iterable[Entity],
        plain: Callable[[Article, Reading], Mapping[str, Entity]],
        jurisdictions: Mapping[Iri, set[str]],
    ) -> None:
        """Decide over all entities; `plain` tells those of an article, `jurisdictions` the codes of those of bodies."""
        wanted = {Iri(iri) for r in (*self._apart, *self._pairs) for iri in (r.entity, r.other)}
        known = {one.iri: one for one in entities if one.iri in wanted}
        means: dict[tuple[Iri, Iri], tuple[Entity, Thing]] = {}
        for article, reading in self._told:
            found, graph = plain(article, reading), article_iri(self._base, article.id)
            some = [(found[thing.key], thing) for thing in reading.things if thing.kind in _KINDS]
            means.update(((graph, entity.iri), (entity, thing)) for entity, thing in some)
        for ruling in self._apart:
            self._set_apart(ruling, known, means.get((Iri(ruling.article), ruling.entity)))
        self._told = []
        self._join(known, jurisdictions)

    def entities(self, article: Article, reading: Reading, plain: Mapping[str, Entity]) -> dict[str, Entity]:
        """Return the entities of an article by the rulings; those of which they do not speak stay as they are."""
        graph = article_iri(self._base, article.id)
        found = {key: self._entity(graph, entity) for key, entity in plain.items()}
        moved = {key: entity for key, entity in found.items() if entity.iri != plain[key].iri}
        for claim in reading.claims:  # posts follow the bodies that they are in, whose names their IRIs begin with
            if claim.predicate == ORG.postIn and claim.object in moved:
                post, old = plain[claim.subject], f"post/{_tail(plain[claim.object].iri)}"
                iri = Iri(post.iri.replace(old, f"post/{_tail(moved[claim.object].iri)}", 1))
                if iri != post.iri:
                    found[claim.subject] = replace(post, iri=iri, minted=post.iri)
        return found

    def _entity(self, article: Iri, plain: Entity) -> Entity:
        split = self._split.get((plain.iri, article), plain)
        found = self._renamed.get(split.iri, split)
        return plain if found is plain else replace(found, minted=plain.iri)

    def grounds(self, settled: Iterable[Ground]) -> list[Ground]:
        """Return why things are one by the rulings, given why they were without: sorted, each under the IRI that it has now."""
        moved = (replace(g, entity=self.current(g.entity), other=self.current(g.other)) for g in settled)
        return sorted([*(g for g in moved if g.verdict == MERGED or g.entity != g.other), *self._grounds])

    def current(self, iri: Iri) -> Iri:
        """Return the IRI that an entity has by the rulings."""
        return self._renamed[iri].iri if iri in self._renamed else iri

    def _set_apart(self, ruling: Ruling, known: dict[Iri, Entity], meant: tuple[Entity, Thing] | None) -> None:
        if meant is None:
            why = _POST if "/post/" in ruling.entity else f"the article does not name <{ruling.entity}>"
            self.unmet.append((ruling, why))
            return
        entity, thing = meant
        name = capital(thing.name)
        described = entity.kind == KG.Agreement and not self._names[(entity.kind, capital(entity.label))]
        iri = Iri(f"{entity.iri}-in-{ruling.article.rsplit('/article/', 1)[-1].replace('/', '-')}")
        known[iri] = self._split[(entity.iri, ruling.article)] = Entity(
            iri, entity.kind, entity.label if described else name
        )
        self._names[(entity.kind, name)] -= 1
        why = f"{DECIDED} ({ruling.where})"
        self._grounds.append(Ground(entity.iri, APART, f"{name}, as {_tail(ruling.article)} means it", 0.0, why, iri))
        rest = known.get(entity.iri, entity)
        left = [n for n in (rest.label, *rest.alt) if self._names[(entity.kind, capital(n))] > 0 or described]
        if left:
            known[entity.iri] = self._renamed[entity.iri] = replace(rest, label=left[0], alt=tuple(sorted(left[1:])))

    def _join(self, known: Mapping[Iri, Entity], codes: Mapping[Iri, set[str]]) -> None:
        groups = _Groups()
        followed: list[Ruling] = []
        for ruling in self._pairs:
            why = _objection(ruling, known) or groups.objection(ruling, codes)
            if why:
                self.unmet.append((ruling, why))
            elif ruling.same:
                groups.join(ruling)
                followed.append(ruling)
            else:
                groups.part(ruling)
        for members, first in groups.joined():
            kept = known[first]
            names = {name for iri in members for name in (known[iri].label, *known[iri].alt)} - {kept.label}
            self._renamed.update(dict.fromkeys(members, replace(kept, alt=tuple(sorted(names)))))
        for ruling in followed:
            iri = self.current(ruling.entity)
            told = f"{known[ruling.entity].label} and {known[Iri(ruling.other)].label}"
            self._grounds.append(Ground(iri, MERGED, told, 1.0, f"{DECIDED} ({ruling.where})", iri))


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _order(ruling: Ruling) -> tuple[tuple[int, ...], bool, str, str, str]:
    """Order rulings so that those come first which prevail: the later ones, and of one day those that tell apart."""
    return tuple(-ord(c) for c in ruling.day or "0"), ruling.same, ruling.entity, ruling.other, ruling.article


def _objection(ruling: Ruling, known: Mapping[Iri, Entity]) -> str:
    for iri in (ruling.entity, ruling.other):
        if Iri(iri) not in known:
            fixed = any(f"/{kind}/" in iri for kind in ("jurisdiction", "sector"))
            return (
                _POST if "/post/" in iri
                else f"<{iri}> is what it is by its code" if fixed
                else f"the graph has no entity <{iri}>"
            )  # fmt: skip
    kinds = [known[Iri(iri)].kind.rsplit("#", 1)[-1] for iri in (ruling.entity, ruling.other)]
    return f"one is of the class {kinds[0]}, one of {kinds[1]}" if kinds[0] != kinds[1] else ""


class _Groups:
    """Entities that are one, and pairs that are not."""

    def __init__(self) -> None:
        self._group: dict[str, set[str]] = {}
        self._rulings: list[Ruling] = []
        self._apart: dict[str, dict[str, Ruling]] = defaultdict(dict)

    def _of(self, iri: str) -> set[str]:
        return self._group.setdefault(iri, {iri})

    def objection(self, ruling: Ruling, codes: Mapping[Iri, set[str]]) -> str:
        """Return why a ruling contradicts those before it, which prevail, or what bodies can be; "" where it does not."""
        one, other = self._of(ruling.entity), self._of(ruling.other)
        if not ruling.same:
            return "other lines that are not older say that they are the same; take one out" if one is other else ""
        for iri in sorted(one):
            for rival in (self._apart[iri][o] for o in sorted(other) if o in self._apart[iri]):
                return f"{rival.where} says otherwise, and is not older; take one of the two lines out"
        found = sorted({code for iri in one | other for code in codes.get(Iri(iri), ())})
        if len(found) > 1:
            return f"a ministry has one jurisdiction, not {' and '.join(places()[code].label for code in found)}"
        return ""

    def join(self, ruling: Ruling) -> None:
        """Make two entities one, with all that are one with them."""
        self._rulings.append(ruling)
        both = self._of(ruling.entity) | self._of(ruling.other)
        self._group.update(dict.fromkeys(both, both))

    def part(self, ruling: Ruling) -> None:
        """Keep two entities apart."""
        self._apart[ruling.entity][ruling.other] = self._apart[ruling.other][ruling.entity] = ruling

    def joined(self) -> list[tuple[list[Iri], Iri]]:
        """Return each group of several, and whose IRI it has: one that no ruling makes a part of another."""
        taken_in = {ruling.other for ruling in self._rulings}
        named = {ruling.entity for ruling in self._rulings}
        groups = {id(group): group for group in self._group.values() if len(group) > 1}
        return sorted(
            ([Iri(iri) for iri in sorted(group)], Iri(min(group, key=lambda i: (i in taken_in, i not in named, i))))
            for group in groups.values()
        )
