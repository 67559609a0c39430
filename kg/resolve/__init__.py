"""One thing, one node: which mentions of many articles are one entity, and its IRI.

Everything is decided from the articles' readings alone, in an order that does not depend on theirs: readings are added
one by one, `settle` decides over all of them, and then each article's things are looked up by their signature. Memory
grows with the number of distinct entities, not with that of articles.

Conservative by design: officials merge on name plus country, post or body; bodies on name plus jurisdiction; agreements on
parties, date and what they are about, and never within one article, nor on similar titles. Each decision has its grounds.
"""

from kg.resolve.bodies import Known
from kg.resolve.entity import Entity
from kg.resolve.grounds import Ground
from kg.resolve.resolver import Resolver
from kg.resolve.rulings import Ruling, Rulings

__all__ = ["Entity", "Ground", "Known", "Resolver", "Ruling", "Rulings"]
