"""The steps of creating and opening a vault, before anything can be done with it."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import tempfile
from pathlib import Path

from candor.clock import Clock, SystemClock
from candor.keys.derive import hkdf
from candor.vault import header as headers
from candor.vault import schema
from candor.vault.database import Database, connect, refuse_plaintext, require_whole
from candor.vault.disk import is_writable, sync_folder, write_new
from candor.vault.header import Header
from candor.vault.kdf import Kdf
from candor.vault.ledger import Ledger
from candor.vault.lock import FolderLock
from candor.vault.refusals import NotSaved, VaultExists, VaultMissing, damaged, saving

DATABASE_NAME = "vault.db"
LOCK_NAME = "vault.lock"
_UNFINISHED = "vault.db.new"
_STAGED = ".backup-"


class Kit:
    """What opening needs besides the key: the lock it holds, the clock, the floor of costs."""

    def __init__(self, lock: FolderLock, clock: Clock | None, floor: Kdf | None) -> None:
        self.lock = lock
        self.clock: Clock = clock or SystemClock()
        self.floor = floor or Kdf.lowest()


def subkey(key: bytes, use: str) -> bytes:
    """The key for one use, derived from the vault key."""
    return hkdf(key, f"candor/vault/{use}/v1")


def prepare(folder: Path, clock: Clock | None, floor: Kdf | None) -> tuple[Kit, Header]:
    """Read the header and take the lock. Raises VaultMissing, VaultDamaged, VaultInUse."""
    if not folder.is_dir():
        raise VaultMissing(f"There is no folder {folder}.", hint="Choose where the vault lies.")
    headers.load(folder)  # a folder without a vault gets no lock file either
    lock = FolderLock(folder / LOCK_NAME, readonly=not is_writable(folder))
    try:
        # read again: only the holder of the lock may trust what it read
        return Kit(lock, clock, floor), headers.load(folder)
    except BaseException:
        lock.release()
        raise


def staged_path(folder: Path) -> Path:
    """A new empty file for a copy that is being made. Raises NotSaved."""
    path = folder / f"{_STAGED}{secrets.token_hex(6)}.db"
    with saving():
        write_new(path, b"")
    return path


def sweep(folder: Path) -> None:
    """Remove staged copies, also those of a process that was killed."""
    for leftover in folder.glob(f"{_STAGED}*"):
        with contextlib.suppress(OSError):  # only ciphertext; the next sweep tries again
            leftover.unlink()


def require_empty(folder: Path) -> None:
    """Refuse a folder that holds anything but the traces of an unfinished creation."""
    ours = (LOCK_NAME, _UNFINISHED)
    found = [p for p in folder.iterdir() if not p.name.startswith(ours)] if folder.is_dir() else []
    if found or (folder.exists() and not folder.is_dir()):
        raise VaultExists(
            f"The folder {folder} already holds files.", hint="Choose a new or an empty folder."
        )


def fresh_database_path(folder: Path) -> Path:
    """Where a database is made before it has its own name: an empty file for its owner alone."""
    path = folder / _UNFINISHED
    with saving():
        for leftover in folder.glob(f"{_UNFINISHED}*"):
            leftover.unlink()
        write_new(path, b"")  # made first, so that nobody else may ever read it
    return path


def adopt_database(folder: Path) -> None:
    """Give the finished database its own name. Raises NotSaved."""
    require_whole(folder / _UNFINISHED)
    with saving():
        (folder / _UNFINISHED).rename(folder / DATABASE_NAME)
        sync_folder(folder)


def lay_database(folder: Path, key: bytes, generation: int) -> None:
    """Write an empty database under another name, then give it its own. Raises NotSaved."""
    database = Database(connect(fresh_database_path(folder), subkey(key, "sqlcipher"), fresh=True))
    try:
        schema.migrate(database)
        ledger = Ledger(database, subkey(key, "ledger"))
        with database.transaction():
            ledger.start()
            ledger.note(header_generation=generation)
    finally:
        database.close()
    adopt_database(folder)


def open_database(
    folder: Path, key: bytes, *, readonly: bool
) -> tuple[Database, tempfile.TemporaryDirectory[str] | None]:
    """The database, and the private copy it is read from where the disk is read-only.

    Raises VaultDamaged, DiskFailed, NotSaved.
    """
    path = folder / DATABASE_NAME
    if not path.is_file():
        raise damaged("The file vault.db of this vault is missing.")
    refuse_plaintext(path)
    if not readonly:
        sweep(folder)
        return Database(connect(path, key)), None
    log = path.with_name(path.name + "-wal")
    if not log.is_file() or log.stat().st_size == 0:
        return Database(connect(path, key, immutable=True), readonly=True), None
    # Recent changes stand in the write-ahead log, which SQLite reads only where it can write.
    # Both files are ciphertext, so a private copy elsewhere gives nothing away.
    with saving():
        staging = tempfile.TemporaryDirectory(prefix="candor-")
        copy = Path(staging.name) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(log, copy.with_name(log.name))
    return Database(connect(copy, key, query_only=True), readonly=True), staging


def bring_up_to_date(database: Database, folder: Path, key: bytes) -> None:
    """Migrate after keeping a copy. Raises VaultTooNew, VaultDamaged, NotSaved."""
    before = schema.version(database)
    if before == schema.latest():
        return
    if before == 0:
        raise damaged()
    if database.readonly:
        raise NotSaved(
            "This vault must be brought up to date, but its disk cannot be written to.",
            hint="Copy the whole folder to another disk and open it there.",
        )
    kept = folder / f"before-version-{schema.latest()}.db"
    with saving():
        kept.unlink(missing_ok=True)
        write_new(kept, b"")
    database.copy_to(kept, key)
    schema.migrate(database)
