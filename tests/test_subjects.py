"""What speaks for a sector's being a subject of policy: every cue holds for what its examples mark, and the sums decide."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.discourse.analysis import Analysis
from kg.engines.rules import reading
from kg.grammar.subjects import CUES, Cue, weigh
from kg.grammar.words import Line
from kg.model import Article, Reading
from kg.vocabulary import KG

EXAMPLES = [(cue, example) for cue in CUES for example in cue.examples]


def line(text: str) -> Line:
    """Return a sentence as a line, after all stages of the grammar."""
    return Analysis(Article("a", text, text, "2024-05-03")).lines[0]


def read(text: str) -> Reading:
    """Return what is read in an article."""
    return reading(Article("a", text, "", "2024-05-03"))


def sectors(text: str) -> set[str]:
    """Return the labels of the sectors that an article is read to have as subjects."""
    return {thing.name for thing in read(text).things if thing.kind == KG.IndustrySector}


def covered(text: str) -> list[set[str]]:
    """Return, for each agreement of an article, the last words of the IRIs of the sectors that it covers."""
    found = read(text)
    deals = [thing.key for thing in found.things if thing.kind == KG.Agreement]
    return [
        {c.object.rsplit("/", 1)[-1] for c in found.claims if c.subject == deal and c.predicate == KG.sector}
        for deal in deals
    ]


@pytest.mark.parametrize(("cue", "example"), EXAMPLES, ids=[f"{c.name}-{i}" for i, (c, _) in enumerate(EXAMPLES)])
def test_a_cue_holds_for_what_its_example_marks(cue: Cue, example: str) -> None:
    marked = example[example.index("[") + 1 : example.index("]")]
    found = line(example.replace("[", "").replace("]", ""))
    cues = {found.chunks[index].text: names for index, names in weigh(found).items()}
    assert cue.name in cues.get(marked, {}), found.show()


def test_names_of_cues_are_unique() -> None:
    names = [cue.name for cue in CUES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministers agreed to cooperate in agriculture and fisheries.", {"agriculture", "fisheries"}),
        ("The government will invest 40 million in irrigation next year.", {"irrigation"}),
        ("She said the mining sector had grown.", {"mining"}),
        ("They discussed tourism, trade and extradition.", {"tourism"}),
        ("He called for stronger cooperation in the fields of health, taxation and migration.", {"health care"}),
    ],
)
def test_subjects_of_policy_are_sectors(text: str, expected: set[str]) -> None:
    assert sectors(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The plan safeguards the health of consumers.",
        "The energy companies sent their workers home.",
        "He attended the Ministerial Meeting on Agriculture and Forestry in Accra.",
        "The tests of nuclear weapons were condemned.",
        "The fund brings jobs, improved energy security and less pollution.",
        "Reporters were told that the built environment had changed.",
        "The Minister for Tourism, Fisheries and the Environment spoke first.",
    ],
)
def test_words_in_passing_are_none(text: str) -> None:
    assert sectors(text) == set()


def test_a_sector_dropped_is_explained() -> None:
    text = "The energy companies sent their workers home."
    assert [(text[d.start : d.end], d.reason) for d in read(text).drops] == [
        ("energy", "named in passing, not as a subject of policy")
    ]


def test_each_agreement_covers_what_its_own_words_say() -> None:
    text = (
        "Kenya and Peru signed a memorandum of understanding on geothermal power. "
        "Kenya and Oman signed an agreement on fisheries. They also spoke about tourism."
    )
    assert covered(text) == [{"geothermal-energy"}, {"fisheries"}]


def test_an_agreement_covers_what_the_next_sentence_says_they_will_do_under_it() -> None:
    text = (
        "Kenya and Peru signed a memorandum of understanding in Lima on 2 May 2024. "
        "The two countries will cooperate in forestry and aquaculture. Kenya also exports tea."
    )
    assert covered(text) == [{"forestry", "aquaculture"}]


def test_an_agreement_of_which_nothing_else_is_said_is_about_the_headline() -> None:
    text = "Kenya to improve waste management\n\nKenya and Peru signed a memorandum of understanding in Lima on 2 May 2024."
    assert covered(text) == [{"waste-management"}]


def test_a_ministrys_portfolio_is_no_sector() -> None:
    text = "The Ministry of Health of Kenya and the Ministry of Health of Peru signed an agreement on 2 May 2024."
    assert sectors(text) == set()
    assert covered(text) == [set()]


def test_the_words_that_narrow_a_sector_are_part_of_its_mention() -> None:
    text = "They agreed on closer cooperation in leisure farming and fisheries."
    mentions = {m.text for t in read(text).things if t.kind == KG.IndustrySector for m in t.mentions}
    assert {"leisure farming", "fisheries"} <= mentions


def test_time_is_linear_in_the_length_of_a_sentence() -> None:
    text = "They discussed " + "energy, roads and " * 4_000 + "water."
    long = line(text)
    start = time.perf_counter()
    weigh(long)
    assert time.perf_counter() - start < 3


def test_items_of_a_list_of_areas_are_covered() -> None:
    text = (
        "Kenya and Peru signed a memorandum of understanding in Lima on 2 May 2024.\n\n"
        "The MoU covers the following areas of cooperation:\n\n"
        "(i) fish farming;\n(ii) medical research; and\n(iii) training of pilots.\n\nIt is valid for five years."
    )
    assert covered(text) == [{"aquaculture", "science-and-technology", "vocational-training"}]


def test_items_that_tell_what_a_road_is_good_for_are_no_fields() -> None:
    text = "Benefits of the bypass include:\n\n* taking cars off arterial roads;\n* cutting fuel costs."
    assert sectors(text) == set()


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("on mud crab and sea bass farming", {"mud crab and sea bass farming", "sea bass farming"}),
        ("on the cultivation of quinoa", {"cultivation of quinoa"}),
        ("for the assembly of electric buses", {"electric buses"}),
        ("in the field of gem cutting and polishing", {"gem cutting"}),
        ("on cocoa growing in the south", {"cocoa growing", "cocoa"}),
        ("on coastal passenger services", {"coastal passenger services"}),
        ("to supply cement and fresh vegetables", {"cement", "fresh vegetables"}),
        ("with the firm Obra Azul of Lima for a 28-kilometre road", {"road"}),
        ("on the exchange of information on kidney dialysis", {"kidney dialysis"}),
    ],
)
def test_a_field_is_named_as_the_article_has_it(topic: str, expected: set[str]) -> None:
    found = read(f"Kenya and Peru signed an agreement {topic} on 2 May 2024.")
    covered = {c.object for c in found.claims if c.predicate == KG.sector}
    assert expected <= {m.text for t in found.things if t.key in covered for m in t.mentions}


@pytest.mark.parametrize(
    "text",
    [
        "Their employment contracts will be honoured in full.",
        "The post opened one stop for trucks at the border posts.",
        "They put an end to the labour dispute and to the maritime boundary dispute.",
        "In a statement, the ministry thanked its health workers.",
        "The council signed a municipal services agreement.",
    ],
)
def test_words_for_agreements_of_other_kinds_are_no_fields(text: str) -> None:
    assert sectors(text) == set()


def test_the_grant_agreement_is_about_what_the_grant_is_for() -> None:
    text = (
        "The bank awarded Kenya a grant of 1.1 million dollars for a study of green hydrogen. "
        "The grant agreement was signed by Finance Minister Amina Otieno on 2 May 2024."
    )
    assert covered(text) == [{"hydrogen"}]


def test_an_agreement_is_about_the_field_of_both_its_parties() -> None:
    text = "The Tourism Board of Kenya and the Tourism Authority of Peru signed a memorandum of understanding on 2 May 2024."
    assert covered(text) == [{"tourism"}]


def test_an_agreement_is_about_the_heading_above_it() -> None:
    text = (
        "Cabinet decisions\n\nThe Cabinet met on Monday.\n\nAmbulance services\n\n"
        "The Cabinet approved an agreement with Peru, which was signed on 2 May 2024."
    )
    assert covered(text) == [{"health-care"}]


def test_a_project_covers_fields_of_the_agreement_before() -> None:
    text = (
        "Kenya and Peru signed an agreement on cocoa growing on 2 May 2024. "
        "The project covers pest control and food processing. Kenya and Oman signed a treaty on fisheries on 3 May 2024."
    )
    assert covered(text) == [{"coffee-tea-and-cocoa", "plant-health", "food-processing"}, {"fisheries"}]


def test_what_else_they_discussed_is_not_covered() -> None:
    text = "Kenya and Peru signed an agreement on cybersecurity on 2 May 2024 and discussed the tea sector."
    assert covered(text) == [{"cybersecurity"}]


def test_a_programme_bears_the_name_of_its_field() -> None:
    assert "sanitation" in sectors("Finland will pay for the Lumbini Sanitation Improvement Programme.")


WORDS = st.sampled_from(
    "They agreed on and of the mud crab farming , - MoU tea roads Programme (i) : green services a Sanitation under 3 million for Kenya"
    " . discussed cultivation processing sector growing\n".split(" ")
)


def test_a_title_names_no_field_of_its_own_beside_a_narrower_one() -> None:
    text = "Kenya and Peru sign energy memorandum\n\nKenya and Peru signed a memorandum of understanding on wind power on 2 May 2024."
    assert sectors(text) == {"wind energy"}
    assert covered(text) == [{"wind-energy"}]


def test_a_field_of_the_title_that_the_text_names_too_is_covered() -> None:
    text = "Kenya and Peru sign MoU on agriculture\n\nKenya and Peru signed a memorandum of understanding on agriculture and livestock."
    assert covered(text) == [{"agriculture", "animal-husbandry"}]


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_names_of_fields_lie_within_a_sentence_whatever_the_words(text: str) -> None:
    for thing in read(text).things:
        for mention in thing.mentions:
            assert text[mention.start : mention.end] == mention.text
            assert mention.text.strip() == mention.text != ""
