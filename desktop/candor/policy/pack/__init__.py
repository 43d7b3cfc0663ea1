"""A company's Code as typed tables, read once and checked whole."""

from candor.policy.pack.whole import (
    Audience,
    Clause,
    Committee,
    Company,
    Contact,
    ExceptionRoute,
    IndependenceTest,
    LineUp,
    OfficeRow,
    Pack,
    PackFaults,
    PackFile,
    Setting,
    SignedText,
    load_pack,
)

__all__ = [
    "Audience",
    "Clause",
    "Committee",
    "Company",
    "Contact",
    "ExceptionRoute",
    "IndependenceTest",
    "LineUp",
    "OfficeRow",
    "Pack",
    "PackFaults",
    "PackFile",
    "Setting",
    "SignedText",
    "load_pack",
]
