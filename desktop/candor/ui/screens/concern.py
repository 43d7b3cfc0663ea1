"""Report a concern: the outside service and the agencies, open to everybody, even when locked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app.concern import contacts
from candor.policy.pack import Pack
from candor.ui.hotline import Hotline, HotlinePage
from candor.ui.widgets import Button, column, row


def concern_page(pack: Pack) -> HotlinePage:
    """The page for a code pack; nothing is stored and nothing is sent."""
    known = contacts(pack)
    return HotlinePage(Hotline(known.service, known.agencies, (*known.promises, known.carve_out)))


class ClosedConcern(QWidget):
    """The same page before unlocking. ``left`` goes back."""

    left = Signal()

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self.back = Button("Back", on=self.left.emit)
        self.setLayout(
            column(row(self.back, 1, margins=(32, 16, 32, 0)), concern_page(pack), space=0)
        )
        self.setFocusProxy(self.back)
