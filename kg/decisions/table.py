"""A TSV file line by line: read strictly, and rewritten so that what is not understood stays as it was.

Comments (lines that begin with #), unknown columns, the order of lines and their ends are kept. Cells are quoted as in CSV
where they have to be; none goes over the end of its line.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.decisions.model import Problem
from kg.errors import KgError

_BOM = "\ufeff"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # not what str.splitlines takes for ends of lines, which may stand in a comment


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    where: str  # "decisions.tsv:12"
    line: int  # from 0
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return what stands in a column; "" where the table has none of this name."""
        return self.cells.get(column, "")


class Table:
    """A TSV file: its head of comments, its columns, its rows."""

    def __init__(self, name: str, text: str, required: Sequence[str]) -> None:
        """Read a table; what is wrong with it stands in `problems`."""
        self.name = name
        self.problems: list[Problem] = []
        self.rows: list[Row] = []
        self.columns: list[str] = []
        self._lines = _LINE.findall(text.removeprefix(_BOM))
        self._mark = text[: len(_BOM)] if text.startswith(_BOM) else ""
        self._header = -1
        for number, line in enumerate(self._lines):
            if line.strip() and not line.startswith("#"):
                self._read(number, line.rstrip("\r\n"), required)
        if self._header < 0:
            self._object(max(len(self._lines) - 1, 0), f"no line names the columns: {', '.join(required)}")

    @property
    def head(self) -> list[str]:
        """Return the comments before the columns, without their ends."""
        lines = self._lines[: max(self._header, 0)] if self._header >= 0 else self._lines
        return [line.rstrip("\r\n") for line in lines]

    def _object(self, number: int, what: str) -> None:
        self.problems.append(Problem(self.at(number), what))

    def at(self, number: int) -> str:
        """Return where a line is, for people."""
        return f"{self.name}:{number + 1}"

    def _read(self, number: int, line: str, required: Sequence[str]) -> None:
        try:
            cells = next(csv.reader([line], delimiter="\t", strict=True))
        except csv.Error as error:
            self._object(number, f"its cells cannot be told apart ({error}); close every quotation mark on its line")
            return
        if self._header < 0:
            self._name(number, [cell.strip() for cell in cells], required)
        elif len(cells) > len(self.columns):
            self._object(
                number, f"{len(cells)} cells under {len(self.columns)} columns; cells are parted by one tab each"
            )
        elif self.columns:
            padded = [*cells, *[""] * (len(self.columns) - len(cells))]
            found = {name: cell.strip() for name, cell in zip(self.columns, padded, strict=True)}
            self.rows.append(Row(self.at(number), number, found))

    def _name(self, number: int, names: list[str], required: Sequence[str]) -> None:
        self._header = number
        missing = [name for name in required if name not in names]
        twice = sorted({name for name in names if names.count(name) > 1})
        if missing:
            self._object(number, f"no column is called {' or '.join(missing)}; columns are parted by tabs")
        if twice:
            self._object(number, f"two columns are called {twice[0]!r}; rename one")
        if not missing and not twice:
            self.columns = names

    def text(self) -> str:
        """Return the table as it is written."""
        return self._mark + "".join(self._lines)

    def append(self, cells: Mapping[str, str]) -> None:
        """Add a row at the end; a column that there is none of yet is added, too."""
        end = "\r\n" if self._lines[self._header].endswith("\r\n") else "\n"
        for name in (name for name, cell in cells.items() if cell and name not in self.columns):
            self._lines[self._header] = self._lines[self._header].rstrip("\r\n") + f"\t{name}{end}"
            self.columns.append(name)
        if not self._lines[-1].endswith(("\n", "\r")):
            self._lines[-1] += end
        found = {name: " ".join(cell.split()) for name, cell in cells.items()}
        self._lines.append("\t".join(quoted(found.get(name, "")) for name in self.columns) + end)
        self.rows.append(Row(self.at(len(self._lines) - 1), len(self._lines) - 1, found))

    def remove(self, numbers: Iterable[int]) -> None:
        """Take lines out, numbered from 0."""
        gone = set(numbers)
        self._lines = [line for number, line in enumerate(self._lines) if number not in gone]
        self.rows = [row for row in self.rows if row.line not in gone]


def quoted(cell: str) -> str:
    """Return a cell as the file writes it.

    >>> quoted('the "other" one')
    '"the ""other"" one"'
    """
    return '"' + cell.replace('"', '""') + '"' if '"' in cell else cell


def contents(path: Path) -> str:
    """Return the text of a file; KgError, with the line, where it is none."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise KgError(f"cannot read {path}: {error.strerror}") from error
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise KgError(f"{path}:{line}: is not written in UTF-8; save the file as UTF-8") from error
    if "\0" in text:
        raise KgError(f"{path}:{text[: text.index(chr(0))].count(chr(10)) + 1}: holds a null byte; take it out")
    return text


def replace(path: Path, text: str) -> None:
    """Write a file in one step: whoever reads it sees the old text or the new one. KgError where that cannot be."""
    path = path.resolve()  # where a link leads, not the link
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise KgError(f"cannot write {path}: {error.strerror}; the decision was not saved") from error
