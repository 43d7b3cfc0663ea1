"""What the cases say, read with their forms: exceptions, decisions, last year's answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from candor.app.session import Session
from candor.errors import CandorError
from candor.forms import flags as form_flags
from candor.forms.answers import Answer, Context, Filer, Flag, rows_of
from candor.forms.definition import Form
from candor.forms.display import answer_line, cells, said
from candor.forms.wording import wording
from candor.policy.terms import Severity
from candor.records.matters import Case, Determination, Issue, Referral, Submission

MAIN = "questionnaire"
_ORDER = (Severity.HIGH, Severity.MEDIUM, Severity.OPEN, Severity.LOW)
_EXCEPTIONS = frozenset({Severity.HIGH, Severity.MEDIUM, Severity.OPEN})


@dataclass(frozen=True)
class ExceptionFact:
    """One answer that needs a decision, with everything that its screen and page show.

    ``answer_text`` is the whole of it in one line; ``said``, ``rows`` (label and value of each
    cell that is filled in) and ``explanation`` are its parts.
    """

    question: str
    wording: str
    answer_text: str
    said: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    explanation: str
    severity: Severity
    kinds: tuple[str, ...]
    flag_text: str
    cites: tuple[str, ...]


def questionnaires(session: Session, campaign: str = "") -> tuple[Case, ...]:
    """The questionnaire cases of a campaign (or of all), in order of their case ids."""
    found = (c for c in session.state.cases.values() if c.kind == MAIN)
    return tuple(c for c in found if not campaign or c.campaign == campaign)


def newest(case: Case) -> Submission:
    """The newest submission that counts. Raises CandorError where nothing is signed."""
    if not case.submissions:
        raise CandorError("This form is not signed yet.", hint="Sign it first.")
    return case.submissions[-1]


def context_of_issue(issued: Issue) -> Context:
    """What the secretary fixed when she issued the form; a filer cannot change it."""
    return Context(
        filer=msgspec.convert(issued.filer, Filer),
        determination_date=issued.determination_date,
        fiscal_year_end=issued.fiscal_year_end,
        settings=dict(issued.settings),
        facts=dict(issued.facts),
    )


def context_of(case: Case) -> Context:
    """What a case's answers are read against: as issued; a sealed body, which its readers hold
    without the issue, carries its own."""
    if case.issued is not None:
        return context_of_issue(case.issued)
    return msgspec.convert(newest(case).context, Context)


def flags_of(session: Session, case: Case) -> tuple[Flag, ...]:
    """The flags that the newest submission raises under its own form, as it was issued."""
    submission = newest(case)
    return session.lasting(
        ("flags", case.issued_event, submission.event),
        lambda: form_flags.flags(
            session.form(submission.form), context_of(case), submission.answers
        ),
    )


def exceptions_of(session: Session, case: Case) -> tuple[ExceptionFact, ...]:
    """The exceptions of the newest submission, most serious first, one per question."""
    if not case.submissions:
        return ()
    key = ("exceptions", case.issued_event, case.submissions[-1].event)
    return session.lasting(key, lambda: _exceptions(session, case))


def _exceptions(session: Session, case: Case) -> tuple[ExceptionFact, ...]:
    submission = newest(case)
    form = session.form(submission.form)
    by_question: dict[str, list[Flag]] = {}
    for flag in flags_of(session, case):
        if Severity(flag.severity) in _EXCEPTIONS:
            by_question.setdefault(flag.question, []).append(flag)
    context = context_of(case)
    found = [_fact(form, context, submission.answers, q, flags) for q, flags in by_question.items()]
    return tuple(sorted(found, key=lambda f: (_ORDER.index(f.severity), _number(f.question))))


def _number(question: str) -> tuple[int, ...]:
    return tuple(int(part) for part in question.split(".") if part.isdigit())


def _fact(
    form: Form,
    context: Context,
    answers: Mapping[str, Answer],
    question_id: str,
    flags: list[Flag],
) -> ExceptionFact:
    question = form.question(question_id)
    answer = answers.get(question_id, Answer(question_id))
    severity = min((Severity(f.severity) for f in flags), key=_ORDER.index)
    return ExceptionFact(
        question=question_id,
        wording=wording(question.text, form, context, answer.language),
        answer_text=answer_line(question, answer, answer.language),
        said=said(question, answer, answer.language),
        rows=tuple(cells(question, r, answer.language) for r in rows_of(question, answer)),
        explanation=answer.unable or answer.explanation,
        severity=severity,
        kinds=tuple(dict.fromkeys(kind for flag in flags for kind in flag.kinds)),
        flag_text=" ".join(dict.fromkeys(flag.text for flag in flags)),
        cites=question.cites,
    )


def determination_of(case: Case, question: str) -> Determination | None:
    """The determination of a question that counts: the newest one that is not void."""
    return case.determination(question)


def referral_of(case: Case, question: str) -> Referral | None:
    """The newest referral of a question."""
    found = [r for r in case.referrals if question in r.questions]
    return found[-1] if found else None


def whose_turn(session: Session, referral: Referral) -> tuple[str, str]:
    """The office and the person whom a referral leaves to decide today: whoever was named while
    they hold the office, a deputy only while the signed absence lasts, else its holder."""
    held = session.directory.holders(referral.office, session.today)
    if referral.person and (referral.person in held or not held):
        return referral.office, referral.person
    deputies = session.directory.deputies(referral.office, session.today, MAIN)
    acting = next((d for d in referral.deciders if d.office in deputies), None)
    if acting is not None:
        return acting.office, acting.person
    return referral.office, held[-1] if held else ""


def undecided(session: Session, case: Case) -> tuple[ExceptionFact, ...]:
    """The exceptions that still need a determination."""
    facts = exceptions_of(session, case)
    return tuple(f for f in facts if case.forked or determination_of(case, f.question) is None)


def last_signed(session: Session, person: str) -> dict[str, Any]:
    """What this vault holds of a person's newest signed answers, as next year's proposals."""
    cases = (c for c in questionnaires(session) if c.subject == person)
    found = [c.submissions[-1] for c in cases if c.submissions]
    if not found:
        return {}
    last = max(found, key=lambda s: s.claimed_at)
    return {
        question: {"answer": msgspec.to_builtins(answer), "signed_at": last.claimed_at}
        for question, answer in last.answers.items()
    }
