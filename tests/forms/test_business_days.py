"""Business days in expressions: the SEC's, quick and total on any two dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.forms.business_days import business_days


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2027, 1, 22), date(2027, 1, 22), 0),
        (date(2027, 1, 22), date(2027, 1, 21), 0),
        (date(2027, 1, 22), date(2027, 1, 25), 1),
        (date(2026, 12, 23), date(2026, 12, 28), 2),
        (date(2026, 7, 2), date(2026, 7, 6), 1),
    ],
)
def test_weekends_and_federal_holidays_do_not_count(first: date, last: date, expected: int) -> None:
    assert business_days(first, last) == expected


def test_outside_the_calendar_weekdays_are_counted() -> None:
    assert business_days(date(1999, 12, 31), date(2000, 1, 7)) == 5
    assert business_days(date.min, date.max) > 2_000_000


@given(st.dates(date(2021, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_more_days_are_never_fewer_business_days(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    assert business_days(first, last) <= business_days(
        first, date.fromordinal(last.toordinal() + 7)
    )
