"""When a Section 16 report is due, and how late one was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from candor.policy.calendar import SecCalendar
from candor.policy.deadlines import business_days_late
from candor.policy.facts import Trade
from candor.policy.settings import Settings


@dataclass(frozen=True)
class Section16:
    """A Form 3, 4 or 5. ``due`` is None where the facts leave it open; ``reason`` says why.

    ``late_business_days`` is 0 for a report in time and for one still to come.
    """

    form: str
    due: date | None
    at: str
    filed_on: date | None
    late_business_days: int
    reason: str
    rule: str


def section16(trade: Trade, calendar: SecCalendar, settings: Settings) -> Section16:
    """The due date of a report under Section 16(a) of the Exchange Act and Rule 16a-3.

    Form 3: 10 calendar days; Form 4: the 2nd business day; Form 5: 45 days after the fiscal year
    end. Calendar days that end on a closed day run to the next open one (Rule 0-3).
    Raises BeyondTheCalendar.
    """
    due, reason, rule = _due(trade, calendar, settings)
    late = 0
    if due is not None and trade.filed_on is not None:
        late = business_days_late(due, trade.filed_on, calendar)
    at = f"{settings.sec16_cutoff:%H:%M} {settings.edgar_time_zone.key}"
    return Section16(str(trade.form), due, at, trade.filed_on, late, reason, rule)


def _due(trade: Trade, calendar: SecCalendar, settings: Settings) -> tuple[date | None, str, str]:
    if trade.form == "3":
        last = trade.event_on + timedelta(days=settings.form3_days)
        return (
            calendar.on_or_after(last),
            f"{settings.form3_days} days after {trade.event_on}, the day of becoming an insider.",
            "Exchange Act Section 16(a)(2)(B); Rule 0-3",
        )
    if trade.form == "4":
        days = settings.form4_business_days
        return (
            calendar.add(trade.event_on, days),
            f"Business day {days} after the trade on {trade.event_on}.",
            "Exchange Act Section 16(a)(2)(C); Rule 16a-3(g)",
        )
    if trade.fiscal_year_end is None:
        return None, "The fiscal year end is missing, so the day is open.", "Rule 16a-3(f)"
    last = trade.fiscal_year_end + timedelta(days=settings.form5_days)
    return (
        calendar.on_or_after(last),
        f"{settings.form5_days} days after the fiscal year that ended on {trade.fiscal_year_end}.",
        "Exchange Act Rule 16a-3(f); Rule 0-3",
    )
