"""People, events and files for the exchange tests; every key is fresh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from candor.exchange import intake
from candor.exchange.bundle import Outgoing, to_bytes
from candor.exchange.checked import Checked
from candor.exchange.manifest import Purpose
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records.body import make_body
from candor.records.chain import write
from candor.records.events import Body, SignedEvent

from .a_company import Company

Pair = tuple[SignedEvent, Body | None]


@pytest.fixture
def noon() -> datetime:
    """The instant at which everything in these tests happens."""
    return datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def company() -> str:
    """The id of the company."""
    return "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def ada() -> Identity:
    """The sender in most tests."""
    return Identity.new(new_id())


@pytest.fixture
def grace() -> Identity:
    """The recipient in most tests."""
    return Identity.new(new_id())


@pytest.fixture
def event(ada: Identity, company: str, noon: datetime) -> Callable[..., Pair]:
    """Makes a signed event of a type that no version knows, with a body of one item."""

    def made(*, author: Identity = ada, text: str = "x", **header: Any) -> Pair:
        body = make_body([("text", text)])
        fields = {
            "company": company,
            "case": new_id(),
            "seq": 1,
            "prev": "",
            "deps": (),
            "type": "future.thing",
            "claimed_at": noon,
        }
        return write(identity=author, body=body, **(fields | header)), body

    return made


@pytest.fixture
def outgoing(grace: Identity, company: str, noon: datetime) -> Callable[..., Outgoing]:
    """Makes a reply to Grace with no content, apart from what is said otherwise."""

    def made(*, recipient: Identity = grace, **changes: Any) -> Outgoing:
        fields = {
            "purpose": Purpose.REPLY,
            "company": company,
            "to": recipient.person,
            "recipients": (recipient.age.recipient,),
            "sequence": 1,
            "previous": "",
            "created_at": noon,
        }
        return Outgoing(**(fields | changes))

    return made


@pytest.fixture
def send(ada: Identity, outgoing: Callable[..., Outgoing]) -> Callable[..., bytes]:
    """Makes a file from Ada to Grace."""

    def made(**changes: Any) -> bytes:
        return to_bytes(outgoing(**changes), ada)[0]

    return made


@pytest.fixture
def firm(company: str, ada: Identity, grace: Identity, noon: datetime) -> Company:
    """The company that Ada and Grace are of."""
    return Company(company, ada, grace, noon)


@pytest.fixture
def take(firm: Company) -> Callable[..., Checked]:
    """Grace's vault checks a file."""

    def taking(data: bytes | Path, **changes: Any) -> Checked:
        known = firm.known(firm.grace, **changes)
        return intake.check(data, secrets=[firm.grace.age.secret], known=known)

    return taking
