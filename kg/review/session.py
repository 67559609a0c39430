"""Questions asked one at a time in the terminal: a key an answer, every answer on disk at once."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from rich.console import Console
from rich.text import Text

from kg.decisions.model import Decision
from kg.decisions.questions import Choice, Unlinked
from kg.entities import Profile, Quote, profile
from kg.review.answers import Author
from kg.review.desk import Desk
from kg.review.passages import passages
from kg.review.queue import Fact, Pair, Question
from kg.stores import generations
from kg.stores.articles import ArticleStore
from kg.vocabulary import label

_QUOTES = 2
_LONGEST = 420  # characters of a quote
_CLOSED = ("\x04", "")  # Ctrl-D, the end of the input


def start(desk: Desk, by: Author, limit: int | None, key: Callable[[], str]) -> None:
    """Ask a person at a terminal what needs a decision, and say what came of it."""
    console = Console(highlight=False, markup=False)
    asked = desk.questions[:limit]
    for where, why in desk.unmet:
        console.print(Text(f"not followed by the last build: {where}: {why}", style="dim"))
    if not asked:
        console.print("nothing needs a decision")
        return
    with generations.open_articles(desk.place) as articles:
        session = Session(desk, articles, by, console, key)
        try:
            session.run(asked)
        except KeyboardInterrupt:  # as good as q: what was answered is saved
            console.print()
    decisions = f"{session.saved:,} decision{'' if session.saved == 1 else 's'}"
    console.print(f"{decisions} saved in {desk.folder.path}; kg build follows them")


class Session:
    """One person at a terminal."""

    def __init__(
        self, desk: Desk, articles: ArticleStore | None, by: Author, console: Console, key: Callable[[], str]
    ) -> None:
        """`key` returns the next key that is pressed."""
        self._store = desk.store
        self._folder = desk.folder
        self._articles = articles
        self._by = by
        self._console = console
        self._key = key
        self._done: list[tuple[int, list[Decision]]] = []  # the question, and what was decided
        self.saved = 0

    def run(self, questions: Sequence[Question]) -> None:
        """Ask until all is answered or passed over, or somebody quits."""
        at = 0
        while at < len(questions):
            answers = self._asked(questions[at], at + 1, len(questions))
            pressed = self._pressed({**answers, "s": [], "u": [], "q": []})
            if pressed == "q":
                return
            if pressed == "u":
                at = self._undone(at)
                continue
            decided = answers.get(pressed, [])
            self._folder.add(decided)
            self.saved += len(decided)
            self._done.append((at, decided))
            at += 1

    def _undone(self, at: int) -> int:
        """Take the last answer back, and return which question to ask again."""
        if not self._done:
            self._console.print("nothing to undo")
            return at
        before, decided = self._done.pop()
        self._folder.remove(decided)
        self.saved -= len(decided)
        return before

    def _pressed(self, possible: Mapping[str, object]) -> str:
        """Return the first key that means something."""
        while True:
            pressed = self._key()
            if pressed in _CLOSED:
                return "q"
            if pressed.lower() in possible:
                self._console.print(Text(pressed, style="bold"))
                return pressed.lower()

    def _asked(self, question: Question, number: int, of: int) -> dict[str, list[Decision]]:
        """Show a question, and return what each key decides."""
        self._console.print()
        self._console.rule(Text(f"{number} of {of}"), align="left", style="dim")
        if isinstance(question.about, Unlinked):
            return self._asked_link(question, question.about)
        if isinstance(question.about, Fact):
            return self._asked_fact(question.about)
        return self._asked_pair(question.about)

    # --- the three kinds ---

    def _asked_link(self, question: Question, about: Unlinked) -> dict[str, list[Decision]]:
        self._show(profile(self._store, about.entity))
        self._console.print(f"Which item of Wikidata is it? Not linked: {about.why}")
        for number, choice in enumerate(about.choices, 1):
            self._console.print(Text(f"  {number}  "), Text(_choice(choice)), sep="")
            self._console.print(Text(f"     {_features(choice)}", style="dim"))
        self._prompt("y or 1-9 this one", "n none of these", "x there is no item")
        made = [self._decision("link", question, choice) for choice in about.choices]
        answers = {str(number): [decided] for number, decided in enumerate(made, 1)}
        answers["y"] = made[:1]
        answers["n"] = [self._decision("not-link", question, choice) for choice in about.choices]
        answers["x"] = [self._decision("no-item", question)]
        return answers

    def _decision(self, kind: str, question: Question, choice: Choice | None = None) -> Decision:
        return Decision(
            kind,
            question.entity,
            object=choice.qid if choice else "",
            authors=(self._by.name,),
            date=self._by.day,
            label=question.label,
            item=choice.label if choice else "",
        )

    def _asked_fact(self, about: Fact) -> dict[str, list[Decision]]:
        found = profile(self._store, about.subject)
        self._console.print(Text(found.label, style="bold"), Text(f"  {found.kind}", style="dim"))
        same = [
            s for s in found.statements
            if not s.inverse and s.predicate == label(about.predicate) and (s.iri if about.named else s.value) == about.object
        ]  # fmt: skip
        value = same[0].value if same else about.object
        self._console.print(f"Is this right?  {label(about.predicate)}: {value}   (confidence {about.score:g})")
        self._quote(q for statement in same for q in statement.quotes)
        self._prompt("y right", "n wrong")
        facts = (
            Decision(kind, about.subject, about.predicate, about.object, authors=(self._by.name,), date=self._by.day)
            for kind in ("right", "wrong")
        )
        return {key: [decided] for key, decided in zip("yn", facts, strict=True)}

    def _asked_pair(self, about: Pair) -> dict[str, list[Decision]]:
        for iri in (about.entity, about.other):
            self._show(profile(self._store, iri))
        self._console.print(f"Are they the same? ({about.why}; score {about.score:g})")
        self._prompt("y the same", "n not the same")
        made = (
            Decision(kind, about.entity, object=about.other, authors=(self._by.name,), date=self._by.day)
            for kind in ("same", "different")
        )
        return {key: [decided] for key, decided in zip("yn", made, strict=True)}

    # --- what is shown ---

    def _show(self, found: Profile) -> None:
        self._console.print(Text(found.label, style="bold"), Text(f"  {found.kind}  {found.iri}", style="dim"))
        if found.names:
            self._console.print(f"also: {', '.join(found.names[:6])}")
        said = [f"{s.predicate}{' of' if s.inverse else ''} {s.value}" for s in found.statements]
        if said:
            self._console.print(Text("; ".join(dict.fromkeys(said[:6])), style="dim"))
        self._console.print(f"named in {found.articles:,} article{'' if found.articles == 1 else 's'}")
        if self._articles is None:
            self._quote(q for statement in found.statements for q in statement.quotes)
            return
        for words, article in islice(passages(self._store, self._articles, found.iri), _QUOTES):
            self._words(words, article)

    def _quote(self, quotes: Iterable[Quote]) -> None:
        once = {(quote.exact, quote.article_iri): quote for quote in quotes}
        for quote in list(once.values())[:_QUOTES]:
            self._words(" ".join(quote.exact.split()), ", ".join(t for t in (quote.article, quote.issued) if t))

    def _words(self, words: str, article: str) -> None:
        """Print the words of an article, and whose they are."""
        self._console.print(Text(f"  “{textwrap.shorten(words, _LONGEST, placeholder=' …')}”", style="italic"))
        self._console.print(Text(f"    {article}", style="dim"))

    def _prompt(self, *keys: str) -> None:
        self._console.print(Text(" · ".join((*keys, "s skip", "u undo", "q quit")) + " ", style="dim"), end="")


def _choice(choice: Choice) -> str:
    return f"{choice.qid}  {choice.label}   {choice.told}   {choice.score:.2f}"


def _features(choice: Choice) -> str:
    """Return what speaks for an item, and what against it."""
    agree = [name for name, value in choice.features.items() if value > 0]
    against = [name for name, value in choice.features.items() if value < 0]
    return f"agrees: {', '.join(agree) or 'nothing'}" + (f"; differs: {', '.join(against)}" if against else "")
