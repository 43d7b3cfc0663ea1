"""The three times of an event, kept apart because they prove different things."""

from __future__ import annotations

import msgspec

from candor.records.state import State


class Witnessed(msgspec.Struct, frozen=True):
    """A signed receipt: ``by`` (person id) says that the event had arrived at ``at``."""

    by: str
    at: str
    event: str


class Times(msgspec.Struct, frozen=True):
    """``claimed``: what the author says; ``received``: when this vault first had it, for display
    only; ``witnessed``: what others signed. Instants as `clock.stamp` writes them; '' unknown."""

    claimed: str
    received: str
    witnessed: tuple[Witnessed, ...]


def times(state: State, event: str, received_at: str = "") -> Times:
    """The times of an event. ``received_at`` comes from the vault and never from the fold:
    when a file happened to arrive must not change what is true."""
    receipts = (
        receipt for case in state.cases.values() for receipt in case.receipts if receipt.of == event
    )
    witnessed = tuple(Witnessed(r.person, r.received_at, r.event) for r in receipts)
    return Times(state.claims.get(event, ""), received_at, witnessed)
