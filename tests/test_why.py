"""`kg show --why`: what was merged into an entity, what nearly was, and on what grounds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from kg.stores import generations, grounds
from kg.vocabulary import BASE

DANIEL = f"{BASE}official/gh-daniel-mensah"


def why(place: Path, name: str, *options: str) -> str:
    """Return what `kg show --why` prints."""
    result = CliRunner().invoke(main, ["show", name, "--why", "--store", str(place), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_what_was_merged_is_told_with_score_and_grounds(example_place: Path) -> None:
    said = why(example_place, f"{BASE}agreement/ke-vn-memorandum-of-understanding-2025-06-12")
    assert "Merged\n  1.00  Memorandum of Understanding, signed 2025-06-12, gazette-signing and 1 more\n" in said
    assert "signed on 2025-06-12; the same type; sectors share aquaculture, fisheries; the same signatories" in said


def test_what_nearly_was_is_told_with_what_spoke_against_it(example_place: Path) -> None:
    said = why(example_place, DANIEL)
    assert "Nearly, and left apart\n  0.00  Daniel Mensah, Deputy Minister of Trade, Liberia\n" in said
    assert "the same name, but one serves Liberia, one Ghana" in said
    assert f"{BASE}official/lr-daniel-mensah" in said


def test_a_person_whom_several_articles_call_alike(example_place: Path) -> None:
    assert "the same name; all serve Kenya; the same post" in why(example_place, "Joseph Odhiambo Wekesa")


@pytest.mark.parametrize("name", ["Hong Kong", "fisheries", "Halvor Gjerde"])
def test_that_nothing_was_weighed_is_told(example_place: Path, name: str) -> None:
    assert "nothing was weighed" in why(example_place, name)


def test_json_tells_the_same(example_place: Path) -> None:
    told = json.loads(why(example_place, DANIEL, "--format", "json"))
    assert (told["iri"], told["label"]) == (DANIEL, "Daniel Mensah")
    assert told["grounds"] == [
        {
            "entity": DANIEL,
            "verdict": "apart",
            "name": "Daniel Mensah, Deputy Minister of Trade, Liberia",
            "score": 0.0,
            "why": "the same name, but one serves Liberia, one Ghana",
            "other": f"{BASE}official/lr-daniel-mensah",
        }
    ]


def test_json_without_grounds_tells_the_facts(example_place: Path) -> None:
    result = CliRunner().invoke(main, ["show", DANIEL, "--format", "json", "--store", str(example_place)])
    told = json.loads(result.stdout)
    assert "grounds" not in told
    assert {"predicate", "value", "iri", "inverse", "quotes"} == set(told["statements"][0])


def test_a_store_that_was_loaded_from_rdf_holds_no_grounds(example_place: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["dump", str(tmp_path / "all.nq"), "--store", str(example_place)]).exit_code == 0
    assert runner.invoke(main, ["load", str(tmp_path / "all.nq"), "--store", str(tmp_path / "store")]).exit_code == 0
    result = runner.invoke(main, ["show", DANIEL, "--why", "--store", str(tmp_path / "store")])
    assert result.exit_code == 2
    assert "does not hold why things are one" in result.output


def test_a_damaged_file_of_grounds_is_one_line(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(
        "Peru and Kenya sign pact\n\nPeru and Kenya signed a pact on fish on 5 May 2025 in Lima.\n", encoding="utf-8"
    )
    runner = CliRunner()
    assert runner.invoke(main, ["build", str(article), "-q", "--store", str(tmp_path / "store")]).exit_code == 0
    generations.require(tmp_path / "store").grounds.write_bytes(b"not a database" * 100)
    result = runner.invoke(main, ["show", "Peru", "--why", "--store", str(tmp_path / "store")])
    assert result.exit_code == 1
    assert "build the store again, with --fresh" in result.output


def test_grounds_do_not_depend_on_the_order_of_sources(tmp_path: Path) -> None:
    texts = {
        "a": "Minister Ana Silva of Peru met Kofi Mensah, Kenya's Minister of Trade, in Lima on 5 May 2025.",
        "b": "Kofi Mensah, Kenya's Minister of Trade, spoke in Nairobi on 6 May 2025.",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"News of the day\n\n{text}\n", encoding="utf-8")
    found = []
    for n, order in enumerate(("ab", "ba")):
        place = tmp_path / f"store{n}"
        files = [str(tmp_path / f"{name}.txt") for name in order]
        assert CliRunner().invoke(main, ["build", *files, "-q", "--store", str(place)]).exit_code == 0
        found.append(grounds.of(place, f"{BASE}official/ke-kofi-mensah"))
    assert found[0] == found[1]
    assert [ground.verdict for ground in found[0]] == ["merged"]
