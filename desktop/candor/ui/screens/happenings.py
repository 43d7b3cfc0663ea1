"""What happened in a matter: one row for each signed act, with its three times."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from candor.app.matter_timeline import NOT_YET, Happening
from candor.ui.widgets import (
    Breadth,
    ColumnSpec,
    RichText,
    RowsModel,
    RowsView,
    breadth,
    column,
)

EXPLAINED = (
    "Claimed: the signer’s clock. Received: this vault got it. Witnessed: somebody else’s vault "
    "had it by then, and signed that."
)


def _icon(one: Happening) -> tuple[str, str]:
    if one.void:
        return ("octagon-x", "stopped")
    return ("message-square", "text2") if one.asks else ("circle-check", "done")


def _second(one: Happening) -> str:
    return f"{one.who}. {one.detail}" if one.detail else one.who


COLUMNS = (
    ColumnSpec(
        "What happened, each signed",
        lambda h: h.words,
        second=_second,
        icon=_icon,
        weight=500,
        stretch=True,
    ),
    ColumnSpec("Claimed", lambda h: h.claimed.day, second=lambda h: h.claimed.note, width=152),
    ColumnSpec(
        "Received here", lambda h: h.received.day, second=lambda h: h.received.note, width=152
    ),
    ColumnSpec(
        "Witnessed",
        lambda h: h.witnessed.day if h.witnessed else NOT_YET,
        second=lambda h: h.witnessed.note if h.witnessed else "",
        icon=lambda h: None if h.witnessed else ("hourglass", "waiting"),
        width=152,
    ),
)


class Happenings(QWidget):
    """A table that can grow; where the window is narrow the times stand in words below it."""

    def __init__(self) -> None:
        super().__init__()
        self.model = RowsModel(COLUMNS, key=lambda h: h.event)
        self.rows = RowsView(self.model, name="What happened")
        self.times = RichText(kind="note")
        self.rows.picked.connect(self._tell)
        self.setLayout(column(self.rows, self.times, RichText(EXPLAINED, kind="note"), space=8))
        self.times.hide()

    def show_happenings(self, found: Sequence[Happening]) -> None:
        """Show every act."""
        self.model.set_rows(found)
        self._fold()

    def _tell(self, one: Happening | None) -> None:
        """The whole of an act: its reason may be longer than its line, and its times hidden."""
        self.times.setVisible(one is not None)
        if one is None:
            return
        seen = f"{one.witnessed.day} {one.witnessed.note}" if one.witnessed else NOT_YET.lower()
        detail = f" {one.detail}" if one.detail else ""
        self.times.set_parts(
            f"{one.words}, {one.who}.{detail} Claimed {one.claimed.day} {one.claimed.note}; "
            f"received here {one.received.day} {one.received.note}; witnessed {seen}."
        )

    def _fold(self) -> None:
        room = breadth(self)
        for at, least in ((2, Breadth.MEDIUM), (3, Breadth.MEDIUM), (1, Breadth.MEDIUM)):
            self.rows.setColumnHidden(at, room < least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        self._fold()
