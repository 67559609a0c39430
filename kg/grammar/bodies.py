"""Public bodies and other organisations: heads, their "of X, Y and Z" tails, whose they are, their acronyms."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from msgspec import Struct

from kg.grammar.classes import pattern, signs
from kg.grammar.places import code_of
from kg.grammar.rules import Match, Rule, Table, replace, rewrite
from kg.grammar.words import Chunk, Line, Memory, portfolios
from kg.lexicons.agencies import Agency, agencies, first_words, is_organization
from kg.lexicons.places import country, places


class Body(Struct, frozen=True, gc=False):
    """A public body or another organisation, as one mention names it."""

    name: str
    public: bool
    code: str = ""  # of the jurisdiction that the mention names along with it
    acronym: str = ""
    bare: str = ""  # the name without its jurisdiction, where that is part of the name: "Food Agency"
    sure: float = (
        0.95  # how surely it belongs to the jurisdiction; 0 where that is one of which the article does not speak
    )
    inner: bool = False  # a part of another body: a division, a unit
    also: tuple[
        str, ...
    ] = ()  # codes of other jurisdictions that each have one: "the trade ministries of Kenya and Peru"

    @property
    def words(self) -> str:
        """Return what identifies it among the bodies of a jurisdiction: "Energy Ministry" is the "Ministry of Energy"."""
        return _identity(self.bare or self.name) or self.name.lower()


@lru_cache(maxsize=50_000)
def _identity(name: str) -> str:
    found = re.findall(r"[^\W_]+", name.lower())
    return " ".join(sorted({_SINGULAR.get(w, w) for w in found} - _FILLER))


_FILLER = {"the", "of", "for", "and", "on", "affairs", "s", "union"}
_SINGULAR = {"defense": "defence", "labor": "labour", "centre": "center", "organisation": "organization", "programme": "program"}  # fmt: skip

# What follows "Ministry of": a field, or a list whose last member ends in the name of a portfolio, so that the
# list of a ministry's fields is told from what comes after the ministry.
_ANY = "(Plain | Demonym | Cooperate | hyphen | slash){1,6}"
_FIELD = "((Plain | Demonym) (hyphen | slash)?){0,5}? (Area | Cooperate){1,5}"
_AND = "and (?! det (Plain | Demonym){1,4} and Plain{1,3} bodyhead)"  # "and the Industry and Trade Ministry" is another one
_TAIL = (
    f"({_FIELD} (comma det? {_FIELD}){{1,8}} comma? {_AND} det? {_FIELD} (?! post | bodyhead | of)"
    f" | {_ANY} (comma {_ANY}){{0,8}} comma? {_AND} det? {_FIELD} (?! post | bodyhead)"
    f" | {_FIELD} (comma {_FIELD} (?! post | bodyhead | place)){{0,8}} (comma? {_AND} det? {_FIELD} (?! post | bodyhead))?)"
)
_OF_PLACE = "(of det? ((unit | Unit) of det?)? place:(place | state) (Plain? Government)?)?"
_OWNER = "(owner:(place | demonym | state) (owns:(possessive) Postmod?)?)?"
_ACRONYM = "(lparen acronym:(Caps | Name) rparen)? (comma or? second:(Caps) (?= comma | for))?"
_AFTER = f"{_OF_PLACE} {_ACRONYM} (of det? whose:(place | state))?"
_ROUND = "lparen ~rparen{1,2} rparen"

# Heads that say no more than that something is a body: alone, or with these words only, they name none.
_VAGUE = frozenset(
    "national federal state public local central government regional joint new our this general main head international "
    "independent competent relevant executive official private front field permanent special single first "
    "high post press box civil military branch area district municipal".split()
)
# A body whose name begins so is of no jurisdiction.
_INTERNATIONAL = re.compile(
    r"(?:the )?(?:international|world|un|u\.n\.|united nations|african|asian|asean|arab|islamic|caribbean|pacific|commonwealth|"
    r"inter-american|global|multilateral|eurasian|gulf|nordic|mekong|west african|east african|southern african|unesco|"
    r"ipcc|oecd|nato|osce|economic commission for|"
    r"secretariat of the (?:pacific|african|commonwealth|united|arab|convention|antarctic))\b",
    re.IGNORECASE,
)
_NO_BODY = re.compile(
    r"\b(?:office of the spokes(?:person|man|woman)|joint (?:\w+ ){0,3}(?:commission|council|board|secretariat)|high commission|post office|intergovernmental commission|"
    r"(?:commission|committee) of the (?:[\w’']+ ){0,4}(?:assembly|parliament|congress|senate|duma)|"
    r"mixed commission|central committee|political bureau|politburo|business council|(?:city|town|village|regional|shire|borough|county|municipal) council)\b",
    re.IGNORECASE,
)
_MINISTRIES = frozenset(("ministry", "ministries", "department", "departments", "secretariat", "secretariats"))
_PARTS = frozenset(("division", "unit", "corps", "section"))
# Heads that a place makes a name: "the Japan Coast Guard", "Kenya's central bank", "Sri Lanka Customs".
_ALONE = frozenset((
    "police force", "police service", "coast guard", "coastguard", "border guard", "border force", "central bank", "reserve bank",
    "monetary authority", "federal reserve", "patent office", "revenue authority", "statistics office", "customs", "police",
))  # fmt: skip
# Heads that, with a place, are a body's whole name: "Reserve Bank of Australia".
_WHOLE = frozenset(
    ("reserve bank", "central bank", "national bank", "state bank", "people's bank", "people’s bank", "monetary authority", "bank",
     "geological survey", "archaeological survey")
)  # fmt: skip
_COMMERCIAL = frozenset(("China", "America", "Scotland", "Ireland", "Montreal", "Cyprus", "Beijing", "Shanghai"))


def _name(line: Line, chunks: list[Chunk]) -> str:
    return _ARTICLE.sub("", line.words(chunks))


_ARTICLE = re.compile(r"^(?:the|The)\s+")


def _head(chunks: list[Chunk]) -> str:
    """Return the head of a body's name, lower case."""
    return next((c.text.lower() for c in reversed(chunks) if c.kind in ("bodyhead", "government")), "")


def _vague(chunks: list[Chunk]) -> bool:
    said = (c for c in chunks if c.kind not in ("bodyhead", "government", "det", "demonym"))
    rest = {w for c in said for w in c.text.lower().split()}
    return rest <= _VAGUE and chunks[-1].text.lower() not in _WHOLE


def _body(match: Match) -> Body | None:
    chunks = match.group("name")
    name = _name(match.line, chunks)
    if (
        not name
        or (_vague(chunks) and name not in agencies() and name.lower() not in _ALONE)
        or _NO_BODY.search(_in_context(match, name))
    ):
        return None
    owner = match.first("owner") or match.first("place") or match.first("whose")
    acronym = match.first("acronym") or match.first("second")
    code = code_of(owner)
    if _head(chunks) in _PARTS and not (acronym and owner):
        return Body(name, True, code, inner=True)
    if _head(chunks) in _MINISTRIES:
        return Body(name, True, _of_capital(match, code), acronym.text if acronym else "")
    whole = _whole(match, chunks)
    if _INTERNATIONAL.match(whole):
        return Body(whole, False, "", acronym.text if acronym else "")
    return Body(whole, True, code, acronym.text if acronym else "", bare=name)


def _in_context(match: Match, name: str) -> str:
    """Return a name with the capitalised word before it and the "of …" after it, if any: "Joint" before "Ministerial Commission"."""
    chunks, (start, end) = match.line.chunks, match.match.span()
    before = f"{chunks[start - 1].text} " if start and chunks[start - 1].text[:1].isupper() else ""
    after = (
        " " + match.line.words(chunks[end : end + _WITHIN]) if end < len(chunks) and chunks[end].kind == "of" else ""
    )
    return before + name + after


_WITHIN = 6  # chunks after the name of a committee in which that of its parliament may end


def _of_capital(match: Match, code: str) -> str:
    """Return the state for which a capital stands: "Dublin's Department of the Environment"."""
    return country(code) if code and match.group("owns") and places()[code].capital else code


def _whole(match: Match, chunks: list[Chunk]) -> str:
    """Return a name with the jurisdiction that is part of it: "Singapore Food Agency", "Civil Aviation Authority of Nepal"."""
    owner = match.group("owner")
    if owner and not match.group("owns"):
        chunks = [*owner, *chunks]
    if match.group("place"):
        at = match.line.chunks.index(match.group("place")[0])
        chunks = [*chunks, *match.line.chunks[match.line.chunks.index(chunks[-1]) + 1 : at + 1]]
    return _name(match.line, chunks)


def _organisation(match: Match) -> Body | None:
    acronym = match.first("acronym")
    owner = match.first("place")
    return Body(_name(match.line, match.group("name")), False, code_of(owner), acronym.text if acronym else "")


def _central(match: Match) -> Body | None:
    """A central bank is named by its head and its state; "Bank of China" is a company."""
    head, place, acronym = match.group("name")[0].text.lower(), match.first("place"), match.first("acronym")
    if head not in _WHOLE or place is None or (head == "bank" and place.text in _COMMERCIAL):
        return None
    if places()[str(place.value)].level not in ("country", "territory"):
        return None
    return Body(
        _name(match.line, match.group("name")), True, str(place.value), acronym.text if acronym else "", bare=head
    )


def _alone(match: Match) -> Body | None:
    head = match.group("name")[-1]
    if not _is_whole(head, owned=bool(match.group("owns"))):
        return None
    if head.kind != "bodyhead" and match.group("owns"):
        return None  # "Kenya's police"
    if head.text.lower() in _ALONE:
        return _body(match)
    return Body(_whole(match, [head]), True, code_of(match.first("owner")), bare=head.text)


def _is_whole(head: Chunk, *, owned: bool) -> bool:
    """Tell whether a head names a body by itself once it is known whose it is: "Lima Port Authority", "Kenya's central bank"."""
    known = head.text.lower() in _ALONE and (owned or not head.text.islower())
    return known or (head.kind == "bodyhead" and " " in head.text and head.text.istitle() and not owned)


def _named_body(match: Match) -> Body | None:
    """ "Department of Posts"; not "Council for Bilateral" Cooperation, nor the "Office of UNDP"."""
    last = match.group("name")[-1]
    return None if last.kind in ("adverb", "postmod") or is_organization(last.text) else _body(match)


def _lower(match: Match) -> Body | None:
    """ "The ministry of health", "the finance ministry": a portfolio must say which."""
    chunks = match.group("name")
    words = [
        w for c in chunks if c.kind not in ("bodyhead", "of", "for", "and", "comma") for w in c.text.lower().split()
    ]
    if any(
        c.text.lower().endswith("ies") for c in (chunks[0], chunks[-1]) if c.kind == "bodyhead"
    ) and " and " not in match.words("name"):
        return None  # "the three ministries of health", "both energy ministries"
    if _head(chunks) not in _MINISTRIES or not words or not set(words) <= portfolios() | {"foreign", "prime"}:
        return None
    return _body(match)


def _of_states(match: Match) -> Body | None:
    """Return the ministries of one name of several states: "the Kenyan and Peruvian foreign ministries"."""
    chunks = match.group("name")
    name = match.line.words(chunks)
    head = _head(chunks)
    if head not in _MINISTRIES or head not in SINGULARS:
        return None
    first, *more = (code_of(c) for c in (*match.group("first"), *match.group("more")) if c.kind in _OWNERS)
    single = re.sub(head, SINGULARS[head], name, count=1, flags=re.IGNORECASE)
    return Body(single[0].upper() + single[1:] if name[0].isupper() else single, True, first, also=tuple(more))


SINGULARS = {"ministries": "ministry", "departments": "department", "secretariats": "secretariat", "bureaus": "bureau"}
_OWNERS = frozenset(("place", "demonym", "state"))


def _administration(match: Match) -> Body | None:
    return _body(match) if match.group("name")[-1].text == "Administration" else None


def _in_headline(line: Line) -> bool:
    return line.heading and line.chunks[-1].kind != "stop"


def _directorate(match: Match) -> Body | None:
    """ "DG Energy": a directorate-general of the European Commission."""
    chunks = match.group("name")
    return Body(_name(match.line, chunks), True, "EU") if chunks[0].text == "DG" else None


def _of_fields(match: Match) -> Body | None:
    """ "Transport Canada", "Enterprise Singapore": never in a headline, where all words are capitalised."""
    place = match.first("place")
    whole = match.group("name")[0] is not place  # "Transport Canada"; "Manitoba Infrastructure"
    if (
        _in_headline(match.line)
        or place is None
        or (whole and places()[str(place.value)].level not in ("country", "territory"))
    ):
        return None
    if not whole and (places()[str(place.value)].level == "city" or places()[str(place.value)].ambiguity):
        return None
    return Body(_name(match.line, match.group("name")), True, str(place.value))


_STATE = "(place | demonym | state)"
_MINISTRY_NAME = f"((Plain | area | postmod){{1,4}} bodyhead | bodyhead (of | for) det? ({_TAIL} | area{{1,5}} ((comma | and) area{{1,5}}){{0,5}}))"

BODIES = (
    Rule(
        "ministries-of-states",
        f"name:({_MINISTRY_NAME}) of det? first:({_STATE}) more:((comma det? {_STATE}){{0,4}} comma? and det? {_STATE})",
        "body",
        _of_states,
        ("the [foreign ministries of Kenya and Peru] said", "the [Ministries of Trade of Kenya, Chile and Peru] signed"),
    ),
    Rule(
        "states-ministries",
        f"first:({_STATE}) possessive? more:((comma {_STATE} possessive?){{0,4}} comma? and {_STATE}) possessive? name:({_MINISTRY_NAME})",
        "body",
        _of_states,
        ("the [Kenyan and Peruvian agriculture ministries] met", "[Kenya's and Peru's Ministries of Health and Sport] signed"),
    ),
    Rule(
        "attorney-general's-department",
        f"{_OWNER} name:(Post possessive Bodyhead) {_AFTER}",
        "body",
        _body,
        ("joined the [Attorney General’s Department] in 1989",),
    ),
    Rule(
        "enumerated-ministries",
        f"{_OWNER} name:(bodyhead (of | for) ({_ROUND} {_ANY} (comma {_ANY}){{0,8}} (comma? and {_FIELD})? (comma? and | comma)?){{2,6}})",
        "body",
        _body,
        ("the [Japanese Ministries of (i) Agriculture, Forestry and Fisheries, and (ii) Land and Tourism] agreed",),
    ),
    Rule(
        "head-of-fields",
        f"{_OWNER} name:((Plain | Demonym){{0,5}} Bodyhead (of | for | on) det? {_TAIL} (of (Plain | Demonym){{1,3}} (orghead | Unit)?)?) {_AFTER}",
        "body",
        _body,
        (
            "the [Ministry of Education, Culture, Sports, Science and Technology] said",
            "the [Ministry of Employment, Productivity and Workplace Relations] said",
            "[India's Ministry of Agriculture and Farmers' Welfare] and",
            "the [Ministry of Energy] and the Industry and Trade Ministry of Peru",
            "the [Ministry of Sustainability and the Environment of Singapore] and others",
            "[China's Ministry of Commerce] and Kenya",
            "the [Secretariat of Foreign Relations (SRE) of Mexico] confirmed",
            "the [General Administration of Customs] and",
            "the [Department of Climate Change, Energy, the Environment and Water] and others",
        ),
    ),
    Rule(
        "head-of-state",
        f"{_OWNER} name:(bodyhead of (Postmod (?! Post | Name | Area)) (comma? and det? {_FIELD} (?! post | bodyhead))?) {_AFTER}",
        "body",
        _body,
        ("the [Department of State] said", "the [Departments of State and Defense] will"),
    ),
    Rule(
        "head-of-post",
        f"{_OWNER} name:(Bodyhead of det? Post (and (Area | Postmod | Government))?) {_AFTER}",
        "body",
        _body,
        ("the [Department of the Prime Minister and Cabinet] said", "the [Office of the Attorney General] had"),
    ),
    Rule(
        "head-of-names",
        f"{_OWNER} name:((Plain | Demonym){{0,3}} Bodyhead (of | for) det? (Plain | Orghead){{1,6}} (in Plain{{1,3}})?) {_AFTER}",
        "body",
        _named_body,
        ("the [Department of Posts (DoP)] ensures", "the [Supreme Council of Universities] and"),
    ),
    Rule(
        "fields-then-head",
        f"{_OWNER} name:((Plain{{1,4}} comma){{1,6}} Plain{{1,4}} comma? and Plain{{0,4}} Bodyhead) {_AFTER}",
        "body",
        _body,
        (
            "the city’s [Innovation, Technology and Industry Bureau] agreed",
            "the [Foreign, Commonwealth and Development Office] had",
            "the [Zakat, Tax and Customs Authority] said",
        ),
    ),
    Rule(
        "fields-and-head",
        f"{_OWNER} name:((Plain | Orghead){{0,5}} (Area | Government | Orghead) and Plain{{0,3}}? Bodyhead) {_AFTER}",
        "body",
        _body,
        (
            "the [Trade and Industry Bureau] said",
            "the [Maritime and Port Authority of Singapore (MPA)] will",
            "the [Nigerian Maritime Administration and Safety Agency, NIMASA], backed",
        ),
    ),
    Rule(
        "fields-administration",
        f"{_OWNER} name:(((Plain | Orghead){{0,5}} and)? Plain{{0,4}} Area Government) {_AFTER}",
        "body",
        _administration,
        ("the [Food and Drug Administration (FDA)] said",),
    ),
    Rule(
        "names-of-place-head",
        f"name:((Name | Area) of (place | state) Bodyhead) {_AFTER}",
        "body",
        _named_body,
        ("the [Port of Rotterdam Authority] will",),
    ),
    Rule(
        "names-then-head",
        f"{_OWNER} name:((Plain | Orghead | Government | Cooperate | Demonym){{1,6}} Bodyhead) {_AFTER}",
        "body",
        _body,
        (
            "the [National Environment Agency (NEA)] said",
            "[Singapore Food Agency] has",
            "the [State Department] said",
            "the [Macao Customs Service] sent",
        ),
    ),
    Rule(
        "head-of-place",
        f"{_OWNER} name:((Bodyhead | Orghead) of det? place:(place | state)) {_ACRONYM}",
        "body",
        _central,
        ("the [Reserve Bank of Australia] said", "the [State Bank of Vietnam] and", "the [Bank of Ghana] said"),
    ),
    Rule(
        "lower-case-ministry",
        f"{_OWNER} name:(bodyhead (of | for) det? area{{1,5}} (comma area{{1,5}}){{0,6}} (comma? and area{{1,5}})?) {_OF_PLACE}",
        "body",
        _lower,
        ("the [ministry of foreign affairs] said", "at the [ministry of foreign affairs and trade of Hungary] in", "the [ministries of Mines and Energy] say"),
    ),
    Rule(
        "lower-case-fields",
        f"{_OWNER} name:((area | postmod) ((comma | and | slash) area | area){{0,5}} bodyhead)",
        "body",
        _lower,
        ("the [Ghanaian health ministry] said", "according to the [finance ministry]", "the [foreign ministry] said"),
    ),
)  # fmt: skip

# Bodies of the executive in states whose committees are such: "Committee for Tourism Development".
OF_COMMITTEES = frozenset(("AM", "AZ", "BY", "KG", "KZ", "MN", "RU", "TJ", "TM", "UZ"))


def _committee(match: Match) -> Body | None:
    """Return a committee of the executive, of whichever state; its name must not be that of a parliament's."""
    at = match.match.start()
    before = match.line.chunks[at - 1] if at else None
    if before is not None and (before.kind == "orghead" or before.text in ("Joint", "Standing", "Select", "Senate")):
        return None
    code = code_of(match.first("owner") or match.first("place"))
    if not any(c.text == "Committee" for c in match.group("name")):
        return None
    if code and code not in OF_COMMITTEES:
        return None
    acronym = match.first("acronym")
    return Body(_name(match.line, match.group("name")), True, code, acronym.text if acronym else "")


COMMITTEES = (
    Rule(
        "committee-for-fields",
        f"{_OWNER} name:((Plain | Demonym){{0,3}} Orghead (for | on | of) {_TAIL}) {_AFTER}",
        "body",
        _committee,
        ("the [Committee for Tourism Development of Tajikistan] will", "the [Committee for Emergency Situations] and"),
    ),
)


NAMED_BY_PLACE = (
    Rule(
        "place-and-head",
        f"owner:(place | demonym | state) (owns:(possessive) Postmod?)? name:(bodyhead | Portfolio | Sector | Orghead) {_ACRONYM}",
        "body",
        _alone,
        ("the [Japan Coast Guard] said", "[Kenya's central bank] has", "between [Sri Lanka Customs] and"),
    ),
    Rule(
        "survey-of-place",
        f"{_OWNER} name:((Sector | Portfolio) of det? place:(place | state) (and place)?) {_ACRONYM}",
        "body",
        _central,
        ("the [Geological Survey of Denmark and Greenland (GEUS)] and",),
    ),
    Rule(
        "place-fields",
        "(?<= of | and | with | between | by | comma | det) name:(place:(place) (Portfolio | Sector){1,3}) (?= and det | stop | saying | lparen | have | modal | sign | $ | comma (clause | have | modal | sign | saying))",
        "body",
        lambda match: _of_fields(match),
        ("and [New Zealand Food Safety] signed it in the old hall.", "Under it, [Manitoba Infrastructure] and the", "Director of [Qatar Tourism]."),
    ),
    Rule(
        "directorate-general",
        "name:(Caps (Portfolio | Sector | Caps)) (?! Name)",
        "body",
        lambda match: _directorate(match),
        ("Director-General of [DG Energy], will",),
    ),
    Rule(
        "fields-of-place",
        "name:((Portfolio | Sector){1,3} (and (Portfolio | Sector){1,3})? place:(place)) (?! possessive | hyphen | post | Plain)",
        "body",
        _of_fields,
        ("the agency [Transport Canada] said", "and [Enterprise Singapore] are"),
    ),
)  # fmt: skip

ORGANISATIONS = (
    Rule(
        "organisation-of",
        f"name:((Plain | Demonym | place | Orghead){{0,6}} Orghead (of | for) det? (Plain | Orghead | place) ((and | of | for)? (Plain | Orghead)){{0,8}}) {_OF_PLACE} (lparen acronym:(Caps | Name) rparen)?",
        "org",
        _organisation,
        ("the [Institute of Foreign Affairs of Nepal (IFA)] and",),
    ),
    Rule(
        "organisation",
        f"(?<! dash | hyphen) name:((Plain | Demonym | place | Honorific) (Plain | Demonym | Orghead | place){{0,7}} Orghead{{1,4}}) {_OF_PLACE} (lparen acronym:(Caps | Name) rparen)?",
        "org",
        _organisation,
        ("the [Kuwait Fund] agreed",),
    ),
)  # fmt: skip

_COMMITTEES = Table(COMMITTEES)
_BODIES = Table(BODIES)
_NAMED_BY_PLACE = Table(NAMED_BY_PLACE)
_ORGANISATIONS = Table(ORGANISATIONS)
_CAPITALISED = signs("cap")
_MINISTRY_ACRONYM = re.compile(r"M[oO][A-Z][A-Za-z]{0,4}")


def mark(line: Line, known: dict[str, Body], spoken: Collection[str] = OF_COMMITTEES) -> None:
    """Find the bodies and organisations of a line; `known` maps acronyms and short names to bodies, and grows.

    `spoken` are the states of which the article speaks.
    """
    if not OF_COMMITTEES.isdisjoint(spoken):
        rewrite(line, _COMMITTEES)
    rewrite(line, _BODIES)
    rewrite(line, _NAMED_BY_PLACE)
    for at in line.where(_BODY):
        if not line.chunks[at].value.public:
            line.reclass(at, "org")
    rewrite(line, _ORGANISATIONS)
    _mark_spelt_out(line)
    for at in line.where(_NAMED):
        body: Body = line.chunks[at].value
        if body.acronym:
            known.setdefault(body.acronym, body)


_BRACKETED = pattern("(Plain | Orghead | Bodyhead | Cooperate | place) lparen acronym:(Caps) rparen")
_SPELT = frozenset(
    "name caps portfolio sector adverb postmod orghead bodyhead cooperate place demonym and of for".split()
)
_PROPER = frozenset("place demonym caps orghead bodyhead".split())
_LONGEST_NAME = 12  # chunks


def _mark_spelt_out(line: Line) -> None:
    """Find the organisations whose names end in their initials, whatever the words: "Education Malaysia Global Services (EMGS)"."""
    at = 0
    while found := _BRACKETED.search(line.shape, at):
        at, last = found.end(), found.start("acronym") - 1
        acronym = line.chunks[last + 1].text
        start = _spelt_from(line, last, acronym)
        if start >= 0:
            name = _name(line, line.chunks[start:last])
            replace(line, start, at, "org", Body(name, False, acronym=acronym))
            at = start + 1


def _spelt_from(line: Line, end: int, acronym: str) -> int:
    """Return the index from which the words before `end` have the letters of an acronym for their initials; -1 if none."""
    initials = ""
    if len(acronym) < 3 or not acronym.isalpha() or not acronym.isupper():
        return -1
    for start in range(end - 1, max(-1, end - _LONGEST_NAME), -1):
        chunk = line.chunks[start]
        if chunk.kind not in _SPELT:
            return -1
        initials = "".join(w[0] for w in chunk.text.split() if w[0].isupper()) + initials
        if initials == acronym:
            kinds = {c.kind for c in line.chunks[start:end]}
            return start if kinds & _PROPER else -1
        if len(initials) >= len(acronym):
            return -1
    return -1


_BODY = signs("body")
_NAMED = signs("body org")


# "My Minister for Finance and Treasury": no body of the Treasury's.
_IN_PORTFOLIO = pattern("post (of | for) det? (area comma?){1,6} and $")


def mark_known(line: Line, known: dict[str, Body], spoken: Collection[str]) -> None:
    """Find the acronyms and short names of bodies that the article or the lexicon spells out.

    `spoken` are the states of which the article speaks: an acronym of the lexicon means a body of one of them, or an
    international one.
    """
    gone = upto = 0  # how many chunks became parts of names, and where the last of these ended
    for index in line.where(_CAPITALISED):
        at = index - gone
        if index < upto or not (_begins_name[line.chunks[at].text] or line.chunks[at].text in known):
            continue
        body, size = _known(line, at, known, spoken)
        if body is not None and not _IN_PORTFOLIO.search(line.shape[max(0, at - 12) : at]):
            replace(line, at, at + size, "body" if body.public else "org", body)
            gone, upto = gone + size - 1, index + size


def _known(line: Line, at: int, known: dict[str, Body], spoken: Collection[str]) -> tuple[Body | None, int]:
    """Return the body that is named at `at` by a name that the article or the lexicon spells out, and how many chunks name it."""
    chunk = line.chunks[at]
    body = known.get(chunk.text) if chunk.kind in ("caps", "name") else None
    size = 1
    first = chunk.text.split(" ", 1)[0]
    if body is None and first in first_words():
        body, size = _listed(line, at, first_words()[first], spoken)
    if body is None and chunk.kind == "caps" and _MINISTRY_ACRONYM.fullmatch(chunk.text):
        body = Body(chunk.text, True)
    return body, size


_begins_name = Memory(
    lambda text: text.split(" ", 1)[0] in first_words() or _MINISTRY_ACRONYM.fullmatch(text) is not None
)


def _listed(line: Line, at: int, longest: int, spoken: Collection[str]) -> tuple[Body | None, int]:
    """Return the body of the lexicon that is named at `at`, by the longest of its names, and how many chunks name it."""
    known = agencies()
    name, size = "", 1
    text, end = "", line.chunks[at].start
    for index in range(at, len(line.chunks)):
        chunk = line.chunks[index]
        text = f"{text} {chunk.text}" if chunk.start > end else text + chunk.text
        if len(text) > longest:
            break
        if text in known:
            name, size = text, index + 1 - at
        end = chunk.end
    return (_chosen(name, known[name], spoken) if name else None), size


def _chosen(name: str, candidates: tuple[Agency, ...], spoken: Collection[str]) -> Body | None:
    """Return the body that a name means among its namesakes, given the states of which an article speaks."""
    for agency in candidates:
        if agency.code in spoken:
            return Body(agency.names[0], agency.public, agency.code, sure=0.85)
    for agency in candidates:
        if not agency.public:
            return Body(agency.names[0], False)
    if len(candidates) == 1 and len(name) > 3:
        return Body(candidates[0].names[0], True, sure=0.0)
    return None
