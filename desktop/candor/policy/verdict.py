"""An answer to a yes-or-no question of law that is never guessed."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Yes, no, or open: a fact is missing, or somebody has to judge."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
