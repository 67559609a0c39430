"""kg eval: judgements, figures, calibration, what is wrong with a gold file; and that all agrees with another scorer."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT, Run
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.errors import UsageError
from kg.evaluate import calibration, gold, run
from kg.evaluate.gold import CLASSES, LINKS, RELATIONS
from kg.evaluate.scoring import Comparison, Figure, Judgement, Verdict
from kg.evaluate.system import Sourced

EXAMPLE = ROOT / "examples" / "gold.jsonl"


def written(path: Path, *articles: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    return path


def article(*entities: dict[str, Any], id: str = "a") -> dict[str, Any]:
    return {"id": id, "title": "T", "text": "Two states agreed.", "gold": list(entities)}


def judged(tmp_path: Path, ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[Judgement]:
    """Return the judgements of one article, as one reader and another have noted it."""
    readers = [
        gold.read(written(tmp_path / f"{n}.jsonl", article(*e)))["a"].entities for n, e in enumerate((ours, theirs))
    ]
    return list(Comparison(*readers).judgements())


def told(judgements: list[Judgement]) -> list[tuple[str, str, str, str]]:
    return [(str(j.verdict), j.what, j.subject, j.value) for j in judgements]


KENYA = {"id": "J", "type": "Jurisdiction", "names": ["Kenya", "Kenyan"]}
VIET_NAM = {"id": "V", "type": "Jurisdiction", "names": ["Viet Nam"]}
MINISTER = {"id": "O", "type": "Official", "names": ["Asha Wanjala"], "post": ["Minister for Trade"], "serves": ["J"]}
PACT = {"id": "A", "type": "Agreement", "names": ["pact"], "kind": "agreement", "status": "signed", "party": ["J", "V"]}

# --- judgements -----------------------------------------------------------------------------------------------------


def test_a_reader_agrees_with_himself() -> None:
    articles = gold.read(EXAMPLE)
    figures = run.of_reader(articles, articles).figures()
    assert set(figures) == {*CLASSES, *RELATIONS, "entities", "relations"}
    assert all(f.missed == f.made_up == 0 and f.right > 0 and f.f1 == 1 for f in figures.values())


def test_what_only_one_side_has_is_missed_or_made_up(tmp_path: Path) -> None:
    ours, theirs = (
        [KENYA, VIET_NAM, PACT],
        [KENYA, {**PACT, "party": ["J"], "status": "planned"}, {**MINISTER, "serves": []}],
    )
    assert told(judged(tmp_path, ours, theirs)) == [
        ("right", "Agreement", "pact", ""),
        ("made up", "Official", "Asha Wanjala", ""),
        ("right", "Jurisdiction", "Kenya", ""),
        ("missed", "Jurisdiction", "Viet Nam", ""),
        ("right", "party", "pact", "Kenya"),
        ("missed", "party", "pact", "Viet Nam"),
        ("right", "kind", "pact", "agreement"),
        ("missed", "status", "pact", "signed"),
        ("made up", "status", "pact", "planned"),
        ("made up", "post", "Asha Wanjala", "Minister for Trade"),
    ]


def test_what_is_optional_counts_neither_way(tmp_path: Path) -> None:
    maybe = {**PACT, "status": {"v": "signed", "optional": True}, "party": ["J", {"v": "V", "optional": True}]}
    for theirs in ([KENYA, VIET_NAM, PACT], [KENYA, {**PACT, "status": "planned", "party": ["J"]}]):
        found = judged(tmp_path, [KENYA, {**VIET_NAM, "optional": True}, maybe], theirs)
        assert {j.verdict for j in found} <= {Verdict.RIGHT, Verdict.LEFT_OUT}
    absent = judged(tmp_path, [{**MINISTER, "optional": True}, {**KENYA, "optional": True}], [])
    assert absent == []


def test_names_agree_by_their_words(tmp_path: Path) -> None:
    def one(kind: str, ours: str, theirs: str) -> bool:
        pair = [{"id": "x", "type": kind, "names": [name]} for name in (ours, theirs)]
        return judged(tmp_path, [pair[0]], [pair[1]])[0].verdict == Verdict.RIGHT

    assert one("Official", "Hon. José Ávila", "AVILA, Jose")
    assert one("Official", "Lee Wei Ming", "Ming Lee")
    assert not one("Official", "Lee Wei Ming", "Lee")
    assert one("Ministry", "Ministry of Energy of Kenya", "Ministry of Energy")
    assert not one("Ministry", "Ministry of Energy, Mines and Water Resources", "Ministry of Water")
    assert one("IndustrySector", "agricultural sector", "agriculture")
    assert not one("Jurisdiction", "South Sudan", "Sudan")


def test_a_body_of_the_wrong_class_is_missed_but_its_relations_hold(tmp_path: Path) -> None:
    bank = {"id": "B", "type": "Ministry", "names": ["Harbour Bank"]}
    deal = {**PACT, "party": ["B"]}
    found = told(judged(tmp_path, [bank, deal], [{**bank, "type": "Organization"}, deal]))
    assert ("missed", "Ministry", "Harbour Bank", "") in found
    assert ("right", "party", "pact", "Harbour Bank") in found


def test_of_two_agreements_the_one_with_the_same_parties_is_meant(tmp_path: Path) -> None:
    film, rail = {**PACT, "id": "F", "party": ["J"]}, {**PACT, "id": "R", "party": ["V"]}
    found = judged(tmp_path, [KENYA, VIET_NAM, film, rail], [KENYA, VIET_NAM, {**rail, "id": "1"}, {**film, "id": "2"}])
    assert {j.verdict for j in found} == {Verdict.RIGHT}


def test_figures_follow_from_the_counts() -> None:
    figure = Figure(right=6, made_up=2, missed=4)
    assert (figure.precision, figure.recall) == (0.75, 0.6)
    assert figure.f1 == pytest.approx(2 / 3)
    assert (Figure().precision, Figure().recall, Figure().f1) == (None, None, 0.0)
    assert Figure(missed=3).f1 == 0.0


# --- calibration ----------------------------------------------------------------------------------------------------


def test_claims_are_counted_by_confidence() -> None:
    found = calibration.buckets([(0.7, True), (0.75, False), (0.9, True), (1.0, True), (0.55, False)])
    assert [(b.low, b.claims, b.right) for b in found] == [(0.5, 1, 0), (0.7, 2, 1), (0.9, 2, 2)]
    assert found[1].confidence == pytest.approx(0.725)
    # by hand: (1 * 0.55 + 2 * 0.225 + 2 * 0.05) / 5
    assert calibration.error(found) == pytest.approx(0.22)
    assert calibration.error([]) is None


def test_a_claim_is_right_if_its_relation_was_matched() -> None:
    judgements = [
        Judgement("party", Verdict.RIGHT, "pact", "Kenya", ("A", "J")),
        Judgement("party", Verdict.MADE_UP, "pact", "Oman", ("A", "M")),
        Judgement("sector", Verdict.LEFT_OUT, "pact", "security", ("A", "S")),
        Judgement("post", Verdict.RIGHT, "Asha Wanjala", "Minister for Trade", ("O", "Minister for Trade")),
    ]
    claims = [
        Sourced("a", "A", "party", ("J",), 0.9),
        Sourced("a", "A", "party", ("M",), 0.6),
        Sourced("a", "A", "sector", ("S",), 0.7),  # optional
        Sourced("a", "O", "post", ("Trade Minister", "Minister for Trade"), 0.8),
        Sourced("b", "A", "party", ("J",), 0.5),  # of an article that the gold file does not have
    ]
    assert calibration.outcomes(claims, {"a": judgements}) == [(0.9, True), (0.6, False), (0.8, True)]


def test_every_judged_claim_of_a_store_is_in_some_bucket(tmp_path: Path) -> None:
    place = tmp_path / "store"
    pipeline.build([str(EXAMPLE)], place, pipeline.Options())
    found = run.of_store(gold.read(EXAMPLE), place)
    stated = Counter(j.verdict for each in found.judged.values() for j in each if j.what in RELATIONS)
    assert sum(b.claims for b in found.buckets) >= stated[Verdict.RIGHT] > 0
    assert sum(b.right for b in found.buckets) >= stated[Verdict.RIGHT]


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_example_is_scored(kg: Run) -> None:
    result = kg("eval", EXAMPLE, "--format", "json", "--articles", "--calibration")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["articles"] == 3
    assert found["absent"] == []
    required = Counter(
        e.kind for a in gold.read(EXAMPLE).values() for e in a.entities.values() if not e.optional and e.kind in CLASSES
    )
    assert {c: f["right"] + f["missed"] for c, f in found["classes"].items()} == required
    assert found["together"]["entities"]["f1"] > 0.5
    assert len(found["by_article"]) == 3
    assert found["calibration"]["buckets"]


def test_a_store_is_scored_as_a_build_is(kg: Run, tmp_path: Path) -> None:
    place = tmp_path / "store"
    assert kg("build", EXAMPLE, "--store", place, "--quiet").exit_code == 0
    for options in ([], ["--calibration"], ["--articles", "--format", "csv"]):
        assert kg("eval", EXAMPLE, "--store", place, *options).stdout == kg("eval", EXAMPLE, *options).stdout


def test_the_table_is_for_people_and_csv_for_spreadsheets(kg: Run) -> None:
    table = kg("eval", EXAMPLE, "--articles", "--calibration").stdout
    for line in ("portugal-morocco-energy: Portugal and Morocco", "3 articles", "expected calibration error"):
        assert line in table
    rows = list(csv.DictReader(io.StringIO(kg("eval", EXAMPLE, "--format", "csv").stdout)))
    assert [r["what"] for r in rows] == [*CLASSES, *RELATIONS, "entities", "relations"]
    buckets = list(csv.DictReader(io.StringIO(kg("eval", EXAMPLE, "--calibration", "--format", "csv").stdout)))
    assert all(float(b["low"]) <= float(b["mean confidence"]) <= float(b["high"]) for b in buckets)


def test_articles_that_a_store_lacks_are_counted_as_missed(kg: Run, tmp_path: Path) -> None:
    other = written(tmp_path / "other.jsonl", article({**KENYA, "names": ["Kenya"]}, id="elsewhere"))
    place = tmp_path / "store"
    kg("build", EXAMPLE, "--store", place, "--quiet")
    result = kg("eval", other, "--store", place, "--articles")
    assert "1 article, 1 of them not in the graph" in result.stdout
    assert "missed Jurisdiction: Kenya" in result.stdout


def test_two_readers_are_compared(kg: Run) -> None:
    result = kg("eval", EXAMPLE, "--against", EXAMPLE, "--format", "json")
    assert json.loads(result.stdout)["together"]["relations"]["f1"] == 1


def test_only_one_thing_is_scored_at_once(kg: Run) -> None:
    assert kg("eval", EXAMPLE, "--store", "x", "--engine", "rules").exit_code == 2
    assert "no confidence" in kg("eval", EXAMPLE, "--against", EXAMPLE, "--calibration").stderr


def test_the_quotes_and_names_of_the_example_stand_in_its_texts() -> None:
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        for entity in found["gold"]:
            assert entity.get("evidence", "") in found["text"]
            assert all(name.lower() in found["text"].lower() for name in entity["names"])


# --- gold files that are none -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "truncated"),
        ('["a"]', "got `array`"),
        ('{"id": "b"}', "field `gold`"),
        (article({"id": "x", "type": "Person", "names": ["N"]}), "'Person' - at `$.gold[0].type`"),
        (article({"id": "x", "type": "Official", "names": ["N"], "partys": []}), "unknown field `partys`"),
        (article({"id": "x", "type": "Official", "names": [7]}), "at `$.gold[0].names[0]`"),
        (article({"id": "x", "type": "Official", "names": []}), "entity 'x' has no names"),
        (article(KENYA, KENYA), "two entities have the id 'J'"),
        (article(MINISTER), "serves of 'O' is 'J', which is no entity"),
        (article({**PACT, "party": [], "kind": "mou"}), "kind of 'A' is 'mou'; it can be agreement, contract,"),
        (article({**PACT, "party": [], "status": "done"}), "status of 'A' is 'done'"),
        (article({**PACT, "party": [], "date": "19/9/2024"}), "date of 'A' is '19/9/2024'; write it as 2024-09-19"),
        (article(id="first"), "the id 'first' was given to an article before"),
        ("[" * 100_000, "2: "),
    ],
)
def test_a_malformed_line_is_named(kg: Run, tmp_path: Path, line: str | dict[str, Any], words: str) -> None:
    path = written(tmp_path / "gold.jsonl", article(id="first"))
    with path.open("a", encoding="utf-8") as out:
        out.write(line if isinstance(line, str) else json.dumps(line))
    result = kg("eval", path)
    assert result.exit_code == 2
    (message,) = [part for part in result.stderr.splitlines() if part.startswith("Error")]
    assert f"gold.jsonl:2: {words}" in message or (f"{path}:2: " in message and words in message)


def test_an_empty_gold_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text("\n\n")
    with pytest.raises(UsageError, match="holds no articles"):
        gold.read(tmp_path / "gold.jsonl")


# --- the other scorer -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def scorer(shared: Path) -> ModuleType:
    """Return the scorer whose figures ours must be."""
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counts(figures: Mapping[str, Figure]) -> dict[str, tuple[int, int, int]]:
    return {what.lower(): (f.right, f.made_up, f.missed) for what, f in figures.items()}


def counts_of(scorer: ModuleType, pairs: list[tuple[list[Any], list[Any]]]) -> dict[str, tuple[int, int, int]]:
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for ours, theirs in pairs:
        scorer.compare(ours, theirs, tally, [])
    return {what.lower(): (r["tp"], r["fp"], r["fn"]) for what, r in scorer.figures(tally).items()}


@pytest.mark.parametrize(("name", "articles"), [("seed.jsonl", 1), ("dev.jsonl", 40)])
def test_stores_score_as_with_the_other_scorer(
    scorer: ModuleType, shared: Path, tmp_path: Path, name: str, articles: int
) -> None:
    path = tmp_path / name
    with (shared / "gold" / name).open(encoding="utf-8") as lines:
        path.write_text("".join(line for line, _ in zip(lines, range(articles), strict=False)), encoding="utf-8")
    pipeline.build([str(path)], tmp_path / "store", pipeline.Options())
    system, _ = scorer.from_store(str(tmp_path / "store"))
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = run.of_store(gold.read(path), tmp_path / "store").figures()
    assert counts(found) == counts_of(scorer, [(a["gold"], system.get(a["id"], [])) for a in raw])


_NAMES = {
    "Agreement": ["pact", "the pact", "memorandum", "memorandum on rail"],
    "Official": ["Asha Wanjala", "Wanjala", "Wanjala Asha", "Hon. Mr Lê Văn Tùng", "Le Van Tung", "Mary Asha Wanjala"],
    "Ministry": [
        "Ministry of Energy",
        "Ministry of Energy of Kenya",
        "Energy Board",
        "Board",
        "the Ministry of Energy",
    ],
    "Organization": ["Harbour Bank", "Harbour Bank of Kenya", "Energy Board", "Ministry of Energy"],
    "Jurisdiction": ["Kenya", "the Republic of Kenya", "Kenyan", "Viet Nam", "Kenya's"],
    "IndustrySector": ["agriculture", "agricultural sector", "energy", "services sector", "energies"],
}
_TITLES = ["Minister", "Minister for Trade", "Trade Minister", "Deputy Minister for Trade", "Governor"]


@st.composite
def readers_notes(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw what a reader may have noted of an article: a few entities with names that are alike."""
    kinds = draw(st.lists(st.sampled_from(sorted(_NAMES)), max_size=7))
    ids = [f"{kind[0]}{n}" for n, kind in enumerate(kinds)]

    def value(options: list[str]) -> st.SearchStrategy[Any]:
        return st.one_of(
            st.sampled_from(options),
            st.builds(lambda v, o: {"v": v, "optional": o}, st.sampled_from(options), st.booleans()),
        )

    found = []
    for id_, kind in zip(ids, kinds, strict=True):
        entity: dict[str, Any] = {"id": id_, "type": kind}
        entity["names"] = draw(st.lists(st.sampled_from(_NAMES[kind]), min_size=1, max_size=3, unique=True))
        if draw(st.integers(0, 4)) == 0:
            entity["optional"] = True
        for link in draw(st.sets(st.sampled_from(LINKS), max_size=4)):
            entity[link] = draw(st.lists(value(ids), max_size=3, unique_by=str))
        if kind == "Agreement":
            for relation, options in (
                ("kind", ["agreement", "treaty"]),
                ("status", ["signed", "planned"]),
                ("date", ["2024-09-19", "2024"]),
            ):
                entity[relation] = draw(st.one_of(st.none(), value(options)))
        if kind == "Official":
            entity["post"] = draw(st.lists(value(_TITLES), max_size=3, unique_by=str))
        found.append(entity)
    return found


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(ours=readers_notes(), theirs=readers_notes())
def test_any_two_readers_score_as_with_the_other_scorer(
    scorer: ModuleType, tmp_path_factory: pytest.TempPathFactory, ours: list[Any], theirs: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("readers")
    paths = [written(folder / f"{n}.jsonl", article(*notes)) for n, notes in enumerate((ours, theirs))]
    found = run.of_reader(gold.read(paths[0]), gold.read(paths[1])).figures()
    assert counts(found) == counts_of(scorer, [(ours, theirs)])
