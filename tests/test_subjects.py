"""What speaks for a sector's being a subject of policy: every cue holds for what its examples mark, and the sums decide."""

from __future__ import annotations

import time

import pytest

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
