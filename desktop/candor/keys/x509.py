"""X.509: the company's own P-256 root, the certificates it issues, its revocation lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from candor.keys import p256

_ROOT_LIFE = timedelta(days=365 * 30)
_NAME_LIMIT = 64
"""ub-common-name and ub-organization-name of RFC 5280, appendix A, kept in UTF-8 bytes."""


@dataclass(frozen=True)
class RootAuthority:
    """The company's certification authority: ``key`` PKCS#8 DER, ``certificate`` DER."""

    key: bytes
    certificate: bytes


def _fitting(text: str) -> str:
    """``text`` on one line and short enough for a name in a certificate, never empty."""
    line = re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()
    return line.encode("utf-8", "replace")[:_NAME_LIMIT].decode("utf-8", "ignore") or "-"


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a UTC offset")
    return instant.astimezone(UTC).replace(microsecond=0)


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def new_root(company: str, not_before: datetime) -> RootAuthority:
    """A fresh self-signed root for a company, valid for thirty years, signing leaves only."""
    key_der = p256.new_p256()
    key = p256.load_private(key_der)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fitting(company)),
            x509.NameAttribute(NameOID.COMMON_NAME, _fitting(f"{_fitting(company)[:50]} root")),
        ]
    )
    start = _utc(not_before)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _ROOT_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(ca=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return RootAuthority(key_der, certificate.public_bytes(Encoding.DER))


def _issuer_id(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    known = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known)


def issue(
    authority: RootAuthority,
    subject_name: str,
    subject_id: str,
    public_key_spki: bytes,
    not_before: datetime,
    not_after: datetime,
) -> bytes:
    """A certificate (DER) for signing documents: digital signature and non-repudiation only.

    ``subject_id`` is the person's id in the directory and becomes the serialNumber attribute.
    Raises WeakKey for a public key that is not on P-256.
    """
    root = x509.load_der_x509_certificate(authority.certificate)
    public = p256.load_public(public_key_spki)
    subject = x509.Name(
        [
            *root.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME),
            x509.NameAttribute(NameOID.COMMON_NAME, _fitting(subject_name)),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, _fitting(subject_id)),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(root.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_utc(not_before))
        .not_valid_after(_utc(not_after))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(ca=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(_issuer_id(root), critical=False)
        .sign(p256.load_private(authority.key), hashes.SHA256())
    )
    return certificate.public_bytes(Encoding.DER)


def crl(
    authority: RootAuthority,
    revoked: Iterable[tuple[int, datetime]],
    this_update: datetime,
    next_update: datetime,
) -> bytes:
    """A revocation list (DER): serial numbers with the instants they were revoked.

    Its number is the instant of issue, so that a later list always has a higher one.
    """
    root = x509.load_der_x509_certificate(authority.certificate)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(_utc(this_update))
        .next_update(_utc(next_update))
        .add_extension(x509.CRLNumber(int(_utc(this_update).timestamp())), critical=False)
        .add_extension(_issuer_id(root), critical=False)
    )
    for serial, when in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(_utc(when))
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(p256.load_private(authority.key), hashes.SHA256()).public_bytes(
        Encoding.DER
    )


def serial_number(certificate_der: bytes) -> int:
    """The serial number of a certificate."""
    return x509.load_der_x509_certificate(certificate_der).serial_number


def certified_key(certificate_der: bytes) -> bytes:
    """The SubjectPublicKeyInfo DER inside a certificate."""
    public = x509.load_der_x509_certificate(certificate_der).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def issued_by(root_der: bytes, certificate_der: bytes) -> bool:
    """Whether the root's key signed this certificate, and its names and key say so."""
    try:
        root = x509.load_der_x509_certificate(root_der)
        certificate = x509.load_der_x509_certificate(certificate_der)
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
