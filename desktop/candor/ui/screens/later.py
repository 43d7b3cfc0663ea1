"""Asking the rules while somebody types: in the background, once for many changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from candor.errors import CandorError
from candor.ui import tasks
from candor.ui.tasks import Task

PAUSE = 150
"""Milliseconds without another change until the question is put."""


class Later(QObject):
    """``prepare()`` reads the widgets on the window's thread and gives what to work out in a
    thread, or None for nothing. ``told`` (result) and ``refused`` (CandorError) report back."""

    told = Signal(object)
    refused = Signal(object)

    def __init__(self, prepare: Callable[[], Callable[[], Any] | None], parent: QObject) -> None:
        super().__init__(parent)
        self._prepare = prepare
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._ask)

    def ask(self) -> None:
        """Ask soon; an earlier question that is under way is thrown away."""
        if self._task is not None and not self._task.is_over():
            self._task.cancel()
        self._timer.start()

    def is_asking(self) -> bool:
        """Whether an answer is still to come."""
        return self._timer.isActive() or (self._task is not None and not self._task.is_over())

    def _ask(self) -> None:
        work = self._prepare()
        if work is None:
            return
        self._task = tasks.run(
            lambda _work: work(), done=self.told.emit, refused=self._refused, parent=self
        )

    def _refused(self, refusal: CandorError) -> None:
        self.refused.emit(refusal)
