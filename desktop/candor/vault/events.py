"""Events and their bodies: written once, read as they were signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
        head = chain.header(signed)
        _require_fit(head, body)
        with self.transaction():
            return self._add(signed, head, body, received_at)

    def add_events(self, received: Iterable[Received], *, received_at: str) -> int:
        """Store many events in one transaction; how many were new. Raises as `add_event`."""
        new = 0
        with self.transaction():
            for signed, body in received:
                head = chain.header(signed)
                _require_fit(head, body)
                new += self._add(signed, head, body, received_at)
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

    def _add(self, signed: SignedEvent, head: Header, body: Body | None, at: str) -> bool:
        event_id = chain.event_id(signed)
        number = self._number(event_id)
        known = number is not None
        if number is None:
            number = self._database.run(
                "INSERT INTO events (id, case_id, log, seq, received_at, signature, payload)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (event_id, head.case, head.log, head.seq, at, signed.signature, signed.payload),
            )
            mark = event_mark(self._ledger, event_id, at, signed.signature)
            self._ledger.add(head.log, mark, case=head.case, top=head.seq)
            self._ledger.touch_events(new=1)
        added = body is not None and self._add_body(number, event_id, head, body, known=known)
        return added or not known

    def _add_body(self, n: int, event_id: str, head: Header, body: Body, *, known: bool) -> bool:
        if known and self._database.one("SELECT 1 FROM bodies WHERE n = ?", (n,)):
            return False
        key, sealed = box(msgspec.json.encode(body), f"{BODY}/{event_id}")
        self._database.run("INSERT INTO bodies (n, box) VALUES (?, ?)", (n, sealed))
        self._keep_key(BODY, n, key)
        self._ledger.add(head.log, body_mark(self._ledger, event_id), case=head.case)
        self._ledger.touch_events()
        return True


def _of_case(case: str) -> tuple[str, tuple[str, ...]]:
    return f"{_SELECT} WHERE e.case_id = ? AND e.n > ?", (case,)


def _require_fit(head: Header, body: Body | None) -> None:
    if body is not None and not bodies.fits(head.body_commit, body):
        raise BodyRefused(
            "The content that came with an event is not the content that was signed.",
            hint="Ask the sender to export the file again.",
        )


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
