"""The secretary's receipt: a case number for each signed questionnaire, given on import."""

from __future__ import annotations

import re

from candor.app import reading
from candor.app.session import Session
from candor.clock import stamp
from candor.records.events import EventType


def give(session: Session) -> int:
    """Number and receive every submission that has no receipt yet. Returns how many.

    Only the secretary's vault numbers cases: offline machines cannot agree on a counter.
    """
    if "secretary" not in session.offices:
        return 0
    given = 0
    with session.batch():
        for case in reading.questionnaires(session):
            received = {receipt.of for receipt in case.receipts}
            for submission in case.submissions:
                if submission.event in received:
                    continue
                prefix = session.form(submission.form).case_prefix
                number = case.number or _next_number(session, prefix, given_so_far=given)
                _write(session, case.id, submission.event, number)
                given += 1
    return given


def _write(session: Session, case: str, event: str, number: str) -> None:
    session.write(
        case,
        EventType.RECEIPT_GIVEN,
        [
            ("event", event),
            ("number", number),
            ("received_at", stamp(session.clock.now())),
            ("meaning", session.pack.text_version("receipt")),
        ],
        deps=(event,),
    )


def _next_number(session: Session, prefix: str, *, given_so_far: int) -> str:
    year = session.clock.now().year
    pattern = re.compile(rf"{re.escape(prefix)}-{year}-(\d+)")
    used = [int(m[1]) for c in session.state.cases.values() if (m := pattern.fullmatch(c.number))]
    return f"{prefix}-{year}-{max(used, default=0) + given_so_far + 1:04d}"
