"""Documents to articles: furniture goes, the article stays, and every character knows where it came from."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import furniture
from kg.clean import article, full_text, original
from kg.errors import ArticleError
from kg.furniture import Furniture
from kg.language import foreign
from kg.model import Document

PASTED = """Two states sign a pact on fish

By Ana Castellanos
Published: 10:00am, 13 Jun 2025
Reading Time: 3 minutes
Why you can trust The Harbour Ledger

Oman and Peru signed a pact on fisheries in Muscat on Thursday.

Fisheries Minister Said Al Habsi (left) signs the pact in Muscat. Photo: Handout

Advertisement

The pact runs for five\u00ad years, said the minister.

Share this article
Facebook | X | WhatsApp

Related stories
- Storm delays ferries
- Price of bread rises

© 2025 The Harbour Ledger
"""


def test_what_a_page_pastes_in_is_gone_and_the_article_is_whole() -> None:
    found = article(Document("a", PASTED))
    assert found.text.split("\n\n") == [
        "Two states sign a pact on fish",
        "Oman and Peru signed a pact on fisheries in Muscat on Thursday.",
        "Fisheries Minister Said Al Habsi (left) signs the pact in Muscat. ",
        "The pact runs for five years, said the minister.",
    ] or "".join(found.text.split()) == "".join(
        (
            "Two states sign a pact on fish Oman and Peru signed a pact on fisheries in Muscat on Thursday. "
            "Fisheries Minister Said Al Habsi (left) signs the pact in Muscat. The pact runs for five years, said the minister."
        ).split()
    )
    reasons = {r.reason for r in found.removed}
    assert reasons == {
        "by-line",
        "published",
        "reading-time",
        "why-trust",
        "credit",
        "advertisement",
        "invisible",
        "share-bar",
        "related",
        "copyright",
    }
    assert found.title == "Two states sign a pact on fish"


RULES = [(rule, line) for rule in furniture.RULES for line in rule.takes]
LEFT = [(rule, line) for rule in furniture.RULES for line in rule.leaves]


@pytest.mark.parametrize(("rule", "line"), RULES, ids=[f"{r.name}-{i}" for i, (r, _) in enumerate(RULES)])
def test_a_rule_takes_what_its_examples_say(rule: Furniture, line: str) -> None:
    if rule.scope == "tail":
        assert furniture.tail(line) is not None
    else:
        taker = furniture.taker(line)
        assert taker is not None
        assert taker.name == rule.name


@pytest.mark.parametrize(("rule", "line"), LEFT, ids=[f"{r.name}-{i}" for i, (r, _) in enumerate(LEFT)])
def test_no_rule_takes_what_belongs_to_an_article(rule: Furniture, line: str) -> None:
    assert furniture.taker(line) is None
    assert furniture.tail(line) is None


def test_every_rule_shows_what_it_takes() -> None:
    assert [rule.name for rule in furniture.RULES if not rule.takes] == []


def test_the_title_stands_before_a_text_that_lacks_it() -> None:
    assert full_text(Document("a", "Two states agreed.", title="A pact")) == "A pact\n\nTwo states agreed."
    assert full_text(Document("a", "A  pact\n\nTwo states agreed.", title="A pact")) == "A  pact\n\nTwo states agreed."


def test_a_page_without_an_article_says_so() -> None:
    with pytest.raises(ArticleError, match="nothing but the page"):
        article(Document("a", "Advertisement\nShare\nSubscribe\n"))


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("They set up a com-\nmittee of eight.", "They set up a committee of eight."),
        ("They set up a com- \nmittee of eight.", "They set up a committee of eight."),
        ("They set up a com\u00ad\nmittee of eight.", "They set up a committee of eight."),
        (
            "A trade-related pact.\nThe two papers of the ministry are trade-\nrelated.",
            "A trade-related pact.\nThe two papers of the ministry are trade-related.",
        ),
        (
            "The two governments of the region would like to\nshare",
            "The two governments of the region would like to\nshare",
        ),
        ("It is a long-\nterm pact.", "It is a long-term pact."),
        ("Talks of Kenya-\nNorway teams.", "Talks of Kenya-\nNorway teams."),
        ("Talks -\nthe third - ended.", "Talks -\nthe third - ended."),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_made_whole(given: str, cleaned: str) -> None:
    assert article(Document("a", given)).text == cleaned


PROSE = "Good morning to you all, and thank you for coming to see this agreement signed, as {} of you have asked."


def test_numbers_of_paragraphs_go_and_those_of_items_stay() -> None:
    numbered = "\n\n".join(f"{n} {PROSE.format(n)}" for n in range(1, 5))
    assert article(Document("a", numbered)).text == "\n\n".join(PROSE.format(n) for n in range(1, 5))
    for other in ("{}. ", "({}) ", "{} ministries: "):
        listed = "\n\n".join(other.format(n) + PROSE.format(n).lower() for n in range(1, 5))
        assert article(Document("a", listed)).text == listed


@pytest.mark.parametrize(
    "character",
    ["|", " |", "a ", "A ", "A. ", "(", "/", "Aa/", "@a ", "#a,", ":", "Photo ", "by A, ", "home > ", "Share / ", "- "],
)
def test_no_line_takes_long_to_look_up(character: str) -> None:
    line = (character * 320)[:320]
    start = time.process_time()
    for end in ("", "x", "!"):
        furniture.taker(line[:150] + end)
        furniture.taker(line + end)
        furniture.tail(line + end)
    assert time.process_time() - start < 0.5


FRENCH = (
    "Le ministre de la pêche et le gouvernement du royaume ont signé un accord sur les ports dans la capitale. " * 5
)
ENGLISH = (
    "The minister of fisheries and the government of the kingdom have signed an agreement on ports in the capital. " * 5
)


TOLD = [
    (ENGLISH, ""),
    (FRENCH, "French"),
    (ENGLISH + FRENCH[:200], ""),
    (ENGLISH.upper(), ""),
    ("MoU on fish: Kenya, Peru", ""),
    ("1", ""),
    (
        "La ministre de la Pêche du Pérou et son homologue omanais ont signé jeudi à Mascate un mémorandum d’entente qui ouvre leurs ports aux bateaux des deux pays. L’accord entrera en vigueur dès que les deux parlements l’auront approuvé, a indiqué le ministère.",
        "French",
    ),
    (
        "El ministro de Pesca del Perú y su homólogo de Omán firmaron el jueves en Mascate un memorando de entendimiento que abre sus puertos a los barcos de ambos países. El acuerdo regirá por cinco años, informó la cancillería en un comunicado.",
        "Spanish",
    ),
    (
        "Die Fischereiministerin von Peru und ihr omanischer Amtskollege haben am Donnerstag in Maskat eine Absichtserklärung unterzeichnet, die ihre Häfen für Schiffe beider Länder öffnet. Das Abkommen gilt fünf Jahre, teilte das Ministerium mit.",
        "German",
    ),
    (
        "Menteri Kelautan dan Perikanan Indonesia menandatangani nota kesepahaman dengan menteri perikanan Peru di Jakarta pada Kamis. Kerja sama tersebut akan membuka pelabuhan bagi kapal dari kedua negara selama lima tahun, kata kementerian dalam siaran pers.",
        "Indonesian",
    ),
    (
        "Menteri Pertanian Malaysia menandatangani memorandum persefahaman dengan rakan sejawatannya dari Peru di Putrajaya pada Khamis. Beliau berkata kerjasama itu akan membuka pelabuhan bagi kapal kedua-dua negara kerana kerajaan mahu meningkatkan perdagangan antara negara.",
        "Malay",
    ),
    (
        "وقع وزير الثروة السمكية العماني ونظيرته من بيرو يوم الخميس في مسقط مذكرة تفاهم تفتح موانئ البلدين أمام السفن لمدة خمس سنوات، بحسب بيان صادر عن الوزارة. وقال الوزير إن الاتفاقية ستدخل حيز التنفيذ بعد المصادقة عليها من قبل البرلمانين في البلدين خلال العام المقبل.",
        "Arabic",
    ),
    (
        "阿曼渔业部长与秘鲁部长周四在马斯喀特签署了一份谅解备忘录，向两国船只开放港口，为期五年。阿曼渔业部长与秘鲁部长周四在马斯喀特签署了一份谅解备忘录，向两国船只开放港口，为期五年。阿曼渔业部长与秘鲁部长周四在马斯喀特签署了一份谅解备忘录，向两国船只开放港口，为期五年。",
        "Chinese",
    ),
    ("阿曼渔业部长与秘鲁部长周四在马斯喀特签署谅解备忘录。", "Chinese"),
    (
        "オマーンとペルーの漁業大臣は木曜日、マスカットで覚書に署名した。両国の港を相互に開放するもので、期間は五年である。オマーンとペルーの漁業大臣は木曜日、マスカットで覚書に署名した。両国の港を相互に開放するもので、期間は五年である。",
        "Japanese",
    ),
    (
        "오만과 페루의 수산부 장관이 목요일 무스카트에서 양해각서에 서명했다고 정부가 밝혔다. 오만과 페루의 수산부 장관이 목요일 무스카트에서 양해각서에 서명했다고 정부가 밝혔다. 오만과 페루의 수산부 장관이 목요일 무스카트에서 양해각서에 서명했다고 정부가 밝혔다. ",
        "Korean",
    ),
    (
        "Министр рыболовства Омана и его коллега из Перу подписали в четверг в Маскате меморандум о взаимопонимании, который открывает порты двух стран для судов на пять лет. Соглашение вступит в силу после ратификации, сообщили в министерстве.",
        "Russian",
    ),
    (
        "Міністр рибальства Оману та його колега з Перу підписали у четвер у Маскаті меморандум про взаєморозуміння, який відкриває порти двох країн для суден на п'ять років, повідомили у міністерстві. Угода набуде чинності після ратифікації.",
        "Ukrainian",
    ),
    (
        "O ministro da Pesca do Peru e o seu homólogo de Omã assinaram na quinta-feira em Mascate um memorando de entendimento que abre os portos aos navios dos dois países por cinco anos, informou o ministério em comunicado.",
        "Portuguese",
    ),
    (
        "Il ministro della Pesca del Perù e il suo omologo dell'Oman hanno firmato giovedì a Mascate un memorandum d'intesa che apre i porti alle navi dei due Paesi per cinque anni, ha reso noto il ministero in una nota.",
        "Italian",
    ),
    (
        "De minister van Visserij van Peru en haar ambtgenoot uit Oman hebben donderdag in Muscat een memorandum van overeenstemming getekend dat de havens van beide landen voor vijf jaar openstelt, meldt het ministerie.",
        "Dutch",
    ),
    (
        "Peru Balıkçılık Bakanı ile Ummanlı mevkidaşı perşembe günü Maskat'ta iki ülkenin limanlarını gemilere açan beş yıllık bir mutabakat zaptı imzaladı. Bakanlık, anlaşmanın iki parlamento tarafından onaylandıktan sonra yürürlüğe gireceğini ve daha çok ticaret için önemli olduğunu bildirdi.",
        "Turkish",
    ),
    (
        "Bộ trưởng Thủy sản Peru và người đồng cấp Oman đã ký tại Muscat hôm thứ Năm một bản ghi nhớ mở cửa các cảng của hai nước cho tàu thuyền trong năm năm, theo thông cáo của bộ.",
        "Vietnamese",
    ),
    (
        "ओमान और पेरू के मत्स्य मंत्रियों ने गुरुवार को मस्कट में एक समझौता ज्ञापन पर हस्ताक्षर किए, जिससे दोनों देशों के बंदरगाह पांच साल के लिए खुल जाएंगे।ओमान और पेरू के मत्स्य मंत्रियों ने गुरुवार को मस्कट में एक समझौता ज्ञापन पर हस्ताक्षर किए, जिससे दोनों देशों के बंदरगाह पांच साल के लिए खुल जाएंगे।",
        "a language in Devanagari letters",
    ),
    (
        "Waziri wa Uvuvi wa Kenya na mwenzake wa Norway wametia saini mkataba wa ushirikiano katika bandari ya Mombasa siku ya Alhamisi, kwa mujibu wa taarifa ya wizara. Mkataba huo ni wa miaka mitano na utaanza kutumika baada ya bunge kuuidhinisha.",
        "Swahili",
    ),
    ("Oman and Peru sign pact", ""),
    ("MoU on fish: Kenya, Peru", ""),
    (
        "OMAN AND PERU SIGNED A PACT ON FISHERIES IN MUSCAT ON THURSDAY, THE MINISTRY OF PORTS SAID IN A STATEMENT. OMAN AND PERU SIGNED A PACT ON FISHERIES IN MUSCAT ON THURSDAY, THE MINISTRY OF PORTS SAID IN A STATEMENT. OMAN AND PERU SIGNED A PACT ON FISHERIES IN MUSCAT ON THURSDAY, THE MINISTRY OF PORTS SAID IN A STATEMENT. ",
        "",
    ),
    (
        "Signed: Ministry of Health, Nepal; Ministry of Health, Laos; Ministry of Mines, Ghana; Ministry of Trade, Togo; Ministry of Defence, Chile; Ministry of Energy, Peru; Ministry of Ports, Oman; Ministry of Rail, Malta.",
        "",
    ),
    (
        "PARIS, 12 juin – “Nous avons signé un accord historique entre nos deux pays, et je me réjouis de la suite”, said the French minister of trade, Luc Arnaud, after the two sides signed the agreement on rail. The Kenyan minister said that the accord would be put before parliament by the end of the year.",
        "",
    ),
    ("Kenya Peru Oman MoU signing ceremony Muscat 12 June 2025", ""),
    ("El Salvador, Los Angeles, Las Vegas and San Jose de la Cruz sign port deal", ""),
    ("Le Pérou et Oman ont signé un accord sur la pêche à Mascate", "French"),
]


@pytest.mark.parametrize(("text", "language"), TOLD)
def test_other_languages_are_told(text: str, language: str) -> None:
    assert foreign(text) == language


def test_an_article_in_another_language_is_set_aside() -> None:
    with pytest.raises(ArticleError, match="is in French; only English is read"):
        article(Document("a", FRENCH))


@given(
    st.lists(
        st.sampled_from(
            [
                *PASTED.split("\n"),
                "Advertisement",
                "\u200bTwo\u200b states.",
                " ",
                "x. Photo: Handout",
                "a com-",
                "a com\u00ad ",
                "mittee",
                *(f"{n} {PROSE}" for n in (1, 2, 3)),
            ]
        ),
        min_size=1,
    )
)
def test_every_character_comes_from_where_the_map_says(lines: list[str]) -> None:
    document = Document("a", "\n".join(lines), title="A pact")
    found = article(document)
    full = full_text(document)
    for offset, character in enumerate(found.text):
        assert full[original(found, offset)] == character


@given(st.text(max_size=300))
def test_any_text_gives_an_article_or_a_reason(text: str) -> None:
    document = Document("a", text)
    try:
        found = article(document)
    except ArticleError:
        return
    assert all(full_text(document)[original(found, i)] == c for i, c in enumerate(found.text))
    assert all(full_text(document)[r.start : r.end].strip().startswith(r.text[:1]) for r in found.removed)
