"""What a case holds of one item before a committee or the Board: resolution, ballots, result."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from candor.records.conditions import Condition


class Voting(StrEnum):
    """How a body decides: together on a day, or by signing one paper."""

    MEETING = "meeting"
    WRITTEN_CONSENT = "written_consent"


class Choice(StrEnum):
    """What a ballot says. Recusal is no ballot: it is an act of its own."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Counting(msgspec.Struct, frozen=True):
    """How votes are counted, as it was fixed when the item was put."""

    strict_quorum: bool = True
    votes_in_favour: int = 2


class Recusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member who takes no part, and why; ``event`` is '' where the item itself says so."""

    person: str
    reason: str
    event: str = ""


class Ballot(msgspec.Struct, frozen=True):
    """One member's ballot on the digest of the text. ``replaced_by``: a later ballot of the same
    member that names it. ``void`` says why it does not count."""

    event: str
    person: str
    claimed_at: str
    vote: str = ""
    replaced_by: str = ""
    name: str = ""
    reason: str = ""
    void: str = ""


class Result(msgspec.Struct, frozen=True):
    """Where the vote stands. Counts are of disinterested members only; ``present_with_recused``
    is the other way to count who is there."""

    outcome: str
    votes_for: int
    votes_against: int
    abstained: int
    present: int
    present_with_recused: int
    quorum_needed: int
    has_quorum: bool
    needed_in_favour: int


class Resolution(msgspec.Struct, frozen=True):
    """The result as the chair, or the acting chair, signed it. ``caution`` names what came in
    later and was not weighed."""

    event: str
    person: str
    claimed_at: str
    outcome: str
    votes_for: int
    votes_against: int
    abstained: int
    held_on: str
    absent: tuple[str, ...] = ()
    effective_on: str = ""
    name: str = ""
    caution: str = ""


class ItemPart(msgspec.Struct, frozen=True):
    """An item as it was put. ``matter``: the case that it decides; ``kind``: the decision that
    the text proposes, under these ``conditions``; ``digest``: hex SHA-256 of the text;
    ``papers``: titles and events of what was laid before the members; ``doubled``: the members
    whose ballots contradict each other, so that none of them counts; ``chair`` signs the
    result, for the chair if ``acting``."""

    event: str
    person: str
    claimed_at: str
    matter: str
    title: str
    subject: str
    text: str
    digest: str
    kind: str
    committee: str
    chair_role: str
    member_role: str
    how: str
    members: tuple[str, ...]
    chair: str
    acting: bool = False
    meeting_on: str = ""
    recused: tuple[Recusal, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    doubled: tuple[str, ...] = ()
    result: Result | None = None
    resolution: Resolution | None = None
    notices: tuple[str, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    conditions: tuple[Condition, ...] = ()
    counting: Counting = Counting()

    @property
    def disinterested(self) -> tuple[str, ...]:
        """The members who may vote."""
        out = {r.person for r in self.recused}
        return tuple(m for m in self.members if m not in out)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The members of whom no ballot that counts is here."""
        has = {b.person for b in self.ballots if not b.void and not b.replaced_by}
        return tuple(m for m in self.disinterested if m not in has or m in self.doubled)
