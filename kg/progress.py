"""How a build is told on stderr: progress while it runs, and a summary at its end."""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.builds import Report
from kg.link import build as indexing
from kg.link import pull as pulling

log = logging.getLogger(__name__)

_EVERY = 0.2  # seconds between two looks of the progress line
_SHOWN = 20  # articles left out that the summary names
_ORDER = ("Agreement", "Official", "Ministry", "Jurisdiction", "IndustrySector", "Organization")
_NOUNS = {"Ministry": ("ministry", "ministries"), "IndustrySector": ("sector", "sectors")}


def sensible_workers() -> int:
    """Return how many processes to read with: one for each processor, at most eight."""
    return max(1, min(8, os.cpu_count() or 1))


@contextmanager
def shown(wanted: bool) -> Iterator[Callable[[str, int], None]]:
    """Yield a function that shows (stage, articles done) on one line of a terminal, and now and then elsewhere."""
    if not wanted:
        yield lambda stage, done: None
        return
    terminal = sys.stderr.isatty()
    every = _EVERY if terminal else 10.0
    last = time.monotonic()

    def show(stage: str, done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= every:
            last = now
            print(
                f"\r\x1b[K{stage} {done:,}" if terminal else f"{stage} {done:,} articles",
                end="" if terminal else "\n",
                file=sys.stderr,
                flush=True,
            )

    yield show
    if terminal:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def lines_shown(wanted: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that shows (source, lines read, entities kept), as `shown` does."""
    if not wanted:
        yield lambda source, lines, kept: None
        return
    terminal = sys.stderr.isatty()
    last = time.monotonic()

    def show(source: str, lines: int, kept: int) -> None:
        nonlocal last
        if time.monotonic() - last >= (_EVERY if terminal else 10.0):
            last = time.monotonic()
            said = f"{source}: {lines:,} lines read, {kept:,} entities kept"
            print(f"\r\x1b[K{said}" if terminal else said, end="" if terminal else "\n", file=sys.stderr, flush=True)

    yield show
    if terminal:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def index_summary(report: indexing.Report, place: Path) -> None:
    """Say what a build of an index did."""
    if report.resumed:
        print("gone on where the build before was stopped", file=sys.stderr)
    for source, broken in report.broken:
        print(f"{source}: {counted(broken, 'line')} could not be read and are left out", file=sys.stderr)
    for path in report.passed_over:
        print(f"{path} is no table of items and was passed over", file=sys.stderr)
    if report.left_out:
        print(
            f"{counted(report.left_out, 'row')} of tables without an identifier or of another kind left out",
            file=sys.stderr,
        )
    print(f"{counted(report.items, 'item')} in {place}", file=sys.stderr)


def pull_summary(report: pulling.Report, place: Path) -> None:
    """Say what a pull did."""
    if report.resumed:
        print("gone on where the pull before was stopped", file=sys.stderr)
    print(f"{counted(report.items, 'item')} in {place}, by {counted(report.requests, 'request')}", file=sys.stderr)


def counted(number: int, noun: str) -> str:
    """Return "1 article", "2 articles", "3 ministries"."""
    one, many = _NOUNS.get(noun, (noun.lower(), f"{noun.lower()}s"))
    return f"{number:,} {one if number == 1 else many}"


def summary(report: Report, place: Path) -> None:
    """Say what a build did, and which articles it left out."""
    unchanged = f" ({report.unchanged:,} unchanged)" if report.unchanged else ""
    print(f"{counted(report.articles, 'article')}{unchanged}: {_entities(report)}", file=sys.stderr)
    if report.copies:
        texts = "is the text of another" if report.copies == 1 else "are the texts of others"
        print(f"{counted(report.copies, 'article')} {texts} and counted once with it", file=sys.stderr)
    if report.linked or report.undecided:
        asked = f", {report.undecided:,} more may have an item there" if report.undecided else ""
        print(f"{report.linked:,} entities beside countries and regions linked to Wikidata{asked}", file=sys.stderr)
    if not report.entities.get("Agreement"):
        print("no agreement was found in them; kg explain ARTICLE shows what was read in one and why", file=sys.stderr)
    _listed(f"{counted(len(report.left_out), 'article')} left out:", report.left_out)
    _listed(f"{counted(len(report.notes), 'article')} read, with a remark:", report.notes)
    if report.decisions:
        print(f"{counted(report.decisions - len(report.unmet), 'decision')} of people followed", file=sys.stderr)
    _listed(f"{counted(len(report.unmet), 'decision')} could not be followed:", report.unmet)
    for remark in report.remarks:
        print(remark, file=sys.stderr)
    if report.skipped:
        print(f"{counted(report.skipped, 'file')} of other kinds passed over", file=sys.stderr)
    print(f"{report.quads:,} quads in {place}", file=sys.stderr)


def _listed(title: str, found: list[tuple[str, str]]) -> None:
    if not found:
        return
    shown = len(found) if log.isEnabledFor(logging.INFO) else _SHOWN
    print(title, file=sys.stderr)
    for where, what in sorted(found, key=_natural)[:shown]:
        print(f"  {where}: {what}", file=sys.stderr)
    if len(found) > shown:
        print(f"  … and {len(found) - shown:,} more (kg -v build names them all)", file=sys.stderr)


def _natural(found: tuple[str, str]) -> list[tuple[int, str]]:
    """Return a key by which line 9 of a file comes before its line 10."""
    parts = re.split(r"(\d+)", found[0])
    return [(int(part), "") if i % 2 else (0, part) for i, part in enumerate(parts)]


def _entities(report: Report) -> str:
    return ", ".join(counted(report.entities[k], k) for k in _ORDER if report.entities[k]) or "no entities"
