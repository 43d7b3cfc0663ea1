"""The root document: whose signatures speak for the company, and how many are needed.

Version 1 is signed by the founding secretary and names the second officer, whose key joins
later. Each version names its predecessor and carries enough signatures of the version before,
so that whoever trusts version 1 (people compare its fingerprint) can follow to the newest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from candor.clock import stamp
from candor.keys.codes import new_id
from candor.keys.ed25519 import SigningKey
from candor.records import acts, codec
from candor.records.acts import Act, ActSignature
from candor.records.codec import RecordRefused
from candor.records.events import Body
from candor.records.root_document import (
    SHIPPED_THRESHOLDS,
    RootDocument,
    RootKey,
    RootOfficer,
    RootRefused,
    check_document,
    digest,
    fingerprint,
    read_document,
    succession_fault,
)

__all__ = [
    "SHIPPED_THRESHOLDS",
    "RootDocument",
    "RootKey",
    "RootOfficer",
    "RootRefused",
    "RootTrust",
    "SignedRoot",
    "digest",
    "fingerprint",
    "new_root_document",
    "read_document",
    "read_root",
    "root_body",
    "root_statement",
    "sign_root",
    "succession_fault",
    "verify_root",
    "verify_versions",
    "with_second_officer",
]

MAX_VERSIONS = 1000


class SignedRoot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version with its signatures."""

    document: RootDocument
    signatures: tuple[ActSignature, ...]


class _RootFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    document: RootDocument
    signatures: tuple[ActSignature, ...]
    later: tuple[SignedRoot, ...] = ()


class RootTrust(msgspec.Struct, frozen=True):
    """A verified chain of versions, oldest first. Build it with `verify_root`."""

    versions: tuple[SignedRoot, ...]

    @property
    def document(self) -> RootDocument:
        """The newest version."""
        return self.versions[-1].document

    @property
    def fingerprint(self) -> str:
        """The digest (hex) of version 1: the company's root for ever."""
        return digest(self.versions[0].document)

    def to_bytes(self) -> bytes:
        """The public file ``root.json``."""
        first, *later = self.versions
        return codec.encode(
            msgspec.to_builtins(_RootFile(first.document, first.signatures, tuple(later)))
        )


def new_root_document(
    *,
    name: str,
    company: str,
    secretary: RootOfficer,
    key: SigningKey,
    second: RootOfficer,
    x509_root: bytes,
    created: datetime,
    pack: str = "",
) -> RootDocument:
    """Version 1, with shipped thresholds and a fresh directory case.

    ``pack`` is the digest (hex) of the code pack that the company starts with. Raises
    RootRefused where both officers are one person.
    """
    document = RootDocument(
        v=1,
        company=company,
        name=name,
        version=1,
        change="founded",
        first="",
        previous="",
        keys=(RootKey(key.public.hex(), secretary.person, stamp(created)),),
        officers=(secretary, second),
        thresholds=dict(SHIPPED_THRESHOLDS),
        x509_root=x509_root.hex(),
        directory=new_id(),
        pack=pack,
        created=stamp(created),
    )
    check_document(document)
    return document


def with_second_officer(document: RootDocument, public: bytes, added: datetime) -> RootDocument:
    """The next version, in which the named second officer's key has joined.

    Raises RootRefused where there is no second officer or the key is there already.
    """
    second = document.officer("second")
    if second is None:
        raise RootRefused("This company's root names no second officer.")
    key = RootKey(public.hex(), second.person, stamp(added))
    after = msgspec.structs.replace(
        document,
        version=document.version + 1,
        change="officer_joined",
        first=fingerprint(document),
        previous=digest(document),
        keys=(*document.keys, key),
    )
    check_document(after)
    return after


def root_statement(document: RootDocument) -> Act:
    """The act whose signatures make a version of the root count."""
    body = {"document": msgspec.to_builtins(document)}
    return Act(1, document.change, document.company, document.first, "", (), body)


def sign_root(document: RootDocument, keys: Sequence[SigningKey]) -> SignedRoot:
    """A version signed with those keys."""
    act = root_statement(document)
    return SignedRoot(document, tuple(acts.sign_act(act, key) for key in keys))


def root_body(signed: SignedRoot) -> Body:
    """The body of the directory event that carries this version."""
    return acts.act_body(root_statement(signed.document), signed.signatures)


def verify_root(data: bytes) -> RootTrust:
    """The chain in a root file, every version proved by the one before. Raises RootRefused.

    That version 1 is the company's is for people to say: compare its fingerprint.
    """
    try:
        file = acts.shaped(codec.decode(data), _RootFile)
    except RecordRefused:
        raise RootRefused("This is not a root file that Candor can read.") from None
    return verify_versions((SignedRoot(file.document, file.signatures), *file.later))


def read_root(data: bytes) -> RootDocument:
    """The newest version in a root file, proved by the ones before. Raises RootRefused."""
    return verify_root(data).document


def verify_versions(versions: Sequence[SignedRoot]) -> RootTrust:
    """The chain of those versions, oldest first. Raises RootRefused."""
    if not 0 < len(versions) <= MAX_VERSIONS:
        raise RootRefused("This root file has no version, or more than any company needs.")
    before: RootDocument | None = None
    for signed in versions:
        check_document(signed.document)
        keys = acts.signers(root_statement(signed.document), signed.signatures)
        if fault := succession_fault(before, signed.document, keys):
            raise RootRefused(f"This root file does not prove itself: {fault}.")
        before = signed.document
    return RootTrust(tuple(versions))
