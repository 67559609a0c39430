"""Where the data directories lie: inside the package once installed, beside it in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str) -> Path:
    """Return the directory `name` (ontology, queries); FileNotFoundError where it is nowhere."""
    for place in (PACKAGE / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"no directory {name}/ in or beside {PACKAGE}")
