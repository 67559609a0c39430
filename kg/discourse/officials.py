"""Officials: the people whom an article shows in public office, their posts, and whom they serve."""

from __future__ import annotations

from kg.discourse.analysis import Analysis
from kg.discourse.deals import body_key
from kg.discourse.jurisdictions import jurisdiction
from kg.discourse.ledger import Ledger
from kg.discourse.people import Citizen, name_words
from kg.grammar.bodies import Body
from kg.grammar.people import Title
from kg.lexicons.places import country
from kg.model import Span
from kg.vocabulary import KG, ORG


def key(name: str) -> str:
    """Return the key of an official."""
    return "official:" + "-".join(name_words(name))


def state(analysis: Analysis, ledger: Ledger) -> None:
    """Write down the officials, and drop those whose office is no public one."""
    for citizen in analysis.people.all:
        if citizen.public:
            _official(analysis, ledger, citizen)
        elif citizen.titles:
            ledger.drop(*citizen.mentions[0][:2], reason="a person without public office")


def _official(analysis: Analysis, ledger: Ledger, citizen: Citizen) -> None:
    official = key(citizen.name)
    for start, end, _ in citizen.mentions:
        ledger.thing(official, KG.Official, citizen.name, at=(start, end))
    public = [(title, span) for title, span in citizen.titles if not title.private]
    owner = next((title.code for title, _ in public if title.code), "")
    for title, span in _longest(public):
        _post(analysis, ledger, official, title, span, owner)


def _post(analysis: Analysis, ledger: Ledger, official: str, title: Title, span: Span, owner: str) -> None:
    code = title.code or owner
    at = (title.start, title.end)
    post = ledger.thing(f"post:{code or title.body}:{title.label.lower()}", ORG.Post, title.label, at=at)
    ledger.claim(official, ORG.holds, post, span, 0.92, "title")
    body = _body(analysis, ledger, title)
    if body:
        ledger.claim(post, ORG.postIn, body, span, 0.9, "title-body")
        ledger.claim(official, KG.serves, body, span, 0.9, "title-body")
    if code:
        _serve(ledger, official, post, code, span, 0.9, bool(body))
    elif not body and analysis.home:
        _serve(ledger, official, post, country(analysis.home), span, 0.6, False)


def _body(analysis: Analysis, ledger: Ledger, title: Title) -> str:
    """Return the key of the body that a title names, if the article names it as a body; else ""."""
    if not title.body:
        return ""
    body = f"ministry:{body_key(analysis.full(Body(title.body, True)))[1]}"
    return body if body in ledger else ""


def _serve(ledger: Ledger, official: str, post: str, code: str, span: Span, score: float, has_body: bool) -> None:
    place = jurisdiction(ledger, code)
    if not has_body:
        ledger.claim(post, ORG.postIn, place, span, score, "title-place")
    ledger.claim(official, KG.serves, place, span, score, "title-place")


def _longest(titles: list[tuple[Title, Span]]) -> list[tuple[Title, Span]]:
    """Return the titles that say more than another: "Minister" falls to "Minister of Health"."""
    words = [frozenset(t.label.lower().split()) for t, _ in titles]
    return [
        pair
        for i, pair in enumerate(titles)
        if not any(words[i] < w or (words[i] == w and j < i) for j, w in enumerate(words) if j != i)
    ]
