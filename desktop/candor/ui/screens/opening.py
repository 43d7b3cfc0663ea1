"""What the pages before unlocking share: a narrow column, and opening that can be stopped."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from candor.app.session import Session
from candor.errors import CandorError
from candor.ui import style, tasks
from candor.ui.tasks import Task, Work
from candor.ui.widgets import Button, Scroll, column, row

SLOW = 500
"""Milliseconds until Cancel appears (mock-up 01)."""


class Centred(QWidget):
    """A column of fixed width in the middle of the window; it scrolls where it must."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = QWidget()
        self.inner.setMaximumWidth(style.px(width))
        self.box = column(space=16)
        self.inner.setLayout(self.box)

    def fill(self, *widgets: QWidget, foot: Sequence[QWidget] = ()) -> None:
        """Put these into the column, and ``foot`` at the lower end of the window."""
        for widget in widgets:
            self.box.addWidget(widget)
        middle = row(1, space=0, margins=(24, 24, 24, 24))
        middle.addWidget(self.inner, 100)
        middle.addStretch(1)
        content = QWidget()
        content.setProperty("role", "clear")
        whole = column(1, space=4)
        whole.addLayout(middle)
        whole.addStretch(2)
        for line in foot:
            whole.addWidget(line)
        content.setLayout(whole)
        self.setLayout(column(Scroll(content), space=0, margins=(0, 0, 0, 24)))


class _Fate:
    """What becomes of a session that is being opened: handed over once, or closed again."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._abandoned = False
        self._made: object = None

    def arrived(self, made: object) -> None:
        """It is open; keep it until it is handed over. Called in the thread."""
        with self._guard:
            if not self._abandoned:
                self._made = made
                return
        _close(made)

    def handed(self) -> None:
        """Somebody has it now."""
        with self._guard:
            self._made = None

    def abandon(self) -> None:
        """Nobody wants it any more, whether it is open yet or not."""
        with self._guard:
            self._abandoned = True
            made, self._made = self._made, None
        _close(made)


def _close(made: object) -> None:
    session = getattr(made, "session", made)
    if isinstance(session, Session):
        session.close()


class Opening(QObject):
    """A session being opened or made in a thread. A session that arrives after Cancel, or after
    its page has gone, is closed again, so that the vault is not left locked by nobody.

    ``opened`` tells the session; ``refused`` the refusal; ``ended`` follows either and Cancel.
    """

    opened = Signal(object)
    refused = Signal(object)
    ended = Signal()

    def __init__(self, function: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._function = function
        self._fate = _Fate()
        self._task: Task | None = None
        self.destroyed.connect(self._fate.abandon)

    def start(self) -> Opening:
        """Begin."""
        self._task = tasks.run(
            self._open,
            done=self._hand_over,
            refused=self._refuse,
            parent=self,
        )
        self._task.ended.connect(self.ended)
        return self

    def cancel(self) -> None:
        """Stop waiting; whatever opens later is closed again."""
        self._fate.abandon()
        if self._task is not None:
            self._task.cancel()

    def _open(self, _work: Work) -> object:
        # the screens are read from disk while the key is derived, not after
        importlib.import_module("candor.ui.registry")
        made = self._function()
        self._fate.arrived(made)
        return made

    def _hand_over(self, made: object) -> None:
        self._fate.handed()
        self.opened.emit(made)

    def _refuse(self, error: CandorError) -> None:
        self.refused.emit(error)


class SlowCancel(Button):
    """Cancel that appears only when something takes longer than half a second."""

    def __init__(self, text: str = "Cancel") -> None:
        super().__init__(text, "quiet")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def arm(self) -> None:
        """Appear in half a second."""
        self._timer.start(SLOW)

    def disarm(self) -> None:
        """Do not appear, or disappear."""
        self._timer.stop()
        self.hide()
