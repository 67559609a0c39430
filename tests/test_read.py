"""Sources to pages: what is read, what is passed over, what is named as unreadable."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from kg import read
from kg.errors import UsageError
from kg.model import Outcome, Page


def pages(*sources: Path | str) -> list[Page | Outcome]:
    return list(read.Pages([str(s) for s in sources]))


def test_a_folder_is_read_recursively_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.md", ".hidden/d.txt", "e.pdf", "g.docx", ".f.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    found = read.Pages([str(tmp_path)])
    assert [(p.id, p.media) for p in found if isinstance(p, Page)] == [
        ("a", "text/html"),
        ("b", "text/plain"),
        ("e", "application/pdf"),
        ("sub/c", "text/markdown"),
    ]
    assert found.skipped == 2


def test_each_line_of_jsonl_is_a_page_and_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"text": "a"}\n\n{"text": "b"}')
    assert [(p.id, p.origin) for p in pages(path)] == [("news-1", f"{path}:1"), ("news-3", f"{path}:3")]


def test_a_missing_source_stops_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        read.Pages([str(tmp_path / "nothing.txt")])


def test_an_article_too_large_is_named_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LARGEST", 1000)
    (tmp_path / "a.txt").write_text("x" * 1001)
    (tmp_path / "b.txt").write_text("words")
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": "y" * 5000}) + "\n" + json.dumps({"text": "words"}) + "\n")
    large, good, line, last = pages(tmp_path)
    assert isinstance(large, Outcome)
    assert "more than" in large.error
    assert isinstance(good, Page)
    assert isinstance(line, Outcome)
    assert line.origin.endswith("c.jsonl:1")
    assert isinstance(last, Page)
    assert last.origin.endswith("c.jsonl:2")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    path.chmod(0)
    (found,) = pages(tmp_path)
    assert isinstance(found, Outcome)
    assert "cannot be read: Permission denied" in found.error


def test_what_is_no_regular_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert [isinstance(p, Outcome) and "no regular file" in p.error for p in pages(tmp_path)] == [True, True]


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        (b"Two states agreed.", ["text/plain"]),
        (b"%PDF-1.7 ...", ["application/pdf"]),
        (b"<!DOCTYPE html><p>Two states agreed.", ["text/html"]),
        (b"---\ntitle: T\n---\nTwo states agreed.", ["text/markdown"]),
        (b'{"text": "a"}\n{"text": "b"}\n', ["application/json", "application/json"]),
    ],
)
def test_standard_input_is_told_by_its_first_bytes(
    given: bytes, kinds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert [p.media for p in pages("-") if isinstance(p, Page)] == kinds
