"""What people type, press or export, as decisions."""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kg.decisions import facts
from kg.decisions.contradictions import contradict
from kg.decisions.folder import Folder
from kg.decisions.model import Decision
from kg.decisions.names import iri, item, prefixes
from kg.decisions.table import contents
from kg.errors import UsageError
from kg.model import Iri
from kg.names import resolve
from kg.review.desk import Desk
from kg.vocabulary import KG, ORG, RDF

_RANGES = {KG.agreementType: "type", KG.status: "status", KG.sector: "sector"}
_LITERALS = (KG.signedOn, KG.earliest, KG.latest, KG.legallyBinding)
_ENTITY = ("entity", "subject_id")
_ITEM = ("qid", "object_id")


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, and when."""

    name: str
    day: str = field(default_factory=lambda: date.today().isoformat())


def author(given: str | None, day: str | None = None) -> Author:
    """Return who decides: the one given, else whom git knows, else the user; UsageError where nobody is known."""
    name = (
        given
        or _git()
        or next((os.environ[n] for n in ("GIT_AUTHOR_NAME", "USER", "LOGNAME") if os.environ.get(n)), "")
    )
    if not name.strip():
        raise UsageError("who decides? Give --author NAME, or set it once: git config --global user.name NAME")
    return Author(name.strip(), day) if day else Author(name.strip())


def _git() -> str:
    try:
        told = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.strip()


def typed(
    on: Desk, kind: str, words: Sequence[str], by: Author, *, takes: str, article: str = "", comment: str = ""
) -> Decision:
    """Return the decision that somebody typed, names as one types them; UsageError where it is none.

    `takes` names what must follow the entity.
    """
    wanted = 0 if kind == "different" and article else len(takes.partition(",")[0].split())
    if len(words) != 1 + wanted:
        raise UsageError(f"kg review decide {kind} takes: ENTITY {takes}".rstrip())
    name = kind.removesuffix("-fact")
    predicate, object_ = _values(name, words[1:], on.store, on.base)
    subject = _entity(words[0], on.store, on.base)
    graph = facts.article(article, on.base)
    return Decision(name, subject, predicate, object_, graph, (by.name,), by.day, comment)


def _values(kind: str, rest: Sequence[str], store: ox.Store, base: str) -> tuple[str, str]:
    """Return the predicate and the object of a decision."""
    if not rest:
        return "", ""
    if kind in ("link", "not-link"):
        found = item(rest[0])
        if not found:
            raise UsageError(f"{rest[0]!r} is no item of Wikidata: write Q…")
        return "", found
    if kind in ("same", "different"):
        return "", _entity(rest[0], store, base)
    predicate = _predicate(rest[0])
    if predicate == RDF.type:
        return predicate, _class(rest[1])
    if predicate in _LITERALS:
        return predicate, rest[1]
    return predicate, iri(rest[1], prefixes(base)) or resolve(store, rest[1], _RANGES.get(predicate, "entity"))


def _entity(text: str, store: ox.Store, base: str) -> Iri:
    """Return the IRI of an entity; one that is given as an IRI need not be in the graph, where decisions may have taken it out."""
    return iri(text, prefixes(base)) or resolve(store, text, "entity")


def _predicate(text: str) -> Iri:
    """Return the property that a text names: party, kg:party, or its IRI."""
    known = {"type": RDF.type, **{p.rsplit("#", 1)[-1]: p for p in (*KG, ORG.holds, ORG.postIn)}}
    found = iri(text, prefixes("")) or known.get(text)
    if found is None:
        raise UsageError(f"no property is called {text!r}; kg query --list and docs/graph.md name them, as kg:party")
    return found


def _class(text: str) -> Iri:
    found = iri(text, prefixes("")) or next((c for c in KG if c.rsplit("#", 1)[-1].lower() == text.lower()), None)
    if found is None:
        raise UsageError(f"no class is called {text!r}")
    return found


def save(folder: Folder, decided: Decision) -> None:
    """Add a decision to the files; UsageError where one that is not older says otherwise."""
    for other in folder.decisions():
        if other.key == decided.key:
            raise UsageError(f"{other.where} says so already")
        related = other.subject == decided.subject or {other.subject, other.object} == {decided.subject, decided.object}
        if related and other.date >= decided.date and contradict(other, decided):
            raise UsageError(f"{other.where} of {other.date} says otherwise: take it back first, with --undo")
    folder.add([decided])


def take_over(folder: Folder, decisions: Iterable[Decision]) -> int:
    """Add those decisions to the files that they do not hold yet; return how many."""
    known = {decided.key for decided in folder.decisions()}
    new = {decided.key: decided for decided in decisions if decided.key not in known}
    folder.add(new.values())
    return len(new)


def exported(path: Path, by: Author) -> Iterator[Decision]:
    """Yield the links that a table of OpenRefine tells; UsageError where it has no such columns.

    The table, CSV or TSV, has the columns `entity` and `qid`, as "Add entity identifiers column" makes it, and if it can
    `judgment` (cell.recon.judgment), by which "new" says that there is no item.
    """
    text = contents(path).removeprefix("\ufeff")
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    names = rows.fieldnames or []
    entity, qid = (next((n for n in some if n in names), "") for some in (_ENTITY, _ITEM))
    if not entity or not qid:
        raise UsageError(f"{path}:1: the columns {_ENTITY[0]} and {_ITEM[0]} are needed; it has {', '.join(names)}")
    for row in rows:
        decided = _of_row(row, entity, qid, f"{path}:{rows.line_num}", by)
        if decided is not None:
            yield decided


def _of_row(row: Mapping[str, str | None], entity: str, qid: str, where: str, by: Author) -> Decision | None:
    subject = iri((row[entity] or "").strip(), prefixes(""))
    text, judgment = (row[qid] or "").strip(), (row.get("judgment") or "").strip().lower()
    if judgment not in ("", "matched", "new", "none"):
        raise UsageError(f"{where}: judgment {judgment!r} is none of matched, new, none")
    if judgment == "none" or not (text or judgment):
        return None
    found = item(text)
    if subject is None:
        raise UsageError(f"{where}: {row[entity]!r} is no IRI of an entity")
    if judgment != "new" and not found:
        raise UsageError(f"{where}: {text!r} is no item of Wikidata")
    kind = "no-item" if judgment == "new" else "link"
    return Decision(kind, subject, object="" if judgment == "new" else found, authors=(by.name,), date=by.day)
