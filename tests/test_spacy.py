"""The engine with a statistical model: its names join the grammar's, and state nothing by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

pytest.importorskip("spacy", reason="engine 'spacy' needs: pip install 'accordgraph[spacy]'")
import spacy

from kg.engines.rules import Rules
from kg.engines.spacy import Spacy
from kg.errors import UsageError
from kg.model import Article, Reading
from kg.vocabulary import KG

DEAL = (
    "Kenya's Ministry of Trade and Brightwater Circle signed a memorandum of understanding on fisheries on 3 May 2024."
)


def pipeline_at(folder: Path, *names: tuple[str, str]) -> str:
    """Save a pipeline that finds these names, and return its folder."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name} for name, label in names])
    nlp.to_disk(folder)
    return str(folder)


def read(folder: Path, text: str, *names: tuple[str, str]) -> Reading:
    (found,) = Spacy(pipeline_at(folder, *names)).read([Article("a", text, "T", "2024-05-04")])
    assert isinstance(found, Reading)
    return found


def by_rules(text: str) -> Reading:
    return next(Rules().read([Article("a", text, "T", "2024-05-04")]))


def named(found: Reading, kind: str) -> list[str]:
    return [t.name for t in found.things if t.kind == getattr(KG, kind)]


def test_without_names_it_reads_as_the_rules_do(tmp_path: Path) -> None:
    assert read(tmp_path, DEAL, ("Nobody", "PERSON")) == by_rules(DEAL)


def test_an_organisation_that_no_lexicon_knows_becomes_the_party_that_the_sentence_makes_it(tmp_path: Path) -> None:
    text = DEAL.replace("Kenya's Ministry of Trade", "Kenya")
    assert named(by_rules(text), "Organization") == []
    found = read(tmp_path, text, ("Brightwater Circle", "ORG"))
    names = {t.key: t.name for t in found.things}
    assert {names[c.object] for c in found.claims if c.predicate == KG.party} == {"Kenya", "Brightwater Circle"}


def test_an_organisation_that_is_party_to_nothing_is_not_stated(tmp_path: Path) -> None:
    text = f"{DEAL.replace(' and Brightwater Circle', ' and Oman')} Harbour Novelties sells flags."
    assert named(read(tmp_path, text, ("Harbour Novelties", "ORG")), "Organization") == []


@pytest.mark.parametrize(
    "text",
    [
        "Finance Minister Rain Summer Achieng spoke.",
        "Rain Summer Achieng, Minister of Finance, spoke.",
        "The Minister of Finance, Rain Summer Achieng, spoke.",
    ],
)
def test_a_person_beside_a_public_office_is_an_official(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text, ("Rain Summer Achieng", "PERSON"))
    assert named(found, "Official") == ["Rain Summer Achieng"]


def test_a_person_of_whom_no_office_is_told_is_none(tmp_path: Path) -> None:
    text = "Rain Summer Achieng watched. The Minister of Finance was away."
    assert named(read(tmp_path, text, ("Rain Summer Achieng", "PERSON")), "Official") == []


def test_a_longer_name_completes_a_shorter_one(tmp_path: Path) -> None:
    text = "Trade Minister Asha Wanjala will sign. Asha Wanjala wa Summer Achieng was born in Nairobi."
    found = read(tmp_path, text, ("Asha Wanjala wa Summer Achieng", "PERSON"))
    assert named(found, "Official") == ["Asha Wanjala wa Summer Achieng"]
    (official,) = (t for t in found.things if t.kind == KG.Official)
    assert {m.text for m in official.mentions} >= {"Asha Wanjala", "Asha Wanjala wa Summer Achieng"}


def test_a_place_needs_a_code_and_what_the_grammar_knows_stays(tmp_path: Path) -> None:
    text = f"{DEAL} It was signed in Vorrania. The Ministry of Trade is in Nairobi."
    found = read(tmp_path, text, ("Vorrania", "GPE"), ("Ministry of Trade", "PERSON"), ("Kenya", "ORG"))
    assert sorted(named(found, "Jurisdiction")) == ["Kenya", "Nairobi"]
    assert named(found, "Ministry") == ["Ministry of Trade"]
    assert [(text[d.start : d.end], d.reason) for d in found.drops if "lexicon" in d.reason] == [
        ("Vorrania", "a place that no lexicon knows")
    ]


def test_a_trained_recogniser_serves_as_well(tmp_path: Path) -> None:
    from spacy.training import Example

    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    ner.add_label("ORG")
    spacy.util.fix_random_seed(0)
    at = DEAL.index("Brightwater Circle")
    example = Example.from_dict(nlp.make_doc(DEAL), {"entities": [(at, at + len("Brightwater Circle"), "ORG")]})
    nlp.initialize(lambda: [example])
    for _ in range(30):
        nlp.update([example])
    nlp.to_disk(tmp_path)
    (found,) = Spacy(str(tmp_path)).read([Article("a", DEAL, "T", "2024-05-04")])
    assert named(found, "Organization") == ["Brightwater Circle"]


def test_an_article_too_long_for_the_model_is_read_by_the_rules(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = Spacy(pipeline_at(tmp_path, ("Brightwater Circle", "ORG")))
    engine._pipeline.max_length = 50
    assert list(engine.read([Article("a", DEAL, "T", "2024-05-04")])) == [by_rules(DEAL)]
    assert "a is too long for the statistical model" in caplog.text


def test_another_pipeline_is_another_engine(tmp_path: Path) -> None:
    first = Spacy(pipeline_at(tmp_path / "1", ("Brightwater Circle", "ORG"))).fingerprint
    assert Spacy(pipeline_at(tmp_path / "2", ("Brightwater Circles", "ORG"))).fingerprint != first


def test_the_command_line_takes_the_model_from_the_environment(
    tmp_path: Path, kg: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_SPACY_MODEL", pipeline_at(tmp_path / "model", ("Brightwater Circle", "ORG")))
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "date": "2024-05-04", "text": DEAL}))
    store = tmp_path / "store"
    result = kg("build", tmp_path / "a.jsonl", "--engine", "spacy", "--store", store, "-w", "1")
    assert result.exit_code == 0
    assert "Brightwater Circle" in kg("show", "Brightwater Circle", "--store", store).stdout
    assert kg("verify", "--store", store).exit_code == 0


def test_a_model_that_is_missing_or_finds_no_names_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_SPACY_MODEL", raising=False)
    monkeypatch.setattr(spacy.util, "get_installed_models", list)
    with pytest.raises(UsageError, match="needs a model: set KG_SPACY_MODEL"):
        Spacy()
    with pytest.raises(UsageError, match="no spaCy pipeline can be loaded from 'no_such_model'"):
        Spacy("no_such_model")
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(UsageError, match="finds no names"):
        Spacy(str(tmp_path))
