"""Resolution: which things of several articles are one entity, and what it is called."""

from __future__ import annotations

from itertools import permutations

from kg.engines.rules import reading
from kg.model import Article
from kg.resolve import Entity, Resolver
from kg.vocabulary import ORG


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
