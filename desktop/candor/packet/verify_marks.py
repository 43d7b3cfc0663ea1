"""One signature held against what Candor's own signing writes, byte for byte where it can be.

A CMS signature leaves parts of itself unsigned (spare certificates, unsigned attributes, the
zeros that fill its place), and a hex string has two spellings. All of that must be exactly as
we write it, so that no byte of a file can be changed without its being seen.
"""

from __future__ import annotations

import binascii
import hashlib
from typing import Any

from pyhanko.sign.validation import EmbeddedPdfSignature

from candor.packet.evidence import ExpectedSigner
from candor.packet.parsing import asn1_x509, cms

SUBFILTER = "/ETSI.CAdES.detached"
DIGEST_DIFFERS = "the file was changed after it was made"


def mark_fault(
    pdf: bytes,
    embedded: EmbeddedPdfSignature,
    expected: ExpectedSigner,
    root: bytes,
    *,
    first: bool,
) -> str:
    """Why a signature is not one that Candor makes in that place; '' if it is.

    ``root``: the company's X.509 root, which travels beside the signer's certificate.
    """
    return (
        _certificate_fault(embedded, expected)
        or _dictionary_fault(embedded.sig_object, expected)
        or _restriction_fault(embedded, first=first)
        or range_fault(pdf, embedded)
        or _digest_fault(embedded)
        or _attribute_fault(embedded)
        or _form_fault(embedded, root)
    )


def _certificate_fault(embedded: EmbeddedPdfSignature, expected: ExpectedSigner) -> str:
    signer = embedded.signer_cert
    if hashlib.sha256(signer.dump()).hexdigest() == expected.certificate:
        return ""
    name = str(signer.subject.native.get("common_name", ""))[:80]
    return f"it was made with another certificate, which names {name or 'nobody'}"


def _dictionary_fault(sig: Any, expected: ExpectedSigner) -> str:
    if sig.get("/Type") != "/Sig" or sig.get("/SubFilter") != SUBFILTER:
        return "it is not of the kind that it must be"
    if str(sig.get("/Name", "")) != expected.name:
        return "it gives another name"
    if str(sig.get("/Reason", "")) != expected.meaning:
        return "it gives another meaning"
    return ""


def _restriction_fault(embedded: EmbeddedPdfSignature, *, first: bool) -> str:
    """The first certifies (DocMDP 2, or 1 where its field locks the file at once); a field's
    lock is carried out (FieldMDP All, 1)."""
    references = {str(r["/TransformMethod"]): r for r in embedded.sig_object.get("/Reference", [])}
    locks = "/Lock" in embedded.sig_field
    wanted = {"/DocMDP"} if first else set()
    if set(references) != (wanted | {"/FieldMDP"} if locks else wanted):
        return "it does not restrict later changes as it must"
    if locks:
        params = references["/FieldMDP"]["/TransformParams"]
        if params.get("/Action") != "/All" or params.get("/P") != 1:
            return "it does not lock the file as it must"
    if first:
        if references["/DocMDP"]["/TransformParams"]["/P"] != (1 if locks else 2):
            return "it does not restrict later changes as it must"
        return _certification_fault(embedded)
    return ""


def _certification_fault(embedded: EmbeddedPdfSignature) -> str:
    root: Any = embedded.reader.root
    value = embedded.sig_field.raw_get("/V").reference
    if set(root["/Perms"]) != {"/DocMDP"} or root["/Perms"].raw_get("/DocMDP").reference != value:
        return "it does not certify the file"
    return "" if root["/AcroForm"]["/SigFlags"] == 3 else "it does not mark the file as signed"


def range_fault(pdf: bytes, embedded: EmbeddedPdfSignature) -> str:
    """The two ranges leave out its own hex string and nothing else, from the first byte on."""
    numbers = [int(n) for n in embedded.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
        return "it does not cover the whole file"
    first, second, length = numbers[1:]
    if second + length > len(pdf) or pdf[first:second] != _spelled(embedded):
        return "it does not cover the whole file"
    return ""


def _spelled(embedded: EmbeddedPdfSignature) -> bytes:
    """Its hex string as we write it: the DER, then zeros."""
    whole: bytes = embedded.pkcs7_content
    size = len(cms.ContentInfo.load(whole).dump())
    filled = whole[:size] + bytes(len(whole) - size)
    return b"<" + binascii.hexlify(filled).upper() + b">"


def _digest_fault(embedded: EmbeddedPdfSignature) -> str:
    """pyHanko checks this too; here first, because comparing revisions takes far longer."""
    claimed = [
        attribute["values"][0].native
        for attribute in embedded.signer_info["signed_attrs"]
        if attribute["type"].native == "message_digest"
    ]
    same = claimed == [embedded.compute_digest()]
    return "" if same else DIGEST_DIFFERS


def _attribute_fault(embedded: EmbeddedPdfSignature) -> str:
    info = embedded.signer_info
    kinds = [attribute["type"].native for attribute in info["signed_attrs"]]
    for kind in ("content_type", "message_digest", "signing_certificate_v2"):
        if kinds.count(kind) != 1:
            return "it does not name what it signs"
    if info["unsigned_attrs"].native:
        return "something was added to it"
    if embedded.md_algorithm != "sha256":
        return "it uses another digest than it must"
    return ""


def _form_fault(embedded: EmbeddedPdfSignature, root: bytes) -> str:
    """Written again from what is signed, it must be the very same bytes."""
    signer, info = embedded.signer_cert, embedded.signer_info
    again = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": signer.issuer, "serial_number": signer.serial_number}
                    )
                }
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": info["signed_attrs"],
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": info["signature"],
        }
    )
    made = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v1",
                    "digest_algorithms": [{"algorithm": "sha256"}],
                    "encap_content_info": {"content_type": "data"},
                    "certificates": [signer, asn1_x509.Certificate.load(root)],
                    "signer_infos": [again],
                }
            ),
        }
    ).dump()
    whole: bytes = embedded.pkcs7_content
    return "" if whole[: len(made)] == made else "something was added to it"
