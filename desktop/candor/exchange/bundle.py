"""The inside of an exchange file: magic, signed manifest, blobs in the manifest's order."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain as chained
from typing import BinaryIO, cast

import msgspec

from candor.clock import stamp
from candor.exchange import carried
from candor.exchange.layout import MAGIC, MAX_PLAIN, PREFIX, SIGNATURE
from candor.exchange.manifest import (
    FORMAT,
    MAX_BLOB,
    MAX_EVENTS,
    MAX_NAME,
    MAX_RECIPIENTS,
    MAX_TOTAL,
    BlobKind,
    BundleTooLarge,
    Entry,
    Manifest,
    Purpose,
    Seen,
    Sender,
    SignedManifest,
    sign,
)
from candor.exchange.padding import bucket_for, pad_length
from candor.exchange.seal import seal
from candor.keys.identity import Identity
from candor.records.events import Body, SignedEvent

Bucket = Callable[[int], int]
"""From the bytes that a file needs inside to the bytes it is padded to, never fewer."""


class Part(msgspec.Struct, frozen=True):
    """One thing to send. ``name`` is for display, and for a relay the person it is for."""

    kind: BlobKind
    data: bytes
    name: str = ""


class Outgoing(msgspec.Struct, frozen=True):
    """A file to be made; sizes, digests and padding are worked out when it is written.

    ``recipients`` are age recipients, ``to`` the person they belong to. With ``stanzas`` the
    header is filled with keys that nobody holds, which hides how many may read.
    """

    purpose: Purpose
    company: str
    to: str
    recipients: tuple[str, ...]
    sequence: int
    previous: str
    created_at: datetime
    events: Sequence[tuple[SignedEvent, Body | None]] = ()
    parts: tuple[Part, ...] = ()
    seen: tuple[Seen, ...] = ()
    stanzas: int = 0


class Written(msgspec.Struct, frozen=True):
    """What was written: the manifest, its digest (the next file's ``previous``) and how many
    bytes the file opens to."""

    digest: str
    manifest: Manifest
    inside: int


def write(
    outgoing: Outgoing, identity: Identity, out: BinaryIO, *, bucket: Bucket = bucket_for
) -> Written:
    """Sign, seal and write one exchange file to ``out``, its inside padded to what ``bucket`` says.

    Raises BundleTooLarge beyond the format's limits, SealFailed for an unusable recipient.
    """
    events = _distinct_events(outgoing.events)
    parts = _distinct([*_event_parts(events), *outgoing.parts])
    _check_fits(outgoing, events, parts)
    signed, padding, inside = _padded(outgoing, identity, [_entry(part) for part in parts], bucket)
    pieces = chained(_front(signed), (part.data for part in parts), _zeros(padding))
    seal(
        cast("BinaryIO", _Joined(pieces)),
        signed.manifest.recipients,
        out,
        stanzas=outgoing.stanzas,
    )
    return Written(signed.digest, signed.manifest, inside)


def to_bytes(
    outgoing: Outgoing, identity: Identity, *, bucket: Bucket = bucket_for
) -> tuple[bytes, Written]:
    """`write` into memory: the whole file and what was written."""
    out = io.BytesIO()
    written = write(outgoing, identity, out, bucket=bucket)
    return out.getvalue(), written


def _distinct_events(
    events: Iterable[tuple[SignedEvent, Body | None]],
) -> list[tuple[SignedEvent, Body | None]]:
    """Each event once, with its body where any copy has one: readers refuse repetition."""
    kept: dict[bytes, tuple[SignedEvent, Body | None]] = {}
    for signed, body in events:
        if body is not None or signed.payload not in kept:
            kept[signed.payload] = (signed, body)
    return list(kept.values())


def _distinct(parts: Iterable[Part]) -> list[Part]:
    """Each content once: two attachments with the same bytes travel as one."""
    return list({(part.kind, part.data): part for part in reversed(list(parts))}.values())[::-1]


def _event_parts(events: Iterable[tuple[SignedEvent, Body | None]]) -> Iterator[Part]:
    return (Part(BlobKind.EVENTS, blob) for blob in carried.pack(events))


def _check_fits(
    outgoing: Outgoing, events: Sequence[tuple[SignedEvent, Body | None]], parts: list[Part]
) -> None:
    too_big = any(len(part.data) > MAX_BLOB for part in parts)
    if too_big or sum(len(part.data) for part in parts) > MAX_TOTAL:
        raise BundleTooLarge(
            "This is more than one exchange file may hold (64 MiB a part, 256 MiB in all).",
            hint="Send it in several files.",
        )
    if len(events) > MAX_EVENTS:
        raise BundleTooLarge(
            f"One exchange file holds at most {MAX_EVENTS:,} events.",
            hint="Send them in several files.",
        )
    if len(outgoing.recipients) > MAX_RECIPIENTS:
        raise BundleTooLarge(
            f"One exchange file is made for at most {MAX_RECIPIENTS} keys.",
            hint="Send it to fewer people at a time.",
        )


def _entry(part: Part) -> Entry:
    return Entry(
        str(part.kind), hashlib.sha256(part.data).hexdigest(), len(part.data), part.name[:MAX_NAME]
    )


def _padded(
    outgoing: Outgoing, identity: Identity, entries: list[Entry], bucket: Bucket
) -> tuple[SignedManifest, int, int]:
    """The manifest with a pad entry that brings the inside to its bucket exactly, the size of
    that pad, the size of the inside."""
    bare = sign(_manifest(outgoing, identity, [*entries, _pad(0)]), identity)
    blobs = sum(entry.size for entry in entries)
    used = PREFIX + len(bare.payload) + SIGNATURE + blobs
    inside = min(bucket(used), MAX_PLAIN)
    size, name = pad_length(inside - used)
    padded = _manifest(outgoing, identity, [*entries, _pad(size, name)])
    return sign(padded, identity), size, inside


def _pad(size: int, name: str = "") -> Entry:
    digest = hashlib.sha256()
    for zeros in _zeros(size):
        digest.update(zeros)
    return Entry(str(BlobKind.PAD), digest.hexdigest(), size, name)


def _manifest(outgoing: Outgoing, identity: Identity, entries: list[Entry]) -> Manifest:
    return Manifest(
        format=FORMAT,
        purpose=str(outgoing.purpose),
        company=outgoing.company,
        sender=Sender(identity.person, identity.signing.public.hex()),
        to=outgoing.to,
        recipients=tuple(sorted(set(outgoing.recipients))),
        sequence=outgoing.sequence,
        previous=outgoing.previous,
        created_at=stamp(outgoing.created_at),
        blobs=tuple(entries),
        seen=outgoing.seen,
    )


def _front(signed: SignedManifest) -> tuple[bytes, ...]:
    return MAGIC, len(signed.payload).to_bytes(4, "big"), signed.payload, signed.signature


def _zeros(size: int) -> Iterator[bytes]:
    block = bytes(2**16)
    while size > 0:
        yield block[:size]
        size -= len(block)


class _Joined:
    """Reads pieces one after another, so that no second copy of a large file is made."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._piece = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self._piece:
            following = next(self._pieces, None)
            if following is None:
                return b""
            self._piece = memoryview(following)
        taken = self._piece[:size] if size >= 0 else self._piece
        self._piece = self._piece[len(taken) :]
        return bytes(taken)
