"""The real pages of a PDF, from memory: nothing is written to disk to show them."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from candor.ui import style
from candor.ui.widgets import Button, Label, RichText, column, row

NONE = "No pages yet"


class Paper(QWidget):
    """A page preview: "Page 3 of 84" above, the pages on the desk, buttons below.

    ``turned`` tells the page in view, from 0. Paper stays white in every look.
    """

    turned = Signal(int)

    def __init__(self, name: str = "Pages", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self.bookmarks = QPdfBookmarkModel(self)
        self.bookmarks.setDocument(self.document)
        self._buffer: QBuffer | None = None
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName(name)
        self.place = Label(NONE, "body", elide=True)
        self.before = Button("Previous page", small=True, on=lambda: self._step(-1))
        self.after = Button("Next page", small=True, on=lambda: self._step(1))
        self.size_button = Button("Whole page", small=True, on=self._resize)
        self.none = RichText(kind="second")
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.setContentsMargins(32, 0, 32, 0)
        self.head = row(self.place, space=8, margins=(16, 8, 16, 8))
        self._turners = QWidget()
        self._turners.setLayout(
            row(1, self.before, self.after, self.size_button, 1, margins=(8, 10, 8, 10))
        )
        self.desk = QFrame()
        self.desk.setProperty("role", "desk")
        desk = column(space=0)
        desk.addWidget(self.view, 1)
        desk.addWidget(self.none, 1)
        desk.addWidget(self._turners)
        self.desk.setLayout(desk)
        whole = column(self.head, space=0)
        whole.addWidget(self.desk, 1)
        self.setLayout(whole)
        self.view.pageNavigator().currentPageChanged.connect(self._turned)
        self._ink()
        self._tell()

    def show_pdf(self, data: bytes) -> None:
        """Show a file's pages from the first one."""
        buffer = QBuffer(self)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.close()
        self.document.load(buffer)
        self._buffer, before = buffer, self._buffer
        if before is not None:
            before.deleteLater()
        self._tell()

    def clear(self, words: str = "") -> None:
        """Show nothing, and say in its place how pages get here."""
        self.document.close()
        self.none.set_parts(words)
        self._tell()

    def pages(self) -> int:
        """How many pages are shown."""
        return max(self.document.pageCount(), 0)

    def page(self) -> int:
        """The page in view, from 0."""
        return self.view.pageNavigator().currentPage()

    def go_to(self, page: int) -> None:
        """Bring a page (from 0) into view."""
        if 0 <= page < self.pages():
            self.view.pageNavigator().jump(page, QPointF(), 0)

    def _step(self, by: int) -> None:
        self.go_to(self.page() + by)

    def _resize(self) -> None:
        modes = QPdfView.ZoomMode
        whole = self.view.zoomMode() == modes.FitToWidth
        self.view.setZoomMode(modes.FitInView if whole else modes.FitToWidth)
        self.size_button.setText("Full width" if whole else "Whole page")

    def _turned(self, page: int) -> None:
        self._tell()
        self.turned.emit(page)

    def _tell(self) -> None:
        total = self.pages()
        self.place.setText(f"Page {self.page() + 1} of {total}" if total else NONE)
        self.before.setEnabled(self.page() > 0)
        self.after.setEnabled(self.page() + 1 < total)
        self.size_button.setEnabled(total > 0)
        self.view.setVisible(total > 0)
        self._turners.setVisible(total > 0)
        self.none.setVisible(not total)

    def _ink(self) -> None:
        """QPdfView paints around the paper with this role of its palette."""
        palette = QPalette(self.view.palette())
        palette.setColor(QPalette.ColorRole.Dark, style.colour("desk"))
        self.view.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        """Take the desk's colour of a changed look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._ink()
