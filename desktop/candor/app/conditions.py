"""Conditions of decisions: whose task they are, by when, and the signed word that they are met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.app import matter_reading
from candor.app.integrity import require_sound
from candor.app.matter_case import about
from candor.app.matter_standing import duties
from candor.app.session import Session
from candor.errors import CandorError
from candor.records.events import EventType
from candor.records.matters import Case


@dataclass(frozen=True)
class ConditionTask:
    """An open condition. ``mine``: the owner of this vault sees to it; otherwise they decided
    it and watch it. ``number`` counts from 0 within the decision."""

    case: str
    case_number: str
    title: str
    decision: str
    number: int
    text: str
    owner: str
    due: date | None
    overdue: bool
    mine: bool


def tasks(session: Session) -> tuple[ConditionTask, ...]:
    """The open conditions that the owner sees to, and those of their own decisions that are
    overdue; by due date."""
    found = [task for case in matter_reading.matters(session) for task in _of(session, case)]
    return tuple(sorted(found, key=lambda task: (task.due or date.max, task.case_number)))


def _of(session: Session, case: Case) -> list[ConditionTask]:
    decided = case.determination("")
    ended = case.matter is not None and (case.matter.withdrawal or case.matter.retirement)
    if decided is None or ended:
        return []
    today = date.fromisoformat(session.today)
    watches = decided.person == session.person_id
    return [
        ConditionTask(
            case=case.id,
            case_number=case.number,
            title=about(session, case),
            decision=duty.decision,
            number=duty.number,
            text=duty.text,
            owner=duty.owner,
            due=duty.due,
            overdue=duty.due is not None and duty.due < today,
            mine=duty.mine,
        )
        for duty in duties(session, case)
        if duty.mine or (watches and duty.due is not None and duty.due < today)
    ]


def meet(session: Session, task: ConditionTask, note: str) -> str:
    """Say, signed, that a condition is met. Returns the event's id. Raises CandorError."""
    if not note.strip():
        raise CandorError("Say in a sentence how it was met.", hint="Nothing was signed.")
    require_sound(session, (task.case,))
    return session.write(
        task.case,
        EventType.CONDITION_MET,
        [("decision", task.decision), ("number", task.number), ("note", note.strip())],
        deps=(task.decision, *session.directory.head),
    )
