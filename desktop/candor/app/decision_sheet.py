"""The page of one decision: facts, rule, like cases, choices, and what follows from each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from candor.app import reading
from candor.app.matter_capacity import instead_of, not_referred, referred_capacity
from candor.app.reading import ExceptionFact
from candor.app.referring import WORDS, Condition, DeterminationView, ExceptionRow, row_of
from candor.app.session import Session
from candor.app.words import day
from candor.forms.wording import wording
from candor.forms.words import words
from candor.policy.terms import DecisionKind, FilerClass
from candor.records.matters import Case


@dataclass(frozen=True)
class DecisionChoice:
    """One option with the line of consequence that stands under it."""

    kind: DecisionKind
    label: str
    consequence: str


@dataclass(frozen=True)
class DecisionSheet:
    """Everything the decider needs on one page; ``instead_of``: the sentence on the absence in
    which the owner acts, or ''."""

    case: str
    question: str
    number: str
    title: str
    line: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    fact: ExceptionFact
    rule_text: str
    rule_source: str
    like_cases: tuple[tuple[str, str], ...]
    choices: tuple[DecisionChoice, ...]
    meaning: str
    needs_departure_ruling: bool
    instead_of: str
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


def sheet(session: Session, case_id: str, question: str) -> DecisionSheet:
    """The decision page of one exception. Raises CandorError."""
    case = session.case(case_id)
    fact = next(f for f in reading.exceptions_of(session, case) if f.question == question)
    row = row_of(session, case, fact)
    referral = reading.referral_of(case, question)
    acting = referred_capacity(session, case, referral) if referral else None
    person = session.directory.people[case.subject]
    classes = set(person.classes)
    return DecisionSheet(
        case=case_id,
        question=question,
        number=case.number,
        title=f"{row.person}: {fact.flag_text}",
        line=f"{case.number}. {row.route_reason}",
        facts=_facts(case, fact, row),
        rows=fact.rows,
        fact=fact,
        rule_text=_why(session, case, question),
        rule_source="; ".join(fact.cites),
        like_cases=_like_cases(session, case_id, fact),
        choices=CHOICES,
        meaning=session.pack.text("determination"),
        needs_departure_ruling=bool(
            classes & {FilerClass.DIRECTOR, FilerClass.NOMINEE, FilerClass.EXECUTIVE_OFFICER}
        ),
        instead_of=instead_of(session, case, acting),
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
        ("Answer", fact.said),
        ("In their words", fact.explanation),
        ("Comment", answer.comment),
        ("How known", words(answer.language).sources.get(answer.source.value, "")),
        ("Signed", day(signed)),
    )
    return tuple((label, value) for label, value in pairs if value)


def _why(session: Session, case: Case, question: str) -> str:
    """Why the question is asked, as the filer read it."""
    submission = reading.newest(case)
    form = session.form(submission.form)
    said = form.question(question).why
    return wording(said, form, reading.context_of(case), submission.language)


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
    return not_referred(session, case, referral)


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
