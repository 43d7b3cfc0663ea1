"""From events to state: at once, or as they arrive, by the same steps and to the same end.

Judge each event once (form, signature, body); read the directory; place the rest by
predecessors and dependencies; leave out what a revoked key wrote too late; read each case
again that something touched. A directory event can change what any other means, so it starts
everything but the judging anew.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec

from candor.clock import as_utc
from candor.keys import ed25519
from candor.records import chain
from candor.records.authority import Authority, Brought
from candor.records.case_fold import fold_case
from candor.records.directory import Directory
from candor.records.directory_fold import DirectoryFold, fold_judged
from candor.records.events import Body, EventType, Header, SignedEvent
from candor.records.judge import Judged, Verified, fitting_body, judge, public_keys
from candor.records.logbook import Fork, LogBook
from candor.records.matters import Case
from candor.records.order import Placer
from candor.records.root import RootDocument
from candor.records.state import State

TOO_EARLY = "It claims an earlier time than an event that it answers."
Pair = tuple[SignedEvent, Body | None]


def fold(
    events: Iterable[Pair],
    root: RootDocument,
    verified: Verified | None = None,
    brought: Brought | None = None,
) -> State:
    """The state that ``events`` tell under a trusted root (any version of it).

    ``verified`` remembers what was verified before and learns what is verified now; without
    it every signature and body is checked. The result never depends on it. ``brought``: what
    offices bring along under the code packs that are here.
    """
    return Ledger(root, verified, brought).add(events)


class Ledger:
    """The events of one vault, and the state they tell after each arrival."""

    def __init__(
        self,
        root: RootDocument,
        verified: Verified | None = None,
        brought: Brought | None = None,
    ) -> None:
        self._root = root
        self._brought: Brought = brought or {}
        self._verified = Verified() if verified is None else verified
        self._keys = public_keys((), root)
        self._known: dict[str, Judged] = {}
        self._refused: dict[str, str] = {}
        self._unsettled: dict[str, list[Pair]] = {}
        self._times: dict[str, datetime] = {}
        self._read_again()

    def add(self, events: Iterable[Pair]) -> State:
        """Take events in, any of them any number of times; returns the new state."""
        with _without_collector():
            changed = self._judge(events)
            if any(j.header.case == self._root.directory for j in changed) or any(
                self._people.revoked.concerns(j) for j in changed
            ):
                self._read_again()
            else:
                self._take(changed)
            return self._state()

    def rely_on(self, brought: Brought) -> State:
        """Read everything under these code packs; returns the new state."""
        self._brought = brought
        with _without_collector():
            self._read_again()
            return self._state()

    def header(self, event: str) -> Header | None:
        """The header of an event that can be read; None for one refused or not here."""
        judged = self._known.get(event)
        return judged.header if judged is not None else None

    # --- judging -------------------------------------------------------------------------

    def _judge(self, events: Iterable[Pair]) -> list[Judged]:
        """The events that are new here or better known than before."""
        copies: dict[str, list[Pair]] = {}
        for pair in events:
            copies.setdefault(chain.event_id(pair[0]), []).append(pair)
        keys = public_keys(body for group in copies.values() for _, body in group)
        if not keys.keys() <= self._keys.keys():
            self._keys.update(keys)
            for event in self._unsettled:
                copies.setdefault(event, [])
        changed = (self._judge_one(event, group) for event, group in copies.items())
        return [judged for judged in changed if judged is not None]

    def _judge_one(self, event: str, copies: list[Pair]) -> Judged | None:
        before = self._known.get(event)
        if before is not None and before.signed:
            return self._with_body(before, copies)
        copies = [*self._unsettled.pop(event, ()), *copies]
        found = judge(event, copies, self._keys, self._root.company, self._verified)
        self._refused.pop(event, None)
        if isinstance(found, str):
            self._refused[event] = found
            self._unsettled[event] = copies
            return None
        if not found.signed:
            self._unsettled[event] = copies
        self._known[event] = found
        return None if found == before else found

    def _with_body(self, before: Judged, copies: list[Pair]) -> Judged | None:
        """The event with a body that arrived later."""
        bodies = [body for _, body in copies if body is not None]
        if before.body is not None or not bodies:
            return None
        body = fitting_body(before.id, before.header, bodies, Verified())
        if body is None:
            return None
        self._verified.bodies.add(before.id)
        self._known[before.id] = found = msgspec.structs.replace(before, body=body)
        return found

    # --- placing -------------------------------------------------------------------------

    def _read_again(self) -> None:
        """Read the directory, then everything else under it."""
        self._people: DirectoryFold = fold_judged(self._known, self._root, self._verified)
        self._authority = Authority(self._people.directory, self._brought)
        self._placer = Placer(_certified(self._people.directory), self._people.depth)
        self._book = LogBook()
        self._by_case: dict[str, list[str]] = {}
        self._outside: dict[str, str] = {}
        self._quarantined: dict[str, str] = {}
        self._cases: dict[str, Case] = {}
        self._items: dict[str, Case] = {}
        self._item_cases: set[str] = set()
        self._resting: dict[str, set[str]] = {}
        self._void: dict[str, str] = {}
        self._void_in: dict[str, dict[str, str]] = {}
        self._forks: dict[str, tuple[Fork, ...]] = {}
        self._claims = {e: self._known[e].header.claimed_at for e in self._people.depth}
        for judged in self._known.values():
            if judged.signed:
                self._book.note_end(judged)
                if judged.header.case == self._root.directory:
                    self._book.add(judged)
        others = [j for j in self._known.values() if j.header.case != self._root.directory]
        self._take(others, anew=True)

    def _take(self, arrived: list[Judged], *, anew: bool = False) -> None:
        touched: set[str] = set()
        fresh = []
        for judged in arrived:
            if judged.id in self._placer.events:
                # Only its body is new, or the key it is signed with: its place stays.
                self._placer.events[judged.id] = judged
                touched.add(judged.header.case)
                if judged.signed:
                    self._book.note_end(judged)
            else:
                fresh.append(judged)
        for judged in fresh:
            self._enter(judged, touched)
        placed = self._placer.add(fresh)
        if not anew and any(self._people.revoked.concerns(self._known[e]) for e in placed):
            # What a revoked key wrote had waited, and somebody else's event frees it.
            self._read_again()
            return
        for event in placed:
            case = self._placer.events[event].header.case
            self._by_case.setdefault(case, []).append(event)
            if self._placer.events[event].header.type == EventType.ITEM_PUT:
                self._item_cases.add(case)
            self._claims[event] = self._known[event].header.claimed_at
            touched.add(case)
            if self._is_too_early(event):
                self._outside[event] = TOO_EARLY
        if anew:
            self._quarantine()
        self._fold_cases(touched)

    def _enter(self, judged: Judged, touched: set[str]) -> None:
        if judged.signed:
            self._book.note_end(judged)
        # A stranger's events must not be able to fork anybody's case.
        if self._placer.is_certified(judged) and self._book.add(judged):
            touched.add(judged.header.case)

    def _is_too_early(self, event: str) -> bool:
        head = self._placer.events[event].header
        claimed = self._claimed(event)
        return any(claimed < self._claimed(dep) for dep in head.deps)

    def _claimed(self, event: str) -> datetime:
        if event not in self._times:
            self._times[event] = as_utc(self._known[event].header.claimed_at)
        return self._times[event]

    def _quarantine(self) -> None:
        """Done only when everything is read again, as any event of a revoked key makes it."""
        placed = {e: self._placer.events[e] for e in self._placer.depth}
        self._quarantined = self._people.revoked.quarantined(placed)
        self._outside.update(self._quarantined)

    def _fold_cases(self, touched: Iterable[str]) -> None:
        forks: dict[str, list[Fork]] = {}
        for fork in self._book.forks():
            forks.setdefault(fork.case, []).append(fork)
        for case in self._items_first(touched):
            events = self._placer.ordered(self._by_case.get(case, ()))
            judged = [self._placer.events[e] for e in events]
            outside = {e: self._outside[e] for e in events if e in self._outside}
            mine = tuple(forks.get(case, ()))
            self._forks.pop(case, None)
            if events:
                self._cases[case], void, mine = fold_case(
                    case, judged, outside, mine, self._authority, self._items
                )
                self._note_void(case, void)
                self._note_items(case)
            if mine:
                self._forks[case] = mine

    def _items_first(self, touched: Iterable[str]) -> Iterator[str]:
        """The cases to fold: the items of bodies, then the rest with every matter that rests on
        one of those items."""
        touched = set(touched)
        items = touched & self._item_cases
        yield from sorted(items)
        resting = (self._resting.get(item, ()) for item in items)
        yield from touched.union(*resting) - items

    def _note_items(self, case: str) -> None:
        """Keep an item at hand for the matters that name it, and which ones do."""
        found = self._cases[case]
        self._items.pop(case, None)
        if found.item is not None:
            self._items[case] = found
        for decision in found.determinations:
            if decision.resolution is not None:
                self._resting.setdefault(decision.resolution.item, set()).add(case)

    def _note_void(self, case: str, void: dict[str, str]) -> None:
        for event in self._void_in.pop(case, ()):
            self._void.pop(event, None)
        counted_out = {e: why for e, why in void.items() if e not in self._quarantined}
        if counted_out:
            self._void_in[case] = counted_out
            self._void.update(counted_out)

    # --- telling -------------------------------------------------------------------------

    def _state(self) -> State:
        people = self._people
        forks = [*people.forks, *(f for found in self._forks.values() for f in found)]
        return State(
            directory=people.directory,
            cases=dict(self._cases),
            held={**people.held, **self._placer.held()},
            refused={**self._refused, **people.refused, **self._placer.refused},
            quarantined={**people.quarantined, **self._quarantined},
            void={**people.void, **self._void},
            forks=tuple(sorted(forks, key=lambda f: (f.case, f.author, f.log, f.seq))),
            gaps=self._book.gaps(),
            logs=dict(self._book.ends),
            claims=dict(self._claims),
        )


def _certified(directory: Directory) -> set[str]:
    root = {ed25519.key_id(bytes.fromhex(k.ed25519)) for k in directory.root.keys}
    return root | {c.key_id for c in directory.certificates()}


@contextmanager
def _without_collector() -> Iterator[None]:
    """Reading a vault makes hundreds of thousands of objects and no cycles; the collector
    would walk them all again and again, and double the time it takes."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
