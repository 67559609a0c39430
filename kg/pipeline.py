"""The stages in order, and nothing else: sources in, a new generation of the store out.

Extraction is a pure function of a page, cached by content and by the engine's fingerprint; resolution and writing run
over all articles again, so that the store depends on the corpus alone and not on what was built before.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from kg import builds, clean, engines, executors, facts, parse, read, write
from kg.builds import Progress, Report
from kg.decisions import questions
from kg.decisions.folder import Folder
from kg.decisions.replay import Replay
from kg.errors import ArticleError, KgError, UsageError
from kg.iris import article_iri
from kg.link import store
from kg.link.items import Index
from kg.link.live.service import opened
from kg.link.live.settings import Settings
from kg.model import Article, Outcome, Page, Reading
from kg.resources import digest
from kg.stores import generations
from kg.stores.articles import ArticleStore
from kg.stores.cache import Cache, key_of
from kg.stores.inputs import Inputs
from kg.vocabulary import BASE

log = logging.getLogger(__name__)

# What an outcome depends on, apart from the page and the engine: the code from bytes to article, and the gate of facts.
READ_BY = (
    "pipeline.py", "read.py", "parse/*.py", "furniture.py", "language.py", "clean.py", "facts.py", "model.py",
    "vocabulary.py", "resources.py", "errors.py",
)  # fmt: skip
_LIBRARIES = ("trafilatura", "lxml", "pypdf", "charset-normalizer", "python-frontmatter", "pyyaml")

BATCH = 32  # pages handed to a worker at once: enough to make the hand-over cheap


@dataclass(frozen=True, slots=True)
class Options:
    """How to build."""

    engine: str = "rules"
    executor: str = "local"
    workers: int = 1
    base: str = BASE
    index: Path | None = None  # of Wikidata, beside the tables that ship
    live: Settings | None = None  # a service that is asked about what neither of them links
    offline: bool = False  # an engine that asks a server has only what it keeps
    review: Path | None = None  # the folder of what people decided
    keep: bool = False  # keep the articles that the store holds already
    fresh: bool = False  # read every article again, and write the store anew, whatever has changed


def extract(page: Page, engine: engines.Engine) -> Outcome:
    """Return what one page says: the article and its reading, or why there is none. Never raises for a bad page."""
    return extract_all([page], engine)[0]


def extract_all(pages: Iterable[Page], engine: engines.Engine) -> list[Outcome]:
    """Return one outcome a page, in order, as `extract` does; the engine is given all articles at once."""
    unread = [_unread(page) for page in pages]
    articles = [outcome.article for outcome in unread if outcome.article is not None]
    rest = iter(_readings(articles, engine))
    return [outcome if outcome.article is None else _with_reading(outcome, next(rest)) for outcome in unread]


def _unread(page: Page) -> Outcome:
    """Return the article in a page, not read yet, or why there is none."""
    try:
        document = parse.document(page)
        article = clean.article(document)
    except ArticleError as error:
        return Outcome(page.id, page.origin, error=str(error))
    except Exception as error:  # a fault of this program or of a library must not cost the other articles
        return Outcome(page.id, page.origin, error=str(_failure(page.origin, error)))
    return Outcome(article.id, page.origin, article, notes=document.notes)


def _readings(articles: list[Article], engine: engines.Engine) -> list[Reading | ArticleError]:
    """Return one reading an article; where the engine fails, an error for the articles on which it does."""
    try:
        readings = list(engine.read(articles))
    except KgError:
        raise
    except Exception as error:
        if len(articles) == 1:
            return [_failure(articles[0].id, error)]
        return [reading for article in articles for reading in _readings([article], engine)]
    if len(readings) != len(articles):
        raise KgError(f"the engine gave {len(readings)} readings of {len(articles)} articles; it must give one of each")
    return readings


def _failure(where: str, error: Exception) -> ArticleError:
    log.debug("%s", where, exc_info=error)
    said = " ".join(str(error).split())
    return ArticleError(f"could not be read: {type(error).__name__}{': ' if said else ''}{said[:200]}")


def _with_reading(outcome: Outcome, reading: Reading | ArticleError) -> Outcome:
    assert outcome.article is not None
    if isinstance(reading, ArticleError):
        return replace(outcome, error=str(reading))
    try:
        return replace(outcome, reading=facts.checked(outcome.article, reading))
    except Exception as error:
        return replace(outcome, error=str(_failure(outcome.origin, error)))


@cache
def _engine(name: str) -> engines.Engine:
    """Return the engine of this process: loading one may take seconds. A build begins with a new one."""
    return engines.make(name)


def extract_batch(pages: list[Page], engine: str) -> list[Outcome]:
    """Return one outcome a page, in order; a worker makes its engine once."""
    return extract_all(pages, _engine(engine))


def _batches(items: Iterable[Page | Outcome]) -> Iterator[list[Page | Outcome]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


@cache
def _fingerprint() -> str:
    """Return the digest of what turns pages into articles, and readings into what may be stated, whatever the engine."""
    return digest(READ_BY, " ".join(f"{name} {version(name)}" for name in _LIBRARIES))[:16]


def _key(engine: engines.Engine) -> str:
    return f"{engine.fingerprint} {_fingerprint()}"


def outcomes(items: Iterable[Page | Outcome], options: Options, kept: Cache, report: Report) -> Iterator[Outcome]:
    """Yield one outcome an item, in order, reading only what the cache does not know."""
    engine = _engine(options.engine)
    if isinstance(engine, engines.Online):
        engine.offline = options.offline
    fingerprint = _key(engine)
    accounts = isinstance(engine, engines.Accounting)  # of one process
    executor = executors.make(options.executor, 1 if accounts else options.workers)
    waiting: list[tuple[list[Page | Outcome], dict[str, Outcome]]] = []

    def unread() -> Iterator[list[Page]]:
        for batch in _batches(items):
            pages = [i for i in batch if isinstance(i, Page)]
            known = {} if options.fresh else kept.get_many([key_of(p, fingerprint) for p in pages])
            waiting.append((batch, known))
            yield [p for p in pages if key_of(p, fingerprint) not in known]

    work = partial(extract_batch, engine=options.engine)
    for fresh in executor.map(work, unread()):
        batch, known = waiting.pop(0)
        yield from _merged(batch, known, fresh, fingerprint, kept, report)
    if isinstance(engine, engines.Accounting):
        report.remarks.extend(engine.account())


def _merged(
    batch: list[Page | Outcome],
    known: dict[str, Outcome],
    fresh: list[Outcome],
    fingerprint: str,
    kept: Cache,
    report: Report,
) -> Iterator[Outcome]:
    new = iter(fresh)
    learnt: dict[str, Outcome] = {}
    for item in batch:
        if isinstance(item, Outcome):
            yield item
            continue
        key = key_of(item, fingerprint)
        if key in known:
            outcome = replace(known[key], origin=item.origin)
            if outcome.article is not None:
                report.known.add((outcome.id, outcome.article.hash))
            yield outcome
        else:
            outcome = next(new)
            if outcome.reading is not None or outcome.article is None:
                learnt[key] = outcome  # an article that the engine could not read now may be read next time
            yield outcome
    kept.put_many(learnt)


def build(sources: Iterable[str], place: Path, options: Options, progress: Progress = lambda stage, n: None) -> Report:
    """Build a new generation of the store at `place` from the sources, and switch to it; KgError where that cannot be.

    The store then holds exactly these articles (and, with `keep`, those that it held before). Where it does so already,
    nothing is written. Whatever happens on the way, the generation before stays in place and whole.
    """
    sources = list(sources)
    _engine.cache_clear()  # what it was made from may have changed: the environment, a model's files
    index = store.with_index(options.index)
    review = Folder(options.review, options.base) if options.review else None
    replay = Replay(review.decisions() if review else (), options.base)
    with ExitStack() as stack:
        draft = stack.enter_context(generations.begin(place))
        inputs = _inputs(sources, options, index, review, progress)
        report = Report() if options.fresh else builds.unchanged(place, inputs)
        if report.generation:
            return report
        service = stack.enter_context(opened(options.live))
        kept = stack.enter_context(Cache(place, forget=not options.keep))
        articles = stack.enter_context(ArticleStore.create(draft.articles))
        _read(sources, articles, options, kept, report, progress)
        if options.keep:
            _keep(place, articles, options.base, report)
        report.articles = articles.count()
        report.unchanged = sum(key in report.known for key in articles.hashes())
        if not report.articles:
            raise KgError(_nothing(report))
        report.remarks += [] if options.review else builds.forsaken(place)
        lines = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=draft.path))) / "graph.nq"
        write.graph(articles, draft, lines, write.Means(options.base, index, service, replay), report, progress)
        report.remarks.extend(service.account() if service else [])
        progress("loading", report.articles)
        draft.load(lines)
        report.quads = draft.size()
        report.generation = draft.number
        questions.save(draft.questions, report.questions)
        draft.publish(builds.told(report, options.engine, options.base, inputs))
    return report


def _inputs(sources: list[str], options: Options, index: Index, review: Folder | None, progress: Progress) -> str:
    """Return a digest of all that the store will depend on; "" where that cannot be told beforehand."""
    if options.keep or options.live or "-" in sources:
        return ""
    fingerprint = _key(_engine(options.engine))
    inputs = Inputs(options.engine, options.base, index.digest, review.digest() if review else "")
    for done, item in enumerate(read.Pages(sources), 1):
        what = key_of(item, fingerprint) if isinstance(item, Page) else f"{item.id} {item.error}"
        inputs.add(what, item.origin)
        progress("comparing", done)
    return inputs.digest()


def _nothing(report: Report) -> str:
    if report.left_out:
        where, why = report.left_out[0]
        return f"no article could be read ({len(report.left_out)} left out; the first: {where}: {why}); the store is as it was"
    return "the sources hold no articles (.txt, .md, .html, .pdf, .jsonl); the store is as it was"


def _read(
    sources: Iterable[str], articles: ArticleStore, options: Options, kept: Cache, report: Report, progress: Progress
) -> None:
    pages = read.Pages(sources)
    done = 0
    for outcome in outcomes(pages, options, kept, report):
        done += 1
        progress("reading", done)
        if outcome.article is None or outcome.reading is None:
            report.left_out.append((outcome.origin, outcome.error))
            report.settled = report.settled and outcome.article is None
            continue
        report.notes.extend((outcome.origin, note) for note in outcome.notes)
        other = articles.add(outcome, article_iri(options.base, outcome.article.id))
        if other is not None:
            report.left_out.append(other)
    report.skipped = pages.skipped


def _keep(place: Path, articles: ArticleStore, base: str, report: Report) -> None:
    """Copy the articles of the current generation that were not read again."""
    current = generations.current(place)
    if current is None:
        return
    if not current.articles.is_file():
        raise UsageError(
            f"the store at {place} was loaded from RDF and holds no texts of articles that --add could keep"
        )
    with ArticleStore.open(current.articles) as before:
        for outcome in before.outcomes():
            if articles.get(outcome.id) is None:
                articles.add(outcome, article_iri(base, outcome.id))
                assert outcome.article is not None
                report.known.add((outcome.id, outcome.article.hash))


def read_one(path: str, engine: str = "rules") -> Outcome:
    """Return the outcome of the first article of a file, without any store."""
    for item in read.Pages([path]):
        return item if isinstance(item, Outcome) else extract(item, engines.make(engine))
    raise KgError(f"{path} holds no article")


def valid_base(base: str | None) -> str:
    """Return where IRIs begin; UsageError for what cannot begin one."""
    if base is None:
        return BASE
    if not re.fullmatch(r"https?://[^\s<>\"{}|^`\\\\]+[/#]", base):
        raise UsageError(f"--base {base!r} cannot begin an IRI: give an http(s) address that ends in / or #")
    return base
