"""How many articles of 3 kB a second one core reads: all of `pipeline.extract_all`, and its stages one by one.

    python benchmarks/extraction.py ARTICLES.jsonl [--seconds N] [--engine NAME]

The articles of a JSON-lines file (a gold file is one) are read over and over for N seconds of CPU time in each part.
An article of 6,000 characters counts as two, so that corpora can be compared.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kg import clean, engines, facts, parse, pipeline, read
from kg.model import Article, Page

USUAL = 3000  # characters of an article


def pages(path: Path) -> list[Page]:
    """Return the articles of a file that can be read."""
    found = [page for page in read.Pages([str(path)]) if isinstance(page, Page)]
    return [page for page in found if readable(page)]


def readable(page: Page) -> bool:
    """Tell whether a page holds an article."""
    try:
        clean.article(parse.document(page))
    except pipeline.ArticleError:
        return False
    return True


def timed(work: Callable[[], object], seconds: float) -> tuple[float, int]:
    """Run something over and over for some seconds of CPU time; return the seconds that one run takes, and the runs."""
    work()  # lexicons are loaded and patterns compiled once in a process: not what is measured
    runs, begun = 0, time.process_time()
    while time.process_time() - begun < seconds:
        work()
        runs += 1
    return (time.process_time() - begun) / runs, runs


def stages(corpus: list[Page], engine: engines.Engine) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield (name, work) for each stage over the whole corpus, and for all of them together."""
    documents = [parse.document(page) for page in corpus]
    articles: list[Article] = [clean.article(document) for document in documents]
    readings = list(engine.read(articles))
    read_well = [(a, r) for a, r in zip(articles, readings, strict=True) if not isinstance(r, Exception)]
    batches = [corpus[at : at + pipeline.BATCH] for at in range(0, len(corpus), pipeline.BATCH)]
    yield "parse", lambda: [parse.document(page) for page in corpus]
    yield "clean", lambda: [clean.article(document) for document in documents]
    yield "engine", lambda: list(engine.read(articles))
    yield "gate", lambda: [facts.checked(article, reading) for article, reading in read_well]
    yield "altogether", lambda: [pipeline.extract_all(batch, engine) for batch in batches]


def main() -> None:
    """Measure, and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("articles", type=Path, help="a JSON-lines file of articles, such as a gold file")
    arguments.add_argument("--seconds", type=float, default=10.0, help="of CPU time for each part (default 10)")
    arguments.add_argument("--engine", default="rules", help="a name or module:Class (default rules)")
    given = arguments.parse_args()
    corpus = pages(given.articles)
    if not corpus:
        sys.exit(f"{given.articles} holds no article that can be read")
    characters = sum(len(parse.document(page).text) for page in corpus)
    usual = characters / USUAL
    print(f"{len(corpus)} articles, {characters:,} characters: {usual:.1f} articles of {USUAL:,} characters")
    print(f"{'':12}{'articles/s':>12}{'ms/article':>12}{'MB/s':>8}{'runs':>7}")
    for name, work in stages(corpus, engines.make(given.engine)):
        seconds, runs = timed(work, given.seconds)
        print(
            f"{name:12}{usual / seconds:12,.0f}{1000 * seconds / usual:12.3f}{characters / seconds / 1e6:8.2f}{runs:7}"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
