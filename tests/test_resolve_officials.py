"""Officials: who of those that several articles name is one person."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import Told, resolved

from kg.resolve import personal

MINISTER = "Minister of Trade"
# (name, country, post) of two articles of one week
ONE = [
    (("Ana Silva", "PE", MINISTER), ("Ana Silva", "PE", "")),
    (("SUN Dong", "HK", ""), ("Dong Sun", "HK", "")),
    (("Bae Sung-hoon", "KR", ""), ("Sunghoon Bae", "KR", "")),
    (("Recep Tayyip Erdoğan", "TR", "President"), ("Erdogan", "TR", "President")),
    (("Mohammed Al-Saud", "SA", MINISTER), ("Muhammad Al Saud", "SA", "Trade Minister")),
    (("Fa'abasua Lolo", "SB", ""), ("Fa’abasua Lolo", "SB", "")),
    (("Marte Lillebø", "NO", ""), ("Marte Lillebo", "NO", "")),
    (("Maria Corazon Silva", "PH", ""), ("Maria Silva", "PH", "")),
    (("Antony J. Blinken", "US", ""), ("Antony Blinken", "US", "")),
    (("A. Blinken", "US", "Secretary of State"), ("Antony Blinken", "US", "Secretary of State")),
    (("Dr Ana Silva", "PE", ""), ("Hon. Ana Silva", "PE", "")),
    (("Ana Silva", "PE", MINISTER), ("Ana Silva", "", MINISTER)),
    (("Ana Silva", "PE", MINISTER), ("Ana Silva", "PE", "Minister of Trade and Tourism")),
    (("Ana Silva", "PE", "Deputy Prime Minister"), ("Ana Silva", "PE", "Minister of Finance")),
    (("Ferdinand Ruiz Jr.", "PH", "President"), ("Ferdinand Ruiz", "PH", "President")),
]
TWO = [
    (("Daniel Mensah", "GH", "Minister of Health"), ("Daniel Mensah", "LR", "Minister of Health")),
    (("Daniel Mensah", "GH", "Minister of Health"), ("Daniel Mensah", "GH", "Governor of the Central Bank")),
    (("Ferdinand Ruiz Jr.", "PH", ""), ("Ferdinand Ruiz", "PH", "")),
    (("Ferdinand Ruiz Jr.", "PH", "Mayor of Cebu"), ("Ferdinand Ruiz III", "PH", "Mayor of Cebu")),
    (("George W. Bush", "US", "President"), ("George H. W. Bush", "US", "President")),
    (("Tran Van Duc", "VN", MINISTER), ("Tran Thi Duc", "VN", MINISTER)),
    (("Hassan Ali", "PK", MINISTER), ("Hussein Ali", "PK", MINISTER)),
    (("Li Qiang", "CN", MINISTER), ("Li Qing", "CN", MINISTER)),
    (("Anna Hansen", "DK", ""), ("Anne Hansen", "DK", "")),
    (("Mohammed Farah", "SO", ""), ("Muhammad Farah", "SO", "")),
    (("Amina Diallo", "SN", MINISTER), ("Diallo", "SN", "")),
    (("Amina Diallo", "SN", MINISTER), ("Diallo", "GN", MINISTER)),
    (("Amina Diallo", "SN", "Minister"), ("Diallo", "SN", "Minister")),
]


def _named(*people: tuple[str, str, str]) -> tuple[list[Told], list[tuple[Told, str]]]:
    articles = [Told(f"a{n}") for n in range(len(people))]
    return articles, [(told, told.person(*who)) for told, who in zip(articles, people, strict=True)]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_one_person(a: tuple[str, str, str], b: tuple[str, str, str]) -> None:
    articles, people = _named(a, b)
    for order in (articles, articles[::-1]):
        assert resolved(*order).one(*people)


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two_people(a: tuple[str, str, str], b: tuple[str, str, str]) -> None:
    articles, people = _named(a, b)
    for order in (articles, articles[::-1]):
        assert not resolved(*order).one(*people)


def test_a_post_held_later_is_no_other_person() -> None:
    before, after = Told("a", "2019-03-01"), Told("b", "2024-03-01")
    people = (before, before.person("Daniel Mensah", "GH", "Minister of Health")), (
        after, after.person("Daniel Mensah", "GH", "Governor of the Central Bank"),
    )  # fmt: skip
    assert resolved(before, after).one(*people)


def test_a_name_that_fits_two_joins_neither() -> None:
    articles, people = _named(
        ("Maria Corazon Silva", "PH", ""), ("Maria Dolores Silva", "PH", ""), ("Maria Silva", "PH", "")
    )
    found = resolved(*articles)
    assert len({found.found[(told.id, key)].iri for told, key in people}) == 3
    assert sum(ground.verdict == "apart" and "more of the name" in ground.why for ground in found.grounds) == 4


def test_who_is_at_odds_with_one_of_a_group_does_not_join_it() -> None:
    articles, people = _named(
        ("Daniel Kofi Mensah", "GH", ""), ("Daniel Mensah", "GH", "Minister of Health"),
        ("Mensah Daniel", "GH", "Governor of the Central Bank"),
    )  # fmt: skip
    found = resolved(*articles)
    assert found.one(people[0], people[1])
    assert not found.one(people[0], people[2])


def test_a_name_without_a_country_fits_neither_of_two_namesakes() -> None:
    articles, people = _named(("Ana Silva", "PE", ""), ("Ana Silva", "BR", ""), ("Ana Silva", "", ""))
    found = resolved(*articles)
    assert len({found.found[(told.id, key)].iri for told, key in people}) == 3


def test_namesakes_of_one_country_have_iris_that_tell_their_posts() -> None:
    early = Told("a", "2025-01-01")
    early.person("Daniel Mensah", "GH", "Minister of Health")
    late = Told("b", "2025-01-09")
    late.person("Daniel Mensah", "GH", "Governor of the Central Bank")
    iris = {e.iri.rsplit("/", 1)[-1] for e in resolved(late, early).found.values() if "official" in e.iri}
    assert iris == {"gh-daniel-mensah", "gh-daniel-mensah-governor-of-the-central-bank"}


def test_surroundings_that_disagree_on_the_country_do_not_part_one_person() -> None:
    one, other = Told("a"), Told("b")
    people = (one, one.person("Matteo Ferri", "KZ", "European Commissioner", score=0.6)), (
        other, other.person("Matteo Ferri", "PH", "European Commissioner", score=0.6),
    )  # fmt: skip
    assert resolved(one, other).one(*people)


@pytest.mark.parametrize(("name", "one_person"), [("Hamad Saif Al Kaabi", True), ("Hamad Al Kaabi", False)])
def test_a_long_name_and_a_common_post_outweigh_surroundings(name: str, one_person: bool) -> None:
    one, other = Told("a"), Told("b")
    people = (one, one.person(name, "UZ", "Director General", score=0.6)), (
        other, other.person(name, "BR", "Director General", score=0.6),
    )  # fmt: skip
    assert resolved(one, other).one(*people) is one_person


def test_any_order_of_articles_gives_the_same() -> None:
    articles, _ = _named(
        ("Recep Tayyip Erdoğan", "TR", "President"), ("Erdogan", "TR", "President"), ("R. T. Erdoğan", "TR", "President"),
        ("Tayyip Erdogan", "TR", ""), ("Recep Erdoğan", "", "Mayor of Rize"),
    )  # fmt: skip
    found = [resolved(*order) for order in permutations(articles)]
    assert all(each.found == found[0].found and each.grounds == found[0].grounds for each in found)


NAMES = st.lists(
    st.sampled_from("Ana Silva Van de Mohammed Muhammad J. A. B. Al-Saud Lee Kim Jr. II Öz".split()),
    min_size=1,
    max_size=5,
)


@given(NAMES, NAMES)
def test_fit_is_symmetric_and_whole_for_the_same_name(one: list[str], other: list[str]) -> None:
    a, b = personal.parsed(" ".join(one)), personal.parsed(" ".join(other))
    assert personal.fit(a, b).score == personal.fit(b, a).score
    assert personal.fit(a, a).score == personal.SAME
