"""The signed manifest of an exchange file: who sends what to whom, and in which order."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from enum import StrEnum
from itertools import pairwise

import msgspec

from candor.clock import as_utc
from candor.errors import CandorError
from candor.exchange.refusals import BundleRefused, Reason
from candor.keys import dsse, ed25519
from candor.keys.identity import Identity
from candor.keys.weak import WeakKey
from candor.keys.x25519 import check_recipient
from candor.records import codec

FORMAT = 1
PAYLOAD_TYPE = "application/vnd.candor.bundle.v1+json"
MAX_MANIFEST = 2**20
MAX_BLOB = 64 * 2**20
MAX_TOTAL = 256 * 2**20
MAX_RECIPIENTS = 64
MAX_EVENTS = 10_000
MAX_NAME = 200
"""Characters of a display name; names are shown, never used as paths."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,31}")


class Purpose(StrEnum):
    """What a file is for. ``anonymous`` is reserved: a concern without a sender, later."""

    INVITATION = "invitation"
    ENROLMENT = "enrolment"
    ENROLLED = "enrolled"
    QUESTIONNAIRE = "questionnaire"
    REPLY = "reply"
    REFERRAL = "referral"
    DETERMINATION = "determination"
    OUTCOME = "outcome"
    MATTER = "matter"
    ITEM = "item"
    BALLOT = "ballot"
    NOTICE = "notice"
    PACKET = "packet"
    PACKET_SIGNED = "packet_signed"
    DIRECTORY = "directory"
    SEALED = "sealed"
    ANONYMOUS = "anonymous"


class BlobKind(StrEnum):
    """What a blob holds. Kinds that this version does not know are reported, not read."""

    EVENTS = "events"
    """Signed events with or without their bodies, one canonical JSON object per line."""
    BLOB = "blob"
    """An attachment."""
    ROOT = "root"
    """The root document with its later versions."""
    FORM = "form"
    """A form definition (TOML), named by its digest."""
    PACK = "pack"
    """A code pack (TOML), named by its digest."""
    PACKET = "packet"
    """A composed or signed PDF."""
    RELAY = "relay"
    """A whole exchange file for someone else, padded; see `relay`."""
    INVITATION = "invitation"
    REQUEST = "request"
    PAD = "pad"
    """Zeros that round the file's size up."""


class Sender(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who says that they send: person id and Ed25519 public key (64 hex digits)."""

    person: str
    key: str


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One blob: kind, hex SHA-256, size in bytes, display name (a person id for a relay)."""

    kind: str
    digest: str
    size: int
    name: str = ""


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last event of a log that the sender holds; told only for logs both may see."""

    log: str
    seq: int
    id: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the sender signs. ``sequence`` counts from 1 per sender key and recipient person
    ``to``; ``previous`` is the digest of the manifest before, empty for the first."""

    format: int
    purpose: str
    company: str
    sender: Sender
    to: str
    recipients: tuple[str, ...]
    sequence: int
    previous: str
    created_at: str
    blobs: tuple[Entry, ...]
    seen: tuple[Seen, ...] = ()


class SignedManifest(msgspec.Struct, frozen=True):
    """The exact signed bytes, the 64-byte signature and what they say."""

    payload: bytes
    signature: bytes
    manifest: Manifest

    @property
    def digest(self) -> str:
        """Names this file in the recipient's sequence: hex SHA-256 of the signed encoding."""
        return hashlib.sha256(dsse.pae(PAYLOAD_TYPE, self.payload)).hexdigest()


class BundleTooLarge(CandorError):
    """What was to be sent does not fit the limits of one exchange file."""


def sign(manifest: Manifest, identity: Identity) -> SignedManifest:
    """Encode and sign. Raises BundleTooLarge where the manifest itself exceeds its limit."""
    payload = codec.encode(msgspec.to_builtins(manifest))
    if len(payload) > MAX_MANIFEST:
        raise BundleTooLarge(
            "There is too much in this file to list it.", hint="Send it in several files."
        )
    signature = identity.signing.sign(dsse.pae(PAYLOAD_TYPE, payload))
    return SignedManifest(payload, signature, manifest)


def read(payload: bytes, signature: bytes) -> SignedManifest:
    """Parse and check a manifest and its signature under the key that it names.

    Whether that key belongs to anybody is not judged here (`intake`). Raises BundleRefused.
    """
    signed = SignedManifest(payload, signature, _parse(payload))
    _check_signature(signed)
    for check in (_check_meaning, _check_sizes, _check_recipients):
        check(signed.manifest)
    return signed


def _refuse(what: str, reason: Reason = Reason.FORMAT) -> BundleRefused:
    return BundleRefused(what, reason=reason)


def _parse(payload: bytes) -> Manifest:
    try:
        return msgspec.convert(codec.decode_canonical(payload), Manifest)
    except (CandorError, msgspec.ValidationError) as fault:
        raise _refuse("The list of contents of this file is malformed.") from fault


def _check_signature(signed: SignedManifest) -> None:
    key = signed.manifest.sender.key
    if not _DIGEST.fullmatch(key):
        raise _refuse("The sender's key in this file is malformed.")
    public = bytes.fromhex(key)
    try:
        ed25519.check_public(public)
    except WeakKey as weak:
        raise _refuse(
            "The sender's key in this file is of a kind that proves nothing.", Reason.SIGNATURE
        ) from weak
    if not ed25519.verify(public, signed.signature, dsse.pae(PAYLOAD_TYPE, signed.payload)):
        raise _refuse("This file was changed after it was signed.", Reason.SIGNATURE)


def _check_meaning(manifest: Manifest) -> None:
    if manifest.format != FORMAT or manifest.purpose not in frozenset(Purpose):
        raise _refuse("This file was made by a newer version of Candor.", Reason.VERSION)
    if manifest.purpose == Purpose.ANONYMOUS:
        raise _refuse(
            "This file holds an anonymous concern, which this version cannot open.",
            Reason.VERSION,
        )
    previous_fits = (manifest.sequence == 1) == (manifest.previous == "")
    if manifest.sequence < 1 or not previous_fits:
        raise _refuse("The place of this file in its sequence is malformed.")
    if manifest.previous and not _DIGEST.fullmatch(manifest.previous):
        raise _refuse("The place of this file in its sequence is malformed.")
    if any(
        len(text) > MAX_NAME for text in (manifest.company, manifest.to, manifest.sender.person)
    ):
        raise _refuse("A name in this file is too long.")
    try:
        as_utc(manifest.created_at)
    except (ValueError, OverflowError) as fault:
        raise _refuse("The date of this file is malformed.") from fault


def _check_sizes(manifest: Manifest) -> None:
    entries = manifest.blobs
    for entry in entries:
        if not _KIND.fullmatch(entry.kind) or not _DIGEST.fullmatch(entry.digest):
            raise _refuse("The list of contents of this file is malformed.")
        if len(entry.name) > MAX_NAME:
            raise _refuse("A name in this file is too long.")
        if not 0 <= entry.size <= MAX_BLOB:
            raise _refuse("A part of this file is larger than 64 MiB.", Reason.TOO_LARGE)
    real = [entry for entry in entries if entry.kind != BlobKind.PAD]
    if sum(entry.size for entry in real) > MAX_TOTAL:
        raise _refuse("This file says that it holds more than 256 MiB.", Reason.TOO_LARGE)
    listed = Counter((entry.kind, entry.digest) for entry in real)
    if listed and max(listed.values()) > 1:
        raise _refuse("This file lists the same content twice.")


def _check_recipients(manifest: Manifest) -> None:
    recipients = manifest.recipients
    if not 1 <= len(recipients) <= MAX_RECIPIENTS:
        raise _refuse(f"This file must name between 1 and {MAX_RECIPIENTS} recipients.")
    if any(one >= other for one, other in pairwise(recipients)):
        raise _refuse("The recipients of this file are not listed in order.")
    for recipient in recipients:
        try:
            check_recipient(recipient)
        except WeakKey as weak:
            raise _refuse("The key of a recipient of this file is malformed.") from weak
