"""Opening PDF files that anybody may have made.

The libraries that parse PDF and CMS raise far more than their own errors on damaged files:
whatever their parsers are known to raise is listed here once, and nothing else is caught.
"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from typing import Any

import pikepdf
from asn1crypto import cms, crl, keys, x509  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.general import SigningError, UnacceptableSignerError
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko_certvalidator.errors import PathError, ValidationError

from candor.errors import CandorError
from candor.packet.finish import EVIDENCE

__all__ = [
    "FAULTS",
    "NotAPacket",
    "asn1_crl",
    "asn1_keys",
    "asn1_x509",
    "cms",
    "evidence_inside",
    "opened",
]

# asn1crypto has no types; named here once, it needs one exemption.
asn1_crl, asn1_keys, asn1_x509 = crl, keys, x509

FAULTS: tuple[type[Exception], ...] = (
    pikepdf.PdfError,
    misc.PdfError,
    SigningError,
    UnacceptableSignerError,
    SuspiciousModification,
    ValidationInfoReadingError,
    ValidationError,
    PathError,
    InvalidSignature,
    UnsupportedAlgorithm,
    zlib.error,
    struct.error,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    EOFError,
)
"""What pikepdf, pyHanko, asn1crypto and cryptography raise on damaged or malicious input."""

# Their warnings quote object numbers and names from the file; what matters becomes a verdict.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class NotAPacket(CandorError):
    """The file is not a packet that Candor compiled; nothing was signed."""

    def __init__(self, message: str = "This file is not a packet that Candor compiled.") -> None:
        super().__init__(message, hint="Use the file as the Secretary sent it.")


def opened(pdf: bytes) -> PdfFileReader:
    """A strict reader. Raises one of `FAULTS`."""
    return PdfFileReader(io.BytesIO(pdf), strict=True)


def evidence_inside(reader: PdfFileReader, revision: int | None = None) -> bytes:
    """The bytes of evidence.json, from one revision (from 0) or the newest.

    Raises NotAPacket where there is no such file or a second one, and `FAULTS`.
    """
    root: Any = reader.root
    if revision is not None:
        root = reader.get_historical_resolver(revision).root
    files = root["/Names"]["/EmbeddedFiles"]
    names = files["/Names"]
    if len(names) != 2 or "/Kids" in files or str(names[0]) != EVIDENCE:
        raise NotAPacket
    held = names[1]["/EF"]["/F"]
    if not isinstance(held, generic.StreamObject):
        raise NotAPacket
    data: bytes = held.data
    return data
