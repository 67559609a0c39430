"""Whom to ask for candidates, and how: checked before anything is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.resources import user_cache

WIKIDATA = "https://www.wikidata.org/w/api.php"
BUDGET = 400  # requests an hour: of those without an account Wikimedia answers some hundreds
_URL = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")
_CONTACT = re.compile(r"[\x21-\x7e]+@[\x21-\x7e]+|https?://[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where candidates are sought, and what that may cost."""

    url: str  # of an Action API (…/api.php) or of a Reconciliation 0.2 service
    cache: Path
    offline: bool = False  # only the cache answers
    contact: str = ""  # a mail or web address by which the service's keepers can reach the user
    budget: int = BUDGET  # requests an hour
    token: str = field(default="", repr=False)  # of OAuth, for those who have one; sent to Wikidata alone
    timeout: float = 30.0  # seconds for one whole answer
    pauses: tuple[float, ...] = (2.0, 4.0)  # seconds before each further attempt


def settings(
    service: str,
    cache: Path | None = None,
    *,
    offline: bool = False,
    contact: str = "",
    budget: int = BUDGET,
    token: str = "",
) -> Settings:
    """Return the settings for "wikidata" or an address; UsageError where one of them makes no sense."""
    url = WIKIDATA if service == "wikidata" else service
    if not is_address(url):
        raise UsageError(f"--live {service!r}: give wikidata, or the http(s) address of a reconciliation service")
    check_contact(contact)
    token = token if url == WIKIDATA else ""
    return Settings(url, cache or user_cache("live.sqlite"), offline, contact, budget, token)


def check_contact(contact: str) -> None:
    """Raise UsageError for what is no contact; "" is none, and allowed."""
    if contact and not _CONTACT.fullmatch(contact):
        raise UsageError(f"--contact {contact!r} is neither a mail address nor a web address")


def is_address(url: str) -> bool:
    """Tell whether this is an http(s) address without user, query and fragment."""
    try:
        return bool(_URL.fullmatch(url) and urlsplit(url).hostname and urlsplit(url).port != 0)
    except ValueError:  # a port that is none, an IPv6 address that does not end
        return False
