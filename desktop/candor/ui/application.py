"""The application around the window: which page before unlocking, the session after it, locking."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from candor.app import chooser
from candor.app.chooser import VaultEntry
from candor.clock import Clock
from candor.ui import tasks
from candor.ui.pile import Pile
from candor.ui.screens.unlock import UnlockPage
from candor.ui.window import Window

if TYPE_CHECKING:
    from candor.app.session import Session
    from candor.app.vaults import Created, VaultParts
    from candor.ui.screens.first_start import FirstStart
    from candor.ui.unlocked import Unlocked

WATCH = 300
"""Milliseconds between looks at whether the vault's content changed."""


class Application(QObject):
    """One window, at most one open session.

    ``parts``: another cost of the key derivation; only tests give one, `main` never does.
    """

    def __init__(self, window: Window, clock: Clock, parts: VaultParts | None = None) -> None:
        super().__init__(window)
        self.window, self.clock, self._parts = window, clock, parts
        self.session: Session | None = None
        self.unlocked: Unlocked | None = None
        self._give_up: Callable[[], object] | None = None
        self._closed = threading.Event()
        self._closed.set()
        window.auto_lock.due.connect(self.lock)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._watch)

    # --- before unlocking -----------------------------------------------------------------

    def start(self, folder: Path | None = None) -> None:
        """The first page: a given vault, else the last one, else the ways in."""
        if folder is not None:
            self.show_first().open_folder(folder)
            return
        entries = chooser.known_vaults()
        if entries:
            self.show_unlock(entries)
        else:
            self.show_first()

    def show_first(self) -> FirstStart:
        """The ways in."""
        from candor.ui.screens.first_start import FirstStart  # noqa: PLC0415 -- rarely the first

        first = FirstStart()
        first.picked.connect(self._pick)
        first.company_asked.connect(self.show_new_company)
        first.join_asked.connect(self.show_join)
        self._show(first)
        return first

    def _pick(self, entry: VaultEntry) -> None:
        others = [known for known in chooser.known_vaults() if known.folder != entry.folder]
        self.show_unlock((entry, *others))

    def show_unlock(self, entries: Sequence[VaultEntry]) -> UnlockPage:
        """Ask for the passphrase of the first of these."""
        page = UnlockPage(entries, self.clock, self._wait, self._parts)
        page.opened.connect(self.enter)
        page.recovered.connect(self._recovered)
        page.other_asked.connect(self.show_first)
        self._show(page, page.leave)
        return page

    def _wait(self) -> None:
        """Until the vault that was locked last is closed; called in a thread."""
        self._closed.wait(20)

    def show_new_company(self) -> None:
        """Set a company up."""
        from candor.ui.screens.new_company import NewCompanyPage  # noqa: PLC0415 -- rarely used

        page = NewCompanyPage(self.clock, self._parts)
        page.left.connect(self.show_first)
        page.opened.connect(self._made)
        page.finished.connect(self._created)
        self._show(page, page.leave)

    def show_join(self) -> None:
        """Join with an invitation."""
        from candor.ui.screens.join import JoinPage  # noqa: PLC0415 -- rarely used

        page = JoinPage(self.clock, self._parts)
        page.left.connect(self.show_first)
        page.opened.connect(self._made)
        page.finished.connect(self._created)
        self._show(page, page.leave)

    def _made(self, made: Created) -> None:
        """A new vault is open; its recovery code is being written down."""
        self.session = made.session

    def _created(self, made: Created) -> None:
        self.enter(made.session)

    def _recovered(self, session: Session, code: str) -> None:
        from candor.ui.screens.first_start import ForgottenPassphrase  # noqa: PLC0415 -- rare

        page = ForgottenPassphrase(session, code)
        page.finished.connect(lambda: self.enter(session))
        self.session = session
        self._show(page)

    def _show(self, page: QWidget, give_up: Callable[[], object] | None = None) -> None:
        self._leave()
        self._give_up = give_up
        pile = Pile(page)
        frame = self.window.show_locked(pile)
        frame.content = page
        page.setFocus()
        frame.concern_asked.connect(lambda: self._show_concern(pile))

    def _leave(self) -> None:
        """Let the page in front give up what it was about to open."""
        if self._give_up is not None:
            self._give_up()
        self._give_up = None

    def _show_concern(self, pile: Pile) -> None:
        """The hotline page before unlocking, above what was there; it needs no vault."""
        from candor.app import company, new_vault  # noqa: PLC0415 -- rarely used
        from candor.ui.screens.concern import ClosedConcern  # noqa: PLC0415 -- as above

        if pile.is_covered():
            return
        pack = new_vault.pack_of(company.packs()[0].id)
        page = ClosedConcern(pack)
        page.left.connect(pile.uncover)
        pile.cover(page)

    # --- unlocked -------------------------------------------------------------------------

    def enter(self, session: Session) -> None:
        """Show an unlocked vault."""
        from candor.ui.unlocked import Unlocked  # noqa: PLC0415 -- loaded while the key is derived

        self._give_up = None
        session.runner = tasks.runner
        self.session = session
        self.unlocked = Unlocked(self.window, session, self.lock, parent=self)
        self.unlocked.show()
        self._timer.start(WATCH)

    def _watch(self) -> None:
        if self.unlocked is not None:
            self.unlocked.look()

    def lock(self) -> None:
        """Close the vault and ask for the passphrase again; nothing is asked, all is saved."""
        session = self.session
        if session is None:
            return
        folder = session.vault_folder
        self._forget()
        entries = chooser.known_vaults()
        mine = [entry for entry in entries if Path(entry.folder) == folder]
        mine = mine or [chooser.entry_of(folder)]
        others = [entry for entry in entries if Path(entry.folder) != folder]
        self.show_unlock((*mine, *others))
        self._close(session)

    def _forget(self) -> None:
        self._timer.stop()
        self.window.auto_lock.set_minutes(0)
        tasks.cancel_all()
        if self.unlocked is not None:
            self.unlocked.deleteLater()
        self.session, self.unlocked = None, None

    def _close(self, session: Session) -> None:
        """Close in a thread: a large vault writes its last pages then."""
        self._closed.clear()

        def close(_work: object) -> None:
            try:
                session.close()
            finally:
                self._closed.set()

        tasks.run(close)

    def quit(self) -> None:
        """Close everything before the program ends."""
        session = self.session
        self._leave()
        self._forget()
        tasks.stop_all()
        if session is not None:
            session.close()
        self._closed.wait(20)
