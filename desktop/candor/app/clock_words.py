"""A waiver's clock in words and as a strip of days, and the clock that a decision would start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from candor.app import waiver_clock
from candor.app.clock_times import at_words, dated
from candor.app.committee_bodies import roles
from candor.app.session import Session
from candor.app.waiver_clock import ClockView
from candor.app.words import day
from candor.policy import deadlines, settings
from candor.policy.calendar import SecCalendar
from candor.policy.deadlines import ClockDay, Event

WEEKEND = (5, 6)


@dataclass(frozen=True)
class StripDay:
    """One box of the strip: the day, a word for it, and why where it does not count.

    ``state``: event, counts, closed or due.
    """

    on: date
    word: str
    state: str
    why: str = ""


@dataclass(frozen=True)
class ClockWords:
    """``runs`` False: no clock runs, and the sentence says why. ``strip`` is empty then."""

    runs: bool
    sentence: str
    basis: str
    strip: tuple[StripDay, ...]


def told(view: ClockView) -> ClockWords:
    """The clock of a waiver that was granted."""
    if view.due is None or not view.days:
        return ClockWords(False, f"No clock runs. {view.why}", view.why, ())
    what = "The disclosure on the website" if view.website_route else "A Form 8-K"
    when = f"{day(view.due)}, {at_words(view.due, view.at)}"
    verb = "was due on" if view.disclosure else "is due on"
    count = _number(view.days[-1].count)
    basis = f"{count} SEC business days after {day(view.days[0].on)}"
    return ClockWords(True, f"{what} {verb} {when}", basis, strip(view.days))


def moved(view: ClockView) -> tuple[str, ...]:
    """Earlier due dates, each with what moved it."""
    return tuple(
        f"Before, it was due on {day(old.due)}. {dated(old.reason)}" for old in view.replaced
    )


def forecast(session: Session, person: str, on: date) -> ClockWords:
    """The clock that a waiver granted to ``person`` on a day would start."""
    covered = deadlines.covered(roles(session, person))
    if not covered.applies:
        return ClockWords(False, f"No clock will run. {covered.reason}", covered.reason, ())
    rules = settings.typed(session.pack.setting_values())
    closed = (date.fromisoformat(found.day) for found in waiver_clock.closures(session))
    found = deadlines.clock(Event(on, ""), SecCalendar(closed), rules)
    if found is None:
        return ClockWords(False, "The day of the decision is not known yet.", "", ())
    what = "A disclosure on the website" if found.website_route else "A Form 8-K"
    when = f"{day(found.due)}, {at_words(found.due, found.at)}"
    basis = f"{_number(rules.clock_business_days)} SEC business days after the decision"
    return ClockWords(True, f"{what} will be due on {when}", basis, strip(found.days))


_NUMBERS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five"}


def _number(count: int) -> str:
    return _NUMBERS.get(count, str(count))


def strip(days: Sequence[ClockDay]) -> tuple[StripDay, ...]:
    """The days of a clock as boxes, the event first and the due day last."""
    last = len(days) - 1
    return tuple(_box(found, first=at == 0, last=at == last) for at, found in enumerate(days))


def _box(found: ClockDay, *, first: bool, last: bool) -> StripDay:
    if first:
        return StripDay(found.on, "Granted", "event")
    if not found.count:
        weekend = found.on.weekday() in WEEKEND or found.word.startswith("SEC closed")
        return StripDay(found.on, "Closed" if weekend else "Holiday", "closed", found.word)
    due = ", due" if last else ""
    return StripDay(found.on, f"Day {found.count}{due}", "due" if last else "counts")
