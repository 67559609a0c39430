"""The decision: link, ask a person, or leave alone, with the score and the grounds. A pure function.

Each candidate is assessed on explicit features; a wrong type, country or time is a veto that no score outweighs. A name
that several bear is never linked on the name alone, nor is that of a person: something else that the articles say
must agree with the item and not with its namesakes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.graph import bounds
from kg.lexicons.places import country, places
from kg.link.items import Day, Index, Item, Name, Office
from kg.link.keys import key, keys, naming, parts, says, words

LINK = 0.95  # scores from here on are linked
ASK = 0.5  # and from here on shown to a person
# Log-odds by which a link exceeds any other candidate: seven times as likely. Scores near 1 differ by nothing.
MARGIN = 2.0
TOLERANCE = timedelta(days=60)  # an office is spoken of somewhat before it begins and after it ends

# Log-odds. Set so that an exact name in the right country is linked and each of the two alone is not.
WEIGHTS = {"name": 5.0, "kind": 1.0, "country": 3.0, "date": 1.0, "post": 3.0}
BIAS = -4.0
_EXACT, _ALIAS, _FOREIGN, _WORDS, _PART = 1.0, 0.95, 0.9, 0.85, 0.4
_DEEPER = 0.9  # the country of a body that is of a part of that
_NEAR_KINDS = {("ministry", "organization"), ("organization", "ministry")}
_ALONE = ("jurisdiction", "sector")  # kinds whose names say enough where only one bears them
_PLAIN_POST = frozenset(
    "minister ministers member secretary president head deputy vice state chair chairman director".split()
)
# Words that say how high a post is and not what it is for: a post that is called by them alone is one of many.
_ANY_POST = _PLAIN_POST | frozenset(
    "general chief executive officer commissioner permanent under assistant adviser advisor chairperson chairwoman manager"
    " managing acting special senior governor spokesperson prime premier mayor ambassador envoy".split()
)
# And words of agreements that say what sort of agreement one is; "memorandum of understanding between Kenya and Norway" says no more.
_ANY_AGREEMENT = frozenset(
    "memorandum memoranda understanding agreement agreements treaty protocol contract accord pact deal convention arrangement mou moa"
    " joint statement declaration communique letter intent framework trade free cooperation partnership programme program between with"
    " bilateral strategic comprehensive economic general new government republic".split()
)

_ITS_FIELDS = re.compile(r"(?<= )on [^A-Z]+$")  # "Protocol between Kenya and Peru on ports and fisheries (2024)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of an entity that an item is sought for."""

    kind: str  # one of items.KINDS
    names: tuple[str, ...]  # the best first
    code: str = ""  # of the jurisdiction that a body or a person belongs to, a place lies in; "" for unknown
    within: bool = False  # the code is only that of the country in which that jurisdiction lies
    first: Day = ""  # the days on which articles speak of it; of an agreement, those of its signing
    last: Day = ""
    offices: tuple[Office, ...] = ()  # posts, as the articles word them
    parties: tuple[str, ...] = ()  # of an agreement: the codes of the states that are bound, or whose bodies are
    rejected: frozenset[str] = frozenset()  # items that a person has ruled out


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that bears the name, weighed."""

    item: Item
    features: dict[str, float]  # name and kind 0..1; country, date and post -1..1, 0 for unknown
    veto: str = ""  # why it cannot be the one

    @property
    def odds(self) -> float:
        """Return the log-odds that it is the one."""
        return BIAS + sum(WEIGHTS[name] * value for name, value in self.features.items())

    @property
    def score(self) -> float:
        """Return how likely it is the one, 0..1."""
        return round(1 / (1 + math.exp(-self.odds)), 4)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with an entity."""

    verdict: str  # "link", "ask" or "leave"
    item: Item | None  # the best candidate; with "link" the entity's item
    score: float
    grounds: str  # in words
    candidates: tuple[Candidate, ...] = ()  # the best first


def decide(wanted: Wanted, index: Index) -> Decision:
    """Return what is to be done with an entity: the same for the same knowledge and the same index."""
    wanted = telling(wanted)
    if not wanted.names:
        return Decision("leave", None, 0.0, "many are called so")
    candidates = sorted(
        (_weighed(wanted, item) for item in _found(wanted, index)), key=lambda c: (bool(c.veto), -c.odds, c.item.qid)
    )
    standing = _nearest([c for c in candidates if not c.veto])
    if not standing:
        why = f"{candidates[0].item.label}: {candidates[0].veto}" if candidates else "nothing is called so"
        return Decision("leave", None, 0.0, why, tuple(candidates))
    best = standing[0]
    objection = _objection(wanted, best, standing, len(candidates))
    verdict = "link" if not objection else "ask" if best.score >= ASK else "leave"
    return Decision(verdict, best.item, best.score, objection or _grounds(best), tuple(candidates))


def telling(wanted: Wanted) -> Wanted:
    """Return what is wanted with those names alone that say what it is: many posts, and many agreements, are called alike."""
    if wanted.kind not in ("post", "agreement"):
        return wanted
    plain = _ANY_POST
    if wanted.kind == "agreement":
        plain = _ANY_AGREEMENT.union(*(naming(code) for code in wanted.parties))
    names = (name for name in wanted.names if _telling(wanted.kind, name) - plain)
    return replace(wanted, names=tuple(names))


def _telling(kind: str, name: str) -> set[str]:
    """Return the words of a name, but not those of the fields with which resolution ends what it calls an agreement itself."""
    own = _ITS_FIELDS.sub("", name) if kind == "agreement" else name
    return {word for word in key(kind, own).split() if not word.isdecimal()}


def _found(wanted: Wanted, index: Index) -> list[Item]:
    """Return all that bear one of the names, of the wanted kind or one that may be mistaken for it."""
    sought = [k for name in wanted.names for k in keys(wanted.kind, name, [wanted.code])]
    if wanted.kind == "official":
        sought += [k for name in wanted.names for k in parts(name)]
    kinds = [wanted.kind, *sorted(b for a, b in _NEAR_KINDS if a == wanted.kind)]
    found = {
        (item.qid, item.label, item.codes): item for kind in kinds for item in index.find(kind, sorted(set(sought)))
    }
    return [found[k] for k in sorted(found)]


def _weighed(wanted: Wanted, item: Item) -> Candidate:
    features = {
        "name": max(_name(wanted, name, item) for name in wanted.names),
        "kind": 1.0 if item.kind == wanted.kind else 0.5,
        "country": _country(wanted, item),
        "date": _date(wanted, item),
        "post": _post(wanted, item),
    }
    veto = ""
    if item.qid in wanted.rejected:
        veto = "a person decided against it"
    elif features["country"] < 0:
        veto = "another country" if wanted.kind != "agreement" else "other parties"
    elif wanted.kind == "agreement" and features["date"] < 0:
        veto = "signed at another time"
    elif wanted.kind == "official" and features["date"] < 0:
        veto = "held no office at the time"
    elif wanted.kind != "official" and _before(wanted, item.since):
        veto = f"did not exist before {item.since}"
    return Candidate(item, features, veto)


# --- features ---


def _name(wanted: Wanted, text: str, item: Item) -> float:
    """Return how well a name fits the item's best fitting one."""
    whole = key(wanted.kind, text)
    near = set(keys(wanted.kind, text, [wanted.code]))
    return max((_one_name(wanted, text, whole, near, name, item) for name in item.names), default=0.0)


def _one_name(wanted: Wanted, text: str, whole: str, near: set[str], name: Name, item: Item) -> float:
    if words(text) == words(name.text):
        current = _within(wanted, name.since, name.until)
        if (name.label and current >= 0) or ((name.since or name.until) and current > 0):
            return _EXACT
        return _ALIAS if name.language in ("", "en", "mul") else _FOREIGN
    theirs = keys(item.kind, name.text, item.codes or item.countries)
    if near & set(theirs):
        return _WORDS
    if wanted.kind == "official" and set(theirs[0].split()) < set(whole.split()):
        return _PART
    return 0.0


def _country(wanted: Wanted, item: Item) -> float:
    """Return 1 for the same jurisdiction, -1 for another, 0 where one of them is not known."""
    if wanted.kind == "agreement":
        return _parties(set(wanted.parties), {country(code) for code in item.codes})
    if not wanted.code:
        named = any(says(name, code) for name in wanted.names for code in (*item.codes, *item.countries))
        return 1.0 if named and wanted.kind in ("ministry", "organization", "post") else 0.0
    theirs = {*item.codes, *item.countries}
    if not theirs:
        return 0.0
    if wanted.kind == "official":
        return 1.0 if {above for code in theirs for above in _lying_in(code)} & set(_lying_in(wanted.code)) else -1.0
    if wanted.kind in ("jurisdiction", "city"):
        return 1.0 if wanted.code in {above for code in theirs for above in _lying_in(code)} else -1.0
    # A body of a state is not that of its country: what it is of decides, where that is known.
    if wanted.code in (item.codes or item.countries):
        return 1.0
    return _DEEPER if wanted.within and any(wanted.code in _lying_in(code) for code in item.codes) else -1.0


def _parties(told: set[str], theirs: set[str]) -> float:
    """Return 1 where the one's parties are all among the other's, -1 where not, 0 where one of the two tells none.

    Articles seldom name all parties of an agreement of many, nor do items.
    """
    if not told or not theirs:
        return 0.0
    return 1.0 if told <= theirs or theirs <= told else -1.0


def _lying_in(code: str) -> list[str]:
    found = [code]
    while (place := places().get(found[-1])) is not None and place.parent:
        found.append(place.parent)
    return found


def _date(wanted: Wanted, item: Item) -> float:
    """Return 1 where the item was there (a person: in office) when it was spoken of, -1 where not, 0 for unknown."""
    if wanted.kind == "agreement":
        return _signed(wanted, item.since)
    if wanted.kind != "official":
        return _within(wanted, item.since, item.until)
    terms = [_within(wanted, office.since, office.until) for office in item.offices]
    return max(terms, default=0.0)


def _signed(wanted: Wanted, day: Day) -> float:
    """Return 1 where an agreement may have been signed on a day, -1 where not, 0 for unknown."""
    if not wanted.first or not day:
        return 0.0
    return 1.0 if _bound(day, 0) <= _bound(wanted.last, 1) and _bound(wanted.first, 0) <= _bound(day, 1) else -1.0


def _within(wanted: Wanted, since: Day, until: Day) -> float:
    """Return 1 where a stretch of time holds a day on which the entity was spoken of, -1 where none, 0 for unknown."""
    if not wanted.first or not (since or until):
        return 0.0
    return -1.0 if _before(wanted, since) or _after(wanted, until) else 1.0


def _before(wanted: Wanted, since: Day) -> bool:
    return bool(wanted.first and since) and _bound(since, 0) - TOLERANCE > _bound(wanted.last or wanted.first, 1)


def _after(wanted: Wanted, until: Day) -> bool:
    return bool(wanted.first and until) and _bound(until, 1) + TOLERANCE < _bound(wanted.first, 0)


def _bound(day: Day, which: int) -> date:
    return date.fromisoformat(bounds(day)[which])


def _post(wanted: Wanted, item: Item) -> float:
    """Return 1 where the person holds a post that the articles tell, at that time, 0.5 where the time is not known.

    -1 where the person holds other posts or held it at another time; 0 where one of the two tells no posts.
    """
    if not wanted.offices or not item.offices:
        return 0.0
    return max(_same_office(wanted, a, b) for a in wanted.offices for b in item.offices)


def _same_office(wanted: Wanted, told: Office, theirs: Office) -> float:
    if not any(_same_post(a, b, wanted.code) for a in told.names for b in theirs.names):
        return -1.0
    first, last = told.since or wanted.first, told.until or told.since or wanted.last or wanted.first
    time = _within(Wanted("official", (), first=first, last=last), theirs.since, theirs.until)
    return time or 0.5


def _same_post(told: str, theirs: str, code: str) -> bool:
    """Tell whether two wordings may name one post: all telling words of the one are in the other."""
    a = set((keys("post", told, [code]) or [""])[-1].split())
    b = set((keys("post", theirs, [code]) or [""])[-1].split())
    if not a or not b:
        return False
    return a == b or (min(len(a), len(b)) > 1 and (a <= b or b <= a) and bool((a & b) - _PLAIN_POST))


# --- the rule ---


def _nearest(standing: list[Candidate]) -> list[Candidate]:
    """Return those that come first: a present body before a former one of its name, a country's before a part's."""
    there = [c for c in standing if c.features["date"] >= 0] or standing
    return [c for c in there if c.features["country"] == 1] or there


def _objection(wanted: Wanted, best: Candidate, standing: list[Candidate], bearers: int) -> str:
    """Return why the best candidate cannot be linked; "" where it can."""
    rivals = [c for c in standing[1:] if c.item.qid != best.item.qid or not c.item.qid]
    if rivals and (best.odds - rivals[0].odds < MARGIN or not best.item.qid or not rivals[0].item.qid):
        return f"{len(rivals) + 1} bear the name and nothing tells them apart: {_labels([best, *rivals])}"
    if not best.item.qid:
        return "known, and its item is not"
    if wanted.kind == "official":
        return _objection_to_person(best, bearers)
    if wanted.kind == "agreement" and best.features["date"] <= 0:
        return "nothing tells that it was signed at that time"
    if best.features["country"] <= 0 and (bearers > 1 or wanted.kind not in _ALONE):
        return "nothing but the name speaks for it"
    if best.score < LINK and not (wanted.kind in _ALONE and best.features["name"] >= _ALIAS):
        return f"the score is {best.score:.2f}"
    return ""


def _objection_to_person(best: Candidate, bearers: int) -> str:
    has = best.features
    if has["post"] < 0:
        return "no office of the item is one that the articles tell"
    if not (has["post"] > 0 or (has["country"] > 0 and has["date"] > 0)):
        return "nothing but the name speaks for it" if has["country"] <= 0 else "only name and country speak for it"
    if has["name"] <= _PART and not (has["post"] > 0 and has["country"] > 0):
        return "only a part of the name is the item's"
    return "" if best.score >= LINK else f"the score is {best.score:.2f}"


def _labels(candidates: Iterable[Candidate]) -> str:
    found = [f"{c.item.qid or '?'} {c.item.label}" for c in candidates]
    return ", ".join(found[:3]) + (" …" if len(found) > 3 else "")


def _grounds(best: Candidate) -> str:
    """Return what speaks for a link, in the words that the graph and the tables show as its method."""
    name = best.features["name"]
    how = (
        "name"
        if name >= _EXACT
        else "alias"
        if name >= _FOREIGN
        else "words of the name"
        if name >= _WORDS
        else "part of the name"
    )
    also = [f for f in ("country", "post", "date") if best.features[f] > 0]
    gone = ["after its end"] if best.features["date"] < 0 else []
    return ", ".join([how, *also, *gone])
