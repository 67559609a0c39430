"""How long resolution takes, how much memory, and how its thresholds were set.

    python benchmarks/resolution.py pace [--articles 100000]
    python benchmarks/resolution.py thresholds

`pace` resolves readings made up for the purpose: articles of one to three agreements between a hundred and some countries, with their
signatories, posts and ministries, where a new article is on something told before two times out of three. `thresholds` decides the
labelled pairs in tests/data at several thresholds: precision and recall of what is taken for the same.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from kg.copies import Copies
from kg.lexicons.places import places
from kg.model import Article, Claim, Iri, Reading, Span, Thing
from kg.resolve import Resolver, clusters, officials
from kg.vocabulary import KG, ORG, agreement_types

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
import pairs

T = TypeVar("T")
EVERY = 10_000
COUNTRIES = sorted(code for code, place in places().items() if place.level == "country")[:120]
FIELDS = "Trade Health Energy Fisheries Transport Education Finance Justice Tourism Labour Defence Water".split()
SYLLABLES = "ba ke li mo nu sa ri to ven dar shi pol gra ham lin tor wes mag".split()


class World:
    """Made-up people and agreements of which made-up articles tell: more of them, the more articles there are."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.told: list[tuple[str, str, str, str, tuple[tuple[str, str, str], ...]]] = []

    def name(self) -> str:
        """Return a name of two or three words."""
        words = [
            "".join(self.random.choices(SYLLABLES, k=self.random.choice((2, 3))))
            for _ in range(self.random.choice((2, 2, 3)))
        ]
        return " ".join(word.capitalize() for word in words)

    def agreement(self) -> tuple[str, str, str, str, tuple[tuple[str, str, str], ...]]:
        """Return (two countries, type, day, people who sign) of an agreement, two times out of three one that was told before."""
        if self.told and self.random.random() < 0.66:
            return self.random.choice(self.told[-2000:])
        one, other = self.random.sample(COUNTRIES, 2)
        day = f"{self.random.randint(2000, 2025)}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"
        people = tuple((self.name(), code, f"Minister of {self.random.choice(FIELDS)}") for code in (one, other))
        self.told.append((one, other, self.random.choice(sorted(agreement_types())), day, people))
        return self.told[-1]

    def article(self, number: int) -> tuple[Article, Reading]:
        """Return an article and its reading, of some forty claims as usual ones have."""
        things: dict[str, Thing] = {}
        claims: list[Claim] = []
        for n in range(self.random.choice((1, 1, 2, 3))):
            self._tell(f"agreement {n}", things, claims)
        words = " ".join(self.random.choices(SYLLABLES, k=450))
        return Article(f"article-{number}", words, "News", claims[0].object), Reading(
            tuple(things.values()), tuple(claims)
        )

    def _tell(self, key: str, things: dict[str, Thing], claims: list[Claim]) -> None:
        one, other, type_, day, people = self.agreement()

        def say(subject: str, predicate: Iri, object_: str) -> None:
            claims.append(Claim(subject, predicate, object_, 0.9, Span(0, 1)))

        say(key, KG.signedOn, day)
        say(key, KG.agreementType, agreement_types()[type_])
        things[key] = Thing(key, KG.Agreement, f"{type_.replace('-', ' ')} on {self.random.choice(FIELDS).lower()}")
        for code in (one, other):
            things[code] = Thing(code, KG.Jurisdiction, code, (), code)
            say(key, KG.party, code)
        for name, code, post in people:
            body = f"Ministry{post.removeprefix('Minister')}"
            things[name] = Thing(name, KG.Official, name if self.random.random() < 0.9 else name.split()[-1])
            things[post + code] = Thing(post + code, ORG.Post, post)
            things[body + code] = Thing(body + code, KG.Ministry, body)
            say(key, KG.signatory, name)
            say(name, KG.serves, code)
            say(name, ORG.holds, post + code)
            say(post + code, ORG.postIn, code)
            say(body + code, KG.jurisdiction, code)


def resident() -> float:
    """Return the megabytes that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pace(number: int) -> None:
    """Resolve made-up articles, and print time, memory and what is distinct in them."""
    world, resolver, copies = World(), Resolver(), Copies()
    seconds = {"adding": 0.0, "copies": 0.0}
    print(f"{'articles':>10}{'agreements':>12}{'adding, s':>11}{'copies, s':>11}{'MB':>8}")
    for n in range(1, number + 1):
        article, reading = world.article(n)
        begun = time.process_time()
        resolver.add(article, reading)
        middle = time.process_time()
        copies.add(article)
        seconds["adding"] += middle - begun
        seconds["copies"] += time.process_time() - middle
        if n % EVERY == 0:
            print(
                f"{n:10,}{len(world.told):12,}{seconds['adding']:11.1f}{seconds['copies']:11.1f}{resident():8.0f}",
                flush=True,
            )
    settling, grounds = timed(resolver.settle)
    settling_copies, _ = timed(copies.settle)
    world = World()
    looking, _ = timed(lambda: sum(len(resolver.entities(*world.article(n))) for n in range(1, number + 1)))
    making, _ = timed(lambda: sum(1 for _ in made(number)))
    print(
        f"settling {settling:.1f} s ({len(grounds):,} grounds), copies {settling_copies:.1f} s, looking up {looking - making:.1f} s"
    )
    total = sum(seconds.values()) + settling + settling_copies + looking - making
    print(f"altogether {total:.1f} s of CPU time: {number / total:,.0f} articles/s; peak memory {resident():,.0f} MB")


def made(number: int) -> Iterator[tuple[Article, Reading]]:
    """Yield made-up articles: what making them takes is not what is measured."""
    world = World()
    for n in range(1, number + 1):
        yield world.article(n)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of CPU time that something takes, and what it returns."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def thresholds(listed: bool) -> None:
    """Decide the labelled pairs at several thresholds, and print precision and recall."""
    for title, found, module in (
        ("people", [*pairs.people()], officials),
        ("agreements", [*pairs.agreements()], clusters),
    ):
        same = sum(pair.same for pair in found)
        print(f"{len(found)} pairs of {title}, {same} of them the same; in use: {module.MERGE}")
        print(f"{'threshold':>10}{'joined':>8}{'wrongly':>9}{'precision':>11}{'recall':>8}")
        for tenths in range(30, 100, 5):
            wrong, right = joined(found, module, tenths / 100)
            share = right / (right + wrong) if right + wrong else 1.0
            print(f"{tenths / 100:10.2f}{right + wrong:8}{wrong:9}{share:11.3f}{right / same:8.3f}")
        for pair in found if listed else ():
            if pair.joined() != pair.same:
                print(f"  {'missed' if pair.same else 'wrong '}  {pair.why}: {pair.one[1]} | {pair.other[1]}")


def joined(found: list[pairs.Pair], module: ModuleType, threshold: float) -> tuple[int, int]:
    """Return how many pairs are taken for the same at a threshold, wrongly and rightly."""
    in_use, module.MERGE = module.MERGE, threshold
    taken = [pair for pair in found if pair.joined()]
    module.MERGE = in_use
    return sum(not pair.same for pair in taken), sum(pair.same for pair in taken)


def main() -> None:
    """Measure, and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("what", choices=("pace", "thresholds"))
    arguments.add_argument("--articles", type=int, default=100_000, help="of pace (default 100,000)")
    arguments.add_argument("--list", action="store_true", help="name the pairs that are decided wrongly")
    given = arguments.parse_args()
    if given.what == "pace":
        pace(given.articles)
    else:
        thresholds(given.list)


if __name__ == "__main__":
    main()
