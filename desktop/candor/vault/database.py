"""One SQLCipher connection: keyed, hardened, serialised, and silent about its own errors."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher  # type: ignore[import-untyped]

from candor.vault.refusals import (
    GaveWay,
    NotSaved,
    VaultError,
    damaged,
    disk_full,
    locked,
    translate,
)
from candor.vault.turns import Turns

Row = tuple[Any, ...]

_OK, _DENY = 0, 1
_DELETE, _INSERT, _PRAGMA, _READ, _SELECT, _TRANSACTION, _UPDATE = 9, 18, 19, 20, 21, 22, 23
_ATTACH, _DETACH, _FUNCTION, _RECURSIVE = 24, 25, 31, 33
_DAILY = frozenset({_DELETE, _INSERT, _READ, _SELECT, _TRANSACTION, _UPDATE, _RECURSIVE})
_PRAGMAS = frozenset(
    {"wal_checkpoint", "cipher_integrity_check", "integrity_check", "shrink_memory"}
)
# sqlcipher_export to an attached file with an empty key would write the vault in the clear
_FUNCTIONS_DENIED = frozenset({"sqlcipher_export", "load_extension", "readfile", "writefile"})
_ATTEMPTS, _PAUSE = 20, 0.05
_PLAIN = b"SQLite format 3\x00"

_HARDENING = (
    "PRAGMA cipher_memory_security=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA recursive_triggers=ON",  # REPLACE must meet the delete triggers too
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
    # one process only: keeps the WAL index in memory, and a second opener out
    "PRAGMA locking_mode=EXCLUSIVE",
)


def _authorize(migrating: bool) -> Callable[..., int]:
    def decide(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action in (_ATTACH, _DETACH):
            return _DENY
        if action == _FUNCTION:
            return _DENY if (second or "").lower() in _FUNCTIONS_DENIED else _OK
        if migrating or action in _DAILY:
            return _OK
        return _OK if action == _PRAGMA and (first or "").lower() in _PRAGMAS else _DENY

    return decide


def connect(
    path: Path,
    key: bytes,
    *,
    immutable: bool = False,
    query_only: bool = False,
    fresh: bool = False,
) -> sqlcipher.Connection:
    """A keyed and hardened connection. Raises VaultError subclasses, never a library error.

    ``immutable`` reads a file on a read-only disk, ``query_only`` a private copy of one;
    ``fresh`` means that the file is being made, so that a fault is NotSaved.
    """
    uri = f"{path.resolve().as_uri()}{'?immutable=1' if immutable else ''}"
    connection: sqlcipher.Connection | None = None
    try:
        connection = sqlcipher.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        for pragma in _HARDENING:
            connection.execute(pragma).fetchall()
        if not immutable:
            connection.execute("PRAGMA journal_mode=WAL").fetchall()
            connection.execute("PRAGMA synchronous=FULL")
        if query_only:
            connection.execute("PRAGMA query_only=ON")
        if connection.execute("PRAGMA cipher_status").fetchone() != ("1",):
            raise damaged("The vault's file is not encrypted, so it was not opened.")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.set_authorizer(_authorize(migrating=False))
    except sqlcipher.Error as error:
        _shut(connection)
        raise translate(error, saving=fresh) from None
    except VaultError:
        _shut(connection)
        raise
    return connection


def _shut(connection: sqlcipher.Connection | None) -> None:
    if connection is not None:
        connection.close()


def refuse_plaintext(path: Path) -> None:
    """Raise VaultDamaged if the file starts as an unencrypted SQLite database does."""
    with path.open("rb") as file:
        if file.read(len(_PLAIN)) == _PLAIN:
            raise damaged("The vault's file is not encrypted, so it was not opened.")


class Database:
    """A connection with one lock around it and transactions that nest into one.

    ``before_commit`` runs inside the transaction, ``after_commit`` and ``after_rollback``
    behind it; the ledger uses them to move with the rows.
    """

    def __init__(self, connection: sqlcipher.Connection, *, readonly: bool = False) -> None:
        self._connection: sqlcipher.Connection | None = connection
        self.readonly = readonly
        self.lock = Turns()
        self._depth = 0
        self._doomed = False
        self._closing = False
        self._changes = 0
        self.before_commit: Callable[[], None] = _nothing
        self.after_commit: Callable[[], None] = _nothing
        self.after_rollback: Callable[[], None] = _nothing

    @property
    def _live(self) -> sqlcipher.Connection:
        if self._connection is None or self._closing:
            raise locked()
        return self._connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query. Raises VaultError subclasses."""
        with self.lock:
            try:
                return self._live.execute(sql, values).fetchall()  # type: ignore[no-any-return]
            except sqlcipher.Error as error:
                raise self._refusal(error, saving=self._depth > 0) from None

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Change rows inside a transaction and return the rowid of the last one inserted."""
        try:
            return int(self._live.execute(sql, values).lastrowid or 0)
        except sqlcipher.Error as error:
            raise self._refusal(error, saving=True) from None

    def run_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Change many rows inside a transaction."""
        try:
            self._live.executemany(sql, values)
        except sqlcipher.Error as error:
            raise self._refusal(error, saving=True) from None

    def long_rows(self, sql: str) -> list[Row]:
        """All rows of a query that takes long: it gives way to others, and begins again."""
        for _ in range(_ATTEMPTS):
            try:
                with self.lock.long_turn(self._live.interrupt):
                    return self.rows(sql)
            except GaveWay:
                time.sleep(_PAUSE)
        return self.rows(sql)  # never quiet enough: now they wait

    def _refusal(self, error: sqlcipher.Error, *, saving: bool) -> VaultError:
        return locked() if self._closing else translate(error, saving=saving)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. An inner failure undoes the whole, even if someone swallows it."""
        with self.lock:
            if self._depth == 0:
                self._begin()
            elif self._doomed:
                raise _half_failed()
            self._depth += 1
            try:
                yield
            except BaseException:
                self._doomed = True
                raise
            finally:
                self._depth -= 1
                if self._depth == 0 and self._doomed:
                    self._roll_back()
            if self._depth == 0:
                if self._doomed:  # an inner failure was swallowed on its way out
                    raise _half_failed()
                self._commit()

    def _begin(self) -> None:
        self._doomed = False
        self.run("BEGIN IMMEDIATE")
        self._changes = self._live.total_changes

    def _commit(self) -> None:
        try:
            if self._live.total_changes != self._changes:
                self.before_commit()
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        self.after_commit()

    def _roll_back(self) -> None:
        try:
            if self._connection is not None and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlcipher.Error as error:
            raise translate(error, saving=True) from None
        finally:
            self.after_rollback()

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """Allow changes of the schema inside this block only."""
        with self.lock:
            self._live.set_authorizer(_authorize(migrating=True))
            try:
                yield
            finally:
                self._live.set_authorizer(_authorize(migrating=False))

    def copy_to(
        self, path: Path, key: bytes, progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Write a consistent, equally encrypted copy. ``progress(done, total)`` counts pages."""
        target = connect(path, key, fresh=True)
        try:
            with self.lock:
                self._live.backup(target, pages=256, progress=_counting(progress))
        except sqlcipher.Error as error:
            raise translate(error, saving=True) from None
        finally:
            target.close()

    def close(self) -> None:
        """Close the connection; what another thread is doing is undone, later uses are refused.

        Raises NotSaved where the disk fails.
        """
        self._closing = True  # set without the lock: whoever holds it then gives up at once
        connection = self._connection
        if not self.lock.try_now():
            if connection is not None:
                connection.interrupt()
            self.lock.__enter__()
        try:
            self._connection = None
            if connection is not None:
                # an interruption outlives its statement and would spoil the last checkpoint
                connection.execute("SELECT 1").fetchone()
                connection.close()
        except sqlcipher.Error as error:
            raise translate(error, saving=True) from None
        finally:
            self.lock.__exit__()


def require_whole(path: Path) -> None:
    """After closing: refuse a database whose last changes stand only in its log (full disk)."""
    log = path.with_name(path.name + "-wal")
    if log.is_file() and log.stat().st_size:
        raise disk_full()


def _half_failed() -> NotSaved:
    return NotSaved(
        "The last change was not saved: an earlier part of it failed.", hint="Try it again."
    )


def _counting(
    progress: Callable[[int, int], None] | None,
) -> Callable[[int, int, int], None] | None:
    if progress is None:
        return None
    return lambda _, left, total: progress(total - left, total)


def _nothing() -> None:
    """No hook."""
