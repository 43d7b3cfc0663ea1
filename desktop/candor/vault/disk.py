"""Files that survive a power cut: private folders, atomic replacement, fsync."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from candor.vault.refusals import saving

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def private_folder(folder: Path) -> None:
    """Create ``folder`` for its owner alone. Raises NotSaved."""
    with saving():
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        folder.chmod(PRIVATE_FOLDER)


def sync_folder(folder: Path) -> None:
    """Make a creation or renaming in ``folder`` durable."""
    if os.name == "nt":  # Windows has no handle to a folder; NTFS journals the renaming itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet, for its owner alone, down to the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Replace ``path`` as a whole or not at all. Raises NotSaved; the old file then stands."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with saving():
        try:
            write_new(temporary, data)
            # fsync came first: a power cut must leave either the old file whole or the new one
            temporary.replace(path)
            sync_folder(path.parent)
        except OSError:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
            raise


def is_writable(folder: Path) -> bool:
    """Whether a file can be created in ``folder`` (asked by doing it: modes can mislead)."""
    probe = folder / f".probe.{secrets.token_hex(6)}"
    try:
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
        probe.unlink()
    except OSError:
        return False
    return True
