"""Signing a packet: verify what came, sign in the owner's place, hand it on."""

from __future__ import annotations

from candor.app import sent
from candor.app.compiling import PacketRefused
from candor.app.integrity import require_sound
from candor.app.packets import find, keep, meta_of, office_title, packet_pdf
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.app.verifying import trust_of
from candor.clock import Tick, no_tick
from candor.packet.content import FieldSpec
from candor.packet.signer import PdfSigner
from candor.packet.verify_lines import LineState, Verdict
from candor.records.events import EventType
from candor.records.matters import Packet


def sign_packet(
    session: Session, packet_id: str, full_name: str, passphrase: str, tick: Tick = no_tick
) -> None:
    """Verify the packet as it came, then sign it in the owner's place.

    Raises PacketRefused where it is not what was compiled, SignatureRefused.
    """
    case, packet = find(session, packet_id)
    pdf = packet_pdf(session, packet_id)
    number = _my_place(session, packet)
    signer = packet.signers[number]
    signed = {s.field: s for s in packet.signatures if not s.void}
    _check_before_signing(session, packet, pdf, bool(signed), tick)
    require_sound(session, (case.id,))
    require_signature(session, full_name, passphrase)
    field = FieldSpec(
        name=signer.field,
        page=0,
        rect=(0, 0, 0, 0),
        person=signer.person,
        office=signer.office,
        meaning=signer.meaning,
        last=number == len(packet.signers) - 1,
        title=office_title(session, signer.office, packet.kind),
        signer=session.me.name,
    )
    at = session.clock.now()
    new: bytes = session.runner(
        "sign_pdf", pdf, field, _credentials(session, field.title), at, number == 0, tick=tick
    )
    with session.batch():
        session.write(
            case.id,
            EventType.PACKET_SIGNED,
            [
                ("packet", packet_id),
                ("field", signer.field),
                ("digest_before", sent.digest(pdf)),
                ("digest_after", sent.digest(new)),
                ("name", full_name.strip()),
            ],
            deps=(packet.event, *(s.event for s in signed.values()), *session.directory.head),
        )
        meta = meta_of(session, packet_id) or {}
        keep(session, packet_id, new, dict(meta), _next_hands(session, packet, number))


def _my_place(session: Session, packet: Packet) -> int:
    signed = {s.field for s in packet.signatures if not s.void}
    for number, signer in enumerate(packet.signers):
        if signer.field in signed:
            continue
        if signer.person == session.person_id:
            return number
        raise PacketRefused(
            f"{session.name_of(signer.person)} signs before you, so you cannot sign yet.",
            hint="Import the file that brings their signature.",
        )
    raise PacketRefused("Everybody has signed this packet.", hint="Verify it instead.")


def _check_before_signing(
    session: Session, packet: Packet, pdf: bytes, begun: bool, tick: Tick
) -> None:
    """The first signer signs what the compiling recorded; the others verify what came."""
    if not begun:
        if sent.digest(pdf) != packet.digest:
            raise PacketRefused(
                "This file is not the one that was compiled, so it cannot be signed.",
                hint="Compile the packet again.",
            )
        return
    verdict = verdict_of(session, pdf, tick)
    stopped = [line for line in verdict.lines if line.state is LineState.STOPPED]
    if stopped:
        raise PacketRefused(
            f"This packet cannot be relied on: {stopped[0].statement}",
            hint="Do not sign it. Tell the Secretary.",
        )


def verdict_of(session: Session, pdf: bytes, tick: Tick = no_tick) -> Verdict:
    """Verify a packet against this vault's root and directory."""
    now = session.clock.now()
    verdict: Verdict = session.runner("verify_pdf", pdf, trust_of(session), now, tick=tick)
    return verdict


def _credentials(session: Session, title: str) -> PdfSigner:
    certificate = session.directory.certificate(session.identity.key_id)
    if certificate is None:
        raise PacketRefused(
            "Your certificate has not arrived, so you cannot sign yet.",
            hint="Import the Secretary's file that brings it.",
        )
    return PdfSigner(
        person=session.person_id,
        name=session.me.name,
        title=title,
        key=session.identity.p256_key,
        certificate=bytes.fromhex(certificate.x509),
        root=bytes.fromhex(session.root.x509_root),
    )


def _next_hands(session: Session, packet: Packet, number: int) -> tuple[str, ...]:
    """Who gets the file next: the secretary from the others, the next signer from the
    secretary, every signer once it is complete."""
    people = tuple(signer.person for signer in packet.signers)
    if "secretary" not in session.offices:
        return session.directory.holders("secretary")
    if number == len(people) - 1:
        return tuple(p for p in people if p != session.person_id)
    return (people[number + 1],)
