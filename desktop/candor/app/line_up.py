"""Who signs a packet, in order, and whose own answers therefore stand elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from candor.app import reading
from candor.app.session import Session
from candor.errors import CandorError
from candor.packet.content import SignerLine
from candor.policy.pack import LineUp
from candor.records.matters import Case

ACTING_CHAIR = "acting_chair"


class NobodySigns(CandorError):
    """An office of the line-up is vacant, so that the packet could never be completed."""


@dataclass(frozen=True)
class Seat:
    """One signer: the pack's row and the person who fills it."""

    row: LineUp
    person: str
    office: str
    title: str
    acting_note: str = ""


def seats(session: Session, kind: str) -> tuple[Seat, ...]:
    """The signers of a packet kind today. Raises NobodySigns naming the vacant office."""
    return tuple(_seat(session, row) for row in session.pack.line_up(kind))


def _seat(session: Session, row: LineUp) -> Seat:
    directory, pack = session.directory, session.pack
    if row.office == ACTING_CHAIR:
        chair = set(directory.holders("ac_chair"))
        members = [p for p in directory.holders("ac_member") if p not in chair]
        if not members:
            raise NobodySigns(
                "The Audit Committee has no member who could act for its Chair.",
                hint="Record the members under People.",
            )
        note = "Acts for the Chair, whose own answers are in this supplement"
        return Seat(row, members[0], "ac_member", "Acting Chair of the Audit Committee", note)
    person = directory.holder(row.office)
    title = pack.office_title(row.office)
    if person is None:
        raise NobodySigns(
            f"Nobody holds the office of {title}, so this packet could never be completed.",
            hint="Record who holds it under People.",
        )
    return Seat(row, person, row.office, title)


def lines(session: Session, kind: str) -> tuple[SignerLine, ...]:
    """The signature page's lines."""
    return tuple(
        SignerLine(
            person=seat.person,
            name=session.name_of(seat.person),
            office=seat.office,
            title=seat.title,
            meaning=session.pack.text(seat.row.meaning),
            acting_note=seat.acting_note,
            certificate=_certificate(session, seat.person),
        )
        for seat in seats(session, kind)
    )


def _certificate(session: Session, person: str) -> str:
    certificate = session.directory.current_certificate(person)
    return certificate.key_id[:12] if certificate else ""


def split(session: Session, campaign: str) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """The campaign's signed questionnaires: (those for the packet, those for the supplement).

    A signer's own questionnaire stands in the supplement: nobody signs pages on their own
    exceptions (Code III paragraph 2).
    """
    signers = {seat.person for seat in seats(session, "packet")}
    cases = [c for c in reading.questionnaires(session, campaign) if c.submissions]
    ordered = sorted(cases, key=lambda c: (session.name_of(c.subject).split()[-1], c.id))
    return (
        tuple(c for c in ordered if c.subject not in signers),
        tuple(c for c in ordered if c.subject in signers),
    )
