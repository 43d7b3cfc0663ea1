"""A person at a laptop: opens the window, types, clicks, drops files, locks, goes away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from candor.app.vaults import VaultParts
from candor.clock import Clock
from candor.ui import tasks
from candor.ui.application import Application
from candor.ui.screens.sending import Ask
from candor.ui.shell import Shell
from candor.ui.widgets import RowsView
from candor.ui.window import Window

W = TypeVar("W", bound=QWidget)
LONG = 60_000
"""Milliseconds until a wait gives up; nothing is timed, a hang must end."""
PASTED_FROM = 24
"""Texts longer than this are pasted, as people do with texts that they have elsewhere."""


@dataclass
class Person:
    """Somebody with a laptop of their own. ``home`` is its disk, ``desk`` where files are saved."""

    name: str
    secret: str
    home: Path
    bot: QtBot
    clock: Clock
    parts: VaultParts
    patch: pytest.MonkeyPatch
    window: Window | None = None
    application: Application | None = None

    @property
    def desk(self) -> Path:
        """The folder into which this person saves."""
        made = self.home / "desk"
        made.mkdir(parents=True, exist_ok=True)
        return made

    # --- sitting down and leaving ---------------------------------------------------------

    @contextmanager
    def sitting(self) -> Iterator[Person]:
        """The window is open on the first page while this lasts; then it locks and closes."""
        for place in ("CONFIG", "DATA"):
            self.patch.setenv(f"XDG_{place}_HOME", str(self.home / place.lower()))
        # the desktop's own dialogs are answered here; everything else is Candor's and is driven
        self.patch.setattr(Ask, "folder", staticmethod(lambda _parent, _title: self.desk))
        self.patch.setattr(
            Ask, "save_as", staticmethod(lambda _p, _t, name, _kinds="": self.desk / name)
        )
        window = Window()
        self.window, self.application = window, Application(window, self.clock, self.parts)
        self.application.start()
        with self.bot.waitExposed(window):
            window.show()
        window.activateWindow()
        try:
            yield self
        finally:
            self.application.quit()
            self.bot.waitUntil(lambda: not tasks.is_busy(), timeout=LONG)
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.window = self.application = None

    @contextmanager
    def at_work(self) -> Iterator[Person]:
        """Unlocked with the passphrase while this lasts; then locked with the keyboard."""
        with self.sitting():
            self.unlock()
            yield self
            self.lock()

    def unlock(self) -> None:
        """Type the passphrase."""
        page = self.locked_page()
        self.type_into(page.secret.edit, self.secret)
        self.bot.keyClick(page.secret.edit, Qt.Key.Key_Return)
        self.until(self.has_shell)

    def lock(self) -> None:
        """Ctrl+L; nothing of the vault stays on the screen."""
        assert self.window is not None
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.bot.keyClick(self.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: not self.has_shell())

    # --- what is on the screen ------------------------------------------------------------

    @property
    def app(self) -> Application:
        """The application of this sitting."""
        assert self.application is not None
        return self.application

    @property
    def shell(self) -> Shell:
        """The shell of the unlocked vault."""
        assert self.window is not None
        shell = self.window.shell()
        assert shell is not None
        return shell

    def has_shell(self) -> bool:
        """Whether the vault is unlocked."""
        return self.window is not None and self.window.shell() is not None

    def locked_page(self) -> Any:
        """The page before unlocking."""
        assert self.window is not None
        return self.window.centralWidget().content  # type: ignore[attr-defined]

    def front(self) -> Any:
        """The page in front."""
        return self.shell.stack.currentWidget()

    def go(self, screen: str) -> Any:
        """Press an entry of the rail; the page once it has read its data."""
        self.until(self._is_settled)
        self.press(self.shell.rail.button(screen))
        page = self.front()
        read = getattr(page, "is_read", None)
        if callable(read):
            self.until(read)
        return page

    def _is_settled(self) -> bool:
        """Whether the rail shows the screens that this person has a use for now."""
        unlocked = self.app.unlocked
        if unlocked is None or unlocked._seen != unlocked.session.changed:
            return False
        return unlocked._reading is None or unlocked._reading.is_over()

    # --- hands ----------------------------------------------------------------------------

    def until(self, met: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self.bot.waitUntil(met, timeout=LONG)

    def press(self, button: QWidget) -> None:
        """Click a button that is on the screen and can be pressed."""
        self.until(lambda: button.isVisible() and button.isEnabled())
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)

    def press_word(self, word: str, inside: QWidget | None = None) -> None:
        """Click the visible button of which the words begin so."""
        root = inside or self.front()
        found: list[QAbstractButton] = []

        def look() -> bool:
            found[:] = [
                button
                for button in root.findChildren(QAbstractButton)
                if button.isVisible() and button.isEnabled() and button.text().startswith(word)
            ]
            return bool(found)

        self.until(look)
        self.bot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def type_into(self, box: QLineEdit | QPlainTextEdit, text: str) -> None:
        """Replace what stands in a box: short texts key by key, long ones by pasting."""
        box.setFocus()
        self.bot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if len(text) > PASTED_FROM or not text.isascii():
            QGuiApplication.clipboard().setText(text)
            self.bot.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        else:
            self.bot.keyClicks(box, text)

    def drop(self, target: QWidget, *paths: Path) -> None:
        """Drag files onto a widget and let go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        middle = QPointF(target.rect().center())
        enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted()
        let_go = QDropEvent(middle, Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(target, let_go)

    def tick(self, view: RowsView, row: int) -> None:
        """Click the box at the start of a row."""
        place: QPoint = view.visualRect(view.proxy.index(row, 0)).center()
        self.bot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )

    # --- acts that recur ------------------------------------------------------------------

    def take_in(self, *paths: Path) -> None:
        """Drop Candor files anywhere on the window, look at the preview, import."""
        self.drop(self.shell, *paths)
        page = self.front()
        imports = page.imports
        self.until(imports.import_button.isVisible)
        verdicts = {row.name: (row.verdict, row.refused) for row in imports.model.rows()}
        assert all(verdict == "import" for verdict, _why in verdicts.values()), verdicts
        self.press(imports.import_button)
        self.until(page.said.isVisible)

    def hand_out(self) -> tuple[Path, ...]:
        """Save everything in the outbox that is ready; the files, by name."""
        before = self.saved()
        page = self.go("exchange")
        self.until(lambda: page.outbox.table.proxy.rowCount() > 0)
        ready = [item for item in page.outbox.model.rows() if item.state == "ready"]
        assert ready
        if len(ready) > 1:
            self.press(page.outbox.save_all)
        else:
            self.press_word("Save file…", page.outbox.card)
        self.until(lambda: len(self.saved() - before) == len(ready))
        self.until(page.outbox.said.isVisible)
        return tuple(sorted(self.saved() - before))

    def saved(self) -> set[Path]:
        """The Candor files on the desk."""
        return set(self.desk.glob("*.candor"))

    def sign_with(self, signer: Any) -> None:
        """Type full name and passphrase."""
        self.type_into(signer.name_field(), self.name)
        self.type_into(signer.passphrase_field(), self.secret)


def one_for(paths: Sequence[Path], name: str) -> Path:
    """The file that is addressed to somebody."""
    word = name.rpartition(" ")[2].casefold()
    found = [path for path in paths if word in path.name.casefold()]
    assert len(found) == 1, [path.name for path in paths]
    return found[0]
