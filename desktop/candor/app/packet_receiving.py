"""Packets that came in files, taken into their place where their bytes are the signed ones."""

from __future__ import annotations

from candor.app import sent
from candor.app.packets import find, keep, meta_of
from candor.app.pending import INCOMING_PACKET
from candor.app.session import Session
from candor.errors import CandorError


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


def _receive_one(session: Session, packet_id: str, pdf: bytes) -> bool:
    try:
        case, packet = find(session, packet_id)
    except CandorError:
        return False  # its record has not arrived; the file waits
    digest = sent.digest(pdf)
    signatures = [s for s in packet.signatures if not s.void]
    latest = signatures[-1].digest_after if signatures else packet.digest
    session.vault.delete_document(INCOMING_PACKET, packet_id)
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
    keep(session, packet_id, pdf, dict(meta), onward)
    return True
