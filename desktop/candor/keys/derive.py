"""Derived keys and message authentication codes."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def hkdf(secret: bytes, label: str, length: int = 32) -> bytes:
    """``length`` bytes derived from ``secret`` for the one use that ``label`` names.

    HKDF-SHA-256 (RFC 5869) without salt: every secret given here is already uniform.
    """
    return HKDF(hashes.SHA256(), length, salt=None, info=label.encode()).derive(secret)


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA-256 of ``message``, 32 bytes. Compare with `same`, never with ``==``."""
    return hmac.new(key, message, hashlib.sha256).digest()


def same(one: bytes, other: bytes) -> bool:
    """Whether two codes are equal, in a time that tells nothing about where they differ."""
    return hmac.compare_digest(one, other)
