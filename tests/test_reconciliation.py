"""Candidates from a Reconciliation 0.2 service: what it is asked, by the schemas of the protocol, and what is made of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run
from model_server import sends
from reconciliation_server import MANIFEST, Service
from wikidata_dump import World, item_value, made, statement, time_value
from wikidata_server import Server, serving

from kg.errors import UsageError
from kg.link.decide import Wanted
from kg.link.items import Office
from kg.link.live.client import Client
from kg.link.live.service import Live
from kg.link.live.settings import Settings
from kg.link.tables import shipped
from kg.link.tiers import decided

TIDES = Wanted("ministry", ("Ministry of Tides",), "KE", False, "2024-05-03", "2024-05-03")
WANDA = Wanted("official", ("Wanda Zell",), "NO", offices=(Office("", ("Minister of Tides",)),))


@pytest.fixture(scope="module")
def world() -> World:
    return made(40)


@pytest.fixture
def service(world: World) -> Service:
    return Service(world.entities)


@pytest.fixture
def server(service: Service) -> Iterator[Server]:
    with serving(service, "/en/api") as found:
        yield found


Open = Callable[..., Live]


@pytest.fixture
def live(server: Server, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens the service anew, as another run would."""
    opened: list[Live] = []

    def open_(**changed: object) -> Live:
        chosen = replace(Settings(server.url, tmp_path / "live.sqlite"), **changed)  # type: ignore[arg-type]
        opened.append(Live(chosen, Client(chosen, sleep=lambda seconds: None)))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


def linked(service: Live, wanted: Wanted) -> str:
    (decision,) = decided([wanted], shipped(), service)
    return decision.item.qid if decision.item is not None and decision.verdict == "link" else ""


def qid(world: World, mention: str, code: str) -> str:
    return next(item for name, _, country, _, _, item in world.cases if (name, country) == (mention, code))


def test_country_and_dates_of_candidates_decide(live: Open, world: World) -> None:
    assert linked(live(), TIDES) == qid(world, "Ministry of Tides", "KE")
    assert linked(live(), replace(TIDES, code="NO")) == qid(world, "Ministry of Tides", "NO")
    assert linked(live(), replace(TIDES, first="1950", last="1950")) == ""
    assert linked(live(), replace(TIDES, code="FR")) == ""


def test_posts_of_candidates_decide(live: Open, world: World) -> None:
    assert linked(live(), WANDA) == next(
        item for name, _, code, *_, item in world.cases if (name, code) == ("Wanda Zell", "NO")
    )
    assert linked(live(), replace(WANDA, code="KE")) == "", "two of them, and offices have no terms here"


def test_parties_and_days_of_agreements_decide(tmp_path: Path) -> None:
    world = World()
    parties = (statement("P1891", item_value("Q114")), statement("P710", item_value("Q20")))
    treaty = world.add("Lagoon Treaty", statement("P31", item_value("Q131569")), *parties, statement("P585", time_value("2024-05-03")))  # fmt: skip
    with serving(Service(world.entities), "/en/api") as server:
        chosen = Settings(server.url, tmp_path / "live.sqlite")
        service = Live(chosen, Client(chosen))
        lagoon = Wanted("agreement", ("Lagoon Treaty",), first="2024-05-03", last="2024-05-03", parties=("KE", "NO"))
        assert linked(service, lagoon) == treaty
        assert linked(service, replace(lagoon, first="1999", last="1999")) == ""
        service.close()


def test_match_and_score_count_for_nothing(live: Open, server: Server) -> None:
    """Each candidate comes with match: true, which is the service's own opinion."""
    assert linked(live(), replace(TIDES, names=("Ministry",))) == ""


def test_a_service_without_properties_links_no_body(world: World, tmp_path: Path) -> None:
    plain = {name: value for name, value in MANIFEST.items() if name != "extend"}
    with serving(Service(world.entities, plain)) as server:
        chosen = replace(Settings(server.url, tmp_path / "live.sqlite"), url=server.url.replace("api.php", "api"))
        service = Live(chosen, Client(chosen))
        assert service.candidates([TIDES])[0]
        assert linked(service, TIDES) == ""
        service.close()


def test_batches_are_as_large_as_the_service_allows(live: Open, service: Service, server: Server) -> None:
    fields = (
        "Tides Wells Lighthouses Bridges Orchards Canals Looms Quarries Ferries Beacons Granaries Vineyards".split()
    )
    wanted = [replace(TIDES, names=(f"Ministry of {name}",)) for name in fields]
    assert all(live().candidates(wanted))
    sizes = [len(question) for what, question, _ in service.answered if what == "reconciliation"]
    assert sizes == [10, 2]
    number = len(server.asked)
    assert all(live(offline=True).candidates(wanted))
    assert len(server.asked) == number


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (MANIFEST | {"identifierSpace": "http://viaf.org/viaf/"}, "knows http://viaf.org/viaf/"),
        (MANIFEST | {"versions": ["1.0-draft"]}, "speaks 1.0-draft, not 0.2"),
    ],
)
def test_a_service_of_another_kind_is_refused(
    manifest: dict[str, object], message: str, kg: Run, tmp_path: Path, service: Service, server: Server
) -> None:
    service.manifest = manifest
    (tmp_path / "cases.csv").write_text("mention,kind,country\nMinistry of Tides,Ministry,KE\n", encoding="utf-8")
    options = ("--live", server.url, "--cache", tmp_path / "cache")
    result = kg("link", "--cases", tmp_path / "cases.csv", *options)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert message in result.stderr


@pytest.mark.parametrize(
    "body",
    [
        b'{"status":"error","message":"no such type"}',
        b"{}",
        b'{"q0":{"result":[{"id":"Q1"',
        b'{"q0":{"result":7}}',
        b"[]",
    ],
)
def test_what_is_no_answer_makes_no_candidate(body: bytes, live: Open, server: Server, service: Service) -> None:
    server.behaviours = [sends(json.dumps(MANIFEST).encode()), *[sends(body)] * 3]
    one = live()
    assert one.candidates([TIDES]) == [[]]
    assert "1 entity not looked up" in one.account()[1]
    server.behaviours.clear()
    assert live().candidates([TIDES])[0]


def test_a_batch_that_is_too_large_after_all_is_halved(live: Open, server: Server) -> None:
    server.behaviours = [sends(json.dumps(MANIFEST).encode()), sends(b"", 413)]
    wanted = [TIDES, replace(TIDES, names=("Ministry of Wells",))]
    assert all(live().candidates(wanted))


def test_identifiers_that_are_none_of_wikidata_are_passed_over(live: Open, server: Server) -> None:
    hit = {"id": "x", "name": "Ministry of Tides", "score": 1}
    server.behaviours = [sends(json.dumps(b).encode()) for b in (MANIFEST, {"q0": {"result": [hit]}})]
    assert live().candidates([TIDES]) == [[]]


def test_more_hits_than_are_told_make_no_candidate(live: Open, server: Server) -> None:
    hits = [{"id": f"Q{i}", "name": "Ministry of Tides", "score": 1} for i in range(1, 26)]
    rows = {"meta": [], "rows": {hit["id"]: {} for hit in hits}}
    server.behaviours = [
        sends(json.dumps(b).encode()) for b in (MANIFEST | {"batchSize": 50}, {"q0": {"result": hits}}, rows)
    ]
    one = live()
    assert one.candidates([TIDES]) == [[]]
    assert "more items bear a name" in one.account()[1]


def test_questions_and_answers_are_as_the_protocol_has_them(live: Open, service: Service, shared: Path) -> None:
    """The answers too: else this service would be no evidence for another one."""
    jsonschema = pytest.importorskip("jsonschema")
    schemas = shared / "reconciliation" / "0.2" / "schemas"

    def check(name: str, value: object) -> None:
        schema = json.loads((schemas / f"{name}.json").read_text(encoding="utf-8"))
        jsonschema.validate(value, schema, cls=jsonschema.Draft7Validator)

    live().candidates([TIDES, WANDA, Wanted("sector", ("looms",)), Wanted("jurisdiction", ("Country KE",), "KE")])
    kinds = {"reconciliation": ("reconciliation-query-batch", "reconciliation-result-batch"), "extension": ("data-extension-query", "data-extension-response")}  # fmt: skip
    assert {what for what, *_ in service.answered} == kinds.keys()
    for what, question, answer in service.answered:
        for name, value in zip(kinds[what], (question, answer), strict=True):
            check(name, value)


def test_examples_of_the_protocol_are_read(
    live: Open, service: Service, server: Server, shared: Path, tmp_path: Path
) -> None:
    examples = shared / "reconciliation" / "0.2" / "examples"
    for path in sorted((examples / "manifest" / "valid").glob("*.json")):
        service.manifest = json.loads(path.read_text(encoding="utf-8"))
        one = live(cache=tmp_path / path.name)
        if path.stem == "wikidata":
            assert one.candidates([TIDES])[0]
        else:
            with pytest.raises(UsageError, match="links lead to"):
                one.candidates([TIDES])
    service.manifest = MANIFEST
    result = json.loads((examples / "reconciliation-result-batch" / "valid" / "example-full.json").read_bytes())
    server.behaviours = [sends(json.dumps(body).encode()) for body in (MANIFEST, {"q0": next(iter(result.values()))})]
    one = live()
    assert one.candidates([TIDES]) == [[]], "identifiers of another authority"
    assert len(one.account()) == 1
