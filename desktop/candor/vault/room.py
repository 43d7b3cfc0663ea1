"""What every room of the vault works with, and how one content is boxed under its own key."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from candor.clock import Clock
from candor.vault.database import Database
from candor.vault.ledger import KEYS, Ledger
from candor.vault.refusals import damaged

BODY, BLOB, DOCUMENT = "body", "blob", "document"

# every content key seals exactly one message, so a fixed nonce can never repeat under a key
_NONCE = bytes(12)


def box(data: bytes, name: str) -> tuple[bytes, bytes]:
    """(key, box): ``data`` under a fresh random key, bound to the name of what it is."""
    key = secrets.token_bytes(32)
    return key, ChaCha20Poly1305(key).encrypt(_NONCE, data, name.encode())


def unbox(key: bytes, sealed: bytes, name: str) -> bytes:
    """The content. Raises VaultDamaged."""
    try:
        return ChaCha20Poly1305(key).decrypt(_NONCE, sealed, name.encode())
    except InvalidTag as error:
        raise damaged() from error


class Room:
    """A part of the vault: its database, its ledger and its clock."""

    _database: Database
    _ledger: Ledger
    _clock: Clock

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, re-entrant; other threads wait.

        An exception in an inner block undoes the whole outermost one, even if it is swallowed
        on its way. Raises NotSaved where the disk refuses: then nothing was changed.
        """
        with self._database.transaction():
            yield

    def _keep_key(self, room: str, number: int, key: bytes) -> None:
        self._keep_keys([(room, number, key)])

    def _keep_keys(self, keys: list[tuple[str, int, bytes]]) -> None:
        self._database.run_many("INSERT INTO content_keys (room, n, key) VALUES (?, ?, ?)", keys)
        for room, number, key in keys:
            self._ledger.add(KEYS, key_mark(self._ledger, room, number, key))

    def _destroy_key(self, room: str, number: int) -> bool:
        row = self._database.one(
            "DELETE FROM content_keys WHERE room = ? AND n = ? RETURNING key", (room, number)
        )
        if row is None:
            return False
        self._ledger.remove(KEYS, key_mark(self._ledger, room, number, row[0]))
        return True

    def _wash(self) -> None:
        """Empty the write-ahead log, which may still hold the page of a destroyed key."""
        self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def key_mark(ledger: Ledger, room: str, number: int, key: bytes) -> bytes:
    """The ledger's digest of a content key's row: an erased key must not come back."""
    return ledger.mark("key", room, str(number), key)
