"""Whether a contact card can still be trusted: a number may be dead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.policy.pack import Contact, Pack

STALE_DAYS = "contact_stale_days"
"""The setting that says after how many days a card is tried again."""


@dataclass(frozen=True)
class CardStanding:
    """Whether a card is out of date, and a sentence about it."""

    stale: bool
    sentence: str


def standing_of(card: Contact, today: date, pack: Pack) -> CardStanding:
    """A card is stale when nobody ever tried it, or longer ago than the pack's setting."""
    if not card.checked_on:
        return CardStanding(True, "Nobody has tried it yet, so it may be wrong.")
    checked = date.fromisoformat(card.checked_on)
    days = (today - checked).days
    most = int(pack.setting_values().get(STALE_DAYS, 365))
    if days > most:
        return CardStanding(True, f"Last tried on {checked}, {days} days ago, so it may be wrong.")
    return CardStanding(False, f"Tried on {checked}.")
