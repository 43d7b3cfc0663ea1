"""Renders pages of the real window to PNG, in every look."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QThreadPool
from PySide6.QtWidgets import QApplication, QWidget

from candor.app import preferences
from candor.app.session import Session
from candor.clock import SystemClock
from candor.ui import appearance, style, tasks
from candor.ui.application import Application
from candor.ui.shell import Shell
from candor.ui.unlocked import Unlocked
from candor.ui.window import Window


@dataclass(frozen=True)
class Look:
    """One way to see a screen."""

    theme: str
    scale: int
    width: int
    height: int


LOOKS = {
    "light": Look("light", 100, 1280, 832),
    "dark": Look("dark", 100, 1280, 832),
    "small": Look("light", 100, 1024, 700),
    "200": Look("light", 200, 1280, 832),
}


def settle(rounds: int = 3) -> None:
    """Let everything in the background finish and every layout come to rest."""
    for _ in range(rounds):
        for _ in range(2000):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not tasks.is_busy():
                break
            threading.Event().wait(0.01)
        QThreadPool.globalInstance().waitForDone(5000)
        QCoreApplication.processEvents()


class Camera:
    """``shell`` shows one screen of a session in each look; ``locked`` a page before it."""

    def __init__(self, out: Path, *, only: frozenset[str], looks: tuple[str, ...]) -> None:
        self.out, self.only, self.looks = out, only, looks
        self.count = 0
        out.mkdir(parents=True, exist_ok=True)
        app = QApplication.instance()
        self.app = app if isinstance(app, QApplication) else QApplication([])
        style.apply(self.app, style.Scheme.LIGHT)

    def wants(self, name: str) -> bool:
        """Whether this picture was asked for."""
        return not self.only or any(name.startswith(start) for start in self.only)

    def shell(
        self,
        name: str,
        session: Session,
        screen: str,
        prepare: Callable[[Shell, QWidget], object] | None = None,
        *,
        looks: tuple[str, ...] = (),
    ) -> None:
        """One screen of an unlocked vault; ``prepare(shell, page)`` brings it into its state."""
        if not self.wants(name):
            return
        for key in looks or self.looks:
            look = LOOKS[key]
            preferences.set_theme(session, look.theme)
            preferences.set_text_scale(session, look.scale)
            window = self._window(look)
            session.runner = tasks.runner
            unlocked = Unlocked(window, session, lambda: None, window)
            shell = unlocked.show()
            settle()
            page = shell.go(screen)
            settle()
            if prepare is not None:
                prepare(shell, page)
                settle()
            self._grab(window, f"{name}-{key}")
            self._drop(window)

    def locked(
        self, name: str, prepare: Callable[[Application], object], *, looks: tuple[str, ...] = ()
    ) -> None:
        """A page before unlocking; ``prepare(application)`` shows it."""
        if not self.wants(name):
            return
        for key in looks or self.looks:
            look = LOOKS[key]
            appearance.wear(look.theme, look.scale)
            window = self._window(look)
            prepare(Application(window, SystemClock()))
            settle()
            self._grab(window, f"{name}-{key}")
            self._drop(window)

    def _window(self, look: Look) -> Window:
        appearance.wear(look.theme, look.scale)
        window = Window()
        window.resize(look.width, look.height)
        window.show()
        return window

    def _grab(self, window: Window, name: str) -> None:
        settle(1)
        window.grab().save(str(self.out / f"{name}.png"))
        self.count += 1

    def _drop(self, window: Window) -> None:
        tasks.cancel_all()
        window.close()
        window.deleteLater()
        settle(1)
