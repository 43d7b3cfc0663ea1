"""A person sees the unlock page before the machine reads what only an open vault needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from candor.clock import SystemClock
from candor.vault.kdf import Kdf
from candor.vault.store import Vault

_CHEAP = Kdf(memory_kib=64, passes=1, lanes=1)
_HEAVY = (
    "argon2",
    "candor.app.session",
    "candor.forms.definition",
    "candor.packet.compose",
    "candor.policy",
    "candor.records",
    "cryptography",
    "holidays",
    "keyring",
    "multiprocessing",
    "openpyxl",
    "pikepdf",
    "pyhanko",
    "pyrage",
    "rapidfuzz",
    "reportlab",
    "rfc8785",
)
_UNTIL_PAINTED = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from candor.app import chooser

class Painted(QObject):
    loaded = ()
    def eventFilter(self, watched, event):
        if not self.loaded and event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            Painted.loaded = tuple(sys.modules)
            QTimer.singleShot(0, QApplication.instance().quit)
        return False

shown = QApplication.exec
def watched_exec(_app=None):
    watcher = Painted()
    QApplication.instance().installEventFilter(watcher)
    return shown()
QApplication.exec = watched_exec

chooser.note(chooser.VaultEntry(sys.argv[1], "Fictional, Inc.", "Ada Example", "Director", ""))
from candor.__main__ import main
sys.argv[1:] = []
main()
print(json.dumps(Painted.loaded))
"""


def _loaded(*command: str, **extra: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", *command],
        env=os.environ | extra,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def _heavy(modules: set[str]) -> set[str]:
    return {name for name in modules if name.startswith(tuple(f"{heavy}." for heavy in _HEAVY))} | (
        modules & set(_HEAVY)
    )


def test_unlock_page_is_painted_before_anything_of_an_open_vault_is_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    vault, _code = Vault.create(
        folder,
        "one two three four",
        label="Fictional",
        clock=SystemClock(),
        kdf=_CHEAP,
        floor=_CHEAP,
    )
    vault.close()
    loaded = _loaded(
        _UNTIL_PAINTED,
        str(folder),
        QT_QPA_PLATFORM="offscreen",
        HOME=str(tmp_path),
        XDG_CONFIG_HOME=str(tmp_path),
    )
    assert "candor.ui.screens.unlock" in loaded
    assert _heavy(loaded) == set()
    assert "candor.ui.unlocked" not in loaded
