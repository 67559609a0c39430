"""How the links of a store compare with tables of known items: right, wrong, and not linked though the tables hold an item.

    python benchmarks/links.py STORE TABLES [--list]

TABLES is a folder with countries.csv, subdivisions.csv and agencies.csv: columns label, aliases, qid, kind, country, and for
subdivisions code. A jurisdiction is right where the item stands there beside its code, or in its country under one of its names.
A ministry is right where the item stands there under its name and in its country, wrong where it does not.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox

from kg.lexicons.places import country, places
from kg.link.keys import keys
from kg.stores import generations
from kg.vocabulary import KG

_ASK = f"""
SELECT ?entity ?label ?item ?code WHERE {{
  ?entity a <$KIND$> ; <http://www.w3.org/2000/01/rdf-schema#label> ?label
  OPTIONAL {{ ?entity <http://schema.org/sameAs> ?item }}
  OPTIONAL {{ ?entity <{KG.jurisdiction}> ?place . BIND(REPLACE(STR(?place), "^.*/", "") AS ?code) }}
  FILTER EXISTS {{ GRAPH ?article {{ ?entity a <$KIND$> }} }}
}} ORDER BY ?entity
"""


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def named(kind: str, rows: list[dict[str, str]], *codes: str) -> dict[str, set[str]]:
    """Return the items of a jurisdiction and of those above it by the keys of their names."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["country"] in ("", *codes):
            for name in (row["label"], *row["aliases"].split("|")):
                for key in keys(kind, name, codes):
                    found[key].add(row["qid"])
    return found


def entities(store: ox.Store, kind: str) -> list[tuple[str, str, str, str]]:
    """Return the entities of a class that articles name: tail of the IRI, label, item, and the code of the jurisdiction."""
    rows = store.query(_ASK.replace("$KIND$", kind))
    tail = lambda term: term.value.rsplit("/", 1)[-1] if term is not None else ""  # noqa: E731
    return [(tail(r["entity"]), r["label"].value, tail(r["item"]), tail(r["code"]).upper()) for r in rows]  # type: ignore[union-attr]


def jurisdictions(store: ox.Store, tables: Path) -> dict[str, str]:
    """Return how the link of each country, territory and first-level subdivision is."""
    rows = read(tables / "countries.csv") + read(tables / "subdivisions.csv")
    codes = defaultdict(set)
    for row in rows:
        codes[row.get("code") or row["country"]].add(row["qid"])
    by_code = {place.code.lower(): place for place in places().values()}
    found = {}
    for tail, label, item, _ in entities(store, KG.Jurisdiction):
        place = by_code[tail]
        if place.level == "city":
            continue
        known = named("jurisdiction", rows, country(place.code), place.parent)
        by_name = {
            qid for name in (place.label, *place.names) for key in keys("jurisdiction", name) for qid in known[key]
        }
        right = item in codes[place.code] or item in by_name
        found[f"{place.code} {label} {item}"] = "right" if right else "wrong" if item else "not linked"
    return found


def ministries(store: ox.Store, tables: Path) -> dict[str, str]:
    """Return how the link of each ministry is that the tables hold by name and country, and of each that is linked."""
    rows = read(tables / "agencies.csv")
    found = {}
    for _, label, item, code in entities(store, KG.Ministry):
        known = named("ministry", rows, code)
        held = {qid for key in keys("ministry", label, [code]) for qid in known[key]}
        if held or item:
            found[f"{code} {label} {item or sorted(held)}"] = (
                "right" if item in held else "wrong" if item else "not linked"
            )
    return found


def main() -> None:
    """Compare, and print how many links are how."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--list", action="store_true", help="name what is not right")
    options = parser.parse_args()
    store = generations.open_store(options.store)
    for what, compare in (("jurisdictions", jurisdictions), ("ministries", ministries)):
        found = compare(store, options.tables)
        tally = Counter(found.values())
        print(f"{what}: {tally['right']} right, {tally['wrong']} wrong, {tally['not linked']} not linked")
        if options.list:
            print(*(f"    {how}: {which}" for which, how in found.items() if how != "right"), sep="\n")


if __name__ == "__main__":
    main()
