"""Binding: whatever a user types becomes one RDF term; it is never pasted into a query."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import query
from kg.errors import KgError, UsageError
from kg.query import Parameter, parsed
from kg.vocabulary import XSD

ECHO = parsed("echo", "SELECT ?x ?rest WHERE { VALUES ?x { UNDEF } BIND('untouched' AS ?rest) }")
HOSTILE = [
    '"', "'", "\\", '"""', "}", "{ UNDEF }", "\n", "\r\n", "\t", "#", '" } #', "<", ">", "?x", "$GRAPH$", "\\u0022", "\\", "\x00", "\ufeff", "\u2028",
    "'; DROP ALL", "VALUES ?x { UNDEF }", "https://example.org/> } #", "<https://example.org/a b>", "\U0001f41f", "a\\", 'a" . ?s ?p "b', "@en", "^^<x>",
]  # fmt: skip
TYPED = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=40),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=6).map("".join),
)


def rows(sparql: str, store: ox.Store) -> list[tuple[str | None, str]]:
    found = query.run(store, sparql)
    assert isinstance(found, ox.QuerySolutions)
    return [(row["x"].value if row["x"] is not None else None, row["rest"].value) for row in found]


@given(value=TYPED)
@settings(max_examples=150, deadline=None)
def test_any_text_is_bound_as_the_term_that_it_is(value: str) -> None:
    store = ox.Store()
    bound = query.bind(ECHO, {"x": value}, store)
    term = (
        value.strip("<>") if value and isinstance(query.term(value, ECHO.parameters[0], store), ox.NamedNode) else value
    )
    assert rows(bound, store) == [(term or None, "untouched")]


@given(value=TYPED)
@settings(max_examples=100, deadline=None)
def test_any_text_for_a_name_names_something_or_is_refused(value: str) -> None:
    asked = parsed(
        "q", "# param x: jurisdiction -- a place\nSELECT ?x ?rest WHERE { VALUES ?x { UNDEF } BIND('' AS ?rest) }"
    )
    if not value:
        return
    with pytest.raises(UsageError) as caught:
        query.bind(asked, {"x": value}, ox.Store())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("integer", "12", ox.Literal(12)),
        ("integer", "-3", ox.Literal(-3)),
        ("number", "0.5", ox.Literal("0.5", datatype=ox.NamedNode(XSD.decimal))),
        ("since", "2024", ox.Literal("2024-01-01", datatype=ox.NamedNode(XSD.date))),
        ("until", "2024-02", ox.Literal("2024-02-29", datatype=ox.NamedNode(XSD.date))),
        ("until", "2024-09-19", ox.Literal("2024-09-19", datatype=ox.NamedNode(XSD.date))),
        ("text", "https://example.org/a", ox.Literal("https://example.org/a")),
        ("term", "https://example.org/a", ox.NamedNode("https://example.org/a")),
        ("term", "<https://example.org/a>", ox.NamedNode("https://example.org/a")),
        ("term", "javascript:alert(1)", ox.Literal("javascript:alert(1)")),
    ],
)
def test_value_becomes_a_term_of_the_kind(kind: str, value: str, term: ox.NamedNode | ox.Literal) -> None:
    assert query.term(value, Parameter("x", kind, "", ""), ox.Store()) == term


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.5"),
        ("integer", "9" * 30),
        ("integer", "١"),
        ("number", "1e400"),
        ("number", "NaN"),
        ("number", "١.٥"),
        ("since", "yesterday"),
        ("until", "2024-13"),
    ],
)
def test_value_that_does_not_fit_is_refused(kind: str, value: str) -> None:
    with pytest.raises(UsageError, match=re.escape(repr(value))):
        query.term(value, Parameter("x", kind, "", ""), ox.Store())


def test_hole_that_is_left_open_stays_as_it_is() -> None:
    assert query.bind(ECHO, {}, ox.Store()) == ECHO.sparql


def test_every_place_of_a_parameter_is_filled() -> None:
    asked = parsed("q", "SELECT * { { VALUES ?x { UNDEF } } UNION { VALUES ?x {UNDEF} } }")
    assert query.bind(asked, {"x": "a"}, ox.Store()).count('{ "a" }') == 2


def test_header_tells_title_description_and_parameters() -> None:
    asked = parsed(
        "q",
        "# title: T\n# description: D.\n# param n: integer = 3 -- how many: at least\nSELECT * { VALUES ?n { UNDEF } VALUES ?other { UNDEF } }",
    )
    assert (asked.title, asked.description) == ("T", "D.")
    assert asked.parameters == (
        Parameter("n", "integer", "3", "how many: at least"),
        Parameter("other", "term", "", ""),
    )
    assert 'VALUES ?n { "3"^^' in query.bind(asked, {}, ox.Store())


@pytest.mark.parametrize("line", ["# param n: colour", "# param n", "# param : integer"])
def test_header_that_is_wrong_is_told(line: str) -> None:
    with pytest.raises(KgError, match="a parameter reads"):
        parsed("q", f"{line}\nSELECT * {{}}")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <https://example.org/> {} }",
        "SELECT * { ?s ?p ?o SERVICE ?s {} }",
        "SELECT * { { SeRvIcE SILENT <https://example.org/> { ?s ?p ?o } } }",
        'SELECT * { ?s ?p "a" . SERVICE <https://example.org/> {} }',
        "SELECT * { ?s ?p ?o }#\nSERVICE <https://example.org/> {}",
    ],
)
def test_no_query_asks_another_host(sparql: str) -> None:
    with pytest.raises(UsageError, match="SERVICE"):
        query.run(ox.Store(), sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s ?p 'SERVICE <x>' }",
        "SELECT ?SERVICE { ?SERVICE ?p ?o }",
        "# SERVICE\nASK {}",
        "SELECT * { ?s <https://example.org/SERVICE> ?o }",
        "PREFIX service: <https://example.org/> SELECT * { ?s service:is ?o }",
    ],
)
def test_the_word_may_stand_elsewhere(sparql: str) -> None:
    query.run(ox.Store(), sparql)


UPDATES = [
    "INSERT DATA { <a:a> <a:a> <a:a> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP DEFAULT",
    "LOAD <https://example.org/>",
    "BASE <https://example.org/>\nPREFIX a: <https://example.org/>\nWITH <a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "# harmless\nCREATE GRAPH <a:a>",
]


@pytest.mark.parametrize("sparql", UPDATES)
def test_update_is_refused_and_changes_nothing(little_store: ox.Store, sparql: str) -> None:
    before = len(little_store)
    with pytest.raises(UsageError, match="this is an update"):
        query.run(little_store, sparql)
    assert len(little_store) == before


def test_syntax_error_is_told_with_its_place() -> None:
    with pytest.raises(UsageError, match=r"syntax error at line 2, column \d+: expected"):
        query.run(ox.Store(), "SELECT *\nWHER { ?s ?p ?o }")


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_as_a_query_is_answered_or_refused_in_one_line(text: str) -> None:
    try:
        query.run(ox.Store(), text)
    except KgError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017 - both ends are right here
