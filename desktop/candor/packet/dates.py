"""Dates and times in words, always in English and never wrapped inside."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from candor.forms.words import NBSP

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ZONES = {
    "America/New_York": "ET",
    "America/Chicago": "CT",
    "America/Denver": "MT",
    "America/Los_Angeles": "PT",
}


def day(on: date) -> str:
    """ "Fri 22 Jan 2027" with no-break spaces; the month's name needs no locale."""
    return NBSP.join((_DAYS[on.weekday()], str(on.day), _MONTHS[on.month - 1], str(on.year)))


def long_day(on: date) -> str:
    """ "Thursday 18 February 2027"."""
    return f"{_LONG_DAYS[on.weekday()]} {on.day} {_LONG_MONTHS[on.month - 1]} {on.year}"


def zone_name(instant: datetime, zone: str) -> str:
    """ "ET" for the zones of the United States, else the offset, "UTC+1" or "UTC"."""
    return _zone_name(instant, ZoneInfo(zone))


def _zone_name(instant: datetime, zone: tzinfo | None) -> str:
    if isinstance(zone, ZoneInfo) and zone.key in _ZONES:
        return _ZONES[zone.key]
    offset = instant.astimezone(zone).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def clock_time(instant: datetime, zone: str) -> str:
    """ "5:00 pm ET" on the zone's clock. Raises ZoneInfoNotFoundError for an unknown zone."""
    local = instant.astimezone(ZoneInfo(zone))
    half = "am" if local.hour < 12 else "pm"
    hour = local.hour % 12 or 12
    return NBSP.join((f"{hour}:{local.minute:02}", half, zone_name(instant, zone)))


def moment(instant: datetime, zone: str) -> str:
    """ "Fri 12 Feb 2027, 5:00 pm ET"."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {clock_time(instant, zone)}"


def machine_time(instant: datetime, zone: tzinfo | None) -> str:
    """ "Fri 12 Feb 2027, 17:00 ET": what a computer noted, told on the zone's 24-hour clock."""
    local = instant.astimezone(zone)
    return f"{day(local.date())}, {local:%H:%M}{NBSP}{_zone_name(instant, zone)}"
