"""The SEC's business days, against the statute's own rule and a plain count of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy.calendar import FIRST_YEAR, LAST_YEAR, BeyondTheCalendar, SecCalendar

CALENDAR = SecCalendar()
# Days on which the SEC is closed although they are no weekend, as the domain reference lists them.
LISTED = {
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
}

days = st.dates(date(FIRST_YEAR, 2, 1), date(LAST_YEAR, 11, 1))
some_closures = st.frozensets(st.dates(date(2026, 1, 1), date(2029, 12, 31)), max_size=30)


def _every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The nth such weekday of a month; -1: the last."""
    found = [
        day
        for day in _every_day(date(year, month, 1), date(year, month, 28) + timedelta(3))
        if day.month == month and day.weekday() == weekday
    ]
    return found[number - 1 if number > 0 else number]


def _statute(year: int) -> set[date]:
    """5 U.S.C. 6103 written out: fixed days moved off the weekend, and floating Mondays."""
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= 2021 else [])
    observed = {_moved(date(year, month, day)) for month, day in fixed}
    floating = [(1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4)]
    return observed | {_nth(year, *rule) for rule in floating} | {_moved(date(year + 1, 1, 1))}


def _moved(day: date) -> date:
    return day + timedelta({5: -1, 6: 1}.get(day.weekday(), 0))


@pytest.mark.parametrize("year", sorted(LISTED))
def test_exactly_the_listed_holidays_of_the_year_are_closed(year: int) -> None:
    found = {
        f"{day:%m-%d}"
        for day in _every_day(date(year, 1, 1), date(year, 12, 31))
        if day.weekday() < 5 and CALENDAR.why_closed(day)
    }
    assert found == set(LISTED[year].split())


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_every_year_follows_the_statute(year: int) -> None:
    closed = _statute(year)
    for day in _every_day(date(year, 1, 1), date(year, 12, 31)):
        assert CALENDAR.is_open(day) == (day.weekday() < 5 and day not in closed), day


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 10, 12), "Columbus Day"),
        (date(2026, 11, 11), "Veterans Day"),
        (date(2026, 7, 3), "Independence Day, observed"),
        (date(2027, 6, 18), "Juneteenth National Independence Day, observed"),
        (date(2027, 12, 24), "Christmas Day, observed"),
        (date(2027, 12, 31), "New Year's Day, observed"),
        (date(2028, 11, 10), "Veterans Day, observed"),
        (date(2026, 11, 28), "Saturday"),
        (date(2026, 11, 29), "Sunday"),
        (date(2026, 7, 4), "Saturday"),
    ],
)
def test_a_closed_day_says_why(day: date, why: str) -> None:
    assert CALENDAR.why_closed(day) == why


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 3),  # Good Friday: Nasdaq is shut
        date(2027, 3, 26),
        date(2026, 11, 27),  # Nasdaq shuts early
        date(2026, 12, 24),  # no order of closure is known
        date(2033, 1, 20),  # Inauguration Day: Washington alone
        date(2028, 1, 3),  # New Year's Day on a Saturday was observed in the old year
    ],
)
def test_days_that_only_others_keep_are_open(day: date) -> None:
    assert CALENDAR.why_closed(day) == ""


def test_a_day_that_people_entered_is_closed_and_says_so() -> None:
    ordered = SecCalendar([date(2025, 12, 24), date(2025, 12, 26)])
    assert ordered.why_closed(date(2025, 12, 24)) == "SEC closed, as entered"
    assert ordered.why_closed(date(2025, 12, 25)) == "Christmas Day"
    assert ordered.add(date(2025, 12, 23), 1) == date(2025, 12, 29)
    assert CALENDAR.add(date(2025, 12, 23), 1) == date(2025, 12, 24)


def test_entering_a_holiday_again_changes_nothing() -> None:
    again = SecCalendar([date(2026, 11, 11), date(2026, 11, 14)])
    assert again.why_closed(date(2026, 11, 11)) == "Veterans Day"
    assert again.add(date(2026, 11, 5), 4) == CALENDAR.add(date(2026, 11, 5), 4)


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2061, 1, 1), date.min, date.max])
def test_years_that_are_not_covered_are_refused_and_never_guessed(day: date) -> None:
    with pytest.raises(BeyondTheCalendar, match="2020 to 2060") as refused:
        CALENDAR.is_open(day)
    assert refused.value.hint


def test_counting_past_the_last_year_is_refused() -> None:
    with pytest.raises(BeyondTheCalendar):
        CALENDAR.add(date(2060, 12, 30), 4)
    with pytest.raises(ValueError, match="one day away"):
        CALENDAR.add(date(2026, 1, 5), 0)


def test_days_are_counted_back_before_a_filing() -> None:
    assert CALENDAR.add(date(2026, 12, 2), -4) == date(2026, 11, 25)
    assert CALENDAR.add(date(2026, 11, 12), -1) == date(2026, 11, 10)


def test_closed_days_between_two_dates_are_told_with_their_reason() -> None:
    assert CALENDAR.closed_between(date(2026, 11, 25), date(2026, 12, 2)) == (
        (date(2026, 11, 26), "Thanksgiving Day"),
        (date(2026, 11, 28), "Saturday"),
        (date(2026, 11, 29), "Sunday"),
    )
    assert CALENDAR.closed_between(date(2026, 12, 2), date(2026, 11, 25)) == ()


@given(days, st.integers(1, 25))
def test_adding_days_never_lands_on_a_closed_day_and_counts_back(day: date, number: int) -> None:
    reached = CALENDAR.add(day, number)
    assert CALENDAR.is_open(reached)
    assert reached > day
    assert CALENDAR.count(day, reached) == number
    assert CALENDAR.count(day, reached - timedelta(1)) == number - 1
    back = CALENDAR.add(reached, -number)
    assert CALENDAR.is_open(back)
    assert back <= day or CALENDAR.is_open(day) is False


@given(days, st.integers(0, 60))
def test_every_day_is_either_counted_or_told_as_closed(day: date, ahead: int) -> None:
    end = day + timedelta(ahead)
    assert CALENDAR.count(day, end) + len(CALENDAR.closed_between(day, end)) == ahead


@given(days)
def test_a_deadline_on_a_closed_day_runs_to_the_next_open_one(day: date) -> None:
    reached = CALENDAR.on_or_after(day)
    assert CALENDAR.is_open(reached)
    assert (reached == day) == CALENDAR.is_open(day)
    assert not any(CALENDAR.is_open(d) for d in _every_day(day, reached - timedelta(1)))


@given(st.dates(date(2026, 1, 1), date(2029, 11, 1)), st.integers(1, 10), some_closures)
def test_a_further_closure_never_makes_a_day_come_earlier(
    day: date, number: int, closures: frozenset[date]
) -> None:
    later = SecCalendar(closures)
    assert later.add(day, number) >= CALENDAR.add(day, number)
    assert later.add(day, number) not in closures
    assert later.on_or_after(day) >= CALENDAR.on_or_after(day)
