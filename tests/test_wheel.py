"""The package as users get it: a wheel in an empty environment, used from a directory that is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ARTICLES, ROOT

from kg.query import saved_queries

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from this checkout."""
    target = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(target), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def kg(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command `kg` of an environment that holds the wheel and what it needs, and nothing else."""
    place = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(place, with_pip=True)
    done = subprocess.run(
        [place / "bin" / "pip", "install", "--quiet", str(wheel)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return place / "bin" / "kg"


def run(kg: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("KG_STORE", "PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run([kg, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


def test_wheel_holds_the_package_its_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"kg", "cli.py"}
    assert sorted(Path(n).stem for n in names if n.startswith("kg/queries/")) == sorted(saved_queries())
    for name in ("kg/py.typed", "kg/ontology/accord.ttl", "kg/ontology/shapes.ttl", "kg/lexicons/jurisdictions.tsv"):
        assert name in names
    assert not any("__pycache__" in name or name.startswith("kg/tests") for name in names)


def test_installed_command_builds_asks_and_shows(kg: Path, tmp_path: Path) -> None:
    (tmp_path / "signing.txt").write_bytes((ARTICLES / "signing-two-ministers.txt").read_bytes())
    assert "Commands:" in run(kg, "--help", cwd=tmp_path).stdout
    assert "agreements-by-sector\n" in run(kg, "query", "--list", cwd=tmp_path).stdout
    assert run(kg, "build", "signing.txt", cwd=tmp_path).stderr.startswith("1 article: 1 agreement, 2 officials")
    answer = run(kg, "query", "who-signed", "--format", "csv", cwd=tmp_path).stdout
    assert "Andris Kalnins" in answer
    assert "Memorandum of understanding" in run(kg, "show", "Latvia", cwd=tmp_path).stdout
    assert run(kg, "verify", cwd=tmp_path).stdout.startswith("checked ")


def test_extras_that_are_missing_are_told(kg: Path, tmp_path: Path) -> None:
    (tmp_path / "signing.txt").write_bytes((ARTICLES / "signing-two-ministers.txt").read_bytes())
    run(kg, "build", "signing.txt", cwd=tmp_path)
    for arguments in (["verify", "--shapes"], ["build", "signing.txt", "--engine", "llm"]):
        done = subprocess.run([kg, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "needs: pip install 'accordgraph[" in done.stderr
        assert done.stderr.count("\n") == 1
