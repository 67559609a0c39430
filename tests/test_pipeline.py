"""Builds as a whole: the same bytes from the same articles however they are read, and a store that survives anything."""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import grimp
import pytest
from conftest import ARTICLES, ROOT, Run

from kg import dump, pipeline, progress
from kg.builds import Report
from kg.engines.rules import Rules, reading
from kg.errors import KgError, UsageError
from kg.model import Article, Reading
from kg.pipeline import Options
from kg.stores import generations

TREATY = "Iceland and Malta signed a treaty on fisheries in Valletta on 4 May 2021."
KG = [sys.executable, str(ROOT / "cli.py")]


def build(*sources: Path | str, to: Path, **options: object) -> Report:
    return pipeline.build([str(s) for s in sources], to, Options(**options))  # type: ignore[arg-type]


def dumped(place: Path) -> bytes:
    out = io.BytesIO()
    dump.dump(generations.open_store(place), out, "nquads")
    return out.getvalue()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder of a few articles that may be changed."""
    return Path(shutil.copytree(ARTICLES, tmp_path / "corpus"))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a file of enough articles for a build that takes some seconds."""
    file = tmp_path / "many.jsonl"
    texts = [p.read_text(encoding="utf-8") for p in sorted(ARTICLES.glob("*.txt"))]
    lines = (json.dumps({"id": f"a{n}", "text": f"{texts[n % len(texts)]}\n\nEdition {n}."}) for n in range(400))
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


# --- the same bytes ---


def test_order_of_the_files_does_not_matter(little_place: Path, tmp_path: Path) -> None:
    build(*sorted(ARTICLES.glob("*.txt"), reverse=True), to=tmp_path / "store")
    assert dumped(tmp_path / "store") == dumped(little_place)


@pytest.mark.slow
def test_number_of_workers_does_not_matter(little_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 1)
    build(ARTICLES, to=tmp_path / "store", workers=3)
    assert dumped(tmp_path / "store") == dumped(little_place)


def change(corpus: Path) -> None:
    (corpus / "denied.txt").write_text(TREATY, encoding="utf-8")


def add(corpus: Path) -> None:
    (corpus / "new.txt").write_text(TREATY, encoding="utf-8")


def remove(corpus: Path) -> None:
    (corpus / "renewal.txt").unlink()


def rename(corpus: Path) -> None:
    (corpus / "renewal.txt").rename(corpus / "renewed.txt")


@pytest.mark.parametrize(("edit", "unchanged"), [(change, 7), (add, 8), (remove, 7), (rename, 7)])
def test_build_over_an_older_one_equals_a_fresh_one(corpus: Path, tmp_path: Path, edit, unchanged: int) -> None:  # type: ignore[no-untyped-def]
    build(corpus, to=tmp_path / "store")
    edit(corpus)
    again = build(corpus, to=tmp_path / "store")
    build(corpus, to=tmp_path / "fresh")
    assert dumped(tmp_path / "store") == dumped(tmp_path / "fresh")
    assert again.unchanged == unchanged


def test_adding_articles_equals_building_from_all(corpus: Path, little_place: Path, tmp_path: Path) -> None:
    first, *rest = sorted(corpus.glob("*.txt"))
    build(first, to=tmp_path / "store")
    build(*rest, to=tmp_path / "store", keep=True)
    assert dumped(tmp_path / "store") == dumped(little_place)


def test_articles_that_are_kept_count_as_unchanged(tmp_path: Path) -> None:
    build(ARTICLES, to=tmp_path / "store")
    (tmp_path / "new.txt").write_text(TREATY, encoding="utf-8")
    report = build(tmp_path / "new.txt", to=tmp_path / "store", keep=True)
    assert (report.articles, report.unchanged) == (9, 8)


def test_damaged_cache_costs_time_only(corpus: Path, tmp_path: Path) -> None:
    build(corpus, to=tmp_path / "store")
    (tmp_path / "store" / "extractions.sqlite").write_bytes(b"no database" * 1000)
    add(corpus)
    assert build(corpus, to=tmp_path / "store").unchanged == 0
    remove(corpus)
    assert build(corpus, to=tmp_path / "store").unchanged == 8


# --- what is read and written again ---


def test_build_of_the_same_writes_nothing_and_tells_the_same(corpus: Path, tmp_path: Path) -> None:
    (corpus / "empty.txt").touch()
    (corpus / "table.xls").touch()
    (corpus / "dated.jsonl").write_text(json.dumps({"text": TREATY, "date": "soon"}), encoding="utf-8")
    first = build(corpus, to=tmp_path / "store")
    again = build(corpus, to=tmp_path / "store")
    assert first.left_out
    assert first.notes
    told = ("articles", "left_out", "notes", "skipped", "entities", "quads", "generation")
    assert [getattr(again, name) for name in told] == [getattr(first, name) for name in told]
    assert (first.unchanged, again.unchanged, first.generation) == (0, 9, 1)


def test_fresh_build_reads_and_writes_all_again(corpus: Path, little_place: Path, tmp_path: Path) -> None:
    build(corpus, to=tmp_path / "store")
    again = build(corpus, to=tmp_path / "store", fresh=True)
    assert (again.unchanged, again.generation) == (0, 2)
    assert dumped(tmp_path / "store") == dumped(little_place)


def test_store_that_is_damaged_is_written_again(corpus: Path, little_place: Path, tmp_path: Path) -> None:
    build(corpus, to=tmp_path / "store")
    (generations.require(tmp_path / "store").graph / "CURRENT").unlink()
    build(corpus, to=tmp_path / "store")
    assert dumped(tmp_path / "store") == dumped(little_place)


def test_other_options_are_a_change(corpus: Path, tmp_path: Path) -> None:
    build(corpus, to=tmp_path / "store")
    assert build(corpus, to=tmp_path / "store", base="https://example.org/").generation == 2
    assert build(corpus, to=tmp_path / "store").generation == 3


def test_articles_of_a_store_of_facts_cannot_be_kept(kg: Run, little_place: Path, tmp_path: Path) -> None:
    kg("dump", tmp_path / "all.nq", "--store", little_place)
    kg("load", tmp_path / "all.nq", "--store", tmp_path / "store")
    result = kg("build", "--add", ARTICLES, "--store", tmp_path / "store")
    assert (result.exit_code, "holds no texts of articles" in result.stderr) == (2, True)


def test_all_code_between_page_and_outcome_is_part_of_the_key_of_the_cache() -> None:
    """What the stages import, directly or not, is in the digest of the pipeline or of the engine."""
    graph = grimp.build_graph("kg")
    modules = {"kg.parse", "kg.clean", "kg.facts", "kg.engines.rules"}
    modules |= {used for module in modules for used in graph.find_upstream_modules(module)}
    covered = {f"kg.{name.removesuffix('.py')}" for name in pipeline.READ_BY} | {"kg.segment", "kg.engines.rules"}
    folders = ("kg.parse", "kg.lexicons", "kg.grammar", "kg.discourse")
    assert {m for m in modules if m not in covered and not m.startswith(folders)} <= {"kg", "kg.engines"}
    assert {"parse/*.py"} == {pattern for pattern in pipeline.READ_BY if "/" in pattern}


def test_another_version_of_a_stage_reads_anew(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus, to=tmp_path / "store")
    assert build(corpus, to=tmp_path / "store").unchanged == 8
    monkeypatch.setattr(pipeline, "_fingerprint", lambda: "another")
    assert build(corpus, to=tmp_path / "store").unchanged == 0


def test_only_articles_that_the_store_holds_count_as_unchanged(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "empty.txt").touch()
    shutil.copytree(corpus, corpus / "again")
    for _ in range(2):
        report = build(corpus, corpus / "again", to=tmp_path / "store")
    assert report.articles == 8 + 8
    progress.summary(report, tmp_path / "store")
    assert "16 articles (16 unchanged)" in capsys.readouterr().err


# --- what goes wrong with one article ---


class Stumbling(Rules):
    """An engine with a fault that some articles bring out."""

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            if "Montevideo" in article.text:
                raise ZeroDivisionError("a fault of the engine")
            yield reading(article)


class Lazy(Rules):
    """An engine that does not do its work."""

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        return iter(())


def test_engine_that_fails_costs_the_articles_on_which_it_does(kg: Run, tmp_path: Path) -> None:
    result = kg("build", ARTICLES, "--store", tmp_path / "store", "--engine", "test_pipeline:Stumbling")
    assert result.exit_code == 0
    assert "1 article left out:\n" in result.stderr
    assert "renewal.txt: could not be read: ZeroDivisionError: a fault of the engine\n" in result.stderr
    assert "Traceback" not in result.stderr
    assert dumped(tmp_path / "store")


def test_engine_that_gives_too_few_readings_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="0 readings of 8 articles"):
        build(ARTICLES, to=tmp_path / "store", engine="test_pipeline:Lazy")


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n ", "is empty"),
    "binary.txt": (b"\x00\x01\x02" * 500, "is binary, not text"),
    "noise.txt": (bytes(range(128, 256)) * 8, "has an unknown encoding; save it as UTF-8"),
    "page.html": (b"<html><body></body></html>", "is an HTML page without an article"),
    "front.md": (b"---\ntitle: [\n---\nwords", "has front matter that is no YAML"),
    "numbers.txt": (b"1 2 3 4", "holds no text"),
    "dead.txt": (None, "is no regular file"),
}


def test_each_bad_file_is_named_with_its_reason(corpus: Path, kg: Run, tmp_path: Path) -> None:
    for name, (body, _) in BAD.items():
        if body is None:
            (corpus / name).symlink_to("nowhere")
        else:
            (corpus / name).write_bytes(body)
    result = kg("build", corpus, "--store", tmp_path / "store")
    assert result.exit_code == 0
    assert result.stderr.startswith("8 articles: ")
    assert f"{len(BAD)} articles left out:\n" in result.stderr
    for name, (_, reason) in BAD.items():
        assert f"{corpus / name}: {reason}" in result.stderr


def test_line_of_json_that_is_broken_is_named_by_its_number(corpus: Path, kg: Run, tmp_path: Path) -> None:
    lines = [
        {"id": "one", "text": TREATY},
        None,
        {"id": "one", "text": TREATY + " More."},
        {"id": "two", "date": "soon", "text": TREATY},
        {"id": "three"},
    ]
    file = corpus / "news.jsonl"
    file.write_text("\n".join("{broken" if line is None else json.dumps(line) for line in lines), encoding="utf-8")
    said = kg("build", corpus, "--store", tmp_path / "store").stderr
    assert f"{file}:2: is broken JSON" in said
    assert f"has the id 'one' of another article, {file}:" in said
    assert f"{file}:4: its date 'soon' is none" in said
    assert f"{file}:5: has no field text" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read_is_named(corpus: Path, kg: Run, tmp_path: Path) -> None:
    (corpus / "denied.txt").chmod(0)
    assert "denied.txt: cannot be read: Permission denied" in kg("build", corpus, "--store", tmp_path / "store").stderr


# --- what a build tells ---


def test_build_that_finds_nothing_says_so(kg: Run, tmp_path: Path) -> None:
    result = kg("build", ARTICLES / "no-agreement.txt", "--store", tmp_path / "store")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[:2] == [
        "1 article: no entities",
        "no agreement was found in them; kg explain ARTICLE shows what was read in one and why",
    ]


def test_build_of_bad_articles_alone_leaves_the_store(corpus: Path, kg: Run, tmp_path: Path) -> None:
    build(corpus, to=tmp_path / "store")
    before = dumped(tmp_path / "store")
    (tmp_path / "empty.txt").touch()
    result = kg("build", tmp_path / "empty.txt", "--store", tmp_path / "store")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "empty.txt: is empty); the store is as it was" in result.stderr
    assert dumped(tmp_path / "store") == before


def test_progress_names_the_stages_in_order(tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []
    pipeline.build([str(ARTICLES)], tmp_path / "store", Options(), lambda stage, done: seen.append((stage, done)))
    assert list(dict.fromkeys(stage for stage, _ in seen)) == [
        "comparing",
        "reading",
        "resolving",
        "writing",
        "loading",
    ]
    assert ("writing", 8) in seen


def test_progress_is_shown_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.shown(True) as show:
        show("reading", 1234)
    with progress.shown(False) as show:
        show("reading", 99)
    out, err = capsys.readouterr()
    assert (out, "reading 1,234" in err, "99" in err) == ("", True, False)


def test_summary_names_the_first_articles_left_out_in_the_order_of_their_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress.summary(Report(articles=1, left_out=[(f"x.jsonl:{n}", "is empty") for n in range(100, 0, -1)]), Path("s"))
    lines = capsys.readouterr().err.splitlines()
    assert lines[3:5] == ["  x.jsonl:1: is empty", "  x.jsonl:2: is empty"]
    assert "… and 80 more" in lines[-2]


# --- what interrupts a build ---


def started(many: Path, place: Path, *options: str) -> subprocess.Popen[str]:
    """Return a build that has begun to write."""
    # Its own process group, as a terminal gives: a signal can be sent to it and its workers at once. Where the tests run in the
    # background of a shell, they and what they start are deaf to SIGINT, which a build at a terminal is not.
    process = subprocess.Popen(
        [*KG, "build", str(many), "--store", str(place), *options],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    known = {p.name for p in (place / "generations").glob("*")}
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        if {p.parent.name for p in (place / "generations").glob("*/articles.sqlite")} - known:
            return process
        time.sleep(0.02)
    raise AssertionError(f"the build did not begin: {process.poll()}")


def test_killed_build_leaves_the_store_and_the_next_one_works(many: Path, tmp_path: Path) -> None:
    place = tmp_path / "store"
    build(ARTICLES, to=place)
    before = dumped(place)
    process = started(many, place)
    process.kill()
    process.communicate()
    assert dumped(place) == before
    build(ARTICLES, to=place, fresh=True)
    assert dumped(place) == before
    assert len(list((place / "generations").iterdir())) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_build_that_is_told_to_stop_ends_with_a_line(many: Path, tmp_path: Path, number: signal.Signals) -> None:
    place = tmp_path / "store"
    process = started(many, place)
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (128 + number, "Error: stopped; nothing was changed\n")
    assert list((place / "generations").iterdir()) == []


@pytest.mark.slow
def test_workers_end_with_their_parent(many: Path, tmp_path: Path) -> None:
    process = started(many, tmp_path / "store", "--workers", "2")
    time.sleep(1.5)
    workers = subprocess.run(
        ["pgrep", "-r", "R,S,D", "-g", str(process.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    assert len(workers) > 1
    process.kill()
    process.communicate()
    time.sleep(1)
    assert (
        subprocess.run(
            ["pgrep", "-r", "R,S,D", "-g", str(process.pid)], capture_output=True, text=True, check=False
        ).stdout
        == ""
    )


def test_second_build_at_once_is_refused(many: Path, tmp_path: Path, kg: Run) -> None:
    process = started(many, tmp_path / "store")
    try:
        result = kg("build", ARTICLES, "--store", tmp_path / "store")
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert "another build is writing to" in result.stderr
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("most", [20_000, 200_000, 600_000])
def test_full_disk_leaves_the_store(tmp_path: Path, most: int) -> None:
    """A limit on the size of files stands for the disk, at the cache, at the texts, at the graph."""
    place = tmp_path / "store"
    build(ARTICLES / "denied.txt", to=place)
    before = dumped(place)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # noqa: E731
    done = subprocess.run(
        [*KG, "build", str(ARTICLES), "--store", str(place)],
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    if done.returncode == 0:
        pytest.skip(f"{most} bytes are enough for this build")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "Error: cannot write" in done.stderr
    assert dumped(place) == before


def test_folder_in_which_nothing_can_be_written(kg: Run) -> None:
    result = kg("build", ARTICLES, "--store", "/proc/nothing")
    assert (result.exit_code, result.stderr) == (1, "Error: cannot write to /proc/nothing: No such file or directory\n")


def test_base_is_checked() -> None:
    assert pipeline.valid_base("https://example.org/id/") == "https://example.org/id/"
    for base in ("example.org/", "https://example.org/id", "https://example.org/a b/", 'https://example.org/"/'):
        with pytest.raises(UsageError, match="cannot begin an IRI"):
            pipeline.valid_base(base)
