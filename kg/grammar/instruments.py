"""Instruments: the nouns by which a text names agreements, with their titles, topics and how they are introduced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from kg.grammar.classes import pattern
from kg.grammar.places import code_of
from kg.grammar.rules import replace
from kg.grammar.words import Chunk, Line, Memory

_LEFT = {
    "name",
    "caps",
    "portfolio",
    "sector",
    "state",
    "place",
    "demonym",
    "hyphen",
    "adverb",
    "postmod",
    "year",
    "number",
    "org",
    "noun",
    "orghead",
    "cooperate",
}
_OPENS_TOPIC = frozenset(("on", "concerning", "regarding", "for", "of", "in", "relating to", "to"))
_NO_TOPIC = frozenset(("body", "person", "title", "org", "date", "noun", "month"))
_NAMING = frozenset("word sector portfolio".split())
_ADJECTIVAL = (
    "al", "ic", "ive", "ous", "ed", "able", "ible", "ary", "ory", "ful", "less", "ing", "ant", "ent", "ish", "ese", "ian", "ly", "est", "wide",
)  # fmt: skip
_GENERIC = frozenset(
    "new major joint framework cooperation partnership draft deal peace trade master said same first second final latest recent key "
    "landmark wide broad long short year term bilateral implementation sister city like similar such whole entire full big large small "
    "understanding intent exchange notes letters memorandum declaration statement".split()
)
_TELLS_NOTHING = frozenset(
    "draft proposed said same final latest recent landmark signed whole entire".split()
)  # of what kind it is
_MODIFIERS = frozenset("word sector portfolio adverb demonym cooperate hyphen".split())
_FIELDS = frozenset(("sector", "portfolio", "hyphen"))
_SUBJECT = frozenset(
    "sector portfolio cooperate in of fields and comma hyphen det about nominal name caps org orghead word open close postmod adverb".split()
)
# Nouns of which one for agreements before them is only a part: "contract workers", "the convention centre".
_COMPOUNDED = frozenset(
    "substitution worker workers labour labor farming manufacturing manufacturer manufacturers killing killings officer officers law "
    "centre center hall body bodies staff teacher teachers nurse nurses farmer farmers player players award awards".split()
)
_CURRENCIES = frozenset("EUR USD GBP JPY CNY RMB INR KES NGN AUD NZD CAD CHF SDR US$".split())
_BARE = frozenset(
    "agreement agreements pact pacts deal deals accord accords arrangement arrangements document documents instrument instruments act acts".split()
)
_INSIDE = {"and", "of", "for", "the", "on", "in", "to", "a", "an", "with", "between", ","}
_PLACES = frozenset(("state", "place", "demonym"))
_DEFINITE = {"the", "this", "that", "these", "those", "said", "its", "their", "our", "such", "both", "his", "her"}
_OTHER = {
    "another",
    "separate",
    "second",
    "other",
    "additional",
    "also",
    "third",
    "further",
    "different",
    "similar",
    "fourth",
    "parallel",
    "corresponding",
    "comparable",
    "equivalent",
}
_OLD = {
    "earlier",
    "older",
    "previous",
    "original",
    "old",
    "former",
    "prior",
    "existing",
    "expiring",
    "outgoing",
    "preceding",
}


# With which the recitals of a document begin: what they name was there before.
_PREAMBLE = frozenset(
    "recognising recognizing recalling noting considering acknowledging referring reaffirming guided".split()
)


class Instrument(Struct, frozen=True, gc=False):
    """One mention of an agreement."""

    type: str  # the notation of an agreement type
    name: str  # the noun as the text has it, with the capitalised words before it
    title: str  # with its topic, where that is part of a proper title; else the same as name
    start: int
    end: int
    vague: bool  # a noun that alone shows no agreement ("deal", "protocol")
    definite: bool  # "the agreement", "this MoU", a bare acronym
    plural: bool
    other: bool  # "another agreement", "a second MoU"
    codes: tuple[str, ...] = ()  # jurisdictions in its title, before the noun
    acronym: str = ""
    about: frozenset[str] = (
        frozenset()
    )  # words around it that say what it is about, lower case: "air services", "on fisheries"
    named: frozenset[str] = frozenset()  # words of the jurisdictions in its title, lower case
    proper: bool = False  # has capitalised words of its own beyond the noun
    bare: bool = False  # says no more than "agreement", "deal", "pact"
    old: bool = False  # "an earlier agreement", "the original one"
    ours: bool = False  # "our treaty"
    anaphor: bool = False  # "the document": only takes up what was named before
    none: bool = False  # "no agreement"
    kinds: frozenset[str] = (
        frozenset()
    )  # stems of the nouns right before it: "the loan agreement", "the grain storage deal"
    counted: bool = False  # "one", "another": of several named before
    year: str = ""  # in its title, before the noun: "the 1979 Treaty of Friendship"
    ordinal: int = 0  # "The second MoU": its place among those of a set; else 0
    count: int = 0  # how many there are, where a number says so: "seven MoUs"; else 0


def _is_instrument(line: Line, at: int) -> bool:
    noun = line.chunks[at]
    if noun.value.capital and not noun.text[0].isupper():
        return False
    if noun.value.anaphor and (not at or line.chunks[at - 1].text.lower() not in _DEFINITE) and not _is_set(line, at):
        return False
    return not _is_verb(line, at) and not _names_a_place(line, at) and not _is_part(line, at)


def _is_set(line: Line, at: int) -> bool:
    """Tell "signed four documents", "a number of bilateral documents" from documents of any sort."""
    if not line.chunks[at].text.lower().endswith("s"):
        return False
    lead = line.chunks[max(0, at - _QUANTIFIED) : at]
    return any(_number(c) for c in lead) or any(c.text.lower() in _QUANTITIES for c in lead)


_QUANTIFIED = 5  # chunks before a noun among which a quantity stands
_QUANTITIES = frozenset("number series package range several raft various".split())


def _is_verb(line: Line, at: int) -> bool:
    """Tell "deal with the matter" and "to contract" from the nouns."""
    chunk = line.chunks[at]
    if chunk.text.lower() not in ("deal", "deals", "contract", "contracts"):
        return False
    before = line.chunks[at - 1] if at else None
    return before is not None and (
        before.kind in ("modal", "to", "plan", "pronoun", "not")
        or before.text.lower().endswith(("’ll", "'ll", "’d", "'d"))
    )


def _is_part(line: Line, at: int) -> bool:
    """Tell "contract substitution" and "protocol officer" from the nouns alone."""
    after = line.chunks[at + 1] if at + 1 < len(line.chunks) else None
    return after is not None and after.text.lower() in _COMPOUNDED


def _names_a_place(line: Line, at: int) -> bool:
    """Tell "the Kenyatta International Convention Centre" and "the Agreement Department" from agreements."""
    after = line.chunks[at + 1] if at + 1 < len(line.chunks) else None
    return (
        after is not None
        and not line.heading
        and line.chunks[at].text[0].isupper()
        and after.text[0].isupper()
        and after.kind in ("orghead", "bodyhead", "post")
    )


# "General Security of Information Agreement", "an Acquisition and Cross-Servicing Agreement"
_OF_INSIDE = pattern("(Name | Portfolio | Sector | Adverb | Postmod) of (Name | Portfolio | Sector | Noun)")
_AND_INSIDE = pattern("det Name and Name")
_COUPLED = pattern(
    "(Cooperate | Portfolio | Sector) and (Cooperate | Portfolio | Sector | Noun)"
)  # "Trade and Cooperation Agreement"


def _left(line: Line, at: int) -> int:
    """Return where the capitalised words before the noun at `at` begin."""
    capital = line.chunks[at].text[0].isupper()
    start = at
    while start > 0:
        if capital and start > 1 and _COUPLED.fullmatch(line.shape, start - 2, start + 1):
            start -= 2
            continue
        if capital and start < at and start > 1 and _OF_INSIDE.match(line.shape, start - 2) and not line.heading:
            start -= 2
            continue
        if capital and start < at and start > 2 and _AND_INSIDE.match(line.shape, start - 3) and not line.heading:
            start -= 2
            continue
        chunk = line.chunks[start - 1]
        if chunk.kind not in _LEFT or (chunk.kind == "noun" and not chunk.text[0].isupper()):
            break
        upper = chunk.text[:1].isupper() or chunk.text[:1].isdigit() or chunk.kind == "hyphen"
        if not upper or not (capital or chunk.kind in ("hyphen", "caps", "name")):
            break
        start -= 1
    while start < at and (
        line.chunks[start].kind == "hyphen" or (start == 0 and line.chunks[start].kind in ("adverb", "number"))
    ):
        start += 1
    return start


def _right(line: Line, at: int) -> tuple[int, str]:
    """Return the end of "(MoU)" after the noun at `at`, and the acronym."""
    chunks = line.chunks
    if (
        at + 3 < len(chunks) + 0
        and chunks[at + 1].kind == "lparen"
        and chunks[at + 3].kind == "rparen"
        and len(chunks[at + 2].text) <= 10
    ) and any(c.isupper() for c in chunks[at + 2].text[:4]):
        return at + 4, chunks[at + 2].text
    return at + 1, ""


def _topic_end(line: Line, end: int, *, parties: bool) -> int:
    """Return where a title's topic ends: "on Strengthening Cooperation in Food Safety"; `end` where there is none.

    With `parties`, "between Kenya and Peru" is a part of it.
    """
    chunks = line.chunks
    if end >= len(chunks) or chunks[end].text.lower() not in _OPENS_TOPIC:
        return end
    if end + 1 < len(chunks) and chunks[end + 1].text in _CURRENCIES:
        return end  # "a grant agreement of EUR 8 million"
    if chunks[end].kind == "in" and chunks[end + 1 : end + 2] and chunks[end + 1].kind == "state":
        return end  # where it was signed
    last, at = end, end + 1
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind in _NO_TOPIC or (not parties and chunk.kind in ("state", "between", "with")):
            break
        following = chunks[at + 1].text[:1] if at + 1 < len(chunks) else ""
        if chunk.kind == "comma" and not following.isupper():
            break
        if chunk.text[:1].isupper():
            last = at + 1
        elif not (chunk.text.lower() in _INSIDE or chunk.kind == "hyphen"):
            break
        at += 1
    return last


def _introduced(line: Line, start: int) -> tuple[str, bool]:
    """Return the determiner of the phrase that ends before `start`, and whether a word says it is another one."""
    other = False
    for chunk in reversed(line.chunks[max(0, start - 7) : start]):
        word = chunk.text.lower()
        other = other or word in _OTHER
        if chunk.kind == "det" or word in ("the", "a", "an", "said"):
            return word, other or word == "another"
        if chunk.kind not in (
            "word",
            "adverb",
            "postmod",
            "sector",
            "portfolio",
            "demonym",
            "binding",
            "nonbinding",
            "hyphen",
            "and",
            "comma",
            "plan",
            "filler",
            "propose",
            "renewed",
            "cooperate",
            "number",
            "name",
            "caps",
            "year",
            "open",
        ):
            break
    return "", other


def mark(line: Line) -> None:
    """Make each noun for an agreement, with its title, a chunk of class `instrument`."""
    at = -1
    while found := _NOUN.search(line.shape, at + 1):
        at = found.start()
        if _is_instrument(line, at):
            at = _join(line, at)
    _mark_others(line)


def _mark_others(line: Line) -> None:
    """Make the words for further agreements instruments: "an MoU with Peru and another with Chile", "three deals, including one on tea"."""
    first = _INSTRUMENT.search(line.shape)
    if first is None:
        return
    for found in _ANOTHER.finditer(line.shape, first.end()):
        at = found.start("one")
        if line.chunks[at].text.lower() in _ONES:
            noun = next(c.value for c in reversed(line.chunks[:at]) if c.kind == "instrument")
            chunk = line.chunks[at]
            about = _about(line, at, at, at + 1)
            name = _singular(noun.name)
            replace(line, at, at + 1, "instrument", _like(noun, name, chunk.start, chunk.end, about))


def _like(noun: Instrument, name: str, start: int, end: int, about: frozenset[str]) -> Instrument:
    """Return a further agreement of the kind of one named before."""
    return Instrument(
        noun.type,
        name,
        name,
        start,
        end,
        noun.vague,
        definite=False,
        plural=False,
        other=True,
        about=about,
        counted=True,
    )


def _singular(name: str) -> str:
    noun = name.rpartition(" ")[2]
    return name.removesuffix("s") if noun.endswith("s") else name.replace("emoranda", "emorandum")


_INSTRUMENT = pattern("instrument")
_ANOTHER = pattern(
    "(and | comma | semicolon | colon) (adverb | det){0,2}? one:(det | adverb | postmod | number) (?= with | between | on | for)"
)
_ONES = frozenset("another one second third fourth fifth other".split())


_NOUN = pattern("noun")


def _join(line: Line, at: int) -> int:
    start = _left(line, at)
    after, acronym = _right(line, at)
    topic = after if line.heading else _topic_end(line, after, parties=True)
    end = after if line.heading else _topic_end(line, after, parties=False)
    places = [c for c in line.chunks[start:at] if c.kind in _PLACES]
    codes = tuple(dict.fromkeys(code for c in places if (code := code_of(c))))
    value = _instrument(line, at, (start, after, topic), acronym, codes)
    inside = line.chunks[start:end]
    joined = replace(line, start, end, "instrument", value)
    # One state alone before the noun may be the party that an adjective names: it stays a mention of its own.
    joined.parts = [c for c in inside if c.kind == "sector" or (c.kind in _PLACES and len(codes) != 1)]
    return start


def _instrument(line: Line, at: int, spans: tuple[int, int, int], acronym: str, codes: tuple[str, ...]) -> Instrument:
    start, after, topic = spans
    chunks = line.chunks
    noun = chunks[at]
    determiner, other = _introduced(line, start)
    title = chunks[start:topic]
    bare = not determiner and noun.text.isupper()
    count = _count(chunks, start, at)
    quantified = noun.value.anaphor and _is_set(line, at)
    return Instrument(
        noun.value.type,
        line.words(chunks[start : at + 1]),
        line.words(title),
        chunks[start].start,
        chunks[after - 1].end,
        noun.value.vague or quantified,
        determiner in _DEFINITE or bare,
        count > 1 or _plural(noun),
        other or (determiner in ("a", "an") and _ALSO.match(line.shape, after) is not None and _is_also(chunks, after)),
        codes if len(codes) > 1 else (),
        acronym,
        _about(line, start, at, after),
        frozenset(w for c in title if c.kind in _PLACES for w in _WORD.findall(c.text.lower())),
        proper=start < at or topic > after,
        bare=noun.text.lower() in _BARE
        and start == at
        and topic == after
        and (line.headline or line.heading or not _modified(line, start)),
        old=any(c.text.lower() in _OLD for c in chunks[max(0, start - 3) : start + 1])
        or (determiner == "the" and chunks[0].text.lower() in _PREAMBLE),
        ours=determiner == "our",
        anaphor=noun.value.anaphor and not quantified,
        none=determiner == "no",
        kinds=_kinds(chunks, start, at),
        year=_year(chunks, start, after),
        count=count,
        ordinal=_ordinal(chunks, start, at),
    )


_ALSO = pattern("be filler")


def _is_also(chunks: list[Chunk], after: int) -> bool:
    """Tell "an agreement was also signed": another one."""
    return chunks[after + 1].text.lower() in ("also", "additionally", "likewise")


def _kinds(chunks: list[Chunk], start: int, noun: int) -> frozenset[str]:
    """Return the stems of the nouns that tell which of several agreements is meant; none for adjectives."""
    before = start
    while before > 0 and start - before < 3 and chunks[before - 1].kind in _NAMING:
        before -= 1
    if before > 1 and [c.kind for c in chunks[before - 2 : before]] == ["number", "hyphen"]:
        before += 1  # "the 10-point MoU"
    words = [w for c in chunks[before:noun] for w in c.text.split()]
    words += chunks[noun].text.split()[:-1]  # "loan" of "loan agreement", which the lexicon knows as one noun
    return stems(w for w in words if w.islower() and w not in _GENERIC and not w.endswith(_ADJECTIVAL))


def stems(words: Iterable[str]) -> frozenset[str]:
    """Return the beginnings of some words, by which "fishing" and "fisheries" are one."""
    return frozenset(map(_stems.__getitem__, words)) - {""}


def stems_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words of some texts."""
    return frozenset(chain.from_iterable(map(_stems_in.__getitem__, texts))) - {""}


_stems = Memory(lambda word: word.lower()[:4] if len(word) > 3 and word[0].isalpha() else "")
_stems_in = Memory(lambda text: [_stems[word] for word in text.split()])
_WORD = re.compile(r"[^\W_]+")


_NUMBERS = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), 2
    )
}


def _count(chunks: list[Chunk], start: int, noun: int) -> int:
    """Return how many instruments a number before the noun tells of: "4 MoUs", "seven new agreements"; 0 where none does."""
    before = noun
    while (
        before > 0
        and noun - before < 4
        and (before > start or chunks[before - 1].kind in _MODIFIERS or _number(chunks[before - 1]))
    ):
        before -= 1
        if number := _number(chunks[before]):
            hyphenated = chunks[before + 1].kind == "hyphen"  # "a 10-point MoU"
            return 0 if hyphenated else number
    return 0


_ORDINALS = {word: number for number, word in enumerate("first second third fourth fifth sixth seventh".split(), 1)}


def _ordinal(chunks: list[Chunk], start: int, noun: int) -> int:
    """Return the number that "The second" before a noun at the head of a sentence tells; 0 where none does."""
    lead = chunks[:noun] if noun < 5 else []
    if len(lead) < 2 or lead[0].kind != "det" or chunks[noun].text.endswith("s"):
        return 0
    return _ORDINALS.get(lead[1].text.lower(), 0)


def _number(chunk: Chunk) -> int:
    """Return the number of up to two digits that a chunk is; 0 for none."""
    text = chunk.text.lower()
    return int(text) if text.isdecimal() and len(text) < 3 else _NUMBERS.get(text, 0)


def _year(chunks: list[Chunk], start: int, after: int) -> str:
    """Return the year in a title: "the 1979 Treaty of Friendship", "the Friendship Treaty of 2009"; "" if none."""
    if chunks[start].kind == "year":
        return chunks[start].text
    before = start - 1
    while before > 0 and start - before <= 4 and chunks[before].kind in _MODIFIERS:
        before -= 1
    if before > 0 and chunks[before].kind == "year" and chunks[before - 1].kind == "det":
        return chunks[before].text
    of_year = [c.kind for c in chunks[after : after + 2]] == ["of", "year"]
    return chunks[after + 1].text if of_year else ""


def _modified(line: Line, start: int) -> bool:
    """Tell "a technical agreement" from "the new agreement": whether a word says what kind it is."""
    before = line.chunks[start - 1] if start else None
    return (
        before is not None
        and before.kind in ("word", "sector", "portfolio", "name", "cooperate")
        and before.text.lower() not in _TELLS_NOTHING
    )


def _about(line: Line, start: int, noun: int, after: int) -> frozenset[str]:
    """Return the words that tell a noun's subject: its own, the fields named before it, and those after "on" or "for"."""
    chunks = line.chunks
    found = [chunks[noun]]
    index = start - 1
    while index >= 0 and chunks[index].kind in _FIELDS:
        found.append(chunks[index])
        index -= 1
    between = _BETWEEN.match(line.shape, after)
    after = between.end() if between else after
    if after < len(chunks) and chunks[after].kind in ("on", "for", "about", "fields"):
        for chunk in chunks[after + 1 : after + 8]:
            if chunk.kind not in _SUBJECT:
                break
            found.append(chunk)
    elif after < len(chunks) and chunks[after].text.lower() in ("establishing", "creating"):
        found += chunks[after + 1 : after + 4]
    return frozenset(w for c in found if c.kind != "det" for w in _WORD.findall(c.text.lower()) if len(w) > 2)


_BETWEEN = pattern(
    "(between | with) (party | det | of | comma | pairword | bodyhead | word | lparen ~rparen{1,4} rparen){1,8} (and (party | det | of | lparen ~rparen{1,4} rparen){1,6})?"
)


def _plural(noun: Chunk) -> bool:
    word = noun.text.lower()
    return word.endswith(
        ("s", "memoranda", "memoranda of understanding", "memoranda of cooperation")
    ) or word.startswith(("memoranda", "letters"))
