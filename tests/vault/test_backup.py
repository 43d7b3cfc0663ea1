"""Backups: whole, checked, and honest about being copies."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from candor.errors import Cancelled
from candor.keys.codes import new_id
from candor.vault.backup import restore_backup
from candor.vault.refusals import BackupRefused, NotSaved, VaultDamaged, VaultError, VaultExists
from candor.vault.store import Vault

from .conftest import CHEAP, PASSPHRASE, RECEIVED, Author, create, unlock


def backed_up(vault: Vault) -> bytes:
    """The vault's backup."""
    sink = io.BytesIO()
    vault.backup(sink)
    return sink.getvalue()


def test_backup_restores_everything_elsewhere(folder: Path, tmp_path: Path, author: Author) -> None:
    """With the same passphrase and recovery code."""
    vault, code = create(folder)
    events = author.several(30)
    vault.add_events(events, received_at=RECEIVED)
    vault.save_draft("form", b"draft")
    digest = vault.add_blob(b"attached")
    data = backed_up(vault)
    vault.save_draft("form", b"after the backup")
    vault.close()
    other = tmp_path / "other"
    assert restore_backup(io.BytesIO(data), other).label == "Test"
    with unlock(other, PASSPHRASE) as again:
        assert again.restored_from_backup
        assert list(again.events()) == events
        assert again.draft("form") == b"draft"
        assert again.blob(digest) == b"attached"
        assert again.walk(public_key=author.public_key) == ()
        again.accept_older_state()
        assert not again.restored_from_backup
    with Vault.unlock_with_recovery(other, code, floor=CHEAP) as again:
        assert not again.restored_from_backup
        assert not again.rollback_suspected


def test_vault_goes_on_as_before_after_a_backup(vault: Vault, author: Author) -> None:
    """It is not the copy."""
    vault.add_events(author.several(3), received_at=RECEIVED)
    backed_up(vault)
    assert not vault.restored_from_backup
    assert not vault.rollback_suspected
    vault.add_events(author.several(3), received_at=RECEIVED)
    assert vault.walk() == ()


def test_backup_with_any_damage_is_refused_and_leaves_no_vault(
    vault: Vault, tmp_path: Path
) -> None:
    """Cut short anywhere, lengthened, or changed by a byte."""
    data = backed_up(vault)
    bad = [data[:length] for length in range(0, len(data), 997)]
    bad += [data[:-1], data + b"x"]
    bad += [data[:p] + bytes([data[p] ^ 1]) + data[p + 1 :] for p in range(0, len(data), 1009)]
    bad += [data[:p] + bytes([data[p] ^ 255]) + data[p + 1 :] for p in range(40)]
    for number, changed in enumerate(bad):
        with pytest.raises((BackupRefused, VaultDamaged)):
            restore_backup(io.BytesIO(changed), tmp_path / f"{number}")
        left = {path.name for path in (tmp_path / f"{number}").iterdir()}
        assert left <= {"vault.lock"}


def test_backup_with_a_lying_length_stops_at_the_end_of_the_file(tmp_path: Path) -> None:
    """Nothing is reserved on its word."""
    lie = b"CANDOR-VAULT-BACKUP-1\n" + (2**32 - 1).to_bytes(4, "big") + b"{}"
    with pytest.raises(BackupRefused, match="not a whole backup"):
        restore_backup(io.BytesIO(lie), tmp_path / "v")
    assert not (tmp_path / "v" / "vault.json").exists()


def test_backup_is_not_restored_over_anything(vault: Vault, folder: Path) -> None:
    """An existing vault stays."""
    data = backed_up(vault)
    with pytest.raises(VaultExists):
        restore_backup(io.BytesIO(data), folder)
    vault.save_draft("d", b"mine")
    assert vault.draft("d") == b"mine"


def test_backup_can_be_stopped_and_leaves_nothing(vault: Vault, folder: Path) -> None:
    """At each of its steps."""
    vault.put_document("k", "x", bytes(3_000_000), {})
    steps: set[str] = set()
    vault.backup(io.BytesIO(), lambda step, *_: steps.add(step))
    assert {"Copying the vault", "Checking indexes", "Writing the backup"} <= steps
    for stop_at in steps:

        def tick(step: str, done: int, total: int, at: str = stop_at) -> None:
            if step == at:
                raise Cancelled("Stopped.")

        with pytest.raises(Cancelled):
            vault.backup(io.BytesIO(), tick)
        assert not list(folder.glob(".backup-*"))
        assert vault.walk() == ()


def test_damaged_vault_makes_no_backup_that_looks_whole(
    vault: Vault, author: Author, folder: Path
) -> None:
    """The copy is read through before a byte of it goes out."""
    vault.add_events(author.several(5, new_id()), received_at=RECEIVED)
    with vault._database.migrating(), vault.transaction():
        vault._database.run("DROP TRIGGER events_no_delete")
        vault._database.run("DELETE FROM events WHERE n = 3")
    sink = io.BytesIO()
    with pytest.raises(VaultDamaged, match="backup was not made"):
        vault.backup(sink)
    assert sink.getvalue() == b""
    assert not list(folder.glob(".backup-*"))


def test_backup_to_a_sink_that_fails_is_a_sentence(vault: Vault, folder: Path) -> None:
    """A full stick, say."""

    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(NotSaved, match="full"):
        vault.backup(Full())
    assert not list(folder.glob(".backup-*"))
    assert issubclass(NotSaved, VaultError)
