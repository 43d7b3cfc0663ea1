"""One process at a time: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from candor.vault.disk import PRIVATE_FILE
from candor.vault.refusals import in_use, saving

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        # flock, not lockf: it also refuses a second opening inside one process
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})


class FolderLock:
    """The lock on a vault's folder; a killed process leaves none behind."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.readonly = readonly
        self._handle: int | None = None
        if readonly and not path.exists():
            return  # nobody can write here, so nobody needs to be kept out
        with saving():
            flags = os.O_RDONLY if readonly else os.O_RDWR | os.O_CREAT
            handle = os.open(path, flags, PRIVATE_FILE)
        try:
            _take(handle)
        except OSError as error:
            os.close(handle)
            if error.errno in _HELD:
                raise in_use() from error
            raise
        self._handle = handle

    def release(self) -> None:
        """Let the next process in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
