"""What a packet or a filing print says, as plain frozen values that the app builds from cases.

Every text here is literal: it is never read as markup. Dates stand as `date`, instants as
timezone-aware `datetime`; the composer writes both out in the packet's zone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from candor.policy.terms import Severity


class Paper(StrEnum):
    """Paper sizes on offer."""

    LETTER = "letter"
    A4 = "a4"


class PacketKind(StrEnum):
    """The committee's packet, or the supplement with the signers' own exceptions."""

    PACKET = "packet"
    SUPPLEMENT = "supplement"


class ItemKind(StrEnum):
    """What an agenda item asks of the committee; shown as word and shape."""

    DECISION = "Decision"
    DISCUSSION = "Discussion"
    CONSENT = "Consent"
    INFORMATION = "Information"


class Part(StrEnum):
    """Parts of the document that an agenda item may point to."""

    NONE = ""
    SUMMARY = "summary"
    INDEPENDENCE = "independence"
    EXCEPTIONS = "exceptions"
    CHANGED = "changed"
    SIGNATURES = "signatures"
    ANNEXES = "annexes"


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
class AgendaItem:
    """One item; its number is its place in the tuple. ``part`` gives the page by itself."""

    title: str
    kind: ItemKind
    second_line: str = ""
    part: Part = Part.NONE
    leaves: tuple[str, ...] = ()
    """Who leaves the room for it, in short: ("M. Thistlewood",)."""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A large figure of the summary with the words under it: ("14 of 15", "signed")."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Something the committee must know is missing: who, what, since when, what follows."""

    who: str
    what: str
    due: date | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The one-page summary; tables of votes and of exceptions are made from the rest."""

    deck: str
    figures: tuple[Figure, ...] = ()
    """At most four."""
    outstanding: tuple[Outstanding, ...] = ()
    notes: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class SignerLine:
    """One who signs, in the order of signing; the first certifies, the last locks the file."""

    person: str
    """The person's id, as the evidence manifest names it."""
    name: str
    office: str
    """The office's key ("secretary", "clo", "ac_chair"); part of the field's name."""
    title: str
    """The office in words."""
    meaning: str
    """The statement that the signature makes, in the first person."""
    acting_note: str = ""
    certificate: str = ""
    """Fingerprint of the certificate expected, shortened; "" where unknown."""

    @property
    def where(self) -> str:
        """How a problem names this place."""
        return f"signer {self.name}"


@dataclass(frozen=True, slots=True)
class PacketContent:
    """Everything that a packet prints. Equal contents give equal bytes."""

    company: str
    committee: str
    title: str
    """Under the committee's name on the cover: "Annual questionnaires"."""
    kind: PacketKind
    meeting_on: date
    as_of: datetime
    zone: str
    """IANA name of the zone in which instants are written, e.g. "America/New_York"."""
    rule_set_date: date
    version: int
    code_version: str
    summary: Summary
    signers: tuple[SignerLine, ...]
    agenda: tuple[AgendaItem, ...] = ()
    people: tuple[PersonReport, ...] = ()
    independence: tuple[IndependenceRow, ...] = ()
    independence_question: str = ""
    """The question put to the committee, ending in "?"; "" prints no question box."""
    independence_note: str = ""
    changes: tuple[PersonChanges, ...] = ()
    annexes: tuple[Annex, ...] = ()
    chair: str = ""
    members: tuple[str, ...] = ()
    secretary: str = ""
    meeting_time: str = ""
    meeting_place: str = ""
    copy_note: str = "Record copy"
    """Right in the running head: "Copy 2 of 8", "Record copy"."""
    recipient: str = ""
    withheld: str = "Nothing is withheld from this copy"
    replaces: str = "replaces nothing"
    confidential: str = "Confidential"
    confidential_note: str = ""
    """The box on the cover; it must never discourage speaking to an authority."""
    notes: tuple[str, ...] = ()
    """Printed on the signature page, e.g. where the signers' own exceptions stand."""
    paper: Paper = Paper.LETTER
    specimen: bool = False
    """Only for the demo company: the foot then says that everything is invented."""
    fingerprint: str = ""
    """Hex digest of the contents; "" lets the composer take the digest of this value."""
    root_fingerprint: str = ""
    """The company root's fingerprint in the groups that people compare."""
    print_codes: bool = False
    """Print a character without a glyph as its code, [U+4E2D], instead of refusing."""
    language: str = "en-US"


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A row of the evidence sheet: "Claimed time" / "... by the signer's own clock"."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class FilingContent:
    """The signer's own print of exactly what was signed."""

    company: str
    title: str
    signer: str
    capacity: str
    meaning: str
    """The statement signed, in the first person."""
    as_of: datetime
    """The signing instant as claimed; the print's "As of"."""
    zone: str
    rule_set_date: date
    annex: Annex
    evidence: tuple[EvidenceLine, ...] = ()
    """Times and their source, consent version, language, event and body digests, device."""
    digests: tuple[EvidenceLine, ...] = ()
    """Full digests, printed in groups."""
    steps: tuple[str, ...] = ()
    """How to check it, in order."""
    root_fingerprint: str = ""
    paper: Paper = Paper.LETTER
    specimen: bool = False
    print_codes: bool = False
    language: str = "en-US"
    confidential: str = "Confidential"
    carve_out: str = ""
    """The statement that nothing here limits speaking with an authority."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """An empty signature field of revision 0.

    ``page`` counts from 0; ``rect`` is (left, bottom, right, top) in points from the page's
    lower left corner. The field marked ``last`` carries /Lock (all fields, no changes after).
    """

    name: str
    page: int
    rect: tuple[float, float, float, float]
    person: str
    office: str
    meaning: str
    last: bool
    title: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One outline entry: ``page`` counts from 0, ``top`` in points, ``level`` from 0."""

    title: str
    level: int
    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Composed:
    """Revision 0: its bytes, its number of pages, its empty signature fields, its outline."""

    pdf: bytes
    pages: int
    fields: tuple[FieldSpec, ...] = ()
    outline: tuple[Bookmark, ...] = ()
    notices: tuple[str, ...] = field(default=())
    """What the Secretary should know but need not mend: what was listed by number only."""


def named(*parts: str) -> str:
    """The non-empty parts joined by commas, for naming a place."""
    return ", ".join(p for p in parts if p)
