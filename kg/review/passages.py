"""Where articles name an entity, in their own words: what a person needs to tell which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.stores.articles import ArticleStore
from kg.vocabulary import DCT, KG

_AROUND = 160  # characters before and after a name, at most
_NAMED = f"""
SELECT ?id ?name WHERE {{
  GRAPH ?article {{ $ENTITY$ <{KG.mentionedAs}> ?name . ?article <{DCT.identifier}> ?id }}
}} ORDER BY ?id DESC(STRLEN(?name)) ?name
"""


def passages(store: ox.Store, articles: ArticleStore, iri: str) -> Iterator[tuple[str, str]]:
    """Yield (words, article) for each article that names an entity, where it gives the longest of its names."""
    seen: set[str] = set()
    for row in store.query(_NAMED.replace("$ENTITY$", str(ox.NamedNode(iri)))):  # type: ignore[union-attr]
        id_, name = row["id"].value, row["name"].value
        found = articles.get(id_) if id_ not in seen else None
        words = around(found[0].text, name) if found else ""
        if found and words:
            seen.add(id_)
            yield words, ", ".join(part for part in (found[0].title, found[0].published) if part)


def around(text: str, name: str) -> str:
    """Return what stands around a name, on its line; "" where it does not stand there."""
    found = re.search(r"\s+".join(map(re.escape, name.split())), text)
    if found is None:
        return ""
    begin = max(text.rfind("\n", 0, found.start()) + 1, found.start() - _AROUND)
    line = text.find("\n", found.end())
    end = min(line if line >= 0 else len(text), found.end() + _AROUND)
    before = "… " if begin and text[begin - 1] != "\n" else ""
    after = " …" if end < len(text) and text[end] != "\n" else ""
    return before + " ".join(text[begin:end].split()) + after
