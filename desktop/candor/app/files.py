"""Writing a file that a person asked for: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from candor.errors import CandorError


class NotWritten(CandorError):
    """A file could not be written; the old one, if any, is whole."""


def write_whole(path: Path, data: bytes) -> Path:
    """Write ``data`` to ``path`` atomically and durably. Raises NotWritten."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".candor-", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            # fsync first: a power cut must leave the old file whole
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except OSError as fault:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise NotWritten(
            f"The file “{path.name}” could not be written: {fault.strerror or 'the disk said no'}.",
            hint="Nothing was changed. Free some space or choose another folder, then try again.",
        ) from fault
    return path


def read_whole(path: Path, limit: int) -> bytes:
    """Read a file of at most ``limit`` bytes. Raises NotWritten's sibling sentence on refusal."""
    try:
        if path.stat().st_size > limit:
            raise CandorError(
                f"The file “{path.name}” is too large to be one of Candor's.",
                hint="Check that you chose the right file.",
            )
        return path.read_bytes()
    except OSError as fault:
        raise CandorError(
            f"The file “{path.name}” could not be read: {fault.strerror or 'the disk said no'}.",
            hint="Check that it is still there and that you may open it.",
        ) from fault
