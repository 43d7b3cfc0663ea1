"""Lines that screens ask for: a day, and a table that folds where the window is narrow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.forms.parse import NotUnderstood, read_date
from candor.forms.words import short_date
from candor.ui import style
from candor.ui.fields.typed import LineEdit
from candor.ui.widgets import Breadth, LabelledField, RowsView, breadth


class DayField(LabelledField):
    """A day typed in any clear way and shown in full. ``changed`` follows every keystroke."""

    changed = Signal()

    def __init__(
        self,
        label: str,
        day: date | None = None,
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.edit = LineEdit()
        self.edit.setPlaceholderText("22 Jan 2027")
        super().__init__(label, self.edit, hint=hint, parent=parent)
        self.edit.setMaximumWidth(style.px(240))
        if day is not None:
            self.edit.setText(short_date(day))
        self.edit.textChanged.connect(lambda _text: self._typed())
        self.edit.editingFinished.connect(self._settle)

    def show_day(self, day: date) -> None:
        """Show a day without telling."""
        self.edit.blockSignals(True)
        self.edit.setText(short_date(day))
        self.edit.blockSignals(False)
        self.show_fault("")

    def day(self) -> date | None:
        """The day, or None where nothing is typed or it cannot be read."""
        try:
            return date.fromisoformat(read_date(self.edit.text()))
        except NotUnderstood:
            return None

    def problem(self) -> str:
        """Why what is typed is no day, or "" (also where nothing is typed)."""
        if not self.edit.text().strip():
            return ""
        try:
            read_date(self.edit.text())
        except NotUnderstood as reason:
            return reason.sentence()
        return ""

    def _typed(self) -> None:
        self.show_fault("")
        self.changed.emit()

    def _settle(self) -> None:
        day = self.day()
        if day is None:
            self.show_fault(self.problem())
            return
        self.show_day(day)


def fold(view: RowsView, least: Mapping[str, Breadth]) -> None:
    """Hide the columns (by head) for which the window is too narrow; the row's own page, or its
    second line, says the same."""
    room = breadth(view)
    for at in range(view.rows.columnCount()):
        spec = view.rows.spec(at)
        if spec is not None and spec.head in least:
            view.setColumnHidden(at, room < least[spec.head])


def show_at_most(view: RowsView, rows: int) -> None:
    """Make a table as tall as its rows, up to so many; beyond that it scrolls by itself."""
    shown = min(max(view.proxy.rowCount(), 1), rows)
    tall = view.verticalHeader().defaultSectionSize()
    view.setFixedHeight(view.horizontalHeader().height() + shown * tall + 2)
