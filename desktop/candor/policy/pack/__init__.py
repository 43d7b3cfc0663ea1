"""A company's Code as typed tables, read once and checked whole."""

from candor.policy.pack.faults import FILE_MARK, PackFault, PackFaults
from candor.policy.pack.loading import load_pack
from candor.policy.pack.rows import (
    Audience,
    Clause,
    Committee,
    Company,
    Contact,
    IndependenceTest,
    LineUp,
    OfficeRow,
    Setting,
    SignedText,
)
from candor.policy.pack.whole import Pack, PackFile

__all__ = [
    "FILE_MARK",
    "Audience",
    "Clause",
    "Committee",
    "Company",
    "Contact",
    "IndependenceTest",
    "LineUp",
    "OfficeRow",
    "Pack",
    "PackFault",
    "PackFaults",
    "PackFile",
    "Setting",
    "SignedText",
    "load_pack",
]
