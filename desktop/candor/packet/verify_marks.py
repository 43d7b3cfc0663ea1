"""One signature held against what Candor's own signing writes, byte for byte where it can be.

A CMS signature leaves parts of itself unsigned (spare certificates, unsigned attributes, the
zeros that fill its place), and a hex string has two spellings. All of that must be exactly as
we write it, so that no byte of a file can be changed without its being seen.
"""

from __future__ import annotations

import binascii
import hashlib
from typing import Any

from asn1crypto import cms
from pyhanko.sign.validation import EmbeddedPdfSignature

from candor.packet.evidence import ExpectedSigner

SUBFILTER = "/ETSI.CAdES.detached"


def mark_fault(
    pdf: bytes, embedded: EmbeddedPdfSignature, expected: ExpectedSigner, *, certifies: bool
) -> str:
    """Why a signature is not one that Candor makes in that place; '' if it is."""
    return (
        _dictionary_fault(embedded.sig_object, expected)
        or _reference_fault(embedded, certifies=certifies)
        or _range_fault(pdf, embedded)
        or _attribute_fault(embedded)
        or _certificate_fault(embedded, expected)
        or _form_fault(embedded)
    )


def _dictionary_fault(sig: Any, expected: ExpectedSigner) -> str:
    if sig.get("/Type") != "/Sig" or sig.get("/SubFilter") != SUBFILTER:
        return "it is not of the kind that it must be"
    if str(sig.get("/Name", "")) != expected.name:
        return "it gives another name"
    if str(sig.get("/Reason", "")) != expected.meaning:
        return "it gives another meaning"
    return ""


def _reference_fault(embedded: EmbeddedPdfSignature, *, certifies: bool) -> str:
    """The first certifies (DocMDP 2); a field's own lock is carried out (FieldMDP All, 1)."""
    references = embedded.sig_object.get("/Reference", [])
    methods = [str(r["/TransformMethod"]) for r in references]
    lock = embedded.sig_field.get("/Lock")
    wanted = (["/DocMDP"] if certifies else []) + (["/FieldMDP"] if lock is not None else [])
    if methods != wanted:
        return "it does not restrict later changes as it must"
    for reference in references:
        params = reference["/TransformParams"]
        if reference["/TransformMethod"] == "/DocMDP" and params["/P"] not in (1, 2):
            return "it does not restrict later changes as it must"
        locks_all = params.get("/Action") == "/All" and params.get("/P") == 1
        if reference["/TransformMethod"] == "/FieldMDP" and not locks_all:
            return "it does not lock the file as it must"
    if certifies:
        perms = embedded.reader.root["/Perms"]
        value = embedded.sig_field.raw_get("/V").reference
        if set(perms) != {"/DocMDP"} or perms.raw_get("/DocMDP").reference != value:
            return "it does not certify the file"
    return ""


def _range_fault(pdf: bytes, embedded: EmbeddedPdfSignature) -> str:
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


def _certificate_fault(embedded: EmbeddedPdfSignature, expected: ExpectedSigner) -> str:
    digest = hashlib.sha256(embedded.signer_cert.dump()).hexdigest()
    return "" if digest == expected.certificate else "it was made with another certificate"


def _form_fault(embedded: EmbeddedPdfSignature) -> str:
    """Written again from its signed parts, it must be the very same bytes."""
    data, info = embedded.signed_data, embedded.signer_info
    signer = embedded.signer_cert
    certificates = [c for c in data["certificates"] if c.chosen.dump() != signer.dump()]
    if len(certificates) > 1:
        return "it carries more certificates than it needs"
    again = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v1",
                    "digest_algorithms": data["digest_algorithms"],
                    "encap_content_info": {"content_type": "data"},
                    "certificates": data["certificates"],
                    "signer_infos": [info],
                }
            ),
        }
    )
    whole: bytes = embedded.pkcs7_content
    made = again.dump(force=True)
    return "" if whole[: len(made)] == made else "something was added to it"
