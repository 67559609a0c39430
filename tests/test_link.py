"""The decision on Wikidata links: what speaks for an item, what vetoes it, and when nothing is linked."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate import links as cases
from kg.lexicons.places import Place, places
from kg.link import tables
from kg.link.decide import Decision, Wanted, decide
from kg.link.items import Item, Name, Office
from kg.link.keys import key, keys, parts, says
from kg.link.tables import Table, Tiers


def item(qid: str, kind: str, label: str, *aliases: str, **more: object) -> Item:
    names = (Name(label, "en", True), *(Name(alias, "en") for alias in aliases))
    return Item(qid, kind, label, names, **more)  # type: ignore[arg-type]


def office(name: str, since: str = "", until: str = "") -> Office:
    return Office("Q900", (name,), since, until)


ITEMS = [
    item("Q101", "ministry", "Ministry of Tides of Norway", "Ministry of Tides", codes=("NO",)),
    item("Q102", "ministry", "Ministry of Tides", "MoT", codes=("KE",), since="1999-03-01"),
    item("Q103", "ministry", "Department of Harbours", codes=("AU-TAS",)),
    item("Q104", "ministry", "Department of Harbours", codes=("AU-WA",)),
    item("Q105", "ministry", "Ministry of Wells and Springs", codes=("IT",), since="2001", until="2020-01-01", successors=("Q106",)),
    item("Q106", "ministry", "Ministry of Wells", "Ministry of Wells and Springs", codes=("IT",), since="2020-01-01"),
    item("Q107", "ministry", "Ministry of Lighthouses", codes=("PE",), until="1990"),
    Item("Q108", "ministry", "Ministry of Ports", (
        Name("Ministry of Ports", "en", True), Name("Ministry of Ships", "en", since="1980", until="2010-05-01"),
    ), ("CL",)),
    item("Q109", "ministry", "Transport Kenya", codes=("KE",)),
    item("Q110", "ministry", "Department of Dams", codes=("ZA",)),
    item("Q111", "ministry", "Limpopo Department of Dams", "Department of Dams", codes=("ZA-LP",)),
    item("Q112", "ministry", "Ministry of Bridges", codes=("LV",)),
    item("Q113", "ministry", "Ministry of Bridges", codes=("LV",)),
    item("Q201", "official", "Ada Brook", codes=(), countries=("AU",), offices=(office("member of House of Representatives", "1987-07-11", "1990-03-24"),)),
    item("Q202", "official", "Ada Brook", countries=("GB",), offices=(office("member of House of Commons", "1997-05-01", "2001-05-14"),)),
    item("Q203", "official", "Lin Hua", countries=("CN",), offices=(office("mayor of Harbin", "1999", "2003"),)),
    item("Q204", "official", "Lin Hua", countries=("CN",), offices=(office("Minister of Natural Resources of China", "2018-03", "2022-06-25"),)),
    item("Q205", "official", "Nils Aas", countries=("NO",), offices=(office("Minister of Fisheries", "2010-01-01", "2014-01-01"),)),
    item("Q207", "official", "Eve Oak", countries=("GB",), offices=(office("member of the House of Commons", "1997-05-01", "2001-05-14"),)),
    item("Q208", "official", "Eve Oak", countries=("GB",), offices=(office("member of the House of Commons"),)),
    item("Q206", "official", "John Lo", countries=("CN",), offices=(office("Secretary for Tides of Hong Kong", "2015", "2022"),)),
    item("Q301", "jurisdiction", "Arcadia", codes=("BR-AC",)),
    item("", "jurisdiction", "Arcadia", codes=("US-TX",)),
    item("Q401", "sector", "tidal power"),
    item("Q402", "post", "Secretary for Tides", codes=("HK",), since="2015", until="2022-07-01"),
    item("Q501", "agreement", "Lagoon Treaty", "Treaty between Kenya and Norway", codes=("KE", "NO"), since="2024-05-03"),
    item("Q502", "agreement", "Lagoon Treaty", codes=("KE", "NO", "PE"), since="1987"),
    item("Q503", "agreement", "Tern Accord", codes=("KE", "NO")),
    item("Q403", "post", "President of Peru", "President", codes=("PE",)),
    item("Q404", "post", "Director-General of Tides of Kenya", "Director-General", codes=("KE",)),
]  # fmt: skip
INDEX = Table(ITEMS, "2026-01-01", "0")


def body(name: str, code: str = "", day: str = "", **more: object) -> Wanted:
    return Wanted("ministry", (name,), code, first=day, last=day, **more)  # type: ignore[arg-type]


def person(name: str, code: str = "", day: str = "", *posts: str) -> Wanted:
    return Wanted("official", (name,), code, first=day, last=day, offices=tuple(office(post) for post in posts))


def deal(name: str, parties: str, day: str) -> Wanted:
    return Wanted("agreement", (name,), "", False, day, day, parties=tuple(parties.split()))


LINKED = [
    pytest.param(body("Ministry of Tides", "NO"), "Q101", id="country tells two bearers apart"),
    pytest.param(body("Norwegian Ministry of Tides", "NO"), "Q101", id="country's own word in the name"),
    pytest.param(body("Tides Ministry", "KE"), "Q102", id="words in another order"),
    pytest.param(body("The MoT", "KE"), "Q102", id="acronym"),
    pytest.param(body("Department of Harbours", "AU-TAS"), "Q103", id="a state's own body"),
    pytest.param(body("Ministry of Wells and Springs", "IT", "2019-01-01"), "Q105", id="replaced item, before"),
    pytest.param(body("Ministry of Wells and Springs", "IT", "2024-01-01"), "Q106", id="the former name of the present body"),
    pytest.param(body("Ministry of Lighthouses", "PE", "2005-01-01"), "Q107", id="spoken of after its end"),
    pytest.param(body("Ministry of Ships", "CL", "1999-01-01"), "Q108", id="relabelled item, under its former name"),
    pytest.param(body("Transport Kenya"), "Q109", id="the name says the country"),
    pytest.param(body("Department of Dams", "ZA"), "Q110", id="the country's body, not a province's"),
    pytest.param(body("Department of Dams", "ZA", within=True), "Q110", id="the country's body before a province's"),
    pytest.param(person("Ada Brook", "AU", "1988-05-01"), "Q201", id="country and term"),
    pytest.param(person("Ada Brook", "", "1999-05-01", "member of the House of Commons"), "Q202", id="post and term"),
    pytest.param(person("Brook Ada", "GB", "1999-05-01"), "Q202", id="family name first"),
    pytest.param(person("Lin Hua", "CN", "2019-06-30"), "Q204", id="dates tell namesakes of one country apart"),
    pytest.param(person("Professor LIN Hua", "CN", "2000"), "Q203", id="form of address"),
    pytest.param(person("Lin Hua", "CN", "", "Minister of Natural Resources"), "Q204", id="post alone"),
    pytest.param(person("John Lo Ka-ming", "HK", "2018", "Secretary for Tides"), "Q206", id="a part of the name, with the post"),
    pytest.param(person("Eve Oak", "GB", "1998", "Member of the House of Commons"), "Q207", id="a term that fits before one not known"),
    pytest.param(Wanted("jurisdiction", ("Arcadia",), "BR"), "Q301", id="place in a country"),
    pytest.param(deal("the LAGOON treaty", "KE NO", "2024"), "Q501", id="an agreement by name, parties and day"),
    pytest.param(deal("Lagoon Treaty", "PE NO", "1987-03-02"), "Q502", id="some parties of an agreement of many"),
    pytest.param(Wanted("sector", ("tidal power",)), "Q401", id="a concept that nothing else is called"),
    pytest.param(Wanted("post", ("Secretary for Tides",), "HK", True, "2020-01-01"), "Q402", id="post"),
    pytest.param(Wanted("post", ("President", "President of Peru"), "PE"), "Q403", id="a post of a country by its rank"),
]  # fmt: skip
UNLINKED = [
    pytest.param(deal("Lagoon Treaty", "KE NO", "2001"), "leave", id="an agreement of another time"),
    pytest.param(deal("Lagoon Treaty", "KE JP", "2024"), "leave", id="an agreement of other parties"),
    pytest.param(deal("Lagoon Treaty", "KE NO", ""), "ask", id="an agreement of which no day is told"),
    pytest.param(deal("Lagoon Treaty", "", "2024"), "ask", id="an agreement of which no party is told"),
    pytest.param(deal("Tern Accord", "KE NO", "2024"), "ask", id="an agreement whose item has no day"),
    pytest.param(deal("Treaty between Kenya and Norway", "KE NO", "2024-05-03"), "leave", id="a name that any treaty of two has"),
    pytest.param(deal("Treaty between Kenya and Norway on ports (2024)", "KE NO", "2024-05-03"), "leave", id="a name that resolution made"),
    pytest.param(body("Ministry of Tides"), "ask", id="several bearers and no country"),
    pytest.param(body("Ministry of Tides", "PE"), "leave", id="another country"),
    pytest.param(body("Ministry of Tides", "KE", "1980-01-01"), "leave", id="before it was founded"),
    pytest.param(body("Department of Harbours", "AU"), "leave", id="the country's body is not a state's"),
    pytest.param(body("Department of Harbours", "AU", within=True), "ask", id="two states' bodies"),
    pytest.param(body("Ministry of Lighthouses"), "ask", id="one bearer and nothing but the name"),
    pytest.param(body("Ministry of Bridges", "LV"), "ask", id="two of one country"),
    pytest.param(body("Ministry of Lunar Fisheries", "NO"), "leave", id="nobody is called so"),
    pytest.param(person("Ada Brook"), "ask", id="a person by the name alone"),
    pytest.param(person("Ada Brook", "AU", "2015-01-01"), "leave", id="out of office"),
    pytest.param(person("Nils Aas", "NO"), "ask", id="a person by name and country"),
    pytest.param(person("Nils Aas", "NO", "2012", "Minister of Justice"), "ask", id="another post"),
    pytest.param(person("Nils Aas", "SE", "2012"), "leave", id="a person of another country"),
    pytest.param(person("John Lo Ka-ming", "HK", "2018"), "ask", id="a part of the name, without the post"),
    pytest.param(Wanted("jurisdiction", ("Arcadia",)), "ask", id="a place by a name of two"),
    pytest.param(Wanted("jurisdiction", ("Arcadia",), "US"), "ask", id="a place whose item is not known"),
    pytest.param(Wanted("organization", ("Nils Aas",), "NO"), "leave", id="wrong type"),
    pytest.param(Wanted("post", ("President",), "PE"), "leave", id="a rank in some body of a country"),
    pytest.param(Wanted("post", ("Director General",), "KE"), "leave", id="a rank that an item bears as an alias"),
    pytest.param(Wanted("post", ("Secretary for Tides",), "KE"), "leave", id="a post of another country"),
    pytest.param(Wanted("post", ("Secretary for Tides",), "HK", True, "2009"), "leave", id="a post before it was made"),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "qid"), LINKED)
def test_what_is_linked(wanted: Wanted, qid: str) -> None:
    decision = decide(wanted, INDEX)
    assert (decision.verdict, decision.item and decision.item.qid) == ("link", qid), decision.grounds


@pytest.mark.parametrize(("wanted", "verdict"), UNLINKED)
def test_what_is_not_linked(wanted: Wanted, verdict: str) -> None:
    decision = decide(wanted, INDEX)
    assert decision.verdict == verdict, decision.grounds
    assert decision.grounds


def test_a_decision_shows_its_candidates_and_vetoes() -> None:
    decision = decide(body("Ministry of Tides", "KE"), INDEX)
    assert [(c.item.qid, c.veto) for c in decision.candidates] == [("Q102", ""), ("Q101", "another country")]
    assert decision.grounds == "name, country"
    assert decision.candidates[0].features == {"name": 1.0, "kind": 1.0, "country": 1.0, "date": 0.0, "post": 0.0}


def test_a_link_after_the_end_says_so() -> None:
    assert decide(body("Ministry of Lighthouses", "PE", "2005-01-01"), INDEX).grounds == "name, country, after its end"


@given(st.permutations(ITEMS))
def test_the_order_of_the_index_decides_nothing(items: list[Item]) -> None:
    shuffled = Table(items, "", "")
    for case in (body("Ministry of Tides"), body("Ministry of Bridges", "LV"), person("Ada Brook")):
        assert decide(case, shuffled) == decide(case, INDEX)


@given(st.sampled_from([p.values[0] for p in LINKED]), st.integers(0, len(ITEMS) - 1), st.sampled_from(["XX", "ZZ"]))
def test_a_namesake_of_elsewhere_changes_no_link_of_a_body(wanted: Wanted, at: int, code: str) -> None:
    namesake = replace(ITEMS[at], qid="Q999", codes=(code,), countries=(code,))
    before = decide(wanted, INDEX)
    after = decide(wanted, Table([*ITEMS, namesake], "", ""))
    assert after.item == before.item or after.verdict != "link"


# --- names ---


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        ("ministry", "Ministry of Defence", "Defense Ministry"),
        ("ministry", "Ministère de l’Intérieur", "Ministere De L Interieur"),
        ("ministry", "Department of Labour & Employment", "Department of Labor and Employment"),
        ("official", "Dong Sun", "Professor SUN Dong"),
        ("jurisdiction", "The Bahamas", "Bahamas"),
    ],
)
def test_names_of_one_key(kind: str, a: str, b: str) -> None:
    assert key(kind, a) == key(kind, b) != ""


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        ("ministry", "Ministry of Trade", "Ministry of Trade and Industry"),
        ("ministry", "Ministry of Energy", "Department of Energy"),
        ("official", "Ian Marsh", "Ian Marsh Jr"),
        ("official", "He Lin", "Lin"),
        ("official", "Lord Byrne", "Byrne"),  # one word is too little to drop anything for
    ],
)
def test_names_of_two_keys(kind: str, a: str, b: str) -> None:
    assert key(kind, a) != key(kind, b)


@pytest.mark.parametrize(
    ("name", "code", "short"),
    [
        ("Ministry of Justice of Japan", "JP", "justice ministry"),
        ("Ministry of Culture of the Republic of Latvia", "LV", "culture ministry"),
        ("United States Department of Energy", "US", "department energy"),
        ("Danish Ministry of Taxation", "DK", "ministry taxation"),
    ],
)
def test_a_name_is_found_without_its_country(name: str, code: str, short: str) -> None:
    assert short in keys("ministry", name, [code])


def test_a_country_is_not_cut_out_of_a_word_nor_out_of_nothing() -> None:
    assert keys("ministry", "Ministry of Nigerian Affairs", ["NE"]) == ["affairs ministry nigerian"]
    assert keys("ministry", "Norway", ["NO"]) == ["norway"]
    assert says("Bank of Ghana", "GH")
    assert not says("Bank of Ghanzi", "GH")


def test_parts_of_a_persons_name() -> None:
    assert set(parts("John Lo Ka")) == {"john ka", "john lo", "ka lo"}
    assert list(parts("Ann Lo")) == []
    assert list(parts("a b c d e f g h i j k l")) == []


# --- the tables that ship ---


def test_every_row_of_bodies_has_a_place_an_identifier_and_a_source() -> None:
    rows = [line.split("\t") for line in tables.BODIES.read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["code", "wikidata", "since", "until", "label", "names", "source"]
    for code, qid, since, until, label, _, source in rows[1:]:
        assert code in places(), label
        assert re.fullmatch(r"Q[1-9]\d*", qid), label
        assert all(re.fullmatch(r"(\d{4}(-\d\d-\d\d)?)?", day) for day in (since, until)), label
        assert label == label.strip()
        assert label
        assert set(source.split("|")) <= {"govdirectory 2026-04-06", "name-suggestion-index 2026-09-18"}
        assert source
    assert len({row[1] for row in rows}) == len(rows), "an item stands in one row"
    assert len(rows) > 2500


@pytest.mark.parametrize(
    ("wanted", "qid"),
    [
        (body("Ministry of Defence", "GB"), "Q1143261"),
        (body("Department of Energy", "US"), "Q217810"),
        (body("Department of Defense", "US", "2024-05-01"), "Q11209"),
        (body("Ministry of Economy, Trade and Industry", "JP"), "Q1197264"),
        (Wanted("jurisdiction", ("Netherlands",)), "Q55"),
        (Wanted("jurisdiction", ("Georgia",), "US", True), "Q1428"),
        (Wanted("sector", ("biomedicine",)), "Q864601"),
    ],
)
def test_well_known_bodies_and_places_are_linked_offline(wanted: Wanted, qid: str) -> None:
    decision = decide(wanted, tables.shipped())
    assert decision.verdict == "link"
    assert decision.item is not None
    assert decision.item.qid == qid


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("jurisdiction", ("New York",), "US", True),  # the state or the city
        Wanted("jurisdiction", ("London",), "GB", True),  # the tables know no item of it
        body("Department of Education", "AU"),  # those of states
        body("Ministry of Industry and Information Technology", "CN"),
        Wanted("sector", ("machine learning",)),  # a name of a part of artificial intelligence
    ],
)
def test_what_the_tables_do_not_know_is_not_guessed(wanted: Wanted) -> None:
    assert decide(wanted, tables.shipped()).verdict != "link"


def test_an_index_of_ones_own_adds_to_what_ships() -> None:
    own = Table(
        [
            item("Q11209", "ministry", "Department of Tidal Defense", codes=("US", "AU")),
            item("Q777", "ministry", "Ministry of Tides", codes=("PE",)),
            item("Q29999", "jurisdiction", "Netherlands", codes=("NL",)),
        ],
        "2027-01-01",
        "1",
    )
    both = Tiers(tables.shipped(), own)
    assert both.snapshot == "2027-01-01"
    assert both.digest != tables.shipped().digest
    assert decide(body("Ministry of Tides", "PE"), both).verdict == "link"
    assert (
        decide(Wanted("jurisdiction", ("Netherlands",)), both).item
        == decide(Wanted("jurisdiction", ("Netherlands",)), tables.shipped()).item
    )


def test_the_tables_tell_a_states_body_from_its_countrys_where_an_index_does_not() -> None:
    own = Table([item("Q5260327", "ministry", "Department of Health", codes=("AU",))])
    assert decide(body("Department of Health", "AU"), own).verdict == "link"
    both = Tiers(tables.shipped(), own)
    assert decide(body("Department of Health", "AU"), both).verdict == "leave"
    assert decide(body("Department of Health", "AU-TAS"), both).verdict == "link"


# --- cases ---

CASES = """mention,kind,country,article_date,context,expected_qid
Ministry of Tides,Ministry,NO,,,Q101
Ministry of Tides,Ministry,Kenya,,,Q101
Ministry of Tides,Ministry,,,,NIL
Ministry of Nets,Ministry,NO,,,Q5
Ada Brook,Official,,,member of House of Representatives [1987-07-11..1990-03-24]; member of House of Repr,Q201
Ada Brook,Official,GB,1999-05-01,,
Ministry of Tides,Ministry,Q114,,,Q102
treaty of tides,Agreement,NO,,,NIL
Ada Brook,Official,GB,1999-05-01,In a long speech on the tides and the wells of her shire she spoke of many things,Q202
"""


def outcomes(text: str, folder: Path) -> list[cases.Outcome]:
    path = folder / "cases.csv"
    path.write_text(text, encoding="utf-8")
    return cases.run(cases.read(path), INDEX)


def test_cases_are_compared_with_what_is_expected(tmp_path: Path) -> None:
    found = outcomes(CASES, tmp_path)
    assert [o.result for o in found] == [
        "right",
        "wrong",
        "rightly abstained",
        "wrongly abstained",
        "right",
        "",
        "right",
        "rightly abstained",
        "right",
    ]
    assert [o.linked for o in found] == ["Q101", "Q102", "NIL", "NIL", "Q201", "Q202", "Q102", "NIL", "Q202"]
    tally = cases.counts(found)
    assert tally == {"right": 4, "wrong": 1, "rightly abstained": 2, "wrongly abstained": 1}
    assert cases.recall(found) == 4 / 6


def test_a_decision_that_is_made_twice_is_the_same() -> None:
    first: Decision = decide(person("Lin Hua", "CN", "2019-06-30"), INDEX)
    assert first == decide(person("Lin Hua", "CN", "2019-06-30"), INDEX)


def test_no_wrong_link_over_the_shared_cases(shared: Path) -> None:
    tally = cases.counts(cases.run(cases.read(shared / "facts" / "linking.csv"), tables.shipped()))
    assert tally["wrong"] == 0
    assert tally["rightly abstained"] == 84
    assert tally["right"] >= 175


def test_no_two_jurisdictions_share_an_item() -> None:
    found = [place.wikidata for place in places().values() if place.wikidata]
    assert len(found) == len(set(found)) > 2300


def test_jurisdictions_bear_a_name_of_their_item(shared: Path) -> None:
    """An item that a source names otherwise is another place, though it stands beside the same code there."""
    names: dict[str, set[str]] = {}
    for table in ("countries.csv", "subdivisions.csv"):
        for row in csv.DictReader((shared / "facts" / table).read_text(encoding="utf-8").splitlines()):
            names.setdefault(row["qid"], set()).update(
                key("jurisdiction", n) for n in (row["label"], *row["aliases"].split("|"))
            )
    amiss = [p.label for p in places().values() if p.wikidata and not _alike(p, names.get(p.wikidata, set()))]
    assert amiss == []


def _alike(place: Place, names: set[str]) -> bool:
    """Tell whether a place has a name whose telling words are those of one of some names, or among them."""
    common = set("of and the province region state county canton city metropolitan special administration".split())
    plain = {f"{side}ern": side for side in ("north", "south", "east", "west")}
    mine = [key("jurisdiction", name) for name in (place.label, *place.names)]
    telling = [[{plain.get(w, w) for w in name.split()} - common for name in some] for some in (mine, names)]
    return any(a and b and (a <= b or b <= a) for a in telling[0] for b in telling[1])
