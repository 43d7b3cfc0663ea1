"""Making a page part by part, so that the window answers in between."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


def in_steps(owner: QObject, parts: Iterator[object]) -> None:
    """Make one part in each turn of the event loop, until all are made or ``owner`` is gone."""
    timer = QTimer(owner)

    def go_on() -> None:
        try:
            next(parts)
        except StopIteration:
            timer.stop()
            timer.deleteLater()

    timer.timeout.connect(go_on)
    timer.start(0)
