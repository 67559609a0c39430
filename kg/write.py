"""From readings to the lines of the graph: what is one is settled, what is wrong left out, what can be told apart linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.builds import Progress, Report
from kg.copies import Copies
from kg.decisions import questions
from kg.decisions.replay import Replay
from kg.graph import Link, Writer
from kg.link import gather
from kg.link.items import Index
from kg.link.tiers import Service
from kg.resolve import Entity, Resolver
from kg.stores import generations, grounds
from kg.stores.articles import ArticleStore


@dataclass(frozen=True, slots=True)
class Means:
    """What a graph is written by, beside the articles."""

    base: str  # where IRIs begin
    index: Index
    service: Service | None  # which is asked about what the index does not link
    replay: Replay  # of what people decided


def graph(
    articles: ArticleStore, draft: generations.Draft, lines: Path, means: Means, report: Report, progress: Progress
) -> None:
    """Write the graph of all articles, in the order of their ids, to the file `lines`, and to the draft why things are one."""
    resolver = Resolver(means.base, gather.knower(means.index), means.replay.rulings())
    copies = Copies()
    for done, (article, reading) in enumerate(articles, 1):
        resolver.add(article, reading)
        copies.add(article)
        progress("resolving", done)
    grounds.write(draft.grounds, resolver.settle())
    means.replay.settle(resolver.rulings)
    originals = copies.settle()
    report.copies = len(originals)
    with lines.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(_lines(articles, resolver, originals, means, report, progress))
    report.decisions = len(means.replay)
    report.unmet = means.replay.unmet()


def _lines(
    articles: ArticleStore,
    resolver: Resolver,
    originals: Mapping[str, str],
    means: Means,
    report: Report,
    progress: Progress,
) -> Iterator[str]:
    """Yield all lines, and count what they tell of."""
    writer = Writer(means.base, means.replay.identities.allows)
    gatherer = gather.Gatherer()
    seen: set[str] = set()
    yield from writer.ontology()
    for done, (article, reading) in enumerate(articles, 1):
        right, found = means.replay.corrected(article, reading, resolver.entities(article, reading))
        yield from writer.article(article, right, found, original=originals.get(article.id, ""))
        gatherer.add(article, right, found)
        _count(found.values(), seen, report)
        progress("writing", done)
    yield from _links(writer, gatherer, means, report)


def _links(writer: Writer, gatherer: gather.Gatherer, means: Means, report: Report) -> Iterator[str]:
    """Yield the lines of all links: of entities that can be told apart and that no person has, and of those that people did."""
    ruled = means.replay.identities
    for iri in ruled.standing:
        gatherer.rule_out(iri, None if ruled.settled(iri) else ruled.rejected(iri))
    for iri, decision in gatherer.decisions(means.index, means.service):
        link = gather.link(iri, decision, means.index.snapshot)
        report.linked += link is not None
        report.undecided += decision.verdict == "ask"
        if (left := questions.question(iri, decision)) is not None:
            report.questions.append(left)
        if link is not None:
            yield from writer.link(link)
    for told in ruled.links(writer.describes):
        report.linked += isinstance(told, Link) and told.subject in gatherer
        yield from writer.link(told) if isinstance(told, Link) else writer.rejection(told)


def _count(found: Iterable[Entity], seen: set[str], report: Report) -> None:
    for entity in found:
        if entity.iri not in seen:
            seen.add(entity.iri)
            report.entities[entity.kind.rsplit("#", 1)[-1]] += 1
