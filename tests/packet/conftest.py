"""A packet's worth of invented content, and ways to read a composed file."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtPdf import QPdfDocument

from candor.packet.compose import compose
from candor.packet.content import (
    AgendaItem,
    Annex,
    AnnexPart,
    Cell,
    Changed,
    Column,
    Composed,
    Condition,
    Determination,
    EvidenceLine,
    ExceptionItem,
    Figure,
    FilingContent,
    IndependenceRow,
    ItemKind,
    Option,
    Outstanding,
    PacketContent,
    PacketKind,
    Part,
    PersonChanges,
    PersonReport,
    PrintedQuestion,
    Rows,
    SignerLine,
    State,
    Summary,
    Unable,
)
from candor.policy.terms import Severity

SIGNED = datetime(2027, 1, 21, 15, 4, tzinfo=UTC)
DECIDED = datetime(2027, 2, 10, 16, 30, tzinfo=UTC)
YES_NO = ("Yes", "No", "Unable to answer")


def options(chosen: str, labels: tuple[str, ...] = YES_NO) -> tuple[Option, ...]:
    """Printed choices with one of them chosen."""
    return tuple(Option(label, label == chosen) for label in labels)


def dealings() -> AnnexPart:
    """The part of a questionnaire that has a table, a series, a choice and plain answers."""
    table = Rows(
        (
            Column("Other party"),
            Column("What for"),
            Column("From"),
            Column("Paid, USD", right=True),
            Column("To come", right=True),
        ),
        (
            (
                "Pelham Analytics, Inc.",
                "Trial data cleaning",
                "Mon 4 May 2026",
                "210,000.00",
                "0.00",
            ),
        ),
    )
    not_asked = "not asked last year"
    questions = (
        PrintedQuestion(
            "6.01",
            "Since 1 January 2026, has there been, or is there proposed, any dealing of any amount "
            "in which the Company or a subsidiary takes part and you, a relative in 3.01, or an "
            "entity connected with either has a direct or indirect interest?",
            options=options("Yes"),
            table=table,
            severity=Severity.HIGH,
            change="last year: No; changed",
            cites=("Item 404(a)", "Nasdaq 5630", "Code III"),
        ),
        PrintedQuestion(
            "6.02",
            "Is any of those a series of similar dealings that together exceed the threshold?",
            options=options("Yes"),
            explanation="Seven monthly invoices of $30,000.00, one contract.",
            severity=Severity.HIGH,
            change=not_asked,
            cites=("Item 404(a)",),
        ),
        PrintedQuestion(
            "6.04",
            "Were terms at least as good as with an outsider? How do you know?",
            options=(Option("Answered", chosen=True),),
            explanation="I believe so. The rate is the one Pelham charges two other customers of "
            "like size.",
            change=not_asked,
            cites=("Item 404(b)",),
        ),
        PrintedQuestion(
            "6.05",
            "Was it approved before it began?",
            options=options("Not approved", ("Committee", "CLO", "Not approved", "Unknown")),
            explanation="The contract was signed before I joined Pelham’s project team. I reported "
            "it on learning of it.",
            severity=Severity.HIGH,
            change=not_asked,
            cites=("Item 404(b)",),
        ),
        PrintedQuestion(
            "6.06",
            "Were you or a relative in debt to the Company, or it to you, at any time since "
            "1 January 2026?",
            options=options("No"),
            comment="My spouse’s loan was repaid in 2019.",
            change="last year: No; still correct",
            cites=("Item 404(a)(5)", "13(k)"),
        ),
        PrintedQuestion(
            "6.09",
            "Has the Company given to a charity, university or hospital where you or a relative is "
            "officer, director, trustee or fund-raiser?",
            options=options("Unable to answer"),
            unable="I could not reach my son-in-law before the due date.",
            source="could not ask",
            severity=Severity.OPEN,
            cites=("Item 407(a)(3)",),
        ),
    )
    return AnnexPart("6", "Dealings with the Company", questions, "Period: since Thu 1 Jan 2026.")


def identity(name: str) -> AnnexPart:
    """The first part, with typed values and a wide table."""
    family = Rows(
        tuple(
            Column(label)
            for label in (
                "Person",
                "Relationship",
                "Basis",
                "Shares your home",
                "Employer",
                "Title",
                "Country",
                "Related to the Company’s auditor",
            )
        ),
        (
            ("Imogen Fennimore", "sister", "blood", "no", "Larkspur LLC", "Manager", "US", "no"),
            ("Ødger Þórsson", "son-in-law", "marriage", "no", "none", "–", "Ísland", "not known"),
        ),
    )
    questions = (
        PrintedQuestion("1.01", "Give your full legal name.", value=name, change="still correct"),
        PrintedQuestion("3.01", "List your relatives and every adult in your home.", table=family),
    )
    return AnnexPart("1", "Identity and family", questions, "Asked of everyone.")


def annex(key: str, name: str, role: str, number: str) -> Annex:
    """A questionnaire as signed."""
    return Annex(
        key,
        name,
        role,
        number,
        "Annual questionnaire 2027",
        (
            ("Case", number),
            ("Signed", "Thu 21 Jan 2027, 10:04 am ET, by the signer’s clock"),
            ("Received", "Fri 22 Jan 2027, 9:12 am ET, by the Secretary"),
            ("Form", "Annual questionnaire, version 1, digest 7c41 09be d2f5 83a6"),
        ),
        (identity(name), dealings()),
    )


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


@pytest.fixture(scope="session")
def packet() -> PacketContent:
    """The sample packet's content."""
    return sample_packet()


@pytest.fixture(scope="session")
def composed(packet: PacketContent) -> Composed:
    """The sample packet, composed once."""
    return compose(packet, b'{"evidence": "sample"}')


@pytest.fixture(scope="session")
def filing() -> FilingContent:
    """The sample filing's content."""
    return sample_filing()


@pytest.fixture
def tool(tmp_path: Path) -> Callable[..., str]:
    """Runs a system tool on a PDF and gives back what it printed."""

    def run(name: str, pdf: bytes, *after: str) -> str:
        path = tmp_path / "file.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(
            [name, *([after[0]] if after[:1] == ("--check",) else []), str(path)]
            + [a for a in after if a != "--check"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def opened() -> Callable[[bytes], pikepdf.Pdf]:
    """Opens bytes with pikepdf."""
    return lambda data: pikepdf.open(io.BytesIO(data))


@pytest.fixture
def pages() -> Callable[[bytes], list[str]]:
    """The text of each page, as a reader would search it."""

    def read(data: bytes) -> list[str]:
        document, source = QPdfDocument(None), QBuffer()
        source.setData(QByteArray(data))
        source.open(QBuffer.OpenModeFlag.ReadOnly)
        document.load(source)
        assert document.error() == QPdfDocument.Error.None_
        found = [document.getAllText(n).text() for n in range(document.pageCount())]
        document.close()
        return found

    return read
