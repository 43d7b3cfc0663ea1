"""What a reader of a packet knows already; apart from `verify`, so that it loads no PDF library."""

from __future__ import annotations

from dataclasses import dataclass

from candor.records.events import Body, SignedEvent
from candor.records.root import RootTrust


@dataclass(frozen=True, slots=True)
class Trust:
    """What the reader knows already.

    ``root`` None: nothing is pinned. ``directory_events``: what a vault holds beyond the
    evidence inside, events that witness signatures included (packet signed, receipt given).
    ``directory_as_of``: the instant (`clock.stamp`) of its newest directory event.
    ``time_authorities``: X.509 roots (DER) of time stamping authorities.
    """

    root: RootTrust | None
    directory_events: tuple[tuple[SignedEvent, Body | None], ...] = ()
    directory_as_of: str = ""
    time_authorities: tuple[bytes, ...] = ()
