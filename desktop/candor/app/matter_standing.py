"""Where a filed matter stands, in words: what its filer has to do, or who has it since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from candor.app import pending
from candor.app.referring import WORDS
from candor.app.session import Session
from candor.app.words import day
from candor.policy.terms import DecisionKind
from candor.records.matters import REFUSALS, Case, Determination, Referral


class Group(StrEnum):
    """Whose turn it is."""

    NEEDS = "needs"
    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Standing:
    """``word`` for a badge, ``text`` in a sentence."""

    group: Group
    word: str
    text: str


@dataclass(frozen=True)
class Duty:
    """What a decision asks of somebody. ``due`` None: no day was set."""

    decision: str
    number: int
    text: str
    owner: str
    due: date | None
    mine: bool


def standing(session: Session, case: Case) -> Standing:
    """Where a matter stands; the first thing that holds, from what stops it downwards."""
    return next(found for found in _readings(session, case) if found is not None)


def _readings(session: Session, case: Case) -> Iterator[Standing | None]:
    yield _stopped(case)
    yield _ended(case)
    yield _asked(session, case)
    yield _decided(session, case)
    yield _to_hand_over(session, case)
    yield _with_somebody(session, case)
    yield _on_its_way(case)


def _stopped(case: Case) -> Standing | None:
    if case.forked:
        text = "Two records claim one place, so nothing goes on until it is said which one stands."
        return Standing(Group.STOPPED, "Two versions", text)
    if any(found.conflicts for found in case.standing_on("")):
        text = "Two decisions contradict each other. Both are kept until one of them yields."
        return Standing(Group.STOPPED, "Two decisions", text)
    return None


def _ended(case: Case) -> Standing | None:
    part = case.matter
    if part is None:
        return None
    if part.withdrawal is not None:
        when = on_day(part.withdrawal.claimed_at)
        return Standing(Group.DONE, "Withdrawn", f"Taken back on {when}. It stays on file.")
    if part.retirement is not None:
        ended = day(date.fromisoformat(part.retirement.ended_on))
        return Standing(Group.DONE, "Ended", f"It ended on {ended}. It stays on file.")
    return None


def _asked(session: Session, case: Case) -> Standing | None:
    asked = case.matter.open_requests if case.matter else ()
    if not asked or case.determination("") is not None:
        return None
    name, when = session.name_of(asked[-1].person), on_day(asked[-1].claimed_at)
    return Standing(Group.NEEDS, "More is asked", f"{name} asked on {when}: {asked[-1].text}")


def _decided(session: Session, case: Case) -> Standing | None:
    found = case.determination("")
    if found is None:
        return None
    group = Group.STOPPED if found.kind in REFUSALS else Group.DONE
    return Standing(group, decision_words(found), decided_by(session, found))


def decision_words(found: Determination) -> str:
    """A decision as people call it."""
    return WORDS[DecisionKind(found.kind)] if found.kind else "Not readable"


def decided_by(session: Session, found: Determination) -> str:
    """Who decided, and when."""
    when = on_day(found.claimed_at)
    if found.body:
        return f"By the {session.pack.committee(found.body).title}, {when}"
    office = session.pack.office_title(found.office)
    return f"By {session.name_of(found.person)}, {office}, {when}"


def _to_hand_over(session: Session, case: Case) -> Standing | None:
    if case.subject != session.person_id or case.receipts:
        return None
    newest = case.submissions[-1].event if case.submissions else ""
    person = _owed(session).get(newest)
    if person is None:
        return None
    name = session.name_of(person)
    return Standing(Group.NEEDS, "Hand it over", f"The file for {name} is not made yet.")


def _owed(session: Session) -> dict[str, str]:
    """The events that a file still to be made would bring, each with whom the file is for."""
    return session.derived(f"owed {session.changed}", lambda: _to_bring(session))


def _to_bring(session: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    for ready in pending.pending(session):
        sealed = (event for one in ready.sealed for event in one.events)
        found.update(dict.fromkeys((*ready.events, *sealed), ready.person))
    return found


def _with_somebody(session: Session, case: Case) -> Standing | None:
    if case.route is not None:
        who, when = sent_to(session, case.route), on_day(case.route.claimed_at)
        return Standing(Group.WAITING, "Being decided", f"{who} has it since {when}")
    if case.receipts:
        last = case.receipts[-1]
        name, title = session.name_of(last.person), session.title_of(last.person)
        when = on_day(last.received_at)
        return Standing(Group.WAITING, "Received", f"{name}, {title}, has it since {when}")
    return None


def _on_its_way(case: Case) -> Standing:
    when = on_day(case.submissions[-1].claimed_at) if case.submissions else ""
    return Standing(Group.WAITING, "Handed over", f"Signed {when}. No receipt has come back yet.")


def sent_to(session: Session, route: Referral) -> str:
    """Who has a matter: the body, else the person with the office."""
    if route.body:
        return f"The {session.pack.committee(route.body).title}"
    title = session.pack.office_title(route.office)
    return f"{session.name_of(route.person)}, {title}," if route.person else f"The {title}"


def duties(session: Session, case: Case) -> tuple[Duty, ...]:
    """What the decision that stands asks for and nobody has reported as done."""
    found, part = case.determination(""), case.matter
    if found is None or part is None:
        return ()
    return tuple(
        _duty(session, case, found, number)
        for number in range(len(found.conditions))
        if not part.is_met(found.event, number)
    )


def _duty(session: Session, case: Case, found: Determination, number: int) -> Duty:
    condition = found.conditions[number]
    owner = condition.owner or case.subject
    named = session.name_of(owner) if owner in session.directory.people else owner
    return Duty(
        decision=found.event,
        number=number,
        text=condition.text,
        owner=named,
        due=date.fromisoformat(condition.due) if condition.due else None,
        mine=owner in {session.person_id, session.name_of(session.person_id)},
    )


def on_day(stamp: str) -> str:
    """The day of an instant as a record writes it."""
    return day(datetime.fromisoformat(stamp).date())
