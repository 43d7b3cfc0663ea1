"""Writing a file that a person asked for: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from candor.errors import CandorError

LONGEST_NAME = 80


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
        why = fault.strerror or "the disk said no"
        raise NotWritten(
            f"The file “{shown_name(path)}” could not be written: {why}.",
            hint="Nothing was changed. Free some space or choose another folder, then try again.",
        ) from fault
    return path


def read_whole(path: Path, limit: int) -> bytes:
    """Read a regular file of at most ``limit`` bytes. Raises CandorError."""
    name = shown_name(path)
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            # A pipe would be waited for and a device read for ever.
            raise CandorError(
                f"“{name}” is not a file that can be read.",
                hint="Choose the file itself.",
            )
        with path.open("rb") as file:
            data = file.read(limit + 1) if kind.st_size <= limit else b""
    except OSError as fault:
        raise CandorError(
            f"The file “{name}” could not be read: {fault.strerror or 'the disk said no'}.",
            hint="Check that it is still there and that you may open it.",
        ) from fault
    if max(len(data), kind.st_size) > limit:
        raise CandorError(
            f"The file “{name}” is too large to be one of Candor's.",
            hint="Check that you chose the right file.",
        )
    return data


def shown_name(path: Path) -> str:
    """The name of a file as sentences quote it: never longer than anyone reads."""
    return path.name if len(path.name) <= LONGEST_NAME else path.name[:LONGEST_NAME] + "…"
