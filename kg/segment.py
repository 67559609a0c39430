"""Articles to sentences: spans of the text, in order, never overlapping, in time linear in its length.

A blank line ends a sentence, and so does a line end, unless the line is one that was wrapped; within a line a full stop
does, unless it belongs to an abbreviation, an initial or a number.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from kg.model import Span

_STOP = re.compile(r"[.!?…]+[\"”’'»)\]]*(?:\s+|$)|[.!?]”(?=[A-Z])")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof hon rt gen lt col maj sgt capt cmdr adm brig rev fr sr jr st ste sen rep gov pres amb min sec atty messrs mt ft no nos art arts vol fig para paras ch ed eds "
    "inc ltd corp co pvt plc bros vs v etc al approx est dept univ assn intl govt jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "e.g i.e cf viz ca pp a.m p.m h.e u.s u.k u.n e.u d.c b.c n.y ph.d m.d s.a p.o u.a.e h.m h.h h.r.h r.o.k p.r.c tun drs datuk engr arch shri smt kum ir barr lic lcda arq ing eng mag dipl adv md mohd cde pt arc mme gov hajj".split()
)
_STARTERS = frozenset(
    "the a an it he she they we this that these those in on at for but and as under both its his her their there if when while after before since with by however also".split()
)
_BULLET = re.compile(r"\s*(?:[•*·▪◦‣●■–—-]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s)")
_LONGEST = (
    2000  # characters: a line without any full stop is cut at a blank, so that no sentence costs more than others
)
_WRAPPED = range(40, 101)  # characters of a line that an editor wrapped


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text, headings and items of lists among them."""
    return [span for block in _blocks(text) for span in _sentences(text, block)]


def _blocks(text: str) -> Iterator[Span]:
    """Yield stretches that no sentence crosses: lines, wrapped ones joined."""
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    wrapped = _is_wrapped(text, lines)
    at = 0
    while at < len(lines):
        last = at
        while last + 1 < len(lines) and _continues(text, lines[last], lines[last + 1], wrapped):
            last += 1
        yield Span(lines[at].start, lines[last].end)
        at = last + 1


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Tell whether most lines that others follow directly are as long as an editor wraps them."""
    followed = [a for a, b in itertools.pairwise(lines) if b.start == a.end + 1 and text[a.start : a.end].strip()]
    return len(followed) >= 3 and sum(a.end - a.start in _WRAPPED for a in followed) * 10 >= 7 * len(followed)


def _continues(text: str, line: Span, after: Span, wrapped: bool) -> bool:
    """Tell whether a line goes on in the next one."""
    if after.start != line.end + 1 or _BULLET.match(text, after.start, after.end):
        return False
    words = text[line.start : line.end].rstrip()
    following = text[after.start : after.end].lstrip()
    if not words or not following:
        return False
    ended = words[-1] in '.!?:;”"'
    if wrapped and len(words) >= _WRAPPED.start:
        return True
    return not ended and (following[0].islower() or words[-1] == "," or words.endswith((" of", " and", " the", " for")))


def _sentences(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for match in _STOP.finditer(text, block.start, block.end):
        if match.end() < block.end and not _ends(text, start, match, block.end):
            continue
        yield from _cut(text, start, match.end())
        start = match.end()
    yield from _cut(text, start, block.end)


def _ends(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Tell whether a stop ends a sentence."""
    following = text[match.end() : min(end, match.end() + 24)].lstrip("\"“‘'([«")
    if not following or not (following[0].isupper() or following[0].isdigit() or following[0] in "•*-–—"):
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    before = re.search(r"[\w.’'-]*$", text[max(start, match.start() - 24) : match.start()])
    word = (before.group() if before else "").lower()
    starter = following.split(None, 1)[0].strip(".,;:").lower() in _STARTERS and following[0].isupper()
    if word.isdigit() and match.start() - start <= 4:
        return False  # "1. The parties"
    if word in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)*[a-z]", word):
        return starter and ("." in word or word in ("inc", "ltd", "corp", "co", "etc", "plc"))
    return True


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence without the blanks around it, in pieces if it is too long to be one."""
    while start < end:
        stop = end
        if end - start > _LONGEST:
            blank = text.rfind(" ", start + 1, start + _LONGEST)
            stop = blank if blank > start else start + _LONGEST
        first = start + len(text[start:stop]) - len(text[start:stop].lstrip())
        last = start + len(text[start:stop].rstrip())
        if last > first:
            yield Span(first, last)
        start = stop
