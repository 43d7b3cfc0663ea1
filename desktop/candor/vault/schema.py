"""Tables of vault.db and how an older file becomes a newer one, in one transaction."""

from __future__ import annotations

from candor.vault.database import Database
from candor.vault.refusals import VaultTooNew, damaged

_FOREVER = ("events", "bodies", "blobs")
"""Append-only tables: rows are never changed and never removed."""

_VERSION_1 = """
CREATE TABLE events (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, log TEXT NOT NULL,
    seq INTEGER NOT NULL, received_at TEXT NOT NULL, signature BLOB NOT NULL, payload BLOB NOT NULL
) STRICT;
CREATE INDEX events_by_case ON events (case_id);

-- n is the event's; the key that opens the box stands in content_keys and can be destroyed
CREATE TABLE bodies (n INTEGER PRIMARY KEY, box BLOB NOT NULL) STRICT;
CREATE TABLE blobs (
    n INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, box BLOB NOT NULL
) STRICT;
CREATE TABLE content_keys (
    room TEXT NOT NULL, n INTEGER NOT NULL, key BLOB NOT NULL, PRIMARY KEY (room, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    n INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, saved_at TEXT NOT NULL,
    meta BLOB NOT NULL, mark BLOB NOT NULL, box BLOB NOT NULL, UNIQUE (kind, key)
) STRICT;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE peers (
    person TEXT PRIMARY KEY, sent_seq INTEGER NOT NULL, sent_digest TEXT NOT NULL,
    received_seq INTEGER NOT NULL, received_digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE projections (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;

-- the ledger: one row per log (or other set of rows), and one row over all of them
CREATE TABLE heads (
    log TEXT PRIMARY KEY, case_id TEXT NOT NULL, top INTEGER NOT NULL, count INTEGER NOT NULL,
    mix BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX heads_by_case ON heads (case_id);
CREATE TABLE ledger (one INTEGER PRIMARY KEY CHECK (one = 1), state BLOB NOT NULL) STRICT
"""


def _guards() -> tuple[str, ...]:
    """Triggers that refuse every change and removal.

    REPLACE meets the delete trigger, because every connection of ours has recursive_triggers on.
    (A trigger on insertion would say it too, but makes each insertion ten times slower: SQLite
    then journals every page it touches, and SQLCipher encrypts that journal.)
    """
    refuse = "BEGIN SELECT RAISE(ABORT, 'kept for ever'); END"
    return tuple(
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {refuse}"
        for table in _FOREVER
        for act in ("UPDATE", "DELETE")
    )


MIGRATIONS: tuple[tuple[str, ...], ...] = ((*_VERSION_1.split(";\n"), *_guards()),)
"""What makes version n out of version n - 1. Written once, never edited afterwards."""


def latest() -> int:
    """The schema version that this program writes."""
    return len(MIGRATIONS)


def version(database: Database) -> int:
    """The schema version of the file. Raises VaultTooNew for one that this program cannot read."""
    with database.migrating():
        found = database.one("PRAGMA user_version")
    number = int(found[0]) if found else 0
    if number > latest():
        raise VaultTooNew(
            "A later version of Candor wrote this vault.", hint="Install that version here."
        )
    return number


def migrate(database: Database) -> None:
    """Bring the file to the latest version: completely, or it stays as it was.

    Raises VaultTooNew, and NotSaved where the disk refuses.
    """
    before = version(database)
    if before == latest():
        return
    with database.migrating(), database.transaction():
        for step in MIGRATIONS[before:]:
            for statement in step:
                database.run(statement)
        database.run(f"PRAGMA user_version={latest():d}")


def require_guards(database: Database) -> None:
    """Refuse a file whose append-only triggers were removed. Raises VaultDamaged."""
    found = {row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type='trigger'")}
    wanted = {f"{table}_no_{act}" for table in _FOREVER for act in ("update", "delete")}
    if not wanted <= found:
        raise damaged("The vault has lost the guards that keep its records from being changed.")
