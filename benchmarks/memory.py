"""Whether memory stays flat while many articles are read: resident memory after every 10,000 of them.

    python benchmarks/memory.py ARTICLES.jsonl [--number 100000] [--workers 1] [--build]

The articles of a JSON-lines file are repeated under other ids. Without --build they go through extraction and its cache, as
in a build; with it, through a whole build into a temporary store, whose later stages keep what is distinct in the corpus.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from kg import builds, pipeline
from kg.model import Page
from kg.stores.cache import Cache

EVERY = 10_000


def repeated(path: Path, number: int) -> Iterator[bytes]:
    """Yield lines of JSON: the articles of a file under new ids, again and again."""
    found = [msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip()]
    for n, fields in zip(range(number), itertools.cycle(found), strict=False):
        yield msgspec.json.encode({**fields, "id": f"{fields.get('id', 'article')}-{n}", "gold": None})


def resident() -> float:
    """Return the megabytes that this process holds now; the most it ever held where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def teller() -> Callable[[str, int], None]:
    """Return a function that prints memory and pace whenever a stage has done another 10,000 articles."""
    begun = time.monotonic()
    print(f"{'stage':12}{'articles':>12}{'MB':>10}{'seconds':>10}")

    def tell(stage: str, done: int) -> None:
        if done % EVERY == 0 or done == 1:
            print(f"{stage:12}{done:12,}{resident():10.0f}{time.monotonic() - begun:10.0f}", flush=True)

    return tell


def extraction(path: Path, number: int, workers: int) -> None:
    """Read the articles as a build does, and let go of what was read."""
    pages = (
        Page(f"line-{n}", f"{path}:{n}", "application/json", line) for n, line in enumerate(repeated(path, number))
    )
    tell = teller()
    with tempfile.TemporaryDirectory() as folder, Cache(Path(folder)) as cache:
        options = pipeline.Options(workers=workers)
        for done, _ in enumerate(pipeline.outcomes(pages, options, cache, builds.Report()), 1):
            tell("reading", done)


def build(path: Path, number: int, workers: int) -> None:
    """Build a store of the articles."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        with source.open("wb") as out:
            out.writelines(line + b"\n" for line in repeated(path, number))
        pipeline.build([str(source)], Path(folder) / "store", pipeline.Options(workers=workers), teller())


def main() -> None:
    """Measure, and print as it goes."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("articles", type=Path, help="a JSON-lines file of articles, such as a gold file")
    arguments.add_argument("--number", type=int, default=100_000, help="of articles (default 100,000)")
    arguments.add_argument("--workers", type=int, default=1, help="processes that read; only this one is measured")
    arguments.add_argument("--build", action="store_true", help="build a whole store")
    given = arguments.parse_args()
    (build if given.build else extraction)(given.articles, given.number, given.workers)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
