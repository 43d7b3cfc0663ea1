"""What began before its body met: a vote can then no longer approve it, only ratify it.

Judged on the day of the meeting, or of the last signature under a written consent: what began
between the paper and that day began without approval (Code III b2; domain reference 0.1).
"""

from __future__ import annotations

from datetime import date, datetime

from candor.app import matter_facts
from candor.app.session import Session
from candor.app.words import day
from candor.errors import CandorError
from candor.policy.decide import decide
from candor.policy.terms import DecisionKind
from candor.records.committee_parts import ItemPart
from candor.records.matters import Case

_APPROVALS = frozenset({DecisionKind.APPROVAL, DecisionKind.APPROVAL_WITH_CONDITIONS})
BEGAN = (
    "It began before {day}, so the vote can no longer approve it. The Secretary sends the matter "
    "on again and puts it again, as a ratification."
)
WILL_BEGIN = (
    "By its filer’s word it begins before {day}, so a vote on that day could not approve it. "
    "Choose an earlier day, or put it as a ratification once it has begun."
)


def began(session: Session, matter: Case, kind: DecisionKind, on: date) -> str:
    """'' or that a vote of that day cannot approve a matter, and what to do."""
    return BEGAN.format(day=day(on)) if _only_ratified(session, matter, kind, on) else ""


def will_begin(session: Session, matter: Case, kind: DecisionKind, on: date | None) -> str:
    """'' or a warning that a matter begins before the day on which it is to be approved."""
    too_late = on is not None and _only_ratified(session, matter, kind, on)
    return WILL_BEGIN.format(day=day(on)) if on is not None and too_late else ""


def overtaken(session: Session, item: ItemPart) -> str:
    """'' or why nothing can come of an item as it stands today, and what to do."""
    matter = session.state.cases.get(item.matter)
    if matter is None or item.resolution is not None:
        return ""
    today = date.fromisoformat(session.today)
    meeting = date.fromisoformat(item.meeting_on) if item.meeting_on else None
    last = meeting or (today if item.waiting else last_signature(item))
    return began(session, matter, DecisionKind(item.kind), min(today, last))


def last_signature(item: ItemPart) -> date:
    """The day of the last signature on an item that counts, else of the paper itself."""
    cast = (b.claimed_at for b in item.ballots if not b.void and not b.replaced_by)
    days = [datetime.fromisoformat(at).date() for at in cast]
    return max(days, default=datetime.fromisoformat(item.claimed_at).date())


def _only_ratified(session: Session, matter: Case, kind: DecisionKind, on: date) -> bool:
    if kind not in _APPROVALS:
        return False
    try:
        facts = matter_facts.of_case(session, matter)
        answer = decide(facts, matter_facts.pack_for(session, matter), on)
    except CandorError:
        return False  # what cannot be judged here is judged where the matter is put and sent on
    return answer.ratification and kind not in answer.allowed_decisions
