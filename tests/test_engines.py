"""Engines: one set of tests that every engine passes, and what the pipeline makes of engines that misbehave."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest

from kg import engines, pipeline
from kg.errors import ArticleError, KgError, UsageError
from kg.model import Article, Reading
from kg.pipeline import Options


def corpus(path: Path, number: int) -> Path:
    """Write a file of articles."""
    lines = [
        json.dumps({"id": f"a{n}", "text": f"Kenya and Viet Nam signed agreement number {n}."}) for n in range(number)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


# --- what the pipeline makes of engines -----------------------------------------------------------------------------


class Strange:
    """An engine whose behaviour a test sets."""

    fingerprint = "strange-1"
    batches: ClassVar[list[int]] = []
    refused: ClassVar[set[str]] = set()
    extra: ClassVar[int] = 0

    def read(self, articles: Iterable[Article]) -> Iterator[Reading | ArticleError]:
        """Refuse the articles that the test names; read nothing in the others."""
        given = list(articles)
        self.batches.append(len(given))
        for article in given:
            yield ArticleError("was refused") if article.id in self.refused else Reading()
        yield from [Reading()] * self.extra

    def account(self) -> list[str]:
        """Return a line on the run."""
        return [f"strange: {sum(self.batches)} articles"]


@pytest.fixture
def strange(monkeypatch: pytest.MonkeyPatch) -> type[Strange]:
    """Return an engine that is found as "strange:Strange", as a user's own would be."""
    module = ModuleType("strange")
    vars(module)["Strange"] = Strange
    monkeypatch.setitem(sys.modules, "strange", module)
    for name, value in (("batches", []), ("refused", set()), ("extra", 0)):
        monkeypatch.setattr(Strange, name, value)
    return Strange


def test_articles_reach_the_engine_in_batches(strange: type[Strange], tmp_path: Path) -> None:
    report = pipeline.build(
        [str(corpus(tmp_path / "a.jsonl", 40))], tmp_path / "s", Options("strange:Strange", workers=4)
    )
    assert strange.batches == [32, 8]
    assert report.articles == 40


def test_an_article_that_the_engine_refuses_is_named_and_asked_again(strange: type[Strange], tmp_path: Path) -> None:
    source, place = corpus(tmp_path / "a.jsonl", 3), tmp_path / "s"
    strange.refused = {"a1"}
    report = pipeline.build([str(source)], place, Options("strange:Strange"))
    assert report.articles == 2
    assert report.left_out == [(f"{source}:2", "was refused")]
    strange.refused = set()
    again = pipeline.build([str(source)], place, Options("strange:Strange"))
    assert (again.articles, again.cached, strange.batches) == (3, 2, [3, 1])


def test_what_an_engine_has_to_say_of_a_run_is_reported(strange: type[Strange], tmp_path: Path, kg: Any) -> None:
    result = kg("build", corpus(tmp_path / "a.jsonl", 3), "--store", tmp_path / "s", "--engine", "strange:Strange")
    assert "strange: 3 articles\n" in result.stderr


def test_an_engine_that_gives_too_many_readings_stops_the_run(strange: type[Strange], tmp_path: Path) -> None:
    strange.extra = 1
    with pytest.raises(KgError, match="gave 4 readings of 3 articles"):
        pipeline.build([str(corpus(tmp_path / "a.jsonl", 3))], tmp_path / "s", Options("strange:Strange"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rulse", "no engine is called 'rulse'; there is: rules"),
        ("no_such_module:Engine", "cannot be loaded: No module named 'no_such_module'"),
        ("json:Engine", "cannot be loaded: module 'json' has no attribute 'Engine'"),
    ],
)
def test_an_engine_that_is_not_there_is_named(name: str, words: str) -> None:
    with pytest.raises(UsageError) as error:
        engines.make(name)
    assert words in str(error.value)
