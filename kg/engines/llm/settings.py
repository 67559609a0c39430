"""How the model is reached and asked: from the environment, checked when the engine is made."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from kg.errors import UsageError
from kg.resources import user_cache

_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a model answers, and how it is asked."""

    url: str  # of the API, without "/chat/completions" and without a slash at its end
    model: str
    cache: Path
    key: str = field(default="", repr=False)
    timeout: float = 120.0  # seconds for one whole answer
    wait: float = 1.0  # seconds before a second attempt; doubled before each further one
    concurrency: int = 4  # articles asked about at once
    prices: tuple[float, float] | None = None  # of a million tokens in, and out
    options: Mapping[str, Any] = field(
        default_factory=dict
    )  # fields of the request, to add, to change, or (null) to leave out

    @classmethod
    def from_environment(cls, given: Mapping[str, str] = os.environ) -> Settings:
        """Return what the variables KG_LLM_… say; UsageError names one that is missing or wrong."""
        url = _required(given, "KG_LLM_URL", "the address of the API, such as http://localhost:11434/v1").rstrip("/")
        if not _URL.fullmatch(url):
            raise UsageError(f"KG_LLM_URL is {url!r}; give an http(s) address such as http://localhost:11434/v1")
        return cls(
            url,
            _required(given, "KG_LLM_MODEL", "the name of a model"),
            _cache(given),
            given.get("KG_LLM_KEY", "").strip(),
            timeout=_number(given, "KG_LLM_TIMEOUT", 120.0),
            concurrency=max(1, int(_number(given, "KG_LLM_CONCURRENCY", 4))),
            prices=_prices(given),
            options=_options(given),
        )


def _required(given: Mapping[str, str], name: str, what: str) -> str:
    value = given.get(name, "").strip()
    if not value:
        raise UsageError(f"engine 'llm' needs {name}: {what}")
    return value


def _cache(given: Mapping[str, str]) -> Path:
    return Path(given["KG_LLM_CACHE"]) if given.get("KG_LLM_CACHE") else user_cache("llm", given)


def _number(given: Mapping[str, str], name: str, default: float) -> float:
    try:
        value = float(given.get(name) or default)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise UsageError(f"{name} is {given[name]!r}; give a number above 0")
    return value


def _prices(given: Mapping[str, str]) -> tuple[float, float] | None:
    text = given.get("KG_LLM_PRICES", "").strip()
    if not text:
        return None
    try:
        tokens_in, tokens_out = (float(part) for part in text.split(","))
    except ValueError as error:
        raise UsageError(
            f"KG_LLM_PRICES is {text!r}; give the prices of a million tokens in and out, as 0.15,0.60"
        ) from error
    return tokens_in, tokens_out


def _options(given: Mapping[str, str]) -> dict[str, Any]:
    text = given.get("KG_LLM_OPTIONS", "").strip() or "{}"
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise UsageError(f'KG_LLM_OPTIONS is no JSON object such as {{"temperature": 0.2}}: {error}') from error
