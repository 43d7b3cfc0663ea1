"""vault.json: every byte counts, and nothing is computed from parameters outside the limits."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from argon2 import low_level

from candor.errors import CandorError
from candor.vault import header as headers
from candor.vault.described import describe
from candor.vault.header import Header, PassphraseSlot, encode
from candor.vault.kdf import Kdf
from candor.vault.refusals import (
    SlotRefused,
    VaultDamaged,
    VaultMissing,
    VaultTooNew,
    WrongPassphrase,
)
from candor.vault.store import Vault

from .conftest import CHEAP, PASSPHRASE, create, unlock


@pytest.fixture
def closed(folder: Path) -> Path:
    """A vault that nobody has open."""
    create(folder)[0].close()
    return folder


def rewrite(folder: Path, header: Header) -> None:
    """Write a header as an attacker can: with a fitting checksum, without the vault's key."""
    import hashlib

    bare = msgspec.structs.replace(header, check="")
    whole = msgspec.structs.replace(bare, check=hashlib.sha256(encode(bare)).hexdigest())
    (folder / headers.NAME).write_bytes(encode(whole))


def with_kdf(header: Header, kdf: Kdf) -> Header:
    """The header, asking for other costs."""
    slot = header.slot(PassphraseSlot)
    assert isinstance(slot, PassphraseSlot)
    return header.with_slot(msgspec.structs.replace(slot, kdf=kdf))


@pytest.fixture
def no_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail as soon as a key is derived."""

    def derive(*_: object, **__: object) -> bytes:
        raise AssertionError("a key was derived")

    monkeypatch.setattr(low_level, "hash_secret_raw", derive)


def test_header_with_any_single_bit_flipped_is_refused(closed: Path) -> None:
    """No byte of vault.json may change unnoticed."""
    path = closed / headers.NAME
    whole = path.read_bytes()
    for position in range(len(whole)):
        for bit in range(8):
            changed = bytearray(whole)
            changed[position] ^= 1 << bit
            with pytest.raises((VaultDamaged, VaultTooNew)):
                headers.parse(bytes(changed))
    assert headers.parse(whole).label == "Test"


def test_header_with_a_flipped_byte_keeps_the_vault_shut(closed: Path) -> None:
    """The door itself refuses, in one sentence."""
    path = closed / headers.NAME
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"Test", b"Tesu"))
    with pytest.raises(VaultDamaged, match="damaged or changed"):
        unlock(closed, PASSPHRASE)
    path.write_bytes(whole)
    unlock(closed, PASSPHRASE).close()


@pytest.mark.parametrize("field", ["label", "recovery_confirmed", "generation"])
def test_header_changed_with_a_fitting_checksum_is_refused_after_the_slot_opened(
    closed: Path, field: str
) -> None:
    """The MAC covers what no slot binds."""
    header = headers.load(closed)
    other = {"label": "Other", "recovery_confirmed": True, "generation": 7}[field]
    rewrite(closed, msgspec.structs.replace(header, **{field: other}))
    with pytest.raises(VaultDamaged, match="without this vault's key"):
        unlock(closed, PASSPHRASE)


def test_header_written_in_another_way_is_refused(closed: Path) -> None:
    """One content has one spelling."""
    path = closed / headers.NAME
    for other in (path.read_bytes() + b"\n", b" " + path.read_bytes(), b"", b"[]", b"\xff"):
        path.write_bytes(other)
        with pytest.raises(VaultDamaged):
            describe(closed)


def test_header_of_endless_length_is_refused(closed: Path) -> None:
    """Reading stops at the limit."""
    with (closed / headers.NAME).open("ab") as file:
        file.write(b" " * 1_000_000)
    with pytest.raises(VaultDamaged):
        describe(closed)


def test_header_of_a_later_version_says_so(closed: Path) -> None:
    """A newer vault is not called damaged."""
    (closed / headers.NAME).write_bytes(b'{"format":"candor-vault","version":2,"more":{}}')
    with pytest.raises(VaultTooNew, match="later version"):
        describe(closed)


def test_header_with_two_slots_of_one_kind_is_refused(closed: Path) -> None:
    """It must be clear which passphrase counts."""
    header = headers.load(closed)
    rewrite(closed, msgspec.structs.replace(header, slots=header.slots * 2))
    with pytest.raises(VaultDamaged):
        describe(closed)


def test_folder_without_a_vault_says_so_and_stays_as_it_was(tmp_path: Path) -> None:
    """Looking into a wrong folder leaves no lock file there."""
    with pytest.raises(VaultMissing, match="no vault"):
        unlock(tmp_path, PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "kdf",
    [
        Kdf(32 * 1024, 3, 4),
        Kdf(64 * 1024, 2, 4),
        Kdf(64 * 1024, 0, 4),
        Kdf(-1, 3, 4),
        Kdf(64 * 1024, 3, 0),
        Kdf(2 * 1024 * 1024, 3, 4),
        Kdf(64 * 1024, 11, 4),
        Kdf(64 * 1024, 3, 17),
        Kdf(2**62, 3, 4),
    ],
    ids=str,
)
@pytest.mark.usefixtures("no_derivation")
def test_key_parameters_outside_the_limits_are_refused_before_any_derivation(
    kdf: Kdf, tmp_path: Path
) -> None:
    """Neither a weakened nor a murderous header costs anything."""
    lowest = Kdf.lowest()
    vault_id = "a" * 26
    slot = PassphraseSlot(kdf=kdf, salt="0" * 32, nonce="0" * 24, wrapped="0" * 96)
    rewrite(tmp_path, headers.first(vault_id, "Test", (slot,)))
    with pytest.raises(SlotRefused, match="outside the safe limits"):
        Vault.unlock(tmp_path, PASSPHRASE, floor=lowest)
    with pytest.raises(SlotRefused):
        Vault.unlock(tmp_path, PASSPHRASE)


@pytest.mark.usefixtures("no_derivation")
def test_vault_with_weak_parameters_is_not_even_created(tmp_path: Path) -> None:
    """Without the tests' own floor a cheap vault cannot come to be."""
    with pytest.raises(SlotRefused):
        Vault.create(tmp_path / "v", PASSPHRASE, label="Test", kdf=CHEAP)
    assert not (tmp_path / "v").exists()


def test_parameters_lowered_within_the_limits_do_not_open_the_slot(closed: Path) -> None:
    """The wrapping binds them."""
    rewrite(closed, with_kdf(headers.load(closed), Kdf(128, 1, 1)))
    with pytest.raises(WrongPassphrase):
        unlock(closed, PASSPHRASE)


def test_shipped_costs_stand_inside_the_limits() -> None:
    """What the app uses passes what the app checks."""
    Kdf.shipped().check(Kdf.lowest())
    Kdf.lowest().check(Kdf.lowest())
    assert Kdf.shipped() == Kdf(memory_kib=262_144, passes=3, lanes=4)


def test_slot_with_broken_hex_is_called_damaged(closed: Path) -> None:
    """Not a raw ValueError."""
    header = headers.load(closed)
    slot = header.slot(PassphraseSlot)
    assert isinstance(slot, PassphraseSlot)
    for field in ("salt", "nonce", "wrapped"):
        for value in ("zz", "", "00"):
            rewrite(closed, header.with_slot(msgspec.structs.replace(slot, **{field: value})))
            with pytest.raises(CandorError):
                unlock(closed, PASSPHRASE)
