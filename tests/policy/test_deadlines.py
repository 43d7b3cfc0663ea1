"""The waiver clock: from which day, to which minute, and what a closure or a filing does to it."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy import deadlines
from candor.policy.calendar import SecCalendar
from candor.policy.deadlines import Clock, Event, clock, event_of
from candor.policy.facts import Decision, DecisionHow, Signature
from candor.policy.pack import load_pack
from candor.policy.settings import typed
from candor.policy.terms import DecisionKind
from candor.resources import pack_bytes

SETTINGS = typed(load_pack(pack_bytes("immunogen")).setting_values())
CALENDAR = SecCalendar()
COMMITTEE = ("chair", "second", "third")
MEETING = Decision(DecisionKind.WAIVER_GRANTED, date(2026, 11, 25), how=DecisionHow.MEETING)

events = st.dates(date(2026, 1, 1), date(2029, 12, 31))
some_closures = st.frozensets(st.dates(date(2026, 1, 1), date(2030, 1, 31)), max_size=30)


def _consent(*days: date, **rest: object) -> Decision:
    signatures = tuple(Signature(p, on) for p, on in zip(COMMITTEE, days, strict=False))
    return Decision(
        DecisionKind.WAIVER_GRANTED,
        days[0],
        how=DecisionHow.WRITTEN_CONSENT,
        signatures=signatures,
        **rest,  # type: ignore[arg-type]
    )


def _clock(on: date, calendar: SecCalendar = CALENDAR, decision: Decision | None = None) -> Clock:
    found = clock(Event(on, "Told."), calendar, SETTINGS, decision)
    assert found is not None
    return found


# --- worked cases -------------------------------------------------------------------------


def test_a_waiver_granted_the_day_before_thanksgiving_is_due_on_2_december() -> None:
    event = event_of(MEETING)
    assert (event.on, event.basis) == (date(2026, 11, 25), "The day of the meeting.")
    found = clock(event, CALENDAR, SETTINGS)
    assert found is not None
    assert (found.due, found.at) == (date(2026, 12, 2), "17:30 America/New_York")
    assert [(f"{day.on:%a %d}", day.word, day.count) for day in found.days] == [
        ("Wed 25", "Event", 0),
        ("Thu 26", "Thanksgiving Day", 0),
        ("Fri 27", "Business day 1", 1),
        ("Sat 28", "Saturday", 0),
        ("Sun 29", "Sunday", 0),
        ("Mon 30", "Business day 2", 2),
        ("Tue 01", "Business day 3", 3),
        ("Wed 02", "Business day 4", 4),
    ]


def test_the_website_route_has_the_same_day_and_keeps_for_one_and_five_years() -> None:
    website = _clock(date(2026, 11, 25)).website
    assert website.posted_by == date(2026, 12, 2)
    assert website.keep_until == date(2027, 12, 2)
    assert website.retain_until == date(2032, 12, 2)
    posted = msgspec.structs.replace(MEETING, website_route=True, filed_on=date(2026, 11, 30))
    early = _clock(date(2026, 11, 25), decision=posted)
    assert early.website_route is True
    assert early.website.keep_until == date(2027, 11, 30)


def test_the_route_is_the_settings_unless_the_decision_says_otherwise() -> None:
    assert _clock(date(2026, 11, 25)).website_route is False
    chosen = msgspec.structs.replace(MEETING, website_route=True)
    assert _clock(date(2026, 11, 25), decision=chosen).website_route is True


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2026, 11, 28), date(2026, 12, 3)),
        (date(2026, 11, 27), date(2026, 12, 3)),
        (date(2026, 11, 26), date(2026, 12, 2)),
    ],
    ids=["a Saturday", "the Friday", "the holiday"],
)
def test_a_written_consent_begins_with_its_last_signature(last: date, due: date) -> None:
    consent = _consent(date(2026, 11, 25), date(2026, 11, 26), last)
    event = event_of(consent, COMMITTEE)
    assert event.on == last
    assert "last signature" in event.basis
    assert _clock(last).due == due


def test_a_waiver_for_a_director_skips_veterans_day_although_nasdaq_trades() -> None:
    found = _clock(date(2026, 11, 5))
    assert found.due == date(2026, 11, 12)
    assert [day.word for day in found.days if day.on == date(2026, 11, 11)] == ["Veterans Day"]


# --- the event ----------------------------------------------------------------------------


def test_a_consent_that_lacks_a_signature_has_not_happened() -> None:
    event = event_of(_consent(date(2026, 11, 25), date(2026, 11, 27)), COMMITTEE)
    assert event.on is None
    assert "third" in event.basis
    assert clock(event, CALENDAR, SETTINGS) is None


def test_a_signature_that_was_not_needed_does_not_move_the_event() -> None:
    consent = _consent(date(2026, 11, 25), date(2026, 11, 26), date(2026, 12, 9))
    assert event_of(consent, COMMITTEE[:2]).on == date(2026, 11, 26)


def test_a_consent_takes_effect_later_only_where_it_says_a_later_day() -> None:
    signed = (date(2026, 11, 25), date(2026, 11, 25), date(2026, 11, 27))
    later = _consent(*signed, effective_on=date(2026, 12, 1))
    assert event_of(later, COMMITTEE).on == date(2026, 12, 1)
    earlier = _consent(*signed, effective_on=date(2026, 11, 20))
    assert event_of(earlier, COMMITTEE).on == date(2026, 11, 27)


def test_what_the_board_must_ratify_happens_on_the_boards_day() -> None:
    waiting = msgspec.structs.replace(MEETING, needs_board_ratification=True)
    assert event_of(waiting).on is None
    assert "not ratified" in event_of(waiting).basis
    done = msgspec.structs.replace(waiting, ratified_by_board_on=date(2026, 12, 15))
    assert event_of(done).on == date(2026, 12, 15)


def test_a_ratification_that_nobody_needs_does_not_delay_the_clock() -> None:
    extra = msgspec.structs.replace(MEETING, ratified_by_board_on=date(2026, 12, 15))
    assert event_of(extra).on == date(2026, 11, 25)


def test_one_persons_decision_happens_when_it_is_signed() -> None:
    alone = msgspec.structs.replace(MEETING, how=DecisionHow.INDIVIDUAL)
    assert event_of(alone).basis == "The day on which it was signed."


# --- whom it covers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "item"),
    [
        ({"pfo", "executive_officer"}, "5.05"),
        ({"employee", "pao_or_controller"}, "5.05"),
        ({"peo", "director"}, "5.05"),
        ({"director", "independent"}, "5.05 or 8.01"),
        ({"executive_officer"}, "5.05 or 8.01"),
        ({"section16_officer"}, "5.05 or 8.01"),
        ({"eo_3b7"}, "5.05 or 8.01"),
    ],
)
def test_the_clock_runs_for_everybody_whom_the_sec_or_nasdaq_names(
    marks: set[str], item: str
) -> None:
    found = deadlines.covered(marks)
    assert (found.applies, found.item) == (True, item)
    assert found.rule


def test_an_employees_waiver_starts_no_clock() -> None:
    assert deadlines.covered({"employee", "financial_reporting"}).applies is False
    assert deadlines.covered(set()).applies is False


# --- closures and filings -----------------------------------------------------------------


def test_a_new_closure_moves_the_day_and_keeps_the_old_one_with_its_reason() -> None:
    old = _clock(date(2026, 12, 22))
    assert old.due == date(2026, 12, 29)
    ordered = SecCalendar([date(2026, 12, 24)])
    new = deadlines.recalculated(old, ordered, SETTINGS)
    assert new.due == date(2026, 12, 30)
    (replaced,) = new.replaced
    assert replaced.due == date(2026, 12, 29)
    assert replaced.reason == "The SEC was closed on 2026-12-24 (SEC closed, as entered)."
    again = deadlines.recalculated(
        new, SecCalendar([date(2026, 12, 24), date(2026, 12, 28)]), SETTINGS
    )
    assert [one.due for one in again.replaced] == [date(2026, 12, 29), date(2026, 12, 30)]
    assert "2026-12-24" not in again.replaced[1].reason


def test_a_closure_elsewhere_changes_nothing() -> None:
    old = _clock(date(2026, 12, 1))
    assert deadlines.recalculated(old, SecCalendar([date(2026, 12, 24)]), SETTINGS) is old


def test_a_recorded_filing_freezes_the_clock() -> None:
    filed = msgspec.structs.replace(MEETING, filed_on=date(2026, 12, 2))
    old = _clock(date(2026, 11, 25), decision=filed)
    assert (old.filed_on, old.late_business_days) == (date(2026, 12, 2), 0)
    assert deadlines.recalculated(old, SecCalendar([date(2026, 11, 30)]), SETTINGS) is old


def test_the_chosen_route_stays_when_the_day_moves() -> None:
    chosen = msgspec.structs.replace(MEETING, website_route=True)
    old = _clock(date(2026, 11, 25), decision=chosen)
    new = deadlines.recalculated(old, SecCalendar([date(2026, 11, 30)]), SETTINGS)
    assert new.website_route is True
    assert new.website.posted_by == new.due == date(2026, 12, 3)


def test_a_closure_that_was_entered_by_mistake_is_taken_back_openly() -> None:
    old = _clock(date(2026, 12, 22), SecCalendar([date(2026, 12, 24)]))
    new = deadlines.recalculated(old, CALENDAR, SETTINGS)
    assert new.due == date(2026, 12, 29)
    assert new.replaced[0].reason == "The calendar was corrected."


@pytest.mark.parametrize(
    ("filed", "late"),
    [
        (date(2026, 12, 1), 0),
        (date(2026, 12, 2), 0),
        (date(2026, 12, 3), 1),
        (date(2026, 12, 5), 3),  # a Saturday counts for the Monday
        (date(2026, 12, 7), 3),
    ],
)
def test_a_late_filing_is_counted_in_business_days(filed: date, late: int) -> None:
    decision = msgspec.structs.replace(MEETING, filed_on=filed)
    assert _clock(date(2026, 11, 25), decision=decision).late_business_days == late


# --- silence, and Open Payments -----------------------------------------------------------


def test_silence_is_raised_from_the_thirtieth_day() -> None:
    known = date(2026, 11, 2)
    before = deadlines.implicit_waiver_alert(known, date(2026, 12, 1), SETTINGS)
    assert (before.alert_on, before.raised) == (date(2026, 12, 2), False)
    assert deadlines.implicit_waiver_alert(known, date(2026, 12, 2), SETTINGS).raised
    assert "29 days" in before.reason


def test_payments_of_a_year_are_reported_by_the_end_of_march() -> None:
    assert deadlines.open_payments_due(2026, SETTINGS) == date(2027, 3, 31)


# --- for every date -----------------------------------------------------------------------


def test_the_clock_is_the_fourth_open_day_strictly_after_every_date_of_four_years() -> None:
    day = date(2026, 1, 1)
    while day.year < 2030:
        reached, left = day, 4
        while left:
            reached += timedelta(1)
            if reached.weekday() < 5 and not CALENDAR.why_closed(reached):
                left -= 1
        assert _clock(day).due == reached, day
        # an event on a closed day begins on the next open day, and that one counts
        first = CALENDAR.on_or_after(day)
        same = reached if CALENDAR.is_open(day) else CALENDAR.add(first, 3)
        assert same == reached
        day += timedelta(1)


@given(events, some_closures)
def test_the_clock_never_lands_on_a_closed_day(on: date, closures: frozenset[date]) -> None:
    calendar = SecCalendar(closures)
    found = _clock(on, calendar)
    assert calendar.is_open(found.due)
    assert found.due not in closures
    assert [day.count for day in found.days if day.count] == [1, 2, 3, 4]
    assert found.days[-1].on == found.due
    assert [day.on for day in found.days] == [
        on + timedelta(n) for n in range((found.due - on).days + 1)
    ]


@given(events, some_closures, some_closures)
def test_a_later_closure_never_makes_the_clock_end_earlier(
    on: date, closures: frozenset[date], more: frozenset[date]
) -> None:
    old = _clock(on, SecCalendar(closures))
    new = deadlines.recalculated(old, SecCalendar(closures | more), SETTINGS)
    assert new.due >= old.due
    assert bool(new.replaced) == (new.due != old.due)
    assert new.due == _clock(on, SecCalendar(closures | more)).due


@given(events, st.dates(date(2026, 1, 1), date(2030, 6, 1)))
def test_what_is_filed_by_the_due_day_is_never_late(due: date, filed: date) -> None:
    late = deadlines.business_days_late(due, filed, CALENDAR)
    assert (late > 0) == (filed > due)
