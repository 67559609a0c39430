"""SHACL over a store: what the shapes of the ontology object to. Needs the extra "shacl"."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import rdflib
from pyshacl import validate
from rdflib import RDF, SH

from kg.resources import data_dir


def violations(store: ox.Store) -> Iterator[tuple[str, str]]:
    """Yield (node, message) for each violation in the graph, all its named graphs taken together, in order."""
    shapes = rdflib.Graph().parse(data_dir("ontology") / "shapes.ttl")
    # Not the store itself, which pySHACL would take: it asks so many small questions that this is a hundred times slower.
    _, report, _ = validate(_copied(store), shacl_graph=shapes)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"pySHACL gave no report but {report!r}")
    found = {
        (str(report.value(result, SH.focusNode)), str(message))
        for result in report.subjects(RDF.type, SH.ValidationResult)
        for message in report.objects(result, SH.resultMessage)
    }
    yield from sorted(found)


def _copied(store: ox.Store) -> rdflib.Graph:
    triples = {quad.triple for quad in store}
    return rdflib.Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
