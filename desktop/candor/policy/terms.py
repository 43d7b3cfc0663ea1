"""The field's words as closed sets: who files, what is flagged, what is decided."""

from __future__ import annotations

from enum import StrEnum


class FilerClass(StrEnum):
    """Who files; with several, the strictest routes (Code I paragraph 1, code-map A1)."""

    DIRECTOR = "director"
    NOMINEE = "nominee"
    EXECUTIVE_OFFICER = "executive_officer"
    EMPLOYEE = "employee"


PRECEDENCE = (
    FilerClass.DIRECTOR,
    FilerClass.EXECUTIVE_OFFICER,
    FilerClass.EMPLOYEE,
    FilerClass.NOMINEE,
)
"""The strictest first. A nominee is last: the Code binds nobody by that, so an executive officer
who stands for the Board stays one (domain reference 4.1, A30)."""


class Severity(StrEnum):
    """How soon a flag needs somebody: high the same business day, medium before Board
    determinations, low for drafting, open where a question could not be answered."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    OPEN = "open"


class FlagKind(StrEnum):
    """What a flag is about (domain reference, section 2)."""

    RPT = "RPT"
    IND = "IND"
    ACI = "ACI"
    COI = "COI"
    LEGAL = "LEGAL"
    S16 = "S16"
    OWN = "OWN"
    LOAN = "LOAN"
    AUD = "AUD"
    ILK = "ILK"
    CLAY = "CLAY"
    FINRA = "FINRA"
    HCP = "HCP"
    GOV = "GOV"
    SANC = "SANC"
    OVR = "OVR"
    CLAW = "CLAW"
    TRD = "TRD"
    CTRL = "CTRL"
    DISC = "DISC"
    INC = "INC"


class DecisionKind(StrEnum):
    """What a decider may record; approval is never waiver (Code III; Form 8-K Item 5.05)."""

    NO_CONFLICT = "no_conflict_found"
    PERCEIVED = "perceived_conflict"
    ACTUAL = "actual_conflict"
    APPROVAL = "approval"
    APPROVAL_WITH_CONDITIONS = "approval_with_conditions"
    DISAPPROVAL = "disapproval"
    RATIFICATION = "ratification"
    WAIVER_GRANTED = "waiver_granted"
    WAIVER_DENIED = "waiver_denied"
    REFERRED = "referred"
    NOTED = "noted"


class Office(StrEnum):
    """Offices the program itself must know; a code pack gives them titles and may add more."""

    SECRETARY = "secretary"
    CLO = "clo"
    CFO = "cfo"
    CEO = "ceo"
    CCO = "cco"
    CONTROLLER = "controller"
    AC_CHAIR = "ac_chair"
    AC_MEMBER = "ac_member"
    CC_MEMBER = "cc_member"
    LEAD_DIRECTOR = "lead_director"
