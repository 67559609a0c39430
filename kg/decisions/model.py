"""One decision of a person. Frozen values, standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Iri

LINKS = ("link", "not-link", "no-item")  # of an entity and an item of Wikidata
FACTS = ("wrong", "right")  # of a statement
ENTITIES = ("same", "different")  # of two entities, or of one as an article names it


@dataclass(frozen=True, slots=True)
class Decision:
    """That somebody decided something, some day."""

    kind: str  # one of LINKS, FACTS, ENTITIES
    subject: Iri
    predicate: str = ""  # of a statement; of a link where it is another than usual
    object: str = ""  # an IRI, the text of a literal, or the identifier of an item: "Q30"
    article: str = ""  # the IRI of the article of which alone it holds; "" for all
    authors: tuple[str, ...] = ()  # names or IRIs
    date: str = ""  # an ISO day; "" for unknown, which is before all others
    comment: str = ""
    score: float = 1.0  # of a link: how sure the person is
    label: str = field(default="", compare=False)  # of the subject, for those who read the file
    item: str = field(default="", compare=False)  # the label of the object, likewise
    where: str = field(default="", compare=False)  # "links.sssom.tsv:12"

    @property
    def key(self) -> tuple[str, ...]:
        """Return what it decides, whoever did so, and when."""
        return (self.kind, self.subject, self.predicate, self.object, self.article)

    @property
    def told(self) -> str:
        """Return what it decides in a few words, IRIs by their tails."""
        parts = (self.subject, self.predicate, self.object)
        said = " ".join(_tail(part) for part in parts if part)
        return f"{self.kind} {said}" + (f" in {_tail(self.article)}" if self.article else "")


def _tail(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be followed, and what to do about it."""

    where: str  # "links.sssom.tsv:12"
    what: str
