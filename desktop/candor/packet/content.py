"""What a packet or a filing print says, as plain frozen values that the app builds from cases.

Every text here is literal: it is never read as markup. Dates stand as `date`, instants as
timezone-aware `datetime`; the composer writes both out in the packet's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from candor.packet.composed import (
    Bookmark,
    Composed,
    FieldSpec,
)
from candor.packet.content_annex import (
    Annex,
    AnnexPart,
    Column,
    Option,
    PrintedQuestion,
    Rows,
)
from candor.packet.content_people import (
    TESTS,
    Cell,
    Changed,
    Condition,
    Determination,
    ExceptionItem,
    IndependenceRow,
    PersonChanges,
    PersonReport,
    State,
    Unable,
)

__all__ = [
    "TESTS",
    "AgendaItem",
    "Annex",
    "AnnexPart",
    "Bookmark",
    "Cell",
    "Changed",
    "Column",
    "Composed",
    "Condition",
    "Determination",
    "EvidenceLine",
    "ExceptionItem",
    "FieldSpec",
    "Figure",
    "FilingContent",
    "IndependenceRow",
    "ItemKind",
    "Option",
    "Outstanding",
    "PacketContent",
    "PacketKind",
    "Paper",
    "Part",
    "PersonChanges",
    "PersonReport",
    "PrintedQuestion",
    "Rows",
    "SignerLine",
    "State",
    "Summary",
    "Unable",
]


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
    unsigned: bool = False
    """A preview of what would be signed: it says so, and has no evidence sheet."""
    print_codes: bool = False
    language: str = "en-US"
    confidential: str = "Confidential"
    carve_out: str = ""
    """The statement that nothing here limits speaking with an authority."""
