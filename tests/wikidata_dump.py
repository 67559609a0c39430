"""An invented dump of Wikidata in the real JSON format: a few thousand entities, with all that makes linking hard.

Countries, classes and properties have their real identifiers; everything else is invented, with identifiers from
Q900000000 on. `dump` is the same for the same size.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

Json = dict[str, object]

COUNTRIES = {
    "KE": "Q114",
    "NO": "Q20",
    "PE": "Q419",
    "LV": "Q211",
    "JP": "Q17",
    "ZA": "Q258",
    "CL": "Q298",
    "GH": "Q117",
}
FIELDS = "Tides Wells Lighthouses Bridges Orchards Canals Looms Quarries Ferries Beacons Granaries Vineyards".split()
GIVEN = "Ada Bruno Clio Dario Edda Felix Greta Hugo Ines Jonas Kira Leo Mara Nils Olga Paul Rosa Sven Tilda Urs".split()
FAMILY = (
    "Aas Brook Crane Dale Elm Firth Glen Hale Isle Jarn Kell Lund Marsh North Oster Pell Quill Reed Stone Thorn".split()
)


def item_value(qid: str) -> Json:
    return {"value": {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}, "type": "wikibase-entityid"}


def time_value(day: str) -> Json:
    year, month, date = (day + "-00-00")[:10].split("-")
    precision = {4: 9, 7: 10, 10: 11}[len(day)]
    return {
        "value": {"time": f"+{year}-{month}-{date}T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": precision, "calendarmodel": "http://www.wikidata.org/entity/Q1985727"},
        "type": "time",
    }  # fmt: skip


def text_value(text: str, language: str = "en") -> Json:
    return {"value": {"text": text, "language": language}, "type": "monolingualtext"}


def snak(which: str, value: Json | None) -> Json:
    if value is None:
        return {"snaktype": "somevalue", "property": which, "datatype": "wikibase-item"}
    return {"snaktype": "value", "property": which, "datavalue": value, "datatype": "any"}


def statement(which: str, value: Json | None, rank: str = "normal", **qualifiers: Json | None) -> Json:
    found: Json = {
        "mainsnak": snak(which, value),
        "type": "statement",
        "id": f"x${which}",
        "rank": rank,
        "references": [],
    }
    if qualifiers:
        found["qualifiers"] = {name: [snak(name, value)] for name, value in qualifiers.items()}
        found["qualifiers-order"] = list(qualifiers)
    return found


def office(post: str, since: str = "", until: str = "", rank: str = "normal") -> Json:
    terms = {name: time_value(day) for name, day in (("P580", since), ("P582", until)) if day}
    return statement("P39", item_value(post), rank, **terms)


def entity(
    qid: str, label: str, *statements: Json, aliases: tuple[str, ...] = (), language: str = "en", sitelinks: int = 0
) -> Json:
    claims: dict[str, list[Json]] = {}
    for said in statements:
        claims.setdefault(said["mainsnak"]["property"], []).append(said)  # type: ignore[index]
    return {
        "type": "item",
        "id": qid,
        "labels": {
            language: {"language": language, "value": label},
            "eo": {"language": "eo", "value": f"{label} (eo)"},
        },
        "descriptions": [],
        "aliases": {language: [{"language": language, "value": a} for a in aliases]} if aliases else [],
        "claims": claims or [],
        "sitelinks": {f"w{i}": {"site": f"w{i}", "title": label, "badges": []} for i in range(sitelinks)} or [],
        "pageid": int(qid[1:]),
        "ns": 0,
        "title": qid,
        "lastrevid": 1,
        "modified": "2026-07-01T10:00:00Z",
    }


def redirect(old: str, new: str) -> Json:
    return {"entity": old, "redirect": new}


@dataclass
class World:
    """The entities of a dump, and which case each of them stands for: what is to be linked, and to what."""

    entities: list[Json] = field(default_factory=list)
    cases: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)  # as `kg link --cases` reads them
    numbers: Iterator[int] = field(default_factory=lambda: count(900_000_000))

    def add(self, label: str, *statements: Json, qid: str = "", **more: object) -> str:
        qid = qid or f"Q{next(self.numbers)}"
        self.entities.append(entity(qid, label, *statements, **more))  # type: ignore[arg-type]
        return qid

    def case(self, mention: str, kind: str, country: str, day: str, context: str, expected: str) -> None:
        self.cases.append((mention, kind, country, day, context, expected))


def made(people: int = 3000) -> World:
    """Return an invented world: bodies of eight countries, posts, and some thousand people."""
    world = World()
    body_class = world.add("ministry of works", statement("P279", item_value("Q192350")))
    for code, qid in COUNTRIES.items():
        world.add(
            f"Country {code}",
            statement("P31", item_value("Q6256")),
            statement("P297", {"value": code, "type": "string"}),
            qid=qid,
        )
    _bodies(world, body_class)
    _renamed(world, body_class)
    _people(world, people)
    _noise(world)
    return world


def _bodies(world: World, class_: str) -> None:
    for name in FIELDS:
        for code, country in COUNTRIES.items():
            qid = world.add(
                f"Ministry of {name}",
                statement("P31", item_value(class_)),
                statement("P17", item_value(country)),
                statement("P571", time_value("1960")),
            )
            world.case(f"Ministry of {name}", "Ministry", code, "2020-05-01", "", qid)
            world.case(f"Ministry of {name}", "Ministry", code, "1950-05-01", "", "NIL")
        world.case(f"Ministry of {name}", "Ministry", "", "", "", "NIL")
    province = world.add(
        "Province Nine", statement("P31", item_value("Q10864048")), statement("P17", item_value(COUNTRIES["ZA"]))
    )
    own = world.add(
        "Department of Dams",
        statement("P31", item_value("Q327333")),
        statement("P17", item_value(COUNTRIES["ZA"])),
        statement("P1001", item_value(COUNTRIES["ZA"])),
    )
    world.add(
        "Department of Dams",
        statement("P31", item_value("Q327333")),
        statement("P17", item_value(COUNTRIES["ZA"])),
        statement("P1001", item_value(province)),
    )
    world.case("Department of Dams", "Ministry", "ZA", "", "", own)
    world.case("Ministry of Lunar Fisheries", "Ministry", "NO", "", "", "NIL")


def _renamed(world: World, class_: str) -> None:
    """Both ways in which Wikidata tells of a body with a new name: the same item relabelled, and an item in its place."""
    same = world.add(
        "Ministry of Peace", statement("P31", item_value(class_)), statement("P17", item_value(COUNTRIES["NO"])),
        statement("P1448", text_value("Ministry of Truce"), P580=time_value("1980"), P582=time_value("2010-05-01")),
        statement("P1448", text_value("Ministry of Peace"), P580=time_value("2010-05-01")),
    )  # fmt: skip
    world.case("Ministry of Truce", "Ministry", "NO", "1995-01-01", "", same)
    world.case("Ministry of Peace", "Ministry", "NO", "2020-01-01", "", same)
    new = f"Q{next(world.numbers)}"
    old = world.add(
        "Ministry of Salt and Sugar", statement("P31", item_value(class_)), statement("P17", item_value(COUNTRIES["LV"])),
        statement("P571", time_value("2001")), statement("P576", time_value("2020-01-01")), statement("P1366", item_value(new)),
    )  # fmt: skip
    world.add(
        "Ministry of Salt", statement("P31", item_value(class_)), statement("P17", item_value(COUNTRIES["LV"])),
        statement("P571", time_value("2020-01-01")), aliases=("Ministry of Salt and Sugar",), qid=new,
    )  # fmt: skip
    world.case("Ministry of Salt and Sugar", "Ministry", "LV", "2019-01-01", "", old)
    world.case("Ministry of Salt and Sugar", "Ministry", "LV", "2023-01-01", "", new)
    world.case("Ministry of Salt", "Ministry", "LV", "2010-01-01", "", "NIL")


def _people(world: World, number: int) -> None:
    posts = {
        (name, code): world.add(f"Minister of {name} of Country {code}", statement("P31", item_value("Q4164871")), statement("P1001", item_value(country)), aliases=(f"Minister of {name}",))
        for name in FIELDS for code, country in COUNTRIES.items()
    }  # fmt: skip
    keys = sorted(posts)
    for i in range(number):
        post = keys[i % len(keys)]
        since = 1950 + (i * 7) % 70
        name = f"{GIVEN[i % 20]} {GIVEN[(i // 20) % 20]} {FAMILY[(i // 400) % 20]}"
        world.add(
            name, statement("P31", item_value("Q5")), statement("P27", item_value(COUNTRIES[post[1]])),
            office(posts[post], f"{since}-03-01", f"{since + 4}-03-01"), language="mul" if i % 9 == 0 else "en",
        )  # fmt: skip
        world.case(name, "Official", post[1], f"{since + 2}-06-30", "", world.entities[-1]["id"])  # type: ignore[arg-type]
        if i % 5 == 0:
            world.case(name, "Official", "", "", "", "NIL")
            world.case(name, "Official", post[1], f"{since + 20}-06-30", "", "NIL")
    _homonyms(world, posts)


def _homonyms(world: World, posts: dict[tuple[str, str], str]) -> None:
    human, kenya, norway = statement("P31", item_value("Q5")), COUNTRIES["KE"], COUNTRIES["NO"]
    tides, wells = posts["Tides", "KE"], posts["Wells", "KE"]
    merged = f"Q{next(world.numbers)}"  # a post that was merged into that of tides
    world.entities.append(redirect(merged, tides))
    first = world.add(
        "Wanda Zell", human, statement("P27", item_value(kenya)), office(merged, "1999-01-01", "2003-01-01")
    )
    second = world.add("Wanda Zell", human, statement("P27", item_value(kenya)), office(wells, "2018-03", "2022-06-25"))
    third = world.add(
        "Wanda Zell", human, statement("P27", item_value(norway)), office(posts["Tides", "NO"], "2000", "2004")
    )
    world.case("Wanda Zell", "Official", "KE", "2001-06-30", "", first)
    world.case("Zell Wanda", "Official", "KE", "2020", "", second)
    world.case("Wanda Zell", "Official", "KE", "", "Minister of Tides [1999-01-01..2003-01-01]", first)
    world.case("Wanda Zell", "Official", "NO", "2002-06-30", "", third)
    world.case("Wanda Zell", "Official", "", "2002-06-30", "", "NIL")
    for _ in range(2):  # two at one time, in one post's country: nothing tells them apart
        world.add("Xaver Yule", human, statement("P27", item_value(kenya)), office(tides, "2010", "2014"))
    world.case("Xaver Yule", "Official", "KE", "2012", "", "NIL")
    world.add(
        "Vera Ull",
        human,
        statement("P27", item_value(kenya)),
        office(tides, "2010", "2014", rank="deprecated"),
        office(wells, "1990", "1994"),
    )
    world.case("Vera Ull", "Official", "KE", "2012", "", "NIL")


def _noise(world: World) -> None:
    """What an index does not keep: people without office, things of other classes, properties, and no-values."""
    for i in range(200):
        world.add(f"Painter {i}", statement("P31", item_value("Q5")), statement("P27", item_value(COUNTRIES["PE"])))
        world.add(f"Hill {i}", statement("P31", item_value("Q54050")), statement("P17", item_value(COUNTRIES["PE"])))
    world.add("Ministry of Nothing", statement("P31", None), statement("P17", None))
    world.entities.append({"type": "property", "id": "P39", "labels": [], "aliases": [], "claims": []})


def lines(world: World) -> list[str]:
    """Return the dump, an entity a line, inside the brackets of an array."""
    entities = [json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in world.entities]
    return ["[", *(f"{line}," for line in entities[:-1]), entities[-1], "]"]
