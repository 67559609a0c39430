"""What a store knows, joined by SERVICE to what Wikidata knows: since when the ministries of each agreement exist.

    python examples/wikidata_join.py kg-store https://query.wikidata.org/sparql

`kg query` asks no other host, so this opens the graph with pyoxigraph. The items go into the SERVICE clause themselves: the
endpoint is asked once, and about these alone. It is another program's query on the network: mind the endpoint's rules.
"""

import sys

import pyoxigraph as ox

PREFIXES = {
    "kg": "https://w3id.org/accordgraph/ontology#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
ITEMS = "SELECT DISTINCT ?item WHERE { ?ministry a kg:Ministry ; schema:sameAs ?item } ORDER BY ?item"
JOIN = """
SELECT ?agreement ?ministry (MIN(?founded) AS ?since) WHERE {
  ?deal a kg:Agreement ; rdfs:label ?agreement ; kg:party ?party .
  ?party a kg:Ministry ; rdfs:label ?ministry ; schema:sameAs ?item .
  SERVICE <$ENDPOINT> { VALUES ?item { $ITEMS } ?item wdt:P571 ?founded }
} GROUP BY ?agreement ?ministry ORDER BY ?agreement ?ministry
"""


def main(place: str, endpoint: str) -> None:
    """Print a line for each ministry of an agreement."""
    store = ox.Store.read_only(f"{place}/current")
    items = " ".join(str(row["item"]) for row in store.query(ITEMS, prefixes=PREFIXES))
    query = JOIN.replace("$ENDPOINT", endpoint).replace("$ITEMS", items)
    for row in store.query(query, prefixes=PREFIXES):
        print(row["since"].value[:4], row["ministry"].value, row["agreement"].value, sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
