"""People: names of many orders, with the posts before and after them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace as change

from kg.grammar.classes import characters, pattern, signs
from kg.grammar.places import code_of
from kg.grammar.rules import Match, Rule, Table, replace, rewrite
from kg.grammar.titles import ABROAD, Title, is_firm, posts
from kg.grammar.words import Chunk, Line, portfolios
from kg.lexicons.places import country, places


class Person(Struct, frozen=True, gc=False):
    """A person as one mention names them."""

    name: str
    start: int  # of the name alone
    end: int
    titles: tuple[Title, ...] = ()
    honorific: bool = False
    weak: bool = False  # a mention that counts only if another one bears it out


# One word of a name, and the words that may begin or end one although they mean something else: "Park Jin", "Catherine
# King", "Samantha Power".
_WORD = "(Name | Caps | Initial)"
_QUOTE = "(open | close)"
_REST = (
    f"(hyphen (Name | word | Caps | particle) hyphen? | particle | Name | Caps | Initial | Suffix | {_QUOTE} (Name | name) {_QUOTE}"
    " | Demonym (?= Name | saying | comma | stop | and | dash | lparen | rparen | be | have | modal | $))"
)
_ENDING = "((Portfolio | Place | Sector | Bodyhead | Month | Nominal | Propose | Orghead | Postmod | Bare | Adverb | Saying | Honorific) (?! Name))"
_OPENING = f"({_WORD} | Suffix (?= Name Name) | (Orghead | Month | Modal | To) (?= Name | Initial) | Adverb (?= Name Name) | Pronoun (?= Name))"
_NAME = f"(particle{{0,3}} {_OPENING} {_REST}{{0,9}})"
_PLACE = (
    "State (?= comma | stop | saying | possessive | be | $)"  # a surname that is the name of a province or city too
)
_FULL = f"(particle{{0,3}} {_OPENING} {_REST}{{1,9}} | Particle {_OPENING})"  # "Do Hoang"
_HONORIFIC = "((honorific | Pronoun | Postmod (?= Name)) (lparen (honorific | suffix) rparen)? comma?)"
_JOINT = "(comma? and | comma | slash | dash | hyphen)"
_LETTERS = "(lparen suffix rparen)? (lparen? letters:(Post) rparen? (?! Post))?"
_ENDS = "(?= became | comma | stop | and | saying | have | be | semicolon | modal | dash | rparen | lparen | witness | sign | date | filler | bare | $)"


def _person(match: Match) -> Person | None:
    honorifics = match.group("honorific")
    if any(c.kind in ("pronoun", "postmod") and c.text not in ("HE", "Chief") for c in honorifics):
        return None  # "He", "First": words that only look like "His Excellency" and "Chief"
    chunks = _name(match)
    if not chunks or not _is_name(chunks):
        return None
    return Person(
        match.line.words(chunks),
        chunks[0].start,
        chunks[-1].end,
        tuple(_titles(match)),
        honorific=bool(honorifics),
        weak=not honorifics and _is_weak(match, chunks),
    )


def _name(match: Match) -> list[Chunk]:
    """Return the chunks of the name, without what a headline or a mark adds at its end."""
    chunks = match.group("who")
    loose = (
        ("particle", "hyphen", "open", "saying", "adverb") if _in_headline(match) else ("particle", "hyphen", "open")
    )
    while chunks and chunks[-1].kind in loose:
        chunks = chunks[:-1]
    return chunks


def _titles(match: Match) -> list[Title]:
    """Return the posts of a match, completed by the place, body or company that follows them."""
    before = match.group("titles")
    found = [c for c in [*before, *match.group("after")] if c.kind == "title"]
    if match.group("lone") and any(c.kind == "det" for c in before[1:]):
        found = found[-1:]  # "the President and the Minister of Trade, A": two people, of whom one is named
    titles = [c.value for c in found]
    place, within = match.first("of") or match.first("home") or match.first("inside"), match.first("within")
    if place is not None:
        here = bool(match.group("inside"))  # "the Commissioner for Energy in Kebbi, A"
        titles = [t if here and ABROAD.search(t.label) else change(t, code=t.code or code_of(place)) for t in titles]
    if within is not None:
        titles = [_within(t, within) for t in titles]
    if match.group("firm"):
        titles = [change(t, private=t.private or t.label.lower() in posts("common")) for t in titles]
    return titles + [Title(c.text, c.start, c.end) for c in match.group("letters")]


def _within(title: Title, chunk: Chunk) -> Title:
    """Return a post with the body that follows it after a comma: "Chief Executive, Food Agency"."""
    body = chunk.value
    private = not body.public and (title.private or is_firm(body.name))
    return change(title, body=body, code=title.code or body.code, private=private)


def _is_name(chunks: list[Chunk]) -> bool:
    words = [c.text for c in chunks if c.kind not in ("hyphen", "particle", "open", "close")]
    if chunks[0].kind == "state" and _level(chunks[0]) not in ("subdivision", "city"):
        return False
    if all(c.kind == "initial" for c in chunks) or (chunks[0].kind == "pronoun" and chunks[0].text != "He"):
        return False  # "Vice Premier He Lifeng"
    if len(words) == 1 and (len(words[0]) < 2 or words[0].lower() in portfolios()):
        return False
    acronym = len(words) == 1 and words[0].isupper() and len(words[0]) <= 3
    return len(words) <= 7 and not acronym


def _level(state: Chunk) -> str:
    code = code_of(state)
    return places()[code].level if code else ""


def _in_headline(match: Match) -> bool:
    """Tell whether a line is a headline, where verbs have capitals as names have; a sentence full of names is none."""
    return match.line.heading and match.line.chunks[-1].kind != "stop"


def _is_weak(match: Match, chunks: list[Chunk]) -> bool:
    """Tell whether a headline's verb or a lone word may have been taken for a name: "President Directs", "In Piura, the governor"."""
    headline = _in_headline(match)
    verb = any(c.text.endswith(("s", "ed", "ing")) for c in chunks)
    if len(chunks) > 1:
        return headline and verb and not match.match.start() and not match.group("after")
    if not headline:
        return bool(match.group("after"))
    after = match.line.shape[match.match.end() : match.match.end() + 1]
    return verb or after not in _CLOSING


_CLOSING = characters("comma stop colon possessive and dash rparen")


_TITLES = "titles:(title ((and | comma | slash | dash | hyphen)? det? title){0,4}) (in det? (inside:(state) | Name))?"
_AFTER = f"after:(det? ((word | bodyhead) possessive)? adverb{{0,3}} title ({_JOINT} det? title){{0,4}})"
_WITHIN = "(comma (of det?)? within:(body | org))?"
_OF = "(comma? of (det? of:(place | state) | firm:((Name | Caps){1,4}) | det? within:(body | org)) | lparen home:(state) rparen)?"
_NAMED = "(?<! Name | Caps)"  # "A Minister of X, B": badly edited, and the post is A's too
_SURNAME = "(Name | Caps | Adverb | Portfolio | Sector | Place)"  # "Stuart Young, Minister"
_APPOSED = f"(?<! (Name | Caps | Initial) {_SURNAME} comma)(?<! (Name | Caps | Initial) {_SURNAME} comma det)(?<! Name hyphen Name comma)(?<! Name hyphen Name comma det)"  # "A, Minister of X, B": the post is A's

PEOPLE = (
    Rule(
        "other-title-comma-name",
        f"(?<= title and det) {_TITLES} comma lone:(who:({_FULL} {_ENDING}?)) {_LETTERS} {_ENDS}",
        "person",
        _person,
        ("The Prime Minister and the [Premier of New South Wales, Ana Marsh], signed",),
        needs="comma",
    ),
    Rule(
        "titles-full-name",
        f"{_APPOSED} {_TITLES} who:({_FULL} {_ENDING}? | {_WORD} {_ENDING} (?! (post | noun | sign | of)) | {_NAME} | {_PLACE}) {_LETTERS} {_OF}",
        "person",
        _person,
        (
            "[Minister for Health Gan Kim Yong] said",
            "[USAID Administrator Samantha Power]",
            "[Prime Minister Thaksin Shinawatra of Thailand]",
            '[Attorney General Adriel "Addy" Brathwaite] and',
            "[Minister Park Jin] said",
            "Excellency [Ambassador Ishikawa], dear",
        ),
        needs="title",
    ),
    Rule(
        "titles-name",
        f"{_NAMED} ({_APPOSED} | (?= title honorific{{1,3}} Name)) {_TITLES} (comma | as)? det? honorific:({_HONORIFIC}{{1,5}}) {_QUOTE}? who:({_FULL} {_ENDING}? | {_OPENING} {_ENDING} | {_NAME} | {_PLACE}) {_LETTERS} {_OF}",
        "person",
        _person,
        (
            "the [Minister of Industry and Commerce, Hon. Rishad Bathiudeen], said",
            "to Jo Ramo, [Director Dr Ana Bell], Rui",
            "[Foreign Minister Mr. Wang Yi] met",
            "[Chief Executive Dr Paul Young], who",
        ),
        needs="honorific Pronoun Postmod",
    ),
    Rule(
        "title-comma-name",
        f"{_NAMED} {_APPOSED} {_TITLES} (comma det? within:(body | org) (in det? state)?)? comma lone:(who:({_FULL} {_ENDING}? | {_OPENING} {_ENDING})) {_LETTERS} {_ENDS}",
        "person",
        _person,
        ("the [Prime Minister of Israel, Benjamin Netanyahu], and", "the [Member for Ballarat, Catherine King].", "by [Principal Secretary, Food Agency, Yogesh Rao], and"),
        needs="comma",
    ),
    Rule(
        "name-comma-titles",
        f"honorific:({_HONORIFIC}{{0,5}}) who:({_FULL} {_ENDING}? | {_WORD} {_ENDING} | {_WORD}) (comma? lparen? letters:(Post) rparen?)? (comma | dash | lparen) {_AFTER} (?! honorific{{1,3}} Name | Name (Name | Initial)) {_WITHIN} (comma of:(state) (?= comma | and | stop | rparen | $))?",
        "person",
        _person,
        (
            "[Stanley Loh, Permanent Secretary for Sustainability and the Environment], said",
            "[Amy Khor, Senior Minister of State for Health]",
            "by [Mr Lim Boon Tat, Chief Executive Officer, Singapore Food Agency] and",
        ),
        needs="title",
    ),
    Rule(
        "name-became-title",
        f"honorific:({_HONORIFIC}{{0,5}}) who:({_FULL} {_ENDING}?) comma? (have | be | filler){{0,4}} became {_AFTER}",
        "person",
        _person,
        ("[Preethi Surasena was sworn in as Chief Justice]",),
        needs="became",
    ),
    Rule(
        "appointed-name-title",
        f"(?<= became) honorific:({_HONORIFIC}{{0,5}}) who:({_FULL} {_ENDING}?) (as | comma)? {_AFTER}",
        "person",
        _person,
        ("has appointed [Ana Silva as Director of the Office of Statistics]", "named [Ola Strand Minister of Trade]"),
        needs="became",
    ),
    Rule(
        "honorific-name-as-title",
        f"honorific:({_HONORIFIC}{{1,5}}) who:({_FULL} {_ENDING}?) as {_AFTER}",
        "person",
        _person,
        ("to appoint [Mr. K.D.S. Ruwanpathira as the Director General]",),
        needs="as",
    ),
    Rule(
        "honorific-name-title",
        f"honorific:({_HONORIFIC}{{1,5}}) who:({_FULL}) {_AFTER} {_ENDS}",
        "person",
        _person,
        ("and [Dr. Nandika Sanath Kumara Secretary to the President], Roshan",),
        needs="honorific",
    ),
    Rule(
        "honorific-name",
        f"honorific:({_HONORIFIC}{{1,5}}) {_QUOTE}? who:({_FULL} {_ENDING}? | {_OPENING} {_ENDING} | {_NAME} | {_ENDING}) {_LETTERS}",
        "person",
        _person,
        ("[Dr Thaksin] and I", "the [Hon Warren Tait MP], the"),
        needs="honorific Pronoun Postmod",
    ),
)  # fmt: skip

# What the words around people say of them, once they are found.
_BESIDE = "((?<= person and) | (?<= person comma) | (?<= person comma and))"

RELATED = (
    Rule(
        "person-became-title",
        f"who:(person) comma? (became | as) {_AFTER} {_WITHIN}",
        "person",
        lambda match: _more(match, _titles(match)),
        ("[Hon. Gamini Silva, the Prime Minister, in his capacity as the Minister of Finance], to",),
        needs="became as",
    ),
    Rule(
        "person-comma-titles",
        f"who:(person) comma {_AFTER} {_WITHIN} (?= comma | rparen | stop | dash)",
        "person",
        lambda match: _more(match, _titles(match)),
        ("[Senator Deborah Lyle, the Minister for Rural Health], said",),
        needs="title",
    ),
    Rule(
        "person-comma-letters",
        "who:(person) comma letters:(Post) (?= comma | stop | saying | and | semicolon | rparen | $)",
        "person",
        lambda match: _more(match, _titles(match)) if _are_letters(match) else None,
        ("[Shadow trade minister Ana Silva, MP], said",),
        needs="post",
    ),
    Rule(
        "person-signs-for-state",
        "who:(person) (?= (filler | comma | adverb | modal){0,3} (sign | bare) ~stop{0,5}? (for | onbehalf) det? of:(state))",
        "person",
        lambda match: _for_state(match),
        (
            "[Foreign Minister Ana Silva] signed for Peru",
            "[Ambassador Ola Strand] signed the treaty on behalf of Norway",
        ),
        needs="sign bare",
    ),
    Rule(
        "person-from-side",
        "who:(person) (?= from det? of:(state))",
        "person",
        lambda match: _for_state(match),
        ("signed by [Ambassador Ana Silva] from the Peruvian side and",),
        needs="from",
    ),
    Rule(
        "another-signs-for-state",
        "(?<= (for | onbehalf) state and) who:(person) (?= (for | onbehalf) det? of:(state))",
        "person",
        lambda match: _for_state(match),
        ("Minister Ana Silva signed for Peru and [Ambassador Ola Strand] for Norway",),
        needs="for onbehalf",
    ),
    Rule(
        "for-state-by-person",
        "((?<= for state by) | (?<= for det state by) | (?<= onbehalf state by) | (?<= onbehalf det state by)) who:(person)",
        "person",
        lambda match: _for_state(match, match.line.chunks[match.match.start() - 2]),
        ("signed on behalf of Kenya by Minister Jo Ramo and for the Government of Peru by [Minister Ana Silva]",),
        needs="for onbehalf",
    ),
    Rule(
        "state-represented-by",
        "((?<= by) | (?<= by det)) who:(person)",
        "person",
        lambda match: _represented(match),
        (
            "Peru was represented by [Ambassador Rosa Silva].",
            "Peru was represented at the talks by the Minister Rosa Silva, and Chile by [Minister Juan Rojas].",
        ),
        needs="by",
    ),
    Rule(
        "person-who-heads-body",
        "who:(person) comma clause? heads:(word | title) det? within:(body)",
        "person",
        lambda match: _heading(match, match.group("heads")[0], match.group("within")[0]),
        ("[Principal Secretary Jonam Kiprop, who heads the Ministry of Health], and",),
        needs="body",
    ),
    Rule(
        "body-led-by",
        "(?<= body comma word by) who:(person)",
        "person",
        lambda match: _led(match),
        ("the Food Agency, led by [Mr John Fahey], to",),
        needs="body",
    ),
)

# Those who share a title in the plural with the one before.
SHARED = (
    Rule(
        "plural-title",
        f"{_BESIDE} honorific:({_HONORIFIC}{{0,5}}) who:({_FULL} {_ENDING}?)",
        "person",
        lambda match: _sharing(match),
        ("Ministers Anna Bell and [John Cole] said",),
    ),
)
_PEOPLE = Table(PEOPLE, "title honorific")
_RELATED = Table(RELATED, "person")
_SHARED = Table(SHARED)


def _more(match: Match, titles: list[Title]) -> Person:
    person: Person = match.group("who")[0].value
    return change(person, titles=(*person.titles, *titles))


def _for_state(match: Match, state: Chunk | None = None) -> Person:
    """Return a person with the state for which they act, unless their posts tell another one."""
    person: Person = match.group("who")[0].value
    code = code_of(state or match.group("of")[0])
    titles = (t if t.code or t.body else change(t, code=_acting_for(t, code)) for t in person.titles)
    return change(person, titles=tuple(titles))


def _acting_for(title: Title, code: str) -> str:
    """Return the state for which a capital stands, unless it has a post of its own: a minister who "signed for Nairobi"."""
    return country(code) if code and not title.level and places()[code].capital else code


def _represented(match: Match) -> Person | None:
    """Return a person with the state for which they speak: "Peru was represented by A, and Chile by B"."""
    lead = match.line.chunks[: match.match.start()]
    at = next((i for i in range(len(lead) - 1, -1, -1) if lead[i].kind in _NEAREST), -1)
    if at < 0 or lead[at].kind != "state":
        return None
    between = {c.text.lower() for c in lead[at + 1 :]}
    again = between <= {"by", "the"} and any(c.text.lower() == "represented" for c in lead[:at])
    return _for_state(match, lead[at]) if again or "represented" in between else None


_NEAREST = frozenset(("state", "person", "title", "stop", "semicolon"))


def _are_letters(match: Match) -> bool:
    return match.group("letters")[0].text.lower() in posts("letters")


def _heading(match: Match, verb: Chunk, body: Chunk) -> Person | None:
    """Return a person with the body that they are said to lead, by whatever title."""
    if verb.text.lower() not in ("heads", "leads", "chairs", "led", "headed", "chaired", "directs", "runs"):
        return None
    return _more(match, [Title("", body.start, body.end, body.value.code, body.value)])


def _led(match: Match) -> Person | None:
    at = match.match.start()
    return _heading(match, match.line.chunks[at - 2], match.line.chunks[at - 4])


def _sharing(match: Match) -> Person | None:
    """Return a person who shares a title in the plural with the one named before: "Ministers A and B"."""
    before = next(c.value for c in reversed(match.line.chunks[: match.match.start()]) if c.kind == "person")
    shared = tuple(t for t in before.titles if t.among)
    person = _person(match)
    return change(person, titles=shared) if person and shared else None


# Honorifics that are names too, inside a name: "Hassan Sheikh Mohamud", "Willem King Abbott".
_NAMES_TOO = frozenset(
    "sheikh shaikh shaykh sheik tun haji ato ratu tui oba awang tengku tunku pengiran king prince sultan emir amir sayyid bishop major judge general lord pasha".split()
)
_INSIDE = pattern("(Name | Initial) honorific:(Honorific) (?= Name | Initial)")


def _unhonour(line: Line) -> None:
    """Take an honorific in the middle of a name for a part of it."""
    for found in _INSIDE.finditer(line.shape):
        at = found.start("honorific")
        if line.chunks[at].text.lower() in _NAMES_TOO:
            line.reclass(at, "name")


def mark_people(line: Line) -> None:
    """Find the people of a line who have a post or an honorific."""
    _unhonour(line)
    rewrite(line, _PEOPLE)
    if _LEFT.search(line.shape):
        rewrite(line, _PEOPLE)  # "Director Dr A, Secretary B": what follows A is no post of A's once A is known
    rewrite(line, _RELATED)
    if any(t.among for at in line.where(_PERSON) for t in line.chunks[at].value.titles):
        rewrite(line, _SHARED)
        _distribute(line)


_PERSON = signs("person")
_LEFT = pattern("person (comma | and){1,2} det? title (Suffix? Name | Initial)")


# A name on a line of its own, whose post stands on the next: a signature, a place card.
_NAME_ALONE = pattern(f"{_HONORIFIC}{{0,5}} who:({_FULL} {_ENDING}?) comma?")
_POST_ALONE = pattern(
    "det? title ((and | comma | slash | dash)? det? title){0,3} (comma? of? det? (state | body | org)){0,2} (stop | comma)?"
)
_PERSON_ALONE = pattern("person comma?")
_FOR_STATE = pattern("(for | onbehalf) det? of:(state | body) (colon | comma | stop)?")


def mark_signatures(lines: Sequence[Line]) -> None:
    """Find the people whose names stand on one line and whose posts on the next, with the state for which they sign."""
    for at, (line, after) in enumerate(pairwise(lines)):
        if not (titles := _posts_alone(after)):
            continue
        if _PERSON_ALONE.fullmatch(line.shape) and not line.chunks[0].value.titles:
            line.chunks[0].value = change(line.chunks[0].value, titles=tuple(_for_side(titles, lines, at)))
        if not (found := _NAME_ALONE.fullmatch(line.shape)):
            continue
        chunks = line.chunks[found.start("who") : found.end("who")]
        titles = _for_side(titles, lines, at)
        person = Person(line.words(chunks), chunks[0].start, chunks[-1].end, tuple(titles))
        replace(line, found.start("who"), found.end("who"), "person", person)


def _for_side(titles: list[Title], lines: Sequence[Line], at: int) -> list[Title]:
    """Return the posts of a name that stands alone on a line, with the state or the body for which the line above says it signs."""
    side = _FOR_STATE.fullmatch(lines[at - 1].shape) if at else None
    if side is None:
        return titles
    of = lines[at - 1].chunks[side.start("of")]
    code = of.value.code if of.kind == "body" else code_of(of)
    return [t if t.code or t.body else change(t, code=code) for t in titles]


def _posts_alone(line: Line) -> list[Title]:
    """Return the posts of a line that holds nothing but posts and those whom they serve."""
    if not _POST_ALONE.fullmatch(line.shape):
        return []
    last = line.chunks[-1] if line.chunks[-1].kind not in ("stop", "comma") else line.chunks[-2]
    titles = [c.value for c in line.chunks if c.kind == "title"]
    if last.kind == "state":
        return [change(t, code=t.code or code_of(last)) for t in titles]
    return [change(t, body=t.body or last.value) for t in titles] if last.kind in ("body", "org") else titles


def _distribute(line: Line) -> None:
    """Give each of those who share a title in the plural a post of their own, in the order in which they are named."""
    sharing = [c for c in line.chunks if c.kind == "person" and any(t.among for t in c.value.titles)]
    for chunk in sharing:
        person: Person = chunk.value
        chunk.value = change(person, titles=tuple(_own(person, t, sharing) for t in person.titles))


def _own(person: Person, title: Title, sharing: list[Chunk]) -> Title:
    if not title.among:
        return title
    holders = [c.value for c in sharing if any(t.start == title.start for t in c.value.titles)]
    if len(title.among) == len(holders):
        return title.among[next(i for i, p in enumerate(holders) if p.start == person.start)]
    return title.among[0] if len(title.among) == 1 else change(title, among=())


def mark_known(line: Line, known: Container[str]) -> Iterator[Person]:
    """Find people again by their names alone, and yield them: `known` holds the words of names, lower case."""
    at = -1
    while found := _NAMING.search(line.shape, at + 1):
        at = found.start()
        chunk = line.chunks[at]
        if chunk.text.lower() in known and not _is_of_stranger(line, at):
            end = _end_of_name(line, at, known)
            name = line.words(line.chunks[at:end])
            person = Person(name, chunk.start, line.chunks[end - 1].end)
            yield replace(line, at, end, "person", person).value


def _is_of_stranger(line: Line, at: int) -> bool:
    """Tell "Abdul Ghafoor Mohamed", where a Mohamed is known, from a known name alone: two other names stand before it."""
    return not line.heading and _STRANGER.search(line.shape, 0, at) is not None


_STRANGER = pattern("(Name | Initial | particle) Name $")
_NAMING = pattern("(Name | Caps | Initial | Portfolio | Place)")


def _end_of_name(line: Line, at: int, known: Container[str]) -> int:
    """Return the index after a name that begins at `at`: its words are known, with hyphens, particles and initials between."""
    end = at + 1
    while end < len(line.chunks):
        chunk = line.chunks[end]
        following = line.chunks[end + 1].text.lower() if end + 1 < len(line.chunks) else ""
        if chunk.kind in ("hyphen", "particle", "initial") and following in known:
            end += 2
        elif chunk.text.lower() in known and chunk.text[:1].isupper() and chunk.kind not in ("person", "title"):
            end += 1
        else:
            break
    return end
