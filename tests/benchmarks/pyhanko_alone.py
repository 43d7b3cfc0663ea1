"""Signing and verifying a packet, against the library called straight on the same file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

from asn1crypto import keys, x509
from measuring import Measured, beside
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from candor.app.session import Session
from candor.packet import sign, verify
from candor.packet.content import FieldSpec
from candor.packet.evidence import expected_signers
from candor.packet.parsing import evidence_inside, opened
from candor.packet.signer import PdfSigner
from candor.packet.trust import Trust


def run(session: Session, unsigned: bytes, complete: bytes, at: datetime) -> Iterator[Measured]:
    """The first signature on one file, the verdict on another that three have signed."""
    signer, field = _signer(session), _field(unsigned)
    alone, candor = beside(
        lambda: _sign(unsigned, field.name, signer),
        lambda: sign.certify(unsigned, field, signer, at),
    )
    yield Measured(
        "signing, times pyHanko alone", candor / alone, "x", 1.3, note=_both(alone, candor)
    )
    trust = Trust(root=session.trust)
    assert verify.verify(complete, trust, at).exit_code == 0
    alone, candor = beside(
        lambda: _verify(complete, signer.root), lambda: verify.verify(complete, trust, at)
    )
    yield Measured(
        "verifying, times pyHanko alone", candor / alone, "x", 1.3, note=_both(alone, candor)
    )


def _both(alone: float, candor: float) -> str:
    return f"pyHanko {alone * 1000:.0f} ms, Candor {candor * 1000:.0f} ms"


def _signer(session: Session) -> PdfSigner:
    certificate = session.directory.certificate(session.identity.key_id)
    assert certificate is not None
    return PdfSigner(
        person=session.person_id,
        name=session.me.name,
        title=session.title,
        key=session.identity.p256_key,
        certificate=bytes.fromhex(certificate.x509),
        root=bytes.fromhex(session.root.x509_root),
    )


def _field(unsigned: bytes) -> FieldSpec:
    first = expected_signers(evidence_inside(opened(unsigned)))[0]
    return FieldSpec(
        name=first.field,
        page=0,
        rect=(0, 0, 0, 0),
        person=first.person,
        office=first.office,
        meaning=first.meaning,
        last=False,
        title=first.title,
        signer=first.name,
    )


def _sign(unsigned: bytes, field: str, signer: PdfSigner) -> None:
    registry = SimpleCertificateStore()
    registry.register(x509.Certificate.load(signer.root))
    signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(unsigned)),
        signers.PdfSignatureMetadata(
            field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True
        ),
        signers.SimpleSigner(
            signing_cert=x509.Certificate.load(signer.certificate),
            signing_key=keys.PrivateKeyInfo.load(signer.key),
            cert_registry=registry,
        ),
        existing_fields_only=True,
        output=io.BytesIO(),
    )


def _verify(complete: bytes, root: bytes) -> None:
    for embedded in PdfFileReader(io.BytesIO(complete)).embedded_signatures:
        context = ValidationContext(
            trust_roots=[x509.Certificate.load(root)],
            allow_fetching=False,
            moment=embedded.self_reported_timestamp,
            revocation_mode="soft-fail",
        )
        assert validate_pdf_signature(embedded, context).intact
