"""Answers for this reader alone: the questions that no other office receives."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import inbox
from candor.app.inbox import SealedItem
from candor.app.session import Session
from candor.app.words import moment
from candor.ui.screens.base import SessionPage
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Card,
    Columns,
    ColumnSpec,
    EmptyState,
    IconLine,
    Label,
    PageHead,
    RichText,
    RowsModel,
    RowsView,
    column,
    row,
)

EMPTY = (
    "Nothing. When somebody answers the questions on concerns or controls with something that "
    "needs you, it appears here after you import the Secretary's file."
)
COLUMNS = (
    ColumnSpec(
        "From",
        lambda item: item.person,
        second=lambda item: item.person_title,
        weight=500,
        stretch=True,
    ),
    ColumnSpec(
        "State",
        lambda item: "Read" if item.read else "Not read yet",
        badge=lambda item: ("Read", Meaning.DONE) if item.read else ("Not read yet", Meaning.NEEDS),
        width=136,
    ),
)


class SealedPage(SessionPage):
    """Who wrote at the left, what they wrote at the right. Showing it notes it as read, here
    alone: nobody is told."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.head = PageHead(
            "For you alone",
            "Sealed answers. The Secretary carries the file but cannot open this part.",
        )
        self.empty = EmptyState(EMPTY, icon="file-lock")
        self.model = RowsModel(COLUMNS, key=lambda item: item.case)
        self.table = RowsView(self.model, name="Sealed answers")
        self.table.picked.connect(self._show)
        self.card = Card()
        left = QWidget()
        left.setLayout(column(self.table, 1))
        self.columns = Columns(left, self.card, shares=(2, 3))
        self.add(self.head, self.refusal, self.empty, self.columns)
        self._asked = ""

    def load(self) -> tuple[SealedItem, ...]:
        """Read the sealed answers that say something."""
        return tuple(item for item in inbox.sealed(self.session) if item.flagged)

    def show_data(self, data: Any) -> None:
        """Show them; the one that was asked for, or that stood there, is chosen."""
        items: tuple[SealedItem, ...] = data
        chosen = self.table.selected()
        asked = self._asked or (chosen[0].case if chosen else "")
        self.empty.setVisible(not items)
        self.columns.setVisible(bool(items))
        self.model.set_rows(items)
        if asked:
            self.table.pick(lambda item: bool(item.case == asked))
        elif items:
            self.card.clear()
            self.card.add(RichText("Choose a line to read what it says.", kind="second"))

    def open_item(self, case: str) -> None:
        """Read one sealed answer."""
        self._asked = case
        self.table.pick(lambda item: bool(item.case == case))

    def _show(self, item: SealedItem | None) -> None:
        self.card.clear()
        if item is None:
            return
        self._asked = item.case
        head = QWidget()
        badge = Badge("For you alone", Meaning.NEUTRAL, icon="file-lock")
        head.setLayout(row(Label(item.person, "section"), 1, badge))
        self.card.add(head)
        signed = f"{item.person_title}. Signed {moment(item.signed_at, self.session.zone)}"
        self.card.add(RichText(signed, kind="note"))
        for number, wording, answer in item.lines:
            self.card.add(Label(f"Question {number}", "label"))
            self.card.add(RichText(wording, kind="second"))
            self.card.add(RichText(answer))
        self.card.add(
            IconLine(
                "info",
                "text2",
                "This answer is in no packet and in nobody else's vault, not even as a count. "
                "What you do about it is yours to decide.",
                kind="note",
            )
        )
        if not item.read:
            self.do(
                lambda _work: inbox.mark_read(self.session, item.case), lambda _none: self.reload()
            )
