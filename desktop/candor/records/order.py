"""Which events can be read yet, and in what order.

Order comes from predecessors and dependencies alone, never from clocks or arrival. An event's
depth is one more than the deepest event it names, so it never changes when others arrive;
events of one depth go by id.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from candor.records.judge import Judged

WAITS_FOR_CERTIFICATE = "It waits for the certificate of its author."
WAITS_FOR_PREDECESSOR = "It waits for the event before it in its author's log."
WAITS_FOR_DEPENDENCY = "It waits for an event that it answers."
WAITS_FOR_WAITING = "It waits for an event that itself waits."
BREAKS_CHAIN = "It does not follow the event that it names as its predecessor."

Log = tuple[str, str, str]
"""A log's true name: (log, author, case). Nobody can write into another's log by its id."""


def log_of(judged: Judged) -> Log:
    """The log that an event belongs to."""
    head = judged.header
    return head.log, head.author, head.case


def parents(judged: Judged) -> tuple[str, ...]:
    """The ids that an event needs: its predecessor and its dependencies."""
    head = judged.header
    return (head.prev, *head.deps) if head.prev else head.deps


class Placer:
    """Places events as they come; one waits until everything that it names is placed.

    ``certified`` are the key ids whose events may be placed at all; ``base`` the depths of
    events placed elsewhere (the directory). ``depth`` holds every placed event, ``refused``
    those that do not follow their predecessor.
    """

    def __init__(self, certified: Iterable[str], base: Mapping[str, int] | None = None) -> None:
        self.certified = frozenset(certified)
        self.events: dict[str, Judged] = {}
        self.depth: dict[str, int] = {}
        self.refused: dict[str, str] = {}
        self._base = base or {}
        self._waiting: set[str] = set()
        self._missing: dict[str, int] = {}
        self._children: dict[str, list[str]] = {}
        self._successors: dict[str, list[str]] = {}

    def add(self, arrived: Iterable[Judged]) -> list[str]:
        """Take events in; returns the ids that could now be placed, in no special order."""
        arrived = list(arrived)
        for judged in arrived:
            self.events[judged.id] = judged
            self._waiting.add(judged.id)
            if judged.header.prev:
                self._successors.setdefault(judged.header.prev, []).append(judged.id)
        for judged in arrived:
            for event in (judged.id, *self._successors.get(judged.id, ())):
                self._check_follows(event)
        return self._settle([j.id for j in arrived if self._admit(j)])

    def _check_follows(self, event: str) -> None:
        """Refuse an event whose predecessor is here and is not the one before in its log."""
        judged = self.events[event]
        before = self.events.get(judged.header.prev)
        if before is None:
            return
        if log_of(before) != log_of(judged) or before.header.seq != judged.header.seq - 1:
            self.refused[event] = BREAKS_CHAIN
            self._waiting.discard(event)

    def is_certified(self, judged: Judged) -> bool:
        """Whether its signature holds under a key that the directory certifies."""
        return judged.signed and judged.header.author in self.certified

    def _admit(self, judged: Judged) -> bool:
        """Note what an event waits for; True where it waits for nothing."""
        if judged.id in self.refused or not self.is_certified(judged):
            return False
        needs = {p for p in parents(judged) if p not in self.depth and p not in self._base}
        self._missing[judged.id] = len(needs)
        for parent in needs:
            self._children.setdefault(parent, []).append(judged.id)
        return not needs

    def _settle(self, ready: Iterable[str]) -> list[str]:
        """Place what is ready and whatever that frees (Kahn's algorithm)."""
        queue, placed = deque(ready), []
        while queue:
            event = queue.popleft()
            if event in self.refused:
                continue
            self.depth[event] = 1 + self._deepest(parents(self.events[event]))
            self._waiting.discard(event)
            placed.append(event)
            for child in self._children.pop(event, ()):
                self._missing[child] -= 1
                if not self._missing[child]:
                    queue.append(child)
        return placed

    def _deepest(self, events: Iterable[str]) -> int:
        depths = (self.depth[e] if e in self.depth else self._base[e] for e in events)
        return max(depths, default=0)

    def ordered(self, events: Iterable[str]) -> list[str]:
        """Placed events in their one order."""
        return sorted(events, key=lambda e: (self.depth[e], e))

    def held(self) -> dict[str, str]:
        """Every event that waits, with what it waits for."""
        return {event: self._why(self.events[event]) for event in self._waiting}

    def _here(self, event: str) -> bool:
        return event in self._base or (event in self.events and event not in self.refused)

    def _why(self, judged: Judged) -> str:
        if not self.is_certified(judged):
            return WAITS_FOR_CERTIFICATE
        if judged.header.prev and not self._here(judged.header.prev):
            return WAITS_FOR_PREDECESSOR
        if not all(map(self._here, judged.header.deps)):
            return WAITS_FOR_DEPENDENCY
        return WAITS_FOR_WAITING
