"""A pack as it stands in its files, and the look-ups that the program asks of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from candor.policy.conditions import CONDITIONS
from candor.policy.conformity import Names
from candor.policy.facts import Matter, PersonMark
from candor.policy.pack.faults import PackFaults
from candor.policy.pack.rows import (
    CASE_OFFICES,
    Audience,
    Cap,
    Clause,
    Committee,
    Company,
    Contact,
    IndependenceTest,
    LineUp,
    OfficeRow,
    Retention,
    Row,
    Setting,
    SignedText,
    Vocabulary,
)
from candor.policy.pack.rules import By, Chain, DutyRow, FlagRow, Prohibition, Route
from candor.policy.terms import FilerClass


class PackFile(Row, frozen=True):
    """The pack as it stands in its files. ``cast``: the people whom the rules' examples name."""

    company: Company
    office: tuple[OfficeRow, ...]
    committee: tuple[Committee, ...]
    audience: tuple[Audience, ...]
    chain: tuple[Chain, ...]
    route: tuple[Route, ...]
    prohibition: tuple[Prohibition, ...]
    packet_lineup: tuple[LineUp, ...]
    independence_test: tuple[IndependenceTest, ...]
    settings: dict[str, Setting]
    text: tuple[SignedText, ...]
    clause: tuple[Clause, ...]
    flag: tuple[FlagRow, ...] = ()
    duty: tuple[DutyRow, ...] = ()
    retention: tuple[Retention, ...] = ()
    list: tuple[Vocabulary, ...] = ()
    caps: tuple[Cap, ...] = ()
    contact: tuple[Contact, ...] = ()
    cast: tuple[dict[str, Any], ...] = ()


class Pack:
    """A code pack with its look-ups; ``digest`` is the SHA-256 (hex) of the exact bytes."""

    def __init__(self, file: PackFile, digest: str) -> None:
        self.file = file
        self.digest = digest
        self.company = file.company
        self.independence_tests = file.independence_test
        self.clauses = file.clause
        self.contacts = file.contact
        self.routes = file.route
        self.prohibitions = file.prohibition
        self._offices = {row.id: row for row in file.office}
        self._committees = {row.id: row for row in file.committee}
        self._audiences = {row.id: row for row in file.audience}
        self._texts = {row.id: row for row in file.text}
        self._chains = {row.id: row for row in file.chain}
        self._lists = {row.id: frozenset(row.values) for row in file.list}
        self._clauses = {row.number: row for row in file.clause}
        self._values = {name: row.value for name, row in file.settings.items()}
        self.known = known_names(msgspec.to_builtins(file))

    def office_title(self, office: str) -> str:
        """The office's title on paper; the id itself for an office the pack does not know."""
        if office in self._offices:
            return self._offices[office].title
        return CASE_OFFICES.get(office, office)

    @property
    def offices(self) -> tuple[str, ...]:
        """Every office id, in the pack's order."""
        return tuple(self._offices)

    @property
    def chains(self) -> Mapping[str, Chain]:
        """Every chain by its id."""
        return self._chains

    @property
    def committees(self) -> Mapping[str, Committee]:
        """Every body by its id."""
        return self._committees

    def implied(self, role: str, differing: Mapping[str, object] | None = None) -> frozenset[str]:
        """The classes and marks that come with an office; none for any other role.

        ``differing``: settings that have another value in the case.
        """
        row = self._offices.get(role)
        values: dict[str, object] = {**self._values, **(differing or {})}
        if row is None:
            return frozenset()
        off = row.implies_when and values.get(row.implies_when) is not True
        return frozenset(row.implies_otherwise if off else row.implies)

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
        return dict(self._values)

    def committee(self, name: str) -> Committee:
        """The body of that id. Raises PackFaults."""
        try:
            return self._committees[name]
        except KeyError:
            raise PackFaults(
                f"The code pack has no committee “{name}”.", hint="Check its id."
            ) from None

    def chain(self, name: str) -> Chain:
        """The chain of that id. Raises PackFaults."""
        try:
            return self._chains[name]
        except KeyError:
            raise PackFaults(
                f"The code pack has no chain “{name}”.", hint="Check its id."
            ) from None

    def clause(self, number: str) -> Clause:
        """The clause of that number. Raises PackFaults."""
        try:
            return self._clauses[number]
        except KeyError:
            raise PackFaults(
                f"The code pack has no clause “{number}”.", hint="Check its number."
            ) from None

    def listed(self, name: str, value: str) -> bool:
        """Whether a list of the pack holds the value; a list that is not there holds nothing."""
        return value in self._lists.get(name, frozenset())

    def exception_chain(self) -> tuple[str, ...]:
        """The offices that decide exceptions of the questionnaire, in order."""
        return tuple(step.office for step in self.exceptions.step if step.office)

    @property
    def exceptions(self) -> Chain:
        """The chain that decides exceptions of the questionnaire. Raises PackFaults."""
        for row in self.routes:
            covers = not row.matters or Matter.QUESTIONNAIRE in row.matters
            if covers and row.by is By.CHAIN:
                return self.chain(row.who[0])
        raise PackFaults(
            "The code pack has no chain for exceptions of the questionnaire.",
            hint="Ask the Chief Legal Officer to complete the routing table.",
        )

    def line_up(self, packet: str) -> tuple[LineUp, ...]:
        """The signers of a packet kind ("packet" or "supplement"), in order."""
        return tuple(row for row in self.file.packet_lineup if row.packet == packet)


def known_names(raw: Mapping[str, Any]) -> Mapping[Names, Collection[str]]:
    """What rows and facts may name, from the tables as they were decoded."""
    offices = _ids(raw, "office")
    marks = {*map(str, FilerClass), *map(str, PersonMark)}
    settings = raw.get("settings")
    return {
        Names.OFFICE: offices | set(CASE_OFFICES),
        Names.ROLE: offices | marks,
        Names.COMMITTEE: _ids(raw, "committee"),
        Names.CLAUSE: _ids(raw, "clause", "number"),
        Names.PROHIBITION: _ids(raw, "prohibition"),
        Names.CHAIN: _ids(raw, "chain"),
        Names.LIST: _ids(raw, "list"),
        Names.SETTING: set(settings) if isinstance(settings, dict) else set(),
        Names.PREDICATE: set(CONDITIONS),
    }


def _ids(raw: Mapping[str, Any], table: str, key: str = "id") -> set[str]:
    rows = raw.get(table)
    if not isinstance(rows, list | tuple):
        return set()
    return {row[key] for row in rows if isinstance(row, dict) and isinstance(row.get(key), str)}
