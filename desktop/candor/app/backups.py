"""Backups: a copy that the passphrase or the recovery code opens, and nobody else."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from candor.app.files import NotWritten
from candor.app.session import Session
from candor.clock import Tick, no_tick


def write(session: Session, path: Path, tick: Tick = no_tick) -> Path:
    """Write a backup of the open vault to ``path``, whole or not at all.

    The stream is ciphertext under the vault's key with the slots that open it. An earlier
    backup of that name stays until the new one is complete. Raises NotWritten, NotSaved.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".candor-", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            session.vault.backup(out, tick)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except OSError as fault:
        raise NotWritten(
            f"The backup could not be written: {fault.strerror or 'the disk said no'}.",
            hint="An earlier backup is untouched. Free some space or choose another folder.",
        ) from fault
    finally:
        if temporary:
            with contextlib.suppress(OSError):  # gone already where all went well
                Path(temporary).unlink()
    return path
