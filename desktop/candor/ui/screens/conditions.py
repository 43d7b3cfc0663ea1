"""The conditions of an approval: who does what by when."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from candor.app.deciding import Condition
from candor.app.words import day
from candor.ui.screens.inputs import DayField
from candor.ui.widgets import (
    Button,
    Label,
    LabelledField,
    RichText,
    Rule,
    column,
    empty,
    row,
)


class Conditions(QWidget):
    """A list with a small form at its end. ``changed`` follows each change of the list."""

    changed = Signal()

    def __init__(self, owner: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
        self._list: list[Condition] = []
        self._rows = column(space=0)
        self.more = Button("Add a condition", "row", icon="plus", on=self.open_form)
        self.more.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.form = self._form()
        self.form.hide()
        box = QFrame()
        box.setProperty("kind", "answer-box")
        inside = column(space=0, margins=(1, 1, 1, 1))
        inside.addLayout(self._rows)
        inside.addWidget(self.form)
        inside.addWidget(self.more)
        box.setLayout(inside)
        self.setLayout(column(Label("Conditions", "label"), box, space=6))

    def _form(self) -> QWidget:
        self.text = QLineEdit()
        self.owner = QLineEdit(self._owner)
        self.due = DayField("By when (optional)")
        self.text_field = LabelledField("What must be done or kept", self.text)
        self.keep = Button("Add it", small=True, on=self.add)
        cancel = Button("Leave it", "quiet", on=self.close_form)
        form = QWidget()
        pair = row(space=12)
        pair.addWidget(LabelledField("Who", self.owner), 1)
        pair.addWidget(self.due, 1)
        acts = row(self.keep, cancel, 1, space=8)
        form.setLayout(column(self.text_field, pair, acts, space=10, margins=(12, 10, 12, 10)))
        return form

    def conditions(self) -> tuple[Condition, ...]:
        """The conditions in the list."""
        return tuple(self._list)

    def problems(self) -> tuple[str, ...]:
        """What is typed but not in the list yet."""
        half = self.isVisible() and self.form.isVisible() and self.text.text().strip()
        return ("A condition is typed but not added: press “Add it”.",) if half else ()

    def open_form(self) -> None:
        """Type a condition."""
        self.text.clear()
        self.owner.setText(self._owner)
        self.due.edit.clear()
        self.form.show()
        self.more.hide()
        self.text.setFocus()

    def close_form(self) -> None:
        """Leave it."""
        self.form.hide()
        self.more.show()
        self.more.setFocus()

    def add(self) -> None:
        """Take what is typed into the list; what is missing is said beside its field."""
        text = self.text.text().strip()
        self.text_field.show_fault("" if text else "Say what must be done or kept.")
        self.due.show_fault(self.due.problem())
        if not text or self.due.problem():
            return
        self._list.append(Condition(text, self.owner.text().strip(), self.due.day()))
        self._show()
        self.close_form()
        self.changed.emit()

    def _remove(self, place: int) -> None:
        del self._list[place]
        self._show()
        self.more.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        empty(self._rows)
        for place, condition in enumerate(self._list):
            line = QWidget()
            remove = Button("Remove", "quiet", on=partial(self._remove, place))
            remove.setAccessibleName(f"Remove: {condition.text}")
            inside = row(space=12, margins=(12, 6, 6, 6))
            inside.addWidget(RichText(f"{condition.text} ({condition.owner})"), 1)
            if condition.due:
                inside.addWidget(Label(day(condition.due)))
            inside.addWidget(remove)
            line.setLayout(inside)
            self._rows.addWidget(line)
            self._rows.addWidget(Rule())
