"""What a sentence says of an instrument: who stands in which role, how far it has come, when and where.

A *cue* is a word of signing, negotiating, approving, ending …; the cue that governs an instrument, with the words
around it, gives the status. Actors are read as coordinated lists before and after the cue and the instrument.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.grammar.words import Chunk, Line

CUES = ("sign", "bare", "nominal", "initialled", "approve", "propose", "negotiate", "force", "end", "reject")
ACTORS = ("state", "body", "org", "person")
_SKIP_BEFORE_VERB = {"modal", "have", "be", "not", "filler", "adverb", "date", "plan", "to", "comma", "word"}
_IN_LIST = {
    "det",
    "comma",
    "and",
    "possessive",
    "filler",
    "of",
    "honorific",
    "adverb",
    "postmod",
    "demonym",
    "hyphen",
    "title",
}
_BREAKS = {"semicolon", "stop", "colon"}


@dataclass(slots=True)
class Frame:
    """What one sentence says of one instrument; indices are of line.chunks."""

    line: Line
    at: int  # of the instrument; -1 where the sentence only goes on about the one before
    status: str = ""
    weight: float = 0.0  # how plainly the sentence says the status
    cue: int = -1
    parties: list[Chunk] = field(default_factory=list)
    pair: bool = False  # "the two countries" are the parties
    ours: bool = False  # "we", "I", "our government" are a party
    signatories: list[Chunk] = field(default_factory=list)
    witnesses: list[Chunk] = field(default_factory=list)
    dates: list[Chunk] = field(default_factory=list)
    places: list[Chunk] = field(default_factory=list)
    counterparties: list[Chunk] = field(default_factory=list)  # after "with", where the instruments are several
    binding: bool | None = None


def _clause(line: Line, at: int) -> tuple[int, int]:
    """Return the stretch between semicolons and stops around `at`."""
    start, end = at, at + 1
    while start > 0 and line.chunks[start - 1].kind not in _BREAKS:
        start -= 1
    while end < len(line.chunks) and line.chunks[end].kind not in _BREAKS:
        end += 1
    return start, end


def actors_after(line: Line, at: int) -> list[Chunk]:
    """Return the coordinated actors that follow: "Kenya, Peru and the Ministry of Health of Ghana"."""
    found: list[Chunk] = []
    words = 0
    joined = True
    depth = 0
    for chunk in line.chunks[at:]:
        if chunk.kind in ("lparen", "rparen"):
            depth += 1 if chunk.kind == "lparen" else -1
            continue
        if depth > 0:
            continue
        if chunk.kind in ACTORS:
            if not joined:
                break
            found.append(chunk)
            joined, words = False, 0
        elif chunk.kind in ("and", "comma", "between"):
            joined, words = True, 0
        elif (
            chunk.kind in ("word", "name", "caps", "portfolio", "sector", "area", "orghead")
            and words < 3
            and (joined or not found)
        ):
            words += 1
        elif chunk.kind not in _IN_LIST:
            break
    return found


def actors_before(line: Line, at: int, start: int) -> list[Chunk]:
    """Return the coordinated actors that end before `at`: the subject of a verb."""
    found: list[Chunk] = []
    index = at - 1
    while index >= start and line.chunks[index].kind in _SKIP_BEFORE_VERB:
        index -= 1
    joined = True
    while index >= start:
        chunk = line.chunks[index]
        if chunk.kind in ACTORS and joined:
            found.append(chunk)
            joined = False
        elif chunk.kind in ("and", "comma"):
            joined = True
        elif chunk.kind == "rparen":
            while index >= start and line.chunks[index].kind != "lparen":
                index -= 1
        elif chunk.kind == "title" and not found:
            joined = True
        elif (
            chunk.kind in ("word", "orghead", "portfolio")
            and index + 1 < at
            and line.chunks[index + 1].kind == "possessive"
        ):
            pass  # "the city's"
        elif chunk.kind in ACTORS or chunk.kind not in (
            "det",
            "possessive",
            "honorific",
            "filler",
            "of",
            "postmod",
            "adverb",
            "title",
            "demonym",
            "date",
            "onbehalf",
            "for",
            "lparen",
            "pronoun",
        ):
            break
        elif chunk.kind in ("of", "for", "onbehalf"):
            joined = True
        index -= 1
    return found[::-1]


def _between(line: Line, start: int, end: int, kind: str) -> int:
    """Return the index of the last chunk of a kind in a stretch, or -1."""
    for index in range(end - 1, start - 1, -1):
        if line.chunks[index].kind == kind:
            return index
    return -1


def _governing(line: Line, at: int, start: int, end: int) -> int:
    """Return the index of the cue that governs the instrument at `at`, or -1.

    A predicate right after the instrument ("the treaty entered into force", "an MoU was signed") comes first, then the
    nearest cue before it, then the nearest one after it.
    """
    index = at + 1
    depth = 0
    while index < end:
        kind = line.chunks[index].kind
        depth += (kind == "lparen") - (kind == "rparen")
        if kind in CUES and kind not in ("nominal", "bare") and not depth:
            return index
        if kind == "bare" and line.chunks[index - 1].kind in ("be", "plan"):
            return index
        if not depth and kind not in (
            "modal",
            "be",
            "have",
            "not",
            "plan",
            "filler",
            "adverb",
            "lparen",
            "rparen",
            "comma",
            "clause",
            "date",
            "to",
        ):
            break
        index += 1
    for index in range(at - 1, start - 1, -1):
        if line.chunks[index].kind in CUES:
            return index
    for index in range(at + 1, end):
        kind = line.chunks[index].kind
        if kind == "instrument":
            break
        if kind in ("sign", "force", "end", "reject", "approve", "initialled", "negotiate"):
            return index
    return -1


def _near(line: Line, at: int, start: int, kinds: tuple[str, ...], reach: int = 5) -> bool:
    return any(c.kind in kinds for c in line.chunks[max(start, at - reach) : at])


def _anywhere(line: Line, start: int, end: int, kinds: tuple[str, ...]) -> bool:
    return any(c.kind in kinds for c in line.chunks[start:end])


def _status(line: Line, cue: int, at: int, start: int, end: int) -> tuple[str, float]:
    """Return the status that a cue gives, and how plainly (0..4)."""
    if cue < 0:
        return "", 0.0
    kind = line.chunks[cue].kind
    future = _near(line, cue, start, ("modal", "plan", "to", "tomorrow"))
    denied = _near(line, cue, start, ("not", "reject"))
    pending = _anywhere(line, start, end, ("approve", "propose"))
    if kind == "sign":
        if denied:
            return "rejected", 2.0
        return ("planned", 2.6) if future and not line.heading else ("signed", 3.0)
    if kind == "bare":
        if denied:
            return "rejected", 2.0
        if future or pending:
            return "planned", 2.6
        return "signed", 2.2
    if kind == "nominal":
        if future or pending or _anywhere(line, start, end, ("plan", "modal")):
            return "planned", 2.2
        return "signed", 1.5
    if kind == "force":
        return ("signed", 1.0) if future else ("in-force", 3.2)
    if kind == "end":
        return ("", 0.0) if future or denied else ("ended", 3.1)
    if kind == "reject":
        return "rejected", 2.8
    if kind == "negotiate":
        return "negotiating", 2.5
    return "planned", {"initialled": 2.7, "approve": 2.1, "propose": 2.1}[kind]


def _roles(frame: Frame, start: int, end: int) -> None:
    """Fill in parties, signatories and witnesses."""
    line, at, cue = frame.line, frame.at, frame.cue
    for index in range(max(start, 0), end):
        kind = line.chunks[index].kind
        if kind in ("between", "with", "by", "onbehalf") and index > at >= 0:
            if any(c.kind == "instrument" for c in line.chunks[at + 1 : index]):
                break
            listed = actors_after(line, index + 1)
            if (
                kind == "by"
                and cue >= 0
                and line.chunks[index - 1].kind not in ("sign", "initialled", "filler", "date", "bare")
            ):
                continue
            if kind == "with" and not _may_take_with(line, at, index):
                continue
            _add(frame, listed, counter=kind == "with")
            frame.pair = frame.pair or any(c.kind == "pairword" for c in line.chunks[index + 1 : index + 3])
    if (
        cue >= 0
        and line.chunks[cue].kind in ("sign", "bare", "initialled", "negotiate", "end", "force")
        and (cue < at or at < 0)
    ):
        subject = actors_before(line, cue, start)
        if line.chunks[cue].kind in ("bare",) and _anywhere(line, start, cue, ("propose",)):
            subject = [c for c in subject if c.kind != "person"]  # who proposes a signing has signed nothing
        _add(frame, subject)
        before = line.chunks[max(start, cue - 6) : cue]
        frame.pair = frame.pair or any(c.kind == "pairword" for c in before)
        frame.ours = frame.ours or any(c.kind == "pronoun" and c.text.lower() in ("we", "i") for c in before)


def _may_take_with(line: Line, at: int, index: int) -> bool:
    """Tell "an agreement with Peru", "signed an agreement on rice with Peru" from "in line with", "together with"."""
    return line.chunks[index - 1].kind not in ("word",) or index - at <= 6


def _add(frame: Frame, chunks: list[Chunk], counter: bool = False) -> None:
    for chunk in chunks:
        if chunk.kind == "person":
            if chunk not in frame.signatories:
                frame.signatories.append(chunk)
        elif chunk not in frame.parties:
            frame.parties.append(chunk)
            if counter:
                frame.counterparties.append(chunk)


def _witnesses(frame: Frame, start: int, end: int) -> None:
    line = frame.line
    for index in range(start, end):
        kind = line.chunks[index].kind
        if kind == "presence":
            found = [c for c in line.chunks[index + 1 : end] if c.kind == "person"]
        elif kind == "witness" and _anywhere(line, index, end, ("nominal", "instrument", "sign", "bare")):
            found = [c for c in actors_before(line, index, start) if c.kind == "person"]
        else:
            continue
        frame.witnesses += [c for c in found if c not in frame.witnesses]
    frame.signatories = [c for c in frame.signatories if c not in frame.witnesses]


def _when_and_where(frame: Frame, start: int, end: int) -> None:
    line = frame.line
    dates = [c for c in line.chunks[start:end] if c.kind == "date"]
    anchor = frame.cue if frame.cue >= 0 else frame.at
    dates.sort(key=lambda c: abs(c.start - line.chunks[anchor].start))
    frame.dates = dates
    for index in range(start, end - 1):
        here = line.chunks[index]
        if (
            here.kind == "in"
            and here.text.lower() in ("in", "at")
            and index > min(x for x in (frame.cue, frame.at) if x >= 0)
        ):
            following = line.chunks[index + 1]
            if following.kind == "state" and "overnment" not in following.text:
                frame.places.append(following)


def frames(line: Line) -> list[Frame]:
    """Return one frame for each instrument of a sentence, or one without where it only tells who signed or witnessed."""
    indices = [i for i, c in enumerate(line.chunks) if c.kind == "instrument"]
    if not indices:
        return _without_instrument(line)
    return [_frame(line, at) for at in indices]


def _frame(line: Line, at: int) -> Frame:
    start, end = _clause(line, at)
    cue = _governing(line, at, start, end)
    frame = Frame(line, at, cue=cue)
    frame.status, frame.weight = _status(line, cue, at, start, end)
    _roles(frame, start, end)
    _witnesses(frame, start, end)
    if cue >= 0:
        _when_and_where(frame, start, end)
    kinds = [c.kind for c in line.chunks[max(0, at - 4) : at + 3]]
    frame.binding = False if "nonbinding" in kinds else True if "binding" in kinds else None
    return frame


def _without_instrument(line: Line) -> list[Frame]:
    """ "X signed for Kenya and Y for Peru", "Z witnessed the signing": about the instrument before."""
    cue = next((i for i, c in enumerate(line.chunks) if c.kind in ("sign", "nominal", "presence")), -1)
    if cue < 0:
        return []
    frame = Frame(line, -1, cue=cue)
    start, end = 0, len(line.chunks)
    _witnesses(frame, start, end)
    if line.chunks[cue].kind == "sign" and _anywhere(line, cue, min(end, cue + 3), ("for", "onbehalf")):
        frame.signatories = [c for c in line.chunks if c.kind == "person"]
        frame.parties = [c for c in line.chunks[cue:] if c.kind in ("state", "body", "org")]
    if line.chunks[cue].kind == "nominal":
        _when_and_where(frame, start, end)
    return [frame] if frame.signatories or frame.witnesses or frame.dates or frame.places else []
