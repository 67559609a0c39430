"""An index from what a user has: Wikidata dumps (.json, .gz, .bz2) and tables (.csv), one after the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KgError, UsageError
from kg.link import csvtables, dump
from kg.link.store import FORMAT, Draft

SAVED = 20_000  # lines of a dump after which a killed build need not begin before them again
BROKEN = 20  # lines at the head of a dump, of which none can be read, are enough to tell that it is none

Progress = Callable[[str, int, int], None]  # (source, lines read, entities kept)


@dataclass(slots=True)
class Report:
    """What a build of an index did."""

    items: int = 0
    kept: int = 0  # entities that were read and may be kept
    left_out: int = 0  # rows of tables that are of no use
    broken: list[tuple[str, int]] = field(default_factory=list)  # (source, lines that could not be read)
    passed_over: list[str] = field(default_factory=list)  # files of folders that are no tables of items
    resumed: bool = False


def build(
    sources: Iterable[Path],
    place: Path,
    *,
    languages: Iterable[str] = ("en",),
    snapshot: str = "",
    progress: Progress = lambda source, lines, kept: None,
) -> Report:
    """Build an index at `place`; KgError where a source cannot be read. What lay there stays until the new one is whole.

    A build that was killed is taken up where it was last saved, if the sources are the same.
    """
    report = Report()
    files = list(_files(sources, report))
    kept = frozenset({"mul", *languages})
    draft = Draft(place, "\n".join([FORMAT, *sorted(kept), *(_told(path) for path in files)]))
    try:
        for path in files:
            if path.suffix == ".csv":
                _read_table(path, draft, report, progress)
            else:
                _read_dump(path, draft, kept, report, progress)
        progress("sorting", 0, report.kept)
        report.items = draft.finish(
            snapshot or max((csvtables.snapshot(p) for p in files if p.suffix == ".csv"), default="")
        )
    except sqlite3.Error as error:  # the disk is full, or another build writes there
        raise KgError(f"cannot write {draft.path}: {error}") from error
    finally:
        draft.close()
    return report


def _files(sources: Iterable[Path], report: Report) -> Iterable[Path]:
    for source in sources:
        if source.is_dir():
            for path in sorted(source.glob("*.csv")):
                if csvtables.is_table(path):
                    yield path
                else:
                    report.passed_over.append(str(path))
        elif source.suffix == ".csv" and not csvtables.is_table(source):
            raise UsageError(f"{source} has no columns label, qid and kind")
        elif source.suffix not in (".csv", ".json", ".jsonl", ".gz", ".bz2"):
            raise UsageError(f"{source}: an index is made of .json, .jsonl, .json.gz, .json.bz2 and .csv")
        else:
            yield source


def _told(path: Path) -> str:
    """Return what tells a source from another one, and from itself after a change."""
    about = path.stat()
    return f"{path.resolve()} {about.st_size} {about.st_mtime_ns}"


def _read_table(path: Path, draft: Draft, report: Report, progress: Progress) -> None:
    if draft.done(str(path)):
        return
    for item in csvtables.read(path):
        if item is None:
            report.left_out += 1
        else:
            draft.add_item(item)
            report.kept += 1
    draft.save(str(path), {"whole": 1})
    progress(path.name, 0, report.kept)


def _read_dump(path: Path, draft: Draft, languages: frozenset[str], report: Report, progress: Progress) -> None:
    numbers = {"lines": 0, "kept": 0, "broken": 0} | draft.done(str(path))
    report.resumed = report.resumed or bool(numbers["lines"])
    lines = dump.Lines(path, numbers["lines"])
    try:
        for line in lines:
            _read_line(line, draft, languages, numbers)
            numbers["lines"] = lines.number
            if lines.number % SAVED == 0:
                draft.save(str(path), numbers)
                progress(path.name, lines.number, numbers["kept"])
            if numbers["broken"] == lines.number == BROKEN:
                raise KgError(f"{path} is no dump of Wikidata in JSON: none of its first {BROKEN} lines could be read")
    except (OSError, EOFError) as error:
        draft.save(str(path), numbers)
        raise KgError(f"{path} cannot be read beyond line {numbers['lines']:,}: {error}") from error
    draft.save(str(path), numbers)
    progress(path.name, numbers["lines"], numbers["kept"])
    report.kept += numbers["kept"]
    if numbers["broken"]:
        report.broken.append((str(path), numbers["broken"]))


def _read_line(line: bytes, draft: Draft, languages: frozenset[str], numbers: dict[str, int]) -> None:
    try:
        found = list(dump.parse(line, languages))
    except (ValueError, RecursionError):  # msgspec's errors are such
        numbers["broken"] += 1
        return
    for raw in found:
        draft.add_raw(raw)
        numbers["kept"] += 1
