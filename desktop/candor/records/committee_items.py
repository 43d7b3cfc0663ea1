"""The items of committee events (schema 1), read strictly into types."""

from __future__ import annotations

import msgspec

from candor.policy.terms import DecisionKind
from candor.records.committee_parts import Choice, Counting, Recusal, Voting
from candor.records.conditions import Condition
from candor.records.dates import is_date


class ItemPutItems(msgspec.Struct, frozen=True):
    """committee.item_put.

    ``members``: everybody who sits on the body; ``recused``: those among them who take no part;
    ``readers``: who else may read the item, by id; ``counting``: how votes are counted, fixed
    when the item was put; ``papers``: the titles and events of what the members vote on;
    ``acting_chair``: who signs the result where the chair is recused.
    """

    matter: str
    title: str
    subject: str
    text: str
    digest: str
    kind: DecisionKind
    committee: str
    chair_role: str
    member_role: str
    how: Voting
    members: tuple[str, ...]
    recused: tuple[Recusal, ...] = ()
    acting_chair: str = ""
    meeting_on: str = ""
    readers: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    conditions: tuple[Condition, ...] = ()
    counting: Counting = Counting()


class BallotItems(msgspec.Struct, frozen=True):
    """committee.ballot_cast, on the text of that digest. ``replaces``: the member's own earlier
    ballots."""

    digest: str
    vote: Choice
    reason: str = ""
    replaces: tuple[str, ...] = ()
    meaning: str = ""
    name: str = ""


class RecusedItems(msgspec.Struct, frozen=True):
    """committee.recused."""

    reason: str
    name: str = ""


class ResolvedItems(msgspec.Struct, frozen=True):
    """committee.resolved; ``absent``: the members who were not there."""

    digest: str
    outcome: str
    votes_for: int
    votes_against: int
    abstained: int
    held_on: str
    absent: tuple[str, ...] = ()
    effective_on: str = ""
    meaning: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        if not is_date(self.held_on) or not (not self.effective_on or is_date(self.effective_on)):
            raise ValueError
