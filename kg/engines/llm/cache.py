"""Replies by what was asked: an article that has not changed is not paid for twice. A file each, and any may be lost."""

from __future__ import annotations

import logging
import os
import tempfile
from hashlib import sha256
from pathlib import Path

import msgspec

from kg.engines.llm.client import Reply

log = logging.getLogger(__name__)

_DECODER = msgspec.json.Decoder(Reply)


class Replies:
    """The replies of all models and servers, in a folder that several processes may use at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, url: str, request: bytes) -> Path:
        digest = sha256(url.encode() + b"\0" + request).hexdigest()
        return self._folder / digest[:2] / f"{digest[2:]}.json"

    def get(self, url: str, request: bytes) -> Reply | None:
        """Return the reply that a server gave to a request; None where none is kept."""
        try:
            return _DECODER.decode(self._path(url, request).read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def put(self, url: str, request: bytes, reply: Reply) -> None:
        """Keep a reply; where the folder cannot be written to, say so and go on."""
        path = self._path(url, request)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(msgspec.json.encode(reply))
            os.replace(file.name, path)
        except OSError as error:
            log.warning("an answer could not be kept in %s: %s", self._folder, error.strerror)
