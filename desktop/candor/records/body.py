"""Bodies: separately salted values, so that any part can be shown and checked alone.

``commit = SHA-256(0x01 || leaf_1 || leaf_2 || ...)`` and
``leaf = SHA-256(0x00 || salt || RFC 8785 of [id, value])``. The salt (32 bytes) keeps a
hidden answer from being guessed; the first byte keeps a leaf from passing for a commitment;
writing id and value as one JSON list keeps their border unambiguous.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from candor.records import codec
from candor.records.codec import RecordRefused
from candor.records.events import Body, BodyItem

MAX_ITEMS = 4096
MAX_ID = 128
_HEX64 = re.compile(r"[0-9a-f]{64}")


class Revealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body with some items shown: each entry is a whole item or only its leaf digest (hex)."""

    entries: tuple[BodyItem | str, ...]

    def value(self, item_id: str, default: Any = None) -> Any:
        """The value of a shown item of that id, else ``default``."""
        for entry in self.entries:
            if isinstance(entry, BodyItem) and entry.id == item_id:
                return entry.value
        return default


def make_body(pairs: Iterable[tuple[str, Any]]) -> Body:
    """A body of (id, value) pairs in their order, each under a fresh salt.

    Raises RecordRefused for a repeated or overlong id and for a value no record can hold.
    """
    body = Body(tuple(BodyItem(secrets.token_hex(32), name, value) for name, value in pairs))
    commit(body)
    return body


def leaf(item: BodyItem) -> str:
    """The digest (hex) that stands for one item. Raises RecordRefused."""
    if not _HEX64.fullmatch(item.salt):
        raise RecordRefused("An item of this record has no proper salt.")
    if not 0 < len(item.id) <= MAX_ID:
        raise RecordRefused("An item of this record has no proper name.")
    pair = codec.encode_pair(item.id, item.value)
    return hashlib.sha256(b"\x00" + bytes.fromhex(item.salt) + pair).hexdigest()


def _commitment(leaves: Iterable[str]) -> str:
    return hashlib.sha256(b"\x01" + b"".join(map(bytes.fromhex, leaves))).hexdigest()


def commit(body: Body) -> str:
    """The digest (hex) that a header carries for ``body``. Raises RecordRefused."""
    _check_names([item.id for item in body.items])
    return _commitment(leaf(item) for item in body.items)


def _check_names(names: list[str]) -> None:
    if len(names) > MAX_ITEMS:
        raise RecordRefused(f"A record cannot have more than {MAX_ITEMS} items.")
    if len(set(names)) != len(names):
        raise RecordRefused("A record gives one item twice.")


def fits(body_commit: str, body: Body) -> bool:
    """Whether ``body`` is the one that the commitment binds."""
    try:
        return commit(body) == body_commit
    except RecordRefused:
        return False


def reveal(body: Body, ids: Collection[str]) -> Revealed:
    """``body`` with only the items of those ids shown."""
    return Revealed(tuple(item if item.id in ids else leaf(item) for item in body.items))


def check_revealed(body_commit: str, revealed: Revealed) -> bool:
    """Whether what is shown, with the digests of what is not, gives the commitment."""
    try:
        _check_names([e.id for e in revealed.entries if isinstance(e, BodyItem)])
        leaves = [leaf(e) if isinstance(e, BodyItem) else _leaf_text(e) for e in revealed.entries]
    except RecordRefused:
        return False
    return len(leaves) <= MAX_ITEMS and _commitment(leaves) == body_commit


def _leaf_text(text: str) -> str:
    if not _HEX64.fullmatch(text):
        raise RecordRefused("A hidden item of this record has no proper digest.")
    return text


def encode_body(body: Body) -> bytes:
    """A body as RFC 8785 bytes, for storing and sending. Raises RecordRefused."""
    return codec.encode(msgspec.to_builtins(body))


def decode_body(data: bytes, *, limit: int = codec.MIB) -> Body:
    """The body of `encode_body`, read strictly. Raises RecordRefused."""
    try:
        return msgspec.convert(codec.decode_canonical(data, limit=limit), Body)
    except msgspec.ValidationError:
        raise RecordRefused("This is not the body of a record.") from None
