"""The owner's disclosures: what they began, and what they filed with where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from candor.app import matter_drafts, matter_reading
from candor.app.matter_case import about
from candor.app.matter_drafts import DraftRow
from candor.app.matter_standing import Duty, Group, Standing, duties, standing
from candor.app.session import Session

_ORDER = (Group.NEEDS, Group.STOPPED, Group.WAITING, Group.DONE)


@dataclass(frozen=True)
class FiledRow:
    """One filed matter of the owner's."""

    case: str
    number: str
    title: str
    standing: Standing
    duties: tuple[Duty, ...]
    signed_at: str


@dataclass(frozen=True)
class Disclosures:
    """What the owner began and did not sign, and what they filed: what needs them first."""

    drafts: tuple[DraftRow, ...]
    filed: tuple[FiledRow, ...]


def disclosures(session: Session) -> Disclosures:
    """Everything that the owner tells the Company by themselves."""
    rows = [
        FiledRow(
            case=case.id,
            number=case.number,
            title=about(session, case),
            standing=standing(session, case),
            duties=tuple(duty for duty in duties(session, case) if duty.mine),
            signed_at=case.submissions[-1].claimed_at,
        )
        for case in matter_reading.matters(session)
        if case.subject == session.person_id and any(s.here for s in case.submissions)
    ]
    rows.sort(key=lambda row: row.signed_at, reverse=True)
    rows.sort(key=lambda row: _ORDER.index(row.standing.group))
    return Disclosures(matter_drafts.drafts(session), tuple(rows))


def count(session: Session) -> int:
    """How many filed matters need their filer."""
    filed = disclosures(session).filed
    return sum(row.standing.group is Group.NEEDS or bool(row.duties) for row in filed)
