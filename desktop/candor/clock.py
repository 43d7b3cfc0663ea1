"""The only place that reads the time; everything else is handed a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """A source of the present instant."""

    def now(self) -> datetime:
        """The present instant, timezone-aware, to the second."""


class SystemClock:
    """The machine's own time with its local UTC offset, to the second."""

    def now(self) -> datetime:
        """The machine's instant."""
        return datetime.now().astimezone().replace(microsecond=0)  # noqa: TID251 -- the one reading


class SteppingClock:
    """A clock that starts at ``start`` and moves ``step`` at each reading (demo and tests)."""

    def __init__(self, start: datetime, step: timedelta = timedelta(seconds=1)) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs a UTC offset")
        self._now = start
        self._step = step

    def now(self) -> datetime:
        """The story's instant, one step on."""
        self._now += self._step
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Set the time forward; a clock in a story never runs backwards."""
        self._now = max(self._now, instant)


def today(clock: Clock) -> date:
    """The calendar day at the clock's own offset."""
    return clock.now().date()


def stamp(instant: datetime) -> str:
    """ISO 8601 with a UTC offset and whole seconds, as records store it."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a UTC offset")
    return instant.replace(microsecond=0).isoformat()


def as_utc(text: str) -> datetime:
    """The instant written by `stamp`, in UTC. Raises ValueError for anything else."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs a UTC offset")
    return instant.astimezone(UTC)


Tick = Callable[[str, int, int], None]
"""Progress: (named step, done, total). Raising Cancelled from it stops the work."""


def no_tick(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
