"""The command line: every command in a few lines, each one call into kg."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

import click
from click.exceptions import NoArgsIsHelpError

from kg import __version__
from kg.errors import KgError, UsageError
from kg.link.live.settings import Settings
from kg.options import LIVE_OPTIONS, index_option, live_options, review_option, store_option
from kg.review.commands import review

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "md")
DUMP_FORMATS = ("turtle", "trig", "nquads", "ntriples")
SUFFIXES = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".nt": "ntriples"}


@contextmanager
def stopped_by(number: signal.Signals) -> Iterator[None]:
    """Let a signal end a run as Ctrl-C does, so that what was begun is cleared away."""

    def stop(received: int, frame: object) -> None:
        raise KeyboardInterrupt(received)

    if threading.current_thread() is not threading.main_thread():  # only there may handlers be set
        yield
        return
    before = signal.signal(number, stop)
    try:
        yield
    finally:
        signal.signal(number, before)


def _drop_output() -> None:
    """Send what is still to be written nowhere: the interpreter would fail on it again at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _in_one_line(error: click.UsageError) -> click.UsageError:
    """Return click's own error without the lines on usage before it."""
    if error.ctx is None or isinstance(error, NoArgsIsHelpError):
        return error
    return click.UsageError(f"{error.format_message()} ({error.ctx.command_path} --help tells more)")


class Group(click.Group):
    """The group of commands; it turns the program's own errors into one line and an exit code."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the options that stand before a command."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise _in_one_line(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command: 1 for what cannot go on, 2 for what was asked wrongly."""
        try:
            with stopped_by(signal.SIGTERM):
                result = super().invoke(ctx)
                sys.stdout.flush()
                return result
        except click.UsageError as error:
            raise _in_one_line(error) from error
        except UsageError as error:
            raise click.UsageError(str(error), ctx=None) from error
        except KgError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt as error:
            click.echo("Error: stopped; nothing was changed", err=True)
            ctx.exit(128 + (error.args[0] if error.args else signal.SIGINT))  # by which shells know the signal
        except OSError as error:
            _drop_output()
            if isinstance(error, BrokenPipeError):  # the reader has seen enough, as in `kg query … | head`
                ctx.exit(0)
            what = f"{error.filename}" if error.filename else "the output cannot be written"
            raise click.ClickException(f"{what}: {error.strerror or error}") from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; offer close ones for a mistyped name."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from kg.names import close

            near = close(args[0], list(self.commands))
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise UsageError(f"there is no command {args[0]!r}{hint} (kg --help lists them)")
        return super().resolve_command(ctx, args)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
@click.option("-v", "--verbose", count=True, help="Say more on stderr: -v what is done, -vv everything.")
def main(verbose: int) -> None:
    """Turn articles about government and policy into a knowledge graph that answers questions.

    \b
    kg build articles/                                read articles, build the store
    kg query --list                                   the questions that are ready to ask
    kg query agreements-by-sector                     ask one
    kg show "Hong Kong"                               one entity: facts, sources, quotes
    kg dump graph.ttl                                 Turtle for other tools
    """
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=level)


@main.command()
@click.argument("sources", nargs=-1, required=True)
@store_option
@click.option(
    "--workers",
    "-w",
    type=click.IntRange(1, 256),
    default=None,
    help="Processes that read articles.  [default: one per processor for large corpora]",
)
@click.option("--engine", default="rules", show_default=True, help="What reads the articles: a name or module:Class.")
@click.option(
    "--base", default=None, help="Where the IRIs of entities begin.  [default: https://w3id.org/accordgraph/id/]"
)
@index_option
@live_options
@review_option
@click.option("--add", "keep", is_flag=True, help="Keep the articles that the store holds already.")
@click.option("--fresh", is_flag=True, help="Read every article again, and write the store anew, whatever has changed.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def build(
    sources: tuple[str, ...],
    place: Path,
    workers: int | None,
    engine: str,
    base: str | None,
    index: Path | None,
    live: Settings | None,
    offline: bool,
    folder: Path | None,
    keep: bool,
    fresh: bool,
    quiet: bool,
) -> None:
    """Read articles and build the store from them.

    SOURCES are files and folders (.txt, .md, .html, .pdf, .jsonl), or - for standard input. The store then holds exactly
    these articles; articles that have not changed are not read again. Killed at any moment, the store before still answers.

    \b
    kg build examples/articles
    kg build press-releases/ news.jsonl --store ./my-store --workers 4
    kg build articles/ --live wikidata --contact me@example.org
    cat article.txt | kg build --add -
    """
    from kg import pipeline, progress
    from kg.decisions.folder import chosen

    options = pipeline.Options(
        engine=engine,
        workers=workers or progress.sensible_workers(),
        base=pipeline.valid_base(base),
        index=index,
        live=live,
        offline=offline,
        review=chosen(folder),
        keep=keep,
        fresh=fresh,
    )
    with progress.shown(not quiet) as report_progress:
        report = pipeline.build(sources, place, options, report_progress)
    if not quiet:
        progress.summary(report, place)


@main.command()
@click.argument("question", required=False)
@store_option
@click.option("--list", "listing", is_flag=True, help="List the saved queries and their parameters.")
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter: a name as one types it, a code, a date or an IRI.",
)
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(FORMATS),
    default=None,
    help="How to write the answer.  [default: table, ttl for CONSTRUCT]",
)
@click.option("--show-query", is_flag=True, help="Print the SPARQL that would be run, and stop.")
def query(
    question: str | None, place: Path, listing: bool, params: tuple[str, ...], format_: str | None, show_query: bool
) -> None:
    """Ask a saved query, a file, or SPARQL from standard input (-).

    \b
    kg query --list
    kg query agreements -p jurisdiction="Hong Kong" -p since=2024
    kg query agreements-between -p a=HK -p b=China --format csv
    kg query my-question.rq --format json
    echo 'SELECT * { ?s a kg:Agreement }' | kg query -
    """
    from kg import query as queries
    from kg import results
    from kg.stores import generations

    if listing:
        results.listing(queries.saved_queries().values(), sys.stdout)
        return
    if question is None:
        raise UsageError("which question? Name a saved query (kg query --list), a file, or - for standard input")
    asked = queries.read_query(question)
    store = generations.open_store(place)
    sparql = queries.bind(asked, queries.assignments(params), store)
    if show_query:
        click.echo(sparql)
        return
    results.write(queries.run(store, sparql), format_, sys.stdout)


@main.command()
@click.argument("name", nargs=-1, required=True)
@store_option
@click.option(
    "--quotes", "-n", type=click.IntRange(0, 1000), default=2, show_default=True, help="Quotes to show for each fact."
)
@click.option("--why", is_flag=True, help="Show why it is one: what was merged into it, and what nearly was.")
@click.option("--format", "-f", "format_", type=click.Choice(("table", "json")), default="table")
def show(name: tuple[str, ...], place: Path, quotes: int, why: bool, format_: str) -> None:
    """Show one entity: its facts, who says so, in which words; or why it is one.

    \b
    kg show Hong Kong
    kg show "Ministry of Trade" --quotes 5
    kg show Daniel Mensah --why
    """
    from kg import entities, names, report
    from kg.stores import generations, grounds

    store = generations.open_store(place)
    found = entities.profile(store, names.resolve(store, " ".join(name), "entity"))
    merged = grounds.of(place, found.iri) if why else []
    if format_ == "json":
        report.json(found, merged if why else None, sys.stdout)
    elif why:
        report.grounds(found, merged)
    else:
        report.profile(found, quotes)


@main.command()
@click.argument("article")
@store_option
@click.option("--text/--no-text", default=True, help="Show the article's text with what was read in it.")
def explain(article: str, place: Path, text: bool) -> None:
    """Show what was read in an article, what was left out, and why.

    ARTICLE is an article of the store (its id, a part of its title, its IRI), or a file that need not be in any store.

    \b
    kg explain harbour-ledger-signing
    kg explain draft.txt
    """
    from kg import report
    from kg.pipeline import read_one
    from kg.stores import generations

    if Path(article).is_file():
        outcome = read_one(article)
        if outcome.article is None:
            raise KgError(f"{outcome.origin}: {outcome.error}")
        report.explanation(outcome, text)
        return
    report.explanation(generations.find_article(place, article), text)


@main.command()
@store_option
@click.option("--shapes", is_flag=True, help="Check the graph against the SHACL shapes of the ontology, too.")
def verify(place: Path, shapes: bool) -> None:
    """Slice every quote again and check that every relation has its evidence.

    Ends with exit code 1 where anything does not hold; every fault is named. --shapes takes a second for ten articles
    or so, and needs: pip install 'accordgraph[shacl]'.
    """
    from kg import report
    from kg import verify as checks
    from kg.stores import generations

    tally = checks.Tally()
    store = generations.open_store(place)
    with generations.open_articles(place) as articles:
        found = report.faults(checks.faults(store, articles, tally))
    if shapes:
        found += report.faults(checks.shape_faults(store))
    report.tally(tally)
    if found:
        raise KgError(
            f"{found} thing{'s' if found > 1 else ''} did not hold: see above; build the store again from its articles, with --fresh"
        )


@main.command(name="eval")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--store", "-s", "place", type=click.Path(path_type=Path), help="A store that holds these articles.")
@click.option("--engine", default=None, help="What reads them, where no store is given.  [default: rules]")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another reader's gold file, to measure how far the two agree.",
)
@click.option("--articles", is_flag=True, help="Name what was missed and what was made up, article by article.")
@click.option("--calibration", is_flag=True, help="Show how many claims of each confidence are right.")
@click.option("--format", "-f", "format_", type=click.Choice(("table", "json", "csv")), default="table")
def evaluate(
    gold: Path,
    place: Path | None,
    engine: str | None,
    against: Path | None,
    articles: bool,
    calibration: bool,
    format_: str,
) -> None:
    """Score a graph against what a careful reader finds in its articles: precision, recall and F1.

    GOLD has one JSON object a line: an article with the entities and relations in it (docs/evaluation.md tells how to
    write one). Its own texts are built into a store in a temporary place, unless --store or --against says otherwise.

    \b
    kg eval examples/gold.jsonl
    kg eval my-gold.jsonl --articles --engine spacy
    kg eval my-gold.jsonl --store ./my-store --calibration
    """
    from kg import pipeline
    from kg.evaluate import gold as golds
    from kg.evaluate import run, write

    if sum(option is not None for option in (place, engine, against)) > 1:
        raise UsageError("--store, --engine and --against are three things to score: give one of them")
    if against and calibration:
        raise UsageError("another reader's notes have no confidence: --calibration needs a store or an engine")
    articles_of = golds.read(gold)
    if against is not None:
        found = run.of_reader(articles_of, golds.read(against))
    elif place is not None:
        found = run.of_store(articles_of, place)
    else:
        found = run.of_build(articles_of, gold, pipeline.Options(engine=engine or "rules"))
    write.write(found, format_, sys.stdout, articles=articles, calibration=calibration)


@main.command()
@click.option(
    "--cases",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file: mention, kind, country, article_date, context, expected_qid.",
)
@index_option
@live_options
@click.option("--format", "-f", "format_", type=click.Choice(("table", "csv", "json")), default="table")
def link(cases: Path, index: Path | None, live: Settings | None, offline: bool, format_: str) -> None:
    """Decide which Wikidata items the mentions of a table are, and say how often that is right.

    Where the row does not say enough, nothing is linked. expected_qid is the right answer, NIL where nothing must be linked;
    a row without one is decided and not judged. docs/linking.md tells how it decides.

    \b
    kg link --cases cases.csv
    kg link --cases cases.csv --index wikidata.index --format json
    kg link --cases cases.csv --live wikidata --contact me@example.org
    """
    from kg.evaluate import links, write_links
    from kg.link import store
    from kg.link.live.service import opened

    with opened(live) as service:
        outcomes = links.run(links.read(cases), store.with_index(index), service)
        account = service.account() if service else []
    write_links.write(outcomes, format_, sys.stdout)
    for line in account:
        click.echo(line, err=True)


main.add_command(review)


@main.group()
def wikidata() -> None:
    """Make an index of Wikidata, by which more is linked than by the tables that ship."""


@wikidata.command(name="build")
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--index", "place", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to make."
)
@click.option(
    "--language",
    "-l",
    "languages",
    multiple=True,
    metavar="CODE",
    help="Names to keep beside those in English.",
)
@click.option(
    "--date",
    "snapshot",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="The day as of which the data stand.  [default: that of the latest change]",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def build_index(
    sources: tuple[Path, ...], place: Path, languages: tuple[str, ...], snapshot: datetime | None, quiet: bool
) -> None:
    """Make an index from Wikidata's JSON dump, or from tables.

    SOURCES are dumps (.json, .json.gz, .json.bz2), tables (.csv with columns label, aliases, qid, kind, country), and
    folders of tables. The index replaces an older one only when it is whole. A build that was stopped goes on, when it is
    run again with the same sources, where it was.

    \b
    kg wikidata build latest-all.json.gz --index wikidata.index
    kg wikidata build latest-all.json.bz2 --index wikidata.index -l fr -l es
    kg wikidata build tables/ --index tables.index
    """
    from kg import progress
    from kg.link import build as indexing

    with progress.lines_shown(not quiet) as report_progress:
        report = indexing.build(
            sources,
            place,
            languages=("en", *languages),
            snapshot=snapshot.date().isoformat() if snapshot else "",
            progress=report_progress,
        )
    if not quiet:
        progress.index_summary(report, place)


@wikidata.command()
@click.option(
    "--kind",
    "-k",
    "kinds",
    multiple=True,
    required=True,
    help="ministry, official, post, jurisdiction, city, agreement, organization, sector.",
)
@click.option("--country", "-c", "countries", multiple=True, metavar="CODE", help="Of which countries: KE, or Kenya.")
@click.option(
    "--index", "place", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to make."
)
@click.option("--endpoint", metavar="URL", default=None, help="[default: that of Wikidata]")
@LIVE_OPTIONS["contact"]
@LIVE_OPTIONS["cache"]
@click.option("--language", "-l", "languages", multiple=True, metavar="CODE", help="Names to keep beside English ones.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def pull(
    kinds: tuple[str, ...],
    countries: tuple[str, ...],
    place: Path,
    endpoint: str | None,
    contact: str,
    cache: Path | None,
    languages: tuple[str, ...],
    quiet: bool,
) -> None:
    """Make an index from a SPARQL endpoint that holds Wikidata, without a dump.

    It asks for one batch after another, and waits where the endpoint asks for it. A pull that was stopped goes on, when
    it is run again, where it was. Needs: pip install 'accordgraph[live]'.

    \b
    kg wikidata pull --kind ministry --country KE --country NO --index wikidata.index
    kg wikidata pull -k official -k post -c Kenya --index wikidata.index --contact me@example.org
    """
    from kg import progress
    from kg.link import pull as pulling

    if os.environ.get("KG_OFFLINE"):
        raise UsageError("kg wikidata pull asks an endpoint, and KG_OFFLINE is set")
    wish = pulling.wish(kinds, countries, languages)
    chosen = pulling.settings(endpoint, contact=contact, cache=cache)
    with progress.lines_shown(not quiet) as report_progress:
        report = pulling.pull(chosen, place, wish, progress=report_progress)
    if not quiet:
        progress.pull_summary(report, place)


@main.command()
@click.argument("target", default="-")
@store_option
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(DUMP_FORMATS),
    default=None,
    help="Told by the file's suffix if left out.  [default: turtle]",
)
def dump(target: str, place: Path, format_: str | None) -> None:
    """Write the graph to a file or to standard output (-), prefixed and sorted: the same store gives the same bytes.

    Turtle and N-Triples hold the default graph, in which every fact stands once; TriG and N-Quads also each article's
    own graph with its claims and quotes.

    \b
    kg dump graph.ttl
    kg dump everything.nq
    kg dump --format trig | less
    """
    from kg import dump as dumps
    from kg.stores import generations

    format_ = format_ or SUFFIXES.get(Path(target).suffix.lower(), "turtle")
    store = generations.open_store(place)
    with output(target) as out:
        dumps.dump(store, out, format_)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@store_option
@click.option(
    "--format",
    "-f",
    "format_",
    default=None,
    help="Told by the file's suffix if left out: turtle, trig, nquads, ntriples, rdf, jsonld.",
)
def load(files: tuple[Path, ...], place: Path, format_: str | None) -> None:
    """Load RDF files, such as a dump, into a new generation of the store.

    The store then holds exactly these files. Texts of articles are not in dumps, so `kg explain` cannot show them and
    `kg verify` cannot slice their quotes.

    \b
    kg load everything.nq --store ./copy
    """
    from kg import load as loading
    from kg.stores import generations

    with generations.begin(place) as draft:
        loading.load(files, draft, format_)
        draft.publish({"loaded": [f.name for f in files], "quads": draft.size()})
        click.echo(f"loaded {draft.size():,} quads into {place}", err=True)


@main.command()
@store_option
def info(place: Path) -> None:
    """Say what the store holds: articles, entities, quads, and how it was built."""
    from kg import report
    from kg.stores import generations

    report.info(generations.open_store(place), generations.require(place))


@main.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the shell completion script.

    \b
    kg completion bash > ~/.local/share/bash-completion/completions/kg
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise UsageError(f"no completion for {shell}")
    click.echo(found(main, {}, "kg", "_KG_COMPLETE").source())


@contextmanager
def output(target: str) -> Iterator[BinaryIO | IO[bytes]]:
    """Open a file that replaces what is there only once it is whole, or standard output."""
    if target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    replaced = path.is_file() or not path.exists()  # a device or a pipe is written to as it is
    if replaced:
        path = path.resolve()  # where a link leads, not the link
    written = path.with_name(path.name + ".partial") if replaced else path
    try:
        with written.open("wb") as out:
            yield out
        if replaced:
            written.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise KgError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        if replaced:
            written.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
