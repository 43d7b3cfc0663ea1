"""What must be done, by whom and by when: the pack's duties with their dates worked out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from candor.policy.answer import Duty
from candor.policy.deadlines import Clock
from candor.policy.ground import Ground
from candor.policy.matching import fits
from candor.policy.pack.rules import DueFrom, DutyRow
from candor.policy.pack.soundness import SETTING

_WORDS = {
    DueFrom.FILED: "the filing",
    DueFrom.DECIDED: "the decision",
    DueFrom.EVENT: "the event",
    DueFrom.BEGINS: "the beginning",
    DueFrom.DUE_BACK: "the agreed day",
    DueFrom.CALENDAR_YEAR: "the calendar year",
    DueFrom.DUE_ON: "the day set",
}


def duties(ground: Ground, clock: Clock | None) -> tuple[Duty, ...]:
    """Every duty of the pack that fits the case, those with a date first and in order."""
    found = [_duty(ground, row, clock) for row in ground.pack.file.duty if fits(row, ground)]
    return tuple(sorted(found, key=lambda duty: duty.due or date.max))


def _duty(ground: Ground, row: DutyRow, clock: Clock | None) -> Duty:
    due, at, basis = _due(ground, row, clock)
    words = _filled(ground, row.words)
    if row.runs_from is not None and due is None and not words:
        words = f"counted from {_WORDS[row.runs_from]}, which the facts do not name yet"
    return Duty(
        id=row.id,
        what=row.what,
        who=row.who,
        due=due,
        at=at,
        when=words,
        basis=basis,
        reason=row.reason,
        clause=row.clause,
    )


def _filled(ground: Ground, words: str) -> str:
    """Words with the settings that stand in braces."""
    return re.sub(r"\{(\w+)\}", lambda found: str(getattr(ground.settings, found[1])), words)


def _due(ground: Ground, row: DutyRow, clock: Clock | None) -> tuple[date | None, str, str]:
    if row.clock:
        if clock is None:
            return None, "", "The clock has not started."
        return clock.due, clock.at, clock.event.basis
    if row.runs_from is None:
        return None, "", ""
    start = _start(ground, row.runs_from, clock)
    if start is None:
        return None, "", ""
    if row.runs_from is DueFrom.CALENDAR_YEAR:
        line = ground.given.open_payments if ground.given else None
        return (line.report_by if line else None), "", f"the calendar year {start.year}"
    return _counted(ground, row, start)


def _counted(ground: Ground, row: DutyRow, start: date) -> tuple[date | None, str, str]:
    words = _WORDS[row.runs_from] if row.runs_from else ""
    business, days = _number(ground, row.business_days), _number(ground, row.days)
    if business:
        due = ground.calendar.add(start, business)
        return due, "", f"{business} business days of the SEC after {words} on {start}"
    if days:
        return start + timedelta(days=days), "", f"{days} days after {words} on {start}"
    return start, "", f"{words}, {start}"


def _number(ground: Ground, value: int | str | None) -> int:
    """A number of days, or the setting that holds it."""
    if isinstance(value, str):
        return int(getattr(ground.settings, value.removeprefix(SETTING)))
    return value or 0


def _start(ground: Ground, runs_from: DueFrom, clock: Clock | None) -> date | None:
    facts = ground.facts
    days = {
        DueFrom.FILED: facts.filed_on,
        DueFrom.DECIDED: facts.decision.on if facts.decision else None,
        DueFrom.EVENT: clock.event.on if clock else None,
        DueFrom.BEGINS: facts.begins_on,
        DueFrom.DUE_BACK: facts.removal.due_back_on if facts.removal else None,
        DueFrom.DUE_ON: facts.acknowledgement.due_on if facts.acknowledgement else None,
        DueFrom.CALENDAR_YEAR: (facts.gift_given.on if facts.gift_given else None) or ground.on,
    }
    return days[runs_from]
