"""One reading, indexed: things by key, objects by subject and predicate."""

from __future__ import annotations

from collections import defaultdict

from kg.model import Article, Iri, Reading
from kg.vocabulary import KG


class View:
    """One article's reading as resolution asks it."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self.article = article
        self.things = {t.key: t for t in reading.things}
        self._objects: dict[tuple[str, Iri], list[str]] = {}
        self._scores: dict[tuple[str, Iri, str], float] = {}
        scores: dict[tuple[str, Iri], list[tuple[float, str]]] = defaultdict(list)
        for claim in reading.claims:
            scores[(claim.subject, claim.predicate)].append((-claim.score, claim.object))
            of = (claim.subject, claim.predicate, claim.object)
            self._scores[of] = max(claim.score, self._scores.get(of, 0.0))
        for at, found in scores.items():
            self._objects[at] = [o for _, o in sorted(found)]

    def objects(self, key: str, predicate: Iri) -> list[str]:
        """Return the objects that a thing has, the surest first."""
        return self._objects.get((key, predicate), [])

    def first(self, key: str, predicate: Iri) -> str:
        """Return the surest object; "" where there is none."""
        return next(iter(self.objects(key, predicate)), "")

    def code(self, key: str, predicate: Iri) -> str:
        """Return the code of the jurisdiction that is most surely the object; "" if none is."""
        return self.jurisdiction(key, predicate)[0]

    def jurisdiction(self, key: str, predicate: Iri) -> tuple[str, float]:
        """Return the code of the jurisdiction that is most surely the object, and how sure that is; ("", 0) if none is."""
        for object_ in self.objects(key, predicate):
            thing = self.things.get(object_)
            if thing is not None and thing.kind == KG.Jurisdiction:
                return thing.code, self._scores[(key, predicate, object_)]
        return "", 0.0
