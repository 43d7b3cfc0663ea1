"""What the screens of an unlocked vault share: reading in the background, refusals, progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from candor.app.session import Session
from candor.errors import Cancelled, CandorError, Problems
from candor.ui import tasks
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.tasks import Task, Work
from candor.ui.widgets import Banner, Bar, Button, Card, Page, RichText, column, row


class Refusal(Banner):
    """A refusal in the one form that every screen uses; hidden until something is refused."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Meaning.STOPPED, "", parent=parent)
        self.hide()

    def show_error(self, error: CandorError) -> None:
        """Say what happened and what to do."""
        text = "\n".join(error.problems) if isinstance(error, Problems) else error.message
        title = "Some things need mending first" if isinstance(error, Problems) else text
        body = f"{text}\n{error.hint}" if isinstance(error, Problems) else error.hint
        self.say(Meaning.STOPPED, title, body.strip())
        self.show()


class Working(Card):
    """A named step with a bar and Cancel, for work that takes longer than a moment."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title = RichText(title, kind="strong")
        self.step = RichText("Starting…", kind="note")
        self.bar = Bar((), 1, sentence=title)
        self.cancel = Button("Cancel")
        words = column(self.title, self.step, self.bar, space=6)
        line = row(space=24)
        line.addLayout(words, 1)
        line.addWidget(self.cancel)
        self.body.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def follow(self, task: Task) -> None:
        """Show the progress of a task and let Cancel stop it."""
        task.progress.connect(self.tell)
        self.cancel.clicked.connect(task.cancel)

    def tell(self, step: str, done: int, total: int) -> None:
        """Show a step."""
        count = f": {done} of {total}" if total > 1 else "…"
        self.step.set_parts(f"{step}{count}")
        self.bar.show_parts([(done, "accent")], max(total, 1), sentence=f"{step}{count}")


class SessionPage(Page):
    """A page that reads its data in a thread whenever the vault has changed, then shows it.

    A subclass defines ``load()`` (runs in a thread; no widgets there) and ``show_data(data)``.
    `reload` asks for it at once. A page that can be told what to open defines ``open_item(id)``.
    """

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__()
        self.shell, self.session = shell, session
        self._seen = -1
        self._reading: Task | None = None
        self._once: Task | None = None
        self.refusal = Refusal()

    def load(self) -> Any:
        """Read what the page shows. Runs in a thread."""
        return None

    def show_data(self, data: Any) -> None:
        """Show what was read."""

    def refresh(self) -> None:
        """Read again if anything changed since the last time."""
        if self._seen != self.session.changed:
            self.reload()

    def reload(self) -> None:
        """Read again; an earlier reading that is still under way is thrown away."""
        self._seen = self.session.changed
        if self._reading is not None and not self._reading.is_over():
            self._reading.cancel()
        self._reading = tasks.run(
            lambda _work: self.load(), done=self.show_data, refused=self.refuse, parent=self
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard from whatever had it before, the search for instance."""
        super().showEvent(event)
        self.setFocus()

    def is_read(self) -> bool:
        """Whether the page shows what it last asked for."""
        return self._reading is not None and self._reading.is_over()

    def refuse(self, error: CandorError) -> None:
        """Show a refusal on the page."""
        if not isinstance(error, Cancelled):
            self.refusal.show_error(error)

    def do(
        self,
        function: Callable[[Work], Any],
        done: Callable[[Any], object],
        *,
        refused: Callable[[CandorError], object] | None = None,
        button: QWidget | None = None,
    ) -> Task:
        """Act in a thread, with the button off meanwhile; refusals stand on the page."""
        self.refusal.hide()
        if button is not None:
            button.setEnabled(False)
        task = tasks.run(function, done=done, refused=refused or self.refuse, parent=self)
        if button is not None:
            task.ended.connect(lambda: button.setEnabled(True))
        return task

    def open_once(
        self, function: Callable[[Work], Any], show: Callable[[Any], object]
    ) -> Task | None:
        """Read something in a thread and ``show`` it as a page. While that is under way another
        press opens nothing: two pages of one form would each save its own answers."""
        if self._once is not None and not self._once.is_over():
            return None
        self._once = self.do(function, show)
        return self._once


def go_to(shell: Shell, screen: str, argument: str = "") -> QWidget:
    """Show a screen and, where it can, one thing on it (``open_item(argument)``)."""
    page = shell.go(screen)
    open_item = getattr(page, "open_item", None)
    if argument and callable(open_item):
        open_item(argument)
    return page
