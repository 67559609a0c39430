"""An index pulled from a SPARQL endpoint: the same items as from a dump, in polite batches, taken up again where it stopped."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Run
from model_server import Behaviour, sends
from wikidata_dump import COUNTRIES, World, item_value, lines, made, office, redirect, statement, text_value, time_value
from wikidata_rdf import Endpoint, store
from wikidata_server import Server, serving

from kg.errors import KgError, UsageError
from kg.link import build, pull, sparql
from kg.link.items import Item
from kg.link.keys import key
from kg.link.live.settings import Settings
from kg.link.store import SqliteIndex
from kg.stores import generations
from kg.vocabulary import SCHEMA

KENYA = COUNTRIES["KE"]


@pytest.fixture(scope="module")
def world() -> World:
    return made(200)


@pytest.fixture(scope="module")
def dumped(world: World, tmp_path_factory: pytest.TempPathFactory) -> SqliteIndex:
    folder = tmp_path_factory.mktemp("dump")
    (folder / "dump.json").write_text("\n".join(lines(world)), encoding="utf-8")
    build.build([folder / "dump.json"], folder / "index")
    return SqliteIndex(folder / "index")


@pytest.fixture(scope="module")
def running(world: World) -> Iterator[Server]:
    with serving(Endpoint(store(world.entities)), "/sparql") as found:
        yield found


@pytest.fixture
def server(running: Server) -> Server:
    running.behaviours.clear()
    running.asked.clear()
    running.headers.clear()
    return running


Pull = Callable[..., pull.Report]


@pytest.fixture
def pulled(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pull:
    """Return a function that pulls kinds and countries into an index."""
    monkeypatch.setattr(pull, "BATCH", 40)
    slept: list[float] = []

    def run(kinds: str, countries: str = "KE", place: str = "index", **more: object) -> pull.Report:
        chosen = Settings(server.url, tmp_path / "cache", budget=1000)
        wish = pull.wish(kinds.split(), countries.split(), ())
        return pull.pull(chosen, tmp_path / place, wish, sleep=slept.append, **more)  # type: ignore[arg-type]

    return run


def found(index: SqliteIndex, kind: str, name: str) -> list[Item]:
    return index.find(kind, [key(kind, name)])


def told(index: SqliteIndex, kind: str, name: str, code: str) -> list[Item]:
    """Return what an index holds of what bears a name in a country; statements have no order in RDF."""
    items = [item for item in found(index, kind, name) if code in (*item.codes, *item.countries)]
    return [replace(item, names=tuple(sorted(item.names, key=lambda n: (n.text, n.since)))) for item in items]


def test_items_are_those_of_a_dump(pulled: Pull, dumped: SqliteIndex, tmp_path: Path) -> None:
    report = pulled("ministry official post", "KE NO LV")
    index = SqliteIndex(tmp_path / "index")
    assert index.size == report.items
    assert index.snapshot == dumped.snapshot
    for kind, name, code in [
        ("ministry", "Ministry of Tides", "KE"),
        ("ministry", "Ministry of Truce", "NO"),
        ("ministry", "Ministry of Salt and Sugar", "LV"),
        ("official", "Wanda Zell", "NO"),
        ("official", "Vera Ull", "KE"),
        ("post", "Minister of Tides", "KE"),
    ]:
        assert told(index, kind, name, code) == told(dumped, kind, name, code) != []


def test_what_is_referred_to_by_a_merged_identifier_is_found_under_the_present_one(tmp_path: Path) -> None:
    """Who holds but a post that was merged is not listed, since the merged one has no country any more."""
    world = World()
    post = world.add("Minister of Nets", statement("P31", item_value("Q4164871")), statement("P17", item_value(KENYA)))
    world.entities.append(redirect("Q7", post))
    world.add("Ada Brook", statement("P31", item_value("Q5")), office("Q7", "2001"), office(post, "2010"))
    with serving(Endpoint(store(world.entities)), "/sparql") as server:
        chosen = Settings(server.url, tmp_path / "cache")
        pull.pull(chosen, tmp_path / "index", pull.wish(["official"], ["KE"], ()))
    (item,) = found(SqliteIndex(tmp_path / "index"), "official", "Ada Brook")
    assert {(o.qid, o.names, o.since) for o in item.offices} == {
        (post, ("Minister of Nets",), "2001"),
        (post, ("Minister of Nets",), "2010"),
    }


def test_only_what_is_asked_for_is_pulled(pulled: Pull, tmp_path: Path) -> None:
    pulled("ministry", "KE")
    index = SqliteIndex(tmp_path / "index")
    assert {item.countries for item in found(index, "ministry", "Ministry of Tides")} == {("KE",)}
    assert found(index, "official", "Wanda Zell") == []


def test_labels_for_all_languages_are_pulled(pulled: Pull, world: World, tmp_path: Path) -> None:
    pulled("official", "KE NO PE LV JP ZA CL GH")
    index = SqliteIndex(tmp_path / "index")
    names = [e["labels"]["mul"]["value"] for e in world.entities if "mul" in e.get("labels", {}) and e["claims"]]  # type: ignore[operator,index,call-overload]
    assert names
    assert all(found(index, "official", name) for name in names)


def test_a_post_that_is_a_class_of_others_is_pulled_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pull, "BATCH", 1)
    world = World()
    minister = "Q900009999"
    of_kenya = statement("P1001", item_value(KENYA))
    world.add("Minister of Nets", statement("P31", item_value(minister)), of_kenya)
    world.add("Minister of Kenya", statement("P31", item_value("Q4164871")), of_kenya, statement("P279", item_value("Q4164871")), qid=minister)  # fmt: skip
    with serving(Endpoint(store(world.entities)), "/sparql") as server:
        pull.pull(Settings(server.url, tmp_path / "cache"), tmp_path / "index", pull.wish(["post"], ["KE"], ()))
    index = SqliteIndex(tmp_path / "index")
    assert found(index, "post", "Minister of Nets")
    assert [item.qid for item in found(index, "post", "Minister of Kenya")] == [minister]


def test_agreements_are_pulled_by_their_parties(tmp_path: Path) -> None:
    world = World()
    kind, kenya, norway = (item_value(qid) for qid in ("Q131569", KENYA, COUNTRIES["NO"]))
    about = statement("P1891", kenya), statement("P710", norway), statement("P585", time_value("2024-05"))
    world.add("Lagoon Treaty", statement("P31", kind), *about)
    with serving(Endpoint(store(world.entities)), "/sparql") as server:
        chosen = Settings(server.url, tmp_path / "cache")
        pull.pull(chosen, tmp_path / "index", pull.wish(["agreement"], ["NO"], ()))
    (item,) = found(SqliteIndex(tmp_path / "index"), "agreement", "Lagoon Treaty")
    assert (item.codes, item.since) == (("KE", "NO"), "2024-05")


def test_what_is_not_pulled_by_country_needs_none(tmp_path: Path) -> None:
    world = World()
    world.add("League of Bridges", statement("P31", item_value("Q484652")), qid="Q900000500")
    world.add("weaving", statement("P31", item_value("Q268592")), aliases=("weavery",))
    with serving(Endpoint(store(world.entities)), "/sparql") as server:
        wish = pull.wish(["organization", "sector"], [], [])
        pull.pull(Settings(server.url, tmp_path / "cache"), tmp_path / "index", wish)
    index = SqliteIndex(tmp_path / "index")
    assert [item.qid for item in found(index, "organization", "League of Bridges")] == ["Q900000500"]
    assert [item.label for item in found(index, "sector", "weavery")] == ["weaving"]


def test_the_same_endpoint_gives_the_same_index(pulled: Pull, tmp_path: Path) -> None:
    pulled("ministry official", "KE NO", "a")
    pulled("ministry official", "KE NO", "b")
    assert SqliteIndex(tmp_path / "a").digest == SqliteIndex(tmp_path / "b").digest


def test_queries_are_plain_and_batches_come_one_by_one(pulled: Pull, server: Server) -> None:
    report = pulled("official post", "KE")
    assert report.requests == len(server.asked)
    assert len({params["query"] for params in server.asked}) == len(server.asked), "nothing is asked twice"
    for params, headers in zip(server.asked, server.headers, strict=True):
        assert "SERVICE" not in params["query"]
        assert "hint:" not in params["query"]
        assert headers["Accept"] == sparql.ACCEPT
        assert headers["User-Agent"].startswith("accordgraph/")


# --- what goes wrong ---


@pytest.mark.parametrize(
    "behaviour",
    [
        sends(b'{"head":{"vars":["item"]},"results":{"bindings":[{"item":{"type":"uri"'),
        sends(b"", 429, Retry_After="3"),
        sends(b"java.util.concurrent.TimeoutException", 500),
        sends(b"<html>", 200),
    ],
    ids=["truncated", "429", "500", "html"],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_batch_that_fails_is_asked_for_again(
    behaviour: Behaviour, at: int, pulled: Pull, server: Server, tmp_path: Path
) -> None:
    pulled("ministry", "KE", "whole")
    plain, asked = server.respond, list(server.asked)
    good = [sends(_told(plain, params)) for params in asked[:at]]
    server.behaviours = [*good, behaviour]
    pulled("ministry", "KE", "index")
    assert SqliteIndex(tmp_path / "index").digest == SqliteIndex(tmp_path / "whole").digest


def _told(respond: Callable[[dict[str, str]], object], params: dict[str, str]) -> bytes:
    return json.dumps(respond(params)).encode()


@pytest.mark.slow
def test_a_pull_that_was_stopped_goes_on(pulled: Pull, server: Server, tmp_path: Path) -> None:
    whole = pulled("ministry official", "KE NO", "whole")
    plain = server.respond
    for stop in range(1, whole.requests, 3):
        place = f"index{stop}"
        server.asked.clear()

        def respond(params: dict[str, str], stop: int = stop) -> dict[str, object]:
            return {"down": True} if len(server.asked) > stop else plain(params)

        server.respond = respond
        try:
            with pytest.raises(KgError, match="run the same again"):
                pulled("ministry official", "KE NO", place)
        finally:
            server.respond = plain
        assert not (tmp_path / place).exists()
        server.asked.clear()
        pulled("ministry official", "KE NO", place)
        assert SqliteIndex(tmp_path / place).digest == SqliteIndex(tmp_path / "whole").digest


def test_what_was_pulled_is_not_pulled_again(pulled: Pull, server: Server) -> None:
    def kill(source: str, lines: int, kept: int) -> None:
        if source == "official KE":
            raise KeyboardInterrupt

    whole = pulled("ministry official", "KE", "whole").requests
    with pytest.raises(KeyboardInterrupt):
        pulled("ministry official", "KE", progress=kill)
    report = pulled("ministry official", "KE")
    assert report.resumed
    assert report.requests < whole


def test_an_endpoint_that_wants_to_rest_is_left_alone(pulled: Pull, server: Server) -> None:
    server.behaviours = [sends(b"", 429, Retry_After="600")]
    for _ in range(2):
        with pytest.raises(KgError, match="left alone for 10 minutes"):
            pulled("ministry")
    assert len(server.asked) == 1


# --- joins from the store ---


def test_the_example_joins_a_store_to_an_endpoint(example_place: Path) -> None:
    """By one request, which asks about the items of the store alone."""
    items = {q.object.value.rsplit("/", 1)[-1] for q in generations.open_store(example_place).quads_for_pattern(None, ox.NamedNode(SCHEMA.sameAs), None, ox.DefaultGraph()) if "/ministry/" in q.subject.value}  # type: ignore[union-attr]  # fmt: skip
    world = World()
    for i, qid in enumerate(sorted(items)):
        world.add(f"Body {i}", statement("P571", time_value(f"{1900 + i}")), qid=qid)
    world.add("Another body", statement("P571", time_value("1800")))
    with serving(Endpoint(store(world.entities)), "/sparql") as server:
        words = [sys.executable, str(ROOT / "examples" / "wikidata_join.py"), str(example_place), server.url]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) >= 3
    assert all(len(row) == 3 and "1900" <= row[0] < "2000" for row in rows)
    assert len(server.asked) == 1
    assert set(re.findall(r"entity/(Q\d+)", server.asked[0]["query"])) == items


# --- entities made of rows ---


def test_rows_in_any_order_make_the_same_entities(world: World) -> None:
    qids = [e["id"] for e in world.entities if str(e.get("id", "")).startswith("Q9000000")][:60]
    rows = sparql.read(_told(Endpoint(store(world.entities)), {"query": sparql.about(qids, ["en", "eo"])}), {})  # type: ignore[arg-type]
    by_id = {e["id"]: e for e in sparql.entities(rows) if "id" in e}
    assert by_id == {e["id"]: e for e in sparql.entities(reversed(rows)) if "id" in e}
    assert len(by_id) == 60


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"item": "http://www.wikidata.org/entity/Q1"},
        {"item": "http://www.wikidata.org/entity/Q1", "what": "P17", "value": "x"},
        {"item": "http://www.wikidata.org/entity/Q1", "what": "P571", "value": "x", "statement": "s", "rank": "r"},
        {"item": "http://www.wikidata.org/entity/L1", "what": "label", "value": "x"},
    ],
)
def test_rows_that_lack_something_are_passed_over(row: dict[str, str]) -> None:
    assert sparql.entities([{name: sparql.Term("uri", value) for name, value in row.items()}]) == []


def test_times_are_as_precise_as_they_are_known(tmp_path: Path) -> None:
    world = World()
    for name, day in (("Year", "1999"), ("Month", "1999-05"), ("Day", "1999-05-07")):
        about = statement("P31", item_value("Q192350")), statement("P17", item_value(KENYA))
        world.add(f"Ministry of {name}", *about, statement("P571", time_value(day)), statement("P1448", text_value(f"The {name}"), P580=time_value(day)))  # fmt: skip
    with serving(Endpoint(store(world.entities)), "/sparql") as server:
        chosen = Settings(server.url, tmp_path / "cache")
        pull.pull(chosen, tmp_path / "index", pull.wish(["ministry"], ["Kenya"], ()))
    index = SqliteIndex(tmp_path / "index")
    for name, day in (("Year", "1999"), ("Month", "1999-05"), ("Day", "1999-05-07")):
        (item,) = found(index, "ministry", f"Ministry of {name}")
        assert item.since == day
        assert [n.since for n in item.names if n.text == f"The {name}"] == [day]


# --- the command line ---


def test_pull_on_the_command_line(kg: Run, server: Server, tmp_path: Path) -> None:
    options = ("--endpoint", server.url, "--index", tmp_path / "index", "--cache", tmp_path / "cache")
    result = kg(
        "wikidata", "pull", "-k", "ministry", "-c", "KE", "-c", "Norway", "--contact", "a@example.org", *options
    )
    assert result.exit_code == 0, result.output
    assert "items in" in result.stderr
    assert "a@example.org" in server.headers[0]["User-Agent"]
    (tmp_path / "cases.csv").write_text("mention,kind,country\nMinistry of Tides,Ministry,KE\n", encoding="utf-8")
    told = kg("link", "--cases", tmp_path / "cases.csv", "--index", tmp_path / "index", "--format", "csv")
    assert ",link," in told.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-k", "ministry"], "give --country"),
        (["-k", "planet", "-c", "KE"], "there is ministry"),
        (["-k", "ministry", "-c", "Atlantis"], "no jurisdiction"),
        (["-k", "sector", "--endpoint", "nowhere"], "no http(s) address"),
        (["-k", "sector", "-l", '") } #'], "no code of a language"),
        (["-k", "sector", "--contact", "me"], "neither a mail address"),
    ],
)
def test_what_cannot_be_pulled_is_said(arguments: list[str], message: str, kg: Run, tmp_path: Path) -> None:
    options = ["--index", tmp_path / "index", "--cache", tmp_path / "cache"]
    endpoint = [] if "--endpoint" in arguments else ["--endpoint", "http://127.0.0.1:1/sparql"]
    result = kg("wikidata", "pull", *arguments, *endpoint, *options)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert message in result.stderr


def test_offline_nothing_is_pulled(kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_OFFLINE", "1")
    result = kg("wikidata", "pull", "-k", "sector", "--index", tmp_path / "index")
    assert (result.exit_code, "KG_OFFLINE" in result.stderr) == (2, True)


def test_wishes_say_what_is_wrong() -> None:
    with pytest.raises(UsageError, match="country by country"):
        pull.wish(["post"], [], [])
    assert replace(pull.wish(["post", "post"], ["Kenya", "KE"], []), languages=frozenset()) == pull.Wish(
        ("post",), ("KE",), frozenset()
    )
