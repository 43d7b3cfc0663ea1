"""How the window looks by a person's own settings."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from candor.ui import style
from candor.ui.style import Scheme


def wear(theme: str, percent: int) -> None:
    """Dress the application: ``theme`` of `app.preferences`, text in percent of the system's."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    scale = style.system_scale(app) * percent / 100 if percent != 100 else None
    style.apply(app, Scheme(theme), scale)
