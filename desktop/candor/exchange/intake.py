"""Verify everything in a file from outside; store nothing.

What comes back is typed and proved as far as `Trust` says. Any fault in any part refuses the
whole file, so that an import is all or nothing before the vault is even asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from candor.exchange import enrolment, relay
from candor.exchange.carried import Unpacker
from candor.exchange.checked import Attachment, Checked, Known, Order, Relayed, Trust
from candor.exchange.manifest import (
    MAX_EVENTS,
    BlobKind,
    Manifest,
    Purpose,
    SignedManifest,
)
from candor.exchange.proof import Events, Proof, prove
from candor.exchange.reader import Contents, Received, read_file
from candor.exchange.refusals import BundleRefused, Reason
from candor.exchange.seal import recipient_of
from candor.keys.identity import Identity

_ONLY_IN = {
    BlobKind.INVITATION: Purpose.INVITATION,
    BlobKind.REQUEST: Purpose.ENROLMENT,
}


def check(data: Path | bytes, *, secrets: Sequence[str], known: Known) -> Checked:
    """Open and verify one exchange file against what the vault knows.

    ``secrets`` are AGE-SECRET-KEY-1... texts, any of which may open it. Raises BundleRefused
    with its reason; returns only what passed whole.
    """
    received = read_file(data, secrets, lambda signed: _check_addressed(signed, secrets, known))
    manifest, contents = received.signed.manifest, received.by_kind
    _check_single(contents, manifest)
    events = _events(contents, manifest)
    proof = prove(manifest, contents, events, known)
    return _checked(received, events, proof, known)


def check_invitation(
    data: Path | bytes, *, code: str, now: datetime
) -> tuple[Checked, enrolment.Invitation]:
    """Open an invitation with the code given by another channel.

    The root inside is proved to be consistent, not to be the company's: people compare its
    fingerprint. Raises BundleRefused (wrong code, expired, malformed), CodeMistyped.
    """
    try:
        checked = check(data, secrets=[enrolment.code_key(code).secret], known=Known())
    except BundleRefused as refusal:
        if refusal.reason is not Reason.NO_MATCH:
            raise
        raise BundleRefused(
            "This code does not open this invitation.", reason=Reason.CODE
        ) from refusal
    if checked.purpose is not Purpose.INVITATION or checked.root is None:
        raise BundleRefused("This file is not an invitation.", reason=Reason.CONTENT)
    invitation = enrolment.read_invitation(checked.invitation, now=now)
    manifest = checked.manifest
    stated = (invitation.company, invitation.person, invitation.secretary, invitation.root)
    carried = (manifest.company, manifest.to, manifest.sender.person, checked.root.fingerprint)
    if stated != carried or checked.trust is not Trust.UNPINNED:
        raise BundleRefused("This invitation contradicts itself.", reason=Reason.ROOT)
    return checked, invitation


def check_enrolment(
    checked: Checked, issued: enrolment.Issued, secretary: Identity, *, now: datetime
) -> enrolment.Enrolment:
    """Judge the request in a checked file of purpose ``enrolment``. Raises BundleRefused."""
    if checked.purpose is not Purpose.ENROLMENT:
        raise BundleRefused("This file is not a request to join.", reason=Reason.CONTENT)
    return enrolment.check_request(
        checked.request, issued, secretary, sender_key=checked.claimed_sender.key, now=now
    )


def _check_addressed(signed: SignedManifest, secrets: Sequence[str], known: Known) -> None:
    """Before any content: the signed list of recipients stops a file from being forwarded."""
    manifest = signed.manifest
    if {recipient_of(secret) for secret in secrets}.isdisjoint(manifest.recipients):
        raise BundleRefused(
            "This file was made for someone else and passed on to you by another hand.",
            reason=Reason.RECIPIENT,
        )
    if known.person and manifest.to != known.person:
        raise BundleRefused(
            "This file was made for another person than the owner of this vault.",
            reason=Reason.RECIPIENT,
        )
    if known.company and manifest.company != known.company:
        raise BundleRefused("This file belongs to another company.", reason=Reason.COMPANY)


def _check_single(contents: Contents, manifest: Manifest) -> None:
    for kind, purpose in _ONLY_IN.items():
        expected = 1 if manifest.purpose == purpose else 0
        if len(contents.get(kind, ())) != expected:
            raise BundleRefused(
                "This file does not hold what its purpose calls for.", reason=Reason.CONTENT
            )
    if manifest.purpose == Purpose.ENROLMENT and set(contents) - {BlobKind.REQUEST}:
        raise BundleRefused(
            "This request to join holds more than a request.", reason=Reason.CONTENT
        )
    if len(contents.get(BlobKind.ROOT, ())) > 1:
        raise BundleRefused("This file holds two company roots.", reason=Reason.ROOT)


def _events(contents: Contents, manifest: Manifest) -> Events:
    unpacker = Unpacker(manifest.company)
    for content in contents.get(BlobKind.EVENTS, ()):
        unpacker.read(content.data, limit=MAX_EVENTS)
    return unpacker.events


def _order(manifest: Manifest, digest: str, known: Known) -> tuple[Order, int]:
    last = known.received(manifest.sender.person)
    if manifest.sequence <= last.sequence:
        if manifest.sequence < last.sequence:
            return Order.EARLIER, 0
        return (Order.AGAIN if digest == last.previous else Order.BRANCHED), 0
    skipped = manifest.sequence - last.sequence - 1
    if skipped:
        return Order.GAP, skipped
    return (Order.NEXT if manifest.previous == last.previous else Order.BRANCHED), 0


def _missing(events: Events, known: Known) -> tuple[str, ...]:
    needed: set[str] = set()
    for event in events.values():
        needed.update(event.header.deps)
        needed.update({event.header.prev} - {""})
    return tuple(sorted(e for e in needed - set(events) if not known.has_event(e)))


def _attachments(contents: Contents, kind: BlobKind) -> tuple[Attachment, ...]:
    found = contents.get(kind, ())
    return tuple(Attachment(c.entry.digest, c.data, c.entry.name) for c in found)


def _single(contents: Contents, kind: BlobKind) -> bytes:
    found = contents.get(kind)
    return found[0].data if found else b""


def _relays(contents: Contents) -> tuple[Relayed, ...]:
    found = contents.get(BlobKind.RELAY, ())
    for content in found:
        relay.unwrap(content.data)  # refuses what holds no whole file
    return tuple(Relayed(c.entry.name, c.data) for c in found)


def _checked(received: Received, events: Events, proof: Proof, known: Known) -> Checked:
    manifest, contents = received.signed.manifest, received.by_kind
    order, skipped = _order(manifest, received.signed.digest, known)
    proved = proof.directory if proof.trust is Trust.PROVED else None
    new = tuple(e for e in events.values() if not known.has_event(e.id))
    return Checked(
        manifest=manifest,
        digest=received.signed.digest,
        purpose=Purpose(manifest.purpose),
        trust=proof.trust,
        claimed_sender=proof.claimed,
        sender=proved.people.get(proof.claimed.person) if proved else None,
        order=order,
        skipped=skipped,
        new=new,
        here=tuple(e for e in events.values() if known.has_event(e.id)),
        unproved=tuple(e.id for e in events.values() if not proof.certified(e.header.author)),
        missing=_missing(events, known),
        root=proof.root,
        directory=proof.directory,
        blobs=_attachments(contents, BlobKind.BLOB),
        forms=_attachments(contents, BlobKind.FORM),
        packs=_attachments(contents, BlobKind.PACK),
        packets=_attachments(contents, BlobKind.PACKET),
        relays=_relays(contents),
        invitation=_single(contents, BlobKind.INVITATION),
        request=_single(contents, BlobKind.REQUEST),
        unread=tuple(sorted(set(contents) - set(BlobKind))),
        found=proof.found.only({event.id for event in new}),
    )
