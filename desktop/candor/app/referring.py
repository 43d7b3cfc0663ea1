"""Exceptions: the secretary's list, whom the Code names for each, and the decider's queue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from candor.app import reading
from candor.app.reading import ExceptionFact
from candor.app.session import Session
from candor.policy.routing import NobodyMayDecide, Route, exception_route
from candor.policy.terms import DecisionKind, Severity
from candor.records.events import EventType
from candor.records.matters import Case, Determination


@dataclass(frozen=True)
class Condition:
    """A condition of an approval: who does what by when; it comes back as a task."""

    text: str
    owner: str
    due: date | None = None


@dataclass(frozen=True)
class DeterminationView:
    """A determination as screens show it."""

    kind: DecisionKind
    words: str
    reason: str
    conditions: tuple[Condition, ...]
    by: str
    office: str
    on: datetime
    void: str


@dataclass(frozen=True)
class ExceptionRow:
    """One exception in the secretary's list."""

    case: str
    number: str
    person: str
    person_title: str
    fact: ExceptionFact
    state: str
    decider_title: str
    decider_name: str
    route_reason: str
    clause: str
    determination: DeterminationView | None


WORDS = {
    DecisionKind.NO_CONFLICT: "No conflict",
    DecisionKind.PERCEIVED: "Perceived conflict",
    DecisionKind.ACTUAL: "Actual conflict",
    DecisionKind.APPROVAL: "Approved",
    DecisionKind.APPROVAL_WITH_CONDITIONS: "Approved with conditions",
    DecisionKind.DISAPPROVAL: "Refused",
    DecisionKind.RATIFICATION: "Ratified",
    DecisionKind.WAIVER_GRANTED: "Waiver granted",
    DecisionKind.WAIVER_DENIED: "Waiver denied",
    DecisionKind.REFERRED: "Referred to the Audit Committee",
    DecisionKind.NOTED: "Noted",
}


def exceptions(session: Session, campaign: str = "") -> tuple[ExceptionRow, ...]:
    """The exceptions of everyone who has replied, most serious first."""
    rows = [
        row_of(session, case, fact)
        for case in reading.questionnaires(session, campaign)
        for fact in reading.exceptions_of(session, case)
    ]
    order = list(Severity)
    return tuple(sorted(rows, key=lambda row: (order.index(row.fact.severity), row.number)))


def row_of(session: Session, case: Case, fact: ExceptionFact) -> ExceptionRow:
    """One exception as lists show it: where it stands and with whom."""
    decided = reading.determination_of(case, fact.question)
    referral = reading.referral_of(case, fact.question)
    office, person, reason, clause = "", "", "", ""
    if referral is not None:
        office, person, reason, clause = (
            referral.office,
            referral.person,
            referral.reason,
            referral.clause,
        )
    else:
        try:
            route = route_of(session, case)
            office, person, reason, clause = route.office, route.person, route.reason, route.clause
        except NobodyMayDecide as stopped:
            reason = stopped.sentence()
    state = "determined" if decided else "referred" if referral else "new"
    return ExceptionRow(
        case=case.id,
        number=case.number,
        person=session.name_of(case.subject),
        person_title=session.title_of(case.subject),
        fact=fact,
        state=state,
        decider_title=session.pack.office_title(office) if office else "",
        decider_name=session.name_of(person) if person else "",
        route_reason=reason,
        clause=clause,
        determination=_view(session, decided) if decided else None,
    )


def route_of(session: Session, case: Case) -> Route:
    """Who decides the exceptions of a case, by the pack's chain. Raises NobodyMayDecide."""
    return exception_route(session.pack, case.subject, session.holders())


def _view(session: Session, found: Determination) -> DeterminationView:
    return DeterminationView(
        kind=DecisionKind(found.kind),
        words=WORDS[DecisionKind(found.kind)],
        reason=found.reason,
        conditions=tuple(
            Condition(c.text, c.owner, date.fromisoformat(c.due) if c.due else None)
            for c in found.conditions
        ),
        by=session.name_of(found.person),
        office=session.pack.office_title(found.office),
        on=datetime.fromisoformat(found.claimed_at),
        void=found.void,
    )


def refer(session: Session, chosen: Iterable[tuple[str, str]]) -> int:
    """Refer exceptions, as (case, question), to whom the Code names. Returns how many.

    The act is signed and widens the case's audience to the decider. Nobody is ever sent an
    exception of their own. Raises NotYours, NobodyMayDecide.
    """
    session.need_office("secretary")
    by_case: dict[str, list[str]] = {}
    for case_id, question in chosen:
        by_case.setdefault(case_id, []).append(question)
    with session.batch():
        for case_id, questions in by_case.items():
            case = session.case(case_id)
            route = route_of(session, case)
            session.write(
                case_id,
                EventType.EXCEPTIONS_REFERRED,
                [
                    ("questions", sorted(questions)),
                    ("office", route.office),
                    ("person", route.person),
                    ("reason", route.reason),
                    ("clause", route.clause),
                ],
                deps=(reading.newest(case).event, *session.directory.head),
            )
    return sum(len(questions) for questions in by_case.values())


def queue(session: Session) -> tuple[ExceptionRow, ...]:
    """The exceptions referred to an office that the owner holds, undecided first."""
    rows = []
    for case in reading.questionnaires(session):
        if case.subject == session.person_id:
            continue
        for fact in reading.exceptions_of(session, case):
            referral = reading.referral_of(case, fact.question)
            if referral is not None and referral.person == session.person_id:
                rows.append(row_of(session, case, fact))
    order = list(Severity)
    return tuple(
        sorted(rows, key=lambda r: (r.state == "determined", order.index(r.fact.severity)))
    )
