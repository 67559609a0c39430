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

_INVISIBLE = re.compile(r"[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_HEAD = 6  # lines among which the title of a text may stand below what its page puts above it


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
    block: Furniture | None = None
    kept = 0
    for start, end in _lines(full):
        line = full[start:end].strip()
        if not line:
            continue
        rule = taker(line)
        if rule is None and block is not None and teaser(line):
            rule = block
        elif rule is None or rule.scope != "block":
            block = rule if rule is not None and rule.scope == "block" else (block if rule is not None else None)
        else:
            block = rule
        if rule is not None and (kept or not _may_be_title(line, rule)):
            yield Removal(start, end, rule.name, line)
            continue
        kept += 1
        yield from _within(full, start, end)


def _may_be_title(line: str, rule: Furniture) -> bool:
    """Tell whether a line that a loose rule takes is more likely the headline, since nothing stands above it."""
    return rule.name in ("contact", "related") and len(line.split()) > 4


def _within(full: str, start: int, end: int) -> Iterator[Removal]:
    """Yield the furniture inside of a line that stays."""
    line = full[start:end].rstrip()
    found = tail(line)
    stop = start + found[0] if found else end
    for match in _INVISIBLE.finditer(full, start, stop):
        yield Removal(match.start(), match.end(), "invisible")
    if found:
        yield Removal(stop, start + len(line), found[1].name, line[found[0] :].strip())


def _lines(full: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of a text, line ends included."""
    at = 0
    while at < len(full):
        end = full.find("\n", at)
        end = len(full) if end < 0 else end + 1
        yield at, end
        at = end


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
