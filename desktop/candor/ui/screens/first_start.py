"""The first screen without a vault: three ways in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app import chooser
from candor.app.chooser import VaultEntry
from candor.app.preferences import reset_passphrase
from candor.app.session import Session
from candor.errors import CandorError
from candor.ui import style, tasks
from candor.ui.screens.base import Refusal
from candor.ui.screens.centred import Centred
from candor.ui.screens.recovery import NewPassphrase
from candor.ui.screens.sending import Ask
from candor.ui.screens.unlock import entry_line
from candor.ui.widgets import Button, Card, LinkRow, RichText, column, row


class FirstStart(Centred):
    """Known vaults, and the three ways to get one."""

    picked = Signal(object)
    company_asked = Signal()
    join_asked = Signal()

    def __init__(self) -> None:
        super().__init__(640)
        self.box.setSpacing(24)
        self.refusal = Refusal()
        self.known = Card(rows=True)
        self.company = self._button("Start", primary=False)
        self.company.clicked.connect(self.company_asked)
        self.join = self._button("Join", primary=True)
        self.join.clicked.connect(self.join_asked)
        self.open = self._button("Choose…", primary=False)
        self.open.clicked.connect(lambda _on: self._choose())
        ways = Card(rows=True)
        for name, second, icon, button in (
            (
                "Join with an invitation",
                "The Secretary sent you a file and told you a code.",
                "mail",
                self.join,
            ),
            (
                "Start a new company",
                "You are the Corporate Secretary and set Candor up for everybody.",
                "landmark",
                self.company,
            ),
            (
                "Open a vault on this computer",
                "You have its folder, for instance on a stick or from a backup.",
                "folder-open",
                self.open,
            ),
        ):
            button.setAccessibleName(f"{button.text()} {name}")
            ways.add(LinkRow(name, second, button, icon=icon, tone="accent"))
        head = QWidget()
        head.setLayout(
            column(
                RichText("Welcome to Candor", kind="title"),
                RichText(
                    "Questionnaires, decisions and packets under your Company's Code. "
                    "Everything stays on this laptop; files carry it to others.",
                    kind="second",
                ),
                space=4,
            )
        )
        self.fill(head, self.refusal, self.known, ways)
        self._show_known()
        self.setFocusProxy(self.join)

    def _button(self, word: str, *, primary: bool) -> Button:
        button = Button(word, "primary" if primary else "plain")
        button.setMinimumWidth(style.px(112))
        return button

    def _show_known(self) -> None:
        entries = chooser.known_vaults()
        self.known.setVisible(bool(entries))
        for entry in entries[:6]:
            unlock = Button("Unlock", small=True, on=partial(self.picked.emit, entry))
            unlock.setAccessibleName(f"Unlock the vault of {entry.person}")
            remove = Button("Remove from list", "quiet", on=partial(self._forget, entry))
            remove.setAccessibleName(f"Remove the vault of {entry.person} from this list")
            self.known.add(
                LinkRow(entry.person, entry_line(entry), remove, unlock, icon="circle-user-round")
            )

    def _forget(self, entry: VaultEntry) -> None:
        """The vault itself stays where it is."""
        try:
            chooser.forget_vault(entry.folder)
        except CandorError as error:
            self.refusal.show_error(error)
        self.known.clear()
        self._show_known()

    def _choose(self) -> None:
        folder = Ask.folder(self, "Choose the folder of a vault")
        if folder is not None:
            self.open_folder(folder)

    def open_folder(self, folder: Path) -> None:
        """Go on with the vault in a folder, or say that there is none."""
        try:
            self.picked.emit(chooser.entry_of(folder))
        except CandorError as error:
            self.refusal.show_error(error)


class ForgottenPassphrase(Centred):
    """After the recovery code opened a vault: a new passphrase. ``finished`` when it is set."""

    finished = Signal()

    def __init__(self, session: Session, code: str) -> None:
        super().__init__(520)
        self._session, self._code = session, code
        self.new = NewPassphrase()
        self.save = Button("Set the new passphrase", "primary", on=self._save)
        self.refusal = Refusal()
        foot = QWidget()
        foot.setLayout(row(self.save, 1))
        self.fill(
            RichText("Choose a new passphrase", kind="title"),
            RichText(
                "Your recovery code opened the vault. The old passphrase stops working now; "
                "the paper with the code stays good.",
                kind="second",
            ),
            self.refusal,
            Card(self.new, foot),
        )
        self.setFocusProxy(self.new)

    def _save(self) -> None:
        if not self.new.check():
            return
        self.save.setEnabled(False)
        session, code, new = self._session, self._code, self.new.text()
        task = tasks.run(
            lambda _work: reset_passphrase(session, code, new),
            done=lambda _none: self.finished.emit(),
            refused=self.refusal.show_error,
            parent=self,
        )
        task.ended.connect(lambda: self.save.setEnabled(True))
