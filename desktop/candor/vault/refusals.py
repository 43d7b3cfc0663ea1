"""Every refusal of the vault, and the one place that turns library errors into sentences."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from sqlcipher3 import dbapi2 as sqlcipher  # type: ignore[import-untyped]

from candor.errors import CandorError


class VaultError(CandorError):
    """A refusal of the vault."""

    exit_code: ClassVar[int] = 4


class WrongPassphrase(VaultError):
    """The passphrase opens no slot of this vault."""


class WrongRecoveryCode(VaultError):
    """The recovery code is well formed but belongs to another vault."""


class VaultInUse(VaultError):
    """Another process has this vault open."""


class VaultDamaged(VaultError):
    """What is on the disk is not what was written."""


class VaultMissing(VaultError):
    """There is no vault in that folder."""


class VaultExists(VaultError):
    """The folder already holds a vault or other files."""


class VaultTooNew(VaultError):
    """A later version of Candor wrote this vault."""


class VaultClosed(VaultError):
    """The vault was locked while something still wanted it."""


class SlotRefused(VaultError):
    """The key parameters in the header lie outside the limits; nothing was computed with them."""


class KeyringRefused(VaultError):
    """The operating system's keyring cannot be used or did not keep what was put into it."""


class GaveWay(VaultError):
    """A long check stopped because somebody else needed the vault; it is made again."""


class NotSaved(VaultError):
    """A change did not reach the disk; everything saved before it is intact."""


class DiskFailed(VaultError):
    """The disk reported a fault while the vault was read."""


class AppendOnly(VaultError):
    """Something tried to change or remove a record that is kept for ever."""


class BodyRefused(VaultError):
    """The content offered for an event is not the content that was signed."""


class BackupRefused(VaultError):
    """The file is no backup, or not a whole one."""


_FULL = 13
_SAVING = {
    8: ("The disk that holds this vault cannot be written to.", "Check that it is not read-only."),
    _FULL: ("The disk that holds this vault is full.", "Free some space and try again."),
    10: ("The disk that holds this vault reported a fault.", "Check the disk and make a backup."),
    14: ("The vault's file cannot be opened for writing.", "Check the disk and its permissions."),
}
_DAMAGED = frozenset({11, 24, 26})
_RESTORE = "Restore the latest backup; do not work on with this copy."


_TEXTS = {
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": _FULL,
    "unable to open database file": 14,
    "file is not a database": 26,
}
"""SQLite's own sentences: its backup interface passes them on without their code."""


def _not_saved(reason: str, hint: str) -> NotSaved:
    return NotSaved(f"The last change was not saved. {reason}", hint=hint)


def locked() -> VaultClosed:
    """The refusal after closing."""
    return VaultClosed("The vault is locked.", hint="Unlock it and try again.")


def disk_full() -> NotSaved:
    """The refusal for a full disk."""
    return _not_saved(*_SAVING[_FULL])


def damaged(what: str = "The vault's file was damaged or changed outside Candor.") -> VaultDamaged:
    """The refusal for content that fails its check."""
    return VaultDamaged(what, hint=_RESTORE)


def translate(error: sqlcipher.Error, *, saving: bool) -> VaultError:
    """The sentence for a database error; ``saving`` tells a lost change from a failed reading."""
    code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF or _TEXTS.get(str(error), 0)
    if code in _DAMAGED:
        return damaged()
    if code in _SAVING:
        reason, hint = _SAVING[code]
        return (
            _not_saved(reason, hint) if saving or code == _FULL else DiskFailed(reason, hint=hint)
        )
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    unforeseen = VaultError(
        f"The vault could not do this step ({name}).", hint="Lock it and open it again."
    )
    return _OTHERS.get(code, lambda: unforeseen)()


def in_use() -> VaultInUse:
    """The refusal for the second process."""
    return VaultInUse(
        "This vault is open in another window of Candor.",
        hint="Close it there first, or go on working there.",
    )


_OTHERS: dict[int, Callable[[], VaultError]] = {
    5: in_use,
    6: in_use,
    7: lambda: VaultError(
        "There is not enough memory for this step.", hint="Close other programs."
    ),
    9: lambda: GaveWay("The check was interrupted.", hint="Start it again."),
    19: lambda: AppendOnly("The vault refused to change a record that is kept for ever."),
    23: lambda: AppendOnly("The vault refused to change a record that is kept for ever."),
}
_OS_REASONS = {
    errno.ENOSPC: _SAVING[_FULL],
    errno.EDQUOT: _SAVING[_FULL],
    errno.EFBIG: _SAVING[_FULL],
    errno.EROFS: _SAVING[8],
    errno.EACCES: _SAVING[8],
    errno.EPERM: _SAVING[8],
}


@contextmanager
def saving() -> Iterator[None]:
    """Turn an OSError of a write into NotSaved."""
    try:
        yield
    except OSError as error:
        raise _not_saved(*_OS_REASONS.get(error.errno or 0, _SAVING[10])) from error
