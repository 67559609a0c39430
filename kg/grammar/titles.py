"""Posts: what someone holds, with the portfolio, the body and the state that the words name along with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace as change

from kg.grammar.bodies import Body
from kg.grammar.classes import char, characters, pattern, signs
from kg.grammar.places import code_of
from kg.grammar.rules import Match, Rule, Table, rewrite
from kg.grammar.words import Chunk, Line, join, sections
from kg.lexicons.agencies import is_organization
from kg.lexicons.places import country, places


class Title(Struct, frozen=True, gc=False):
    """A post as one mention names it."""

    label: str  # as the text gives it, without the jurisdiction or body that it belongs to
    start: int
    end: int
    code: str = ""  # of the jurisdiction that the mention names along with it
    body: Body | None = None  # the public body or organisation that it names
    level: str = ""  # "city", "subdivision", "unknown": what its holder governs; "" for any post of a state
    private: bool = False  # a post in a company, or with a spokesman's or reporter's task
    counterpart: bool = False  # "his Kenyan counterpart": the post of whoever was named before
    within: str = ""  # the word for a body that was named before: "bank", of "the bank's president"
    among: tuple[Title, ...] = ()  # the posts that "the Ministers of Finance and Trade" stands for, one a person


@cache
def posts(section: str) -> frozenset[str]:
    """Return the heads of posts of one kind, lower case; see kg/lexicons/posts.txt."""
    return frozenset(phrase for name, phrase in sections("posts.txt") if name == section)


@cache
def national(section: str = "national") -> dict[str, str]:
    """Return the posts and organs of state that only one country knows, or mainly one, lower case, with its code."""
    found = (phrase.partition(" ") for name, phrase in sections("posts.txt") if name == section)
    return {post: code for code, _, post in found}


# A portfolio is a list of fields, each of which ends in the name of one: "Culture, Community and Youth". A word that no
# lexicon knows is a field right after "Minister of", where no person's name can stand.
_UNIT = "((Plain | Demonym | slash | hyphen){0,6}? (Area | Cooperate){1,4})"
_MORE = f"(comma {_UNIT} (?! Post | post)){{0,9}} (comma? and det? ({_UNIT} | Bodyhead (?! of | for)) (?! (post | bodyhead))){{0,3}}"
_FIELDS = f"({_UNIT} {_MORE} | Postmod comma {_UNIT} {_MORE} | Name (?! Name | Caps | Initial | hyphen | orghead | possessive) {_MORE} | Unit (?! of))"
_SMALL = "area{1,3} (comma area{1,3}){0,9} (comma? and area{1,3})?"
_OF_FIELDS = f"(of | for | on | in) det? ({_FIELDS} | {_SMALL})"
_BEFORE = "((postmod hyphen?){0,4} | (postmod slash))"
_OWNER = "(owner:(place | demonym | state) possessive?)?"
_OF_PLACE = "(of det? place:(place | state) also:(((comma det? (place | state)){1,6})? comma? and det? (place | state))? (?! possessive))?"
_POSTED = f"(to det? state (comma det? state){{0,6}} and det? state (?= Name | Honorific | Initial) | to det? (place | state | body | org | Caps | Post (?! Name | Initial) ({_OF_FIELDS})? | (?<= to det) Post | (Postmod | Government) (?! Post | post | Name)))"  # an ambassador to a state, a secretary to the president


def _title(match: Match) -> Title | None:
    """Return the post of a match; None for letters after a name ("MP") and the like, which the rules of names read."""
    head = match.group("head")[0].text.lower()
    whose = match.first("owner") or match.first("whose") or match.first("place")
    if _is_no_post(match, head, owned=whose is not None):
        return None
    named = match.first("body") or match.first("under")
    if named is not None and named.kind == "clause" and named.text != "WHO":
        return None  # "When President A arrived", but "WHO Director-General A"
    body = _body(named)
    owner = code_of(whose) or (body.code if body else "")
    if owner and "minister" in head and places()[owner].level == "city":
        owner = country(owner)  # "in Pretoria Minister A", "Berlin's foreign minister"
    label = match.group("label")
    title = Title(
        match.line.words(label),
        label[0].start,
        label[-1].end,
        owner,
        body,
        _level(match, head) if not owner else next((level for level in _LEVELS if head in posts(level)), ""),
        _is_private(match, head, body),
        head in posts("counterpart"),
    )
    among = tuple(_among(match, title))
    return change(title, among=among) if among else title


def _is_no_post(match: Match, head: str, *, owned: bool) -> bool:
    """Tell what only looks like a post from one; `owned` where a jurisdiction is named along with it."""
    if head in posts("letters") and not _opens_name(match):
        return True
    if "member" in [c.text.lower() for c in match.group() if c.kind == "post"] and not match.group("seat"):
        return True  # "member states", a member of a board
    if match.group("sent") and ABROAD.search(head):
        return True  # to the United Nations, whom a state's representative does not serve
    if head in posts("counterpart") and not owned and head not in _COUNTERPARTS:
        return True  # "my colleague", but "her Estonian colleague"
    fields = match.group("fields")
    if fields and not _is_ministerial(head) and all(c.kind in ("name", "orghead") for c in fields):
        return True  # "the president of Huawei"
    before = match.first("before")
    # "on lithium, Mining Secretary"
    return before is not None and before.text.islower() and not match.group("head")[0].text.islower()


_COUNTERPARTS = frozenset({"counterpart", "counterparts", "opposite number"})


def _is_ministerial(head: str) -> bool:
    return any(word in head for word in ("minister", "secretar", "commissioner", "advis"))


_LEVELS = ("city", "subdivision")


def _level(match: Match, head: str) -> str:
    """Return what the holder of a post governs: "unknown" for a place that no lexicon knows, "Lakeside mayor"."""
    level = next((level for level in _LEVELS if head in posts(level)), "")
    return "unknown" if level and head not in posts("honour") and _after_name(match) else level


def _opens_name(match: Match) -> bool:
    """Tell whether a name, or "for" and a place, follows: "MP John Smith", "MP for Hove" against "John Smith MP"."""
    after = match.line.shape[match.match.end() : match.match.end() + 1]
    return bool(match.group("seat")) or (after != "" and after in characters("Name Caps Initial Honorific"))


def _body(chunk: Chunk | None) -> Body | None:
    """Return the body of a chunk; an acronym that nothing spells out is one only if it is well known."""
    if chunk is None:
        return None
    if chunk.text == "WHO":
        return Body("WHO", False)
    if chunk.kind == "caps":
        return Body(chunk.text, False) if chunk.text.lower() in posts("intergovernmental") else None
    return chunk.value if isinstance(chunk.value, Body) else None


def _is_private(match: Match, head: str, body: Body | None) -> bool:
    if body is not None and (body.public or _is_intergovernmental(body.name)):
        return False
    if head in posts("private") or (body is not None and is_firm(body.name)):
        return True
    return head in posts("common") and bool(match.group("firm") or _after_name(match))


def _is_intergovernmental(name: str) -> bool:
    """Tell whether states founded an organisation: "WHO", "Association of Southeast Asian Nations"."""
    return name.lower() in posts("intergovernmental") or is_organization(name)


def _after_name(match: Match) -> bool:
    """Tell whether an unknown name stands right before a post: "Siemens chairman"."""
    at = match.match.start()
    return not match.line.heading and at > 0 and match.line.shape[at - 1] in characters("Name Caps")


@lru_cache(maxsize=10_000)
def is_firm(name: str) -> bool:
    """Tell whether an organisation is a company or another private body, or one that teaches or reports."""
    words = re.sub(r"\b(?:working|contact|steering) group\b", "", name.lower()).split()
    return bool(posts("firm") & set(words))


@lru_cache(maxsize=10_000)
def is_organ(name: str) -> bool:
    """Tell whether a name is that of an organ of state that is no body of the executive: a parliament, a court."""
    name = name.lower()
    return any(organ in name for organ in posts("organ"))


def _among(match: Match, title: Title) -> Iterator[Title]:
    """Yield the posts of "the Ministers of Finance and Trade" or "the Presidents of Peru and Chile", one by one."""
    head = match.group("head")
    if head[0].text.lower() not in posts("plural"):
        return
    fields = _split(match.words("fields"))
    codes = [code_of(c) for c in (*match.group("place"), *match.group("also")) if c.kind in ("place", "state")]
    whole = _singular(title.label)
    if len(fields) > 1:
        stem, _, _ = whole.partition(fields[0])
        yield from (change(title, label=stem + field) for field in fields)
    elif len(codes) > 1:
        yield from (change(title, label=whole, code=code) for code in codes)
    else:
        yield change(title, label=whole)


def _split(fields: str) -> list[str]:
    return [f for f in re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", fields) if f]


def _singular(label: str) -> str:
    return _PLURAL.sub(_one, label, count=1)


_PLURAL = re.compile(r"(?i)\b(captain(?=s regent)|minister|secretar(?=ies)|president|governor|mayor|ambassador|leader|premier|envoy|commissioner|chairm|head|director)(?:s|ies|en)\b")  # fmt: skip


def _one(match: re.Match[str]) -> str:
    stem = match[1]
    return {"secretar": stem + "y", "chairm": stem + "an"}.get(stem.lower(), stem)


ABROAD = re.compile(
    r"(?i)ambassador|high commissioner|envoy|consul|nuncio|representative"
)  # posts held in another country

TITLES = (
    Rule(
        "deputy",
        "label:(head:(postmod)) (?= (Name Name | comma Honorific))",
        "title",
        lambda match: _title(match) if match.group()[0].text.lower() == "deputy" else None,
        ("his [deputy], Dato Aminah Yusof", "Green Party [deputy] Orhan Kaya said"),
        needs="postmod",
    ),
    Rule(
        "chief-of-a-people",
        "(?<= Name) label:(head:(Postmod)) (?= Name Name)",
        "title",
        lambda match: _chief(match),
        ("when Kwasen [Chief] Rose Billy spoke",),
        needs="postmod",
    ),
    Rule(
        "ruler-of",
        "label:(head:(Honorific)) of det? place:(place | state)",
        "title",
        lambda match: _honour(match),
        ("Hamad, [Emir of Qatar], met",),
        needs="Honorific",
    ),
    Rule(
        "form-of-address",
        f"(?<! Name | Initial | Caps) {_OWNER} label:(head:(Honorific)) (?= Name | Initial)",
        "title",
        lambda match: _honour(match),
        ("and [Senator] Deborah Lyle", "[U.S. Rep.] Earl Bonner"),
        needs="Honorific",
    ),
    Rule(
        "judge",
        "(?<! Name | Initial | Caps | of | and | for | comma) label:(head:(Area)) (?= Name Name)",
        "title",
        lambda match: _honour(match),
        ("The oath was taken by [Justice] Nimal Silva",),
        needs="Area",
    ),
    Rule(
        "fields-before-post",
        f"{_OWNER} label:({_BEFORE} before:(area ((comma | and | slash)? area){{0,9}}) {_BEFORE} head:(post (?! for det? Area)) ({_POSTED})?) {_OF_PLACE}",
        "title",
        _title,
        ("[Industry and information technology minister] Jin said", "the [health minister of Fiji]"),
        needs="area",
    ),
    Rule(
        "member-for",
        f"{_OWNER} label:({_BEFORE} head:(post | Honorific) seat:((for | of) det? ((Name | state | org | hyphen | and){{1,6}} (?= comma | stop | lparen | rparen | clause | saying | $) | Name | state)))",
        "title",
        lambda match: _member(match),
        ("the [Member for Ballarat], Catherine King", "[MP for Hove], Jane Doe"),
        needs="for of",
    ),
    Rule(
        "post-for-fields-in-body",
        f"{_OWNER} label:({_BEFORE} head:(post) (of | for | on) det? fields:({_FIELDS})) in det? under:(body) {_OF_PLACE}",
        "title",
        _title,
        ("the [Undersecretary for Political Affairs at the Ministry of Justice], Dr. Ali",),
        needs="body",
    ),
    Rule(
        "post-for-fields",
        f"(?<! post to det)(?<! post to) {_OWNER} (under:(body | org) possessive?)? label:({_BEFORE} head:(post) (of det? (Post | Adverb? Area (?= for)))? (comma? prep:(of | for | on | to | in) det? fields:({_FIELDS} | {_SMALL}) | lparen bracket:({_FIELDS}) rparen)) {_OF_PLACE}",
        "title",
        _title,
        (
            "the [Minister for Culture, Community and Youth] said",
            "[Senior Minister of State for Sustainability and the Environment] Amy Khor",
            "the [Minister of Megapolis and Western Development], in",
            "[Special Representative of the President for International Cooperation] E. Kim",
            "[Secretary (Textiles)] Shri U. P. Sethi",
            "the [Minister of Justice and Police] said",
            "the [Foreign Ministry Permanent Secretary for Africa], Ana",
            "the [Minister of People's Power for Foreign Affairs] Ana",
        ),
        needs="area Name Bodyhead",
    ),
    Rule(
        "post-of-body",
        f"{_OWNER} label:({_BEFORE} head:(post)) (of | for | in | sent:(to)) det? (whose:(place | demonym | state) possessive)? body:(body | org | Caps) {_OF_PLACE}",
        "title",
        _title,
        ("[Director General of the Ministry of Fisheries] said", "[Secretary General of ASEAN]", "[Speaker of Peru's National Assembly]"),
        needs="body org Caps",
    ),
    Rule(
        "counterpart-from",
        "label:(head:(post)) from det? place:(place | state) (comma (place | state) (?= comma))?",
        "title",
        lambda match: _title(match) if match.group("head")[0].text.lower() in posts("counterpart") else None,
        ("and his [counterpart from Ulsan, South Korea], Mayor Kim",),
        needs="from",
    ),
    Rule(
        "post-then-fields",
        f"{_OWNER} label:({_BEFORE} head:(post) fields:(Area{{1,3}} (and Area{{1,2}})?)) (?= Name (Name | Initial) | Honorific)",
        "title",
        lambda match: _title(match) if match.group("head")[0].text.lower() in posts("fields") else None,
        ("[CS Health] Ana Wanjiru said",),
        needs="Area",
    ),
    Rule(
        "post-in-office",
        f"{_OWNER} label:({_BEFORE} head:(post) (in det? Bodyhead)) {_OF_PLACE}",
        "title",
        _title,
        ("[Minister in the Prime Minister's Office] Darcy",),
        needs="Bodyhead",
    ),
    Rule(
        "post-to",
        f"{_OWNER} label:({_BEFORE} head:(post)) (of det? place:(place | state))? {_POSTED}",
        "title",
        lambda match: _whole(match),
        ("[Secretary to the President]", "the [Ambassador of Denmark to India]", "[Peru's Ambassador to Kenya, Uganda and Rwanda] Ana", "[Jordan's Ambassador to Qatar]"),
        needs="to",
    ),
    Rule(
        "local-post",
        f"label:({_BEFORE} head:(post)) of det? (Name{{1,3}} Government? | place:(state)) ((orghead | unit) (?= Name) | (?= comma))",
        "title",
        lambda match: _local(match),
        ("the [governor of Piura], Rosa Farfan", "[Akim of the Turan region] Umirzak"),
        needs="of",
    ),
    Rule(
        "mayor-of-the-city",
        f"label:({_BEFORE} head:(post)) of det unit:(unit | word) (?= comma (Name | Honorific))",
        "title",
        lambda match: _title(match) if _governs(match) else None,
        ("the [mayor of the city], Rosa", "the [akim of the region], Serik"),
        needs="of",
    ),
    Rule(
        "post-in-an-organ",
        f"{_OWNER} label:({_BEFORE} head:(post) of det? organ:((Plain | Orghead | Demonym){{0,4}}? (Orghead | Bodyhead | orghead)) ((on | for | of) {_FIELDS})?) {_OF_PLACE} (?= Name | comma | Honorific | and | stop | $)",
        "title",
        lambda match: _title(match) if is_organ(match.words("label")) else None,
        ("the [president of the National Council], Dominique", "[chair of the Senate Committee on Migrant Workers]."),
        needs="orghead bodyhead",
    ),
    Rule(
        "post-of-the-organ",
        f"{_OWNER} label:({_BEFORE} head:(post)) of det Name {_OF_PLACE} (?= Name | comma | Honorific)",
        "title",
        _title,
        ("[Speaker of the Knesset] Amir Ohana", "[Chairman of the Presidency of Bosnia and Herzegovina], Denis"),
        needs="of",
    ),
    Rule(
        "body-post",
        f"{_OWNER} under:(body | org | Caps | Clause) possessive? label:({_BEFORE} head:(post))",
        "title",
        _title,
        ("the [Singapore Food Agency chief executive]", "then [USAID Administrator] Samantha Power"),
        needs="body org Caps Clause",
    ),
    Rule(
        "post-of-a-thing",
        f"{_OWNER} label:({_BEFORE} head:(post) of det fields:(Orghead)) {_OF_PLACE} (?= Name | comma | Honorific | and | $)",
        "title",
        lambda match: _title(match) if _is_ministerial(match.group("head")[0].text.lower()) else None,
        ("the [Minister of the Sea], Rui",),
        needs="orghead",
    ),
    Rule(
        "post-in-a-body-named-before",
        f"inside:(orghead | bodyhead | private) possessive? label:({_BEFORE} head:(post))",
        "title",
        lambda match: _within(match),
        ("signed by [bank president] Ana Silva", "the [agency's director general], Ola Strand"),
        needs="orghead bodyhead private",
    ),
    Rule(
        "post-of-a-body-named-before",
        f"label:({_BEFORE} head:(post)) of det inside:(orghead | bodyhead | private) (?= comma | Honorific | Name)",
        "title",
        lambda match: _within(match),
        ("the [governor of the bank], Ana Silva",),
        needs="orghead bodyhead private",
    ),
    Rule(
        "post-for-a-subject-comma-body",
        f"{_OWNER} label:({_BEFORE} head:(Post) (for | on) det? (cap | and | of){{1,6}}) comma under:(Body)",
        "title",
        _title,
        ("Ana, [Director General for International Treaties, Ministry of Trade], and",),
        needs="Body",
    ),
    Rule(
        "post-comma-body",
        f"{_OWNER} label:({_BEFORE} head:(Post) comma under:(Body) Suffix?) (comma (of det?)? body:(body))?",
        "title",
        lambda match: _in_division(match),
        ("[Director, Southwest Asia Division, Ministry of Trade]", "[Chief Executive, Singapore Food Agency]"),
        needs="Body",
    ),
    Rule(
        "post-of-place-fields",
        f"label:({_BEFORE} head:(post)) of place:(place | state) Area{{1,3}} (?= Name)",
        "title",
        _title,
        ("[Chairman of Qatar Tourism] Akbar",),
        needs="place state",
    ),
    Rule(
        "post",
        f"{_OWNER} label:({_BEFORE} head:(post)) (of det? Post (?! of | for))? ({_OF_PLACE} | (of | in) firm:(Name{{1,4}}))",
        "title",
        _title,
        ("the [Israeli Prime Minister] said", "[Queensland Premier] Anna Bligh", "[Private Secretary of the President]"),
    ),
)  # fmt: skip
_WITHOUT_POST = Table(TITLES[:5])
_TITLES = Table(TITLES[5:], "post")


def _honour(match: Match) -> Title | None:
    """Return the post that a form of address is: "Senator", "Justice"."""
    return _title(match) if match.group("head")[0].text.lower() in posts("honour") else None


def _chief(match: Match) -> Title | None:
    """Return the post of the chief of a people or a village: "Kwasen Chief Rose Billy"."""
    title = _title(match) if match.group()[0].text == "Chief" else None
    return change(title, private=False) if title else None


def _member(match: Match) -> Title | None:
    """Return a member of parliament's post, which serves the country whose parliament it is."""
    head = match.group("head")[0].text.lower()
    if head not in posts("member"):
        return None
    title = _title(match)
    return change(title, code="", private=False) if title else None


def _whole(match: Match) -> Title | None:
    """Return a post with the words that say to whom it is sent."""
    title = _title(match)
    if title is None or not any(word in match.group("head")[0].text.lower() for word in posts("sent")):
        return None
    chunks = match.group()
    start = next(i for i, c in enumerate(chunks) if c is match.group("label")[0])
    return change(title, label=match.line.words(chunks[start:]), end=chunks[-1].end)


_GOVERNED = frozenset("city town state province region district capital municipality county metropolis village".split())


def _governs(match: Match) -> bool:
    levels = any(match.group("head")[0].text.lower() in posts(level) for level in _LEVELS)
    return levels and match.group("unit")[0].text.lower() in _GOVERNED


def _within(match: Match) -> Title | None:
    """Return a post in a body that was named before, by the word for it; private in a company, a school or the like."""
    word = match.group("inside")[0]
    title = _title(match) if word.text.islower() else None
    private = word.kind == "private" or word.text in posts("firm")
    return change(title, within=word.text, private=title.private or private) if title else None


def _in_division(match: Match) -> Title | None:
    """Return a post with its division, in the body named after it: "Director, Asia Division, Foreign Ministry"."""
    title = _title(match)
    if title is None or match.group("body"):
        return title
    return change(title, label=join(c for c in match.group("label") if c.kind in ("post", "postmod")))


def _local(match: Match) -> Title | None:
    """Return the post of someone who governs a place that no lexicon knows, with its name."""
    title = _title(match)
    if title is None or not title.level:
        return None
    return title if title.code else change(title, label=match.words(), end=match.group()[-1].end)


_NOUN = re.compile(
    r"[A-Z]\w{3,}(?:ness|tion|sion|ities|icipality|icipalities|ility|ment|ology|ics|ships?|isation|[^r]ance|ence)$"
)
_PERSONS = frozenset(
    {
        "Clement",
        "Constant",
        "Vincent",
        "Laurence",
        "Lawrence",
        "Terrence",
        "Terence",
        "Florence",
        "Constance",
        "Prudence",
        "Spence",
    }
)


_POST = signs("post")
_AHEAD = pattern("post (of | for | comma) (Plain | Demonym | comma | and | det | of | for | slash)+")


def _guess_fields(line: Line) -> None:
    """Make nouns that no lexicon knows fields, where a post's portfolio is named: "Minister of Emergency Preparedness"."""
    if line.seen.isdisjoint(_POST.all):
        return
    for found in _AHEAD.finditer(line.shape):
        for index in range(*found.span()):
            chunk = line.chunks[index]
            if chunk.kind == "name" and _NOUN.match(chunk.text) and chunk.text not in _PERSONS:
                line.reclass(index, "portfolio")


def _split_pairs(line: Line) -> None:
    """Make "the ministers" a post again where it goes on: "the Ministers of Finance and Trade"."""
    for at in reversed(line.where(_PAIRS)):
        chunk = line.chunks[at]
        if line.shape[at + 1 : at + 2] in _FOR_FIELDS:
            det, _, post = chunk.text.partition(" ")
            start = chunk.end - len(post)
            line.chunks[at : at + 1] = [
                Chunk("det", chunk.start, chunk.start + len(det), det),
                Chunk("post", start, chunk.end, post),
            ]
            line.reshape(at, at + 1, char("det") + char("post", post[0].isupper()))


_PAIRS = signs("pairpeople")
_FOR_FIELDS = tuple(characters("of for"))


def mark(line: Line) -> None:
    """Find the posts of a line."""
    _split_pairs(line)
    _guess_fields(line)
    rewrite(line, _WITHOUT_POST)
    rewrite(line, _TITLES)
