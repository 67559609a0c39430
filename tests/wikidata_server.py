"""Wikidata's Action API for tests: HTTP on loopback, speaking the protocol over the entities of an invented dump."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from model_server import Behaviour, sends

Json = dict[str, Any]
Params = dict[str, str]


class Server:
    """Keeps what it was asked. Behaves as `behaviours` say, each once; after that it answers as `respond` does."""

    def __init__(self, url: str, respond: Callable[[Params], Json]) -> None:
        self.url = url
        self.respond = respond
        self.behaviours: list[Behaviour] = []
        self.asked: list[Params] = []
        self.headers: list[dict[str, str]] = []

    def behaviour(self, params: Params, headers: dict[str, str]) -> Behaviour:
        """Note a question, and return how to answer it."""
        self.asked.append(params)
        self.headers.append(headers)
        if self.behaviours:
            return self.behaviours.pop(0)
        return sends(json.dumps(self.respond(params), ensure_ascii=False).encode())


@contextmanager
def serving(respond: Callable[[Params], Json], path: str = "/w/api.php") -> Iterator[Server]:
    """Run a server, to GET and to POST of forms, or of a query alone."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            plain = self.headers["Content-Type"] == "application/sparql-query"
            self._answer(urlencode({"query": body}) if plain else body)

        def _answer(self, query: str) -> None:
            with suppress(OSError):  # the client has hung up, as it should on endless answers
                found.behaviour(dict(parse_qsl(query, keep_blank_values=True)), dict(self.headers))(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Server(f"http://127.0.0.1:{server.server_port}{path}", respond)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def error(code: str) -> bytes:
    """Return an error of the Action API, which comes with status 200."""
    return json.dumps({"error": {"code": code, "info": f"told of {code}"}, "servedby": "mw1"}).encode()


class ActionApi:
    """Answers questions of the Action API over some entities."""

    def __init__(self, entities: Iterable[Json]) -> None:
        self.entities: dict[str, Json] = {}
        self.redirects: dict[str, str] = {}
        for entity in entities:
            if "redirect" in entity:
                self.redirects[entity["entity"]] = entity["redirect"]
            else:
                self.entities[entity["id"]] = entity

    def __call__(self, params: Params) -> Json:
        """Return what is answered to a question."""
        assert params["format"] == "json"
        assert params["maxlag"] == "5"
        if params["action"] == "wbsearchentities":
            return self._named(params)
        return self._worded(params) if params["action"] == "query" else self._items(params)

    def _named(self, params: Params) -> Json:
        sought = params["search"].casefold()
        hits = [
            {"id": qid, "title": qid, "repository": "wikidata", "label": text, "match": {"type": "label", "language": "en", "text": text}}
            for qid, entity in self.entities.items() for text in names(entity)[:5] if text.casefold().startswith(sought)
        ]  # fmt: skip
        limit = int(params["limit"])
        told: Json = {"searchinfo": {"search": params["search"]}, "search": hits[:limit], "success": 1}
        return told | ({"search-continue": limit} if len(hits) > limit else {})

    def _worded(self, params: Params) -> Json:
        words = [w for w in params["srsearch"].split() if not w.startswith("haswbstatement:")]
        alternatives = [s.split("=") for s in params["srsearch"].partition("haswbstatement:")[2].split("|")]
        found = [
            qid
            for qid, entity in self.entities.items()
            if all(any(w in text.casefold().split() for text in names(entity)) for w in words)
            and any(_has(entity, which, *value) for which, *value in alternatives)
        ]
        pages = [{"ns": 0, "title": qid, "pageid": int(qid[1:])} for qid in found[: int(params["srlimit"])]]
        return {"batchcomplete": "", "query": {"searchinfo": {"totalhits": len(found)}, "search": pages}}

    def _items(self, params: Params) -> Json:
        return {"entities": {qid: self._item(qid) for qid in params["ids"].split("|")}, "success": 1}

    def _item(self, asked: str) -> Json:
        qid = self.redirects.get(asked, asked)
        if qid not in self.entities:
            return {"id": asked, "missing": ""}
        found = {name: value for name, value in self.entities[qid].items() if name not in ("sitelinks", "descriptions")}
        return found | ({"redirects": {"from": asked, "to": qid}} if qid != asked else {})


def names(entity: Json) -> list[str]:
    """Return the English names of an entity, and those for all languages."""
    labels, aliases = (entity.get(what) or {} for what in ("labels", "aliases"))
    return [
        *(labels[language]["value"] for language in ("en", "mul") if language in labels),
        *(alias["value"] for language in ("en", "mul") for alias in aliases.get(language, [])),
    ]


def _has(entity: Json, which: str, value: str = "") -> bool:
    said = (entity.get("claims") or {}).get(which, [])
    values = [statement["mainsnak"].get("datavalue", {}).get("value") for statement in said]
    return bool(said) and (not value or any(isinstance(v, dict) and v.get("id") == value for v in values))
