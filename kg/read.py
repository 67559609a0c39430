"""Sources to pages: files, folders, JSON lines and standard input, one page an article, bytes untouched.

What cannot be opened is an outcome that says why, so that the rest goes on; a source that does not exist is an error
before anything is read. Files are read one by one, and JSON lines line by line: memory does not grow with the corpus.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import UsageError
from kg.model import Outcome, Page

MEDIA = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
}
LARGEST = 32 * 2**20  # bytes of one article: a long book is 2 MB
_SNIFFED = 2048  # bytes looked at where no suffix tells


class Pages:
    """The pages of some sources, in the order of the sources and of file names; an `Outcome` for what cannot be opened."""

    def __init__(self, sources: Iterable[str]) -> None:
        """UsageError where a source does not exist."""
        self.sources = list(dict.fromkeys(sources))
        self.skipped = 0  # files in folders, of kinds that are not read
        for source in self.sources:
            if source != "-" and not os.path.lexists(source):
                raise UsageError(f"there is no file or folder {source!r}")

    def __iter__(self) -> Iterator[Page | Outcome]:
        for source in self.sources:
            if source == "-":
                yield from _stream(sys.stdin.buffer)
            elif os.path.isdir(source):
                yield from self._folder(Path(source))
            else:
                yield from _file(Path(source), Path(source).stem, _media(Path(source)))

    def _folder(self, root: Path) -> Iterator[Page | Outcome]:
        refused: list[OSError] = []
        for folder, folders, files in os.walk(root, onerror=refused.append):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(files):
                path = Path(folder, name)
                if path.suffix.lower() in MEDIA and not name.startswith("."):
                    yield from _file(path, path.relative_to(root).with_suffix("").as_posix(), _media(path))
                else:
                    self.skipped += 1
        for error in refused:
            yield _failed(str(error.filename), error)


def _media(path: Path) -> str:
    return MEDIA.get(path.suffix.lower(), "")


def _failed(origin: str, error: OSError) -> Outcome:
    return Outcome(origin, origin, error=f"cannot be read: {error.strerror or error}")


def _too_large(size: int) -> str:
    most = f"the {LARGEST // 2**20} MB that one article may have"
    return f"is {size / 2**20:,.0f} MB, more than {most}; split it, or write one article a line to a .jsonl file"


def _file(path: Path, id_: str, media: str) -> Iterator[Page | Outcome]:
    origin = str(path)
    try:
        if not path.is_file():
            yield Outcome(id_, origin, error="is no regular file")
        elif media == "application/jsonl":
            with path.open("rb") as stream:
                yield from _lines(stream, id_, origin)
        elif path.stat().st_size > LARGEST:
            yield Outcome(id_, origin, error=_too_large(path.stat().st_size))
        else:
            body = path.read_bytes()
            yield Page(id_, origin, media or _sniffed(body), body)
    except OSError as error:
        yield _failed(origin, error)


def _lines(stream: BinaryIO, id_: str, origin: str) -> Iterator[Page | Outcome]:
    number = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        where = f"{origin}:{number}"
        if len(line) > LARGEST:
            size = len(line)
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST + 1)
                size += len(line)
            yield Outcome(f"{id_}-{number}", where, error=_too_large(size))
        elif line.strip():
            yield Page(f"{id_}-{number}", where, "application/json", line)


def _stream(stream: BinaryIO) -> Iterator[Page | Outcome]:
    """Yield what standard input holds: JSON lines where it begins with a brace, else one article."""
    first = stream.read(LARGEST + 1)
    if len(first) > LARGEST and first.lstrip()[:1] != b"{":
        yield Outcome("stdin", "standard input", error=_too_large(len(first)))
    elif first.lstrip()[:1] == b"{":
        for number, line in enumerate((first + stream.read()).splitlines(), 1):
            if line.strip():
                yield Page(f"stdin-{number}", f"standard input:{number}", "application/json", line)
    else:
        yield Page("stdin", "standard input", _sniffed(first), first)


def _sniffed(body: bytes) -> str:
    """Return the kind of a body that no suffix tells."""
    head = body[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in head[:1024]:
        return "application/pdf"
    if head.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "text/html"
    if head.startswith((b"---\n", b"---\r\n")):
        return "text/markdown"
    return "text/plain"
