"""PAdES signatures in the places that revision 0 made for them.

The first signer certifies (only filling in the remaining signature fields is allowed after it),
the others approve one after another, the last one locks the file. The time is the signer's own
clock and is called that: this is PAdES B-B, without a trusted time.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AppearanceContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from candor.errors import CandorError
from candor.keys import p256
from candor.keys.weak import WeakKey
from candor.keys.x509 import certified_key, issued_by
from candor.packet import appearance, evidence
from candor.packet.appearance import Signed
from candor.packet.content import FieldSpec
from candor.packet.evidence import EvidenceRefused, ExpectedSigner
from candor.packet.parsing import (
    FAULTS,
    NotAPacket,
    asn1_crl,
    asn1_keys,
    asn1_x509,
    evidence_inside,
    opened,
)
from candor.packet.signer import PdfSigner

__all__ = ["NotAPacket", "PdfSigner", "SigningRefused", "approve", "certify"]

CLOCKS_APART = timedelta(minutes=10)
"""How far the clocks of two machines may differ before their times contradict each other."""
_SIGNED_PART = 1024
"""Bytes that a signature takes beside its certificates: about 500, and the issuer's name."""


class SigningRefused(CandorError):
    """A signature that may not be made; nothing was signed."""


def certify(pdf: bytes, field: FieldSpec, signer: PdfSigner, at: datetime) -> bytes:
    """The file with the first signature, which certifies it (DocMDP 2).

    ``at`` is the signing time that the signer claims. Raises SigningRefused, NotAPacket.
    """
    return _signed(pdf, field, signer, at, certifies=True)


def approve(pdf: bytes, field: FieldSpec, signer: PdfSigner, at: datetime) -> bytes:
    """The file with one more signature; the last one locks it, as its field's lock says.

    ``at`` is the signing time that the signer claims. Raises SigningRefused, NotAPacket.
    """
    return _signed(pdf, field, signer, at, certifies=False)


def _signed(
    pdf: bytes, field: FieldSpec, signer: PdfSigner, at: datetime, *, certifies: bool
) -> bytes:
    if at.tzinfo is None:
        raise ValueError("an instant needs a UTC offset")
    _check_certificate(signer, at)
    try:
        reader = opened(pdf)
        line_up = evidence.expected_signers(evidence_inside(reader))
        places = _places(reader)
    except EvidenceRefused:
        raise NotAPacket from None
    except FAULTS:
        raise NotAPacket from None
    expected = _expected(line_up, places, field, certifies=certifies)
    _check_asked(expected, field, signer)
    _check_time(places, at)
    return _write(reader, expected, signer, at, certifies=certifies)


@dataclass(frozen=True, slots=True)
class _Place:
    """A signature field of the file: filled or not, and the time that its signature claims."""

    name: str
    filled: bool
    claimed: datetime | None


def _places(reader: PdfFileReader) -> list[_Place]:
    found = []
    for name, value, _ in enumerate_sig_fields(reader):
        claimed = None
        if value is not None:
            claimed = generic.parse_pdf_date(value.get_object()["/M"])
        found.append(_Place(name, value is not None, claimed))
    return found


def _check_certificate(signer: PdfSigner, at: datetime) -> None:
    """Refuse keys and certificates whose signature would not stand."""
    hint = "Ask the Secretary for a certificate for this vault."
    try:
        certificate = x509.load_der_x509_certificate(signer.certificate)
        matches = p256.public_spki(signer.key) == certified_key(signer.certificate)
    except (ValueError, TypeError, WeakKey):
        raise SigningRefused("Your key or certificate cannot be read.", hint=hint) from None
    if not matches:
        raise SigningRefused("Your key does not belong to your certificate.", hint=hint)
    if not issued_by(signer.root, signer.certificate):
        raise SigningRefused("Your certificate was not issued by this company.", hint=hint)
    if at < certificate.not_valid_before_utc:
        raise SigningRefused(
            "Your certificate is not valid yet by this computer's clock.",
            hint="Set the clock right, then sign again.",
        )
    if at > certificate.not_valid_after_utc:
        raise SigningRefused("Your certificate has expired.", hint=hint)


def _expected(
    line_up: tuple[ExpectedSigner, ...],
    places: list[_Place],
    field: FieldSpec,
    *,
    certifies: bool,
) -> ExpectedSigner:
    """The signer whose turn it is, by the manifest; refuses any field but the next one."""
    names = [s.field for s in line_up]
    if [place.name for place in places] != names or field.name not in names:
        raise NotAPacket
    number = names.index(field.name)
    filled = [place.filled for place in places]
    if filled[number]:
        raise SigningRefused(
            "This place is signed already.", hint="Import the newest version of the file."
        )
    if any(filled[number + 1 :]):
        raise NotAPacket("The signatures in this file are out of order.")
    if not all(filled[:number]):
        waiting = line_up[filled.index(False)]
        raise SigningRefused(
            f"{waiting.name} signs before you, and has not signed this file yet.",
            hint="Import the file that brings that signature, then sign.",
        )
    if certifies != (number == 0):
        raise SigningRefused(
            "The first signature certifies a packet and the others approve it.",
            hint="Open the packet in Candor and sign in the place that is yours.",
        )
    return line_up[number]


def _check_asked(expected: ExpectedSigner, field: FieldSpec, signer: PdfSigner) -> None:
    """Refuse a signature by, or meaning, anything else than the file itself says."""
    if expected.person != signer.person:
        raise SigningRefused(
            f"This place is for {expected.name}, not for you.",
            hint="Tell the Secretary if it should be yours.",
        )
    if expected.certificate != hashlib.sha256(signer.certificate).hexdigest():
        raise SigningRefused(
            "Your certificate changed after this packet was compiled.",
            hint="Ask the Secretary to compile it again.",
        )
    if (expected.meaning, expected.office) != (field.meaning, field.office):
        raise SigningRefused(
            "This file gives your signature another meaning or office than you were shown.",
            hint="Do not sign it. Tell the Secretary.",
        )


def _check_time(places: list[_Place], at: datetime) -> None:
    """Refuse a time before the signatures that this one follows: it could never stand."""
    claimed = [p.claimed for p in places if p.claimed is not None and p.claimed.tzinfo is not None]
    if claimed and at < max(claimed) - CLOCKS_APART:
        raise SigningRefused(
            "This computer's clock stands before the signature that yours would follow.",
            hint="Set the clock right, then sign again.",
        )


def _write(
    reader: PdfFileReader,
    expected: ExpectedSigner,
    signer: PdfSigner,
    at: datetime,
    *,
    certifies: bool,
) -> bytes:
    made = _AtSigner(
        signers.PdfSignatureMetadata(
            field_name=expected.field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=certifies,
            name=expected.name,
            reason=expected.meaning,
        ),
        _cms_signer(signer),
        stamp_style=_Style(signed=_shown(expected, at)),
    )
    made.at, made.crls = at, signer.crls
    out = io.BytesIO()
    made.sign_pdf(
        _Writer.from_reader(reader),
        existing_fields_only=True,
        # hex digits for both certificates and what is signed; pyHanko would sign twice to know
        bytes_reserved=2 * (len(signer.certificate) + len(signer.root) + _SIGNED_PART),
        output=out,
    )
    return out.getvalue()


def _shown(expected: ExpectedSigner, at: datetime) -> Signed:
    return Signed(
        name=expected.name,
        title=expected.title,
        meaning=expected.meaning,
        at=at,
        certificate=f"{expected.certificate[:4]} {expected.certificate[4:8]}",
    )


def _cms_signer(signer: PdfSigner) -> signers.SimpleSigner:
    registry: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register(asn1_x509.Certificate.load(signer.root))
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(signer.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(signer.key),
        cert_registry=registry,
    )


class _Writer(IncrementalPdfFileWriter):
    """Appends to a file and leaves what the file says of itself as it was compiled."""

    def _update_meta(self) -> None:
        """pyHanko would write the machine's clock and its own name into every revision."""


class _AtSigner(signers.PdfSigner):
    """Signs at a given time: pyHanko itself would read the machine's clock."""

    at: datetime
    crls: tuple[bytes, ...] = ()

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> Any:
        """The session, moved to the given time, with the revocation lists in the file."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        if self.crls:
            lists = [asn1_crl.CertificateList.load(der) for der in self.crls]
            DocumentSecurityStore.supply_dss_in_writer(pdf_out, None, crls=lists)
        return session


@dataclass(frozen=True)
class _Style(BaseStampStyle):
    """pyHanko's hook for drawing into a signature field."""

    signed: Signed | None = None

    def create_stamp(
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,
        text_params: dict[str, Any],  # noqa: ARG002 -- pyHanko's signature
    ) -> Any:
        """The visible signature as an appearance stream."""
        return _Appearance(writer, box, self.signed) if self.signed else None


class _Appearance(AppearanceContent):
    """A page drawn by ourselves in the place of pyHanko's stamp."""

    def __init__(self, writer: BasePdfFileWriter, box: BoxConstraints, signed: Signed) -> None:
        super().__init__(writer, box)
        self._signed = signed

    def register(self) -> generic.IndirectObject:
        """The page as a form XObject of the file."""
        page = appearance.drawn(self._signed, float(self.box.width), float(self.box.height))
        made: generic.IndirectObject = self._ensure_writer.import_page_as_xobject(
            PdfFileReader(io.BytesIO(page))
        )
        return made
