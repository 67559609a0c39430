"""What commands print for people: entities, explanations, the state of a store. Plain text where there is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import msgspec
import pyoxigraph as ox
from rich.console import Console
from rich.text import Text

from kg import explain
from kg.entities import Profile, Quote, Statement
from kg.model import Outcome
from kg.resolve import Ground
from kg.resolve.grounds import APART, MERGED
from kg.stores.generations import Generation
from kg.verify import Fault, Tally
from kg.vocabulary import KG, SCHEMA

_STYLES = {
    "Agreement": "bold magenta", "Official": "bold cyan", "Ministry": "bold green", "Jurisdiction": "bold yellow",
    "IndustrySector": "bold blue", "Organization": "green",
}  # fmt: skip
_LEGEND = {
    "Agreement": "A",
    "Official": "O",
    "Ministry": "M",
    "Jurisdiction": "J",
    "IndustrySector": "S",
    "Organization": "G",
}
_UNWEIGHED = {
    "Jurisdiction": "nothing was weighed: places are told by their codes",
    "Industry sector": "nothing was weighed: sectors are the concepts of the scheme",
    "Article": "nothing was weighed: articles are told by their ids",
}
_VERDICTS = {MERGED: "Merged", APART: "Nearly, and left apart"}
_INVERSE = {
    "party": "party to", "signatory": "signed", "witness": "witnessed", "sector": "covered by", "signed at": "place of signing of",
    "jurisdiction": "has the body", "serves": "served by", "holds": "held by", "post in": "has the post",
    "part of": "contains",
}  # fmt: skip


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty(), markup=False)


def profile(found: Profile, quotes: int) -> None:
    """Print an entity: its names, and each fact with up to `quotes` quotes."""
    console = _console()
    console.print(Text(found.label, style="bold"), Text(f"  {found.kind}", style="dim"))
    console.print(Text(found.iri, style="dim"))
    if found.names:
        console.print(f"also: {', '.join(found.names[:12])}{' …' if len(found.names) > 12 else ''}")
    for item in found.items:
        by = f" by {', '.join(item.authors)}" if item.authors else ""
        how = f"  ({item.method}{by}, confidence {item.confidence:g}, as of {item.date})" if item.method else ""
        console.print(f"Wikidata: {item.iri}", Text(how, style="dim"), sep="")
    if found.articles:
        console.print(f"named in {_articles(found.articles)}")
    if found.kind == "Article":
        console.print(f"kg explain {found.iri} shows what was read in it")
    for statement in found.statements:
        console.print()
        console.print(Text(_statement(statement)), Text(f"  ({_support(statement.quotes)})", style="dim"))
        for quote in statement.quotes[:quotes]:
            console.print(Text(f"    “{_short(quote.exact)}”", style="italic"))
            console.print(Text(f"      {_source(quote)}", style="dim"))


def json(found: Profile, why: list[Ground] | None, out: IO[str]) -> None:
    """Write an entity as JSON, with the grounds on which it is one where they are given."""
    told = msgspec.to_builtins(found)
    if why is not None:
        told["grounds"] = msgspec.to_builtins(why)
    out.write(msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n")


def grounds(found: Profile, why: Iterable[Ground]) -> None:
    """Print why an entity is one node: what was merged into it, and what nearly was."""
    console = _console()
    console.print(Text(found.label, style="bold"), Text(f"  {found.kind}", style="dim"))
    console.print(Text(found.iri, style="dim"))
    verdict = ""
    for ground in why:
        if ground.verdict != verdict:
            verdict = ground.verdict
            console.print()
            console.print(Text(_VERDICTS[verdict], style="bold"))
        console.print(f"  {ground.score:4.2f}  {ground.name}")
        console.print(Text(f"        {ground.why}", style="dim"))
        if ground.other != ground.entity:
            console.print(Text(f"        {ground.other}", style="dim"))
    if not verdict:
        console.print(
            _UNWEIGHED.get(found.kind, "nothing was weighed: one article names it, and nothing else is nearly the same")
        )


def _statement(statement: Statement) -> str:
    predicate = (
        _INVERSE.get(statement.predicate, f"{statement.predicate} of") if statement.inverse else statement.predicate
    )
    return f"{predicate}: {statement.value}"


def _support(quotes: list[Quote]) -> str:
    if not quotes:
        return "no quote"
    return f"{_articles(len({q.article_iri for q in quotes}))}, confidence {max(q.confidence for q in quotes):g}"


def _articles(number: int) -> str:
    return f"{number:,} article{'' if number == 1 else 's'}"


def _source(quote: Quote) -> str:
    return ", ".join(part for part in (quote.article, quote.issued) if part)


def _short(text: str, limit: int = 240) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + " …"


def explanation(outcome: Outcome, text: bool) -> None:
    """Print an article as it was read: the marked text, the claims with their quotes, what was left out and why."""
    article, reading = explain.complete(outcome)
    console = _console()
    console.print(Text(article.title or article.id, style="bold"))
    console.print(
        Text(
            ", ".join(p for p in (article.id, article.published or "no date", article.publisher, outcome.origin) if p),
            style="dim",
        )
    )
    if text:
        console.print(_legend(console))
        console.print(_marked(console, outcome))
        console.print()
    console.print(Text("Stated", style="bold"))
    subject = ""
    for said in explain.said(article, reading):
        if said.subject != subject:
            subject = said.subject
            console.print(f"  {subject}")
        console.print(
            f"    {said.predicate}: {said.object}",
            Text(f"  {said.score:g} {said.rule}  “{_short(said.quote, 100)}”", style="dim"),
        )
    _section(console, "Read and not stated", ((words, why) for words, why in explain.dropped(article, reading)))
    _section(console, "Removed from the page", ((words, why) for words, why in explain.removed(article)))


def _legend(console: Console) -> Text:
    legend = Text()
    for kind, letter in _LEGEND.items():
        legend.append(f"[{kind}] " if console.is_terminal else f"[{letter}: {kind}] ", style=_STYLES[kind])
    return legend


def _marked(console: Console, outcome: Outcome) -> Text:
    """Return the text with its mentions: coloured on a terminal, in brackets elsewhere."""
    article, reading = explain.complete(outcome)
    text = Text()
    for part in explain.marked(article, reading):
        if not part.kind:
            text.append(part.text)
        elif console.is_terminal:
            text.append(part.text, style=_STYLES[part.kind])
        else:
            text.append(f"[{_LEGEND[part.kind]} {part.text}]")
    return text


def _section(console: Console, title: str, rows: Iterator[tuple[str, str]]) -> None:
    shown = list(rows)
    if not shown:
        return
    console.print()
    console.print(Text(title, style="bold"))
    for words, why in shown:
        console.print(f"  “{_short(words, 100)}”", Text(f"  {why}", style="dim"))


def faults(found: Iterable[Fault]) -> int:
    """Print what does not hold to stderr as it is found, and return how many that is."""
    number = 0
    for fault in found:
        number += 1
        print(f"{fault.article}: {fault.what}", file=sys.stderr)
    return number


def tally(checked: Tally) -> None:
    """Print what was checked."""
    console = _console()
    if not checked.articles:
        console.print("nothing to check: the store holds facts alone, no article's own graph")
        return
    console.print(
        f"checked {checked.quotes:,} quotes and {checked.relations:,} relations in {checked.articles:,} articles"
    )
    if checked.graphs_without_text:
        console.print(
            f"{checked.graphs_without_text:,} of the articles have no text in this store: their quotes could not be sliced again"
        )


def info(store: ox.Store, generation: Generation) -> None:
    """Print what a store holds."""
    console = _console()
    console.print(Text(str(_place(generation)), style="bold"), Text(f"  generation {generation.number}", style="dim"))
    claims = _count(store, f"GRAPH ?g {{ ?x a <{KG.Claim}> }}")
    # What articles name; the default graph holds the whole scheme of sectors, too. A store of facts alone has only that.
    where = "GRAPH ?g {{ ?x a <{}> }}" if claims else "?x a <{}>"
    rows = [(name, _count(store, where.format(getattr(KG, name)))) for name in ("Article", *_LEGEND)]
    rows += [("Claim", claims), ("Wikidata links", _count(store, f"?x <{SCHEMA.sameAs}> ?item"))]
    for name, number in rows:
        console.print(f"{name:16}{number:>12,}")
    console.print(f"{'quads':16}{len(store):>12,}")
    dates = list(store.query(f"SELECT (MIN(?d) AS ?first) (MAX(?d) AS ?last) {{ ?a <{KG.earliest}> ?d }}"))  # type: ignore[arg-type]
    if dates and dates[0]["first"] is not None:
        console.print(f"agreements dated from {dates[0]['first'].value} to {dates[0]['last'].value}")
    built = generation.info
    if built.get("loaded"):
        console.print(f"loaded from {', '.join(built['loaded'])}")
    elif built:
        console.print(f"built by engine {built.get('engine', '?')}, {_articles(built.get('left_out', 0))} left out")


def _place(generation: Generation) -> Path:
    return Path(generation.path).parent.parent


def _count(store: ox.Store, pattern: str) -> int:
    query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"
    return int(next(iter(store.query(query)))["n"].value)  # type: ignore[arg-type]
