"""vault.json: which slots open the vault, protected against damage and against tampering.

The file is one canonical JSON object. ``check`` (plain SHA-256) tells bad sectors from a wrong
passphrase before any key is derived; ``mac`` (HMAC under the vault key) proves, once a slot has
opened, that nobody who lacks the key wrote any byte of it.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import msgspec

from candor.vault.disk import replace_file
from candor.vault.kdf import Kdf
from candor.vault.refusals import DiskFailed, VaultDamaged, VaultMissing, VaultTooNew

NAME = "vault.json"
FORMAT = "candor-vault"
VERSION = 1
_LIMIT = 64 * 1024


class PassphraseSlot(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="passphrase"
):
    """The vault key wrapped under Argon2id of the passphrase; all bytes as lowercase hex."""

    kdf: Kdf
    salt: str
    nonce: str
    wrapped: str


class RecoverySlot(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="recovery"
):
    """The vault key wrapped under the printed 160-bit code."""

    salt: str
    nonce: str
    wrapped: str


class KeyringSlot(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="keyring"
):
    """The vault key wrapped under a random key that the operating system's keyring keeps."""

    salt: str
    nonce: str
    wrapped: str


Slot = PassphraseSlot | RecoverySlot | KeyringSlot


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of vault.json. ``generation`` counts the rewritings, so that an old file is noticed."""

    format: str
    version: int
    vault_id: str
    label: str
    generation: int
    recovery_confirmed: bool
    slots: tuple[Slot, ...]
    mac: str = ""
    check: str = ""

    def slot(self, kind: type[Slot]) -> Slot | None:
        """The slot of that kind, if the vault has one."""
        return next((slot for slot in self.slots if isinstance(slot, kind)), None)

    def with_slot(self, new: Slot) -> Header:
        """A copy with ``new`` in place of the slot of its kind."""
        return msgspec.structs.replace(self, slots=(*self.without(type(new)).slots, new))

    def without(self, kind: type[Slot]) -> Header:
        """A copy that has no slot of that kind."""
        kept = tuple(slot for slot in self.slots if not isinstance(slot, kind))
        return msgspec.structs.replace(self, slots=kept)

    def sealed(self, mac_key: bytes) -> Header:
        """A copy of the next generation, with its check and its MAC."""
        grown = msgspec.structs.replace(self, generation=self.generation + 1)
        signed = msgspec.structs.replace(grown, mac=grown._mac(mac_key), check="")
        return msgspec.structs.replace(signed, check=hashlib.sha256(encode(signed)).hexdigest())

    def holds(self, mac_key: bytes) -> bool:
        """Whether the holder of the vault key wrote exactly this header."""
        return hmac.compare_digest(self.mac, self._mac(mac_key))

    def _mac(self, mac_key: bytes) -> str:
        bare = msgspec.structs.replace(self, mac="", check="")
        return hmac.digest(mac_key, encode(bare), "sha256").hex()


def first(vault_id: str, label: str, slots: tuple[Slot, ...]) -> Header:
    """The header of a new vault, not yet sealed."""
    return Header(FORMAT, VERSION, vault_id, label, 0, False, slots)


def confirmed(header: Header, *, typed: bool = True) -> Header:
    """A copy that says whether the recovery code was typed again."""
    return msgspec.structs.replace(header, recovery_confirmed=typed)


def labelled(header: Header, label: str) -> Header:
    """A copy with another label."""
    return msgspec.structs.replace(header, label=label)


class _Probe(msgspec.Struct):
    """Just enough to know a later version, whatever else it holds."""

    format: str
    version: int


def encode(header: Header) -> bytes:
    """The one form in which a header may stand on disk: sorted keys, no spaces."""
    return msgspec.json.encode(header, order="sorted")


def parse(data: bytes) -> Header:
    """Read a header strictly. Raises VaultDamaged or VaultTooNew; derives no key."""
    refusal = VaultDamaged(
        "The file vault.json was damaged or changed, so the vault cannot be opened with it.",
        hint="Put the vault.json of the latest backup in its place.",
    )
    if len(data) > _LIMIT:
        raise refusal
    try:
        probe = msgspec.json.decode(data, type=_Probe)
        if probe.format == FORMAT and probe.version > VERSION:
            raise VaultTooNew(
                "A later version of Candor wrote this vault.", hint="Install that version here."
            )
        header = msgspec.json.decode(data, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise refusal from error
    unchecked = msgspec.structs.replace(header, check="")
    kinds = [type(slot) for slot in header.slots]
    good = (
        header.format == FORMAT
        and header.version == VERSION
        and len(set(kinds)) == len(kinds)
        and encode(header) == data  # one form only: no second spelling of the same content
        and hashlib.sha256(encode(unchecked)).hexdigest() == header.check
    )
    if not good:
        raise refusal
    return header


def load(folder: Path) -> Header:
    """The header of the vault in ``folder``. Raises VaultMissing, VaultDamaged, VaultTooNew."""
    try:
        with (folder / NAME).open("rb") as file:
            return parse(file.read(_LIMIT + 1))
    except FileNotFoundError as error:
        raise VaultMissing(
            f"There is no vault in {folder}.", hint="Choose another folder or create a vault."
        ) from error
    except OSError as error:
        raise DiskFailed(
            f"The file {folder / NAME} cannot be read.", hint="Check the disk and its permissions."
        ) from error


def save(folder: Path, header: Header) -> None:
    """Replace the header atomically. Raises NotSaved; the old header then stands."""
    replace_file(folder / NAME, encode(header))
