"""Calendar arithmetic that the law's look-back rules need: months, windows, gaps."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later (or earlier), clipped to the month's last day.

    Clipped also to the years 1 to 9999, which is all that a date can hold.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year < 1:
        return date.min
    if year > 9999:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """The same day ``years`` later or earlier; 29 February becomes 28 where there is none."""
    return add_months(day, 12 * years)


def add_days(day: date, days: int) -> date:
    """``days`` later or earlier, clipped to what a date can hold."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def whole_months(start: date, end: date) -> int:
    """Whole months from start to end; negative where end comes first."""
    if end < start:
        return -whole_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def fiscal_year_start(year_end: date, years_back: int = 0) -> date:
    """First day of the fiscal year that ended on ``year_end``, or of an earlier one.

    A year end on a month's last day stays on the last day: the year that ended 28 Feb 2029
    began on 1 Mar 2028, after 29 February.
    """
    last = year_end.day == calendar.monthrange(year_end.year, year_end.month)[1]
    before = add_years(year_end, -1 - years_back)
    if last:
        before = before.replace(day=calendar.monthrange(before.year, before.month)[1])
    return add_days(before, 1)


def uncovered(
    spans: Iterable[tuple[date, date]], start: date, end: date
) -> tuple[tuple[date, date], ...]:
    """The stretches of [start, end] that no span covers, as (first day, last day)."""
    gaps: list[tuple[date, date]] = []
    reached = start
    for first, last in sorted(spans):
        if first > end:
            break
        if first > reached:
            gaps.append((reached, add_days(first, -1)))
        reached = max(reached, add_days(last, 1))
    if reached <= end:
        gaps.append((reached, end))
    return tuple(gaps)
