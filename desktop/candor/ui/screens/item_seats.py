"""The members of a body before an item is put: who votes, who stands aside and why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app.committee import ItemDraft, Seat
from candor.ui.fields.typed import LineEdit
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    CheckBox,
    Chooser,
    Label,
    LabelledField,
    RichText,
    Rule,
    column,
    row,
)


class _Line(QWidget):
    """One member. ``changed`` as a member is said to stand aside, or the reason is typed."""

    changed = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.person = seat.person
        self.aside = CheckBox("Stands aside")
        self.aside.setAccessibleName(f"{seat.name} stands aside")
        self.reason = LineEdit()
        self.reason.setPlaceholderText("The reason, for the minutes")
        self.reason.setAccessibleName(f"Why {seat.name} stands aside")
        self.reason.hide()
        self.badge = Badge("Votes", Meaning.DONE)
        self.note = RichText(kind="note")
        words = column(Label(seat.name, "name"), self.note, space=0)
        line = row(space=12)
        line.addLayout(words, 1)
        line.addWidget(self.badge)
        line.addWidget(self.aside)
        self.setLayout(column(line, self.reason, space=6))
        self.aside.toggled.connect(self._turn)
        self.reason.textChanged.connect(lambda _text: self.changed.emit())

    def _turn(self, on: bool) -> None:
        self.reason.setVisible(on)
        if on:
            self.reason.setFocus()
        self.changed.emit()

    def said(self) -> str:
        """The reason typed here, '' where the member takes part."""
        return self.reason.text().strip() if self.aside.isChecked() else ""

    def show_seat(self, seat: Seat, part: str) -> None:
        """Show whether the member votes; one whom the rules leave out cannot be put back."""
        by_rule = bool(seat.out) and not self.said()
        self.aside.setVisible(not by_rule)
        self.note.set_parts(seat.out if by_rule else part)
        self.note.setVisible(bool(self.note.plain()))
        if seat.out:
            self.badge.say("Stands aside", Meaning.NEUTRAL, icon="user-x")
        else:
            self.badge.say("Votes", Meaning.DONE)


class Seats(QWidget):
    """``changed`` as somebody is said to stand aside or another acts for the chair."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, _Line] = {}
        self._rows = column(space=8)
        self.acting_chair = Chooser()
        self.acting_chair.activated.connect(lambda _at: self.changed.emit())
        self._acting = LabelledField("Who acts for the Chair", self.acting_chair)
        self._acting.hide()
        box = column(space=12)
        box.addLayout(self._rows)
        box.addWidget(self._acting)
        self.setLayout(box)

    def line(self, person: str) -> _Line:
        """The line of a member."""
        return self._lines[person]

    def out(self) -> dict[str, str]:
        """Who is said here to stand aside, with the reason."""
        return {person: line.said() for person, line in self._lines.items() if line.said()}

    def acting(self) -> str:
        """Who was chosen to act for the chair, '' where the chair takes part."""
        return self.acting_chair.value() if not self._acting.isHidden() else ""

    def show_seats(self, draft: ItemDraft) -> None:
        """Show the seats as the rules have them now; lines of other bodies go."""
        people = [seat.person for seat in draft.seats]
        if list(self._lines) != people:
            self._rebuild(draft)
        for seat in draft.seats:
            is_chair = seat.person == draft.chair
            word = "Acts for the Chair" if draft.acting else "Chair"
            self._lines[seat.person].show_seat(seat, word if is_chair else "")
        free = [(seat.person, seat.name) for seat in draft.seats if not seat.out]
        self.acting_chair.set_choices(free)
        self.acting_chair.set_value(draft.chair)
        self._acting.setVisible(draft.acting and len(free) > 1)

    def _rebuild(self, draft: ItemDraft) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = {}
        for at, seat in enumerate(draft.seats):
            if at:
                self._rows.addWidget(Rule())
            line = _Line(seat)
            line.changed.connect(partial(self.changed.emit))
            self._lines[seat.person] = line
            self._rows.addWidget(line)
