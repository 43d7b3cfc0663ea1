"""Whether a signer's certificate counts, counted when it signed, and still proves it today."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509

from candor.clock import as_utc
from candor.keys import ed25519
from candor.keys.x509 import issued_by
from candor.packet.appearance import when
from candor.packet.verify_events import Pairs
from candor.packet.verify_file import Mark
from candor.records import chain
from candor.records.body import fits
from candor.records.codec import RecordRefused
from candor.records.directory import Certificate, Directory
from candor.records.events import Body, EventType, Header, SignedEvent


@dataclass(slots=True)
class Standing:
    """What was found about certificates. ``faults`` stop; ``doubts`` cannot be checked."""

    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def standing(
    pdf: bytes,
    marks: Sequence[Mark],
    directory: Directory,
    more: Pairs,
    at: datetime,
) -> Standing:
    """Judge every signer's certificate at the time it claims and at ``at``."""
    found = Standing()
    enrolled = {
        hashlib.sha256(bytes.fromhex(c.x509)).hexdigest(): c for c in directory.certificates()
    }
    for mark in marks:
        certificate = enrolled.get(mark.expected.certificate)
        _judge(pdf, mark, certificate, directory, more, at, found)
    return found


def _judge(
    pdf: bytes,
    mark: Mark,
    certificate: Certificate | None,
    directory: Directory,
    more: Pairs,
    at: datetime,
    found: Standing,
) -> None:
    name = mark.expected.name
    if certificate is None or certificate.person != mark.expected.person:
        found.faults.append(f"{name}'s certificate does not stand in the company's directory")
        return
    if fault := certificate_fault(mark.certificate, bytes.fromhex(directory.root.x509_root)):
        found.faults.append(f"{name}'s certificate {fault}")
        return
    parsed = x509.load_der_x509_certificate(mark.certificate)
    if mark.at < parsed.not_valid_before_utc:
        found.faults.append(f"{name}'s certificate was not valid yet when it signed")
        return
    if mark.at > parsed.not_valid_after_utc:
        found.faults.append(f"{name}'s certificate had expired when it signed")
        return
    revoked = certificate.revoked
    if revoked is not None and mark.at >= as_utc(revoked.since):
        found.faults.append(f"{name}'s certificate had been withdrawn when it signed")
        return
    if not mark.trusted:
        found.faults.append(f"{name}'s certificate is not one that can sign documents")
        return
    found.notes.append(
        f"{name}: certificate {mark.expected.certificate[:16]}, valid from "
        f"{when(parsed.not_valid_before_utc)} to {when(parsed.not_valid_after_utc)}."
    )
    limits = [parsed.not_valid_after_utc] if at > parsed.not_valid_after_utc else []
    limits += [as_utc(revoked.since)] if revoked is not None else []
    if limits and not _witnessed(pdf, mark, directory, more, min(limits), found):
        what = "withdrawn" if revoked is not None else "expired"
        found.doubts.append(f"{name}'s certificate has {what} since, and nobody witnessed when it")


def certificate_fault(der: bytes, root: bytes) -> str:
    """Why a certificate is not one that a company issues to its signers; '' if it is."""
    if not issued_by(root, der):
        return "was not issued under the company's root"
    try:
        extensions = x509.load_der_x509_certificate(der).extensions
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        basic = extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, x509.ExtensionNotFound):
        return "does not say what it may be used for"
    if basic.ca or usage.key_cert_sign or usage.crl_sign:
        return "is one for issuing certificates"
    if not usage.digital_signature or not usage.content_commitment:
        return "is not one for signing documents"
    return ""


def _witnessed(
    pdf: bytes,
    mark: Mark,
    directory: Directory,
    more: Pairs,
    before: datetime,
    found: Standing,
) -> bool:
    """Whether somebody else signed, before that instant, that this signature existed."""
    events = {chain.event_id(s): (s, b) for s, b in more if _readable(s)}
    states = _states(pdf, mark)
    for event, (signed, body) in events.items():
        head = chain.header(signed)
        if head.type not in (EventType.PACKET_SIGNED, EventType.RECEIPT_GIVEN) or body is None:
            continue
        if not _stands(signed, body, head, directory, mark.expected.person):
            continue
        said = as_utc(head.claimed_at)
        if mark.at <= said < before and _names(body, head, states, events):
            witness = directory.person_of(head.author) or ""
            name = directory.people[witness].name if witness in directory.people else witness
            found.notes.append(
                f"{name} signed on {when(said)} that {mark.expected.name}'s signature existed "
                f"(event {event[:16]})."
            )
            return True
    return False


def _readable(signed: SignedEvent) -> bool:
    try:
        chain.header(signed)
    except RecordRefused:
        return False
    return True


def _states(pdf: bytes, mark: Mark) -> frozenset[str]:
    """Digests of the states of the file that hold the signature: at each later signature's end
    and as it is. A witness names one of them."""
    ends = {mark.end, len(pdf)}
    start = mark.end
    while (at := pdf.find(b"%%EOF", start)) >= 0:
        start = at + 5
        ends |= {start, start + 1, start + 2}
    return frozenset(hashlib.sha256(pdf[:end]).hexdigest() for end in ends if end <= len(pdf))


def _stands(
    signed: SignedEvent, body: Body, head: Header, directory: Directory, signer: str
) -> bool:
    """Whether a witness's event is sound and by somebody else whose key was good then."""
    certificate = directory.certificate(head.author)
    if certificate is None or certificate.person == signer:
        return False
    public = bytes.fromhex(certificate.ed25519)
    if ed25519.key_id(public) != head.author or not chain.signature_holds(signed, public):
        return False
    revoked = certificate.revoked
    if revoked is not None and as_utc(head.claimed_at) >= as_utc(revoked.since):
        return False
    return head.company == directory.root.company and fits(head.body_commit, body)


def _names(
    body: Body,
    head: Header,
    states: frozenset[str],
    events: dict[str, tuple[SignedEvent, Body | None]],
) -> bool:
    """Whether the event names a state of the file, itself or by the event it acknowledges."""
    named = {str(body.value("digest_before", "")), str(body.value("digest_after", ""))}
    if head.type == EventType.RECEIPT_GIVEN:
        about = events.get(str(body.value("event", "")))
        if about is None or about[1] is None:
            return False
        signed, of = about
        # The acknowledged event's own digest is bound by the id that the receipt names.
        if not fits(chain.header(signed).body_commit, of):
            return False
        named = {str(of.value("digest_after", ""))}
    return bool(named & states)
