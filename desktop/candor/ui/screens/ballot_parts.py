"""The left of a ballot: the exact words, why the body decides, who sits and who stands aside."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from candor.app.committee import BallotSheet, MemberRow
from candor.app.matter_case import CaseView
from candor.app.words import day
from candor.ui import style
from candor.ui.screens.facts_card import FactsCard
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Card,
    IconLine,
    Label,
    RichText,
    Rule,
    column,
    row,
)

_SHORT = 12


class Resolution(QWidget):
    """The words that are signed, byte for byte: plain text in the serif, beside an upright rule."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setFont(style.serif("body"))
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.words.setSizePolicy(policy)
        edge = Rule(upright=True)
        edge.setFixedWidth(3)
        line = row(edge, space=16)
        line.addWidget(self.words, 1)
        self.setLayout(line)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show other words."""
        self.words.setText(text)
        self.words.setAccessibleName(f"Resolution: {text}")


def papers(sheet: BallotSheet, view: CaseView | None, me: str) -> QWidget:
    """Everything that a member needs to vote, in one column."""
    whole = QWidget()
    whole.setLayout(column(*_cards(sheet, view, me), space=16))
    return whole


def _cards(sheet: BallotSheet, view: CaseView | None, me: str) -> Iterator[Card]:
    aside = Label("Exactly these words are signed", "note", elide=True)
    digest = RichText(f"Digest {sheet.digest[:_SHORT]}…", kind="note")
    digest.setToolTip(sheet.digest)
    digest.setAccessibleName(f"SHA-256 digest of these words: {sheet.digest}")
    yield Card(Resolution(sheet.text), digest, title="Resolution", aside=aside)
    if view is not None:
        yield _why(sheet, view)
        yield FactsCard(view.facts, "What was filed")
    yield members(sheet, me)


def _why(sheet: BallotSheet, view: CaseView) -> Card:
    clause = f" (Code {view.clause})" if view.clause else ""
    title = f"Why the {sheet.body} decides"
    return Card(RichText(f"{view.because}{clause}"), title=title)


def members(sheet: BallotSheet, me: str) -> Card:
    """One row for each member: voting, voted, standing aside; never how, before one's own vote."""
    card = Card(title="Members")
    for text in sheet.quorum:
        card.add(IconLine("users", "text2", text, kind="small"))
    for member in sheet.members:
        card.add(Rule(), _member(sheet, member, mine=member.person == me))
    return card


def _member(sheet: BallotSheet, member: MemberRow, *, mine: bool) -> QWidget:
    parts = ["You"] if mine else []
    if member.name == sheet.chair:
        parts.append("Acting chair for this item" if sheet.acting else "Chair")
    if member.reason:
        parts.append(member.reason)
    words = column(RichText(member.name, kind="name"), space=0)
    if parts:
        words.addWidget(RichText(". ".join(part.rstrip(".") for part in parts), kind="note"))
    line = row(space=12)
    line.addLayout(words, 1)
    line.addWidget(_badge(member, mine=mine))
    whole = QWidget()
    whole.setLayout(line)
    return whole


def _badge(member: MemberRow, *, mine: bool) -> Badge:
    if member.state == "recused":
        return Badge("Stands aside", Meaning.NEUTRAL, icon="user-x")
    if member.state == "contradicts":
        return Badge("Two ballots differ", Meaning.STOPPED)
    if member.state == "voted":
        when = f", {day(member.at.date())}" if member.at else ""
        said = f"{member.vote}{when}" if member.vote else "Voted. Shown after you vote"
        return Badge(said, Meaning.DONE)
    word = "Your vote is open" if mine else "Not voted yet"
    return Badge(word, Meaning.NEEDS if mine else Meaning.WAITING)
