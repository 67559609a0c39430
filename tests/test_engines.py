"""Engines: one set of tests that every engine passes, and what the pipeline makes of engines that misbehave."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest
from conftest import EXAMPLES, ROOT
from model_server import Behaviour, answers, serving

from kg import engines, facts, pipeline, read
from kg.engines import Engine
from kg.errors import ArticleError, KgError, UsageError
from kg.model import Article, Page, Reading
from kg.pipeline import Options


def corpus(path: Path, number: int) -> Path:
    """Write a file of articles."""
    lines = [
        json.dumps({"id": f"a{n}", "text": f"Kenya and Viet Nam signed agreement number {n}."}) for n in range(number)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


# --- what every engine keeps to ---------------------------------------------------------------------------------------


@contextmanager
def _rules(folder: Path) -> Iterator[Callable[[], Engine]]:
    yield lambda: engines.make("rules")


@contextmanager
def _spacy(folder: Path) -> Iterator[Callable[[], Engine]]:
    spacy = pytest.importorskip("spacy", reason="engine 'spacy' needs: pip install 'accordgraph[spacy]'")
    from kg.engines.spacy import Spacy

    nlp = spacy.blank("en")
    names = ("Duarte Salgueiro", "PERSON"), ("Atlantic Wind Company", "ORG"), ("Rabat", "GPE"), ("Nairobi", "GPE")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name} for name, label in names])
    nlp.to_disk(folder / "model")
    yield lambda: Spacy(str(folder / "model"))


@contextmanager
def _llm(folder: Path) -> Iterator[Callable[[], Engine]]:
    pytest.importorskip("httpx", reason="engine 'llm' needs: pip install 'accordgraph[llm]'")
    from kg.engines.llm import Llm
    from kg.engines.llm.settings import Settings

    recorded = json.loads((ROOT / "tests" / "data" / "completion.json").read_text(encoding="utf-8"))["answer"]

    def respond(question: dict[str, Any]) -> Behaviour:
        return answers(recorded)  # of other articles than its own, most of it is not borne out

    made = count()
    with serving() as model:
        model.respond = respond
        yield lambda: Llm(Settings(model.url, "test", folder / str(next(made))))


@pytest.fixture(params=[_rules, _spacy, _llm], ids=["rules", "spacy", "llm"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """Return a function that makes an engine anew, with nothing remembered."""
    with request.param(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Return articles of several kinds: the example's own, empty of facts, odd in their characters, long."""
    sources = [str(EXAMPLES), str(ROOT / "examples" / "gold.jsonl")]
    pages = [p for p in read.Pages(sources) if isinstance(p, Page)]
    found = [o.article for o in pipeline.extract_all(pages[::3], Nothing())]
    recorded = json.loads((ROOT / "tests" / "data" / "completion.json").read_text(encoding="utf-8"))["article"]
    odd = ["x", "日本とケニアは署名した。", "Kenya \U0001f91d Viet\u00a0Nam signed a pact.", "Kenya signed. " * 300]
    texts = [recorded["text"], *odd]
    return [a for a in found if a is not None] + [Article(f"t{n}", t, "T", "2026-05-15") for n, t in enumerate(texts)]


class Nothing:
    """An engine that reads nothing."""

    fingerprint = "nothing"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Yield an empty reading an article."""
        return (Reading() for _ in articles)


def test_one_reading_an_article_in_their_order(make: Callable[[], Engine], articles: list[Article]) -> None:
    together = list(make().read(articles))
    assert all(isinstance(r, Reading) for r in together)
    assert len(together) == len(articles)
    backwards = list(make().read(reversed(articles)))
    assert backwards[::-1] == together
    few = make()
    assert [next(few.read([a])) for a in articles[-6:]] == together[-6:]
    assert any(r.claims for r in together if isinstance(r, Reading))


def test_any_iterable_will_do(make: Callable[[], Engine], articles: list[Article]) -> None:
    assert list(make().read([])) == []
    assert len(list(make().read(a for a in articles[:2]))) == 2


def test_the_same_article_gives_the_same_reading(make: Callable[[], Engine], articles: list[Article]) -> None:
    one, other = make(), make()
    assert one.fingerprint == other.fingerprint
    assert list(one.read(articles)) == list(one.read(articles)) == list(other.read(articles))


def test_mentions_stand_where_they_say_and_the_gate_objects_to_nothing(
    make: Callable[[], Engine], articles: list[Article]
) -> None:
    for article, found in zip(articles, make().read(articles), strict=True):
        assert isinstance(found, Reading)
        for thing in found.things:
            assert all(article.text[m.start : m.end] == m.text for m in thing.mentions)
        gated = facts.checked(article, found)
        assert (gated.things, gated.claims) == (found.things, found.claims)
        assert all(0 <= d.start <= d.end <= len(article.text) for d in found.drops)


def test_engines_have_fingerprints_of_their_own(tmp_path: Path) -> None:
    with _rules(tmp_path) as rules, _spacy(tmp_path) as spacy, _llm(tmp_path) as llm:
        assert len({made().fingerprint for made in (rules, spacy, llm)}) == 3


@pytest.mark.parametrize(("name", "package"), [("spacy", "spacy"), ("llm", "httpx")])
def test_an_extra_that_is_missing_says_what_to_type(monkeypatch: pytest.MonkeyPatch, name: str, package: str) -> None:
    for module in [m for m in sys.modules if m.startswith(f"kg.engines.{name}")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError) as error:
        engines.make(name)
    assert str(error.value) == f"engine '{name}' needs: pip install 'accordgraph[{name}]'"


# --- what the pipeline makes of engines -----------------------------------------------------------------------------


class Strange:
    """An engine whose behaviour a test sets."""

    fingerprint = "strange-1"
    made: ClassVar[list[str]] = []
    batches: ClassVar[list[int]] = []
    refused: ClassVar[set[str]] = set()
    extra: ClassVar[int] = 0

    def __init__(self) -> None:
        self.made.append(self.fingerprint)

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
    for name, value in (("made", []), ("batches", []), ("refused", set()), ("extra", 0)):
        monkeypatch.setattr(Strange, name, value)
    return Strange


def test_articles_reach_the_engine_in_batches(strange: type[Strange], tmp_path: Path) -> None:
    report = pipeline.build(
        [str(corpus(tmp_path / "a.jsonl", 40))], tmp_path / "s", Options("strange:Strange", workers=4)
    )
    assert strange.batches == [32, 8]
    assert report.articles == 40


def test_a_build_makes_its_engine_once_and_the_next_one_anew(strange: type[Strange], tmp_path: Path) -> None:
    for number in (1, 2):
        pipeline.build([str(corpus(tmp_path / "a.jsonl", number))], tmp_path / "s", Options("strange:Strange"))
        assert len(strange.made) == number


def test_an_article_that_the_engine_refuses_is_named_and_asked_again(strange: type[Strange], tmp_path: Path) -> None:
    source, place = corpus(tmp_path / "a.jsonl", 3), tmp_path / "s"
    strange.refused = {"a1"}
    report = pipeline.build([str(source)], place, Options("strange:Strange"))
    assert report.articles == 2
    assert report.left_out == [(f"{source}:2", "was refused")]
    strange.refused = set()
    again = pipeline.build([str(source)], place, Options("strange:Strange"))
    assert (again.articles, again.unchanged, strange.batches) == (3, 2, [3, 1])


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


# --- the engine of docs/engines.md --------------------------------------------------------------------------------------


def test_the_engine_in_the_documentation_reads(tmp_path: Path, kg: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n# register\.py:(.*?)```", docs, re.DOTALL)
    (tmp_path / "register.py").write_text(f"#{code}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    lines = "The register of 2024\n\nKenya / Viet Nam: Agreement on Fisheries, signed 2024-05-03\nOman / Atlantis: Pact, signed 2024-13-01\n"
    (tmp_path / "a.txt").write_text(lines)
    store = tmp_path / "store"
    assert kg("build", tmp_path / "a.txt", "--engine", "register:Register", "--store", store).exit_code == 0
    assert kg("verify", "--store", store).exit_code == 0
    found = kg("query", "agreements", "--store", store, "--format", "csv").stdout
    assert "Agreement on Fisheries" in found
    shown = kg("show", "Agreement on Fisheries", "--store", store).stdout
    assert "party: Kenya" in shown
    assert "signed on: 2024-05-03" in shown
    assert "Atlantis" not in kg("dump", "--store", store).stdout
