"""The documents are true: commands do what they show, pages made of the code are current, links lead somewhere.

`pytest tests/test_docs.py --update-golden` writes the outputs that README and docs/ show, and the pages made of the code, anew.
A line `…` at the end of an output stands for the lines that are left out.
"""

from __future__ import annotations

import ast
import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import click
import pyoxigraph as ox
import pytest
import yaml
from click.testing import CliRunner

import kg
from cli import main
from kg import query, vocabulary
from kg.query import saved_queries

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "examples" / "README.md"]
FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
WIDTH = 100


@dataclass(frozen=True)
class Step:
    """A command that a page shows, with the output that it shows; no lines where it shows none."""

    command: str
    output: tuple[str, ...]


def blocks(page: Path, language: str) -> list[str]:
    return [m["body"] for m in FENCE.finditer(page.read_text(encoding="utf-8")) if m["language"] == language]


def steps(block: str) -> list[Step]:
    """Return what a console block shows, command by command."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return [Step(c, tuple(out.splitlines())) for c, out in zip(parts[::2], parts[1::2], strict=True)]


def sessions(page: Path) -> list[str]:
    """Return the console blocks that show output: those are run."""
    return [b for b in blocks(page, "console") if any(step.output for step in steps(b))]


def shown(step: Step, lines: list[str]) -> list[str]:
    """Return an output as the page would show it: as many lines as it shows now, if it leaves some out."""
    lines = [line.rstrip() for line in lines]
    if step.output and step.output[-1] == "…" and len(lines) >= len(step.output):
        return [*lines[: len(step.output) - 1], "…"]
    return lines


def run(command: str) -> list[str]:
    """Return the lines that a command prints; plain calls of kg run in this process, to be quick."""
    if re.search(r"[|>&]", command):
        environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return (done.stdout + done.stderr).splitlines()
    words = shlex.split(command)
    assert words[0] == "kg", f"a session shows kg at work, not {command!r}"
    result = CliRunner().invoke(main, words[1:])
    assert result.exit_code == 0, f"{command}: {result.output}"
    return result.output.splitlines()


@pytest.fixture
def sandbox(tmp_path: Path, example_place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory of a reader who has cloned the project and built the examples."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(example_place, tmp_path / "kg-store", symlinks=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    return tmp_path


def current(page: Path) -> str:
    """Return a page with the outputs that its commands have now."""
    text = page.read_text(encoding="utf-8")
    for block in sessions(page):
        fresh = "".join(
            "\n".join([f"$ {step.command}", *shown(step, run(step.command))]) + "\n" for step in steps(block)
        )
        text = text.replace(block, fresh)
    return text


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
@pytest.mark.usefixtures("sandbox")
def test_commands_print_what_the_page_shows(page: Path, request: pytest.FixtureRequest) -> None:
    if page == README:  # its first command builds the store
        shutil.rmtree("kg-store")
    fresh = current(page)
    if request.config.getoption("--update-golden"):
        page.write_text(fresh, encoding="utf-8")
    assert fresh == page.read_text(encoding="utf-8")


def test_readme_shows_answers() -> None:
    tables = [step for block in sessions(README) for step in steps(block) if "kg query" in step.command]
    assert len(tables) >= 4


@pytest.mark.parametrize("page", TEXTS, ids=lambda p: p.name)
def test_commands_and_options_exist(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("everything.nq", "my-gold.jsonl", "gold.jsonl", "latest-all.json.gz", "cases.csv"):
        (tmp_path / name).touch()
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for command in kg_commands(page):
        words = shlex.split(command, comments=True)[1:]
        with main.make_context("kg", list(words)) as context:
            name, found, rest = main.resolve_command(context, words)
            assert found is not None
            found.make_context(name, list(rest), parent=context)


def kg_commands(page: Path) -> Iterator[str]:
    """Yield each call of kg in the console blocks of a page, without what it is piped from and to."""
    for block in blocks(page, "console"):
        for line in block.splitlines():
            for part in re.split(r"\s\|\s", line.removeprefix("$ ")):
                if re.match(r"kg \w", part):
                    yield part


def test_commands_are_found() -> None:
    assert len(list(kg_commands(README))) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_sparql_has_answers(page: Path, example_store: ox.Store) -> None:
    for sparql in blocks(page, "sparql"):
        assert next(iter(example_store.query(sparql)), None) is not None, sparql


def test_sparql_is_found() -> None:
    assert len(blocks(ROOT / "docs" / "graph.md", "sparql")) >= 4


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
@pytest.mark.usefixtures("sandbox")
def test_python_does_what_the_page_shows(page: Path) -> None:
    for code in blocks(page, "python"):
        if ">>>" not in code:
            ast.parse(code)
            continue
        example = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
        assert example.examples
        assert doctest.DocTestRunner().run(example).failed == 0


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", TEXTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?://|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        assert not anchor or found.suffix != ".md" or anchor in anchors(found), target


def test_every_page_is_named_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert [p.name for p in PAGES[1:] if f"docs/{p.name}" not in text] == []


# --- Pages made of the code ---


def queries_page() -> str:
    lines = [
        "# The saved questions",
        "",
        "Each is a file in [queries/](../queries), which runs as it stands on any SPARQL endpoint that holds the graph. `kg query NAME` asks",
        "it; `-p NAME=VALUE` narrows it. A value is a name as one types it, a code or an IRI; `since` and `until` take a date such as",
        "2024, 2024-09 or 2024-09-19. `kg query NAME --show-query` prints the SPARQL with the values in it.",
        "",
        "This page is made of the files' headers.",
        "",
    ]
    for saved in saved_queries().values():
        lines += [f"## {saved.name}", "", f"**{saved.title}.** {saved.description}", ""]
        if saved.parameters:
            lines += ["| parameter | kind | |", "|---|---|---|"]
            for p in saved.parameters:
                default = f" ({p.default} if left out)" if p.default else ""
                lines.append(f"| `{p.name}` | {p.type} | {p.comment}{default} |")
            lines.append("")
    return "\n".join(lines)


def cli_page() -> str:
    lines = ["# The command line", "", "What `kg --help` and the help of each command print.", ""]
    top = click.Context(main, info_name="kg", terminal_width=WIDTH, help_option_names=["-h", "--help"])
    lines += ["```text", main.get_help(top), "```", ""]
    return "\n".join([*lines, *help_of(main, top)])


def help_of(group: click.Group, above: click.Context) -> Iterator[str]:
    """Yield the help of each command of a group, and of those below it."""
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=above, terminal_width=WIDTH)
        yield from (f"## {context.command_path}", "", "```text", command.get_help(context), "```", "")
        if isinstance(command, click.Group):
            yield from help_of(command, context)


@pytest.mark.parametrize(("name", "made"), [("queries.md", queries_page), ("cli.md", cli_page)])
def test_page_made_of_the_code_is_current(name: str, made: Callable[[], str], request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs" / name
    if request.config.getoption("--update-golden"):
        page.write_text(made(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == made()


def test_the_picture_names_what_the_ontology_has() -> None:
    words = [
        e.text or "" for e in ElementTree.parse(ROOT / "docs" / "graph.svg").iter("{http://www.w3.org/2000/svg}text")
    ]
    named = {tuple(name) for word in words for name in re.findall(r"\b(kg|org):(\w+)", word)}
    assert len(named) > 15
    for prefix, name in named:
        getattr({"kg": vocabulary.KG, "org": vocabulary.ORG}[prefix], name)


# --- Setting up ---


def set_up() -> list[str]:
    return [line for block in blocks(README, "bash") for line in block.splitlines()]


def test_readme_has_two_commands_to_set_up() -> None:
    assert len(set_up()) == 2


def installs(script: str) -> list[list[str]]:
    """Return the arguments of each `pip install` of a script, in the words of which there is but one form."""
    found = re.findall(r"pip install ([^&\n]*)", script)
    return [[w for w in shlex.split(arguments) if w not in ("--quiet", "-q")] for arguments in found]


def test_ci_installs_and_tests_as_the_readme_says() -> None:
    """CI also installs what the tests of the optional engines need; they are skipped where it is not there."""
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    without_extras = [" ".join(i).replace("--group engines", "").split() for i in installs(ci)]
    assert without_extras == installs(set_up()[1])
    assert set_up()[1].endswith(".venv/bin/pytest")
    assert re.search(r"^pytest\b", ci, re.MULTILINE)


def test_the_readme_asks_for_the_python_that_the_package_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    assert "Python 3.11 or later" in README.read_text(encoding="utf-8")


@pytest.mark.slow
def test_first_command_works_in_a_fresh_clone(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, clone / name)
    environment = {k: v for k, v in os.environ.items() if k not in ("KG_STORE", "VIRTUAL_ENV", "PYTHONPATH")}
    done = subprocess.run(
        ["bash", "-c", set_up()[0]], cwd=clone, capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    answer = [line.rstrip() for line in done.stdout.splitlines()]
    assert answer[0].split() == ["sector", "agreements", "signed", "planned", "jurisdictions"]
    assert len(answer) > 10
    first = next(s for b in sessions(README) for s in steps(b) if s.command == "kg query agreements-by-sector")
    assert answer[: len(first.output) - 1] == list(first.output[:-1])


# --- Citing and contributing ---


def test_citation_says_what_its_format_asks_for() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "software"
    assert all(isinstance(cited[key], str) and cited[key] for key in ("message", "title", "abstract", "license"))
    assert cited["authors"]
    assert all(
        set(author) <= {"name", "family-names", "given-names", "orcid", "website", "affiliation"}
        for author in cited["authors"]
    )
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(cited["date-released"]))
    assert cited["license"] == "Apache-2.0"


def test_version_is_said_alike_everywhere() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## (\d+\.\d+\.\d+) — (\d{4}-\d{2}-\d{2})$", changes, re.MULTILINE)
    assert latest is not None
    assert (str(cited["version"]), str(cited["date-released"])) == latest.groups()
    assert kg.__version__ == latest[1]


def test_contributing_names_what_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:kg|docs|ontology|tests|\.ci)/[\w./]+)`", text))
    assert named
    assert [n for n in sorted(named) if not (ROOT / n).exists()] == []


def test_examples_table_names_every_file() -> None:
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    files = sorted(p.name for p in (ROOT / "examples" / "articles").iterdir())
    said = re.findall(r"`([\w-]+(?:\.\w+)?)`", text)
    assert [f for f in files if not any(f == s or (s.endswith("-") and f.startswith(s)) for s in said)] == []
    counts = {suffix: sum(f.endswith(suffix) for f in files) for suffix in (".txt", ".md", ".html", ".jsonl")}
    assert f"{len(files)} files" in text
    for suffix, number in counts.items():
        assert f"{number} `{suffix}`" in text


def test_queries_in_the_documents_exist() -> None:
    for page in PAGES:
        for name in re.findall(r"kg query ([a-z][a-z-]+)", page.read_text(encoding="utf-8")):
            if name not in ("my-question",):
                query.read_query(name)
