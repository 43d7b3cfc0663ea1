"""The operating system's keyring, used only where it really is one and really keeps things.

The `keyring` library falls back silently: to a file in plain text, to nothing at all, or to
whatever an environment variable names. So its choice is not asked for; the known classes of the
real keyrings are tried by name, and what was stored is read back and compared.
"""

from __future__ import annotations

import hmac
import importlib
import os

import keyring.errors
import msgspec
from keyring.backend import KeyringBackend

from candor.vault.refusals import KeyringRefused

_SERVICE = "Candor vault"
_ALLOWED = (
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
)
_OVERRIDES = ("PYTHON_KEYRING_BACKEND",)
_FORMAT = "candor1"
_OTHER_WAY = "Use the passphrase; keyring unlock can be switched on again in Settings."


class Kept(msgspec.Struct, frozen=True):
    """What the keyring keeps for a vault: 32 bytes, and the vault's change counter."""

    key: bytes
    counter: int


def refuse_unless_real(backend: KeyringBackend) -> None:
    """Refuse every backend that is not exactly one of the real keyrings. Raises KeyringRefused."""
    kind = type(backend)
    if (kind.__module__, kind.__qualname__) not in _ALLOWED:
        raise KeyringRefused(
            f"The keyring {kind.__module__}.{kind.__qualname__} is not one that Candor trusts.",
            hint=_OTHER_WAY,
        )


def find() -> KeyringBackend:
    """The real keyring of this computer. Raises KeyringRefused where there is none."""
    for name in _OVERRIDES:
        if os.environ.get(name):
            raise KeyringRefused(
                f"The variable {name} redirects the keyring, so Candor does not use it.",
                hint="Start Candor without that variable, or use the passphrase.",
            )
    for module, name in _ALLOWED:
        kind: type[KeyringBackend] = getattr(importlib.import_module(module), name)
        if kind.viable:
            backend = kind()
            refuse_unless_real(backend)
            return backend
    raise KeyringRefused(
        "This computer has no keyring that Candor can use.", hint="Use the passphrase."
    )


def available() -> bool:
    """Whether keyring unlock can be offered here."""
    try:
        find()
    except KeyringRefused:
        return False
    return True


def put(vault_id: str, kept: Kept, backend: KeyringBackend | None = None) -> None:
    """Keep, read back and compare. Raises KeyringRefused."""
    backend = backend or find()
    refuse_unless_real(backend)
    text = f"{_FORMAT}:{kept.key.hex()}:{kept.counter}"
    try:
        backend.set_password(_SERVICE, vault_id, text)
        found = backend.get_password(_SERVICE, vault_id)
    except keyring.errors.KeyringError as error:
        raise _unreachable() from error
    if found is None or not hmac.compare_digest(found, text):
        raise KeyringRefused(
            "The keyring of this computer did not keep what was put into it.",
            hint=_OTHER_WAY,
        )


def take(vault_id: str, backend: KeyringBackend | None = None) -> Kept:
    """What is kept for a vault. Raises KeyringRefused where it is locked, lost or foreign."""
    backend = backend or find()
    refuse_unless_real(backend)
    try:
        text = backend.get_password(_SERVICE, vault_id)
    except keyring.errors.KeyringError as error:
        raise _unreachable() from error
    if text is None:
        raise KeyringRefused(
            "The keyring of this computer holds nothing for this vault.", hint=_OTHER_WAY
        )
    return _parse(text)


def forget(vault_id: str, backend: KeyringBackend | None = None) -> None:
    """Remove what is kept; nothing kept is no fault. Raises KeyringRefused."""
    backend = backend or find()
    refuse_unless_real(backend)
    try:
        if backend.get_password(_SERVICE, vault_id) is not None:
            backend.delete_password(_SERVICE, vault_id)
    except keyring.errors.KeyringError as error:
        raise _unreachable() from error


def _parse(text: str) -> Kept:
    try:
        tag, key_hex, counter = text.split(":")
        kept = Kept(bytes.fromhex(key_hex), int(counter))
    except ValueError:
        tag, kept = "", Kept(b"", 0)
    if tag != _FORMAT or len(kept.key) != 32 or kept.counter < 0:
        raise KeyringRefused(
            "What the keyring of this computer holds for this vault is not Candor's.",
            hint=_OTHER_WAY,
        )
    return kept


def _unreachable() -> KeyringRefused:
    return KeyringRefused(
        "The keyring of this computer is locked or does not answer.", hint=_OTHER_WAY
    )
