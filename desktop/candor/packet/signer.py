"""Who signs a PDF, with which keys; apart from `sign`, so that naming it loads no PDF library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfSigner:
    """Who signs, with what: ``key`` PKCS#8 DER (P-256), ``certificate`` and ``root`` DER.

    ``crls``: the company's revocation lists (DER), carried in the file (its DSS) for readers
    that look for them; Candor itself goes by the directory.
    """

    person: str
    name: str
    title: str
    key: bytes
    certificate: bytes
    root: bytes
    crls: tuple[bytes, ...] = ()
