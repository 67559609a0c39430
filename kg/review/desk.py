"""A store and the decisions beside it, as the commands of review need them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.decisions import questions as left_open
from kg.decisions.folder import DEFAULT, Folder
from kg.review.queue import Question, questions
from kg.stores import generations, grounds
from kg.vocabulary import BASE


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reviewer works on."""

    store: ox.Store
    folder: Folder
    generation: generations.Generation
    place: Path

    @property
    def questions(self) -> list[Question]:
        """Return what needs a decision, without what the files decide already."""
        unlinked = left_open.load(self.generation.questions)
        return questions(self.store, unlinked, grounds.nearly(self.place), self.folder.decisions())

    @property
    def unmet(self) -> list[tuple[str, str]]:
        """Return (where, why) of the decisions that the build could not follow."""
        told = self.generation.info.get("report", {}).get("unmet", [])
        return [(where, why) for where, why in told]

    @property
    def base(self) -> str:
        """Return where the IRIs of the store's entities begin."""
        return self.folder.base


def desk(place: Path, folder: Path | None) -> Desk:
    """Return the desk of a store; the folder of decisions need not be there yet."""
    generation = generations.require(place)
    base = generation.info.get("base") or BASE
    return Desk(generations.open_store(place), Folder(folder or DEFAULT, base), generation, place)
