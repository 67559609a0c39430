"""Bodies and jurisdictions: what they are called, whose they are, and which names are places at all."""

from __future__ import annotations

import pytest

from kg.engines.rules import reading
from kg.lexicons.agencies import agencies
from kg.lexicons.places import TABLE, country, forms, places
from kg.model import Article
from kg.vocabulary import KG


def owners(text: str, url: str = "") -> dict[str, set[str]]:
    """Return the ministries of a text by name, with the codes of the jurisdictions they are said to belong to."""
    found = reading(Article("a", text, text.split("\n")[0], "2024-05-15", url))
    names = {t.key: t.name for t in found.things if t.kind == KG.Ministry}
    out: dict[str, set[str]] = {name: set() for name in names.values()}
    for claim in found.claims:
        if claim.predicate == KG.jurisdiction:
            out[names[claim.subject]].add(claim.object.removeprefix("jurisdiction:"))
    return out


def codes(text: str) -> set[str]:
    """Return the codes of the jurisdictions that a text names."""
    found = reading(Article("a", text, text.split("\n")[0], "2024-05-15"))
    return {t.code for t in found.things if t.kind == KG.Jurisdiction}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aid for Kenya.\nThe Ghanaian health ministry met Ghana's Ministry of Trade.", {"health ministry": {"GH"}, "Ministry of Trade": {"GH"}}),
        ("Talks with Peru.\nThe ministries of Mines and Energy of Peru agreed.", {"Ministry of Mines": {"PE"}, "Ministry of Energy": {"PE"}}),
        ("Visit.\nThe United States, through its Department of Commerce, will help Zambia. Zambia agreed.", {"Department of Commerce": {"US"}}),
        ("Visit.\nPeru thanked Germany. Peru was told by the Federal Foreign Office in Berlin.", {"Federal Foreign Office": {"DE"}}),
        ("Wind.\nIreland waits. Dublin's Department of the Environment said so.", {"Department of the Environment": {"IE"}}),
        ("Railway.\nThe Kingdom of Saudi Arabia agreed. The Kingdom's transport ministry is drafting a text for Oman.", {"transport ministry": {"SA"}}),
        ("Water.\nThe State Department and USAID will help Georgia, the United States said.", {"State Department": {"US"}, "Agency for International Development": {"US"}}),
        ("Customs.\nThe Macao Customs Service and Sri Lanka Customs met.", {"Macao Customs Service": {"MO"}, "Sri Lanka Customs": {"LK"}}),
        ("Port.\nIndia saw the Ministry of Ports, Government of India, and the Ministry of Transport, United Republic of Tanzania, agree.", {"Ministry of Ports": {"IN"}, "Ministry of Transport": {"TZ"}}),
        ("Rocks.\nThe Geological Survey of India met the Geological Survey of Denmark and Greenland (GEUS).", {"Geological Survey of India": {"IN"}, "Geological Survey of Denmark and Greenland": {"DK"}}),
        ("Tourists.\nPeru thanked Peru's people and the Committee for Tourism Development. Tajikistan was glad.", {"Committee for Tourism Development": {"TJ"}}),
        ("Text.\nBangladesh said that the Economic Relations Division had agreed.", {"Economic Relations Division": {"BD"}}),
        ("Food.\nThe text was signed by New Zealand Food Safety.", {"New Zealand Food Safety": {"NZ"}}),
        ("Gas.\nThe talks were led by DG Energy of the EU.", {"DG Energy": {"EU"}}),
        ("Slovenian labour ministry signs.\nSlovenia's Ministry of Labour, Family and Equal Opportunities signed.", {"Ministry of Labour, Family and Equal Opportunities": {"SI"}}),
        ("Fish.\nKenya thanked Kenya and Peru's Minister for Fisheries, Ana Silva, at the Ministry of Fisheries.", {"Ministry of Fisheries": {"PE"}}),
        ("Trade.\nKenya met officials at the ministry of foreign affairs and trade of Hungary.", {"ministry of foreign affairs and trade": {"HU"}}),
        ("Roads.\nThe Ghanaian and Togolese Ministries of Roads and Highways met.", {"Ministry of Roads and Highways": {"GH", "TG"}}),
        ("Port.\nThe Lima Port Authority built it for Kenya.", {"Lima Port Authority": {"PE-lima"}}),
        ("Women.\nKenya praised the Ministry of Women, Youth and Children's Affairs.", {"Ministry of Women, Youth and Children's Affairs": {"KE"}}),
        ("Defence.\nThe Defence Commission of the National People's Assembly met the Ministry of Trade of Algeria.", {"Ministry of Trade": {"DZ"}}),
        ("Banks.\nThe Bank of Ghana and the State Bank of Vietnam met the Bank of China.", {"Bank of Ghana": {"GH"}, "State Bank of Vietnam": {"VN"}}),
    ],
)  # fmt: skip
def test_a_body_belongs_to_the_state_that_the_words_give_it(text: str, expected: dict[str, set[str]]) -> None:
    assert owners(text) == expected


def test_namesakes_of_two_states_are_two_bodies() -> None:
    text = "Power.\nThe Kenyan Ministry of Energy spoke. Tanzania's Ministry of Energy did not."
    found = reading(Article("a", text, "Power.", "2024-05-15"))
    assert len([t for t in found.things if t.kind == KG.Ministry]) == 2


def test_an_acronym_is_the_body_that_the_article_or_the_lexicon_spells_out() -> None:
    text = "Power.\nThe Energy and Petroleum Regulatory Authority (EPRA) of Kenya met. EPRA and KRA agreed."
    assert owners(text) == {"Energy and Petroleum Regulatory Authority": {"KE"}, "Kenya Revenue Authority": {"KE"}}


def test_an_acronym_of_a_state_that_is_not_spoken_of_means_nothing() -> None:
    assert owners("Basketball.\nThe NEA and the MPA met in Fiji.") == {}


@pytest.mark.parametrize(
    "text",
    [
        "News.\nThe Joint Consultative Commission of Nepal and Japan met.",
        "News.\nThe Post Office in Suva and the High Commission of India were closed.",
        "News.\nThe ministry and the department of Nepal agreed.",
        "News.\nThe UN Refugee Agency and the World Bank met in Nepal.",
        "News.\nThe ministers of health and the three ministries of health met in Nepal.",
        "News.\nNepal's Planning Division agreed.",
        "News.\nThe Minister for Finance and Treasury of the United States.",
        "News.\nThe two energy ministries of Nepal met the Political Bureau.",
        "News.\nTurkey Agriculture and Forestry Minister Ali Kaya met the Standing Committee for Trade.",
    ],
)
def test_what_is_no_public_body_of_a_state_is_not_taken_for_one(text: str) -> None:
    assert owners(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visit.\nThe governor of Georgia flew from Atlanta to Alabama.", {"US-GA", "US-atlanta", "US-AL"}),
        ("Visit.\nThe president of Georgia flew from Tbilisi to Armenia.", {"GE", "GE-tbilisi", "AM"}),
        ("Dams.\nZambia's Western Province and Lusaka were told.", {"ZM", "ZM-01", "ZM-lusaka"}),
        ("Dams.\nPeople in the western province of which they spoke were told.", set()),
        ("Ferries.\nNigeria waits. Lagos State said that Lagos agreed.", {"NG", "NG-LA"}),
        ("Farms.\nVietnam told Nghe An province and Ha Tinh.", {"VN", "VN-22", "VN-23"}),
        ("Power.\nEthiopia was told. Addis Ababa rejects this.", {"ET"}),
        ("Power.\nThey met in Addis Ababa, Ethiopia.", {"ET", "ET-addis-ababa"}),
        ("Power.\nChad Smith met Vernon Jordan and Victoria Allen, said Mr Lim Kok Thai, who is well.", set()),
        ("Power.\nThe Treaty of Rome cost US$5 million.", set()),
        ("Power.\nAn agreement was signed.\nNAIROBI — They left.", {"KE-nairobi"}),
        ("Power.\nThe Palestinians were told.", set()),
        ("Fish.\nMinister Ana Lund of Norway spoke, and later Lund left for Trondheim.", {"NO", "NO-trondheim"}),
    ],
)
def test_a_name_is_the_place_that_the_article_means_or_none(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


def test_every_part_lies_in_a_jurisdiction_of_the_table() -> None:
    for place in places().values():
        assert not place.parent or place.parent in places(), place.code
        assert (place.level in ("city", "subdivision")) <= bool(place.parent), place.code
        assert places()[country(place.code)].level not in ("city", "subdivision")


def test_every_code_stands_in_one_row() -> None:
    rows = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == len(places())


def test_standard_codes_are_told_from_this_projects_own() -> None:
    assert places()["VN-22"].standard
    assert places()["EU"].standard
    assert not places()["AU-melbourne"].standard


def test_common_words_are_places_only_with_their_unit() -> None:
    assert "Western" not in forms()
    assert {"ZM-01", "PG-WPD", "LK-1"} <= set(forms()["Western Province"].codes)


def test_bodies_of_the_lexicon_belong_to_jurisdictions_of_the_table() -> None:
    for name, candidates in agencies().items():
        assert name == name.strip()
        assert all(a.code in places() or (not a.code and not a.public) for a in candidates), name
