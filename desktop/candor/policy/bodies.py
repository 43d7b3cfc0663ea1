"""The body that decides: its disinterested members, and who decides where too few remain."""

from __future__ import annotations

from dataclasses import dataclass

from candor.policy.answer import Body
from candor.policy.exclusion import why_not
from candor.policy.facts import Vote, VoteWord
from candor.policy.ground import Ground
from candor.policy.quorum import Outcome, Quorum, assess

MEETING = "meeting"
CONSENT = "written_consent"


@dataclass(frozen=True)
class Sitting:
    """A body for one case. ``conflicted``: member id to the reason why that member is recused."""

    id: str
    members: tuple[str, ...]
    conflicted: dict[str, str]
    chair: str

    @property
    def disinterested(self) -> tuple[str, ...]:
        """Those who may act."""
        return tuple(member for member in self.members if member not in self.conflicted)


def sitting(ground: Ground, body: str) -> Sitting:
    """A body's members with those who may not act in this case."""
    members = ground.standing.members(body)
    reasons = {member: why_not(ground, member) for member in members}
    recused = {vote.member for vote in _votes_in(ground, body) if vote.vote is VoteWord.RECUSED}
    conflicted = {
        member: reason or "recused from this item"
        for member, reason in reasons.items()
        if reason or member in recused
    }
    return Sitting(body, members, conflicted, ground.standing.chair(body))


def _votes_in(ground: Ground, body: str) -> tuple[Vote, ...]:
    decision = ground.facts.decision
    return ground.facts.votes if decision and decision.body == body else ()


def count(ground: Ground, seated: Sitting, how: str, votes: tuple[Vote, ...]) -> Quorum:
    """What votes of a body come to; a meeting whose votes are given is over."""
    return assess(
        seated.members,
        frozenset(seated.conflicted),
        how,
        votes,
        ground.settings,
        chair=seated.chair,
        closed=bool(votes) and how == MEETING,
    )


def known(seated: Sitting) -> bool:
    """Whether the facts name the members: one alone is a filer or a chair, and no body."""
    return len(seated.members) > 1


def able(ground: Ground, seated: Sitting) -> bool | None:
    """Whether the body has enough disinterested members; None where the facts do not tell."""
    if not known(seated):
        return None
    return count(ground, seated, MEETING, ()).outcome is not Outcome.ESCALATE


def deciding(ground: Ground, body: str) -> tuple[Sitting, tuple[Sitting, ...]]:
    """The body that decides, and those before it that had too few disinterested members.

    The last body stays even where it cannot act either; `able` then says so.
    """
    before: list[Sitting] = []
    seated = sitting(ground, body)
    while able(ground, seated) is False:
        after = ground.pack.committee(seated.id).escalates_to
        if not after:
            break
        before.append(seated)
        seated = sitting(ground, after)
    return seated, tuple(before)


def described(ground: Ground, seated: Sitting, before: tuple[Sitting, ...]) -> Body:
    """The body as the answer shows it."""
    named = known(seated)
    counted = count(ground, seated, MEETING, ()) if named else None
    return Body(
        id=seated.id,
        title=ground.pack.committee(seated.id).title,
        members=seated.members,
        disinterested=seated.disinterested,
        recused=tuple(seated.conflicted),
        chair=seated.chair,
        acting_chair_needed=seated.chair in seated.conflicted,
        quorum_needed=counted.quorum_needed if counted else None,
        votes_needed=ground.settings.votes_in_favour if named else None,
        can_act=able(ground, seated),
        written_consent_possible=not seated.conflicted if named else None,
        escalated_from=tuple(one.id for one in before),
    )
