"""X25519 key agreement and the text forms that age gives to its keys."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import x25519 as lib

from candor.keys import bech32
from candor.keys.weak import WeakKey

_P = 2**255 - 19
_LOW_ORDER = frozenset(
    {
        0,
        1,
        _P - 1,
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    }
)
"""u coordinates of the points of small order on the curve and on its twist."""


def check_public(public: bytes) -> None:
    """Pass for a canonical u coordinate that is not of low order. Raises WeakKey."""
    if len(public) != 32:
        raise WeakKey("it is not 32 bytes long")
    u = int.from_bytes(public, "little")
    if u >= _P:
        raise WeakKey("it is not written in the one permitted way")
    if u in _LOW_ORDER:
        raise WeakKey("it lies in a small subgroup")


def shared_secret(private: bytes, public: bytes) -> bytes:
    """The 32-byte X25519 secret of a 32-byte seed and a foreign key. Raises WeakKey."""
    check_public(public)
    key = lib.X25519PrivateKey.from_private_bytes(private)
    return key.exchange(lib.X25519PublicKey.from_public_bytes(public))


def check_recipient(text: str) -> bytes:
    """The 32-byte public key of a canonical ``age1...`` recipient. Raises WeakKey."""
    try:
        public = bech32.decode("age", text)
    except ValueError as fault:
        raise WeakKey(f"as an age recipient {fault}") from None
    check_public(public)
    return public


class AgeKey:
    """An X25519 key pair as age names it: ``secret`` AGE-SECRET-KEY-1..., ``recipient`` age1..."""

    def __init__(self, seed: bytes) -> None:
        self.seed = seed
        private = lib.X25519PrivateKey.from_private_bytes(seed)
        self.public: bytes = private.public_key().public_bytes_raw()
        self.secret = bech32.encode("age-secret-key-", seed).upper()
        self.recipient = bech32.encode("age", self.public)

    @classmethod
    def generate(cls) -> AgeKey:
        """A fresh key from the system's random source."""
        return cls(lib.X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_seed(cls, seed: bytes) -> AgeKey:
        """The key of 32 secret bytes. Raises ValueError for another length."""
        return cls(seed)

    def agree(self, public: bytes) -> bytes:
        """The secret shared with the owner of ``public``. Raises WeakKey."""
        return shared_secret(self.seed, public)
