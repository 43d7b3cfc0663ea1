"""Forms 3, 4 and 5: when they are due, to the minute, and how late one was."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from candor.policy.calendar import SecCalendar
from candor.policy.facts import Trade, TradeForm
from candor.policy.pack import load_pack
from candor.policy.section16 import section16
from candor.policy.settings import typed
from candor.resources import pack_bytes

SETTINGS = typed(load_pack(pack_bytes("immunogen")).setting_values())
CALENDAR = SecCalendar()


def test_a_trade_before_thanksgiving_is_due_on_monday_and_was_one_day_late() -> None:
    trade = Trade(date(2026, 11, 25), filed_on=date(2026, 12, 1))
    found = section16(trade, CALENDAR, SETTINGS)
    assert (found.due, found.at) == (date(2026, 11, 30), "22:00 America/New_York")
    assert (found.form, found.late_business_days) == ("4", 1)


def test_a_report_on_its_last_day_is_in_time() -> None:
    trade = Trade(date(2026, 11, 25), filed_on=date(2026, 11, 30))
    assert section16(trade, CALENDAR, SETTINGS).late_business_days == 0
    assert section16(Trade(date(2026, 11, 25)), CALENDAR, SETTINGS).late_business_days == 0


def test_form_5_for_2026_runs_past_a_sunday_and_washingtons_birthday() -> None:
    trade = Trade(date(2026, 12, 31), TradeForm.FORM_5, fiscal_year_end=date(2026, 12, 31))
    assert section16(trade, CALENDAR, SETTINGS).due == date(2027, 2, 16)


def test_form_5_without_a_fiscal_year_end_stays_open() -> None:
    found = section16(Trade(date(2026, 12, 31), TradeForm.FORM_5), CALENDAR, SETTINGS)
    assert found.due is None
    assert "fiscal year end is missing" in found.reason


def test_form_3_counts_ten_calendar_days() -> None:
    on_time = section16(Trade(date(2026, 11, 2), TradeForm.FORM_3), CALENDAR, SETTINGS)
    assert on_time.due == date(2026, 11, 12)
    over_a_weekend = section16(Trade(date(2026, 11, 4), TradeForm.FORM_3), CALENDAR, SETTINGS)
    assert over_a_weekend.due == date(2026, 11, 16)


def test_a_closure_moves_a_section_16_report_too() -> None:
    trade = Trade(date(2026, 11, 25))
    closed = SecCalendar([date(2026, 11, 30)])
    assert section16(trade, closed, SETTINGS).due == date(2026, 12, 1)


@given(st.dates(date(2026, 1, 1), date(2029, 12, 1)), st.sampled_from(TradeForm))
def test_no_report_is_due_on_a_closed_day(on: date, form: TradeForm) -> None:
    found = section16(Trade(on, form, fiscal_year_end=on), CALENDAR, SETTINGS)
    assert found.due is not None
    assert CALENDAR.is_open(found.due)
    least = {"3": 10, "4": 2, "5": 45}[form]
    assert found.due >= on + timedelta(least)
