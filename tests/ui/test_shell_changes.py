"""A person's screens may change while the window is open: what was typed stays."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from candor.ui import tasks
from candor.ui.screens_api import Screen
from candor.ui.shell import Shell
from candor.ui.widgets import Page
from candor.ui.window import Window


class Writing(Page):
    """A page with something half typed on it."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.add(self.line)


def _screens(*names: str) -> list[Screen]:
    return [Screen(name, name.title(), "house", lambda _shell: Writing()) for name in names]


def test_a_page_keeps_what_is_typed_when_a_screen_is_added(
    window: Callable[..., Window], qtbot: QtBot
) -> None:
    shell = Shell(_screens("home", "exchange"), company="Acme", person="Ann")
    window(shell)
    page = shell.go("exchange")
    assert isinstance(page, Writing)
    qtbot.keyClicks(page.line, "half a reas")
    shell.set_screens(_screens("home", "packet", "exchange"))
    assert shell.stack.currentWidget() is page
    assert page.line.text() == "half a reas"
    assert shell.rail.button("exchange").isChecked()
    shell.rail.button("packet").click()
    assert shell.current() == "packet"


def test_the_page_of_a_screen_that_goes_is_closed_unless_it_is_in_front(
    window: Callable[..., Window],
) -> None:
    shell = Shell(_screens("home", "packet", "exchange"), company="Acme", person="Ann")
    window(shell)
    shell.go("packet")
    front = shell.go("exchange")
    shell.set_screens(_screens("home"))
    assert shell.stack.currentWidget() is front
    assert shell.stack.indexOf(front) >= 0
    assert shell.stack.count() == 1
    shell.go("home")
    assert shell.current() == "home"


def test_a_result_that_comes_after_cancel_is_thrown_away(qtbot: QtBot) -> None:
    go, told = threading.Event(), []
    task = tasks.run(
        lambda _work: go.wait(10),
        done=lambda value: told.append(("done", value)),
        cancelled=lambda: told.append(("cancelled", None)),
    )
    task._stop.set()  # as Cancel does, an instant before the thread ends
    go.set()
    qtbot.waitUntil(task.is_over, timeout=10_000)
    assert told == [("cancelled", None)]
