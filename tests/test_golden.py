"""Golden graphs: what is stated of each article of tests/articles, without claims and quotes, as Turtle.

`pytest tests/test_golden.py --update-golden` writes them anew: read the difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import graph_diff, to_isomorphic

from kg.iris import BASE, article_iri
from kg.vocabulary import KG, PREFIXES, RDF

HERE = Path(__file__).resolve().parent
NAMES = sorted(p.stem for p in (HERE / "articles").glob("*.txt"))
GOLDEN = HERE / "golden"
# Where a fact is quoted, and under which names, changes with the rules more often than the facts do.
LEFT_OUT = {KG.mentionedAs, KG.contentHash}
KINDS = ("agreement", "official", "ministry", "organization", "jurisdiction", "post", "article")
# Articles that are not read as a careful reader reads them, and how.


def stated(store: ox.Store, name: str) -> str:
    """Return what an article's graph states, as sorted Turtle."""
    quads = list(store.quads_for_pattern(None, None, None, ox.NamedNode(article_iri(BASE, name))))
    aside = {
        q.subject
        for q in quads
        if q.predicate.value == RDF.type
        and isinstance(q.object, ox.NamedNode)
        and q.object.value in (KG.Claim, KG.Evidence)
    }
    triples = sorted((q.triple for q in quads if q.subject not in aside and q.predicate.value not in LEFT_OUT), key=str)
    prefixes = {**PREFIXES, **{kind: f"{BASE}{kind}/" for kind in KINDS}}
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes).decode()


@pytest.mark.parametrize("name", NAMES)
def test_article_states_what_its_golden_graph_holds(
    little_store: ox.Store, name: str, request: pytest.FixtureRequest
) -> None:
    golden = GOLDEN / f"{name}.ttl"
    found = stated(little_store, name)
    if request.config.getoption("--update-golden"):
        golden.write_text(found, encoding="utf-8")
    _, missing, unexpected = graph_diff(
        to_isomorphic(Graph().parse(golden)), to_isomorphic(Graph().parse(data=found, format="turtle"))
    )
    assert (set(missing), set(unexpected)) == (set(), set())


def test_every_article_has_a_golden_graph_and_every_graph_its_article() -> None:
    assert len(NAMES) == 8
    assert sorted(p.stem for p in GOLDEN.glob("*.ttl")) == NAMES
