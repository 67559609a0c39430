"""Answers in the form that was asked for: a table for people, the SPARQL formats for programs, Markdown for notes."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable
from typing import IO, TextIO

import pyoxigraph as ox

from kg.errors import UsageError
from kg.query import SavedQuery
from kg.vocabulary import BASE, PREFIXES

_FILES = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_NUMERIC = re.compile(r"http://www\.w3\.org/2001/XMLSchema#(?:integer|decimal|double|float)")
_NARROWEST = 12  # columns of a terminal that a column of a table keeps
Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


def write(results: Results, format_: str | None, out: TextIO) -> None:
    """Write results to `out`; UsageError where a form does not fit the kind of query."""
    if isinstance(results, ox.QueryTriples):
        _write_triples(results, format_, out)
    elif isinstance(results, ox.QueryBoolean):
        _write_boolean(results, format_, out)
    elif format_ == "ttl":
        raise UsageError("a SELECT query answers with a table; ttl is for CONSTRUCT and DESCRIBE")
    elif format_ in _FILES:
        _write_file(results, format_, out)
    else:
        _write_rows(results, format_ == "md", out)


def _bytes(out: TextIO) -> IO[bytes]:
    out.flush()
    return out.buffer


def _write_file(results: ox.QuerySolutions | ox.QueryBoolean, format_: str, out: TextIO) -> None:
    results.serialize(_bytes(out), _FILES[format_])
    if format_ in ("json", "xml") or isinstance(results, ox.QueryBoolean):  # those end without a line break
        out.write("\n")


def _write_triples(results: ox.QueryTriples, format_: str | None, out: TextIO) -> None:
    if format_ not in (None, "ttl"):
        raise UsageError(f"a CONSTRUCT or DESCRIBE query answers with triples: --format ttl, not {format_}")
    triples = sorted(results, key=str)
    ox.serialize(triples, _bytes(out), ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def _write_boolean(results: ox.QueryBoolean, format_: str | None, out: TextIO) -> None:
    if format_ in _FILES:
        _write_file(results, format_, out)
    elif format_ == "ttl":
        raise UsageError("an ASK query answers yes or no, not with triples")
    else:
        out.write("yes\n" if results else "no\n")


def _write_rows(results: ox.QuerySolutions, markdown: bool, out: TextIO) -> None:
    names = [v.value for v in results.variables]
    rows = [[row[name] for name in names] for row in results]
    cells = [[shown(value) for value in row] for row in rows]
    right = [bool(rows) and all(_is_number(row[i]) for row in rows) for i in range(len(names))]
    if markdown:
        _markdown(names, cells, right, out)
    else:
        table(names, cells, right, out)
    if not rows:
        sys.stderr.write("no rows\n")


def shown(value: object) -> str:
    """Return a term for people: text as it is, IRIs short."""
    if value is None:
        return ""
    if isinstance(value, ox.NamedNode):
        for prefix, base in PREFIXES.items():
            if value.value.startswith(base):
                return f"{prefix}:{value.value[len(base) :]}"
        return value.value.removeprefix(BASE)
    return " ".join(str(getattr(value, "value", value)).split())


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, ox.Literal) and bool(_NUMERIC.fullmatch(value.datatype.value)))


def _markdown(names: list[str], rows: list[list[str]], right: list[bool], out: TextIO) -> None:
    def line(cells: Iterable[str]) -> str:
        return (
            "| " + " | ".join(c.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for c in cells) + " |\n"
        )

    out.write(line(names))
    out.write("|" + "|".join("---:" if r else "---" for r in right) + "|\n")
    out.writelines(line(row) for row in rows)


def table(names: list[str], rows: list[list[str]], right: list[bool], out: TextIO) -> None:
    """Write rows as a table for people, the columns marked in `right` to the right; a terminal's width is kept."""
    from rich.cells import cell_len, set_cell_size

    widths = [max(cell_len(cell) for cell in column) for column in zip(names, *rows, strict=True)]
    if out.isatty():
        widths = _fitted(widths, shutil.get_terminal_size().columns)

    def cell(text: str, width: int, to_right: bool) -> str:
        if cell_len(text) > width:
            text = set_cell_size(text, width - 1) + "…"
        blank = " " * (width - cell_len(text))
        return blank + text if to_right else text + blank

    for row in (names, ["─" * w for w in widths], *rows):
        out.write("  ".join(cell(c, w, r) for c, w, r in zip(row, widths, right, strict=True)).rstrip() + "\n")


def _fitted(widths: list[int], room: int) -> list[int]:
    """Return widths that fit a terminal, the widest columns made narrower."""
    widths = list(widths)
    while sum(widths) + 2 * (len(widths) - 1) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def listing(queries: Iterable[SavedQuery], out: TextIO) -> None:
    """Write the saved queries with their parameters."""
    for query in queries:
        out.write(f"{query.name}\n    {query.title}. {query.description}\n")
        for p in query.parameters:
            default = f", {p.default} if left out" if p.default else ""
            out.write(f"    -p {p.name}=…  {p.type}{': ' + p.comment if p.comment else ''}{default}\n")
