"""The items of committee events (schema 1), read strictly into types."""

from __future__ import annotations

from typing import Any

import msgspec

from candor.policy.terms import DecisionKind
from candor.records.committee_parts import Choice, Recusal, Voting


class ItemPutItems(msgspec.Struct, frozen=True):
    """committee.item_put.

    ``members``: everybody who sits on the body; ``recused``: those among them who take no part;
    ``readers``: who else may read the item, by id; ``settings``: how votes are counted, fixed
    when the item was put; ``acting_chair``: who signs the result where the chair is recused.
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
    settings: dict[str, Any] = {}


class BallotItems(msgspec.Struct, frozen=True):
    """committee.ballot_cast, on the text of that digest. ``replaces``: the member's own earlier
    ballots."""

    digest: str
    vote: Choice
    replaces: tuple[str, ...] = ()
    meaning: str = ""
    name: str = ""


class RecusedItems(msgspec.Struct, frozen=True):
    """committee.recused."""

    reason: str
    name: str = ""


class ResolvedItems(msgspec.Struct, frozen=True):
    """committee.resolved."""

    digest: str
    outcome: str
    votes_for: int
    votes_against: int
    abstained: int
    held_on: str
    effective_on: str = ""
    meaning: str = ""
    name: str = ""
