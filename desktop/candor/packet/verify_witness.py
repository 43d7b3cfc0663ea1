"""Who else says that a signature existed before a certificate ran out or was withdrawn.

The signer's own time proves nothing about that: whoever holds an old key can set a clock back.
A witness is another person's signed event (that they signed the file after it, or received it),
or a time stamp by an authority that the reader trusts.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from candor.clock import as_utc
from candor.keys import ed25519
from candor.packet.parsing import FAULTS, asn1_x509
from candor.packet.verify_events import Pairs
from candor.packet.verify_file import Mark, Stamp
from candor.packet.verify_policy import ARCHIVAL
from candor.records import chain
from candor.records.body import fits
from candor.records.codec import RecordRefused
from candor.records.directory import Directory
from candor.records.events import Body, EventType, Header, SignedEvent

_END = b"%%EOF"


@dataclass(frozen=True, slots=True)
class Witness:
    """Who says at which instant that the file was as ``states`` (hex SHA-256) name it, or, for a
    time stamp, that its first ``covers`` bytes existed. ``person``: '' for an authority."""

    name: str
    person: str
    at: datetime
    states: frozenset[str] = frozenset()
    covers: int = 0
    event: str = ""

    def saw(self, mark: Mark, states: frozenset[str]) -> bool:
        """Whether the signature was in what the witness names; nobody witnesses their own."""
        if self.person == mark.expected.person or self.at < mark.at:
            return False
        return self.covers >= mark.end or bool(self.states & states)


def states_with(pdf: bytes, mark: Mark) -> frozenset[str]:
    """Digests (hex) of the states of the file that hold a signature: at its own end and at the
    end of each later revision."""
    ends = {mark.end, len(pdf)}
    at = pdf.find(_END, mark.end)
    while at >= 0:
        # with and without the line end after the mark
        ends |= {at + len(_END) + more for more in (0, 1, 2)}
        at = pdf.find(_END, at + 1)
    return frozenset(hashlib.sha256(pdf[:end]).hexdigest() for end in ends if end <= len(pdf))


def witnesses(events: Pairs, directory: Directory) -> tuple[Witness, ...]:
    """The sound events among ``events`` that tell of a signed packet."""
    known = {chain.event_id(s): (s, chain.header(s), b) for s, b in events if _tells(s) and b}
    return tuple(_said(known, directory))


_TELLING = frozenset({EventType.PACKET_SIGNED, EventType.RECEIPT_GIVEN})
Known = dict[str, tuple[SignedEvent, Header, Body]]


def _tells(signed: SignedEvent) -> bool:
    try:
        return chain.header(signed).type in _TELLING
    except RecordRefused:
        return False


def _said(known: Known, directory: Directory) -> Iterator[Witness]:
    for event, (signed, head, body) in known.items():
        if not _sound(signed, head, body, directory):
            continue
        person = directory.person_of(head.author) or ""
        name = directory.people[person].name if person in directory.people else person
        at = as_utc(head.claimed_at)
        if head.type == EventType.PACKET_SIGNED:
            yield Witness(
                name, person, at, _digests(body, "digest_before", "digest_after"), 0, event
            )
        elif received := known.get(str(body.value("event", ""))):
            _, about, told = received
            # The id that the receipt names binds the header, and the header this content.
            if about.type == EventType.PACKET_SIGNED and fits(about.body_commit, told):
                yield Witness(name, person, at, _digests(told, "digest_after"), 0, event)


def _digests(body: Body, *names: str) -> frozenset[str]:
    return frozenset(str(body.value(name, "")) for name in names) - {""}


def _sound(signed: SignedEvent, head: Header, body: Body, directory: Directory) -> bool:
    """Whether the event is whole and by somebody whose key was good when it was made."""
    certificate = directory.certificate(head.author)
    if certificate is None or head.company != directory.root.company:
        return False
    public = bytes.fromhex(certificate.ed25519)
    if ed25519.key_id(public) != head.author or not chain.signature_holds(signed, public):
        return False
    revoked = certificate.revoked
    if revoked is not None and as_utc(head.claimed_at) >= as_utc(revoked.since):
        return False
    return fits(head.body_commit, body)


def stamped(
    stamps: Iterable[Stamp], authorities: tuple[bytes, ...], at: datetime
) -> tuple[Witness, ...]:
    """The archival time stamps that hold under a trusted authority (X.509 roots, DER)."""
    if not authorities:
        return ()
    judged = (_stamp(stamp, authorities, at) for stamp in stamps)
    return tuple(witness for witness in judged if witness)


def _stamp(stamp: Stamp, authorities: tuple[bytes, ...], at: datetime) -> Witness | None:
    roots = [asn1_x509.Certificate.load(der) for der in authorities]
    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, moment=at, revocation_mode="soft-fail"
    )
    try:
        status = asyncio.run(
            async_validate_pdf_timestamp(stamp.embedded, context, diff_policy=ARCHIVAL)
        )
    except FAULTS:
        return None
    if not (status.intact and status.valid and status.trusted):
        return None
    return Witness("A time stamp", "", status.timestamp, covers=stamp.end)
