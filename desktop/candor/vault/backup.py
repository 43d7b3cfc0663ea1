"""Backup: one stream that holds a consistent, still encrypted copy and the slots that open it.

Layout: ``magic | u32 header length | header | u64 database length | database | SHA-256 of all``.
The stream is safe to lie anywhere: the database in it is ciphertext under the vault key. The app
seals it for its recipients all the same, so that not even sizes of slots show.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from candor.clock import Tick, no_tick
from candor.vault import header as headers
from candor.vault import opening
from candor.vault.database import Database, connect, require_whole
from candor.vault.described import Described, describe
from candor.vault.disk import private_folder
from candor.vault.header import KeyringSlot
from candor.vault.keyholding import Keyholding
from candor.vault.ledger import Ledger
from candor.vault.lock import FolderLock
from candor.vault.opening import subkey
from candor.vault.refusals import BackupRefused, damaged, saving
from candor.vault.walk import Walk

_MAGIC = b"CANDOR-VAULT-BACKUP-1\n"
_CHUNK = 1024 * 1024
_MAX_HEADER = 64 * 1024


class _Copy(Walk):
    """The copy, opened once more to see that it holds everything."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database = database
        self._ledger = ledger


class Backups(Walk, Keyholding):
    """Copies of the open vault."""

    def backup(self, sink: BinaryIO, tick: Tick = no_tick) -> None:
        """Write a backup to ``sink``; the copy is walked through before a byte goes out.

        Raises NotSaved (the vault is as before), VaultDamaged where the copy does not hold.
        """
        key = self._vault_key()
        opening.sweep(self.folder)
        staged = opening.staged_path(self.folder)
        try:
            self._database.copy_to(
                staged,
                subkey(key, "sqlcipher"),
                lambda done, total: tick("Copying the vault", done, total),
            )
            _settle(staged, key, tick)
            require_whole(staged)
            # the keyring's entry stays on this computer; a copy must not count on it
            header = self._header.without(KeyringSlot).sealed(subkey(key, "header"))
            with saving():
                _pour(staged, headers.encode(header), sink, tick)
        finally:
            opening.sweep(self.folder)


def _settle(staged: Path, key: bytes, tick: Tick) -> None:
    """Mark the copy as a copy and check all of it."""
    database = Database(connect(staged, subkey(key, "sqlcipher"), fresh=True))
    try:
        ledger = Ledger(database, subkey(key, "ledger"))
        ledger.check()
        if _Copy(database, ledger).walk(tick):
            raise damaged("The backup was not made: the vault holds records that do not check out.")
        with database.transaction():
            ledger.note(from_backup=True)
    finally:
        database.close()


def _pour(staged: Path, header: bytes, sink: BinaryIO, tick: Tick) -> None:
    size, digest = staged.stat().st_size, hashlib.sha256()

    def put(data: bytes) -> None:
        digest.update(data)
        sink.write(data)

    put(_MAGIC + len(header).to_bytes(4, "big") + header + size.to_bytes(8, "big"))
    with staged.open("rb") as file:
        done = 0
        while chunk := file.read(_CHUNK):
            put(chunk)
            done += len(chunk)
            tick("Writing the backup", done, size)
    sink.write(digest.digest())


def restore_backup(source: BinaryIO, folder: Path, tick: Tick = no_tick) -> Described:
    """Lay a vault from a backup into an empty or new folder; its passphrase opens it as before.

    The restored vault says ``restored_from_backup`` until a new incarnation was begun.
    Raises BackupRefused (nothing then lies in the folder), VaultExists, NotSaved.
    """
    opening.require_empty(folder)
    private_folder(folder)
    lock = FolderLock(folder / opening.LOCK_NAME)
    try:
        path = opening.fresh_database_path(folder)
        try:
            header = _draw(source, path, tick)
        except BaseException:
            path.unlink()
            raise
        opening.adopt_database(folder)
        headers.save(folder, header)
    finally:
        lock.release()
    return describe(folder)


def _draw(source: BinaryIO, path: Path, tick: Tick) -> headers.Header:
    digest = hashlib.sha256()

    def take(count: int) -> bytes:
        data = source.read(count)
        if len(data) != count:
            raise _refused()
        digest.update(data)
        return data

    if take(len(_MAGIC)) != _MAGIC:
        raise _refused()
    length = int.from_bytes(take(4), "big")
    if length > _MAX_HEADER:
        raise _refused()
    header = headers.parse(take(length))
    size = left = int.from_bytes(take(8), "big")
    with saving(), path.open("r+b") as file:
        while left:
            left -= file.write(take(min(_CHUNK, left)))
            tick("Restoring", size - left, size)
        file.flush()
        os.fsync(file.fileno())
    if source.read(32) != digest.digest() or source.read(1):
        raise _refused()
    return header


def _refused() -> BackupRefused:
    return BackupRefused(
        "This file is not a whole backup of a vault.", hint="Use another copy of the backup."
    )
