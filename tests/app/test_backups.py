"""Backups: whole or not at all, and opened again by the passphrase alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from a_company import CANARY, DIRECTOR, PARTS, SECRET, Town, speaks_up

from candor.app import backups, filing, vaults
from candor.app.files import NotWritten
from candor.app.session import Session
from candor.errors import Cancelled
from candor.vault.backup import restore_backup
from candor.vault.refusals import BackupRefused, VaultDamaged, VaultExists, WrongPassphrase


@pytest.fixture
def town(town_after: Callable[[str], Town]) -> Town:
    found = town_after("issued")
    found.answer(DIRECTOR, speaks_up)
    return found


def restored(path: Path, folder: Path) -> None:
    with path.open("rb") as source:
        restore_backup(source, folder)


def everything(session: Session) -> object:
    return session.state.project(), list(session.vault.events())


def test_a_backup_opens_with_the_passphrase_and_holds_everything(
    town: Town, tmp_path: Path
) -> None:
    harold = town[DIRECTOR]
    ticks: list[int] = []
    path = backups.write(
        harold, tmp_path / "deep" / "harold.backup", lambda _step, done, _total: ticks.append(done)
    )
    assert ticks
    restored(path, tmp_path / "again")
    with pytest.raises(WrongPassphrase):
        vaults.open_vault(tmp_path / "again", "five four three two one", town.clock, PARTS)
    back = vaults.open_vault(tmp_path / "again", SECRET, town.clock, PARTS)
    assert everything(back) == everything(harold)
    case = filing.my_forms(harold)[0].case
    assert filing.filed_pdf(back, case) == filing.filed_pdf(harold, case)
    assert back.vault.restored_from_backup
    back.close()


def test_a_backup_holds_nothing_in_the_clear(town: Town, tmp_path: Path) -> None:
    data = backups.write(town[DIRECTOR], tmp_path / "b").read_bytes()
    assert len(data) > 10_000
    for text in (CANARY, town[DIRECTOR].me.name, "questionnaire.signed"):
        assert text.encode() not in data


@pytest.mark.parametrize("place", [0, 100, -1])
def test_a_backup_changed_by_one_byte_or_cut_short_is_refused_and_leaves_nothing(
    town: Town, tmp_path: Path, place: int
) -> None:
    path = backups.write(town[DIRECTOR], tmp_path / "b")
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    for spoiled in (data, data[: len(data) // 2], b""):
        path.write_bytes(spoiled)
        with pytest.raises((BackupRefused, VaultDamaged)):
            restored(path, tmp_path / "again")
        assert not (tmp_path / "again" / "vault.json").exists()


def test_a_backup_is_not_laid_over_a_vault(town: Town, tmp_path: Path) -> None:
    path = backups.write(town[DIRECTOR], tmp_path / "b")
    before = everything(town[DIRECTOR])
    with pytest.raises(VaultExists):
        restored(path, town.vault(DIRECTOR))
    assert everything(town[DIRECTOR]) == before


def test_a_backup_that_is_stopped_leaves_the_earlier_one_and_no_remains(
    town: Town, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    path = backups.write(town[DIRECTOR], folder / "b")
    before = path.read_bytes()

    def stop(_step: str, _done: int, _total: int) -> None:
        raise Cancelled("Stopped.", hint="")

    with pytest.raises(Cancelled):
        backups.write(town[DIRECTOR], path, stop)
    assert [p.name for p in folder.iterdir()] == ["b"]
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(town: Town, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(NotWritten, match="The backup could not be written"):
        backups.write(town[DIRECTOR], tmp_path / "file" / "b")
    assert (tmp_path / "file").read_bytes() == b"in the way"
