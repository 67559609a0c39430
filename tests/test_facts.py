"""The gate: what is stated about nothing, quotes nothing, or does not fit the ontology is dropped, with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import facts
from kg.model import Article, Claim, Iri, Mention, Reading, Span, Thing
from kg.vocabulary import KG, ORG, agreement_types, statuses

TEXT = "Kenya and Viet Nam signed a pact in Nairobi, Asha Wanjala said."
ARTICLE = Article("a", TEXT, "T")


def thing(key: str, kind: Iri, name: str, code: str = "") -> Thing:
    return Thing(key, kind, name, (Mention(TEXT.index(name), TEXT.index(name) + len(name), name),), code)


PACT = thing("pact", KG.Agreement, "pact")
KENYA = thing("kenya", KG.Jurisdiction, "Kenya", "KE")
WANJALA = thing("wanjala", KG.Official, "Asha Wanjala")
CLAIM = Claim("pact", KG.party, "kenya", 0.9, Span(0, 43))


def dropped(*claims: Claim, things: tuple[Thing, ...] = (PACT, KENYA, WANJALA)) -> list[str]:
    return [d.reason for d in facts.checked(ARTICLE, Reading(things, claims)).drops]


@pytest.mark.parametrize(
    "claim",
    [
        CLAIM,
        replace(CLAIM, predicate=KG.signatory, object="wanjala"),
        replace(CLAIM, predicate=KG.agreementType, object=agreement_types()["treaty"]),
        replace(CLAIM, predicate=KG.status, object=statuses()["signed"]),
        replace(CLAIM, predicate=KG.legallyBinding, object="false"),
        *(replace(CLAIM, predicate=KG.signedOn, object=day) for day in ("2024", "2024-02", "2024-02-29")),
    ],
)
def test_what_holds_is_kept(claim: Claim) -> None:
    assert facts.checked(ARTICLE, Reading((PACT, KENYA, WANJALA), (claim,))).claims == (claim,)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (replace(CLAIM, subject="treaty"), "about nothing that the article names"),
        (replace(CLAIM, object="oman"), "points to nothing that the article names"),
        (replace(CLAIM, object="https://elsewhere.example/party"), "points to nothing that the article names"),
        (replace(CLAIM, evidence=Span(0, 0)), "quotes nothing"),
        (replace(CLAIM, evidence=Span(0, 10_000)), "quotes nothing"),
        (replace(CLAIM, evidence=Span(-5, 4)), "quotes nothing"),
        (replace(CLAIM, evidence=Span(5, 6)), "nothing but blanks"),
        (replace(CLAIM, object="wanjala"), "Asha Wanjala is not what party points to"),
        (replace(CLAIM, subject="kenya"), "Kenya is not what party speaks of"),
        (replace(CLAIM, predicate=KG.agreementType, object="kenya"), "no value of agreementType"),
        (replace(CLAIM, predicate=KG.status, object=agreement_types()["treaty"]), "no value of status"),
        (replace(CLAIM, predicate=KG.signedOn, object="2023-02-29"), "no value of signedOn"),
        (replace(CLAIM, predicate=KG.signedOn, object="last week"), "no value of signedOn"),
        (replace(CLAIM, predicate=KG.legallyBinding, object="maybe"), "no value of legallyBinding"),
        (replace(CLAIM, predicate=Iri("https://elsewhere.example/likes")), "no relation of articles is called likes"),
        (replace(CLAIM, predicate=KG.confidence), "no relation of articles is called confidence"),
        (replace(CLAIM, score=7.0), "a confidence of 7.0 is none"),
        (replace(CLAIM, score=float("nan")), "a confidence of nan is none"),
    ],
)
def test_what_does_not_hold_is_dropped_with_the_reason(claim: Claim, reason: str) -> None:
    (found,) = dropped(claim)
    assert reason in found


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (replace(PACT, kind=Iri("https://elsewhere.example/Thing")), "the ontology has no class Thing"),
        (replace(PACT, kind=KG.Article), "the ontology has no class Article"),
        (replace(PACT, key="kenya"), "two things have the key kenya"),
        (replace(PACT, name=" "), "without a name"),
        (replace(KENYA, key="x", code="ZZ"), "no jurisdiction has the code 'ZZ'"),
        (replace(KENYA, key="x", kind=KG.IndustrySector), "the scheme of sectors has no concept 'KE'"),
    ],
)
def test_what_the_graph_cannot_hold_is_dropped(wrong: Thing, reason: str) -> None:
    assert [r for r in dropped(things=(KENYA, wrong)) if reason in r]


def test_mentions_that_do_not_stand_where_they_say_are_left_out() -> None:
    astray = replace(
        KENYA, mentions=(*KENYA.mentions, Mention(3, 8, "Kenya"), Mention(-5, 0, ""), Mention(900, 905, "Kenya"))
    )
    (found,) = facts.checked(ARTICLE, Reading((astray,))).things
    assert found.mentions == KENYA.mentions


def test_a_post_needs_no_domain_of_its_own() -> None:
    post = Thing("post", ORG.Post, "minister")
    claim = Claim("wanjala", ORG.holds, "post", 0.9, Span(45, 57))
    assert facts.checked(ARTICLE, Reading((WANJALA, post), (claim,))).claims == (claim,)
