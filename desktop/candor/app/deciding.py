"""Deciding: the one whom the Code names signs a determination for each exception.

The one door for front ends; the rooms behind it: `referring` (lists and referrals) and
`decision_sheet` (the page of one decision).
"""

from __future__ import annotations

from collections.abc import Sequence

from candor.app import reading
from candor.app.decision_sheet import (
    CHOICES,
    Decision,
    DecisionChoice,
    DecisionSheet,
    follows,
    problems,
    sheet,
)
from candor.app.integrity import require_decidable
from candor.app.matter_capacity import Capacity, referred_capacity
from candor.app.reading import ExceptionFact
from candor.app.referring import (
    WORDS,
    Condition,
    DeterminationView,
    ExceptionRow,
    exceptions,
    queue,
    refer,
    route_of,
)
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.errors import Problems
from candor.records.events import EventType

__all__ = [
    "CHOICES",
    "WORDS",
    "Condition",
    "Decision",
    "DecisionChoice",
    "DecisionSheet",
    "DeterminationView",
    "ExceptionFact",
    "ExceptionRow",
    "decide",
    "decide_many",
    "exceptions",
    "follows",
    "problems",
    "queue",
    "refer",
    "route_of",
    "sheet",
    "write_determination",
]


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
    require_decidable(session, dict.fromkeys(d.case for d in decisions))
    require_signature(session, full_name, passphrase)
    with session.batch():
        for decision in decisions:
            write_determination(session, decision, full_name)


def write_determination(
    session: Session, decision: Decision, full_name: str, acting: Capacity | None = None
) -> str:
    """Write the signed event of a decision that has passed every check. ``acting``: in which
    office; without one, that which the owner may act in today."""
    case = session.case(decision.case)
    referral = reading.referral_of(case, decision.question)
    if acting is None and referral is not None:
        acting = referred_capacity(session, case, referral) or Capacity(referral.office)
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
            ("office", acting.office if acting else ""),
            ("in_absence_of", acting.absent if acting else ""),
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
