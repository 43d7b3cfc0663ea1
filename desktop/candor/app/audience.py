"""Who may receive what: the one place that says which events may leave for whom."""

from __future__ import annotations

from candor.app.session import Session
from candor.records.events import EventType, Header
from candor.records.matters import Case

FOR_THE_SUBJECT = frozenset(
    {EventType.QUESTIONNAIRE_ISSUED, EventType.QUESTIONNAIRE_SIGNED, EventType.RECEIPT_GIVEN}
)
"""What a filer may be sent about themselves: never a referral or a decision in progress."""


def may_read(session: Session, case: Case, person: str) -> bool:
    """Whether a person is in the audience of a case, by name or by an office held today."""
    if person in case.audience_people:
        return True
    return bool(set(case.audience_offices) & set(session.directory.offices_of(person)))


def may_receive(session: Session, header: Header, person: str) -> bool:
    """Whether an event may be sent to a person.

    The directory is for everybody. A case goes to its audience only. The subject of a case
    receives what they signed and what was issued to them, and nothing on its way to a
    decision (nobody receives or decides exceptions of their own).
    """
    if header.case == session.root.directory:
        return True
    case = session.state.cases.get(header.case)
    if case is None:
        return False
    if case.subject == person:
        return header.type in FOR_THE_SUBJECT
    return may_read(session, case, person)
