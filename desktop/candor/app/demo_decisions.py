"""What the deciders of the demonstration decide: plainly, by the kind of flag."""

from __future__ import annotations

from datetime import timedelta

from candor.app.deciding import Condition, Decision, ExceptionRow
from candor.app.session import Session
from candor.policy.terms import DecisionKind, FlagKind, Severity

_NO_DEPARTURE = "Disclosed in full, and the Code provides for it."


def decision(session: Session, row: ExceptionRow) -> Decision:
    """A complete decision on one exception, ready to sign."""
    kind, reason, conditions = _by_flag(session, row)
    return Decision(
        case=row.case,
        question=row.fact.question,
        kind=kind,
        reason=reason,
        conditions=conditions,
        material_departure=False,
        departure_reason=_NO_DEPARTURE,
    )


def _by_flag(
    session: Session, row: ExceptionRow
) -> tuple[DecisionKind, str, tuple[Condition, ...]]:
    kinds = set(row.fact.kinds)
    if row.fact.severity is Severity.OPEN:
        return DecisionKind.NOTED, "The reason is good; the Secretary asks once more.", ()
    if FlagKind.RPT in kinds:
        return (
            DecisionKind.REFERRED,
            "Over the threshold or not yet priced, so the Committee should decide.",
            (),
        )
    if FlagKind.IND in kinds or FlagKind.ACI in kinds:
        return DecisionKind.REFERRED, "It bears on independence, which the Board determines.", ()
    if FlagKind.COI in kinds:
        due = session.clock.now().date() + timedelta(days=60)
        return (
            DecisionKind.APPROVAL_WITH_CONDITIONS,
            "Small, disclosed at once, and kept apart from Company business.",
            (Condition("Takes no part in dealings with this business", row.person, due),),
        )
    return DecisionKind.NOTED, "A fact for the filings; no conflict.", ()
