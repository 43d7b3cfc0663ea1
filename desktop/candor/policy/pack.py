"""A company's Code as typed tables: offices, audiences, routes, settings, texts.

The shape of the file is described at the head of resources/codes/immunogen/pack.toml.
"""

from __future__ import annotations

import hashlib
import tomllib
from typing import Any

import msgspec

from candor.errors import CandorError

Texts = dict[str, str]


class PackFaults(CandorError):
    """A code pack cannot be read; the sentence names the place."""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every table of a pack is closed: an unknown key is a fault, never ignored."""


class Edition(_Row, frozen=True):
    """Which pack this is; ``rule_set`` is the ISO date printed on every page."""

    id: str
    version: int
    rule_set: str
    title: Texts


class Company(_Row, frozen=True):
    """The company; ``fiscal_year_end`` is "MM-DD"; the hotline is shown, never called."""

    name: str
    short_name: str
    state: str
    exchange: str
    fiscal_year_end: str
    time_zone: str
    hotline_url: str
    hotline_phone: str


class OfficeRow(_Row, frozen=True):
    """An office; ``several``: more than one person may hold it."""

    id: str
    title: Texts
    several: bool = False


class Committee(_Row, frozen=True):
    """A committee of the Board, its chair's office and its members' offices."""

    id: str
    name: Texts
    chair: str
    members: tuple[str, ...]
    least_members: int


class Audience(_Row, frozen=True):
    """Which offices may open a body; ``alternates`` serve where the filer holds the office,
    or where it is vacant."""

    id: str
    title: Texts
    offices: tuple[str, ...]
    alternates: tuple[str, ...]
    reason: Texts
    clause: str


class RouteFacts(_Row, frozen=True):
    """Offices that the filer holds, and offices that are absent or vacant."""

    subject: tuple[str, ...]
    absent: tuple[str, ...]


class ExceptionRoute(_Row, frozen=True):
    """Decides where the filer holds every office in ``subject`` and every one in ``absent``
    is absent; the first row from the top that fits decides."""

    id: str
    subject: tuple[str, ...]
    absent: tuple[str, ...]
    decides: str
    clause: str
    reason: Texts
    holds: RouteFacts
    holds_not: RouteFacts


class LineUp(_Row, frozen=True):
    """One signer of a packet; ``act`` is "certify" or "approve"; ``text`` names the meaning."""

    packet: str
    order: int
    office: str
    act: str
    text: str
    acting_as: Texts


class IndependenceTest(_Row, frozen=True):
    """One bright-line test, the questions and the flag kinds that decide it."""

    code: str
    title: Texts
    questions: tuple[str, ...]
    kinds: tuple[str, ...]
    source: str


class Setting(_Row, frozen=True):
    """A value in a rule with its date and source; money in minor units."""

    value: int | str | bool
    effective: str
    source: str
    checked_by: str
    checked_on: str
    unit: str = ""


class SignedText(_Row, frozen=True):
    """A text that people sign or are shown, with its version."""

    id: str
    version: int
    text: Texts


class Clause(_Row, frozen=True):
    """A clause of the Code in our own words."""

    number: str
    title: Texts
    text: Texts


class PackFile(_Row, frozen=True):
    """The pack as it stands in the file."""

    pack: Edition
    company: Company
    office: tuple[OfficeRow, ...]
    committee: tuple[Committee, ...]
    audience: tuple[Audience, ...]
    exception_route: tuple[ExceptionRoute, ...]
    packet_lineup: tuple[LineUp, ...]
    settings: dict[str, Setting]
    text: tuple[SignedText, ...]
    clause: tuple[Clause, ...]
    independence_test: tuple[IndependenceTest, ...]


class Pack:
    """A code pack with its look-ups; ``digest`` is the SHA-256 (hex) of the exact bytes."""

    def __init__(self, file: PackFile, digest: str, language: str = "en") -> None:
        self.file = file
        self.digest = digest
        self.language = language
        self.company = file.company
        self.edition = file.pack
        self.exception_routes = file.exception_route
        self.independence_tests = file.independence_test
        self._offices = {row.id: row for row in file.office}
        self._audiences = {row.id: row for row in file.audience}
        self._texts = {row.id: row for row in file.text}

    def words(self, texts: Texts) -> str:
        """The text in the pack's language, else in English."""
        return texts.get(self.language) or texts.get("en", "")

    def office_title(self, office: str) -> str:
        """The office's title on paper; the id itself for an office the pack does not know."""
        row = self._offices.get(office)
        return self.words(row.title) if row else office

    @property
    def offices(self) -> tuple[str, ...]:
        """Every office id, in the pack's order."""
        return tuple(self._offices)

    def audience(self, name: str) -> Audience:
        """The audience of that name. Raises PackFaults."""
        try:
            return self._audiences[name]
        except KeyError:
            raise PackFaults(
                f"The code pack names no audience “{name}”, so nobody may read those answers.",
                hint="Ask the Chief Legal Officer to complete the audience table.",
            ) from None

    def text(self, name: str) -> str:
        """The signed text of that name, in the pack's language. Raises PackFaults."""
        return self.words(self._text_row(name).text).strip()

    def text_version(self, name: str) -> str:
        """ "name/version" of a signed text, as records keep it. Raises PackFaults."""
        return f"{name}/{self._text_row(name).version}"

    def _text_row(self, name: str) -> SignedText:
        try:
            return self._texts[name]
        except KeyError:
            raise PackFaults(
                f"The code pack has no text “{name}”.", hint="Ask for a complete code pack."
            ) from None

    def setting_values(self) -> dict[str, int | str | bool]:
        """Every setting's value by name."""
        return {name: row.value for name, row in self.file.settings.items()}

    def committee(self, name: str) -> Committee:
        """The committee of that id. Raises PackFaults."""
        for row in self.file.committee:
            if row.id == name:
                return row
        raise PackFaults(f"The code pack has no committee “{name}”.", hint="Check its id.")

    def line_up(self, packet: str) -> tuple[LineUp, ...]:
        """The signers of a packet kind ("packet" or "supplement"), in order."""
        rows = (row for row in self.file.packet_lineup if row.packet == packet)
        return tuple(sorted(rows, key=lambda row: row.order))


def load_pack(data: bytes) -> Pack:
    """Read a code pack. Raises PackFaults with the place of the first fault."""
    try:
        raw: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
        file = msgspec.convert(raw, PackFile)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as fault:
        raise PackFaults(
            f"The code pack cannot be read: {fault}.",
            hint="Nothing was adopted. Ask its author to mend that place.",
        ) from fault
    return Pack(file, hashlib.sha256(data).hexdigest())
