"""A page with, for a while, another one over it: nothing typed below is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget


class Pile(QStackedWidget):
    """The lower page stays as it is while another covers it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self._above: QWidget | None = None
        self.addWidget(page)

    def is_covered(self) -> bool:
        """Whether another page stands above."""
        return self._above is not None

    def cover(self, page: QWidget) -> None:
        """Show a page above."""
        self._above = page
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.setFocus()

    def uncover(self) -> None:
        """Take the upper page away."""
        if self._above is None:
            return
        self.removeWidget(self._above)
        self._above.deleteLater()
        self._above = None
        self._page.setFocus()
