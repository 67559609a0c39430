"""An index of Wikidata: built from a dump in the real format and from tables, taken up again, asked, and linked with."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from wikidata_dump import World, entity, item_value, lines, made, office, redirect, statement, text_value, time_value

from kg.errors import KgError, UsageError
from kg.evaluate import links
from kg.link import build, dump
from kg.link.items import Item
from kg.link.keys import key
from kg.link.store import SqliteIndex

ENGLISH = frozenset({"en", "mul"})


@pytest.fixture(scope="module")
def world() -> World:
    return made()


@pytest.fixture(scope="module")
def dumped(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dump") / "wikidata.json"
    path.write_text("\n".join(lines(world)) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def index(dumped: Path, tmp_path_factory: pytest.TempPathFactory) -> SqliteIndex:
    place = tmp_path_factory.mktemp("index") / "wikidata.index"
    build.build([dumped], place)
    return SqliteIndex(place)


def found(index: SqliteIndex, kind: str, name: str) -> list[Item]:
    return index.find(kind, [key(kind, name)])


# --- what is kept ---


def test_bodies_are_kept_by_the_classes_below_theirs(index: SqliteIndex) -> None:
    assert len(found(index, "ministry", "Ministry of Tides")) == 8
    assert {item.countries for item in found(index, "ministry", "Ministry of Tides")} >= {("KE",), ("NO",)}


def test_labels_for_all_languages_are_labels(index: SqliteIndex, world: World) -> None:
    mul = next(e for e in world.entities if "mul" in e.get("labels", {}) and e["claims"])  # type: ignore[operator]
    name = mul["labels"]["mul"]["value"]  # type: ignore[index]
    assert mul["id"] in [item.qid for item in found(index, "official", name)]


def test_other_languages_are_kept_only_where_asked_for(index: SqliteIndex, dumped: Path, tmp_path: Path) -> None:
    assert found(index, "ministry", "Ministry of Tides (eo)") == []
    build.build([dumped], tmp_path / "eo", languages=["en", "eo"])
    assert len(found(SqliteIndex(tmp_path / "eo"), "ministry", "Ministry of Tides (eo)")) == 8


def test_offices_have_the_names_of_posts_even_of_merged_ones(index: SqliteIndex) -> None:
    offices = {o for item in found(index, "official", "Wanda Zell") for o in item.offices}
    names = {(o.names[0], o.since, o.until) for o in offices}
    assert ("Minister of Tides of Country KE", "1999-01-01", "2003-01-01") in names
    assert all(o.qid != "" and o.names for o in offices)


def test_deprecated_statements_are_not_read(index: SqliteIndex) -> None:
    (item,) = found(index, "official", "Vera Ull")
    assert [(o.since, o.until) for o in item.offices] == [("1990", "1994")]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("official", "Painter 7"),
        ("ministry", "Hill 7"),
        ("jurisdiction", "Hill 7"),
        ("ministry", "Ministry of Nothing"),
    ],
)
def test_what_is_of_no_use_is_not_kept(index: SqliteIndex, kind: str, name: str) -> None:
    assert found(index, kind, name) == []


def test_former_official_names_keep_their_time(index: SqliteIndex) -> None:
    (item,) = found(index, "ministry", "Ministry of Truce")
    assert [(n.text, n.since, n.until) for n in item.names if n.until] == [("Ministry of Truce", "1980", "2010-05-01")]


def test_the_index_bears_the_day_of_the_latest_change(index: SqliteIndex) -> None:
    assert index.snapshot == "2026-07-01"


# --- linking with it ---


def test_a_made_up_world_is_linked_without_a_wrong_link(index: SqliteIndex, world: World, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(links.COLUMNS)
        rows.writerows(world.cases)
    outcomes = links.run(links.read(path), index)
    amiss = [
        (o.case.mention, o.case.wanted.code, o.case.wanted.first, o.case.expected, o.linked, o.decision.grounds)
        for o in outcomes
        if o.result in ("wrong", "wrongly abstained")
    ]
    assert [a for a in amiss if a[4] != "NIL"] == []
    assert len(amiss) <= len(outcomes) // 100, amiss[:5]


# --- the format ---


def one(line: str | dict[str, object]) -> dump.Raw | None:
    text = line if isinstance(line, str) else json.dumps(line, separators=(",", ":"))
    return next(dump.parse(text.encode(), ENGLISH), None)


HUMAN = statement("P31", item_value("Q5"))


@pytest.mark.parametrize(
    ("written", "day"),
    [("2020-05-03", "2020-05-03"), ("2020-05", "2020-05"), ("2020", "2020")],
)
def test_dates_are_as_precise_as_they_are_written(written: str, day: str) -> None:
    raw = one(entity("Q1", "Body", statement("P17", item_value("Q20")), statement("P571", time_value(written))))
    assert raw is not None
    assert raw.since == day


@pytest.mark.parametrize("time", ["-0050-01-01T00:00:00Z", "+0300-01-01T00:00:00Z", "soon"])
def test_dates_that_say_nothing_here_are_left_out(time: str) -> None:
    value = {"value": {"time": time, "precision": 11}, "type": "time"}
    raw = one(entity("Q1", "Body", statement("P17", item_value("Q20")), statement("P571", value)))  # type: ignore[arg-type]
    assert raw is not None
    assert raw.since == ""


def test_preferred_statements_come_first() -> None:
    raw = one(
        entity(
            "Q1",
            "Body",
            statement("P17", item_value("Q20")),
            statement("P17", item_value("Q114"), "preferred"),
            statement("P17", item_value("Q17"), "deprecated"),
        )
    )
    assert raw is not None
    assert raw.countries == ("Q114", "Q20")


def test_an_official_name_in_a_language_that_is_not_kept_is_none() -> None:
    raw = one(entity("Q1", "Body", statement("P17", item_value("Q20")), statement("P1448", text_value("Corps", "fr"))))
    assert raw is not None
    assert [n.text for n in raw.names] == ["Body"]


@pytest.mark.parametrize(
    "line",
    [redirect("Q1", "Q2"), {"id": "Q1", "redirect": "Q2"}, {"id": "Q2", "redirects": {"from": "Q1", "to": "Q2"}}],
)
def test_redirects_are_read(line: dict[str, object]) -> None:
    raw = one(line)
    assert raw is not None
    assert (raw.qid, raw.redirect) == ("Q1", "Q2")


@pytest.mark.parametrize(
    "line",
    [
        "[",
        "]",
        "",
        "{}",
        '{"id":"Q1"}',
        '{"type":"property","id":"P39","claims":{"P17":[]}}',
        '{"id":"Q1","claims":[],"x":"\\"P17\\""}',
    ],
)
def test_lines_without_anything_to_keep(line: str) -> None:
    assert one(line) is None


@pytest.mark.parametrize("line", ['{"id":"Q1","claims":{"P17":', "nonsense", '{"id":"Q1","claims":{"P17":7}}', '"P17"'])
def test_broken_lines_are_told_from_others(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        one(line)


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".json", bytes), (".json.gz", gzip.compress), (".json.bz2", bz2.compress)]
)
def test_dumps_are_read_packed_or_not(suffix: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    text = "\n".join(lines(made(40)))
    path = tmp_path / f"dump{suffix}"
    path.write_bytes(pack(text.encode()))
    assert build.build([path], tmp_path / "index").items > 200


def test_broken_lines_are_counted_and_the_rest_is_kept(tmp_path: Path, kg: Run) -> None:
    text = lines(made(40))
    text[5] = text[5][:60]
    text.insert(9, "\x00garbage")
    path = tmp_path / "dump.json"
    path.write_text("\n".join(text), encoding="utf-8")
    result = kg("wikidata", "build", path, "--index", tmp_path / "index")
    assert result.exit_code == 0
    assert "2 lines could not be read" in result.output


def test_a_file_that_is_no_dump_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text("a poem\n" * 50, encoding="utf-8")
    with pytest.raises(KgError, match="no dump"):
        build.build([path], tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_a_truncated_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "dump.json.gz"
    path.write_bytes(gzip.compress("\n".join(lines(made(40))).encode())[:-2000])
    with pytest.raises(KgError, match="cannot be read beyond line"):
        build.build([path], tmp_path / "index")


# --- killed builds ---


class Killed(BaseException):
    """What ends a build on the way."""


@pytest.mark.parametrize("at", [1, 2, 4, "sorting"])
def test_a_killed_build_goes_on_and_leaves_no_half_index(
    at: int | str, dumped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "SAVED", 500)
    whole = tmp_path / "whole"
    build.build([dumped], whole)
    place = tmp_path / "index"
    calls = 0

    def kill(source: str, lines: int, kept: int) -> None:
        nonlocal calls
        calls += 1
        if at in (calls, source):
            raise Killed

    with pytest.raises(Killed):
        build.build([dumped], place, progress=kill)
    assert not place.exists()
    report = build.build([dumped], place)
    assert report.resumed
    assert place.read_bytes() == whole.read_bytes() or SqliteIndex(place).digest == SqliteIndex(whole).digest
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("index")] == ["index"]


def test_another_dump_begins_anew(dumped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "SAVED", 500)

    def kill(source: str, lines: int, kept: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        build.build([dumped], tmp_path / "index", progress=kill)
    other = tmp_path / "other.json"
    other.write_text("\n".join(lines(made(40))), encoding="utf-8")
    report = build.build([other], tmp_path / "index")
    assert not report.resumed
    assert report.items < 1000


def test_an_index_is_replaced_only_by_a_whole_one(dumped: Path, tmp_path: Path) -> None:
    place = tmp_path / "index"
    build.build([dumped], place)
    before = SqliteIndex(place).digest
    bad = tmp_path / "bad.json"
    bad.write_text("a poem\n" * 50, encoding="utf-8")
    with pytest.raises(KgError):
        build.build([bad], place)
    assert SqliteIndex(place).digest == before


def test_the_same_dump_gives_the_same_digest_in_any_order(world: World, tmp_path: Path) -> None:
    digests = set()
    for name, text in (("a", lines(world)[1:-1]), ("b", lines(world)[-2:0:-1])):
        path = tmp_path / f"{name}.json"
        path.write_text("\n".join(text), encoding="utf-8")
        build.build([path], tmp_path / name)
        digests.add(SqliteIndex(tmp_path / name).digest)
    assert len(digests) == 1


@pytest.mark.slow
def test_memory_does_not_grow_with_the_dump(tmp_path: Path) -> None:
    peaks = []
    for people in (2_000, 16_000):
        path = tmp_path / f"{people}.json"
        path.write_text("\n".join(lines(made(people))), encoding="utf-8")
        tracemalloc.start()
        build.build([path], tmp_path / f"{people}.index")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 8_000_000


# --- tables ---

TABLE = """label,aliases,qid,kind,country,source
Ministry of Tides,MoT|Tides Office,Q900000001,ministry/department,KE,register 2026-04-06
Ministry of Nets [NO],,Q900000002,ministry,,register 2026-05-01
Anna Elm,,Q900000003,person,,
memorandum,,Q900000004,class,,
Nowhere,,,ministry,KE,
"""


def table(folder: Path, text: str = TABLE, name: str = "bodies.csv") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_tables_make_an_index(tmp_path: Path) -> None:
    report = build.build([table(tmp_path / "tables")], tmp_path / "index")
    assert (report.items, report.left_out) == (3, 2)
    index = SqliteIndex(tmp_path / "index")
    assert index.snapshot == "2026-05-01"
    assert [i.codes for i in found(index, "ministry", "MoT")] == [("KE",)]
    assert [i.codes for i in found(index, "ministry", "Ministry of Nets")] == [("NO",)]


def test_what_two_tables_say_of_an_item_is_joined(tmp_path: Path) -> None:
    folder = table(tmp_path / "tables")
    table(folder, "label,qid,kind,country,aliases\nBureau of Tides,Q900000001,ministry,KE,\n", "more.csv")
    build.build([folder], tmp_path / "index")
    (item,) = found(SqliteIndex(tmp_path / "index"), "ministry", "Bureau of Tides")
    assert item.label == "Ministry of Tides"
    assert {n.text for n in item.names} == {"Ministry of Tides", "MoT", "Tides Office", "Bureau of Tides"}


def test_other_files_of_a_folder_are_passed_over_and_said(tmp_path: Path, kg: Run) -> None:
    folder = table(tmp_path / "tables")
    table(folder, "mention,kind\nx,y\n", "cases.csv")
    result = kg("wikidata", "build", folder, "--index", tmp_path / "index")
    assert result.exit_code == 0
    assert "cases.csv is no table of items" in result.output
    assert "3 items" in result.output


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    folder = table(tmp_path / "tables", "mention,kind\nx,y\n", "cases.csv")
    with pytest.raises(UsageError, match="no columns"):
        build.build([folder / "cases.csv"], tmp_path / "index")


# --- the command line ---

CASES = "mention,kind,country,article_date,context,expected_qid\nMinistry of Tides,Ministry,KE,,,Q900000001\nMinistry of Tides,Ministry,,,,NIL\n"


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """Return cases and an index."""
    build.build([table(tmp_path / "tables")], tmp_path / "index")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    return tmp_path / "cases.csv", tmp_path / "index"


def test_link_tells_how_cases_come_out(small: tuple[Path, Path], kg: Run) -> None:
    cases, index = small
    told = json.loads(kg("link", "--cases", cases, "--index", index, "--format", "json").stdout)
    assert (told["right"], told["wrong"], told["rightly_abstained"], told["wrongly_abstained"]) == (1, 0, 1, 0)
    assert told["rows"][0]["linked"] == "Q900000001"
    assert told["rows"][0]["candidates"][0]["features"]["country"] == 1.0
    rows = list(csv.DictReader(kg("link", "--cases", cases, "--index", index, "--format", "csv").stdout.splitlines()))
    assert [row["result"] for row in rows] == ["right", "rightly abstained"]
    assert "precision 1.000, recall 1.000" in kg("link", "--cases", cases, "--index", index).stdout


def test_without_an_index_link_uses_what_ships(small: tuple[Path, Path], kg: Run) -> None:
    told = json.loads(kg("link", "--cases", small[0], "--format", "json").stdout)
    assert (told["right"], told["wrongly_abstained"]) == (0, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,kind\nx,Ministry\n", "has no column mention"),
        ("mention,kind\nx,Planet\n", "no kind is called 'Planet'"),
        ("mention,kind,article_date\nx,Ministry,May\n", "'May' is no date"),
    ],
)
def test_cases_that_make_no_sense_are_refused(text: str, message: str, tmp_path: Path, kg: Run) -> None:
    (tmp_path / "cases.csv").write_text(text, encoding="utf-8")
    result = kg("link", "--cases", tmp_path / "cases.csv")
    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.parametrize("content", [None, b"no index", b""])
def test_an_index_that_is_none_is_told(
    content: bytes | None, small: tuple[Path, Path], tmp_path: Path, kg: Run
) -> None:
    place = tmp_path / "other"
    if content is not None:
        place.write_bytes(content)
    result = kg("link", "--cases", small[0], "--index", place)
    assert result.exit_code == 1
    assert str(place) in result.output


def test_offices_of_people_without_terms_are_kept() -> None:
    raw = one(entity("Q1", "Ann", HUMAN, office("Q2")))
    assert raw is not None
    assert [(o.qid, o.since, o.until) for o in raw.offices] == [("Q2", "", "")]


def indexed(tmp_path: Path, *entities: dict[str, object]) -> SqliteIndex:
    path = tmp_path / "dump.json"
    path.write_text("\n".join(json.dumps(e) for e in entities), encoding="utf-8")
    build.build([path], tmp_path / "index")
    return SqliteIndex(tmp_path / "index")


def test_a_body_ends_when_what_replaced_it_began(tmp_path: Path) -> None:
    ministry, norway = statement("P31", item_value("Q192350")), statement("P17", item_value("Q20"))
    index = indexed(
        tmp_path,
        entity("Q1", "Ministry of Salt", ministry, norway, statement("P1366", item_value("Q2"))),
        entity("Q2", "Ministry of Sugar", ministry, norway, statement("P571", time_value("2020-01-01"))),
    )
    (item,) = found(index, "ministry", "Ministry of Salt")
    assert item.until == "2020-01-01"


def test_a_person_belongs_to_the_country_of_the_office_too(tmp_path: Path) -> None:
    post = entity(
        "Q2", "Minister of Salt", statement("P31", item_value("Q4164871")), statement("P1001", item_value("Q20"))
    )
    (item,) = found(indexed(tmp_path, entity("Q1", "Ann Elm", HUMAN, office("Q2")), post), "official", "Ann Elm")
    assert item.codes == ("NO",)


def test_posts_of_no_country_have_their_names(tmp_path: Path) -> None:
    post = entity("Q2", "Keeper of Salt", statement("P31", item_value("Q4164871")))
    (item,) = found(indexed(tmp_path, entity("Q1", "Ann Elm", HUMAN, office("Q2")), post), "official", "Ann Elm")
    assert item.offices[0].names == ("Keeper of Salt",)


def test_countries_that_the_tables_do_not_know_have_the_code_that_the_dump_tells(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        entity(
            "Q7000",
            "Ruritania",
            statement("P31", item_value("Q6256")),
            statement("P297", {"value": "QR", "type": "string"}),
        ),
        entity(
            "Q1", "Ministry of Salt", statement("P31", item_value("Q192350")), statement("P17", item_value("Q7000"))
        ),
        entity(
            "Q2", "Ministry of Sugar", statement("P31", item_value("Q192350")), statement("P17", item_value("Q7001"))
        ),
    )
    assert [i.countries for i in found(index, "ministry", "Ministry of Salt")] == [("QR",)]
    assert [i.countries for i in found(index, "ministry", "Ministry of Sugar")] == [("Q7001",)]


def test_an_index_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text("\n".join(lines(made(40))), encoding="utf-8")
    (tmp_path / "index.partial").mkdir()
    with pytest.raises(KgError, match="cannot write"):
        build.build([path], tmp_path / "index")
