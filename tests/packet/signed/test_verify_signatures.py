"""Signatures by others, in other places, of another make."""

from __future__ import annotations

import io
from typing import Any

import pytest
from asn1crypto import cms, core
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from candor.keys import p256, x509


def raw_signed(pdf: bytes, field: str, key: bytes, certificate: bytes, root: bytes) -> bytes:
    """A signature made past all of our own checks."""
    registry: Any = SimpleCertificateStore()
    registry.register(asn1_x509.Certificate.load(root))
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=registry,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name="Ben Birk",
        reason="I have read this packet.",
    )
    out: io.BytesIO = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, signer)
    return out.getvalue()


@pytest.mark.parametrize("signed", [1, 2])
def test_added_signature_by_a_stranger_is_refused(
    make_company: Any, states: list[bytes], check: Any, signed: int, refused: Any
) -> None:
    """Sound in itself, under its own root, in a field of its own."""
    stranger = make_company()
    stranger.set_up()
    key, certificate = stranger.people["ben"].p256_key, stranger.certificates["ben"]
    root = stranger.authority.certificate
    found = check(raw_signed(states[signed], "extra", key, certificate, root))
    assert refused(found)
    assert refused(found, "Who signed")
    assert "Ben Birk" in found.lines[1].statement


def test_signature_by_a_colleague_in_anothers_place_is_refused(
    company: Any, states: list[bytes], check: Any, refused: Any
) -> None:
    """A certificate of the same company, but not the one that the manifest names."""
    key, certificate = company.people["dan"].p256_key, company.certificates["dan"]
    root = company.authority.certificate
    found = check(raw_signed(states[2], "sign_3_ac_chair", key, certificate, root))
    assert refused(found, "Who signed")
    assert "Dan Dahl" in found.lines[1].evidence
    assert not found.complete


def test_signature_in_the_wrong_order_is_refused(
    company: Any, states: list[bytes], check: Any, refused: Any
) -> None:
    """The last place filled while another is still empty."""
    key, certificate = company.people["ben"].p256_key, company.certificates["ben"]
    root = company.authority.certificate
    found = check(raw_signed(states[1], "sign_3_ac_chair", key, certificate, root))
    assert refused(found)


def test_signature_that_two_fields_share_is_refused(
    states: list[bytes], check: Any, refused: Any, appended: Any
) -> None:
    """One act must not count twice."""

    def share(writer: IncrementalPdfFileWriter) -> None:
        places = writer.root["/AcroForm"]["/Fields"]
        first, second = places[0], places[1]
        second[pdf_name("/V")] = first.raw_get("/V")
        writer.update_container(second)

    found = check(appended(states[1], share))
    assert refused(found)
    assert "Two signature fields share one signature" in found.lines[0].detail


def contents_of(pdf: bytes) -> tuple[int, int, cms.ContentInfo]:
    """Where the last signature's hex string lies, and what it says."""
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    return start, end, cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))


def with_contents(pdf: bytes, made: cms.ContentInfo) -> bytes:
    """The file with another CMS object in the place of the last one."""
    start, end, _ = contents_of(pdf)
    filled = made.dump(force=True).hex().upper().encode().ljust(end - start, b"0")
    assert len(filled) == end - start
    return pdf[:start] + filled + pdf[end:]


def test_signature_without_message_digest_is_refused(
    company: Any, complete: bytes, check: Any, refused: Any
) -> None:
    """Signed directly over the digest of the content: valid CMS, but not ours."""
    start, end, made = contents_of(complete)
    info = made["content"]["signer_infos"][0]
    content = complete[: start - 1] + complete[end + 1 :]
    bare = cms.SignerInfo(
        {name: info[name] for name in ("version", "sid", "digest_algorithm", "signature_algorithm")}
    )
    bare["signature"] = p256.sign(company.people["ben"].p256_key, content)
    made["content"]["signer_infos"] = [bare]
    found = check(with_contents(complete, made))
    assert refused(found, "Who signed")


def test_anything_added_beside_a_signature_is_refused(
    complete: bytes, check: Any, refused: Any
) -> None:
    """An unsigned attribute changes no digest."""
    _, _, made = contents_of(complete)
    nonce = cms.CMSAttribute({"type": "1.2.3.4", "values": [core.OctetString(b"x")]})
    made["content"]["signer_infos"][0]["unsigned_attrs"] = [nonce]
    assert refused(check(with_contents(complete, made)), "Who signed")


def test_certificate_added_beside_a_signature_is_refused(
    make_company: Any, complete: bytes, check: Any, refused: Any
) -> None:
    """Nor does a spare certificate."""
    _, _, made = contents_of(complete)
    spare = asn1_x509.Certificate.load(make_company().authority.certificate)
    made["content"]["certificates"] = [*made["content"]["certificates"], spare]
    assert refused(check(with_contents(complete, made)), "Who signed")


def test_other_certificate_for_the_same_key_is_refused(
    company: Any, complete: bytes, check: Any, signing: Any, refused: Any
) -> None:
    """The signature names the certificate that it was made with."""
    _, _, made = contents_of(complete)
    spki = p256.public_spki(company.people["ben"].p256_key)
    again = x509.issue(
        company.authority, "Ben Birk", "ben", spki, signing, signing.replace(year=2029)
    )
    kept = [c for c in made["content"]["certificates"] if c.chosen.ca]
    made["content"]["certificates"] = [asn1_x509.Certificate.load(again), *kept]
    assert refused(check(with_contents(complete, made)), "Who signed")
