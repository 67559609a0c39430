"""Documents to articles: the text without the page around it, and the way back to every character of it.

The cleaned text is made of runs of the full text, unchanged: what an offset of the article means in the document is told
by `original`. Photo captions that say something in a sentence stay (often they alone name who stood by), without their credit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from hashlib import sha256

from kg.errors import ArticleError
from kg.furniture import Furniture, tail, taker, teaser
from kg.language import foreign
from kg.model import Article, Document, Removal

_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff" + "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))
_INVISIBLE = re.compile(f"[{re.escape(_HIDDEN)}]+")
_NUMBER = re.compile(r"(\d{1,3})[ \t]+(?=[\"“‘(]?[A-Z])")
_PROSE = 60  # characters: shorter lines are headings, and items of lists
_LINE = re.compile(r"[^\n]+\n?")
_WRAPPED = 40  # characters of a line that goes on in the next one
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_BEFORE = re.compile(r"([^\W\d_]{2,})([-\u00ad])$")
_WORD_AFTER = re.compile(r"[a-zß-ÿ]{2,}")
_COMPOUNDING = frozenset(
    "non self co ex pre post anti inter intra multi semi sub vice well long short high low large small cross full half mid "
    "one two three four five six seven eight nine ten first second third north south east west state sea land air trade "
    "policy follow all public private".split()
)


def full_text(document: Document) -> str:
    """Return the text to which an article's runs and removals point: the title, where the text lacks it, and the text."""
    title = document.title.strip()
    if not title or _squeezed(title) in _squeezed(document.text[: 4 * len(title) + 400]):
        return document.text
    return f"{title}\n\n{document.text}"


def _squeezed(text: str) -> str:
    return " ".join(text.split()).lower()


def article(document: Document) -> Article:
    """Return the article in a document; ArticleError where there is none in it, or none in English."""
    full = full_text(document)
    removed = list(_removals(full))
    runs = list(_runs(full, removed))
    text = "".join(full[start:end] for start, end in runs)
    if not re.search(r"[^\W\d_]{2}", text):
        raise ArticleError("holds nothing but the page around an article")
    language = foreign(text)
    if language:
        raise ArticleError(f"is in {language}; only English is read")
    offsets = []
    at = 0
    for start, end in runs:
        offsets.append((at, start))
        at += end - start
    return Article(
        document.id,
        text,
        document.title.strip() or _first_line(text),
        document.published,
        document.url,
        document.publisher,
        document.language.split("-")[0] if document.language.lower().startswith("en") else "en",
        sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        tuple(offsets),
        tuple(removed),
    )


def original(article: Article, offset: int) -> int:
    """Return the place in the document's full text of a character of the article."""
    at = bisect_right(article.runs, (offset, 2**62)) - 1
    start, source = article.runs[max(at, 0)]
    return source + offset - start


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:300]


def _removals(full: str) -> Iterator[Removal]:
    """Yield what is furniture, in order and apart."""
    lines = _lines(full)
    numbers = _paragraph_numbers(full, lines)
    hidden = any(character in full for character in _HIDDEN)  # sooner told than by a regular expression
    words: frozenset[str] = frozenset()
    for start, end, line, rule in _judged(full, lines):
        if rule is not None:
            yield Removal(start, end, rule.name, line)
            continue
        first = numbers.get(start, start)
        if first > start:
            yield Removal(start, first, "paragraph-number", full[start:first].strip())
        yield from _within(full, first, end, hidden)
        if line.endswith(("-", "\u00ad")):
            words = words or frozenset(_WORDS.findall(full))
            yield from _broken(full, start + len(full[start:end].rstrip()), end, words)


def _judged(full: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int, str, Furniture | None]]:
    """Yield each line that is not blank, where it stands, and the rule that takes it away; None where it stays."""
    block: Furniture | None = None
    above, below = "", 0  # the line before, if it stays, and where it ends
    titled = False
    for start, end in lines:
        line = full[start:end].strip()
        goes_on = start == below and _goes_on(above, line)
        rule = None if goes_on else taker(line)
        if rule is not None and not titled and _may_be_title(line, rule):
            rule = None
        if rule is None and block is not None and not goes_on and teaser(line):
            rule = block
        elif rule is None or rule.scope == "block":
            block = rule
        titled = titled or rule is None
        above, below = line if rule is None else "", end
        yield start, end, line, rule


def _goes_on(above: str, line: str) -> bool:
    """Tell whether a line is the rest of the wrapped one above it, were it but the one word "related." or "home."."""
    return len(above) >= _WRAPPED and line[0].islower() and above[-1] not in '.!?:;”"'


def _may_be_title(line: str, rule: Furniture) -> bool:
    """Tell whether a line that a loose rule takes is more likely the headline, since nothing stands above it."""
    return rule.name in ("contact", "related") and len(line.split()) > 4


def _paragraph_numbers(full: str, lines: list[tuple[int, int]]) -> dict[int, int]:
    """Return where the numbers of numbered paragraphs end, by where they begin: of three and more in a row, without a stop.

    A number with a stop or in brackets is that of an item in a list, and stays.
    """
    found = [
        (int(match[1]), start, match.end())
        for start, end in lines
        if end - start > _PROSE and full[start].isdigit() and (match := _NUMBER.match(full, start))
    ]
    row: list[tuple[int, int]] = []
    numbers: dict[int, int] = {}
    last = 0
    for number, start, end in found:
        if number != last + 1:
            row = []
        row.append((start, end))
        last = number
        if len(row) > 2:
            numbers.update(row)
    return numbers


def _within(full: str, start: int, end: int, hidden: bool) -> Iterator[Removal]:
    """Yield the furniture inside of a line that stays."""
    line = full[start:end].rstrip()
    found = tail(line)
    stop = start + found[0] if found else end
    if hidden:
        for match in _INVISIBLE.finditer(full, start, stop):
            yield Removal(match.start(), match.end(), "invisible")
    if found:
        yield Removal(stop, start + len(line), found[1].name, line[found[0] :].strip())


def _broken(full: str, stop: int, end: int, words: frozenset[str]) -> Iterator[Removal]:
    """Yield what breaks a word in two at the end of a line: the line end, and the hyphen if that is not the word's own."""
    before = _WORD_BEFORE.search(full, max(0, stop - 40), stop)
    after = _WORD_AFTER.match(full, end)
    if before is None or after is None:
        return
    first, hyphen, second = before[1], before[2], after[0]
    own = hyphen == "\u00ad" or (  # which goes as invisible
        f"{first}{second}" not in words and (first.lower() in _COMPOUNDING or f"{first}-{second}" in words)
    )
    yield Removal(stop if own else stop - 1, end, "word-break")


def _lines(full: str) -> list[tuple[int, int]]:
    """Return the lines of a text, line ends included, without those that are blank."""
    return [match.span() for match in _LINE.finditer(full) if not match[0].isspace()]


def _runs(full: str, removed: list[Removal]) -> Iterator[tuple[int, int]]:
    """Yield what stays: the stretches between removals, blank space at both ends of the article left out."""
    kept = []
    at = 0
    for removal in [*removed, Removal(len(full), len(full), "end")]:
        if removal.start > at:
            kept.append((at, removal.start))
        at = removal.end
    while kept and not full[kept[0][0] : kept[0][1]].strip():
        kept.pop(0)
    while kept and not full[kept[-1][0] : kept[-1][1]].strip():
        kept.pop()
    for number, (start, end) in enumerate(kept):
        first = start + len(full[start:end]) - len(full[start:end].lstrip()) if number == 0 else start
        last = start + len(full[start:end].rstrip()) if number == len(kept) - 1 else end
        yield first, last
