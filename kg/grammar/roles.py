"""Roles: who stands before and after a word of a sentence, as coordinated lists of states, bodies and people."""

from __future__ import annotations

from kg.grammar.bodies import Body
from kg.grammar.classes import characters, pattern
from kg.grammar.places import code_of
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country, places

ACTORS = frozenset(("state", "body", "org", "person"))
_JOINS = frozenset(("and", "comma", "slash"))
# What may stand around an actor of a list: "the Republic's newly appointed", "visiting", "Mr".
_AROUND = frozenset(
    "det possessive filler honorific adverb postmod demonym hyphen title number year government unit open close quote".split()
)
_FILL = frozenset("word wish name caps portfolio sector orghead adverb bodyhead post cooperate nominal".split())
_WHERE = frozenset(("in", "to", "on"))  # before a state: where something happens, no actor
_WHO = frozenset(("title", "person"))
_PART_OF_MORE = frozenset("possessive hyphen post saying honorific person title initial".split())
_NAMES = frozenset(("name", "caps"))
_MOST_FILL = 4  # words between the members of a list that no class explains
_VERB_GROUP = frozenset(
    "modal have be not filler adverb date plan to comma word today yesterday tomorrow went yet".split()
)


def after(line: Line, at: int, *, names: bool = True) -> list[Chunk]:
    """Return the coordinated actors that follow: "Kenya, Peru and the Ministry of Health of Ghana".

    With `names`, a proper name that no rule knows is taken for an organisation: "with Sinopec".
    """
    found: list[Chunk] = []
    chunks = line.chunks
    filled = 0
    joined = True
    closed = False  # after "and X" a comma ends the list: "A and the University of B, Canada"
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind == "lparen":
            at = _closed(line, at)
            continue
        if _is_seat(chunks, at):
            at += 3  # "the Lima-based Water Institute"
            continue
        compound = _COMPOUND.match(line.shape, at)
        if compound and joined:
            found.append(organisation(line, at, compound.end()))
            joined, filled = False, 0
            at = compound.end()
            continue
        if chunk.kind == "state" and _OWNED.match(line.shape, at):
            at += 2  # "Japan's METI": the ministry
            continue
        firm = _FIRM.match(line.shape, at) if chunk.kind == "state" and joined and names else None
        if firm and line.chunks[firm.start("firm")].text.lower() in _FIRMS:
            found.append(organisation(line, firm.start("who"), firm.end("who")))
            joined, filled = False, 0
            at = firm.end()
            continue
        if chunk.kind in ACTORS or _stands_alone(line, at):
            if not joined:
                break
            found.append(chunk)
            joined, filled = False, 0
            closed = closed or "and" in (c.kind for c in chunks[max(0, at - 2) : at])
            at = at + 3 if _is_where(chunks[at : at + 3]) else _belonging(line, at)
            if chunk.kind == "person" and (side := _FROM_SIDE.match(line.shape, at)):
                at = side.end()
            continue
        if chunk.text.lower() in ("him", "her") and not found:
            joined = False
            at += 1
            continue
        name = _named(line, at) if joined and names else 0
        if name:
            found.append(organisation(line, at, at + name))
            joined, filled = False, 0
            at += name
            continue
        if closed and chunk.kind == "comma":
            break
        if chunk.kind in _JOINS or chunk.kind == "between" or (chunk.kind == "with" and chunks[at - 1].kind == "and"):
            joined, filled = True, 0
        elif chunk.kind in _FILL and filled < _MOST_FILL and (joined or not found):
            filled += 1
        elif chunk.kind == "of" and joined and filled:
            pass  # "and the respective departments of Kenya, Peru and Chile"
        elif chunk.kind not in _AROUND and not (chunk.kind in ("of", "in") and not found):
            break
        at += 1
    return found


_OWNED = pattern("state possessive (body | org)")
# "China's CCECC", "the UAE firm HBK": the company, not the state.
_FIRM = pattern(
    "state firm:(possessive | word | orghead | private | adverb) who:((Name | Caps) (Name | Caps | and (?= Name)){0,3}) (?! post | title | hyphen)"
)
_FIRMS = frozenset(
    "'s ’s firm company group giant developer contractor conglomerate consortium operator producer miner utility bank start-up startup "
    "shipbuilder manufacturer".split()
)


def _stands_alone(line: Line, at: int) -> bool:
    """Tell whether a title is a person's only name here: "the Secretary and Foreign Minister signed"."""
    return line.chunks[at].kind == "title" and (at + 1 == len(line.chunks) or line.chunks[at + 1].kind != "person")


def _is_where(chunks: list[Chunk]) -> bool:
    """Tell whether three chunks are a place and the country that it lies in: "Ulsan, South Korea"."""
    if [c.kind for c in chunks] != ["state", "comma", "state"]:
        return False
    place, where = str(chunks[0].value), str(chunks[2].value)
    return place != where and country(place) == country(where) and where == country(where)


def _closed(line: Line, at: int) -> int:
    """Return the index after the bracket that opens at `at`."""
    depth = 0
    for index in range(at, len(line.chunks)):
        depth += (line.chunks[index].kind == "lparen") - (line.chunks[index].kind == "rparen")
        if depth == 0:
            return index + 1
    return len(line.chunks)


def _belonging(line: Line, at: int) -> int:
    """Return the index after an actor and what says whose it is: "the Institute of Foreign Affairs (IFA) of Nepal"."""
    chunks = line.chunks
    size = len(chunks)
    end = at + 1
    if end < size and chunks[end].kind == "lparen":
        end = _closed(line, end)
    while end + 1 < size and chunks[end].kind == "of":
        owner = end + 2 if chunks[end + 1].kind == "det" else end + 1
        if owner >= size or chunks[owner].kind not in ("state", "org", "body"):
            break
        end = owner + 1
        if end < size and chunks[end].kind == "lparen":
            end = _closed(line, end)
    if end + 1 < size and chunks[end].kind == "comma" and chunks[at].kind == "body" and _is_government(chunks[end + 1]):
        return end + 2  # "the Ministry of Fisheries, Government of India"
    if chunks[at].kind in ("org", "body") and (_IN_ITS_COUNTRY.match(line.shape, end) or _is_in_its_city(line, end)):
        return end + 2  # "the University of Lima, Peru."
    return end


def _is_in_its_city(line: Line, at: int) -> bool:
    """Tell "the Humanities University, Moscow and the Language School, Islamabad" from a list in which a city is a party."""
    if not _THEN_ANOTHER.match(line.shape, at):
        return False
    code = code_of(line.chunks[at + 1])
    return bool(code) and places()[code].level == "city"


_THEN_ANOTHER = pattern("comma state comma? and det? (org | body)")
_IN_ITS_COUNTRY = pattern("comma state (stop | semicolon | to | for | on | clause | $)")


_FROM_SIDE = pattern("(from | for | onbehalf) det? state (?= and | comma)")  # "by A from the Peruvian side and B"
# "the US-ASEAN Business Council": a name that begins with a state is no state.
_COMPOUND = pattern("state hyphen (org | Name | Caps | state) (Orghead | Bodyhead | Name | Caps){1,4}")


def _is_government(chunk: Chunk) -> bool:
    return chunk.kind == "state" and "overnment" in chunk.text


# "With Central and Eastern European nations": parts of the world are no parties.
_REGIONS = frozenset(
    "caribbean pacific africa african europe european asia asian america american latin north south east west central eastern western "
    "northern southern southeast middle gulf balkans balkan nordic baltic sahel maghreb levant arctic oceania eurasia mediterranean".split()
)


def _named(line: Line, at: int) -> int:
    """Return how many chunks of an unknown proper name stand at `at`, where a list wants an actor: "with Sinopec"."""
    size = 0
    while at + size < len(line.chunks) and line.chunks[at + size].kind in _NAMES:
        size += 1
    words = {c.text.lower() for c in line.chunks[at : at + size]}
    if not size or line.heading or words <= _REGIONS or (size == 1 and len(line.chunks[at].text) < 3):
        return 0
    if any(c.text.lower() in ("counterpart", "counterparts") for c in line.chunks[max(0, at - 3) : at]):
        return 0  # a person
    after_it = line.chunks[at + size].kind if at + size < len(line.chunks) else "stop"
    return 0 if after_it in _PART_OF_MORE else size


def organisation(line: Line, start: int, end: int) -> Chunk:
    """Return a chunk for an organisation that only its place in a list of parties shows to be one."""
    words = line.chunks[start:end]
    name = " ".join(c.text for c in words)
    return Chunk("org", words[0].start, words[-1].end, name, Body(name, False), words)


def before(line: Line, at: int, start: int) -> list[Chunk]:
    """Return the coordinated actors that end before `at`, back to `start`: the subject of a verb."""
    chunks = line.chunks
    index = at - 1
    while index >= start and (
        chunks[index].kind in _VERB_GROUP or (chunks[index].kind == "on" and chunks[index + 1].kind == "date")
    ):
        index -= 1
    found: list[Chunk] = []
    joined = True
    while index >= start:
        chunk = chunks[index]
        if chunk.kind == "state" and index - 2 >= start and _is_where(chunks[index - 2 : index + 1]):
            index -= 2  # "Ulsan, South Korea": the city
            continue
        if (
            chunk.kind == "state"
            and index - 2 >= start
            and chunks[index - 1].kind == "from"
            and chunks[index - 2].kind in _WHO
            and not (
                found and joined and all(c.kind == "state" for c in found)
            )  # "Ministers from Kenya, Peru and Chile"
        ):
            index -= 2  # "his counterpart from Ulsan"
            continue
        if chunk.kind == "state" and index == 0 and chunks[1].kind == "date":
            break  # the place from which the article is dated
        owned = _owned(line, index, start) if chunk.kind == "state" else -1
        if owned >= 0:
            index = owned  # "the Institute of Foreign Affairs of Nepal": the institute, not Nepal
            continue
        if _is_seat(chunks, index):
            index -= 1
            continue
        if chunk.kind in ("org", "body") and found and _introduces(line, index, start):
            break  # "On the sidelines of the Forum, A and B signed"
        if chunk.kind in ("org", "body") and index + 1 < at and chunks[index + 1].kind in ("unit", "person"):
            index -= 1  # "Bayside Council Mayor A": where the mayor is
            continue
        if chunk.kind in ACTORS or _stands_alone(line, index):
            if not joined or (index > start and chunk.kind == "state" and chunks[index - 1].kind in _WHERE):
                break
            found.append(chunk)
            joined = False
        elif chunk.kind in _JOINS or chunk.kind in ("of", "for", "onbehalf", "with"):
            joined = True
        elif chunk.kind == "rparen":
            while index > start and chunks[index].kind != "lparen":
                index -= 1
        elif joined and not line.heading and (size := _unknown(line, index, start)):
            index -= size - 1
            found.append(organisation(line, index, index + size))
            joined = False
        elif chunk.kind in _FILL and index + 1 < at and chunks[index + 1].kind == "possessive":
            pass  # "the city's"
        elif chunk.kind not in _AROUND and chunk.kind not in ("date", "lparen", "pronoun"):
            break
        index -= 1
    return found[::-1]


def _is_seat(chunks: list[Chunk], at: int) -> bool:
    """Tell whether a state only says where an actor is: "the Lima-based Water Institute"."""
    state, *after = chunks[at : at + 3]
    return state.kind == "state" and [c.kind for c in after] == ["hyphen", "word"] and after[1].text.lower() == "based"


_NAMES_EVENT = frozenset("name caps adverb postmod and hyphen state portfolio sector number".split())
_SETTING = frozenset("during at amid alongside within under following after".split())


def _introduces(line: Line, index: int, start: int) -> bool:
    """Tell whether what stands at `index` is where something happens rather than who does it."""
    first = index
    while first > start and line.chunks[first - 1].kind in _NAMES_EVENT:
        first -= 1  # "at the Strategic and Economic Dialogue", of which a rule knows the end alone
    before = [c for c in line.chunks[max(start, first - 2) : first] if c.kind != "det"]
    text = before[-1].text.lower() if before else ""
    return text in _SETTING or text.endswith("sidelines of")


def _unknown(line: Line, last: int, start: int) -> int:
    """Return how many chunks of an unknown proper name end at `last`, if it is coordinated with an organisation; else 0.

    "The National Gas Company and Staatsolie signed", "Business Oregon and the Timber Bureau signed": only what stands
    beside an organisation or a body is taken for one, since most unknown names are of people.
    """
    first = last
    while first >= start and line.shape[first] in _UNKNOWN:
        first -= 1
    size = last - first
    outside = first
    if outside > start and line.chunks[outside].kind == "and" and line.chunks[outside - 1].kind == "rparen":
        outside = next(
            (i for i in range(outside, start, -1) if line.chunks[i].kind == "lparen"), first
        )  # "the Bureau (TB) and X"
    before = [*line.chunks[max(start, outside - 2) : outside], line.chunks[first]] if first >= start else []
    after = line.chunks[last + 1 : last + 4]
    beside = [c.kind for c in before if before and before[-1].kind in ("and", "det")]
    beside += [c.kind for c in after if after and after[0].kind == "and"]
    return size if size and not {"org", "body"}.isdisjoint(beside) and "person" not in beside else 0


_UNKNOWN = frozenset(characters("Name Caps"))


def _owned(line: Line, at: int, start: int) -> int:
    """Return the index of the body or organisation that the state at `at` follows as its owner; -1 where there is none."""
    index = at - 1
    if index >= start and line.chunks[index].kind == "det":
        index -= 1
    if index < start or line.chunks[index].kind != "of":
        return -1
    index -= 1
    if index >= start and line.chunks[index].kind == "rparen":
        while index > start and line.chunks[index].kind != "lparen":
            index -= 1
        index -= 1
    return index if index >= start and line.chunks[index].kind in ("org", "body") else -1


def people(chunks: list[Chunk]) -> list[Chunk]:
    """Return the persons among some actors, named or by their titles alone."""
    return [c for c in chunks if c.kind in ("person", "title")]
