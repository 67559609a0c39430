"""Whose an official is whose post does not say: what the sentence tells by "its president", "the bank's governor", or by two sides.

Where two states meet, whoever signs beside one side's minister, is received by its president or is "his counterpart"
stands for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace as change

from kg.discourse.analysis import Analysis
from kg.discourse.people import Citizen, name_words
from kg.grammar.bodies import Body
from kg.grammar.classes import pattern, signs
from kg.grammar.places import HOME
from kg.grammar.titles import Title, is_organ
from kg.grammar.words import Chunk, Line
from kg.lexicons.places import country

_PERSONS = signs("person")
_ACTORS = signs("person title state")
_SIGNS_FOR = pattern(
    "who:(person) (filler | comma | adverb | modal | have){0,3} (sign | bare) ~stop{0,4}? (for | onbehalf) det inside:(orghead | bodyhead)"
)
_SIGNERS = (
    pattern("one:(person) and (det | honorific)* two:(person) (comma | filler | adverb | modal | have | plan | date){0,4} (sign | bare | initialled)"),
    pattern("(sign | initialled | presence) ~stop{0,5}? by (det | honorific)* one:(person) and (det | honorific)* two:(person)"),
)  # fmt: skip
_MEETS = re.compile(
    r"\b(?:met|meets?|meeting|received|receives|receiving|hosted|hosts|welcomed|welcomes|greeted|called on|calls on|call on|"
    r"talks with|talks between|discussions with|conferred with|spoke with|spoke by phone with)\b"
)
_VISIT = re.compile(r"\bvisit(?: to [\w ]{2,40})? (?:of|by)(?: the)?(?: H\.? ?E\.?)?\s*$")
_OWN_SIDE = re.compile(
    r"^(?: also)? (?:said|noted|stressed|added|stated)(?: that)?(?: the)?\s*$"
    r"|\bconveyed (?:the )?(?:\w+ ){0,4}(?:greetings|regards|message|wishes|condolences|congratulations|gratitude)\b[\w ]{0,30} (?:of|from)(?: the)?\s*$"
    r"|\bits $"
)
_CREDENTIALS = re.compile(r"\bcredentials\b")
# Heads of bodies whose post says no more where their body is the subject of the sentence.
_BARE = frozenset(
    ("secretary", "director general", "director-general", "administrator", "commissioner", "executive director", "chief executive", "commissioner general")
)  # fmt: skip


def settle(analysis: Analysis) -> None:
    """Give the officials of an article whose posts name nobody the body or the state that the words around them tell."""
    scenes = [_Scene(analysis, line) for line in analysis.lines if line.has(_PERSONS)]
    for told in (_bodies, _states):
        for scene in scenes:
            told(scene)


class _Scene:
    """A line with the people in it."""

    def __init__(self, analysis: Analysis, line: Line) -> None:
        self.analysis = analysis
        self.line = line
        self.two = analysis.two_states

    def people(self) -> Iterator[tuple[int, Chunk, Citizen]]:
        """Yield the officials whom the line names, with where."""
        for at in self.line.where(_PERSONS):
            chunk = self.line.chunks[at]
            citizen = self.citizen(chunk)
            if citizen is not None:
                yield at, chunk, citizen

    def citizen(self, chunk: Chunk) -> Citizen | None:
        """Return the official whom a chunk names."""
        if chunk.kind != "person":
            return None
        return self.analysis.people.find(name_words(chunk.value.name), public=True)

    def other(self, code: str) -> str:
        """Return the other of the article's two states; "" where there are not two, or `code` is in neither."""
        own = country(code) if code else ""
        return next((c for c in self.two if c != own), "") if own in self.two else ""

    def code(self, chunk: Chunk) -> str:
        """Return the jurisdiction for which a person, a post or a state stands; "" where nothing tells."""
        if chunk.kind == "state":
            return str(chunk.value) if chunk.value != HOME else ""
        if chunk.kind == "title":
            return self._of_title(chunk.value)
        citizen = self.citizen(chunk)
        if citizen is None:
            return ""
        return next(filter(None, (self._of_title(t) for t, _ in citizen.titles)), citizen.beside)

    def _of_title(self, title: Title) -> str:
        return title.code or (self.analysis.full(title.body).code if title.body else "")


def _is_settled(citizen: Citizen) -> bool:
    named = (t.code or (t.body and not is_organ(t.body.name)) for t, _ in citizen.titles if not t.private)
    return bool(citizen.beside) or any(named)


def _bodies(scene: _Scene) -> None:
    """Find the bodies of "its president", "the bank's governor", "signed for the ministry", "the Food Agency …, Director X said"."""
    line = scene.line
    for at, chunk, citizen in scene.people():
        before = line.chunks[at - 1] if at else None
        if before is not None and before.kind == "det" and before.text.lower() == "its":
            _its(scene, at, citizen)
        for title in chunk.value.titles:
            if title.within and not title.private:
                _fill(citizen, title, _last(scene.analysis, chunk.start, title.within))
            elif title.label.lower() in _BARE and not _is_settled(citizen):
                _fill(citizen, title, _subject(line, at))
    for match in _SIGNS_FOR.finditer(line.shape):
        signer = scene.citizen(line.chunks[match.start("who")])
        word = line.chunks[match.start("inside")].text.lower()
        if signer is not None and not _is_settled(signer):
            for title, _ in signer.titles:
                _fill(signer, title, _last(scene.analysis, line.chunks[match.start("who")].start, word))


def _its(scene: _Scene, at: int, citizen: Citizen) -> None:
    """Give "its president" the body or the state that was named last before in the line."""
    owner = next((c for c in reversed(scene.line.chunks[:at]) if c.kind in ("body", "org", "state")), None)
    if owner is None or _is_settled(citizen):
        return
    if owner.kind == "state":
        citizen.beside = scene.code(owner)
        return
    for title in scene.line.chunks[at].value.titles:
        _fill(citizen, title, owner.value)
    citizen.beside = owner.value.code


def _last(analysis: Analysis, start: int, word: str) -> Body | None:
    """Return the body of which `word` is the head, last named before `start`."""
    named = sorted((f.chunk for f in analysis.found("body", "org") if f.chunk.end <= start), key=lambda c: c.end)
    alike = {"ministry": ("ministry", "department")}.get(word, (word,))
    return next((c.value for c in reversed(named) if any(w in c.value.name.lower().split() for w in alike)), None)


def _subject(line: Line, at: int) -> Body | None:
    """Return the only body of a line up to `at`, where it begins the sentence."""
    named = [i for i, c in enumerate(line.chunks[:at]) if c.kind == "body"]
    if len(named) != 1 or any(c.kind not in ("det", "comma", "dash", "state", "word") for c in line.chunks[: named[0]]):
        return None
    body: Body = line.chunks[named[0]].value
    return body


def _fill(citizen: Citizen, title: Title, body: Body | None) -> None:
    """Put a body into a post of a person that names none."""
    if body is not None:
        citizen.titles = [
            (change(t, body=body) if t.start == title.start and not (t.body or t.code) else t, span)
            for t, span in citizen.titles
        ]


def _states(scene: _Scene) -> None:
    """Find on whose side those stand who are met, who sign beside others, and who are "his counterpart"."""
    if len(scene.two) != 2:
        return
    actors = [scene.line.chunks[at] for at in scene.line.where(_ACTORS)]
    actors = [c for c in actors if c.kind != "government"]
    for left, right in zip([None, *actors], actors, strict=False):
        citizen = scene.citizen(right)
        if citizen is None or _is_settled(citizen) or any(t.level for t, _ in citizen.titles):
            continue
        text = scene.analysis.text
        if any(t.counterpart for t in right.value.titles):
            citizen.beside = scene.other((scene.code(left) if left else "") or scene.analysis.home)
        elif _CREDENTIALS.search(text, right.end, scene.line.end):
            hosts = (scene.code(c) for c in actors if c.start > right.start)
            citizen.beside = scene.other(next(filter(None, hosts), ""))
        elif _VISIT.search(text[scene.line.start : right.start]):
            citizen.beside = scene.other(scene.analysis.home)
        elif left is not None and _OWN_SIDE.search(text[left.end : right.start]):
            citizen.beside = scene.code(left)
        elif left is not None and _MEETS.search(text, left.end, right.start):
            citizen.beside = scene.other(scene.code(left))
    for found in _SIGNERS:
        for match in found.finditer(scene.line.shape):
            _signers(scene, scene.line.chunks[match.start("one")], scene.line.chunks[match.start("two")])


def _signers(scene: _Scene, one: Chunk, two: Chunk) -> None:
    """Give two who sign together a side each: where nothing tells, the first is of the article's own state."""
    first, second = scene.citizen(one), scene.citizen(two)
    if first is None or second is None or first is second:
        return
    if not _is_settled(second) and not any(t.level for t, _ in second.titles):
        second.beside = scene.other(scene.code(one) or (scene.analysis.home if not _is_settled(first) else ""))
    elif not _is_settled(first) and not any(t.level for t, _ in first.titles):
        first.beside = scene.other(scene.code(two))
