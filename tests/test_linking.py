"""Links in a build: which entities get them, what the graph tells of them, and what makes a build write them anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Run
from wikidata_dump import World, item_value, lines, office, statement, time_value

from kg import pipeline
from kg.link import build as indexing
from kg.link import gather
from kg.link.decide import Wanted
from kg.link.items import Item, Name
from kg.link.tables import Table, shipped
from kg.model import Article, Claim, Iri, Reading, Span
from kg.resolve import Entity
from kg.stores import generations
from kg.vocabulary import BASE, DCT, KG, ORG, RDF, SCHEMA

HUMAN = statement("P31", item_value("Q5"))
PEOPLE = (
    "KIGALI, 3 May 2024 - The Minister of Tides of Kenya, Wanda Zell, and the Minister of Fisheries of Norway, Nils Aas, today "
    "signed a memorandum of understanding on ports between the Ministry of Tides of Kenya and the Norwegian Ministry of Trade, Industry and Fisheries."
)
LATER = "NAIROBI, 9 June 2024 - Kenya's Ministry of Tides said that Minister Wanda Zell would visit Norway."


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text, day in (("a", PEOPLE, "2024-05-03"), ("b", LATER, "2024-06-09")):
        (folder / f"{name}.jsonl").write_text(
            json.dumps({"id": name, "title": f"Article {name}", "date": day, "text": text}), encoding="utf-8"
        )
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return made_index(tmp_path, "2022", "2026")


def made_index(folder: Path, since: str, until: str) -> Path:
    """Return an index of an invented ministry and of its minister, in office from and until some year."""
    world = World()
    ministry = world.add(
        "Ministry of Tides", statement("P31", item_value("Q192350")), statement("P17", item_value("Q114"))
    )
    post = world.add(
        "Minister of Tides of Kenya", statement("P31", item_value("Q4164871")), statement("P1001", item_value("Q114"))
    )
    world.add("Wanda Zell", HUMAN, statement("P27", item_value("Q114")), office(post, since, until))
    world.add("Wanda Zell", HUMAN, statement("P27", item_value("Q20")), office(post, "1990", "1994"))
    assert ministry == "Q900000000"
    dump = folder / "dump.json"
    dump.write_text("\n".join(lines(world)), encoding="utf-8")
    indexing.build([dump], folder / f"{since}.index")
    return folder / f"{since}.index"


def built(sources: Path, place: Path, index: Path | None = None) -> ox.Store:
    pipeline.build([str(sources)], place, pipeline.Options(index=index))
    return generations.open_store(place)


def items(store: ox.Store) -> dict[str, str]:
    """Return the items of entities, by the tail of the entity's IRI."""
    quads = store.quads_for_pattern(None, ox.NamedNode(SCHEMA.sameAs), None, ox.DefaultGraph())
    return {q.subject.value.removeprefix(BASE): q.object.value.rsplit("/", 1)[-1] for q in quads}  # type: ignore[union-attr]


def links(store: ox.Store) -> dict[str, dict[str, str]]:
    """Return what the graph of links tells of each link, by the entity."""
    graph = ox.NamedNode(f"{BASE}graph/links")
    found: dict[str, dict[str, str]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(KG.Link), graph):
        said = {q.predicate.value: q.object.value for q in store.quads_for_pattern(quad.subject, None, None, graph)}  # type: ignore[union-attr]
        found[said[RDF.subject].removeprefix(BASE)] = said
    return found


def test_bodies_of_the_table_and_places_are_linked_without_an_index(sources: Path, tmp_path: Path) -> None:
    found = items(built(sources, tmp_path / "store"))
    assert found["ministry/no-ministry-of-trade-industry-and-fisheries"] == "Q18177740"
    assert found["jurisdiction/ke"] == "Q114"
    assert not [entity for entity in found if entity.startswith("official/") or "tides" in entity]


def test_an_index_links_what_it_knows_officials_too(sources: Path, index: Path, tmp_path: Path) -> None:
    found = items(built(sources, tmp_path / "store", index))
    assert found["ministry/ke-ministry-of-tides"] == "Q900000000"
    assert found["official/ke-wanda-zell"] == "Q900000002"
    assert "official/no-nils-aas" not in found


def test_posts_are_linked_where_an_index_has_them(sources: Path, index: Path, tmp_path: Path) -> None:
    found = items(built(sources, tmp_path / "store", index))
    assert found["post/ke-minister-of-tides"] == "Q900000001"
    assert [entity for entity in found if entity.startswith("post/")] == ["post/ke-minister-of-tides"]


def test_a_president_is_that_of_the_country_and_of_no_body_in_it(tmp_path: Path) -> None:
    world = World()
    human = statement("P31", item_value("Q4164871"))
    world.add("President of Kenya", human, statement("P1001", item_value("Q114")), aliases=("President",))
    (tmp_path / "dump.json").write_text("\n".join(lines(world)), encoding="utf-8")
    indexing.build([tmp_path / "dump.json"], tmp_path / "index")
    text = (
        "NAIROBI, 3 May 2024 - Kenya's President Ada Brook and the President of the Kenya Ports Authority, Nils Aas, signed "
        "a memorandum of understanding with the Ministry of Transport of Norway on ports."
    )
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "title": "A", "text": text}), encoding="utf-8")
    store = built(tmp_path / "a.jsonl", tmp_path / "store", tmp_path / "index")
    posts = {q.subject.value for q in store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(ORG.Post))}  # type: ignore[union-attr]
    assert len(posts) == 2
    assert [entity for entity in items(store) if entity.startswith("post/")] == ["post/ke-president"]


@pytest.mark.parametrize(("day", "linked"), [("2024-05-03", True), ("2019-05-03", False)])
def test_agreements_are_linked_by_name_parties_and_day(day: str, linked: bool, tmp_path: Path) -> None:
    world = World()
    kind = statement("P31", item_value("Q131569"))
    parties = [statement("P1891", item_value("Q114")), statement("P710", item_value("Q20"))]
    world.add("Lagoon Fisheries Treaty", kind, *parties, statement("P585", time_value(day)))
    (tmp_path / "dump.json").write_text("\n".join(lines(world)), encoding="utf-8")
    indexing.build([tmp_path / "dump.json"], tmp_path / "index")
    text = (
        "NAIROBI, 3 May 2024 - Kenya and Norway today signed the Lagoon Fisheries Treaty. Kenya's Minister of Tides, Ada Brook, "
        "and Norway's Minister of Fisheries, Nils Aas, put their names to it."
    )
    fields = {"id": "a", "title": "A", "date": "2024-05-03", "text": text}
    (tmp_path / "a.jsonl").write_text(json.dumps(fields), encoding="utf-8")
    found = items(built(tmp_path / "a.jsonl", tmp_path / "store", tmp_path / "index"))
    assert [qid for entity, qid in found.items() if entity.startswith("agreement/")] == ["Q900000000"] * linked


@pytest.mark.parametrize(
    ("places", "linked"),
    [
        ([("Durban", "Q515", "Q258")], "Q900000000"),
        ([("Durban", "Q515", "Q20")], ""),
        ([("Durban", "Q515", "Q258"), ("Durban", "Q515", "Q258")], ""),
        ([("Durban", "Q10864048", "Q258")], ""),
    ],
    ids=["a city", "of another country", "two of one name", "a province"],
)
def test_cities_are_linked_by_name_and_country(
    places: list[tuple[str, str, str]], linked: str, sources: Path, tmp_path: Path
) -> None:
    world = World()
    for name, kind, country in places:
        world.add(name, statement("P31", item_value(kind)), statement("P17", item_value(country)))
    (tmp_path / "dump.json").write_text("\n".join(lines(world)), encoding="utf-8")
    indexing.build([tmp_path / "dump.json"], tmp_path / "index")
    text = "DURBAN, 3 May 2024 - South Africa and Norway signed a memorandum of understanding on ports in Durban today."
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "title": "A", "text": text}), encoding="utf-8")
    found = items(built(tmp_path / "a.jsonl", tmp_path / "store", tmp_path / "index"))
    assert found.get("jurisdiction/za-durban", "") == linked


def test_officials_out_of_office_are_not_linked(sources: Path, tmp_path: Path) -> None:
    found = items(built(sources, tmp_path / "store", made_index(tmp_path, "2001", "2005")))
    assert "official/ke-wanda-zell" not in found


def test_every_link_tells_how_it_was_made(sources: Path, index: Path, tmp_path: Path) -> None:
    store = built(sources, tmp_path / "store", index)
    told = links(store)
    assert told.keys() == items(store).keys()
    wanda = told["official/ke-wanda-zell"]
    assert wanda[KG.method] == "name, country, post, date"
    assert float(wanda[KG.confidence]) > 0.95
    assert wanda[DCT.date] == "2026-09-18"
    assert told["jurisdiction/ke"][KG.method] == "code"
    graph = ox.NamedNode(f"{BASE}graph/links")
    facts = {q.triple for q in store.quads_for_pattern(None, ox.NamedNode(SCHEMA.sameAs), None, graph)}
    assert facts == {
        q.triple for q in store.quads_for_pattern(None, ox.NamedNode(SCHEMA.sameAs), None, ox.DefaultGraph())
    }


def test_the_order_of_articles_and_the_workers_change_nothing(
    sources: Path, index: Path, tmp_path: Path, kg: Run
) -> None:
    dumps = set()
    files = sorted(str(path) for path in sources.iterdir())
    for i, order in enumerate(permutations(files)):
        place = tmp_path / f"store{i}"
        pipeline.build(order, place, pipeline.Options(index=index, workers=1 + i % 2))
        dumps.add(kg("dump", "--store", place, "--format", "nquads").stdout)
    assert len(dumps) == 1


def test_a_changed_index_makes_a_new_build(sources: Path, index: Path, tmp_path: Path) -> None:
    place = tmp_path / "store"
    options = pipeline.Options(index=index)
    first = pipeline.build([str(sources)], place, options)
    assert pipeline.build([str(sources)], place, options).generation == first.generation
    other = pipeline.build([str(sources)], place, pipeline.Options(index=made_index(tmp_path, "2001", "2005")))
    assert other.generation > first.generation
    assert other.unchanged == 2, "the articles need not be read again"
    assert pipeline.build([str(sources)], place, pipeline.Options()).generation > other.generation


def test_the_command_line_takes_an_index(
    sources: Path, index: Path, tmp_path: Path, kg: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    monkeypatch.setenv("KG_INDEX", str(index))
    result = kg("build", sources, "--store", place)
    assert result.exit_code == 0
    assert "4 entities beside countries and regions linked to Wikidata" in result.stderr
    shown = kg("show", "--store", place, "Wanda Zell").stdout
    assert (
        "Wikidata: http://www.wikidata.org/entity/Q900000002  (name, country, post, date, confidence 1, as of" in shown
    )
    assert kg("verify", "--store", place).exit_code == 0
    without = kg("query", "without-wikidata", "--store", place, "-f", "csv").stdout
    assert "Nils Aas" in without
    assert "Wanda Zell" not in without
    assert "Wikidata links" in kg("info", "--store", place).stdout


def test_an_index_that_is_not_there_ends_a_build_before_it_reads(sources: Path, tmp_path: Path, kg: Run) -> None:
    result = kg("build", sources, "--store", tmp_path / "store", "--index", tmp_path / "none")
    assert result.exit_code == 1
    assert "there is no index" in result.output
    assert not (tmp_path / "store" / "current").exists()


# --- what is known of an entity ---

SAID = Article("a", "Text", "Text", "2024-05-03")
PLACES = {"KE": "Kenya", "NO": "Norway", "NO-oslo": "Oslo"}


def reading(*codes: str) -> tuple[Reading, dict[str, Entity]]:
    """Return a reading of an article in which a ministry belongs to jurisdictions, and its entities."""
    entities = {
        code: Entity(Iri(f"{BASE}jurisdiction/{code.lower()}"), KG.Jurisdiction, PLACES[code], code=code)
        for code in codes
    }
    entities["m"] = Entity(Iri(f"{BASE}ministry/m"), KG.Ministry, "Ministry of Trade, Industry and Fisheries")
    claims = tuple(Claim("m", KG.jurisdiction, code, 0.9, Span(0, 4)) for code in codes)
    return Reading(claims=claims), entities


def verdicts(*codes: str) -> list[str]:
    gatherer = gather.Gatherer()
    gatherer.add(SAID, *reading(*codes))
    return [decision.verdict for iri, decision in gatherer.decisions(shipped()) if "/ministry/" in iri]


@pytest.mark.parametrize(
    ("codes", "verdict"), [(["NO"], ["link"]), (["NO-oslo"], []), (["NO", "KE"], []), ([], ["ask"])]
)
def test_a_body_is_linked_by_its_one_jurisdiction(codes: list[str], verdict: list[str]) -> None:
    """A city's body is not its country's; one that articles give to two states is perhaps two bodies."""
    assert verdicts(*codes) == verdict


def test_a_link_of_a_body_in_an_undated_article_tells_of_no_time() -> None:
    gatherer = gather.Gatherer()
    gatherer.add(replace(SAID, published=""), *reading("NO"))
    ((_, decision),) = gatherer.decisions(shipped())
    assert (decision.verdict, decision.grounds) == ("link", "name, country")


# --- what a person has decided, before a service that answers ---

TREATY = Item(
    "Q7", "agreement", "Lagoon Treaty", (Name("Lagoon Treaty", "en", True),), ("KE", "NO"), since="2024-05-03"
)


class Answering:
    """A service that knows one treaty, and keeps what it was asked about."""

    def __init__(self) -> None:
        self.asked: list[Wanted] = []

    def candidates(self, wanted: Sequence[Wanted]) -> list[list[Item]]:
        self.asked += wanted
        return [[TREATY] for _ in wanted]


def treaty() -> tuple[Iri, gather.Gatherer]:
    """Return the entity of a treaty between two countries, and what is known of it."""
    iri = Iri(f"{BASE}agreement/lagoon-treaty")
    _, entities = reading("KE", "NO")
    entities = {"t": Entity(iri, KG.Agreement, "Lagoon Treaty"), "KE": entities["KE"], "NO": entities["NO"]}
    said = (("t", KG.party, "KE"), ("t", KG.party, "NO"), ("t", KG.signedOn, "2024-05-03"))
    gatherer = gather.Gatherer()
    gatherer.add(SAID, Reading(claims=tuple(Claim(*claim, 0.9, Span(0, 4)) for claim in said)), entities)
    return iri, gatherer


@pytest.mark.parametrize(
    ("ruled_out", "verdicts"),
    [(frozenset(), ["link"]), (frozenset({"Q7"}), ["leave"]), (frozenset({"Q8"}), ["link"]), (None, [])],
)
def test_what_a_person_ruled_out_is_not_linked_whoever_knows_it(
    ruled_out: frozenset[str] | None, verdicts: list[str]
) -> None:
    iri, gatherer = treaty()
    gatherer.rule_out(iri, ruled_out)
    for index, service in ((shipped(), Answering()), (Table([TREATY]), None)):
        assert [decision.verdict for _, decision in gatherer.decisions(index, service)] == verdicts


def test_a_service_is_not_asked_about_what_a_person_decided() -> None:
    iri, gatherer = treaty()
    service = Answering()
    gatherer.rule_out(iri, None)
    assert (list(gatherer.decisions(shipped(), service)), service.asked) == ([], [])
