"""Who vouches for a file: its root, the directory it extends, its sender and its signatures."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from candor.errors import CandorError
from candor.exchange.carried import CarriedEvent
from candor.exchange.checked import Claimed, Known, Trust
from candor.exchange.manifest import BlobKind, Manifest
from candor.exchange.reader import Contents
from candor.exchange.refusals import BundleRefused, Reason
from candor.keys import ed25519
from candor.policy.terms import Office
from candor.records import chain
from candor.records import root as roots
from candor.records.directory import Directory
from candor.records.directory_fold import fold
from candor.records.judge import Verified, public_keys
from candor.records.root import RootTrust

Events = Mapping[str, CarriedEvent]
_RULES = frozenset({BlobKind.FORM, BlobKind.PACK})
"""What changes how a vault asks and routes: only the secretary or a root key may send it."""


class Proof(msgspec.Struct, frozen=True):
    """How far a file is proved. ``root`` and ``directory`` are what to judge it by; ``found``
    is what was verified on the way."""

    root: RootTrust | None
    directory: Directory | None
    trust: Trust
    claimed: Claimed
    found: Verified

    def certified(self, author: str) -> bool:
        """Whether the directory knows whose key that key id names."""
        return self.directory is not None and self.directory.person_of(author) is not None


def prove(manifest: Manifest, contents: Contents, events: Events, known: Known) -> Proof:
    """Judge the root, the sender and every signature in a file. Raises BundleRefused."""
    root = _root(contents, known)
    found = _known_already(known)
    _check_signatures(events, root, known, found)
    directory = _directory(events, root, known, found)
    trust, claimed = _trust(manifest, directory, known)
    proof = Proof(root, directory, trust, claimed, found)
    if not _RULES.isdisjoint(contents) and not _may_send_rules(proof):
        raise BundleRefused(
            "This file holds forms or rules, which only the corporate secretary may send.",
            reason=Reason.CONTENT,
            hint="Do not import it; call the corporate secretary.",
        )
    return proof


def _may_send_rules(proof: Proof) -> bool:
    if proof.trust not in {Trust.PROVED, Trust.UNPINNED}:
        return False
    if proof.root and proof.claimed.key in {key.ed25519 for key in proof.root.document.keys}:
        return True
    directory = proof.directory
    return directory is not None and Office.SECRETARY in directory.offices_of(proof.claimed.person)


def _root(contents: Contents, known: Known) -> RootTrust | None:
    """The root to judge by: the pinned one, or a later version of it from the file."""
    carried = contents.get(BlobKind.ROOT)
    if not carried:
        return known.root
    try:
        found = roots.verify_root(carried[0].data)
    except CandorError as fault:
        raise BundleRefused(
            "The company root in this file does not prove itself.", reason=Reason.ROOT
        ) from fault
    pinned = known.root
    if pinned is None:
        return found
    # Documents, not signatures: a version may have been signed by more officers since.
    pairs = zip(found.versions, pinned.versions, strict=False)
    if any(theirs.document != ours.document for theirs, ours in pairs):
        raise BundleRefused(
            "The company root in this file is not the one that this vault trusts.",
            reason=Reason.ROOT,
        )
    return found if len(found.versions) > len(pinned.versions) else pinned


def _known_already(known: Known) -> Verified:
    """A copy of what the store verified of its directory: what a refused file was found to
    hold must not count as verified there."""
    ids = {chain.event_id(signed) for signed, _ in known.directory_events}
    return known.verified.only(ids)


def _directory(
    events: Events, root: RootTrust | None, known: Known, found: Verified
) -> Directory | None:
    if root is None:
        return None
    case = root.document.directory
    arrived = [event for event in events.values() if event.header.case == case]
    news = any(event.id not in known.verified.bodies for event in arrived)
    if known.directory is not None and root is known.root and not news:
        return known.directory
    pairs = (event.pair for event in arrived)
    return fold([*known.directory_events, *pairs], root.document, found)


def _check_signatures(
    events: Events, root: RootTrust | None, known: Known, found: Verified
) -> None:
    """Refuse an event whose author's key is here and did not sign it."""
    if root is None:
        return
    case = root.document.directory
    bodies = [body for _, body in known.directory_events]
    bodies += [event.body for event in events.values() if event.header.case == case]
    keys = public_keys(bodies, root.document)
    for event in events.values():
        if event.has_body:
            found.bodies.add(event.id)
        public = keys.get(event.header.author)
        if public is None:
            continue
        if not chain.signature_holds(event.signed, public):
            raise BundleRefused(
                "An event in this file was changed after it was signed.",
                reason=Reason.SIGNATURE,
            )
        found.signatures.add(event.id)


def _trust(manifest: Manifest, directory: Directory | None, known: Known) -> tuple[Trust, Claimed]:
    key_id = ed25519.key_id(bytes.fromhex(manifest.sender.key))
    claimed = Claimed(manifest.sender.person, manifest.sender.key, key_id)
    person = directory.person_of(key_id) if directory is not None else None
    if directory is None or person is None:
        return Trust.UNKNOWN, claimed
    if person != claimed.person:
        raise BundleRefused(
            "The key that signed this file belongs to another person than the one it names.",
            reason=Reason.SIGNATURE,
            hint="Do not import it; call the corporate secretary.",
        )
    certificate = directory.certificate(key_id)
    if certificate is not None and certificate.revoked is not None:
        return Trust.REVOKED, claimed
    return (Trust.UNPINNED if known.root is None else Trust.PROVED), claimed
