"""A field of every kind, typed in and chosen in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from a_form import small_form
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from candor.forms.kinds import Kind
from candor.ui import style
from candor.ui.fields import make_field, make_rows
from candor.ui.fields.files import size_words
from candor.ui.fields.grid import Grid
from candor.ui.fields.row_form import RowForm
from candor.ui.fields.table import RowsField
from candor.ui.widgets import Banner, Button, Chooser, column
from candor.ui.window import Window

Make = Callable[..., Window]
FORM = small_form()
USD = {"minor": 16000, "currency": "USD"}
ROW = {"giver": "Northquay", "day": "2027-01-14", "value": USD, "kept": True}


def held(widget: QWidget) -> QWidget:
    """The widget at the top of a holder."""
    holder = QWidget()
    holder.setLayout(column(widget, 1))
    return holder


def rows(window: Make, size: tuple[int, int] = (1280, 832)) -> RowsField:
    field = make_rows(FORM.question("1.01"), "en")
    window(held(field), size)
    QTest.qWait(20)
    return field


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("1.04", "Director", "Director"),
        ("2.02", "1,250", 1250),
        ("2.03", "USD 160", USD),
        ("2.04", "Thu 14 Jan 2027", "2027-01-14"),
        ("2.07", "Basel Fund", {"name": "Basel Fund", "id": ""}),
    ],
)
def test_what_is_typed_becomes_the_value_and_reads_back_as_people_write_it(
    qtbot: QtBot, window: Make, question: str, typed: str, value: Any
) -> None:
    field = make_field(FORM.question(question), "en")
    window(held(field))
    field.first().setFocus()
    with qtbot.waitSignal(field.edited):
        qtbot.keyClicks(field.first(), typed)
    qtbot.keyClick(field.first(), Qt.Key.Key_Return)
    assert (field.value(), field.fault()) == (value, "")
    field.show_value(value)
    assert field.value() == value


@pytest.mark.parametrize(("question", "typed"), [("2.04", "01/02/2027"), ("2.03", "1.250,00")])
def test_text_that_can_be_read_two_ways_is_kept_and_said_not_to_be_saved(
    qtbot: QtBot, window: Make, question: str, typed: str
) -> None:
    field = make_field(FORM.question(question), "en")
    window(held(field))
    field.first().setFocus()
    qtbot.keyClicks(field.first(), typed)
    assert field.fault() == ""
    qtbot.keyClick(field.first(), Qt.Key.Key_Return)
    assert "not saved" in field.fault()
    assert (field.value(), field.unread()) == (None, typed)
    other = make_field(FORM.question(question), "en")
    other.show_unread(field.unread())
    assert other.fault() == field.fault()


def test_a_person_of_the_directory_stays_that_person_until_renamed(
    qtbot: QtBot, window: Make
) -> None:
    field = make_field(FORM.question("2.07"), "en")
    window(held(field))
    known = {"name": "Ruth Ashgrove", "id": "abc"}
    field.show_value(known)
    qtbot.keyClick(field.first(), Qt.Key.Key_Return)
    assert field.value() == known
    qtbot.keyClicks(field.first(), " Bell")
    assert field.value() == {"name": "Ruth Ashgrove Bell", "id": ""}


def test_yes_and_no_begin_unanswered_and_carry_the_question_as_name(
    qtbot: QtBot, window: Make
) -> None:
    field = make_field(FORM.question("1.03"), "en")
    field.set_name("1.03: Is a bid open?")
    window(held(field))
    assert field.value() is None
    yes = field.first()
    assert yes.accessibleName() == "1.03: Is a bid open? Yes"
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert field.value() is True
    field.show_value(False)
    assert field.value() is False


def test_choices_are_kept_by_key_and_in_the_forms_order(qtbot: QtBot, window: Make) -> None:
    one, many = (make_field(FORM.question(q), "en") for q in ("2.05", "2.06"))
    window(held(one))
    assert one.value() is None
    one.first().setFocus()
    qtbot.keyClicks(one.first(), "T")
    qtbot.keyClick(one.first(), Qt.Key.Key_Down)
    assert one.value() in {"meal", "travel"}
    many.show_value(["a", "b"])
    assert many.value() == ["a", "b"]
    many.show_value(None)
    assert many.value() is None


def test_a_wheel_over_a_closed_drop_down_changes_no_answer(window: Make) -> None:
    field = make_field(FORM.question("2.05"), "en")
    window(held(field))
    field.show_value("meal")
    chooser = field.first()
    assert isinstance(chooser, Chooser)
    before = chooser.value()
    chooser.wheelEvent(_Wheel())  # type: ignore[arg-type]
    assert chooser.value() == before


class _Wheel:
    def ignore(self) -> None:
        """Let it pass."""


def test_every_kind_shows_what_it_was_given_and_nothing_for_none(window: Make) -> None:
    given: dict[str, Any] = {
        "1.01": True,
        "1.03": False,
        "1.04": "Director",
        "2.01": "Long\ntext",
        "2.02": 4,
        "2.03": USD,
        "2.04": "2027-01-14",
        "2.05": "meal",
        "2.06": ["b"],
        "2.07": {"name": "A B", "id": ""},
        "2.08": [{"name": "A", "sort": "staff"}],
        "2.09": [{"name": "a.pdf", "digest": "0" * 64, "size": 9, "media": "application/pdf"}],
        "2.10": True,
    }
    for question in FORM.questions:
        if question.kind is Kind.YES_NO:
            continue
        field = make_field(question, "en")
        field.show_value(given[question.id])
        assert field.value() == given[question.id], question.id
        field.show_value(None)
        assert field.value() is None, question.id


def test_nothing_to_list_is_an_answer_of_its_own(qtbot: QtBot, window: Make) -> None:
    field = make_field(FORM.question("2.08"), "en")
    window(held(field))
    assert field.value() is None
    field.nothing.click()  # type: ignore[attr-defined]
    assert field.value() == []


# --- the grid ---------------------------------------------------------------------------


def type_in(qtbot: QtBot, grid: Grid, text: str, then: Qt.Key) -> None:
    """Type into the current cell and leave it by a key."""
    if grid.state() != Grid.State.EditingState:
        grid.edit(grid.currentIndex())
    editor = grid.viewport().findChildren(QLineEdit)[-1]
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, then)
    QTest.qWait(5)


def test_tab_goes_to_the_next_cell_and_adds_a_row_after_the_last(
    qtbot: QtBot, window: Make
) -> None:
    field = rows(window)
    qtbot.mouseClick(field.add, Qt.MouseButton.LeftButton)
    for text in ("Northquay", "14 Jan 2027", "160"):
        type_in(qtbot, field.grid, text, Qt.Key.Key_Tab)
    chooser = field.grid.viewport().findChildren(Chooser)[-1]
    assert isinstance(chooser, Chooser)
    chooser.set_value("Yes")
    qtbot.keyClick(chooser, Qt.Key.Key_Tab)
    QTest.qWait(5)
    assert field.rows() == [ROW]
    assert field.model.rowCount() == 2
    assert (field.grid.currentIndex().row(), field.grid.currentIndex().column()) == (1, 0)


def test_an_empty_last_row_is_left_by_tab_and_never_recorded(qtbot: QtBot, window: Make) -> None:
    field = rows(window)
    field.show_rows([ROW])
    field.model.add_row()
    field.grid.setFocus()
    field.grid.setCurrentIndex(field.model.index(1, 3))
    qtbot.keyClick(field.grid, Qt.Key.Key_Tab)
    assert not field.grid.hasFocus()
    assert field.rows() == [ROW]


def test_a_cell_that_cannot_be_read_says_why_and_is_not_recorded(
    qtbot: QtBot, window: Make
) -> None:
    field = rows(window)
    field.show_rows([ROW])
    field.grid.setCurrentIndex(field.model.index(0, 2))
    type_in(qtbot, field.grid, "1.250,00", Qt.Key.Key_Return)
    assert field.rows() == [{k: v for k, v in ROW.items() if k != "value"}]
    assert field.model.data(field.model.index(0, 2)) == "1.250,00"
    assert field.model.reasons()[0].startswith("Row 1, Value:")


def test_rows_pasted_from_a_spreadsheet_are_taken_and_what_is_not_is_listed(
    qtbot: QtBot, window: Make
) -> None:
    field = rows(window)
    field.show_rows([ROW])
    QGuiApplication.clipboard().setText(
        "Giver\tOffered\tValue\nHalvorsen\t8 Jan 2027\t350\nCorrin\t99 Jan 2027\t75"
    )
    field.grid.setFocus()
    qtbot.keyClick(field.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row["giver"] for row in field.rows()] == ["Northquay", "Halvorsen", "Corrin"]
    assert "day" not in field.rows()[2]
    told = [b.accessibleName() for b in field.findChildren(Banner)]
    assert told
    assert "Row 2" in told[0]
    assert "99 Jan 2027" in told[0]


def test_delete_empties_a_cell_and_a_row_can_be_taken_away(qtbot: QtBot, window: Make) -> None:
    field = rows(window)
    field.show_rows([ROW, {"giver": "Corrin"}])
    field.grid.setFocus()
    field.grid.setCurrentIndex(field.model.index(0, 3))
    qtbot.keyClick(field.grid, Qt.Key.Key_Delete)
    assert "kept" not in field.rows()[0]
    field.model.remove_row(0)
    assert field.rows() == [{"giver": "Corrin"}]


def test_money_stands_under_its_currency_and_figures_at_the_right(window: Make) -> None:
    field = rows(window)
    field.show_rows([ROW])
    model = field.model
    heads = model.headerData(2, Qt.Orientation.Horizontal)
    assert (heads, model.data(model.index(0, 2))) == ("Value\nUSD", "160.00")
    spoken = model.data(model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Value, row 1: 160.00"


# --- rows as small forms ----------------------------------------------------------------


def test_where_narrow_a_row_becomes_a_small_form(
    qapp: QApplication, qtbot: QtBot, window: Make
) -> None:
    style.apply(qapp, style.Scheme.LIGHT, 2.0)
    field = rows(window)
    field.show_rows([ROW])
    QTest.qWait(20)
    assert field.as_cards()
    edit = next(b for b in field.findChildren(Button) if b.text() == "Edit row 1")
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    form = field.findChild(RowForm)
    assert isinstance(form, RowForm)
    name = form.first()
    assert isinstance(name, QLineEdit)
    assert name.hasFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Halvorsen")
    assert field.rows()[0]["giver"] == "Halvorsen"
    form.closed.emit()
    QTest.qWait(20)
    assert not field.findChildren(RowForm)


def test_a_row_added_where_narrow_opens_its_form(
    qapp: QApplication, qtbot: QtBot, window: Make
) -> None:
    style.apply(qapp, style.Scheme.LIGHT, 2.0)
    field = rows(window)
    add = next(b for b in field.findChildren(Button) if b.text() == "Add a row")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    form = field.findChild(RowForm)
    assert isinstance(form, RowForm)
    qtbot.keyClicks(form.first(), "Corrin")
    assert field.rows() == [{"giver": "Corrin"}]
    remove = next(b for b in form.findChildren(Button) if b.text().startswith("Remove"))
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert field.rows() == []


def test_sizes_of_files_are_said_in_words() -> None:
    assert [size_words(n) for n in (12, 940_000, 1_800_000)] == ["12 bytes", "940 kB", "1.8 MB"]
