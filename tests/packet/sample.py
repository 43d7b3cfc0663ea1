"""A packet's worth of invented content."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from candor.packet.content import (
    AgendaItem,
    Cell,
    Changed,
    Condition,
    Determination,
    EvidenceLine,
    ExceptionItem,
    Figure,
    FilingContent,
    IndependenceRow,
    ItemKind,
    Outstanding,
    PacketContent,
    PacketKind,
    Part,
    PersonChanges,
    PersonReport,
    SignerLine,
    State,
    Summary,
    Unable,
)
from candor.policy.terms import Severity

from .sample_questionnaire import annex

SIGNED = datetime(2027, 1, 21, 15, 4, tzinfo=UTC)
DECIDED = datetime(2027, 2, 10, 16, 30, tzinfo=UTC)


def determination(decision: str, by: str, office: str) -> Determination:
    """A signed determination with a condition."""
    return Determination(
        decision,
        "The price was settled after the bids were opened; Finance manages the contract.",
        by,
        office,
        DECIDED,
        conditions=(
            Condition("The amount paid does not exceed $300,000.00", "CFO", date(2028, 2, 17)),
            Condition(
                "Management reports actual amounts at the end of each quarter.", "Controller"
            ),
        ),
        material_departure="No: permitted with approval under Code III.",
        event="4f1c82e0",
    )


CLO = ("Hester Quillfeather", "Chief Legal Officer")
NAMES = (
    ("p1", "Marian Thistlewood", "AC Chair", "DOQ-2027-0001"),
    ("p2", "Corwin Applegarth", "AC", "DOQ-2027-0002"),
    ("p3", "Delphine Marchbanks", "AC", "DOQ-2027-0003"),
    ("p4", "Lucan Ferreby", "director", "DOQ-2027-0004"),
    ("p5", "Ignatius Bellweather", "director", "DOQ-2027-0005"),
    ("p6", "Ξένια Καλογεροπούλου", "director", "DOQ-2027-0006"),
    ("p7", "Жанна Щедрина", "nominee", "DOQ-2027-0007"),
)


def reports() -> tuple[PersonReport, ...]:
    """Exceptions of three people: decided, open, referred, void."""
    decided = determination("Approval with conditions", *CLO)
    void = replace(decided, decision="Approval", void="its author did not hold the office then.")
    rule = "Item 404(a); Nasdaq 5630; Code III, family business"
    return (
        PersonReport(
            "p4",
            "Lucan Ferreby",
            "director",
            "DOQ-2027-0004",
            (
                ExceptionItem(
                    "6.01",
                    Severity.HIGH,
                    "his employer was paid over the limit",
                    rule,
                    State.DETERMINED,
                    "Yes: Pelham Analytics, Inc. was paid $210,000.00 in 2026.",
                    determinations=(void, decided),
                ),
                ExceptionItem(
                    "6.09",
                    Severity.OPEN,
                    "could not ask a relative",
                    "Item 407(a)(3)",
                    State.OPEN,
                    "Unable to answer: could not reach a son-in-law.",
                    "Secretary asks again by Tue 23 Feb 2027",
                ),
            ),
        ),
        PersonReport(
            "p5",
            "Ignatius Bellweather",
            "director",
            "DOQ-2027-0005",
            (
                ExceptionItem(
                    "2.04",
                    Severity.MEDIUM,
                    "a fifth public board",
                    "Overboarding policy",
                    State.REFERRED,
                    "Yes: Dunmore Instruments plc.",
                    "Chief Legal Officer, by Fri 5 Mar 2027",
                ),
                ExceptionItem(
                    "2.08",
                    Severity.LOW,
                    "physician; fees may be reportable",
                    "42 CFR 403.902",
                    State.DETERMINED,
                    determinations=(determination("Noted", *CLO),),
                ),
            ),
        ),
    )


def changes() -> tuple[PersonChanges, ...]:
    """One who changed seven answers, one who could not answer, five who changed nothing."""
    changed = (
        Changed(
            "2.01", "Occupation", "Consultant", "Chief Operating Officer, Pelham", Severity.MEDIUM
        ),
        Changed("2.02", "Public boards", "ImmunoGen and Dunmore", "ImmunoGen only"),
        Changed("3.01", "Household", "Spouse", "Spouse; daughter (22) moved back in Sep 2026"),
        Changed(
            "6.01", "Dealings with the Company", "No", "Yes: Pelham, $210,000.00", Severity.HIGH
        ),
        Changed("6.05", "Approved before it began", "Not asked", "Not approved", Severity.HIGH),
        Changed("13.02", "Gifts through the role", "None", "One: book, $45.00 (GFT-2026-0031)"),
    )
    unable = Unable(
        "3.04", "Does a relative work for the auditor?", "He could not reach a relative."
    )
    people = [PersonChanges(k, n, r, c, 89, 89) for k, n, r, c in NAMES]
    people[3] = replace(
        people[3],
        still_correct=81,
        changed=changed,
        unable=(unable,),
        deck="He joined Pelham Analytics, Inc. as an officer. Three answers follow from it.",
        how_we_know="Last year’s questionnaire was signed Tue 20 Jan 2026; this year’s Thu 21 Jan "
        "2027, one day before it was due. Each unchanged answer was confirmed one by one.",
    )
    people[4] = replace(people[4], still_correct=88, unable=(unable,))
    return tuple(people)


def matrix() -> tuple[IndependenceRow, ...]:
    """Seven people against the tests."""
    rows = []
    for at, (key, name, role, _) in enumerate(NAMES):
        last = Cell.NO if "AC" in role else Cell.NOT_ASKED
        cells = [Cell.NO] * 6 + [last]
        if at == 3:
            cells[3], cells[5] = Cell.MET, Cell.OPEN
        if at == 4:
            cells[3] = Cell.OPEN
        linked = key if at in {3, 4} else ""
        rows.append(IndependenceRow(name, role, tuple(cells), linked))
    return tuple(rows)


def signers() -> tuple[SignerLine, ...]:
    """Secretary, Chief Legal Officer, chair."""
    return (
        SignerLine("s1", "Winifred Ashgrove", "secretary", "Secretary", "I certify a true copy."),
        SignerLine(
            "s2",
            CLO[0],
            "clo",
            CLO[1],
            "I made the determinations shown under my name.",
            certificate="91c4 0e7d",
        ),
        SignerLine(
            "p1",
            "Marian Thistlewood",
            "ac_chair",
            "Audit Committee chair",
            "I have read this packet.",
        ),
    )


def agenda_items() -> tuple[AgendaItem, ...]:
    """Five items, one vote."""
    return (
        AgendaItem("Open the meeting", ItemKind.INFORMATION, "Quorum; any interest is stated"),
        AgendaItem(
            "Independence findings",
            ItemKind.DECISION,
            "Findings on seven people",
            Part.INDEPENDENCE,
            ("Each in turn",),
        ),
        AgendaItem(
            "Questionnaire exceptions",
            ItemKind.DISCUSSION,
            "Four exceptions, two of them open",
            Part.EXCEPTIONS,
        ),
        AgendaItem("What changed", ItemKind.DISCUSSION, "Since last year", Part.CHANGED),
        AgendaItem("Sign and adjourn", ItemKind.INFORMATION, "", Part.SIGNATURES),
    )


def sample_packet() -> PacketContent:
    """The whole sample."""
    return PacketContent(
        company="ImmunoGen, Inc.",
        committee="Audit Committee",
        title="Annual questionnaires 2027",
        kind=PacketKind.PACKET,
        meeting_on=date(2027, 2, 18),
        as_of=datetime(2027, 2, 12, 22, 0, tzinfo=UTC),
        zone="America/New_York",
        rule_set_date=date(2027, 1, 4),
        version=1,
        code_version="Code of Conduct version 7",
        summary=Summary(
            "Six of seven questionnaires are signed; one answer meets a Nasdaq bar.",
            (
                Figure("6 of 7", "questionnaires signed"),
                Figure("4", "exceptions"),
                Figure("2", "determined"),
                Figure("1", "bright-line bar met"),
            ),
            (
                Outstanding(
                    "Barnaby Wren", "questionnaire not signed", date(2027, 1, 22), "21 days late"
                ),
            ),
            ("Answers on concerns and controls have their own audience and are not counted here.",),
        ),
        signers=signers(),
        agenda=agenda_items(),
        people=reports(),
        independence=matrix(),
        independence_question="Shall the Committee recommend that the Board find five people "
        "independent, and leave one open?",
        independence_note="Of seven people, one meets a Nasdaq bar and one answer is open.",
        changes=changes(),
        annexes=tuple(annex(*person) for person in NAMES),
        chair="Marian Thistlewood",
        members=("Corwin Applegarth", "Delphine Marchbanks"),
        secretary="Winifred Ashgrove",
        meeting_time="9:00 am to 11:30 am Eastern Time",
        meeting_place="Boardroom, Waltham, Massachusetts, and secure video",
        notes=("Exceptions of the signers themselves stand in the supplement.",),
        specimen=True,
        root_fingerprint="41720 93812 55031 00419",
    )


def sample_filing() -> FilingContent:
    """A filer's own print."""
    return FilingContent(
        company="ImmunoGen, Inc.",
        title="Annual questionnaire 2027",
        signer="Lucan Ferreby",
        capacity="Director",
        meaning="These answers are true and complete to the best of my knowledge.",
        as_of=SIGNED,
        zone="America/New_York",
        rule_set_date=date(2027, 1, 4),
        annex=annex("p4", "Lucan Ferreby", "director", ""),
        evidence=(
            EvidenceLine("Claimed, signer’s clock", "Thu 21 Jan 2027, 10:04:00 am, UTC−5"),
            EvidenceLine("Consent to sign", "text 3, Fri 9 Jan 2026"),
            EvidenceLine("Checked by", "passphrase"),
        ),
        digests=(EvidenceLine("Main answers", "a9" * 32), EvidenceLine("Concerns", "17" * 32)),
        root_fingerprint="41720 93812 55031 00419",
        specimen=True,
        carve_out="Nothing here limits your right to speak with any government agency.",
    )
