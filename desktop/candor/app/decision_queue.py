"""Everything that waits for one decider, exceptions and whole matters in one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.app import deciding, matter_deciding
from candor.app.matter_deciding import QueueRow
from candor.app.referring import ExceptionRow
from candor.app.session import Session
from candor.policy.terms import Severity

DONE = "decided"
WAITS = "asked"


@dataclass(frozen=True)
class ToDecide:
    """One thing to decide. ``question`` is '' for a whole matter; ``state`` is a key of
    `matter_deciding.STATES`; ``severity`` None for a matter."""

    case: str
    question: str
    number: str
    person: str
    person_title: str
    what: str
    why: str
    due: date | None
    state: str
    state_text: str
    severity: Severity | None = None

    @property
    def group(self) -> str:
        """Whose turn it is: "open", "asked" (the filer's) or "decided"."""
        return self.state if self.state in {DONE, WAITS} else "open"


def to_decide(session: Session) -> tuple[ToDecide, ...]:
    """What the owner has to decide: open first, by due date, then by severity and number."""
    rows = [_matter(session, row) for row in matter_deciding.queue(session)]
    rows += [_exception(row) for row in deciding.queue(session)]
    return tuple(sorted(rows, key=_turn))


_GROUPS = ("open", WAITS, DONE)
_SEVERITIES = list(Severity)


def _turn(row: ToDecide) -> tuple[int, date, int, str]:
    severity = _SEVERITIES.index(row.severity) if row.severity else -1
    return _GROUPS.index(row.group), row.due or date.max, severity, row.number


def _matter(session: Session, row: QueueRow) -> ToDecide:
    route = session.case(row.case).route
    stands_in = f"In the absence of the {row.absent}. " if row.absent else ""
    return ToDecide(
        case=row.case,
        question="",
        number=row.number,
        person=row.person,
        person_title=row.person_title,
        what=row.title,
        why=f"{stands_in}{route.reason if route else ''}".strip(),
        due=row.due,
        state=row.state,
        state_text=row.state_text,
    )


def _exception(row: ExceptionRow) -> ToDecide:
    decided = row.determination
    return ToDecide(
        case=row.case,
        question=row.fact.question,
        number=row.number,
        person=row.person,
        person_title=row.person_title,
        what=f"{row.fact.question}  {row.fact.flag_text}",
        why=row.fact.answer_text,
        due=None,
        state=DONE if decided else "decide",
        state_text=decided.words if decided else matter_deciding.STATES["decide"],
        severity=row.fact.severity,
    )
