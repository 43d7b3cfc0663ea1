"""The signed records inside a packet, and the directory that says whose keys signed them."""

from __future__ import annotations

from dataclasses import dataclass, field

from candor.clock import as_utc
from candor.errors import CandorError
from candor.keys import ed25519
from candor.packet.evidence import Evidence, shown_fits
from candor.records import chain, root
from candor.records.codec import RecordRefused
from candor.records.directory import Certificate, Directory
from candor.records.directory_fold import fold
from candor.records.events import Body, EventType, Header, SignedEvent
from candor.records.root import RootTrust

Pairs = tuple[tuple[SignedEvent, Body | None], ...]


class ForeignRoot(CandorError):
    """A packet rests on a root that is not the one trusted."""


@dataclass(slots=True)
class Records:
    """The records inside. ``count``: how many hold; ``faults``: why others do not; ``doubts``:
    what cannot be believed without more."""

    count: int = 0
    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def agreed_root(inside: RootTrust, trusted: RootTrust | None) -> RootTrust:
    """The newest chain of versions on which both agree. Raises ForeignRoot."""
    if trusted is None:
        return inside
    pairs = zip(inside.versions, trusted.versions, strict=False)
    if any(root.digest(a.document) != root.digest(b.document) for a, b in pairs):
        raise ForeignRoot("It rests on another company's root.")
    return max(inside, trusted, key=lambda t: len(t.versions))


def directory_of(proof: Evidence, more: Pairs, trusted: RootTrust) -> Directory:
    """The directory that the packet and its reader know together."""
    document = trusted.document
    own = [(s, b) for s, b in (*proof.directory, *more) if _in_case(s, document.directory)]
    return fold(own, document)


def _in_case(signed: SignedEvent, case: str) -> bool:
    try:
        return chain.header(signed).case == case
    except RecordRefused:
        return False


def checked(proof: Evidence, directory: Directory) -> Records:
    """Check each record: its form, its author's key, its signature, every item shown."""
    found = Records()
    for signed, shown in proof.events:
        try:
            head = chain.header(signed)
        except RecordRefused as refusal:
            found.faults.append(refusal.message)
            continue
        certificate = directory.certificate(head.author)
        fault = _fault(proof, signed, head, certificate)
        if not fault and not shown_fits(head.body_commit, shown):
            fault = "What a record inside shows is not what its author signed."
        if fault:
            found.faults.append(fault)
            continue
        found.count += 1
        if certificate and _doubtful(head, certificate):
            found.doubts.append("A record inside was signed with a key that was withdrawn before.")
        if head.type == EventType.EXCEPTION_DETERMINED:
            office = str(shown.value("office", ""))
            day = head.claimed_at[:10]
            person = directory.person_of(head.author) or ""
            if person not in directory.holders(office, day):
                name = directory.people[person].name if person in directory.people else "Somebody"
                found.notes.append(f"{name} did not hold the office of {office} on {day}.")
    return found


def _fault(
    proof: Evidence, signed: SignedEvent, head: Header, certificate: Certificate | None
) -> str:
    if head.company != proof.company:
        return "A record inside belongs to another company."
    if certificate is None:
        return "A record inside is signed by somebody whom the directory does not know."
    public = bytes.fromhex(certificate.ed25519)
    if ed25519.key_id(public) != head.author or not chain.signature_holds(signed, public):
        return "A record inside was changed after it was signed."
    return ""


def _doubtful(head: Header, certificate: Certificate) -> bool:
    revoked = certificate.revoked
    return revoked is not None and as_utc(head.claimed_at) >= as_utc(revoked.since)


def newest_claim(directory: Directory, pairs: Pairs) -> str:
    """The newest time claimed by a directory event that belongs to the directory; '' if none."""
    claims = []
    for signed, _ in pairs:
        if chain.event_id(signed) in directory:
            claims.append(chain.header(signed).claimed_at)
    return max(claims, key=as_utc, default="")
