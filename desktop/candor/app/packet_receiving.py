"""Packets that came in files, taken into their place where their bytes are the signed ones."""

from __future__ import annotations

from candor.app import sent
from candor.app.packets import find, keep, meta_of
from candor.app.pending import INCOMING_PACKET
from candor.app.session import Session
from candor.clock import stamp
from candor.errors import CandorError
from candor.records.events import EventType
from candor.records.matters import Case, PageSignature


def receive(session: Session) -> int:
    """Take packets that came in files into their place, each only where its bytes are the ones
    that a signed event names. Returns how many."""
    taken = 0
    for listed in session.vault.documents(INCOMING_PACKET):
        document = session.vault.document(INCOMING_PACKET, listed.key)
        if document is None:
            continue
        taken += _receive_one(session, listed.key, document.data)
    return taken


def _receive_one(session: Session, key: str, pdf: bytes) -> bool:
    packet_id = key.partition("/")[0]
    try:
        case, packet = find(session, packet_id)
    except CandorError:
        return False  # its record has not arrived; the file waits
    digest = sent.digest(pdf)
    signatures = [s for s in packet.signatures if not s.void]
    latest = signatures[-1].digest_after if signatures else packet.digest
    session.vault.delete_document(INCOMING_PACKET, key)
    if digest != latest:
        return False  # an older version than the signed events tell of, or not this packet
    meta = meta_of(session, packet_id) or {
        "case": case.id,
        "title": f"{session.pack.committee('audit').title} {packet.kind}",
        "campaign": "",
    }
    number = len(signatures) - 1
    people = tuple(signer.person for signer in packet.signers)
    onward: tuple[str, ...] = ()
    if "secretary" in session.offices:
        complete = len(signatures) == len(people)
        others = tuple(p for p in people if p != session.person_id)
        onward = others if complete else (people[number + 1],)
        _witness(session, case, signatures)
    keep(session, packet_id, pdf, dict(meta), onward)
    return True


def _witness(session: Session, case: Case, signatures: list[PageSignature]) -> None:
    """Say in a signed receipt that the newest signature was here: nobody signs after the last
    one, and a packet must stay provable when its certificates have run out."""
    newest = signatures[-1] if signatures else None
    if newest is None or newest.person == session.person_id:
        return
    if newest.event in {receipt.of for receipt in case.receipts}:
        return
    session.write(
        case.id,
        EventType.RECEIPT_GIVEN,
        [
            ("event", newest.event),
            ("number", case.number),
            ("received_at", stamp(session.clock.now())),
        ],
        deps=(newest.event, *session.directory.head),
    )
