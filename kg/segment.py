"""Articles to sentences: spans of the text, in order, never overlapping, in time linear in its length.

A blank line ends a sentence, and so does a line end, unless the line is one that was wrapped; within a line a full stop
does, unless it belongs to an abbreviation, an initial or a number.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from kg.model import Span

_STOP = re.compile(
    r"[.!?…](?:(?<![.!?…].)[.!?…]*+[\"”’'»)\]]*+(?:\s+|$)|(?<=[.!?])”(?=[A-Z]))"
)  # no run of stops is read twice
_LAST_WORD = re.compile(r"(?s:.*[^\w.’'-])?([\w.’'-]*)")
_INITIALS = re.compile(r"(?:[a-z]\.)*[a-z]")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof hon rt gen lt col maj sgt capt cmdr adm brig rev fr sr jr st ste sen rep gov pres amb min sec atty messrs mt ft no nos art arts vol fig para paras ch ed eds "
    "inc ltd corp co pvt plc bros vs v etc al approx est dept univ assn intl govt jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "e.g i.e cf viz ca pp a.m p.m h.e u.s u.k u.n e.u d.c b.c n.y ph.d m.d s.a p.o u.a.e h.m h.h h.r.h r.o.k p.r.c tun drs datuk engr arch ret retd coun cllr clr maj.-gen lt.-gen brig.-gen lt.-col shri smt kum ir barr lic lcda arq ing eng mag dipl adv md mohd cde pt arc mme gov hajj".split()
)
_STARTERS = frozenset(
    "the a an it he she they we this that these those in on at for but and as under both its his her their there if when while after before since with by however also".split()
)
_ENDING = frozenset("inc ltd corp co etc plc".split())  # abbreviations with which a sentence may end
_BULLET = re.compile(r"\s*(?:[•*·▪◦‣●■–—-]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s)")
_LINE = re.compile(r"[^\n]+")
_ENDS = '.!?:;”"'  # of a line that need not go on
_LONGEST = 2000  # characters: a line without any stop is cut at a blank, so that no sentence costs more than others
_WRAPPED = range(40, 101)  # characters of a line that an editor wrapped


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text, headings and items of lists among them."""
    found: list[Span] = []
    for start, end in _blocks(text):
        at = start
        for match in _STOP.finditer(text, start, end):
            stop = match.end()
            if stop == end or _ends(text, at, match, end):
                _cut(text, at, stop, found)
                at = stop
        _cut(text, at, end, found)
    return found


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches that no sentence crosses: lines, wrapped ones joined."""
    lines = [match.span() for match in _LINE.finditer(text) if not match[0].isspace()]
    wrapped = _is_wrapped(text, lines)
    spaced = not wrapped and _is_spaced(text, lines)
    start = lines[0][0] if lines else 0
    for line, after in itertools.pairwise([*lines, (len(text) + 9, len(text) + 9)]):
        if not _continues(text, line, after, wrapped, spaced):
            yield start, line[1]
            start = after[0]


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether most lines that others follow directly are as long as an editor wraps them."""
    followed = [end - start for (start, end), (after, _) in itertools.pairwise(lines) if after == end + 1]
    return len(followed) >= 3 and sum(length in _WRAPPED for length in followed) * 10 >= 7 * len(followed)


def _is_spaced(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether a text was wrapped and its every line then made a paragraph: most end within a sentence."""
    followed = [
        (end - start, text[end - 1] not in _ENDS and text[after].islower())
        for (start, end), (after, _) in itertools.pairwise(lines)
        if after == end + 2
    ]
    most = len(followed) * 7 // 10
    return len(followed) >= 6 and (
        sum(length in _WRAPPED for length, _ in followed) >= most and sum(within for _, within in followed) * 2 >= most
    )


def _continues(text: str, line: tuple[int, int], after: tuple[int, int], wrapped: bool, spaced: bool) -> bool:
    """Tell whether a line goes on in the next one."""
    gap = after[0] - line[1]
    if gap <= 2 and _is_title(text[line[0] : line[1]], text[after[0] : after[1]]):
        return True
    if gap > 2 or (gap == 2 and not spaced) or _BULLET.match(text, *after):
        return False
    words = text[line[0] : line[1]].rstrip()
    following = text[after[0] : after[1]].lstrip()
    if gap == 2:
        return len(words) >= _WRAPPED.start and words[-1] not in _ENDS
    if wrapped and len(words) >= _WRAPPED.start:
        return True
    if words[-1] in _ENDS:
        return False
    return following[0].islower() or words[-1] == "," or words.endswith((" of", " and", " the", " for"))


# On lines of their own within the title of an agreement: "MEMORANDUM OF UNDERSTANDING / BETWEEN / … / AND / …".
_JOINTS = frozenset(("between", "by and between", "and", "with", "on", "concerning", "regarding"))


def _is_title(line: str, after: str) -> bool:
    """Tell whether two lines are of one title that is set over several: a word that joins stands alone, or begins the second."""
    line, after = line.strip(), after.strip()
    if line.lower() in _JOINTS or after.lower() in _JOINTS:
        return line.isupper() and after.isupper()
    return line.isupper() and after.isupper() and after.split(None, 1)[0].lower() in _JOINTS


def _ends(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Tell whether a stop ends a sentence."""
    stop, after = match.span()
    following = text[after : min(end, after + 24)].lstrip("\"“‘'([«")
    if not following or not (following[0].isupper() or following[0].isdigit() or following[0] in "•*-–—"):
        return False
    if text[stop] != "." or text[stop + 1 : stop + 2] == ".":
        return True
    before = _LAST_WORD.fullmatch(text, max(start, stop - 24), stop)
    word = before[1].lower() if before else ""
    if word.isdigit() and stop - start <= 4:
        return False  # "1. The parties"
    if word in _ABBREVIATIONS or _INITIALS.fullmatch(word):
        return (
            ("." in word or word in _ENDING)
            and following[0].isupper()
            and following.split(None, 1)[0].strip(".,;:").lower() in _STARTERS
        )
    return True


def _cut(text: str, start: int, end: int, found: list[Span]) -> None:
    """Add a sentence without the blanks around it, in pieces if it is too long to be one."""
    while start < end:
        stop = end
        if end - start > _LONGEST:
            blank = text.rfind(" ", start + 1, start + _LONGEST)
            stop = blank if blank > start else start + _LONGEST
        piece = text[start:stop]
        kept = piece.lstrip()
        first = start + len(piece) - len(kept)
        last = first + len(kept.rstrip())
        if last > first:
            found.append(Span(first, last))
        start = stop
