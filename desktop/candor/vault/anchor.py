"""The change counter kept beside the database, to notice that the database went back.

SQLCipher cannot tell a whole old file, or a lost write-ahead log, from a current one. Each commit
therefore also writes its counter here, with a MAC. The file is not flushed at each commit: it may
lag after a power cut, and then proves less, but it can never be ahead of the database by itself.
Whoever rolls back the whole folder rolls back this file too; against that stand the keyring's
copy of the counter and what peers acknowledge.
"""

from __future__ import annotations

import contextlib
import hmac
import os
from pathlib import Path

from candor.vault.disk import PRIVATE_FILE

NAME = "vault.anchor"
_COUNTER_SIZE = 8
_SIZE = _COUNTER_SIZE + 32


class Anchor:
    """The counter file of an open vault."""

    def __init__(self, path: Path, key: bytes, *, readonly: bool) -> None:
        self._key = key
        self._handle: int | None = None
        flags = os.O_RDONLY if readonly else os.O_RDWR | os.O_CREAT
        with contextlib.suppress(OSError):  # without it the vault works; the alarm is weaker
            self._handle = os.open(path, flags | getattr(os, "O_BINARY", 0), PRIVATE_FILE)

    def counter(self) -> int:
        """The highest counter known to be committed; 0 where the file says nothing credible."""
        if self._handle is None:
            return 0
        os.lseek(self._handle, 0, os.SEEK_SET)
        data = os.read(self._handle, _SIZE)
        number, mac = data[:_COUNTER_SIZE], data[_COUNTER_SIZE:]
        good = len(data) == _SIZE and hmac.compare_digest(mac, self._mac(number))
        return int.from_bytes(number, "big") if good else 0

    def note(self, counter: int) -> None:
        """Write the counter of a commit that succeeded."""
        if self._handle is None:
            return
        number = counter.to_bytes(_COUNTER_SIZE, "big")
        with contextlib.suppress(OSError):  # the commit itself is safe on the disk already
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, number + self._mac(number))

    def close(self) -> None:
        """Flush and close the file."""
        handle, self._handle = self._handle, None
        self._key = b""
        if handle is not None:
            with contextlib.suppress(OSError):
                os.fsync(handle)
            os.close(handle)

    def _mac(self, number: bytes) -> bytes:
        return hmac.digest(self._key, number, "sha256")
