"""A program of its own: Candor with one vault open, whose window closes while something runs.

Arguments: the vault, the instant (ISO 8601), the act, then the files that it needs. Prints the
ids of the worker processes that ran when the window was closed.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from a_company import PARTS, PEOPLE, SECRET, SECRETARY
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from candor.app import vaults
from candor.clock import SteppingClock
from candor.ui import style, tasks
from candor.ui.application import Application
from candor.ui.shell import Shell
from candor.ui.window import Window

Step = Callable[[], bool]


def steps(shell: Shell, act: str, files: tuple[Path, ...]) -> list[Step]:
    """What to do, each once it can be done; the last one starts the work that is interrupted."""
    screen = {"import": "exchange", "preview": "exchange", "verify": "verify"}.get(act, "packet")
    page: Any = shell.go(screen)

    def drop() -> bool:
        return bool(page.drop_files(files))

    def press_import() -> bool:
        button = page.imports.import_button
        if button.isVisible() and button.isEnabled():
            button.click()
            return True
        return False

    def press_compile() -> bool:
        page.compile.click()
        return bool(page._busy())

    def press_sign() -> bool:
        part = page.signing
        if part is None:
            return False
        part.signer.name_field().setText(PEOPLE[SECRETARY].name)
        part.signer.passphrase_field().setText(SECRET)
        part.sign.click()
        return True

    return {
        "preview": [drop],
        "verify": [drop],
        "import": [drop, press_import],
        "compile": [press_compile],
        "sign": [press_sign],
    }[act]


def main(folder: str, at: str, act: str, *files: str) -> int:
    """Open the vault, begin the act, close the window in the midst of it."""
    app = QApplication(["candor"])
    style.apply(app, style.Scheme.LIGHT)
    window, clock = Window(), SteppingClock(datetime.fromisoformat(at))
    application = Application(window, clock, PARTS)
    app.aboutToQuit.connect(application.quit)
    application.enter(vaults.open_vault(Path(folder), SECRET, clock, PARTS))
    window.show()
    shell = window.shell()
    left = steps(shell, act, tuple(map(Path, files))) if shell else []

    def look() -> None:
        workers = [child.pid for child in multiprocessing.active_children()]
        if left:
            if left[0]():
                left.pop(0)
        elif workers or not tasks.is_busy():
            timer.stop()
            sys.stdout.write(" ".join(map(str, workers)))
            window.close()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(1)
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
