"""Slots: three ways to the one vault key, each wrapping it under a key of its own."""

from __future__ import annotations

import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from candor.keys.derive import hkdf
from candor.vault.header import FORMAT, VERSION, KeyringSlot, PassphraseSlot, RecoverySlot, Slot
from candor.vault.kdf import Kdf
from candor.vault.refusals import (
    KeyringRefused,
    VaultDamaged,
    WrongPassphrase,
    WrongRecoveryCode,
)

KEY_SIZE = 32
_SALT_SIZE = 16
_NONCE_SIZE = 12


def new_key() -> bytes:
    """A fresh vault key."""
    return secrets.token_bytes(KEY_SIZE)


def _associated(vault_id: str, slot: Slot) -> bytes:
    """What the wrapping binds: every parameter of the slot, so that none can be exchanged."""
    bare = msgspec.structs.replace(slot, wrapped="")
    return msgspec.json.encode((FORMAT, VERSION, vault_id, bare), order="sorted")


def _wrap(vault_id: str, slot: Slot, kek: bytes, key: bytes) -> Slot:
    box = ChaCha20Poly1305(kek).encrypt(bytes.fromhex(slot.nonce), key, _associated(vault_id, slot))
    return msgspec.structs.replace(slot, wrapped=box.hex())


def _unwrap(vault_id: str, slot: Slot, kek: bytes) -> bytes | None:
    try:
        nonce, box = bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped)
        return ChaCha20Poly1305(kek).decrypt(nonce, box, _associated(vault_id, slot))
    except InvalidTag:
        return None
    except ValueError as error:
        raise VaultDamaged(
            "The file vault.json holds a key slot that cannot be read.",
            hint="Put the vault.json of the latest backup in its place.",
        ) from error


def _salt_and_nonce() -> tuple[str, str]:
    return secrets.token_hex(_SALT_SIZE), secrets.token_hex(_NONCE_SIZE)


def _salt(slot: Slot) -> bytes:
    try:
        salt = bytes.fromhex(slot.salt)
    except ValueError:
        salt = b""
    if len(salt) != _SALT_SIZE:
        raise VaultDamaged(
            "The file vault.json holds a key slot that cannot be read.",
            hint="Put the vault.json of the latest backup in its place.",
        )
    return salt


def passphrase_slot(vault_id: str, key: bytes, passphrase: str, kdf: Kdf) -> Slot:
    """Wrap ``key`` under a passphrase, with a fresh salt and nonce."""
    salt, nonce = _salt_and_nonce()
    slot = PassphraseSlot(kdf=kdf, salt=salt, nonce=nonce, wrapped="")
    return _wrap(vault_id, slot, kdf.derive(passphrase, bytes.fromhex(salt)), key)


def open_passphrase(vault_id: str, slot: PassphraseSlot, passphrase: str, floor: Kdf) -> bytes:
    """The vault key. Raises SlotRefused before any derivation, or WrongPassphrase."""
    slot.kdf.check(floor)
    key = _unwrap(vault_id, slot, slot.kdf.derive(passphrase, _salt(slot)))
    if key is None:
        raise WrongPassphrase(
            "This passphrase does not open the vault.",
            hint="Check capital letters and the keyboard layout, or use the recovery code.",
        )
    return key


def _code_key(code: bytes, salt: bytes) -> bytes:
    # 160 random bits need no slow derivation; HKDF only separates this use from any other
    return hkdf(code + salt, "candor/vault/recovery/v1")


def recovery_slot(vault_id: str, key: bytes, code: bytes) -> Slot:
    """Wrap ``key`` under the 20 bytes of a recovery code."""
    salt, nonce = _salt_and_nonce()
    slot = RecoverySlot(salt=salt, nonce=nonce, wrapped="")
    return _wrap(vault_id, slot, _code_key(code, bytes.fromhex(salt)), key)


def open_recovery(vault_id: str, slot: RecoverySlot, code: bytes) -> bytes:
    """The vault key. Raises WrongRecoveryCode."""
    key = _unwrap(vault_id, slot, _code_key(code, _salt(slot)))
    if key is None:
        raise WrongRecoveryCode(
            "This recovery code is for another vault, or was replaced.",
            hint="Look for the sheet that was printed for this vault.",
        )
    return key


def keyring_slot(vault_id: str, key: bytes, kept: bytes) -> Slot:
    """Wrap ``key`` under the random 32 bytes that the keyring keeps."""
    salt, nonce = _salt_and_nonce()
    slot = KeyringSlot(salt=salt, nonce=nonce, wrapped="")
    return _wrap(vault_id, slot, hkdf(kept + bytes.fromhex(salt), "candor/vault/keyring/v1"), key)


def open_keyring(vault_id: str, slot: KeyringSlot, kept: bytes) -> bytes:
    """The vault key. Raises KeyringRefused where the keyring gave another value."""
    key = _unwrap(vault_id, slot, hkdf(kept + _salt(slot), "candor/vault/keyring/v1"))
    if key is None:
        raise KeyringRefused(
            "What the keyring of this computer holds does not open the vault.",
            hint="Use the passphrase, then switch keyring unlock off and on again in Settings.",
        )
    return key
