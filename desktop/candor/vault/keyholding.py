"""What the holder of an open vault may do with its slots, and the rollback alarm."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

from candor.keys.codes import new_recovery_code, parse_recovery_code
from candor.keys.derive import hkdf
from candor.vault import header as headers
from candor.vault import keyring_slot, slots
from candor.vault.anchor import Anchor
from candor.vault.header import Header, KeyringSlot, PassphraseSlot, RecoverySlot
from candor.vault.kdf import Kdf
from candor.vault.keyring_slot import Kept
from candor.vault.refusals import NotSaved, WrongPassphrase, WrongRecoveryCode, locked
from candor.vault.room import Room


class Keyholding(Room):
    """Slots and anchors of an open vault. Each change of a slot is one atomic file replacement."""

    folder: Path
    _header: Header
    _key: bytes
    _floor: Kdf
    _anchor: Anchor
    _kept: Kept | None = None
    _seen_counter: int = 0
    _alarm: str = ""

    @property
    def vault_id(self) -> str:
        """The random id of this vault."""
        return self._header.vault_id

    @property
    def label(self) -> str:
        """What the chooser shows; stands unencrypted in vault.json."""
        return self._header.label

    @property
    def has_keyring_slot(self) -> bool:
        """Whether keyring unlock is switched on."""
        return self._header.slot(KeyringSlot) is not None

    @property
    def recovery_confirmed(self) -> bool:
        """Whether the person has typed the printed recovery code once."""
        return self._header.recovery_confirmed

    def check_passphrase(self, passphrase: str) -> bool:
        """Whether this is the passphrase (asked again before signing). Takes as long as unlock."""
        try:
            self._passphrase_key(passphrase)
        except WrongPassphrase:
            return False
        return True

    def change_passphrase(self, old: str, new: str, *, kdf: Kdf | None = None) -> None:
        """Replace the passphrase. Raises WrongPassphrase, NotSaved (the old one then stays)."""
        if not new:
            raise WrongPassphrase("A vault needs a passphrase.", hint="Choose a new one.")
        self._passphrase_key(old)
        self._set_passphrase(new, kdf)

    def reset_passphrase(self, code: str, new: str, *, kdf: Kdf | None = None) -> None:
        """Replace a forgotten passphrase with the recovery code's right.

        Raises CodeMistyped, WrongRecoveryCode, NotSaved.
        """
        if not new:
            raise WrongPassphrase("A vault needs a passphrase.", hint="Choose a new one.")
        self._require_recovery(code)
        self._set_passphrase(new, kdf)

    def confirm_recovery(self, code: str) -> None:
        """Record that the code was typed rightly. Raises CodeMistyped, WrongRecoveryCode."""
        self._require_recovery(code)
        self._put_header(headers.confirmed(self._header))

    def replace_recovery(self) -> str:
        """A new recovery code; the old one opens nothing any more. Raises NotSaved."""
        text, code = new_recovery_code()
        slot = slots.recovery_slot(self.vault_id, self._vault_key(), code)
        self._put_header(headers.confirmed(self._header.with_slot(slot), typed=False))
        return text

    def set_label(self, label: str) -> None:
        """Change what the chooser shows. Raises NotSaved."""
        self._put_header(headers.labelled(self._header, label))

    def add_keyring_slot(self) -> None:
        """Let this computer's keyring open the vault. Raises KeyringRefused, NotSaved."""
        kept = Kept(secrets.token_bytes(slots.KEY_SIZE), self._ledger.state.counter)
        slot = slots.keyring_slot(self.vault_id, self._vault_key(), kept.key)
        keyring_slot.put(self.vault_id, kept)
        self._put_header(self._header.with_slot(slot))
        self._kept = kept

    def remove_keyring_slot(self) -> None:
        """Switch keyring unlock off: the slot goes first, so that a lost keyring cannot hold it.

        Raises NotSaved, KeyringRefused (the slot is gone, only the keyring's entry remains).
        """
        self._put_header(self._header.without(KeyringSlot))
        self._kept = None
        keyring_slot.forget(self.vault_id)

    # -- the rollback alarm

    @property
    def rollback_suspected(self) -> bool:
        """Whether something outside the database has seen a later state of it.

        Then the author's log must not go on: start a new incarnation, see what peers hold, and
        call `accept_older_state`.
        """
        return bool(self._ledger.state.alarm) or self._alarm != ""

    @property
    def restored_from_backup(self) -> bool:
        """Whether this file was made as a backup copy and not yet accepted as the vault."""
        return self._ledger.state.from_backup

    def accept_older_state(self) -> None:
        """Record that the person knows this is an older state and a new incarnation was begun."""
        with self.transaction():
            self._ledger.note(
                alarm="", from_backup=False, counter=max(self._seen_counter, self._counter())
            )
        self._alarm = ""

    def anchor_in_keyring(self) -> None:
        """Copy the counter into the keyring if this session used it. Raises KeyringRefused."""
        if self._kept is not None and self._kept.counter < self._counter():
            self._kept = Kept(self._kept.key, self._counter())
            keyring_slot.put(self.vault_id, self._kept)

    def compare_keyring(self, kept: Kept | None = None) -> None:
        """Compare the keyring's counter with the vault's. Raises KeyringRefused."""
        self._kept = kept or keyring_slot.take(self.vault_id)
        self._suspect("keyring", self._kept.counter)

    def _compare_anchors(self) -> None:
        self._suspect("anchor", self._anchor.counter())
        known = self._ledger.state.header_generation
        if self._header.generation < known:
            self._raise_alarm("header")
        elif self._header.generation > known:
            self._note_generation()
        self._database.after_commit = self._after_commit
        self._anchor.note(self._counter())

    def _after_commit(self) -> None:
        self._ledger.keep()
        self._anchor.note(self._counter())

    def _counter(self) -> int:
        return self._ledger.state.counter

    def _suspect(self, alarm: str, counter: int) -> None:
        self._seen_counter = max(self._seen_counter, counter)
        if counter > self._counter():
            self._raise_alarm(alarm)

    def _raise_alarm(self, alarm: str) -> None:
        self._alarm = alarm
        with contextlib.suppress(NotSaved), self.transaction():  # a full disk may still be read
            self._ledger.note(alarm=alarm)

    def _note_generation(self) -> None:
        with contextlib.suppress(NotSaved), self.transaction():
            self._ledger.note(header_generation=self._header.generation)

    # -- helpers

    def _vault_key(self) -> bytes:
        if not self._key:
            raise locked()
        return self._key

    def _passphrase_key(self, passphrase: str) -> bytes:
        self._vault_key()
        slot = self._header.slot(PassphraseSlot)
        if not isinstance(slot, PassphraseSlot):
            raise WrongPassphrase("This vault has no passphrase.", hint="Use the recovery code.")
        return slots.open_passphrase(self.vault_id, slot, passphrase, self._floor)

    def _set_passphrase(self, new: str, kdf: Kdf | None) -> None:
        costs = kdf or self._current_costs()
        costs.check(self._floor)
        slot = slots.passphrase_slot(self.vault_id, self._vault_key(), new, costs)
        self._put_header(self._header.with_slot(slot))

    def _current_costs(self) -> Kdf:
        slot = self._header.slot(PassphraseSlot)
        return slot.kdf if isinstance(slot, PassphraseSlot) else Kdf.shipped()

    def _require_recovery(self, code: str) -> None:
        slot = self._header.slot(RecoverySlot)
        if not isinstance(slot, RecoverySlot):
            raise WrongRecoveryCode("This vault has no recovery code.")
        slots.open_recovery(self.vault_id, slot, parse_recovery_code(code))

    def _put_header(self, header: Header) -> None:
        with self._database.lock:
            sealed = header.sealed(hkdf(self._vault_key(), "candor/vault/header/v1"))
            headers.save(self.folder, sealed)
            self._header = sealed
            self._note_generation()
