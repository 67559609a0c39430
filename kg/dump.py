"""A store as RDF files: prefixed, sorted, the same bytes for the same graph.

Sorting goes through files where there is much to sort, so that memory stays flat.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO, BinaryIO

import pyoxigraph as ox

from kg.errors import UsageError
from kg.vocabulary import KG, PREFIXES

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}
_TRIPLES = ("turtle", "ntriples")
_CHUNK = 500_000  # lines sorted at once


def dump(store: ox.Store, out: BinaryIO | IO[bytes], format_: str) -> None:
    """Write the default graph (turtle, ntriples) or all graphs (trig, nquads) to `out`; UsageError for another format."""
    if format_ not in FORMATS:
        raise UsageError(f"no format is called {format_!r}; there is: {', '.join(FORMATS)}")
    with ExitStack() as stack:
        lines = _sorted(_lines(store, format_ in _TRIPLES), stack)
        if format_ in ("nquads", "ntriples"):
            out.writelines(line.split("\t", 1)[1].encode() for line in lines)
        else:
            prefixes = {**PREFIXES, **_instances(store)}
            ox.serialize(_parsed(lines, format_ in _TRIPLES), out, FORMATS[format_], prefixes=prefixes)


def _lines(store: ox.Store, default_only: bool) -> Iterator[str]:
    """Yield each quad as the graph, a tab, and its line: sorted, the default graph comes first and graphs stay together."""
    quads = store.quads_for_pattern(None, None, None, ox.DefaultGraph() if default_only else None)
    for quad in quads:
        graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
        yield f"{graph}\t{quad} .\n"


def _sorted(lines: Iterator[str], stack: ExitStack) -> Iterator[str]:
    """Yield lines in order, by way of temporary files where they are many."""
    parts: list[IO[str]] = []
    while chunk := sorted(islice(lines, _CHUNK)):
        if not parts and len(chunk) < _CHUNK:
            return iter(chunk)
        part = stack.enter_context(_part())
        part.writelines(chunk)
        part.seek(0)
        parts.append(part)
    return heapq.merge(*parts)


def _part() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # the caller closes it


def _parsed(lines: Iterator[str], triples: bool) -> Iterator[ox.Triple] | Iterator[ox.Quad]:
    for line in lines:
        quad = next(iter(ox.parse(line.split("\t", 1)[1].encode(), format=ox.RdfFormat.N_QUADS)))
        yield quad.triple if triples else quad


def _instances(store: ox.Store) -> dict[str, str]:
    """Return prefixes for the kinds of entities that the store holds, under whatever base it was built with."""
    kinds = (KG.Agreement, KG.Official, KG.Ministry, KG.Jurisdiction, KG.Organization, KG.Article)
    found = {}
    for kind in kinds:
        prefix = kind.rsplit("#", 1)[-1].lower()
        for row in store.query(f"SELECT ?x {{ ?x a <{kind}> }} LIMIT 1"):  # type: ignore[union-attr]
            iri = row["x"].value
            at = iri.find(f"/{prefix}/")
            if at > 0:
                found[prefix] = iri[: at + len(prefix) + 2]
    return found
