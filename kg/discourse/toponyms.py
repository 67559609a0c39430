"""Which jurisdiction a name means in this article: namesakes, capitals that stand for their states, "the Kingdom"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.grammar.classes import signs
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country, forms, places

# What a capital that stands for its government does: "Riyadh has agreed", "Kinshasa wants".
_ACTS = frozenset("saying sign bare have modal approve propose negotiate reject end".split())
_WANTS = frozenset(
    "wants want seeks seek hopes hope expects insists insist backs back rejects demands demand supports support considers views sees "
    "agreed agrees decided believes fears needs ties relations declared accused accuses summoned recalled expelled blames "
    "criticised criticized condemned condemns protested imposed lifted recognised recognized recognises withdrew joined joins offered offers "
    "warned warns maintains denies denied refused refuses calls regards wishes intends plans".split()
)
_WHERE = frozenset(
    ("in", "to", "from", "on", "of")
)  # before a capital that is a place: "in Riyadh", "the mayor of Riyadh"
_HOSTS = frozenset(("host", "hosts", "hosted", "hosting"))
_REACH = 8  # chunks between a capital's possessive and the head of its ministry
_STYLES = {"Kingdom": "Kingdom of", "Sultanate": "Sultanate of", "Commonwealth": "Commonwealth of"}


_NAMES = signs("place demonym")
_PLACES = frozenset(("place", "demonym"))


def settle(lines: Sequence[Line], text: str) -> frozenset[str]:
    """Give every name in the lines of a text its jurisdiction; return the codes of the states of which the article speaks."""
    counts = _counts(lines)
    states: Counter[str] = Counter()
    for code, n in counts.items():
        states[country(code)] += n
    styled = any(style in text for style in _STYLES)
    for line in lines:
        for at in _named(line) if styled else line.where(_NAMES):
            chunk = line.chunks[at]
            if chunk.kind in _PLACES:
                chunk.value = _meant(chunk, counts, states)
                if chunk.kind == "place":
                    _settle_place(line, at, counts, states)
            elif chunk.text in _STYLES:
                _settle_style(line, at, states)
    return frozenset(states)


def _named(line: Line) -> list[int]:
    """Return the indices of the names of places and of the words that may mean a state by its style: "the Kingdom"."""
    return [at for at, chunk in enumerate(line.chunks) if chunk.kind in _PLACES or chunk.text in _STYLES]


def _counts(lines: Iterable[Line]) -> Counter[str]:
    """Return how often each jurisdiction is named by a name that no other has."""
    known = forms()
    return Counter(
        str(chunk.value)
        for line in lines
        for chunk in map(line.chunks.__getitem__, line.where(_NAMES))
        if len(known[chunk.text].codes if chunk.text in known else ()) < 2
        and places()[str(chunk.value)].ambiguity != "common"
    )


def _meant(chunk: Chunk, counts: Counter[str], states: Counter[str]) -> str:
    """Return which namesake a name means: of the state most spoken of, by one that is named in full, else by the city."""
    form = forms().get(chunk.text)
    if form is None or len(form.codes) < 2:
        return str(chunk.value)
    own = {code: states[country(code)] for code in form.codes}
    most = max(own.values())
    state = next(country(code) for code, n in own.items() if n == most)
    inside = [code for code in form.codes if country(code) == state]
    return max(inside, key=lambda code: (counts[code], places()[code].level != "subdivision"))


def _settle_place(line: Line, at: int, counts: Counter[str], states: Counter[str]) -> None:
    chunk = line.chunks[at]
    place = places()[str(chunk.value)]
    if place.ambiguity == "common" and not states[country(place.code)]:
        line.reclass(at, "name")
    elif (
        place.capital
        and (place.level == "city" or chunk.text == "Washington")
        and _acts(line, at, states[country(place.code)] > counts[place.code])
    ):
        chunk.value = country(place.code)


def _acts(line: Line, at: int, spoken_of: bool) -> bool:
    """Tell whether a capital stands for its government here; `spoken_of`: the article names its state too."""
    chunks = line.chunks
    if at and (chunks[at - 1].kind in _WHERE or chunks[at - 1].kind in ("comma", "postmod", "adverb")):
        return False
    end = _listed_to(chunks, at)
    after = chunks[end] if end < len(chunks) else None
    if after is None or any(c.text.lower() in _HOSTS for c in chunks[end : end + 3]):
        return False
    if end > at + 1 and after.kind in ("word", "be", *_ACTS):
        return all(places()[str(c.value)].capital for c in chunks[at:end] if c.kind == "place")
    if after.kind == "possessive":
        return any(c.text.lower() in ("ministry", "department") for c in chunks[end : end + _REACH])
    return after.text.lower() in _WANTS or (after.kind in _ACTS and spoken_of)


def _listed_to(chunks: list[Chunk], at: int) -> int:
    """Return the index after a list of places: "Beijing and Belgrade"."""
    end = at + 1
    while end + 1 < len(chunks) and chunks[end].kind in ("and", "comma") and chunks[end + 1].kind == "place":
        end += 2
    return end


def _settle_style(line: Line, at: int, states: Counter[str]) -> None:
    """Read "the Kingdom" as the kingdom of which the article speaks most."""
    chunk = line.chunks[at]
    after = line.chunks[at + 1].kind if at + 1 < len(line.chunks) else "stop"
    if (
        not at
        or line.chunks[at - 1].text.lower() != "the"
        or after in ("of", "name", "caps", "noun", "orghead", "bodyhead")
    ):
        return
    table = places()
    style = _STYLES[chunk.text]
    named = [c for c in states if c in table and any(n.startswith(style) for n in (table[c].label, *table[c].names))]
    if named:
        chunk.value = max(named, key=lambda c: states[c])
        line.reclass(at, "place")
