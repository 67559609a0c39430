"""Agreements: how far they have come, who stands in which role, when and where, and which mentions are one."""

from __future__ import annotations

import pytest

from kg.discourse.analysis import Analysis
from kg.engines.rules import reading
from kg.grammar.frames import frames
from kg.grammar.stages import STAGES, Stage
from kg.model import Article, Reading
from kg.vocabulary import KG


def article(text: str, published: str = "2024-05-15", url: str = "") -> Article:
    """Return an article of a text, published on a Wednesday."""
    return Article("a", text, text.split("\n")[0], published, url)


def said(text: str, predicate: str, **about: str) -> list[list[str]]:
    """Return, for each agreement of a text in its order, what is claimed of it by one property, sorted."""
    found = reading(article(text, **about))
    names = {t.key: t.name for t in found.things}
    agreements = [t.key for t in found.things if t.kind == KG.Agreement]
    return [
        sorted(
            names.get(c.object, c.object.rsplit("/", 1)[-1])
            for c in found.claims
            if c.subject == key and c.predicate == getattr(KG, predicate)
        )
        for key in agreements
    ]


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_a_stage_is_what_its_example_says(stage: Stage) -> None:
    found = [f for line in Analysis(article(stage.example)).lines for f in frames(line)]
    assert (found[0].reached.stage, found[0].status) == (stage.name, stage.status)


def test_names_of_stages_are_unique() -> None:
    assert len({s.name for s in STAGES}) == len(STAGES)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Kenya and Peru signed a treaty on fish in Rome.", ["signed"]),
        ("The proposal made by the Minister of Ports to sign the MoU with Peru was approved by the Cabinet.", ["planned"]),
        ("The treaty between Kenya and Peru, which was signed in 2019, entered into force on Monday.", ["in-force"]),
        ("Kenya has not signed any agreement with Peru on fish.", ["rejected"]),
        ("Kenya expressed its interest in signing an air services agreement with Peru.", ["planned"]),
        ("Kenya and Peru exchanged views on the fisheries agreement between Kenya and Peru.", []),
        ("Kenya and Peru are negotiating a free trade agreement.", ["negotiating"]),
        ("I asked the President for an early conclusion of the Kenya-Peru Trade Agreement.", ["negotiating"]),
        ("The fisheries agreement between Kenya and Peru expired in March.", ["ended"]),
        ("The agreement signed in 2017 between Kenya and Peru entered into force on 22 August 2019.", ["in-force"]),
        ("The MoU between Kenya and Peru, which expired in 2016, was renewed on 1 April 2022.", ["signed"]),
        ("The minister rejected reports that Kenya had already signed a contract with Peru.", ["rejected"]),
        ("Kenya's Senate has yet to approve the treaty with Peru.", ["signed"]),
        ("Kenya and Peru will on 12 September sign a treaty.", ["planned"]),
        ("Kenya announced it was ending its defence accord with Peru.", ["ended"]),
        ("The MoU we signed today with Peru is a first for Kenya.", ["signed"]),
        ("The memorandum, which is not binding, was signed by Kenya and Peru.", ["signed"]),
        ("Kenya and Peru exchanged four agreements, among them a higher education pact between Kenya and Peru.", ["signed", "signed"]),
        ("The agreement under which Kenya could buy maize from Peru expired last Monday.", ["ended"]),
        ("The signing of the treaty between Kenya and Peru, due tomorrow, was postponed.", ["planned"]),
        ("Parliament in Nairobi ratified the air services agreement with Peru.", ["in-force"]),
        ("Kenya signed a treaty with Peru under the Lima Convention.", ["signed"]),
        ("Kenya and Peru agreed on a treaty on fish.", ["planned"]),
        ("Kenya and Peru issued a joint statement on fish.", ["signed"]),
        ("Kenya and Peru are close to a deal on fish.", ["negotiating"]),
        ("Kenya and Peru met in Rome. No agreement was signed.", []),
        ("The minister signed the bill into law and saw signs of growth. He will deal with it.", []),
    ],
)  # fmt: skip
def test_status(text: str, statuses: list[str]) -> None:
    assert [s[0] for s in said(text, "status") if s] == statuses


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The Institute of Fisheries of Kenya (IFK) signed an MoU with the University of Lima, Peru.", ["Institute of Fisheries", "University of Lima"]),
        ("Kenya and Peru met. The two countries signed a treaty on fish.", ["Kenya", "Peru"]),
        ("A memorandum between Japan's METI and India's Ministry of Electronics was signed.", ["Ministry of Economy, Trade and Industry", "Ministry of Electronics"]),
        ("Peru's health ministry (Minsa) and AstraZeneca sealed a deal for vaccines.", ["AstraZeneca", "health ministry"]),
        ("The Kenya Ports Authority said that an agreement between the agency and Maersk Line was signed.", ["Kenya Ports Authority", "Maersk Line"]),
        ("The Ministry of Energy of Kenya was glad. A contract with the ministry was signed by Solar Holdings.", ["Ministry of Energy", "Solar Holdings"]),
        ("Kenya terminated the contract with the Peruvian firm HBK and said so.", ["HBK", "Kenya"]),
        ("Kenya signed a concession agreement with China's CCECC.", ["CCECC", "Kenya"]),
        ("Talks between Kenya and Peru on a licence plate deal broke down in Rome.", ["Kenya", "Peru"]),
        ("Kenya and Peru made a breakthrough in negotiations and are expected to sign a treaty in Rome.", ["Kenya", "Peru"]),
        ("Kenya's Transport Agency signed an MoU with the Lima Institute on a railway between Cuba and Chile.", ["Lima Institute", "Transport Agency"]),
        ("Kenya signed a trade agreement with Peru and pushed forward negotiations with Chile.", ["Kenya", "Peru"]),
        ("The Cabinet approved an MoU between Kenya's Trade Agency and the respective departments of Peru, Chile and Cuba.", ["Chile", "Cuba", "Peru", "Trade Agency"]),
        ("Approval was given to an agreement between the Humanities University, Nairobi and the Textile Institute, Lima.", ["Humanities University", "Textile Institute"]),
        ("Kenya, Chile and Peru met in Rome. The three countries signed a treaty on fish.", ["Chile", "Kenya", "Peru"]),
        ("In Peru, Kenya and Chile signed a treaty on fish.", ["Chile", "Kenya"]),
        ("Joint Statement on Fish\n\nThe text of the following statement was released by the Governments of Kenya, Chile, and Peru on the occasion.", ["Chile", "Kenya", "Peru"]),
        ("The following is a joint statement endorsed by three nations:\n\nKenya, Chile and Peru.\n\nThe signatories commit themselves.", ["Chile", "Kenya", "Peru"]),
        ("Ministers from Kenya, Chile and Peru on Saturday signed the Fish Accord.", ["Chile", "Kenya", "Peru"]),
        ("Kenya and Chile signed a fish accord. Signatories to the accord include Kenya, Chile and Peru.", ["Chile", "Kenya", "Peru"]),
        ("Kenya and Chile signed a fish accord. Peru acceded to the accord last week.", ["Chile", "Kenya", "Peru"]),
        ("On the sidelines of the Arctic Council, Kenya and Chile signed a treaty on fish.", ["Chile", "Kenya"]),
        ("An agreement was signed by the Lima-based Water Institute and the Kenya-based Fish Institute.", ["Fish Institute", "Water Institute"]),
        ("Kenya signed an agreement with Sinoport on Monday.", ["Kenya", "Sinoport"]),
        ("Kenya denied that any deal on airbases had been signed with Washington.", ["Kenya", "United States"]),
        ("Kenya Fisheries Board and Education Peru Global Services (EPGS) signed an MoU.", ["Education Peru Global Services", "Kenya Fisheries Board"]),
        ("Kenya and Peru met. Kenya's Ministry of Fisheries and Peru's Ministry of Ports signed an MoU. The MoU will help the two sides.", ["Ministry of Fisheries", "Ministry of Ports"]),
        ("The mayors of Mombasa, Lima and Cusco signed a friendship agreement.", ["Cusco", "Lima", "Mombasa"]),
        ("Mombasa and the Peruvian city of Trujillo signed a friendship agreement.", ["Mombasa", "Trujillo"]),
        ("Mombasa and Trujillo, Peru signed a friendship agreement.", ["Mombasa", "Trujillo"]),
        ("The joint statement of Kenya and Peru was issued.", ["Kenya", "Peru"]),
        ("The Ministry of Fisheries of Kenya denied that it had signed a contract with Peru.", ["Ministry of Fisheries", "Peru"]),
        ("Foreign Minister Ana Lund of Norway met Trade Minister Juan Diaz of Peru to launch negotiations on a fisheries agreement.", ["Norway", "Peru"]),
        ("Kenya and Peru met. The African Development Bank signed a framework agreement on fish with the two countries.", ["African Development Bank", "Kenya", "Peru"]),
        ("A joint statement by the Governments of Kenya and Peru was issued.", ["Kenya", "Peru"]),
        ("Kenya and Peru met. They will finalise the treaty in line with the FAO mandate.", ["Kenya", "Peru"]),
        ("Kenya and Peru agreed to share catch data under the treaty on fish.", ["Kenya", "Peru"]),
        ("Chile saw that a treaty on fish was signed. Under the treaty, Kenya and Peru will share catch data.", ["Kenya", "Peru"]),
        ("Chile hoped for fish. Under the treaty between Kenya and Peru, Chile is left out.", ["Kenya", "Peru"]),
    ],
)  # fmt: skip
def test_parties(text: str, parties: list[str]) -> None:
    assert said(text, "party")[0] == parties


TWO = "Foreign Minister Ana Lund of Norway met Trade Minister Juan Diaz of Peru."


@pytest.mark.parametrize(
    ("text", "signatories", "witnesses"),
    [
        (f"{TWO} The two ministers signed a treaty on fish.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} A treaty was signed. Minister Lund signed for Norway and Minister Diaz for Peru.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} Norway and Peru signed a treaty in the presence of Minister Lund and Minister Diaz.", [], ["Ana Lund", "Juan Diaz"]),
        (f"{TWO} The proposal of Minister Lund to sign a treaty with Peru was approved.", [], []),
        (f"{TWO} Norway and Peru signed a treaty.\nMinister Lund (left) and Minister Diaz (right) at the signing ceremony.", [], ["Ana Lund", "Juan Diaz"]),
        (f"{TWO} They signed a treaty on fish.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} After their talks, they witnessed the signing of a treaty on fish.", [], ["Ana Lund", "Juan Diaz"]),
        (f"{TWO} Norway and Peru signed a treaty in the presence of the two ministers.", [], ["Ana Lund", "Juan Diaz"]),
        (f"{TWO} Norway and Peru signed a treaty. Minister Lund and Minister Diaz were present.", [], ["Ana Lund", "Juan Diaz"]),
        (f"{TWO} Norway and Peru will sign a treaty. Minister Lund and Minister Diaz were present.", [], []),
        (f"{TWO} A treaty was signed by Minister Lund, and Minister Diaz was present.", ["Ana Lund"], ["Juan Diaz"]),
        (f"{TWO} A treaty was signed by Minister Lund from the Norwegian side and Minister Diaz from the Peruvian side.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} Norway and Peru signed a treaty. Minister Lund and Minister Diaz signed on behalf of their governments.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} Norway and Peru signed a treaty. Minister Lund took part in the ceremony.", [], ["Ana Lund"]),
        (f"{TWO} Norway and Peru signed a treaty. Signing it were Minister Lund and Minister Diaz.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} Ana Lund signed the treaty for Norway and Juan Diaz, minister of trade and ports, signed for Peru.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} Minister Lund met with Minister Diaz in Lima and jointly signed a treaty.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} In the presence of President Ida Berg and others, Minister Lund and Minister Diaz signed a treaty.", ["Ana Lund", "Juan Diaz"], ["Ida Berg"]),
        (f"{TWO} Minister Lund is in Lima, where she and Minister Diaz signed a treaty.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} Minister Lund and Minister Diaz signing the treaty on fish.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} Norway and Peru signed a treaty. Present at the ceremony, which took place in Lima, were Minister Lund and Minister Diaz.", [], ["Ana Lund", "Juan Diaz"]),
        (f"{TWO} A number of documents were signed following the talks between Minister Lund and Minister Diaz.", [], []),
        (f"{TWO} Norway and Peru signed a treaty. Minister Lund signed on behalf of her country.", ["Ana Lund"], []),
        (f"{TWO} The MoU on fish jointly signed by Minister Lund and Minister Diaz is new.", ["Ana Lund", "Juan Diaz"], []),
        (f"{TWO} A treaty was signed by Minister Lund and Abdul Noor Diaz.", ["Ana Lund"], []),
        (f"{TWO} Minister Lund, joining Minister Diaz to sign a treaty, was glad.", ["Juan Diaz"], []),
    ],
)  # fmt: skip
def test_who_signs_and_who_looks_on(text: str, signatories: list[str], witnesses: list[str]) -> None:
    assert (said(text, "signatory")[0], said(text, "witness")[0]) == (signatories, witnesses)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kenya and Peru signed a treaty on Monday.", "2024-05-13"),
        ("Kenya and Peru signed a treaty yesterday (14).", "2024-05-14"),
        ("Kenya and Peru will sign a treaty on Monday.", "2024-05-20"),
        ("A treaty between Kenya and Peru was signed on 14.03.2019.", "2019-03-14"),
        ("A treaty between Kenya and Peru was signed last year and runs until 2030.", "2023"),
        ("Kenya recalled its Friendship Treaty of 2009 with Peru, which is in force.", "2009"),
        ("The ministers met on 14 May 2024.\n\nKenya and Peru then signed a treaty.", "2024-05-14"),
        ("LIMA, May 14 (Gulf Wire) – Kenya and Peru signed a treaty. The treaty was signed on May 13.", "2024-05-13"),
        ("The Cabinet approved an agreement with Peru on Monday. Kenya is glad.", None),
        ("Kenya intends to conclude an agreement with Peru. They had an in-depth exchange of opinion last year.", None),
    ],
)  # fmt: skip
def test_the_day_is_that_of_signing(text: str, day: str | None) -> None:
    assert said(text, "signedOn")[0] == ([day] if day else [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kenya and Peru signed a treaty in Rome on Monday.", ["Rome"]),
        ("The ministers of Kenya and Chile met in Rome today. They signed a treaty.", ["Rome"]),
        ("LIMA, May 14 (Gulf Wire) – Kenya and Chile signed a treaty here on Tuesday.", ["Lima"]),
        ("Kenya and Peru signed a treaty on cooperation in Chile and Brazil.", []),
        ("Kenya and Peru signed a treaty to build schools in Chile.", []),
        ("The High Court in Nairobi has suspended the treaty that Kenya signed with Chile.", []),
        ("Kenya and Chile signed a roadmap on transport for 2025-2027 in Rome.", ["Rome"]),
        ("LIMA (May 14, 2024): Kenya and Chile signed a treaty today.", ["Lima"]),
    ],
)
def test_place(text: str, place: list[str]) -> None:
    assert said(text, "signedAt")[0] == place


def count(found: Reading) -> int:
    return sum(t.kind == KG.Agreement for t in found.things)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kenya, Peru sign fish pact\n\nKenya and Peru signed a memorandum of understanding on fish. The deal is the first.", 1),
        ("Kenya signed MoUs with Cuba, Peru and Chile.", 3),
        ("Kenya's Food Agency signed an MoU with the Lima Institute. He saw the signing of an MoU between the Ghana Institute and the Cuba Academy.", 2),
        ("Kenya and Cuba signed an agreement for cooperation in the postal field. An MoU between Kenya and Peru on cooperation in the field of mining was signed.", 2),
        ("Kenya signed an agreement with Cuba on fish and another with Peru on tea.", 2),
        ("Kenya and Peru signed three agreements, including one on fish, another on tea and a third on buses.", 3),
        ("Kenya and Peru signed two memoranda of understanding (MoUs), one on fish and another on tea.", 2),
        ("Kenya and Peru signed a memorandum of understanding on fish and a protocol on ports.", 2),
        ("Kenya and Peru signed a treaty on fish. An earlier treaty on ports with Peru was signed in 1998.", 2),
        ("Kenya signed a loan agreement with Peru. The Cabinet approved a proposal to enter into a loan agreement on ports.", 2),
        ("The following documents were signed by Kenya and Peru:\n\n- Agreement on fish;\n- Agreement on ports;\n- Protocol on tea.", 3),
        ("Kenya, Peru sign two agreements\n\nKenya and Peru signed two agreements: an agreement on fish and a protocol on tea.", 2),
        ("Kenya, Peru sign rail accord\n\nKenya and Peru signed an accord on the joint use of the railway.", 1),
        ("Kenya and Peru signed a treaty. The document was signed in Rome.", 1),
        ("Kenya and Peru signed an MoU on fish. A team has prepared the 10-point MoU.", 1),
        ("Kenya and Peru signed a memorandum of understanding concerning fish farming (FFMOU). The FFMOU was signed in Lima.", 1),
        ("Kenya and Peru signed two agreements. The first agreement covers fish. The second agreement is on ports.", 2),
        ("Kenya and Peru signed the Agreement establishing the Lake Fish Centre and the Agreement establishing the Ports Academy.", 2),
        ("The pacts signed by Kenya and Peru were a memorandum of understanding on fish and another on ports.", 2),
        ("The Cabinet approved an MoU with Peru on mining. Approval was given to Agreement between Kitale University and the Lima Institute.", 2),
        ("A number of bilateral documents were signed by Kenya and Peru. The documents included a treaty on fish and a protocol on ports.", 2),
        ("Kenya and Peru signed an agreement on mining. An agreement was also signed between Kenya and Peru on ports.", 2),
        ("The Cabinet approved the Lake Railways Agreement and the Lake Motor Vehicles Agreement with Peru.", 2),
        ("Nairobi, Lima sign 7 MoUs\n\nKenya and Peru signed seven memorandum of understanding (MoUs) on fish and ports.", 1),
        ("Kenya and Peru signed three MoUs. The MoU on fish was signed by Foreign Minister Ana Lund. The MoU on ports was signed by Minister Juan Diaz.", 2),
        ("Kenya and Peru signed two MoUs.\n\nMoU on fish signed by Minister Ana Lund.\n\nMoU on ports signed by Minister Juan Diaz.", 2),
        ("Nairobi, Lima sign four MoUs\n\nNairobi and Lima signed four MoUs. The MoUs were inked after talks between Kenya and Peru.", 1),
    ],
)  # fmt: skip
def test_which_mentions_are_one_agreement(text: str, number: int) -> None:
    assert count(reading(article(text))) == number


def test_items_of_a_list_have_the_status_of_their_announcement() -> None:
    text = (
        "The following documents were signed by Kenya and Peru on Monday:\n\n- Agreement on fish;\n- Protocol on tea."
    )
    assert said(text, "status") == [["signed"], ["signed"]]
    assert said(text, "signedOn") == [["2024-05-13"], ["2024-05-13"]]


def test_a_title_with_and_is_one_name() -> None:
    found = reading(article("Kenya and Peru signed the Partnership and Cooperation Agreement in Rome."))
    assert [t.name for t in found.things if t.kind == KG.Agreement] == ["Partnership and Cooperation Agreement"]


def test_a_document_is_read_by_its_title_its_closing_formula_and_its_signatures() -> None:
    text = (
        "MEMORANDUM OF UNDERSTANDING\nBETWEEN\nTHE MINISTRY OF HEALTH OF KENYA\nAND\nTHE MINISTRY OF HEALTH AND SPORT OF PERU\nON TEA\n\n"
        "RECALLING the Memorandum signed at Nairobi on 6 November 2012;\n\nSigned in duplicate at Lima on this 3rd day of May 2023.\n\n"
        "FOR THE MINISTRY OF HEALTH OF KENYA\nDr Jane Otieno\nMinister of Health"
    )
    assert len(said(text, "party")[0]) == 2
    assert ["2023-05-03"] in said(text, "signedOn")
    assert ["Lima"] in said(text, "signedAt")
    found = reading(article(text))
    assert "Jane Otieno" in {t.name for t in found.things if t.kind == KG.Official}
