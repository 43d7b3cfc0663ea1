"""What a session keeps in memory of its vault, takes in as it comes, and lets go of again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar

from candor.app import awake
from candor.app.knowledge import Knowledge, Pair
from candor.records import chain
from candor.records.case import State
from candor.records.directory import Directory
from candor.records.judge import Verified
from candor.records.root import RootDocument
from candor.vault.refusals import VaultError
from candor.vault.store import Vault

_T = TypeVar("_T")


class Memory:
    """The state of a vault's events and what was worked out from it.

    Everything here can be read from the vault again; nothing is the only copy of anything.
    """

    vault: Vault
    root: RootDocument

    def __init__(self, verified: Verified | None) -> None:
        """``verified``: what was verified already of exactly what this vault was given."""
        self.verified = verified or Verified()
        self.changed = 0
        self._reading = threading.RLock()
        self._knowledge: Knowledge | None = None
        self._derived: dict[str, Any] = {}
        self._lasting: dict[tuple[str, ...], Any] = {}
        self._directory_events: tuple[int, tuple[Pair, ...]] | None = None
        self._depth = 0
        self._arrived: dict[str, list[Pair]] = {}
        self._read_inside = False

    @property
    def knowledge(self) -> Knowledge:
        """What the vault's events say, read from the vault on first use."""
        with self._reading:
            if self._knowledge is None:
                self._knowledge = Knowledge(self.vault, self.root, self.verified)
                self._read_inside = self._depth > 0
                awake.note(self, len(self._knowledge))
            return self._knowledge

    @property
    def state(self) -> State:
        """The cases and the directory, as of the last change that is complete."""
        return self.knowledge.state

    @property
    def directory(self) -> Directory:
        """The people, offices and certificates as the events have them now."""
        return self.state.directory

    @property
    def directory_events(self) -> tuple[Pair, ...]:
        """The directory's events with their bodies, in order of arrival."""
        with self._reading:
            news = self.knowledge.directory_news
            if self._directory_events is None or self._directory_events[0] != news:
                pairs = tuple(self.vault.events(self.root.directory))
                self._directory_events = news, pairs
            return self._directory_events[1]

    def pairs(self, events: Iterable[str]) -> tuple[Pair, ...]:
        """The events of those ids with their bodies, as they were signed."""
        directory = self.derived(
            "directory_pairs", lambda: {chain.event_id(p[0]): p for p in self.directory_events}
        )
        found = (directory.get(event) or self.vault.event(event) for event in events)
        return tuple(pair for pair in found if pair is not None)

    # --- what was worked out ------------------------------------------------------------

    def derived(self, name: str, make: Callable[[], _T]) -> _T:
        """Something worked out from the state, kept until the state changes."""
        with self._reading:
            if name not in self._derived:
                self._derived[name] = make()
            found: _T = self._derived[name]
            return found

    def lasting(self, key: tuple[str, ...], make: Callable[[], _T]) -> _T:
        """Something that follows from signed records alone, named by their ids in ``key``."""
        if key not in self._lasting:
            self._lasting[key] = make()
        found: _T = self._lasting[key]
        return found

    # --- taking in ----------------------------------------------------------------------

    def is_new(self, event: str) -> bool:
        """Whether no copy of that event is in the vault, or on its way into it."""
        return event not in self._arrived and event not in self.knowledge

    def arrive(self, pairs: Iterable[Pair]) -> None:
        """Note what the vault has stored in the transaction under way."""
        for pair in pairs:
            self._arrived.setdefault(chain.event_id(pair[0]), []).append(pair)

    def refresh(self) -> None:
        """Take in what was written and received since: not the whole vault again."""
        with self._reading:
            if self._arrived:
                self._derived.clear()
            if self._arrived and self._knowledge is not None:
                self._knowledge.add(pair for copies in self._arrived.values() for pair in copies)
                self._read_inside = self._depth > 0
                awake.note(self, len(self._knowledge))
            self._arrived = {}
            self.changed += 1

    def undo(self) -> None:
        """Forget what a failed transaction wrote: the vault has undone all of it."""
        with self._reading:
            self._arrived = {}
            self._derived.clear()
            self._directory_events = None
            if self._read_inside:
                self._knowledge = None
                self._read_inside = False

    # --- letting go ---------------------------------------------------------------------

    def rest(self) -> None:
        """Let go of what can be read from the vault again; the next use reads it."""
        with self._reading:
            awake.forget(self)
            if self._knowledge is not None:
                with suppress(VaultError):  # then opening verifies again, or keeps its pages
                    self._knowledge.save_marks(self.vault)
                    self.verified = Verified()
                    self.vault.shed()
            self._knowledge = None
            self._directory_events = None
            self._derived.clear()
            self._lasting.clear()

    def doze(self) -> bool:
        """`rest`, unless somebody is at work here; never waits, so that two cannot wait for
        each other. Whether it rested."""
        if self._depth or not self._reading.acquire(blocking=False):
            return False
        try:
            self.rest()
        finally:
            self._reading.release()
        return True
