"""Reads the inside of an exchange file while it streams; nothing counts before its end.

The reader is a sink for `seal.unseal`: it checks the manifest and its signature before it
takes a byte of content, and every length before it makes room for what the length promises.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from candor.exchange import manifest as manifests
from candor.exchange.layout import MAGIC, MAGIC_START, MAX_PLAIN, PREFIX, SIGNATURE
from candor.exchange.manifest import MAX_MANIFEST, BlobKind, Entry, SignedManifest
from candor.exchange.refusals import BundleRefused, Reason
from candor.exchange.seal import unseal


class Content(msgspec.Struct, frozen=True):
    """One blob that arrived whole and has the digest that the manifest signed."""

    entry: Entry
    data: bytes


Contents = Mapping[str, tuple[Content, ...]]


class Received(msgspec.Struct, frozen=True):
    """A file whose inside is sound and signed by the key it names; pads are left out."""

    signed: SignedManifest
    contents: tuple[Content, ...]

    @property
    def by_kind(self) -> Contents:
        """The contents by kind, each kind in the manifest's order."""
        kinds: dict[str, list[Content]] = {}
        for content in self.contents:
            kinds.setdefault(content.entry.kind, []).append(content)
        return {kind: tuple(found) for kind, found in kinds.items()}


class Reader:
    """Takes the opened bytes in order (`write`), then gives what arrived (`finish`)."""

    def __init__(self, check: Callable[[SignedManifest], None]) -> None:
        self._check = check
        self._buffer = bytearray()
        self._wanted = PREFIX
        self._take: Callable[[bytes], None] = self._prefix
        self._signed: SignedManifest | None = None
        self._contents: list[Content] = []
        self._entries: list[Entry] = []
        self._hash = hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        """Take the next bytes. Raises BundleRefused at the first that cannot be right."""
        view = memoryview(data)
        while view:
            if self._signed is not None and not self._entries:
                raise _refuse("This file goes on after its last part.")
            piece = view[: self._wanted]
            view = view[len(piece) :]
            self._wanted -= len(piece)
            self._collect(piece)
            self._advance()
        return len(data)

    def finish(self) -> Received:
        """What arrived, once the stream has ended cleanly. Raises BundleRefused."""
        if self._signed is None or self._entries:
            raise _refuse("This file ends before its last part.")
        return Received(self._signed, tuple(self._contents))

    def _collect(self, piece: memoryview) -> None:
        if self._signed is None:
            self._buffer += piece
            return
        self._hash.update(piece)
        if self._entries[0].kind != BlobKind.PAD:
            self._buffer += piece

    def _advance(self) -> None:
        """Hand over every part that is complete; empty blobs are complete at once."""
        while self._wanted == 0 and (self._signed is None or self._entries):
            whole = bytes(self._buffer)
            self._buffer = bytearray()
            self._take(whole)

    def _prefix(self, prefix: bytes) -> None:
        if not prefix.startswith(MAGIC_START):
            raise _refuse("What this file holds was not made by Candor.")
        if not prefix.startswith(MAGIC):
            raise BundleRefused(
                "This file was made by a newer version of Candor.", reason=Reason.VERSION
            )
        length = int.from_bytes(prefix[len(MAGIC) :], "big")
        if not 0 < length <= MAX_MANIFEST:
            raise BundleRefused(
                "The list of contents of this file is larger than Candor accepts.",
                reason=Reason.TOO_LARGE,
            )
        self._wanted = length + SIGNATURE
        self._take = self._manifest

    def _manifest(self, block: bytes) -> None:
        signed = manifests.read(block[:-SIGNATURE], block[-SIGNATURE:])
        self._check(signed)
        self._signed = signed
        self._entries = list(signed.manifest.blobs)
        self._take = self._blob
        self._next()

    def _blob(self, data: bytes) -> None:
        entry = self._entries.pop(0)
        if self._hash.hexdigest() != entry.digest:
            raise _refuse("A part of this file is not what its sender signed.", Reason.CONTENT)
        if entry.kind != BlobKind.PAD:
            self._contents.append(Content(entry, data))
        self._next()

    def _next(self) -> None:
        self._hash = hashlib.sha256()
        self._wanted = self._entries[0].size if self._entries else 0


def _refuse(what: str, reason: Reason = Reason.FORMAT) -> BundleRefused:
    return BundleRefused(what, reason=reason)


def read_file(
    data: Path | bytes, secrets: Sequence[str], check: Callable[[SignedManifest], None]
) -> Received:
    """Open, read and verify one file; ``check`` judges the manifest before content is taken.

    Raises BundleRefused.
    """
    if isinstance(data, bytes):
        return _read_stream(io.BytesIO(data), secrets, check)
    try:
        with data.open("rb") as source:
            return _read_stream(source, secrets, check)
    except OSError as failure:
        raise BundleRefused("This file could not be opened.", reason=Reason.UNREADABLE) from failure


def _read_stream(
    source: BinaryIO, secrets: Sequence[str], check: Callable[[SignedManifest], None]
) -> Received:
    reader = Reader(check)
    unseal(source, secrets, reader, limit=MAX_PLAIN)
    return reader.finish()
