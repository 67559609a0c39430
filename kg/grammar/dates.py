"""Dates: absolute ones, and those relative to the day of publication, as precise as the text is and never more."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.grammar.rules import Match, Rule, Table, rewrite
from kg.grammar.words import Line

MONTHS = {name: number for number, names in enumerate(
    ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august", "sep sept september",
     "oct october", "nov november", "dec december"), 1) for name in names.split()}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _day_of(text: str) -> int | None:
    digits = "".join(c for c in text if c.isdigit())
    return int(digits) if digits and len(digits) <= 2 and 1 <= int(digits) <= 31 and "." not in text else None


def iso(year: int, month: int, day: int) -> str | None:
    """Return an ISO date, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _written(match: Match) -> str | None:
    """Day, month and year; a missing year is left as "--09-19", to be settled by the day of publication."""
    day_chunk, month, year = match.first("day"), match.first("month"), match.first("year")
    number = MONTHS[month.text.lower().rstrip(".")] if month else 0
    if day_chunk is None:
        return f"{year.text}-{number:02d}" if year else f"--{number:02d}"
    day = _day_of(day_chunk.text)
    if day is None or iso(2024, number, day) is None:
        return None
    return iso(int(year.text), number, day) if year else f"--{number:02d}-{day:02d}"


def _day_in_brackets(match: Match) -> str | None:
    """ "Today (26)": the day of the month counts, since such texts are published a day later as often as not."""
    day = _day_of(match.group("day")[0].text)
    return f"---{day:02d}" if day else None


_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)")


def _numeric(match: Match) -> str | None:
    """ "14.03.2019", day first; a month over 12 is no date."""
    found = _NUMERIC.fullmatch(match.group()[0].text)
    return iso(int(found[3]), int(found[2]), int(found[1])) if found else None


DATES = (
    Rule("day-month-year", "(weekday comma?)? day:(number) ((word | orghead)? of)? month:(month) stop? (comma? year:(year))?", "date", _written,
         ("on [3 December 2010] they", "the [12th of May]", "on this [3rd day of May 2023].")),
    Rule("month-day-year", "(weekday comma?)? month:(month) stop? day:(number) (comma? year:(year))?", "date", _written,
         ("on [May 2, 2022].", "on [September 19]")),
    Rule("numeric", "number", "date", _numeric, ("on [14.03.2019] in",)),
    Rule("relative", "relative", "date", lambda m: " ".join(m.group()[0].text.lower().split()[-2:]), ("signed [last year] in", "in [earlier this month] signed")),
    Rule("month-year", "month:(month) comma? year:(year)", "date", _written, ("in [July 2023],",)),
    Rule("month", "(in | adverb | det) month:(month)", "date", _written, ("[in March] the",)),
    Rule("year", "(in | subclause) year:(year)", "date", lambda m: m.group("year")[0].text, ("[in 2010] signed",)),
    Rule("today-of-month", "(today | yesterday | tomorrow) lparen day:(number) rparen", "date", _day_in_brackets,
         ("signed [yesterday (03)] at",)),
    Rule("today", "today", "date", lambda m: "today", ("[today] signed",)),
    Rule("yesterday", "yesterday", "date", lambda m: "yesterday", ("signed [yesterday]",)),
    Rule("tomorrow", "tomorrow", "date", lambda m: "tomorrow", ("will sign [tomorrow]",)),
    Rule("weekday", "weekday", "date", lambda m: m.group()[0].text.lower(), ("on [Monday] the",)),
)  # fmt: skip
_DATES = Table(DATES)


def mark(line: Line) -> None:
    """Find the dates of a line; their values are "2024-09-19", "2024-09", "2024", "--09-19", "---26", "today" or "monday"."""
    rewrite(line, _DATES)


def resolve(value: str, published: str, *, future: bool = False) -> str:
    """Return a date as ISO text, as precise as known; "" where it cannot be told.

    `published` is the day of publication, or "". A weekday is the last such day up to it, or the next one where
    `future`; a day and a month without year are the nearest in that direction.
    """
    if value[:1].isdigit():
        return value
    if len(published) < 10:
        return ""
    day = date.fromisoformat(published[:10])
    if value in ("today", "yesterday", "tomorrow"):
        return (day + timedelta({"today": 0, "yesterday": -1, "tomorrow": 1}[value])).isoformat()
    if value.startswith("---"):
        return _day_of_month(int(value[3:]), day)
    if value.endswith((" month", " year")):
        return _relative(value, day)
    if value in WEEKDAYS:
        back = (day.weekday() - WEEKDAYS.index(value)) % 7
        return (day + timedelta(7 - back if future else -back)).isoformat()
    return _nearest(value, day, future)


def _relative(value: str, day: date) -> str:
    """Return the month or the year that "last month", "this year", "next year" means."""
    step = {"last": -1, "this": 0, "next": 1}[value.split()[0]]
    if value.endswith("year"):
        return str(day.year + step)
    months = day.year * 12 + day.month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02d}"


def _day_of_month(number: int, day: date) -> str:
    """Return the day of that number nearest to `day`; "" where the months around it have none."""
    around = (day + timedelta(offset) for offset in sorted(range(-15, 16), key=abs))
    return next((found.isoformat() for found in around if found.day == number), "")


def _nearest(value: str, day: date, future: bool) -> str:
    """Give "--MM" or "--MM-DD" the year in which it is next to `day`, before it unless `future`."""
    number = int(value[2:4])
    if len(value) == 4:
        year = day.year + (1 if future and number < day.month else -1 if not future and number > day.month else 0)
        return f"{year}-{number:02d}"
    month_day = (number, int(value[5:7]))
    here = (day.month, day.day)
    year = day.year + (1 if future and month_day < here else -1 if not future and month_day > here else 0)
    return iso(year, *month_day) or ""
