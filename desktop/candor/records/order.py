"""Which events can be read yet, and in what order.

Order comes from predecessors and dependencies alone, never from clocks or arrival. An event's
depth is one more than the deepest event it names, so it never changes when others arrive;
events of one depth go by id.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

import msgspec

from candor.records.judge import Judged

WAITS_FOR_CERTIFICATE = "It waits for the certificate of its author."
WAITS_FOR_PREDECESSOR = "It waits for the event before it in its author's log."
WAITS_FOR_DEPENDENCY = "It waits for an event that it answers."
WAITS_FOR_WAITING = "It waits for an event that itself waits."
BREAKS_CHAIN = "It does not follow the event that it names as its predecessor."

Log = tuple[str, str, str]
"""A log's true name: (log, author, case). Nobody can write into another's log by its id."""


class Fork(msgspec.Struct, frozen=True):
    """Several events in one place of a log: evidence against their author.

    ``kept`` is the id that a person let stand, '' until then; ``resolution`` is the event.
    """

    case: str
    log: str
    author: str
    seq: int
    events: tuple[str, ...]
    kept: str = ""
    resolution: str = ""


class Gap(msgspec.Struct, frozen=True):
    """Numbers ``first`` to ``last`` of a log have not arrived, though later ones have."""

    case: str
    log: str
    author: str
    first: int
    last: int


class Placed(msgspec.Struct, frozen=True):
    """The outcome: ``order`` lists readable ids; ``held`` and ``refused`` map ids to reasons."""

    order: tuple[str, ...]
    depth: dict[str, int]
    held: dict[str, str]
    refused: dict[str, str]


def log_of(judged: Judged) -> Log:
    """The log that an event belongs to."""
    head = judged.header
    return head.log, head.author, head.case


def parents(judged: Judged) -> tuple[str, ...]:
    """The ids that an event needs: its predecessor and its dependencies."""
    head = judged.header
    return (head.prev, *head.deps) if head.prev else head.deps


def place(
    events: Mapping[str, Judged],
    certified: Iterable[str],
    base: Mapping[str, int] | None = None,
    predecessors: Mapping[str, Judged] | None = None,
) -> Placed:
    """Order ``events`` whose author key is in ``certified``.

    ``base`` gives the depths of events placed earlier (the directory), which count as there.
    """
    base = base or {}
    certified = set(certified)
    refused = {e: BREAKS_CHAIN for e, j in events.items() if not _follows(j, events, predecessors)}
    ready = {e: j for e, j in events.items() if j.signed and j.header.author in certified}
    for event in refused:
        ready.pop(event, None)
    depth = _depths(ready, base)
    held = {
        e: _why_held(j, events, base, refused, certified)
        for e, j in events.items()
        if e not in depth and e not in refused
    }
    order = tuple(sorted((e for e in ready if e in depth), key=lambda e: (depth[e], e)))
    return Placed(order, {e: depth[e] for e in order}, held, refused)


def _follows(
    judged: Judged, events: Mapping[str, Judged], more: Mapping[str, Judged] | None
) -> bool:
    """Whether the predecessor, if it is here, is the one before in the same log."""
    head = judged.header
    before = events.get(head.prev) or (more or {}).get(head.prev)
    if before is None:
        return True
    return log_of(before) == log_of(judged) and before.header.seq == head.seq - 1


def _depths(ready: Mapping[str, Judged], base: Mapping[str, int]) -> dict[str, int]:
    """The depth of every event all of whose ancestors are here (Kahn's algorithm)."""
    depth = dict(base)
    missing: dict[str, int] = {}
    children: dict[str, list[str]] = {}
    queue: deque[str] = deque()
    for event, judged in ready.items():
        needs = {p for p in parents(judged) if p not in base}
        missing[event] = len(needs)
        for parent in needs:
            children.setdefault(parent, []).append(event)
        if not needs:
            queue.append(event)
    while queue:
        event = queue.popleft()
        depth[event] = 1 + max((depth[p] for p in parents(ready[event])), default=0)
        for child in children.get(event, ()):
            missing[child] -= 1
            if not missing[child]:
                queue.append(child)
    return depth


def _why_held(
    judged: Judged,
    events: Mapping[str, Judged],
    base: Mapping[str, int],
    refused: Mapping[str, str],
    certified: set[str],
) -> str:
    def here(event: str) -> bool:
        return event in base or (event in events and event not in refused)

    if not judged.signed or judged.header.author not in certified:
        return WAITS_FOR_CERTIFICATE
    if judged.header.prev and not here(judged.header.prev):
        return WAITS_FOR_PREDECESSOR
    if not all(map(here, judged.header.deps)):
        return WAITS_FOR_DEPENDENCY
    return WAITS_FOR_WAITING


def find_forks(events: Iterable[Judged]) -> tuple[Fork, ...]:
    """Every place of a log that several signed events claim, held ones included."""
    places: dict[tuple[Log, int], list[str]] = {}
    for judged in events:
        places.setdefault((log_of(judged), judged.header.seq), []).append(judged.id)
    return tuple(
        Fork(case, log, author, seq, tuple(sorted(ids)))
        for ((log, author, case), seq), ids in sorted(places.items())
        if len(ids) > 1
    )


def find_gaps(events: Iterable[Judged]) -> tuple[Gap, ...]:
    """Every run of numbers missing below the highest known of its log."""
    seen: dict[Log, set[int]] = {}
    for judged in events:
        seen.setdefault(log_of(judged), set()).add(judged.header.seq)
    gaps: list[Gap] = []
    for (log, author, case), numbers in sorted(seen.items()):
        expected = 1
        for number in sorted(numbers):
            if number > expected:
                gaps.append(Gap(case, log, author, expected, number - 1))
            expected = number + 1
    return tuple(gaps)
