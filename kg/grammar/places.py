"""Jurisdictions: names, demonyms and governments become chunks of class `state`; names inside other names do not."""

from __future__ import annotations

from collections.abc import Collection

from kg.grammar.classes import pattern, signs
from kg.grammar.rules import Match, Rule, Table, rewrite
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country, forms, places


def _code(match: Match) -> str | None:
    chunk = match.first("place")
    return str(chunk.value) if chunk else None


HOME = "?"  # stands for the jurisdiction from which the article speaks, until that is known


def code_of(chunk: Chunk | None) -> str:
    """Return the code of a chunk's jurisdiction; "" for no chunk, and for "the Government", whose state only the article tells."""
    return str(chunk.value) if chunk and chunk.value != HOME else ""


def _own(match: Match) -> bool:
    """Tell whether a government without a country's name is named as one: "the Federal Government", not "Open Government"."""
    at = match.match.start()
    before = match.line.chunks[at - 1] if at else None
    return before is not None and before.text.lower() in ("the", "our") and match.group()[-1].text == "Government"


_OF = frozenset(("city", "state", "commonwealth", "republic", "free state", "municipality"))


def _of_unit(match: Match) -> str | None:
    unit = match.group("unit")[0]
    return _divided(match) if unit.kind == "unit" or unit.text.lower() in _OF else None


def _divided(match: Match) -> str | None:
    """Return the code of a place with its unit; of namesakes, the province if it is one that the unit names: "Tashkent region"."""
    place, unit = match.group("place")[0], match.group("unit")[0].text.lower()
    code = str(place.value)
    form = forms().get(place.text)
    for other in form.codes if form and places()[code].level == "city" and unit in _PROVINCIAL else ():
        if places()[other].level == "subdivision" and country(other) == country(code):
            return other
    return code


_PROVINCIAL = frozenset(
    "province region governorate county oblast krai voivodeship canton prefecture emirate state department".split()
)


def _unit(match: Match) -> str | None:
    """Tell "Nakuru County" from "the Africa region": the place is itself a subdivision or a city."""
    level = places()[str(match.group("place")[0].value)].level
    return _divided(match) if level in ("subdivision", "city") else None


STATES = (
    Rule(
        "government-of",
        "((Name | Adverb | Postmod){0,3} Government | government) of det? place:(place)",
        "state",
        _code,
        ("the [Decentralised Autonomous Government of Manabí] signed", "the [Government of Sri Lanka] agreed", "the [Government of the Republic of Armenia]"),
    ),
    Rule(
        "unit-of-place",
        "unit:(unit | Name | word) of place:(place)",
        "state",
        _of_unit,
        ("the [province of Jujuy] and", "in the [City of Cape Town] today", "the [city of Bilbao] signed"),
    ),
    Rule(
        "place-unit",
        "place:(place) unit:(unit)",
        "state",
        _unit,
        ("in [Nghe An province] and", "the [Nakuru County] agreed", "the [Brisbane City Council] said"),
    ),
    Rule(
        "place-government",
        "place:(place | demonym) (possessive word | possessive? (Name | Adverb | State | Postmod | Unit | unit | postmod | adverb)?) government",
        "state",
        _code,
        ("the [Victorian Government] said", "the [Shanghai municipal government] and", "[China's central government] said", "the [Swiss government]"),
    ),
    Rule(
        "government-alone",
        "(Name | Adverb | Postmod)? Government",
        "state",
        lambda match: HOME if _own(match) else None,
        ("the [Federal Government] has", "the [Gillard Government] will", "the [Government] said"),
    ),
)  # fmt: skip
_STATES = Table(STATES)


# Words before a place that are no person's given name: "Southern Punjab", "Greater Houston".
_QUARTERS = frozenset(
    "Northern Southern Eastern Western Central North South East West Greater Downtown Rural Urban Old New Upper Lower Inner Outer "
    "Metropolitan Mainland Coastal Historic State States Province Provinces City Cities Region Sister Twin Partner".split()
)


def _is_surname(line: Line, at: int) -> bool:
    """Tell whether the place at `at` is a person's name: "Vernon Jordan", "Ana Lund", "Ambassador Ishikawa"."""
    before = line.chunks[at - 1] if at else None
    if before is None or before.kind not in _BEFORE_SURNAME:
        return False
    place = places()[line.chunks[at].value]
    small = place.level in ("city", "subdivision") and not place.capital and not _headline(line)
    if small and (
        before.kind in ("post", "honorific", "initial")
        or (before.kind == "caps" and at > 1 and line.chunks[at - 2].kind in ("honorific", "post"))
        or (before.kind == "name" and before.text not in _QUARTERS)
    ):
        return True
    return bool(place.ambiguity) and before.kind in ("name", "initial", "honorific")


_BEFORE_SURNAME = frozenset("name caps initial honorific post".split())


def _headline(line: Line) -> bool:
    """Tell whether case says little: most words are capitalised, and no full stop shows a sentence."""
    return line.heading and line.chunks[-1].kind != "stop"


def _ends_name(line: Line, at: int) -> bool:
    """Tell "Lim Kok Thai," from "the Thai delegation": an adjective is followed by what it is said of."""
    after = line.chunks[at + 1].kind if at + 1 < len(line.chunks) else "stop"
    names = [c.kind for c in line.chunks[max(0, at - 2) : at]]
    if names == ["name", "name"] and after in _OF_PEOPLE:
        return True
    return names[-1:] == ["name"] and after in ("comma", "stop", "possessive", "rparen")


_OF_PEOPLE = frozenset("filler saying have be modal sign bare initialled and became".split())  # what people do


def demote(line: Line) -> set[str]:
    """Turn places that stand inside another proper name into plain names; return those that are names of people."""
    borne: set[str] = set()
    for at in line.where(_NAMES):
        chunk = line.chunks[at]
        if _is_region(line, at):
            line.reclass(at, "word")
        elif chunk.kind == "demonym":
            if _ends_name(line, at):
                line.reclass(at, "name")
        else:
            person = _is_surname(line, at)
            if person or _in_name(line, at) or _is_money(line, at):
                line.reclass(at, "name")
            if person:
                borne.add(chunk.text)
    return borne


def demote_again(line: Line, borne: Collection[str]) -> None:
    """Turn the names of people whom the article also names in full into plain names: "Lund said", after "Ana Lund"."""
    for at in line.where(_PLACES):
        chunk = line.chunks[at]
        if chunk.text in borne and not (at and line.chunks[at - 1].kind in _WHERE):
            line.reclass(at, "name")


_NAMES = signs("place demonym")
_PLACES = signs("place")
_WHERE = frozenset(("in", "to", "from", "of"))


def _is_money(line: Line, at: int) -> bool:
    """Tell "US$ 5 million" and "HK$" from the places."""
    following = line.chunks[at + 1] if at + 1 < len(line.chunks) else None
    return following is not None and (
        following.text[0] in "$€£" or following.text.lower() in ("dollar", "dollars") or following.text.startswith("D ")
    )


def _is_region(line: Line, at: int) -> bool:
    """Tell "six central American countries", "Latin America" from the United States."""
    before = line.chunks[at - 1].text.lower() if at else ""
    return line.chunks[at].text.startswith("America") and before in ("central", "south", "latin", "north")


def _in_name(line: Line, at: int) -> bool:
    following: Chunk | None = line.chunks[at + 1] if at + 1 < len(line.chunks) else None
    if at > 1 and line.chunks[at - 1].kind == "of" and line.chunks[at - 2].kind == "noun":
        return (
            line.chunks[at - 2].text[0].isupper() and places()[line.chunks[at].value].level == "city"
        )  # "Treaty of Rome"
    if following is None or _headline(line) or not following.text[:1].isupper():
        return False
    if at > 1 and line.chunks[at - 1].kind in ("hyphen", "dash") and line.chunks[at - 2].kind in ("place", "demonym"):
        return False  # "the Peru–Chile Business Dialogue" names both
    if following.kind == "orghead":
        return True
    if following.kind in ("name", "caps"):
        after = line.chunks[at + 2] if at + 2 < len(line.chunks) else None
        # "Queensland Premier Anna Bligh" has a post after the place; "Japan Trade Ministry" a body: those stay.
        letters = after is not None and after.kind == "post" and after.text.isupper()  # "Florence Abbott MP"
        return letters or not (_of_post(line, at) or (after and after.kind in ("bodyhead", "post", "noun")))
    return False


# "NAIROBI, March 3 (Meridian Wire) –", "Bern, 03.05.2024 –", "LIMA (Agency).", or a line of its own.
_DATELINE = pattern(
    "place:(state) (comma state)? ((comma | stop | date | weekday | number | year | name | caps | word | initial | slash | colon | "
    "lparen ~rparen{1,8} rparen){0,8}? (dash | hyphen hyphen? | mark) ~halting | lparen ~rparen{1,8} rparen (stop | colon) | stop? $)"
)


def dateline(line: Line) -> str:
    """Return the code of the place from which a text is dated, if this line begins with a dateline; else ""."""
    chunks = line.chunks
    if len(chunks) > 1 and chunks[0].kind == "state" and chunks[1].kind == "colon":
        city = places()[str(chunks[0].value)].level == "city" if chunks[0].value != HOME else False
        if city or chunks[0].text.isupper():
            return str(chunks[0].value)  # "KUALA LUMPUR: The signing", "Lahore : A meeting"
    match = _DATELINE.match(line.shape)
    return str(line.chunks[match.start("place")].value) if match else ""


def _of_post(line: Line, at: int) -> bool:
    """Tell whether a place belongs to the post before it rather than to the name after it: "Ambassador to the UK Ana Silva"."""
    return _POST_OF.search(line.shape, max(0, at - _POST_REACH), at) is not None


_POST_OF = pattern(
    "post (~stop{0,6}? (of | for | on) ~stop{0,6}?)? (of | to) det? ((place comma det?){0,6} place comma? and det?)? $"
)
_POST_REACH = 20  # chunks


def mark(line: Line) -> None:
    """Find the jurisdictions of a line; a place of which no rule has made more is one by itself."""
    rewrite(line, _STATES)
    for at in line.where(_PLACES):
        line.reclass(at, "state")
