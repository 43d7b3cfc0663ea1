"""The secretary's receipt: a case number for each signed form, given on import."""

from __future__ import annotations

import re

from candor.app import matter_reading, reading
from candor.app.session import Session
from candor.clock import stamp
from candor.errors import CandorError
from candor.records.events import EventType
from candor.records.matters import Case


def give(session: Session) -> int:
    """Number and receive every submission that has no receipt yet. Returns how many.

    Only the secretary's vault numbers cases: offline machines cannot agree on a counter.
    """
    if "secretary" not in session.offices:
        return 0
    given = 0
    numbers = _Numbers(session)
    with session.batch():
        for case in (*reading.questionnaires(session), *_matters(session)):
            received = {receipt.of for receipt in case.receipts}
            number = case.number
            for submission in case.submissions:
                if submission.event in received:
                    continue
                number = number or numbers.take(session.form(submission.form).case_prefix)
                _write(session, case.id, submission.event, number)
                given += 1
    return given


def _matters(session: Session) -> list[Case]:
    """The matters that the secretary may read, with a form that this vault knows."""
    found = (c for c in matter_reading.matters(session) if "secretary" in c.audience_offices)
    return [case for case in found if all(_known(session, s.form) for s in case.submissions)]


def _known(session: Session, form: str) -> bool:
    try:
        session.form(form)
    except CandorError:
        return False  # numbered once its form has arrived; everything else is imported now
    return True


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


class _Numbers:
    """The next free case number of each prefix this year."""

    def __init__(self, session: Session) -> None:
        self._year = session.clock.now().year
        self._last: dict[str, int] = {}
        pattern = re.compile(rf"(.+)-{self._year}-(\d+)")
        for case in session.state.cases.values():
            if found := pattern.fullmatch(case.number):
                self._last[found[1]] = max(self._last.get(found[1], 0), int(found[2]))

    def take(self, prefix: str) -> str:
        """The next number, which then is used."""
        self._last[prefix] = self._last.get(prefix, 0) + 1
        return f"{prefix}-{self._year}-{self._last[prefix]:04d}"
