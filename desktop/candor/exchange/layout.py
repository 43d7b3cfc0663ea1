"""The fixed parts of an exchange file's inside, shared by writer and reader."""

from __future__ import annotations

from candor.exchange.manifest import FORMAT, MAX_TOTAL

MAGIC_START = b"CANDOR\x00"
MAGIC = MAGIC_START + bytes([FORMAT])
"""Eight bytes; the last is the major version."""
SIGNATURE = 64
PREFIX = len(MAGIC) + 4
"""Magic and the big-endian u32 length of the manifest."""
MAX_PLAIN = MAX_TOTAL + 2 * 2**20
"""Bytes that a sealed file may open to: the blobs, the manifest and the padding."""
