"""What people type, as IRIs of the graph: names, codes, slugs, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox
from rapidfuzz import fuzz, process, utils

from kg.errors import UsageError
from kg.model import Iri
from kg.vocabulary import DCT, KG, ORG, PREFIXES, RDF, RDFS, SKOS

KINDS: dict[str, tuple[Iri, ...]] = {
    "agreement": (KG.Agreement,),
    "official": (KG.Official,),
    "ministry": (KG.Ministry,),
    "jurisdiction": (KG.Jurisdiction,),
    "organization": (KG.Organization,),
    "party": (KG.Jurisdiction, KG.Ministry, KG.Organization),
    "sector": (KG.IndustrySector,),
    "type": (KG.AgreementType,),
    "status": (KG.AgreementStatus,),
    "article": (KG.Article,),
    "entity": (
        KG.Jurisdiction,
        KG.Official,
        KG.Ministry,
        KG.IndustrySector,
        KG.Agreement,
        KG.Organization,
        KG.Article,
        ORG.Post,
    ),
}
# What names a thing, the strongest first: where "HK" is one thing's code and another's nickname, the code counts.
_NAMING = (RDFS.label, DCT.identifier, DCT.title, SKOS.notation, SKOS.prefLabel, SKOS.altLabel, KG.mentionedAs)
_OFFERED = 5  # things that are named where a name fits several
_WEIGHED = 20  # close names among which the closest are looked for
_CLOSE = 70  # rapidfuzz's score above which a name is worth offering


def resolve(store: ox.Store, text: str, kind: str) -> Iri:
    """Return the IRI of the thing of a kind that a text names: its name in any case, its code, or its IRI.

    UsageError, with the names closest to it, where nothing is called so, and with the candidates where several are.
    """
    text = " ".join(text.split())
    iri = _iri(text)
    if iri is not None:
        if next(iter(store.quads_for_pattern(ox.NamedNode(iri), None, None)), None) is None:
            raise UsageError(f"the store says nothing of <{iri}>")
        return iri
    found = _named(store, text, KINDS[kind])
    if len(found) == 1:
        return found[0]
    if found:
        more = " …" if len(found) > _OFFERED else ""
        raise UsageError(
            f"{text!r} names {len(found)} things; give one of their IRIs: {', '.join(f'<{i}>' for i in found[:_OFFERED])}{more}"
        )
    near = close(text, _labels(store, KINDS[kind]))
    hint = f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
    raise UsageError(f"nothing in the store is called {text!r} ({_article(kind)}){hint}")


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _iri(text: str) -> Iri | None:
    """Return the IRI that a text is, in full, in angle brackets, or with a known prefix."""
    match = re.fullmatch(r"<?(https?://[^\s<>\"{}|^`\\]+)>?", text)
    if match:
        return Iri(match[1])
    prefix, colon, tail = text.partition(":")
    if colon and prefix in PREFIXES and tail and not re.search(r"[\s<>\"{}|^`\\]", tail):
        return Iri(PREFIXES[prefix] + tail)
    return None


def _named(store: ox.Store, text: str, kinds: tuple[Iri, ...]) -> list[Iri]:
    """Return what is called so: first by the exact spelling, then in any case; of those, what is called so most properly."""
    exact = [(rank, iri) for rank, predicate in enumerate(_NAMING) for iri in _exact(store, predicate, text, kinds)]
    loose = exact or [
        (rank, iri) for rank, predicate in enumerate(_NAMING) for iri in _loose(store, predicate, text, kinds)
    ]
    if not loose:
        return []
    best = min(rank for rank, _ in loose)
    by_class = sorted({iri for rank, iri in loose if rank == best})
    return by_class if len(by_class) == 1 or len(kinds) == 1 else _first_class(store, by_class, kinds)


def _first_class(store: ox.Store, iris: list[Iri], kinds: tuple[Iri, ...]) -> list[Iri]:
    """Return those of the class that comes first among the kinds."""
    for kind in kinds:
        found = [i for i in iris if _is(store, i, kind)]
        if found:
            return found
    return iris


def _exact(store: ox.Store, predicate: Iri, text: str, kinds: tuple[Iri, ...]) -> list[Iri]:
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), ox.Literal(text), None)
    found = {Iri(q.subject.value) for q in quads if isinstance(q.subject, ox.NamedNode)}
    return [i for i in sorted(found) if any(_is(store, i, k) for k in kinds)]


def _is(store: ox.Store, iri: str, kind: Iri) -> bool:
    quad = ox.Quad(ox.NamedNode(iri), ox.NamedNode(RDF.type), ox.NamedNode(kind), ox.DefaultGraph())
    return quad in store


def _loose(store: ox.Store, predicate: Iri, text: str, kinds: tuple[Iri, ...]) -> list[Iri]:
    wanted = text.lower()
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)
    found = {
        Iri(q.subject.value)
        for q in quads
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.Literal) and q.object.value.lower() == wanted
    }
    return [i for i in sorted(found) if any(_is(store, i, k) for k in kinds)]


def _labels(store: ox.Store, kinds: tuple[Iri, ...]) -> list[str]:
    wanted = {ox.NamedNode(k) for k in kinds}
    subjects = {
        q.subject for k in wanted for q in store.quads_for_pattern(None, ox.NamedNode(RDF.type), k, ox.DefaultGraph())
    }
    labels = (
        q
        for p in (RDFS.label, SKOS.altLabel)
        for q in store.quads_for_pattern(None, ox.NamedNode(p), None, ox.DefaultGraph())
    )
    return sorted({q.object.value for q in labels if q.subject in subjects and isinstance(q.object, ox.Literal)})


def close(text: str, candidates: Iterable[str]) -> list[str]:
    """Return up to three candidates close to a mistyped text, the closest first.

    >>> close("Keny", ["Kenyans", "Kenya", "Republic of Kenya", "Norway"])
    ['Kenya', 'Kenyans', 'Republic of Kenya']
    """
    plain = utils.default_process
    found = process.extract(
        text, sorted(candidates), scorer=fuzz.WRatio, processor=plain, limit=_WEIGHED, score_cutoff=_CLOSE
    )
    # That score likes parts of a name, "Republic of Kenya" as much as "Kenya": what is alike as a whole comes first.
    whole = {name: fuzz.ratio(text, name, processor=plain) for name, _, _ in found}
    return sorted(whole, key=lambda name: -whole[name])[:3]
