"""The scheme of sectors: a tree of well-labelled concepts, with codes that exist."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib import DCTERMS, RDF, RDFS, SKOS, URIRef

from kg.grammar.sectors import sector_variants, variants
from kg.iris import slug
from kg.vocabulary import BASE, KG, SCHEMA, Sector, sectors

ROOT = Path(__file__).resolve().parent.parent
SCHEME = URIRef(f"{BASE}sector-scheme")
NACE = "http://data.europa.eu/ux2/nace2/"
MATCHES = (SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)

# ISIC Rev. 4: the divisions of each section, and the last digit of each division's groups.
SECTIONS = """A 01-03 B 05-09 C 10-33 D 35-35 E 36-39 F 41-43 G 45-47 H 49-53 I 55-56 J 58-63 K 64-66 L 68-68 M 69-75
    N 77-82 O 84-84 P 85-85 Q 86-88 R 90-93 S 94-96 T 97-98 U 99-99""".split()
GROUPS = """01:1234567 02:1234 03:12 05:12 06:12 07:12 08:19 09:19 10:12345678 11:0 12:0 13:19 14:123 15:12 16:12 17:0
    18:12 19:12 20:123 21:0 22:12 23:19 24:123 25:129 26:12345678 27:123459 28:12 29:123 30:12349 31:0 32:123459 33:12
    35:123 36:0 37:0 38:123 39:0 41:0 42:129 43:1239 45:1234 46:1234569 47:123456789 49:123 50:12 51:12 52:12 53:12
    55:129 56:123 58:12 59:12 60:12 61:1239 62:0 63:19 64:1239 65:123 66:123 68:12 69:12 70:12 71:12 72:12 73:12 74:129
    75:0 77:1234 78:123 79:19 80:123 81:123 82:1239 84:123 85:12345 86:129 87:1239 88:19 90:0 91:0 92:0 93:12 94:129
    95:12 96:0 97:0 98:12 99:0""".split()
DIVISIONS = {
    f"{number:02d}": section
    for section, span in zip(SECTIONS[::2], SECTIONS[1::2], strict=True)
    for number in range(int(span[:2]), int(span[3:]) + 1)
}


@pytest.fixture(scope="module")
def scheme() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "sectors.ttl")


def chain(sector: Sector) -> list[Sector]:
    """Return a sector and those above it, up to the top; AssertionError where it goes round."""
    by_iri = {s.iri: s for s in sectors()}
    found = [sector]
    while found[-1].broader is not None:
        above = by_iri[found[-1].broader]
        assert above not in found, f"{sector.label} is above itself"
        found.append(above)
    return found


def test_the_scheme_is_large_enough() -> None:
    assert len(sectors()) >= 150


def test_it_is_a_tree_of_two_to_four_levels() -> None:
    depths = Counter(len(chain(s)) for s in sectors())
    assert set(depths) <= {1, 2, 3, 4}
    assert depths[1] < depths[2]
    assert depths[3] > 20


def test_top_concepts_are_those_without_a_broader_one(scheme: rdflib.Graph) -> None:
    top = {URIRef(s.iri) for s in sectors() if s.broader is None}
    assert set(scheme.objects(SCHEME, SKOS.hasTopConcept)) == top
    assert set(scheme.subjects(SKOS.topConceptOf, SCHEME)) == top


def test_no_label_is_borne_by_two_concepts() -> None:
    bearers: dict[str, set[str]] = {}
    for sector in sectors():
        for label in (sector.label, *sector.alts):
            bearers.setdefault(label.casefold(), set()).add(sector.slug)
    assert {label: found for label, found in bearers.items() if len(found) > 1} == {}


def test_no_concept_bears_a_label_twice() -> None:
    for sector in sectors():
        labels = (sector.label, *sector.alts)
        assert len(labels) == len(set(labels)), sector.label


def test_labels_that_need_their_context_are_labels_of_the_concept() -> None:
    for sector in sectors():
        assert set(sector.hidden) <= {sector.label, *sector.alts}, sector.label


def test_no_hidden_labels(scheme: rdflib.Graph) -> None:
    """SKOS forbids a hidden label that is another label too; kg:contextLabel says what is meant."""
    assert not list(scheme.subject_objects(SKOS.hiddenLabel))


def test_slugs_are_made_of_labels() -> None:
    assert {s.slug: slug(s.label) for s in sectors() if s.slug != slug(s.label)} == {}


def test_labels_are_said_alike(scheme: rdflib.Graph) -> None:
    for concept in scheme.subjects(RDF.type, URIRef(KG.IndustrySector)):
        assert scheme.value(concept, RDFS.label) == scheme.value(concept, SKOS.prefLabel)
        assert scheme.value(concept, SKOS.inScheme) == SCHEME


@pytest.mark.parametrize(
    "word",
    """AI|artificial intelligence|renewables|new energy|biomedicine|digital economy|semiconductors|chips|fisheries|tourism|
    aviation|healthcare|higher education|agri-food|cyber security|ICT|electric vehicles|film""".replace("\n", "").split(
        "|"
    ),
)
def test_words_of_the_news_are_known(word: str) -> None:
    labels = {label.casefold() for s in sectors() for label in (s.label, *s.alts)}
    assert word.strip().casefold() in labels


def test_every_sector_has_one_code_that_isic_has(scheme: rdflib.Graph) -> None:
    groups = {entry[:2]: entry[3:] for entry in GROUPS}
    assert set(groups) == set(DIVISIONS)
    for sector in sectors():
        codes = [str(c) for c in scheme.objects(URIRef(sector.iri), URIRef(SCHEMA.isicV4))]
        assert len(codes) == 1, sector.label
        code = codes[0]
        assert re.fullmatch(r"[A-U]|\d{2,4}", code), f"{sector.label}: {code}"
        if code.isdigit():
            assert code[:2] in DIVISIONS, f"{sector.label}: ISIC has no division {code[:2]}"
            assert len(code) == 2 or code[2] in groups[code[:2]], f"{sector.label}: ISIC has no group {code[:3]}"


def test_matches_point_to_the_same_place_in_nace(scheme: rdflib.Graph) -> None:
    for sector in sectors():
        matches = [o for m in MATCHES for o in scheme.objects(URIRef(sector.iri), m) if str(o).startswith(NACE)]
        code = str(scheme.value(URIRef(sector.iri), URIRef(SCHEMA.isicV4)))
        assert matches == [URIRef(NACE + (code if code.isalpha() else code[:2]))], sector.label


def test_a_close_match_is_claimed_for_whole_sections_and_divisions_only(scheme: rdflib.Graph) -> None:
    for concept in scheme.subjects(SKOS.closeMatch, None):
        assert len(str(scheme.value(concept, URIRef(SCHEMA.isicV4)))) <= 2, concept


def test_the_scheme_says_what_it_is_and_how_it_may_be_used(scheme: rdflib.Graph) -> None:
    assert scheme.value(SCHEME, DCTERMS.description) is not None
    assert scheme.value(SCHEME, DCTERMS.license) == URIRef("https://creativecommons.org/publicdomain/zero/1.0/")


@pytest.mark.parametrize(
    ("label", "spelling"),
    [
        ("dry ports", "dry port"),
        ("tax consultancy", "tax consultancies"),
        ("fertilisers", "fertilizers"),
        ("labor center", "labour centres"),
        ("waste-water treatment", "waste water treatment"),
        ("offshore wind farms", "offshore-wind farms"),
        ("agri-food", "agrifood"),
    ],
)
def test_labels_are_known_in_other_spellings(label: str, spelling: str) -> None:
    assert spelling in {again for form in (label, *variants(label)) for again in (form, *variants(form))}


@pytest.mark.parametrize("label", ["logistics", "customs", "geology", "fishing", "sewage treatment", "services"])
def test_words_that_have_no_other_number_are_given_none(label: str) -> None:
    assert not {variant for variant in variants(label) if "-" not in variant}


def test_a_shorter_form_of_a_word_needs_its_context() -> None:
    assert all(concept.hidden for phrase, concept in sector_variants() if phrase == "gemstone")
