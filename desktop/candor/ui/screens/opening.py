"""A vault being opened or made behind a page before unlocking; it can be stopped."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from candor.errors import CandorError
from candor.ui import tasks
from candor.ui.collecting import pass_over_the_program
from candor.ui.tasks import Task, Work


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
    """A session, or what was made with one; its class is loaded only where a vault is open."""
    close: Callable[[], object] | None = getattr(getattr(made, "session", made), "close", None)
    if close is not None:
        close()


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
        # a passphrase is in there: it goes as soon as it was used
        function = self._function
        del self._function
        pass_over_the_program()
        made = function()
        self._fate.arrived(made)
        return made

    def _hand_over(self, made: object) -> None:
        self._fate.handed()
        self.opened.emit(made)

    def _refuse(self, error: CandorError) -> None:
        self.refused.emit(error)
