"""What an answer calls for: a form of its own, with what was said here carried over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.ui.widgets import Button, Flow, IconLine, column, empty

if TYPE_CHECKING:
    from candor.app.draft import Opened

MOST = 3
"""Forms offered at one answer; with more rows than that the rest is reached as these are begun."""


class Openings(QWidget):
    """A line and a button for each form. ``pressed`` (Opened)."""

    pressed = Signal(object)

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self._shown: tuple[Opened, ...] = ()
        self._box = column(space=6)
        self.setLayout(self._box)
        self.hide()

    def show_openings(self, found: tuple[Opened, ...]) -> None:
        """Offer the forms that the answer calls for now."""
        if found == self._shown:
            return
        self._shown = found
        empty(self._box)
        fresh = [one for one in found if not one.begun]
        if fresh:
            said = "This calls for a form of its own. What you said here is carried over."
            self._box.addWidget(IconLine("file-plus", "accent", said, kind="small"))
            acts = QWidget()
            flow = Flow(space=8, parent=acts)
            for one in fresh[:MOST]:
                flow.addWidget(self._button(one))
            self._box.addWidget(acts)
        if len(fresh) < len(found):
            said = "A form was begun from this answer. It stands under Disclosures."
            self._box.addWidget(IconLine("file-check", "text2", said, kind="small"))
        self.setVisible(bool(found))

    def _button(self, one: Opened) -> Button:
        words = f"Begin: {one.title}{f' ({one.about})' if one.about else ''}"
        button = Button(words, small=True, on=partial(self.pressed.emit, one))
        button.setAccessibleName(f"{self._question}: {words}")
        return button
