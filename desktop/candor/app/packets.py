"""Packets as their screens show them, and the files that belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from candor.app import line_up, sent
from candor.app.files import write_whole
from candor.app.pending import PACKET
from candor.app.session import Session
from candor.errors import CandorError
from candor.packet.content import PacketKind
from candor.records.matters import Case, Packet

KINDS = {kind.value: kind for kind in (PacketKind.PACKET, PacketKind.SUPPLEMENT)}
"""The kinds by the word that a front end may keep."""


@dataclass(frozen=True)
class SignerRow:
    """One signer of a packet; ``state``: "signed", "next" or "later"."""

    person: str
    name: str
    title: str
    meaning: str
    state: str
    signed_at: datetime | None


@dataclass(frozen=True)
class PacketView:
    """A packet as its screen shows it."""

    id: str
    case: str
    kind: PacketKind
    title: str
    version: int
    pages: int
    state_text: str
    line_up: tuple[SignerRow, ...]
    mine_next: bool
    my_title: str
    complete: bool


def planned(session: Session, kind: PacketKind) -> tuple[SignerRow, ...]:
    """Who would sign a packet compiled today, in order. Raises NobodySigns."""
    return tuple(
        SignerRow(
            person=seat.person,
            name=session.name_of(seat.person),
            title=seat.title,
            meaning=session.pack.text(seat.row.meaning),
            state="later",
            signed_at=None,
        )
        for seat in line_up.seats(session, kind.value)
    )


def packets(session: Session) -> tuple[PacketView, ...]:
    """The packets in this vault, the newest first."""
    found = []
    for case in session.state.cases.values():
        for packet in case.packets:
            document = meta_of(session, packet.packet)
            if document is not None:
                found.append((packet.claimed_at, _view(session, case, packet, document)))
    return tuple(view for _, view in sorted(found, key=lambda pair: pair[0], reverse=True))


def meta_of(session: Session, packet_id: str) -> dict[str, object] | None:
    """What the vault keeps beside a packet's file; None where the file is not here."""
    for listed in session.vault.documents(PACKET):
        if listed.key == packet_id:
            return listed.meta
    return None


def _view(session: Session, case: Case, packet: Packet, meta: dict[str, object]) -> PacketView:
    signed = {s.field: s for s in packet.signatures if not s.void}
    rows, next_found = [], False
    for signer in packet.signers:
        done = signed.get(signer.field)
        state = "signed" if done else "later" if next_found else "next"
        next_found = next_found or done is None
        rows.append(
            SignerRow(
                person=signer.person,
                name=session.name_of(signer.person),
                title=office_title(session, signer.office, packet.kind),
                meaning=signer.meaning,
                state=state,
                signed_at=datetime.fromisoformat(done.claimed_at) if done else None,
            )
        )
    waiting = next((row for row in rows if row.state == "next"), None)
    mine = waiting is not None and waiting.person == session.person_id
    return PacketView(
        id=packet.packet,
        case=case.id,
        kind=PacketKind(packet.kind),
        title=str(meta["title"]),
        version=packet.version,
        pages=packet.pages,
        state_text=_state_text(waiting, len(signed), len(rows)),
        line_up=tuple(rows),
        mine_next=mine,
        my_title=waiting.title if waiting and mine else "",
        complete=waiting is None,
    )


def office_title(session: Session, office: str, kind: str) -> str:
    """The title under which an office signs a packet of a kind."""
    if kind == PacketKind.SUPPLEMENT and office == "ac_member":
        return "Acting Chair of the Audit Committee"
    return session.pack.office_title(office)


def _state_text(waiting: SignerRow | None, signed: int, total: int) -> str:
    if waiting is None:
        return f"Signed by all {total}"
    return f"{signed} of {total} have signed; next: {waiting.name}"


def packet_pdf(session: Session, packet_id: str) -> bytes:
    """The newest version of a packet's file. Raises CandorError."""
    document = session.vault.document(PACKET, packet_id)
    if document is None:
        raise CandorError("That packet is not in this vault.", hint="Import its file first.")
    return document.data


def save_packet(session: Session, packet_id: str, path: Path) -> Path:
    """Export a packet as a PDF: an explicit act, the only way plaintext leaves the vault."""
    return write_whole(path, packet_pdf(session, packet_id))


def find(session: Session, packet_id: str) -> tuple[Case, Packet]:
    """A packet with its case. Raises CandorError."""
    for case in session.state.cases.values():
        for packet in case.packets:
            if packet.packet == packet_id:
                return case, packet
    raise CandorError("That packet is not in this vault.", hint="Import its file first.")


def keep(
    session: Session,
    packet_id: str,
    pdf: bytes,
    meta: Mapping[str, object],
    recipients: tuple[str, ...],
) -> None:
    """Keep the newest version of a packet's file, and to whom it goes next."""
    whole = {**meta, "digest": sent.digest(pdf), "to": list(recipients)}
    session.vault.put_document(PACKET, packet_id, pdf, whole)
