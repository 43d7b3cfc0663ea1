"""Packets and the signatures reported for their pages: which count, and why others do not."""

from __future__ import annotations

import msgspec

from candor.records.decisions import NO_OFFICE
from candor.records.events import EventType
from candor.records.items import PacketItems, PageItems
from candor.records.judge import Judged
from candor.records.matters import Packet, PageSignature
from candor.records.working import Working

NO_PACKET = "It does not belong to a packet of this case."
NOT_THAT_SIGNER = "Its author is not the one named for that signature."
TWICE = "That field of the packet was signed before."
OTHER_BYTES = "It was put on other bytes than this packet's."


def packets(work: Working) -> tuple[Packet, ...]:
    """Every packet compiled in a campaign's case, with the signatures reported for it."""
    found: dict[str, Packet] = {}
    for judged in work.each(EventType.PACKET_COMPILED):
        if fault := work.secretary_fault(judged):
            work.void[judged.id] = fault
        elif compiled := work.read(judged, PacketItems):
            found[judged.id] = Packet(
                event=judged.id,
                packet=compiled.packet,
                kind=compiled.kind,
                version=compiled.version,
                digest=compiled.digest,
                pages=compiled.pages,
                claimed_at=judged.header.claimed_at,
                person=work.author(judged),
                signers=compiled.signers,
                cases=compiled.cases,
            )
    for judged in work.each(EventType.PACKET_SIGNED):
        if items := work.read(judged, PageItems):
            _add_signature(work, found, judged, items)
    checked = tuple(_branch_checked(p) for p in found.values())
    work.void.update({s.event: s.void for p in checked for s in p.signatures if s.void})
    return checked


def _add_signature(
    work: Working, found: dict[str, Packet], judged: Judged, items: PageItems
) -> None:
    """Put a reported signature with the compilation that it depends on, or the last of its id."""
    fitting = [p for p in found.values() if p.packet == items.packet]
    named = [p for p in fitting if p.event in judged.header.deps] or fitting
    if not named:
        work.void[judged.id] = NO_PACKET
        return
    packet = named[-1]
    void = _page_fault(work, judged, items, packet)
    if void:
        work.void[judged.id] = void
    signature = PageSignature(
        event=judged.id,
        person=work.author(judged),
        claimed_at=judged.header.claimed_at,
        field=items.field,
        digest_before=items.digest_before,
        digest_after=items.digest_after,
        void=void,
    )
    found[packet.event] = msgspec.structs.replace(
        packet, signatures=(*packet.signatures, signature)
    )


def _page_fault(work: Working, judged: Judged, items: PageItems, packet: Packet) -> str:
    signer = next((s for s in packet.signers if s.field == items.field), None)
    if work.forked:
        return work.forked
    if signer is None or signer.person != work.author(judged):
        return NOT_THAT_SIGNER
    if signer.office and not work.authority.holds(judged, signer.office):
        return NO_OFFICE
    return ""


def _branch_checked(packet: Packet) -> Packet:
    """Void signatures on bytes that no counting signature made, and notice two on the same."""
    reached, fields = {packet.digest}, set()
    before: list[str] = []
    checked = []
    for signature in _in_signing_order(packet):
        void = signature.void
        if not void and signature.digest_before not in reached:
            void = OTHER_BYTES
        if not void and signature.field in fields:
            void = TWICE
        if not void:
            before.append(signature.digest_before)
            reached.add(signature.digest_after)
            fields.add(signature.field)
        checked.append(msgspec.structs.replace(signature, void=void))
    branched = len(set(before)) < len(before)
    return msgspec.structs.replace(packet, signatures=tuple(checked), branched=branched)


def _in_signing_order(packet: Packet) -> list[PageSignature]:
    """The signatures by the bytes that each one was put on, then those that fit nowhere."""
    left, ordered, reached = list(packet.signatures), [], [packet.digest]
    for digest in reached:
        here = [s for s in left if s.digest_before == digest]
        ordered.extend(here)
        left = [s for s in left if s.digest_before != digest]
        reached.extend(s.digest_after for s in here if not s.void)
    return ordered + left
