"""What a packet says of each person: exceptions, independence, what changed since last year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from candor.packet.content_annex import named
from candor.policy.terms import Severity


class Cell(StrEnum):
    """One test of one person in the independence matrix; there is no word for "passed"."""

    NO = "no"
    OPEN = "open"
    MET = "MET"
    NOT_ASKED = "–"


class State(StrEnum):
    """Where an exception stands."""

    OPEN = "open"
    REFERRED = "referred"
    DETERMINED = "determined"
    ELSEWHERE = "elsewhere"
    """It stands in the supplement (or another document); ``stands_with`` says where."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a determination."""

    text: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Determination:
    """What was decided, by whom, in which office, when and why."""

    decision: str
    """The kind in words: "Approval with conditions"; approval is never waiver."""
    reason: str
    by: str
    office: str
    on: datetime
    acting_note: str = ""
    """"Acting in the absence of ...", or why the office came to this person."""
    conditions: tuple[Condition, ...] = ()
    material_departure: str = ""
    """"No: ..." or "Yes: ...", in the decider's words; empty where not asked."""
    void: str = ""
    """Why it does not count, in one sentence; empty where it counts."""
    event: str = ""
    """Short form of the signed event's id."""


@dataclass(frozen=True, slots=True)
class ExceptionItem:
    """One flagged or unanswered question of one person."""

    question: str
    severity: Severity
    what: str
    """What was flagged, in words, and no more than is certain."""
    rule: str
    """The rule and Code clause: "Item 404(a); Nasdaq 5630; Code III"."""
    state: State
    answer: str = ""
    """The answer in short: "Yes: Pelham was paid $210,000.00 in 2026"."""
    stands_with: str = ""
    """Who acts and by when, while undetermined."""
    determinations: tuple[Determination, ...] = ()

    @property
    def where(self) -> str:
        """How a problem names this place."""
        return f"question {self.question}"


@dataclass(frozen=True, slots=True)
class PersonReport:
    """One person's exceptions."""

    key: str
    """Stable key (the person's id); links and the annex are found by it."""
    name: str
    role: str
    case_number: str = ""
    exceptions: tuple[ExceptionItem, ...] = ()
    note: str = ""

    @property
    def where(self) -> str:
        """How a problem names this place."""
        return named(self.case_number, self.name)


TESTS = ("A", "B", "C", "D", "E", "F", "10A-3")
"""The columns of the independence matrix: Nasdaq 5605(a)(2)(A) to (F) and Rule 10A-3."""


@dataclass(frozen=True, slots=True)
class IndependenceRow:
    """One person against the seven tests, in the order of `TESTS`.

    The last column is made from the cells: "No bar found", "Answer open" or "Bar: D".
    """

    name: str
    role: str
    cells: tuple[Cell, ...]
    key: str = ""

    @property
    def where(self) -> str:
        """How a problem names this place."""
        return f"{self.name}, independence"

    @property
    def finding(self) -> str:
        """What these answers show; never that somebody is independent: only the Board finds so."""
        met = [t for t, c in zip(TESTS, self.cells, strict=True) if c is Cell.MET]
        if met:
            return "Bar: " + ", ".join(met)
        return "Answer open" if Cell.OPEN in self.cells else "No bar found"


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer that differs from last year's."""

    question: str
    label: str
    last_year: str
    this_year: str
    weight: Severity | None = None
    """The severity of the flag it raises; None is printed "Note"."""

    @property
    def where(self) -> str:
        """How a problem names this place."""
        return f"question {self.question}"


@dataclass(frozen=True, slots=True)
class Unable:
    """A question that could not be answered, with the filer's reason."""

    question: str
    label: str
    reason: str

    @property
    def where(self) -> str:
        """How a problem names this place."""
        return f"question {self.question}"


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """What changed since last year, for one person: one printed page."""

    key: str
    name: str
    role: str
    case_number: str
    asked: int
    still_correct: int
    changed: tuple[Changed, ...] = ()
    new: int = 0
    """Answers to questions that were not asked (or not answered) last year."""
    unable: tuple[Unable, ...] = ()
    deck: str = ""
    how_we_know: str = ""

    @property
    def where(self) -> str:
        """How a problem names this place."""
        return named(self.case_number, self.name)
