"""A company's Code as a typed table: offices, audiences, routes, settings, texts."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from typing import Any

import msgspec

from candor.errors import CandorError


class PackFaults(CandorError):
    """A code pack cannot be read; the sentence names the place."""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every table of a pack is closed: an unknown key is a fault, never ignored."""


class Company(_Row, frozen=True, forbid_unknown_fields=True):
    """The company as the pack knows it; ``fiscal_year_end`` is "MM-DD"."""

    name: str
    short_name: str
    state: str
    exchange: str
    fiscal_year_end: str
    time_zone: str
    rule_set_date: str
    code_version: str


class OfficeRow(_Row, frozen=True, forbid_unknown_fields=True):
    """An office with its title on paper."""

    id: str
    title: str


class Committee(_Row, frozen=True, forbid_unknown_fields=True):
    """A committee of the Board, its chair's office and its members' office."""

    id: str
    title: str
    chair: str
    member: str


class Audience(_Row, frozen=True, forbid_unknown_fields=True):
    """Which offices may read a body; ``alternates`` serve where the filer holds them all."""

    id: str
    offices: tuple[str, ...]
    alternates: tuple[str, ...] = ()
    reason: str = ""


class ExceptionRoute(_Row, frozen=True, forbid_unknown_fields=True):
    """``decider`` decides after the offices in ``after`` were passed over."""

    decider: str
    after: tuple[str, ...]
    reason: str
    clause: str


class LineUp(_Row, frozen=True, forbid_unknown_fields=True):
    """Who signs a packet, in order. ``office`` may be "acting_chair"."""

    packet: str
    office: str
    meaning: str
    act: str


class IndependenceTest(_Row, frozen=True, forbid_unknown_fields=True):
    """One bright-line test, the questions and flag kinds that decide it."""

    code: str
    title: str
    questions: tuple[str, ...]
    kinds: tuple[str, ...]
    source: str


class Setting(_Row, frozen=True, forbid_unknown_fields=True):
    """A value in a rule, with its date and source."""

    value: int | str | bool
    effective: str
    source: str
    checked_by: str = ""
    checked_on: str = ""
    note: str = ""


class SignedText(_Row, frozen=True, forbid_unknown_fields=True):
    """A text that people sign or read before signing, with its version."""

    id: str
    version: str
    text: str


class Clause(_Row, frozen=True, forbid_unknown_fields=True):
    """A clause of the Code in our own words."""

    number: str
    title: str
    paraphrase: str


class Contact(_Row, frozen=True, forbid_unknown_fields=True):
    """A contact card: dated, because a number can be dead."""

    id: str
    title: str
    lines: tuple[str, ...]
    checked_on: str


class PackFile(_Row, frozen=True, forbid_unknown_fields=True):
    """The pack as it stands in the file."""

    company: Company
    office: tuple[OfficeRow, ...]
    committee: tuple[Committee, ...]
    audience: tuple[Audience, ...]
    exception_route: tuple[ExceptionRoute, ...]
    packet_lineup: tuple[LineUp, ...]
    independence_test: tuple[IndependenceTest, ...]
    settings: dict[str, Setting]
    text: tuple[SignedText, ...]
    clause: tuple[Clause, ...]
    contact: tuple[Contact, ...] = ()


class Pack:
    """A code pack with its look-ups; ``digest`` is the SHA-256 (hex) of the exact bytes."""

    def __init__(self, file: PackFile, digest: str) -> None:
        self.file = file
        self.digest = digest
        self.company = file.company
        self.exception_routes = file.exception_route
        self.independence_tests = file.independence_test
        self.clauses = file.clause
        self.contacts = file.contact
        self._offices = {row.id: row.title for row in file.office}
        self._audiences = {row.id: row for row in file.audience}
        self._texts = {row.id: row for row in file.text}

    def office_title(self, office: str) -> str:
        """The office's title on paper; the id itself for an office the pack does not know."""
        return self._offices.get(office, office)

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
        """The signed text of that name. Raises PackFaults."""
        return self._text_row(name).text.strip()

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

    def exception_chain(self) -> tuple[str, ...]:
        """The offices that decide exceptions, in order, without repeats."""
        rows = sorted(self.exception_routes, key=lambda row: len(row.after))
        return tuple(dict.fromkeys(row.decider for row in rows))

    def line_up(self, packet: str) -> tuple[LineUp, ...]:
        """The signers of a packet kind ("packet" or "supplement"), in order."""
        return tuple(row for row in self.file.packet_lineup if row.packet == packet)


@lru_cache(maxsize=8)
def load_pack(data: bytes) -> Pack:
    """Read a code pack. Raises PackFaults with the place of the first fault."""
    try:
        raw: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
        file = msgspec.convert(raw, PackFile, strict=False)
    except (ValueError, RecursionError, msgspec.ValidationError) as fault:
        # tomllib lets two faults through as they are: too deep, and a number of too many digits
        why = "it is nested too deeply" if isinstance(fault, RecursionError) else fault
        raise PackFaults(
            f"The code pack cannot be read: {why}.",
            hint="Nothing was adopted. Ask its author to mend that place.",
        ) from fault
    return Pack(file, hashlib.sha256(data).hexdigest())
