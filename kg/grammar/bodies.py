"""Public bodies and other organisations: heads, their "of X, Y and Z" tails, whose they are, their acronyms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.grammar.rules import Match, Rule, join, replace, rewrite
from kg.grammar.words import Chunk, Line

# What follows "Ministry of": a list whose every later member ends in the name of a portfolio, so that the list
# of a ministry's fields is told from what comes after the ministry.


@dataclass(frozen=True, slots=True)
class Body:
    """A public body or another organisation, as one mention names it."""

    name: str
    public: bool
    code: str = ""  # of the jurisdiction that the mention names along with it
    acronym: str = ""


_UNIT = "(?: (Plain | Demonym) (hyphen | slash)? )*? Area+"
_TAIL = f"{_UNIT} (?: comma {_UNIT} (?! post) )* (?: comma? and det? {_UNIT} (?! (post | bodyhead)) )?".replace(
    "(?:", "("
)
_OF_PLACE = "(of det? place:(place | state))?"
_OWNER = "(owner:(place | demonym | state) possessive?)?"
_ACRONYM = "(lparen acronym:(Caps) rparen)?"


def _name(chunks: list[Chunk]) -> str:
    return re.sub(r"^(?:the|The)\s+", "", join(chunks))


def _body(match: Match) -> Body | None:
    owner = match.first("owner") or match.first("place")
    acronym = match.first("acronym")
    name = _name(match.group("name"))
    if not name or name.lower() in _GENERIC:
        return None
    return Body(name, True, str(owner.value) if owner else "", acronym.text if acronym else "")


def _organisation(match: Match) -> Body | None:
    acronym = match.first("acronym")
    owner = match.first("place")
    return Body(_name(match.group("name")), False, str(owner.value) if owner else "", acronym.text if acronym else "")


_GENERIC = {
    "office",
    "the office",
    "authority",
    "commission",
    "department",
    "board",
    "council",
    "unit",
    "service",
    "national authority",
}

BODIES = (
    Rule(
        "attorney-general's-department",
        f"{_OWNER} name:(Post possessive Bodyhead) {_OF_PLACE} {_ACRONYM}",
        "body",
        _body,
        ("joined the [Attorney General’s Department] in 1989",),
    ),
    Rule(
        "head-of-fields",
        f"{_OWNER} name:((Plain | Demonym)* Bodyhead (of | for | on) det? {_TAIL} (of Name+ Orghead?)?) {_OF_PLACE} {_ACRONYM}",
        "body",
        _body,
        (
            "the [Ministry of Education, Culture, Sports, Science and Technology] said",
            "the [Ministry of Sustainability and the Environment of Singapore] and others",
            "[China's Ministry of Commerce] and Kenya",
        ),
    ),
    Rule(
        "head-of-names",
        f"{_OWNER} name:(Bodyhead (of | for | on) det? (Plain | Orghead)+ ) {_OF_PLACE} {_ACRONYM}",
        "body",
        _body,
        ("the [Department of Posts (DoP)] ensures",),
    ),
    Rule(
        "fields-then-head",
        f"{_OWNER} name:((Area+ comma)+ Area+ and Area+ Bodyhead) {_OF_PLACE} {_ACRONYM}",
        "body",
        _body,
        ("the city’s [Innovation, Technology and Industry Bureau] agreed",),
    ),
    Rule(
        "fields-and-head",
        f"{_OWNER} name:((Plain | Orghead) * Area+ and Area+ Bodyhead) {_OF_PLACE} {_ACRONYM}",
        "body",
        _body,
        ("the [Trade and Industry Bureau] said",),
    ),
    Rule(
        "names-then-head",
        f"{_OWNER} name:((Plain | Orghead | Government)+ Bodyhead) {_OF_PLACE} {_ACRONYM}",
        "body",
        _body,
        ("the [National Environment Agency (NEA)] said", "[Singapore Food Agency] has"),
    ),
    Rule(
        "head-of-place",
        f"{_OWNER} name:(Bodyhead of det? place:(place)) {_ACRONYM}",
        "body",
        lambda match: _central(match),
        ("the [Reserve Bank of Australia] said",),
    ),
    Rule(
        "lower-case-ministry",
        f"{_OWNER} name:(bodyhead (of | for) area+ (comma? and area+)?)",
        "body",
        lambda match: _ministry(match),
        ("the [ministry of foreign affairs] said",),
    ),
)  # fmt: skip

ORGANISATIONS = (
    Rule(
        "organisation-of",
        f"name:((Plain | Demonym | place | Orghead)* Orghead (of | for) det? (Plain | Orghead | place) ((and | of | for)? (Plain | Orghead))*) {_OF_PLACE} {_ACRONYM}",
        "org",
        _organisation,
        ("the [Institute of Foreign Affairs of Nepal (IFA)] and",),
    ),
    Rule(
        "organisation",
        f"name:((Plain | Demonym | place | Honorific) (Plain | Demonym | Orghead | place)* Orghead+) {_OF_PLACE} {_ACRONYM}",
        "org",
        _organisation,
        ("the [Kuwait Fund] agreed",),
    ),
)  # fmt: skip

# A body that is named whole by its head and the place, such as a central bank.
_WHOLE = {"reserve bank", "central bank", "national bank", "monetary authority", "treasury", "customs"}


def _central(match: Match) -> Body | None:
    head = match.group("name")[0]
    return _body(match) if head.text.lower() in _WHOLE else None


def _ministry(match: Match) -> Body | None:
    return _body(match) if match.group("name")[0].text.lower() in ("ministry", "department") else None


_MINISTRY_ACRONYM = re.compile(r"M[oO][A-Z][A-Za-z]{0,4}")


def mark(line: Line, known: dict[str, Body]) -> None:
    """Find the bodies and organisations of a line; `known` maps acronyms and short names to bodies, and grows."""
    rewrite(line, BODIES, needs="bodyhead")
    rewrite(line, ORGANISATIONS, needs="orghead")
    for chunk in line.chunks:
        if chunk.kind in ("body", "org") and chunk.value.acronym:
            known.setdefault(chunk.value.acronym, chunk.value)


def mark_acronyms(line: Line, known: dict[str, Body]) -> None:
    """Find the acronyms of bodies that the article or the lexicon spells out."""
    for at, chunk in enumerate(line.chunks):
        if chunk.kind != "caps":
            continue
        body = known.get(chunk.text)
        if body is None and _MINISTRY_ACRONYM.fullmatch(chunk.text):
            body = Body(chunk.text, True)
        if body is not None:
            replace(line, at, at + 1, "body" if body.public else "org", body)
