"""Every command and its options: what lands on standard output, what on standard error, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from conftest import ARTICLES, ROOT, Run

from kg import __version__
from kg.query import saved_queries
from kg.vocabulary import KG

PARTY = ox.NamedNode(KG.party)
LATVIA = "https://w3id.org/accordgraph/id/jurisdiction/lv"
KG_COMMAND = [sys.executable, str(ROOT / "cli.py")]


@pytest.fixture(autouse=True)
def store(little_place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Ask the little store, from a directory in which nothing lies."""
    monkeypatch.setenv("KG_STORE", str(little_place))
    monkeypatch.chdir(tmp_path)
    return little_place


def process(
    *arguments: str, stdin: bytes = b"", stdout: int | io.IOBase = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*KG_COMMAND, *arguments], input=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False)  # type: ignore[call-overload, no-any-return]


def assert_one_line(result, code: int, *words: str) -> None:  # type: ignore[no-untyped-def]
    """The command ended with this code, no data, and one line on standard error with these words in it."""
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    for word in words:
        assert word in result.stderr


# --- kg query ---


def test_table_is_for_people(kg: Run) -> None:
    result = kg("query", "partners", "-p", "jurisdiction=Chile")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["jurisdiction", "partner", "agreements", "sectors"]
    assert set(lines[1]) == {"─", " "}
    assert lines[2].split() == ["Chile", "Latvia", "1", "1"]


def test_csv_is_for_spreadsheets(kg: Run) -> None:
    rows = list(csv.reader(io.StringIO(kg("query", "partners", "-p", "jurisdiction=Chile", "-f", "csv").stdout)))
    assert rows == [["jurisdiction", "partner", "agreements", "sectors"], ["Chile", "Latvia", "1", "1"]]


def test_tsv_tells_terms(kg: Run) -> None:
    lines = kg("query", "partners", "-p", "jurisdiction=Chile", "-f", "tsv").stdout.splitlines()
    assert lines == ["?jurisdiction\t?partner\t?agreements\t?sectors", '"Chile"\t"Latvia"\t1\t1']


def test_json_is_the_sparql_results_format(kg: Run) -> None:
    found = json.loads(kg("query", "partners", "-p", "jurisdiction=Chile", "-f", "json").stdout)
    assert found["head"]["vars"] == ["jurisdiction", "partner", "agreements", "sectors"]
    assert found["results"]["bindings"][0]["partner"] == {"type": "literal", "value": "Latvia"}


def test_xml_is_the_sparql_results_format(kg: Run) -> None:
    root = ElementTree.fromstring(kg("query", "partners", "-p", "jurisdiction=Chile", "-f", "xml").stdout)
    assert [e.text for e in root.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [
        "Chile",
        "Latvia",
        "1",
        "1",
    ]


def test_markdown_is_for_notes(kg: Run) -> None:
    lines = kg("query", "partners", "-p", "jurisdiction=Chile", "-f", "md").stdout.splitlines()
    assert lines == [
        "| jurisdiction | partner | agreements | sectors |",
        "|---|---|---:|---:|",
        "| Chile | Latvia | 1 | 1 |",
    ]


def test_markdown_escapes_what_would_break_a_table(kg: Run) -> None:
    result = kg("query", "-", "-f", "md", stdin=b'SELECT ("a|b<c" AS ?x) {}')
    assert result.stdout.splitlines()[-1] == "| a\\|b&lt;c |"


@pytest.mark.parametrize("format_", [(), ("-f", "ttl")], ids=["default", "ttl"])
def test_construct_answers_in_turtle(kg: Run, little_store: ox.Store, format_: tuple[str, ...]) -> None:
    result = kg("query", "-", *format_, stdin=b"CONSTRUCT { ?a kg:party ?p } WHERE { ?a kg:party ?p }")
    triples = list(ox.parse(result.stdout.encode(), format=ox.RdfFormat.TURTLE))
    assert len(triples) == len(list(little_store.quads_for_pattern(None, PARTY, None, ox.DefaultGraph()))) > 10
    assert result.stdout == kg("query", "-", stdin=b"CONSTRUCT { ?a kg:party ?p } WHERE { ?a kg:party ?p }").stdout


@pytest.mark.parametrize(
    ("format_", "answer"),
    [("table", "yes\n"), ("md", "yes\n"), ("csv", "true\n"), ("json", '{"head":{},"boolean":true}\n')],
)
def test_ask_answers_yes_or_no(kg: Run, format_: str, answer: str) -> None:
    assert kg("query", "-", "-f", format_, stdin=b"ASK { ?a a kg:Agreement }").stdout == answer
    assert kg("query", "-", stdin=b"ASK { ?a a kg:Nothing }").stdout == "no\n"


@pytest.mark.parametrize(
    ("format_", "sparql", "words"),
    [
        ("ttl", "SELECT * { ?s ?p ?o }", "ttl is for CONSTRUCT"),
        ("ttl", "ASK {}", "yes or no"),
        ("csv", "CONSTRUCT WHERE { ?s a kg:Article }", "--format ttl, not csv"),
        ("table", "DESCRIBE kg:Article", "--format ttl, not table"),
    ],
)
def test_format_that_does_not_fit(kg: Run, format_: str, sparql: str, words: str) -> None:
    assert_one_line(kg("query", "-", "-f", format_, stdin=sparql.encode()), 2, words)


def test_answer_without_rows_says_so_beside_the_header(kg: Run) -> None:
    result = kg("query", "agreements", "-p", "since=2099")
    assert (result.exit_code, result.stderr) == (0, "no rows\n")
    assert result.stdout.startswith("agreement")


def test_list_names_each_query_with_its_parameters(kg: Run) -> None:
    listing = kg("query", "--list").stdout
    names = [line for line in listing.splitlines() if not line.startswith(" ")]
    assert sorted(names) == sorted(saved_queries())
    assert "-p since=…  since: signed on this day or later" in listing


def test_query_from_a_file(kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("\ufeffSELECT (COUNT(?a) AS ?n) { ?a a kg:Article }", encoding="utf-8")
    assert kg("query", file, "-f", "csv").stdout.splitlines() == ["n", "8"]


def test_hole_of_ones_own_query_is_a_parameter(kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("SELECT ?a { VALUES ?who { UNDEF } ?a kg:party ?who } ORDER BY ?a", encoding="utf-8")
    assert len(kg("query", file, "-f", "csv").stdout.splitlines()) > 10
    assert len(kg("query", file, "-p", f"who={LATVIA}", "-f", "csv").stdout.splitlines()) == 2


@pytest.mark.parametrize("value", ["Latvia", "latvia", "LV", LATVIA, f"<{LATVIA}>", "Republic of Latvia"])
def test_parameter_takes_a_name_a_code_or_an_iri(kg: Run, value: str) -> None:
    result = kg("query", "partners", "-p", f"jurisdiction={value}", "-f", "csv")
    assert result.stdout.splitlines()[1:] == ["Latvia,Chile,1,1"]


def test_show_query_prints_sparql_that_gives_the_same_answer(kg: Run) -> None:
    sparql = kg("query", "partners", "-p", "jurisdiction=Latvia", "--show-query").stdout
    assert f"VALUES ?jurisdiction {{ <{LATVIA}> }}" in sparql
    assert kg("query", "-", stdin=sparql.encode()).stdout == kg("query", "partners", "-p", "jurisdiction=Latvia").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["partners", "-p", "jurisdiction=Latvja"], "did you mean 'Latvia'"),
        (["partners", "-p", "jurisdiction=Xqzw"], "nothing in the store is called 'Xqzw' (a jurisdiction)"),
        (["partners", "-p", "juristiction=Latvia"], "no parameter 'juristiction'; it has: jurisdiction"),
        (["partners", "-p", "jurisdiction"], "NAME=VALUE"),
        (["partners", "-p", "jurisdiction=LV", "-p", "jurisdiction=CL"], "given twice"),
        (["agreements", "-p", "since=soon"], "a date such as 2024, 2024-09 or 2024-09-19, not 'soon'"),
        (["agreements", "-p", "since=2023-02-30"], "a date such as"),
        (["well-supported", "-p", "at_least=many"], "a whole number, not 'many'"),
        (["least-sure", "-p", "below=half"], "a number such as 0.7, not 'half'"),
        (["agreement-by-sector"], "did you mean agreements-by-sector"),
        ([], "which question?"),
        (["."], "is a folder"),
        (["partners", "-f", "yaml"], "'yaml' is not one of"),
        (["partners", "--store", "nowhere"], "there is no store at nowhere; build one first: kg build"),
    ],
)
def test_question_that_cannot_be_asked(kg: Run, arguments: list[str], words: str) -> None:
    assert_one_line(kg("query", *arguments), 2, words)


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        (b"SELECT * {\n ?s ?p }", "syntax error at line 2, column "),
        (b"", "it is empty"),
        (b"\xff\xfe\xfa", "not text in UTF-8"),
        (b"INSERT DATA { <http://a> <http://b> <http://c> }", "this is an update"),
        (b"PREFIX x: <http://x/>\n# one\nDELETE WHERE { ?s ?p ?o }", "this is an update"),
        (b"SELECT * { SERVICE <http://localhost:1/sparql> { ?s ?p ?o } }", "ask this store and no other host"),
        (b"SELECT * { service silent ?where { ?s ?p ?o } }", "SERVICE"),
        (b"SELECT * { " + b"{" * 5000 + b"}" * 5000 + b" }", "nested"),
    ],
)
def test_sparql_that_cannot_be_run(kg: Run, sparql: bytes, words: str) -> None:
    assert_one_line(kg("query", "-", stdin=sparql), 2, words)


def test_query_that_fails_ends_with_one(kg: Run) -> None:
    assert_one_line(kg("query", "-", stdin=b"SELECT (<http://no.such/function>(1) AS ?x) {}"), 1, "the query failed")


@pytest.mark.parametrize(
    "sparql", ["SELECT ?insert { VALUES ?insert { 1 } }", "SELECT ('SERVICE' AS ?service) {}", "# INSERT\nSELECT * {}"]
)
def test_words_of_updates_are_no_updates(kg: Run, sparql: str) -> None:
    assert kg("query", "-", stdin=sparql.encode()).exit_code == 0


# --- kg show, explain ---


@pytest.mark.parametrize("name", ["Latvia", "LV", "latvia", LATVIA])
def test_show_tells_facts_and_quotes(kg: Run, name: str) -> None:
    result = kg("show", name)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Latvia   Jurisdiction\n{LATVIA}\n")
    assert (
        "party to: Memorandum of understanding between Chile and Latvia on forestry (2024)   (1 article, confidence"
        in result.stdout
    )
    assert "    “Latvia and Chile sign memorandum on forestry”" in result.stdout


def test_show_takes_several_words_and_a_number_of_quotes(kg: Run) -> None:
    result = kg("show", "Andris", "Kalnins", "--quotes", "0")
    assert "holds: Minister of Agriculture" in result.stdout
    assert "“" not in result.stdout


def test_show_offers_the_closest_name(kg: Run) -> None:
    assert_one_line(kg("show", "Andris Kalninsh"), 2, "did you mean 'Andris Kalnins'")


def test_show_names_the_candidates_of_a_name_that_fits_several(kg: Run) -> None:
    result = kg("show", "Minister of Agriculture")
    assert_one_line(result, 2, "names 2 things", "post/lv-minister-of-agriculture>", "post/cl-minister-of-agriculture>")


def test_show_an_iri_of_which_nothing_is_known(kg: Run) -> None:
    assert_one_line(kg("show", "https://example.org/nothing"), 2, "says nothing of <https://example.org/nothing>")


def test_explain_an_article_of_the_store(kg: Run) -> None:
    result = kg("explain", "denied")
    assert "Ministry denies [A agreement] with [J Cuba] on [S mining]" in result.stdout
    assert "status: rejected" in result.stdout
    assert "“Published: 9 October 2024”   published" in result.stdout


def test_explain_without_the_text(kg: Run) -> None:
    assert "[A agreement]" not in kg("explain", "denied", "--no-text").stdout


@pytest.mark.parametrize("article", ["Rain delays harvest", "https://w3id.org/accordgraph/id/article/no-agreement"])
def test_explain_finds_an_article_by_title_or_iri(kg: Run, article: str) -> None:
    assert "no-agreement, 2024-08-30" in kg("explain", article).stdout


def test_explain_a_file_that_is_in_no_store(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("Iceland and Malta signed a treaty on fisheries in Valletta.", encoding="utf-8")
    result = kg("explain", "draft.txt", "--store", "nowhere")
    assert result.exit_code == 0
    assert "agreementType: treaty" in result.stdout


def test_explain_says_why_a_file_is_none(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert_one_line(kg("explain", "empty.txt"), 1, "empty.txt: is empty")


@pytest.mark.parametrize(
    ("article", "words"), [("denyed", "did you mean denied"), ("agreement", "articles fit 'agreement'")]
)
def test_explain_an_article_that_is_not_told(kg: Run, article: str, words: str) -> None:
    assert_one_line(kg("explain", article), 2, words)


# --- kg verify, dump, load, info ---


def test_verify_says_what_it_checked(kg: Run) -> None:
    result = kg("verify")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("checked ")
    assert result.stdout.endswith(" in 8 articles\n")


@pytest.mark.parametrize(
    ("suffix", "format_"), [("ttl", "turtle"), ("trig", "trig"), ("nq", "nquads"), ("nt", "ntriples")]
)
def test_dump_to_a_file_is_what_it_writes_to_standard_output(
    kg: Run, tmp_path: Path, suffix: str, format_: str
) -> None:
    file = tmp_path / f"graph.{suffix}"
    assert kg("dump", file).stdout == ""
    assert file.read_bytes() == kg("dump", "--format", format_).stdout_bytes
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


def test_dump_is_in_turtle_if_nothing_else_is_said(kg: Run) -> None:
    assert kg("dump").stdout_bytes == kg("dump", "-f", "turtle", "-").stdout_bytes


def test_dump_replaces_what_a_link_leads_to(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "link.nt").symlink_to("real.nt")
    assert kg("dump", "link.nt").exit_code == 0
    assert (tmp_path / "link.nt").is_symlink()
    assert (tmp_path / "real.nt").stat().st_size > 0


def test_dump_into_a_pipe_leaves_the_pipe(tmp_path: Path) -> None:
    done = process("dump", "/dev/stdout", "-f", "ntriples")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == process("dump", "-f", "ntriples").stdout


@pytest.mark.parametrize("target", ["nowhere/graph.ttl", "."])
def test_dump_where_nothing_can_be_written(kg: Run, target: str) -> None:
    assert_one_line(kg("dump", target), 1, f"cannot write {target}: ")


def test_load_gives_a_store_with_the_same_graph(kg: Run, tmp_path: Path) -> None:
    kg("dump", "all.nq")
    result = kg("load", "all.nq", "--store", "copy")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("loaded ")
    assert kg("dump", "-f", "nquads", "--store", "copy").stdout_bytes == (tmp_path / "all.nq").read_bytes()
    assert_one_line(kg("explain", "denied", "--store", "copy"), 2, "holds no texts")


def test_store_of_facts_alone_shows_them_and_has_nothing_to_verify(kg: Run) -> None:
    kg("dump", "facts.ttl")
    kg("load", "facts.ttl", "--store", "copy")
    shown = kg("show", "Latvia", "--store", "copy").stdout
    assert "party to: Memorandum of understanding between Chile and Latvia on forestry (2024)   (no quote)" in shown
    assert kg("verify", "--store", "copy").stdout.startswith("nothing to check")


@pytest.mark.parametrize(
    ("name", "content", "options", "code", "words"),
    [
        ("bad.ttl", "a b c", [], 1, "bad.ttl is not Turtle: "),
        ("bad.nq", "<http://a> <http://b> .", [], 1, "line 1"),
        ("empty.ttl", "", [], 1, "hold no RDF"),
        ("data.xyz", "", [], 2, "no RDF format is known by .xyz"),
        ("data.ttl", "", ["--format", "poem"], 2, "no RDF format is known by poem"),
    ],
)
def test_load_what_is_no_rdf(
    kg: Run, tmp_path: Path, name: str, content: str, options: list[str], code: int, words: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert_one_line(kg("load", name, "--store", "copy", *options), code, words)
    assert_one_line(kg("info", "--store", "copy"), 2, "no store at copy")


def test_load_a_file_that_does_not_exist(kg: Run) -> None:
    assert_one_line(kg("load", "nothing.ttl", "--store", "copy"), 2, "'nothing.ttl' does not exist")


def test_info_counts_what_articles_name(kg: Run) -> None:
    rows = dict(line.split() for line in kg("info").stdout.splitlines()[1:9])
    assert rows["Article"] == "8"
    assert 5 < int(rows["IndustrySector"]) < 15, "those that articles name, not the whole scheme"


# --- kg build ---


def test_build_says_what_it_found_on_standard_error(kg: Run) -> None:
    result = kg("build", ARTICLES, "--store", "mine")
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.match(r"8 articles: \d+ agreements, \d+ officials, 1 ministry, ", result.stderr)
    assert result.stderr.endswith("quads in mine\n")
    again = kg("build", ARTICLES, "--store", "mine")
    assert again.stderr == result.stderr.replace("8 articles:", "8 articles (8 unchanged):")
    assert kg("build", ARTICLES, "--store", "mine", "--quiet").output == ""


def test_build_from_standard_input_keeps_the_others_on_demand(kg: Run) -> None:
    kg("build", ARTICLES / "denied.txt", "--store", "mine", "-q")
    kg(
        "build",
        "--add",
        "-",
        "--store",
        "mine",
        "-q",
        stdin=b"Iceland and Malta signed a treaty on fisheries in Valletta.",
    )
    assert "Article                    2" in kg("info", "--store", "mine").stdout


def test_build_under_another_base(kg: Run) -> None:
    kg("build", ARTICLES / "denied.txt", "--store", "mine", "--base", "https://example.org/id/", "-q")
    assert "https://example.org/id/jurisdiction/na" in kg("show", "Namibia", "--store", "mine").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "Missing argument"),
        (["nothing.txt"], 2, "there is no file or folder 'nothing.txt'"),
        ([str(ARTICLES), "--engine", "magic"], 2, "no engine is called 'magic'; there is: rules"),
        ([str(ARTICLES), "--engine", "kg.model:Nothing"], 2, "cannot be loaded"),
        ([str(ARTICLES), "--base", "here"], 2, "cannot begin an IRI"),
        ([str(ARTICLES), "--workers", "0"], 2, "0 is not in the range"),
        ([str(ARTICLES), "--store", str(ROOT / "kg")], 2, "is no store"),
        ([str(ARTICLES), "--store", str(ROOT / "cli.py")], 2, "is a file, not the folder of a store"),
        (["."], 1, "the sources hold no articles"),
    ],
)
def test_build_that_cannot_be(kg: Run, arguments: list[str], code: int, words: str) -> None:
    assert_one_line(kg("build", *arguments, *([] if "--store" in arguments else ["--store", "mine"])), code, words)


# --- the frame ---


def test_version(kg: Run) -> None:
    assert kg("--version").stdout == f"kg, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["shw"], "there is no command 'shw'; did you mean show?"),
        (["--loud"], "No such option"),
        (["show", "--loud"], "No such option"),
    ],
)
def test_command_line_that_is_none(kg: Run, arguments: list[str], words: str) -> None:
    assert_one_line(kg(*arguments), 2, words)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(kg: Run, shell: str) -> None:
    script = kg("completion", shell).stdout
    assert f"_KG_COMPLETE={shell}_complete" in script
    found = shutil.which(shell)
    if found:
        assert subprocess.run([found, "-n"], input=script.encode(), check=False).returncode == 0


def test_completion_offers_commands() -> None:
    words = os.environ | {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": "kg ex", "COMP_CWORD": "1"}
    script = "import sys; sys.argv[0] = 'kg'; from cli import main; main(prog_name='kg')"
    done = subprocess.run(
        [sys.executable, "-c", script], env=words | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.stdout.decode().split() == ["plain,explain"]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [["dump"], ["query", "articles"], ["query", "articles", "-f", "csv"], ["show", "Latvia"]],
    ids=" ".join,
)
def test_disk_that_is_full_is_told_in_one_line(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = process(*arguments, stdout=full)
    assert (done.returncode, done.stderr.decode()) == (
        1,
        "Error: the output cannot be written: No space left on device\n",
    )


def test_reader_that_goes_away_is_no_error() -> None:
    script = f"{sys.executable} {ROOT / 'cli.py'} dump -f ntriples | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {script}"], capture_output=True, check=False)
    assert (done.returncode, done.stderr, done.stdout.count(b"\n")) == (0, b"", 1)
