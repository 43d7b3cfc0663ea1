"""Vaults on this machine: making one and opening one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from candor.app import chooser
from candor.app.session import Session
from candor.clock import Clock, stamp
from candor.errors import CandorError
from candor.vault.kdf import Kdf
from candor.vault.store import Vault

SHORTEST_PASSPHRASE = 12


class PassphraseTooWeak(CandorError):
    """The passphrase would be guessed from a stolen laptop."""


@dataclass(frozen=True)
class VaultParts:
    """The cost of the key derivation and its floor. Only tests make one: neither the window
    nor the command line can, so every shipped vault has the shipped cost."""

    kdf: Kdf
    floor: Kdf


@dataclass(frozen=True)
class Created:
    """A new vault, open, with the recovery code that must be written down."""

    session: Session
    recovery_code: str


def check_passphrase(passphrase: str) -> None:
    """Raises PassphraseTooWeak for a passphrase that is too short or one repeated sign."""
    if len(passphrase) < SHORTEST_PASSPHRASE or len(set(passphrase)) < 5:
        raise PassphraseTooWeak(
            f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters, "
            "not all alike. Four or five unrelated words are easy to remember.",
            hint="Choose a longer one.",
        )


@contextmanager
def fresh(
    folder: Path, passphrase: str, label: str, clock: Clock, parts: VaultParts | None
) -> Iterator[tuple[Vault, str]]:
    """A new vault that disappears again when its filling fails. Raises CandorError."""
    check_passphrase(passphrase)
    if folder.is_dir() and any(folder.iterdir()):
        raise CandorError(
            f"The folder “{folder.name}” is not empty, so no vault was made there.",
            hint="Choose an empty or a new folder.",
        )
    vault, recovery_code = Vault.create(
        folder,
        passphrase,
        label=label,
        clock=clock,
        kdf=parts.kdf if parts else None,
        floor=parts.floor if parts else None,
    )
    try:
        yield vault, recovery_code
    except BaseException:
        vault.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise


def open_vault(
    folder: Path, passphrase: str, clock: Clock, parts: VaultParts | None = None
) -> Session:
    """Unlock a vault with its passphrase. Raises WrongPassphrase, VaultInUse, VaultDamaged."""
    floor = parts.floor if parts else None
    return _opened(Vault.unlock(folder, passphrase, clock=clock, floor=floor), clock)


def open_with_recovery(
    folder: Path, code: str, clock: Clock, parts: VaultParts | None = None
) -> Session:
    """Unlock a vault with its printed recovery code. Raises CodeMistyped, WrongRecoveryCode."""
    floor = parts.floor if parts else None
    return _opened(Vault.unlock_with_recovery(folder, code, clock=clock, floor=floor), clock)


def open_with_keyring(folder: Path, clock: Clock) -> Session:
    """Unlock a vault with the key in this computer's keyring."""
    return _opened(Vault.unlock_with_keyring(folder, clock=clock), clock)


def _opened(vault: Vault, clock: Clock) -> Session:
    try:
        session = Session(vault, clock)
    except BaseException:
        vault.close()
        raise
    remember(session)
    return session


def remember(session: Session) -> None:
    """Put a vault at the top of the chooser."""
    chooser.note(
        chooser.VaultEntry(
            folder=str(session.vault_folder),
            company=session.company,
            person=session.name_of(session.person_id),
            title=session.title,
            last_opened=stamp(session.clock.now()),
        )
    )
