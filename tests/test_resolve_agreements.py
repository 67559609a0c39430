"""Agreements: which of those that several articles tell of are one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import pytest
from telling import Resolved, Told, resolved

from kg.resolve import events

FISH, PORTS = ("fisheries",), ("port-management",)
PAIR = ("KE", "VN")


@dataclass(frozen=True)
class Way:
    """How one article tells of an agreement."""

    title: str = "memorandum of understanding"
    type: str = "memorandum-of-understanding"
    parties: tuple[str, ...] = PAIR
    signed: str = "2025-06-12"
    published: str = "2025-06-13"
    status: str = "signed"
    sectors: tuple[str, ...] = ()
    signatories: tuple[tuple[str, str], ...] = ()


def told(id_: str, *ways: Way) -> tuple[Told, list[str]]:
    """Return an article that tells of agreements in these ways, and their keys."""
    article = Told(id_, ways[0].published)
    keys = []
    for way in ways:
        people = [article.person(name, code) for name, code in way.signatories]
        keys.append(article.agreement(way.title, way.parties, way.type, way.signed, way.status, way.sectors, people))
    return article, keys


def number(found: Resolved) -> int:
    """Return how many agreements there are."""
    return len({e.iri for e in found.found.values() if "/agreement/" in e.iri})


UNDATED: dict[str, Any] = {"signed": ""}
ONE = {
    "whatever each outlet calls it": (Way(), Way("deal", "agreement")),
    "the same day of signing, told months later": (Way(), Way(published="2025-12-01")),
    "one wave, of which one tells the day": (Way(sectors=FISH), Way(signed="", sectors=FISH)),
    "one wave, and no day": (Way(sectors=FISH, **UNDATED), Way(sectors=FISH, published="2025-06-15", **UNDATED)),
    "announced, then signed": (
        Way(sectors=FISH, status="planned", published="2025-05-20", **UNDATED),
        Way(sectors=FISH),
    ),
    "announced twice": (
        Way(sectors=FISH, status="planned", published="2025-05-20", **UNDATED),
        Way(sectors=FISH, status="planned", published="2025-05-22", **UNDATED),
    ),
    "only the year is told, the day after": (Way(), Way(signed="2025")),
    "only the year is told, later": (Way(sectors=FISH), Way(sectors=FISH, signed="2025", published="2026-02-01")),
    "another kind of paper, the same signatories": (
        Way(sectors=FISH, signatories=(("Ana Silva", "KE"),)),
        Way(type="letter-of-intent", sectors=FISH, signatories=(("Silva", "KE"),)),
    ),
    "one party is left out": (
        Way("Memorandum on tilapia hatcheries"),
        Way("Memorandum concerning tilapia hatcheries", parties=("KE",)),
    ),
    "the same number": (Way("MoU No. 16"), Way("memorandum no 16")),
}
TWO = {
    "another day": (Way(), Way(signed="2025-06-14")),
    "renewed a year later": (Way(sectors=FISH), Way(sectors=FISH, signed="2026-06-12", published="2026-06-13")),
    "announced anew a year later": (
        Way(sectors=FISH),
        Way(sectors=FISH, status="planned", published="2025-07-20", **UNDATED),
    ),
    "other numbers": (Way("MoU No. 16"), Way("MoU No. 17")),
    "other ordinals": (Way("First protocol on fish"), Way("Second protocol on fish")),
    "another year's plan": (Way("Work Plan 2025 on fish"), Way("Work Plan 2026 on fish")),
    "about something else": (Way("Memorandum on fisheries", sectors=FISH), Way("Memorandum on ports", sectors=PORTS)),
    "other sectors, no titles": (Way(sectors=FISH), Way(sectors=PORTS)),
    "other signatories": (Way(signatories=(("Ana Silva", "KE"),)), Way(signatories=(("Kofi Mensah", "KE"),))),
    "other parties": (Way(), Way(parties=("KE", "LA"))),
    "weeks apart": (Way(sectors=FISH, **UNDATED), Way(sectors=FISH, published="2025-07-20", **UNDATED)),
    "one party alone, about nothing told": (Way(), Way(parties=("KE",))),
    "only the year is told, later, and nothing else": (Way(), Way(signed="2025", published="2026-02-01")),
    "a treaty and a letter of intent": (Way(type="treaty"), Way(type="letter-of-intent")),
}


@pytest.mark.parametrize(("a", "b"), ONE.values(), ids=ONE)
def test_one_agreement(a: Way, b: Way) -> None:
    articles = [told("a", a)[0], told("b", b)[0]]
    assert [number(resolved(*order)) for order in permutations(articles)] == [1, 1]


@pytest.mark.parametrize(("a", "b"), TWO.values(), ids=TWO)
def test_two_agreements(a: Way, b: Way) -> None:
    articles = [told("a", a)[0], told("b", b)[0]]
    assert [number(resolved(*order)) for order in permutations(articles)] == [2, 2]


def test_what_one_article_tells_apart_stays_apart() -> None:
    """Four outlets tell of the same two; the two have nothing to tell them apart but that every article names both."""
    articles = [told(id_, Way(), Way("letter", "letter-of-intent"), Way())[0] for id_ in "abcd"]
    assert number(resolved(*articles)) == 3


def test_what_fits_two_joins_neither() -> None:
    both = told("a", Way(sectors=FISH), Way(sectors=("aquaculture",)))[0]
    vague = told("b", Way("memorandum"))[0]
    assert number(resolved(both, vague)) == 3


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(day: str) -> None:
    assert number(resolved(told("a", Way(signed="", published=day))[0], told("b", Way(signed=day))[0])) == 2


def test_any_order_gives_the_same() -> None:
    ways = [*ONE["announced, then signed"], *TWO["other numbers"], Way(signed="2025"), Way("deal", "agreement")]
    articles = [told(f"a{n}", way)[0] for n, way in enumerate(ways)]
    found = [resolved(*order) for order in list(permutations(articles))[::97]]
    assert all(each.found == found[0].found and each.grounds == found[0].grounds for each in found)


def test_grounds_tell_what_agrees() -> None:
    found = resolved(told("a", Way(sectors=FISH))[0], told("b", Way("deal", "agreement", sectors=FISH))[0])
    (merged,) = (g for g in found.grounds if g.verdict == "merged")
    assert merged.why == "signed on 2025-06-12; sectors share fisheries"
    assert 0.6 < merged.score < 1


def test_iris_tell_agreements_of_one_day_apart_by_what_they_are_about() -> None:
    found = resolved(told("a", Way(sectors=FISH), Way(sectors=PORTS))[0])
    assert {e.iri.rsplit("/", 1)[-1] for e in found.found.values() if "/agreement/" in e.iri} == {
        "ke-vn-memorandum-of-understanding-2025-06-12",
        "ke-vn-memorandum-of-understanding-2025-06-12-port-management",
    }


@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("MoU No. 16 on ports", {"16"}),
        ("Protocol II", {"ii"}),
        ("the third protocol", {"third"}),
        ("Cultural Exchange Programme 2026-2030", {"2026", "2030"}),
        ("a memorandum on 5G networks", set()),
    ],
)
def test_marks_of_a_series(title: str, marks: set[str]) -> None:
    assert events.marks(title) == marks
