"""Exceptions: the secretary refers them, the one the Code names decides them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candor.app import reading
from candor.app.reading import ExceptionFact
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.app.words import day
from candor.errors import Problems
from candor.policy.routing import NobodyMayDecide, Route, exception_route
from candor.policy.terms import DecisionKind, FilerClass, Severity
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


@dataclass(frozen=True)
class DecisionChoice:
    """One option with the line of consequence that stands under it."""

    kind: DecisionKind
    label: str
    consequence: str


@dataclass(frozen=True)
class DecisionSheet:
    """Everything the decider needs on one page."""

    case: str
    question: str
    number: str
    title: str
    line: str
    facts: tuple[tuple[str, str], ...]
    fact: ExceptionFact
    rule_text: str
    rule_source: str
    like_cases: tuple[tuple[str, str], ...]
    choices: tuple[DecisionChoice, ...]
    meaning: str
    needs_departure_ruling: bool
    blocked: str
    determination: DeterminationView | None


@dataclass(frozen=True)
class Decision:
    """What the decider chose."""

    case: str
    question: str
    kind: DecisionKind
    reason: str
    conditions: tuple[Condition, ...] = ()
    material_departure: bool | None = None
    departure_reason: str = ""


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

CHOICES = (
    DecisionChoice(
        DecisionKind.NO_CONFLICT, "No conflict", "Nothing more to do. It stays on file."
    ),
    DecisionChoice(
        DecisionKind.NOTED, "Note it", "A fact for the filings. No conflict is decided."
    ),
    DecisionChoice(
        DecisionKind.PERCEIVED,
        "Perceived conflict",
        "It could look like one. Say how it is kept apart. Not a waiver.",
    ),
    DecisionChoice(
        DecisionKind.ACTUAL,
        "Actual conflict",
        "It must end, or go to the Audit Committee for a waiver.",
    ),
    DecisionChoice(
        DecisionKind.APPROVAL_WITH_CONDITIONS,
        "Approve with conditions",
        "Allowed while the conditions are kept. Not a waiver, so no Form 8-K.",
    ),
    DecisionChoice(
        DecisionKind.REFERRED,
        "Refer to the Audit Committee",
        "You leave it to the Committee; it appears on its agenda as undecided.",
    ),
)


def exceptions(session: Session, campaign: str = "") -> tuple[ExceptionRow, ...]:
    """The exceptions of everyone who has replied, most serious first."""
    rows = [
        _row(session, case, fact)
        for case in reading.questionnaires(session, campaign)
        for fact in reading.exceptions_of(session, case)
    ]
    order = list(Severity)
    return tuple(sorted(rows, key=lambda row: (order.index(row.fact.severity), row.number)))


def _row(session: Session, case: Case, fact: ExceptionFact) -> ExceptionRow:
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
            Condition(c["text"], c["owner"], date.fromisoformat(c["due"]) if c["due"] else None)
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
                rows.append(_row(session, case, fact))
    order = list(Severity)
    return tuple(
        sorted(rows, key=lambda r: (r.state == "determined", order.index(r.fact.severity)))
    )


def sheet(session: Session, case_id: str, question: str) -> DecisionSheet:
    """The decision page of one exception. Raises CandorError."""
    case = session.case(case_id)
    fact = next(f for f in reading.exceptions_of(session, case) if f.question == question)
    row = _row(session, case, fact)
    person = session.directory.people[case.subject]
    classes = set(person.classes)
    return DecisionSheet(
        case=case_id,
        question=question,
        number=case.number,
        title=f"{row.person}: {fact.flag_text}",
        line=f"{case.number}. {row.route_reason}",
        facts=_facts(case, fact, row),
        fact=fact,
        rule_text=_why(session, case, question),
        rule_source="; ".join(fact.cites),
        like_cases=_like_cases(session, case_id, fact),
        choices=CHOICES,
        meaning=session.pack.text("determination"),
        needs_departure_ruling=bool(
            classes & {FilerClass.DIRECTOR, FilerClass.NOMINEE, FilerClass.EXECUTIVE_OFFICER}
        ),
        blocked=_blocked(session, case, question),
        determination=row.determination,
    )


def _facts(case: Case, fact: ExceptionFact, row: ExceptionRow) -> tuple[tuple[str, str], ...]:
    submission = reading.newest(case)
    signed = datetime.fromisoformat(submission.claimed_at).date()
    answer = submission.answers[fact.question]
    pairs = (
        ("Filer", f"{row.person}, {row.person_title}"),
        ("Question", f"{fact.question}  {fact.wording}"),
        ("Answer", fact.answer_text),
        ("In their words", fact.explanation),
        ("Comment", answer.comment),
        ("How known", answer.source.value.replace("_", " ")),
        ("Signed", day(signed)),
    )
    return tuple((label, value) for label, value in pairs if value)


def _why(session: Session, case: Case, question: str) -> str:
    form = session.form(reading.newest(case).form)
    return form.question(question).why.get("en", "")


def _like_cases(session: Session, case_id: str, fact: ExceptionFact) -> tuple[tuple[str, str], ...]:
    found = []
    for case in reading.questionnaires(session):
        if case.id == case_id or case.subject == session.person_id:
            continue
        decided = reading.determination_of(case, fact.question)
        if decided is not None:
            words = WORDS[DecisionKind(decided.kind)]
            when = day(datetime.fromisoformat(decided.claimed_at).date())
            found.append((f"{session.name_of(case.subject)}, {fact.question}", f"{words}, {when}"))
    return tuple(found[-3:])


def _blocked(session: Session, case: Case, question: str) -> str:
    referral = reading.referral_of(case, question)
    if case.subject == session.person_id:
        return "These are your own answers. Nobody decides for themselves (Code III)."
    if case.forked:
        return (
            "Two different versions of this record exist, so nothing can be decided here. "
            "Ask the Secretary to settle which one stands."
        )
    if referral is None or referral.person != session.person_id:
        return "This exception was not referred to you."
    if referral.office not in session.offices:
        title = session.pack.office_title(referral.office)
        return f"It was referred to the {title}, an office that you do not hold now."
    return ""


def follows(decision_sheet: DecisionSheet, decision: Decision) -> tuple[str, ...]:
    """What follows when the decision is signed, computed and never typed."""
    lines = []
    if decision.kind is DecisionKind.REFERRED:
        lines.append("It goes to the Audit Committee undecided, with your reasons.")
    elif decision.kind is DecisionKind.ACTUAL:
        lines.append("A waiver can come only from the Board or its committee; none is given here.")
    else:
        lines.append("No Form 8-K: this is not a waiver.")
    if decision_sheet.needs_departure_ruling and decision.material_departure is not None:
        is_not = "a" if decision.material_departure else "no"
        lines.append(f"You rule that it is {is_not} material departure from the Code.")
    for condition in decision.conditions:
        due = f" by {day(condition.due)}" if condition.due else ""
        lines.append(f"{condition.owner or 'The filer'}: {condition.text}{due}.")
    lines.append("Your decision is printed in the Audit Committee's packet.")
    return tuple(lines)


def problems(decision_sheet: DecisionSheet, decision: Decision) -> tuple[str, ...]:
    """What is missing before the decision can be signed."""
    found = []
    if decision_sheet.blocked:
        found.append(decision_sheet.blocked)
    if not decision.reason.strip():
        found.append("Write your reasons; they are printed in the packet.")
    if decision.kind is DecisionKind.APPROVAL_WITH_CONDITIONS and not decision.conditions:
        found.append("Add at least one condition, or choose another decision.")
    if any(not condition.text.strip() for condition in decision.conditions):
        found.append("One condition has no text.")
    if decision_sheet.needs_departure_ruling:
        if decision.material_departure is None:
            found.append("Say whether it is a material departure from the Code.")
        elif not decision.departure_reason.strip():
            found.append("Give the reason for your ruling on a material departure.")
    return tuple(found)


def decide(session: Session, decision: Decision, full_name: str, passphrase: str) -> None:
    """Sign a determination. Raises Problems, SignatureRefused."""
    decide_many(session, (decision,), full_name, passphrase)


def decide_many(
    session: Session, decisions: Sequence[Decision], full_name: str, passphrase: str
) -> None:
    """Sign several determinations in one act: all, or none. Raises Problems, SignatureRefused."""
    found = tuple(
        f"{d.question}: {text}" if len(decisions) > 1 else text
        for d in decisions
        for text in problems(sheet(session, d.case, d.question), d)
    )
    if found:
        raise Problems(" ".join(found), found, hint="Nothing was signed.")
    require_signature(session, full_name, passphrase)
    with session.batch():
        for decision in decisions:
            write_determination(session, decision, full_name)


def write_determination(session: Session, decision: Decision, full_name: str) -> str:
    """Write the signed event of a decision that has passed every check."""
    case = session.case(decision.case)
    referral = reading.referral_of(case, decision.question)
    office = referral.office if referral else ""
    departure = {"is": bool(decision.material_departure), "reason": decision.departure_reason}
    return session.write(
        decision.case,
        EventType.EXCEPTION_DETERMINED,
        [
            ("question", decision.question),
            ("kind", decision.kind.value),
            ("reason", decision.reason.strip()),
            (
                "conditions",
                [
                    {"text": c.text, "owner": c.owner, "due": c.due.isoformat() if c.due else ""}
                    for c in decision.conditions
                ],
            ),
            ("office", office),
            ("material_departure", departure),
            ("meaning", session.pack.text_version("determination")),
            ("name", full_name),
        ],
        deps=(
            reading.newest(case).event,
            *((referral.event,) if referral else ()),
            *session.directory.head,
        ),
    )
