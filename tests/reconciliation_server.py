"""A Reconciliation 0.2 service for tests, over the entities of an invented dump."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from wikidata_server import ActionApi, Json, Params, names

MANIFEST: Json = {
    "versions": ["0.1", "0.2"],
    "name": "Invented items",
    "identifierSpace": "http://www.wikidata.org/entity/",
    "schemaSpace": "http://www.wikidata.org/prop/direct/",
    "view": {"url": "https://www.wikidata.org/wiki/{{id}}"},
    "batchSize": 10,
    "extend": {"propose_properties": {"service_url": "http://127.0.0.1", "service_path": "/properties"}},
}


class Service:
    """Answers what a Reconciliation 0.2 service is asked."""

    def __init__(self, entities: Iterable[Json], manifest: Json = MANIFEST) -> None:
        self.manifest = manifest
        self.entities = ActionApi(entities).entities
        self.answered: list[tuple[str, Json, Json]] = []  # (what, question, answer)

    def __call__(self, params: Params) -> Json:
        """Return what is answered to a form, or to a question without one."""
        if "queries" in params:
            return self._note("reconciliation", json.loads(params["queries"]), self._results)
        if "extend" in params:
            return self._note("extension", json.loads(params["extend"]), self._rows)
        return self.manifest

    def _note(self, what: str, question: Json, answer: Any) -> Json:
        told: Json = answer(question)
        self.answered.append((what, question, told))
        return told

    def _results(self, queries: Json) -> Json:
        assert len(queries) <= self.manifest.get("batchSize", 50)
        return {key: {"result": self._result(query)} for key, query in queries.items()}

    def _result(self, query: Json) -> list[Json]:
        """Return all whose name has the words that are sought: other kinds and countries, too, with made-up scores."""
        words = query["query"].casefold().split()
        found = [
            {"id": qid, "name": text, "score": 100 - len(text), "match": True, "type": self._types(entity)}
            for qid, entity in self.entities.items()
            for text in names(entity)[:1]
            if all(word in text.casefold().split() for word in words)
        ]
        return sorted(found, key=lambda hit: (-hit["score"], hit["id"]))[: query["limit"]]

    def _types(self, entity: Json) -> list[Json]:
        return [{"id": qid, "name": self._name(qid)} for qid in self._ids(entity, "P31")]

    def _ids(self, entity: Json, which: str) -> list[str]:
        values = [s["mainsnak"].get("datavalue", {}).get("value", {}) for s in (entity["claims"] or {}).get(which, [])]
        return [value["id"] for value in values if isinstance(value, dict) and "id" in value]

    def _name(self, qid: str) -> str:
        return next(iter(names(self.entities.get(qid, {}))), qid)

    def _rows(self, question: Json) -> Json:
        properties = [p["id"] for p in question["properties"]]
        rows = {qid: {which: self._cells(qid, which) for which in properties} for qid in question["ids"]}
        return {"meta": [{"id": which, "name": which} for which in properties], "rows": rows}

    def _cells(self, qid: str, which: str) -> list[Json]:
        entity = self.entities[qid]
        if which in ("P571", "P576", "P585"):
            said = (entity["claims"] or {}).get(which, [])
            times = [s["mainsnak"]["datavalue"]["value"]["time"] for s in said]
            return [{"date": time.removeprefix("+").replace("-00", "-01")} for time in times]
        return [{"id": value, "name": self._name(value)} for value in self._ids(entity, which)]
