"""The engine that asks a language model, behind any OpenAI-compatible API. docs/engines.md tells how to set it up.

A model may say anything; what it says counts only where the article's own words bear it out (`answers`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import httpx

from kg.engines.llm import answers, prompt
from kg.engines.llm.cache import Replies
from kg.engines.llm.client import Client, Reply
from kg.engines.llm.settings import Settings
from kg.engines.rules import Rules
from kg.errors import ArticleError
from kg.model import Article, Reading

Result = TypeVar("Result")
_LONGEST = 200_000  # characters of an article that is sent: beyond that lies a book, and a bill


class Llm:
    """Asks about several articles at once; replies are kept by what was asked, and counted."""

    def __init__(self, settings: Settings | None = None) -> None:
        """UsageError where the environment does not tell whom to ask."""
        self._settings = settings or Settings.from_environment()
        self._replies = Replies(self._settings.cache)
        self._client = Client(self._settings)
        self.offline = False  # only the cache answers
        self._asked = self._kept = 0  # answers, new ones and those from the cache
        self._tokens_in = self._tokens_out = 0

    @cached_property
    def fingerprint(self) -> str:
        """The digest of model, address, request and of the code and lexicons that answers are held against."""
        digest = sha256(Rules().fingerprint.encode())
        digest.update(self._settings.url.encode() + b"\0" + prompt.request(Article("", "", ""), self._settings))
        for file in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(file.read_bytes())
        return "llm-" + digest.hexdigest()[:16]

    def read(self, articles: Iterable[Article]) -> Iterator[Reading | ArticleError]:
        """Yield one reading an article, in the same order; an error where the model gave nothing that can be used."""
        yield from _run(self._read_all(list(articles)))

    async def _read_all(self, articles: list[Article]) -> list[Reading | ArticleError]:
        room = asyncio.Semaphore(self._settings.concurrency)
        async with self._client.connection() as http:

            async def one(article: Article) -> Reading | ArticleError:
                async with room:
                    return await self._read_one(http, article)

            return await asyncio.gather(*(one(article) for article in articles))

    async def _read_one(self, http: httpx.AsyncClient, article: Article) -> Reading | ArticleError:
        try:
            return answers.reading(article, await self._answer(http, article))
        except ArticleError as error:
            return error

    async def _answer(self, http: httpx.AsyncClient, article: Article) -> answers.Answer:
        """Return the model's answer, asking only for what was not asked before; one that is of no use is not kept."""
        if len(article.text) > _LONGEST:
            raise ArticleError(f"was not read: {len(article.text):,} characters are more than a model is sent at once")
        request = prompt.request(article, self._settings)
        reply = self._replies.get(self._settings.url, request)
        if reply is not None:
            self._kept += 1
            return answers.parse(reply.text)
        if self.offline:
            raise ArticleError("was not read: no answer is in the cache, and offline the model is not asked")
        reply = await self._client.ask(http, request)
        self._count(reply)
        answer = answers.parse(reply.text)
        self._replies.put(self._settings.url, request, reply)
        return answer

    def _count(self, reply: Reply) -> None:
        self._asked += 1
        self._tokens_in += reply.tokens_in
        self._tokens_out += reply.tokens_out

    def account(self) -> list[str]:
        """Return what the run has cost."""
        line = (
            f"{self._settings.model}: {self._asked:,} answers, {self._tokens_in:,} tokens in, {self._tokens_out:,} out; "
            f"{self._kept:,} answers from the cache"
        )
        if self._settings.prices is not None:
            price_in, price_out = self._settings.prices
            cost = (self._tokens_in * price_in + self._tokens_out * price_out) / 1e6
            line += f"; cost {cost:.4f} at the prices of KG_LLM_PRICES"
        return [line]


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """Return the result of a coroutine; in a thread of its own where this one, as in a notebook, runs others already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, work).result()
