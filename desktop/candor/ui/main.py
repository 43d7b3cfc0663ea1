"""The window's entry: `main()` opens Candor and returns when it is closed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from candor.clock import SystemClock
from candor.ui import style, tasks
from candor.ui.application import Application
from candor.ui.window import Window


def main(arguments: Sequence[str] = ()) -> int:
    """Open the window; ``arguments`` may name the folder of a vault to unlock.

    Returns Qt's exit code. `candor.__main__` has served as a worker process before, if asked.
    """
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("Candor")
    app.setDesktopFileName("candor")
    style.measure(app)
    window = Window()
    application = Application(window, SystemClock())
    app.aboutToQuit.connect(application.quit)
    application.start(Path(arguments[0]) if arguments else None)
    style.apply(app)
    window.shown.connect(load_the_rest)
    window.show()
    return app.exec()


def load_the_rest() -> None:
    """Read from disk what an open vault needs, behind the page that stands on the screen."""
    tasks.run(lambda _work: importlib.import_module("candor.ui.unlocked"))
