"""Absence as a signed, dated, scoped act: only then does a deputy decide; silence never counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.app import acts
from candor.app.session import Session
from candor.errors import Problems
from candor.policy.facts import Matter
from candor.records.acts import AbsenceAct


@dataclass(frozen=True)
class AbsenceRow:
    """A declared absence; ``matters`` empty: every matter. ``now``: it covers today."""

    office: str
    holder: str
    deputy: str
    deputy_holder: str
    start: date
    end: date
    matters: tuple[str, ...]
    reason: str
    now: bool


def declare(
    session: Session,
    office: str,
    deputy: str,
    start: date,
    end: date,
    reason: str,
    matters: tuple[Matter, ...] = (),
) -> None:
    """Record, signed by the root, that the holder of an office is away and who acts.

    Raises Problems and NotYours.
    """
    session.need_office("secretary")
    found = problems(session, office, deputy, start, end, reason)
    if found:
        raise Problems(" ".join(found), found, hint="Nothing was recorded.")
    scope = tuple(matter.value for matter in matters)
    away = AbsenceAct(office, deputy, start.isoformat(), end.isoformat(), scope, reason.strip())
    acts.say(session, [away])


def problems(
    session: Session, office: str, deputy: str, start: date, end: date, reason: str
) -> tuple[str, ...]:
    """What stands in the way of an absence, as sentences."""
    held, acting = session.holders().get(office, ()), session.holders().get(deputy, ())
    rules = (
        (office in session.pack.offices, "That office is not one of the Code's."),
        (bool(held), "Nobody holds that office, so nobody can be away from it."),
        (bool(acting), "Nobody holds the deputy's office."),
        (office != deputy and not set(held) & set(acting), "Nobody is their own deputy."),
        (start <= end, "The last day is before the first."),
        (
            end.isoformat() >= session.today,
            "The absence is over already, so it comes too late.",
        ),
        (bool(reason.strip()), "Say why: who reads the record later wants to know."),
    )
    return tuple(text for kept, text in rules if not kept)


def absences(session: Session) -> tuple[AbsenceRow, ...]:
    """Every declared absence, the newest first."""
    rows = [
        AbsenceRow(
            office=session.pack.office_title(a.office),
            holder=_holder(session, a.office),
            deputy=session.pack.office_title(a.deputy),
            deputy_holder=_holder(session, a.deputy),
            start=date.fromisoformat(a.start),
            end=date.fromisoformat(a.end),
            matters=a.matters,
            reason=a.reason,
            now=a.start <= session.today <= a.end,
        )
        for a in session.directory.absences
    ]
    return tuple(sorted(rows, key=lambda row: row.start, reverse=True))


def _holder(session: Session, office: str) -> str:
    held = session.holders().get(office, ())
    return session.name_of(held[-1]) if held else ""
