"""The third tier: for what neither the tables nor an index have linked, items from a service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

from kg.link import dump
from kg.link.decide import Wanted
from kg.link.dump import Raw
from kg.link.items import CLASSES, Item, foremost
from kg.link.live.actionapi import ActionApi
from kg.link.live.cache import Answer
from kg.link.live.client import Client, UnansweredError
from kg.link.live.reconciliation import Reconciliation
from kg.link.live.settings import Settings
from kg.link.references import References
from kg.link.tiers import Service

_LANGUAGES = frozenset({"en", "mul"})
_DEPTH = 6  # classes above an item's own that are asked for, one above the other
_ROUNDS = 12  # of asking for what items refer to, and for what that refers to


class Wikidata:
    """Items as Wikidata's own pages have them, read by the code that reads dumps."""

    def __init__(self, api: ActionApi, unanswered: Callable[[str], None]) -> None:
        self._api = api
        self._unanswered = unanswered

    def candidates(self, wanted: Sequence[Wanted]) -> list[list[Item]]:
        """Return the items that each may be; none where the service has not told all of them."""
        found = [self._found(one) for one in wanted]
        asked = _Asked(self._api)
        asked.fetch(qid for qids in found for qid in qids or ())
        items = asked.items(qid for qids in found for qid in qids or ())
        return [self._items(qids, items, asked.why) for qids in found]

    def _found(self, wanted: Wanted) -> list[str] | None:
        try:
            return self._api.find(wanted)
        except UnansweredError as error:
            self._unanswered(str(error))
            return None

    def _items(self, qids: list[str] | None, items: dict[str, Item | None], why: str) -> list[Item]:
        if qids is None:
            return []
        if not all(qid in items for qid in qids):
            self._unanswered(why or "it left out items that it was asked for")
            return []
        named = [item for qid in qids if (item := items[qid]) is not None]
        return list({item.qid: item for item in named}.values())


class _Asked:
    """What a service has told of entities; notes which it would take to tell more."""

    def __init__(self, api: ActionApi) -> None:
        self._api = api
        self._known: dict[str, tuple[Raw | None, str]] = {}
        self._lacking: dict[str, None] = {}
        self.why = ""

    def fetch(self, qids: Iterable[str]) -> bool:
        """Ask for entities, and tell whether anything more is known of them."""
        answers, why = self._api.items(qids)
        self.why = why or self.why
        known = len(self._known)
        for qid, answer in answers.items():
            try:
                self._known[qid] = (_raw(answer), answer.day)
            except (ValueError, RecursionError):
                self.why = "it told of an item what cannot be read"
        return len(self._known) > known

    def items(self, qids: Iterable[str]) -> dict[str, Item | None]:
        """Return the items of entities of which all is known that they refer to; None for what is of no kind that is linked."""
        waiting = [qid for qid in dict.fromkeys(qids) if qid in self._known]
        made: dict[str, Item | None] = {}
        for _ in range(_ROUNDS):
            lacking: dict[str, None] = {}
            for qid in waiting:
                self._lacking = {}
                item = self._item(qid)
                made |= {} if self._lacking else {qid: item}
                lacking |= self._lacking
            waiting = [qid for qid in waiting if qid not in made]
            if not waiting or not self.fetch(lacking):
                break
        return made

    def _item(self, qid: str) -> Item | None:
        raw, day = self._known[qid]
        kind = self._kind(raw) if raw is not None else ""
        return replace(References(self).item(raw, kind), day=day) if raw is not None and kind else None

    def _kind(self, raw: Raw) -> str:
        """Return the kind to which an entity's classes lead, the classes above them asked for, too; "" for none."""
        if raw.person:
            return "official"
        kinds: set[str] = set()
        level, seen = set(raw.classes), set(raw.classes)
        for _ in range(_DEPTH):
            kinds |= {CLASSES[c] for c in level if c in CLASSES}
            if "ministry" in kinds:  # which counts before all others
                break
            above = (self.raw(c) for c in sorted(level) if c not in CLASSES)
            level = {over for class_ in above if class_ is not None for over in class_.above} - seen
            seen |= level
        return foremost(kinds)

    def now(self, qid: str) -> str:
        """Return the identifier into which another was merged, itself where none was or that is not known."""
        raw = self._known.get(qid, (None, ""))[0]
        return raw.qid if raw is not None else qid

    def raw(self, qid: str) -> Raw | None:
        """Return what is known of an entity; notes that it is lacking where it was not asked for."""
        if qid not in self._known:
            self._lacking[qid] = None
            return None
        return self._known[qid][0]


def _raw(answer: Answer) -> Raw | None:
    """Return what an index would keep of an entity; None for nothing. ValueError where it is broken."""
    return next((raw for raw in dump.parse(answer.body, _LANGUAGES) if not raw.redirect), None)


class Live:
    """A service, open while a build runs, with an account of what it was asked."""

    def __init__(self, settings: Settings, client: Client | None = None) -> None:
        """UsageError or KgError where it cannot be asked at all."""
        self._settings = settings
        self._client = client or Client(settings)
        self._left_out: Counter[str] = Counter()  # entities, by why they were not looked up
        self._service: Service = (
            Wikidata(ActionApi(self._client), self._note)
            if urlsplit(settings.url).path.endswith("/api.php")
            else Reconciliation(self._client, self._note)
        )

    def _note(self, reason: str) -> None:
        self._left_out[reason] += 1

    def candidates(self, wanted: Sequence[Wanted]) -> list[list[Item]]:
        """Return the items that each may be: none of those of which nothing but a name is known."""
        asked = [i for i, one in enumerate(wanted) if _promising(one)]
        if not asked:
            return [[] for _ in wanted]
        found = dict(zip(asked, self._service.candidates([wanted[i] for i in asked]), strict=True))
        return [found.get(i, []) for i in range(len(wanted))]

    def account(self) -> list[str]:
        """Return what is to be said at the end of a run, a line each."""
        where = urlsplit(self._settings.url).netloc
        asked = f"{where}: {self._client.requests:,} requests, {self._client.kept:,} answers from the cache"
        left = (f"{where}: {_entities(n)} not looked up: {why}" for why, n in sorted(self._left_out.items()))
        return [asked, *left]

    def close(self) -> None:
        """Close all connections, and the cache."""
        self._client.close()


def _entities(number: int) -> str:
    return f"{number:,} {'entity' if number == 1 else 'entities'}"


@contextmanager
def opened(settings: Settings | None) -> Iterator[Live | None]:
    """Yield the service that settings name, None for none."""
    if settings is None:
        yield None
        return
    live = Live(settings)
    try:
        yield live
    finally:
        live.close()


def _promising(wanted: Wanted) -> bool:
    """Tell whether an answer could make a link: names alone never do, save of places and sectors."""
    if wanted.kind == "agreement":
        return bool(wanted.names and wanted.parties and wanted.first)
    return bool(wanted.names and (wanted.code or wanted.offices or wanted.kind in ("jurisdiction", "sector")))
