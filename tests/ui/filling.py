"""Answers a question the way a person does: by its buttons, its fields and its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from a_person import Person
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from candor.forms.answers import Answer, Provenance, Source
from candor.forms.definition import Question, text_in
from candor.forms.display import display
from candor.forms.kinds import Kind
from candor.ui.fields import RowsField, TableField
from candor.ui.fields.row_form import RowForm
from candor.ui.fields.typed import cell_text
from candor.ui.form.question import QuestionView
from candor.ui.form_view import FormView
from candor.ui.widgets import CheckBox, Chooser


def fill_in(person: Person, form: FormView, answers: Mapping[str, Answer]) -> list[str]:
    """Press *Next open question* and answer it, until nothing is open. The ids, in order."""
    done: list[str] = []
    while form.draft.next_open() is not None:
        person.press(form.head.onward)
        name = form.current()
        assert name not in done, (name, [p.text for p in form.draft.problems()])
        give(person, form.view(name), answers[name])
        done.append(name)
    return done


def give(person: Person, view: QuestionView, wanted: Answer) -> None:
    """Answer one question with every part of ``wanted``."""
    question = view.question
    known = question.id in view.draft.facts
    if known and wanted.provenance is Provenance.CONFIRMED:
        person.press_word("Confirm", view.offer)
    elif known and wanted.provenance is Provenance.DISPUTED:
        person.press_word("Dispute", view.offer)
        person.type_into(view.remarks.remark("dispute").box, wanted.dispute)
    elif wanted.unable:
        person.press(view.acts.button("unable"))
        person.type_into(view.remarks.remark("unable").box, wanted.unable)
    else:
        _value(person, view, wanted)
    _about(person, view, wanted)


def _about(person: Person, view: QuestionView, wanted: Answer) -> None:
    """What stands beside the answer: explanation, comment, how one knows."""
    if wanted.explanation:
        box = view.remarks.remark("explanation").box
        person.until(box.isVisible)
        person.type_into(box, wanted.explanation)
    if wanted.source is not Source.NONE:
        knowledge: Any = view.remarks._part("knowledge")
        person.press(knowledge.segments.button(wanted.source.value))
    if wanted.comment:
        person.press(view.acts.button("comment"))
        person.type_into(view.remarks.remark("comment").box, wanted.comment)


def _value(person: Person, view: QuestionView, wanted: Answer) -> None:
    question, field = view.question, view.field
    control: Any = field
    if question.kind in {Kind.YES_NO, Kind.YES_NO_EXPLAIN}:
        person.press(control.segments.button("yes" if wanted.value else "no"))
        if wanted.rows and view.rows is not None:
            _rows(person, view.rows, wanted.rows)
    elif question.kind is Kind.CHOICE:
        _choose(person, control.chooser, str(wanted.value))
    elif question.kind is Kind.MULTI_CHOICE:
        _tick(person, field, question, wanted)
    elif question.kind is Kind.ACKNOWLEDGEMENT:
        person.press(control.box)
    elif isinstance(field, TableField):
        rows = tuple(wanted.value) if isinstance(wanted.value, list) else ()
        if rows:
            _rows(person, field.table, rows)
        else:
            person.press(field.nothing)
    else:
        person.type_into(control.edit, display(question, wanted.value, "en"))
        person.bot.keyClick(control.edit, Qt.Key.Key_Tab)


def _tick(person: Person, field: QWidget, question: Question, wanted: Answer) -> None:
    boxes = field.findChildren(CheckBox)
    for choice, box in zip(question.choices, boxes, strict=True):
        if isinstance(wanted.value, list) and choice.key in wanted.value:
            person.press(box)


def _choose(person: Person, chooser: Chooser, key: str) -> None:
    """Go down the list with the keyboard."""
    chooser.setFocus()
    for _ in range(chooser.count()):
        if chooser.value() == key:
            return
        person.bot.keyClick(chooser, Qt.Key.Key_Down)
    assert chooser.value() == key


# --- tables -------------------------------------------------------------------------------


def _rows(person: Person, field: RowsField, rows: tuple[dict[str, Any], ...]) -> None:
    """The first row is typed, the others are pasted; a table with fixed rows is typed."""
    if field.question.max_rows == 1:
        _row_form(person, field, rows[0])
        return
    if field.question.row_for_each:
        for at, cells in enumerate(rows):
            _change_row(person, field, at, cells)
        return
    _type_row(person, field, rows[0])
    if len(rows) > 1:
        _paste(person, field, rows[1:])


def _type_row(person: Person, field: RowsField, cells: Mapping[str, Any]) -> None:
    person.press(field._add_button() if field.as_cards() else field.add)
    if field.as_cards():
        _row_form(person, field, cells)
        person.press_word("Close row", field)
    else:
        _row_in_grid(person, field, cells)


def _change_row(person: Person, field: RowsField, at: int, cells: Mapping[str, Any]) -> None:
    if field.as_cards():
        person.press_word(f"Edit row {at + 1}", field)
        _row_form(person, field, cells)
        person.press_word("Close row", field)
        return
    field.grid.edit_row(at)
    person.bot.keyClick(field.grid, Qt.Key.Key_Return)
    _row_in_grid(person, field, cells)


def _row_form(person: Person, field: RowsField, cells: Mapping[str, Any]) -> None:
    """A row as a small form: a labelled field for each column."""
    form = field.findChild(RowForm)
    assert form is not None
    for spec in field.question.columns:
        if spec.id not in cells or spec.id == field.question.row_for_each:
            continue
        label = text_in(spec.label, field.model.language)
        label += "" if spec.required else " (optional)"
        controls = (*form.findChildren(QLineEdit), *form.findChildren(Chooser))
        control = next(control for control in controls if control.accessibleName() == label)
        _cell(person, control, _text(field, spec, cells[spec.id]))


def _row_in_grid(person: Person, field: RowsField, cells: Mapping[str, Any]) -> None:
    """Tab from cell to cell; Enter after the last one, where Tab would begin another row."""
    columns = field.question.columns
    for spec in columns:
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit | Chooser), (field.question.id, editor)
        if spec.id in cells:
            _cell(person, editor, _text(field, spec, cells[spec.id]))
        last = spec is columns[-1]
        person.bot.keyClick(editor, Qt.Key.Key_Return if last else Qt.Key.Key_Tab)
        QApplication.processEvents()  # the grid closes an editor after the key was handled


def _cell(person: Person, control: QWidget, text: str) -> None:
    if isinstance(control, Chooser):
        control.setFocus()
        for _ in range(control.count()):
            if control.currentText() == text:
                return
            person.bot.keyClick(control, Qt.Key.Key_Down)
        assert control.currentText() == text
    else:
        assert isinstance(control, QLineEdit)
        person.type_into(control, text)


def _text(field: RowsField, spec: Any, value: Any) -> str:
    return cell_text(spec, value, field.model.language)


def _paste(person: Person, field: RowsField, rows: tuple[dict[str, Any], ...]) -> None:
    """From a spreadsheet, where these rows already stand."""
    lines = [
        "\t".join(_text(field, spec, row.get(spec.id)) for spec in field.question.columns)
        for row in rows
    ]
    QApplication.clipboard().setText("\n".join(lines))
    if field.as_cards():
        person.press_word("Paste rows", field)
    else:
        field.grid.setFocus()
        person.bot.keyClick(field.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
