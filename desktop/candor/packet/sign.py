"""PAdES signatures in the places that revision 0 made for them.

The first signer certifies (only filling in the remaining signature fields is allowed after it),
the others approve one after another, the last one locks the file. The time is the signer's own
clock and is called that: this is PAdES B-B, without a trusted time.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.content import AppearanceContent
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from candor.errors import CandorError
from candor.keys import p256
from candor.keys.weak import WeakKey
from candor.keys.x509 import certified_key, issued_by
from candor.packet import appearance, evidence
from candor.packet.appearance import Signed
from candor.packet.content import FieldSpec
from candor.packet.evidence import Evidence, EvidenceRefused
from candor.packet.parsing import FAULTS, NotAPacket, evidence_inside, opened

__all__ = ["NotAPacket", "PdfSigner", "SigningRefused", "approve", "certify"]


class SigningRefused(CandorError):
    """A signature that may not be made; nothing was signed."""


@dataclass(frozen=True, slots=True)
class PdfSigner:
    """Who signs, with what: ``key`` PKCS#8 DER (P-256), ``certificate`` and ``root`` DER.

    ``crls``: the company's revocation lists (DER), carried in the signature.
    """

    person: str
    name: str
    title: str
    key: bytes
    certificate: bytes
    root: bytes
    crls: tuple[bytes, ...] = ()


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
        proof = evidence.read(evidence_inside(reader))
        places = [(name, value is not None) for name, value, _ in enumerate_sig_fields(reader)]
    except (EvidenceRefused, *FAULTS):
        raise NotAPacket from None
    _check_place(proof, places, field, signer, certifies=certifies)
    return _write(pdf, field, signer, at, certifies=certifies)


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


def _check_place(
    proof: Evidence,
    places: list[tuple[str, bool]],
    field: FieldSpec,
    signer: PdfSigner,
    *,
    certifies: bool,
) -> None:
    """Refuse any field but the next one, and anybody but its signer."""
    expected = [s.field for s in proof.signers]
    if [name for name, _ in places] != expected or field.name not in expected:
        raise NotAPacket
    number = expected.index(field.name)
    filled = [is_filled for _, is_filled in places]
    if filled[number]:
        raise SigningRefused(
            "This place is signed already.", hint="Import the newest version of the file."
        )
    if any(filled[number + 1 :]):
        raise NotAPacket("The signatures in this file are out of order.")
    if not all(filled[:number]):
        waiting = proof.signers[filled.index(False)]
        raise SigningRefused(
            f"{waiting.name} signs before you, and has not signed this file yet.",
            hint="Import the file that brings that signature, then sign.",
        )
    if certifies != (number == 0):
        raise SigningRefused(
            "The first signature certifies a packet and the others approve it.",
            hint="Open the packet in Candor and sign in the place that is yours.",
        )
    _check_person(proof, number, signer)


def _check_person(proof: Evidence, number: int, signer: PdfSigner) -> None:
    expected = proof.signers[number]
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


def _write(
    pdf: bytes, field: FieldSpec, signer: PdfSigner, at: datetime, *, certifies: bool
) -> bytes:
    made = _AtSigner(
        signers.PdfSignatureMetadata(
            field_name=field.name,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=certifies,
            docmdp_permissions=MDPPerm.FILL_FORMS if certifies else None,
            name=signer.name,
            reason=field.meaning,
        ),
        _cms_signer(signer),
        stamp_style=_Style(
            signed=Signed(
                name=signer.name,
                title=field.title or signer.title,
                meaning=field.meaning,
                at=at,
                certificate=_short(signer.certificate),
            )
        ),
    )
    made.at = at
    out = io.BytesIO()
    made.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True, output=out)
    return out.getvalue()


def _short(certificate: bytes) -> str:
    digest = hashlib.sha256(certificate).hexdigest()
    return f"{digest[:4]} {digest[4:8]}"


def _cms_signer(signer: PdfSigner) -> signers.SimpleSigner:
    registry = SimpleCertificateStore()
    registry.register(asn1_x509.Certificate.load(signer.root))
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(signer.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(signer.key),
        cert_registry=registry,
    )


class _AtSigner(signers.PdfSigner):
    """Signs at a given time: pyHanko itself would read the machine's clock."""

    at: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> Any:
        """The session, moved to the given time."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


@dataclass(frozen=True)
class _Style(BaseStampStyle):
    """pyHanko's hook for drawing into a signature field."""

    signed: Signed | None = None

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> Any:
        """The visible signature as an appearance stream."""
        assert self.signed is not None
        return _Appearance(writer, box, self.signed)


class _Appearance(AppearanceContent):
    def __init__(self, writer: BasePdfFileWriter, box: BoxConstraints, signed: Signed) -> None:
        super().__init__(writer, box)
        self._signed = signed

    def register(self) -> IndirectObject:
        page = appearance.drawn(self._signed, float(self.box.width), float(self.box.height))
        made: IndirectObject = self._ensure_writer.import_page_as_xobject(
            PdfFileReader(io.BytesIO(page))
        )
        return made
