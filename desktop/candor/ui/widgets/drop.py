"""Where files are dropped or chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QWidget

from candor.ui import style
from candor.ui.widgets.buttons import Button, restyle
from candor.ui.widgets.layout import column, row
from candor.ui.widgets.picture import Picture
from candor.ui.widgets.text import RichText


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """The local files that are being dropped."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class DropArea(QFrame):
    """A dashed area with a sentence and a button. ``dropped`` (Signal) tells a tuple of paths.

    ``tall`` is the empty page's form, 240 high; else one line. ``filter`` is a file dialog
    filter, e.g. "Candor files (*.candor)". ``choose`` replaces the file dialog.
    """

    dropped = Signal(tuple)

    def __init__(
        self,
        *text: str,
        second: str = "",
        button: str = "Choose files",
        icon: str = "file-down",
        tall: bool = False,
        several: bool = True,
        filter: str = "",  # noqa: A002 -- the dialog's own word
        choose: Callable[[], tuple[Path, ...]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self._several, self._filter, self._choose = several, filter, choose
        self.text = RichText(*text)
        self.second = RichText(second, kind="note")
        if not second:
            self.second.hide()
        self.button = Button(button, small=True, on=self.ask)
        words = column(self.text, self.second, space=0)
        if tall:
            self._stack(icon)
            return
        line = row(Picture(icon, "accent", 24), space=16, margins=(24, 12, 24, 12))
        line.addLayout(words, 1)
        line.addWidget(self.button)
        self.setLayout(line)

    def _stack(self, icon: str) -> None:
        for words in (self.text, self.second):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle = Qt.AlignmentFlag.AlignHCenter
        box = column(1, space=12, margins=(24, 24, 24, 24))
        box.addWidget(Picture(icon, "accent", 32), 0, middle)
        box.addWidget(self.text)
        box.addWidget(self.second)
        box.addWidget(self.button, 0, middle)
        box.addStretch(1)
        self.setLayout(box)
        self.setMinimumHeight(style.px(240))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def say(self, *text: str, second: str = "") -> None:
        """Show other words, e.g. the name of the file being looked at."""
        self.text.set_parts(*text)
        self.second.set_parts(second)
        self.second.setVisible(bool(second))

    def ask(self) -> None:
        """Let the person choose files."""
        if self._choose is not None:
            paths = self._choose()
        elif self._several:
            paths = tuple(
                Path(p) for p in QFileDialog.getOpenFileNames(self, filter=self._filter)[0]
            )
        else:
            chosen = QFileDialog.getOpenFileName(self, filter=self._filter)[0]
            paths = (Path(chosen),) if chosen else ()
        if paths:
            self.dropped.emit(paths)

    def _light(self, *, on: bool) -> None:
        self.setProperty("over", on)
        restyle(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self._light(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._light(on=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the paths."""
        self._light(on=False)
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths if self._several else paths[:1])
