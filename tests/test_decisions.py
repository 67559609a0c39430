"""The files of decisions: read strictly, rewritten without loss, and what is wrong in them told with its line."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kg.decisions import facts, links
from kg.decisions.folder import Folder
from kg.decisions.model import Decision
from kg.decisions.table import Table
from kg.errors import KgError
from kg.model import Iri
from kg.vocabulary import BASE, KG, OWL, RDF, SKOS

DAY = "2026-11-25"
ANN = Iri(f"{BASE}official/ke-ann-otieno")
BEN = Iri(f"{BASE}official/ke-ben-maina")
DEAL = Iri(f"{BASE}agreement/ke-no-treaty-2024")
KENYA = f"{BASE}jurisdiction/ke"
HEAD = "#curie_map:\n#  e: https://w3id.org/accordgraph/id/\n#  wd: http://www.wikidata.org/entity/\n"
NAMES = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tmapping_date\tpredicate_modifier\tconfidence\n"
CURATED = "semapv:ManualMappingCuration"

EACH = [
    Decision("link", ANN, object="Q42", authors=("Ada Quill",), date=DAY, comment="her page", score=0.9),
    Decision("link", ANN, OWL.sameAs, "Q42", authors=("Ada Quill", "Bo Reed"), date=DAY),
    Decision("link", Iri(f"{BASE}sector/ports"), SKOS.closeMatch, "Q44782", authors=("Ada Quill",), date=DAY),
    Decision("not-link", ANN, object="Q43", authors=("https://orcid.org/0000-0002-1825-0097",), date=DAY),
    Decision("no-item", BEN, authors=("Ada Quill",), date=DAY),
    Decision("same", ANN, object=BEN, authors=("Ada Quill",), date=DAY),
    Decision("different", ANN, object=BEN, authors=("Ada Quill",), date=DAY, comment="father and son"),
    Decision("different", ANN, article=f"{BASE}article/march", authors=("Ada Quill",), date=DAY),
    Decision("wrong", DEAL, KG.party, KENYA, authors=("Ada Quill",), date=DAY),
    Decision("wrong", DEAL, KG.signedOn, "2024-05", f"{BASE}article/march", authors=("Ada Quill",), date=DAY),
    Decision("wrong", DEAL, RDF.type, KG.Agreement, date=DAY),
    Decision("right", DEAL, KG.legallyBinding, "true", date=DAY),
]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "kg-review")


def write(folder: Folder, name: str, text: str | bytes) -> Path:
    folder.path.mkdir(exist_ok=True)
    path = folder.path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def keys(folder: Folder) -> set[tuple[str, ...]]:
    return {decided.key for decided in folder.decisions()}


# --- what is written is read ---


def test_each_kind_of_decision_is_read_as_it_was_written(folder: Folder) -> None:
    folder.add(EACH)
    assert {(d, d.authors, d.comment) for d in folder.decisions()} == {(d, d.authors, d.comment) for d in EACH}


def test_a_folder_that_is_not_there_holds_none(folder: Folder) -> None:
    assert (folder.decisions(), folder.digest(), folder.path.exists()) == ([], "", False)


def test_decisions_of_another_base_are_written_short_too(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "own", "https://example.org/")
    folder.add(
        [Decision("same", Iri("https://example.org/official/a"), object="https://example.org/official/b", date=DAY)]
    )
    assert "same\tid:official/a\t\tid:official/b" in (folder.path / facts.FILE).read_text(encoding="utf-8")
    assert folder.decisions()[0].subject == "https://example.org/official/a"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_comment_comes_back_on_one_line(text: str) -> None:
    table = Table(facts.FILE, facts.TEMPLATE, facts.REQUIRED)
    table.append(facts.cells(Decision("same", ANN, object=BEN, comment=text), BASE))
    again = Table(facts.FILE, table.text(), facts.REQUIRED)
    assert (again.problems, len(again.rows)) == ([], 1)
    assert again.rows[0]["comment"] == " ".join(text.split())


# --- what is not known stays ---


def test_a_rewrite_keeps_comments_columns_order_and_ends_of_lines(folder: Folder) -> None:
    before = (
        "\ufeff# ours\r\nkind\tmood\tsubject\tobject\r\n\r\nsame\tglad\tid:official/b\tid:official/a\r\n"
        '# why not\r\nsame\t"so ""so"""\tid:official/d\tid:official/c'
    )
    path = write(folder, facts.FILE, before)
    folder.add([Decision("same", ANN, object=BEN, authors=("Ada Quill",), date=DAY)])
    after = path.read_bytes().decode()
    head = before.replace("\tobject\r\n", "\tobject\tauthor\tdate\r\n")
    assert after == f"{head}\r\nsame\t\tid:official/ke-ann-otieno\tid:official/ke-ben-maina\tAda Quill\t{DAY}\r\n"
    assert len(folder.decisions()) == 3


def test_removing_what_was_added_leaves_the_file_as_it_was(folder: Folder) -> None:
    folder.add(EACH[:1])
    before = {p.name: p.read_bytes() for p in folder.path.iterdir()}
    folder.add(EACH[3:5])
    assert folder.remove(EACH[3:5]) == 2
    assert {p.name: p.read_bytes() for p in folder.path.iterdir()} == before
    assert folder.remove(EACH[3:5]) == 0


def test_columns_may_stand_in_any_order_and_ends_of_rows_be_left_out(folder: Folder) -> None:
    write(folder, facts.FILE, "object\tkind\tsubject\tcomment\n<https://a.example/2>\tsame\thttps://a.example/1\n")
    assert keys(folder) == {("same", "https://a.example/1", "", "https://a.example/2", "")}


def test_nothing_else_is_left_in_the_folder(folder: Folder) -> None:
    folder.add(EACH)
    assert sorted(p.name for p in folder.path.iterdir()) == [facts.FILE, links.FILE]


def test_a_file_that_is_a_link_stays_one(folder: Folder, tmp_path: Path) -> None:
    folder.path.mkdir()
    (tmp_path / "elsewhere.tsv").write_text(facts.TEMPLATE, encoding="utf-8")
    (folder.path / facts.FILE).symlink_to(tmp_path / "elsewhere.tsv")
    folder.add(EACH[5:6])
    assert (folder.path / facts.FILE).is_symlink()
    assert "same\t" in (tmp_path / "elsewhere.tsv").read_text(encoding="utf-8")


# --- mapping sets of others ---


def test_a_mapping_set_of_another_tool_is_read(folder: Folder) -> None:
    row = f"e:official/ke-ann-otieno\tskos:exactMatch\twd:Q42\t{CURATED}\n"
    names = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    write(
        folder,
        "partner.sssom.tsv",
        f"{HEAD}#mapping_date: 2026-01-31\n#creator_id:\n#- orcid:0000-0002-1825-0097\n{names}{row}",
    )
    (decided,) = folder.decisions()
    assert decided.key == ("link", ANN, "", "Q42", "")
    assert (decided.date, decided.authors) == ("2026-01-31", ("https://orcid.org/0000-0002-1825-0097",))


def test_mappings_that_no_person_decided_are_passed_over(folder: Folder) -> None:
    row = f"e:official/a\tskos:exactMatch\twd:Q42\tsemapv:LexicalMatching\t{DAY}\t\n"
    reviewed = f"e:official/b\tskos:exactMatch\twd:Q43\tsemapv:LexicalMatching\t{DAY}\t\t\tBo Reed\n"
    write(folder, links.FILE, HEAD + NAMES.replace("\n", "\treviewer_label\n") + row + reviewed)
    assert [(d.object, d.authors) for d in folder.decisions()] == [("Q43", ("Bo Reed",))]
    assert folder.undecided() == 1


@pytest.mark.parametrize(
    ("name", "kinds"),
    [(links.FILE, ["link", "not-link", "no-item"]), (facts.FILE, ["same", "different", "wrong", "wrong", "wrong"])],
)
def test_the_files_that_the_documents_show_are_read(folder: Folder, name: str, kinds: list[str]) -> None:
    page = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
    shown = page.partition(f"**{name}**")[2].partition("```text\n")[2].partition("```")[0]
    write(folder, name, shown)
    assert [decided.kind for decided in folder.decisions()] == kinds


# --- what is wrong ---

DECIDED = "kind\tsubject\tpredicate\tobject\tarticle\tauthor\tdate\tcomment\n"
FAULTS = [
    (facts.FILE, "", 1, "no line names the columns"),
    (facts.FILE, "# only this\n\n", 2, "no line names the columns"),
    (facts.FILE, "kind\tobject\n", 1, "no column is called subject"),
    (facts.FILE, "kind\tsubject\tkind\n", 1, "two columns are called 'kind'"),
    (facts.FILE, f"{DECIDED}same\tid:a\t\tid:b\t\t\t\t\tmore\n", 2, "9 cells under 8 columns"),
    (facts.FILE, f'{DECIDED}same\tid:a\t\t"id:b\n', 2, "cannot be told apart"),
    (facts.FILE, f"{DECIDED}# so\nalike\tid:a\t\tid:b\n", 3, "no decision is of the kind 'alike'"),
    (facts.FILE, f"{DECIDED}same\tAnn Otieno\t\tid:b\n", 2, "'Ann Otieno' is no IRI"),
    (facts.FILE, f"{DECIDED}same\tid:a\t\tBen\n", 2, "'Ben' is no IRI"),
    (facts.FILE, f"{DECIDED}same\tid:a\n", 2, "needs two entities"),
    (facts.FILE, f"{DECIDED}same\tid:a\t\tid:a\n", 2, "are one entity"),
    (facts.FILE, f"{DECIDED}same\tid:a\tkg:party\tid:b\n", 2, "has no predicate"),
    (facts.FILE, f"{DECIDED}different\tid:a\n", 2, "either another entity as object, or the article"),
    (facts.FILE, f"{DECIDED}different\tid:a\t\tid:b\tmarch\n", 2, "either another entity as object, or the article"),
    (facts.FILE, f"{DECIDED}wrong\tid:a\tkg:partty\tid:b\n", 2, "state nothing with the predicate"),
    (facts.FILE, f"{DECIDED}wrong\tid:a\tkg:earliest\t2024-05-01\n", 2, "follows from kg:signedOn"),
    (facts.FILE, f"{DECIDED}wrong\tid:a\tkg:signedOn\tin May\n", 2, "'in May' is no value of kg:signedOn"),
    (facts.FILE, f"{DECIDED}wrong\tid:a\tkg:party\tKenya\n", 2, "'Kenya' is no IRI"),
    (facts.FILE, f"{DECIDED}same\tid:a\t\tid:b\t\t\t25/11/2026\n", 2, "is no day"),
    (facts.FILE, f"{DECIDED}same\tid:a\t\tid:b\t\t\t2026-02-30\n", 2, "is no day"),
    (facts.FILE, b"kind\tsubject\nsame\t\xff\xfe\n", 2, "is not written in UTF-8"),
    (facts.FILE, b"kind\tsubject\n\nsame\t\0\n", 3, "null byte"),
    ("others.csv", "entity,qid\n", 0, "is not read"),
    (links.FILE, f"#license: x\n#curie_map: [\n{NAMES}", 2, "the head is no YAML"),
    (links.FILE, f"#just words\n{NAMES}", 1, "the head is no YAML of names and values"),
    (links.FILE, f"#curie_map: wd\n{NAMES}", 1, "curie_map is no map"),
    (links.FILE, f"{HEAD}{NAMES}x:a\tschema:sameAs\twd:Q1\t{CURATED}\t{DAY}\n", 5, "'x:a' is no IRI: name its prefix"),
    (links.FILE, f"{HEAD}{NAMES}e:a\tschema:sameAs\twd:P31\t{CURATED}\t{DAY}\n", 5, "is no item of Wikidata"),
    (links.FILE, f"{HEAD}{NAMES}wd:Q1\tschema:sameAs\te:a\t{CURATED}\t{DAY}\n", 5, "the entity is the subject"),
    (links.FILE, f"{HEAD}{NAMES}e:a\tkg:party\twd:Q1\t{CURATED}\t{DAY}\n", 5, "links nothing"),
    (links.FILE, f"{HEAD}{NAMES}e:a\tschema:sameAs\twd:Q1\tby hand\t{DAY}\n", 5, "is none of semapv:"),
    (links.FILE, f"{HEAD}{NAMES}e:a\tschema:sameAs\twd:Q1\t{CURATED}\n", 5, "mapping_date is missing"),
    (links.FILE, f"{HEAD}{NAMES}e:a\tschema:sameAs\twd:Q1\t{CURATED}\t{DAY}\tnever\n", 5, "neither empty nor Not"),
    (links.FILE, f"{HEAD}{NAMES}e:a\tschema:sameAs\tsssom:NoTermFound\t{CURATED}\t{DAY}\tNot\n", 5, "says nothing"),
    (links.FILE, f"{HEAD}{NAMES}e:a\tschema:sameAs\twd:Q1\t{CURATED}\t{DAY}\t\t1.5\n", 5, "not between 0 and 1"),
    (links.FILE, f"{HEAD}{NAMES}e:a\tschema:sameAs\twd:Q1\t{CURATED}\t{DAY}\t\thigh\n", 5, "is no number"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "line", "words"), FAULTS)
def test_a_fault_is_told_with_its_file_and_line(
    folder: Folder, name: str, text: str | bytes, line: int, words: str
) -> None:
    path = write(folder, name, text)
    with pytest.raises(KgError) as error:
        folder.decisions()
    where, _, what = str(error.value).partition(": ")
    assert where == (f"{path}:{line}" if line else str(path))
    assert words in what
    assert path.read_bytes() == (text if isinstance(text, bytes) else text.encode())


CELLS = st.sampled_from(
    [
        "same",
        "wrong",
        "id:a",
        "id:b",
        "wd:Q1",
        CURATED,
        DAY,
        "kg:party",
        "Not",
        "",
        '"',
        "#",
        "\ufeff",
        "x:y",
        "2026-99-99",
    ]
)
TABLES = st.lists(st.lists(CELLS, max_size=9).map("\t".join), max_size=6).map("\n".join)


@given(
    st.sampled_from([facts.FILE, links.FILE]),
    st.sampled_from(["", HEAD, DECIDED, HEAD + NAMES]),
    st.one_of(TABLES.map(str.encode), st.binary(max_size=200)),
)
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, head: str, rest: bytes
) -> None:
    folder = Folder(tmp_path_factory.mktemp("any"))
    path = write(folder, name, head.encode() + rest)
    told = refusal(folder)
    assert not told or told.startswith(f"{path}:")


def refusal(folder: Folder) -> str:
    """Return why a folder cannot be read at all; "" where it can, whatever is wrong with its lines."""
    try:
        folder.read()
        folder.undecided()
    except KgError as error:
        return str(error)
    return ""


def test_two_who_decide_at_once_lose_nothing(folder: Folder) -> None:
    some = [Decision("no-item", Iri(f"{BASE}official/{n}"), date=DAY) for n in range(40)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda decided: Folder(folder.path).add([decided]), some))
    assert {decided.subject for decided in folder.decisions()} == {decided.subject for decided in some}


def test_all_faults_are_counted(folder: Folder) -> None:
    write(folder, facts.FILE, f"{DECIDED}same\tid:a\nsame\tid:b\nsame\tid:c\t\tid:d\n")
    with pytest.raises(KgError, match="and 1 more"):
        folder.decisions()


def test_a_damaged_file_is_not_written_to(folder: Folder) -> None:
    path = write(folder, facts.FILE, "kind\tobject\n")
    with pytest.raises(KgError, match="nothing was written"):
        folder.add(EACH[5:6])
    assert path.read_text(encoding="utf-8") == "kind\tobject\n"


def test_a_folder_that_cannot_be_written_to_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.add(EACH[:1])
    before = (folder.path / links.FILE).read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(KgError, match="No space left on device; the decision was not saved"):
        folder.add(EACH[3:4])
    assert (folder.path / links.FILE).read_bytes() == before
    assert [p.name for p in folder.path.iterdir()] == [links.FILE]


def test_the_digest_changes_with_every_byte(folder: Folder) -> None:
    folder.add(EACH)
    before = folder.digest()
    path = folder.path / facts.FILE
    path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    assert folder.digest() != before
