"""The window's tests: the style applied once, drafts in memory, files on the disk."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from candor.forms.answers import Answer
from candor.ui import style, tasks
from candor.ui.form_view import FormView
from candor.ui.window import Window

if TYPE_CHECKING:
    from a_board import Board
    from a_draft import MemoryDraft
    from boardroom import BoardroomFounding

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "app"))


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """Every test starts light at 100 %."""
    plain = style.look().scheme is style.Scheme.LIGHT and style.look().scale == 1.0
    if not plain or not qapp.property("candor-dressed"):
        style.apply(qapp, style.Scheme.LIGHT, 1.0)


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """What a test of the window switched off is on again for the tests after it."""
    yield
    tasks.stop_all()
    gc.enable()


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


@pytest.fixture(scope="session")
def boardrooms(tmp_path_factory: pytest.TempPathFactory) -> BoardroomFounding:
    """A company with an Audit Committee and a Board, founded once."""
    from boardroom import BoardroomFounding
    from village import Founding

    village = Founding(tmp_path_factory.mktemp("village"))
    return BoardroomFounding(tmp_path_factory.mktemp("boardroom"), village)


@pytest.fixture
def board(
    boardrooms: BoardroomFounding, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Board]:
    """Its people, each at a laptop of their own."""
    from a_board import Board

    town = boardrooms.copy(tmp_path / "boardroom")
    yield Board(town, tmp_path, qtbot, monkeypatch)
    town.close()


@pytest.fixture
def draft() -> MemoryDraft:
    """A small form with two answers of last year."""
    from a_draft import MemoryDraft
    from a_form import small_context, small_form

    last = {"1.03": Answer("1.03", value=False), "2.01": Answer("2.01", value="Nothing else.")}
    return MemoryDraft(small_form(), small_context(), title="Gifts 2027", last_year=last)


@pytest.fixture
def view(draft: MemoryDraft, window: Callable[..., Window]) -> FormView:
    """The form view over that draft, shown and settled."""
    from a_draft import TODAY
    from a_view import settle

    made = FormView(draft, TODAY)
    window(made)
    settle(made)
    return made
