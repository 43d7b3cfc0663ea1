"""What an act on an item would bring about, told before it is signed: a recusal, the result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from candor.app import clock_words
from candor.app.clock_words import ClockWords
from candor.app.committee_items import item_of
from candor.app.committee_result import OUTCOMES, Signing, result
from candor.app.matter_sheet import CONSEQUENCES
from candor.app.session import Session
from candor.app.words import plural
from candor.policy import quorum
from candor.policy.quorum import Outcome
from candor.policy.terms import DecisionKind
from candor.records.committee_parts import ItemPart, Voting

_LEAVES = "You take no part: you are not counted, and the paper leaves your screen."


@dataclass(frozen=True)
class Outlook:
    """What follows when the chair signs. ``clock`` is None where nothing is waived."""

    lines: tuple[str, ...]
    clock: ClockWords | None


def if_recused(session: Session, item_id: str) -> str:
    """What follows when the owner stands aside: who would be left, and who then decides."""
    _, item = item_of(session, item_id)
    out = {r.person for r in item.recused} | {session.person_id}
    found = quorum.assess(item.members, out, item.how, (), item.counting)
    left = plural(len(found.disinterested), "member")
    if found.outcome is Outcome.ESCALATE:
        onward = session.pack.committee(item.committee).escalates_to
        title = session.pack.committee(onward).title if onward else ""
        then = f"it would go to the {title}" if title else "counsel would have to be asked"
        return f"{_LEAVES} Only {left} would stay, so {then}."
    if found.outcome is Outcome.CONSENT_IMPOSSIBLE:
        return f"{_LEAVES} A written consent needs every member, so it would go to a meeting."
    return f"{_LEAVES} {left} would stay and can decide."


def outlook(session: Session, item_id: str, signing: Signing | None = None) -> Outlook:
    """What follows when the result is signed as it stands."""
    _, item = item_of(session, item_id)
    signing = signing or Signing()
    found = result(session, item_id, signing)
    if found.outcome != Outcome.PASSED.value:
        said = OUTCOMES[Outcome(found.outcome)]
        name = session.name_of(item.subject)
        return Outlook((f"{said}: the matter is refused. {name} is told.",), None)
    kind = DecisionKind(item.kind)
    lines = [CONSEQUENCES[kind]]
    lines += [_condition(session, c.text, c.owner) for c in item.conditions]
    lines.append(f"{session.name_of(item.subject)} receives the decision.")
    if kind is not DecisionKind.WAIVER_GRANTED:
        return Outlook(("No Form 8-K: this is not a waiver.", *lines), None)
    return Outlook(tuple(lines), _clock(session, item, signing))


def _condition(session: Session, text: str, owner: str) -> str:
    return f"{session.name_of(owner) or owner}: {text}. It comes back as a task."


def _clock(session: Session, item: ItemPart, signing: Signing) -> ClockWords:
    held = signing.held_on or (date.fromisoformat(item.meeting_on) if item.meeting_on else None)
    if item.how == Voting.WRITTEN_CONSENT or held is None:
        cast = [datetime.fromisoformat(b.claimed_at).date() for b in item.ballots if not b.void]
        later = [signing.effective_on] if signing.effective_on else []
        held = max([*cast, *later], default=date.fromisoformat(session.today))
    return clock_words.forecast(session, item.subject, held)
