"""Frames: what a sentence says of an instrument: who stands in which role, how far it has come, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct, field

from kg.grammar import roles
from kg.grammar.classes import char, characters, pattern, signs
from kg.grammar.places import code_of
from kg.grammar.stages import CUES, Reached, reached
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import places

_SIGNING = frozenset(("sign", "bare", "nominal"))
_EVENT = frozenset("nominal instrument sign bare ceremony".split())
_PASSIVE = frozenset(("be", "plan", "filler"))
_ELSE = frozenset("sign bare saying clause subclause nominal have modal".split())
_LEAVES = frozenset(
    "modal saying bare witness presence but".split()
)  # beyond these a sentence speaks of something else
_SIGNED_BY = frozenset("sign initialled issue filler date bare instrument".split())
_INTRANSITIVE = frozenset(
    ("force", "lapse", "postpone")
)  # "entered into force", "expired": no instrument is their object
_DATED = frozenset(("force", "presence"))  # cues besides those of signing whose day and place are the agreement's
_TAKES_SUBJECT = frozenset(
    ("sign", "bare", "initialled", "negotiate", "end", "force", "reject", "agreed", "issue", "ratify")
)
_TAKES_PEOPLE = frozenset(("sign", "bare", "initialled"))  # other cues show parties, and nobody who signs
_NOUN_PHRASE = frozenset(
    "det adverb number word sector portfolio cooperate nonbinding binding demonym hyphen open postmod".split()
)
_PREPOSITIONS = frozenset("of for to in with about as on from".split())
_VERSIONS = frozenset("text texts draft version terms copies copy content contents series number set package".split())
_LIMITS = frozenset("until to till by since through".split())
_NONE = 2.6  # how plainly "no agreement was signed" tells that none was
_GOING_ON = signs("sign bare nominal presence witness")
_AHEAD = 3  # chunks of a clause among which stands where something is to happen, if it stands before the verb
_FAR = 10  # chunks between a cue and its object beyond which they have nothing to do with one another
_LOOSE = frozenset(("sign", "nominal", "bare"))  # cues that may stand further away

# After an instrument, what belongs to it ("between A and B on C, which"), then the verb of which it is the subject.
_PREDICATE = pattern(
    "(comma clause ~comma{1,12} comma)? ~halting{0,40}? (comma? but pronoun)? (be | have | modal | yet) (be | have | modal | not | yet | filler | adverb | plan | to | date | word | today | yesterday){0,8}?"
    " cue:(sign | bare | initialled | postpone | force | ratify | end | lapse | reject | approve | negotiate | issue)"
)
# "The agreement is in the final stages of drafting".
_STAGE = pattern("~halting{0,20}? be (adverb | filler)? in det? (adverb | word | postmod){0,3} of? cue:(negotiate)")
# Right after it: "the treaty signed in Rome", "the agreement, initialled in May,", "the deal expired".
_DIRECT = pattern(
    "(lparen ~rparen rparen)? comma? clause? (be | have | plan)? filler? cue:(sign | initialled | postpone | force | ratify | end | lapse | reject)"
)
# "The agreement which Kenya and Peru had signed in Rome", "the treaty that Kenya wants to end": of which it is the object.
_WHICH = pattern(
    "comma? which:(clause | det) (det | actor | title | and | comma | pairword | pairpeople | adverb | postmod | demonym | pronoun | word"
    " | government | name | caps | orghead | bodyhead | portfolio){1,12}? (have | filler | modal | be | plan | to | date | adverb){0,4}"
    " cue:(sign | bare | initialled | ratify | end | reject | negotiate)"
)
_ROW = pattern("date comma place:(state) (slash | $)")  # of a table: "13 October 1995, Lima / In force"
_AFTERWARDS = pattern("~leaving{0,24}? (for year (hyphen | dash) year)? in place:(state) (?! and state | or state)")
IN_PLACE = pattern("in place:(state) (?! and state | possessive)")
# "The MoU, which expired in 2016, was renewed": what the sentence itself says, not the clause within it.
_BEYOND = pattern(
    "~halting{0,30}? comma clause ~comma{1,14} comma (be | have | modal) (be | have | modal | not | yet | filler | adverb | plan | to | date | word){0,8}?"
    " cue:(sign | bare | initialled | postpone | force | ratify | end | lapse | reject | approve | negotiate)"
)
# "The MoU we signed today": of which it is the object, without "which".
_WE = pattern("subject:(pronoun) (have | filler)* cue:(sign)")
# "An older MoU on domestic helpers, signed in Jakarta,": after its topic.
_APPOSED = pattern("~halting{0,10}? comma clause? (be | have)? filler? cue:(sign | initialled | ratify)")
# "MoU on tourism cooperation jointly signed by A and B": whoever signed it follows.
_SIGNED_THEN_BY = pattern("~halting{0,14}? cue:(sign | initialled) (filler | date)? by")
# "The agreement under which Malawi could buy maize expired on Monday": words that are said of agreements only.
_LATER = pattern("~boundary*? cue:(force | lapse)")
_CAME = ("entered", "came", "took", "went", "expired", "lapsed")  # of the agreement signed before, what has come since
_FOR_SIDE = pattern(
    "who:(person) (comma (title | of | postmod | and | area | det){1,8} comma)? (comma | sign | bare | modal | filler | det | instrument | date | be | adverb | pronoun)* (for | onbehalf of?) (det? side:(party | government | bodyhead | private) | det own:(word))"
)
_OWN_SIDES = frozenset(
    "country nation side state organisation organization institution institute university company agency "
    "countries nations sides states organisations organizations institutions universities companies agencies".split()
)
_PAIR_OF_POSTS = pattern("pairword possessive title")  # "the two countries' agriculture ministers"
_NUMBERED = pattern(
    "(number (stop | rparen)? | bullet | dash | hyphen | lparen ~rparen rparen) Instrument"
)  # "2. Protocol on"
_TALKS_BETWEEN = pattern("negotiate between:(between) det? (state | body) ~boundary{1,12} (on | for | about | to)")
_PAIRED = pattern("state (hyphen | dash | slash) state $")
_COMMA = char("comma")
_COLON = char("colon")
_TALKS = tuple(characters("negotiate"))
_CHANGES = frozenset(
    "reopening renegotiation renegotiating revision revising amendment amending review changes changing".split()
)
_MARKS = frozenset(("bullet", "lparen", "number", "dash", "hyphen"))  # with which items of lists begin
_AMENDING = frozenset("to amending supplementing replacing implementing revising extending updating renewing".split())
_UNDER = frozenset("under through via".split())
_IDIOMS = frozenset("line accordance keeping conformity compliance connection tandem parallel dealing".split())
_AGREED = frozenset("agreed agree pledged undertook committed".split())
_WILL = pattern("filler? (modal | plan | have? sign)")
# "Ministers A (left) and B at the signing ceremony": they are there, and nothing says that they sign.
_AT_CEREMONY = pattern("who:(person (person | and | comma | lparen ~rparen{0,6} rparen)*) in det? adverb? nominal")
_AND_CUE = pattern("~boundary{0,24}? (and | comma) (filler | be | have)* cue:(force | ratify | sign | end | lapse)")
_INSTRUMENT = signs("instrument")
_SEEING = signs("presence witness nominal")


class Frame(Struct, eq=False):
    """What one sentence says of one instrument; indices are of line.chunks."""

    line: Line
    at: int  # of the instrument; -1 where the sentence only goes on about the one before
    last: int = -1  # of the instrument that ends its title, as in "the Protocol to the Agreement"; the same, as a rule
    cue: int = -1
    signing: int = -1  # the cue of signing, where another tells how far things have come since
    reached: Reached = Reached()
    parties: list[Chunk] = field(default_factory=list)
    pair: int = 0  # 2 where "the two countries" are the parties, 3 where "the three countries" are
    with_pair: bool = False  # they are the parties besides others: "signed it with the two countries"
    people: bool = False  # "the two ministers" are those who sign, or look on
    him: bool = False  # "by him": the official last named
    they: bool = False  # "they": those named in the sentence before, if two officials are
    onlookers: bool = False  # "in their presence", "in the presence of the two ministers"
    ours: bool = False  # "we", "our government" are a party
    own_body: bool = False  # "his ministry", "the agency" is a party: the body last named
    speaker: bool = False  # "I" sign
    signatories: list[Chunk] = field(default_factory=list)
    envoys: list[Chunk] = field(default_factory=list)  # who negotiates: their states are the parties
    witnesses: list[Chunk] = field(default_factory=list)
    dates: list[Chunk] = field(default_factory=list)
    places: list[Chunk] = field(default_factory=list)
    here: bool = False  # "here" is the place
    named: list[Chunk] = field(default_factory=list)  # of the parties, those whom its title or what follows it names
    counterparties: list[Chunk] = field(default_factory=list)  # after "with", where the instruments are several
    binding: bool | None = None
    item: bool = False  # an item of a list of agreements: it introduces one

    @property
    def status(self) -> str:
        """The status that the sentence gives, "" if none."""
        return self.reached.status

    @property
    def weight(self) -> float:
        """How plainly it does, 0..4."""
        return self.reached.weight


def frames(line: Line) -> list[Frame]:
    """Return one frame for each instrument of a sentence, or one without where it only tells who signed or witnessed."""
    indices = line.where(_INSTRUMENT)
    if not indices:
        return _without_instrument(line)
    found: list[Frame] = []
    for number, at in enumerate(indices):
        if number and _within(line, indices[number - 1], at):
            found.append(Frame(line, at, last=at))  # a part of the title before: nothing is said of it
        else:
            found.append(_frame(line, at, _last_within(line, indices[number:])))
    _share_announced(line, found)
    _mark_included(line, found)
    found[0].item = found[0].item or bool(_NUMBERED.match(line.shape))
    return found


def _within(line: Line, first: int, second: int) -> bool:
    """Tell whether an instrument is named in another one's title: "the Protocol amending the Agreement on Transit"."""
    between = [c for c in line.chunks[first + 1 : second] if c.kind != "det"]
    return len(between) == 1 and between[0].text.lower() in _AMENDING


def _last_within(line: Line, indices: list[int]) -> int:
    """Return the index of the last of some instruments that is named in the title of the first."""
    last = indices[0]
    for at in indices[1:]:
        if not _within(line, last, at):
            break
        last = at
    return last


def _share_announced(line: Line, found: list[Frame]) -> None:
    """Give what is listed after a colon what the sentence says of the set: "signed two agreements: one on …, a treaty on …"."""
    colon = line.shape.find(_COLON)
    sets = [f for f in found if f.at < colon and f.line.chunks[f.at].value.plural]
    for frame in found if sets else ():
        if frame.at > colon:
            inherit(frame, sets[-1])
    for first, second in pairwise(found):
        among = _AMONG.fullmatch(line.shape, first.last + 1, second.at)
        if among and line.chunks[first.at].value.plural and _word(line, among.start("which")) in _WITHIN:
            inherit(second, first)
            second.item = True


_AMONG = pattern(
    "~boundary{0,12}? comma which:(adverb | word | between) (pronoun | det | word | adverb | sector | portfolio | demonym | postmod | be){0,8}"
)
_WITHIN = frozenset(("among", "including"))  # "four agreements, among them one on tea"


def _mark_included(line: Line, found: list[Frame]) -> None:
    """Take what "the documents include" or "the documents signed include" for items of that set."""
    whole = found[0]
    if f"{_word(line, 0)} {_word(line, 1)}" in _THEY_INCLUDE:
        for frame in found:
            frame.item = True
    verb = _INCLUDING.match(line.shape, whole.last + 1)
    if verb and line.chunks[whole.at].value.plural and _word(line, verb.end() - 1) in _INCLUDES:
        for frame in found[1:]:
            frame.item = True


_THEY_INCLUDE = frozenset(
    ("they include", "they included", "these include", "these included", "there are", "there is", "there were")
)
_INCLUDING = pattern("(sign | filler)? (word | be | topic | adverb)")
_INCLUDES = frozenset("include includes included comprise comprises comprised including".split())


def _clause(line: Line, at: int) -> tuple[int, int]:
    """Return the stretch between semicolons and stops around `at`."""
    before, after = _TO_BREAK.match(line.shape, 0, at), _BREAK.search(line.shape, at + 1)
    return before.end() if before else 0, after.start() if after else len(line.shape)


_BREAK = pattern("semicolon | stop | colon")
_TO_BREAK = pattern(".* (semicolon | stop | colon)")


def _frame(line: Line, at: int, last: int) -> Frame:
    """Return what a sentence says of the instrument at `at`; at `last` is the one within its title, or itself."""
    start, end = _clause(line, at)
    frame = Frame(line, at, last=last)
    for cue in _cues(line, at, last, start, end):
        found = reached(line, cue, start, end)
        if line.chunks[cue].kind in _SIGNING and frame.signing < 0:
            frame.signing = cue
        if frame.cue < 0 or found.weight > frame.weight:
            frame.cue, frame.reached = cue, found
    if line.chunks[at].value.none and frame.signing >= 0:
        frame.reached = Reached("rejected", _NONE, "none-signed")
    _roles(frame, start, end)
    _witnesses(frame, start, end)
    if frame.cue >= 0:
        _when_and_where(frame, start, end)
    kinds = [c.kind for c in line.chunks[max(0, at - 4) : at + 3]]
    if not frame.parties and not frame.pair:
        frame.pair = _how_many(line.chunks[start:end])
    frame.binding = False if "nonbinding" in kinds else True if "binding" in kinds else None
    return frame


def _cues(line: Line, at: int, last: int, start: int, end: int) -> Iterator[int]:
    """Yield the cues that speak of the instrument at `at`: of which it is the subject, and the nearest of which it is the object."""
    after = line.shape[last + 1 : end]
    match = _BEYOND.match(after) or _DIRECT.match(after) or _WE.match(after) or _object_of(line, last, after)
    match = match or _APPOSED.match(after) or _SIGNED_THEN_BY.match(after) or _STAGE.match(after)
    if match is None and _is_negotiated(line, at):
        pass  # "negotiations on the agreement were concluded": only they were
    elif match is None and not _oblique(line, at):
        match = _PREDICATE.match(after) or _LATER.match(after)
    if line.shape[last + 1 : last + 2] in _TALKS and last + 1 < end:
        yield last + 1  # "treaty talks"
    if match and line.chunks[last + 1 + match.start("cue")].kind == "issue" and not _is_issued(line.chunks[at]):
        match = None
    if match:
        yield last + 1 + match.start("cue")
        more = _AND_CUE.match(after, match.end()) or _LATER.match(after, match.end())
        if more and (more.re is _AND_CUE or _word(line, last + 1 + more.start("cue")).startswith(_CAME)):
            yield last + 1 + more.start("cue")
    for index in range(at - 1, start - 1, -1):
        kind = line.chunks[index].kind
        if kind == "instrument" and not _beside(line, index, at):
            break
        if kind in CUES and (kind != "issue" or _is_issued(line.chunks[at])):
            entry = kind == "force" and line.chunks[index].text.lower().startswith(("entry", "entering", "coming"))
            near = at - index <= _FAR or kind in _LOOSE
            if near and (entry or kind not in _INTRANSITIVE) and not _is_of_another(line, index, at):
                yield index
            break


def _is_of_another(line: Line, cue: int, at: int) -> bool:
    """Tell "the deal was scrapped, and a treaty …", "ruled out reopening the treaty" from cues of which the noun is the object."""
    passive = any(c.kind == "be" for c in line.chunks[max(0, cue - 3) : cue])
    if passive and any(c.kind in ("and", "comma") for c in line.chunks[cue:at]):
        return True
    return line.chunks[cue].kind in ("end", "reject") and any(c.text.lower() in _CHANGES for c in line.chunks[cue:at])


def _object_of(line: Line, last: int, after: str) -> re.Match[str] | None:
    """Return the match of a clause of which an instrument is the object: "which Kenya and Peru signed"."""
    match = _WHICH.match(after)
    if match and line.chunks[last + 1 + match.start("which")].text.lower() in ("which", "that"):
        return match
    return None


def _is_issued(instrument: Chunk) -> bool:
    """Tell "issued a joint statement" from "issued a loan agreement's terms": of instruments, only statements are issued."""
    return bool(instrument.value.type == "joint-statement")


def _is_negotiated(line: Line, at: int) -> bool:
    """Tell whether the noun before, to which an instrument belongs, is one for talks: "negotiations on the loan agreement"."""
    index = _before_phrase(line, at)
    return (
        index > 0
        and line.chunks[index].kind in ("on", "for", "of", "about")
        and line.chunks[index - 1].kind == "negotiate"
    )


def _oblique(line: Line, at: int) -> bool:
    """Tell "measures under the agreement were approved" from "the text of the agreement was approved"."""
    index = _before_phrase(line, at)
    if index < 1 or line.chunks[index].kind not in _PREPOSITIONS:
        return False
    head = line.chunks[index - 1]
    return head.kind not in CUES and head.text.lower() not in _VERSIONS


def _beside(line: Line, first: int, second: int) -> bool:
    """Tell "signed a treaty and a protocol" from "signed a protocol under the Paris Agreement"."""
    index = _before_phrase(line, second, first)
    return line.chunks[index].kind in ("and", "comma", "lparen") or index == first


def _before_phrase(line: Line, noun: int, start: int = 0) -> int:
    """Return the index of what stands before a noun and the words that belong to it; from `start` on, where nothing does."""
    index = noun - 1
    while index > start and line.chunks[index].kind in _NOUN_PHRASE:
        index -= 1
    return index


def _word(line: Line, at: int) -> str:
    """Return the text of a chunk in lower case; "" beyond the end of the line."""
    return line.chunks[at].text.lower() if at < len(line.chunks) else ""


# --- roles ----------------------------------------------------------------------------------------------------------


def _roles(frame: Frame, start: int, end: int) -> None:
    """Fill in parties and signatories."""
    line, at, cue = frame.line, frame.at, frame.cue
    _before_noun(frame, start)
    for found in _TURN.finditer(line.shape, max(frame.last, start) + 1, end):
        index = found.start()
        kind = line.chunks[index].kind
        if kind == "instrument" or (index > cue and kind in _LEAVES) or (line.headline and kind == "comma"):
            break
        if kind in _OPENS_COMPLEMENT:
            _complement(frame, index, end)
        elif kind == "of" and index == frame.last + 1:
            _authors(frame, index)
    if cue >= 0 and line.chunks[cue].kind in _TAKES_SUBJECT and (cue < at or at < 0):
        _subject(frame, start)
    elif cue > frame.last >= 0 and _object_of(line, frame.last, line.shape[frame.last + 1 : end]):
        _subject(frame, frame.last + 1)
    if frame.signing >= 0:
        _sides(frame, start, end)
        _pictured(frame, start)
        _signers(frame, end)
    _bound(frame, start)
    _listed(frame, start)


# "An MoU between his ministry and the firm": in the singular, and not followed by what it is for.
_OWN_BODY = pattern("(between | with | and) det bodyhead (?= and | comma | stop | on | for | clause | be | $)")
_OPENS_COMPLEMENT = frozenset(("between", "with", "by", "onbehalf"))
_TURN = pattern(" | ".join(sorted({"instrument", "comma", "of"} | _LEAVES | _OPENS_COMPLEMENT)))


def _bound(frame: Frame, start: int) -> None:
    """Read "A and B agreed to share water under the treaty", "Under the treaty, A and B will share it": whom it binds."""
    chunks = frame.line.chunks
    under = frame.at - 1
    while under > start and chunks[under].kind in _NOUN_PHRASE and chunks[under].text.lower() not in _UNDER:
        under -= 1
    if under < start or chunks[under].text.lower() not in _UNDER:
        return
    agreed = next((i for i in range(under - 1, start, -1) if _promises(chunks[i])), -1)
    if agreed > 0:
        bound = roles.before(frame.line, agreed, start)
    elif under == start and frame.line.shape[frame.at + 1 : frame.at + 2] == _COMMA:
        bound = _those_who_will(frame.line, frame.at + 2)
    else:
        return
    _add(frame, [c for c in bound if c.kind in ("state", "body")])


def _listed(frame: Frame, start: int) -> None:
    """Read "signatories to the treaty include A, B and C", "the treaty was signed by the following states: A, B and C"."""
    line, shape = frame.line, frame.line.shape
    named = _SIGNATORIES.search(shape, start, frame.at) and _INCLUDE.match(shape, frame.last + 1)
    found = named or _LIST_AFTER.search(shape, frame.last + 1)
    if found:
        _add(frame, [c for c in roles.after(line, found.end("are"), names=False) if c.kind in ("state", "body")])


_SIGNATORIES = pattern("nominal (of | to) (det | adverb)? $")
_INCLUDE = pattern("are:(word | be | topic) ")
_LIST_AFTER = pattern("are:(colon) (?= det? state ((comma | and) det? state){2,})")


def _promises(chunk: Chunk) -> bool:
    """Tell "agreed to" and "have pledged to" from "expected to"."""
    return chunk.kind == "plan" and not _AGREED.isdisjoint(chunk.text.lower().split())


def _those_who_will(line: Line, at: int) -> list[Chunk]:
    """Return the actors at `at` of whom the sentence goes on to say what they will do."""
    found = roles.after(line, at, names=False)
    if not found:
        return []
    after = _at(line, found[-1]) + 1
    return found if _WILL.match(line.shape, after) else []


def _before_noun(frame: Frame, start: int) -> None:
    """Take "Peru's agreement with", "the Peruvian government's deal" for what it says: a party."""
    chunks, at = frame.line.chunks, frame.at
    index = at - 1
    while index > start and chunks[index].kind in (
        "adverb",
        "sector",
        "word",
        "postmod",
        "cooperate",
        "number",
        "portfolio",
    ):
        index -= 1
    if index > start and chunks[index].kind == "possessive" and chunks[index - 1].kind in ("state", "body"):
        _add(frame, [chunks[index - 1]])
    talks = _TALKS_BETWEEN.search(frame.line.shape, start, index + 1)
    if talks:
        _add(
            frame,
            [c for c in roles.after(frame.line, talks.end("between"), names=False) if c.kind in ("state", "body")],
        )
    pair = _PAIRED.search(frame.line.shape, start, index + 1)
    if pair:
        _add(frame, [chunks[pair.start()], chunks[pair.end() - 1]])  # "the EU-New Zealand trade agreement"


def _complement(frame: Frame, index: int, end: int) -> None:
    """Read the actors after a preposition that follows the instrument."""
    line = frame.line
    kind = line.chunks[index].kind
    apart = len(frame.named) > 1 or (frame.named and "on" in (c.kind for c in line.chunks[frame.last + 1 : index]))
    if kind == "between" and apart:
        return  # "an MoU with B on a railway between C and D"
    if kind == "with" and line.chunks[index - 1].kind == "negotiate" and index - 1 > frame.last + 1:
        return  # "closes the deal with A and pushes forward negotiations with B"
    by = line.chunks[index - 1].kind if kind == "by" else ""
    # "(a) the MoU on fish, by Minister A and Minister B", "and the road agreement, by Minister C"
    listed_by = by == "comma" and (line.chunks[0].kind in _MARKS or index - frame.last == 2)
    if by and by not in _SIGNED_BY and by != "propose" and not listed_by and not _passive(frame):
        return
    if by and (_is_pair(line, index + 1) or _PAIR_OF_POSTS.match(line.shape, index + 1)):
        frame.people = True
    if by in _SIGNED_BY:
        frame.they = frame.they or _word(line, index + 1) == "them"
        frame.him = frame.him or _word(line, index + 1) in ("him", "her")
    if kind == "with" and (
        _word(line, index - 1) in _IDIOMS or (line.chunks[index - 1].kind in ("word", "and") and index - frame.at > 6)
    ):
        return  # "in line with", "together with"
    listed = roles.after(line, index + 1, names=kind != "by")
    if kind == "between" and "subclause" in (c.kind for c in line.chunks[frame.last + 1 : index]):
        listed = [c for c in listed if c.kind == "state"]  # "signed following talks between A and B"
    if by == "propose":
        listed = [c for c in listed if c.kind in ("state", "body")]  # a minister who proposes it signs nothing
    elif kind == "with" and not (frame.cue >= 0 and line.chunks[frame.cue].kind in _TAKES_PEOPLE):
        listed = [c for c in listed if c.kind not in ("person", "title")]  # nor does one with whom another talks of it
    _add(frame, listed, counter=kind == "with")
    frame.own_body = frame.own_body or (not by and _OWN_BODY.search(line.shape, index, end) is not None)
    if kind in ("with", "between"):
        frame.named += listed
    sides = _how_many(line.chunks[index + 1 : index + 3])
    frame.pair = frame.pair or sides
    frame.with_pair = frame.with_pair or bool(sides and kind == "with")


def _authors(frame: Frame, index: int) -> None:
    """Read "the joint statement of Kenya and Peru"; one state alone may be where it was made, as in "the Treaty of Rome"."""
    listed = [c for c in roles.after(frame.line, index + 1, names=False) if c.kind in ("state", "body")]
    if len(listed) > 1:
        _add(frame, listed)


def _how_many(chunks: list[Chunk]) -> int:
    """Return how many sides "the two countries", "both sides", "the three governments" are; 0 where nobody says."""
    for chunk in chunks:
        if chunk.kind == "pairword":
            word = chunk.text.lower()
            return 3 if "three" in word else 4 if "four" in word else 2
    return 0


def _passive(frame: Frame) -> bool:
    """Tell "was signed on behalf of Kenya by" from "signed a treaty praised by"."""
    return frame.cue > frame.at and any(c.kind == "be" for c in frame.line.chunks[max(0, frame.cue - 3) : frame.cue])


def _sides(frame: Frame, start: int, end: int) -> None:
    """Read "A signed for Kenya and B for Peru": who signed, and for whom."""
    chunks = frame.line.chunks
    for match in _FOR_SIDE.finditer(frame.line.shape, start, end):
        side = match.start("side")
        if side < 0 and chunks[match.start("own")].text.lower() not in _OWN_SIDES:
            continue
        _add(frame, [chunks[match.start("who")], *([chunks[side]] if side >= 0 else ())])
        if chunks[match.end() - 2].text.lower() == "their":
            _add(frame, roles.people(roles.before(frame.line, match.start("who") + 1, start)))


def _signers(frame: Frame, end: int) -> None:
    """Read "Signing it were A and B", "Signing for Kenya was A"."""
    found = _SIGNERS.match(frame.line.shape, 0, end)
    if found and _word(frame.line, found.start("cue")) in ("signing", "inking"):
        _add(frame, roles.people(roles.after(frame.line, found.end(), names=False)))


_SIGNERS = pattern("(Filler comma?)? cue:(Nominal) ~stop{1,10}? be (?= det? (person | title | Name))")


def _pictured(frame: Frame, start: int) -> None:
    """Read a caption, "Minister A and Governor B signing the agreement": who signs."""
    line, cue = frame.line, frame.signing
    if line.chunks[cue].kind == "nominal" and start < cue < frame.at and _PICTURED.match(line.shape, cue - 1):
        before = cue - (line.chunks[cue - 1].kind == "comma")
        if line.chunks[before - 1].kind == "person" and _word(line, cue) in ("signing", "the signing", "inking"):
            _add(frame, roles.people(roles.before(line, before, start)))


_PICTURED = pattern("(person | comma) Nominal? nominal? det? (adverb | word | postmod){0,2} instrument")


def _subject(frame: Frame, start: int) -> None:
    line, cue = frame.line, frame.cue
    subject = roles.before(line, cue, start)
    lead = line.chunks[start:cue]
    if any(c.kind in ("propose", "approve") for c in lead):
        subject = [c for c in subject if c.kind not in ("person", "title")]  # who proposes a signing has signed nothing
    elif line.chunks[cue].kind == "ratify":
        subject = [c for c in subject if c.kind == "state"]  # parliaments ratify what their states are parties to
    elif line.chunks[cue].kind not in _TAKES_PEOPLE:
        frame.envoys = roles.people(subject)
        subject = [c for c in subject if c.kind != "person"]
    _add(frame, subject or _meant_by_it(line, start, cue) or _coordinated(line, start, cue))
    near = lead if any(c.text.lower() == "joining" for c in lead) else lead[-6:]
    frame.pair = frame.pair or _how_many(near)
    said = {c.text.lower() for c in near if c.kind == "pronoun"}
    beside = _SHE_AND.search(line.shape, start, cue)
    if beside and line.chunks[cue].kind in _TAKES_PEOPLE and line.chunks[beside.start()].text.lower() in ("he", "she"):
        frame.him = True
    frame.people = any(c.kind == "pairpeople" for c in near)
    frame.they = "they" in said and line.chunks[cue].kind in _TAKES_PEOPLE
    frame.speaker = bool(said & {"i", "me"})
    frame.ours = bool(said & {"we", "us"}) or frame.speaker


def _coordinated(line: Line, start: int, cue: int) -> list[Chunk]:
    """Return the subject of "A and B have met and will sign": that of the verb before; with "jointly", whom it met, too."""
    if not _AND_VERB.search(line.shape, start, cue) or not (found := _HEAD.match(line.shape, start, cue)):
        return []
    subject = roles.after(line, found.start("who"), names=False)
    jointly = any(c.text.lower() in ("jointly", "together") for c in line.chunks[cue - 3 : cue])
    if line.chunks[cue].kind not in _TAKES_PEOPLE:
        return [c for c in subject if c.kind != "person"]
    return subject + [c for c in line.chunks[start:cue] if jointly and c.kind == "person" and c not in subject]


_HEAD = pattern("(on date comma | date comma | filler comma)? det? who:(state | body | person)")
_AND_VERB = pattern(
    "(saying | word | have) ~boundary{0,24} and (filler | adverb | have | be | modal | plan | to | date | word)*$"
)
_SHE_AND = pattern(
    "(pronoun | Pronoun) and det? (person | title) comma? (be | have | modal | filler | date)*$"
)  # "she and Governor A signed"


def _meant_by_it(line: Line, start: int, cue: int) -> list[Chunk]:
    """Return who "it" is in "The ministry denied that it had signed": the last actor before the verb of saying; none elsewhere."""
    lead = line.chunks[start:cue]
    said = next((i for i, c in enumerate(lead) if c.kind in ("reject", "saying")), -1)
    if said < 0 or not any(c.text.lower() == "it" for c in lead[said:]):
        return []
    return [c for c in lead[:said] if c.kind in ("state", "body")][-1:]


def _add(frame: Frame, chunks: list[Chunk], counter: bool = False) -> None:
    for chunk in chunks:
        if chunk.kind in ("person", "title"):
            if chunk not in frame.signatories:
                frame.signatories.append(chunk)
        elif chunk not in frame.parties:
            frame.parties.append(chunk)
            if counter:
                frame.counterparties.append(chunk)


def _witnesses(frame: Frame, start: int, end: int) -> None:
    line = frame.line
    for index in line.where(_SEEING):
        kind = line.chunks[index].kind
        if not start <= index < end:
            continue
        if kind == "presence":
            frame.onlookers = frame.onlookers or "their" in line.chunks[index].text or _is_pair(line, index + 1)
            found = [c for c in _present(line, index + 1, end) if c not in _those_who_sign(frame, index)]
        elif kind == "witness" and (there := _PRESENT_THEN.match(line.shape, index, end)):
            found = list(_present(line, there.end(), end))
        elif kind == "witness" and _is_of_event(line, index, end):
            found = _onlookers(line, index, start)
            frame.onlookers = frame.onlookers or any(
                c.kind == "pairpeople" for c in line.chunks[max(start, index - 4) : index]
            )
            if "they" in (c.text.lower() for c in line.chunks[max(start, index - 3) : index]):
                frame.onlookers = frame.they = True
        elif not line.headline and (seen := _AT_CEREMONY.search(line.shape, start, index + 1)):
            found = roles.people(line.chunks[slice(*seen.span("who"))])
        else:
            continue
        frame.witnesses += [c for c in found if c not in frame.witnesses]
    frame.signatories = [c for c in frame.signatories if c not in frame.witnesses]


_PRESENT_THEN = pattern(
    "Witness ~stop{1,14}? be adverb? (?= det? (person | title))"
)  # "Present at the ceremony were A and B"


def _onlookers(line: Line, index: int, start: int) -> list[Chunk]:
    """Return the people of whom the verb at `index` says that they looked on; of one only: "signed by A, and B was present"."""
    found = roles.people(roles.before(line, index - (line.chunks[index - 1].kind == "as"), start))
    if len(found) > 1 and _word(line, index).startswith("was ") and line.chunks[_at(line, found[-1]) - 1].kind == "and":
        return found[-1:]
    return found


def _at(line: Line, chunk: Chunk) -> int:
    """Return the index of a chunk."""
    return next(i for i, each in enumerate(line.chunks) if each is chunk)


def _is_of_event(line: Line, index: int, end: int) -> bool:
    """Tell "witnessed the signing", "were present" from "attended a school"."""
    words = line.chunks[index].text.lower().split()
    return words[-1] in ("present", "attendance", "on", "by") or any(c.kind in _EVENT for c in line.chunks[index:end])


def _is_pair(line: Line, at: int) -> bool:
    return at < len(line.chunks) and line.chunks[at].kind == "pairpeople"


def _those_who_sign(frame: Frame, presence: int) -> list[Chunk]:
    """Return the subject in "In the presence of A and others, B and C signed": the last of those named before the verb."""
    line, cue = frame.line, frame.signing
    if cue < presence or line.chunks[cue].kind not in ("sign", "bare") or line.chunks[cue - 1].kind in _PASSIVE:
        return []
    found = _SUBJECT.search(line.shape, presence, cue)
    return roles.people(line.chunks[found.start("who") : cue]) if found else []


_SUBJECT = pattern(
    "(person | title) ~person{1,6}? comma det? who:(person (~person{0,8} and det? person)?) (comma ~person{0,12} comma)?$"
)


def _present(line: Line, at: int, end: int) -> Iterator[Chunk]:
    """Yield the people after "in the presence of", up to what they did or said."""
    for chunk in line.chunks[at:end]:
        if chunk.kind in _ELSE:
            return
        if chunk.kind in ("person", "title"):
            yield chunk


# --- date and place -------------------------------------------------------------------------------------------------


def _when_and_where(frame: Frame, start: int, end: int) -> None:
    line = frame.line
    told = frame.signing if frame.signing >= 0 else frame.cue if line.chunks[frame.cue].kind in _DATED else -1
    if told < 0 or frame.reached.stage == "postponed" or frame.status == "rejected":
        return  # the day of a cabinet's approval or of an expiry is no day of signing
    if any(c.kind in ("approve", "propose") for c in line.chunks[start:told]):
        start = told  # before it stands the day of the approval
    days = [i for i in range(start, end) if line.chunks[i].kind == "date" and not _is_limit(line, i)]
    days = [i for i in days if i < told or not _in_aside(line, told, i)]
    frame.dates = [line.chunks[i] for i in sorted(days, key=lambda i: _remoteness(line, told, i))]
    frame.places = list(_places(line, told, start, end, planned=frame.status == "planned"))
    frame.here = any(c.text.lower() in ("here", "here today") for c in line.chunks[start:end])


def _in_aside(line: Line, told: int, at: int) -> bool:
    """Tell "signed by a president whose government fell in 2019" from a day of signing."""
    return any(c.text.lower() in ("who", "whose", "whom") for c in line.chunks[told:at])


def _is_limit(line: Line, at: int) -> bool:
    """Tell "valid until 2030" from a day on which something happened."""
    first = line.chunks[at].text.split(None, 1)[0].lower()
    return first in _LIMITS or (at > 0 and line.chunks[at - 1].text.lower() in _LIMITS)


def _remoteness(line: Line, cue: int, at: int) -> tuple[int, int]:
    """Order the dates of a clause: those after the cue and before another one, those before it, those beyond."""
    if at < cue:
        return 1, cue - at
    beyond = any(c.kind in CUES for c in line.chunks[cue + 1 : at])
    return (2 if beyond else 0), at - cue


def _places(line: Line, told: int, start: int, end: int, *, planned: bool) -> Iterator[Chunk]:
    """Yield where it was signed: "signed in Rome", "in Rome, they signed", "at the summit held in Rome"."""
    afterwards = _AFTERWARDS.match(line.shape, told, end)
    if afterwards and _is_owner(line, afterwards.start("place")):
        afterwards = None
    for match in (*filter(None, [afterwards]), *_ROW.finditer(line.shape, start, end)):
        yield line.chunks[match.start("place")]
    for match in IN_PLACE.finditer(line.shape, start, told):
        if planned and match.start() > start + _AHEAD:
            break  # "Recalling the summit held in Rome, they will sign"
        if not _is_seat(line, match.start("place")):
            yield line.chunks[match.start("place")]


def _is_seat(line: Line, place: int) -> bool:
    """Tell "The High Court in Nairobi has suspended it" from where something happened."""
    before = next((c for c in reversed(line.chunks[:place]) if c.kind not in ("in", "det")), None)
    after = line.chunks[place + 1].kind if place + 1 < len(line.chunks) else "stop"
    return before is not None and before.kind in ("orghead", "bodyhead", "body", "org") and after in _VERBS


_VERBS = frozenset("have be saying modal sign bare end reject approve".split())


def _is_owner(line: Line, at: int) -> bool:
    """Tell "the Ministry of Trade in Canada" from where something was signed."""
    code = code_of(line.chunks[at])
    return at > 1 and line.chunks[at - 2].kind == "body" and bool(code) and places()[code].level == "country"


# --- sentences that go on, and those that announce a list -------------------------------------------------------------


def _without_instrument(line: Line) -> list[Frame]:
    """ "X signed for Kenya and Y for Peru", "Z witnessed the signing": about the instrument before."""
    cue = next(iter(line.where(_GOING_ON)), -1)
    if _word(line, 0) in ("done", "signed") and _FORMULA.match(line.shape):
        return [_formula(line)]
    if cue < 0:
        return []
    kind = line.chunks[cue].kind
    frame = Frame(line, -1, cue=cue, signing=cue if kind in _SIGNING else -1)
    start, end = 0, len(line.chunks)
    _witnesses(frame, start, end)
    if kind in ("sign", "bare"):
        _sides(frame, start, end)
        _by(frame, start, end)
    if kind == "bare" and _word(line, cue + 1) in ("it", "them"):
        _add(frame, roles.people(roles.before(line, cue, start)))  # "authorised the minister to sign it"
    if kind == "nominal":
        _signers(frame, end)
        _when_and_where(frame, start, end)
    told = frame.signatories or frame.witnesses or frame.dates or frame.places or frame.onlookers
    return [frame] if told else []


_FORMULA = pattern(
    "cap (in (word | adverb | number){1,4})? in det? state"
)  # "Done in duplicate at Pretoria on this third day of May"


def _formula(line: Line) -> Frame:
    """Return what the formula that closes a treaty says of it."""
    frame = Frame(line, -1, cue=0, signing=0, reached=Reached("signed", _FORMAL, "closing-formula"))
    frame.dates = [c for c in line.chunks if c.kind == "date"]
    frame.places = [c for c in line.chunks if c.kind == "state"][:1]
    return frame


_FORMAL = 3.0  # as plainly as "was signed"


def _by(frame: Frame, start: int, end: int) -> None:
    """Read "It was signed by A and B": of what was named before, who signed and how far that is."""
    line, cue = frame.line, frame.cue
    if not any(c.kind == "pronoun" for c in line.chunks[start:cue]) or line.chunks[cue - 1].kind not in _PASSIVE:
        return
    frame.reached = reached(line, cue, start, end)
    for index in range(cue + 1, end):
        if line.chunks[index].kind == "by":
            _add(frame, roles.people(roles.after(line, index + 1, names=False)))
    _when_and_where(frame, start, end)


def announcement(line: Line) -> Frame | None:
    """Return what a sentence that ends in a colon says of the agreements listed below it; None where it announces none."""
    if not line.chunks or line.chunks[-1].kind != "colon":
        return None
    cue = next((i for i, c in enumerate(line.chunks) if c.kind in _SIGNING or c.kind == "approve"), -1)
    if cue < 0:
        return None
    end = len(line.chunks) - 1
    frame = Frame(line, -1, cue=cue, signing=cue, reached=reached(line, cue, 0, end))
    if line.chunks[cue].kind in _TAKES_PEOPLE:
        _subject(frame, 0)
    for index in range(cue + 1, end):
        if line.chunks[index].kind in ("by", "between"):
            _complement(frame, index, end)
    _witnesses(frame, 0, end)
    _when_and_where(frame, 0, end)
    return frame


def inherit(frame: Frame, announced: Frame) -> None:
    """Give an item of a list what its announcement says and the item does not."""
    if frame.weight < announced.weight and not frame.status:
        frame.reached = announced.reached
    frame.dates = frame.dates or announced.dates
    frame.places = frame.places or announced.places
    frame.here = frame.here or announced.here
    frame.onlookers = frame.onlookers or announced.onlookers
    if not (frame.signatories or frame.people or frame.him):
        frame.signatories, frame.people, frame.they = list(announced.signatories), announced.people, announced.they
    frame.witnesses += [c for c in announced.witnesses if c not in frame.witnesses]
    frame.item = True
    if not frame.parties:
        frame.parties = list(announced.parties)
        frame.pair = frame.pair or announced.pair
