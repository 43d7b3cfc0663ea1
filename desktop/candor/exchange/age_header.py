"""A strict reader of the age v1 header: what it accepts is all that the age library sees.

The library is lenient (it accepts stanzas without a final line and huge passphrase work
factors), so every header is read here first, byte by byte, against the age v1 grammar.
Cryptography (unwrapping, header MAC, payload) stays with the library.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import BinaryIO

import msgspec

from candor.exchange.refusals import BundleRefused, Reason

VERSION_LINE = b"age-encryption.org/v1"
ARMOR_START = b"-----BEGIN"
MAX_HEADER = 64 * 1024
"""Bytes; 64 recipients take about 8 KiB."""
MAX_STANZAS = 128
"""64 recipients, stanzas for keys that nobody holds, and the library's grease."""
NONCE = 16
_READ = 8192
_ARGUMENT = re.compile(rb"[\x21-\x7e]+")
_BODY_COLUMNS = 64
_KEY = 32


class Stanza(msgspec.Struct, frozen=True):
    """One recipient stanza: type, further arguments, decoded body."""

    type: bytes
    arguments: tuple[bytes, ...]
    body: bytes


class Opened(msgspec.Struct, frozen=True):
    """A header that passed, and every byte read so far (header, nonce, perhaps payload)."""

    stanzas: tuple[Stanza, ...]
    consumed: bytes


def _refuse(what: str) -> BundleRefused:
    return BundleRefused(
        f"This is not a file that Candor can open: {what}.",
        reason=Reason.HEADER,
    )


def _unbase64(text: bytes) -> bytes:
    """Canonical unpadded standard base64 or a refusal."""
    try:
        raw = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise _refuse("its header holds characters that do not belong there") from None
    if base64.b64encode(raw).rstrip(b"=") != text:
        raise _refuse("its header is not written in the one permitted form")
    return raw


class _Lines:
    """Reads LF-terminated lines from a stream, never more than MAX_HEADER bytes of them."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._buffer = bytearray()
        self._at = 0

    def next(self) -> bytes:
        while (end := self._buffer.find(b"\n", self._at)) < 0:
            if len(self._buffer) >= MAX_HEADER:
                raise _refuse("its header is too long")
            if not self._fill():
                raise _refuse("it ends within its header")
        line = bytes(self._buffer[self._at : end])
        self._at = end + 1
        return line

    def rest(self, size: int) -> bytes:
        """Everything consumed, after making sure that ``size`` bytes follow the header."""
        while len(self._buffer) < self._at + size:
            if not self._fill():
                raise _refuse("it ends right after its header")
        return bytes(self._buffer)

    def _fill(self) -> bool:
        chunk = self._source.read(_READ)
        self._buffer += chunk
        return bool(chunk)


def _arguments(line: bytes) -> tuple[bytes, ...]:
    parts = tuple(line.split(b" "))
    if not all(_ARGUMENT.fullmatch(part) for part in parts):
        raise _refuse("a line of its header is empty or holds a forbidden character")
    return parts


def _body(lines: _Lines) -> bytes:
    text = bytearray()
    while True:
        line = lines.next()
        if len(line) > _BODY_COLUMNS:
            raise _refuse("a line of its header is too long")
        text += line
        if len(line) < _BODY_COLUMNS:
            return _unbase64(bytes(text))


def _stanza(line: bytes, lines: _Lines) -> Stanza:
    kind, *arguments = _arguments(line)
    stanza = Stanza(kind, tuple(arguments), _body(lines))
    if kind == b"scrypt":
        raise BundleRefused(
            "This file is locked with a passphrase; Candor opens only files made for a person.",
            reason=Reason.UNSUPPORTED,
        )
    if kind == b"X25519":
        _check_x25519(stanza)
    return stanza


def _check_x25519(stanza: Stanza) -> None:
    if len(stanza.arguments) != 1 or len(_unbase64(stanza.arguments[0])) != _KEY:
        raise _refuse("a recipient in its header is malformed")
    if len(stanza.body) != _KEY:
        raise _refuse("a wrapped key in its header has the wrong length")


def _check_version(line: bytes) -> None:
    if line.startswith(ARMOR_START):
        raise BundleRefused(
            "This file was turned into text on its way; Candor opens only the original file.",
            reason=Reason.UNSUPPORTED,
            hint="Ask the sender for the .candor file itself.",
        )
    if line.startswith(b"age-encryption.org/") and line != VERSION_LINE:
        raise BundleRefused(
            "This file is sealed in a version of the age format that Candor does not know.",
            reason=Reason.HEADER,
            hint="Install the newest version of Candor, then open the file again.",
        )
    if line != VERSION_LINE:
        raise _refuse("it is of another kind or damaged at its start")


def read_header(source: BinaryIO) -> Opened:
    """Read and check one age v1 header from ``source``.

    Stanzas of unknown types are allowed, as the format asks (they are how it grows), apart
    from passphrase stanzas. Reads at most MAX_HEADER bytes and a block more. Raises
    BundleRefused; OSError from ``source`` passes through.
    """
    lines = _Lines(source)
    _check_version(lines.next())
    stanzas: list[Stanza] = []
    while (line := lines.next()).startswith(b"-> "):
        if len(stanzas) == MAX_STANZAS:
            raise _refuse("it names too many recipients")
        stanzas.append(_stanza(line[3:], lines))
    if not stanzas:
        raise _refuse("it names no recipient")
    if not line.startswith(b"--- ") or len(_unbase64(line[4:])) != _KEY:
        raise _refuse("its header is damaged")
    return Opened(tuple(stanzas), lines.rest(NONCE))
