"""The ontology: every name is described, placed among other vocabularies, and used as it is defined."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from kg import vocabulary
from kg.vocabulary import BASE, DCT, KG, OA, ORG, PREFIXES, SCHEMA, SSSOM

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = URIRef("https://w3id.org/accordgraph/ontology")
WD = "http://www.wikidata.org/entity/"
CODE = sorted([*(ROOT / "kg").rglob("*.py"), ROOT / "cli.py"])
QUERIES = sorted((ROOT / "queries").glob("*.rq"))

CLASSES = (
    "Agreement Official Ministry Jurisdiction Organization IndustrySector Article Claim Evidence Link Rejection".split()
)
PROPERTIES = """agreementType status party signatory witness sector signedOn earliest latest signedAt legallyBinding
    serves jurisdiction partOf mentionedAs contentHash confidence evidence method""".split()


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "accord.ttl")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")


def terms(graph: rdflib.Graph) -> list[URIRef]:
    """Return what the ontology describes, without itself and its concepts."""
    subjects = {s for s in graph.subjects() if isinstance(s, URIRef)}
    return sorted(s for s in subjects if s != ONTOLOGY and not s.startswith(BASE))


def own_classes(graph: rdflib.Graph) -> list[URIRef]:
    return sorted(
        c for c in graph.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef) and c.startswith(str(ONTOLOGY))
    )


@pytest.mark.parametrize("name", CLASSES)
def test_promised_class_is_defined(ontology: rdflib.Graph, name: str) -> None:
    assert (URIRef(getattr(KG, name)), RDF.type, OWL.Class) in ontology


@pytest.mark.parametrize("name", PROPERTIES)
def test_promised_property_is_defined(ontology: rdflib.Graph, name: str) -> None:
    kinds = set(ontology.objects(URIRef(getattr(KG, name)), RDF.type))
    assert len(kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}) == 1


def test_borrowed_terms_are_described(ontology: rdflib.Graph) -> None:
    borrowed = (
        ORG.Post,
        ORG.holds,
        ORG.postIn,
        OA.exact,
        OA.start,
        OA.end,
        OA.hasSource,
        DCT.issued,
        SCHEMA.sameAs,
        SSSOM.mapping_justification,
    )
    assert {str(t) for t in terms(ontology)} >= {str(b) for b in borrowed}


def test_every_term_has_one_label_and_one_comment(ontology: rdflib.Graph) -> None:
    for term in terms(ontology):
        for predicate in (RDFS.label, RDFS.comment):
            assert len(list(ontology.objects(term, predicate))) == 1, f"{term} and {predicate}"


def test_comments_are_sentences(ontology: rdflib.Graph) -> None:
    for term in terms(ontology):
        comment = str(ontology.value(term, RDFS.comment))
        assert re.fullmatch(r"[A-Z].*\.", comment), f"{term}: {comment}"


def test_no_two_terms_of_one_kind_share_a_label(ontology: rdflib.Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        labels = [str(ontology.value(s, RDFS.label)) for s in ontology.subjects(RDF.type, kind)]
        assert len(labels) == len(set(labels))


def test_domains_and_ranges_are_classes_of_the_ontology_or_datatypes(ontology: rdflib.Graph) -> None:
    known = set(ontology.subjects(RDF.type, OWL.Class))
    for predicate in (RDFS.domain, RDFS.range):
        for term, value in ontology.subject_objects(predicate):
            assert value in known or str(value).startswith(PREFIXES["xsd"]), f"{term} {predicate} {value}"


def test_every_own_class_stands_below_one_of_another_vocabulary(ontology: rdflib.Graph) -> None:
    for found in own_classes(ontology):
        above = set(ontology.transitive_objects(found, RDFS.subClassOf)) - {found}
        assert any(not str(a).startswith(str(ONTOLOGY)) for a in above), f"{found} stands alone"


@pytest.mark.parametrize(
    ("term", "item"),
    [
        (KG.signatory, "P1891"),
        (KG.party, "P710"),
        (ORG.holds, "P39"),
        (KG.jurisdiction, "P1001"),
        (KG.signedOn, "P585"),
        (KG.earliest, "P1319"),
        (KG.latest, "P1326"),
    ],
)
def test_alignment_with_wikidata(ontology: rdflib.Graph, term: str, item: str) -> None:
    assert (URIRef(term), SKOS.closeMatch, URIRef(WD + item)) in ontology


@pytest.mark.parametrize(
    ("term", "relation", "above"),
    [
        (KG.Official, RDFS.subClassOf, "http://xmlns.com/foaf/0.1/Person"),
        (KG.Ministry, RDFS.subClassOf, "http://www.w3.org/ns/org#FormalOrganization"),
        (KG.Ministry, RDFS.subClassOf, "http://data.europa.eu/m8g/PublicOrganisation"),
        (KG.Ministry, RDFS.subClassOf, "http://schema.org/GovernmentOrganization"),
        (KG.IndustrySector, RDFS.subClassOf, str(SKOS.Concept)),
        (KG.Claim, RDFS.subClassOf, str(RDF.Statement)),
        (KG.Evidence, RDFS.subClassOf, "http://www.w3.org/ns/oa#TextPositionSelector"),
        (KG.evidence, RDFS.subPropertyOf, "http://www.w3.org/ns/prov#wasDerivedFrom"),
        (KG.serves, RDFS.subPropertyOf, "http://www.w3.org/ns/org#memberOf"),
    ],
)
def test_alignment_with_the_usual_vocabularies(ontology: rdflib.Graph, term: str, relation: URIRef, above: str) -> None:
    assert (URIRef(term), relation, URIRef(above)) in ontology


def test_schema_org_is_written_with_http_everywhere() -> None:
    for path in (*(ROOT / "ontology").glob("*.ttl"), *QUERIES, *CODE):
        assert "https://schema.org" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_names_in_code_exist(path: Path) -> None:
    code = re.sub(r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8"))
    used = set(re.findall(r"\b(KG|ORG|OA|DCT|SCHEMA|SKOS|SSSOM|SEMAPV|RDFS|RDF|XSD|OWL)\.([A-Za-z]\w*)", code))
    for namespace, name in used:
        getattr(getattr(vocabulary, namespace), name)  # AttributeError for a name that is nowhere defined


def test_code_uses_the_ontology() -> None:
    used = {n for p in CODE for n in re.findall(r"\bKG\.(\w+)", p.read_text(encoding="utf-8"))}
    assert used >= set(CLASSES), "the test before this one would pass over code that names nothing"


def iris_of(sparql: str) -> set[str]:
    """Return the IRIs that a query names, in full or with a prefix."""
    bare = re.sub(r"^\s*#.*$", "", sparql, flags=re.MULTILINE)
    prefixes = dict(re.findall(r"PREFIX\s+(\w*):\s*<([^>]*)>", bare))
    body = re.sub(r"PREFIX\s+\w*:\s*<[^>]*>", "", bare)
    full = set(re.findall(r"<(http[^>\s]*)>", body))
    short = re.findall(r"(?<![\w?$:<])(\w+):([A-Za-z][\w-]*)", re.sub(r'"[^"]*"|<[^>\s]*>', "", body))
    assert {prefix for prefix, _ in short} <= set(prefixes), "every prefix is declared, so that the file runs anywhere"
    return full | {prefixes[prefix] + name for prefix, name in short}


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_terms_in_queries_exist(ontology: rdflib.Graph, path: Path) -> None:
    used = iris_of(path.read_text(encoding="utf-8"))
    standard = tuple(PREFIXES[p] for p in ("rdf", "rdfs", "xsd", "skos"))
    defined = {str(s) for s in ontology.subjects()}
    assert used, "a query that names nothing asks nothing"
    assert {iri for iri in used if not iri.startswith(standard)} <= defined


def test_terms_in_shapes_exist(ontology: rdflib.Graph, shapes: rdflib.Graph) -> None:
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    standard = tuple(PREFIXES[p] for p in ("rdf", "rdfs", "skos"))
    used = {o for p in (sh.path, sh["class"], sh.targetClass, sh.lessThan) for o in shapes.objects(None, p)}
    assert {u for u in used if not str(u).startswith(standard)} <= set(ontology.subjects())


def test_every_class_has_a_shape(ontology: rdflib.Graph, shapes: rdflib.Graph) -> None:
    targets = set(shapes.objects(None, rdflib.Namespace("http://www.w3.org/ns/shacl#").targetClass))
    assert set(ontology.subjects(RDF.type, OWL.Class)) <= targets


def test_concepts_of_types_and_statuses_are_complete(ontology: rdflib.Graph) -> None:
    for kind in (KG.AgreementType, KG.AgreementStatus):
        concepts = list(ontology.subjects(RDF.type, URIRef(kind)))
        assert len(concepts) > 5
        for concept in concepts:
            assert str(ontology.value(concept, SKOS.notation)) == str(concept).rsplit("/", 1)[-1]
            assert ontology.value(concept, SKOS.prefLabel) == ontology.value(concept, RDFS.label)
            assert ontology.value(concept, SKOS.definition) is not None
            assert ontology.value(concept, SKOS.inScheme) is not None
