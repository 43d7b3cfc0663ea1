"""The main window: locked with one page, or unlocked with the shell; it locks itself when idle."""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QPaintEvent, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import delete, isValid

from candor.resources import resource
from candor.ui import style
from candor.ui.widgets import Button, FocusRing, Label, Logo, column, row
from candor.ui.widgets.tab_order import go_on

if TYPE_CHECKING:
    from candor.ui.shell import Shell

USUAL, SMALLEST = (1280, 832), (720, 480)
SETTLED = 50
"""Milliseconds after the first painting in which nothing else may take the processor."""


class LockedFrame(QWidget):
    """What stands around the pages before unlocking: the name, and Report a concern."""

    concern_asked = Signal()

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.content = content
        self.concern = Button("Report a concern", "bar", icon="megaphone")
        self.concern.clicked.connect(self.concern_asked)
        head = row(
            Logo(24), Label("Candor", "strong"), 1, self.concern, space=8, margins=(32, 16, 24, 0)
        )
        whole = column(head, content, space=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)


class AutoLock(QObject):
    """Emits ``due`` after so many minutes without a key, a click or a movement.

    It looks only at what the system tells a window. To look at every event of the application
    would cost a call from Qt for each, thousands while a page is built.
    """

    due = Signal()
    _SIGNS = frozenset(
        {
            QEvent.Type.KeyPress,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.Wheel,
            QEvent.Type.TouchBegin,
        }
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.due)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)

    def set_minutes(self, minutes: int) -> None:
        """Watch from now on; 0 stops watching."""
        self._timer.stop()
        if minutes > 0:
            for window in QGuiApplication.allWindows():
                self._watch(window)
            self._timer.start(minutes * 60_000)

    def _watch(self, window: QWindow | None) -> None:
        """Look at a window too, a dialog for instance; None where another program is in front."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start the count again at each sign of life."""
        if event.type() in self._SIGNS and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)


_windows: WeakSet[QMainWindow] = WeakSet()


@atexit.register
def _take_down() -> None:
    """Destroy what is still open while the interpreter is whole: Qt would else call back into
    widgets of which half the Python side is gone, and the process would end in a crash."""
    for window in tuple(_windows):
        if isValid(window):
            window.hide()
            delete(window)


class Window(QMainWindow):
    """The one window. `show_locked` and `show_shell` destroy what was there before, so that
    nothing of an unlocked vault stays on the screen or in widgets after locking.

    ``shown`` is emitted once, when it has stood on the screen for a moment.
    """

    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        _windows.add(self)
        self.setWindowTitle("Candor")
        self.setWindowIcon(QIcon(str(resource("icons", "candor.svg"))))
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.auto_lock = AutoLock(self)
        self._shell: Shell | None = None
        self._painted = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.ring = FocusRing(app)
        style.announcer().changed.connect(self._adapt)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and tell of the first time."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(SETTLED, self, self.shown.emit)

    def show_locked(self, page: QWidget) -> LockedFrame:
        """Show a page outside any vault (unlock, first start)."""
        frame = LockedFrame(page)
        self._replace(frame)
        self._shell = None
        page.setFocus()
        return frame

    def show_shell(self, shell: Shell) -> Shell:
        """Show an unlocked vault."""
        self._replace(shell)
        self._shell = shell
        shell.adapt()
        return shell

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the window as it is read."""
        return go_on(self, forward=forward)

    def shell(self) -> Shell | None:
        """The shell of the unlocked vault, or None while locked."""
        return self._shell

    def _replace(self, inside: QWidget) -> None:
        # what was there is hidden and destroyed by this; taken out first, Qt would dress every
        # widget of it anew for a window of its own
        self.setCentralWidget(inside)
        QGuiApplication.clipboard().clear()

    def _adapt(self) -> None:
        shell = self.shell()
        if shell is not None:
            shell.adapt()
