"""When a disclosure is due: the waiver clock of Form 8-K Item 5.05 and what hangs on it."""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from candor.intervals import add_months, add_years
from candor.policy.calendar import SecCalendar
from candor.policy.facts import Decision
from candor.policy.settings import Settings

EVENT_RULE = "Form 8-K, General Instruction B.1 and Item 5.05"
WEBSITE_RULE = "Form 8-K Item 5.05(c)"
NASDAQ_RULE = "Nasdaq Rule 5610 and IM-5610"

ITEM_505_MARKS = frozenset({"peo", "pfo", "pao_or_controller"})
"""Whom Form 8-K Item 5.05 covers: principal executive, financial and accounting officers."""
CLOCK_MARKS = ITEM_505_MARKS | {"director", "executive_officer", "section16_officer", "eo_3b7"}
"""Whom Item 5.05 or Nasdaq Rule 5610 covers: the clock runs for the union."""


@dataclass(frozen=True)
class Event:
    """What starts a clock. ``on`` is None while it has not happened; ``basis`` says why."""

    on: date | None
    basis: str
    rule: str = EVENT_RULE


@dataclass(frozen=True)
class ClockDay:
    """One calendar day of a clock; ``count`` is its business day, 0 where none was counted."""

    on: date
    word: str
    count: int


@dataclass(frozen=True)
class Website:
    """The dates of disclosure on the website in place of Form 8-K (Item 5.05(c))."""

    posted_by: date
    keep_until: date
    retain_until: date
    rule: str = WEBSITE_RULE


@dataclass(frozen=True)
class Replaced:
    """A due date that a closure moved."""

    due: date
    reason: str


@dataclass(frozen=True)
class Clock:
    """A deadline of some SEC business days; ``at`` is the last minute, with its time zone.

    ``late_business_days`` is 0 where the filing was in time or is still to come. ``replaced``
    holds earlier due dates, oldest first.
    """

    event: Event
    due: date
    at: str
    days: tuple[ClockDay, ...]
    website: Website
    website_route: bool
    filed_on: date | None = None
    late_business_days: int = 0
    replaced: tuple[Replaced, ...] = ()
    rule: str = EVENT_RULE


@dataclass(frozen=True)
class Covered:
    """Whether a waiver for a person starts the clock, and the item that counsel files under."""

    applies: bool
    item: str
    reason: str
    rule: str


@dataclass(frozen=True)
class ImplicitWaiver:
    """From when silence about a known departure may itself be a waiver, and whether it is so."""

    alert_on: date
    raised: bool
    reason: str
    rule: str = "Form 8-K Item 5.05, Instruction 2"


def event_of(decision: Decision, members: Collection[str] = ()) -> Event:
    """The event of a decision, never the day of the minutes (Form 8-K Item 5.05).

    The Board's day where its ratification is needed; the meeting's day; for a written consent
    the last signature, or a later effective day that the consent states. ``members``: whose
    signatures a consent needs; without them those given are taken as all.
    """
    if decision.needs_board_ratification:
        if decision.ratified_by_board_on is None:
            return Event(None, "The Board has not ratified it yet, so nothing has happened.")
        return Event(decision.ratified_by_board_on, "The day on which the Board ratified it.")
    if decision.taken == "written_consent":
        return _consent(decision, members)
    if decision.taken == "meeting":
        return Event(decision.on, "The day of the meeting.")
    return Event(decision.on, "The day on which it was signed.")


def _consent(decision: Decision, members: Collection[str]) -> Event:
    signed = {signature.person: signature.on for signature in decision.signatures}
    missing = sorted(set(members) - signed.keys())
    if missing:
        return Event(None, f"The consent still lacks the signature of {', '.join(missing)}.")
    needed = [on for person, on in signed.items() if not members or person in members]
    last = max(needed, default=decision.on)
    if decision.effective_on is not None and decision.effective_on > last:
        return Event(decision.effective_on, "The effective day that the written consent states.")
    if not needed:
        return Event(last, "The day that the written consent bears.")
    return Event(last, "The last signature that the written consent needed.")


def covered(marks: Set[str]) -> Covered:
    """Whether a waiver for somebody with these classes and marks starts the clock.

    ``marks``: filer classes and person marks, e.g. {"director", "independent"}. Item 5.05 names
    three officers, Nasdaq every director and executive officer; the union has the clock.
    """
    if marks & ITEM_505_MARKS:
        return Covered(
            True,
            "5.05",
            "Item 5.05 names the principal executive, financial and accounting officers.",
            EVENT_RULE,
        )
    if marks & CLOCK_MARKS:
        return Covered(
            True,
            "5.05 or 8.01",
            "Nasdaq has waivers for every director and executive officer disclosed; counsel "
            "picks the item.",
            NASDAQ_RULE,
        )
    return Covered(
        False, "", "Neither Item 5.05 nor Nasdaq has an employee's waiver disclosed.", NASDAQ_RULE
    )


def clock(
    event: Event, calendar: SecCalendar, settings: Settings, decision: Decision | None = None
) -> Clock | None:
    """The clock of an event: due at the cut-off of the 4th business day strictly after it.

    From ``decision`` come the route and the filing. None while the event has not happened.
    Raises BeyondTheCalendar.
    """
    if event.on is None:
        return None
    due = calendar.add(event.on, settings.clock_business_days)
    filed = decision.filed_on if decision else None
    route = decision.website_route if decision else None
    on_website = settings.website_election if route is None else route
    return Clock(
        event,
        due,
        f"{settings.edgar_cutoff:%H:%M} {settings.edgar_time_zone.key}",
        _counted(event.on, due, calendar),
        website_dates(due, settings, filed if on_website else None),
        on_website,
        filed,
        business_days_late(due, filed, calendar) if filed else 0,
    )


def _counted(event: date, due: date, calendar: SecCalendar) -> tuple[ClockDay, ...]:
    days = [ClockDay(event, calendar.why_closed(event) or "Event", 0)]
    reached = 0
    for ahead in range(1, (due - event).days + 1):
        day = event + timedelta(days=ahead)
        why = calendar.why_closed(day)
        reached += not why
        days.append(ClockDay(day, why or f"Business day {reached}", 0 if why else reached))
    return tuple(days)


def recalculated(old: Clock, calendar: SecCalendar, settings: Settings) -> Clock:
    """The clock under a calendar with further closures; the due date it had stays in ``replaced``.

    A filing freezes the clock: what was done in time stays done in time.
    """
    if old.filed_on is not None or old.event.on is None:
        return old
    new = clock(old.event, calendar, settings)
    if new is None or new.due == old.due:
        return old
    known = {day.on for day in old.days if not day.count}
    closed = calendar.closed_between(old.event.on, old.due)
    moved = ", ".join(f"{day} ({why})" for day, why in closed if day not in known)
    reason = f"The SEC was closed on {moved}." if moved else "The calendar was corrected."
    return replace(
        new,
        website_route=old.website_route,
        replaced=(*old.replaced, Replaced(old.due, reason)),
    )


def business_days_late(due: date, filed: date, calendar: SecCalendar) -> int:
    """Business days between the due day and the filing's; what comes on a closed day counts
    for the next open one. 0 where it was in time."""
    return calendar.count(due, calendar.on_or_after(filed)) if filed > due else 0


def website_dates(posted_by: date, settings: Settings, posted_on: date | None = None) -> Website:
    """Kept posted for 12 months, then retained for 5 years more (Item 5.05(c)).

    Both count from the day it was posted, or from the last day for posting until it is.
    """
    keep = add_months(posted_on or posted_by, settings.website_months)
    return Website(posted_by, keep, add_years(keep, settings.website_retention_years))


def implicit_waiver_alert(known_on: date, today: date, settings: Settings) -> ImplicitWaiver:
    """From when inaction on a departure known to an executive officer is raised.

    The rule gives no number; the days are a setting and the Chief Legal Officer judges.
    """
    alert = known_on + timedelta(days=settings.implicit_waiver_days)
    waited = (today - known_on).days
    return ImplicitWaiver(
        alert,
        today >= alert,
        f"An executive officer has known of it for {waited} days; from "
        f"{settings.implicit_waiver_days} days on, not acting may itself be a waiver.",
    )


def open_payments_due(programme_year: int, settings: Settings) -> date:
    """When a year's payments are reported: 31 March of the next (42 CFR 403.908(a))."""
    return date(programme_year + 1, *settings.open_payments_report)
