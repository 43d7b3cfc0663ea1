"""Slots: passphrase, recovery code, and what a change of either leaves behind."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from candor.keys.codes import CodeMistyped, new_recovery_code
from candor.vault.described import describe
from candor.vault.refusals import (
    VaultClosed,
    VaultDamaged,
    VaultExists,
    WrongPassphrase,
    WrongRecoveryCode,
)
from candor.vault.store import Vault

from .conftest import CHEAP, PASSPHRASE, create, unlock


def test_passphrase_opens_and_another_does_not(folder: Path) -> None:
    """The refusal is a sentence with what to do."""
    create(folder)[0].close()
    unlock(folder, PASSPHRASE).close()
    with pytest.raises(WrongPassphrase, match="does not open the vault") as refusal:
        unlock(folder, PASSPHRASE + " ")
    assert "recovery code" in refusal.value.hint


def test_refused_passphrase_leaves_the_vault_free(folder: Path) -> None:
    """A failed attempt holds no lock."""
    create(folder)[0].close()
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            unlock(folder, "wrong")
    unlock(folder, PASSPHRASE).close()


def test_passphrase_typed_on_another_keyboard_is_the_same(folder: Path) -> None:
    """Composed and decomposed letters count as equal."""
    Vault.create(folder, "Schlüssel \u212b", label="Test", kdf=CHEAP, floor=CHEAP)[0].close()
    unlock(folder, "Schlu\u0308ssel \u00c5").close()
    assert describe(folder).label == "Test"


def test_recovery_code_opens_however_it_is_typed(folder: Path) -> None:
    """Case, dashes and spaces do not matter."""
    vault, code = create(folder)
    vault.save_draft("d", b"kept")
    vault.close()
    with Vault.unlock_with_recovery(folder, code.lower().replace("-", " "), floor=CHEAP) as again:
        assert again.draft("d") == b"kept"


def test_one_typing_error_in_the_recovery_code_is_caught_by_its_checksum(folder: Path) -> None:
    """At each place, before the vault is touched."""
    vault, code = create(folder)
    vault.close()
    for place, character in enumerate(code):
        if character != "-":
            typo = code[:place] + ("7" if character != "7" else "8") + code[place + 1 :]
            with pytest.raises(CodeMistyped):
                Vault.unlock_with_recovery(folder, typo, floor=CHEAP)


def test_recovery_code_of_another_vault_is_refused(folder: Path) -> None:
    """A well-formed code is not enough."""
    create(folder)[0].close()
    with pytest.raises(WrongRecoveryCode, match="another vault"):
        Vault.unlock_with_recovery(folder, new_recovery_code()[0], floor=CHEAP)


def test_recovery_code_is_confirmed_only_by_itself(folder: Path) -> None:
    """The re-typing at creation is recorded, and survives closing."""
    vault, code = create(folder)
    with vault:
        assert not vault.recovery_confirmed
        with pytest.raises(WrongRecoveryCode):
            vault.confirm_recovery(new_recovery_code()[0])
        assert not vault.recovery_confirmed
        vault.confirm_recovery(code)
    assert describe(folder).recovery_confirmed


def test_new_recovery_code_replaces_the_old(folder: Path) -> None:
    """And must be typed again."""
    vault, old = create(folder)
    vault.confirm_recovery(old)
    new = vault.replace_recovery()
    assert not vault.recovery_confirmed
    vault.close()
    with pytest.raises(WrongRecoveryCode):
        Vault.unlock_with_recovery(folder, old, floor=CHEAP)
    Vault.unlock_with_recovery(folder, new, floor=CHEAP).close()


def test_changed_passphrase_opens_and_the_old_one_no_longer(folder: Path) -> None:
    """The recovery code stays."""
    vault, code = create(folder)
    with pytest.raises(WrongPassphrase):
        vault.change_passphrase("wrong", "new one")
    vault.change_passphrase(PASSPHRASE, "new one")
    assert vault.check_passphrase("new one")
    assert not vault.check_passphrase(PASSPHRASE)
    vault.close()
    with pytest.raises(WrongPassphrase):
        unlock(folder, PASSPHRASE)
    unlock(folder, "new one").close()
    Vault.unlock_with_recovery(folder, code, floor=CHEAP).close()


def test_forgotten_passphrase_is_replaced_by_right_of_the_recovery_code(folder: Path) -> None:
    """Only by it."""
    vault, code = create(folder)
    with pytest.raises(WrongRecoveryCode):
        vault.reset_passphrase(new_recovery_code()[0], "new one")
    vault.reset_passphrase(code, "new one")
    vault.close()
    unlock(folder, "new one").close()
    with pytest.raises(WrongPassphrase):
        unlock(folder, PASSPHRASE)


def test_empty_passphrase_is_refused(folder: Path) -> None:
    """At creation and at every change."""
    with pytest.raises(WrongPassphrase):
        Vault.create(folder, "", label="Test", kdf=CHEAP, floor=CHEAP)
    vault, code = create(folder)
    with vault:
        with pytest.raises(WrongPassphrase):
            vault.change_passphrase(PASSPHRASE, "")
        with pytest.raises(WrongPassphrase):
            vault.reset_passphrase(code, "")
        assert vault.check_passphrase(PASSPHRASE)


def test_folder_with_files_is_not_taken_for_a_new_vault(tmp_path: Path) -> None:
    """Neither a vault nor somebody's documents are overwritten."""
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(VaultExists):
        create(tmp_path)
    create(tmp_path / "v")[0].close()
    with pytest.raises(VaultExists):
        create(tmp_path / "v")
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_traces_of_an_unfinished_creation_do_not_stand_in_the_way(folder: Path) -> None:
    """A killed creation can simply be repeated."""
    folder.mkdir()
    (folder / "vault.lock").touch()
    (folder / "vault.db.new").write_bytes(b"half")
    (folder / "vault.db.new-wal").write_bytes(b"half")
    create(folder)[0].close()
    with unlock(folder, PASSPHRASE) as vault:
        assert vault.cases() == ()


def test_vault_is_for_its_owner_alone(folder: Path, vault: Vault) -> None:
    """Folder 0700, files 0600, also while it is open."""
    vault.save_draft("d", b"x")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()}
    assert "vault.db-wal" in modes
    assert set(modes.values()) == {0o600}


def test_closed_vault_answers_nothing(vault: Vault) -> None:
    """And lets go of its keys."""
    vault.save_draft("d", b"x")
    vault.close()
    vault.close()
    for ask in (
        lambda: vault.draft("d"),
        lambda: vault.save_draft("d", b"y"),
        lambda: list(vault.events()),
        lambda: vault.check_passphrase(PASSPHRASE),
        vault.replace_recovery,
    ):
        with pytest.raises(VaultClosed, match="locked"):
            ask()
    assert vault._key == b""


def test_database_of_another_vault_does_not_open(folder: Path, tmp_path: Path) -> None:
    """Header and database belong together."""
    create(folder)[0].close()
    create(tmp_path / "other")[0].close()
    (folder / "vault.db").write_bytes((tmp_path / "other" / "vault.db").read_bytes())
    with pytest.raises(VaultDamaged):
        unlock(folder, PASSPHRASE)


def test_label_can_be_changed(folder: Path) -> None:
    """The chooser shows it without a key."""
    with create(folder)[0] as vault:
        vault.set_label("Northwind: Ada Example")
    assert describe(folder).label == "Northwind: Ada Example"
