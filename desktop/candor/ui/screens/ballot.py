"""One item before a body: its exact words, the vote, standing aside, the result."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app import committee, committee_outlook, matter_case
from candor.app.committee import BallotSheet, ResultView
from candor.app.committee_outlook import Outlook
from candor.app.matter_case import CaseView
from candor.app.session import Session
from candor.app.words import day
from candor.errors import CandorError
from candor.ui.screens.ballot_acts import RecuseCard, ResultCard, VoteCard
from candor.ui.screens.ballot_parts import papers
from candor.ui.screens.base import SessionPage
from candor.ui.screens.clock_card import ClockCard
from candor.ui.screens.later import Later
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Banner,
    Button,
    Card,
    Columns,
    IconLine,
    PageHead,
    column,
)

SCREEN = "committee"
Read = tuple[BallotSheet, ResultView, Outlook, "CaseView | None", str]


class BallotPage(SessionPage):
    """``left`` when the paper is no longer this member's to see."""

    left = Signal()

    def __init__(self, shell: Shell, session: Session, item: str) -> None:
        super().__init__(shell, session)
        self.item = item
        self.voting: VoteCard | None = None
        self.recusing: RecuseCard | None = None
        self.result: ResultCard | None = None
        self.head = PageHead("Reading…", "", Button("Back", on=shell.back))
        self.clock = ClockCard()
        self.later = Later(self._question, self)
        self.later.told.connect(self._tell)
        self.later.refused.connect(self.refuse)
        self.add(self.head, self.refusal)
        self._shown: list[QWidget] = []

    def load(self) -> Read:
        """The sheet, where the vote stands, what follows, and the matter behind it."""
        sheet = committee.ballot_sheet(self.session, self.item)
        view = committee.result(self.session, self.item)
        outlook = committee_outlook.outlook(self.session, self.item)
        recused = committee_outlook.if_recused(self.session, self.item)
        return sheet, view, outlook, self._matter(sheet), recused

    def _matter(self, sheet: BallotSheet) -> CaseView | None:
        try:
            return matter_case.view(self.session, sheet.matter)
        except CandorError:
            return None  # this reader has the item alone

    def show_data(self, data: Any) -> None:
        """Build the page."""
        sheet, view, outlook, matter, recused = data
        mine = self.session.person_id in {member.person for member in sheet.members}
        title = f"Your vote on {sheet.title}" if mine else sheet.title
        self.head.set_text(title, _line(sheet, mine=mine))
        for old in self._shown:
            old.hide()
            old.deleteLater()
        right = QWidget()
        right.setLayout(column(*self._right(sheet, view, recused), space=16))
        left = papers(sheet, matter, self.session.person_id)
        warnings = [Banner(Meaning.NEEDS, text) for text in sheet.warnings]
        self.clock = ClockCard()
        self.clock.setVisible(False)
        self._shown = [*warnings, Columns(left, right, right_width=400), self.clock]
        self.add(*self._shown)
        if view.resolution is None and view.votes:
            self._tell((view, outlook))

    def _right(self, sheet: BallotSheet, view: ResultView, recused: str) -> list[QWidget]:
        self.voting = self.recusing = self.result = None
        cards: list[QWidget] = []
        pack = self.session.pack
        if sheet.blocked:
            closed = view.resolution is not None
            icon, tone = ("circle-check", "done") if closed else ("ban", "stopped")
            cards.append(Card(IconLine(icon, tone, sheet.blocked), title="Vote", narrow=True))
        else:
            self.voting = VoteCard(self, sheet, pack.text("ballot"))
            self.voting.signed.connect(self.reload)
            self.recusing = RecuseCard(self, self.item, recused, pack.text("recusal"))
            self.recusing.signed.connect(self.left)
            cards += [self.voting, self.recusing]
        if sheet.revealed:
            self.result = ResultCard(self, sheet, view)
            self.result.signed.connect(self.reload)
            self.result.changed.connect(self.later.ask)
            cards.insert(0, self.result)
        return cards

    # --- the result as the chair would sign it ------------------------------------------

    def _question(self) -> Any:
        if self.result is None:
            return None
        session, item, signing = self.session, self.item, self.result.signing()
        return lambda: (
            committee.result(session, item, signing),
            committee_outlook.outlook(session, item, signing),
        )

    def _tell(self, found: Any) -> None:
        if self.result is not None:
            self.result.show_outlook(found)
            self._show_clock(found[1])

    def _show_clock(self, outlook: Outlook) -> None:
        self.clock.setVisible(outlook.clock is not None)
        if outlook.clock is not None:
            self.clock.show_clock(outlook.clock)


def _line(sheet: BallotSheet, *, mine: bool) -> str:
    when = f" on {day(sheet.meeting_on)}" if sheet.meeting_on else ""
    how = f"{sheet.how[:1].lower()}{sheet.how[1:]}"
    able = sum(member.state != "recused" for member in sheet.members)
    votes = f"Yours is one of {able} votes that count." if mine else f"{able} may vote."
    return f"{sheet.body}, {how}{when}. It proposes: {sheet.proposes.lower()}. {votes}"


def state_badge(state: str) -> Badge:
    """Where a member's vote stands, in a word."""
    words = {
        "to_vote": ("To vote", Meaning.NEEDS),
        "contradicts": ("Two ballots differ", Meaning.STOPPED),
        "to_sign": ("To sign", Meaning.NEEDS),
        "voted": ("Voted", Meaning.WAITING),
        "again": ("To be put again", Meaning.WAITING),
        "done": ("Signed", Meaning.DONE),
    }
    return Badge(*words[state])
