"""Unlocking a large vault, beyond the derivation of its key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from a_vault import CHEAP, PARTS, SECRET, filler, found
from measuring import Measured, best, seconds

from candor.app import vaults
from candor.clock import SystemClock
from candor.vault.store import Vault

CASES, EACH = 10_000, 10


def run(folder: Path) -> Iterator[Measured]:
    """10,000 cases, 100,000 events."""
    pair = found(folder, 20)
    session = pair.secretary
    session.vault.add_events(filler(session, CASES, EACH), received_at="2026-12-01T09:00:00+00:00")
    session.vault.close()
    place = folder / "secretary"

    def unlock() -> None:
        Vault.unlock(place, SECRET, floor=CHEAP).close()

    salt = bytes(16)
    beyond = best(unlock, 5) - best(lambda: CHEAP.derive(SECRET, salt), 5)
    yield Measured("unlock beyond the key derivation, 100,000 events", beyond * 1000, "ms", 150)
    opened = vaults.open_vault(place, SECRET, SystemClock(), PARTS)
    yield Measured("  then reading all events, the first time", seconds(opened.rest), "s")
    opened.close()
    for name in ("the first time: every signature is verified", "any later time"):
        session = vaults.open_vault(place, SECRET, SystemClock(), PARTS)
        session.rest()
        took = seconds(partial(getattr, session, "state"))
        yield Measured(f"  then reading all events, {name}", took, "s")
        session.close()
