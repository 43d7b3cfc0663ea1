"""Codes that people carry, type and read aloud, and fresh random identifiers."""

from __future__ import annotations

import base64
import secrets

from candor.errors import CandorError
from candor.keys import bech32

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: I, L, O and U never occur, so that O can be read as 0 and I, L as 1."""
_FORGIVEN = str.maketrans("OIL", "011", " \t\r\n-\u2010\u2011\u2012\u2013\u2014_.\u00a0")
_ID_BYTES = 16
_INVITATION_LENGTH = 20
_RECOVERY_BYTES = 20
_RECOVERY_LENGTH = _RECOVERY_BYTES * 8 // 5 + 6
_RECOVERY_PREFIX = "candor-recovery"


class CodeMistyped(CandorError):
    """A code that cannot be the one that was given: wrong length, letter or checksum."""


def new_id() -> str:
    """A random 128-bit identifier: 26 lower-case base32 characters."""
    return base64.b32encode(secrets.token_bytes(_ID_BYTES)).decode().lower().rstrip("=")


def new_invitation_code() -> str:
    """A 100-bit code for one invitation: 20 characters in groups of five.

    Long, because whoever intercepts a request can guess its code offline.
    """
    return _written([secrets.randbelow(32) for _ in range(_INVITATION_LENGTH)])


def parse_invitation_code(text: str) -> bytes:
    """The 13 bytes of a typed invitation code. Raises CodeMistyped.

    Case, spaces and dashes do not matter; O counts as 0, and I and L count as 1.
    """
    return _packed(_values(text, _INVITATION_LENGTH, "invitation code"))


def new_recovery_code() -> tuple[str, bytes]:
    """A printed 160-bit code with a checksum, and its 20 bytes."""
    data = secrets.token_bytes(_RECOVERY_BYTES)
    number = int.from_bytes(data, "big")
    values = [number >> 5 * i & 31 for i in reversed(range(_RECOVERY_BYTES * 8 // 5))]
    return _written(values + bech32.checksum(_RECOVERY_PREFIX, values)), data


def parse_recovery_code(text: str) -> bytes:
    """The 20 bytes of a typed recovery code. Raises CodeMistyped.

    Up to four wrong characters are always noticed.
    """
    values = _values(text, _RECOVERY_LENGTH, "recovery code")
    if bech32.checksum(_RECOVERY_PREFIX, values[:-6]) != values[-6:]:
        raise CodeMistyped(
            "The recovery code does not check out: at least one character is wrong.",
            hint="Compare it with the printed sheet, group by group.",
        )
    return _packed(values[:-6])


def fingerprint(digest_hex: str) -> str:
    """A digest as eight groups of five decimal digits (132 bits), for reading aloud."""
    number = int(digest_hex, 16) % 10**40
    digits = f"{number:040d}"
    return " ".join(digits[i : i + 5] for i in range(0, 40, 5))


def _written(values: list[int]) -> str:
    characters = "".join(_ALPHABET[v] for v in values)
    return "-".join(characters[i : i + 5] for i in range(0, len(characters), 5))


def _values(text: str, length: int, name: str) -> list[int]:
    plain = text.upper().translate(_FORGIVEN)
    if len(plain) != length:
        raise CodeMistyped(
            f"The {name} has {length} letters and digits, but {len(plain)} were typed.",
            hint="Compare it with the code you were given, group by group.",
        )
    for position, character in enumerate(plain):
        if character not in _ALPHABET:
            raise CodeMistyped(
                f"Group {position // 5 + 1} of the {name} has a character that no code contains.",
                hint="Codes use the digits and the letters A to Z without I, L, O and U.",
            )
    return [_ALPHABET.index(character) for character in plain]


def _packed(values: list[int]) -> bytes:
    number = 0
    for value in values:
        number = number << 5 | value
    return number.to_bytes((len(values) * 5 + 7) // 8, "big")
