"""kg review: what it asks, what its keys do in a real terminal, and what its commands write."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import ROOT, Run

from kg import pipeline
from kg.decisions.folder import Folder
from kg.decisions.model import Decision
from kg.model import Iri
from kg.review import answers, desk
from kg.review.passages import around
from kg.vocabulary import BASE, KG

DAY = "2026-11-25"
ARTICLES = {
    # Which of the ministries of agriculture the two mean, they do not say.
    "barns": "GENEVA, 3 May 2024 - The Ministry of Agriculture and the Ministry of Health signed a memorandum of understanding on seeds.",
    "seeds": "GENEVA, 9 May 2024 - The Ministry of Agriculture said on Thursday that it would send the memorandum of understanding on seeds to parliament.",
    # Two people of one name.
    "accra": "ACCRA, 3 June 2024 - Ghana's Minister of Health, Daniel Mensah, signed an agreement on vaccines with Kenya.",
    "monrovia": "MONROVIA, 4 June 2024 - Liberia's Deputy Minister of Trade, Daniel Mensah, signed an agreement on rubber with Japan.",
    # A party that is only guessed.
    "denied": "Government denies port agreement with Türkiye\n\nAPIA, 9 October 2023 - The Government of Samoa said that no agreement on ports was signed. The Minister of Works, Tuala Ierome, was answering reports of a port agreement during a conference in Istanbul.",
}  # fmt: skip
FARMS = Iri(f"{BASE}ministry/ministry-of-agriculture")
HEALTH = Iri(f"{BASE}ministry/ministry-of-health")
GHANA, LIBERIA = Iri(f"{BASE}official/gh-daniel-mensah"), Iri(f"{BASE}official/lr-daniel-mensah")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store that leaves something of each kind to decide."""
    folder = tmp_path_factory.mktemp("review")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    pipeline.build([str(p) for p in folder.glob("*.txt")], folder / "store", pipeline.Options())
    return folder / "store"


@pytest.fixture(autouse=True)
def nowhere(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, as somebody whom the environment names."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", str(place))
    monkeypatch.setenv("KG_AUTHOR", "Ada Quill")
    monkeypatch.delenv("KG_REVIEW", raising=False)


def listed(kg: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(kg("review", "--list", "--format", "csv").stdout)))


def decided() -> list[Decision]:
    return Folder(Path("kg-review")).decisions()


# --- what is asked ---


def test_questions_come_most_useful_first(kg: Run) -> None:
    rows = listed(kg)
    assert [row["asks"] for row in rows] == sorted((r["asks"] for r in rows), key=["link", "fact", "pair"].index)
    links = [(row["entity"], int(row["articles"])) for row in rows if row["asks"] == "link"]
    assert links[0] == (FARMS, 2)
    assert [n for _, n in links] == sorted((n for _, n in links), reverse=True)
    assert any(row["asks"] == "pair" and {row["entity"], row["other"]} == {GHANA, LIBERIA} for row in rows)
    assert any(row["asks"] == "fact" and row["question"].startswith("party:") for row in rows)


def test_json_tells_the_same_as_csv(kg: Run) -> None:
    told = json.loads(kg("review", "--list", "--format", "json").stdout)
    assert [{k: str(v) for k, v in row.items()} for row in told] == listed(kg)


def test_a_table_is_for_people(kg: Run) -> None:
    result = kg("review", "--list", "--limit", "1")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 3)
    assert "Ministry of Agriculture" in result.stdout


@pytest.mark.parametrize(
    "decide",
    [
        ("no-item", FARMS), ("link", FARMS, "Q42"), ("different", GHANA, LIBERIA), ("same", LIBERIA, GHANA),
    ],
)  # fmt: skip
def test_what_is_decided_is_not_asked_again(kg: Run, decide: tuple[str, ...]) -> None:
    before = listed(kg)
    assert kg("review", "decide", *decide).exit_code == 0
    after = listed(kg)
    assert len(after) == len(before) - 1
    assert kg("review", "decide", *decide, "--undo").exit_code == 0
    assert listed(kg) == before


def test_a_fact_that_was_decided_on_is_not_asked_again(kg: Run) -> None:
    fact = next(row for row in listed(kg) if row["asks"] == "fact")
    predicate = fact["question"].partition(":")[0]
    for kind in ("right-fact", "wrong-fact"):
        assert kg("review", "decide", kind, fact["entity"], predicate, fact["other"]).exit_code == 0
        assert fact not in listed(kg)
        kg("review", "decide", kind, fact["entity"], predicate, fact["other"], "--undo")


def test_a_rejected_item_is_not_offered_again(kg: Run) -> None:
    item = listed(kg)[0]["other"]
    kg("review", "decide", "not-link", FARMS, item)
    (row,) = (row for row in listed(kg) if row["entity"] == FARMS)
    assert f"{item} " not in row["question"]


def test_a_decision_that_could_not_be_followed_is_listed(kg: Run, place: Path, tmp_path: Path) -> None:
    Folder(tmp_path / "kg-review").add([Decision("no-item", Iri(f"{BASE}official/nobody"), date=DAY)])
    sources = [str(p) for p in place.parent.glob("*.txt")]
    result = kg("build", *sources, "--store", tmp_path / "store")
    assert "1 decision could not be followed:" in result.stderr
    assert "links.sssom.tsv:15: no-item nobody: the graph has no entity" in result.stderr
    rows = csv.DictReader(io.StringIO(kg("review", "--list", "-f", "csv", "--store", tmp_path / "store").stdout))
    assert next(iter(rows))["asks"] == "unmet"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ports Board\nThe Ports Board met.", "Ports Board"),
        ("It met.\nThe Ports\nBoard agreed.\nMore.", "The Ports Board agreed."),
        ("x" * 300 + " Ports Board " + "y" * 300, "… " + "x" * 159 + " Ports Board " + "y" * 159 + " …"),
        ("Nobody met.", ""),
    ],
)
def test_words_around_a_name_are_those_of_its_line(text: str, words: str) -> None:
    assert around(text, "Ports Board") == words


# --- commands ---


def test_names_are_given_as_one_types_them(kg: Run) -> None:
    result = kg(
        "review", "decide", "link", "ministry of agriculture", "https://www.wikidata.org/wiki/Q42", "-m", "by phone"
    )
    assert (result.exit_code, result.stdout) == (0, "")
    (made,) = decided()
    assert (made.key, made.authors, made.comment) == (("link", FARMS, "", "Q42", ""), ("Ada Quill",), "by phone")


def test_every_kind_can_be_written_down(kg: Run) -> None:
    deal = next(row["entity"] for row in listed(kg) if row["asks"] == "fact")
    written = [
        ("same", GHANA, LIBERIA),
        ("different", GHANA, "--article", "accra"),
        ("not-link", HEALTH, "Q1"),
        ("no-item", FARMS, "--date", "2025-01-31"),
        ("wrong-fact", deal, "party", "Samoa"),
        ("wrong-fact", deal, "status", "rejected", "--article", "denied"),
        ("right-fact", deal, "kg:agreementType", "agreement"),
        ("wrong-fact", deal, "signedOn", "2024-05"),
        ("wrong-fact", deal, "type", "Agreement"),
    ]
    for words in written:
        assert kg("review", "decide", *words).exit_code == 0, words
    found = {d.key for d in decided()}
    assert len(found) == len(written)
    assert ("wrong", deal, KG.party, f"{BASE}jurisdiction/ws", "") in found
    assert ("wrong", deal, KG.status, f"{BASE}status/rejected", f"{BASE}article/denied") in found
    assert ("different", GHANA, "", "", f"{BASE}article/accra") in found
    assert kg("review", "check").stdout == f"{len(written)} decisions in kg-review\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("link", FARMS), "takes: ENTITY ITEM"),
        (("no-item", FARMS, "Q1"), "takes: ENTITY"),
        (("link", FARMS, "P31"), "is no item of Wikidata"),
        (("no-item", "Ministry of Nothing at All"), "nothing in the store is called"),
        (("same", GHANA, GHANA), "one entity"),
        (("wrong-fact", FARMS, "earliest", "2024-01-01"), "follows from kg:signedOn"),
        (("wrong-fact", FARMS, "signedOn", "soon"), "is no value"),
        (("wrong-fact", FARMS, "partty", "Kenya"), "no property is called"),
        (("link", FARMS, "Q1", "--undo"), "no line says"),
    ],
)
def test_what_is_no_decision_is_refused(kg: Run, words: tuple[str, ...], why: str) -> None:
    result = kg("review", "decide", *words)
    assert (result.exit_code, why in result.stderr, result.stderr.count("\n")) == (2, True, 1)
    assert decided() == []


def test_a_contradiction_is_refused_unless_it_is_later(kg: Run) -> None:
    kg("review", "decide", "link", FARMS, "Q1", "--date", "2026-01-01")
    assert "says so already" in kg("review", "decide", "link", FARMS, "Q1").stderr
    assert "says otherwise" in kg("review", "decide", "no-item", FARMS, "--date", "2026-01-01").stderr
    assert kg("review", "decide", "no-item", FARMS, "--date", "2026-01-02").exit_code == 0


def test_without_a_terminal_it_says_what_to_do(kg: Run) -> None:
    result = kg("review")
    assert result.exit_code == 2
    assert "--list" in result.stderr
    assert "kg review decide" in result.stderr


def test_options_before_a_command_are_not_passed_over(kg: Run) -> None:
    assert "stand after its name" in kg("review", "--review", "x", "decide", "no-item", FARMS).stderr


def test_check_names_every_line(kg: Run, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "kg-review")
    folder.add([Decision("no-item", FARMS, date=DAY)])
    (folder.path / "decisions.tsv").write_text(
        "kind\tsubject\tobject\nsame\tid:a\nsame\tid:a\tid:b\nnone\tid:c\n", encoding="utf-8"
    )
    result = kg("review", "check")
    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()[:2]] == [
        "kg-review/decisions.tsv:2",
        "kg-review/decisions.tsv:4",
    ]


@pytest.mark.parametrize("review", ["elsewhere", ""])
def test_a_build_does_not_pass_over_a_folder_that_is_not_there(kg: Run, place: Path, review: str) -> None:
    result = kg("build", *place.parent.glob("*.txt"), "--store", "store", *(["--review", review] if review else []))
    assert (result.exit_code, "there is no folder elsewhere" in result.stderr) == ((2, True) if review else (0, False))


def test_a_build_without_the_decisions_of_the_one_before_says_so(kg: Run, place: Path, tmp_path: Path) -> None:
    sources = [str(p) for p in place.parent.glob("*.txt")]
    kg("review", "decide", "link", FARMS, "Q42")
    assert "1 decision of people followed" in kg("build", *sources, "--store", "store").stderr
    shown = kg("show", FARMS, "--store", "store").stdout
    assert re.search(r"entity/Q42  \(review by Ada Quill, confidence 1, as of \d{4}-", shown)
    (tmp_path / "kg-review").rename(tmp_path / "elsewhere")
    assert "this one none: give their folder as --review" in kg("build", *sources, "--store", "store").stderr


# --- who decides ---


def test_the_author_is_the_one_given_else_whom_git_knows_else_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for name in ("GIT_AUTHOR_NAME", "USER", "LOGNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("USER", "ada")
    assert answers.author(None).name == "ada"
    (tmp_path / "gitconfig").write_text("[user]\n\tname = Bo Reed\n", encoding="utf-8")
    assert answers.author(None).name == "Bo Reed"
    assert answers.author("Ada Quill", DAY) == answers.Author("Ada Quill", DAY)


def test_nobody_decides_nothing(monkeypatch: pytest.MonkeyPatch, kg: Run) -> None:
    for name in ("GIT_AUTHOR_NAME", "USER", "LOGNAME", "KG_AUTHOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    result = kg("review", "decide", "no-item", FARMS)
    assert (result.exit_code, "who decides?" in result.stderr) == (2, True)


# --- OpenRefine ---


def test_a_table_of_openrefine_is_taken_over_once(kg: Run, tmp_path: Path) -> None:
    rows = f"label,entity,qid,judgment\nA,{FARMS},Q1,matched\nB,{HEALTH},,new\nC,{GHANA},,none\nD,{LIBERIA},,\n"
    (tmp_path / "reconciled.csv").write_text("\ufeff" + rows, encoding="utf-8")
    for saved in ("2 decisions", "0 decisions"):
        assert kg("review", "import", "reconciled.csv").stderr.startswith(f"{saved} saved")
    assert {d.key for d in decided()} == {("link", FARMS, "", "Q1", ""), ("no-item", HEALTH, "", "", "")}
    assert {d.authors for d in decided()} == {("Ada Quill",)}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("label,qid\nA,Q1\n", "table.csv:1: the columns entity and qid are needed"),
        (f"entity\tqid\n{FARMS}\tP31\n", "table.csv:2: 'P31' is no item"),
        ("entity,qid\nFarms,Q1\n", "table.csv:2: 'Farms' is no IRI"),
        (f"entity,qid,judgment\n{FARMS},Q1,maybe\n", "table.csv:2: judgment 'maybe'"),
    ],
)
def test_a_table_that_tells_nothing_is_refused(kg: Run, text: str, why: str) -> None:
    Path("table.csv").write_text(text, encoding="utf-8")
    result = kg("review", "import", "table.csv")
    assert (result.exit_code, why in result.stderr) == (2, True)
    assert decided() == []


# --- the terminal ---


class Terminal:
    """kg review in a pseudo-terminal."""

    def __init__(self, *options: str) -> None:
        self._ours, theirs = pty.openpty()
        command = [sys.executable, str(ROOT / "cli.py"), "review", *options]
        environment = os.environ | {"COLUMNS": "100", "TERM": "dumb"}
        self.process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        self.shown = ""

    def wait_for(self, words: str) -> str:
        """Return what was shown up to some words; fails where they do not come."""
        end = time.monotonic() + 30
        while not re.search(words, self.shown):
            ready, _, _ = select.select([self._ours], [], [], max(0.0, end - time.monotonic()))
            read = os.read(self._ours, 65536) if ready else b""
            assert read, f"{words!r} was not shown: {self.shown}"
            self.shown += read.decode(errors="replace")
        before, self.shown = self.shown, ""
        return before

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def code(self) -> int:
        """Return the exit code, once the process has ended."""
        return self.process.wait(timeout=30)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


PROMPT = r"q\s+quit\s"  # a narrow terminal breaks the line


@pytest.fixture
def opened() -> Iterator[Callable[..., Terminal]]:
    """Return a function that runs kg review in a terminal, which is closed in the end."""
    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(Terminal(*options))


def test_each_key_does_what_it_says(opened: Callable[..., Terminal]) -> None:
    terminal = opened()
    first = terminal.wait_for(PROMPT)
    assert "1 of " in first
    assert "Ministry of Agriculture" in first
    assert re.search("“GENEVA, 3 May 2024", first)
    assert re.search("“GENEVA, 9 May 2024", first), "each article that names it is quoted"
    choices = re.findall(r"(?m)^\s+\d  (Q\d+)", first)
    terminal.press("?\t")  # keys that mean nothing
    terminal.press("n")
    terminal.wait_for(PROMPT)
    assert {(d.kind, d.object) for d in decided()} == {("not-link", qid) for qid in choices}
    terminal.press("u")
    assert "1 of " in terminal.wait_for(PROMPT)
    assert decided() == []
    terminal.press("2")
    terminal.wait_for(PROMPT)
    assert [(d.kind, d.subject, d.object, d.authors) for d in decided()] == [
        ("link", FARMS, choices[1], ("Ada Quill",))
    ]
    terminal.press("x")
    terminal.wait_for(PROMPT)
    assert decided()[-1].key == ("no-item", HEALTH, "", "", "")
    terminal.press("s")
    terminal.wait_for(PROMPT)
    assert len(decided()) == 2
    terminal.press("q")
    terminal.wait_for("2 decisions saved in kg-review")
    assert terminal.code() == 0


def test_facts_and_pairs_are_answered_with_yes_and_no(place: Path, opened: Callable[..., Terminal]) -> None:
    asked = desk.desk(place, None).questions
    terminal = opened()
    kinds = {"link": "s", "fact": "n", "pair": "y"}
    for question in asked:
        terminal.wait_for(PROMPT)
        terminal.press(kinds[question.asks])
    terminal.wait_for("saved in kg-review")
    assert terminal.code() == 0
    found = {d.kind for d in decided()}
    assert found == {"wrong", "same"}
    assert len(decided()) == sum(question.asks != "link" for question in asked)


@pytest.mark.parametrize(
    "leave",
    [lambda t: t.press("\x04"), lambda t: t.press("q"), lambda t: t.process.send_signal(signal.SIGINT)],
    ids=["Ctrl-D", "q", "Ctrl-C"],
)
def test_what_was_answered_stays_where_somebody_leaves(
    leave: Callable[[Terminal], None], opened: Callable[..., Terminal]
) -> None:
    terminal = opened()
    terminal.wait_for(PROMPT)
    terminal.press("y")
    terminal.wait_for(PROMPT)
    leave(terminal)
    terminal.wait_for("1 decision saved")
    assert terminal.code() == 0
    assert [d.kind for d in decided()] == ["link"]


def test_nothing_to_undo_and_nothing_to_ask(opened: Callable[..., Terminal]) -> None:
    terminal = opened("--limit", "1")
    terminal.wait_for(PROMPT)
    terminal.press("u")
    terminal.wait_for("nothing to undo")
    terminal.press("s")
    terminal.wait_for("0 decisions saved")
    assert terminal.code() == 0
