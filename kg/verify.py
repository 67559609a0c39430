"""Checks a store against its articles: every quote is sliced again, every relation has its claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import pyoxigraph as ox

from kg.errors import UsageError
from kg.model import Article
from kg.stores.articles import ArticleStore
from kg.vocabulary import DCT, KG, OA, ORG, PREFIXES, RDF, RDFS

# What an article's graph says without a claim: descriptions, and the two bounds that follow from a date.
_DESCRIPTIVE = frozenset({RDF.type, RDFS.label, KG.mentionedAs, KG.earliest, KG.latest})

_QUOTES = f"""
SELECT ?evidence ?exact ?start ?end WHERE {{
  GRAPH $GRAPH$ {{
    ?evidence <{OA.exact}> ?exact
    OPTIONAL {{ ?evidence <{OA.start}> ?start }} OPTIONAL {{ ?evidence <{OA.end}> ?end }}
  }}
}} ORDER BY ?evidence
"""
_CLAIMED = f"""
SELECT ?subject ?predicate ?object WHERE {{
  GRAPH $GRAPH$ {{ ?claim <{RDF.subject}> ?subject ; <{RDF.predicate}> ?predicate ; <{RDF.object}> ?object ; <{KG.evidence}> ?evidence .
                   ?evidence <{OA.exact}> ?exact }}
}}
"""
_GRAPHS = f"""
SELECT ?graph ?hash ?id WHERE {{
  GRAPH ?graph {{ ?graph a <{KG.Article}> ; <{DCT.identifier}> ?id ; <{KG.contentHash}> ?hash }}
}} ORDER BY ?graph
"""
_ONTOLOGY, _ORG = PREFIXES["kg"], PREFIXES["org"]
_ENTITIES = (KG.Agreement, KG.Official, KG.Ministry, KG.Jurisdiction, KG.IndustrySector, KG.Organization, ORG.Post)
# Where places lie, the lexicon knows, and what sectors are called, their scheme.
_STRAY = f"""
SELECT ?s ?p ?o WHERE {{
  VALUES ?kind {{ {" ".join(f"<{k}>" for k in _ENTITIES if k != KG.IndustrySector)} }}
  ?s a ?kind ; ?p ?o
  FILTER(STRSTARTS(STR(?p), "{_ONTOLOGY}") || STRSTARTS(STR(?p), "{_ORG}"))
  FILTER(?p != <{KG.partOf}>)
  FILTER NOT EXISTS {{ GRAPH ?article {{ ?s ?p ?o }} }}
}} ORDER BY ?s ?p ?o
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold."""

    article: str
    what: str


@dataclass(slots=True)
class Tally:
    """What was checked."""

    articles: int = 0
    quotes: int = 0
    relations: int = 0
    graphs_without_text: int = 0


def faults(store: ox.Store, articles: ArticleStore | None, tally: Tally) -> Iterator[Fault]:
    """Yield what does not hold, article by article, counting in `tally` what was checked.

    Without the articles' texts (a store made from a dump) quotes cannot be sliced again; that is counted, not passed over.
    """
    for row in _rows(store, _GRAPHS):
        graph, id_ = row["graph"].value, row["id"].value
        tally.articles += 1
        found = articles.get(id_) if articles is not None else None
        if found is None:
            tally.graphs_without_text += 1
        else:
            yield from _text_faults(id_, found[0], row["hash"].value)
            yield from _quote_faults(store, graph, id_, found[0], tally)
        yield from _relation_faults(store, graph, id_, tally)
    if tally.articles:
        yield from _stray_faults(store)
    if articles is not None:
        yield from _missing(store, articles)


def shape_faults(store: ox.Store) -> Iterator[Fault]:
    """Yield what the shapes of the ontology object to; UsageError where pySHACL is not installed."""
    try:
        from kg.validate import violations
    except ModuleNotFoundError as error:
        raise UsageError("--shapes needs: pip install 'accordgraph[shacl]'") from error
    for node, message in violations(store):
        yield Fault(node, message)


def _rows(store: ox.Store, query: str, graph: str = "") -> list[ox.QuerySolution]:
    return list(store.query(query.replace("$GRAPH$", f"<{graph}>")))  # type: ignore[arg-type]


def _text_faults(id_: str, article: Article, recorded: str) -> Iterator[Fault]:
    if sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest() != recorded:
        yield Fault(id_, "the stored text is not the one that the graph was made from (its hash differs)")


def _quote_faults(store: ox.Store, graph: str, id_: str, article: Article, tally: Tally) -> Iterator[Fault]:
    for row in _rows(store, _QUOTES, graph):
        tally.quotes += 1
        start, end, exact = _offset(row["start"]), _offset(row["end"]), row["exact"].value
        if start is None or end is None:
            yield Fault(id_, f"the quote {exact[:60]!r} has no offsets")
        elif end > len(article.text) or article.text[start:end] != exact:
            yield Fault(id_, f"characters {start} to {end} do not read {exact[:60]!r}")


def _offset(term: ox.Literal | None) -> int | None:
    return int(term.value) if term is not None and term.value.isdecimal() else None


def _relation_faults(store: ox.Store, graph: str, id_: str, tally: Tally) -> Iterator[Fault]:
    claimed = {(str(r["subject"]), r["predicate"].value, str(r["object"])) for r in _rows(store, _CLAIMED, graph)}
    kinds = ", ".join(f"<{k}>" for k in _ENTITIES)
    relations = (
        f"SELECT ?s ?p ?o WHERE {{ GRAPH $GRAPH$ {{ ?s a ?kind ; ?p ?o FILTER(?kind IN ({kinds})) }} }} ORDER BY ?s ?p"
    )
    for row in _rows(store, relations, graph):
        if row["p"].value in _DESCRIPTIVE:
            continue
        tally.relations += 1
        if (str(row["s"]), row["p"].value, str(row["o"])) not in claimed:
            yield Fault(id_, f"nothing is quoted for {row['s']} {row['p']} {row['o']}")
        if ox.Quad(row["s"], row["p"], row["o"]) not in store:
            yield Fault(id_, f"the default graph does not hold {row['s']} {row['p']} {row['o']}")


def _stray_faults(store: ox.Store) -> Iterator[Fault]:
    """Yield what the default graph holds of an entity and no article states."""
    for row in _rows(store, _STRAY):
        yield Fault("default graph", f"no article states {row['s']} {row['p']} {row['o']}")


def _missing(store: ox.Store, articles: ArticleStore) -> Iterator[Fault]:
    stored = {row["id"].value for row in _rows(store, _GRAPHS)}
    for id_ in articles.ids():
        if id_ not in stored:
            yield Fault(id_, "the article has no graph")
