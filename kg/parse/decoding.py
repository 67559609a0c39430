"""Bytes to text: what a byte order mark says, UTF-8, what the page declares, or what is most likely."""

from __future__ import annotations

import codecs
import re

from kg.errors import ArticleError

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKED_AT = 65536  # bytes that tell
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}\bencoding=["']([\w.:-]+)|<meta[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_DECLARED_WITHIN = 4096  # bytes: browsers look at 1024, pages put more before it
_MEANT = {  # what browsers read where a page names the smaller set (WHATWG's Encoding Standard)
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


def decoded(body: bytes) -> str:
    """Return the text of some bytes; ArticleError for what is no text at all."""
    marked = _marked(body)
    if marked is not None:
        return marked
    if b"\x00" in body[:_LOOKED_AT]:
        raise ArticleError("is binary, not text")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(body)


def decoded_html(body: bytes) -> str:
    """Return the text of a page of HTML. What is UTF-8 is read as that, whatever the page says of itself.

    >>> decoded_html('<meta charset="iso-8859-2"><p>Říjen'.encode("iso-8859-2"))[-5:]
    'Říjen'
    """
    marked = _marked(body)
    if marked is not None:
        return marked
    body = body.replace(b"\x00", b"")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(body[:_DECLARED_WITHIN])
    if match:
        try:
            return body.decode(_encoding((match[1] or match[2]).decode("ascii", "replace")))
        except (LookupError, UnicodeDecodeError):
            pass  # a declaration that is wrong, or broken off: as if there were none
    return _guessed(body)


def _encoding(declared: str) -> str:
    """Return the encoding that a page means by a name; LookupError where there is none of that name."""
    name = codecs.lookup(declared).name
    return _MEANT.get(name, name)


def _marked(body: bytes) -> str | None:
    """Return the text where a byte order mark, or every second byte, tells how it is written."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    head = body[:_LOOKED_AT]
    for encoding, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(head) > 3 and zeros.count(0) * 10 > 9 * len(zeros) and not others.count(0):
            return body.decode(encoding, "replace")
    return None


def _guessed(body: bytes) -> str:
    head = body[:_LOOKED_AT]
    high = sum(byte >= 0x80 for byte in head) / len(head)
    if high < 0.1:  # Latin letters with some accents and quotation marks
        try:
            return body.decode("windows-1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    if best is None or high > 0.9:
        raise ArticleError("has an unknown encoding; save it as UTF-8")
    return body.decode(best.encoding, "replace")
