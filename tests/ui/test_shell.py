"""The window around every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from test_widgets import drop

from candor.ui import style
from candor.ui.hotline import Hotline, HotlinePage
from candor.ui.screens_api import Found, Screen, screens_for
from candor.ui.shell import Shell
from candor.ui.widgets import Button, Card, Label, Page, PageHead
from candor.ui.window import AutoLock, LockedFrame, Window

Make = Callable[..., Window]


class Plain(Page):
    """A page that counts."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.shown = 0
        self.taken: list[tuple[Path, ...]] = []
        self.add(PageHead(words, "One sentence."), Card(Label(words), Button("Act")))

    def refresh(self) -> None:
        self.shown += 1

    def drop_files(self, paths: tuple[Path, ...]) -> bool:
        if paths[0].suffix == ".pdf":
            self.taken.append(paths)
            return True
        return False


WORDS = ("Home", "Campaigns", "Cases", "Board books", "Registers", "People", "Exchange", "Verify")


@pytest.fixture
def built() -> list[str]:
    return []


@pytest.fixture
def shell(built: list[str]) -> Shell:
    def screen(word: str, icon: str = "house", *, foot: bool = False) -> Screen:
        def build(_shell: Shell) -> QWidget:
            built.append(word)
            return Plain(word)

        return Screen(word.casefold(), word, icon, build, foot=foot)

    screens = [screen(word) for word in WORDS]
    screens += [screen("Settings", "settings", foot=True), screen("Help", foot=True)]
    return Shell(
        screens,
        company="ImmunoGen, Inc.",
        person="Eleanor Whitcombe",
        office="Corporate Secretary",
        search=lambda text: [Found(f"Case {text}", "GFT-2027-0003", lambda: built.append("found"))],
        concern=lambda: HotlinePage(
            Hotline((("1-800-555-0142", "day and night"),), (("SEC", "by form"),), ("No harm.",))
        ),
    )


def test_pages_are_built_on_the_first_visit_and_read_again_on_each(
    shell: Shell, window: Make, built: list[str]
) -> None:
    window(shell)
    assert built == []
    page = shell.go("home")
    shell.go("verify")
    assert shell.go("home") is page
    assert built == ["Home", "Verify"]
    assert isinstance(page, Plain)
    assert page.shown == 2
    assert shell.current() == "home"


def test_a_rail_entry_is_pressed_with_the_mouse_or_the_keyboard(
    shell: Shell, window: Make, qtbot: QtBot
) -> None:
    window(shell)
    shell.go("home")
    qtbot.mouseClick(shell.rail.button("cases"), Qt.MouseButton.LeftButton)
    assert shell.current() == "cases"
    shell.rail.button("people").setFocus()
    qtbot.keyClick(shell.rail.button("people"), Qt.Key.Key_Space)
    assert shell.current() == "people"
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert shell.current() == "campaigns"


def test_a_detail_page_is_closed_and_destroyed_by_back(
    shell: Shell, window: Make, qtbot: QtBot
) -> None:
    window(shell)
    home = shell.go("home")
    detail = Plain("Detail")
    with qtbot.waitSignal(detail.destroyed):
        shell.open(detail, under="cases")
        assert shell.stack.currentWidget() is detail
        assert shell.current() == "cases"
        shell.back()
    assert shell.stack.currentWidget() is home
    assert shell.current() == "home"


def test_ctrl_l_locks_and_ctrl_k_searches(shell: Shell, window: Make, qtbot: QtBot) -> None:
    window(shell)
    shell.go("home")
    with qtbot.waitSignal(shell.lock_asked):
        qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.bar.search.hasFocus()


def test_search_finds_screens_and_cases_and_goes_there(
    shell: Shell, window: Make, qtbot: QtBot, built: list[str]
) -> None:
    window(shell)
    shell.go("home")
    shell.bar.open_search()
    qtbot.keyClicks(shell.bar.search, "Camp")
    qtbot.keyClick(shell.bar.search, Qt.Key.Key_Return)
    assert shell.current() == "campaigns"
    shell.bar.open_search()
    qtbot.keyClicks(shell.bar.search, "zzz")
    qtbot.keyClick(shell.bar.search, Qt.Key.Key_Return)
    assert built[-1] == "found"
    assert shell.bar.search.text() == ""


def test_report_a_concern_is_there_on_every_screen(
    shell: Shell, window: Make, qtbot: QtBot
) -> None:
    window(shell)
    shell.go("verify")
    qtbot.mouseClick(shell.bar.concern, Qt.MouseButton.LeftButton)
    page = shell.stack.currentWidget()
    assert isinstance(page, HotlinePage)
    assert shell.current() == ""
    shell.go("home")
    assert shell.bar.concern.property("current") is False


def test_files_dropped_anywhere_go_to_the_page_in_front_or_to_the_app(
    shell: Shell, window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window(shell)
    page = shell.go("home")
    assert isinstance(page, Plain)
    drop(shell, tmp_path / "book.pdf")
    assert page.taken == [(tmp_path / "book.pdf",)]
    with qtbot.waitSignal(shell.files_dropped) as told:
        drop(shell, tmp_path / "reply.candor")
    assert told.args == [(tmp_path / "reply.candor",)]


def test_counts_are_told_to_a_screen_reader_too(shell: Shell) -> None:
    shell.set_count("exchange", 3)
    assert shell.rail.button("exchange").accessibleName() == "Exchange, 3 need you"
    shell.set_count("exchange", 0)
    assert shell.rail.button("exchange").accessibleName() == "Exchange"


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1280, 832), (1024, 700)])
def test_nothing_is_wider_than_the_window(
    qapp: QApplication, shell: Shell, window: Make, size: tuple[int, int], scale: float
) -> None:
    style.apply(qapp, style.Scheme.LIGHT, scale)
    shown = window(shell, size)
    page = shell.go("home")
    shell.adapt()
    QTest.qWait(50)
    assert (shown.width(), shown.height()) == size
    assert isinstance(page, Page)
    assert page.view.horizontalScrollBar().maximum() == 0
    for part in (shell.bar.concern, shell.bar.lock, shell.bar._who):
        right = part.mapTo(shell, part.rect().topRight()).x()
        assert part.isVisible()
        assert right <= size[0]
        assert part.width() >= part.sizeHint().width()


def test_what_does_not_fit_on_the_rail_is_behind_more(
    qapp: QApplication, shell: Shell, window: Make
) -> None:
    style.apply(qapp, style.Scheme.LIGHT, 2.0)
    window(shell, (1024, 700))
    shell.go("home")
    shell.adapt()
    QTest.qWait(50)
    assert shell.rail.button("home").isVisible()
    assert not shell.rail.button("settings").isVisible()
    assert shell.rail._more.isVisible()


def test_locking_destroys_every_page(shell: Shell, qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show_shell(shell)
    page = shell.go("home")
    field = QLineEdit("a secret")
    page.layout().addWidget(field)  # type: ignore[union-attr]
    QApplication.clipboard().setText("a secret")
    frame = window.show_locked(Plain("Unlock your vault"))
    qtbot.waitUntil(lambda: not isValid(page) and not isValid(field))
    assert isinstance(frame, LockedFrame)
    assert window.shell() is None
    assert QApplication.clipboard().text() == ""


def test_a_quiet_while_asks_to_lock_and_a_key_starts_it_again(
    qtbot: QtBot, window: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = AutoLock()
    lock.set_minutes(1)
    shown = window(Plain("Home"))
    lock._timer.setInterval(400)
    QTest.qWait(200)
    # as the system tells it, to the window and not to the widget
    QTest.keyClick(shown.windowHandle(), Qt.Key.Key_A)
    assert lock._timer.remainingTime() > 300
    with qtbot.waitSignal(lock.due, timeout=3000):
        pass
    lock.set_minutes(0)
    assert not lock._timer.isActive()


def test_screens_are_shown_by_role() -> None:
    one = Screen("a", "A", "house", lambda _s: QWidget())
    two = Screen("b", "B", "house", lambda _s: QWidget(), roles=frozenset({"clo"}))
    assert screens_for((one, two), frozenset({"secretary"})) == (one,)
    assert screens_for((one, two), frozenset({"clo"})) == (one, two)


def test_a_change_of_text_size_reaches_an_open_window(
    qapp: QApplication, shell: Shell, qtbot: QtBot
) -> None:
    window = Window()
    window.resize(1280, 832)
    qtbot.addWidget(window)
    window.show_shell(shell)
    window.show()
    shell.go("home")
    assert shell.bar.search.isVisible()
    style.apply(qapp, style.Scheme.DARK, 2.0)
    QTest.qWait(50)
    assert not shell.bar.search.isVisible()
    assert shell.rail.width() == 176
