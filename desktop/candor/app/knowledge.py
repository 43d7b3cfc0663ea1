"""What the events of a vault say, and in which order they came; kept up to date as more come."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from candor.app import code_packs
from candor.app.marks import Marks
from candor.records import chain
from candor.records.authority import Brought
from candor.records.events import Body, Header, SignedEvent
from candor.records.judge import Verified
from candor.records.ledger import Ledger
from candor.records.root import RootDocument
from candor.records.state import State
from candor.vault.store import Vault

Pair = tuple[SignedEvent, Body | None]


class Knowledge:
    """The state of a vault's events, with their places of arrival.

    A place never changes: the vault only appends. So what somebody has of the directory is one
    number: everything before that place.
    """

    def __init__(self, vault: Vault, root: RootDocument, verified: Verified) -> None:
        self._directory_case = root.directory
        self._vault = vault
        self._verified = verified
        self._brought: Brought = code_packs.founding(vault)
        self._ledger = Ledger(root, verified, self._brought)
        self._places: dict[str, int] = {}
        self._in_case: dict[str, list[str]] = {}
        self.directory_news = 0
        """Grows with every event of the directory that comes, and with every body of one."""
        self._marks = Marks.of(vault)
        self._marks.recall_acts(verified)
        self._take(self._trusted(vault.events()))

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, event: str) -> bool:
        return event in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    @property
    def directory(self) -> Sequence[str]:
        """The ids of the directory's events, in order of arrival."""
        return self.in_case(self._directory_case)

    def directory_from(self, place: int) -> Sequence[str]:
        """The directory's events from that place of arrival on."""
        ids = self.directory
        return ids[bisect_left(ids, place, key=self._places.__getitem__) :]

    def in_case(self, case: str) -> Sequence[str]:
        """The ids of a case's events that can be read, in order of arrival."""
        return self._in_case.get(case, ())

    def place(self, event: str) -> int:
        """How many events came before that one."""
        return self._places[event]

    def header(self, event: str) -> Header | None:
        """The header of an event that can be read."""
        return self._ledger.header(event)

    def add(self, pairs: Iterable[Pair]) -> None:
        """Take in events that the vault has just stored."""
        self._take(pairs)

    def save_marks(self, vault: Vault) -> None:
        """Let the vault remember what was verified. Raises NotSaved."""
        self._marks.save(vault, list(self._places), self.directory, self._verified)

    def _take(self, pairs: Iterable[Pair]) -> None:
        came: list[tuple[str, bool]] = []
        self.state: State = self._ledger.add(self._noted(pairs, came))
        self._obey_adopted()
        for event, fresh in came:
            head = self._ledger.header(event)
            if head is None:
                continue
            self.directory_news += head.case == self._directory_case
            if fresh:
                self._in_case.setdefault(head.case, []).append(event)

    def _obey_adopted(self) -> None:
        """Read everything again once another code pack is here: offices differ in what they
        bring along, and with it who may decide."""
        directory = self.state.directory
        if all(act.digest in self._brought for _, act in directory.adoptions):
            return
        brought = {**self._brought, **code_packs.adopted(self._vault, self, directory)}
        if brought != self._brought:
            self._brought = brought
            self.state = self._ledger.rely_on(brought)

    def _noted(self, pairs: Iterable[Pair], came: list[tuple[str, bool]]) -> Iterator[Pair]:
        """The same pairs, each given its place of arrival on its way to the ledger; ``came``
        receives their ids and whether they were not here before."""
        for pair in pairs:
            event = chain.event_id(pair[0])
            fresh = event not in self._places
            if fresh:
                self._places[event] = len(self._places)
            came.append((event, fresh))
            yield pair

    def _trusted(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """The vault's own events: it took no body that does not fit, and what was found signed
        before is signed still."""
        for place, (signed, body) in enumerate(pairs):
            event = chain.event_id(signed)
            if self._marks.covers(place, event):
                self._verified.signatures.add(event)
            if body is not None:
                self._verified.bodies.add(event)
            yield signed, body
