"""DSSE pre-authentication encoding: what is signed names its own type."""

from __future__ import annotations


def pae(payload_type: str, payload: bytes) -> bytes:
    """The bytes to sign for ``payload`` of ``payload_type`` (DSSE v1).

    The type stands inside the signed bytes with both lengths, so that a signature made for
    one kind of document never fits another.
    """
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
