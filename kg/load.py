"""RDF files into a new generation of a store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.dump import FORMATS
from kg.errors import KgError, UsageError
from kg.stores.generations import Draft


def load(files: Iterable[Path], draft: Draft, format_: str | None = None) -> None:
    """Load files into a draft; KgError where one does not hold what its suffix or `format_` says, with the place."""
    for path in files:
        kind = _format(format_ or path.suffix)
        if kind is None:
            raise UsageError(
                f"{path}: no RDF format is known by {format_ or path.suffix or 'no suffix'}; "
                "give --format turtle, trig, nquads, ntriples, rdf or jsonld"
            )
        try:
            draft.store.bulk_load(path=str(path), format=kind)
        except (SyntaxError, ValueError) as error:
            raise KgError(f"{path} is not {kind.name}: {getattr(error, 'msg', error)}") from error
        except OSError as error:
            raise KgError(f"{path} cannot be read: {error.strerror or error}") from error
    if not draft.size():
        raise KgError("the files hold no RDF; the store is as it was")


def _format(name: str) -> ox.RdfFormat | None:
    """Return the format that a suffix or a name stands for, as `kg dump` names them, too."""
    name = name.lstrip(".").lower()
    return FORMATS.get(name) or ox.RdfFormat.from_extension(name)
