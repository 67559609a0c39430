"""Officials: the people whom an article shows in public office, their posts, and whom they serve."""

from __future__ import annotations

import re

from kg.discourse.analysis import Analysis
from kg.discourse.deals import body_key
from kg.discourse.jurisdictions import jurisdiction
from kg.discourse.ledger import Ledger
from kg.discourse.owners import nominal_code
from kg.discourse.people import Citizen, name_words
from kg.grammar.bodies import Body
from kg.grammar.titles import Title, national, posts
from kg.lexicons.places import country, places
from kg.model import Span
from kg.vocabulary import KG, ORG

_NAMED = 0.9  # how sure it is whom a post serves that the words name along with it


def key(name: str) -> str:
    """Return the key of an official."""
    return "official:" + "-".join(name_words(name))


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the officials, and drop those whose office is no public one."""
    for citizen in analysis.people.all:
        if citizen.public:
            _Official(analysis, ledger, citizen).write()
        elif citizen.titles:
            ledger.drop(*citizen.mentions[0][:2], reason="a person without public office")


class _Official:
    """Writes one official down."""

    def __init__(self, analysis: Analysis, ledger: Ledger, citizen: Citizen) -> None:
        self.analysis = analysis
        self.ledger = ledger
        self.citizen = citizen
        self.key = key(citizen.name)
        self.titles = [(title, span) for title, span in citizen.titles if not title.private]
        self.own = next((t.code for t, _ in self.titles if t.code and not t.body), "")  # whom another post names

    def write(self) -> None:
        """Write down the official with every post."""
        for start, end, _ in self.citizen.mentions:
            self.ledger.thing(self.key, KG.Official, self.citizen.name, at=(start, end))
        for title, span in _longest(self.titles):
            self._post(title, span)

    def _post(self, title: Title, span: Span) -> None:
        body = self._body(title)
        ministry = "" if body else self._ministry(title)
        code, score = self._code(title, ministry)
        for served in filter(None, (body, ministry)):
            self.ledger.claim(self.key, KG.serves, served, span, _NAMED if body else 0.7, "title-body")
        place = jurisdiction(self.ledger, code) if code else ""
        if place and (not body or (title.code and title.body and not title.body.public)):
            self.ledger.claim(self.key, KG.serves, place, span, score, "title-place")
        if title.label:
            at = (title.start, title.end)
            named = f"post:{body or code}:{title.label.lower()}"
            post = self.ledger.thing(named, ORG.Post, title.label, at=at)
            self.ledger.claim(self.key, ORG.holds, post, span, 0.92, "title")
            if body or place:
                rule = "title-body" if body else "title-place"
                self.ledger.claim(post, ORG.postIn, body or place, span, _NAMED if body else score, rule)

    def _code(self, title: Title, ministry: str) -> tuple[str, float]:
        """Return the jurisdiction that a post belongs to, and how surely: named with it, with another post, or understood."""
        counts = self.analysis.counts
        if title.code:
            return title.code, _NAMED
        understood = _national(title, self.analysis.text)
        if understood:
            return (understood, 0.8) if understood in counts else ("", 0.0)
        if title.body and not title.body.public and not _is_organ(title.body):
            return "", 0.0
        if self.own:
            return self.own, 0.8
        for place in self.ledger.objects(ministry, KG.jurisdiction):
            return place.removeprefix("jurisdiction:"), 0.7
        if self.citizen.beside and not title.level and not _PARLIAMENT.search(title.label):
            return self.citizen.beside, 0.7
        if _SENT.match(title.label):
            return self._guest(), 0.5
        if title.level and " of " in title.label:
            return "", 0.0  # of a place that no lexicon knows
        if title.level:
            found = nominal_code({"city": "city", "subdivision": "state"}[title.level], counts)
            if found and places()[found].level != "country":
                return found, 0.7
        return (country(self.analysis.home) if self.analysis.home else ""), 0.6

    def _guest(self) -> str:
        """Return the only other state in which an article is interested: whose ambassador it greets; "" where there are several."""
        countries = {country(code) for code in self.analysis.counts} - {country(self.analysis.home)}
        return countries.pop() if len(countries) == 1 else ""

    def _ministry(self, title: Title) -> str:
        """Return the key of the one ministry that the article names with a minister's very portfolio; "" where there is none."""
        fields = _fields(title.label)
        bodies = (self.analysis.full(c.value) for _, _, c in self.analysis.found("body"))
        named = {f"ministry:{body_key(body)[1]}" for body in bodies if fields and _fields(body.words) == fields}
        found = [m for m in sorted(named) if m in self.ledger]
        owners = {m: self.ledger.objects(m, KG.jurisdiction) for m in found}
        fitting = [m for m in found if not title.code or f"jurisdiction:{title.code}" in owners[m]]
        return fitting[0] if len(fitting) == 1 else ""

    def _body(self, title: Title) -> str:
        """Return the key of the body or organisation that a title names; "" for an organ of the state, such as a parliament."""
        if title.body is None:
            return ""
        body = self.analysis.full(title.body)
        named = body_key(body)[1]
        if _is_organ(body):
            return ""
        if f"ministry:{named}" in self.ledger:
            return f"ministry:{named}"
        return "" if body.public else self._organisation(body, named)

    def _organisation(self, body: Body, named: str) -> str:
        """Write down an organisation whose officer this is."""
        at = next(
            ((c.start, c.end) for _, _, c in self.analysis.found("org") if self.analysis.full(c.value) == body), None
        )
        if at is None:
            start = self.analysis.text.find(body.name)
            at = (start, start + len(body.name)) if start >= 0 else None
        return self.ledger.thing(f"organization:{named}", KG.Organization, body.name, at=at) if at else ""


_PARLIAMENT = re.compile(r"\b(?:Member of Parliament|Member for|MPs?|MEP)\b")
_SENT = re.compile(r"(?i)ambassador|(?:deputy )?high commissioner|consul\b|consul.general|chargé|envoy")
_SPELT_OUT = {"it": ("information", "technology"), "ict": ("information", "communications", "technology")}
_GENERIC = frozenset(
    "ministry minister ministers department bureau of for the and state senior deputy vice second union federal secretary "
    "permanent principal assistant parliamentary cabinet affairs".split()
)


def _fields(name: str) -> frozenset[str]:
    """Return the words of a portfolio in the name of a ministry or of a minister's post."""
    words = re.findall(r"[^\W_]+", name.lower())
    return frozenset(full for word in words for full in _SPELT_OUT.get(word, (word,))) - _GENERIC


def _national(title: Title, text: str) -> str:
    """Return the country of a post or an organ of state that no other country knows; "" for any other."""
    after = text[title.end : title.end + 80]
    words = f"{title.label} {title.body.name if title.body else ''} {after if after.startswith(' of ') else ''}".lower()
    return next((code for known, code in national().items() if known in words), "")


def _is_organ(body: Body) -> bool:
    name = body.name.lower()
    return any(organ in name for organ in posts("organ"))


def _longest(titles: list[tuple[Title, Span]]) -> list[tuple[Title, Span]]:
    """Return the titles that say more than another: "Minister" falls to "Minister of Health"."""
    words = [frozenset(t.label.lower().split()) for t, _ in titles]
    return [
        pair
        for i, pair in enumerate(titles)
        if pair[0].label == ""
        or not any(words[i] < w or (words[i] == w and j < i) for j, w in enumerate(words) if j != i)
    ]
