"""Whose a public body is, and which mentions are one body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace

from kg.grammar.bodies import OF_COMMITTEES, SINGULARS, Body
from kg.grammar.places import HOME
from kg.grammar.titles import Title
from kg.grammar.words import Chunk, Line
from kg.lexicons.agencies import agencies, owners
from kg.lexicons.places import country, places

_OWN = frozenset(("its", "their", "our"))
_DEPARTMENTS = frozenset(("US", "PH", "CH", "EU"))  # whose ministries are called otherwise
_MINISTRY = ("ministry", "department", "secretariat")


def several(body: Body) -> list[Body]:
    """Split "Ministries of Power and Finance", and the ministries of two states, into two bodies; any other is one."""
    if body.also:
        return [replace(body, code=code, also=()) for code in (body.code, *body.also)]
    head, _, tail = body.name.partition(" of ")
    singular = SINGULARS.get(head.lower(), "").capitalize()
    if not singular or not tail:
        return [body]
    if re.match(r"\(\w+\)", tail):
        fields = [f.strip(" ,") for f in re.split(r"(?:,?\s+and|,)?\s*\(\w+\)\s*", tail)]
    else:
        fields = re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*", tail)
    return [replace(body, name=f"{singular} of {field.strip()}", bare="") for field in fields if field.strip()]


def owner(line: Line, at: int, body: Body, counts: Counter[str]) -> tuple[str, float]:
    """Return the jurisdiction that the sentence gives to the body at `at`, and how surely; "" where it gives none."""
    if body.code:
        return body.code, body.sure
    chunks = line.chunks
    if [c.kind for c in chunks[at + 1 : at + 3]] == ["in", "state"]:
        return country(str(chunks[at + 2].value)), 0.75  # "the Foreign Office in Berlin"
    if [c.kind for c in chunks[at + 1 : at + 3]] == ["comma", "state"] and _closes(chunks, at + 2):
        return country(str(chunks[at + 2].value)), 0.85  # "the Ministry of Transport, United Republic of Tanzania, on"
    before = chunks[at - 1] if at else None
    if before is None:
        return "", 0.0
    if before.kind == "possessive" and at >= 2:
        if chunks[at - 2].kind in ("state", "place"):
            return str(chunks[at - 2].value), 0.95
        return nominal_code(chunks[at - 2].text.lower(), counts), 0.8
    if before.kind == "det" and before.text.lower() in _OWN:
        subject = next((c for c in reversed(chunks[:at]) if c.kind == "state"), None)
        return (str(subject.value), 0.85) if subject else ("", 0.0)
    return "", 0.0


_FORMAL = re.compile(r"^(?:the )?(?:Government|Republic|Kingdom|United|Federal|State|Commonwealth|Federation|People)\b")


def _closes(chunks: list[Chunk], at: int) -> bool:
    """Tell whether the state at `at`, after a body and a comma, is that body's: by its full name, or set off by commas."""
    state, after = chunks[at], chunks[at + 1].kind if at + 1 < len(chunks) else "stop"
    if state.value == HOME:
        return False
    return bool(_FORMAL.match(state.text)) or after in ("comma", "stop", "rparen", "semicolon")


def listed(body: Body, counts: Iterable[str]) -> str:
    """Return the state to which the lexicon gives a body by that name, if the article speaks of it; else ""."""
    spoken = {country(code) for code in counts}
    found = [
        a.code for name in (body.name, body.bare, body.acronym) for a in agencies().get(name, ()) if a.code in spoken
    ]
    if not found:
        known = {country(code) for name in (body.name, body.bare) for code in owners(name)}
        found = [code for code in known if code in spoken] if len(known) == 1 else []
    return found[0] if len(set(found)) == 1 else ""


def of_minister(body: Body, titles: Iterable[Title]) -> str:
    """Return the jurisdiction whose minister, of the very portfolio of a ministry, the article names; "" where there is not just one."""
    fields = portfolio(body.words)
    if not fields or not set(_MINISTRY) & set(body.words.split()):
        return ""
    named = [t for t in titles if t.code and not t.counterpart and "minister" in t.label.lower()]
    codes = {t.code for t in named if portfolio(t.label) == fields}
    return codes.pop() if len(codes) == 1 else ""


@lru_cache(maxsize=10_000)
def portfolio(name: str) -> frozenset[str]:
    """Return the words of a portfolio in the name of a ministry or of a minister's post."""
    words = re.findall(r"[^\W_]+", name.lower())
    return frozenset(full for word in words for full in _SPELT_OUT.get(word, (word,))) - _GENERIC


_SPELT_OUT = {"it": ("information", "technology"), "ict": ("information", "communications", "technology")}
_GENERIC = frozenset(
    "ministry minister ministers department bureau of for the and state senior deputy vice second union federal secretary "
    "permanent principal assistant parliamentary cabinet affairs".split()
)


def fallback(body: Body, home: str, counts: Counter[str]) -> str:
    """Return the state to which a body belongs whose owner nothing tells: the article's own, unless it has no ministries."""
    own = country(home) if home else ""
    known = agencies().get(body.name, ())
    alone = len(known) == 1 and not set(_MINISTRY) & set(body.words.split())
    if not body.sure or (alone and known[0].code != own):
        return ""
    if "committee" in body.words.split() and own not in OF_COMMITTEES:
        spoken = {country(code) for code in counts} & OF_COMMITTEES
        return spoken.pop() if len(spoken) == 1 else ""
    if own not in _DEPARTMENTS or "ministry" not in body.words.split():
        return own
    others: Counter[str] = Counter()
    for code, n in counts.items():
        if country(code) not in _DEPARTMENTS:
            others[country(code)] += n
    return others.most_common(1)[0][0] if others else own


def nominal_code(word: str, counts: Counter[str]) -> str:
    """Return the jurisdiction that "the city" or "the country" means: the one of that level most spoken of; "" if none."""
    wanted = {
        "city": ("city", "territory"),
        "territory": ("territory",),
        "state": ("subdivision",),
        "province": ("subdivision",),
        "kingdom": ("country",),
        "republic": ("country",),
        "country": ("country",),
        "nation": ("country",),
    }
    levels = wanted.get(word)
    if levels is None:
        return ""
    table = places()
    found = [(n, code) for code, n in counts.items() if table[code].level in levels]
    if word == "kingdom":
        found = [f for f in found if any("Kingdom" in name for name in (table[f[1]].label, *table[f[1]].names))]
    if found:
        return max(found, key=lambda f: f[0])[1]
    if levels == ("country",):
        parents = Counter({country(table[c].parent): n for c, n in counts.items() if table[c].parent})
        return parents.most_common(1)[0][0] if parents else ""
    return ""


@lru_cache(maxsize=10_000)
def _nationwide(words: str) -> str:
    """Return the words of a federal body's name without "federal", or of another's with it."""
    found = set(words.split())
    return " ".join(sorted(found ^ {"federal"}))


class Bodies:
    """The public bodies of an article: one for each name and jurisdiction, each under its fullest name."""

    def __init__(self) -> None:
        self._by_words: dict[str, list[Body]] = {}
        self._with_word: dict[str, list[str]] = {}  # keys of the above by each of their words

    def add(self, body: Body) -> Body:
        """Count a body with its jurisdiction, and return the one known before if it is the same."""
        known = self.find(body)
        if known is None or (body.code and known.code != body.code):
            words = body.words
            if words not in self._by_words:
                for word in words.split():
                    self._with_word.setdefault(word, []).append(words)
            self._by_words.setdefault(words, []).append(body)
            return body
        return known

    def find(self, body: Body) -> Body | None:
        """Return the body of that name, of that jurisdiction if one is named; None where there is none."""
        words = body.words
        found = self._by_words.get(words) or self._by_words.get(_nationwide(words)) or self._longer(words)
        fitting = [b for b in found if not body.code or b.code == body.code] or ([] if body.code else found)
        return fitting[-1] if fitting else None

    def _longer(self, short: str) -> list[Body]:
        """Return the ministry for which a short name stands: "the finance ministry" for that of finance and planning."""
        words = set(short.split())
        if len(words) != 2 or not words & set(_MINISTRY):
            return []
        near = min((self._with_word.get(word, []) for word in words), key=len)
        return [b for known in near if words < set(known.split()) for b in self._by_words[known]]
