"""What many tests need: the example articles as a store, and the shared texts where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from cli import main
from kg import pipeline
from kg.stores import generations

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples" / "articles"
ARTICLES = ROOT / "tests" / "articles"
SHARED = ROOT.parent / "shared"

Run = Callable[..., Result]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden, which writes golden graphs instead of comparing them."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")


def _built(articles: Path, folder: Path) -> Path:
    """Return the folder of a store built from some articles."""
    pipeline.build([str(articles)], folder / "store", pipeline.Options())
    return folder / "store"


@pytest.fixture(scope="session")
def example_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store built from the example articles. Tests only read it."""
    return _built(EXAMPLES, tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="session")
def example_store(example_place: Path) -> ox.Store:
    """Return the graph of the example articles."""
    return generations.open_store(example_place)


@pytest.fixture(scope="session")
def little_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store built from the few short articles of tests/articles. Tests only read it."""
    return _built(ARTICLES, tmp_path_factory.mktemp("little"))


@pytest.fixture(scope="session")
def little_store(little_place: Path) -> ox.Store:
    """Return the graph of the articles of tests/articles."""
    return generations.open_store(little_place)


@pytest.fixture
def kg() -> Run:
    """Return a function that runs the command line in this process."""

    def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)

    return run


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared texts and tables; the test is skipped where it is not there."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here: it lies beside the checkout of those who work on the project")
    return SHARED
