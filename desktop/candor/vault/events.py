"""Events and their bodies: written once, read as they were signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import islice

import msgspec

from candor.records import body as bodies
from candor.records import chain
from candor.records.events import Body, Header, SignedEvent
from candor.vault.database import Row
from candor.vault.ledger import Ledger
from candor.vault.refusals import BodyRefused, damaged
from candor.vault.room import BODY, Room, box, unbox

Received = tuple[SignedEvent, Body | None]

_PAGE = 512
_read_body = msgspec.json.Decoder(Body)
_SELECT = (
    "SELECT e.n, e.id, e.payload, e.signature, b.box, k.key FROM events e"
    " LEFT JOIN bodies b ON b.n = e.n"
    " LEFT JOIN content_keys k ON k.room = 'body' AND k.n = e.n"
)


class Events(Room):
    """The append-only heart of the vault."""

    def add_event(self, signed: SignedEvent, body: Body | None, *, received_at: str) -> bool:
        """Store an event with the exact signed bytes. False if nothing new came with it.

        A body that arrives later for a known event is accepted if the commitment holds; one
        that was erased does not come back. The signature is the caller's to judge: an event
        whose certificate has not arrived is held, not refused.
        Raises RecordRefused for a malformed event, BodyRefused, NotSaved.
        """
        return self.add_events([(signed, body)], received_at=received_at) > 0

    def add_events(
        self,
        received: Iterable[Received],
        *,
        received_at: str,
        fitting: AbstractSet[str] = frozenset(),
    ) -> int:
        """Store many events in one transaction; how many brought something new.

        ``fitting``: ids whose bodies the caller has just checked against their headers, so
        that it is not done twice. Raises as `add_event`; then none of them is stored.
        """
        new = 0
        pending = iter(received)
        with self.transaction():
            while chunk := list(islice(pending, _PAGE)):
                new += self._add_chunk(chunk, received_at, fitting)
        return new

    def events(self, case: str | None = None) -> Iterator[Received]:
        """All events, or one case's, in the order of their arrival.

        Streams in pages: memory stays flat, other threads may write in between, and what they
        add is met before the end. Raises VaultDamaged.
        """
        sql, fixed = (f"{_SELECT} WHERE e.n > ?", ()) if case is None else _of_case(case)
        last = 0
        while page := self._database.rows(f"{sql} ORDER BY e.n LIMIT {_PAGE}", (*fixed, last)):
            for row in page:
                yield _received(row)
            last = page[-1][0]

    def event(self, event_id: str) -> Received | None:
        """One event by its id."""
        row = self._database.one(f"{_SELECT} WHERE e.id = ?", (event_id,))
        return _received(row) if row else None

    def has_event(self, event_id: str) -> bool:
        """Whether an event of that id is here."""
        return self._number(event_id) is not None

    def event_ids(self) -> frozenset[str]:
        """The ids of all events here."""
        return frozenset(row[0] for row in self._database.rows("SELECT id FROM events"))

    def event_count(self) -> int:
        """How many events are here."""
        return self._ledger.state.events

    def events_version(self) -> int:
        """A number that grows whenever an event or a body comes or is erased: for projections."""
        return self._ledger.state.events_version

    def received_at(self, event_id: str) -> str | None:
        """When the event first came into this vault; for display only, never for a rule."""
        row = self._database.one("SELECT received_at FROM events WHERE id = ?", (event_id,))
        return str(row[0]) if row else None

    def cases(self) -> tuple[str, ...]:
        """The ids of all cases that have an event here, sorted."""
        return tuple(self._ledger.cases())

    def erase_body(self, event_id: str) -> bool:
        """Destroy the key of an event's body: the content is gone, the chain still verifies.

        False if there was no key. Copies in backups and in other vaults are not touched.
        """
        number = self._number(event_id)
        if number is None:
            return False
        with self.transaction():
            gone = self._destroy_key(BODY, number)
            if gone:
                self._ledger.touch_events()
        self._wash()
        return gone

    def _number(self, event_id: str) -> int | None:
        row = self._database.one("SELECT n FROM events WHERE id = ?", (event_id,))
        return int(row[0]) if row else None

    def _add_chunk(self, chunk: list[Received], at: str, fitting: AbstractSet[str]) -> int:
        ids = [chain.event_id(signed) for signed, _ in chunk]
        known = self._known(ids)
        free = self._next_number()
        rows: list[Row] = []
        boxes: list[Row] = []
        keys: list[tuple[str, int, bytes]] = []
        new = 0
        for event_id, (signed, body) in zip(ids, chunk, strict=True):
            number, has_body = known.get(event_id, (0, False))
            wanted = body if not has_body else None
            if number and wanted is None:
                continue
            head = chain.header(signed)
            if wanted is not None:
                key, sealed = self._boxed(event_id, head, wanted, event_id in fitting)
                boxes.append((number or free, sealed))
                keys.append((BODY, number or free, key))
            if not number:
                number, free = free, free + 1
                rows.append(self._entered(number, event_id, head, at, signed))
            known[event_id] = (number, has_body or wanted is not None)
            new += 1
        self._database.run_many("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._database.run_many("INSERT INTO bodies (n, box) VALUES (?, ?)", boxes)
        self._keep_keys(keys)
        if new:
            self._ledger.touch_events(new=len(rows))
        return new

    def _entered(
        self, number: int, event_id: str, head: Header, at: str, signed: SignedEvent
    ) -> Row:
        mark = event_mark(self._ledger, event_id, at, signed.signature)
        self._ledger.add(head.log, mark, case=head.case, top=head.seq)
        named = (number, event_id, head.case, head.log, head.seq, at)
        return (*named, signed.signature, signed.payload)

    def _boxed(self, event_id: str, head: Header, body: Body, fits: bool) -> tuple[bytes, bytes]:
        if not fits and not bodies.fits(head.body_commit, body):
            raise BodyRefused(
                "The content that came with an event is not the content that was signed.",
                hint="Ask the sender to export the file again.",
            )
        self._ledger.add(head.log, body_mark(self._ledger, event_id), case=head.case)
        return box(msgspec.json.encode(body), f"{BODY}/{event_id}")

    def _known(self, event_ids: list[str]) -> dict[str, tuple[int, bool]]:
        """For the ids already here: (number, whether a body ever came)."""
        rows = self._database.rows(
            "SELECT e.id, e.n, b.n IS NOT NULL FROM json_each(?) j JOIN events e ON e.id = j.value"
            " LEFT JOIN bodies b ON b.n = e.n",
            (msgspec.json.encode(event_ids).decode(),),
        )
        return {event_id: (number, bool(has_body)) for event_id, number, has_body in rows}

    def _next_number(self) -> int:
        row = self._database.one("SELECT max(n) FROM events")
        return int(row[0] or 0) + 1 if row else 1


def _of_case(case: str) -> tuple[str, tuple[str, ...]]:
    return f"{_SELECT} WHERE e.case_id = ? AND e.n > ?", (case,)


def event_mark(ledger: Ledger, event_id: str, received_at: str, signature: bytes) -> bytes:
    """The ledger's digest of an event's row."""
    return ledger.mark("event", event_id, received_at, signature)


def body_mark(ledger: Ledger, event_id: str) -> bytes:
    """The ledger's digest of the fact that an event's body came."""
    return ledger.mark("body", event_id)


def open_body(event_id: str, sealed: bytes | None, key: bytes | None) -> Body | None:
    """The body in its box; None where none came or its key was erased. Raises VaultDamaged."""
    if sealed is None or key is None:
        return None
    try:
        return _read_body.decode(unbox(key, sealed, f"{BODY}/{event_id}"))
    except msgspec.DecodeError as error:
        raise damaged() from error


def _received(row: Row) -> Received:
    _, event_id, payload, signature, sealed, key = row
    return SignedEvent(payload, signature), open_body(event_id, sealed, key)
