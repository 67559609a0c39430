"""The saved queries: asked of a small graph made by hand, whose answers can be worked out, and of the example articles."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg import query
from kg.graph import WIKIDATA, bounds, typed
from kg.query import SavedQuery, saved_queries
from kg.vocabulary import BASE, KG, OA, RDF, RDFS, SCHEMA, XSD, ontology_quads

HERE = Path(__file__).resolve().parent
NAMES = sorted(p.stem for p in (HERE.parent / "queries").glob("*.rq"))
GOLDEN = HERE / "golden" / "queries"
DEFAULT = ox.DefaultGraph()

# What each parameter may be given, and a word of the answer that must stay, or that must go.
CASES = [
    ("agreements", "jurisdiction", "KENYA", "Aquaculture memorandum", "Solar treaty"),
    ("agreements", "party", "Ministry of Production", "Aquaculture memorandum", "Fish pact"),
    ("agreements", "sector", "renewable energy", "Solar treaty", "Fish pact"),
    ("agreements", "type", "treaty", "Solar treaty", "Fish pact"),
    ("agreements", "status", "ended", "AI programme", "Fish pact"),
    ("agreements", "since", "2025", "Aquaculture memorandum", "Fish pact"),
    ("agreements", "until", "2019-06", "AI programme", "Fish pact"),
    ("agreements-between", "a", "Japan", "Solar treaty", "Fish pact"),
    ("agreements-between", "b", "Kenya", "Fish pact", "Solar treaty"),
    ("agreements-by-jurisdiction", "sector", "solar power", "Peru", "Kenya"),
    ("agreements-by-jurisdiction", "since", "2025-01-31", "Kenya", "Japan"),
    ("agreements-by-jurisdiction", "until", "2019", "Japan", "Peru"),
    ("agreements-by-ministry", "jurisdiction", "Japan", "Ministry of Economy", "Fisheries"),
    ("agreements-by-ministry", "sector", "energy", "Ministry of Economy", "Fisheries"),
    ("agreements-by-sector", "jurisdiction", "Japan", "railways", "fisheries"),
    ("agreements-by-sector", "within", "energy", "solar energy", "fisheries"),
    ("agreements-over-time", "jurisdiction", "Peru", "2024", "2019"),
    ("agreements-over-time", "sector", "artificial intelligence", "2019", "2024"),
    ("articles", "since", "2025", "talks", "announced"),
    ("articles", "until", "2024-12", "announced", "talks"),
    ("busiest-officials", "jurisdiction", "Peru", "Ben Quispe", "Ann Otieno"),
    ("busiest-officials", "sector", "aquaculture", "Ann Otieno", "Ben Quispe"),
    ("ended-or-rejected", "jurisdiction", "Kenya", "AI programme", "Rail accord"),
    ("evidence", "agreement", "AI programme", "artificial intelligence", "fisheries"),
    ("least-sure", "below", "0.55", "0.5", "0.6"),
    ("ministries-sharing-partners", "ministry", "Ministry of Economy", "Ministry of Livestock", "Ministry of Fisheries,Ministry of Livestock"),
    ("ministries-sharing-partners", "at_least", "2", "", "Ministry of Economy"),
    ("officials-of", "of", "Ministry of Fisheries", "Ann Otieno", "Dai Mori"),
    ("partners", "jurisdiction", "Kenya", "Kenya,Japan", "Japan,Kenya"),
    ("partners", "sector", "railways", "Japan,Peru", "Kenya"),
    ("planned-never-signed", "jurisdiction", "Japan", "Solar treaty", "Beef protocol"),
    ("planned-never-signed", "before", "2024", "", "Solar treaty"),
    ("posts-over-time", "official", "Ann Otieno", "Minister of Trade", "President"),
    ("posts-over-time", "jurisdiction", "Kenya", "President", "Ben"),
    ("sectors-of-jurisdictions", "jurisdiction", "Japan", "Japan,railways", "Kenya"),
    ("sectors-together", "sector", "research", "aquaculture", "ports"),
    ("signing-places", "jurisdiction", "Kenya", "Nairobi", "Japan"),
    ("single-source", "agreement", "Fish pact", "Fish pact", "Aquaculture memorandum"),
    ("status-disagreements", "agreement", "Rail accord", "Rejected", "Signed"),
    ("well-supported", "agreement", "Fish pact", "fisheries", "Aquaculture memorandum"),
    ("well-supported", "at_least", "3", "fisheries", "Signed"),
    ("who-signed", "agreement", "Aquaculture memorandum", "Ann Otieno", "Ben Quispe"),
    ("who-signed", "official", "Cho Wanjiru", "stood by", "Ann Otieno"),
    ("wikidata-links", "only", "jurisdiction", "Q114", "Q900000001"),
    ("without-wikidata", "only", "ministry", "Ministry of Economy", "Ann Otieno"),
]  # fmt: skip

# Saved queries that the example articles need not answer, and why.
NO_ROWS = {
    "ministries-sharing-partners": "depends on ministries being named as parties, which few example articles do",
    "status-disagreements": "needs articles that are read to differ",
}


@pytest.fixture(scope="module")
def small() -> list[ox.Quad]:
    """Return the quads of a store made of tests/data/small.trig: claims with quotes, and each fact in the default graph."""
    stated = list(ox.parse(path=HERE / "data" / "small.trig", format=ox.RdfFormat.TRIG))
    quads = [ox.Quad(t.subject, t.predicate, t.object, DEFAULT) for t in ontology_quads()]
    for number, fact in enumerate(stated):
        quads += [fact, ox.Quad(fact.subject, fact.predicate, fact.object, DEFAULT), *claimed(fact, number)]
    links = [
        ox.Quad(ox.NamedNode(f"{BASE}{entity}"), ox.NamedNode(SCHEMA.sameAs), ox.NamedNode(f"{WIKIDATA}{qid}"), DEFAULT)
        for entity, qid in (("jurisdiction/ke", "Q114"), ("official/dai", "Q900000001"))
    ]
    return [*dict.fromkeys(quads), *links]


def claimed(fact: ox.Quad, number: int) -> list[ox.Quad]:
    """Return the claim of a relation, with its evidence; the bounds of a date; nothing for types, labels and metadata."""
    predicate = fact.predicate.value
    if not predicate.startswith((str(KG.party).rsplit("#", 1)[0], "http://www.w3.org/ns/org#")):
        return []
    claim = f"<https://example.org/claim/{number}>"
    evidence = f"<https://example.org/quote/{number}>"
    confidence = 0.5 + number % 5 / 10
    lines = [
        f"{claim} <{RDF.type}> <{KG.Claim}>",
        f"{claim} <{RDF.subject}> {fact.subject}",
        f"{claim} <{RDF.predicate}> {fact.predicate}",
        f"{claim} <{RDF.object}> {fact.object}",
        f"{claim} <{KG.confidence}> {typed(f'{confidence:.1f}', XSD.decimal)}",
        f"{claim} <{KG.evidence}> {evidence}",
        f'{evidence} <{OA.exact}> "words {number}"',
    ]
    made = [f"{line} {fact.graph_name} ." for line in lines]
    if predicate == KG.signedOn:
        for bound, day in zip((KG.earliest, KG.latest), bounds(fact.object.value), strict=True):
            made.append(f"{fact.subject} <{bound}> {typed(day, XSD.date)} .")
    return list(ox.parse("\n".join(made), format=ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def small_store(small: list[ox.Quad]) -> ox.Store:
    return filled(small)


def filled(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def asked(store: ox.Store, saved: SavedQuery, **values: str) -> str:
    """Return the answer as CSV."""
    results = query.run(store, query.bind(saved, values, store))
    out = io.BytesIO()
    results.serialize(out, ox.QueryResultsFormat.CSV)
    return out.getvalue().decode().replace("\r\n", "\n")


@pytest.mark.parametrize("name", NAMES)
def test_header_fits_the_query(name: str) -> None:
    saved = saved_queries()[name]
    assert saved.title
    assert not saved.title.endswith(".")
    assert saved.description.endswith(".")
    declared = re.findall(r"^# param (\w+):", saved.sparql, re.MULTILINE)
    holes = re.findall(r"VALUES \?(\w+) \{ UNDEF \}", saved.sparql)
    assert set(declared) == set(holes)
    assert len(declared) == len(set(declared))
    assert all(p.comment for p in saved.parameters)


@pytest.mark.parametrize("name", NAMES)
def test_another_reader_of_sparql_reads_the_file_as_it_stands(name: str) -> None:
    prepareQuery(saved_queries()[name].sparql)


@pytest.mark.parametrize("name", NAMES)
def test_columns_have_short_names_and_hold_no_bare_iris(small_store: ox.Store, name: str) -> None:
    results = query.run(small_store, saved_queries()[name].sparql)
    assert isinstance(results, ox.QuerySolutions)
    columns = [v.value for v in results.variables]
    assert all(re.fullmatch(r"[a-z_]{2,14}", column) for column in columns), columns
    for row in results:
        named = {c for c in columns if isinstance(row[c], ox.NamedNode)}
        assert named <= {"entity"}, "a label says more than an IRI; `entity` is there to be copied into a links file"


@pytest.mark.parametrize("name", NAMES)
def test_answer_about_the_small_graph(small_store: ox.Store, name: str, request: pytest.FixtureRequest) -> None:
    answer = asked(small_store, saved_queries()[name])
    path = GOLDEN / f"{name}.csv"
    if request.config.getoption("--update-golden"):
        path.write_text(answer, encoding="utf-8")
    assert answer == path.read_text(encoding="utf-8")


def test_every_golden_answer_has_its_query() -> None:
    assert sorted(p.stem for p in GOLDEN.glob("*.csv")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_row_stands_twice(small_store: ox.Store, name: str) -> None:
    rows = asked(small_store, saved_queries()[name]).splitlines()[1:]
    assert len(rows) == len(set(rows))
    assert rows, "the small graph has something to say to every question"


@pytest.mark.parametrize("name", NAMES)
def test_order_does_not_depend_on_the_store(small: list[ox.Quad], name: str) -> None:
    saved = saved_queries()[name]
    assert "ORDER BY" in saved.sparql.splitlines()[-1]
    answers = set()
    for seed in range(3):
        shuffled = list(small)
        random.Random(seed).shuffle(shuffled)
        answers.add(asked(filled(shuffled), saved))
    assert len(answers) == 1


@pytest.mark.parametrize(("name", "parameter", "value", "stays", "goes"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_parameter_narrows(small_store: ox.Store, name: str, parameter: str, value: str, stays: str, goes: str) -> None:
    saved = saved_queries()[name]
    everything, some = asked(small_store, saved), asked(small_store, saved, **{parameter: value})
    assert stays in some
    assert goes not in some
    assert stays in everything
    assert goes in everything
    assert some.splitlines()[0] == everything.splitlines()[0]


def test_every_parameter_is_tried() -> None:
    assert {c[:2] for c in CASES} == {(n, p.name) for n, s in saved_queries().items() for p in s.parameters}


def test_two_parameters_go_together(small_store: ox.Store) -> None:
    answer = asked(small_store, saved_queries()["agreements-between"], a="Kenya", b="Peru")
    assert [line.split(",")[2] for line in answer.splitlines()[1:]] == [
        "Aquaculture memorandum",
        "Fish pact",
        "Beef protocol",
    ]


@pytest.mark.parametrize("value", ["much", "0.7.1", "1e3", ""])
def test_a_number_is_a_number(small_store: ox.Store, value: str) -> None:
    saved = saved_queries()["least-sure"]
    if not value:
        assert asked(small_store, saved, below="") == asked(small_store, saved)
        return
    with pytest.raises(query.UsageError, match=r"below is a number such as 0\.7, not"):
        asked(small_store, saved, below=value)


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(NO_ROWS)))
def test_the_examples_have_an_answer(example_store: ox.Store, name: str) -> None:
    assert len(asked(example_store, saved_queries()[name]).splitlines()) > 1


def test_labels_of_the_small_graph_are_unique(small_store: ox.Store) -> None:
    """Parameters name things by label here: two things of one label would make the cases above unclear."""
    quads = small_store.quads_for_pattern(None, ox.NamedNode(RDFS.label), None, DEFAULT)
    named = [q.object.value for q in quads if "/id/" in q.subject.value and "/sector" not in q.subject.value]
    assert len(named) == len(set(named))
