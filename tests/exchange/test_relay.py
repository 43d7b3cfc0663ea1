"""A file within a file: its length tells nothing, and damage is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from candor.exchange import relay
from candor.exchange.bundle import Outgoing, Part, to_bytes
from candor.exchange.manifest import MAX_BLOB, BlobKind, Purpose
from candor.exchange.padding import relay_bucket
from candor.exchange.reader import Received, read_file
from candor.exchange.refusals import BundleRefused
from candor.keys.codes import new_id
from candor.keys.identity import Identity

READER = Identity.new(new_id())


def _open(data: bytes, secrets: list[str]) -> Received:
    return read_file(data, secrets, lambda _signed: None)


def test_relayed_file_is_equally_long_whether_empty_or_full(
    outgoing: Callable[..., Outgoing], event: Callable[..., Any], ada: Identity, grace: Identity
) -> None:
    none, _ = relay.wrap(outgoing(purpose=Purpose.SEALED), ada)
    full, _ = relay.wrap(outgoing(purpose=Purpose.SEALED, events=[event(text="x" * 50_000)]), ada)
    both = (grace.age.recipient, READER.age.recipient)
    shared, _ = relay.wrap(outgoing(purpose=Purpose.SEALED, recipients=both), ada)
    assert len(none.data) == len(full.data) == len(shared.data)
    assert _open(relay.unwrap(full.data), [grace.age.secret]).contents[0].entry.kind == "events"
    assert none.name == grace.person


def test_relayed_file_too_large_for_its_bucket_takes_the_next(
    outgoing: Callable[..., Outgoing], ada: Identity, grace: Identity
) -> None:
    part = Part(BlobKind.BLOB, bytes(100_000), "statement.pdf")
    wrapped, written = relay.wrap(outgoing(purpose=Purpose.SEALED, parts=(part,)), ada)
    assert written.inside == 4 * relay_bucket(0)
    assert _open(relay.unwrap(wrapped.data), [grace.age.secret]).contents[0].data == bytes(100_000)


def test_largest_relayed_file_still_fits_the_file_that_carries_it(
    outgoing: Callable[..., Outgoing], ada: Identity, grace: Identity
) -> None:
    """One beyond the last but one bucket travels; the reply around it would be lost otherwise."""
    data = bytes(17 * 2**20)
    part = Part(BlobKind.BLOB, data, "recording.m4a")
    wrapped, _ = relay.wrap(outgoing(purpose=Purpose.SEALED, parts=(part,)), ada)
    assert len(wrapped.data) <= MAX_BLOB
    outer, _ = to_bytes(outgoing(parts=(wrapped,)), ada)
    (carried,) = _open(outer, [grace.age.secret]).contents
    assert _open(relay.unwrap(carried.data), [grace.age.secret]).contents[0].data == data


@pytest.mark.parametrize(
    "part", [b"", bytes(4), b"\xff" * 40, b"\x00\x00\x00\x01ab", b"\x00\x00\x00\x05ab"]
)
def test_damaged_relay_is_refused(part: bytes) -> None:
    with pytest.raises(BundleRefused, match="forwarded file"):
        relay.unwrap(part)
