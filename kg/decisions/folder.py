"""The folder of decisions: read strictly, appended to, never reordered; every change is on disk at once.

kg-review/
  links.sssom.tsv     which entity is which item of Wikidata; other files *.sssom.tsv beside it are read, too
  decisions.tsv       which entities are the same, which are not; which statements are wrong, which right
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from kg.decisions import facts, links
from kg.decisions.model import LINKS, Decision, Problem
from kg.decisions.table import Table, contents, replace
from kg.errors import KgError, UsageError
from kg.vocabulary import BASE

DEFAULT = Path("kg-review")
_TABLES = (".tsv", ".csv", ".xlsx", ".ods")


def chosen(given: Path | None) -> Path | None:
    """Return the folder whose decisions a build follows: the one given, else the usual one, where that is there.

    UsageError where the one given is not there: decisions must not be lost for a mistyped name.
    """
    if given is None:
        return DEFAULT if DEFAULT.is_dir() else None
    if not given.is_dir():
        raise UsageError(f"there is no folder {given} of decisions; kg review makes it with the first decision")
    return given


class Folder:
    """Decisions as they lie on disk. A folder that is not there yet holds none."""

    def __init__(self, path: Path, base: str = BASE) -> None:
        """`base` is where the IRIs of entities begin, for which files write id:."""
        self.path = path
        self.base = base
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path} is no folder; give the folder of the decisions as --review")

    def decisions(self) -> list[Decision]:
        """Return all decisions, in the order of the files; KgError with the first line that cannot be followed."""
        found, problems = self.read()
        if problems:
            first, more = problems[0], len(problems) - 1
            also = f" (and {more} more: kg review check names them)" if more else ""
            raise KgError(f"{self.path / first.where}: {first.what}{also}")
        return found

    def read(self) -> tuple[list[Decision], list[Problem]]:
        """Return all decisions, and the lines that cannot be followed."""
        found: list[Decision] = []
        problems: list[Problem] = []
        for path in self._files():
            for decided in self._of_file(path):
                if isinstance(decided, Problem):
                    problems.append(decided)
                else:
                    found.append(decided)
        return found, problems

    def undecided(self) -> int:
        """Return how many mappings stand in the files that no person decided."""
        mappings = (path for path in self._files() if path.name.endswith(links.SUFFIX))
        return sum(self._undecided(self._table(path)) for path in mappings)

    def _undecided(self, table: Table) -> int:
        read = self._reader(table)
        return sum(read(row) is None for row in table.rows)

    def _files(self) -> list[Path]:
        """Return the files that hold decisions, links first."""
        files = sorted(self.path.iterdir()) if self.path.is_dir() else []
        tables = [file for file in files if file.suffix.lower() in _TABLES and not file.name.startswith(".")]
        return sorted(tables, key=lambda file: (not file.name.endswith(links.SUFFIX), file.name))

    def _table(self, path: Path) -> Table:
        required = links.REQUIRED if path.name.endswith(links.SUFFIX) else facts.REQUIRED
        return Table(path.name, contents(path), required)

    def _of_file(self, path: Path) -> Iterator[Decision | Problem]:
        if path.name != facts.FILE and not path.name.endswith(links.SUFFIX):
            yield Problem(
                path.name, "is not read: kg review import takes over a table of OpenRefine; keep others elsewhere"
            )
            return
        table = self._table(path)
        read = self._reader(table)
        yield from table.problems
        for row in table.rows:
            decided = read(row)
            if decided is not None:
                yield decided

    def _reader(self, table: Table) -> Callable[..., Decision | Problem | None]:
        if table.name == facts.FILE:
            return lambda row: facts.decision(row, self.base)
        head = links.Head(table)
        return lambda row: links.decision(row, head)

    def digest(self) -> str:
        """Return hexadecimal digits that change with the files; "" where there are none."""
        files = self._files()
        found = sha256()
        for file in files:
            found.update(f"\0{file.name}\0".encode("utf-8", "surrogateescape") + contents(file).encode())
        return found.hexdigest() if files else ""

    # --- changes ---

    def add(self, decisions: Iterable[Decision]) -> None:
        """Append decisions to the two files; KgError where they cannot be read or written."""
        by_file: dict[str, list[Decision]] = {}
        for decided in decisions:
            by_file.setdefault(links.FILE if decided.kind in LINKS else facts.FILE, []).append(decided)
        with self._locked():
            for name, some in by_file.items():
                table = self._begun(name)
                head = links.Head(table) if name == links.FILE else None
                self._refuse(table)
                read = self._reader(table)
                for decided in some:
                    table.append(links.cells(decided, head) if head else facts.cells(decided, self.base))
                    again = read(table.rows[-1])
                    if isinstance(again, Problem):  # what is written must be read again
                        raise UsageError(f"{decided.told}: {again.what}")
                replace(self.path / name, table.text())

    def remove(self, decisions: Iterable[Decision]) -> int:
        """Take out the lines that decide this, whoever wrote them; return how many there were."""
        keys = {decided.key for decided in decisions}
        removed = 0
        with self._locked():
            for path in self._files():
                table = self._table(path)
                self._refuse(table)
                read = self._reader(table)
                gone = [row.line for row in table.rows if _key(read(row)) in keys]
                if gone:
                    table.remove(gone)
                    replace(path, table.text())
                    removed += len(gone)
        return removed

    def _begun(self, name: str) -> Table:
        """Return one of the two files, begun where there is none yet."""
        path = self.path / name
        if path.exists():
            return self._table(path)
        text = links.template(self.base) if name == links.FILE else facts.TEMPLATE
        return Table(name, text, links.REQUIRED if name == links.FILE else facts.REQUIRED)

    def _refuse(self, table: Table) -> None:
        """KgError where a file is not one that may be rewritten."""
        for problem in table.problems:
            raise KgError(f"{self.path / problem.where}: {problem.what}; nothing was written")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time change the files. The lock is on the folder: no file of it is left behind."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDONLY)
        except OSError as error:
            raise KgError(f"cannot write to {self.path}: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _key(decided: Decision | Problem | None) -> tuple[str, ...] | None:
    return decided.key if isinstance(decided, Decision) else None
