"""Whether a signer's certificate counts, counted when it signed, and still proves it today."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509

from candor.clock import as_utc
from candor.keys.x509 import issued_by
from candor.packet.dates import machine_time
from candor.packet.verify_file import Mark
from candor.packet.verify_witness import Witness, states_with
from candor.records.directory import Certificate, Directory


@dataclass(slots=True)
class Standing:
    """What was found about the signers. ``faults`` stop, ``doubts`` cannot be checked;
    ``offices`` are signers without the office that they signed in."""

    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)


def standing(
    pdf: bytes,
    marks: Sequence[Mark],
    directory: Directory,
    witnesses: Sequence[Witness],
    at: datetime,
) -> Standing:
    """Judge each signer's certificate and office at the time that it claims, and at ``at``."""
    found = Standing()
    enrolled = {
        hashlib.sha256(bytes.fromhex(c.x509)).hexdigest(): c for c in directory.certificates()
    }
    for mark in marks:
        certificate = enrolled.get(hashlib.sha256(mark.certificate).hexdigest())
        if fault := _fault(mark, certificate, directory):
            found.faults.append(f"{mark.expected.name}'s certificate {fault}")
        elif certificate is not None:
            _add_age(pdf, mark, certificate, witnesses, at, found)
        if not _held(mark, directory):
            found.offices.append(f"{mark.expected.name} was not {mark.expected.title} then")
    return found


def _fault(  # noqa: PLR0911 -- one line a rule
    mark: Mark, certificate: Certificate | None, directory: Directory
) -> str:
    if not mark.certificate:
        return "cannot be read"
    if certificate is None:
        return "does not stand in the company's directory"
    if certificate.person != mark.expected.person:
        return "is somebody else's"
    if fault := certificate_fault(mark.certificate, bytes.fromhex(directory.root.x509_root)):
        return fault
    parsed = x509.load_der_x509_certificate(mark.certificate)
    if mark.at < parsed.not_valid_before_utc:
        return "was not valid yet at the time of signing"
    if mark.at > parsed.not_valid_after_utc:
        return "had expired at the time of signing"
    if certificate.revoked is not None and mark.at >= as_utc(certificate.revoked.since):
        return "had been withdrawn at the time of signing"
    # under a signature that does not hold nobody has judged what the certificate may do
    return "" if mark.trusted or mark.fault else "is not one that may sign documents"


def certificate_fault(der: bytes, root: bytes) -> str:
    """Why a certificate is not one that a company issues to its signers; '' if it is."""
    if not issued_by(root, der):
        return "was not issued under the company's root"
    try:
        extensions = x509.load_der_x509_certificate(der).extensions
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        basic = extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, x509.ExtensionNotFound):
        return "does not say what it may be used for"
    if basic.ca or usage.key_cert_sign or usage.crl_sign:
        return "is one for issuing certificates"
    if not usage.digital_signature or not usage.content_commitment:
        return "is not one that may sign documents"
    return ""


def _add_age(
    pdf: bytes,
    mark: Mark,
    certificate: Certificate,
    witnesses: Sequence[Witness],
    at: datetime,
    found: Standing,
) -> None:
    """An expiry or withdrawal since is no matter where somebody saw the signature before."""
    parsed = x509.load_der_x509_certificate(mark.certificate)
    name, ends = mark.expected.name, parsed.not_valid_after_utc
    found.notes.append(
        f"{name}: certificate {mark.expected.certificate[:16]}, valid from "
        f"{machine_time(parsed.not_valid_before_utc, at.tzinfo)} to "
        f"{machine_time(ends, at.tzinfo)}."
    )
    limits = {"expired": ends} if at > ends else {}
    if certificate.revoked is not None:
        limits["been withdrawn"] = as_utc(certificate.revoked.since)
    if not limits:
        return
    states, before = states_with(pdf, mark), min(limits.values())
    seen = next((w for w in witnesses if w.at < before and w.saw(mark, states)), None)
    if seen is None:
        what = " and ".join(limits)
        found.doubts.append(f"{name}'s certificate has {what} since, and nobody saw it before")
        return
    by = f" (event {seen.event[:16]})" if seen.event else ""
    told = machine_time(seen.at, at.tzinfo)
    found.notes.append(f"{seen.name} saw {name}'s signature by {told}{by}.")


def _held(mark: Mark, directory: Directory) -> bool:
    """Whether the signer held the office on the day of signing, by either clock's calendar."""
    days = {mark.at.date().isoformat(), as_utc(mark.at.isoformat()).date().isoformat()}
    person, office = mark.expected.person, mark.expected.office
    return any(person in directory.holders(office, day) for day in days)
