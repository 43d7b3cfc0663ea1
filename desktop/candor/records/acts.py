"""Root acts: statements about the company that count by the signatures they carry.

A directory event is only the envelope. What it says is an act: canonical JSON, signed by
root keys over the DSSE encoding of its own type. Whoever carries the envelope, the act counts
when enough different officers signed it (a threshold for each kind, as in TUF).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from candor.keys import dsse, ed25519
from candor.keys.codes import new_id
from candor.keys.ed25519 import SigningKey
from candor.records import codec
from candor.records.body import make_body
from candor.records.codec import RecordRefused
from candor.records.events import Body, EventType

ACT_TYPE = "application/vnd.candor.rootact.v1+json"
MAX_SIGNATURES = 64

KINDS: dict[str, str] = {
    EventType.FOUNDED: "founded",
    EventType.OFFICER_JOINED: "officer_joined",
    EventType.ROOT_CHANGED: "root_change",
    EventType.PERSON_RECORDED: "person",
    EventType.PERSON_ENROLLED: "enrol",
    EventType.OFFICE_ASSIGNED: "office",
    EventType.CERTIFICATE_REVOKED: "revoke",
    EventType.ABSENCE_DECLARED: "absence",
    EventType.PACK_ADOPTED: "pack",
    EventType.FORK_RESOLVED: "fork",
}
"""Which kind of act each directory event carries."""

EVENTS: dict[str, EventType] = {kind: EventType(event) for event, kind in KINDS.items()}
"""Which directory event carries each kind of act."""


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement. ``root`` is the fingerprint of the company's root, so that no act fits
    another company; ``nonce`` keeps a past act from being said a second time, and ``after``
    (the directory's heads when it was stated, which the event that carries it must name) from
    being moved to an earlier place."""

    v: int
    kind: str
    company: str
    root: str
    nonce: str
    after: tuple[str, ...]
    body: dict[str, Any]


class ActSignature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One officer's signature: Ed25519 public key (64 hex digits), signature (128)."""

    key: str
    signature: str


class PersonAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the company records about a person; ``classes`` are values of FilerClass; ``manager``:
    the id of whom the person reports to, '' for nobody."""

    person: str
    name: str
    email: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    title: str = ""
    manager: str = ""


class EnrolAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person's keys: Ed25519 hex, age recipient, P-256 SPKI hex, X.509 certificate DER hex."""

    person: str
    ed25519: str
    age: str
    p256: str
    x509: str


class OfficeAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person's tenure of an office. Dates are ISO 8601 and inclusive; '' is open.

    ``sole``: the office has one holder, so a later tenure ends an earlier one. The same
    office, person and start said again corrects the end.
    """

    office: str
    person: str
    start: str
    end: str = ""
    sole: bool = True


class AbsenceAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The holder of ``office`` is away from ``start`` to ``end`` (inclusive dates) and the
    holder of the office ``deputy`` acts instead: in those ``matters``, or in every one."""

    office: str
    deputy: str
    start: str
    end: str
    matters: tuple[str, ...] = ()
    reason: str = ""


class AcceptedHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last event of a log that is still believed after a revocation."""

    log: str
    seq: int
    id: str


class RevokeAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key that must no longer be believed beyond the accepted heads.

    ``since``: instant from which documents signed with its certificate are doubtful.
    """

    key_id: str
    heads: tuple[AcceptedHead, ...]
    reason: str
    since: str


class PackAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code pack in force from ``start`` (ISO date); digest: hex SHA-256 of its bytes.
    ``resolution``: how the Board's minutes name the vote of the day ``resolved_on`` that adopted
    it (Code X); ``technical``: a change that needs no public disclosure (Form 8-K Item 5.05)."""

    pack: str
    version: str
    digest: str
    start: str
    resolution: str = ""
    resolved_on: str = ""
    technical: bool = False


class ForkAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The directory event that stands where a log forked, and the ones that do not."""

    keep: str
    set_aside: tuple[str, ...]
    reason: str


Content = PersonAct | EnrolAct | OfficeAct | AbsenceAct | RevokeAct | PackAct | ForkAct
CONTENTS: dict[str, type[Content]] = {
    "person": PersonAct,
    "enrol": EnrolAct,
    "office": OfficeAct,
    "absence": AbsenceAct,
    "revoke": RevokeAct,
    "pack": PackAct,
    "fork": ForkAct,
}
_KIND_OF = {content: kind for kind, content in CONTENTS.items()}
_T = TypeVar("_T")


def make_act(content: Content, *, company: str, root: str, after: Iterable[str] = ()) -> Act:
    """The statement to be signed, under a fresh nonce.

    ``root`` is the root's fingerprint; ``after`` the ids of the directory's heads
    (`Directory.head`), which must stand among the ``deps`` of the event that carries it.
    """
    body = msgspec.to_builtins(content)
    heads = tuple(sorted(set(after)))
    return Act(1, _KIND_OF[type(content)], company, root, new_id(), heads, body)


def signed_bytes(act: Act) -> bytes:
    """What officers sign. Raises RecordRefused for content no record can hold."""
    return dsse.pae(ACT_TYPE, codec.encode(msgspec.to_builtins(act)))


def sign_act(act: Act, key: SigningKey) -> ActSignature:
    """One officer's signature under an act."""
    return ActSignature(key.public.hex(), key.sign(signed_bytes(act)).hex())


def act_body(act: Act, signatures: Iterable[ActSignature]) -> Body:
    """The body of the directory event that carries an act with its signatures."""
    signed = [msgspec.to_builtins(s) for s in signatures]
    return make_body([("act", msgspec.to_builtins(act)), ("signatures", signed)])


def read_act(body: Body) -> tuple[Act, tuple[ActSignature, ...]]:
    """The act and signatures in a body. Raises RecordRefused."""
    act = shaped(body.value("act"), Act)
    signatures = shaped(body.value("signatures"), tuple[ActSignature, ...])
    if len(signatures) > MAX_SIGNATURES:
        raise RecordRefused("This act carries more signatures than any company has officers.")
    return act, signatures


def signers(act: Act, signatures: Iterable[ActSignature]) -> frozenset[str]:
    """The public keys (hex) whose signature under the act holds."""
    message = signed_bytes(act)
    return frozenset(s.key for s in signatures if _holds(s, message))


def _holds(signature: ActSignature, message: bytes) -> bool:
    try:
        key, mark = bytes.fromhex(signature.key), bytes.fromhex(signature.signature)
    except ValueError:
        return False
    # Compared as text elsewhere, so only the one lower-case spelling may pass.
    return signature.key == key.hex() and ed25519.verify(key, mark, message)


def shaped(value: Any, kind: type[_T]) -> _T:
    """``value`` as a typed record, without conversions. Raises RecordRefused."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise RecordRefused("This record does not have the parts that it should.") from None
