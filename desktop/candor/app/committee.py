"""Committees and the Board: what they have to decide, the papers, the votes, the resolution.

The one door for front ends; the rooms behind it: `committee_putting` (agenda, the signed
item), `committee_draft` (who votes, the text), `committee_ballots` (votes and recusals) and
`committee_result` (the count, the chair's signature).
"""

from __future__ import annotations

from candor.app.committee_ballots import (
    CHOICES,
    BallotRow,
    BallotSheet,
    MemberRow,
    VoteEffect,
    ballot_sheet,
    my_ballots,
    recuse,
    vote,
)
from candor.app.committee_draft import ItemChoice, ItemDraft, draft_item
from candor.app.committee_items import NotYourItem, shut
from candor.app.committee_putting import AgendaRow, agenda_of, put_item
from candor.app.committee_result import ResultView, Signing, result, sign_resolution
from candor.app.committee_seats import Seat, Seating
from candor.records.committee_parts import Choice, Voting

__all__ = [
    "CHOICES",
    "AgendaRow",
    "BallotRow",
    "BallotSheet",
    "Choice",
    "ItemChoice",
    "ItemDraft",
    "MemberRow",
    "NotYourItem",
    "ResultView",
    "Seat",
    "Seating",
    "Signing",
    "VoteEffect",
    "Voting",
    "agenda_of",
    "ballot_sheet",
    "draft_item",
    "my_ballots",
    "put_item",
    "recuse",
    "result",
    "shut",
    "sign_resolution",
    "vote",
]
