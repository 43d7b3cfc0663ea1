"""The vault: create, unlock, close. Its rooms say what can be done while it is open."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Self

from candor.clock import Clock
from candor.keys.codes import new_id, new_recovery_code, parse_recovery_code
from candor.vault import header as headers
from candor.vault import keyring_slot, opening, schema, slots
from candor.vault.anchor import NAME as ANCHOR_NAME
from candor.vault.anchor import Anchor
from candor.vault.backup import Backups
from candor.vault.contents import Blobs
from candor.vault.disk import private_folder
from candor.vault.events import Events
from candor.vault.header import Header, KeyringSlot, PassphraseSlot, RecoverySlot
from candor.vault.kdf import Kdf
from candor.vault.ledger import Ledger
from candor.vault.lock import FolderLock
from candor.vault.opening import LOCK_NAME, Kit, subkey
from candor.vault.refusals import KeyringRefused, WrongPassphrase, WrongRecoveryCode, damaged
from candor.vault.shelf import Peers, Projections, Shelf


class Vault(Events, Blobs, Shelf, Peers, Projections, Backups):
    """One person's encrypted store in one company, open. Safe to use from several threads."""

    def __init__(self, folder: Path, header: Header, key: bytes, kit: Kit) -> None:
        self.folder = folder
        self._header = header
        self._key = key
        self._clock = kit.clock
        self._floor = kit.floor
        self._lock = kit.lock
        if not header.holds(subkey(key, "header")):
            raise damaged("The file vault.json was changed by someone without this vault's key.")
        self._database, self._staging = opening.open_database(
            folder, subkey(key, "sqlcipher"), readonly=kit.lock.readonly
        )
        try:
            opening.bring_up_to_date(self._database, folder, subkey(key, "sqlcipher"))
            schema.require_guards(self._database)
            self._ledger = Ledger(self._database, subkey(key, "ledger"))
            self._ledger.check()
            self._anchor = Anchor(
                folder / ANCHOR_NAME, subkey(key, "anchor"), readonly=kit.lock.readonly
            )
            self._compare_anchors()
        except BaseException:
            self._database.close()
            raise

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
        costs = kdf or Kdf.shipped()
        costs.check(floor or Kdf.lowest())
        if not passphrase:
            raise WrongPassphrase("A vault needs a passphrase.", hint="Choose several words.")
        opening.require_empty(folder)
        private_folder(folder)
        kit = Kit(FolderLock(folder / LOCK_NAME), clock, floor)
        try:
            key, vault_id = slots.new_key(), new_id()
            text, code = new_recovery_code()
            made = (
                slots.passphrase_slot(vault_id, key, passphrase, costs),
                slots.recovery_slot(vault_id, key, code),
            )
            header = headers.first(vault_id, label, made).sealed(subkey(key, "header"))
            opening.lay_database(folder, key, header.generation)
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
        kit, header = opening.prepare(folder, clock, floor)
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
        kit, header = opening.prepare(folder, clock, floor)
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
        kit, header = opening.prepare(folder, clock, floor)
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
        """Undo what is unfinished, write out, close and let go of every key.

        Safe to repeat. Python cannot promise to wipe memory; nothing here claims it.
        """
        with contextlib.suppress(KeyringRefused):  # the counter there then lags: a weaker alarm
            self.anchor_in_keyring()
        try:
            self._database.close()
        finally:
            self._key = b""
            self._kept = None
            self._ledger.forget_key()
            self._anchor.close()
            if self._staging is not None:
                self._staging.cleanup()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def shed(self) -> None:
        """Let go of the pages that the database keeps in memory; they are read again as needed."""
        self._database.rows("PRAGMA shrink_memory")

    @property
    def readonly(self) -> bool:
        """Whether the disk refuses writing: everything can be read, nothing saved."""
        return self._database.readonly
