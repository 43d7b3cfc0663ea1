"""What the rows come to: sums to compare with the ledger's heads, and rows that are wrong."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from candor.records import body as bodies
from candor.records import chain
from candor.records.codec import RecordRefused
from candor.records.events import SignedEvent
from candor.vault.contents import blob_name, document_mark, document_name
from candor.vault.database import Database, Row
from candor.vault.events import body_mark, event_mark, open_body
from candor.vault.ledger import BLOBS, DOCUMENTS, KEYS, PEERS, SETTINGS, Head, Ledger
from candor.vault.refusals import VaultDamaged
from candor.vault.room import BLOB, BODY, DOCUMENT, key_mark, unbox
from candor.vault.shelf import PeerState, peer_mark, setting_mark

PublicKey = Callable[[str], bytes | None]
"""The Ed25519 public key (32 bytes) of an author's key id, None where it is not known here."""

PAGE = 256
_MODULUS = 1 << 256
_EVENTS = (
    "SELECT e.n, e.id, e.case_id, e.log, e.seq, e.received_at, e.payload, e.signature,"
    " b.n, b.box, k.key FROM events e LEFT JOIN bodies b ON b.n = e.n"
    " LEFT JOIN content_keys k ON k.room = 'body' AND k.n = e.n WHERE e.n > ?"
)
_BLOBS = (
    "SELECT b.n, b.digest, b.box, k.key FROM blobs b"
    " LEFT JOIN content_keys k ON k.room = 'blob' AND k.n = b.n WHERE b.n > ?"
)
_DOCUMENTS = (
    "SELECT d.n, d.kind, d.key, d.saved_at, d.meta, d.box, k.key FROM documents d"
    " LEFT JOIN content_keys k ON k.room = 'document' AND k.n = d.n WHERE d.n > ?"
)


class Index(msgspec.Struct, frozen=True):
    """Columns that stand both in an index and in its table, and one that only the table has.

    Asking for that one keeps SQLite from answering out of an index.
    """

    name: str
    table: str
    columns: str
    own: str


INDEXES = (
    Index("sqlite_autoindex_events_1", "events", "id, n", "seq"),
    Index("events_by_case", "events", "case_id, n", "seq"),
    Index("sqlite_autoindex_blobs_1", "blobs", "digest, n", "size"),
    Index("sqlite_autoindex_documents_1", "documents", "kind, key, n", "saved_at"),
    Index("heads_by_case", "heads", "case_id, log", "mix"),
)
"""An old page put back into an index hides rows from those who ask by it."""


class Finding(msgspec.Struct, frozen=True):
    """One thing that is not as it was written. ``subject`` is an id, never a name."""

    kind: str
    subject: str
    sentence: str


class Sums(msgspec.Struct):
    """What the rows of one log come to."""

    count: int = 0
    mix: int = 0

    def add(self, mark: bytes) -> None:
        """Count one row."""
        self.count += 1
        self.mix = (self.mix + int.from_bytes(mark, "big")) % _MODULUS

    def fits(self, head: Head | None) -> bool:
        """Whether the rows are exactly those that the ledger counted."""
        return (self.count, self.mix) == ((head.count, head.mix) if head else (0, 0))


class Reader:
    """Reads rows in pages; the caller decides whether others wait meanwhile."""

    def __init__(self, database: Database, ledger: Ledger, public_key: PublicKey | None) -> None:
        self._database = database
        self._ledger = ledger
        self._public_key = public_key
        self.findings: list[Finding] = []

    def events(self, sums: dict[str, Sums], *, case: str | None = None) -> Iterator[int]:
        """Check events, adding to ``sums`` by log; yields a count as it goes."""
        narrower, fixed = ("", ()) if case is None else (" AND e.case_id = ?", (case,))
        for done, row in enumerate(self._rows(_EVENTS + narrower, fixed)):
            self.findings += self._event_faults(row, sums)
            yield done

    def log(self, log: str, case: str) -> Sums:
        """What one log comes to, without repeating findings."""
        found: dict[str, Sums] = defaultdict(Sums)
        quiet = Reader(self._database, self._ledger, None)
        for _ in quiet.events(found, case=case):
            pass
        return found[log]

    def others(self) -> dict[str, Callable[[], Sums]]:
        """For each set of rows that are no events, how to read it."""
        return {
            KEYS: self._keys,
            BLOBS: self._blobs,
            DOCUMENTS: self._documents,
            SETTINGS: self._settings,
            PEERS: self._peers,
        }

    def index_fits(self, index: Index) -> bool:
        """Whether an index names the very rows that its table holds."""
        return self._by_index(index) == self._past_index(index)

    def _by_index(self, index: Index) -> Sums:
        sums = Sums()
        start = ", ".join("?" for _ in index.columns.split(", "))
        sql = (
            f"SELECT {index.columns} FROM {index.table} INDEXED BY {index.name}"  # noqa: S608 -- from INDEXES
            f" WHERE ({index.columns}) > ({start}) ORDER BY {index.columns} LIMIT {PAGE}"
        )
        last: Sequence[Any] = [""] * start.count("?")  # no row comes before it
        while rows := self._database.rows(sql, last):
            for row in rows:
                sums.add(self._ledger.mark("index", *map(str, row)))
            last = rows[-1]
        return sums

    def _past_index(self, index: Index) -> Sums:
        sums = Sums()
        for row in self._database.rows(
            f"SELECT {index.columns}, {index.own} FROM {index.table}"  # noqa: S608 -- as above
        ):
            sums.add(self._ledger.mark("index", *map(str, row[:-1])))
        return sums

    def _rows(self, sql: str, fixed: Sequence[Any] = (), page: int = PAGE) -> Iterator[Row]:
        """Rows in pages by their first column, a growing number."""
        last = 0
        while rows := self._database.rows(f"{sql} ORDER BY 1 LIMIT {page}", (last, *fixed)):
            yield from rows
            last = rows[-1][0]

    def _event_faults(self, row: Row, sums: dict[str, Sums]) -> Iterator[Finding]:
        _, event_id, case, log, seq, at, payload, signature, body_n, sealed, key = row
        signed = SignedEvent(payload, signature)
        sums[log].add(event_mark(self._ledger, event_id, at, signature))
        if body_n is not None:
            sums[log].add(body_mark(self._ledger, event_id))
        try:
            head = chain.header(signed)
            body = open_body(event_id, sealed, key)
        except (RecordRefused, VaultDamaged) as error:
            yield Finding("event", event_id, error.message)
            return
        named = (chain.event_id(signed), head.case, head.log, head.seq)
        if named != (event_id, case, log, seq):
            yield Finding("event", event_id, "A record is not the one that its number names.")
        if body is not None and not bodies.fits(head.body_commit, body):
            yield Finding("body", event_id, "The content of a record is not what was signed.")
        public = self._public_key(head.author) if self._public_key else None
        if public is not None and not chain.signature_holds(signed, public):
            yield Finding("signature", event_id, "The signature of a record does not hold.")

    def _keys(self) -> Sums:
        sums = Sums()
        sql = "SELECT n, key FROM content_keys WHERE n > ? AND room = ?"
        for room in (BODY, BLOB, DOCUMENT):
            for number, key in self._rows(sql, (room,)):
                sums.add(key_mark(self._ledger, room, number, key))
        return sums

    def _blobs(self) -> Sums:
        sums = Sums()
        for _, digest, sealed, key in self._rows(_BLOBS, page=1):  # one may be 64 MiB
            sums.add(self._ledger.mark(BLOB, digest))
            if key is None:
                continue  # erased
            data = self._opened(key, sealed, blob_name(digest))
            if data is None or hashlib.sha256(data).hexdigest() != digest:
                self._wrong("blob", digest, "An attachment is not what was stored.")
        return sums

    def _documents(self) -> Sums:
        sums = Sums()
        for n, kind, name, at, meta, sealed, key in self._rows(_DOCUMENTS, page=1):
            sums.add(document_mark(self._ledger, kind, name, at, meta, sealed))
            if key is None or self._opened(key, sealed, document_name(kind, name)) is None:
                self._wrong("document", str(n), "A document is not what was stored.")
        return sums

    def _settings(self) -> Sums:
        sums = Sums()
        for name, value in self._database.rows("SELECT name, value FROM settings"):
            sums.add(setting_mark(self._ledger, name, value))
        return sums

    def _peers(self) -> Sums:
        sums = Sums()
        for person, *values in self._database.rows("SELECT * FROM peers"):
            sums.add(peer_mark(self._ledger, person, PeerState(*values)))
        return sums

    def _opened(self, key: bytes, sealed: bytes, name: str) -> bytes | None:
        try:
            return unbox(key, sealed, name)
        except VaultDamaged:
            return None

    def _wrong(self, kind: str, subject: str, sentence: str) -> None:
        self.findings.append(Finding(kind, subject, sentence))
