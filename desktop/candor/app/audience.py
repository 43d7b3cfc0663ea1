"""Who may receive what: the one place that says which events may leave for whom."""

from __future__ import annotations

from collections.abc import Iterator

from candor.app.session import Session
from candor.records.events import EventType, Header
from candor.records.matters import Case

FOR_THE_SUBJECT = frozenset(
    {EventType.QUESTIONNAIRE_ISSUED, EventType.QUESTIONNAIRE_SIGNED, EventType.RECEIPT_GIVEN}
)
"""What a filer may be sent about themselves: never a referral or a decision in progress."""


class Reach:
    """Who may read which case today, both ways round; worked out once for a state.

    The directory is for everybody. A case goes to its audience only, by name or by an office
    held today. The subject of a case receives what they signed and what was issued to them,
    and nothing on its way to a decision (nobody receives or decides exceptions of their own).
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._directory = session.root.directory
        holders: dict[str, tuple[str, ...]] = {}
        self.readers: dict[str, frozenset[str]] = {}
        self._cases: dict[str, list[str]] = {}
        for case in session.state.cases.values():
            people = set(case.audience_people)
            for office in case.audience_offices:
                if office not in holders:
                    holders[office] = session.directory.holders(office, session.today)
                people.update(holders[office])
            self.readers[case.id] = frozenset(people - {case.subject})
            for person in sorted({*people, case.subject} - {""}):
                self._cases.setdefault(person, []).append(case.id)

    def cases(self, person: str) -> tuple[str, ...]:
        """The cases of which a person may receive at least something."""
        return tuple(self._cases.get(person, ()))

    def may_receive(self, header: Header, person: str) -> bool:
        """Whether an event may be sent to a person."""
        if header.case == self._directory:
            return True
        case = self._session.state.cases.get(header.case)
        if case is None:
            return False
        if case.subject == person:
            return header.type in FOR_THE_SUBJECT
        return person in self.readers[case.id]

    def events(self, case: str, person: str) -> Iterator[tuple[str, Header]]:
        """The events of a case that a person may receive, in order of arrival."""
        knowledge = self._session.knowledge
        for event in knowledge.in_case(case):
            head = knowledge.header(event)
            if head is not None and self.may_receive(head, person):
                yield event, head


def reach(session: Session) -> Reach:
    """Who may read what, as the state stands."""
    return session.derived(f"reach {session.today}", lambda: Reach(session))


def may_read(session: Session, case: Case, person: str) -> bool:
    """Whether a person is in the audience of a case, by name or by an office held today."""
    if person in case.audience_people:
        return True
    held = session.directory.offices_of(person, session.today)
    return bool(set(case.audience_offices) & set(held))


def may_receive(session: Session, header: Header, person: str) -> bool:
    """Whether an event may be sent to a person."""
    return reach(session).may_receive(header, person)
