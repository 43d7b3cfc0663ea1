"""The vaults opened on this machine, to choose from before any of them is unlocked.

The unlock page stands on this alone, so nothing here loads what only an open vault needs.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from candor.app.files import NotWritten, write_whole
from candor.vault.described import describe

LISTED = 50
"""How many vaults the chooser remembers."""


@dataclass(frozen=True)
class VaultEntry:
    """A vault in the chooser; names only, nothing from inside."""

    folder: str
    company: str
    person: str
    title: str
    last_opened: str


def _list_file() -> Path:
    return Path(platformdirs.user_config_dir("candor", appauthor=False)) / "vaults.json"


def known_vaults() -> tuple[VaultEntry, ...]:
    """The vaults opened on this machine before and still there, the latest first."""
    try:
        rows = [VaultEntry(**row) for row in json.loads(_list_file().read_bytes())]
    except (OSError, ValueError, TypeError):
        # the list is a convenience: without it a person opens the folder by hand
        return ()
    there = [row for row in rows if (Path(row.folder) / "vault.json").is_file()]
    return tuple(sorted(there, key=lambda row: row.last_opened, reverse=True))


def note(entry: VaultEntry) -> None:
    """Put a vault at the top of the list."""
    rest = [row for row in known_vaults() if row.folder != entry.folder]
    data = json.dumps([vars(row) for row in (entry, *rest[: LISTED - 1])]).encode()
    with suppress(NotWritten):  # a read-only home must not keep anybody out of their vault
        write_whole(_list_file(), data)


def forget_vault(folder: str) -> None:
    """Take a vault off the list; the vault itself stays where it is."""
    rest = [vars(row) for row in known_vaults() if row.folder != folder]
    write_whole(_list_file(), json.dumps(rest).encode())


def entry_of(folder: Path) -> VaultEntry:
    """The chooser's line for a vault in any folder. Raises VaultMissing, VaultDamaged."""
    for entry in known_vaults():
        if Path(entry.folder) == folder:
            return entry
    return VaultEntry(str(folder), describe(folder).label, "", "", "")


def opens_with_keyring(folder: Path) -> bool:
    """Whether this computer's keyring may open a vault. Raises VaultMissing, VaultDamaged."""
    return describe(folder).has_keyring
