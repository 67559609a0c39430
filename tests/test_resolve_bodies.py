"""Ministries, organizations and posts: which of those that several articles name are one."""

from __future__ import annotations

from itertools import permutations

import pytest
from telling import Told, resolved

from kg.link import gather
from kg.link.items import Item, Name
from kg.model import Iri, Mention, Thing
from kg.resolve import Known
from kg.resolve.bodies import nobody
from kg.vocabulary import KG

ONE = [
    (("Ministry of Energy", "KE"), ("Energy Ministry", "KE")),
    (("Ministry of Defence", "KE"), ("Ministry of Defense", "KE")),
    (("Ministry of Health", "KE"), ("Kenyan Ministry of Health", "KE")),
    (("National Ports Agency", "BR"), ("National Ports Agency of Brazil", "BR")),
    (("Ministry of Education", "DE-BY"), ("Bavarian Ministry of Education", "DE-BY")),
    (("National Environment Management Authority", "KE"), ("NEMA", "KE")),
    (("Ministère de la Santé", "SN"), ("Ministere de la Sante", "SN")),
]
TWO = [
    (("Ministry of Health", "KE"), ("Ministry of Health", "UG")),
    (("Ministry of Health", "KE"), ("Ministry of Health", "")),
    (("Ministry of Education", "DE-BY"), ("Ministry of Education", "DE")),
    (("Ministry of Trade", "KE"), ("Ministry of Trade and Industry", "KE")),
    (("National Environment Management Authority", "KE"), ("NEMA", "UG")),
    (("Reserve Bank of India", "IN"), ("Bank of India", "IN")),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_one_body(a: tuple[str, str], b: tuple[str, str]) -> None:
    one, other = Told("a"), Told("b")
    bodies = (one, one.body(*a)), (other, other.body(*b))
    for order in ((one, other), (other, one)):
        assert resolved(*order).one(*bodies)


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two_bodies(a: tuple[str, str], b: tuple[str, str]) -> None:
    one, other = Told("a"), Told("b")
    bodies = (one, one.body(*a)), (other, other.body(*b))
    assert not resolved(one, other).one(*bodies)


def test_an_acronym_that_may_be_short_for_two_is_neither() -> None:
    told = Told("a")
    names = ("Bureau of Fisheries Research", "Board of Farm Registers", "BFR")
    bodies = [(told, told.body(name, "KE")) for name in names]
    found = resolved(told)
    assert len({found.found[(t.id, key)].iri for t, key in bodies}) == 3
    assert sum("may be short for several" in ground.why for ground in found.grounds) == 2


def test_an_acronym_that_an_article_gives_is_known_in_others() -> None:
    one, other = Told("a"), Told("b")
    full = one.body("Kenya Fishing Vessels Register", "KE")
    one.things[full] = Thing(full, KG.Ministry, "Kenya Fishing Vessels Register", (Mention(0, 6, "KEFIVE"),))
    short = other.body("KEFIVE", "KE")
    assert resolved(one, other).one((one, full), (other, short))


class Renamed:
    """An index with one body that had another name until 2020, and its namesake abroad."""

    snapshot, digest = "2026-01-01", "1"

    def find(self, kind: str, keys: list[str]) -> list[Item]:
        """Return the items that have one of the keys."""
        names = (
            Name("Ministry of Rivers", "en", until="2020-01-01"), Name("Ministry of Water Bodies", "en", True, since="2020-01-01"),
        )  # fmt: skip
        return [Item("Q1", "ministry", "Ministry of Water Bodies", names, ("KE",))] if kind == "ministry" else []


@pytest.mark.parametrize(("known", "number"), [(gather.knower(Renamed()), 1), (nobody, 2)])
def test_a_renamed_body_is_one_where_an_index_knows_it(known: Known, number: int) -> None:
    before, after = Told("a", "2019-03-01"), Told("b", "2024-03-01")
    before.body("Ministry of Rivers", "KE")
    after.body("Ministry of Water Bodies", "KE")
    found = resolved(before, after, known=known)
    assert len({e.iri for e in found.found.values() if e.kind == KG.Ministry}) == number


def test_a_body_is_called_as_most_articles_call_it() -> None:
    articles = [Told(id_) for id_ in "abc"]
    for article, name in zip(articles, ("NEMA", "National Environment Management Authority", "NEMA"), strict=True):
        article.body(name, "KE")
    found = [resolved(*order) for order in permutations(articles)]
    entities = {e for each in found for e in each.found.values() if e.kind == KG.Ministry}
    assert [(e.label, e.alt) for e in entities] == [("National Environment Management Authority", ("NEMA",))]


@pytest.mark.parametrize(
    ("a", "b", "iris"),
    [
        ("Trade Minister", "Minister of Trade", {"ke-minister-of-trade"}),
        ("foreign minister", "Minister of Foreign Affairs", {"ke-minister-of-foreign-affairs"}),
        (
            "Minister of Trade",
            "Minister of Trade and Industry",
            {"ke-minister-of-trade", "ke-minister-of-trade-and-industry"},
        ),
    ],
)
def test_posts(a: str, b: str, iris: set[str]) -> None:
    told = Told("a")
    told.person("Ana Silva", "KE", a)
    told.person("Kofi Mensah", "KE", b)
    found = resolved(told).found.values()
    assert {Iri(e.iri).rsplit("/", 1)[-1] for e in found if "/post/" in e.iri} == iris
