"""A table row as a small form: where the window is narrow, or the table too wide to read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from candor.forms.definition import Column, text_in
from candor.forms.display import display
from candor.ui.fields.base import Field, Spec
from candor.ui.fields.table_model import AnswerModel
from candor.ui.widgets import Button, Facts, Label, LabelledField, RichText, column, row

MakeField = Callable[[Spec, str], Field]


class RowCard(QFrame):
    """One row, read: its first cell as a title, the rest as facts. ``opened`` asks to edit it."""

    opened = Signal()

    def __init__(self, model: AnswerModel, at: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        cells, first = model.all_rows()[at], model.columns()[0]
        title = display(first, cells.get(first.id), model.language)
        edit = Button(f"Edit row {at + 1}", "quiet")
        edit.clicked.connect(lambda _on=False: self.opened.emit())
        head = row(space=8)
        head.addWidget(RichText(title, kind="strong"), 1)
        head.addWidget(edit)
        box = column(head, space=2, margins=(16, 8, 12, 10))
        facts = Facts(label_width=160)
        for spec in model.columns()[1:]:
            if spec.id in cells:
                label = text_in(spec.label, model.language)
                facts.add(label, display(spec, cells[spec.id], model.language))
        box.addWidget(facts)
        self.setLayout(box)


class RowForm(QFrame):
    """One row, being edited: a labelled field for each column."""

    closed = Signal()

    def __init__(
        self,
        model: AnswerModel,
        at: int,
        make: MakeField,
        *,
        alone: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self._model, self._at = model, at
        self._fields: dict[str, tuple[Field, LabelledField]] = {}
        box = column(space=12, margins=(16, 12, 16, 12))
        if not alone:
            box.addWidget(Label(f"Row {at + 1}", "strong"))
        for spec in model.columns():
            box.addWidget(self._field(spec, make))
        if not alone:
            remove = Button(f"Remove row {at + 1}", "quiet", icon="trash-2")
            remove.clicked.connect(lambda _on=False: model.remove_row(at))
            done = Button("Close row", small=True)
            done.clicked.connect(lambda _on=False: self.closed.emit())
            box.addLayout(row(done, remove, 1, space=8))
        self.setLayout(box)

    def _field(self, spec: Column, make: MakeField) -> LabelledField:
        field = make(spec, self._model.language)
        label = text_in(spec.label, self._model.language)
        label += "" if spec.required else " (optional)"
        field.show_value(self._model.all_rows()[self._at].get(spec.id))
        labelled = LabelledField(label, field)
        field.set_name(label)
        field.edited.connect(lambda: self._model.put(self._at, spec, field.value()))
        field.left.connect(lambda: labelled.show_fault(field.fault()))
        self._fields[spec.id] = (field, labelled)
        return labelled

    def first(self) -> QWidget:
        """The first field's control."""
        return next(iter(self._fields.values()))[0].first()
