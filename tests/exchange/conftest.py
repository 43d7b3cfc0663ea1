"""People, events and files for the exchange tests; every key is fresh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from candor.exchange.bundle import Outgoing, to_bytes
from candor.exchange.manifest import Purpose
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records.body import make_body
from candor.records.chain import write
from candor.records.events import Body, SignedEvent

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
COMPANY = "abcdefghijklmnopqrstuvwxyz"

Pair = tuple[SignedEvent, Body | None]


@pytest.fixture
def ada() -> Identity:
    """The sender in most tests."""
    return Identity.new(new_id())


@pytest.fixture
def grace() -> Identity:
    """The recipient in most tests."""
    return Identity.new(new_id())


def event(
    author: Identity, *, case: str = "", seq: int = 1, prev: str = "", text: str = "x"
) -> Pair:
    """A signed event of a type that no version knows, with a body of one item."""
    body = make_body([("text", text)])
    signed = write(
        identity=author,
        company=COMPANY,
        case=case or new_id(),
        seq=seq,
        prev=prev,
        deps=(),
        type="future.thing",
        body=body,
        claimed_at=NOON,
    )
    return signed, body


def outgoing(recipient: Identity, **changes: object) -> Outgoing:
    """A reply to ``recipient`` with no content, apart from ``changes``."""
    fields: dict[str, object] = {
        "purpose": Purpose.REPLY,
        "company": COMPANY,
        "to": recipient.person,
        "recipients": (recipient.age.recipient,),
        "sequence": 1,
        "previous": "",
        "created_at": NOON,
    }
    return Outgoing(**(fields | changes))  # type: ignore[arg-type]


@pytest.fixture
def send(ada: Identity, grace: Identity) -> Callable[..., bytes]:
    """A file from Ada to Grace."""

    def sending(**changes: object) -> bytes:
        return to_bytes(outgoing(grace, **changes), ada)[0]

    return sending
