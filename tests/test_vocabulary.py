"""The ontology as the code sees it: closed namespaces and small tables."""

from __future__ import annotations

import pytest

from kg import vocabulary
from kg.vocabulary import BASE, KG, ORG, PREFIXES, RDF, SCHEMA, XSD


def test_a_name_of_the_ontology_is_its_iri() -> None:
    assert KG.Agreement == "https://w3id.org/accordgraph/ontology#Agreement"
    assert ORG.Post == "http://www.w3.org/ns/org#Post"
    assert SCHEMA.sameAs == "http://schema.org/sameAs"


@pytest.mark.parametrize("namespace", [KG, ORG, RDF, XSD])
def test_a_name_that_is_none_fails(namespace: vocabulary.Namespace) -> None:
    with pytest.raises(AttributeError, match="has no term 'partty'"):
        _ = namespace.partty


def test_namespaces_list_their_terms() -> None:
    assert {KG.party, KG.signatory} <= set(KG)
    assert list(ORG) == sorted(ORG)


def test_types_and_statuses_are_the_promised_ones() -> None:
    assert set(vocabulary.agreement_types()) == set(
        """memorandum-of-understanding treaty trade-agreement framework-agreement protocol joint-statement
        letter-of-intent contract agreement""".split()
    )
    assert set(vocabulary.statuses()) == set("planned negotiating signed in-force ended rejected".split())
    assert vocabulary.statuses()["in-force"] == f"{BASE}status/in-force"
    assert vocabulary.agreement_types()["treaty"] == f"{BASE}agreement-type/treaty"


def test_domain_and_range() -> None:
    assert vocabulary.domain_of(KG.signatory) == KG.Agreement
    assert vocabulary.range_of(KG.signatory) == KG.Official
    assert vocabulary.range_of(KG.earliest) == XSD.date
    assert vocabulary.domain_of(KG.mentionedAs) is None
    assert vocabulary.range_of(KG.signedOn) is None  # a date, a month or a year


def test_superclasses_reach_over_several_steps() -> None:
    found = vocabulary.superclasses(KG.Ministry)
    assert {KG.Ministry, KG.Party, "http://xmlns.com/foaf/0.1/Agent"} <= found
    assert KG.Party not in vocabulary.superclasses(KG.Official)


def test_labels_and_comments() -> None:
    assert vocabulary.label(KG.signedOn) == "signed on"
    assert vocabulary.comment(KG.witness).startswith("An official who was present")
    assert vocabulary.label("https://example.org/nothing") == ""


def test_sectors_come_with_their_labels_and_their_place() -> None:
    by_slug = {s.slug: s for s in vocabulary.sectors()}
    found = by_slug["artificial-intelligence"]
    assert found.label == "artificial intelligence"
    assert "AI" in found.alts
    assert found.broader == f"{BASE}sector/digital-economy"
    assert by_slug["security"].borderline
    assert "flights" in by_slug["air-services"].hidden


def test_the_whole_scheme_goes_into_a_store() -> None:
    subjects = {str(t.subject.value) for t in vocabulary.ontology_quads()}
    assert {s.iri for s in vocabulary.sectors()} | {KG.Agreement} <= subjects


def test_prefixes_do_not_hide_one_another() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
