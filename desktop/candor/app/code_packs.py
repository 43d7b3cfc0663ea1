"""The code packs that a vault holds: the founding one, and those that were adopted since."""

from __future__ import annotations

import hashlib

from candor.app.knowledge import Knowledge
from candor.records.directory import Directory
from candor.vault.store import Vault

SALT = 32
"""Bytes before an attachment's own (see `candor.app.attachments`)."""


def find(vault: Vault, knowledge: Knowledge, directory: Directory, digest: str) -> bytes | None:
    """The bytes of an adopted pack of that digest (hex SHA-256): they travel with the act that
    adopts it. None where they are not here."""
    for event, act in directory.adoptions:
        header = knowledge.header(event)
        if act.digest != digest or header is None:
            continue
        for blob in header.blobs:
            salted = vault.blob(blob.digest)
            data = salted[SALT:] if salted else b""
            if hashlib.sha256(data).hexdigest() == digest:
                return data
    return None
