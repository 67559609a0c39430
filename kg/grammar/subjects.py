"""Subjects: what in a sentence speaks for a sector's being a subject of policy or cooperation, and what against it.

Most words for sectors are ordinary words too: "the health of consumers", "reduced pollution", "the energy companies". Each
cue is a pattern over the classes of a line, in which the words beside sectors ("sector", "to develop", "discussed", "summit")
have classes of their own (kg/lexicons/sectors.txt). The cues that hold are added up: `weigh` returns the sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import compress

from kg.grammar.classes import BESIDE, Patterns, char, pattern, signs
from kg.grammar.sectors import Concept
from kg.grammar.words import Line, Memory, sections

_MEMBER = "(filling | to (?=hyphen)){1,7}"  # "farm-to-market roads"
_LIST = f"{_MEMBER} (joining{{1,2}} {_MEMBER}){{0,20}}"
_AND_LIST = "((comma | and | or) (det | word | name | caps | sector | portfolio | hyphen | policy | tail){1,4}){0,6}"
_AND_SECTORS = (
    "((comma | and | or) (det | word | name | caps | hyphen | portfolio){0,2} sector (policy | tail){0,2}){0,6}"
)
_WITH = (
    "((adverb | between | with | pairword | det | state | demonym | filler | body | org | possessive | by | date | portfolio | and){0,8}"
    " | (adverb | filler){0,2} (with | between) ~breaking{1,18})"
)
_ACT = "(filling | portfolio | place | nominal){1,8}"  # "the sharing", "long-term supply"
_ON = "(in | on | for | about | of | fields)"


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern whose group `field` holds the sectors for or against which it speaks, and how much."""

    name: str
    weight: float
    pattern: str
    examples: tuple[str, ...]  # each with a sector for which it holds between [ and ]
    ordinary: bool = False  # it holds only for a word that is an ordinary one too ("health", "services")
    borderline: bool = False  # it holds only for a field at the border of economic activity ("labour", "defence")

    def concerns(self, concept: Concept) -> bool:
        """Tell whether the cue says something of words of this sort."""
        return (concept.hidden or not self.ordinary) and (concept.borderline or not self.borderline)


CUES = (
    Cue("fields", 2.0, f"fields field:({_LIST})",
        ("cooperation in the fields of agriculture, water and [tourism] grew",)),
    Cue("branches", 2.0, f"branch (comma? (adverb | as) | colon) field:({_LIST})",
        ("They will work in three areas: energy, water and [fisheries].",)),
    Cue("branches-of", 1.5, f"branch of field:({_LIST})",
        ("to include new areas of [land transport] and rental",)),
    Cue("branches-are", 1.5, f"branch (~stop){{0,14}} be colon? field:({_LIST})",
        ("The focus sectors of the summit were tourism; textiles; and [energy].",)),
    Cue("sector", 2.0, f"field:(sector (policy | tail | sector){{0,2}} {_AND_LIST}) branch",
        ("support for the [dairy] and tea sectors", "the [bioenergy] industry")),
    Cue("are-branches", 1.5, f"field:({_LIST}) ((from | in | of) (det | state | place | word){{1,3}})? be (det | adverb | word){{0,3}} branch",
        ("the digital economy and [Islamic finance] were further areas",)),
    Cue("cooperation", 1.5, f"cooperate {_WITH} {_ON} det? field:({_LIST})",
        ("to deepen cooperation in artificial intelligence, [new energy] and other fields",)),
    Cue("cooperating", 1.5, f"cooperate {_WITH} (to | in) promote field:({_LIST})",
        ("will work together to improve [food security] and safety",)),
    Cue("cooperation-to", 1.5, f"cooperate to det? field:(sector (policy | tail){{0,2}} {_AND_SECTORS})",
        ("the expansion of cooperation to [renewable energy], energy efficiency and water",)),
    Cue("cooperation-after", 1.5, f"field:(sector (policy | tail | sector){{0,2}} {_AND_SECTORS}) cooperate",
        ("closer [bioenergy] cooperation", "a statement on [carbon credit] cooperation")),
    Cue("agreement", 2.0, f"instrument nominal? {_WITH} ({_ON} | to (promote | funds | policy | topic | word)) (det? org)? det? field:({_LIST})",
        ("signed a memorandum of understanding on [food safety] today",)),
    Cue("agreement-on-the", 1.5, f"instrument nominal? {_WITH} ({_ON} | to) {_ACT} (of | for | in | on | by) det? field:({_LIST})",
        ("approved an agreement on the transit of goods by [rail]", "a treaty with Peru on the sharing of [hydrological data] in Lima")),
    Cue("agreement-on-the-way", 1.5,
        f"instrument nominal? {_WITH} ({_ON} | to) {_ACT} (of | for | in | on | by) (filling | portfolio){{1,4}} (of | for | in | on | by) det? field:({_LIST})",
        ("an agreement on the publication of case reports on [oncology]",)),
    Cue("agreement-that", 1.0,
        f"instrument nominal? {_WITH} (clause | det) modal adverb? (word | promote | policy | topic | funds) (possessive | pairword | to | word){{0,4}} field:({_LIST})",
        ("an agreement that would allow the two countries' [postal services] to clear parcels", "a treaty which will open [elderly care] to them")),
    Cue("under-agreement", 1.0,
        f"instrument nominal? {_WITH} comma det? (party | pairword | pronoun | bodyhead | word){{1,3}} modal adverb? (word | promote | policy | topic) field:({_LIST})",
        ("Under an agreement with Estonia, Namibia will move its [land registry] online.",)),
    Cue("member", 1.5, f"member (with (party | name | caps){{1,4}})? (on | for) (det? org)? det? field:({_LIST})",
        ("Among them are one on [bamboo cultivation], another with Peru on tea and a third on [buses].",)),
    Cue("agreement-after", 2.0, f"field:(sector (policy | tail | sector){{0,2}} {_AND_SECTORS}) cooperate? instrument",
        ("The sides began talks on a [fisheries] agreement.",)),
    Cue("kind-of-agreement", -0.5, "field:(sector) instrument", ("a bilateral [labour] agreement", "There is no [defence] pact."), borderline=True),
    Cue("turning", 1.5, f"^ (open | filler | adverb | comma | word | name | bullet | number | stop){{0,3}} (in | on | about) field:({_LIST}) (comma | stop)",
        ("Finally, on [electricity].", "On [tourism], he said that flights would resume.")),
    Cue("topic", 1.0, f"(topic | negotiate) (det | adverb | outside | with | by | org | body | state){{0,4}} (word of)? (in | on | of | for | about | to | fields)? field:({_LIST})",
        ("They discussed [critical minerals] and trade.", "expertise on food safety, [fisheries] and more")),
    Cue("about", 1.0, f"about field:({_LIST})", ("new services relating to [land transport] and ships",)),
    Cue("promoted", 1.0, f"promote (promote | in | of | for | and | comma){{0,3}} ((det | word | adverb | name | caps | number | demonym | state | possessive){{1,4}} (of | in | for))? field:({_LIST})",
        ("to modernise the country's [railways]", "invest in [hydrogen]", "ensure the continuity of the [food supply]")),
    Cue("funded", 1.5, f"funds (of | adverb | word | name | caps | funds){{0,4}} (in | for | to | on | about | of | toward | promote){{1,2}} (adverb | promote)? field:({_LIST})",
        ("a grant of 3 million for [irrigation] in the north", "They will spend 2 billion kwacha on [fertilizer] this year.")),
    Cue("policy-for", 1.0, f"((policy | sector) (for | on | in | of) (word (of | in))? | plan word of) field:({_LIST})",
        ("a municipal plan for primary education and [sanitation]", "plans for auctions of [offshore wind]")),
    Cue("to-be-promoted", 1.0, f"field:(sector (policy | tail | sector){{0,2}} {_AND_SECTORS}) modal be? (adverb | be | det){{0,2}} (promote | funds)",
        ("gem cutting and [gold mining] would be promoted",)),
    Cue("policy", 1.0, "field:(sector) (policy | branch)",
        ("the new [fisheries] policy", "a trial of [hydropower] exports")),
    Cue("programme", 1.5, "field:(Sector (joining{1,2} Sector){0,5}) (promote | policy | tail | name | word | portfolio | hyphen){0,3} Policy",
        ("a grant for the [Irrigation] and Fisheries Improvement Programme",)),
    Cue("beside", 0.25, "field:(sector (comma | and | or | semicolon){1,2} (word | det){0,2} sector)",
        ("driven by [agriculture] and mining",)),
    Cue("event", -3.0, f"event (on | of | for) field:({_LIST})",
        ("at the annual meeting on agriculture and [forestry] in Accra",)),
    Cue("of-an-event", -3.0, "field:(sector ((and | comma | slash) sector)? portfolio?) event",
        ("at the [energy] summit", "the [forestry] award")),
    Cue("portfolio", -3.0,
        "(title | body | Post | bodyhead | person) (of | for)? (lparen ~stop rparen)? field:((area | joining | det | lparen ~stop rparen){1,16})",
        ("Minister Amy Lim for [tourism] spoke",)),
    Cue("part-of-a-name", -3.0,
        "(Name | Caps | Orghead | (org | body) (on | of | for) det?) field:(Sector (joining{1,2} Sector){0,5})",
        ("met Samantha [Power] in Accra", "the Ministerial Meeting on Agriculture and [Forestry] in Siem Reap")),
    Cue("start-of-a-name", -3.0, "field:(Sector) (Name | Caps | Orghead | Bodyhead | Event)", ("at the [Energy] Kwanza stand",)),
    Cue("compound", -2.0, "sector field:(sector)", ("the country's waste [electricity] capacity",)),
    Cue("compound-of-policy", -2.0, "(^ | ~hyphen) portfolio field:(sector)", ("social and governance [standards]",), ordinary=True),
    Cue("verb", -3.0, "to field:(sector) (det | pronoun | number)", ("a loan to [finance] the works",)),
    Cue("outside", -1.5, "field:(sector) (outside | hyphen)", ("[energy] companies and workers",)),
    Cue("whose", -2.0, "det field:(sector) of (det | word | sector | possessive | pronoun)", ("to safeguard the [health] of consumers",), ordinary=True),
    Cue("in-an-address", -3.0, "(hyphen | slash) field:(sector) (hyphen | slash)", ("see /our/new-[transport]-agreements/",)),
    Cue("gain", -1.5, "gain (adverb | portfolio | word)? field:(sector)", ("brings sustainable jobs and improved [energy security]",)),
)  # fmt: skip


_COMPOUND = next(cue for cue in CUES if cue.name == "compound")


@cache
def _beside() -> dict[str, str]:
    """Return the words that stand beside sectors, with their classes; of several the one of the first section."""
    found: dict[str, str] = {}
    for section, word in sections("sectors.txt"):
        if section in BESIDE:
            found.setdefault(word.lower(), section)
    return found


def beside(word: str) -> str:
    """Return the class of a word that stands beside sectors ("to boost", "issues"); "" for any other."""
    return _beside().get(word.lower(), "")


_HEADLINE = 0.75
_SECOND = -2.0  # "food safety standards" are no standards by themselves
_SERVICES = frozenset(("services", "service"))
_KIND = frozenset("word portfolio name caps noun postmod adverb".split())
_SHORT = 12  # chunks: a line of no more without a full stop is a headline
_WHOLE = frozenset("state body org title person date instrument sector cooperate fields".split())


def view(line: Line) -> str:
    """Return the shape of a line with the words beside sectors in classes of their own."""
    chunks = line.chunks
    signs = list(line.shape)
    own = [_signs[chunk.text] for chunk in chunks]
    for at in compress(range(len(own)), own):
        # The second sector of "food safety standards" is no field by itself.
        if chunks[at].kind not in _WHOLE or (at and chunks[at].kind == chunks[at - 1].kind == "sector"):
            signs[at] = own[at]
    return "".join(signs)


def _sign(text: str) -> str:
    """Return the character of the class of a word beside sectors; "" for any other word."""
    kind = _beside().get(text.lower())
    return char(kind, text[:1].isupper()) if kind else ""


_signs = Memory(_sign)
_CUES = Patterns((cue.pattern, cue) for cue in CUES)
_SECTORS = signs("sector")
_is_sector = pattern("sector").match


def weigh(line: Line) -> Mapping[int, Mapping[str, float]]:
    """Return, for each sector of a line by its index, the cues that hold for it with their weights. Computed once."""
    if line.cues is None:
        line.cues = _weigh(line)
    return line.cues


def _weigh(line: Line) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = {i: {} for i in line.where(_SECTORS)}
    if not found:
        return found
    shape = view(line)
    headline = is_headline(line)
    for index, cues in found.items():
        cues.update(_own(line.chunks[index].text))
        if headline:
            cues["headline"] = _HEADLINE
        if not _is_sector(shape, index) or _is_of_a_kind(line, index):
            cues["second-word"] = _SECOND
    for compiled, _, cue in _CUES.candidates(set(shape)):
        for start, end in _fields(compiled, shape) if compiled.search(shape) else ():
            for index in range(start, end):
                if index in found and _holds(cue, line, index):
                    found[index][cue.name] = cue.weight
    return found


def _holds(cue: Cue, line: Line, at: int) -> bool:
    """Tell whether a cue that matches holds for a sector: of two words for one sector, the second is no compound."""
    return cue.concerns(line.chunks[at].value) and not (cue is _COMPOUND and same(line, at))


def _fields(compiled: re.Pattern[str], shape: str) -> Iterator[tuple[int, int]]:
    """Yield where the fields of which a cue speaks begin and end; the words of one may open the next."""
    at = 0
    while match := compiled.search(shape, at):
        start, end = match.span("field")
        yield start, end
        at = max(start, match.start() + 1)


def same(line: Line, at: int) -> bool:
    """Tell whether a sector and the one right before it are one: "sheep wool", "satellite ground stations"."""
    if not at:
        return False
    before, chunk = line.chunks[at - 1 : at + 1]
    return before.kind == chunk.kind == "sector" and bool(before.value.iri == chunk.value.iri)


def _is_of_a_kind(line: Line, at: int) -> bool:
    """Tell "municipal services" from services in general."""
    return line.chunks[at].text.lower() in _SERVICES and at > 0 and line.chunks[at - 1].kind in _KIND


def is_headline(line: Line) -> bool:
    """Tell whether a line is a headline: capitalised like one, or short and without a full stop."""
    return line.heading or (len(line.chunks) <= _SHORT and line.chunks[-1].kind not in ("stop", "colon", "semicolon"))


def _own(phrase: str) -> Iterator[tuple[str, float]]:
    """Yield the cue that a phrase of two words or more holds itself: "services sector", "production of vaccines"."""
    first, _, rest = phrase.partition(" ")
    last = rest.rpartition(" ")[2].lower()
    kind = beside(last) if last else ""
    if rest.startswith("of ") and beside(first) in ("policy", "promote"):
        yield "policy-for", 1.0
    if kind == "branch":
        yield "sector", 2.0
    elif last in ("cooperation", "co-operation"):
        yield "cooperation-after", 1.5
