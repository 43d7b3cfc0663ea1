"""Attachments in the vault: salt and bytes together, so that a digest betrays no content."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from candor.errors import CandorError
from candor.forms.answers import Answer
from candor.records.chain import MAX_BLOBS
from candor.records.events import BlobRef
from candor.vault.store import Vault

SALT = 32
MOST_TOGETHER = 60 * 1024 * 1024
"""Bytes of all attachments of one form. They leave in one exchange file, those of a sealed
answer within a single part of it: what does not fit there could be signed and never sent."""


def keep(vault: Vault, data: bytes) -> str:
    """Store an attachment under a fresh salt; returns the salted digest (hex)."""
    return vault.add_blob(secrets.token_bytes(SALT) + data)


def taken(vault: Vault, digest: str) -> bytes:
    """The attachment of that digest, without its salt. Raises CandorError."""
    salted = vault.blob(digest)
    if salted is None:
        raise CandorError(
            "That attachment is not in this vault.", hint="Ask its sender for the file again."
        )
    return salted[SALT:]


def reference(digest: str, size: int) -> BlobRef:
    """How an event's header names the attachment; ``size`` without the salt."""
    return BlobRef(digest, size + SALT)


def of(answers: Iterable[Answer]) -> Iterator[dict[str, Any]]:
    """Every file put to any of the answers, as the answer names it."""
    for answer in answers:
        yield from answer.attachments
        if isinstance(answer.value, list):
            yield from (
                file for file in answer.value if isinstance(file, dict) and "digest" in file
            )


def require_room(answers: Iterable[Answer], size: int) -> None:
    """Refuse a further file of ``size`` bytes that could not be sent. Raises CandorError."""
    sizes = [int(file["size"]) for file in of(answers)]
    if sum(sizes) + size > MOST_TOGETHER:
        raise CandorError(
            "The attachments of one form may hold 60 MB together, and this one would exceed that.",
            hint="Attach a smaller version, or say in your answer how you hand the file over.",
        )
    if len(sizes) >= MAX_BLOBS:
        raise CandorError(
            f"One form takes at most {MAX_BLOBS} attachments, and this one has them.",
            hint="Put several pages into one file.",
        )
