"""A waiver's clock: the sentence above the strip of days."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from candor.app.clock_words import ClockWords
from candor.app.words import short_day
from candor.ui.widgets import Box, Card, DayStrip, Picture, RichText, column, row


class ClockCard(Card):
    """``show_clock`` says when the disclosure is due, or why no clock runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.sentence = RichText(kind="section")
        self.basis = RichText(kind="note")
        self.strip = DayStrip()
        words = column(self.sentence, self.basis, space=0)
        head = QWidget()
        line = row(Picture("calendar-days", "needs"), space=8)
        line.addLayout(words, 1)
        head.setLayout(line)
        self.body.setSpacing(12)
        self.add(head, self.strip)

    def show_clock(self, found: ClockWords) -> None:
        """Show another clock."""
        self.sentence.set_parts(found.sentence)
        self.basis.set_parts(found.basis if found.runs else "")
        boxes = [Box(f"{b.on:%a} {short_day(b.on)}", b.word, b.state) for b in found.strip]
        self.strip.show_boxes(boxes, found.sentence)
