"""What can be known of a vault without opening it; reading it loads no cipher."""

from __future__ import annotations

from pathlib import Path

import msgspec

from candor.vault import header as headers
from candor.vault.header import KeyringSlot


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
