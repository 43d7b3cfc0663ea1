"""The code packs that a vault holds: the founding one, and those that were adopted since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol

from candor.policy.pack import PackFaults, load_pack
from candor.records.authority import Brought
from candor.records.directory import Directory
from candor.records.events import Header
from candor.vault.store import Vault

PACK = "pack"
"""The kind of document that holds the founding pack."""
SALT = 32
"""Bytes before an attachment's own (see `candor.app.attachments`)."""


class Headers(Protocol):
    """Whoever knows the headers of a vault's events."""

    def header(self, event: str) -> Header | None:
        """The header of an event that can be read."""


def find(vault: Vault, knowledge: Headers, directory: Directory, digest: str) -> bytes | None:
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


def founding(vault: Vault) -> Brought:
    """What each office brings along under the pack that the company was founded with."""
    document = vault.document(PACK, "current")
    return _brought([document.data] if document is not None else [])


def adopted(vault: Vault, knowledge: Headers, directory: Directory) -> Brought:
    """What each office brings along under each adopted pack that is here."""
    found = (find(vault, knowledge, directory, act.digest) for _, act in directory.adoptions)
    return _brought(data for data in found if data is not None)


def _brought(packs: Iterable[bytes]) -> Brought:
    """A pack that cannot be read says nothing; whoever opens it is told why."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for data in packs:
        with suppress(PackFaults):
            pack = load_pack(data)
            found[pack.digest] = {office: pack.implied(office) for office in pack.offices}
    return found
