"""People and their posts: titles before and after names, several posts of one person, names of many orders."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as change

from kg.grammar.bodies import Body
from kg.grammar.classes import char
from kg.grammar.rules import Match, Rule, join, replace, rewrite
from kg.grammar.words import Chunk, Line, portfolios


@dataclass(frozen=True, slots=True)
class Title:
    """A post as one mention names it."""

    label: str  # as the text gives it, without the jurisdiction before it
    start: int
    end: int
    code: str = ""  # of the jurisdiction that the mention names along with it
    body: str = ""  # the public body or organisation that it names
    fields: str = ""  # the portfolio: "Health", "Foreign Affairs"
    private: bool = False  # a post in a company, or with a spokesman's or reporter's task


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one mention names them."""

    name: str
    start: int  # of the name alone
    end: int
    titles: tuple[Title, ...] = ()
    honorific: bool = False


# --- titles ---------------------------------------------------------------------------------------------------------

_UNIT = "(Plain | Demonym | slash | hyphen)*? Area+"
_FIELDS = f"{_UNIT} (comma {_UNIT} (?! Post | post))* (comma? and det? {_UNIT} (?! (post | bodyhead)))?"
_SMALL = "area+ (comma area+)* (comma? and area+)?"
_TAIL = f"(comma? prep:(of | for | on | to | in) det? (place:(place | state) | body:(body | org) | fields:({_FIELDS} | {_SMALL}) | (Post)) (to det? (place | state))?)"
_BEFORE = "((postmod hyphen?)* | (postmod slash))"

_PRIVATE_HEADS = {
    "ceo", "chief executive officer", "managing director", "general manager", "founder", "co-founder", "spokesperson", "spokesman",
    "spokeswoman", "rector", "vice-chancellor", "economist", "member", "representative", "chief economist",
}  # fmt: skip


def _title(match: Match) -> Title | None:
    chunks = match.group("label")
    place = match.first("place")
    if place and match.group("prep")[0].kind == "to":
        place = None  # an ambassador to Kenya serves the state that sent them
    owner = match.first("owner") or place or match.first("last")
    body = match.first("body") or match.first("under")
    body = body if body and body.kind != "caps" else None  # an acronym that nothing spells out names no body
    fields = join(match.group("fields") or match.group("before"))
    label = join(chunks)
    private = match.group("head")[0].text.lower() in _PRIVATE_HEADS or bool(
        body and body.kind == "org" and _is_company(body)
    )
    return Title(
        label,
        chunks[0].start,
        chunks[-1].end,
        code=str(owner.value) if owner else (body.value.code if body else ""),
        body=body.value.name if body else "",
        fields=fields,
        private=private,
    )


_COMPANY = {"company", "corporation", "group", "ltd", "ltd.", "inc", "inc.", "plc", "llc", "gmbh", "holdings", "limited", "airlines", "university",
            "institute", "college", "school", "hospital", "association", "chamber", "foundation", "federation", "motors", "technologies",
            "airways", "academy", "society", "party"}  # fmt: skip


def _is_company(chunk: Chunk) -> bool:
    return bool(_COMPANY & set(chunk.text.lower().split()))


_OWNER = "(owner:(place | demonym | state) possessive?)?"

TITLES = (
    Rule(
        "fields-before-post",
        f"{_OWNER} label:({_BEFORE} before:(area ((comma | and | slash) area | area)*) {_BEFORE} head:(post) ({_TAIL})?) (of last:(place | state))?",
        "title",
        _title,
        ("[Industry and information technology minister] Jin said", "the [health minister] of"),
    ),
    Rule(
        "post-with-fields",
        f"{_OWNER} label:({_BEFORE} head:(post) {_TAIL}) (of det? last:(place | state))?",
        "title",
        _title,
        (
            "the [Minister for Culture, Community and Youth] said",
            "[Senior Minister of State for Sustainability and the Environment] Amy Khor",
            "[Secretary to the President]",
        ),
    ),
    Rule(
        "post-of-body",
        f"{_OWNER} under:(body | org | Caps) possessive? label:({_BEFORE} head:(post))",
        "title",
        _title,
        ("the [Singapore Food Agency chief executive]", "then [USAID Administrator] Samantha Power"),
    ),
    Rule(
        "post-comma-body",
        f"{_OWNER} label:({_BEFORE} head:(Post) comma body:(body))",
        "title",
        _title,
        ("[Director, Southwest Asia Division]",),
    ),
    Rule(
        "post",
        f"{_OWNER} label:({_BEFORE} head:(post)) (of det? last:(place | state))?",
        "title",
        _title,
        ("the [Israeli Prime Minister] said", "[Queensland Premier] Anna Bligh"),
    ),
)  # fmt: skip

# --- names ----------------------------------------------------------------------------------------------------------

# One word of a name, and the words that may end one although they mean something else ("Catherine King", "Samantha Power").
_WORD = "(Name | Caps | Initial)"
_REST = "(hyphen (Name | word | Caps) | particle | Name | Caps | Initial | Suffix | open (Name | name) close | Demonym (?= (Name | saying | comma)))"
_ENDING = (
    "(Portfolio | Place | Sector | Bodyhead | Month | Nominal | Propose | Orghead | Postmod | Bare | Adverb | Saying)"
)
_NAME = f"((particle)? {_WORD} {_REST}*)"
_FULL = f"(particle? {_WORD} {_REST}+)"
_HONORIFIC = "(honorific comma? )"


def _person(match: Match) -> Person | None:
    chunks = match.group("who")
    while chunks and chunks[-1].kind in ("particle", "hyphen", "open"):
        chunks = chunks[:-1]
    if not chunks or not _is_name(chunks):
        return None
    titles = tuple(c.value for c in [*match.group("titles"), *match.group("after")] if c.kind == "title")
    if any(c.kind == "title" for c in match.group("superior")):
        return None
    of = match.first("of")
    if of is not None:
        titles = tuple(change(t, code=t.code or str(of.value)) for t in titles)
    company = match.first("company")
    if company is not None:
        titles = tuple(change(t, private=True) for t in titles)
    return Person(join(chunks), chunks[0].start, chunks[-1].end, titles, honorific=bool(match.group("honorific")))


def _is_name(chunks: list[Chunk]) -> bool:
    words = [c.text for c in chunks if c.kind not in ("hyphen", "particle", "open", "close")]
    if all(c.kind == "initial" for c in chunks):
        return False
    if len(words) == 1 and (len(words[0]) < 2 or words[0].lower() in portfolios()):
        return False
    acronym = len(words) == 1 and words[0].isupper() and len(words[0]) <= 3
    return len(words) <= 7 and not acronym


_TITLES = "titles:(title ((comma? and | comma | slash) det? title)*)"
_AFTER = "after:(det? title ((comma? and | comma | slash) det? title)*)"

PEOPLE = (
    Rule(
        "titles-name",
        f"{_TITLES} (comma | as)? honorific:({_HONORIFIC}+) who:({_FULL} {_ENDING}? | {_NAME}) (of of:(place | state))?",
        "person",
        _person,
        ("the [Minister of Industry and Commerce, Hon. Rishad Bathiudeen], said", "[Foreign Minister Mr. Wang Yi] met"),
    ),
    Rule(
        "titles-full-name",
        f"{_TITLES} who:({_FULL} | {_WORD} {_ENDING} (?! (post | noun | sign | of)) | {_NAME}) (of of:(place | state))?",
        "person",
        _person,
        ("[Minister for Health Gan Kim Yong] said", "[USAID Administrator Samantha Power]", "[Prime Minister Thaksin Shinawatra of Thailand]"),
    ),
    Rule(
        "title-comma-name",
        f"{_TITLES} comma who:({_FULL}) (?= comma | stop | and | saying | have | be | semicolon | $)",
        "person",
        _person,
        ("the [Prime Minister of Israel, Benjamin Netanyahu], and",),
    ),
    Rule(
        "name-comma-titles",
        f"honorific:({_HONORIFIC}*) who:({_FULL} {_ENDING}? | {_WORD} {_ENDING} | {_WORD}) (comma | dash | lparen) {_AFTER} (comma? (in | of) company:(org))?",
        "person",
        _person,
        ("[Stanley Loh, Permanent Secretary for Sustainability and the Environment], said", "[Amy Khor, Senior Minister of State for Health]"),
    ),
    Rule(
        "name-became-title",
        f"honorific:({_HONORIFIC}*) who:({_FULL} {_ENDING}?) comma? (have | be | filler)* became det? {_AFTER}",
        "person",
        _person,
        ("[Preethi Surasena was sworn in as the new Chief Justice]".replace("the new ", "the "),),
    ),
    Rule(
        "honorific-name",
        f"honorific:({_HONORIFIC}+) who:({_FULL} {_ENDING}? | {_NAME} | {_ENDING})",
        "person",
        _person,
        ("[Dr Thaksin] and I",),
    ),
)  # fmt: skip


def mark_titles(line: Line) -> None:
    """Find the posts of a line."""
    rewrite(line, TITLES, needs="post")


def mark_people(line: Line) -> None:
    """Find the people of a line who have a post or an honorific."""
    rewrite(line, PEOPLE, needs="title honorific")


def mark_known(line: Line, known: dict[str, str]) -> None:
    """Find people again by their names alone: `known` maps words of names, lower case, to full names."""
    wanted = char("name", True), char("caps", True), char("initial", True), char("portfolio", True), char("place", True)
    at = 0
    while at < len(line.chunks):
        chunk = line.chunks[at]
        if line.shape[at] in wanted and chunk.text.lower() in known:
            end = _end_of_name(line, at, known)
            _join_name(line, at, end)
        at += 1


def _end_of_name(line: Line, at: int, known: dict[str, str]) -> int:
    end = at + 1
    while end < len(line.chunks):
        kind = line.chunks[end].kind
        if (
            kind in ("hyphen", "particle", "initial")
            and end + 1 < len(line.chunks)
            and line.chunks[end + 1].text.lower() in known
        ):
            end += 2
        elif (
            line.chunks[end].text.lower() in known
            and line.chunks[end].text[:1].isupper()
            and kind not in ("person", "title")
        ):
            end += 1
        else:
            break
    return end


def _join_name(line: Line, start: int, end: int) -> None:
    name = join(line.chunks[start:end])
    replace(line, start, end, "person", Person(name, line.chunks[start].start, line.chunks[end - 1].end))


def public(person: Person) -> bool:
    """Tell whether a mention shows its person in public office."""
    return any(not t.private for t in person.titles)


def body_of(title: Title, known: dict[str, Body]) -> Body | None:
    """Return the body that a title names, if the article names it apart from the title."""
    return known.get(title.body)
