"""The database itself: its settings, what it may not do, and how it becomes newer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from candor.vault import schema
from candor.vault.opening import subkey
from candor.vault.refusals import NotSaved, VaultDamaged, VaultError, VaultTooNew
from candor.vault.store import Vault

from .conftest import PASSPHRASE, RECEIVED, Author, create, unlock
from .test_disk import no_file_longer_than


def value(vault: Vault, pragma: str) -> object:
    """What a PRAGMA says."""
    with vault._database.migrating():
        row = vault._database.one(f"PRAGMA {pragma}")
    return row[0] if row else None


@pytest.mark.parametrize(
    ("pragma", "wanted"),
    [
        ("cipher_status", "1"),
        ("cipher_memory_security", "1"),
        ("cipher_log_level", "NONE"),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("recursive_triggers", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("foreign_keys", 1),
        ("locking_mode", "exclusive"),
        ("fullfsync", 1),
    ],
)
def test_connection_is_hardened(vault: Vault, pragma: str, wanted: object) -> None:
    """Each setting that the security design lists, as the connection itself reports it."""
    assert value(vault, pragma) == wanted


def test_file_does_not_look_like_a_database(vault: Vault, folder: Path) -> None:
    """Not even its first page."""
    vault.save_draft("d", b"x")
    vault.close()
    data = (folder / "vault.db").read_bytes()
    assert b"SQLite format 3" not in data
    assert b"CREATE TABLE" not in data


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE 'plain.db' AS plain KEY ''",
        "DETACH DATABASE main",
        "SELECT sqlcipher_export('main')",
        "SELECT load_extension('x')",
        "CREATE TABLE more (x)",
        "CREATE TEMP TABLE more (x)",
        "CREATE TRIGGER t AFTER INSERT ON events BEGIN SELECT 1; END",
        "ALTER TABLE events RENAME TO old",
        "DROP INDEX events_by_case",
        "PRAGMA key = ''",
        "PRAGMA rekey = ''",
        "PRAGMA journal_mode = OFF",
        "PRAGMA user_version = 9",
        "PRAGMA cipher_log_level = DEBUG",
        "VACUUM INTO 'plain.db'",
        "ANALYZE",
    ],
)
def test_database_refuses_what_the_vault_never_needs(
    vault: Vault, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above all every way to write it out unencrypted."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(VaultError):
        vault._database.rows(statement)
    assert not (tmp_path / "plain.db").exists()
    vault.save_draft("d", b"still works")
    assert vault.walk() == ()


def test_migrating_does_not_allow_attaching(vault: Vault) -> None:
    """Not even while the schema may change."""
    with vault._database.migrating(), pytest.raises(VaultError):
        vault._database.rows("ATTACH DATABASE ':memory:' AS m KEY ''")
    assert vault.walk() == ()


def test_newer_file_is_refused_and_left_alone(vault: Vault, folder: Path) -> None:
    """An older program does not touch what it does not know."""
    with vault._database.migrating(), vault.transaction():
        vault._database.run(f"PRAGMA user_version = {schema.latest() + 1}")
    vault.close()
    before = (folder / "vault.db").read_bytes()
    with pytest.raises(VaultTooNew, match="later version"):
        unlock(folder, PASSPHRASE)
    assert (folder / "vault.db").read_bytes() == before


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give this program a further migration."""

    def add(*statements: str) -> None:
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, statements))

    return add


def test_migration_happens_once_and_keeps_a_copy(
    vault: Vault, folder: Path, author: Author, newer: Callable[..., None]
) -> None:
    """The records stay as they are."""
    events = author.several(5)
    vault.add_events(events, received_at=RECEIVED)
    key = vault._key
    vault.close()
    newer("CREATE TABLE more (x INTEGER) STRICT", "INSERT INTO more VALUES (42)")
    for _ in range(2):
        with unlock(folder, PASSPHRASE) as again:
            assert list(again.events()) == events
            assert again._database.rows("SELECT x FROM more") == [(42,)]
            assert again.walk(public_key=author.public_key) == ()
    kept = folder / "before-version-2.db"
    assert kept.stat().st_mode & 0o777 == 0o600
    from candor.vault.database import Database, connect

    copy: Any = Database(connect(kept, subkey(key, "sqlcipher")))
    assert copy.rows("SELECT count(*) FROM events") == [(5,)]
    copy.close()


def test_migration_that_fails_leaves_the_old_schema(
    vault: Vault, folder: Path, author: Author, newer: Callable[..., None]
) -> None:
    """All of it or none of it."""
    vault.add_events(author.several(5), received_at=RECEIVED)
    vault.close()
    with pytest.MonkeyPatch.context() as patch:
        steps = ("CREATE TABLE more (x)", "CREATE INDEX broken ON nowhere (x)")
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, steps))
        with pytest.raises(VaultError):
            unlock(folder, PASSPHRASE)
    with unlock(folder, PASSPHRASE) as again:
        assert value(again, "user_version") == 1
        assert again.event_count() == 5
    newer("CREATE TABLE more (x)")
    with unlock(folder, PASSPHRASE) as again:
        assert value(again, "user_version") == 2


def test_migration_on_a_full_disk_leaves_the_old_schema(
    vault: Vault, folder: Path, author: Author
) -> None:
    """NotSaved, and the older program still opens it."""
    vault.add_events(author.several(200), received_at=RECEIVED)
    vault.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE more (x)",)))
        with no_file_longer_than(20_000), pytest.raises(NotSaved):
            unlock(folder, PASSPHRASE)
    with unlock(folder, PASSPHRASE) as again:
        assert again.event_count() == 200


def test_empty_encrypted_file_is_not_taken_for_a_vault(folder: Path) -> None:
    """Nor turned into one."""
    from candor.vault.database import Database, connect

    vault, _ = create(folder)
    key = subkey(vault._key, "sqlcipher")
    vault.close()
    (folder / "vault.db").unlink()
    (folder / "vault.db").touch()
    Database(connect(folder / "vault.db", key)).close()
    with pytest.raises(VaultDamaged):
        unlock(folder, PASSPHRASE)


def test_long_check_gives_way_to_who_waits(vault: Vault, author: Author) -> None:
    """The window must not wait for the background."""
    import threading

    vault.add_events(author.several(400), received_at=RECEIVED)
    slow = (
        "WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count"
        " WHERE n < 100000) SELECT max(n) FROM count"
    )
    found: list[object] = []
    worker = threading.Thread(target=lambda: found.extend(vault._database.long_rows(slow)))
    worker.start()
    for number in range(30):
        vault.save_draft("d", b"%d" % number)
    worker.join(120)
    assert found == [(100_000,)]
    assert vault.draft("d") == b"29"
