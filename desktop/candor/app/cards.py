"""What the first screen shows: a card for each thing that needs the owner, rows for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Target:
    """Where a card leads: a screen and what to open there."""

    screen: str
    argument: str = ""


@dataclass(frozen=True)
class Card:
    """One thing that needs the owner, with exactly one button."""

    icon: str
    title: str
    text: str
    due: date | None
    due_words: str
    overdue: bool
    button: str
    target: Target
    progress: tuple[int, int] | None = None
    progress_text: str = ""


@dataclass(frozen=True)
class WaitingRow:
    """One thing that others have; ``outbox`` names the file to send again, if there is one."""

    title: str
    text: str
    outbox: str = ""


@dataclass(frozen=True)
class DoneRow:
    """One thing that is done."""

    title: str
    text: str
    when: datetime
