"""Officials: who is one, by which posts, and whom they serve."""

from __future__ import annotations

from time import process_time

import pytest

from kg.engines.rules import reading
from kg.model import Article
from kg.vocabulary import KG, ORG

Posts = set[tuple[str, str]]


def read(text: str, url: str = "") -> tuple[Posts, Posts]:
    """Return (official, post) and (official, whom they serve) of an article, by name."""
    found = reading(Article("a", text, text.split("\n")[0], "2024-05-15", url))
    names = {thing.key: thing.name for thing in found.things}
    held = {(names[c.subject], names[c.object]) for c in found.claims if c.predicate == ORG.holds}
    served = {(names[c.subject], names[c.object]) for c in found.claims if c.predicate == KG.serves}
    return held, {(who, whom) for who, whom in served if names.get(who) or who}


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "The Ministers of Finance and Agriculture, Ana Silva and Rui Costa, spoke in Lisbon.",
            {("Ana Silva", "Minister of Finance"), ("Rui Costa", "Minister of Agriculture")},
        ),
        (
            "Ministers Ana Silva and Rui Costa spoke in Lisbon.",
            {("Ana Silva", "Minister"), ("Rui Costa", "Minister")},
        ),
        (
            "Deputy Prime Minister – Minister of Trade Arman Zhumagul spoke.",
            {("Arman Zhumagul", "Deputy Prime Minister"), ("Arman Zhumagul", "Minister of Trade")},
        ),
        (
            "The proposal of Hon. Gamini Silva, the Prime Minister, in his capacity as the Minister of Finance, was approved.",
            {("Gamini Silva", "Prime Minister"), ("Gamini Silva", "Minister of Finance")},
        ),
        (
            "Interior Minister Ion Munteanu, who is also deputy prime minister, thanked Norway.",
            {("Ion Munteanu", "Interior Minister"), ("Ion Munteanu", "deputy prime minister")},
        ),
        (
            "The President and the Premier of Queensland, Helen Marsh, met.",
            {("Helen Marsh", "Premier")},
        ),
        (
            "He came with Deputy Prime Minister and Trade Minister Senator Rosa Quispe of Peru.",
            {("Rosa Quispe", "Deputy Prime Minister"), ("Rosa Quispe", "Trade Minister"), ("Rosa Quispe", "Senator")},
        ),
        (
            "Shadow trade minister Ola Strand, MP, spoke.",
            {("Ola Strand", "Shadow trade minister"), ("Ola Strand", "MP")},
        ),
        ("The Minister of the Sea, Mr Rui Costa, spoke in Lisbon.", {("Rui Costa", "Minister of the Sea")}),
        ("The Secretary to Cabinet, Dr Jo Ramo, spoke.", {("Jo Ramo", "Secretary to Cabinet")}),
        ("The adviser, Maj.-Gen. Musa Bello (retd.), spoke.", {("Musa Bello", "adviser")}),
        (
            "The Director General of Fisheries, Laksda (Ret.) Budi Hartono, spoke.",
            {("Budi Hartono", "Director General of Fisheries")},
        ),
        (
            "Signed.\n\nFor the Government of Peru:\nRosa Quispe\nMinister of Trade",
            {("Rosa Quispe", "Minister of Trade")},
        ),
        ("Hamad Sabah, Emir of Qatar, spoke.", {("Hamad Sabah", "Emir")}),
        (
            "The Captains Regent Marco Rossi and Anna Bianchi spoke.",
            {("Marco Rossi", "Captain Regent"), ("Anna Bianchi", "Captain Regent")},
        ),
        ("Ida Lie, Minister for Nordic Cooperation, spoke.", {("Ida Lie", "Minister for Nordic Cooperation")}),
        ("Coun. Jas Gill voted against.", {("Jas Gill", "Coun.")}),
        ("CS Health Ana Wanjiru spoke in Nairobi.", {("Ana Wanjiru", "CS Health")}),
        ("Chief of Staff to the President, Femi Bello, spoke.", {("Femi Bello", "Chief of Staff to the President")}),
        (
            "The Special Adviser to the President on Energy, Olu Bello, spoke.",
            {("Olu Bello", "Special Adviser to the President on Energy")},
        ),
        ("Advisor to the Prime Minister Salma Begum spoke.", {("Salma Begum", "Advisor to the Prime Minister")}),
        (
            "Ghana's Deputy Trade Minister-designate, Sam Ansah, spoke.",
            {("Sam Ansah", "Deputy Trade Minister-designate")},
        ),
        ("European Commissioner for Trade Matej Novak spoke.", {("Matej Novak", "European Commissioner for Trade")}),
        (
            "First Deputy Chairman of the Cabinet of Ministers of Kyrgyzstan Daniyar Aliev spoke.",
            {("Daniyar Aliev", "First Deputy Chairman of the Cabinet of Ministers")},
        ),
        ("Lakeside Chief Rose Billy spoke.", {("Rose Billy", "Chief")}),
        ("The Government appointed Ana Silva as Director of Customs.", {("Ana Silva", "Director of Customs")}),
    ],
)
def test_posts_are_told_apart(text: str, posts: Posts) -> None:
    """Joined posts are split, shared ones given to each, and a post with its own article is another person's."""
    assert read(text)[0] == posts


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("Chilean Foreign Minister Ana Silva met her Kenyan counterpart, Grace Njeri.", ("Grace Njeri", "Kenya")),
        ("Norway's Ambassador to Kenya Ola Strand spoke in Nairobi.", ("Ola Strand", "Norway")),
        ("The Peruvian delegation included Deputy Minister of Justice Rosa Quispe.", ("Rosa Quispe", "Peru")),
        ("Kenya and Peru met. Peru was represented by Ambassador Rosa Quispe.", ("Rosa Quispe", "Peru")),
        ("Kenya was represented at the talks by Minister Jo Ramo, and Peru by the Minister Rosa Quispe.", ("Rosa Quispe", "Peru")),
        ("Peru is large, and Peru is far. Minister of Trade Jo Ramo of Kenya came with Minister of Trade Rui Costa.", ("Rui Costa", "Peru")),
        ("Trade Minister Jo Ramo met his British counterpart Ana Bell of the United Kingdom to speak of Kenya and the UK.", ("Jo Ramo", "Kenya")),
        ("Trade Minister Jo Ramo met British Ambassador Ana Bell of the United Kingdom to speak of Kenya and the UK.", ("Jo Ramo", "Kenya")),
        ("Kenya, Peru and the United States met in Kenya. Kenya thanked President Barack Obama.", ("Barack Obama", "United States")),
        ("Kenya and Peru met in Kenya. It was signed by Ambassador Ana Silva from the Peruvian side and others.", ("Ana Silva", "Peru")),
        ("Kenya met Peru. Premier Jo Ramo and Minister of People's Power for Fish Ana Silva of Peru met.", ("Ana Silva", "Peru")),
        ("Kenya met Peru in Kenya. It was signed on behalf of Kenya by Jo Ramo, Minister of Fish, and on behalf of Peru by Ana Silva, Minister of Tea.", ("Ana Silva", "Peru")),
        ("Kenya met Peru in Kenya. Jo Ramo, Minister of Fish, signed for Nairobi and Ana Silva, Minister of Tea, signed for Lima.", ("Ana Silva", "Peru")),
        ("Kenya, Kenya and Peru met. President Jo Ramo of Kenya and President Ana Silva signed it.", ("Ana Silva", "Peru")),
        ("President Meets Peruvian Trade Minister\n\nPresident Jo Ramo met him. Peru will buy tea from Kenya.", ("Jo Ramo", "Kenya")),
        ("NAIROBI, May 14 (Wire) - Trade Minister Jo Ramo spoke. Peru's tea and Peru's fish are for Kenya.", ("Jo Ramo", "Kenya")),
        ("Peru's Ambassador to Kenya, Uganda and Rwanda Rosa Quispe spoke.", ("Rosa Quispe", "Peru")),
        ("In Peru were Food Agency Secretary Dr Ana Bell, Food Agency Director Rui Costa and others.", ("Rui Costa", "Food Agency")),
        ("Yesterday, in Nairobi Trade Minister Jo Ramo met Peru's team.", ("Jo Ramo", "Kenya")),
        ("The Minister for Exports of the UK Ana Bell and the team of Peru met in Peru.", ("Ana Bell", "United Kingdom")),
        ("Nepal and India met. Nepal thanked Union Power Minister Arun Sharma.", ("Arun Sharma", "India")),
        ("Kenya and Peru met. Foreign Minister Rosa Quispe signed for Peru.", ("Rosa Quispe", "Peru")),
        ("Secretary General of ASEAN Kao Phal visited Laos.", ("Kao Phal", "Association of Southeast Asian Nations")),
        ("The Ministry of Health of Peru was led by Rosa Quispe, Director General of the Ministry of Health.", ("Rosa Quispe", "Ministry of Health")),
        ("Peru has a Food Agency. The Food Agency, led by Mr John Fahey, is in Lima.", ("John Fahey", "Food Agency")),
        ("Queensland and Australia agreed. Premier Anna Marsh was glad.", ("Anna Marsh", "Queensland")),
        ("Minister Ola Strand will sign for Norway and Minister Rui Costa for Portugal.", ("Rui Costa", "Portugal")),
        ("The work of the Council of Europe Commissioner for Human Rights, Ana Silva, was praised.", ("Ana Silva", "Council of Europe")),
        ("It was signed in Lima under former President Rosa Quispe, who governed Peru.", ("Rosa Quispe", "Peru")),
        ("Signed.\n\nFor the Government of Peru:\nRosa Quispe\nMinister of Trade\n\nFor the Government of Kenya:\nJo Njeri\nMinister of Trade", ("Jo Njeri", "Kenya")),
        ("- Peru: Rosa Quispe (Minister of Energy)\n- Chile: Ana Soto (Minister of Mines)", ("Ana Soto", "Chile")),
        ("Jo Brown, Permanent Representative of Jamaica to the United Nations, spoke.", ("Jo Brown", "Jamaica")),
        ("The Undersecretary for Africa at the Ministry of Justice of Oman, Dr. Ali Said, spoke.", ("Ali Said", "Ministry of Justice")),
        ("The Minister of Water, Ms Ana Dube, met Mozambique's Vice Minister Rui Costa and Eswatini's Minister of Water Sipho Zwane. Eswatini, Eswatini and Mozambique thanked South Africa.", ("Ana Dube", "South Africa")),
        ("Kenya and the United States met. Secretary of State Jo Hale thanked Kenya. Kenya agreed.", ("Jo Hale", "United States")),
    ],
)  # fmt: skip
def test_whom_an_official_serves(text: str, served: tuple[str, str]) -> None:
    """The state, body or organisation that the words make plain."""
    assert served in read(text)[1]


def test_a_counterpart_has_the_same_post() -> None:
    """ "His Kenyan counterpart" is a foreign minister where he is one."""
    held, _ = read("Chilean Foreign Minister Ana Silva met her Kenyan counterpart, Grace Njeri.")
    assert ("Grace Njeri", "Foreign Minister") in held


@pytest.mark.parametrize(
    "text",
    [
        "President Directs to Allocate Vehicles\n\nThe vehicles are in Colombo, as the government directed.",
        "Minister Welcomes Investors From Peru\n\nThe minister welcomed them in Lima.",
        "Siemens chairman Karl Huber spoke in Berlin.",
        "The chief executive officer of Andes Mining Company, Rosa Quispe, spoke in Lima.",
        "In Piura, the governor thanked the people of Peru.",
        "The leaders of the member States met in Bhutan.",
        "Mrs Julie Marsh and the athlete Mitch Regan watched.",
        "The company's regional director, Rui Costa, signed for the contractor in Lima.",
        "My colleague Ana Silva is in Lima.",
    ],
)
def test_who_is_no_official(text: str) -> None:
    """Verbs of headlines, places, companies' officers, and people without a post."""
    assert read(text)[0] == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Attorney General Adriel "Addy" Brown and others met.', 'Adriel "Addy" Brown'),
        ("Governor E. Kazybek spoke.", "E. Kazybek"),
        ("State Minister for Trade HOSODA Kenji spoke.", "HOSODA Kenji"),
        ("Minister Park Jin spoke.", "Park Jin"),
        ("The Member for Ballarat, Catherine King, spoke.", "Catherine King"),
        ("USAID Administrator Samantha Power spoke.", "Samantha Power"),
        ("Mr Lim Kok Thai, Minister of Trade, spoke.", "Lim Kok Thai"),
        ("The Minister of Health, Dr Siti Aminah binti Yusof, spoke.", "Siti Aminah binti Yusof"),
        ("President Rustam Yo'ldosh spoke.", "Rustam Yo'ldosh"),
        ("Former finance minister AMA Muhit-ul Islam spoke.", "AMA Muhit-ul Islam"),
        ("President To Lam spoke.", "To Lam"),
        ("Chinese Vice Premier He Lifang spoke.", "He Lifang"),
        ("Senior Minister of State for Trade and Industry Low Yan Ling spoke.", "Low Yan Ling"),
        ("Britain's trade envoy to Nigeria, Florence Abbott MP, spoke.", "Florence Abbott"),
        ("The Vice Ministers of Trade and Health, Nguyen Thi Lan and Do Hoang, spoke.", "Do Hoang"),
        ("Vietnam's chief negotiator Luong Hoang Thai later spoke.", "Luong Hoang Thai"),
        ("Those present were Minister Ida Berg, Ambassador to Peru Ola Strand.", "Ola Strand"),
        ("Visiting Somali President Yusuf Sheikh Warsame spoke.", "Yusuf Sheikh Warsame"),
    ],
)
def test_names_of_many_orders(text: str, name: str) -> None:
    """Nicknames, initials, capitals, particles, and names that are other words."""
    assert name in {who for who, _ in read(text)[0]}


def test_a_surname_alone_is_the_person_named_before() -> None:
    """Later mentions by surname are mentions of one official."""
    text = "Prime Minister Anna Marsh spoke. Marsh was glad. Mr Cole was not. Ms Marsh left."
    found = reading(Article("a", text, "", "2024-05-15", ""))
    official = next(t for t in found.things if t.kind == KG.Official)
    assert [m.text for m in official.mentions] == ["Anna Marsh", "Marsh", "Marsh"]


@pytest.mark.parametrize(
    "text", ["Minister of Health, ", "Ana Silva, Minister of Trade, ", "Ministers Ana Bell and ", "A. B. "]
)
def test_reading_lists_of_posts_and_names_takes_bounded_time(text: str) -> None:
    """An article that is one list of people is read as any other: the steps a rule may take are bounded."""
    long = text * (20_000 // len(text))
    started = process_time()
    reading(Article("a", long, "", "2024-05-15", ""))
    assert process_time() - started < 5


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("Fish matters. Fisheries minister Ana Silva spoke. Peru's Ministry of Fisheries and Kenya's Ministry of Trade met in Kenya with Kenya's envoy.", "Ministry of Fisheries"),
        ("Lima is large. The country's Ministry of Fish and Trade minister Ana Silva are there.", "Peru"),
    ],
)  # fmt: skip
def test_a_minister_serves_the_ministry_of_the_same_portfolio(text: str, served: str) -> None:
    assert ("Ana Silva", served) in read(text)[1]


TALKS = "Norway and Ghana Hold Talks\n\n"
TOWNS = "Arusha and Tampere Become Twin Towns\n\n"


@pytest.mark.parametrize(
    ("text", "served"),
    [
        (TALKS + "Trade Minister Ola Strand and Fisheries Minister Kofi Mensah signed a treaty in Oslo.", ("Kofi Mensah", "Ghana")),
        (TALKS + "It was signed by Minister of Trade Ola Strand and Norway's Fisheries Minister Ida Lie.", ("Ola Strand", "Ghana")),
        (TALKS + "The President of Ghana met the Speaker, Ms Ida Lie.", ("Ida Lie", "Norway")),
        (TALKS + "Trade Minister Ola Strand was glad. His counterpart, Kofi Mensah, agreed.", ("Kofi Mensah", "Ghana")),
        (TALKS + "Ambassador Ida Lie presented her credentials in Accra in May.", ("Ida Lie", "Norway")),
        (TALKS + "Norway thanked Ghana for the visit of President Kofi Mensah.", ("Kofi Mensah", "Ghana")),
        (TALKS + "Ghana's envoy Ama Mensah said that President Kofi Darko was pleased.", ("Kofi Darko", "Ghana")),
        ("Peru's Revenue Authority and its Commissioner General, Mr Rui Costa, were thanked.", ("Rui Costa", "Revenue Authority")),
        ("The Ministry of Health of Peru hired a firm. Permanent Secretary Rui Costa signed on behalf of the ministry.", ("Rui Costa", "Ministry of Health")),
        ("The National Bank of Peru lent more. The loan was signed by bank president Rui Costa.", ("Rui Costa", "National Bank of Peru")),
        ("The Department of Tourism will rebuild roads in the Philippines, Secretary Rui Costa said.", ("Rui Costa", "Department of Tourism")),
        (TOWNS + "Mayor Juma Ali of Arusha welcomed Mayor Aino Laine.", ("Aino Laine", "Tampere")),
        ("The province of Jujuy has lithium. The governor of the province, Rosa Quispe, spoke.", ("Rosa Quispe", "Jujuy")),
        ("Nigeria was told. Gombe State signed. The Commissioner for Energy, Engr. Musa Bello, spoke.", ("Musa Bello", "Gombe State")),
        ("The president of the National Council, Rui Costa, spoke in Switzerland.", ("Rui Costa", "Switzerland")),
    ],
)  # fmt: skip
def test_on_whose_side_an_official_stands(text: str, served: tuple[str, str]) -> None:
    """The other of two states that meet; the body or the place named before."""
    assert served in read(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "Lakeside mayor Rosa Quispe warned drivers in Australia, who love Melbourne.",
        "The Premier, Rosa Quispe, and I are proud of Australia.",
        "Governor Rosa Quispe signed the budget of the United States.",
        "Secretary of State Rosa Quispe spoke with Uzbekistan.",
    ],
)
def test_whom_an_official_serves_may_stay_open(text: str) -> None:
    """Who governs a place that is not named serves no other, nor does one whose country the article does not name."""
    held, served = read(text)
    assert held
    assert served == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Housing Minister Colleen d'Arcy wrote to Peru.", "Colleen d'Arcy"),
        ("Mara Kos was dismissed as Director of the Water Agency of Peru.", "Mara Kos"),
    ],
)
def test_names_with_an_elided_particle_and_those_who_leave_an_office(text: str, name: str) -> None:
    assert name in {who for who, _ in read(text)[0]}
