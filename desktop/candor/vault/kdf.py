"""Argon2id: how slowly a passphrase becomes a key, and the limits a header must keep."""

from __future__ import annotations

import unicodedata

import msgspec

from candor.vault.refusals import SlotRefused, VaultError

_MAX_MEMORY_KIB = 1024 * 1024
_MAX_PASSES = 10
_MAX_LANES = 16


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cost of Argon2id (RFC 9106): memory in KiB, passes over it, parallel lanes."""

    memory_kib: int
    passes: int
    lanes: int

    @staticmethod
    def shipped() -> Kdf:
        """What every new vault uses: 256 MiB, three passes, four lanes."""
        return Kdf(memory_kib=256 * 1024, passes=3, lanes=4)

    @staticmethod
    def lowest() -> Kdf:
        """RFC 9106's second recommended option; a header that asks for less is refused."""
        return Kdf(memory_kib=64 * 1024, passes=3, lanes=4)

    def check(self, floor: Kdf) -> None:
        """Refuse costs below ``floor`` or above the limits, before anything is computed.

        Below: someone weakened the header. Above: opening it would exhaust the machine.
        Raises SlotRefused.
        """
        low = self.memory_kib < floor.memory_kib or self.passes < floor.passes
        high = self.memory_kib > _MAX_MEMORY_KIB or self.passes > _MAX_PASSES
        lanes = not 1 <= self.lanes <= _MAX_LANES or self.memory_kib < 8 * self.lanes
        if low or high or lanes:
            raise SlotRefused(
                "The key settings of this vault lie outside the safe limits, so it was not opened.",
                hint="Someone may have changed vault.json. Restore it from a backup.",
            )

    def derive(self, passphrase: str, salt: bytes) -> bytes:
        """32 key bytes from a passphrase (Unicode NFKC, UTF-8). Raises VaultError: no memory."""
        # the unlock page reads what a vault costs before anything is derived
        from argon2 import low_level  # noqa: PLC0415
        from argon2.exceptions import HashingError  # noqa: PLC0415

        secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
        try:
            return low_level.hash_secret_raw(
                secret,
                salt,
                time_cost=self.passes,
                memory_cost=self.memory_kib,
                parallelism=self.lanes,
                hash_len=32,
                type=low_level.Type.ID,
            )
        except HashingError as error:
            raise VaultError(
                f"Opening the vault needs {self.memory_kib // 1024} MiB of free memory.",
                hint="Close other programs and try again.",
            ) from error
