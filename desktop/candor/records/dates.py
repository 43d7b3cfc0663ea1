"""Dates and instants as records write them, and nothing looser."""

from __future__ import annotations

import re
from datetime import date

from candor.clock import as_utc

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.ASCII)


def is_date(text: str) -> bool:
    """Whether ``text`` is an ISO 8601 calendar date, e.g. ``2027-01-22``."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(_DATE.fullmatch(text))


def is_instant(text: str) -> bool:
    """Whether ``text`` is an instant as `candor.clock.stamp` writes it."""
    try:
        as_utc(text)
    except (ValueError, OverflowError):
        return False
    return bool(_INSTANT.fullmatch(text))
