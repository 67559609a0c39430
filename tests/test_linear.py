"""Any text: the engine never fails on one, quotes it exactly, and takes time in proportion to its length."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import facts
from kg.engines.rules import LONGEST, reading
from kg.grammar.words import phrases, tokens
from kg.lexicons.agencies import agencies
from kg.lexicons.places import forms
from kg.model import Article, Reading

# What a regular expression or a list may choke on: each is repeated to any length.
SHAPES = {
    "a line without stops": (
        "the minister said that the water of the lake was clear and cold and that boats of Peru would sail "
        "under a treaty with Kenya on fish and trade as long as the people who live there wish for it "
    ),
    "capitals": "KENYA AND PERU SIGN A PACT ON WATER AFTER MINISTER ANA SILVA VISITS THE MINISTRY OF HEALTH IN NAIROBI ",
    "capitalised words": "Kenya Silva Water Minister Health Lima Ministry Mensah Trade Kofi Bank Ana Treaty Lake Peru Sea ",
    "commas": ", ",
    "names and": "Ana Silva and Kofi Mensah and ",
    "nested brackets": "(Kenya (the ministry ",
    "closing brackets": "Kenya) ministry) ",
    "portfolios": "Minister of Finance and ",
    "signed": "signed ",
    "of": "of ",
    "of a state of a state": "Kenya of Peru of ",
    "honorifics": "Mr ",
    "initials": "A. B. ",
    "hyphens": "a-b–c - ",
    "quotes": "“Kenya ‘",
    "no blanks": "Kenya,",
    "one word": "x",
    "short lines": "Kenya\n",
    "items": "- Agreement on water\n",
    "agreements": "Kenya and Peru signed an agreement on trade, and the deal was welcomed in Lima. ",
    "posts": "Finance Minister Ana Silva met Foreign Minister Kofi Mensah. ",
    "bodies": "The Ministry of Health and the Department of Trade of Kenya met. ",
}


def article(text: str) -> Article:
    return Article("a", text, "T", "2026-05-15", "https://example.org/a")


def repeated(shape: str, size: int) -> Article:
    return article((shape * (size // len(shape) + 1))[:size])


def seconds(given_: Article) -> float:
    """Return the CPU seconds that an article takes, the best of three."""
    took = []
    for _ in range(3):
        begun = time.process_time()
        reading(given_)
        took.append(time.process_time() - begun)
    return min(took)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_four_times_the_text_takes_four_times_the_time(shape: str) -> None:
    """Twice as much is granted on a busy machine; were it the square of the length, it would be sixteen times as much."""
    assert seconds(repeated(shape, 24_000)) <= 8 * seconds(repeated(shape, 6_000)) + 0.02


MEGABYTES = """
import sys
from kg.engines.rules import reading
from kg.model import Article
shape, size = sys.argv[1], int(sys.argv[2])
print(len(reading(Article("a", shape * (size // len(shape)), "T", "2026-05-15")).things))
"""


LARGE = ("a line without stops", "commas", "names and", "nested brackets", "portfolios", "signed", "of", "one word")


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "megabytes"), [(s, 10 if s in LARGE else 1) for s in SHAPES])
def test_megabytes_end_within_limits(shape: str, megabytes: int) -> None:
    """Each may take 12 seconds and half a minute besides, since machines differ, and all of them 2 GB."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (30 + 12 * megabytes, 30 + 12 * megabytes))
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

    run = subprocess.run(
        [sys.executable, "-c", MEGABYTES, SHAPES[shape], str(megabytes * 1_000_000)],
        preexec_fn=limit,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr[-2000:]


# --- any words in any order -----------------------------------------------------------------------------------------

_LEXICON = sorted({w for first, found in phrases().items() for e in found for w in (first, *e.rest)})
_NAMES = [
    *list(forms())[::20],
    *list(agencies())[::5],
    "Ana Silva",
    "Kofi Mensah",
    "Grace",
    "Lee",
    "MoU",
    "MPs",
    "H.E.",
]
_MARKS = [
    *".,:;()[]“”\"'’‘–—-/*•&?!…%$€|\\",
    "’s",
    "...",
    "--",
    "\n",
    "\n\n",
    "- ",
    "(a) ",
    "1. ",
    "2026",
    "3 May",
    "12th",
]
_ODD = [
    "\u00a0",
    "\u200b",
    "\u2028",
    "e\u0301",
    "İ",
    "ß",
    "\U0001f91d",
    "日本",
    "ﬁ",
    "\u202e",
    "\x00",
    "\ud7ff",
    "\ue000",
    "Ǆ",
]


def spelt(word: str, how: int) -> str:
    return (word, word.capitalize(), word.upper(), word.title())[how]


words = st.one_of(
    st.builds(spelt, st.sampled_from(_LEXICON), st.integers(0, 3)),
    st.sampled_from(_NAMES),
    st.sampled_from(_MARKS),
    st.sampled_from(_ODD),
    st.text(max_size=4),
)
texts = st.lists(st.tuples(words, st.sampled_from([" ", " ", " ", "", "\n", "  "])), max_size=80).map(
    lambda pairs: "".join(word + blank for word, blank in pairs)
)


def check(text: str) -> Reading:
    """Read a text, and check that all that is read of it lies where it says and holds."""
    given_ = article(text)
    found = reading(given_)
    for thing in found.things:
        assert all(text[m.start : m.end] == m.text != "" for m in thing.mentions)
    for claim in found.claims:
        assert text[claim.evidence.start : claim.evidence.end].strip()
        assert 0 < claim.score <= 1
    assert all(0 <= drop.start <= drop.end <= len(text) for drop in found.drops)
    kept = facts.checked(given_, found)
    assert (kept.things, kept.claims) == (found.things, found.claims)
    return found


@given(texts)
@settings(deadline=None)
def test_any_text_is_read_and_quoted_exactly(text: str) -> None:
    check(text)


@pytest.mark.slow
def test_thousands_of_texts_are_read_and_quoted_exactly() -> None:
    """Longer than hypothesis makes them, so that the parts of the discourse meet."""
    chance = random.Random(11)
    claims = 0
    for _ in range(3000):
        some = [
            chance.choice(
                (chance.choice(_NAMES), chance.choice(_MARKS), spelt(chance.choice(_LEXICON), chance.randrange(4)))
            )
            for _ in range(chance.randrange(300))
        ]
        claims += len(check(" ".join(some)).claims)
    assert claims > 10_000


def test_a_very_long_article_is_read_in_stretches_as_one() -> None:
    """Offsets are those of the whole, and what has the same key is one thing."""
    story = "Kenya and Peru signed a treaty on fisheries in Lima on 3 May 2024. Trade Minister Ana Silva spoke.\n\n"
    filling = "The lake was calm and the boats lay still. " * (LONGEST // 40)
    found = check(story + filling + "\n\n" + story)
    names = [thing.name for thing in found.things]
    assert names.count("Kenya") == names.count("Ana Silva") == 1
    assert len([t for t in found.things if t.key.startswith("agreement:")]) == 2
    silva = next(t for t in found.things if t.name == "Ana Silva")
    assert [m.start > LONGEST for m in silva.mentions] == [False, True]


def test_tokens_of_a_phrase_are_those_of_an_article() -> None:
    assert tokens("hon. member of Parliament") == ["hon.", "member", "of", "parliament"]
