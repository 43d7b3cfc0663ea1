"""Events as they travel: one canonical JSON object per line, the exact signed bytes inside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

import msgspec

from candor.errors import CandorError
from candor.exchange.refusals import BundleRefused, Reason
from candor.records import body as bodies
from candor.records import chain, codec
from candor.records.events import Body, Header, SignedEvent

MAX_LINE = 2**20
"""Bytes of one event with its body."""
_LINES_PER_BLOB = 2**22
_KEPT_DECODED = 2**23
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_MOST_REMEMBERED = 8_000
_good: dict[bytes, Header] = {}
"""Digests of lines that were found good in this process, with their headers."""


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payload: str
    signature: str
    body: Body | msgspec.UnsetType = msgspec.UNSET


_ASTRAL = re.compile(rb"[\xf0-\xff]")
_read_line = msgspec.json.Decoder(_Line)
_write_line = msgspec.json.Encoder(order="sorted")


class CarriedEvent(msgspec.Struct, frozen=True):
    """An event from a file whose header, commitment and form were checked.

    ``body`` is decoded again at each reading where a file carries much, so that hostile nested
    values never stand in memory all together.
    """

    id: str
    signed: SignedEvent
    header: Header
    has_body: bool
    line: bytes
    kept: Body | None = None

    @property
    def body(self) -> Body | None:
        """The event's body, or None where the sender sent only the header."""
        if not self.has_body or self.kept is not None:
            return self.kept
        return _body_of(_decode(self.line))

    @property
    def pair(self) -> tuple[SignedEvent, Body | None]:
        """What folds and stores take."""
        return self.signed, self.body


def encode_line(signed: SignedEvent, body: Body | None) -> bytes:
    """One event as a line without its line feed. ``body`` is one that a header binds: the
    strict writer wrote it to commit to it, so that no value in it need be checked again."""
    payload, signature = signed.payload.decode(), signed.signature.hex()
    line = _write_line.encode(_Line(payload, signature, msgspec.UNSET if body is None else body))
    if _ASTRAL.search(line) is None:
        return line
    whole = {"payload": payload, "signature": signature}
    return codec.encode(whole if body is None else {**whole, "body": msgspec.to_builtins(body)})


def pack(events: Iterable[tuple[SignedEvent, Body | None]]) -> Iterator[bytes]:
    """Event blobs of a few MiB each, lines in the order given."""
    lines: list[bytes] = []
    size = 0
    for signed, body in events:
        lines.append(encode_line(signed, body) + b"\n")
        size += len(lines[-1])
        if size >= _LINES_PER_BLOB:
            yield b"".join(lines)
            lines, size = [], 0
    if lines:
        yield b"".join(lines)


class Unpacker:
    """Reads event blobs of one file, keeping bodies decoded only while they are few."""

    def __init__(self, company: str) -> None:
        self._company = company
        self._decoded = 0
        self.events: dict[str, CarriedEvent] = {}

    def read(self, blob: bytes, *, limit: int) -> None:
        """Take one blob; at most ``limit`` events in all. Raises BundleRefused."""
        if not blob.endswith(b"\n"):
            raise _refuse("An event in this file is cut short.")
        for line in blob[:-1].split(b"\n"):
            if len(self.events) >= limit:
                raise BundleRefused(
                    f"This file holds more than {limit:,} events.", reason=Reason.TOO_LARGE
                )
            event = self._event(line)
            if event.id in self.events:
                raise _refuse("This file holds the same event twice.")
            self.events[event.id] = event

    def _event(self, line: bytes) -> CarriedEvent:
        read, header = _checked(line)
        signed = SignedEvent(read.payload.encode(), bytes.fromhex(read.signature))
        if header.company != self._company:
            raise BundleRefused(
                "An event in this file belongs to another company.", reason=Reason.COMPANY
            )
        body = _body_of(read)
        self._decoded += len(line)
        kept = body if self._decoded <= _KEPT_DECODED else None
        event_id = chain.event_id(signed)
        return CarriedEvent(event_id, signed, header, body is not None, line, kept)


def _checked(line: bytes) -> tuple[_Line, Header]:
    """The event and its header, if every rule of their form holds and the header binds the body.

    What held once holds for ever: a file is looked at before it is imported, and the directory
    comes in the files of many.
    """
    name = hashlib.sha256(line).digest()
    if (header := _good.get(name)) is not None:
        return _read_line.decode(line), header
    read = _decode(line)
    try:
        header = chain.header(SignedEvent(read.payload.encode(), bytes.fromhex(read.signature)))
    except CandorError as fault:
        raise _refuse("An event in this file is malformed.") from fault
    _check_body(_body_of(read), header)
    if len(_good) >= _MOST_REMEMBERED:
        _good.clear()
    _good[name] = header
    return read, header


def _body_of(read: _Line) -> Body | None:
    return None if read.body is msgspec.UNSET else read.body


def _check_body(body: Body | None, header: Header) -> None:
    if body is None:
        return
    try:
        holds = bodies.commit(body) == header.body_commit
    except (CandorError, ValueError) as fault:
        raise _refuse("The answers of an event in this file are malformed.") from fault
    if not holds:
        raise _refuse("The answers of an event in this file are not those that were signed.")


def _decode(line: bytes) -> _Line:
    read = _quickly(line) or _strictly(line)
    if not _SIGNATURE.fullmatch(read.signature):
        raise _refuse("The signature of an event in this file is malformed.")
    return read


def _quickly(line: bytes) -> _Line | None:
    """The event if writing it again gives the very same bytes; None where that is not enough.

    Ten times faster than `codec`, and as strict: a repeated name, a second spelling or a
    number out of range would not come out the same. Beyond the basic plane the order of names
    may differ from RFC 8785, so such lines take the long way; fractions in a body, which may
    come out the same, fail its commitment.
    """
    if len(line) > MAX_LINE or not (line.isascii() or _ASTRAL.search(line) is None):
        return None
    try:
        read = _read_line.decode(line)
        return read if _write_line.encode(read) == line else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _strictly(line: bytes) -> _Line:
    try:
        return msgspec.convert(codec.decode_canonical(line, limit=MAX_LINE), _Line)
    except (CandorError, msgspec.ValidationError) as fault:
        raise _refuse("An event in this file is malformed.") from fault


def _refuse(what: str) -> BundleRefused:
    return BundleRefused(what, reason=Reason.CONTENT)
