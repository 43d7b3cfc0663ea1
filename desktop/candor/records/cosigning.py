"""What the root's officers sign together: offered keys, and acts that lack a signature."""

from __future__ import annotations

from typing import Any

import msgspec


class OfferedKey(msgspec.Struct, frozen=True):
    """The root key (Ed25519, hex) that the second officer offers."""

    event: str
    person: str
    public: str


class PutToSign(msgspec.Struct, frozen=True):
    """An act (JSON) with the signatures (public key hex -> signature hex) that are here;
    ``blobs``: the salted digests and sizes of what goes along, such as a code pack."""

    event: str
    person: str
    claimed_at: str
    act: dict[str, Any]
    signatures: dict[str, str]
    blobs: tuple[tuple[str, int], ...] = ()


class CoSigning(msgspec.Struct, frozen=True):
    """The conversation of the officers in one case."""

    offered: tuple[OfferedKey, ...] = ()
    put: tuple[PutToSign, ...] = ()
