"""What the bytes of a file prove by themselves: unchanged, in order, signed as it asks.

A PDF grows by revisions. Ours has revision 0, as compiled, then exactly one revision for each
signature and after the last one at most archival time stamps. Everything is held against the
manifest in revision 0, which the first signature certifies.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import XRefSectionType
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from candor.packet import evidence
from candor.packet.evidence import Evidence, EvidenceRefused, ExpectedSigner
from candor.packet.parsing import FAULTS, NotAPacket, asn1_x509, evidence_inside, opened
from candor.packet.verify_marks import DIGEST_DIFFERS, mark_fault, range_fault
from candor.packet.verify_policy import (
    SIGNATURES_ONLY,
    allows,
    certifies,
    only_archival,
    same_trailers,
)
from candor.packet.verify_start import revision_0_end, start_fault

DAMAGED = "It cannot be read: it is damaged or was changed"
FOREIGN = "This is not a packet that Candor compiled"
INSERTED = "Something was inserted between its signatures"
ADDED = "Something was added after its newest signature"
CHANGED = "It was changed after it was signed"
NOT_THIS = "it was made for other content"
OTHER_CONTENT = frozenset({NOT_THIS, DIGEST_DIFFERS})
"""Faults of a signature that say that the file is not the one that was signed."""
UNREADABLE = "it cannot be read"
_UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mark:
    """A filled signature field. ``end``: length of the file when it was made; ``fault``: why
    it does not hold, '' if it does; ``trusted``: the library accepts its certificate's path
    at the claimed time."""

    expected: ExpectedSigner
    certificate: bytes
    at: datetime
    end: int
    fault: str = ""
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """An archival time stamp: its signature as found, and the length of file it covers."""

    embedded: EmbeddedPdfSignature
    end: int


@dataclass(slots=True)
class Examined:
    """Everything found. ``faults``: why the content cannot be relied on, worst first;
    ``unexpected``: who else signed; ``unreadable``: fields whose signature is not one at all;
    ``whole``: the file could be read to its end."""

    proof: Evidence | None = None
    pages: int = 0
    start: str = ""
    marks: tuple[Mark, ...] = ()
    faults: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    whole: bool = False


def examine(pdf: bytes) -> Examined:
    """Examine a file that anybody may have made; whatever is wrong becomes a fault."""
    found = Examined()
    try:
        reader = opened(pdf)
        proof = found.proof = _start(pdf, reader, found)
        filled = _filled(reader, proof, found)
        _check_order(reader, proof, filled, found)
        if filled:
            found.marks = _marks(pdf, proof, filled, found)
        found.whole = True
    except NotAPacket:
        found.faults.append(FOREIGN)
    except EvidenceRefused as refusal:
        found.faults.append(refusal.message.rstrip("."))
    except FAULTS:
        found.faults.append(DAMAGED if found.proof else FOREIGN)
    return found


def _start(pdf: bytes, reader: PdfFileReader, found: Examined) -> Evidence:
    """Recipe (a), revision 0: the manifest, and nothing that a packet may not hold."""
    if reader.encrypted:
        raise NotAPacket
    end = revision_0_end(pdf, reader)
    found.start = hashlib.sha256(pdf[:end]).hexdigest()
    proof = evidence.read(evidence_inside(reader, 0))
    if reader.xrefs.get_xref_container_info(0).xref_section_type != XRefSectionType.STANDARD:
        found.faults.append("It is not written as Candor writes packets")
    if fault := start_fault(pdf[:end], proof):
        found.faults.append(fault)
    catalog: Any = reader.get_historical_resolver(0).root
    found.pages = int(catalog["/Pages"]["/Count"])
    return proof


Filled = list[tuple[ExpectedSigner, EmbeddedPdfSignature]]


def _filled(reader: PdfFileReader, proof: Evidence, found: Examined) -> Filled:
    """Recipe (a), fields: the filled ones with their signers, each with a value of its own."""
    expected = {s.field: s for s in proof.signers}
    fields = list(enumerate_sig_fields(reader))
    if [name for name, _, _ in fields][: len(expected)] != list(expected):
        found.faults.append("Its signature fields are not the ones that it was compiled with")
    filled: Filled = []
    references = []
    for name, value, place in fields:
        if value is None:
            if name not in expected:
                found.faults.append("A signature field was added to it")
            continue
        references.append(place.get_object().raw_get("/V").reference.idnum)
        try:
            embedded = EmbeddedPdfSignature(reader, place, name)
        except FAULTS:
            found.unreadable.append(name)
            continue
        if name in expected:
            filled.append((expected[name], embedded))
        elif embedded.sig_object_type == "/DocTimeStamp":
            end = int(embedded.byte_range[2]) + int(embedded.byte_range[3])
            found.stamps.append(Stamp(embedded, end))
        else:
            found.unexpected.append(_subject(embedded))
    if found.unreadable:
        found.faults.append("A signature in it cannot be read")
    if len(set(references)) != len(references):
        found.faults.append("Two signature fields share one signature")
    return filled


def _subject(embedded: EmbeddedPdfSignature) -> str:
    """The name in the certificate of somebody unexpected: a claim, shown as one."""
    try:
        name = embedded.signer_cert.subject.native.get("common_name", "")
    except FAULTS:
        name = ""
    return str(name)[:80] or "somebody without a name"


def _check_order(reader: PdfFileReader, proof: Evidence, filled: Filled, found: Examined) -> None:
    """One revision for each signature, in the order of the manifest; more only at the end."""
    if [s for s, _ in filled] != list(proof.signers[: len(filled)]):
        found.faults.append("Its signatures are not in the order that it asks for")
    if [e.signed_revision for _, e in filled] != list(range(1, len(filled) + 1)):
        found.faults.append(INSERTED)
    if not same_trailers(reader, min(len(filled), reader.xrefs.total_revisions - 1)):
        found.faults.append(CHANGED)
    complete = len(filled) == len(proof.signers)
    if reader.xrefs.total_revisions > len(filled) + 1 and not complete:
        found.faults.append(ADDED)


def _marks(pdf: bytes, proof: Evidence, filled: Filled, found: Examined) -> tuple[Mark, ...]:
    """Recipe (b) to (d): each signature, and what changed after each.

    Where a signature does not hold, what changed after it need not be compared any more.
    """
    root = bytes.fromhex(proof.root.document.x509_root)
    marks = [_mark(pdf, number, pair, root) for number, pair in enumerate(filled)]
    last = max(mark.end for mark in marks)
    sound = not any(mark.fault for mark in marks)
    if last < len(pdf) and len(pdf) not in {stamp.end for stamp in found.stamps}:
        # No signature and no archival time stamp speaks for the bytes at its end.
        found.faults.append(ADDED)
    if sound and last < len(pdf):
        if not all(allows(e) for _, e in filled) or not only_archival(filled[-1][1]):
            found.faults.append(CHANGED)
        if any(range_fault(pdf, stamp.embedded) for stamp in found.stamps):
            found.faults.append("A time stamp in it is damaged")
        # (d): once more as it was at the last approval, by the narrower policy
        filled = _cut(pdf[:last], filled)
    if sound and not certifies(filled[0][1]):
        found.faults.append(CHANGED)
    roots = [asn1_x509.Certificate.load(root)]
    return asyncio.run(_validated(filled, marks, roots, found, compare=sound))


def _cut(pdf: bytes, filled: Filled) -> Filled:
    reader = opened(pdf)
    places = {name: place for name, value, place in enumerate_sig_fields(reader) if value}
    return [(s, EmbeddedPdfSignature(reader, places[s.field], s.field)) for s, _ in filled]


def _mark(
    pdf: bytes, number: int, pair: tuple[ExpectedSigner, EmbeddedPdfSignature], root: bytes
) -> Mark:
    expected, embedded = pair
    end = int(embedded.byte_range[2]) + int(embedded.byte_range[3])
    try:
        certificate: bytes = embedded.signer_cert.dump()
        reported = embedded.self_reported_timestamp
        fault = mark_fault(pdf, embedded, expected, root, first=number == 0)
    except FAULTS:
        return Mark(expected, b"", _UNKNOWN_TIME, end, UNREADABLE)
    if reported is None or reported.tzinfo is None:
        reported, fault = _UNKNOWN_TIME, fault or "it claims no time"
    return Mark(expected, certificate, reported, end, fault)


async def _validated(
    filled: Filled, marks: Sequence[Mark], roots: list[Any], found: Examined, *, compare: bool
) -> tuple[Mark, ...]:
    """The library's own verdict on each, with its certificate's path at the claimed time."""
    judged = []
    for (_, embedded), mark in zip(filled, marks, strict=True):
        context = ValidationContext(
            trust_roots=roots, allow_fetching=False, moment=mark.at, revocation_mode="soft-fail"
        )
        try:
            status = await async_validate_pdf_signature(
                embedded,
                signer_validation_context=context,
                diff_policy=SIGNATURES_ONLY,
                skip_diff=not compare,
            )
        except FAULTS:
            judged.append(replace(mark, fault=mark.fault or UNREADABLE))
            continue
        if compare and not status.docmdp_ok:
            found.faults.append(CHANGED)
        fault = mark.fault or _status_fault(status)
        judged.append(replace(mark, fault=fault, trusted=bool(status.trusted)))
    return tuple(judged)


def _status_fault(status: PdfSignatureStatus) -> str:
    if not status.intact:
        return NOT_THIS
    if not status.valid:
        return "it was not made with the key of its certificate"
    return ""
