"""Ed25519 signatures, verified strictly.

RFC 8032 leaves room that libraries fill differently: low-order keys (under which one
signature fits many messages), second encodings of one point, and S beyond the group order.
All of it is refused here before the library is asked, so that two vaults never disagree.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519 as lib

from candor.keys.weak import WeakKey

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_SIGN = 1 << 255
_Y8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
# The y coordinates of the eight points of small order: orders 1, 2, 4 and 8.
_LOW_ORDER_Y = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})


class SigningKey:
    """A private Ed25519 key. ``public`` is 32 bytes."""

    def __init__(self, private: lib.Ed25519PrivateKey) -> None:
        self._private = private
        self.public: bytes = private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> SigningKey:
        """A fresh key from the system's random source."""
        return cls(lib.Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, private: bytes) -> SigningKey:
        """The key of a 32-byte seed. Raises ValueError for another length."""
        return cls(lib.Ed25519PrivateKey.from_private_bytes(private))

    def private_bytes(self) -> bytes:
        """The 32-byte seed."""
        return self._private.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """A 64-byte signature."""
        return self._private.sign(message)


def _point_fault(encoded: bytes) -> str:
    """Why 32 bytes are not the one encoding of a point of large order; '' if they are."""
    if len(encoded) != 32:
        return "it is not 32 bytes long"
    number = int.from_bytes(encoded, "little")
    y = number & (_SIGN - 1)
    if y >= _P:
        return "it is not written in the one permitted way"
    if y in _LOW_ORDER_Y:
        return "it lies in a small subgroup"
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    # Euler's criterion: without a root there is no x, hence no such point on the curve.
    return "" if pow(square, (_P - 1) // 2, _P) == 1 else "it is not a point on the curve"


@lru_cache(maxsize=4096)
def _public_fault(public: bytes) -> str:
    return _point_fault(public)


@lru_cache(maxsize=4096)
def _loaded(public: bytes) -> lib.Ed25519PublicKey:
    return lib.Ed25519PublicKey.from_public_bytes(public)


def check_public(public: bytes) -> None:
    """Pass for a canonical encoding of a point of large order. Raises WeakKey."""
    if fault := _public_fault(bytes(public)):
        raise WeakKey(fault)


def _signature_well_formed(signature: bytes) -> bool:
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= _L:
        return False
    y = int.from_bytes(signature[:32], "little") & (_SIGN - 1)
    # Off-curve values of R need no test here: the library compares R byte for byte.
    return y < _P and y not in _LOW_ORDER_Y


_MOST_REMEMBERED = 20_000
_good: set[bytes] = set()
"""Digests of (key, signature, message) that were found good in this process."""


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` is the strict Ed25519 signature of ``message`` under ``public``.

    False for weak or non-canonical keys, for R of low order or in a second encoding and for
    S not below the group order; never raises. A signature that held once holds for ever, so
    good ones are remembered: a file is looked at before it is imported, and often again.
    """
    if _public_fault(bytes(public)) or not _signature_well_formed(signature):
        return False
    name = hashlib.sha256(b"".join((public, signature, message))).digest()
    if name in _good:
        return True
    try:
        _loaded(bytes(public)).verify(signature, message)
    except InvalidSignature:
        return False
    if len(_good) >= _MOST_REMEMBERED:
        _good.clear()
    _good.add(name)
    return True


def key_id(public: bytes) -> str:
    """The name of a public key: 26 base32 characters of its SHA-256 (130 bits)."""
    return base64.b32encode(hashlib.sha256(public).digest()).decode().lower()[:26]
