"""From the start of the process to the painted unlock window, against a bare window of Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from a_vault import found
from measuring import Measured, beside

from candor.app import chooser

_PAINTED = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            QTimer.singleShot(0, QApplication.instance().quit)
        return False

shown = QApplication.exec
def watched_exec():
    watcher = Painted()
    QApplication.instance().installEventFilter(watcher)
    return shown()
QApplication.exec = watched_exec
"""
_BARE = """
app = QApplication([])
window = QWidget()
window.resize(1280, 832)
window.show()
QApplication.exec()
"""
_CANDOR = """
QApplication.exec = lambda self=None: watched_exec()
from candor.__main__ import main
sys.argv[1:] = []
main()
"""


def run(folder: Path) -> Iterator[Measured]:
    """The window that a person meets who has opened a vault before."""
    found(folder, 8).secretary.close()
    assert chooser.known_vaults()
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    # a person's machine keeps bytecode; without it every start would compile Candor anew
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def start(script: str) -> None:
        subprocess.run([sys.executable, "-c", _PAINTED + script], env=environment, check=True)

    start(_CANDOR)  # once for what the system caches: libraries, bytecode, fonts
    bare, candor = beside(lambda: start(_BARE), lambda: start(_CANDOR), 7)
    yield Measured(
        "start to painted unlock window, times a bare window",
        candor / bare,
        "x",
        1.8,
        note=f"bare {bare * 1000:.0f} ms, Candor {candor * 1000:.0f} ms; both end when painted",
    )
    root = Path(__file__).resolve().parents[2]
    command = root / ".venv" / "bin" / "candor"
    if command.exists():
        yield _second_start(root, command)


def _second_start(root: Path, command: Path) -> Measured:
    """`python3 desktop` on a checkout that is set up, against the installed command."""

    def version(*program: str) -> None:
        subprocess.run([*program, "--version"], check=True, stdout=subprocess.DEVNULL)

    straight, through = beside(
        lambda: version(str(command)), lambda: version("python3", str(root / "desktop")), 7
    )
    return Measured(
        "`python3 desktop` over the installed command", (through - straight) * 1000, "ms", 200
    )
