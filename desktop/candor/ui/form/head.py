"""The head of the form page: title, how far one has come, saved when, undo, what comes next."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QWidget

from candor.ui import style
from candor.ui.form.sections import SectionChooser
from candor.ui.widgets import Breadth, Button, Label, Picture, RichText, column, keys_text, row

LOW = 400
"""Window height over text scale below which the title takes less room."""


class FormHead(QFrame):
    """Two lines at the left, what one can do at the right; below each other where narrow."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pagebar")
        self.title = RichText(title, kind="title")
        self.sentence = RichText(kind="second")
        self.saved = Label("", "second")
        self._mark = Picture("circle-check", "text2")
        self.undo = Button("Undo", icon="rotate-ccw")
        self.undo.setToolTip(keys_text("Ctrl+Z"))
        self.onward = Button("Next open question", "primary", keys="Alt ↓")
        self.sections = SectionChooser()
        self._top = row(space=16)
        self._top.addLayout(column(self.title, self.sentence, space=0), 1)
        self._top.addLayout(row(self._mark, self.saved, space=8))
        self._top.addWidget(self.undo)
        self._below = row(space=16)
        self._below.addWidget(self.sections, 1)
        self._top.addWidget(self.onward)
        self._box = column(self._top, self._below, space=10, margins=(24, 10, 32, 10))
        self.setLayout(self._box)
        self._narrow = False

    def show_state(
        self, sentence: str, *, saved_at: datetime | None, can_undo: bool, all_done: bool
    ) -> None:
        """Say how far one has come, when it was saved, and what the button does next."""
        if sentence != self.sentence.plain():
            self.sentence.set_parts(sentence)
        self.saved.setText(f"Saved {saved_at:%H:%M}" if saved_at else "Nothing to save yet")
        self.saved.setProperty("tone", "")
        self._mark.show_icon("circle-check" if saved_at else "circle", "text2")
        self.undo.setEnabled(can_undo)
        words = "Review and sign" if all_done else "Next open question"
        if words != self.onward.text():
            self.onward.setText(words)

    def show_not_saved(self) -> None:
        """The disk refused."""
        self.saved.setText("Not saved")
        self._mark.show_icon("octagon-x", "stopped")

    def adapt(self, room: Breadth) -> None:
        """Where narrow: the section's drop-down beside the button, no undo button (Ctrl+Z)."""
        narrow = room is Breadth.NARROW
        low = narrow and self.window().height() / style.look().scale < LOW
        self.title.set_kind("section" if low else "title")
        self.sections.setVisible(narrow)
        self.sentence.setVisible(not narrow)
        self.undo.setVisible(not narrow)
        self._mark.setVisible(room is Breadth.WIDE)
        self.onward.set_keys("Alt ↓" if room is Breadth.WIDE else "")
        line = self._below if narrow else self._top
        if self._narrow != narrow:
            self._narrow = narrow
            self._top.removeWidget(self.onward)
            self._below.removeWidget(self.onward)
            line.addWidget(self.onward)
        self._box.setSpacing(10 if narrow else 0)
