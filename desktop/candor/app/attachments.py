"""Attachments in the vault: salt and bytes together, so that a digest betrays no content."""

from __future__ import annotations

import secrets

from candor.errors import CandorError
from candor.records.events import BlobRef
from candor.vault.store import Vault

SALT = 32


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
