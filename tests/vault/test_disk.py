"""A full disk, a read-only disk: a sentence, nothing lost, and what is there can be read."""

from __future__ import annotations

import io
import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from candor.keys.codes import new_id
from candor.vault.disk import replace_file
from candor.vault.refusals import NotSaved
from candor.vault.store import Vault

from .conftest import CHEAP, PASSPHRASE, RECEIVED, Author, create, unlock

NOBODY = 65534


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """The system refuses to make any file longer: what a full disk does to a growing one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def write_protected(folder: Path) -> Iterator[None]:
    """Nobody may write in ``folder``: modes do not bind root, so root steps down meanwhile."""
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may enter, which pytest's own does not allow."""
    place = Path(tempfile.mkdtemp(prefix="candor-test-"))
    place.chmod(0o755)
    yield place / "vault"
    shutil.rmtree(place)


def wal(folder: Path) -> Path:
    """The write-ahead log."""
    return folder / "vault.db-wal"


@pytest.mark.parametrize("room", [0, 1000, 4096, 20_000, 60_000])
def test_full_disk_refuses_in_a_sentence_and_loses_nothing(
    folder: Path, author: Author, room: int
) -> None:
    """Autosave says NotSaved; the earlier draft stands; with room again it goes on."""
    vault, _ = create(folder)
    case = new_id()
    vault.add_events(author.several(3, case), received_at=RECEIVED)
    vault.save_draft("form", b"first")
    saved = 0
    with no_file_longer_than(wal(folder).stat().st_size + room):
        with pytest.raises(NotSaved, match="not saved") as refusal:  # noqa: PT012
            for number in range(1000):
                vault.save_draft("form", b"%d " % number * 400)
                saved += 1
        assert refusal.value.hint
        assert vault.draft("form") == (b"%d " % (saved - 1) * 400 if saved else b"first")
        with pytest.raises(NotSaved), vault.transaction():  # noqa: PT012
            for _ in range(100):
                vault.put_document("k", new_id(), bytes(5000), {})
        assert vault.documents("k") == ()
        assert vault.event_count() == 3
    vault.save_draft("form", b"with room again")
    assert vault.walk() == ()
    vault.close()
    with unlock(folder, PASSPHRASE) as again:
        assert again.draft("form") == b"with room again"
        assert not again.rollback_suspected


def test_vault_on_a_full_disk_still_opens_for_reading(folder: Path, author: Author) -> None:
    """And closes, and loses nothing by it."""
    vault, _ = create(folder)
    vault.add_events(author.several(50), received_at=RECEIVED)
    vault.save_draft("form", b"kept")
    vault.close()
    with no_file_longer_than(0), unlock(folder, PASSPHRASE) as again:
        assert again.draft("form") == b"kept"
        assert sum(1 for _ in again.events()) == 50
        with pytest.raises(NotSaved):
            again.save_draft("form", b"lost")
        assert again.draft("form") == b"kept"
    with unlock(folder, PASSPHRASE) as again:
        assert again.draft("form") == b"kept"
        assert again.walk() == ()


def test_full_disk_at_a_change_of_passphrase_leaves_the_old_one(folder: Path) -> None:
    """The header is replaced whole or not at all."""
    vault, _ = create(folder)
    with no_file_longer_than(100), pytest.raises(NotSaved):
        vault.change_passphrase(PASSPHRASE, "new one")
    assert vault.check_passphrase(PASSPHRASE)
    vault.close()
    unlock(folder, PASSPHRASE).close()
    assert not [p for p in folder.iterdir() if p.name.startswith(".vault.json")]


@pytest.mark.parametrize("room", [0, 100, 3000, 20_000])
def test_full_disk_at_creation_leaves_no_vault(folder: Path, room: int) -> None:
    """A sentence, and the folder can be used once there is room."""
    with no_file_longer_than(room), pytest.raises(NotSaved):
        create(folder)
    create(folder)[0].close()
    unlock(folder, PASSPHRASE).close()


def test_full_disk_at_a_backup_leaves_the_vault_alone(folder: Path, tmp_path: Path) -> None:
    """No staged copy stays to fill the disk further."""
    vault, _ = create(folder)
    vault.put_document("k", "x", bytes(200_000), {})
    size = wal(folder).stat().st_size
    with vault, (tmp_path / "b").open("wb") as sink:
        with no_file_longer_than(size // 3), pytest.raises(NotSaved):
            vault.backup(sink)
        assert not list(folder.glob(".backup-*"))
        vault.save_draft("d", b"on we go")
        assert vault.walk() == ()


def test_read_only_disk_can_still_be_read(open_folder: Path, author: Author) -> None:
    """Everything is there; saving says why it does not."""
    vault, code = create(open_folder)
    events = author.several(5)
    vault.add_events(events, received_at=RECEIVED)
    vault.save_draft("form", b"kept")
    vault.close()
    with write_protected(open_folder):
        with unlock(open_folder, PASSPHRASE) as again:
            assert again.readonly
            assert list(again.events()) == events
            assert again.draft("form") == b"kept"
            assert again.walk(public_key=author.public_key) == ()
            with pytest.raises(NotSaved, match="cannot be written"):
                again.save_draft("form", b"lost")
            with pytest.raises(NotSaved):
                again.change_passphrase(PASSPHRASE, "new one")
            with pytest.raises(NotSaved):
                again.backup(io.BytesIO())
        Vault.unlock_with_recovery(open_folder, code, floor=CHEAP).close()


def test_read_only_disk_with_changes_only_in_the_log_can_still_be_read(
    open_folder: Path, author: Author
) -> None:
    """As a crash and then a write-protected stick leave it."""
    vault, _ = create(open_folder)
    vault.add_events(author.several(5), received_at=RECEIVED)
    vault.save_draft("form", b"kept")
    crashed = open_folder.parent / "crashed"
    shutil.copytree(open_folder, crashed)
    vault.close()
    assert wal(crashed).stat().st_size > 0
    before = {p.name: p.read_bytes() for p in crashed.iterdir()}
    with write_protected(crashed), unlock(crashed, PASSPHRASE) as again:
        assert again.readonly
        assert again.event_count() == 5
        assert again.draft("form") == b"kept"
        with pytest.raises(NotSaved):
            again.save_draft("form", b"lost")
    assert {p.name: p.read_bytes() for p in crashed.iterdir()} == before


def test_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    """What stood there stands until the new one is on the disk."""
    path = tmp_path / "f"
    replace_file(path, b"old")
    with no_file_longer_than(2), pytest.raises(NotSaved, match="full"):
        replace_file(path, b"newer")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    replace_file(path, b"newer")
    assert path.read_bytes() == b"newer"
