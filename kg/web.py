"""What is read alike from every server that is asked: for how long it wants to be left alone, and what it says."""

from __future__ import annotations

import time
from datetime import UTC
from email.utils import parsedate_to_datetime


def retry_after(header: str) -> float | None:
    """Return the seconds that a Retry-After header asks for, as a number or as a date; None where it is none."""
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - time.time())


def short(text: str) -> str:
    """Return what a stranger says, fit for one line of a terminal."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())[:200]
