"""Deadlines as people read them: the last minute on its own clock, days in full."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from candor.app.words import day
from candor.packet.dates import clock_time

_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def at_words(due: date, at: str) -> str:
    """ "5:30 pm ET" for the last minute as a clock has it, "17:30 America/New_York"."""
    minute, _, zone = at.partition(" ")
    local = datetime.combine(due, time.fromisoformat(minute), ZoneInfo(zone))
    return clock_time(local, zone)


def dated(sentence: str) -> str:
    """A sentence of the rules with its days written in full."""
    return _ISO_DAY.sub(lambda found: day(date.fromisoformat(found[0])), sentence)
