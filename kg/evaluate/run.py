"""A gold file against a store, a fresh build, or another reader."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import pipeline
from kg.errors import KgError
from kg.evaluate import calibration
from kg.evaluate.gold import Entities, GoldArticle
from kg.evaluate.scoring import Comparison, Figure, Judgement, figures
from kg.evaluate.system import System
from kg.stores import generations

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a comparison found."""

    gold: Mapping[str, GoldArticle]
    judged: Mapping[str, list[Judgement]]  # by article
    absent: frozenset[str]  # articles that the system does not have: all of them is missed
    buckets: tuple[calibration.Bucket, ...] = ()

    def figures(self) -> Mapping[str, Figure]:
        """Return the figures over all articles."""
        return figures(j for found in self.judged.values() for j in found)


def compared(gold: Mapping[str, GoldArticle], system: Mapping[str, Entities]) -> Evaluation:
    """Return how a system's articles fit a gold file."""
    judged = {id_: list(Comparison(a.entities, system.get(id_, {})).judgements()) for id_, a in gold.items()}
    return Evaluation(gold, judged, frozenset(gold.keys() - system.keys()))


def of_store(gold: Mapping[str, GoldArticle], place: Path) -> Evaluation:
    """Return how a store fits a gold file, and what the confidence of its claims is worth."""
    system = System(generations.open_store(place))
    found = compared(gold, system.articles())
    buckets = calibration.buckets(calibration.outcomes(system.claims(), found.judged))
    return Evaluation(found.gold, found.judged, found.absent, tuple(buckets))


def of_build(gold: Mapping[str, GoldArticle], path: Path, options: pipeline.Options) -> Evaluation:
    """Return how a store fits that is built, in a temporary place, from the gold file's own texts."""
    with tempfile.TemporaryDirectory(prefix="kg-eval-") as folder:
        place = Path(folder) / "store"
        try:
            report = pipeline.build([str(path)], place, options)
        except KgError as error:
            raise KgError(str(error).replace("; the store is as it was", "")) from error
        for line in (*(f"{where}: {why}" for where, why in report.left_out), *report.remarks):
            log.warning("%s", line)
        return of_store(gold, place)


def of_reader(gold: Mapping[str, GoldArticle], other: Mapping[str, GoldArticle]) -> Evaluation:
    """Return how far another reader's gold file agrees, over the articles that both have read."""
    both = {id_: article for id_, article in gold.items() if id_ in other}
    return compared(both, {id_: other[id_].entities for id_ in both})
