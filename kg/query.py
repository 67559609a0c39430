"""Saved queries: find them, read their headers, bind their parameters, run them.

A parameter is a line `VALUES ?x { UNDEF }`: the file runs as it stands on any endpoint, and binding replaces what is
between the braces by one term, which pyoxigraph writes. Nothing a user types is ever pasted into a query.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError, UsageError
from kg.graph import bounds
from kg.names import KINDS, close, resolve
from kg.parse.dates import iso_date
from kg.resources import data_dir
from kg.vocabulary import PREFIXES, XSD

_PARAM = re.compile(r"(?P<name>\w+)\s*:\s*(?P<type>[\w-]+)(?:\s*=\s*(?P<default>.*?))?(?:\s+--\s+(?P<comment>.*))?$")
_HOLE = re.compile(r"VALUES\s+\?(?P<name>\w+)\s*\{\s*UNDEF\s*\}")
_LEXED = re.compile(
    r"#[^\n]*|<[^<>\"{}|^`\\\s]*>|\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'",
    re.DOTALL,
)
_UPDATE = re.compile(
    r"(?:\s|PREFIX\s+[^\s:]*:|BASE\b|VERSION\b)*(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
_DEEPEST = 64  # braces and brackets inside one another: more is an attack on the parser's stack, no question
TYPES = (*KINDS, "text", "integer", "number", "since", "until", "term")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a saved query can be asked about."""

    name: str
    type: str  # a key of `names.KINDS`, or another of TYPES
    default: str
    comment: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question in a file."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def saved_queries() -> dict[str, SavedQuery]:
    """Return the queries of queries/, by name, in alphabetical order."""
    return {
        path.stem: parsed(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(data_dir("queries").glob("*.rq"))
    }


def parsed(name: str, sparql: str) -> SavedQuery:
    """Return a query with what its header says; holes that no header declares are parameters of any kind."""
    header: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    for line in sparql.splitlines():
        key, colon, value = line.lstrip("# ").partition(":") if line.startswith("#") else ("", "", "")
        if key.startswith("param "):
            match = _PARAM.match(key[6:] + ":" + value)
            if match is None or match["type"] not in TYPES:
                raise KgError(
                    f"query {name}: a parameter reads `# param NAME: TYPE = DEFAULT -- COMMENT`, not {line!r}; types: {', '.join(TYPES)}"
                )
            parameters[match["name"]] = Parameter(
                match["name"], match["type"], match["default"] or "", match["comment"] or ""
            )
        elif colon:
            header.setdefault(key.strip(), value.strip())
    for hole in _HOLE.finditer(sparql):
        parameters.setdefault(hole["name"], Parameter(hole["name"], "term", "", ""))
    return SavedQuery(name, header.get("title", ""), header.get("description", ""), tuple(parameters.values()), sparql)


def read_query(question: str) -> SavedQuery:
    """Return a saved query by name, the one in a file, or the one on standard input; UsageError where there is none."""
    if question == "-":
        return parsed("standard input", _read(sys.stdin.buffer.read, "standard input"))
    if question in saved_queries():
        return saved_queries()[question]
    path = Path(question)
    if path.is_file():
        return parsed(path.stem, _read(path.read_bytes, question))
    if path.is_dir():
        raise UsageError(
            f"{question} is a folder; name a saved query (kg query --list), a file, or - for standard input"
        )
    near = close(question, saved_queries())
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"there is no saved query or file {question!r}{hint} (kg query --list shows what there is)")


def _read(body: Callable[[], bytes], where: str) -> str:
    """Return the text of a query; UsageError where it cannot be read or holds nothing."""
    try:
        text = body().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{where} holds no query: it is not text in UTF-8") from error
    except OSError as error:
        raise UsageError(f"{where} cannot be read: {error.strerror or error}") from error
    if not text.strip():
        raise UsageError(f"{where} holds no query: it is empty")
    return text


def assignments(params: Iterable[str]) -> dict[str, str]:
    """Return NAME=VALUE pairs as a mapping; UsageError for what is none, or for a name given twice."""
    found: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        name = name.strip().lstrip("?$")
        if not equals or not name:
            raise UsageError(f"a parameter is given as NAME=VALUE, not {param!r}")
        if name in found:
            raise UsageError(f"the parameter {name!r} is given twice")
        found[name] = value.strip()
    return found


def bind(query: SavedQuery, values: Mapping[str, str], store: ox.Store) -> str:
    """Return the query with terms for the given values, and for the defaults of the others.

    UsageError for a parameter that it does not have, and for a value that names nothing or does not fit.
    """
    known = {p.name: p for p in query.parameters}
    for name in values:
        if name not in known:
            near = close(name, known) or list(known)
            hint = f"; it has: {', '.join(near)}" if near else "; it has none"
            raise UsageError(f"the query {query.name} has no parameter {name!r}{hint}")
    given = {name: values.get(name, p.default) for name, p in known.items()}
    terms = {name: term(value, known[name], store) for name, value in given.items() if value}
    return _HOLE.sub(
        lambda m: f"VALUES ?{m['name']} {{ {terms[m['name']]} }}" if m["name"] in terms else m.group(), query.sparql
    )


def term(value: str, parameter: Parameter, store: ox.Store) -> ox.NamedNode | ox.Literal:
    """Return the RDF term that a value stands for; UsageError where it stands for none of the parameter's type."""
    kind = parameter.type
    if kind in KINDS:
        return ox.NamedNode(resolve(store, value, kind))
    if kind == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise UsageError(f"{parameter.name} is a whole number, not {value!r}")
        return ox.Literal(int(value))
    if kind == "number":
        if not re.fullmatch(r"[+-]?(?:[0-9]{1,18}\.?[0-9]{0,18}|\.[0-9]{1,18})", value):
            raise UsageError(f"{parameter.name} is a number such as 0.7, not {value!r}")
        return ox.Literal(value, datatype=ox.NamedNode(XSD.decimal))
    if kind in ("since", "until"):
        day = iso_date(value)
        if not day:
            raise UsageError(f"{parameter.name} is a date such as 2024, 2024-09 or 2024-09-19, not {value!r}")
        return ox.Literal(bounds(day)[kind == "until"], datatype=ox.NamedNode(XSD.date))
    if kind == "term" and re.fullmatch(r"<?https?://[^\s<>\"{}|^`\\]+>?", value):
        return ox.NamedNode(value.strip("<>"))
    return ox.Literal(value)


def run(store: ox.Store, sparql: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    """Return the results of a query; UsageError with line and column where it has a syntax error.

    The usual prefixes need not be declared. SERVICE is refused: no query makes this program ask another host.
    """
    _check(sparql)
    try:
        return store.query(sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        raise UsageError(_located(str(error))) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise KgError(f"the query failed: {error}") from error


def _located(message: str) -> str:
    match = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if match:
        return f"the query has a syntax error at line {match[1]}, column {match[2]}: {' '.join(match[3].split())}"
    return f"the query has a syntax error: {' '.join(message.split())}"


def _check(sparql: str) -> None:
    """Refuse what must not reach the parser; comments, IRIs and strings do not count."""
    bare = _LEXED.sub(" ", sparql)
    if re.search(r"(?<![?$\w:])SERVICE\b(?!\s*:)", bare, re.IGNORECASE):
        raise UsageError("the query has a SERVICE clause; queries ask this store and no other host")
    if _UPDATE.match(bare):
        raise UsageError("this is an update; a store is made by kg build and kg load, and queries only read it")
    depth = deepest = 0
    for mark in re.findall(r"[(){}\[\]]", bare):
        depth += 1 if mark in "({[" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise UsageError(f"the query is nested {deepest} deep; {_DEEPEST} is the most")
