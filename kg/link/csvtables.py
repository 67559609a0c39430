"""Tables of items as CSV: columns label, aliases (parted by |), qid, kind, country, source, and others that are not read."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import KgError
from kg.lexicons.places import places
from kg.link.items import QID, Item, Name

_DATE = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])\b")
_COLUMNS = {"label", "qid", "kind"}
# What the kinds of such tables are here; rows of any other kind are left out.
KINDS = {
    "agency": "ministry", "cabinet": "ministry", "directorate-general": "ministry", "ministry": "ministry",
    "ministry/department": "ministry",
    "diplomatic mission": "organization", "organization": "organization",
    "person": "official", "official": "official",
    "position": "post", "post": "post",
    "concept": "sector", "sector": "sector",
    "country": "jurisdiction", "historical country": "jurisdiction", "municipality": "jurisdiction", "province": "jurisdiction",
    "subdivision": "jurisdiction", "subdivision/other": "jurisdiction", "territory": "jurisdiction",
}  # fmt: skip
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*$")


def is_table(path: Path) -> bool:
    """Tell whether a file is such a table, by its first line."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return set(next(csv.reader(file), [])) >= _COLUMNS


def snapshot(path: Path) -> str:
    """Return the latest day that a table's sources name; "" where they name none."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return max((day for row in csv.DictReader(file) for day in _DATE.findall(row.get("source") or "")), default="")


def read(path: Path) -> Iterator[Item | None]:
    """Yield the items of a table, None for a row without a usable identifier or of a kind that is not kept."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield _item({name: (cell or "").strip() for name, cell in row.items() if isinstance(cell, str | None)})
    except (UnicodeDecodeError, csv.Error) as error:
        raise KgError(f"{path} is no CSV in UTF-8: {error}") from error


def _item(row: dict[str, str]) -> Item | None:
    kind = KINDS.get(row["kind"].lower())
    if kind is None or not QID.fullmatch(row["qid"]) or not row["label"]:
        return None
    label, said = _plain(row["label"])
    code = row.get("code", "")
    country = row.get("country", "") or said
    aliases = [alias.strip() for alias in row.get("aliases", "").split("|") if alias.strip()]
    names = (Name(label, "", True), *(Name(alias) for alias in dict.fromkeys(aliases) if alias != label))
    codes = (code,) if kind == "jurisdiction" and code in places() else (country,) if country else ()
    return Item(row["qid"], kind, label, names, codes, (country,) if country else ())


def _plain(label: str) -> tuple[str, str]:
    """Return a label without the note in brackets that tells it from others, and the country's code that this gives."""
    note = _BRACKETS.search(label)
    if note is None:
        return label, ""
    first = re.split(r"[\s,]", note[1])[0]
    return label[: note.start()] or label, first if first in places() else ""
