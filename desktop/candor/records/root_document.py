"""One version of the root: what it holds, what it must hold, and what may follow it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from candor.errors import CandorError
from candor.keys import ed25519, x509
from candor.keys.weak import WeakKey
from candor.records import acts, codec
from candor.records.codec import RecordRefused

SHIPPED_THRESHOLDS: dict[str, int] = {
    "officer_joined": 1,
    "person": 1,
    "enrol": 1,
    "office": 1,
    "absence": 1,
    "fork": 1,
    "pack": 2,
    "revoke": 2,
    "root_change": 2,
}
"""Signatures of different officers that each kind of act needs. Those of two are not yet
possible while the company has one root key: no shortcut stands in for the second officer."""


class RootRefused(CandorError):
    """A root document that does not prove itself."""

    def __init__(self, message: str) -> None:
        super().__init__(
            message, hint="Get the root file again and compare its fingerprint by telephone."
        )


class RootKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key that may sign root acts: Ed25519 hex, the person's id, the instant it was added."""

    ed25519: str
    person: str
    added: str


class RootOfficer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An officer of the root: ``role`` is ``secretary`` or ``second``."""

    role: str
    person: str
    name: str


class RootDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the root. ``x509_root``: DER hex; ``directory``: the directory's case id;
    ``change``: the kind of act that made this version; ``first`` and ``previous``: digests
    (hex SHA-256) of version 1 and of the version before, '' in version 1."""

    v: int
    company: str
    name: str
    version: int
    change: str
    first: str
    previous: str
    keys: tuple[RootKey, ...]
    officers: tuple[RootOfficer, ...]
    thresholds: dict[str, int]
    x509_root: str
    directory: str
    pack: str
    created: str

    def officer(self, role: str) -> RootOfficer | None:
        """The officer of that role."""
        return next((o for o in self.officers if o.role == role), None)

    def people_of(self, keys: Iterable[str]) -> frozenset[str]:
        """The different people whom those public keys (hex) stand for in this version."""
        wanted = set(keys)
        return frozenset(k.person for k in self.keys if k.ed25519 in wanted)

    def enough(self, kind: str, keys: Iterable[str]) -> bool:
        """Whether signatures by ``keys`` make an act of ``kind`` count."""
        needed = self.thresholds.get(kind)
        return needed is not None and len(self.people_of(keys)) >= needed


def digest(document: RootDocument) -> str:
    """The digest (hex SHA-256) of this very version's RFC 8785 bytes."""
    return hashlib.sha256(codec.encode(msgspec.to_builtins(document))).hexdigest()


def fingerprint(document: RootDocument) -> str:
    """The digest (hex) of version 1, the same for every version of one root."""
    return document.first or digest(document)


def read_document(value: Any) -> RootDocument:
    """A document from decoded JSON. Raises RootRefused."""
    try:
        document = acts.shaped(value, RootDocument)
    except RecordRefused:
        raise RootRefused("This is not a root document that Candor can read.") from None
    check_document(document)
    return document


def succession_fault(  # noqa: PLR0911 -- one line a rule
    before: RootDocument | None, after: RootDocument, keys: frozenset[str]
) -> str:
    """Why ``after``, signed by ``keys``, does not follow ``before``; '' if it does."""
    old = {k.ed25519 for k in before.keys} if before else set()
    if not {k.ed25519 for k in after.keys} - old <= keys:
        return "a new key did not sign for itself"
    if before is None:
        return "" if after.version == 1 else "it does not begin with the founding version"
    if after.version != before.version + 1 or after.previous != digest(before):
        return "a version is missing"
    if after.first != fingerprint(before) or after.company != before.company:
        return "a version belongs to another root"
    if after.directory != before.directory:
        return "a version names another directory"
    if not before.enough(after.change, keys):
        return "a version lacks the signatures that it needs"
    if after.change == "officer_joined" and not _only_joins(before, after):
        return "a version changes more than the joining of the second officer"
    return ""


def _only_joins(before: RootDocument, after: RootDocument) -> bool:
    second = before.officer("second")
    if len(after.keys) != len(before.keys) + 1 or second is None:
        return False
    if second.person in {k.person for k in before.keys} or after.keys[-1].person != second.person:
        return False
    allowed = msgspec.structs.replace(
        before,
        version=after.version,
        change=after.change,
        first=after.first,
        previous=after.previous,
        keys=(*before.keys, after.keys[-1]),
    )
    return allowed == after


def check_document(document: RootDocument) -> None:
    """Refuse a version that could not work, whoever signed it. Raises RootRefused."""
    people = [o.person for o in document.officers]
    keys = [k.ed25519 for k in document.keys]
    founding = document.version == 1
    if document.v != 1:
        raise RootRefused("This root document was written by a newer Candor.")
    if founding != (document.first == "") or founding != (document.previous == ""):
        raise RootRefused("This root document contradicts itself about its version.")
    if founding != (document.change == "founded") or not (
        founding or document.change in {"officer_joined", "root_change"}
    ):
        raise RootRefused("This root document does not say what changed in a known way.")
    if sorted(o.role for o in document.officers) != ["second", "secretary"]:
        raise RootRefused("A root document names a secretary and a second officer.")
    if len(set(people)) != len(people):
        raise RootRefused("The secretary and the second officer must be two people.")
    if not keys or len(set(keys)) != len(keys):
        raise RootRefused("This root document has no keys, or one of them twice.")
    if not {k.person for k in document.keys} <= set(people):
        raise RootRefused("This root document has a key of somebody who is not its officer.")
    if set(SHIPPED_THRESHOLDS) - set(document.thresholds) or min(document.thresholds.values()) < 1:
        raise RootRefused("This root document lacks a threshold, or has one below one.")
    _check_keys(document)


def _check_keys(document: RootDocument) -> None:
    try:
        for key in document.keys:
            public = bytes.fromhex(key.ed25519)
            ed25519.check_public(public)
            if public.hex() != key.ed25519:
                raise RootRefused("A key of this root document is not written properly.")
        certificate = bytes.fromhex(document.x509_root)
    except (ValueError, WeakKey):
        raise RootRefused("A key of this root document is not a safe one.") from None
    if not x509.issued_by(certificate, certificate):
        raise RootRefused("The certificate of this root document does not prove itself.")
