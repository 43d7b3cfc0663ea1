"""The window's tests: the style applied once, drafts in memory, files on the disk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from candor.ui import style
from candor.ui.window import Window

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """Every test starts light at 100 %."""
    plain = style.look().scheme is style.Scheme.LIGHT and style.look().scale == 1.0
    if not plain or not qapp.property("candor-dressed"):
        style.apply(qapp, style.Scheme.LIGHT, 1.0)


@pytest.fixture
def window(qtbot: QtBot) -> Callable[..., Window]:
    """Make the main window around a page, of a size, shown and active."""

    kept: list[Window] = []

    def make(page: QWidget, size: tuple[int, int] = (1280, 832)) -> Window:
        made = Window()
        made.resize(*size)
        made.setCentralWidget(page)
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        kept.append(made)  # else it goes, with the page, when a test does not hold it
        return made

    return make
