"""A questionnaire as it is printed: every question as it was asked and answered."""

from __future__ import annotations

from dataclasses import dataclass

from candor.policy.terms import Severity


def named(*parts: str) -> str:
    """The non-empty parts joined by commas, for naming a place."""
    return ", ".join(p for p in parts if p)


@dataclass(frozen=True, slots=True)
class Option:
    """One printed choice; exactly the chosen ones are filled."""

    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table; numbers and money stand right."""

    label: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A printed table; every cell is text, "none" or "–" where nothing stands."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    single: bool = False
    """Exactly one row ever: a question in several parts, printed part by part."""


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """One question as it was asked and answered."""

    number: str
    wording: str
    kind: str = ""
    """The question kind's key; nothing is printed from it."""
    options: tuple[Option, ...] = ()
    """Ready for printing, "Unable to answer" included; a lone ("Answered", True) for texts."""
    value: str = ""
    """A typed value in words (text, amount with currency, date, person); "" if none."""
    table: Rows | None = None
    explanation: str = ""
    unable: str = ""
    comment: str = ""
    dispute: str = ""
    source: str = ""
    """Source of knowledge: "asked", "could not ask"; "" where not needed."""
    period: str = ""
    severity: Severity | None = None
    flags: str = ""
    """The flag in words, printed beside the severity; may be empty."""
    change: str = ""
    """"last year: No; changed", "last year: No; still correct", "not asked last year"."""
    cites: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """How a problem names this place."""
        return f"question {self.number}"


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """One part of a form with its questions in order."""

    number: str
    title: str
    questions: tuple[PrintedQuestion, ...]
    intro: str = ""
    """Deck under the title: period, audience."""


@dataclass(frozen=True, slots=True)
class Annex:
    """A questionnaire as signed, in full for this document's audience."""

    key: str
    name: str
    role: str
    case_number: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """Label and text under the title: signed, received, form and version, meaning, event."""
    parts: tuple[AnnexPart, ...]
    note: str = ""

    @property
    def where(self) -> str:
        """How a problem names this place."""
        return named(self.case_number, self.name)
