"""Wikidata's JSON dumps, line by line: entities as what an index keeps of them before classes and countries are known.

A dump is one JSON array with an entity a line, or such lines alone, plain, .gz or .bz2. Maps that are empty are written
as lists there. Statements of deprecated rank are not read; of the others, those of preferred rank first.
"""

from __future__ import annotations

import bz2
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import msgspec

from kg.link.items import CLASSES, QID, Day, Name, Office

HUMAN = "Q5"
# A line without any of these is not looked into.
_WANTED = re.compile(rb'"(?:P39|P17|P1001|P1891|P279|P297|P300|redirects?|%s)"' % "|".join(CLASSES).encode())
_TIME = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T")
_RANKS = {"preferred": 0, "normal": 1}


class _Text(msgspec.Struct):
    language: str
    value: str


class _Value(msgspec.Struct):
    value: Any = None


class _Snak(msgspec.Struct):
    snaktype: str = ""
    datavalue: _Value | None = None


class _Statement(msgspec.Struct):
    mainsnak: _Snak
    rank: str = "normal"
    qualifiers: dict[str, list[_Snak]] | list[Any] = {}


class _Entity(msgspec.Struct):
    id: str = ""
    labels: dict[str, _Text] | list[Any] = {}
    aliases: dict[str, list[_Text]] | list[Any] = {}
    claims: dict[str, list[_Statement]] | list[Any] = {}
    sitelinks: dict[str, Any] | list[Any] = {}
    modified: str = ""
    lastrevid: int = 0
    entity: str = ""  # of a redirect: the old identifier
    redirect: str = ""  # and the present one
    redirects: dict[str, str] = {}  # {"from": …, "to": …}: with an entity that was asked for by its old identifier


_DECODE = msgspec.json.Decoder(_Entity).decode


@dataclass(frozen=True, slots=True)
class Raw:
    """An entity of a dump; what it refers to is still identifiers."""

    qid: str
    label: str
    names: tuple[Name, ...] = ()
    classes: tuple[str, ...] = ()
    above: tuple[str, ...] = ()  # classes of which it is a subclass
    jurisdictions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()  # without names
    since: Day = ""
    until: Day = ""
    successors: tuple[str, ...] = ()
    code: str = ""  # ISO 3166
    sitelinks: int = 0
    modified: Day = ""
    person: bool = False
    revision: int = 0
    parties: tuple[str, ...] = ()  # of an agreement: who signed it, who takes part
    redirect: str = ""  # where the entity is only an old identifier: the present one


@dataclass(slots=True)
class Lines:
    """The lines of a dump that hold an entity, from some line on; counts what it passes."""

    path: Path
    start: int = 0  # lines that are passed over
    number: int = field(default=0, init=False)  # of the line last yielded

    def __iter__(self) -> Iterator[bytes]:
        with _opened(self.path) as file:
            for self.number, line in enumerate(file, 1):
                if self.number > self.start:
                    yield line


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value]
    if path.suffix == ".bz2":
        return bz2.open(path, "rb")
    return path.open("rb")


def parse(line: bytes, languages: frozenset[str]) -> Iterator[Raw]:
    """Yield what a line holds that an index keeps: nothing, an entity, a redirect, or both. ValueError where it is broken.

    Labels and aliases in `languages` are kept, and those for all languages.
    """
    line = line.strip().rstrip(b",")
    if line in (b"[", b"]", b"") or not _WANTED.search(line):
        if line[:1] in (b"{", b"[", b"]", b"") and (len(line) < 2 or line.endswith(b"}")):
            return
        raise ValueError("not an entity in JSON")
    entity = _DECODE(line)
    old, new = entity.entity or entity.id, entity.redirect
    if not new:
        old, new = (entity.redirects.get(end, "") for end in ("from", "to"))
    if QID.fullmatch(old) and QID.fullmatch(new):
        yield Raw(old, "", redirect=new)
    if QID.fullmatch(entity.id) and not entity.redirect:
        found = _raw(entity, languages)
        if found is not None:
            yield found


def _raw(entity: _Entity, languages: frozenset[str]) -> Raw | None:
    claims = entity.claims if isinstance(entity.claims, dict) else {}
    classes = _items(claims, "P31")
    names = _names(entity, claims, languages)
    offices = tuple(_office(s) for s in _good(claims, "P39") if _item(s.mainsnak))
    person = HUMAN in classes
    if not names or (person and not offices):
        return None
    parties = tuple(dict.fromkeys((*_items(claims, "P1891"), *_items(claims, "P710"))))
    return Raw(
        entity.id,
        names[0].text,
        names,
        classes,
        _items(claims, "P279"),
        _items(claims, "P1001"),
        _items(claims, "P27" if person else "P17"),
        offices if person else (),
        next(iter([*_days(claims, "P585"), *_days(claims, "P571")] if parties else _days(claims, "P571")), ""),
        next(iter(_days(claims, "P576")), ""),
        _items(claims, "P1366"),
        next(iter([*_texts(claims, "P300"), *_texts(claims, "P297")]), ""),
        len(entity.sitelinks),
        entity.modified[:10],
        person,
        entity.lastrevid,
        parties,
    )


def _names(entity: _Entity, claims: dict[str, list[_Statement]], languages: frozenset[str]) -> tuple[Name, ...]:
    """Return the names, each once: the English label first, else the one for all languages, else the first by language."""
    labels = entity.labels if isinstance(entity.labels, dict) else {}
    aliases = entity.aliases if isinstance(entity.aliases, dict) else {}
    order = sorted({*labels, *aliases} & languages, key=lambda name: (name != "en", name != "mul", name))
    found = [Name(labels[name].value, name, True) for name in order if name in labels]
    found += _official(claims, languages)
    found += [Name(text.value, name) for name in order for text in aliases.get(name, [])]
    seen: dict[tuple[str, str, str], Name] = {}
    for name in found:
        if name.text.strip():
            seen.setdefault((name.text, name.since, name.until), name)
    return tuple(seen.values())


def _official(claims: dict[str, list[_Statement]], languages: frozenset[str]) -> Iterator[Name]:
    """Yield official names (P1448), with the time in which they were borne."""
    for statement in _good(claims, "P1448"):
        value = statement.mainsnak.datavalue.value if statement.mainsnak.datavalue else None
        if isinstance(value, dict) and value.get("language") in languages and isinstance(value.get("text"), str):
            yield Name(value["text"], value["language"], False, *_term(statement))


def _good(claims: dict[str, list[_Statement]], which: str) -> list[_Statement]:
    """Return the statements of a property that are not deprecated, preferred ones first."""
    return sorted((s for s in claims.get(which, []) if s.rank in _RANKS), key=lambda s: _RANKS[s.rank])


def _items(claims: dict[str, list[_Statement]], which: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(qid for s in _good(claims, which) if (qid := _item(s.mainsnak))))


def _item(snak: _Snak) -> str:
    value = snak.datavalue.value if snak.datavalue else None
    qid = value.get("id", "") if isinstance(value, dict) else ""
    return qid if isinstance(qid, str) and QID.fullmatch(qid) else ""


def _texts(claims: dict[str, list[_Statement]], which: str) -> list[str]:
    values = [s.mainsnak.datavalue.value for s in _good(claims, which) if s.mainsnak.datavalue]
    return [value for value in values if isinstance(value, str)]


def _days(claims: dict[str, list[_Statement]], which: str) -> list[Day]:
    return [day for s in _good(claims, which) if (day := _day(s.mainsnak))]


def _day(snak: _Snak) -> Day:
    """Return a date as precise as it is known; "" for what is before our era, vaguer than a year, or no date."""
    value = snak.datavalue.value if snak.datavalue else None
    if not isinstance(value, dict):
        return ""
    match = _TIME.match(str(value.get("time", "")))
    precision = value.get("precision", 0)
    if match is None or match[1] < "1000" or precision < 9:
        return ""
    parts = [match[1], *([match[2]] if precision > 9 and match[2] != "00" else [])]
    return "-".join([*parts, *([match[3]] if len(parts) == 2 and precision > 10 and match[3] != "00" else [])])


def _office(statement: _Statement) -> Office:
    return Office(_item(statement.mainsnak), (), *_term(statement))


def _term(statement: _Statement) -> tuple[Day, Day]:
    qualifiers = statement.qualifiers if isinstance(statement.qualifiers, dict) else {}
    since, until = ([_day(snak) for snak in qualifiers.get(which, [])] for which in ("P580", "P582"))
    return next((d for d in since if d), ""), next((d for d in until if d), "")
