"""What a store is made from, as a digest: where nothing of it has changed, the store need not be written again."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version

from kg.resources import digest

_ALL = 2**256


class Inputs:
    """A digest of pages and options that does not depend on the order in which they are added."""

    def __init__(self, *options: str) -> None:
        self._sum = _number(_program(), *options)

    def add(self, *parts: str) -> None:
        """Count in one page: what its outcome depends on, and where it lies."""
        self._sum = (self._sum + _number(*parts)) % _ALL  # a sum, so that two equal pages do not cancel one another

    def digest(self) -> str:
        """Return hexadecimal digits that stand for all that was added."""
        return f"{self._sum:064x}"


def _number(*parts: str) -> int:
    return int.from_bytes(sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest(), "big")


@cache
def _program() -> str:
    """Return the digest of this program: all its code, lexicons and ontology, and the store's own version."""
    return digest(["**/*.py", "link/*.tsv"], version("pyoxigraph"))
