"""How much of their vaults the sessions of one process keep in memory, all together.

The window has one vault open and never comes near the limit. Who plays many people in one
process (the demonstration) would otherwise hold every vault's records at once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Protocol

MOST_EVENTS = 15_000
"""Events read into memory by all sessions but the one in use; some 6 KB each."""


class Sleeper(Protocol):
    """Something that can let go of what it read, and read it again."""

    def doze(self) -> bool:
        """Let go of it, unless it is in use at this moment; whether it did."""


_awake: OrderedDict[int, tuple[Sleeper, int]] = OrderedDict()
_lock = threading.Lock()


def note(session: Sleeper, events: int) -> None:
    """``session`` now holds so many events. Those longest unused doze where it is too much."""
    with _lock:
        _awake[id(session)] = (session, events)
        _awake.move_to_end(id(session))
        others = list(_awake.items())[:-1]
        surplus = sum(held for _, held in _awake.values()) - MOST_EVENTS
    for _, (other, held) in others:
        if surplus <= 0:
            break
        if other.doze():
            surplus -= held


def forget(session: Sleeper) -> None:
    """``session`` holds nothing any more."""
    with _lock:
        _awake.pop(id(session), None)
