"""Fields that hold rows: a grid where it fits, else cards; rows pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from candor.forms.definition import Question
from candor.forms.kinds import Kind, Value
from candor.forms.words import words
from candor.ui import style
from candor.ui.fields.base import Field
from candor.ui.fields.grid import Grid, width_needed
from candor.ui.fields.row_form import MakeField, RowCard, RowForm
from candor.ui.fields.table_model import AnswerModel
from candor.ui.style import Meaning
from candor.ui.widgets import Banner, Breadth, Button, CheckBox, Flow, breadth, column, empty


class RowsField(QWidget):
    """The rows of an answer. ``edited`` follows each change; `rows` is what a record holds."""

    edited = Signal()

    def __init__(
        self, question: Question, language: str, make: MakeField, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.question, self._make = question, make
        self.model = AnswerModel(question, language, self)
        self.model.changed.connect(self.edited)
        self._grid: Grid | None = None
        self.add = Button("Add a row, or paste rows from a spreadsheet", "row", icon="plus")
        self.add.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add.clicked.connect(lambda _on=False: self.add_row())
        self._box = QFrame()
        self._box.setProperty("kind", "answer-box")
        self._box_in = column(self.add, space=0, margins=(1, 1, 1, 1))
        self._box.setLayout(self._box_in)
        self._cards = QWidget()
        self._cards_box = column(space=8)
        self._cards.setLayout(self._cards_box)
        self._notes = QWidget()
        self._notes_box = column(space=4)
        self._notes.setLayout(self._notes_box)
        self._notes.hide()
        self._open = -1
        self.setLayout(column(self._box, self._cards, self._notes, space=8))
        for signal in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            signal.connect(self._build_cards)
        self._cards_shown: bool | None = None
        self._box.hide()
        self._cards.hide()

    @property
    def grid(self) -> Grid:
        """The table as a grid, made when it is first needed."""
        if self._grid is None:
            self._grid = Grid(self.model, self.question.id)
            self._grid.pasted.connect(self._report)
            self._box_in.insertWidget(0, self._grid)
        return self._grid

    def paste(self) -> None:
        """Take rows from the clipboard: tab-separated, as spreadsheets copy them."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._report(self.model.paste(text))

    def rows(self) -> list[dict[str, Any]]:
        """The rows that say something."""
        return self.model.rows()

    def show_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show rows without telling."""
        wanted = list(rows)
        if not wanted and self.question.row_for_each:
            each = self.question.column(self.question.row_for_each)
            wanted = [{each.id: choice.key} for choice in each.choices]
        self.model.show_rows(wanted)
        if self._alone() and not self.model.rowCount():
            self.model.add_row()

    def as_cards(self) -> bool:
        """Whether rows are shown one below the other instead of as a grid."""
        if self._alone() or breadth(self) is Breadth.NARROW:
            return True
        return width_needed(self.question, self.model.language) > self.width() - 2

    def _alone(self) -> bool:
        return self.question.max_rows == 1

    def add_row(self) -> None:
        """Add a row and put the cursor into it."""
        if self.model.rowCount() >= self.question.max_rows:
            self._report((f"This table takes at most {self.question.max_rows} rows.",))
            return
        at = self.model.add_row()
        if self.as_cards():
            self._edit(at)
        else:
            self.grid.edit_row(at)
            self.grid.edit(self.grid.currentIndex())

    def _edit(self, at: int) -> None:
        self._open = at
        self._build_cards()
        form = self.findChild(RowForm)
        if form is not None:
            form.first().setFocus()

    def _close(self) -> None:
        self._open = -1
        self._build_cards()
        self._add_button().setFocus()

    def _add_button(self) -> Button:
        found = self._cards.findChild(Button, "add-row")
        return found if isinstance(found, Button) else self.add

    def _build_cards(self) -> None:
        if not self._cards_shown:
            return
        empty(self._cards_box)
        self._open = min(self._open, self.model.rowCount() - 1)
        for at in range(self.model.rowCount()):
            if at == self._open or self._alone():
                form = RowForm(self.model, at, self._make, alone=self._alone())
                form.closed.connect(self._close)
                self._cards_box.addWidget(form)
                continue
            card = RowCard(self.model, at)
            card.opened.connect(lambda place=at: self._edit(place))
            self._cards_box.addWidget(card)
        if not self._alone():
            more = Button("Add a row", "quiet", icon="plus")
            more.setObjectName("add-row")
            more.clicked.connect(lambda _on=False: self.add_row())
            paste = Button("Paste rows from a spreadsheet", "quiet")
            paste.clicked.connect(lambda _on=False: self.paste())
            holder = QWidget()
            Flow(more, paste, space=8, parent=holder)
            self._cards_box.addWidget(holder)

    def _arrange(self) -> None:
        cards = self.as_cards()
        if cards == self._cards_shown:
            return
        self._cards_shown = cards
        if not cards:
            self.grid.show()
        self._box.setVisible(not cards)
        self._cards.setVisible(cards)
        self._build_cards()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See which form fits."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """It folds, so it can be narrow."""
        return QSize(style.px(200), super().minimumSizeHint().height())

    def _report(self, unread: tuple[str, ...]) -> None:
        """List what could not be read, until the next paste."""
        empty(self._notes_box)
        if unread:
            count = "One thing" if len(unread) == 1 else f"{len(unread)} things"
            title = f"{count} could not be taken from the paste"
            self._notes_box.addWidget(Banner(Meaning.NEEDS, title, "\n".join(unread[:20])))
        self._notes.setVisible(bool(unread))

    def first(self) -> QWidget:
        """The control that takes the focus."""
        self._arrange()
        form = self._cards.findChild(RowForm) if self.as_cards() else None
        if form is not None:
            return form.first()
        if not self.as_cards() and self.model.rowCount():
            return self.grid
        return self._add_button()


class TableField(Field):
    """A question answered by a table, with a box for "nothing to list"."""

    def __init__(self, spec: Question, language: str, make: MakeField) -> None:
        super().__init__(spec, language)
        self.table = RowsField(spec, language, make)
        self.nothing = CheckBox(words(language).nothing)
        if spec.min_rows or spec.max_rows == 1:
            self.nothing.hide()
        self.setLayout(column(self.table, self.nothing, space=8))
        self.table.edited.connect(self._changed)
        self.nothing.clicked.connect(lambda _on: self.edited.emit())

    def _changed(self) -> None:
        if self.table.rows():
            self.nothing.setChecked(False)
        self._lock()
        self.edited.emit()

    def _lock(self) -> None:
        self.nothing.setEnabled(not self.table.rows())

    def value(self) -> Value | None:
        """The rows; an empty list where nothing is to be listed; None where nothing was said."""
        return self.table.rows() or ([] if self.nothing.isChecked() else None)

    def show_value(self, value: Value | None) -> None:
        """Show the rows."""
        self.table.show_rows(value if isinstance(value, list) else [])
        self.nothing.setChecked(value == [])
        self._lock()

    def fault(self) -> str:
        """The cells that cannot be read."""
        return " ".join(self.table.model.reasons())

    def first(self) -> QWidget:
        """Into the table."""
        return self.table.first()


def takes_rows_below(question: Question) -> bool:
    """Whether a yes is told by rows below the buttons."""
    return question.has_rows and question.kind is not Kind.TABLE
