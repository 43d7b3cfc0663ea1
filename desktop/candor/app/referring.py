"""Exceptions: the secretary's list, whom the Code names for each, and the decider's queue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from candor.app import matter_facts, matter_routing, reading
from candor.app.integrity import require_decidable
from candor.app.matter_capacity import referred_capacity
from candor.app.matter_routing import Destination
from candor.app.reading import ExceptionFact
from candor.app.session import Session
from candor.errors import CandorError
from candor.policy.answer import Part
from candor.policy.routing import NobodyMayDecide
from candor.policy.terms import DecisionKind, Severity
from candor.records.events import EventType
from candor.records.matter_parts import Named
from candor.records.matters import Case, Determination, Referral


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
    lies = referral is not None and (decided is not None or _lies_right(session, case, referral))
    office, person, reason, clause = "", "", "", ""
    if referral is not None and lies:
        office, person = reading.whose_turn(session, referral)
        reason, clause = referral.reason, referral.clause
    else:
        try:
            goes = route_of(session, case)
            office, person = _acting(goes)
            reason, clause = goes.reason, goes.clause
        except CandorError as stopped:
            reason = stopped.sentence()
    state = "determined" if decided else "referred" if lies else "new"
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


def route_of(session: Session, case: Case) -> Destination:
    """Who decides the exceptions of a case, by the rules that send matters. Raises CandorError
    where nobody may."""
    name = f"exceptions of {case.id} {session.today}"
    goes = session.derived(name, lambda: _by_rules(session, case))
    if goes.body:
        raise NobodyMayDecide(
            "Every office that could decide this is vacant, away or held by somebody concerned.",
            hint="Record who holds the offices under People, then refer it again.",
        )
    return goes


def _by_rules(session: Session, case: Case) -> Destination:
    facts = matter_facts.of_questionnaire(session, case)
    return matter_routing.by_rules(session, facts, session.pack)


def _acting(goes: Destination) -> tuple[str, str]:
    """The office and the person who decides; a deputy where the office is away."""
    if goes.person:
        return goes.office, goes.person
    deputy = _deputies(goes)[0]
    return deputy.office, deputy.person


def _deputies(goes: Destination) -> tuple[Named, ...]:
    """Who acts for the office that a destination names without a person."""
    return () if goes.person else tuple(d for d in goes.deciders if d.part == Part.DECIDES)


def _lies_right(session: Session, case: Case, referral: Referral) -> bool:
    """Whether a referral still leaves it with whom the rules name; it goes again where the office
    is vacant or its holder is away since, and stays where an absence ended."""
    try:
        goes = route_of(session, case)
    except CandorError:
        return True
    named = {(d.office, d.person) for d in referral.deciders}
    new = {(d.office, d.person) for d in _deputies(goes)}
    return goes.office == referral.office and new <= named


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
    exception of their own. While a signed absence lasts, the office that is away has it and its
    deputy is named. Raises NotYours, RulesMissing, and CandorError where nobody may decide.
    """
    session.need_office("secretary")
    by_case: dict[str, list[str]] = {}
    for case_id, question in chosen:
        by_case.setdefault(case_id, []).append(question)
    require_decidable(session, by_case)
    with session.batch():
        for case_id, questions in by_case.items():
            case = session.case(case_id)
            goes = route_of(session, case)
            session.write(
                case_id,
                EventType.EXCEPTIONS_REFERRED,
                [
                    ("questions", sorted(questions)),
                    ("office", goes.office),
                    ("person", goes.person),
                    ("reason", goes.reason),
                    ("clause", goes.clause),
                    ("deciders", [msgspec.to_builtins(d) for d in _deputies(goes)]),
                ],
                deps=(reading.newest(case).event, *session.directory.head),
            )
    return sum(len(questions) for questions in by_case.values())


def queue(session: Session) -> tuple[ExceptionRow, ...]:
    """The exceptions referred to an office that the owner holds or acts for, undecided first."""
    rows = []
    for case in reading.questionnaires(session):
        if case.subject == session.person_id:
            continue
        for fact in reading.exceptions_of(session, case):
            referral = reading.referral_of(case, fact.question)
            if referral is not None and _was_sent(session, case, referral):
                rows.append(row_of(session, case, fact))
    order = list(Severity)
    return tuple(
        sorted(rows, key=lambda r: (r.state == "determined", order.index(r.fact.severity)))
    )


def _was_sent(session: Session, case: Case, referral: Referral) -> bool:
    """Whether the owner was named, or may decide it today."""
    return referral.person == session.person_id or bool(referred_capacity(session, case, referral))
