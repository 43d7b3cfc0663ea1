"""Answers that only their reader may see, and whether the reader has seen them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from candor.app import reading
from candor.app.session import Session
from candor.errors import CandorError
from candor.forms.display import answer_line
from candor.forms.wording import wording
from candor.policy.terms import Severity


@dataclass(frozen=True)
class SealedItem:
    """A sealed body with a flagged answer; ``lines`` are (question, wording, answer)."""

    case: str
    person: str
    person_title: str
    signed_at: datetime
    lines: tuple[tuple[str, str, str], ...]
    flagged: bool
    read: bool


def sealed(session: Session) -> tuple[SealedItem, ...]:
    """The sealed answers that this vault may read and its owner did not write."""
    found = []
    for case in session.state.cases.values():
        if case.kind != "sealed" or case.subject == session.person_id or not case.submissions:
            continue
        submission = case.submissions[-1]
        try:
            form = session.form(submission.form)
        except CandorError:
            continue  # it is shown once the form has arrived; everything else can be read now
        asked = {question.id for question in form.questions}
        severities = {Severity(flag.severity) for flag in reading.flags_of(session, case)}
        lines = tuple(
            (
                q,
                wording(form.question(q).text, form, reading.context_of(case), a.language),
                answer_line(form.question(q), a, a.language),
            )
            for q, a in submission.answers.items()
            if q in asked
        )
        found.append(
            SealedItem(
                case=case.id,
                person=session.name_of(case.subject),
                person_title=session.title_of(case.subject),
                signed_at=datetime.fromisoformat(submission.claimed_at),
                lines=lines,
                flagged=bool(severities - {Severity.LOW}),
                read=session.vault.document("read", submission.event) is not None,
            )
        )
    return tuple(found)


def unread(session: Session) -> tuple[SealedItem, ...]:
    """Sealed answers that say something and were not opened yet."""
    return tuple(item for item in sealed(session) if item.flagged and not item.read)


def mark_read(session: Session, case: str) -> None:
    """Note, in this vault alone, that its owner has read a sealed answer."""
    submission = reading.newest(session.case(case))
    session.vault.put_document("read", submission.event, b"read", {})
    session.changed += 1
