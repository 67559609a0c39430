"""The third tier: what a service is asked, what becomes of its answers, and all that can go wrong with it."""

from __future__ import annotations

import gzip
import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path

import pytest
from conftest import ROOT, Run
from model_server import Behaviour, sends
from wikidata_dump import COUNTRIES, World, item_value, made, office, redirect, statement
from wikidata_server import ActionApi, Server, error, serving

from kg.errors import UsageError
from kg.evaluate import links
from kg.link.decide import Wanted
from kg.link.items import Office
from kg.link.live import cache, transport
from kg.link.live.client import Client
from kg.link.live.service import Live
from kg.link.live.settings import Settings, settings
from kg.link.tables import shipped
from kg.link.tiers import decided

DAY = 1_790_000_000.0  # 21 September 2026
KENYA = COUNTRIES["KE"]
TIDES = Wanted("ministry", ("Ministry of Tides",), "KE", False, "2024-05-03", "2024-05-03")
WANDA = Wanted("official", ("Wanda Zell",), "KE", False, "2001-06-30", "2001-06-30")


class Clock:
    """A clock that goes on only while one sleeps."""

    def __init__(self) -> None:
        self.now = DAY
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def world() -> World:
    return made(400)


@pytest.fixture(scope="module")
def running(world: World) -> Iterator[Server]:
    with serving(ActionApi(world.entities)) as found:
        yield found


@pytest.fixture
def server(running: Server) -> Server:
    running.behaviours.clear()
    running.asked.clear()
    running.headers.clear()
    return running


Open = Callable[..., Live]


@pytest.fixture
def live(server: Server, clock: Clock, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens the service anew, as another run would."""
    opened: list[Live] = []

    def open_(**changed: object) -> Live:
        chosen = replace(Settings(server.url, tmp_path / "live.sqlite", timeout=5.0), **changed)  # type: ignore[arg-type]
        opened.append(Live(chosen, Client(chosen, sleep=clock.sleep, clock=clock)))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


def linked(service: Live, wanted: Wanted) -> str:
    """Return the item to which an entity is linked; "" for none."""
    (decision,) = decided([wanted], shipped(), service)
    return decision.item.qid if decision.item is not None and decision.verdict == "link" else ""


def expected(world: World, mention: str, code: str) -> str:
    return next(qid for name, _, country, _, _, qid in world.cases if (name, country) == (mention, code))


# --- what is asked, and what becomes of it ---


def test_what_the_tables_do_not_hold_is_linked_by_the_service(live: Open, world: World) -> None:
    assert linked(live(), TIDES) == expected(world, "Ministry of Tides", "KE")


def test_items_are_weighed_like_those_of_an_index(live: Open) -> None:
    (decision,) = decided([TIDES], shipped(), live())
    assert decision.grounds == "name, country, date"
    assert decision.item is not None
    assert (decision.item.day, decision.item.revision) == ("2026-09-21", 1)
    assert decided([replace(TIDES, first="1950", last="1950")], shipped(), live())[0].verdict == "leave"


def test_offices_have_names_and_terms_and_merged_posts_are_followed(live: Open, world: World) -> None:
    assert linked(live(), WANDA) == expected(world, "Wanda Zell", "KE")
    unsure = Wanted("official", ("Wanda Zell",), offices=(Office("", ("Minister of Tides",)),))
    assert linked(live(), unsure) == ""
    told = Wanted("official", ("Wanda Zell",), "KE", offices=(Office("", ("Minister of Tides",), "2001"),))
    assert linked(live(), told) == expected(world, "Wanda Zell", "KE")


@pytest.mark.slow
def test_a_made_up_world_is_linked_without_a_wrong_link(live: Open, world: World) -> None:
    cases = [
        links.Case(i, name, Wanted({"Official": "official"}.get(kind, "ministry"), (name,), code, True, day, day), qid)
        for i, (name, kind, code, day, context, qid) in enumerate(world.cases)
        if not context and (i % 5 == 0 or i > len(world.cases) - 20)
    ]
    outcomes = links.run(cases, shipped(), live(budget=10_000))
    amiss = [o.case.mention for o in outcomes if o.result in ("wrong", "wrongly abstained")]
    assert set(amiss) <= {"Ministry of Truce"}, "official names that are no aliases are not found by a search"
    assert len(outcomes) > 100


def test_what_the_tables_link_is_not_asked_for(live: Open, server: Server) -> None:
    norway = Wanted("ministry", ("Ministry of Trade, Industry and Fisheries",), "NO")
    assert linked(live(), norway) == "Q18177740"
    assert server.asked == []


def test_what_could_not_be_linked_whatever_is_found_is_not_asked_for(live: Open, server: Server) -> None:
    assert linked(live(), Wanted("official", ("Wanda Zell",))) == ""
    assert server.asked == []


def test_a_project_and_a_contact_are_told(live: Open, server: Server) -> None:
    live(contact="ada@example.org", token="secret").candidates([TIDES])
    agent = server.headers[0]["User-Agent"]
    assert agent.startswith("accordgraph/")
    assert "https://w3id.org/accordgraph/; ada@example.org" in agent
    assert server.headers[0]["Authorization"] == "Bearer secret"


def test_several_entities_share_requests(live: Open, server: Server, world: World) -> None:
    wanted = [replace(TIDES, names=(f"Ministry of {name}",)) for name in ("Tides", "Wells", "Looms", "Ferries")]
    assert all(live().candidates(wanted))
    items = [p for p in server.asked if p["action"] == "wbgetentities"]
    assert len(items) == 2  # the ministries, and their class
    assert all(p["languages"] == "en|mul" for p in items)


def test_an_item_that_was_merged_is_linked_under_its_present_identifier(tmp_path: Path, clock: Clock) -> None:
    world = World()
    new = world.add("Ministry of Nets", statement("P31", item_value("Q192350")), statement("P17", item_value(KENYA)))
    world.entities.append(redirect("Q7", new))
    api = ActionApi(world.entities)

    def respond(params: dict[str, str]) -> dict[str, object]:
        told = api(params)
        for hit in told.get("search", []):
            hit["id"] = "Q7"  # the search has not heard of the merger yet
        return told

    with serving(respond) as server:
        chosen = Settings(server.url, tmp_path / "live.sqlite")
        with_nets = Live(chosen, Client(chosen, sleep=clock.sleep, clock=clock))
        assert linked(with_nets, replace(TIDES, names=("Ministry of Nets",))) == new
        with_nets.close()


def test_more_bearers_than_are_told_make_no_candidate(tmp_path: Path, clock: Clock) -> None:
    world = World()
    for _ in range(60):
        world.add("Ada Brook", statement("P31", item_value("Q5")), office("Q1"))
    with serving(ActionApi(world.entities)) as server:
        chosen = Settings(server.url, tmp_path / "live.sqlite")
        service = Live(chosen, Client(chosen, sleep=clock.sleep, clock=clock))
        assert service.candidates([replace(WANDA, names=("Ada Brook",))]) == [[]]
        assert "more items bear a name" in service.account()[1]
        service.close()


def test_agreements_are_sought_by_names_that_are_their_own(live: Open, server: Server) -> None:
    plain = Wanted(
        "agreement", ("Treaty between Kenya and Norway (2024)", "treaty"), "", first="2024", parties=("KE", "NO")
    )
    assert decided([plain], shipped(), live())[0].verdict == "leave"
    assert server.asked == []
    decided([replace(plain, names=("Lagoon Treaty", "treaty"))], shipped(), live())
    assert [p.get("search") for p in server.asked] == ["Lagoon Treaty"]


def test_a_country_in_the_label_is_no_part_of_the_name(tmp_path: Path, clock: Clock) -> None:
    world = World()
    about = statement("P31", item_value("Q192350")), statement("P17", item_value(KENYA))
    nets = world.add("Ministry of Nets of Kenya", *about)
    with serving(ActionApi(world.entities)) as server:
        chosen = Settings(server.url, tmp_path / "live.sqlite")
        service = Live(chosen, Client(chosen, sleep=clock.sleep, clock=clock))
        assert linked(service, replace(TIDES, names=("Ministry of Nets",))) == nets
        assert linked(service, replace(TIDES, names=("Kenyan Nets Ministry",))) == nets
        service.close()


# --- the cache ---


def test_answers_are_kept_for_a_fortnight(live: Open, server: Server, clock: Clock) -> None:
    first = live().candidates([TIDES])
    number = len(server.asked)
    assert live().candidates([TIDES]) == first
    assert len(server.asked) == number
    clock.now += cache.LASTS + 1
    again = live().candidates([TIDES])
    assert len(server.asked) == 2 * number
    assert {item.day for item in first[0]} == {"2026-09-21"}
    assert {item.day for item in again[0]} == {"2026-10-05"}


def test_offline_the_cache_answers_at_any_age(live: Open, server: Server, clock: Clock) -> None:
    first = live().candidates([TIDES])
    number = len(server.asked)
    clock.now += 10 * cache.LASTS
    offline = live(offline=True)
    assert offline.candidates([TIDES, WANDA]) == [first[0], []]
    assert len(server.asked) == number
    assert offline.account()[1].endswith("1 entity not looked up: offline, and not in the cache")


def test_an_old_answer_stands_in_where_there_is_no_new_one(live: Open, server: Server, clock: Clock) -> None:
    first = live().candidates([TIDES])
    clock.now += cache.LASTS + 1
    server.behaviours = [sends(b"", 500)] * 50
    assert live().candidates([TIDES]) == first


def test_a_damaged_cache_is_made_anew(live: Open, tmp_path: Path) -> None:
    (tmp_path / "live.sqlite").write_bytes(b"no database at all " * 100)
    assert live(offline=True).candidates([TIDES]) == [[]]
    assert live().candidates([TIDES])[0]


def test_an_answer_that_is_damaged_is_asked_for_again(live: Open, tmp_path: Path) -> None:
    first = live().candidates([TIDES])
    with sqlite3.connect(tmp_path / "live.sqlite") as db:
        db.execute("UPDATE answer SET body = 'x'")
    assert live().candidates([TIDES]) == first


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path, kg: Run, articles: Path, server: Server) -> None:
    (tmp_path / "file").touch()
    options = ("--live", server.url, "--store", tmp_path / "store")
    result = kg("build", articles, *options, "--cache", tmp_path / "file" / "cache")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "--cache names another place" in result.stderr
    assert kg("build", articles, *options, "--cache", tmp_path / "file" / "cache", "--offline").exit_code == 0


# --- what goes wrong ---


TRANSIENT = {
    "maxlag": sends(error("maxlag"), Retry_After="5"),
    "ratelimited": sends(error("ratelimited")),
    "internal": sends(error("internal_api_error_DBQueryError")),
    "429": sends(b"slow down", 429, Retry_After="7"),
    "503": sends(b"", 503),
    "truncated": sends(b'{"search":[{"id":"Q1"'),
    "no JSON": sends(b"<html>Please wait</html>"),
    "other JSON": sends(b"[1, 2]"),
    "nothing": sends(b""),
    "nested": sends(b'{"search":' + b"[" * 100_000),
    "no UTF-8": sends(b'{"search":"\xff\xfe"}'),
}


@pytest.mark.parametrize("name", TRANSIENT)
def test_what_passes_by_is_asked_again(name: str, live: Open, server: Server, clock: Clock, world: World) -> None:
    server.behaviours = [TRANSIENT[name]]
    assert linked(live(), TIDES) == expected(world, "Ministry of Tides", "KE")
    assert clock.slept == [{"maxlag": 5.0, "429": 7.0}.get(name, 2.0)]


@pytest.mark.parametrize("name", TRANSIENT)
def test_what_does_not_pass_by_leaves_the_entity_alone(name: str, live: Open, server: Server, clock: Clock) -> None:
    server.behaviours = [TRANSIENT[name]] * 3
    service = live()
    assert linked(service, TIDES) == ""
    assert len(server.asked) == 3
    assert len(clock.slept) == 2
    assert "1 entity not looked up" in service.account()[1]
    assert linked(live(), TIDES) != "", "a failure is never kept"


@pytest.mark.parametrize(
    "behaviour", [sends(error("no-such-entity")), sends(error("badvalue")), sends(b"bad request", 400)]
)
def test_what_is_refused_is_neither_asked_again_nor_kept(behaviour: Behaviour, live: Open, server: Server) -> None:
    server.behaviours = [behaviour]
    assert linked(live(), TIDES) == ""
    assert len(server.asked) == 1
    assert linked(live(), TIDES) != ""


def test_items_that_are_refused_together_are_asked_for_apart(live: Open, server: Server, world: World) -> None:
    wanted = [replace(TIDES, names=(f"Ministry of {name}",)) for name in ("Tides", "Wells")]
    plain = server.respond
    failed: list[str] = []

    def respond(params: dict[str, str]) -> dict[str, object]:
        if params["action"] == "wbgetentities" and len(params["ids"].split("|")) > 2:
            failed.append(params["ids"])
            return json.loads(error("no-such-entity"))  # type: ignore[no-any-return]
        return plain(params)

    with answering(server, respond):
        assert all(live().candidates(wanted))
    assert failed


def test_a_date_may_tell_when_to_ask_again(live: Open, server: Server, clock: Clock) -> None:
    server.behaviours = [sends(b"", 503, Retry_After=formatdate(time.time() + 30, usegmt=True))]
    assert live().candidates([TIDES])[0]
    assert 25 < clock.slept[0] <= 30


def test_a_service_that_wants_long_rest_has_it_in_later_runs_too(live: Open, server: Server, clock: Clock) -> None:
    server.behaviours = [sends(b"", 429, Retry_After="900")]
    service = live()
    assert service.candidates([TIDES, WANDA]) == [[], []]
    assert clock.slept == []
    assert "asks to be left alone for 15 minutes" in service.account()[1]
    assert live().candidates([TIDES]) == [[]]
    assert len(server.asked) == 1
    clock.now += 901
    assert live().candidates([TIDES])[0]


@pytest.mark.parametrize("status", [301, 401, 403, 404])
def test_a_wrong_set_up_is_found_out_once(status: int, live: Open, server: Server) -> None:
    server.behaviours = [sends(b"no", status, Location="http://127.0.0.1:1/")]
    service = live()
    assert service.candidates([TIDES, WANDA]) == [[], []]
    assert len(server.asked) == 1
    assert "2 entities not looked up" in service.account()[1]


def test_a_service_that_goes_on_failing_is_left_alone(live: Open, server: Server) -> None:
    server.behaviours = [sends(b"", 500)] * 100
    wanted = [replace(TIDES, names=(f"Ministry of {i}",)) for i in range(10)]
    service = live()
    assert service.candidates(wanted) == [[]] * 10
    assert len(server.asked) == 9
    assert sum("failed 3 times in a row" in line for line in service.account()) == 1


def test_nobody_there(clock: Clock, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/w/api.php"
    chosen = Settings(url, tmp_path / "live.sqlite")
    service = Live(chosen, Client(chosen, sleep=clock.sleep, clock=clock))
    assert service.candidates([TIDES]) == [[]]
    assert "cannot be reached" in service.account()[1]
    service.close()


def dribble(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, without end."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def silence(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"search":')


@pytest.mark.parametrize("behaviour", [dribble, silence])
def test_an_answer_has_its_time(behaviour: Behaviour, live: Open, server: Server) -> None:
    server.behaviours = [behaviour]
    service = live(timeout=0.3)
    begun = time.monotonic()
    assert service.candidates([TIDES]) == [[]]
    assert time.monotonic() - begun < 2
    assert len(server.asked) == 1, "another attempt would take as long"
    assert "within 0.3 s" in service.account()[1]


def test_an_answer_that_breaks_off_is_asked_for_again(live: Open, server: Server) -> None:
    server.behaviours = [hang_up]
    assert live().candidates([TIDES])[0]


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_has_its_size(packed: bool, live: Open, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST", 100_000)
    body = b'{"search":[' + b" " * 50_000_000
    behaviour = sends(gzip.compress(body), Content_Encoding="gzip") if packed else sends(body)
    server.behaviours = [behaviour]
    service = live()
    assert service.candidates([TIDES]) == [[]]
    assert "longer than" in service.account()[1]


# --- half an answer is none ---


@contextmanager
def answering(server: Server, respond: Callable[[dict[str, str]], dict[str, object]]) -> Iterator[None]:
    """Have a server answer otherwise for a while."""
    plain, server.respond = server.respond, respond
    try:
        yield
    finally:
        server.respond = plain


def test_no_candidate_stands_where_any_question_has_no_answer(live: Open, server: Server, tmp_path: Path) -> None:
    """Whichever question it is: the candidates that are left would look like all of them."""
    plain = server.respond
    assert live(budget=99).candidates([WANDA])[0]
    for failing in range(len(server.asked)):
        (tmp_path / "live.sqlite").unlink()
        asked = count()

        def respond(params: dict[str, str], failing: int = failing, asked: Iterator[int] = asked) -> dict[str, object]:
            return json.loads(error("badvalue")) if next(asked) >= failing else plain(params)  # type: ignore[no-any-return]

        with answering(server, respond):
            assert live().candidates([WANDA]) == [[]], failing


@pytest.mark.parametrize("told", [{}, {"Q1": {"id": "Q1", "claims": {"P17": 7}}}])
def test_items_that_are_left_out_or_broken_are_not_taken_for_no_items(
    told: dict[str, object], live: Open, server: Server
) -> None:
    plain = server.respond

    def respond(params: dict[str, str]) -> dict[str, object]:
        if params["action"] != "wbgetentities":
            return plain(params)
        body = dict.fromkeys(params["ids"].split("|"), told["Q1"]) if told else {}
        return {"entities": body, "success": 1}

    service = live()
    with answering(server, respond):
        assert service.candidates([TIDES]) == [[]]
    assert "1 entity not looked up" in service.account()[1]


# --- the budget ---


def test_a_budget_holds_over_runs_and_its_end_is_told(live: Open, server: Server, clock: Clock) -> None:
    wanted = [replace(TIDES, names=(f"Ministry of {name}",)) for name in ("Tides", "Wells", "Looms", "Ferries")]
    service = live(budget=5)
    assert service.candidates(wanted) == [[]] * 4
    assert len(server.asked) == 5
    assert "the budget of 5 requests an hour is spent; there is more in 60 minutes" in service.account()[1]
    assert live(budget=5).candidates(wanted[:1]) == [[]]
    assert len(server.asked) == 5
    clock.now += cache.HOUR
    assert live(budget=50).candidates(wanted)[0]


# --- builds and the command line ---

ARTICLE = {
    "id": "a", "title": "Ports", "date": "2024-05-03",
    "text": "KIGALI, 3 May 2024 - The Minister of Tides of Kenya, Yusuf Zell, and the Minister of Fisheries of Norway, Nils Aas, "
    "today signed a memorandum of understanding on ports between the Ministry of Tides of Kenya and the Norwegian Ministry of Trade.",
}  # fmt: skip
MINISTRY = "ministry/ke-ministry-of-tides"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE), encoding="utf-8")
    return tmp_path / "articles.jsonl"


def dumped(kg: Run, place: Path) -> str:
    return kg("dump", "--format", "nquads", "--store", place).stdout


def test_a_build_links_by_the_service_and_says_so(kg: Run, articles: Path, server: Server, tmp_path: Path) -> None:
    options = ("--live", server.url, "--cache", tmp_path / "cache", "--contact", "ada@example.org")
    result = kg("build", articles, "--store", tmp_path / "store", *options)
    assert result.exit_code == 0, result.output
    assert re.search(r"127\.0\.0\.1:\d+: \d+ requests, \d+ answers from the cache", result.stderr)
    found = dumped(kg, tmp_path / "store")
    item = re.search(rf"{MINISTRY}> <http://schema.org/sameAs> <http://www.wikidata.org/entity/(Q\d+)> \.", found)
    assert item is not None
    links_of = [line for line in found.splitlines() if f"link/{MINISTRY}" in line or "revision" in line]
    assert any("ontology#revision" in line and '"1"' in line for line in links_of)
    today = datetime.now(UTC).date().isoformat()
    assert f'"{today}"' in found
    assert kg("verify", "--store", tmp_path / "store").exit_code == 0


def test_the_same_cache_gives_the_same_bytes(kg: Run, articles: Path, server: Server, tmp_path: Path) -> None:
    options = ("--live", server.url, "--cache", tmp_path / "cache")
    assert kg("build", articles, "--store", tmp_path / "a", *options).exit_code == 0
    number = len(server.asked)
    assert kg("build", articles, "--store", tmp_path / "b", *options).exit_code == 0
    assert kg("build", articles, "--store", tmp_path / "c", *options, "--offline").exit_code == 0
    assert len(server.asked) == number
    assert dumped(kg, tmp_path / "a") == dumped(kg, tmp_path / "b") == dumped(kg, tmp_path / "c")


def test_a_later_answer_reaches_a_store_whose_articles_have_not_changed(
    kg: Run, articles: Path, server: Server, tmp_path: Path
) -> None:
    options = ("--store", tmp_path / "store", "--live", server.url, "--cache", tmp_path / "cache")
    assert kg("build", articles, *options, "--offline").exit_code == 0
    assert f"{MINISTRY}> <http://schema.org/sameAs>" not in dumped(kg, tmp_path / "store")
    assert kg("build", articles, *options).exit_code == 0
    assert f"{MINISTRY}> <http://schema.org/sameAs>" in dumped(kg, tmp_path / "store")
    assert kg("build", articles, "--store", tmp_path / "store").exit_code == 0
    assert f"{MINISTRY}> <http://schema.org/sameAs>" not in dumped(kg, tmp_path / "store")


def test_a_service_that_fails_fails_no_build(kg: Run, articles: Path, server: Server, tmp_path: Path) -> None:
    server.behaviours = [sends(b"gone", 404)]
    result = kg("build", articles, "--store", tmp_path / "s", "--live", server.url, "--cache", tmp_path / "cache")
    assert result.exit_code == 0
    assert "not looked up: it answered 404: gone" in result.stderr


def test_cases_are_decided_by_the_service_too(kg: Run, server: Server, tmp_path: Path, world: World) -> None:
    cases = tmp_path / "cases.csv"
    qid = expected(world, "Ministry of Tides", "KE")
    cases.write_text(f"mention,kind,country,expected_qid\nMinistry of Tides,Ministry,KE,{qid}\n", encoding="utf-8")
    options = ("--live", server.url, "--cache", tmp_path / "cache", "--format", "json")
    told = kg("link", "--cases", cases, *options)
    assert json.loads(told.stdout)["right"] == 1
    assert "requests" in told.stderr
    assert json.loads(kg("link", "--cases", cases, *options, "--offline").stdout)["right"] == 1


NO_SOCKETS = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        sys.stderr.write(f"opened: {event} {arguments}\\n")
        import os
        os._exit(99)
sys.addaudithook(refuse)
from cli import main
main()
"""


def without_sockets(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process that ends at once where anything of a socket is touched."""
    words = [sys.executable, "-c", NO_SOCKETS, *(str(a) for a in arguments)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("how", ["option", "environment"])
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_offline_no_socket_is_opened(
    how: str, filled: bool, kg: Run, articles: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ["--store", tmp_path / "store", "--live", server.url, "--cache", tmp_path / "cache"]
    if filled:
        assert kg("build", articles, *options).exit_code == 0
    number = len(server.asked)
    if how == "environment":
        monkeypatch.setenv("KG_OFFLINE", "1")
    done = without_sockets("build", articles, *options, "--workers", 1, *(["--offline"] if how == "option" else []))
    assert done.returncode == 0, done.stderr
    assert len(server.asked) == number
    assert (f"{MINISTRY}> <http://schema.org/sameAs>" in dumped(kg, tmp_path / "store")) == filled
    assert (tmp_path / "cache").exists() == filled


def test_without_offline_the_test_for_sockets_finds_one(articles: Path, server: Server, tmp_path: Path) -> None:
    options = ("--live", server.url, "--cache", tmp_path / "cache", "--store", tmp_path / "store")
    done = without_sockets("build", articles, *options, "--workers", 1)
    assert (done.returncode, "opened: socket." in done.stderr) == (99, True)


def test_without_live_no_client_is_loaded(articles: Path, tmp_path: Path) -> None:
    code = "import sys; from cli import main; main(standalone_mode=False); assert 'httpx' not in sys.modules"
    words = [sys.executable, "-c", code, "build", str(articles), "--store", str(tmp_path / "store")]
    assert subprocess.run(words, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_what_is_missing_is_said(kg: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "kg.link.live.transport", raising=False)
    result = kg("build", articles, "--store", tmp_path / "s", "--live", "wikidata", "--cache", tmp_path / "cache")
    assert result.exit_code == 2
    assert "pip install 'accordgraph[live]'" in result.stderr


# --- settings ---


@pytest.mark.parametrize(
    "service",
    ["wikipedia", "ftp://example.org/", "https://user@example.org/", "http://", "http://[::1/", "http://h:port/"],
)
def test_a_service_that_is_none_is_refused(service: str) -> None:
    with pytest.raises(UsageError, match="--live"):
        settings(service)


def test_a_token_is_for_wikidata_alone() -> None:
    assert settings("wikidata", token="secret").token == "secret"
    assert "secret" not in repr(settings("wikidata", token="secret"))
    assert settings("https://example.org/w/api.php", token="secret").token == ""


@pytest.mark.parametrize("contact", ["me", "me@example.org\r\nX: y", "näme@example.org"])
def test_a_contact_that_is_none_is_refused(contact: str) -> None:
    with pytest.raises(UsageError, match="--contact"):
        settings("wikidata", contact=contact)
