"""Joining a company: an invitation by file, a code by another channel, a request that proves.

The 20-character code (100 bits) does two things: it opens the invitation, and it signs the
request, so that whoever intercepts either file alone can neither join nor swap a key.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TypeVar

import msgspec

from candor.clock import as_utc, stamp
from candor.errors import CandorError
from candor.exchange.bundle import Part
from candor.exchange.manifest import BlobKind
from candor.exchange.refusals import BundleRefused, Reason
from candor.keys import codes, derive, dsse, ed25519, p256
from candor.keys.codes import new_id
from candor.keys.identity import Identity, PublicKeys
from candor.keys.weak import WeakKey
from candor.keys.x25519 import AgeKey, check_recipient
from candor.records import codec

PAYLOAD_TYPE = "application/vnd.candor.enrolment.v1+json"
_Read = TypeVar("_Read")
_AGE_LABEL = "candor invitation age v1"
_MAC_LABEL = "candor enrolment mac v1"
_AGE_PROOF_LABEL = "candor enrolment age proof v1"


class Invitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an invitation says. ``root`` is the digest that people compare as a fingerprint;
    ``secretary_age`` is where the request goes; ``expires`` an instant by `clock.stamp`."""

    v: int
    id: str
    company: str
    company_name: str
    person: str
    name: str
    roles: tuple[str, ...]
    expires: str
    secretary: str
    secretary_age: str
    root: str

    def part(self) -> Part:
        """The invitation as a part of the file that the secretary sends."""
        return Part(BlobKind.INVITATION, codec.encode(msgspec.to_builtins(self)))


class Issued(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the secretary's vault keeps of an invitation. ``code`` is the typed form; ``used``
    the digest of the request that was accepted, empty until then."""

    invitation: Invitation
    code: str
    used: str = ""


class _Transcript(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    v: int
    invitation: str
    company: str
    root: str
    person: str
    keys: PublicKeys
    requested_at: str
    nonce: str


class _Proofs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Possession: two signatures and one key agreement with the secretary's key, all hex."""

    ed25519: str
    age: str
    p256: str


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    transcript: _Transcript
    proofs: _Proofs
    mac: str


class Enrolment(msgspec.Struct, frozen=True):
    """A request that passed every check. ``spoken`` is what both read aloud before the
    secretary signs; ``digest`` goes into `Issued.used`."""

    invitation: str
    person: str
    keys: PublicKeys
    requested_at: str
    digest: str
    spoken: str


def new_invitation_code() -> str:
    """A fresh code of 20 characters, to be given by telephone or in person."""
    return codes.new_invitation_code()


def code_key(code: str) -> AgeKey:
    """The key that opens the invitation made for ``code``. Raises CodeMistyped."""
    return AgeKey.from_seed(derive.hkdf(codes.parse_invitation_code(code), _AGE_LABEL))


def read_invitation(data: bytes, *, now: datetime) -> Invitation:
    """The invitation in a part. Raises BundleRefused (malformed, expired)."""
    invitation = _parsed(data, Invitation, "The invitation in this file is malformed.")
    if invitation.v != 1:
        raise BundleRefused(
            "This invitation was made by a newer version of Candor.", reason=Reason.VERSION
        )
    _check_expiry(invitation, now)
    return invitation


def request(invitation: Invitation, code: str, identity: Identity, *, now: datetime) -> Part:
    """The request to be enrolled with the keys of ``identity``, proved and bound to ``code``.

    Raises CodeMistyped, WeakKey where the invitation's return key is unsafe.
    """
    transcript = _Transcript(
        v=1,
        invitation=invitation.id,
        company=invitation.company,
        root=invitation.root,
        person=invitation.person,
        keys=identity.public(),
        requested_at=stamp(now),
        nonce=new_id(),
    )
    said = _said(transcript)
    agreed = identity.age.agree(check_recipient(invitation.secretary_age))
    proofs = _Proofs(
        ed25519=identity.signing.sign(said).hex(),
        age=derive.mac(derive.hkdf(agreed, _AGE_PROOF_LABEL), said).hex(),
        p256=p256.sign(identity.p256_key, said).hex(),
    )
    whole = _Request(transcript, proofs, _code_mac(code, transcript, proofs).hex())
    return Part(BlobKind.REQUEST, codec.encode(msgspec.to_builtins(whole)))


def requested_invitation(data: bytes) -> str:
    """The invitation id that a request names, to find its `Issued`. Raises BundleRefused."""
    return _parsed(data, _Request, _MALFORMED).transcript.invitation


def spoken(keys: PublicKeys) -> str:
    """Grouped digits that stand for three public keys, for reading aloud."""
    encoded = codec.encode(msgspec.to_builtins(keys))
    return codes.fingerprint(hashlib.sha256(encoded).hexdigest())


def check_request(
    data: bytes, issued: Issued, secretary: Identity, *, sender_key: str, now: datetime
) -> Enrolment:
    """Judge a request against the invitation it answers.

    ``sender_key`` is the Ed25519 key (hex) that signed the file the request came in. The same
    request may come again; a second one on the same code may not. Raises BundleRefused.
    """
    asked = _parsed(data, _Request, _MALFORMED)
    transcript, invited = asked.transcript, issued.invitation
    digest = hashlib.sha256(data).hexdigest()
    _check_answers(transcript, invited)
    if issued.used and issued.used != digest:
        raise BundleRefused(
            "The code of this invitation was used already, by another request.",
            reason=Reason.REUSED,
        )
    if not issued.used:
        _check_expiry(invited, now)
    if not derive.same(_unhex(asked.mac), _code_mac(issued.code, transcript, asked.proofs)):
        raise BundleRefused(
            "This request was made with a wrong code, or was changed on its way.",
            reason=Reason.CODE,
        )
    _check_proofs(transcript, asked.proofs, secretary, sender_key)
    return Enrolment(
        invitation=invited.id,
        person=transcript.person,
        keys=transcript.keys,
        requested_at=transcript.requested_at,
        digest=digest,
        spoken=spoken(transcript.keys),
    )


_MALFORMED = "The request in this file is malformed."


def _parsed(data: bytes, kind: type[_Read], sentence: str) -> _Read:
    try:
        return msgspec.convert(codec.decode_canonical(data), kind)
    except (CandorError, msgspec.ValidationError) as fault:
        raise BundleRefused(sentence, reason=Reason.CONTENT) from fault


def _said(transcript: _Transcript) -> bytes:
    return dsse.pae(PAYLOAD_TYPE, codec.encode(msgspec.to_builtins(transcript)))


def _code_mac(code: str, transcript: _Transcript, proofs: _Proofs) -> bytes:
    key = derive.hkdf(codes.parse_invitation_code(code), _MAC_LABEL)
    whole = {
        "transcript": msgspec.to_builtins(transcript),
        "proofs": msgspec.to_builtins(proofs),
    }
    return derive.mac(key, dsse.pae(PAYLOAD_TYPE, codec.encode(whole)))


def _check_expiry(invitation: Invitation, now: datetime) -> None:
    try:
        expired = now > as_utc(invitation.expires)
    except (ValueError, OverflowError) as fault:
        raise BundleRefused(
            "The invitation in this file is malformed.", reason=Reason.CONTENT
        ) from fault
    if expired:
        raise BundleRefused("This invitation has expired.", reason=Reason.EXPIRED)


def _check_answers(transcript: _Transcript, invited: Invitation) -> None:
    answers = (transcript.invitation, transcript.company, transcript.person)
    if transcript.v != 1 or answers != (invited.id, invited.company, invited.person):
        raise BundleRefused(
            "This request does not answer the invitation that was sent.", reason=Reason.CONTENT
        )
    if transcript.root != invited.root:
        raise BundleRefused(
            "This request was made for another company root than yours.", reason=Reason.ROOT
        )


def _check_proofs(
    transcript: _Transcript, proofs: _Proofs, secretary: Identity, sender_key: str
) -> None:
    keys, said = transcript.keys, _said(transcript)
    try:
        agreed = secretary.age.agree(check_recipient(keys.age))
        ed25519.check_public(_unhex(keys.ed25519))
        p256.load_public(_unhex(keys.p256))
    except WeakKey as weak:
        raise BundleRefused(
            "One of the keys in this request is of a kind that proves nothing.",
            reason=Reason.PROOF,
        ) from weak
    age_mac = derive.mac(derive.hkdf(agreed, _AGE_PROOF_LABEL), said)
    held = (
        keys.ed25519 == sender_key
        and ed25519.verify(_unhex(keys.ed25519), _unhex(proofs.ed25519), said)
        and derive.same(_unhex(proofs.age), age_mac)
        and p256.verify(_unhex(keys.p256), _unhex(proofs.p256), said)
    )
    if not held:
        raise BundleRefused(
            "The sender of this request does not hold all the keys in it.", reason=Reason.PROOF
        )


def _unhex(text: str) -> bytes:
    """Bytes of lower-case hex digits; b'' for anything else, which no check accepts."""
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        return b""
    return raw if raw.hex() == text else b""
