"""An unlocked vault on the screen: its shell, the numbers on the rail, what is dropped on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from candor.app import integrity, matter_reading, places, preferences
from candor.app.places import Overview
from candor.app.session import Session
from candor.errors import CandorError
from candor.ui import appearance, registry, style, tasks
from candor.ui.screens.base import go_to
from candor.ui.screens.concern import concern_page
from candor.ui.screens_api import Found
from candor.ui.shell import Shell
from candor.ui.tasks import Task
from candor.ui.window import Window

_FOUND = 8


class Unlocked(QObject):
    """Builds the shell for the person's screens and again when these change."""

    def __init__(
        self, window: Window, session: Session, lock: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.window, self.session, self._lock = window, session, lock
        self._places: frozenset[str] = frozenset()
        self._scale = 0.0
        self._minutes = -1
        self._seen = -1
        self._reading: Task | None = None
        # the whole vault is walked once, behind everything else; Home tells of what it finds
        self._walk = tasks.run(
            lambda work: integrity.walk(session, work.tick),
            done=self._walked,
            refused=self._silent,
            parent=self,
        )

    def show(self, screen: str = "home") -> Shell:
        """Build the shell and show a screen."""
        self._apply()
        self._places = places.places(self.session)
        self._scale = style.look().scale
        shell = Shell(
            registry.screens(self.session, self._places),
            company=self.session.company,
            person=self.session.name_of(self.session.person_id),
            office=self.session.title,
            search=self._search,
            concern=partial(concern_page, self.session.pack),
        )
        shell.lock_asked.connect(self._lock)
        shell.files_dropped.connect(self._dropped)
        self.window.show_shell(shell)
        shell.go(screen)
        self._seen = -1
        self.look()
        return shell

    def _apply(self) -> None:
        now = preferences.window_settings(self.session)
        if now.lock_minutes != self._minutes:
            self._minutes = now.lock_minutes
            self.window.auto_lock.set_minutes(now.lock_minutes)
        if self._scale == 0.0:
            appearance.wear(now.theme, now.text_scale)

    def look(self) -> None:
        """Read the numbers again if the vault has changed; build again for another text size."""
        shell = self.window.shell()
        if shell is None:
            return
        if style.look().scale != self._scale:
            self.show(shell.current() or "settings")
            return
        if self._seen == self.session.changed:
            return
        self._seen = self.session.changed
        if self._reading is not None and not self._reading.is_over():
            self._reading.cancel()
        self._reading = tasks.run(
            lambda _work: places.overview(self.session),
            done=self._tell,
            refused=self._silent,
            parent=self,
        )

    def _tell(self, overview: Overview) -> None:
        shell = self.window.shell()
        if shell is None:
            return
        self._apply()
        if overview.places != self._places:
            self._places = overview.places
            shell.set_screens(registry.screens(self.session, self._places))
        for screen, count in overview.counts.items():
            shell.set_count(screen, count)

    def _walked(self, findings: int) -> None:
        if findings:
            self.look()

    def _silent(self, _error: CandorError) -> None:
        """The page in front shows its own refusal; the rail shows no numbers then."""

    def _dropped(self, paths: tuple[Path, ...]) -> None:
        shell = self.window.shell()
        if shell is None:
            return
        pdf = all(path.suffix.casefold() == ".pdf" for path in paths)
        page = go_to(shell, "verify" if pdf and "verify" in self._places else "exchange")
        drop = getattr(page, "drop_files", None)
        if callable(drop):
            drop(paths)

    def _search(self, text: str) -> Sequence[Found]:
        """People and numbered cases whose name or number holds the words."""
        shell, words = self.window.shell(), text.casefold()
        if shell is None:
            return ()
        found = []
        if "people" in self._places:
            for person, entry in self.session.directory.people.items():
                if words in entry.name.casefold():
                    second = self.session.title_of(person)
                    found.append(Found(entry.name, second, partial(go_to, shell, "people", person)))
        if "disclosures" in self._places:
            for case in matter_reading.matters(self.session):
                if case.subject == self.session.person_id and words in case.number.casefold():
                    go = partial(go_to, shell, "disclosures", case.id)
                    found.append(Found(case.number or "No number yet", "Your disclosure", go))
        if "exceptions" in self._places:
            for case in self.session.state.cases.values():
                if case.number and words in case.number.casefold():
                    name = self.session.name_of(case.subject)
                    go = partial(go_to, shell, "exceptions", case.id)
                    found.append(Found(case.number, name, go))
        return found[:_FOUND]
