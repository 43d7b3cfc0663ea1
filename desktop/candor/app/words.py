"""Dates, counts and instants as people read them."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from candor.packet.dates import machine_time

NBSP = " "
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def day(value: date) -> str:
    """ "Fri 22 Jan 2027", unbreakable."""
    return f"{value:%a}{NBSP}{value.day}{NBSP}{value:%b}{NBSP}{value.year}"


def short_day(value: date) -> str:
    """ "22 Jan", where a list is narrow and the full date stands near."""
    return f"{value.day}{NBSP}{value:%b}"


def moment(value: datetime, zone: tzinfo | None = None) -> str:
    """ "Fri 22 Jan 2027, 15:32 ET" on a zone's clock, else on the clock that wrote it."""
    return machine_time(value, zone or value.tzinfo)


def days_until(due: date, today: date) -> int:
    """Calendar days from today to the due date; negative when it has passed."""
    return (due - today).days


def due_words(due: date, today: date) -> str:
    """ "Due in 8 days", "Due tomorrow", "Due today", "Overdue by 2 days"."""
    left = days_until(due, today)
    if left < 0:
        return f"Overdue by {plural(-left, 'day')}"
    return {0: "Due today", 1: "Due tomorrow"}.get(left, f"Due in {left} days")


def plural(count: int, noun: str, many: str = "") -> str:
    """ "1 day", "2 days"."""
    return f"{count} {noun if count == 1 else many or noun + 's'}"


def counted(count: int, noun: str, many: str = "") -> str:
    """ "Two things", "One thing", "12 things": for the start of a sentence."""
    word = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{word} {noun if count == 1 else many or noun + 's'}"


def listed(names: list[str] | tuple[str, ...], limit: int = 3) -> str:
    """ "A, B and two others"."""
    if len(names) <= limit:
        return (
            " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
        )
    rest = len(names) - (limit - 1)
    return f"{', '.join(names[: limit - 1])} and {counted(rest, 'other').lower()}"
