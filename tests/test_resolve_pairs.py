"""Resolution on labelled pairs, and on many things of one name: what is taken for one is so, and takes linear time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pairs
import pytest
from telling import Told

from kg.resolve import Resolver

PEOPLE = list(pairs.people())
AGREEMENTS = list(pairs.agreements())


@pytest.mark.parametrize(
    ("found", "wrong", "missed"), [(PEOPLE, 0, 2), (AGREEMENTS, 1, 0)], ids=["people", "agreements"]
)
def test_labelled_pairs(found: list[pairs.Pair], wrong: int, missed: int) -> None:
    """No more may be wrong or missed than are: benchmarks/resolution.py names them."""
    joined = [(pair, pair.joined()) for pair in found]
    assert sum(taken and not pair.same for pair, taken in joined) <= wrong
    assert sum(pair.same and not taken for pair, taken in joined) <= missed


def test_there_are_enough_pairs_of_each_kind() -> None:
    assert len(PEOPLE) > 200
    assert len(AGREEMENTS) > 150
    for found in (PEOPLE, AGREEMENTS):
        assert 0.4 < sum(pair.same for pair in found) / len(found) < 0.6


def day(n: int) -> str:
    """Return one of many days."""
    return f"{1990 + n % 30}-{n // 30 % 12 + 1:02d}-{n // 360 % 28 + 1:02d}"


def people_of_one_surname(n: int) -> Told:
    told = Told(f"a{n}")
    told.person(f"Given{_letters(n)} Nguyen", "VN", "Minister of Trade")
    told.person("Nguyen", "VN", "Minister of Trade")
    return told


def people_of_one_name(n: int) -> Told:
    told = Told(f"a{n}", day(n))
    told.person("Nguyen Van Hoa", "VN", f"Governor of {_letters(n)}")
    return told


def initials(n: int) -> Told:
    told = Told(f"a{n}")
    told.person(f"{'ABCDEFGHIJ'[n % 10]}. {_letters(n // 10)} Silva", "BR", "Deputy")
    return told


def agreements_of_one_pair(n: int) -> Told:
    told = Told(f"a{n}", day(n))
    told.agreement("memorandum of understanding", ("KE", "VN"), signed=day(n))
    return told


def agreements_of_one_day(n: int) -> Told:
    told = Told(f"a{n}")
    told.agreement(f"memorandum on {_letters(n)}", ("KE", "VN"), signed="2025-06-12")
    return told


def one_agreement(n: int) -> Told:
    told = Told(f"a{n}", day(n))
    told.agreement(
        f"memorandum on fish as {_letters(n)} says", ("KE", "VN"), signed="2025-06-12", sectors=("fisheries",)
    )
    return told


def agreements_without_a_day(n: int) -> Told:
    told = Told(f"a{n}")
    told.agreement(f"memorandum on {_letters(n)}", ("KE", "VN"), signed="2025")
    return told


def talks_that_go_on(n: int) -> Told:
    told = Told(f"a{n}", day(n))
    told.agreement(f"trade agreement {_letters(n)}", ("KE", "VN"), "trade-agreement", status="negotiating")
    return told


def bodies_of_one_acronym(n: int) -> Told:
    told = Told(f"a{n}")
    told.body(f"National Bureau of {_letters(n).capitalize()}", "KE")
    told.body("NBF", "KE")
    return told


def _letters(n: int) -> str:
    return "".join("bcdfghjklm"[int(digit)] + "aeiou"[int(digit) % 5] for digit in str(n))


SHAPES = (
    people_of_one_surname, people_of_one_name, initials, agreements_of_one_pair, agreements_of_one_day, one_agreement,
    agreements_without_a_day, talks_that_go_on, bodies_of_one_acronym,
)  # fmt: skip


def seconds(tell: Callable[[int], Told], number: int) -> float:
    """Return the CPU seconds that resolving some articles takes, the better of two."""
    articles = [tell(n).pair() for n in range(number)]
    took = []
    for _ in range(2):
        begun = time.process_time()
        resolver = Resolver()
        for article, reading in articles:
            resolver.add(article, reading)
        resolver.settle()
        for article, reading in articles:
            resolver.entities(article, reading)
        took.append(time.process_time() - begun)
    return min(took)


@pytest.mark.slow
@pytest.mark.parametrize("tell", SHAPES)
def test_four_times_the_articles_take_four_times_the_time(tell: Callable[[int], Told]) -> None:
    """Three times as much is granted on a busy machine; were it the square of the number, it would be sixteen times as much."""
    assert seconds(tell, 4_000) <= 12 * seconds(tell, 1_000) + 0.2


@pytest.mark.slow
def test_an_article_that_lists_many_agreements_takes_linear_time() -> None:
    def told(number: int) -> Told:
        article = Told("a")
        for n in range(number):
            article.agreement(f"memorandum on {_letters(n)}", ("KE", "VN"), signed="2025-06-12")
        return article

    assert seconds(lambda _: told(4_000), 1) <= 12 * seconds(lambda _: told(1_000), 1) + 0.2
