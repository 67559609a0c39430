"""A model's server for tests: HTTP on loopback, answering as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler], None]


def completion(answer: object, *, finish: str = "stop") -> bytes:
    """Return a chat completion whose message is an answer: JSON, or a text as it stands."""
    content = answer if isinstance(answer, str) else json.dumps(answer)
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    usage = {"prompt_tokens": 1000, "completion_tokens": 100}
    return json.dumps({"id": "x", "object": "chat.completion", "choices": [choice], "usage": usage}).encode()


def sends(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    """Return a behaviour: this answer, whole."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def answers(answer: object) -> Behaviour:
    """Return a behaviour: a good completion with this answer."""
    return sends(completion(answer))


class Model:
    """A server that keeps what it was asked, and behaves as `behaviours` say: the first once, then the next; the last stays."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.behaviours: list[Behaviour] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.respond: Callable[[dict[str, Any]], Behaviour] | None = None  # where the answer depends on the question
        self._lock = threading.Lock()

    def behaviour(self, question: dict[str, Any], headers: dict[str, str]) -> Behaviour:
        """Note a question, and return how to answer it."""
        with self._lock:
            self.asked.append(question)
            self.headers.append(headers)
            if self.respond is not None:
                return self.respond(question)
            return self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]


@contextmanager
def serving() -> Iterator[Model]:
    """Run a model's server."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with suppress(OSError):  # the client has hung up, as it should on endless answers
                model.behaviour({"path": self.path, **question}, dict(self.headers))(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model = Model(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
