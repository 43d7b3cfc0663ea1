"""A keyed accumulator over every row that must not silently return to an older state.

SQLCipher authenticates each page, not that pages belong together: an old page put back passes
its integrity checks. So each log (and each set of mutable rows) has a head: how many rows, the
highest number, and the sum modulo 2**256 of a keyed digest of each row (MSet-Add-Hash of Clarke
et al., 2003). The ledger's one row holds the same sum over all heads, a counter of committed
changes, and a MAC. All of it moves with the rows, in their transaction, at constant cost;
opening reads the heads only, and the background walk reads the rows.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

import msgspec

from candor.vault.database import Database
from candor.vault.refusals import damaged

_MODULUS = 1 << 256
_HEADS = "SELECT log, case_id, top, count, mix FROM heads"
BLOBS = "#blobs"
DOCUMENTS = "#documents"
SETTINGS = "#settings"
PEERS = "#peers"
KEYS = "#keys"
"""Heads of rows that are not events; no log id contains '#'."""


class Head(msgspec.Struct, frozen=True):
    """What a log must hold: rows counted, highest sequence number, sum of row marks."""

    case: str = ""
    top: int = 0
    count: int = 0
    mix: int = 0


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one row over all heads. ``counter`` grows with every committed change."""

    counter: int = 0
    events: int = 0
    events_version: int = 0
    total: str = "0"
    header_generation: int = 0
    from_backup: bool = False
    alarm: str = ""
    mac: str = ""


class Ledger:
    """Moves with the rows inside their transaction. Guarded by the database's lock."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key
        self._committed = State()
        self._pending = State()
        self._before: dict[str, Head | None] = {}
        self._heads: dict[str, Head] = {}
        database.before_commit = self._flush
        database.after_commit = self.keep
        database.after_rollback = self._forget

    @property
    def state(self) -> State:
        """The state as last committed."""
        return self._committed

    def mark(self, *parts: bytes | str) -> bytes:
        """The keyed digest (32 bytes) of one row, its parts kept apart."""
        told = [part.encode() if isinstance(part, str) else part for part in parts]
        lengths = ",".join([str(len(data)) for data in told]).encode()
        return self._digest(b"%b:%b" % (lengths, b"".join(told)))

    def add(self, log: str, mark: bytes, *, case: str = "", top: int = 0) -> None:
        """Count a row into the head of its log."""
        self._move(log, int.from_bytes(mark, "big"), 1, case, top)

    def remove(self, log: str, mark: bytes) -> None:
        """Take a mutable row out of its head."""
        self._move(log, -int.from_bytes(mark, "big"), -1, "", 0)

    def touch_events(self, new: int = 0) -> None:
        """Note that events, bodies or what is left of them changed; ``new`` events came."""
        old = self._pending
        self._pending = msgspec.structs.replace(
            old, events=old.events + new, events_version=old.events_version + 1
        )

    def note(self, **changes: int | bool | str) -> None:
        """Change facts of the state inside a transaction (header generation, alarm, backup)."""
        self._pending = msgspec.structs.replace(self._pending, **changes)
        # a row must change, or the transaction would count as empty
        self._database.run("UPDATE ledger SET state = state")

    def start(self) -> None:
        """Write the first state of a new file, inside a transaction."""
        self._database.run("INSERT INTO ledger (one, state) VALUES (1, x'')")

    def check(self) -> None:
        """Read the state and all heads and compare. Raises VaultDamaged."""
        row = self._database.one("SELECT state FROM ledger")
        try:
            state = msgspec.json.decode(row[0] if row else b"", type=State)
        except msgspec.DecodeError as error:
            raise damaged() from error
        if not hmac.compare_digest(state.mac, self._mac(state)):
            raise damaged("The vault's own account of its records was changed outside Candor.")
        total = sum(
            self._weigh(log, case, top, count, mix)
            for log, case, top, count, mix in self._database.rows(_HEADS)
        )
        if total % _MODULUS != int(state.total, 16):
            raise damaged(
                "Part of the vault's file is older than the rest: records are missing or went back."
            )
        self._committed = self._pending = state

    def heads(self, case: str | None = None) -> dict[str, Head]:
        """The heads of all logs, or of one case's logs."""
        if case is None:
            rows = self._database.rows(_HEADS)
        else:
            rows = self._database.rows(f"{_HEADS} WHERE case_id = ?", (case,))
        return {log: Head(of, top, count, _int(mix)) for log, of, top, count, mix in rows}

    def head(self, log: str) -> Head | None:
        """The head of one log."""
        return self._stored(log)

    def forget_key(self) -> None:
        """Let go of the key when the vault closes."""
        self._key = b""

    def cases(self) -> Iterable[str]:
        """The ids of the cases that have events, sorted."""
        rows = self._database.rows(
            "SELECT DISTINCT case_id FROM heads WHERE case_id <> '' ORDER BY case_id"
        )
        return (row[0] for row in rows)

    def _move(self, log: str, amount: int, rows: int, case: str, top: int) -> None:
        head = self._heads.get(log)
        if head is None:
            self._before[log] = stored = self._stored(log)
            head = stored or Head(case)
        self._heads[log] = Head(
            head.case, max(head.top, top), head.count + rows, (head.mix + amount) % _MODULUS
        )

    def _stored(self, log: str) -> Head | None:
        row = self._database.one("SELECT case_id, top, count, mix FROM heads WHERE log = ?", (log,))
        return Head(row[0], row[1], row[2], _int(row[3])) if row else None

    def _weight(self, log: str, head: Head) -> int:
        return self._weigh(log, head.case, head.top, head.count, _bytes(head.mix))

    def _weigh(self, log: str, case: str, top: int, count: int, mix: bytes) -> int:
        # mix comes last and has one length; no other part can hold a bar
        return _int(self._digest(f"{log}|{case}|{top}|{count}|".encode() + mix))

    def _digest(self, data: bytes) -> bytes:
        return hashlib.blake2b(data, digest_size=32, key=self._key).digest()

    def _mac(self, state: State) -> str:
        bare = msgspec.json.encode(msgspec.structs.replace(state, mac=""), order="sorted")
        return hmac.digest(self._key, bare, "sha256").hex()

    def _flush(self) -> None:
        total = int(self._pending.total, 16)
        for log, head in self._heads.items():
            before = self._before[log]
            total += self._weight(log, head) - (self._weight(log, before) if before else 0)
        self._database.run_many(
            "INSERT INTO heads (log, case_id, top, count, mix) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (log) DO UPDATE SET top = excluded.top, count = excluded.count,"
            " mix = excluded.mix",
            [(log, h.case, h.top, h.count, _bytes(h.mix)) for log, h in self._heads.items()],
        )
        grown = msgspec.structs.replace(
            self._pending, total=f"{total % _MODULUS:x}", counter=self._pending.counter + 1
        )
        self._pending = msgspec.structs.replace(grown, mac=self._mac(grown))
        self._database.run(
            "UPDATE ledger SET state = ?", (msgspec.json.encode(self._pending, order="sorted"),)
        )

    def keep(self) -> None:
        """Take the state that was just committed as the present one."""
        self._committed = self._pending
        self._forget()

    def _forget(self) -> None:
        self._pending = self._committed
        self._heads.clear()
        self._before.clear()


def _bytes(number: int) -> bytes:
    return number.to_bytes(32, "big")


def _int(data: bytes) -> int:
    return int.from_bytes(data, "big")
