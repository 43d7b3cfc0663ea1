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

OF_MY_MATTER = frozenset(
    {
        EventType.MATTER_FILED,
        EventType.MATTER_WITHDRAWN,
        EventType.MATTER_RETIRED,
        EventType.MATTER_ROUTED,
        EventType.MATTER_RULED,
        EventType.INFORMATION_REQUESTED,
        EventType.MATTER_DECIDED,
        EventType.CONDITION_MET,
        EventType.FILING_RECORDED,
        EventType.RECEIPT_GIVEN,
        EventType.FORK_RESOLVED,
    }
)
"""What a filer may be sent of a matter that they filed: its way, the questions put to them and
the outcome. What a body says on its way to a resolution stands in a case of its own."""


class Reach:
    """Who may read which case today, both ways round; worked out once for a state.

    The directory is for everybody. A case goes to its audience only, by name or by an office
    held today. The subject of a case receives what they signed and what was issued to them,
    and nothing on its way to a decision (nobody receives or decides exceptions of their own).
    A member who is recused receives nothing more of an item, nor of the matter before it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._directory = session.root.directory
        holders: dict[str, tuple[str, ...]] = {}
        self.readers: dict[str, frozenset[str]] = {}
        self._cases: dict[str, list[str]] = {}
        self.recused = _recused(session)
        for case in session.state.cases.values():
            people = set(case.audience_people)
            for office in case.audience_offices:
                if office not in holders:
                    holders[office] = session.directory.holders(office, session.today)
                people.update(holders[office])
            people -= self.recused.get(case.id, set())
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
            return header.type in _OWN.get(case.kind, FOR_THE_SUBJECT)
        return person in self.readers[case.id]

    def events(self, case: str, person: str) -> Iterator[tuple[str, Header]]:
        """The events of a case that a person may receive, in order of arrival."""
        knowledge = self._session.knowledge
        for event in knowledge.in_case(case):
            head = knowledge.header(event)
            if head is not None and self.may_receive(head, person):
                yield event, head


_OWN: dict[str, frozenset[EventType]] = {
    "matter": OF_MY_MATTER,
    "notice": frozenset({EventType.NOTICE_SERVED, EventType.NOTICE_RECEIVED}),
    "item": frozenset(),
}


def _recused(session: Session) -> dict[str, set[str]]:
    """By case, the members who take no part in an item or in the matter that it decides."""
    found: dict[str, set[str]] = {}
    for case in session.state.cases.values():
        if case.item is not None:
            out = {recusal.person for recusal in case.item.recused}
            for concerned in (case.id, case.item.matter):
                found.setdefault(concerned, set()).update(out)
    return found


def reach(session: Session) -> Reach:
    """Who may read what, as the state stands."""
    return session.derived(f"reach {session.today}", lambda: Reach(session))


def may_read(session: Session, case: Case, person: str) -> bool:
    """Whether a person is in the audience of a case, by name or by an office held today, and
    has not stepped aside from it."""
    if case.subject != person and person in reach(session).recused.get(case.id, ()):
        return False
    if person in case.audience_people:
        return True
    held = session.directory.offices_of(person, session.today)
    return bool(set(case.audience_offices) & set(held))


def may_receive(session: Session, header: Header, person: str) -> bool:
    """Whether an event may be sent to a person."""
    return reach(session).may_receive(header, person)
