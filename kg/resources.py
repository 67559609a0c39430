"""The program's own files: where the data directories lie, and a digest that changes whenever some of them do."""

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str) -> Path:
    """Return the directory `name` (ontology, queries), inside the package once installed, beside it in a checkout.

    FileNotFoundError where it is nowhere.
    """
    for place in (PACKAGE / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"no directory {name}/ in or beside {PACKAGE}")


def digest(code: Iterable[str], seed: str = "") -> str:
    """Return 64 hexadecimal digits for the seed, the code that some patterns name, all lexicons and the ontology.

    Patterns are relative to the package: "parse/*.py". The digits change whenever the name or the bytes of a file do.
    """
    places = [*((PACKAGE, pattern) for pattern in (*code, "lexicons/*")), (data_dir("ontology"), "*.ttl")]
    found = sha256(seed.encode())
    for file in (file for folder, pattern in places for file in sorted(folder.glob(pattern)) if file.is_file()):
        found.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return found.hexdigest()


def user_cache(name: str, given: Mapping[str, str] = os.environ) -> Path:
    """Return where a file or folder of the user's cache lies, made or not."""
    home = given.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "accordgraph" / name
