"""Officials: the people whom an article shows in public office, their posts, and whom they serve."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache

from kg.discourse import sides
from kg.discourse.analysis import Analysis
from kg.discourse.deals import body_key
from kg.discourse.jurisdictions import jurisdiction
from kg.discourse.ledger import Ledger
from kg.discourse.owners import portfolio
from kg.discourse.people import Citizen, name_words
from kg.grammar.bodies import Body
from kg.grammar.places import HOME
from kg.grammar.titles import Title, is_organ, national, posts
from kg.grammar.words import sections
from kg.lexicons.places import country, places
from kg.model import Span
from kg.vocabulary import KG, ORG

_NAMED = 0.9  # how sure it is whom a post serves that the words name along with it


def key(name: str) -> str:
    """Return the key of an official."""
    return "official:" + "-".join(name_words(name))


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the officials, and drop those whose office is no public one."""
    sides.settle(analysis)
    holders = _Holders(analysis.people.all)
    for citizen in analysis.people.all:
        if citizen.public:
            _Official(analysis, ledger, citizen, holders).write()
        elif citizen.titles:
            ledger.drop(*citizen.mentions[0][:2], reason="a person without public office")


class _Holders:
    """Which countries have a holder of which post: who is minister beside theirs is not their minister."""

    def __init__(self, people: Iterable[Citizen]) -> None:
        self._held: dict[frozenset[str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for citizen in people:
            for title, _ in citizen.titles:
                if title.code and not title.counterpart and (office := _office(title.label)):
                    self._held[office][country(title.code)].add(citizen.name)

    def beside(self, citizen: Citizen, title: Title) -> set[str]:
        """Return the countries in which another than a citizen holds the post."""
        office = _office(title.label)
        held = (countries for known, countries in self._held.items() if office and (office <= known or known <= office))
        return {code for countries in held for code, names in countries.items() if len(names) > (citizen.name in names)}


def _office(label: str) -> frozenset[str]:
    """Return what tells a post that one person holds in a state: a minister's portfolio, a head's whole title; else nothing."""
    if label.lower() in _ONE_A_STATE:
        return frozenset((f"the {label.lower()}",))
    return portfolio(label) if _FULL_MINISTER.search(label) else frozenset()


class _Official:
    """Writes one official down."""

    def __init__(self, analysis: Analysis, ledger: Ledger, citizen: Citizen, holders: _Holders) -> None:
        self.analysis = analysis
        self.ledger = ledger
        self.citizen = citizen
        self.holders = holders
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
        understood = _national(title, self.analysis.text, counts)
        if understood or understood is None:
            return understood or "", 0.8
        known = leaders().get(self.citizen.name) or _leader_called(self.citizen.name)
        if known and not title.body:
            return (known, 0.8) if any(country(code) == known for code in counts) else ("", 0.0)
        if title.body and not title.body.public and not is_organ(title.body.name):
            return "", 0.0
        if self.own:
            return self.own, 0.8
        for place in self.ledger.objects(ministry, KG.jurisdiction):
            return place.removeprefix("jurisdiction:"), 0.7
        beside = self.citizen.beside
        if (
            beside
            and not title.level
            and not _PARLIAMENT.search(title.label)
            and beside not in self.holders.beside(self.citizen, title)
        ):
            return beside, 0.7
        if _SENT.match(title.label):
            return self._guest(), 0.5
        home = country(self.analysis.home) if self.analysis.home else ""
        level = title.level or ("subdivision" if _is_local(title, home) else "")
        if title.level == "unknown" or (title.level and " of " in title.label):
            return "", 0.0  # of a place that no lexicon knows
        if level:
            found = self._governed(title, level)
            if found or not (title.label.lower() in _OF_STATES and home not in _FEDERAL):
                return found, 0.7
        if (home in _WITHOUT_MINISTERS and "minister" in title.label.lower()) or home in self.holders.beside(
            self.citizen, title
        ):
            other = next(iter(c for c in self.analysis.two_states if c != home), "")
            return (other, 0.6) if other else (self._near(title, home), 0.5)
        return home, 0.6

    def _near(self, title: Title, home: str) -> str:
        """Return the only country but one's own that the sentence of a title, or else the one before, names; "" if none."""
        number = self.analysis.number_at(title.start)
        for line in reversed(self.analysis.lines[max(0, number - 1) : number + 1]):
            codes = {country(str(c.value)) for c in line.chunks if c.kind == "state" and c.value != HOME} - {home}
            if codes:
                return codes.pop() if len(codes) == 1 else ""
        return ""

    def _governed(self, title: Title, level: str) -> str:
        """Return the city or the province that someone governs: the one most spoken of that no other is said to govern."""
        table, counts = places(), self.analysis.counts
        held = {
            t.code for c in self.analysis.people.all if c is not self.citizen for t, _ in c.titles if t.level == level
        }
        within = {code for code, post in map(_coded, posts("governing")) if post == title.label.lower()}
        found = [code for code in counts if _is_of_level(code, level) and (not within or country(code) in within)]
        free = [code for code in found if code not in held or not title.level] or found
        own = [code for code in free if table[code].parent and country(code) == country(self.analysis.home)] or free
        if not title.level:
            return self._nearest(own, title.start)
        return max(own, key=lambda code: counts[code], default="")

    def _nearest(self, codes: list[str], start: int) -> str:
        """Return the jurisdiction that was named last before a place in the text."""
        named = [f.chunk for f in self.analysis.found("state") if f.chunk.value in codes and f.chunk.end <= start]
        named += [
            f.chunk for f in self.analysis.found("place", "demonym") if f.chunk.value in codes and f.chunk.end <= start
        ]
        return str(max(named, key=lambda c: c.end).value) if named else ""

    def _guest(self) -> str:
        """Return the only other state in which an article is interested: whose ambassador it greets; "" where there are several."""
        countries = {country(code) for code in self.analysis.counts} - {country(self.analysis.home)}
        return countries.pop() if len(countries) == 1 else ""

    def _ministry(self, title: Title) -> str:
        """Return the key of the one ministry that the article names with a minister's very portfolio; "" where there is none."""
        fields = portfolio(title.label)
        if not fields:
            return ""
        bodies = (self.analysis.full(c.value) for _, _, c in self.analysis.found("body"))
        named = {f"ministry:{body_key(body)[1]}" for body in bodies if portfolio(body.words) == fields}
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
        if is_organ(body.name):
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


_ONE_A_STATE = frozenset(("president", "prime minister", "king", "queen", "chancellor"))


_FULL_MINISTER = re.compile(
    r"(?i)^(?!.*\b(?:deputy|vice|former|ex|state|assistant|under|parliamentary|acting|shadow)\b).*\bminister\b"
)


@cache
def leaders() -> dict[str, str]:
    """Return the code of the country whom each well-known head of state or government has served, by name."""
    return {name: code for code, name in sections("leaders.txt")}


@cache
def _surnames() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, code in leaders().items():
        found[name.rpartition(" ")[2]].add(code)
    return found


def _leader_called(name: str) -> str:
    """Return the country of the leaders with a surname, where those who bear it have led one country alone; else ""."""
    codes = _surnames().get(name, set())
    return next(iter(codes)) if len(codes) == 1 else ""


_OF_STATES = frozenset(("premier", "deputy premier", "prefect"))  # whole countries have them too
_FEDERAL = frozenset(("AU", "CA", "ZA", "SB", "GB", "AR"))  # whose premiers are those of provinces
_MUNICIPALITIES = frozenset(
    ("CN-BJ", "CN-CQ", "CN-SH", "CN-TJ", "DE-BE", "DE-HB", "DE-HH", "US-DC", "IN-DL")
)  # cities that are provinces
_WITHOUT_MINISTERS = frozenset(("US", "PH", "HK", "MO", "EU", "PR", "GU"))
_PARLIAMENT = re.compile(r"\b(?:Member of Parliament|Member for|MPs?|MEP)\b")
_SENT = re.compile(r"(?i)ambassador|(?:deputy )?high commissioner|consul\b|consul.general|chargé|envoy")


def _is_of_level(code: str, level: str) -> bool:
    """Tell whether a jurisdiction is a city or a province; a municipality as large as a province is both."""
    place = places()[code]
    wanted = ("city", "territory") if level == "city" else ("subdivision", "territory")
    return place.level in wanted or (level == "city" and code in _MUNICIPALITIES)


def _is_local(title: Title, home: str) -> bool:
    """Tell whether a post is one that in its country only provinces have: a Nigerian "Commissioner for Energy"."""
    label = title.label.lower()
    return any(label.startswith(local) for code, local in map(_coded, posts("provincial")) if code == home)


def _coded(post: str) -> tuple[str, str]:
    """Return the code of the country and the post of a line such as "NG commissioner for"."""
    code, _, label = post.partition(" ")
    return code, label


def _national(title: Title, text: str, spoken: Collection[str]) -> str | None:
    """Return the country whose post or organ of state this is: "" for what any may have; None where no article's state has it."""
    after = text[title.end : title.end + 80]
    head = f"{title.label.split()[0]} {title.label.split()[-1]}" if title.label else ""  # "Union Agriculture Minister"
    words = f"{title.label} {head} {title.body.name if title.body else ''} {after if after.startswith(' of ') else ''}".lower()
    only = {code for known, code in national().items() if known in words}
    found = [
        (len(k), code)
        for s in ("national", "mainly")
        for k, code in national(s).items()
        if k in words and code in spoken
    ]
    return max(found)[1] if found else None if only else ""


def _longest(titles: list[tuple[Title, Span]]) -> list[tuple[Title, Span]]:
    """Return the titles that say more than another: "Minister" falls to "Minister of Health"."""
    words = [frozenset(t.label.lower().split()) for t, _ in titles]
    return [
        pair
        for i, pair in enumerate(titles)
        if pair[0].label == ""
        or not any(words[i] < w or (words[i] == w and j < i) for j, w in enumerate(words) if j != i)
    ]
