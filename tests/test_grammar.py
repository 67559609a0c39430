"""The grammar: every rule finds what its own examples mark, and the parts of a reading that hang on more than one rule."""

from __future__ import annotations

import pytest

from kg.grammar import bodies, dates, people, places, titles
from kg.grammar.bodies import Body
from kg.grammar.classes import char, name_of, pattern
from kg.grammar.rules import Rule
from kg.grammar.words import Lexer, Line

TABLES = {
    "bodies": (*bodies.COMMITTEES, *bodies.BODIES, *bodies.NAMED_BY_PLACE),
    "organisations": bodies.ORGANISATIONS,
    "states": places.STATES,
    "titles": titles.TITLES,
    "people": (*people.PEOPLE, *people.RELATED, *people.SHARED),
    "dates": dates.DATES,
}
EXAMPLES = [(table, rule, example) for table, rules in TABLES.items() for rule in rules for example in rule.examples]


def line(text: str, upto: str = "dates") -> Line:
    """Return a sentence as a line, after the stages up to one."""
    found = Lexer(text).line(0, len(text))
    known: dict[str, Body] = {}
    places.demote(found)
    stages = (
        ("bodies", lambda: bodies.mark(found, known)),
        ("states", lambda: places.mark(found)),
        ("titles", lambda: titles.mark(found)),
        ("people", lambda: people.mark_people(found)),
        ("dates", lambda: dates.mark(found)),
    )
    for name, stage in stages:
        stage()
        if name == ("bodies" if upto == "organisations" else upto):
            break
    return found


@pytest.mark.parametrize(
    ("table", "rule", "example"), EXAMPLES, ids=[f"{t}-{r.name}-{i}" for i, (t, r, _) in enumerate(EXAMPLES)]
)
def test_a_rule_finds_what_its_example_marks(table: str, rule: Rule, example: str) -> None:
    """A chunk of the rule's class covers exactly what stands between [ and ]."""
    marked = example[example.index("[") + 1 : example.index("]")]
    text = example.replace("[", "").replace("]", "")
    found = line(text, table)
    assert marked in [c.text for c in found.chunks if c.kind == rule.yields], found.show()


def test_every_rule_has_an_example() -> None:
    """A rule without an example would be a rule without a test."""
    assert [rule.name for rules in TABLES.values() for rule in rules if not rule.examples] == []


def test_names_of_rules_are_unique() -> None:
    """Claims and explanations name rules."""
    names = [rule.name for rules in TABLES.values() for rule in rules]
    assert len(names) == len(set(names))


def test_a_pattern_tells_capitals_apart() -> None:
    """`Post` wants a capital, `post` takes either."""
    small, large = char("post"), char("post", True)
    assert pattern("post").fullmatch(small)
    assert pattern("post").fullmatch(large)
    assert pattern("Post").fullmatch(large)
    assert not pattern("Post").fullmatch(small)
    assert name_of(large) == "Post"


def test_a_pattern_with_an_unknown_class_is_refused() -> None:
    """A typing error in a rule is found when it is compiled."""
    with pytest.raises(ValueError, match="ministre"):
        pattern("honorific ministre")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Oman signed", ["place"]),
        ("Romania signed", ["place"]),
        ("the woman signed", []),
        ("an Omani signed", ["demonym"]),
    ],
)
def test_names_are_found_as_words_only(text: str, kinds: list[str]) -> None:
    """ "Oman" is neither in "Romania" nor in "woman"."""
    found = Lexer(text).line(0, len(text))
    assert [c.kind for c in found.chunks if c.kind in ("place", "demonym")] == kinds


@pytest.mark.parametrize(
    ("text", "months"),
    [("in May the", 1), ("on 5 March they", 1), ("they may sign", 0), ("a march through town", 0), ("May I sign", 0)],
)
def test_may_and_march_are_months_only_in_dates(text: str, months: int) -> None:
    """The words for two months are also verbs."""
    found = Lexer(text).line(0, len(text))
    assert sum(c.kind == "month" for c in found.chunks) == months


@pytest.mark.parametrize(
    ("value", "published", "future", "day"),
    [
        ("today", "2024-09-19", False, "2024-09-19"),
        ("yesterday", "2024-03-01", False, "2024-02-29"),
        ("monday", "2024-09-19", False, "2024-09-16"),
        ("thursday", "2024-09-19", False, "2024-09-19"),
        ("monday", "2024-09-19", True, "2024-09-23"),
        ("--12-30", "2024-01-05", False, "2023-12-30"),
        ("--01-05", "2023-12-30", True, "2024-01-05"),
        ("--03", "2024-09-19", False, "2024-03"),
        ("2010", "2024-09-19", False, "2010"),
        ("today", "", False, ""),
        ("--02-29", "2023-06-01", False, ""),
    ],
)
def test_relative_dates_are_told_from_the_day_of_publication(
    value: str, published: str, future: bool, day: str
) -> None:
    """As precise as known, and nothing where nothing can be known."""
    assert dates.resolve(value, published, future=future) == day


def test_chunks_lie_where_they_say() -> None:
    """Offsets are the article's, whatever was joined."""
    text = "Earlier. The Ministry of Finance of Kenya and Foreign Minister Grace Wanjiru signed on 3 May 2024."
    found = Lexer(text).line(9, len(text))
    bodies.mark(found, {})
    places.mark(found)
    titles.mark(found)
    people.mark_people(found)
    dates.mark(found)
    assert {c.kind for c in found.chunks} >= {"body", "person", "date"}
    assert len(found.shape) == len(found.chunks)
    for chunk in found.chunks:
        assert " ".join(text[chunk.start : chunk.end].split()) == chunk.text
