"""kill -9 at any moment: what was acknowledged is there, what was half done is not."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from candor.vault.refusals import VaultInUse, WrongPassphrase
from candor.vault.store import Vault

from .conftest import CHEAP, PASSPHRASE, create, unlock

Child = Callable[..., "subprocess.Popen[str]"]


def lines(process: subprocess.Popen[str], count: int) -> list[str]:
    """So many lines, as they come."""
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(count)]


def kill(process: subprocess.Popen[str], *, after: float = 0.0) -> list[str]:
    """Kill -9 and return what had still been said."""
    time.sleep(after)
    process.kill()
    process.wait()
    assert process.stdout is not None
    # a line without its end was cut off by the kill: nothing was promised with it
    return [line.strip() for line in process.stdout if line.endswith("\n")]


@pytest.mark.parametrize("spoken", [1, 3, 8, 21, 34])
def test_killed_while_committing_loses_nothing_acknowledged(
    folder: Path, child: Child, spoken: int
) -> None:
    """Every event and every draft that was called saved is there, and no more than one beyond."""
    create(folder)[0].close()
    process = child("commit", folder)
    told = lines(process, spoken)
    told += kill(process, after=spoken / 2000)
    acknowledged = [line.split() for line in told]
    with unlock(folder, PASSPHRASE) as vault:
        ids = vault.event_ids()
        assert {event_id for event_id, _ in acknowledged} <= ids
        assert len(ids) <= len(acknowledged) + 1
        draft = vault.draft("form") or b""
        assert len(draft) in {500 * len(str(len(acknowledged) + n)) for n in (0, 1)}
        assert draft[:1].isdigit()
        assert vault.walk() == ()
        assert not vault.rollback_suspected


@pytest.mark.parametrize("spoken", [1, 2, 4])
def test_killed_while_importing_keeps_all_of_an_import_or_none(
    folder: Path, child: Child, spoken: int
) -> None:
    """The events of each file come together or not at all."""
    create(folder)[0].close()
    process = child("bulk", folder)
    told = lines(process, spoken)
    told += kill(process, after=0.004 * spoken)
    with unlock(folder, PASSPHRASE) as vault:
        count = sum(1 for _ in vault.events())
        assert count % 100 == 0
        assert (len(told) - 1) * 100 <= count <= len(told) * 100
        assert vault.event_count() == count
        assert vault.walk() == ()


@pytest.mark.parametrize("spoken", [1, 5, 12])
def test_killed_while_changing_the_passphrase_leaves_one_that_opens(
    folder: Path, child: Child, spoken: int
) -> None:
    """The old or the new, never neither; and the recovery code always."""
    vault, code = create(folder)
    vault.close()
    process = child("slots", folder)
    lines(process, spoken)
    kill(process, after=0.001 * spoken)
    opened = 0
    for passphrase in (PASSPHRASE, "another"):
        try:
            unlock(folder, passphrase).close()
            opened += 1
        except WrongPassphrase:
            continue
    assert opened == 1
    with Vault.unlock_with_recovery(folder, code, floor=CHEAP) as vault:
        assert not vault.rollback_suspected


def test_killed_while_backing_up_leaves_no_copy_behind(folder: Path, child: Child) -> None:
    """The next opening sweeps up what the killed process staged."""
    vault, _ = create(folder)
    vault.put_document("k", "x", bytes(3_000_000), {})
    vault.close()
    process = child("backup", folder)
    lines(process, 2)
    kill(process, after=0.02)
    with unlock(folder, PASSPHRASE) as vault:
        assert vault.walk() == ()
        assert not list(folder.glob(".backup-*"))


def test_second_process_is_refused_until_the_first_is_gone(folder: Path, child: Child) -> None:
    """A killed process leaves no lock behind."""
    create(folder)[0].close()
    process = child("hold", folder)
    assert lines(process, 1) == ["open"]
    with pytest.raises(VaultInUse, match="another window") as refusal:
        unlock(folder, PASSPHRASE)
    assert refusal.value.hint
    kill(process)
    unlock(folder, PASSPHRASE).close()


def test_second_opening_in_one_process_is_refused(folder: Path, vault: Vault) -> None:
    """Two windows of one program are no better."""
    with pytest.raises(VaultInUse):
        unlock(folder, PASSPHRASE)
    vault.save_draft("d", b"still mine")
    vault.close()
    with unlock(folder, PASSPHRASE) as again:
        assert again.draft("d") == b"still mine"


def test_killed_creation_can_be_repeated(folder: Path) -> None:
    """The header comes last, so that half a vault is none."""
    create(folder)[0].close()
    (folder / "vault.json").unlink()
    (folder / "vault.db").rename(folder / "vault.db.new")
    (folder / "vault.anchor").unlink()
    made: Any = create(folder)[0]
    made.close()
    assert not (folder / "vault.db.new").exists()
