"""Gold files: articles with what a careful reader would put into the graph, one JSON object a line.

docs/evaluation.md tells how to write one. What does not fit is an error that names the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec

from kg.errors import UsageError
from kg.vocabulary import agreement_types, statuses

CLASSES: Final = ("Agreement", "Official", "Ministry", "Jurisdiction", "IndustrySector")  # those that are scored
LINKS: Final = ("serves", "jurisdiction", "party", "signatory", "witness", "sector", "place")  # relations to entities
VALUES: Final = ("kind", "status", "date")  # relations of which an agreement has one
RELATIONS: Final = ("post", *LINKS, *VALUES)

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a relation: the id of an entity, or a text."""

    text: str
    optional: bool = False  # neither rewarded nor punished


@dataclass(frozen=True, slots=True)
class Entity:
    """What one article names, as a reader or as a store tells it."""

    id: str
    kind: str  # one of CLASSES, or "Organization"
    names: tuple[str, ...]  # the fullest first
    relations: Mapping[str, tuple[Value, ...]]
    optional: bool = False

    def values(self, relation: str) -> tuple[Value, ...]:
        """Return the values of a relation; none where the entity does not have it."""
        return self.relations.get(relation, ())

    def value(self, relation: str) -> str:
        """Return the first value of a relation; "" where there is none."""
        return next((v.text for v in self.values(relation)), "")


Entities = Mapping[str, Entity]  # of one article, by id


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article of a gold file."""

    id: str
    title: str
    entities: Entities


class _Marked(msgspec.Struct, forbid_unknown_fields=True):
    """A value with a mark: {"v": "A1", "optional": true}."""

    v: str
    optional: bool = False


_One = str | _Marked | None
_Many = str | _Marked | list[str | _Marked] | None


class _Entity(msgspec.Struct, forbid_unknown_fields=True):
    """An entity as a line spells it."""

    id: str
    type: Literal["Agreement", "Official", "Ministry", "Jurisdiction", "IndustrySector", "Organization"]
    names: _Many
    optional: bool = False
    post: _Many = None
    serves: _Many = None
    jurisdiction: _Many = None
    party: _Many = None
    signatory: _Many = None
    witness: _Many = None
    sector: _Many = None
    place: _Many = None
    kind: _One = None
    status: _One = None
    date: _One = None
    binding: bool | None = None  # not scored
    evidence: str | None = None  # for those who check the file


class _Line(msgspec.Struct):
    """A line of a gold file; other fields, such as the article's text, are for the build."""

    id: str
    gold: list[_Entity]
    title: str | None = None


_DECODER = msgspec.json.Decoder(_Line)


def read(path: Path) -> dict[str, GoldArticle]:
    """Return the articles of a gold file by id, in its order; UsageError names the first line that is none."""
    found: dict[str, GoldArticle] = {}
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = _article(_DECODER.decode(line))
            if article.id in found:
                raise ValueError(f"the id {article.id!r} was given to an article before")
        except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
            raise UsageError(f"{path}:{number}: {_one_line(error)}") from error
        found[article.id] = article
    if not found:
        raise UsageError(f"{path} holds no articles; a gold file has one JSON object a line")
    return found


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _article(line: _Line) -> GoldArticle:
    entities: dict[str, Entity] = {}
    for raw in line.gold:
        if raw.id in entities:
            raise ValueError(f"two entities have the id {raw.id!r}")
        entities[raw.id] = _entity(raw)
    for entity in entities.values():
        _check(entity, entities)
    return GoldArticle(line.id, line.title or line.id, entities)


def _entity(raw: _Entity) -> Entity:
    names = tuple(v.text for v in _values(raw.names))
    if not names:
        raise ValueError(f"entity {raw.id!r} has no names")
    relations = {name: values for name in RELATIONS if (values := _values(getattr(raw, name)))}
    return Entity(raw.id, raw.type, names, relations, raw.optional)


def _values(raw: _Many) -> tuple[Value, ...]:
    listed: Iterable[str | _Marked] = raw if isinstance(raw, list) else [] if raw in (None, "") else [raw]
    return tuple(Value(v.v, v.optional) if isinstance(v, _Marked) else Value(v) for v in listed)


def _check(entity: Entity, entities: Entities) -> None:
    """Raise ValueError for a link to nothing, and for a kind, status or date that the graph cannot hold."""
    for link in LINKS:
        for value in entity.values(link):
            if value.text not in entities:
                raise ValueError(f"{link} of {entity.id!r} is {value.text!r}, which is no entity of this article")
    for relation, known in (("kind", agreement_types()), ("status", statuses())):
        given = entity.value(relation)
        if given and given not in known:
            raise ValueError(f"{relation} of {entity.id!r} is {given!r}; it can be {', '.join(sorted(known))}")
    if not _DATE.fullmatch(entity.value("date") or "2000"):
        raise ValueError(
            f"date of {entity.id!r} is {entity.value('date')!r}; write it as 2024-09-19, 2024-09, 2024 or null"
        )
