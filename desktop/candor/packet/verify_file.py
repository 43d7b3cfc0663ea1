"""What the bytes of a file prove by themselves: unchanged, in order, signed as it asks.

A PDF grows by revisions. Ours has revision 0, as compiled, then exactly one revision for each
signature and after the last one at most archival time stamps. Everything is held against the
manifest in revision 0, which the first signature certifies.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from candor.packet import evidence
from candor.packet.evidence import Evidence, EvidenceRefused, ExpectedSigner
from candor.packet.parsing import FAULTS, NotAPacket, evidence_inside, opened
from candor.packet.verify_marks import mark_fault
from candor.packet.verify_policy import CERTIFYING, DEFAULT, SIGNATURES_ONLY
from candor.packet.verify_start import revision_0_end, start_fault

DAMAGED = "It cannot be read: it is damaged or was changed"
FOREIGN = "This is not a packet that Candor compiled"


@dataclass(frozen=True, slots=True)
class Mark:
    """A filled signature field. ``end``: length of the file when it was made; ``fault``: why
    it does not hold, '' if it does; ``trusted``: the library accepts its certificate's path."""

    expected: ExpectedSigner
    certificate: bytes
    at: datetime
    end: int
    fault: str = ""
    trusted: bool = False


@dataclass(slots=True)
class Examined:
    """Everything found. ``faults``: why the content cannot be relied on, worst first;
    ``unexpected``: signatures that the manifest does not ask for."""

    proof: Evidence | None = None
    pages: int = 0
    start: str = ""
    marks: tuple[Mark, ...] = ()
    faults: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    stamps: int = 0


def examine(pdf: bytes) -> Examined:
    """Examine a file that anybody may have made; whatever is wrong becomes a fault."""
    found = Examined()
    try:
        _examine(pdf, found)
    except NotAPacket:
        found.faults.append(FOREIGN)
    except EvidenceRefused as refusal:
        found.faults.append(refusal.message.rstrip("."))
    except FAULTS:
        found.faults.append(DAMAGED if found.proof else FOREIGN)
    return found


def _examine(pdf: bytes, found: Examined) -> None:
    reader = opened(pdf)
    if reader.encrypted:
        raise NotAPacket
    end = revision_0_end(pdf, reader)
    found.start = hashlib.sha256(pdf[:end]).hexdigest()
    found.proof = evidence.read(evidence_inside(reader, 0))
    if fault := start_fault(pdf[:end], found.proof):
        found.faults.append(fault)
    found.pages = int(reader.get_historical_resolver(0).root["/Pages"]["/Count"])
    filled = _filled(reader, found)
    if not filled:
        return
    _check_order(reader, filled, found)
    marks = [_mark(pdf, number, s, e) for number, (s, e) in enumerate(filled)]
    found.marks = _judged(pdf, reader, filled, marks, found)


Filled = list[tuple[ExpectedSigner, EmbeddedPdfSignature]]


def _filled(reader: PdfFileReader, found: Examined) -> Filled:
    """The filled fields with their signers; faults for fields that should not be there."""
    assert found.proof is not None
    expected = {s.field: s for s in found.proof.signers}
    fields = list(enumerate_sig_fields(reader))
    names = [name for name, _, _ in fields]
    if names[: len(expected)] != list(expected):
        found.faults.append("Its signature fields are not the ones it was compiled with")
    filled: Filled = []
    references: set[tuple[int, int]] = set()
    for name, value, place in fields:
        if name in expected and value is None:
            continue
        if value is None:
            found.faults.append("A signature field was added to it")
            continue
        raw = place.get_object().raw_get("/V").reference
        if (raw.idnum, raw.generation) in references:
            found.faults.append("Two signature fields share one signature")
        references.add((raw.idnum, raw.generation))
        embedded = EmbeddedPdfSignature(reader, place, name)
        if embedded.sig_object_type == "/DocTimeStamp" and name not in expected:
            found.stamps += 1
        elif name in expected:
            filled.append((expected[name], embedded))
        else:
            found.unexpected.append(_subject(embedded))
    return filled


def _subject(embedded: EmbeddedPdfSignature) -> str:
    try:
        name = embedded.signer_cert.subject.native.get("common_name", "")
    except FAULTS:
        name = ""
    return str(name)[:80] or "somebody without a name"


def _check_order(reader: PdfFileReader, filled: Filled, found: Examined) -> None:
    """One revision for each signature, in the order of the manifest."""
    assert found.proof is not None
    names = [s.field for s, _ in filled]
    if names != [s.field for s in found.proof.signers[: len(names)]]:
        found.faults.append("Its signatures are not in the order that it asks for")
    revisions = [e.signed_revision for _, e in filled]
    if revisions != list(range(1, len(filled) + 1)):
        found.faults.append("Something was inserted between its signatures")
    if reader.xrefs.total_revisions > len(filled) + 1 and len(filled) < len(found.proof.signers):
        found.faults.append("Something was added after its newest signature")


def _mark(
    pdf: bytes, number: int, expected: ExpectedSigner, embedded: EmbeddedPdfSignature
) -> Mark:
    certificate = embedded.signer_cert.dump()
    reported = embedded.self_reported_timestamp
    fault = mark_fault(pdf, embedded, expected, certifies=number == 0)
    if reported is None or reported.tzinfo is None:
        reported, fault = datetime(1970, 1, 1, tzinfo=UTC), fault or "it claims no time"
    end = int(embedded.byte_range[2]) + int(embedded.byte_range[3])
    return Mark(expected, certificate, reported, end, fault)


def _judged(
    pdf: bytes, reader: PdfFileReader, filled: Filled, marks: Sequence[Mark], found: Examined
) -> tuple[Mark, ...]:
    """Recipe (b) to (d): the changes after each signature, and the signatures themselves."""
    assert found.proof is not None
    root = asn1_x509.Certificate.load(bytes.fromhex(found.proof.root.document.x509_root))
    last = marks[-1].end
    archival = last < len(pdf)
    if archival:
        _check_archival(filled, found)
        reader = opened(pdf[:last])
        filled = _filled_again(reader, filled)
    old, new = reader.get_historical_resolver(0), reader.get_historical_resolver(1)
    CERTIFYING.apply(old, new)
    statuses = asyncio.run(_validated(filled, marks, root))
    judged = []
    for mark, status in zip(marks, statuses, strict=True):
        fault = mark.fault or _status_fault(status)
        if not status.docmdp_ok:
            found.faults.append("It was changed after it was signed")
        judged.append(
            Mark(
                mark.expected,
                mark.certificate,
                mark.at,
                mark.end,
                fault,
                trusted=bool(status.trusted),
            )
        )
    return tuple(judged)


def _check_archival(filled: Filled, found: Examined) -> None:
    """After the last approval only time stamps and what they need, by the default policy."""
    for _, embedded in filled:
        embedded.compute_integrity_info(diff_policy=DEFAULT)
        changed = embedded.diff_result
        if not isinstance(changed, DiffResult):
            found.faults.append("It was changed after the last signature")
            return
    final = filled[-1][1].diff_result
    assert isinstance(final, DiffResult)
    if final.modification_level > ModificationLevel.LTA_UPDATES:
        found.faults.append("It was changed after the last signature")


def _filled_again(reader: PdfFileReader, filled: Filled) -> Filled:
    places = {name: place for name, value, place in enumerate_sig_fields(reader) if value}
    return [(s, EmbeddedPdfSignature(reader, places[s.field], s.field)) for s, _ in filled]


async def _validated(filled: Filled, marks: Sequence[Mark], root: Any) -> list[PdfSignatureStatus]:
    found = []
    for (_, embedded), mark in zip(filled, marks, strict=True):
        context = ValidationContext(
            trust_roots=[root], allow_fetching=False, moment=mark.at, revocation_mode="soft-fail"
        )
        found.append(
            await async_validate_pdf_signature(
                embedded, signer_validation_context=context, diff_policy=SIGNATURES_ONLY
            )
        )
    return found


def _status_fault(status: PdfSignatureStatus) -> str:
    if not status.intact:
        return "it was made for other content"
    if not status.valid:
        return "it was not made with the key of its certificate"
    return ""
