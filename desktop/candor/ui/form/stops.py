"""A hard stop beside its answer: what is not allowed, what to do instead, which rule says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from candor.forms.answers import Problem
from candor.ui.widgets import Picture, RichText, column, row, strong

NOT_SIGNED = "It is saved as you type it, and it cannot be signed as it stands."


class StopNote(QFrame):
    """One stop, framed and in words. ``rule`` names the rule; ``right`` stands at its right."""

    def __init__(
        self, problem: Problem, rule: str = "", *right: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "stopped")
        words = column(RichText(problem.text, kind="strong", tone="stopped"), space=4)
        if problem.remedy:
            words.addWidget(RichText(strong("What to do instead: "), problem.remedy))
        said = f"{rule}. {NOT_SIGNED}" if rule else NOT_SIGNED
        words.addWidget(RichText(said, kind="note"))
        line = row(space=12, margins=(16, 10, 16, 10))
        line.addWidget(Picture("octagon-x", "stopped"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        for widget in right:
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.setAccessibleName(f"Stopped. {problem.text} {problem.remedy}".strip())
