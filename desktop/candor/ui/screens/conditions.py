"""The conditions of an approval: who does what by when."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from candor.app.deciding import Condition
from candor.app.words import day
from candor.ui.screens.inputs import DayField
from candor.ui.widgets import (
    Button,
    Chooser,
    Label,
    LabelledField,
    RichText,
    Rule,
    column,
    empty,
    row,
)


class Conditions(QWidget):
    """A list with a small form at its end. ``changed`` follows each change of the list.

    ``owners``: the people among whom the owner is chosen, as (id, name); each condition then
    needs a day too. Without them the owner is typed, ``owner`` at first.
    """

    changed = Signal()

    def __init__(
        self,
        owner: str,
        parent: QWidget | None = None,
        *,
        owners: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(parent)
        self._owner, self._owners = owner, dict(owners)
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
        self.chosen_owner = Chooser(tuple(self._owners.items()))
        self.due = DayField("By when" if self._owners else "By when (optional)")
        self.text_field = LabelledField("What must be done or kept", self.text)
        self.keep = Button("Add it", small=True, on=self.add)
        cancel = Button("Leave it", "quiet", on=self.close_form)
        form = QWidget()
        pair = row(space=12)
        who = self.chosen_owner if self._owners else self.owner
        pair.addWidget(LabelledField("Who", who), 1)
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
        fault = self.due.problem()
        if self._owners and self.due.day() is None and not fault:
            fault = "Give the day: it comes back as a task then."
        self.due.show_fault(fault)
        if not text or fault:
            return
        owner = self.chosen_owner.value() if self._owners else self.owner.text().strip()
        self._list.append(Condition(text, owner, self.due.day()))
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
            owner = self._owners.get(condition.owner, condition.owner)
            inside.addWidget(RichText(f"{condition.text} ({owner})"), 1)
            if condition.due:
                inside.addWidget(Label(day(condition.due)))
            inside.addWidget(remove)
            line.setLayout(inside)
            self._rows.addWidget(line)
            self._rows.addWidget(Rule())
