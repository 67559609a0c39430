"""Dumps: the same bytes for the same graph, read by other programs, and back again without loss."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import dump
from kg.errors import UsageError
from kg.stores import generations
from kg.vocabulary import XSD


def dumped(store: ox.Store, format_: str) -> bytes:
    out = io.BytesIO()
    dump.dump(store, out, format_)
    return out.getvalue()


def store_of(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


# --- any graph ---

WORDS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=30)
TAIL = st.text("abcXYZ019-_.~/éß中", min_size=1, max_size=12)
IRIS = st.builds(lambda tail: ox.NamedNode(f"https://example.org/{tail}"), TAIL)
NUMBERS = st.integers(-(2**62), 2**62).map(ox.Literal)
LITERALS = st.one_of(
    WORDS.map(ox.Literal),
    NUMBERS,
    st.builds(
        lambda words, tag: ox.Literal(words, language=tag), WORDS, st.sampled_from(["en", "zh-hans", "mi", "de-1996"])
    ),
    st.builds(lambda words: ox.Literal(words, datatype=ox.NamedNode("https://example.org/type")), WORDS),
    st.dates().map(lambda day: ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD.date))),
    st.sampled_from(["0.5", "1", "-12345678901.25"]).map(lambda n: ox.Literal(n, datatype=ox.NamedNode(XSD.decimal))),
)
GRAPHS = st.one_of(st.just(ox.DefaultGraph()), IRIS)
QUADS = st.lists(st.builds(ox.Quad, IRIS, IRIS, st.one_of(IRIS, LITERALS), GRAPHS), max_size=15)


@pytest.mark.parametrize(("format_", "rdf"), [("nquads", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG)])
@given(quads=QUADS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_dump_loaded_again_is_the_same_graph_and_the_same_dump(
    format_: str, rdf: ox.RdfFormat, quads: list[ox.Quad]
) -> None:
    store = store_of(quads)
    written = dumped(store, format_)
    again = ox.Store()
    again.bulk_load(written, format=rdf)
    assert set(again) == set(store)
    assert dumped(again, format_) == written


@given(quads=QUADS, seed=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_order_in_which_a_graph_came_does_not_matter(quads: list[ox.Quad], seed: random.Random) -> None:
    shuffled = list(quads)
    seed.shuffle(shuffled)
    for format_ in dump.FORMATS:
        assert dumped(store_of(shuffled), format_) == dumped(store_of(quads), format_)


def test_many_lines_are_sorted_by_way_of_files(little_store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = dumped(little_store, "nquads")
    monkeypatch.setattr(dump, "_CHUNK", 500)
    assert dumped(little_store, "nquads") == at_once


# --- the graph of articles ---


def test_lines_are_sorted_and_distinct(little_store: ox.Store) -> None:
    lines = dumped(little_store, "ntriples").splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(list(little_store.quads_for_pattern(None, None, None, ox.DefaultGraph())))


def test_named_graphs_stay_together_after_the_default_one(little_store: ox.Store) -> None:
    graphs = [q.graph_name for q in ox.parse(dumped(little_store, "nquads"), format=ox.RdfFormat.N_QUADS)]
    first_of_each = list(dict.fromkeys(graphs))
    assert graphs == sorted(graphs, key=first_of_each.index)
    assert first_of_each[0] == ox.DefaultGraph()
    assert len(first_of_each) > 8


def test_turtle_is_written_with_prefixes(little_store: ox.Store) -> None:
    lines = dumped(little_store, "turtle").decode().splitlines()
    assert "@prefix ministry: <https://w3id.org/accordgraph/id/ministry/> ." in lines
    assert any(line.startswith("jurisdiction:lv ") for line in lines)


def test_texts_of_articles_are_in_no_dump(little_store: ox.Store) -> None:
    assert b"foresters of the two countries" not in dumped(little_store, "nquads")


def test_rdflib_reads_the_same_triples(little_store: ox.Store) -> None:
    by_line = rdflib.Graph().parse(data=dumped(little_store, "ntriples"), format="nt")
    assert set(rdflib.Graph().parse(data=dumped(little_store, "turtle"), format="turtle")) == set(by_line)
    assert len(by_line) == len(dumped(little_store, "ntriples").splitlines())


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper is not here (apt-get install raptor2-utils)")
@pytest.mark.parametrize("format_", ["turtle", "trig", "nquads", "ntriples"])
def test_rapper_counts_the_same_triples(little_store: ox.Store, tmp_path: Path, format_: str) -> None:
    file = tmp_path / "graph"
    file.write_bytes(dumped(little_store, format_))
    done = subprocess.run(
        ["rapper", "--count", "--input", format_, str(file)], capture_output=True, text=True, check=False
    )
    whole = len(little_store) if format_ in ("trig", "nquads") else len(dumped(little_store, "ntriples").splitlines())
    assert (done.returncode, f"returned {whole} triples" in done.stderr) == (0, True), done.stderr


def test_format_that_is_none(little_place: Path) -> None:
    with pytest.raises(UsageError, match="no format is called 'poem'; there is: turtle"):
        dumped(generations.open_store(little_place), "poem")
