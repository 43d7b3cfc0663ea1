"""Chains: events are written once, signed over their exact bytes, and name what precedes them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

import msgspec

from candor.clock import stamp
from candor.keys import dsse, ed25519
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records import codec
from candor.records.body import commit
from candor.records.codec import RecordRefused
from candor.records.dates import is_instant
from candor.records.events import BlobRef, Body, Header, SignedEvent

PAYLOAD_TYPE = "application/vnd.candor.event.v1+json"
MAX_PAYLOAD = 64 * 1024
_SHORT = 2048
MAX_BODY = 896 * 1024
"""Bytes of a body as JSON; with the header it must fit what any reader takes (`codec.MIB`)."""
MAX_DEPS = 256
MAX_BLOBS = 256
_ID = re.compile(r"[a-z2-7]{26}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TYPE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_read_header = msgspec.json.Decoder(Header)
_write_header = msgspec.json.Encoder(order="sorted")


def log_id(case: str, public: bytes, incarnation: str) -> str:
    """The id (hex) of the log of one author's key in one case and one vault incarnation.

    Nothing counts across cases, so a gap in one log betrays nothing about another case.
    """
    return hashlib.sha256(codec.encode([case, public.hex(), incarnation])).hexdigest()


def write(
    *,
    identity: Identity,
    company: str,
    case: str,
    seq: int,
    prev: str,
    deps: Iterable[str],
    type: str,  # noqa: A002 -- the header's own word
    body: Body,
    blobs: Iterable[BlobRef] = (),
    claimed_at: datetime,
    schema: int = 1,
) -> SignedEvent:
    """A signed event.

    ``seq`` counts from 1 in the author's log of this case; ``prev`` is the id of the event
    before it, '' for the first; ``deps`` are the ids of the events it answers.
    Raises RecordRefused where the result would not pass `header`, or is larger than any reader
    takes: what nobody could ever import must not be signed.
    """
    _check_size(body)
    head = Header(
        v=1,
        company=company,
        case=case,
        log=log_id(case, identity.signing.public, identity.incarnation),
        author=identity.key_id,
        seq=seq,
        prev=prev,
        deps=tuple(sorted(set(deps))),
        type=str(type),
        schema=schema,
        body_commit=commit(body),
        blobs=tuple(blobs),
        claimed_at=stamp(claimed_at),
        nonce=new_id(),
    )
    payload = _write_header.encode(head)
    signed = SignedEvent(payload, identity.signing.sign(dsse.pae(PAYLOAD_TYPE, payload)))
    header(signed)
    return signed


def _check_size(body: Body) -> None:
    if len(msgspec.json.encode(body)) > MAX_BODY:
        raise RecordRefused(
            "There is more in this than one signed record can hold, so nothing was signed.",
            hint="Shorten the longest texts and tables, or attach them as files.",
        )


def event_id(signed: SignedEvent) -> str:
    """The id (hex SHA-256) of an event: of what is signed, not of the signature."""
    payload = signed.payload
    return _remembered_id(payload) if len(payload) <= _SHORT else _id_of(payload)


def _id_of(payload: bytes) -> str:
    return hashlib.sha256(dsse.pae(PAYLOAD_TYPE, payload)).hexdigest()


# each step of taking an event in asks for it again; only short ones, so that the memory stays small
_remembered_id = lru_cache(maxsize=8192)(_id_of)


def header(signed: SignedEvent) -> Header:
    """The header, read strictly. Raises RecordRefused."""
    if len(signed.signature) != 64:
        raise RecordRefused("This event does not carry a signature.")
    return read_header(signed.payload)


def read_header(payload: bytes) -> Header:
    """The header in signed bytes, read strictly. Raises RecordRefused.

    Writing the parsed header again must give the very bytes that were signed: this leaves no
    room for a second spelling, a repeated name or an unknown field.
    """
    if len(payload) > MAX_PAYLOAD:
        raise RecordRefused("This event is larger than any that Candor writes.")
    try:
        head = _read_header.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise RecordRefused("This is not an event that Candor can read.") from None
    if _write_header.encode(head) != payload:
        raise RecordRefused("This event is not written in the one permitted way.")
    if fault := _fault(head):
        raise RecordRefused(f"This event is not well formed: {fault}.")
    return head


def reread_header(payload: bytes) -> Header:
    """The header in bytes that `read_header` accepted before: no rule is checked again."""
    return _read_header.decode(payload)


def _fault(head: Header) -> str:  # noqa: PLR0911 -- one line a rule
    """What is wrong with a header that parsed; '' for nothing."""
    if head.v != 1:
        return "it was written by a newer Candor"
    if not all(map(_ID.fullmatch, (head.company, head.case, head.author, head.nonce))):
        return "an identifier is not one"
    if not all(map(_DIGEST.fullmatch, (head.log, head.body_commit, *head.deps))):
        return "a digest is not one"
    if not 1 <= head.seq <= codec.MAX_INTEGER or not 1 <= head.schema <= codec.MAX_INTEGER:
        return "a count is out of range"
    if (head.seq == 1) != (head.prev == "") or (head.prev and not _DIGEST.fullmatch(head.prev)):
        return "its place in the log is contradictory"
    if len(head.deps) > MAX_DEPS or list(head.deps) != sorted(set(head.deps)):
        return "its dependencies are not a sorted set"
    if len(head.type) > 64 or not _TYPE.fullmatch(head.type):
        return "its type is not a name"
    if not is_instant(head.claimed_at):
        return "its time is not written in the permitted way"
    return _blob_fault(head.blobs)


def _blob_fault(blobs: tuple[BlobRef, ...]) -> str:
    good = all(_DIGEST.fullmatch(b.digest) and 0 <= b.size <= codec.MAX_INTEGER for b in blobs)
    return "" if good and len(blobs) <= MAX_BLOBS else "an attachment is not named properly"


def signature_holds(signed: SignedEvent, public: bytes) -> bool:
    """Whether the signature over the exact bytes is the key's own."""
    return ed25519.verify(public, signed.signature, dsse.pae(PAYLOAD_TYPE, signed.payload))


def blob_digest(salt: bytes, data: bytes) -> str:
    """The salted digest (hex) by which a header names an attachment.

    Unsalted, whoever guesses a document could prove from the header that it was attached.
    """
    return hashlib.sha256(salt + data).hexdigest()
