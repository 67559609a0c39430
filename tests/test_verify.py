"""`kg verify` passes what holds, and names what does not: an altered quote, shifted offsets, a fact without a claim."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Run

from kg import verify
from kg.stores import generations
from kg.vocabulary import DCT, KG, OA, RDFS, XSD

Alter = Callable[[ox.Store], None]
EVIDENCE = "https://w3id.org/accordgraph/id/article/denied"


@pytest.fixture(scope="module")
def quads(little_store: ox.Store) -> list[ox.Quad]:
    return list(little_store)


def faults(quads: list[ox.Quad], little_place: Path, alter: Alter) -> list[str]:
    """Return what verify finds in the little store once it was altered."""
    store = ox.Store()
    store.extend(quads)
    alter(store)
    with generations.open_articles(little_place) as articles:
        return [f"{f.article}: {f.what}" for f in verify.faults(store, articles, verify.Tally())]


def replaced(predicate: str, make: Callable[[ox.Quad], ox.Literal | ox.NamedNode]) -> Alter:
    """Return an alteration of the first quad with a predicate in the graph of one article."""

    def alter(store: ox.Store) -> None:
        graph = ox.NamedNode(EVIDENCE)
        quad = min(store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph), key=str)
        store.remove(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, make(quad), graph))

    return alter


def removed(predicate: str) -> Alter:
    def alter(store: ox.Store) -> None:
        graph = ox.NamedNode(EVIDENCE)
        store.remove(min(store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph), key=str))

    return alter


def shifted(by: int) -> Callable[[ox.Quad], ox.Literal]:
    return lambda quad: ox.Literal(str(int(quad.object.value) + by), datatype=ox.NamedNode(XSD.integer))  # type: ignore[union-attr]


def with_a_fact_more(store: ox.Store) -> None:
    graph = ox.NamedNode(EVIDENCE)
    agreement = next(store.quads_for_pattern(None, ox.NamedNode(KG.status), None, graph)).subject
    store.add(ox.Quad(agreement, ox.NamedNode(KG.signatory), ox.NamedNode("https://example.org/someone"), graph))


def with_a_stray_fact(store: ox.Store) -> None:
    latvia = ox.NamedNode("https://w3id.org/accordgraph/id/jurisdiction/lv")
    agreement = next(store.quads_for_pattern(None, ox.NamedNode(KG.status), None, ox.NamedNode(EVIDENCE))).subject
    store.add(ox.Quad(agreement, ox.NamedNode(KG.party), latvia))


def without_a_fact(store: ox.Store) -> None:
    for quad in list(store.quads_for_pattern(None, ox.NamedNode(KG.status), None, ox.NamedNode(EVIDENCE))):
        store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))


def without_the_graph(store: ox.Store) -> None:
    store.remove_graph(ox.NamedNode(EVIDENCE))


ALTERATIONS = {
    "quote": (replaced(OA.exact, lambda q: ox.Literal(q.object.value[:-1] + "!")), "do not read"),  # type: ignore[union-attr]
    "quote in another case": (replaced(OA.exact, lambda q: ox.Literal(q.object.value.swapcase())), "do not read"),  # type: ignore[union-attr]
    "start": (replaced(OA.start, shifted(1)), "do not read"),
    "end": (replaced(OA.end, shifted(1)), "do not read"),
    "end beyond the text": (replaced(OA.end, shifted(100_000)), "do not read"),
    "hash": (replaced(KG.contentHash, lambda q: ox.Literal("0" * 64)), "its hash differs"),
    "fact without a claim": (with_a_fact_more, "nothing is quoted for"),
    "claim without a quote": (removed(KG.evidence), "nothing is quoted for"),
    "evidence without words": (removed(OA.exact), "nothing is quoted for"),
    "evidence without an offset": (removed(OA.start), "has no offsets"),
    "offset that is no number": (replaced(OA.start, lambda q: ox.Literal("here")), "has no offsets"),
    "fact that no article states": (with_a_stray_fact, "no article states"),
    "fact that the default graph lacks": (without_a_fact, "the default graph does not hold"),
    "article without a graph": (without_the_graph, "the article has no graph"),
    "another id": (replaced(DCT.identifier, lambda q: ox.Literal("other")), "the article has no graph"),
}


def test_store_that_was_just_built_holds(quads: list[ox.Quad], little_place: Path) -> None:
    assert faults(quads, little_place, lambda store: None) == []


@pytest.mark.parametrize("name", ALTERATIONS)
def test_what_was_altered_is_found(quads: list[ox.Quad], little_place: Path, name: str) -> None:
    alter, words = ALTERATIONS[name]
    found = faults(quads, little_place, alter)
    assert any(words in fault for fault in found), found
    assert all(fault.startswith(("denied: ", "other: ", "default graph: ")) for fault in found), found


def test_examples_hold(example_place: Path) -> None:
    tally = verify.Tally()
    with generations.open_articles(example_place) as articles:
        assert list(verify.faults(generations.open_store(example_place), articles, tally)) == []
    assert (tally.articles, tally.graphs_without_text) == (47, 0)
    assert tally.quotes > 250
    assert tally.relations > 700


def altered_place(quads: list[ox.Quad], tmp_path: Path, alter: Alter) -> Path:
    with generations.begin(tmp_path / "store") as draft:
        draft.store.extend(quads)
        alter(draft.store)
        draft.publish({})
    return tmp_path / "store"


def test_command_names_the_faults_and_fails(kg: Run, quads: list[ox.Quad], tmp_path: Path) -> None:
    result = kg("verify", "--store", altered_place(quads, tmp_path, with_a_fact_more))
    assert result.exit_code == 1
    first, _, last = result.stderr.splitlines()
    assert first.startswith("denied: nothing is quoted for <https://w3id.org/accordgraph/id/agreement/")
    assert last == "Error: 2 things did not hold: see above; build the store again from its articles, with --fresh"


@pytest.mark.slow
def test_shapes_of_a_sound_store_hold(kg: Run, little_place: Path) -> None:
    result = kg("verify", "--shapes", "--store", little_place)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.slow
def test_violation_of_a_shape_is_named_and_fails(kg: Run, quads: list[ox.Quad], tmp_path: Path) -> None:
    def without_labels(store: ox.Store) -> None:
        ministry = ox.NamedNode("https://w3id.org/accordgraph/id/ministry/fi-ministry-of-education")
        for quad in list(store.quads_for_pattern(ministry, ox.NamedNode(RDFS.label), None, None)):
            store.remove(quad)

    place = altered_place(quads, tmp_path, without_labels)
    assert kg("verify", "--store", place).exit_code == 0
    result = kg("verify", "--shapes", "--store", place)
    assert result.exit_code == 1
    assert "fi-ministry-of-education: A ministry has exactly one label, in plain text." in result.stderr
