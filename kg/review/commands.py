"""The commands of `kg review`: a few lines each, each one call into the modules beside this one."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from kg.errors import KgError, UsageError
from kg.options import Command, review_option, store_option

# What `kg review decide` decides, and what it takes after the entity.
KINDS = {
    "same": "OTHER",
    "different": "OTHER, or --article",
    "link": "ITEM",
    "not-link": "ITEM",
    "no-item": "",
    "wrong-fact": "PREDICATE OBJECT",
    "right-fact": "PREDICATE OBJECT",
}


def date_option(command: Command) -> Command:
    """Add --date."""
    return click.option(
        "--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day.  [default: today]"
    )(command)


def author_option(command: Command) -> Command:
    """Add --author."""
    return click.option(
        "--author", default=None, envvar="KG_AUTHOR", show_envvar=True, help="Who decides.  [default: git's user.name]"
    )(command)


@click.group(invoke_without_command=True)
@store_option
@review_option
@author_option
@click.option("--list", "listing", is_flag=True, help="List what needs a decision, and ask nothing.")
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(("table", "csv", "json")),
    default=None,
    help="How to list it.  [default: table]",
)
@click.option("--limit", "-n", type=click.IntRange(1), default=None, help="Ask or list at most so many.")
@click.pass_context
def review(
    context: click.Context,
    place: Path,
    folder: Path | None,
    author: str | None,
    listing: bool,
    format_: str | None,
    limit: int | None,
) -> None:
    """Decide what the program cannot: which item of Wikidata, whether a fact is right, whether two are the same.

    Asks one question at a time, most useful first; each answer is a key, and is saved at once in text files that belong
    in version control. The next kg build follows them. docs/review.md tells of the files.

    \b
    kg review
    kg review --list --format csv
    kg review decide not-link "Ministry of Trade" Q42
    kg review check
    """
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    from kg.review import desk, keyboard, session
    from kg.review import listing as listings
    from kg.review.answers import author as who

    found = desk.desk(place, folder)
    if listing or format_:
        listings.write(listings.rows(found.questions[:limit], found.unmet, found.store), format_ or "table", sys.stdout)
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("kg review asks in a terminal; without one use --list, or kg review decide")
    with keyboard.keys(sys.stdin.fileno()) as key:
        session.start(found, who(author), limit, key)


def _refuse_options(context: click.Context) -> None:
    """UsageError where an option stands before a command that has its own: it would be passed over."""
    for name in context.params:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise UsageError(f"options of kg review {context.invoked_subcommand} stand after its name")


@review.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("words", nargs=-1, required=True, metavar="ENTITY [...]")
@store_option
@review_option
@author_option
@click.option("--article", default="", help="The article of which alone it holds, by its id or IRI.")
@date_option
@click.option("--comment", "-m", default="", help="Why.")
@click.option("--undo", is_flag=True, help="Take this decision back.")
def decide(
    kind: str,
    words: tuple[str, ...],
    place: Path,
    folder: Path | None,
    author: str | None,
    article: str,
    day: datetime | None,
    comment: str,
    undo: bool,
) -> None:
    """Write down one decision.

    \b
    kg review decide same "Ann Otieno" "A. Otieno"            the first keeps its IRI
    kg review decide different "Ann Otieno" --article march   the article means another one
    kg review decide different "Ann Otieno" "Anna Otieno"
    kg review decide link "Ministry of Trade" Q42
    kg review decide not-link "Ministry of Trade" Q42
    kg review decide no-item "Ministry of Trade"
    kg review decide wrong-fact AGREEMENT party Kenya
    kg review decide right-fact AGREEMENT signedOn 2024-05-03
    """
    from kg.review import answers, desk

    found = desk.desk(place, folder)
    by = answers.author(author, _day(day))
    decided = answers.typed(found, kind, words, by, takes=KINDS[kind], article=article, comment=comment)
    if undo and not found.folder.remove([decided]):
        raise UsageError(f"no line says {decided.told}")
    if not undo:
        answers.save(found.folder, decided)
    click.echo(
        f"{'taken back' if undo else 'saved'} in {found.folder.path}: {decided.told}; kg build follows it", err=True
    )


@review.command()
@review_option
def check(folder: Path | None) -> None:
    """Check the files of decisions: every line that cannot be followed is named."""
    from kg.decisions.folder import DEFAULT, Folder

    checked = Folder(folder or DEFAULT)
    decisions, problems = checked.read()
    for problem in problems:
        click.echo(f"{checked.path / problem.where}: {problem.what}", err=True)
    passed_over = checked.undecided()
    if passed_over:
        click.echo(f"{passed_over} mappings that no person decided or reviewed are passed over", err=True)
    if problems:
        raise KgError(f"{len(problems)} line{'s' if len(problems) > 1 else ''} cannot be followed: see above")
    click.echo(f"{len(decisions):,} decision{'' if len(decisions) == 1 else 's'} in {checked.path}")


@review.command(name="import")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@review_option
@author_option
@date_option
def import_table(table: Path, folder: Path | None, author: str | None, day: datetime | None) -> None:
    """Take over links from a table that OpenRefine exported.

    TABLE is CSV or TSV with the columns entity and qid, and perhaps judgment. docs/review.md tells how to make one.

    \b
    kg review --list --format csv > to-link.csv
    kg review import reconciled.csv --author "Ada Quill"
    """
    from kg.decisions.folder import DEFAULT, Folder
    from kg.review import answers

    into = Folder(folder or DEFAULT)
    added = answers.take_over(into, answers.exported(table, answers.author(author, _day(day))))
    click.echo(f"{added:,} decision{'' if added == 1 else 's'} saved in {into.path}", err=True)


def _day(given: datetime | None) -> str | None:
    return given.date().isoformat() if given else None
