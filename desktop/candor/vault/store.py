"""The vault: create, unlock, close. Its rooms say what can be done while it is open."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import Self

import msgspec

from candor.clock import Clock, SystemClock
from candor.keys.codes import new_id, new_recovery_code, parse_recovery_code
from candor.keys.derive import hkdf
from candor.vault import header as headers
from candor.vault import keyring_slot, schema, slots
from candor.vault.anchor import NAME as ANCHOR_NAME
from candor.vault.anchor import Anchor
from candor.vault.contents import Blobs
from candor.vault.database import Database, connect, refuse_plaintext
from candor.vault.disk import is_writable, private_folder, sync_folder, write_new
from candor.vault.events import Events
from candor.vault.header import Header, KeyringSlot, PassphraseSlot, RecoverySlot
from candor.vault.kdf import Kdf
from candor.vault.keyholding import Keyholding
from candor.vault.ledger import Ledger
from candor.vault.lock import FolderLock
from candor.vault.refusals import (
    KeyringRefused,
    VaultExists,
    VaultMissing,
    WrongPassphrase,
    WrongRecoveryCode,
    damaged,
    saving,
)
from candor.vault.shelf import Peers, Projections, Shelf

DATABASE_NAME = "vault.db"
LOCK_NAME = "vault.lock"
_UNFINISHED = "vault.db.new"


class Described(msgspec.Struct, frozen=True):
    """What can be known of a vault without opening it."""

    folder: Path
    vault_id: str
    label: str
    has_keyring: bool
    recovery_confirmed: bool


def describe(folder: Path) -> Described:
    """Label and slots of the vault in ``folder``, for the chooser. Raises as `header.load`."""
    header = headers.load(folder)
    return Described(
        folder=folder,
        vault_id=header.vault_id,
        label=header.label,
        has_keyring=header.slot(KeyringSlot) is not None,
        recovery_confirmed=header.recovery_confirmed,
    )


class Vault(Events, Blobs, Shelf, Peers, Projections, Keyholding):
    """One person's encrypted store in one company, open. Safe to use from several threads."""

    def __init__(self, folder: Path, header: Header, key: bytes, kit: _Kit) -> None:
        self.folder = folder
        self._header = header
        self._key = key
        self._clock = kit.clock
        self._floor = kit.floor
        self._lock = kit.lock
        self._staging: tempfile.TemporaryDirectory[str] | None = None
        self._database = self._connect(kit.readonly)
        try:
            self._ledger = Ledger(self._database, subkey(key, "ledger"))
            self._require_sound()
            self._anchor = Anchor(
                folder / ANCHOR_NAME, subkey(key, "anchor"), readonly=kit.readonly
            )
            self._compare_anchors()
        except BaseException:
            self._database.close()
            raise

    # -- creating and opening

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        label: str,
        kdf: Kdf | None = None,
        clock: Clock | None = None,
        floor: Kdf | None = None,
    ) -> tuple[Self, str]:
        """A new vault in an empty or new folder, open, and its printable recovery code.

        ``label`` stands unencrypted in vault.json, for the chooser. ``floor`` is for tests.
        Raises VaultExists, VaultInUse, SlotRefused, WrongPassphrase (empty), NotSaved.
        """
        kit = _Kit.writing(clock, floor)
        costs = kdf or Kdf.shipped()
        costs.check(kit.floor)
        _require_passphrase(passphrase)
        _require_empty(folder)
        private_folder(folder)
        kit.lock = FolderLock(folder / LOCK_NAME)
        try:
            key, vault_id = slots.new_key(), new_id()
            text, code = new_recovery_code()
            made = (
                slots.passphrase_slot(vault_id, key, passphrase, costs),
                slots.recovery_slot(vault_id, key, code),
            )
            header = Header(headers.FORMAT, headers.VERSION, vault_id, label, 0, False, made)
            header = header.sealed(subkey(key, "header"))
            _lay_database(folder, key, header.generation)
            # the header comes last: until it stands, the folder holds no vault
            headers.save(folder, header)
            return cls(folder, header, key, kit), text
        except BaseException:
            kit.lock.release()
            raise

    @classmethod
    def unlock(
        cls,
        folder: Path,
        passphrase: str,
        *,
        clock: Clock | None = None,
        floor: Kdf | None = None,
    ) -> Self:
        """Open with the passphrase. ``floor`` is for tests; the app never passes it.

        Raises VaultMissing, VaultInUse, VaultDamaged, VaultTooNew, SlotRefused,
        WrongPassphrase, DiskFailed.
        """
        kit, header = _prepare(folder, clock, floor)
        try:
            slot = header.slot(PassphraseSlot)
            if not isinstance(slot, PassphraseSlot):
                raise WrongPassphrase(
                    "This vault has no passphrase.", hint="Use the recovery code."
                )
            key = slots.open_passphrase(header.vault_id, slot, passphrase, kit.floor)
            return cls(folder, header, key, kit)
        except BaseException:
            kit.lock.release()
            raise

    @classmethod
    def unlock_with_recovery(
        cls, folder: Path, code: str, *, clock: Clock | None = None, floor: Kdf | None = None
    ) -> Self:
        """Open with the printed code. Raises CodeMistyped, WrongRecoveryCode, as `unlock`."""
        data = parse_recovery_code(code)
        kit, header = _prepare(folder, clock, floor)
        try:
            slot = header.slot(RecoverySlot)
            if not isinstance(slot, RecoverySlot):
                raise WrongRecoveryCode("This vault has no recovery code.")
            return cls(folder, header, slots.open_recovery(header.vault_id, slot, data), kit)
        except BaseException:
            kit.lock.release()
            raise

    @classmethod
    def unlock_with_keyring(
        cls, folder: Path, *, clock: Clock | None = None, floor: Kdf | None = None
    ) -> Self:
        """Open with what the keyring keeps. Raises KeyringRefused, as `unlock`."""
        kit, header = _prepare(folder, clock, floor)
        try:
            slot = header.slot(KeyringSlot)
            if not isinstance(slot, KeyringSlot):
                raise KeyringRefused(
                    "Keyring unlock is switched off for this vault.", hint="Use the passphrase."
                )
            kept = keyring_slot.take(header.vault_id)
            vault = cls(folder, header, slots.open_keyring(header.vault_id, slot, kept.key), kit)
        except BaseException:
            kit.lock.release()
            raise
        vault.compare_keyring(kept)
        return vault

    def close(self) -> None:
        """Write out, close and let go of every key. Python cannot promise to wipe memory."""
        with self._database.lock:
            self._key = b""
            self._ledger.forget_key()
            with contextlib.suppress(KeyringRefused):  # the counter there then lags; no harm
                self.anchor_in_keyring()
            try:
                self._database.close()
            finally:
                self._anchor.close()
                if self._staging is not None:
                    self._staging.cleanup()
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def readonly(self) -> bool:
        """Whether the disk refuses writing: everything can be read, nothing saved."""
        return self._database.readonly

    # -- opening, step by step

    def _connect(self, readonly: bool) -> Database:
        path = self.folder / DATABASE_NAME
        if not path.is_file():
            raise damaged("The file vault.db of this vault is missing.")
        refuse_plaintext(path)
        key = subkey(self._key, "sqlcipher")
        if not readonly:
            return Database(connect(path, key))
        log = path.with_name(path.name + "-wal")
        if not log.is_file() or log.stat().st_size == 0:
            return Database(connect(path, key, immutable=True), readonly=True)
        # Recent changes stand in the write-ahead log, which SQLite reads only where it can write.
        # Both files are ciphertext, so a private copy elsewhere gives nothing away.
        with saving():
            self._staging = tempfile.TemporaryDirectory(prefix="candor-")
            copy = Path(self._staging.name) / path.name
            shutil.copyfile(path, copy)
            shutil.copyfile(log, copy.with_name(log.name))
        return Database(connect(copy, key, query_only=True), readonly=True)

    def _require_sound(self) -> None:
        if not self._header.holds(subkey(self._key, "header")):
            raise damaged("The file vault.json was changed by someone without this vault's key.")
        if schema.version(self._database) == 0:
            raise damaged()
        if not self.readonly:
            self._migrate()
        schema.require_guards(self._database)
        self._ledger.check()

    def _migrate(self) -> None:
        before = schema.version(self._database)
        if 0 < before < len(schema.MIGRATIONS):
            kept = self.folder / f"before-version-{len(schema.MIGRATIONS)}.db"
            with saving():
                kept.unlink(missing_ok=True)
                write_new(kept, b"")
            self._database.copy_to(kept, subkey(self._key, "sqlcipher"))
        schema.migrate(self._database)


class _Kit:
    """What opening needs besides the key."""

    def __init__(self, clock: Clock | None, floor: Kdf | None, *, readonly: bool) -> None:
        self.clock: Clock = clock or SystemClock()
        self.floor = floor or Kdf.lowest()
        self.readonly = readonly
        self.lock: FolderLock

    @classmethod
    def writing(cls, clock: Clock | None, floor: Kdf | None) -> _Kit:
        return cls(clock, floor, readonly=False)


def subkey(key: bytes, use: str) -> bytes:
    """The key for one use, derived from the vault key."""
    return hkdf(key, f"candor/vault/{use}/v1")


def _prepare(folder: Path, clock: Clock | None, floor: Kdf | None) -> tuple[_Kit, Header]:
    if not folder.is_dir():
        raise VaultMissing(f"There is no folder {folder}.", hint="Choose where the vault lies.")
    header = headers.load(folder)
    kit = _Kit(clock, floor, readonly=not is_writable(folder))
    kit.lock = FolderLock(folder / LOCK_NAME, readonly=kit.readonly)
    return kit, header


def _require_passphrase(passphrase: str) -> None:
    if not passphrase:
        raise WrongPassphrase("A vault needs a passphrase.", hint="Four or more words are good.")


def _require_empty(folder: Path) -> None:
    ours = {LOCK_NAME, _UNFINISHED, f"{_UNFINISHED}-wal", f"{_UNFINISHED}-journal"}
    if folder.exists() and (not folder.is_dir() or {p.name for p in folder.iterdir()} - ours):
        raise VaultExists(
            f"The folder {folder} already holds files.", hint="Choose a new or an empty folder."
        )


def _lay_database(folder: Path, key: bytes, generation: int) -> None:
    """Write an empty database under another name, then give it its own."""
    path = folder / _UNFINISHED
    with saving():
        for leftover in folder.glob(f"{_UNFINISHED}*"):
            leftover.unlink()
        write_new(path, b"")  # made first, so that nobody else may ever read it
    database = Database(connect(path, subkey(key, "sqlcipher")))
    try:
        schema.migrate(database)
        ledger = Ledger(database, subkey(key, "ledger"))
        with database.transaction():
            ledger.start()
            ledger.note(header_generation=generation)
    finally:
        database.close()
    with saving():
        path.rename(folder / DATABASE_NAME)
        sync_folder(folder)
