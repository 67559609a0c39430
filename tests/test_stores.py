"""The folder of a store: generations switch in one step, old ones go, and what is no store is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import KgError, UsageError
from kg.model import Article, Outcome, Page, Reading
from kg.stores import generations
from kg.stores.articles import ArticleStore
from kg.stores.cache import Cache, key_of

QUAD = ox.Quad(ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/b"), ox.Literal("c"))


def publish(place: Path, value: str) -> None:
    """Make a generation that holds one quad."""
    with generations.begin(place) as draft:
        draft.store.add(ox.Quad(QUAD.subject, QUAD.predicate, ox.Literal(value)))
        draft.publish({"value": value})


def values(place: Path) -> list[str]:
    return [q.object.value for q in generations.open_store(place) if isinstance(q.object, ox.Literal)]


def numbers(place: Path) -> list[str]:
    return sorted(p.name for p in (place / "generations").iterdir())


# --- generations ---


def test_new_generation_is_seen_once_it_is_published(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    with generations.begin(tmp_path) as draft:
        draft.store.add(QUAD)
        assert values(tmp_path) == ["one"]
        draft.publish({})
        assert values(tmp_path) == ["c"]


def test_reader_of_the_generation_before_goes_on_reading(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    before = generations.open_store(tmp_path)
    publish(tmp_path, "two")
    assert [q.object.value for q in before if isinstance(q.object, ox.Literal)] == ["one"]
    assert values(tmp_path) == ["two"]


def test_current_one_and_the_one_before_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        publish(tmp_path, str(number))
    assert numbers(tmp_path) == ["0004", "0005"]
    assert os.readlink(tmp_path / "current") == "generations/0005/graph"
    assert generations.require(tmp_path).info == {"value": "4"}


def test_draft_that_is_not_published_goes(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    with generations.begin(tmp_path) as draft:
        draft.store.add(QUAD)
    with pytest.raises(ZeroDivisionError), generations.begin(tmp_path) as draft:
        draft.store.add(ox.Quad(QUAD.subject, QUAD.predicate, ox.Literal(1 // 0)))
    assert (numbers(tmp_path), values(tmp_path)) == (["0001"], ["one"])


def test_what_a_killed_build_left_goes_with_the_next(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    left = tmp_path / "generations" / "0007"
    (left / "graph").mkdir(parents=True)
    (tmp_path / "current.new").symlink_to("generations/0007/graph")
    assert values(tmp_path) == ["one"]
    publish(tmp_path, "two")
    assert (values(tmp_path), left.exists()) == (["two"], False)


def test_only_one_writes_at_a_time(tmp_path: Path) -> None:
    with (
        generations.begin(tmp_path),
        pytest.raises(KgError, match="another build is writing"),
        generations.begin(tmp_path),
    ):
        pass


def test_system_that_cannot_write_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="No space left on device; the store is as it was"), generations.begin(tmp_path):
        raise OSError(28, "No space left on device")


def test_folder_with_something_else_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").touch()
    with pytest.raises(UsageError, match=r"is no store \(it holds thesis.doc\)"), generations.begin(tmp_path):
        pass
    with pytest.raises(UsageError, match="is no store"):
        generations.open_store(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]


def test_damaged_graph_is_told(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    graph = generations.require(tmp_path).graph
    (graph / "CURRENT").write_text("nothing\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"cannot be opened .*; build it again"):
        generations.open_store(tmp_path)


def test_lost_notes_on_the_build_cost_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    (generations.require(tmp_path).path / "build.json").write_text("{", encoding="utf-8")
    assert generations.require(tmp_path).info == {}
    assert values(tmp_path) == ["one"]


# --- articles ---


def outcome(id_: str, text: str, origin: str) -> Outcome:
    return Outcome(id_, origin, Article(id_, text, "", hash=f"hash of {text}"), Reading())


SAME_ID = [outcome("a", "words", "1.txt"), outcome("a", "other words", "2.txt"), outcome("a", "words", "0.txt")]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_which_of_several_articles_with_one_id_stays_does_not_depend_on_their_order(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    with ArticleStore.create(tmp_path / "articles.sqlite") as articles:
        lost = [articles.add(SAME_ID[n], "https://example.org/a") for n in order]
    assert sum(found is not None for found in lost) == 2
    with ArticleStore.open(tmp_path / "articles.sqlite") as articles:
        assert [o.article.text for o in articles.outcomes() if o.article] == ["other words"]


def test_article_comes_back_as_it_was_added(tmp_path: Path) -> None:
    added = outcome("a/ü", "Words “in” quotes\n\u2028and \U0001f41f.", "1.txt")
    with ArticleStore.create(tmp_path / "articles.sqlite") as articles:
        assert articles.add(added, "https://example.org/a") is None
        assert (articles.count(), list(articles.ids())) == (1, ["a/ü"])
    with ArticleStore.open(tmp_path / "articles.sqlite") as articles:
        assert list(articles.outcomes()) == [added]
        assert articles.get("b") is None


def test_damaged_articles_are_told(tmp_path: Path) -> None:
    (tmp_path / "articles.sqlite").write_bytes(b"no database at all" * 100)
    with (
        pytest.raises(KgError, match="build the store again"),
        ArticleStore.open(tmp_path / "articles.sqlite") as articles,
    ):
        articles.count()


# --- the cache ---


def test_outcome_is_known_by_all_that_it_depends_on() -> None:
    page = Page("a", "a.txt", "text/plain", b"words")
    others = [
        Page("b", "a.txt", "text/plain", b"words"),
        Page("a", "a.txt", "text/html", b"words"),
        Page("a", "a.txt", "text/plain", b"word"),
    ]
    assert len({key_of(page, "1"), key_of(page, "2"), *(key_of(p, "1") for p in others)}) == 5
    assert key_of(Page("a", "elsewhere/a.txt", "text/plain", b"words"), "1") == key_of(page, "1")


def test_cache_forgets_what_a_build_did_not_use(tmp_path: Path) -> None:
    one, two = outcome("one", "words", "1.txt"), outcome("two", "words", "2.txt")
    with Cache(tmp_path) as cache:
        cache.put_many({"1": one, "2": two})
    with Cache(tmp_path) as cache:
        assert cache.get_many(["1", "3"]) == {"1": one}
    with Cache(tmp_path) as cache:
        assert cache.get_many(["1", "2"]) == {"1": one}


def test_build_that_fails_forgets_nothing(tmp_path: Path) -> None:
    one = outcome("one", "words", "1.txt")
    with Cache(tmp_path) as cache:
        cache.put_many({"1": one})
    with pytest.raises(ZeroDivisionError), Cache(tmp_path) as cache:
        raise ZeroDivisionError
    with Cache(tmp_path) as cache:
        assert cache.get_many(["1"]) == {"1": one}


def test_generation_says_how_it_was_built(little_place: Path) -> None:
    info = json.loads((generations.require(little_place).path / "build.json").read_text(encoding="utf-8"))
    assert (info["articles"], info["engine"], info["left_out"]) == (8, "rules", 0)
