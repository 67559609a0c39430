"""The shapes: what is well formed passes, each fault is told in words that a person understands."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate
from rdflib import RDF, URIRef

from kg.vocabulary import KG, PREFIXES, SKOS

ROOT = Path(__file__).resolve().parent.parent
SCHEME = ox.NamedNode(SKOS.inScheme)
BROADER = ox.NamedNode(SKOS.broader)
COPY_OF = ox.NamedNode(KG.copyOf)
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
HEADER = (
    "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    + "@prefix : <https://example.org/> .\n@prefix sssom: <https://w3id.org/sssom/> .\n@prefix semapv: <https://w3id.org/semapv/vocab/> .\n"
)

SOUND = """
:deal a kg:Agreement ; rdfs:label "Memorandum of understanding between Kenya and Vietnam (2025)" ;
    kg:agreementType type:treaty ; kg:status status:signed ; kg:party :kenya , :board ;
    kg:signatory :ann ; kg:witness :ben ; kg:sector sector:ports ; kg:signedAt :kenya ; kg:legallyBinding false ;
    kg:signedOn "2025-06"^^xsd:gYearMonth ; kg:earliest "2025-06-01"^^xsd:date ; kg:latest "2025-06-30"^^xsd:date .
:ann a kg:Official ; rdfs:label "Ann Otieno" ; org:holds :post ; kg:serves :board .
:ben a kg:Official ; rdfs:label "Ben Maina" .
:post a org:Post ; rdfs:label "Chair" ; org:postIn :board .
:board a kg:Ministry ; rdfs:label "Ports Board" ; kg:jurisdiction :kenya .
:line a kg:Organization ; rdfs:label "Blue Line" .
:kenya a kg:Jurisdiction ; rdfs:label "Kenya" ; dct:identifier "KE" ; kg:partOf :union ;
    schema:sameAs <http://www.wikidata.org/entity/Q114> .
:union a kg:Jurisdiction ; rdfs:label "Union" .
sector:ports a kg:IndustrySector ; skos:prefLabel "ports" ; skos:inScheme :scheme ; skos:broader sector:transport ; schema:isicV4 "5222" .
sector:transport a kg:IndustrySector ; skos:prefLabel "transport" ; skos:inScheme :scheme .
type:treaty a kg:AgreementType ; skos:notation "treaty" ; skos:prefLabel "Treaty" .
status:signed a kg:AgreementStatus ; skos:notation "signed" ; skos:prefLabel "Signed" .
:article a kg:Article ; dct:identifier "march" ; dct:title "March" ; dct:language "en" ; dct:issued "2025-06-14"^^xsd:date ;
    schema:url <https://ledger.example/march> ;
    kg:contentHash "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" .
:claim a kg:Claim ; rdf:subject :deal ; rdf:predicate kg:signatory ; rdf:object :ann ; kg:confidence 0.9 ; kg:evidence :quote .
:link a kg:Link ; rdf:subject :kenya ; rdf:predicate schema:sameAs ; rdf:object <http://www.wikidata.org/entity/Q7> ;
    kg:confidence 0.99 ; kg:method "code" ; kg:revision 7 ; dct:date "2026-09-18"^^xsd:date .
:rejection a kg:Rejection ; rdf:subject :board ; rdf:object sssom:NoTermFound ; dct:date "2026-11-25"^^xsd:date ;
    dct:creator "Ada Quill" ; sssom:mapping_justification semapv:ManualMappingCuration .
:quote a kg:Evidence ; oa:exact "Ann Otieno signed" ; oa:start 10 ; oa:end 27 ; oa:hasSource :article .
"""

# A fault: what to replace in the sound graph ("" adds to it), by what, and the message that tells of it.
FAULTS = [
    ('rdfs:label "Memorandum of understanding between Kenya and Vietnam (2025)"', 'rdfs:label "A", "B"', "An agreement has exactly one label, in plain text."),
    ("kg:agreementType type:treaty ;", "", "An agreement says what type it is, with a concept of the agreement types."),
    ("kg:status status:signed", "kg:status :ann", "How far an agreement has come is told by a concept of the statuses."),
    (":kenya , :board ;", ":ann ;", "A party of an agreement is a ministry, a jurisdiction or an organization."),
    ("kg:signatory :ann ;", "kg:signatory :kenya ;", "Who signs an agreement is an official."),
    ("kg:witness :ben", "kg:witness :board", "Who witnesses a signing is an official."),
    ("kg:sector sector:ports", 'kg:sector "ports"', "A sector of an agreement is a concept of the scheme of sectors."),
    ('"2025-06"^^xsd:gYearMonth', '"June 2025"', "A date of signing is an xsd:date, an xsd:gYearMonth or an xsd:gYear."),
    ('"2025-06-01"^^xsd:date', '"2025-06"^^xsd:gYearMonth', "The first possible day of signing is an xsd:date."),
    ('"2025-06-30"^^xsd:date', '"2025"^^xsd:gYear', "The last possible day of signing is an xsd:date."),
    ("kg:signedAt :kenya", "kg:signedAt :board", "The place of signing is a jurisdiction."),
    ("kg:legallyBinding false", 'kg:legallyBinding "no"', "Whether an agreement binds in law is true or false."),
    ('kg:earliest "2025-06-01"^^xsd:date ;', "", "An agreement with a date of signing has the two bounds, kg:earliest and kg:latest."),
    ("", ":club a kg:Party .", "A party says whether it is a ministry, a jurisdiction or an organization."),
    ('rdfs:label "Ann Otieno" ;', "", "An official has exactly one label, in plain text."),
    ("org:holds :post", "org:holds :kenya", "What an official holds is a post."),
    ("kg:serves :board", "kg:serves :ben", "An official serves a ministry, a jurisdiction or an organization."),
    ("", ":ann schema:sameAs <https://www.wikidata.org/wiki/Q1> .", "An official is the same as an item of Wikidata, http://www.wikidata.org/entity/Q…."),
    ('rdfs:label "Chair"', 'rdfs:label "Chair"@en', "A post has exactly one label, in plain text."),
    ("org:postIn :board", "org:postIn :ben", "A post belongs to a ministry, a jurisdiction or an organization."),
    ('rdfs:label "Ports Board" ;', "", "A ministry has exactly one label, in plain text."),
    ("kg:jurisdiction :kenya", "kg:jurisdiction :kenya, :union", "A ministry belongs to at most one jurisdiction."),
    ("", ":board schema:sameAs :kenya .", "A ministry is the same as an item of Wikidata, http://www.wikidata.org/entity/Q…."),
    ('rdfs:label "Blue Line"', 'rdfs:label "Blue Line", "Line"', "An organization has exactly one label, in plain text."),
    ("", ":line schema:sameAs :kenya .", "An organization is the same as an item of Wikidata, http://www.wikidata.org/entity/Q…."),
    ('rdfs:label "Union" ', "rdfs:label 1 ", "A jurisdiction has exactly one label, in plain text."),
    ('dct:identifier "KE"', 'dct:identifier "KE", "KEN"', "A jurisdiction has at most one ISO 3166 code."),
    ("kg:partOf :union", "kg:partOf :board", "A jurisdiction is part of at most one other jurisdiction."),
    ("entity/Q114", "entity/P114", "A jurisdiction is the same as an item of Wikidata, http://www.wikidata.org/entity/Q…."),
    ('skos:prefLabel "ports"', 'skos:prefLabel "ports", "harbours"', "A sector has exactly one preferred label, in plain text."),
    ('skos:prefLabel "transport" ; skos:inScheme :scheme', 'skos:prefLabel "transport"', "A sector belongs to the scheme of sectors."),
    ("skos:broader sector:transport", "skos:broader :kenya", "A sector has at most one broader sector."),
    ('schema:isicV4 "5222"', 'schema:isicV4 "52.22"', "A sector has at most one code of ISIC Rev. 4: a letter, or two to four digits."),
    ('dct:identifier "march" ;', "", "An article has exactly one identifier."),
    ('dct:title "March"', 'dct:title "March", "April"', "An article has exactly one title."),
    ("00112233445566778899aabbccddeeff0", "xyz", "An article has the SHA-256 of its text, in 64 hexadecimal digits."),
    ('dct:issued "2025-06-14"^^xsd:date', 'dct:issued "14 June"', "An article was issued on one xsd:date, xsd:gYearMonth or xsd:gYear."),
    ('dct:language "en"', 'dct:language "English, mostly"', "An article has at most one language, a BCP 47 tag."),
    ("schema:url <https://ledger.example/march>", 'schema:url "ledger.example"', "An article has at most one address, an IRI."),
    ("schema:url <https://ledger.example/march>", 'kg:copyOf "the other"', "An article is a copy of at most one, an article."),
    ("rdf:subject :deal ;", "", "A claim is about exactly one thing."),
    ("rdf:predicate kg:signatory", 'rdf:predicate "signatory"', "A claim has exactly one predicate."),
    ("rdf:object :ann", "rdf:object :ann, :ben", "A claim has exactly one object."),
    ("kg:confidence 0.9 ;", "kg:confidence 1.1 ;", "A claim says how sure it is, from 0 to 1."),
    ("kg:evidence :quote", "kg:evidence :article", "A claim quotes its evidence."),
    ("rdf:subject :kenya ;", "", "A link is about exactly one entity."),
    ("entity/Q7>", "entity/7>", "A link leads to exactly one item of Wikidata."),
    ("kg:confidence 0.99", "kg:confidence -0.1", "A link says how sure it is, from 0 to 1."),
    ('kg:method "code" ;', "", "A link says what speaks for it."),
    ("kg:revision 7", "kg:revision 0", "A link is made from one revision of the item's page."),
    ('dct:date "2026-09-18"^^xsd:date', 'dct:date "September"', "A link says as of when it was made."),
    ('oa:exact "Ann Otieno signed"', 'oa:exact ""', "Evidence quotes words, at most 1,000 characters of them."),
    ("oa:start 10", "oa:start 30", "Evidence says where its words begin, before where they end."),
    ("oa:end 27", "oa:end 27, 28", "Evidence says where its words end."),
    ("oa:hasSource :article", 'oa:hasSource "March"', "Evidence names the article that it quotes."),
    ("rdf:subject :board", "rdf:subject :board, :line", "A rejection is about exactly one entity."),
    ("sssom:NoTermFound", ":nothing", "A rejection is of exactly one item of Wikidata, or sssom:NoTermFound says that there is none."),
    ('dct:date "2026-11-25"^^xsd:date', 'dct:date "today"', "A rejection says on which day it was decided."),
    ("sssom:mapping_justification semapv:ManualMappingCuration", 'rdfs:comment "none"', "A rejection says how it came about."),
    ('skos:notation "treaty" ;', "", "An agreement type has exactly one notation."),
    ('skos:prefLabel "Treaty"', 'skos:prefLabel "Treaty", "Pact"', "An agreement type has exactly one preferred label, in plain text."),
    ('skos:notation "signed" ;', "", "A status has exactly one notation."),
    ('skos:prefLabel "Signed"', "skos:prefLabel 1", "A status has exactly one preferred label, in plain text."),
]  # fmt: skip


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")


def messages(graph: rdflib.Graph, shapes: rdflib.Graph) -> set[str]:
    """Return what the shapes object to in a graph."""
    _, report, _ = validate(graph, shacl_graph=shapes)
    return {
        str(m)
        for result in report.subjects(RDF.type, SH.ValidationResult)
        for m in report.objects(result, SH.resultMessage)
    }


def parsed(turtle: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=HEADER + turtle, format="turtle")


def test_a_sound_graph_passes_every_shape(shapes: rdflib.Graph) -> None:
    graph = parsed(SOUND)
    targets = set(shapes.objects(None, SH.targetClass)) - {URIRef(KG.Party)}
    assert targets <= set(graph.objects(None, RDF.type)), "the sound graph has something for each shape to look at"
    assert messages(graph, shapes) == set()


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=[m for _, _, m in FAULTS])
def test_a_fault_is_told(shapes: rdflib.Graph, old: str, new: str, message: str) -> None:
    assert SOUND.count(old) == 1 or not old, "the fault is in the one place that is meant"
    assert message in messages(parsed(SOUND.replace(old, new) if old else SOUND + new), shapes)


def test_every_message_has_its_fault(shapes: rdflib.Graph) -> None:
    assert {message for _, _, message in FAULTS} == {str(m) for m in shapes.objects(None, SH.message)}


def test_every_property_shape_has_a_message(shapes: rdflib.Graph) -> None:
    for node in shapes.subjects(RDF.type, SH.NodeShape):
        for found in shapes.objects(node, SH.property):
            assert shapes.value(found, SH.message) is not None, f"{node} {shapes.value(found, SH.path)}"


def with_concepts(store: ox.Store, article: ox.NamedNode) -> rdflib.Graph:
    """Return an article's graph with what the default graph says of its types, statuses and sectors, and of what it copies."""
    found = {q.triple for q in store.quads_for_pattern(None, None, None, article)}
    original = next((t.object for t in found if t.predicate == COPY_OF), None)
    if original is not None:
        found |= {q.triple for q in store.quads_for_pattern(original, None, None, ox.DefaultGraph())}
    open_ = {node for t in found for node in (t.subject, t.object) if isinstance(node, ox.NamedNode)}
    concepts: set[ox.NamedNode] = set()
    while open_:
        node = open_.pop()
        if next(store.quads_for_pattern(node, SCHEME, None, ox.DefaultGraph()), None) is None:
            continue
        concepts.add(node)
        said = {q.triple for q in store.quads_for_pattern(node, None, None, ox.DefaultGraph())}
        open_ |= {t.object for t in said if t.predicate == BROADER} - concepts
        found |= said
    return rdflib.Graph().parse(data=ox.serialize(found, format=ox.RdfFormat.N_TRIPLES), format="nt")


@pytest.mark.slow
def test_the_graph_of_every_example_article_is_well_formed(example_store: ox.Store, shapes: rdflib.Graph) -> None:
    articles = [g for g in example_store.named_graphs() if "/article/" in str(g)]
    assert len(articles) > 40
    faults = {
        str(a): messages(with_concepts(example_store, a), shapes) for a in articles if isinstance(a, ox.NamedNode)
    }
    assert {article: found for article, found in faults.items() if found} == {}


@pytest.mark.slow
def test_the_default_graph_of_the_examples_is_well_formed(example_store: ox.Store, shapes: rdflib.Graph) -> None:
    quads = example_store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    text = ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES)
    assert messages(rdflib.Graph().parse(data=text, format="nt"), shapes) == set()
