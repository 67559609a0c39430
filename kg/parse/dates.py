"""Dates of publication: in metadata, and in the lines with which news sites head an article."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?(?![\d/])"),
    re.compile(
        rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+(?P<year>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(
        r"(?<![\d.])(?P<day>\d\d?)\.(?P<number>\d\d)\.(?P<year>(?:19|20)\d\d)(?![\d.])"
    ),  # with stops, the day is first
    re.compile(rf"\b{_MONTH}\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?![\d/-])"),
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day|\.)?,?\s+)?"
_TIME = r"\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[a-z]{2,5}\)?(?:[+-]\d{1,2}(?::\d\d)?)?)?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d\d-\d\d|\d{1,2}\.\d\d\.\d{4})"
_HEADED = re.compile(
    r"^\s*(?:(?:first\s+)?(?:published|posted|issued|released?|updated|last updated|date|release date|posted on)\b[:\s](?!.*[a-z]{3}\.$)|"
    rf"(?:{_TIME}\W+)?(?:on:?\s+)?{_WEEKDAY}"
    rf"{_DAY}(?:\W+(?:at\s+)?{_TIME})?\s*$|"
    rf"{_WEEKDAY}{_DAY}(?:\W+{_TIME})?\s*(?:[|–—]|by\b).{{0,50}}[^.]$|by\b[^.]{{2,60}}[|,–—-]\s*{_WEEKDAY}{_DAY}(?:\W+{_TIME})?\s*$|"
    rf"{_WEEKDAY}{_DAY}\W+\d{{1,2}}:\d\d\s?[ap]m(?:[A-Z]\w* ?){{0,3}}$)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"\s*[A-ZÀ-Þ][\w .’'-]{2,30}(?:, [A-Z][\w .]{1,20})?,? "
    r"\(?(?P<date>[\w., ]{6,24}(?:19|20)\d\d)\)?\s*(?:\([^)]{2,40}\)\s*)?(?:--|[–—:/-])\s"
)
_ENDS = re.compile(rf"\bEnds/(?P<date>{_WEEKDAY}{_DAY})", re.IGNORECASE)  # as releases from Hong Kong close
_HEAD = 14  # lines at the head of a text among which its date may stand


def iso_date(text: str) -> str:
    """Return the date that a text gives, in ISO form and as precise as given; "" where there is none.

    >>> iso_date("Published: 10:00am, 19 Sep 2024"), iso_date("September 2024"), iso_date("31 February 2024")
    ('2024-09-19', '2024-09', '')
    """
    if re.fullmatch(r"\w{3}, \d{1,2} \w{3} \d{4} [\d:]{5,8}.*", text):
        return parsedate_to_datetime(text).date().isoformat()
    for pattern in _DATES:
        match = pattern.search(text)
        if match:
            return _valid({"month": "", "number": "", "day": "", **{k: v or "" for k, v in match.groupdict().items()}})
    return ""


def _valid(parts: dict[str, str]) -> str:
    month = int(parts["number"] or 0) or (_MONTHS.index(parts["month"][:3].lower()) + 1 if parts["month"] else 0)
    year, day = int(parts["year"]), int(parts["day"] or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return f"{year}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def headed_date(text: str) -> str:
    """Return the date of publication that one of the first lines of a pasted article gives, or its very end; "" where none does."""
    lines = [line for line in text.split("\n", _HEAD)[:_HEAD] if "20" in line or "19" in line]  # a year is in each
    headed = (line for line in lines if len(line) < 100 and _HEADED.match(line))
    datelines = (match["date"] for line in lines if (match := _DATELINE.match(line)))
    ends = (match["date"] for match in _ENDS.finditer(text, max(0, len(text) - 400)))
    for given in (*headed, *datelines, *ends):
        found = iso_date(given)
        if len(found) == 10:
            return found
    return ""
