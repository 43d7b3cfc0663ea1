"""The demonstration's data is written for one winter; a story played another year moves it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from candor.app.demo_facts import FISCAL_YEAR

_FIRST_MOVED, _FRIDAY = 2000, 4
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\b20\d\d\b(?=$|[^\d])")


def _working_day(written: date, years: int) -> str:
    """The day in its new year; one that was no weekend does not become one: nothing is due then."""
    if written.year < _FIRST_MOVED:
        return written.isoformat()
    day = written.replace(year=written.year + years, day=min(written.day, 28))
    day += timedelta(days=written.day - day.day)
    back = max(day.weekday() - _FRIDAY, 0) if written.weekday() <= _FRIDAY else 0
    return (day - timedelta(days=back)).isoformat()


def moved(value: Any, fiscal_year: int) -> Any:
    """``value`` with every year from 2000 on moved from the written story to ``fiscal_year``.

    Works through lists and mappings; numbers that are not part of a text stay as they are.
    """
    years = fiscal_year - FISCAL_YEAR
    if years == 0:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _working_day(date.fromisoformat(value), years)
    if isinstance(value, str):
        return _YEAR.sub(lambda found: str(int(found[0]) + years), value)
    if isinstance(value, dict):
        return {key: moved(inner, fiscal_year) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(moved(inner, fiscal_year) for inner in value)
    return value
