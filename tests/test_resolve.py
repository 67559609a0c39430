"""Resolution: which things of several articles are one entity, and what it is called; what the example articles come to."""

from __future__ import annotations

from itertools import permutations

import pyoxigraph as ox
import pytest

from kg import query
from kg.engines.rules import reading
from kg.model import Article
from kg.resolve import Entity, Resolver
from kg.vocabulary import BASE, KG, ORG


def posts(*texts: str) -> set[Entity]:
    """Return the posts that articles of some texts name, taken in in that order."""
    articles = [Article(f"a{n}", text, "", "2024-05-15") for n, text in enumerate(texts)]
    readings = [reading(article) for article in articles]
    resolver = Resolver()
    for article, found in zip(articles, readings, strict=True):
        resolver.add(article, found)
    resolver.settle()
    entities = (resolver.entities(a, r).values() for a, r in zip(articles, readings, strict=True))
    return {entity for found in entities for entity in found if entity.kind == ORG.Post}


def test_a_post_has_one_label_however_articles_spell_it() -> None:
    texts = (
        "Ana Silva, Peru's minister of ports, and fisheries, spoke in Lima.",
        "Ana Silva, Peru's Minister of Ports and Fisheries, spoke in Lima.",
        "Ana Silva, Peru's Minister of Ports and Fisheries, was glad.",
    )
    found = [posts(*order) for order in permutations(texts)]
    assert {entity.label for entity in found[0]} == {"Minister of Ports and Fisheries"}
    assert all(each == found[0] and len(each) == 1 for each in found)


SIGNING = f"{BASE}agreement/ke-vn-memorandum-of-understanding-2025-06-12"
RENEWAL = f"{BASE}agreement/ke-vn-memorandum-of-understanding-2026-06-03"


def sources(store: ox.Store, entity: str) -> set[str]:
    """Return the articles that name an entity."""
    graphs = {
        quad.graph_name for quad in store.quads_for_pattern(ox.NamedNode(entity), ox.NamedNode(KG.mentionedAs), None)
    }
    return {str(graph.value).rsplit("/", 1)[-1] for graph in graphs if isinstance(graph, ox.NamedNode)}


def test_five_outlets_and_a_copy_tell_of_one_signing(example_store: ox.Store) -> None:
    outlets = {
        f"{name}-signing"
        for name in ("harbour-ledger", "wire-service", "business-daily", "ministry-bulletin", "gazette")
    }
    assert sources(example_store, SIGNING) == outlets | {"lakeside-herald-signing"}


def test_the_renewed_agreement_is_another(example_store: ox.Store) -> None:
    assert sources(example_store, RENEWAL) == {"renewal-kenya-viet-nam-2026"}


def test_two_officials_of_one_name_stay_two(example_store: ox.Store) -> None:
    assert sources(example_store, f"{BASE}official/gh-daniel-mensah") == {"ghana-health-daniel-mensah"}
    assert sources(example_store, f"{BASE}official/lr-daniel-mensah") == {"liberia-trade-daniel-mensah"}


@pytest.mark.parametrize("saved", ["agreements", "well-supported", "single-source"])
def test_a_copy_counts_once_with_its_original(example_store: ox.Store, saved: str) -> None:
    text = query.saved_queries()[saved].sparql.replace("SELECT ?agreement ", "SELECT ?x ?agreement ", 1)
    found = [row for row in query.run(example_store, text) if row["x"].value == SIGNING]
    assert max(int(row["articles"].value) for row in found) == 5


def test_what_a_copy_says_is_no_more_evidence(example_store: ox.Store) -> None:
    found = query.run(example_store, query.saved_queries()["evidence"].sparql)
    articles = {row["article"].value for row in found}
    assert "Kenya, Viet Nam sign MoU on fisheries and aquaculture" in articles
    assert "Fish deal with Viet Nam signed in Nairobi" not in articles
