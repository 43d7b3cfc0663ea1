"""Collects Python's cycles in the window's own thread, never in a background thread.

A collection frees Qt objects and their connections. In a background thread that takes Qt's lock
and then waits for the interpreter's, while the window's thread holds the interpreter's and waits
for Qt's: the window would stand still for ever. So automatic collection is off while background
work exists, and a timer collects from the window's thread instead.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

EVERY = 500
"""Milliseconds between looks at whether something is to be collected."""


class Collector(QObject):
    """Lives as long as the application; one is enough."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        timer = QTimer(self)
        timer.timeout.connect(collect)
        timer.start(EVERY)


def collect() -> None:
    """Collect the oldest generation that is due, as the interpreter would by itself."""
    due = zip(gc.get_count(), gc.get_threshold(), strict=True)
    wanted = [age for age, (count, limit) in enumerate(due) if count > limit]
    if wanted:
        gc.collect(wanted[-1])


def pass_over_the_program() -> None:
    """From now on a collection looks only at what is made from here on.

    What is loaded lives as long as the program; to look through all of it takes the window longer
    than it may stand still. Called once, when the screens are loaded and no vault was open yet:
    nothing of a vault may be kept like that. Safe in any thread, for it frees nothing.
    """
    if not gc.get_freeze_count():
        gc.freeze()


def keep_to_window() -> None:
    """Switch automatic collection off and collect by timer; called before each background task,
    from the window's thread."""
    gc.disable()
    app = QCoreApplication.instance()
    if app is not None and app.findChild(Collector) is None:
        Collector(app)
