"""What the owner must know about the vault as a whole before doing anything else."""

from __future__ import annotations

from typing import Any

from candor.app import integrity
from candor.app.integrity import Alarm
from candor.app.session import Session
from candor.ui.screens.base import SessionPage, go_to
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import Banner, Button, EmptyState, PageHead

EMPTY = "Nothing is wrong with this vault."


class AlarmPage(SessionPage):
    """One sentence of what happened, what to do, and, where that is possible, going on."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.head = PageHead("Your vault", "Candor compared it with what it remembers.")
        self.empty = EmptyState(EMPTY, icon="shield-check")
        self.banner = Banner(Meaning.STOPPED, "")
        self.go_on = Button("Go on with this vault", signing=True, on=self._accept)
        self.add(self.head, self.refusal, self.empty, self.banner, self.go_on)

    def load(self) -> Alarm | None:
        """Read whether anything is wrong."""
        return integrity.alarm(self.session)

    def show_data(self, data: Any) -> None:
        """Show the alarm, or that there is none."""
        alarm: Alarm | None = data
        self.empty.setVisible(alarm is None)
        self.banner.setVisible(alarm is not None)
        self.go_on.setVisible(alarm is not None and alarm.acceptable)
        if alarm is not None:
            self.banner.say(Meaning.STOPPED, alarm.title, alarm.text)

    def _accept(self) -> None:
        self.do(
            lambda _work: integrity.accept_older_state(self.session),
            lambda _none: go_to(self.shell, "home"),
        )
