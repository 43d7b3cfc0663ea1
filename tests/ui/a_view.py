"""What the tests of the form view share: waiting, pressing, finding a button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QWidget,
)
from pytestqt.qtbot import QtBot

from candor.ui.fields.chosen import YesNoField
from candor.ui.form_view import FormView
from candor.ui.widgets import Button
from candor.ui.window import Window

Make = Callable[..., Window]
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def settle(view: FormView) -> None:
    """Wait until every question of the section stands."""
    while not view.pane.is_whole() or view._settle.isActive():
        QTest.qWait(20)
    QTest.qWait(20)


def press(qtbot: QtBot, view: FormView, question: str, *, yes: bool) -> None:
    field = view.view(question).field
    assert isinstance(field, YesNoField)
    button = field.segments.button("yes" if yes else "no")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(view)


def button(within: QWidget, words: str) -> Button:
    return next(b for b in within.findChildren(Button) if b.text() == words and not b.isHidden())
