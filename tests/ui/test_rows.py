"""Lists under the mouse: clicks that come in pairs or go astray, and words that do not fit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from candor.ui.widgets import ColumnSpec, RowsModel, RowsView
from candor.ui.window import Window

Make = Callable[..., Window]
PEOPLE = (("Ashgrove", "Chair of the Audit Committee since the year before last"), ("Fenwick", ""))
LEFT = Qt.MouseButton.LeftButton


class Seen:
    """What a list told, in order."""

    def __init__(self, view: RowsView) -> None:
        self.said: list[str] = []
        view.linked.connect(lambda row, _spec: self.said.append(f"link {row[0]}"))
        view.opened.connect(lambda row: self.said.append(f"open {row[0]}"))


@pytest.fixture
def view(window: Make) -> RowsView:
    columns = [
        ColumnSpec("Person", lambda p: p[0], width=120, narrow=60),
        ColumnSpec("Office", lambda p: p[1], stretch=True),
        ColumnSpec("When", lambda _p: "4 Jan", full=lambda _p: "Mon 4 Jan 2027", width=80),
        ColumnSpec("", lambda _p: "Open", link=True, width=80),
    ]
    shown = RowsView(RowsModel(columns, PEOPLE, key=lambda p: p[0], checkable=True), name="People")
    window(shown, (1280, 400))
    return shown


def at(view: RowsView, row: int, column: int) -> QPoint:
    return view.visualRect(view.proxy.index(row, column)).center()


def click_twice(view: RowsView, where: QPoint) -> None:
    """A double click as the system tells it: both presses, both releases."""
    QTest.mouseClick(view.viewport(), LEFT, pos=where)
    QTest.mouseDClick(view.viewport(), LEFT, pos=where)
    QTest.mouseRelease(view.viewport(), LEFT, pos=where)


def test_a_double_click_on_a_link_follows_it_once(view: RowsView) -> None:
    seen = Seen(view)
    click_twice(view, at(view, 0, 4))
    assert seen.said == ["link Ashgrove"]


def test_a_double_click_on_words_opens_the_row_once(view: RowsView) -> None:
    seen = Seen(view)
    click_twice(view, at(view, 1, 1))
    assert seen.said == ["open Fenwick"]


def test_a_double_click_on_a_box_opens_nothing(view: RowsView) -> None:
    seen = Seen(view)
    click_twice(view, at(view, 0, 0))
    assert seen.said == []
    assert view.rows.checked() == (PEOPLE[0],)


def test_a_press_that_is_released_elsewhere_does_nothing(view: RowsView) -> None:
    seen = Seen(view)
    QTest.mousePress(view.viewport(), LEFT, pos=at(view, 1, 1))
    QTest.mouseRelease(view.viewport(), LEFT, pos=at(view, 0, 4))
    QTest.mousePress(view.viewport(), LEFT, pos=at(view, 1, 1))
    QTest.mouseRelease(view.viewport(), LEFT, pos=at(view, 0, 0))
    assert seen.said == []
    assert view.rows.checked() == ()


def tip(view: RowsView, row: int, column: int) -> str:
    index = view.proxy.index(row, column)
    option = QStyleOptionViewItem()
    option.rect = view.visualRect(index)
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint(5, 5))
    shown = view.itemDelegate().helpEvent(event, view, option, index)
    return QToolTip.text() if shown else ""


def test_words_that_do_not_fit_are_whole_in_the_tool_tip(view: RowsView) -> None:
    view.horizontalHeader().setSectionResizeMode(view.horizontalHeader().ResizeMode.Interactive)
    view.setColumnWidth(2, 120)
    assert tip(view, 0, 2) == PEOPLE[0][1]
    assert tip(view, 0, 1) == ""


def test_a_day_without_its_year_is_whole_to_a_screen_reader(view: RowsView) -> None:
    said = view.proxy.data(view.proxy.index(0, 3), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Mon 4 Jan 2027"
    assert tip(view, 0, 3) == "Mon 4 Jan 2027"


def test_columns_are_narrow_where_the_window_is(view: RowsView, qtbot: QtBot) -> None:
    assert view.columnWidth(1) == 120
    view.window().setMinimumSize(100, 100)
    view.window().resize(700, 400)
    qtbot.waitUntil(lambda: view.columnWidth(1) == 60)
