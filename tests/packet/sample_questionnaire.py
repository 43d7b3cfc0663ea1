"""An invented questionnaire as signed, as it stands in a packet's annex."""

from __future__ import annotations

from candor.packet.content import (
    Annex,
    AnnexPart,
    Column,
    Option,
    PrintedQuestion,
    Rows,
)
from candor.policy.terms import Severity

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
