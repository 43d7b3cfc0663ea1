"""A director's interest in what the Board votes on: told to the others, and confirmed by each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app import committee_room, notices
from candor.app.notices import NoticeView, ReceiptRow
from candor.app.session import Session
from candor.app.words import day, moment
from candor.ui.fields import TextBox
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import DayField
from candor.ui.screens.sign_box import Act, SignBox
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Banner,
    Button,
    Card,
    Chooser,
    Columns,
    IconLine,
    Label,
    LabelledField,
    Note,
    PageHead,
    RichText,
    Rule,
    row,
)

SERVED = (
    "Every other director gets a file of their own, sealed for them alone.",
    "Each confirms that it arrived. The vote warns while one confirmation is missing.",
    "The Secretary and the Chief Legal Officer keep the record, unless it concerns them.",
)


class ServePage(SessionPage):
    """``served`` after the notice is signed."""

    served = Signal()

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        back = Button("Back", on=shell.back)
        said = "For a director with an interest in a matter that the Board will vote on."
        self.matter = Chooser(placeholder="Choose the matter")
        self.text = TextBox(4)
        self.on = DayField("Day of the meeting (optional)")
        self.box = SignBox(
            self,
            self._act,
            onward="Continue to sign",
            sign="Sign and tell the others",
            meaning=session.pack.text("interest_notice"),
        )
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _event: self.served.emit())
        card = Card(
            LabelledField("What the Board will vote on", self.matter),
            LabelledField("What your interest is", self.text),
            self.on,
            Note("What follows when you sign", lines=[("check", "done", line) for line in SERVED]),
            self.box,
        )
        card.body.setSpacing(16)
        card.setMaximumWidth(760)
        self.add(PageHead("Tell the other directors", said, back), self.refusal, card)

    def load(self) -> tuple[tuple[str, str], ...]:
        """The matters that a notice can be about."""
        return committee_room.matters(self.session)

    def refresh(self) -> None:
        """What is half written stays; the page is read once."""
        if self._reading is None:
            self.reload()

    def show_data(self, data: Any) -> None:
        """Offer the matters."""
        self.matter.set_choices(data)
        if len(data) == 1:
            self.matter.set_value(data[0][0])

    def _freeze(self, *, frozen: bool) -> None:
        for part in (self.matter, self.text, self.on):
            part.setEnabled(not frozen)

    def _act(self) -> Act:
        matter, text, on = self.matter.value(), self.text.toPlainText().strip(), self.on.day()
        session = self.session
        missing = (
            *(() if matter else ("Choose what the Board will vote on.",)),
            *(() if text else ("Say what your interest is.",)),
            *((self.on.problem(),) if self.on.problem() else ()),
        )
        return Act(
            lambda name, secret: notices.serve(session, matter, text, on, name, secret),
            lambda: missing,
            "You tell every other director what stands above.",
        )


class NoticePage(SessionPage):
    """One notice: its words at the left, the confirmations at the right."""

    def __init__(self, shell: Shell, session: Session, notice: str) -> None:
        super().__init__(shell, session)
        self.notice = notice
        self.box: SignBox | None = None
        self.head = PageHead("Reading…", "", Button("Back", on=shell.back))
        self.add(self.head, self.refusal)
        self._shown: list[QWidget] = []

    def load(self) -> NoticeView:
        """The notice with its receipts."""
        return notices.notice_of(self.session, self.notice)

    def show_data(self, data: Any) -> None:
        """Show it."""
        view: NoticeView = data
        for old in self._shown:
            old.hide()
            old.deleteLater()
        meeting = f" The Board votes on {day(view.meeting_on)}." if view.meeting_on else ""
        self.head.set_text(
            f"{view.director} has an interest", f"Signed {day(view.served_at.date())}.{meeting}"
        )
        words = Card(RichText(view.text), title="What is told")
        words.add(Rule(), IconLine("book-open", "text2", view.minute, kind="small"))
        self._shown = [*_missing(view), Columns(words, self._right(view), shares=(16, 15))]
        self.add(*self._shown)

    def _right(self, view: NoticeView) -> Card:
        card = Card(title="Confirmations", narrow=True)
        for at, receipt in enumerate(view.receipts):
            if at:
                card.add(Rule())
            card.add(receipt_line(receipt))
        if view.mine_open:
            meaning = self.session.pack.text("notice_receipt")
            word = "Confirm that it arrived"
            self.box = SignBox(self, self._act, onward=word, sign=word, meaning=meaning)
            self.box.signed.connect(lambda _event: self.reload())
            card.add(Rule(), self.box)
        return card

    def _act(self) -> Act:
        session, notice = self.session, self.notice
        return Act(lambda name, secret: notices.acknowledge(session, notice, name, secret))


def _missing(view: NoticeView) -> list[QWidget]:
    if not view.missing or view.mine_open:
        return []
    names = ", ".join(view.missing)
    said = "The vote can go on, and warns until the confirmation is here."
    return [Banner(Meaning.NEEDS, f"Not confirmed yet: {names}", said)]


def receipt_line(receipt: ReceiptRow) -> QWidget:
    """One of the other directors, with when the confirmation was signed."""
    line = QWidget()
    badge = (
        Badge(moment(receipt.at), Meaning.DONE)
        if receipt.at
        else Badge("Not confirmed yet", Meaning.WAITING)
    )
    inside = row(space=12)
    inside.addWidget(Label(receipt.name, elide=True), 1)
    inside.addWidget(badge)
    line.setLayout(inside)
    return line
