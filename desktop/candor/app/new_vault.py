"""What somebody may choose before a vault is open: people's classes, offices, where it lies."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import platformdirs

from candor.app import company
from candor.policy.pack import Pack, load_pack
from candor.policy.terms import FilerClass

CLASSES: tuple[tuple[str, str], ...] = (
    (FilerClass.DIRECTOR.value, "Director"),
    (FilerClass.NOMINEE.value, "Nominee"),
    (FilerClass.EXECUTIVE_OFFICER.value, "Executive officer"),
    (FilerClass.EMPLOYEE.value, "Employee"),
)
"""Filer classes with the words for them."""


def class_words(classes: tuple[str, ...]) -> str:
    """ "Director, Executive officer"."""
    return ", ".join(word for key, word in CLASSES if key in classes)


def pack_of(pack_id: str) -> Pack:
    """A code pack that ships with this version. Raises CandorError."""
    return load_pack(company.pack_bytes(pack_id))


def offices(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Every office of a pack with its title."""
    return tuple((office, pack.office_title(office)) for office in pack.offices)


def suggested_folder(person: str) -> Path:
    """A folder that is not there yet, in the place where this system keeps a person's data."""
    plain = unicodedata.normalize("NFKD", person).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:40] or "vault"
    base = Path(platformdirs.user_data_dir("candor", appauthor=False)) / "vaults"
    folder, number = base / name, 2
    while folder.exists():
        folder, number = base / f"{name}-{number}", number + 1
    return folder
