"""Sealing to people's keys (age v1, X25519 only): the one place that names pyrage.

age proves nothing about who wrote a file; the signed manifest inside does (`bundle`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import BinaryIO, Protocol

import pyrage  # type: ignore[import-untyped]  # it ships no stubs; only this file names it

from candor.errors import CandorError
from candor.exchange.age_header import read_header
from candor.exchange.refusals import BundleRefused, Reason

_CHUNK = 64 * 1024
_SECRET_PREFIX = "AGE-SECRET-KEY-1"  # noqa: S105 -- the public prefix of the format, not a secret


class SealFailed(CandorError):
    """A file could not be sealed: a recipient's key is unusable or the disk refused."""


class Sink(Protocol):
    """Takes the opened bytes in order. What it took counts only once `unseal` returns."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


class _Source:
    """Hands the age library the checked header, then the rest of the stream."""

    def __init__(self, consumed: bytes, source: BinaryIO) -> None:
        self._head = memoryview(consumed)
        self._source = source
        self.failure: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        if self._head:
            piece = self._head[:size] if size >= 0 else self._head
            self._head = self._head[len(piece) :]
            return bytes(piece)
        try:
            return self._source.read(size if size >= 0 else _CHUNK)
        except OSError as failure:
            self.failure = failure
            raise


class _Capped:
    """Passes opened bytes on, up to a limit; keeps the first failure, whatever wraps it."""

    def __init__(self, sink: Sink, limit: int) -> None:
        self._sink = sink
        self._limit = limit
        self.written = 0
        self.failure: CandorError | OSError | None = None

    def write(self, data: bytes) -> int:
        if self.failure is not None:
            # The library empties its buffer once more after a failure: the sink has stopped.
            raise self.failure
        try:
            if self.written + len(data) > self._limit:
                raise BundleRefused(
                    f"This file opens to more than {_megabytes(self._limit)}; "
                    "Candor refuses files of that size.",
                    reason=Reason.TOO_LARGE,
                )
            self._sink.write(data)
        except (CandorError, OSError) as failure:
            self.failure = failure
            raise
        self.written += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is buffered here."""


def _megabytes(size: int) -> str:
    return f"{size // 2**20} MiB" if size >= 2**20 else f"{size} bytes"


def _identity(secret: str) -> pyrage.x25519.Identity:
    if not secret.upper().startswith(_SECRET_PREFIX):
        raise BundleRefused(
            "The key offered for opening this file is of a kind that Candor does not use.",
            reason=Reason.UNSUPPORTED,
            hint="Open the file in the vault of the person it was made for.",
        )
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise BundleRefused(
            "The key offered for opening this file is damaged.",
            reason=Reason.UNSUPPORTED,
            hint="Restore the vault from its latest backup.",
        ) from None


def recipient_of(secret: str) -> str:
    """The "age1..." recipient of an "AGE-SECRET-KEY-1..." secret. Raises BundleRefused."""
    return str(_identity(secret).to_public())


def seal(
    data: bytes | BinaryIO, recipients: Sequence[str], out: BinaryIO, *, stanzas: int = 0
) -> None:
    """Seal ``data`` to each of ``recipients`` ("age1...") and write the age file to ``out``.

    With ``stanzas`` above the number of recipients, keys that nobody holds fill the header up
    to it, so that the number of readers does not show. Raises SealFailed.
    """
    keys = [_recipient(text) for text in recipients]
    if not keys:
        raise SealFailed("A file cannot be sealed without a recipient.")
    while len(keys) < stanzas:
        keys.append(pyrage.x25519.Identity.generate().to_public())
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        pyrage.encrypt_io(source, out, keys)
    except (pyrage.EncryptError, OSError) as failure:
        raise SealFailed(
            "The file could not be written.", hint="Check that the disk has room, then try again."
        ) from failure


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise SealFailed(
            "The key of a recipient is malformed, so nothing can be sealed to it.",
            hint="Import the latest directory file, then try again.",
        ) from None


def unseal(source: BinaryIO, secrets: Sequence[str], sink: Sink, *, limit: int) -> int:
    """Open an age file with one of ``secrets``, writing at most ``limit`` bytes to ``sink``.

    The header passes the strict reader before the age library sees a byte. ``sink`` is written
    while the file still streams: what it took counts only if this returns, which it does only
    at the clean end of the file. Returns the number of bytes written. Raises BundleRefused;
    a CandorError that ``sink`` raises passes through.
    """
    try:
        opened = read_header(source)
    except OSError as failure:
        raise _unreadable() from failure
    identities = [_identity(secret) for secret in secrets]
    reader, writer = _Source(opened.consumed, source), _Capped(sink, limit)
    try:
        pyrage.decrypt_io(reader, writer, identities)
    except (pyrage.DecryptError, CandorError, OSError) as failure:
        raise _refusal(failure, reader, writer) from failure
    return writer.written


def unseal_bytes(data: bytes, secrets: Sequence[str], *, limit: int) -> bytes:
    """`unseal` for a whole file in memory; the opened bytes. Raises BundleRefused."""
    sink = io.BytesIO()
    unseal(io.BytesIO(data), secrets, sink, limit=limit)
    return sink.getvalue()


def _refusal(failure: Exception, reader: _Source, writer: _Capped) -> CandorError:
    if isinstance(writer.failure, CandorError):
        return writer.failure
    if writer.failure is not None:
        return BundleRefused(
            "What this file holds could not be stored; nothing was imported.",
            reason=Reason.UNREADABLE,
            hint="Check that the disk has room, then try again.",
        )
    if reader.failure is not None:
        return _unreadable()
    if isinstance(failure, pyrage.DecryptError):
        return _header_refusal(str(failure))
    # The library reports a broken payload as OSError, after releasing the sound part of it.
    return BundleRefused(
        "This file is cut short or was damaged on its way; nothing was imported.",
        reason=Reason.PAYLOAD,
    )


def _header_refusal(said: str) -> BundleRefused:
    if "No matching keys" in said:
        return BundleRefused(
            "This file was not made for you: none of your keys opens it.", reason=Reason.NO_MATCH
        )
    if "MAC" in said:
        return BundleRefused(
            "The list of recipients of this file was changed after it was sealed.",
            reason=Reason.MAC,
        )
    return BundleRefused("The start of this file is damaged.", reason=Reason.HEADER)


def _unreadable() -> BundleRefused:
    return BundleRefused("This file could not be read to its end.", reason=Reason.UNREADABLE)
