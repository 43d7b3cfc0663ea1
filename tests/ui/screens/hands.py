"""What somebody at the window does, for tests of single screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from candor.ui import tasks

LONG = 60_000
"""Milliseconds until a wait gives up; nothing is timed, a hang must end."""


@dataclass
class Hands:
    """What somebody at the window does."""

    bot: QtBot

    def until(self, met: Callable[[], object]) -> None:
        """Wait until something holds."""
        self.bot.waitUntil(lambda: bool(met()), timeout=LONG)

    def rest(self) -> None:
        """Wait until nothing runs in the background."""
        self.until(lambda: not tasks.is_busy())

    def press(self, button: QAbstractButton) -> None:
        """Click a button that is on the screen and can be pressed."""
        self.until(lambda: button.isVisible() and button.isEnabled())
        button.click()

    def word(self, word: str, inside: QWidget) -> QAbstractButton:
        """The button whose words begin so, once it is on the screen."""
        found: list[QAbstractButton] = []

        def look() -> bool:
            found[:] = [
                button
                for button in inside.findChildren(QAbstractButton)
                if button.isVisible() and button.text().startswith(word)
            ]
            return bool(found)

        self.until(look)
        return found[0]

    def read(self, page: Any) -> Any:
        """The page once it shows its data."""
        self.until(page.is_read)
        return page
