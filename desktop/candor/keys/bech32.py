"""Bech32 (BIP 173) without its length limit, as age writes its keys."""

from __future__ import annotations

_CHARS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit in range(5):
            check ^= _GENERATOR[bit] if top >> bit & 1 else 0
    return check


def _expanded(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def checksum(prefix: str, values: list[int]) -> list[int]:
    """Six 5-bit values that make any four wrong characters, wherever they are, noticed."""
    check = _polymod(_expanded(prefix) + values + [0] * 6) ^ 1
    return [check >> 5 * (5 - i) & 31 for i in range(6)]


def encode(prefix: str, data: bytes) -> str:
    """``data`` under a lower-case ``prefix``, with its checksum, in lower case."""
    bits = int.from_bytes(data, "big")
    count = (len(data) * 8 + 4) // 5
    bits <<= count * 5 - len(data) * 8
    values = [bits >> 5 * i & 31 for i in reversed(range(count))]
    return prefix + "1" + "".join(_CHARS[v] for v in values + checksum(prefix, values))


def decode(prefix: str, text: str) -> bytes:
    """The bytes of a lower-case bech32 ``text`` under ``prefix``. Raises ValueError."""
    head, mark, tail = text.rpartition("1")
    if head != prefix or not mark or len(tail) < 6 or any(c not in _CHARS for c in tail):
        raise ValueError("not of this form")
    values = [_CHARS.index(c) for c in tail]
    if _polymod(_expanded(prefix) + values) != 1:
        raise ValueError("the checksum does not fit")
    values = values[:-6]
    spare = len(values) * 5 % 8
    bits = 0
    for value in values:
        bits = bits << 5 | value
    if spare >= 5 or bits & ((1 << spare) - 1):
        raise ValueError("the padding is not canonical")
    return (bits >> spare).to_bytes(len(values) * 5 // 8, "big")
