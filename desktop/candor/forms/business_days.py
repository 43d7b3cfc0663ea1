"""Business days between two dates, as the flags of forms count them: total and quick."""

from __future__ import annotations

from datetime import date, timedelta

from candor.policy.calendar import BeyondTheCalendar, SecCalendar

_LONG = 366
"""Days from which a holiday more or less no longer matters."""


def business_days(first: date, last: date) -> int:
    """The SEC's business days after ``first``, up to and including ``last``; 0 if not later.

    Over more than a year, and outside the years that the calendar knows, weekdays are counted.
    """
    if last <= first:
        return 0
    if (last - first).days <= _LONG:
        try:
            return SecCalendar().count(first, last)
        except BeyondTheCalendar:
            pass
    weeks, rest = divmod((last - first).days, 7)
    return 5 * weeks + sum((first + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
