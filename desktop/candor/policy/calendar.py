"""Which days are business days of the SEC: not of Nasdaq, not of a bank.

Federal holidays come from the `holidays` package; a closure that a President orders is a line
that people add (domain reference 0.4, 1.6). Columbus Day and Veterans Day are closed, Good Friday
is open. Inauguration Day closes Washington alone, so it counts only where somebody adds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from candor.errors import CandorError

FIRST_YEAR, LAST_YEAR = 2020, 2060
"""The years whose holidays are known with certainty enough to count by."""

_DAY = timedelta(days=1)
_OBSERVED = " (observed)"
_WEEKEND = {5: "Saturday", 6: "Sunday"}


class BeyondTheCalendar(CandorError):
    """A date outside the years that the calendar covers."""


@lru_cache(maxsize=1)
def _federal_holidays() -> Mapping[date, str]:
    """Federal holidays by the day on which they are observed (5 U.S.C. 6103)."""
    # the package loads every country it knows: a third of a second that start-up must not pay
    from holidays import country_holidays  # noqa: PLC0415

    # the year after the last: its New Year's Day may be observed on 31 December
    years = range(FIRST_YEAR, LAST_YEAR + 2)
    return dict(country_holidays("US", years=years, observed=True, language="en_US").items())


@dataclass(frozen=True)
class SecCalendar:
    """The SEC's days, with closures that people added on top (`Facts.closures`).

    The first question takes a third of a second: ask it away from the window's own thread.
    """

    closures: frozenset[date] = field(default_factory=frozenset)

    def __init__(self, closures: Iterable[date] = ()) -> None:
        object.__setattr__(self, "closures", frozenset(closures))

    def why_closed(self, day: date) -> str:
        """Saturday, Sunday, the holiday's name, or that people entered it; "" for an open day.

        Raises BeyondTheCalendar.
        """
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise BeyondTheCalendar(
                f"{day} lies outside the years {FIRST_YEAR} to {LAST_YEAR}, for which the SEC's "
                "business days are known.",
                hint="Check the year.",
            )
        if day.weekday() in _WEEKEND:
            return _WEEKEND[day.weekday()]
        holiday = _federal_holidays().get(day, "")
        if holiday.endswith(_OBSERVED):
            return f"{holiday.removesuffix(_OBSERVED)}, observed"
        return holiday or ("SEC closed, as entered" if day in self.closures else "")

    def is_open(self, day: date) -> bool:
        """Whether it is a business day of the SEC. Raises BeyondTheCalendar."""
        return not self.why_closed(day)

    def add(self, day: date, days: int) -> date:
        """The nth business day strictly after ``day``; before it where ``days`` is negative.

        ``day`` itself may be closed and never counts (Form 8-K, General Instruction B.1).
        Raises ValueError for no days at all, BeyondTheCalendar.
        """
        if not days:
            raise ValueError("a business day is at least one day away")
        step = _DAY if days > 0 else -_DAY
        left = abs(days)
        while left:
            day += step
            left -= self.is_open(day)
        return day

    def on_or_after(self, day: date) -> date:
        """``day`` if it is open, or else the next open day (Exchange Act Rule 0-3)."""
        while not self.is_open(day):
            day += _DAY
        return day

    def count(self, start: date, end: date) -> int:
        """Business days after ``start``, up to ``end`` and with it; 0 where end is not later."""
        return sum(self.is_open(day) for day in _days_after(start, end))

    def closed_between(self, start: date, end: date) -> tuple[tuple[date, str], ...]:
        """The closed days after ``start``, up to ``end`` and with it, each with its reason."""
        days = ((day, self.why_closed(day)) for day in _days_after(start, end))
        return tuple((day, why) for day, why in days if why)


def _days_after(start: date, end: date) -> Iterable[date]:
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
