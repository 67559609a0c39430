"""Decisions in a build: each is followed, survives a build from nothing, and leaves no trace when it is taken back."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wikidata_dump import World, item_value, lines, office, statement

from kg import dump, pipeline, verify
from kg.builds import Report
from kg.decisions.folder import Folder
from kg.decisions.model import Decision
from kg.link import build as indexing
from kg.model import Iri
from kg.stores import generations
from kg.vocabulary import BASE, DCT, KG, ORG, OWL, RDF, RDFS, SCHEMA, SKOS, SSSOM

DAY = "2026-11-25"
ARTICLES = [
    ("harbour", "2024-05-03", "KIGALI, 3 May 2024 - The Minister of Tides of Kenya, Wanda Zell, and the Minister of Fisheries of Norway, Nils Aas, today signed a memorandum of understanding on ports between the Ministry of Tides of Kenya and the Norwegian Ministry of Trade, Industry and Fisheries."),
    ("visit", "2024-06-09", "NAIROBI, 9 June 2024 - Kenya's Ministry of Tides said that Minister Wanda Zell would visit Norway."),
    ("forests", "2024-03-12", "RIGA, 12 March 2024 - Latvia and Chile signed a memorandum of understanding on forestry in Riga on Tuesday. The memorandum was signed by Latvia's Minister of Agriculture, Andris Kalnins, and Chile's Minister of Agriculture, Rosa Fuentes Araya."),
    ("echo", "2024-03-13", "SANTIAGO, 13 March 2024 - Chile signed a memorandum of understanding on forestry with Latvia in Riga on 12 March 2024, the Minister of Agriculture of Chile, Rosa Fuentes Araya, said."),
]  # fmt: skip
WANDA, NILS = Iri(f"{BASE}official/ke-wanda-zell"), Iri(f"{BASE}official/no-nils-aas")
ROSA = Iri(f"{BASE}official/cl-rosa-fuentes-araya")
TIDES = Iri(f"{BASE}ministry/ke-ministry-of-tides")
FISHERIES = Iri(f"{BASE}ministry/no-ministry-of-trade-industry-and-fisheries")
PORTS_DEAL = Iri(f"{BASE}agreement/ke-no-memorandum-of-understanding-2024-05-03")
KENYA, LATVIA = Iri(f"{BASE}jurisdiction/ke"), Iri(f"{BASE}jurisdiction/lv")
FORESTS = Iri(f"{BASE}agreement/cl-lv-memorandum-of-understanding-2024-03-12")
PORTS, FORESTRY = Iri(f"{BASE}sector/ports"), Iri(f"{BASE}sector/forestry")
MEMORANDUM, GENERAL = (Iri(f"{BASE}agreement-type/{name}") for name in ("memorandum-of-understanding", "agreement"))
ECHO = f"{BASE}article/echo"
LINKS = ox.NamedNode(f"{BASE}graph/links")
ITEM = "http://www.wikidata.org/entity/"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of four articles: two on one signing, two that name one minister."""
    folder = tmp_path_factory.mktemp("articles")
    for name, day, text in ARTICLES:
        told = {"id": name, "title": f"Article {name}", "date": day, "text": text}
        (folder / f"{name}.jsonl").write_text(json.dumps(told), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of a ministry, of its minister (Q900000002), and of a namesake of hers in Norway."""
    world = World()
    kenya = statement("P17", item_value("Q114"))
    world.add("Ministry of Tides", statement("P31", item_value("Q192350")), kenya)
    post = world.add(
        "Minister of Tides of Kenya", statement("P31", item_value("Q4164871")), statement("P1001", item_value("Q114"))
    )
    human = statement("P31", item_value("Q5"))
    world.add("Wanda Zell", human, statement("P27", item_value("Q114")), office(post, "2022", "2026"))
    world.add("Wanda Zell", human, statement("P27", item_value("Q20")), office(post, "1990", "1994"))
    folder = tmp_path_factory.mktemp("index")
    (folder / "dump.json").write_text("\n".join(lines(world)), encoding="utf-8")
    indexing.build([folder / "dump.json"], folder / "index")
    return folder / "index"


class Bench:
    """A place to build in, with its folder of decisions."""

    def __init__(self, sources: Path, index: Path, folder: Path) -> None:
        self.sources, self.index, self.place = sources, index, folder / "store"
        self.folder = Folder(folder / "kg-review")
        self.report = Report()

    def build(self, *decisions: Decision, fresh: bool = False) -> ox.Store:
        """Return the graph, built with these decisions beside those that lie in the folder."""
        self.folder.path.mkdir(exist_ok=True)
        self.folder.add(decisions)
        options = pipeline.Options(index=self.index, review=self.folder.path, fresh=fresh)
        self.report = pipeline.build([str(self.sources)], self.place, options)
        return generations.open_store(self.place)

    def dumped(self) -> bytes:
        out = io.BytesIO()
        dump.dump(generations.open_store(self.place), out, "nquads")
        return out.getvalue()


@pytest.fixture
def bench(sources: Path, index: Path, tmp_path: Path) -> Bench:
    return Bench(sources, index, tmp_path)


@pytest.fixture(scope="module")
def plain(sources: Path, index: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the dump of the graph without any decision."""
    bench = Bench(sources, index, tmp_path_factory.mktemp("plain"))
    bench.build()
    return bench.dumped()


def decision(
    kind: str, subject: str, predicate: str = "", object_: str = "", article: str = "", day: str = DAY
) -> Decision:
    return Decision(kind, Iri(subject), predicate, object_, article, ("Ada Quill",), day)


def objects(store: ox.Store, subject: str, predicate: str, graph: ox.NamedNode | None = None) -> set[str]:
    where = graph or ox.DefaultGraph()
    found = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, where)
    return {quad.object.value for quad in found}  # type: ignore[union-attr]


def items(store: ox.Store, iri: str) -> set[str]:
    return {item.removeprefix(ITEM) for item in objects(store, iri, SCHEMA.sameAs)}


def told(store: ox.Store, kind: str, subject: str) -> list[dict[str, str]]:
    """Return what the graph of links tells of the links or rejections of an entity."""
    found = []
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.subject), ox.NamedNode(subject), LINKS):
        said = {q.predicate.value: q.object.value for q in store.quads_for_pattern(quad.subject, None, None, LINKS)}  # type: ignore[union-attr]
        if said[RDF.type] == kind:
            found.append(said)
    return found


def faults(place: Path) -> list[str]:
    """Return what does not hold in a store, shapes and all."""
    store = generations.open_store(place)
    with generations.open_articles(place) as articles:
        found = [f"{f.article}: {f.what}" for f in verify.faults(store, articles, verify.Tally())]
    return found + [f"{f.article}: {f.what}" for f in verify.shape_faults(store)]


# --- items of Wikidata ---


def test_without_decisions_the_index_decides(bench: Bench) -> None:
    store = bench.build()
    assert (items(store, WANDA), items(store, NILS)) == ({"Q900000002"}, set())


def test_this_item(bench: Bench) -> None:
    store = bench.build(decision("link", NILS, object_="Q42"))
    assert items(store, NILS) == {"Q42"}
    (link,) = told(store, KG.Link, NILS)
    assert (link[KG.method], link[KG.confidence], link[DCT.creator], link[DCT.date]) == (
        "review",
        "1",
        "Ada Quill",
        DAY,
    )
    assert link[SSSOM.mapping_justification].endswith("/ManualMappingCuration")
    assert bench.report.unmet == []


def test_this_item_instead_of_that_of_the_index(bench: Bench) -> None:
    store = bench.build(decision("link", WANDA, object_="Q42"))
    assert items(store, WANDA) == {"Q42"}
    assert len(told(store, KG.Link, WANDA)) == 1


def test_not_that_item(bench: Bench) -> None:
    store = bench.build(decision("not-link", WANDA, object_="Q900000002"))
    assert items(store, WANDA) == set(), "the namesake, who was in office in other years, is not taken instead"
    (rejection,) = told(store, KG.Rejection, WANDA)
    assert rejection[RDF.object] == f"{ITEM}Q900000002"
    assert rejection[SSSOM.predicate_modifier] == SSSOM.NegatedPredicate
    assert (rejection[DCT.creator], rejection[DCT.date]) == ("Ada Quill", DAY)


def test_no_item(bench: Bench) -> None:
    store = bench.build(decision("no-item", WANDA))
    assert items(store, WANDA) == set()
    (rejection,) = told(store, KG.Rejection, WANDA)
    assert rejection[RDF.object] == SSSOM.NoTermFound
    assert SSSOM.predicate_modifier not in rejection


@pytest.mark.parametrize("place", [KENYA, f"{BASE}jurisdiction/rw"])
def test_a_place_is_linked_by_its_code_unless_a_person_says_otherwise(bench: Bench, place: str) -> None:
    code = {KENYA: "Q114"}.get(Iri(place), "Q1037")
    store = bench.build(decision("not-link", place, object_=code))
    assert items(store, place) == set()
    bench.folder.remove([decision("not-link", place, object_=code)])
    assert items(bench.build(decision("link", place, object_="Q9")), place) == {"Q9"}


def test_a_sector_may_be_close_to_an_item(bench: Bench) -> None:
    close = decision("link", PORTS, SKOS.closeMatch, "Q44782")
    store = bench.build(close)
    assert objects(store, PORTS, SKOS.closeMatch) >= {f"{ITEM}Q44782"}
    assert objects(store, PORTS, SCHEMA.sameAs) == set()


def test_the_match_of_a_sector_may_be_rejected(bench: Bench) -> None:
    store = bench.build()
    rows = store.query(f"SELECT ?s ?m {{ ?s <{SKOS.exactMatch}> ?m FILTER(STRSTARTS(STR(?m), '{ITEM}')) }} ORDER BY ?s")
    row = next(iter(rows))  # type: ignore[call-overload]
    sector, match = row["s"].value, row["m"].value.removeprefix(ITEM)
    store = bench.build(decision("not-link", sector, object_=match))
    assert f"{ITEM}{match}" not in objects(store, sector, SKOS.exactMatch)
    assert len(told(store, KG.Rejection, sector)) == 1


def test_owl_same_as_only_where_a_person_asked_for_it(bench: Bench) -> None:
    store = bench.build(decision("link", NILS, OWL.sameAs, "Q42"))
    assert objects(store, NILS, OWL.sameAs) == {f"{ITEM}Q42"}
    assert items(store, NILS) == {"Q42"}


@pytest.mark.slow
def test_an_item_that_is_decided_on_twice_is_linked_once(bench: Bench) -> None:
    store = bench.build(
        decision("link", NILS, object_="Q42", day="2025-01-01"), decision("link", NILS, OWL.sameAs, "Q42"),
        decision("link", PORTS, object_="Q1", day="2025-01-01"), decision("link", PORTS, SKOS.closeMatch, "Q1"),
    )  # fmt: skip
    assert (len(told(store, KG.Link, NILS)), len(told(store, KG.Link, PORTS))) == (1, 1)
    assert faults(bench.place) == []


def test_who_has_no_item_is_not_listed_as_to_be_linked(bench: Bench, kg: Run) -> None:
    bench.build(decision("no-item", NILS))
    rows = kg("query", "without-wikidata", "--store", bench.place, "--format", "csv").stdout
    assert ROSA in rows
    assert NILS not in rows


def test_an_agreement_may_be_linked_by_hand(bench: Bench) -> None:
    assert items(bench.build(decision("link", FORESTS, object_="Q7")), FORESTS) == {"Q7"}


# --- statements ---


def test_a_wrong_statement_is_taken_out_of_all_graphs(bench: Bench) -> None:
    store = bench.build(decision("wrong", FORESTS, KG.party, LATVIA))
    assert LATVIA not in objects(store, FORESTS, KG.party)
    for name in ("forests", "echo"):
        assert LATVIA not in objects(store, FORESTS, KG.party, ox.NamedNode(f"{BASE}article/{name}"))
    claims = store.query(f"SELECT ?c {{ GRAPH ?g {{ ?c <{RDF.subject}> <{FORESTS}> ; <{RDF.object}> <{LATVIA}> }} }}")
    assert list(claims) == []  # type: ignore[arg-type]
    assert bench.report.unmet == []


def test_a_statement_may_be_wrong_in_one_article(bench: Bench) -> None:
    store = bench.build(decision("wrong", FORESTS, KG.party, LATVIA, ECHO))
    assert LATVIA in objects(store, FORESTS, KG.party)
    assert LATVIA not in objects(store, FORESTS, KG.party, ox.NamedNode(ECHO))


def test_the_bounds_go_with_the_date(bench: Bench) -> None:
    store = bench.build(decision("wrong", FORESTS, KG.signedOn, "2024-03-12"))
    for predicate in (KG.signedOn, KG.earliest, KG.latest):
        assert objects(store, FORESTS, predicate) == set()


def test_what_stood_by_a_post_goes_with_it(bench: Bench) -> None:
    (post,) = objects(bench.build(), NILS, ORG.holds)
    store = bench.build(decision("wrong", NILS, ORG.holds, post))
    assert objects(store, NILS, ORG.holds) == set()
    assert objects(store, NILS, KG.serves) == set(), "whom he serves was known by his post alone"
    assert objects(store, post, RDFS.label) == set(), "a post that nobody holds is none"
    assert objects(store, NILS, RDFS.label) == {"Nils Aas"}, "he still signed"


def test_an_official_of_whom_nothing_is_left_goes(bench: Bench) -> None:
    store = bench.build()
    posts = objects(store, ROSA, ORG.holds)
    wrong = [decision("wrong", ROSA, ORG.holds, post) for post in posts]
    store = bench.build(*wrong, decision("wrong", FORESTS, KG.signatory, ROSA))
    assert objects(store, ROSA, RDF.type) == set()
    assert list(store.quads_for_pattern(None, None, ox.NamedNode(ROSA), None)) == []


def test_an_agreement_without_its_type_has_the_general_one(bench: Bench) -> None:
    store = bench.build(decision("wrong", FORESTS, KG.agreementType, MEMORANDUM))
    assert objects(store, FORESTS, KG.agreementType) == {GENERAL}
    assert faults(bench.place) == []


def test_an_agreement_that_is_none_goes(bench: Bench) -> None:
    store = bench.build(decision("wrong", FORESTS, RDF.type, KG.Agreement))
    assert list(store.quads_for_pattern(ox.NamedNode(FORESTS), None, None, None)) == []
    assert objects(store, LATVIA, RDFS.label) == {"Latvia"}


def test_a_right_statement_changes_nothing_and_is_met(bench: Bench, plain: bytes) -> None:
    bench.build(decision("right", FORESTS, KG.party, LATVIA))
    assert (bench.dumped(), bench.report.unmet) == (plain, [])


# --- entities ---


def test_two_that_are_the_same(bench: Bench) -> None:
    store = bench.build(decision("same", WANDA, object_=NILS))
    assert objects(store, WANDA, RDFS.label) == {"Wanda Zell"}
    assert objects(store, WANDA, SKOS.altLabel) == {"Nils Aas"}
    assert list(store.quads_for_pattern(ox.NamedNode(NILS), None, None, None)) == []
    assert list(store.quads_for_pattern(None, None, ox.NamedNode(NILS), None)) == []
    assert WANDA in objects(store, PORTS_DEAL, KG.signatory)
    assert objects(store, WANDA, ORG.holds) >= {
        f"{BASE}post/ke-minister-of-tides",
        f"{BASE}post/no-minister-of-fisheries",
    }


def test_why_two_are_the_same_is_told(bench: Bench, kg: Run) -> None:
    bench.build(decision("same", WANDA, object_=NILS), decision("different", ROSA, article=ECHO))
    told = kg("show", WANDA, "--why", "--store", bench.place).stdout
    assert re.search(r"Wanda Zell and Nils Aas\n +a person decided so \(decisions.tsv:3\)", told)
    told = kg("show", ROSA, "--why", "--store", bench.place).stdout
    assert f"{ROSA}-in-echo" in told
    listed = kg("review", "--list", "--format", "csv", "--store", bench.place, "--review", bench.folder.path).stdout
    assert f"{ROSA}-in-echo" not in listed, "what was told apart is not asked about again"


def test_the_first_of_a_chain_keeps_its_iri(bench: Bench) -> None:
    store = bench.build(decision("same", NILS, object_=ROSA), decision("same", WANDA, object_=NILS))
    assert objects(store, WANDA, SKOS.altLabel) == {"Nils Aas", "Rosa Fuentes Araya"}
    assert bench.report.unmet == []


def test_of_two_that_each_keep_their_iri_the_first_by_the_alphabet_does(bench: Bench) -> None:
    store = bench.build(decision("same", NILS, object_=ROSA), decision("same", ROSA, object_=NILS))
    assert objects(store, ROSA, SKOS.altLabel) == {"Nils Aas"}


def test_an_article_that_means_another_one(bench: Bench) -> None:
    other = f"{WANDA}-in-visit"
    store = bench.build(decision("different", WANDA, article=f"{BASE}article/visit"))
    assert objects(store, other, RDFS.label) == {"Wanda Zell"}
    assert objects(store, other, KG.mentionedAs, ox.NamedNode(f"{BASE}article/visit"))
    assert not objects(store, WANDA, KG.mentionedAs, ox.NamedNode(f"{BASE}article/visit"))
    assert objects(store, WANDA, KG.mentionedAs, ox.NamedNode(f"{BASE}article/harbour"))
    assert bench.report.unmet == []


def test_one_that_was_told_apart_may_be_another(bench: Bench) -> None:
    apart = decision("different", ROSA, article=ECHO)
    store = bench.build(apart, decision("same", NILS, object_=f"{ROSA}-in-echo"))
    assert objects(store, NILS, SKOS.altLabel) == {"Rosa Fuentes Araya"}
    assert objects(store, ROSA, RDFS.label) == {"Rosa Fuentes Araya"}


def test_an_agreement_may_be_another_one_in_an_article(bench: Bench) -> None:
    store = bench.build(decision("different", FORESTS, article=ECHO))
    assert objects(store, f"{FORESTS}-in-echo", KG.agreementType) == {MEMORANDUM}
    label = objects(store, FORESTS, RDFS.label)
    assert (
        objects(store, f"{FORESTS}-in-echo", RDFS.label)
        == label
        == {"Memorandum of understanding between Chile and Latvia on forestry (2024)"}
    )


def test_names_go_with_the_article_that_means_another_one(tmp_path: Path) -> None:
    texts = {"a": "Minister of Health Ama Serwaa Boateng of Ghana", "b": "Minister of Health Ama Boateng of Ghana"}
    for name, who in texts.items():
        text = f"ACCRA, 3 May 2024 - The {who} signed an agreement on vaccines between Ghana and Kenya on Friday."
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    folder = Folder(tmp_path / "kg-review")
    folder.path.mkdir()

    def build() -> dict[str, set[str]]:
        pipeline.build(
            [str(tmp_path / f"{n}.txt") for n in texts], tmp_path / "store", pipeline.Options(review=folder.path)
        )
        store = generations.open_store(tmp_path / "store")
        people = store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(KG.Official), ox.DefaultGraph())
        iris = [q.subject.value for q in people]  # type: ignore[union-attr]
        return {i.removeprefix(BASE): objects(store, i, RDFS.label) | objects(store, i, SKOS.altLabel) for i in iris}

    assert build() == {"official/gh-ama-serwaa-boateng": {"Ama Serwaa Boateng", "Ama Boateng"}}
    folder.add([decision("different", f"{BASE}official/gh-ama-serwaa-boateng", article=f"{BASE}article/b")])
    assert build() == {
        "official/gh-ama-serwaa-boateng": {"Ama Serwaa Boateng"},
        "official/gh-ama-serwaa-boateng-in-b": {"Ama Boateng"},
    }


def test_decisions_on_links_and_statements_follow_those_that_are_the_same(bench: Bench) -> None:
    (post,) = objects(bench.build(), NILS, ORG.holds)
    same = decision("same", WANDA, object_=NILS)
    store = bench.build(same, decision("link", NILS, object_="Q42"), decision("wrong", NILS, ORG.holds, post))
    assert items(store, WANDA) == {"Q42"}
    assert post not in objects(store, WANDA, ORG.holds)
    assert bench.report.unmet == []


def test_posts_follow_their_body(tmp_path: Path) -> None:
    text = "ACCRA, 3 May 2024 - The Permanent Secretary of the Ministry of Tides of Kenya, Ama Otieno, signed an agreement on vaccines between Ghana and Kenya on Friday."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    folder = Folder(tmp_path / "kg-review")
    minted = f"{BASE}post/ke-ministry-of-tides-permanent-secretary"
    folder.add([decision("different", TIDES, article=f"{BASE}article/a")])
    options = pipeline.Options(review=folder.path)
    pipeline.build([str(tmp_path / "a.txt")], tmp_path / "store", options)
    store = generations.open_store(tmp_path / "store")
    (person,) = [
        q.subject.value for q in store.quads_for_pattern(None, ox.NamedNode(ORG.holds), None, ox.DefaultGraph())
    ]  # type: ignore[union-attr]
    assert objects(store, person, ORG.holds) == {f"{BASE}post/ke-ministry-of-tides-in-a-permanent-secretary"}
    folder.add([decision("wrong", person, ORG.holds, minted)])
    report = pipeline.build([str(tmp_path / "a.txt")], tmp_path / "store", options)
    assert report.unmet == [], "a post may be named as it was before its body was told apart"
    assert objects(generations.open_store(tmp_path / "store"), person, ORG.holds) == set()


# --- what all decisions have in common ---

EACH = {
    "this item": decision("link", NILS, object_="Q42"),
    "not that item": decision("not-link", WANDA, object_="Q900000002"),
    "no item": decision("no-item", TIDES),
    "the same": decision("same", WANDA, object_=NILS),
    "another one in one article": decision("different", WANDA, article=f"{BASE}article/visit"),
    "wrong everywhere": decision("wrong", FORESTS, KG.party, LATVIA),
    "wrong in one article": decision("wrong", FORESTS, KG.status, f"{BASE}status/signed", ECHO),
}


@pytest.mark.slow
@pytest.mark.parametrize("decided", EACH.values(), ids=EACH.keys())
def test_a_decision_survives_a_build_from_nothing_and_can_be_taken_back(
    sources: Path, index: Path, tmp_path: Path, plain: bytes, decided: Decision
) -> None:
    bench = Bench(sources, index, tmp_path)
    bench.build(decided)
    followed = bench.dumped()
    assert followed != plain
    assert bench.report.unmet == []
    assert faults(bench.place) == []
    (tmp_path / "new").mkdir()
    again = Bench(sources, index, tmp_path / "new")
    again.build(decided)
    assert again.dumped() == followed
    assert bench.folder.remove([decided]) == 1
    bench.build()
    assert bench.dumped() == plain


def test_a_changed_decision_builds_anew_and_reads_nothing_again(bench: Bench) -> None:
    bench.build(EACH["this item"])
    first = bench.report
    bench.build()
    assert bench.report.generation == first.generation
    assert (bench.report.decisions, bench.report.unmet) == (1, [])
    bench.build(EACH["no item"])
    assert (bench.report.generation, bench.report.unchanged) == (first.generation + 1, len(ARTICLES))


UNMET: list[tuple[str, list[Decision], str]] = [
    ("no such entity", [decision("link", f"{BASE}official/xx-nobody", object_="Q1")], "the graph has no entity"),
    ("no such statement", [decision("wrong", FORESTS, KG.party, KENYA)], "no article states this"),
    ("not in that article", [decision("wrong", FORESTS, KG.party, LATVIA, f"{BASE}article/visit")], "no such article states this"),
    ("the general type", [decision("wrong", FORESTS, KG.agreementType, MEMORANDUM), decision("wrong", FORESTS, KG.agreementType, GENERAL)], "an agreement has a type"),
    ("no individual is close", [decision("link", NILS, SKOS.closeMatch, "Q1")], "write schema:sameAs"),
    ("two items of one day", [decision("link", NILS, object_="Q1"), decision("link", NILS, object_="Q2")], "neither is followed"),
    ("an item and none", [decision("link", NILS, object_="Q1"), decision("no-item", NILS)], "the more cautious one is followed"),
    ("an item of later", [decision("link", NILS, object_="Q1", day="2025-01-01"), decision("link", NILS, object_="Q2")], "is the later one"),
    ("same as nobody", [decision("same", WANDA, object_=f"{BASE}official/xx-nobody")], "the graph has no entity"),
    ("of two classes", [decision("same", WANDA, object_=TIDES)], "one is of the class Official, one of Ministry"),
    ("two places", [decision("same", KENYA, object_=LATVIA)], "is what it is by its code"),
    ("of two jurisdictions", [decision("same", TIDES, object_=FISHERIES)], "a ministry has one jurisdiction, not Kenya and Norway"),
    ("a post", [decision("same", f"{BASE}post/a", object_=f"{BASE}post/b")], "posts follow the bodies"),
    ("not in that article", [decision("different", ROSA, article=f"{BASE}article/visit")], "the article does not name"),
    ("same and not", [decision("same", WANDA, object_=NILS), decision("different", NILS, object_=WANDA)], "says otherwise, and is not older"),
    ("same by way of a third", [decision("same", WANDA, object_=NILS), decision("same", NILS, object_=ROSA), decision("different", ROSA, object_=WANDA)], "says otherwise"),
    ("wrong and right", [decision("right", FORESTS, KG.party, LATVIA), decision("wrong", FORESTS, KG.party, LATVIA)], "the more cautious one is followed"),
]  # fmt: skip


@pytest.mark.parametrize(("decisions", "why"), [u[1:] for u in UNMET], ids=[u[0] for u in UNMET])
def test_what_cannot_be_followed_is_told_and_stays(bench: Bench, decisions: list[Decision], why: str) -> None:
    bench.build(*decisions)
    assert len(bench.folder.decisions()) == len(decisions)
    assert bench.report.unmet
    assert any(why in told for _, told in bench.report.unmet)
    assert all(":" in where for where, _ in bench.report.unmet)
    assert faults(bench.place) == []


def test_the_later_day_prevails(bench: Bench) -> None:
    later = decision("link", NILS, object_="Q2", day="2026-11-26")
    assert items(bench.build(EACH["this item"], later), NILS) == {"Q2"}


def test_on_one_day_neither_of_two_items_is_linked(bench: Bench) -> None:
    assert items(bench.build(EACH["this item"], decision("link", NILS, object_="Q2")), NILS) == set()


# --- any set of decisions, in any order ---

SUBJECTS = st.sampled_from([WANDA, NILS, ROSA, TIDES, KENYA, FORESTS, FORESTRY, f"{BASE}official/xx-nobody"])
DAYS = st.sampled_from(["", "2025-01-01", DAY])
QIDS = st.sampled_from(["Q1", "Q2", "Q900000002", "Q114"])
FACTS = st.sampled_from(
    [
        (FORESTS, KG.party, LATVIA), (FORESTS, KG.signatory, ROSA), (FORESTS, KG.signedOn, "2024-03-12"),
        (FORESTS, KG.agreementType, MEMORANDUM), (FORESTS, KG.agreementType, GENERAL), (FORESTS, RDF.type, KG.Agreement),
        (ROSA, ORG.holds, f"{BASE}post/cl-minister-of-agriculture"), (ROSA, RDF.type, KG.Official),
        (ROSA, KG.serves, f"{BASE}jurisdiction/cl"), (LATVIA, RDF.type, KG.Jurisdiction), (FORESTRY, RDF.type, KG.IndustrySector),
        (f"{BASE}post/cl-minister-of-agriculture", RDF.type, ORG.Post), (TIDES, KG.jurisdiction, KENYA),
    ]
)  # fmt: skip
ENTITIES = st.sampled_from(
    [WANDA, NILS, ROSA, TIDES, FISHERIES, FORESTS, PORTS_DEAL, f"{ROSA}-in-echo", f"{WANDA}-in-visit"]
)
ARTICLE = st.sampled_from([ECHO, f"{BASE}article/visit", f"{BASE}article/harbour"])
DECISIONS = st.one_of(
    st.builds(
        lambda k, a, b, d: decision(k, a, object_=b, day=d), st.sampled_from(["same", "same", "different"]), ENTITIES, ENTITIES, DAYS
    ).filter(lambda d: d.subject != d.object),
    st.builds(lambda a, b, d: decision("different", a, article=b, day=d), ENTITIES, ARTICLE, DAYS),
    st.builds(lambda s, q, d: decision("link", s, object_=q, day=d or DAY), SUBJECTS, QIDS, DAYS),
    st.builds(lambda s, p, q, d: decision("link", s, p, q, day=d or DAY), SUBJECTS, st.sampled_from([OWL.sameAs, SKOS.closeMatch]), QIDS, DAYS),
    st.builds(lambda s, q, d: decision("not-link", s, object_=q, day=d or DAY), SUBJECTS, QIDS, DAYS),
    st.builds(lambda s, d: decision("no-item", s, day=d or DAY), SUBJECTS, DAYS),
    st.builds(
        lambda k, f, a, d: decision(k, *f, article=a, day=d),
        st.sampled_from(["wrong", "wrong", "right"]), FACTS, st.sampled_from(["", ECHO, f"{BASE}article/forests"]), DAYS,
    ),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DECISIONS, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_decisions_changes_nothing_and_none_breaks_the_graph(
    sources: Path, index: Path, tmp_path_factory: pytest.TempPathFactory, some: list[Decision], random
) -> None:  # type: ignore[no-untyped-def]
    bench = Bench(sources, index, tmp_path_factory.mktemp("one"))
    bench.build(*some)
    assert faults(bench.place) == []
    shuffled = list(some)
    random.shuffle(shuffled)
    other = Bench(sources, index, tmp_path_factory.mktemp("other"))
    other.build(*shuffled)
    assert other.dumped() == bench.dumped()
    assert sorted(t for _, t in map(_without_places, other.report.unmet)) == sorted(
        t for _, t in map(_without_places, bench.report.unmet)
    )


def _without_places(unmet: tuple[str, str]) -> tuple[str, str]:
    """Return what could not be followed without the numbers of lines, which differ."""
    where, why = unmet
    return where.split(":")[0], why.split(" of ")[0].split(".tsv:")[0]
