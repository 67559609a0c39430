"""Stages: how far an instrument has come, told by a cue and the words around it.

A *cue* is a word of signing, negotiating, approving, ending …. What stands before it in its clause turns "signed" into "will
be signed", "has not signed" or "approved the signing": the table below is read from the top, the first row that fits
counts. (The idea is that of ConText, Chapman et al. 2007: negation, time and hypothesis as triggers with a scope.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from msgspec import Struct

from kg.grammar.classes import pattern
from kg.grammar.words import Line

CUES = frozenset(
    "sign bare nominal initialled postpone approve propose negotiate force ratify end lapse reject agreed issue".split()
)
_LINK = "(have | be | filler | adverb | on? date | today | tomorrow | comma | word)"
_FUTURE = "(modal | plan | to | tomorrow)"
_LEGISLATURE = re.compile(
    r"\b(parliament|senate|congress|assembly|duma|sejm|bundestag|bundesrat|knesset|riigikogu|seimas|saeima|storting|riksdag|"
    r"lower house|upper house|house of|chamber of deputies|lawmakers?|legislators?|mps|majlis|diet|rada|kenesh|verkhovna)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A row: a class of cues, what stands right before them, and what that says."""

    name: str
    cue: str
    before: str  # a pattern that ends right before the cue; "" for anything
    status: str  # the notation of a status; "" where it says nothing of how far things are
    weight: float  # how plainly it says so, 0..4: what counts where sentences of one article disagree
    example: str  # a sentence whose first instrument gets this status by this row
    after: str = ""  # a pattern that begins right after the cue


class Reached(Struct, frozen=True, gc=False):
    """What a cue says."""

    status: str = ""
    weight: float = 0.0
    stage: str = ""  # the name of the row


STAGES = (
    Stage("not-yet-signed", "sign", f"yet {_LINK}*", "planned", 2.6, "The treaty has not yet been signed."),
    Stage("not-signed", "sign", f"(not | reject) (clause | det | pronoun | {_LINK}){{0,6}}", "rejected", 2.7, "Ghana has not signed any agreement with Peru."),
    Stage("said-to-be-signed", "sign", "reject (det | word | saying){1,4} (clause | det) ~stop{0,8}", "rejected", 2.7,
          "Peru rejected reports that Kenya had already signed a treaty."),
    Stage("to-be-signed", "sign", f"{_FUTURE} {_LINK}*", "planned", 2.6, "The MoU will be signed in Rome."),
    Stage("that-it-be-signed", "sign", "(propose | approve) .* be", "planned", 2.6, "Peru proposed that a treaty be signed."),
    Stage("signed", "sign", "", "signed", 3.0, "Kenya and Peru signed a treaty."),
    Stage("came-to-sign", "bare", f"went (title | person | det | state | and | {_LINK}){{0,6}} to? {_LINK}*", "signed", 2.8, "Both sides proceeded to sign an MoU."),
    Stage("yet-to-sign", "bare", f"yet {_LINK}*", "planned", 2.6, "Peru has yet to sign the treaty."),
    Stage("did-not-sign", "bare", f"(not | reject) (to | {_LINK})*", "rejected", 2.7, "Peru did not sign the treaty."),
    Stage("to-sign", "bare", f"({_FUTURE} | propose | approve) ({_LINK} | and | bare)*", "planned", 2.6, "Kenya is to sign a treaty."),
    Stage("signs", "bare", "", "signed", 2.2, "Kenya, Peru sign fisheries pact"),
    Stage("signing-to-be-seen", "nominal", f"(modal | plan | tomorrow) {_LINK}* witness .*", "planned", 2.4, "The minister will witness the signing of a treaty."),
    Stage("signing-seen", "nominal", "(witness | presence) .*", "signed", 2.4, "He witnessed the signing of a treaty."),
    Stage("signing-to-come", "nominal", "(approve | propose | plan | modal | negotiate | tomorrow) .*", "planned", 2.3,
          "Cabinet approved the signing of an MoU with Peru."),
    Stage("signing-wished", "nominal", "wish (in | of | for | about) (det | word | adverb)*", "planned", 2.4, "Peru expressed interest in signing a treaty."),
    Stage("signing-scheduled", "nominal", "", "planned", 2.4, "The signing of the MoU will take place in Rome.",
          "(of | det | adverb | word)* instrument? (comma? date)? (modal | be? plan)"),
    Stage("signing", "nominal", "", "signed", 1.5, "The signing of the treaty marks a new stage."),
    Stage("initialled", "initialled", "", "planned", 2.7, "The agreement was initialled in Doha."),
    Stage("postponed", "postpone", "", "planned", 2.8, "The signing of the treaty was postponed."),
    Stage("approved", "approve", "", "planned", 2.1, "The Cabinet approved an agreement with Peru."),
    Stage("proposed", "propose", "", "planned", 2.1, "Peru proposed an agreement on water."),
    Stage("agreed-on", "agreed", "", "planned", 2.0, "Peru and Chile agreed on a treaty."),
    Stage("to-be-issued", "issue", f"{_FUTURE} {_LINK}*", "planned", 2.4, "Peru and Chile will issue a joint statement."),
    Stage("issued", "issue", "", "signed", 2.2, "Peru and Chile issued a joint statement."),
    Stage("to-be-negotiated", "negotiate", f"{_FUTURE} {_LINK}*", "planned", 2.3, "Peru and Chile will negotiate a treaty."),
    Stage("negotiated", "negotiate", "", "negotiating", 2.5, "Peru and Chile are negotiating a treaty."),
    Stage("to-enter-into-force", "force", f"({_FUTURE} | yet | not) {_LINK}*", "signed", 1.6, "The treaty will enter into force in May."),
    Stage("in-force", "force", "", "in-force", 3.2, "The treaty entered into force in May."),
    Stage("to-be-signed-and-ratified", "ratify", f"(approve | propose) det? nominal and {_LINK}*", "planned", 2.3, "Cabinet approved the signing and ratification of a treaty."),
    Stage("to-be-ratified", "ratify", f"({_FUTURE} | yet | not | approve | propose) {_LINK}*", "signed", 1.6, "The treaty is yet to be ratified."),
    Stage("ratified", "ratify", "", "in-force", 2.9, "Parliament ratified the treaty with Peru."),
    Stage("to-lapse", "lapse", f"({_FUTURE} | not | reject | yet) {_LINK}*", "", 0.0, "The treaty will lapse in May."),
    Stage("lapsed", "lapse", "", "ended", 3.3, "The treaty expired in May."),
    Stage("to-end", "end", f"({_FUTURE} | not | reject | yet) {_LINK}*", "", 0.0, "Peru may suspend the treaty."),
    Stage("ended", "end", "", "ended", 3.3, "Peru suspended the treaty in May."),
    Stage("rejected", "reject", "", "rejected", 3.1, "Congress rejected the agreement with Peru."),
)  # fmt: skip


_PENDING = pattern(f"({_FUTURE} | yet | not) {_LINK}*$")  # "The Senate has yet to approve it"


@cache
def _rows(cue: str) -> tuple[tuple[Stage, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    return tuple(
        (s, pattern(f"({s.before})$") if s.before else None, pattern(s.after) if s.after else None)
        for s in STAGES
        if s.cue == cue
    )


def reached(line: Line, cue: int, start: int, end: int) -> Reached:
    """Return what the cue at index `cue` of a clause says."""
    kind = line.chunks[cue].kind
    if kind == "approve" and _LEGISLATURE.search(" ".join(c.text for c in line.chunks[start:cue])):
        pending = _PENDING.search(line.shape, start, cue)
        return Reached("signed", 1.6, "to-be-ratified") if pending else Reached("in-force", 2.6, "ratified")
    before, after = line.shape[start:cue], line.shape[cue + 1 : end]
    for stage, left, right in _rows(kind):
        if (left is None or left.search(before)) and (right is None or right.match(after)):
            return Reached(stage.status, stage.weight, stage.name)
    return Reached()
