"""Exchange: files come in here, are looked at before anything changes, and go out from here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import exchange_folder, outbox
from candor.app.importing import Imported
from candor.app.outbox import OutboxItem
from candor.app.session import Session
from candor.app.words import plural
from candor.ui.screens.base import SessionPage, go_to
from candor.ui.screens.import_view import ImportView
from candor.ui.screens.outbox_view import OutboxView
from candor.ui.screens.sending import CANDOR_FILES, Ask
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Card,
    DropArea,
    LinkRow,
    PageHead,
    column,
    strong,
)

PURPOSE = "Files from others come in here, and files for others go out. Nothing goes by itself."


@dataclass(frozen=True)
class _Data:
    items: tuple[OutboxItem, ...]
    folder: Path | None
    waiting: tuple[Path, ...]


class ExchangePage(SessionPage):
    """The drop area, the exchange folder and the outbox; or, with files, their preview."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.head = PageHead("Exchange", PURPOSE)
        self.said = Banner(Meaning.DONE, "")
        self.said.hide()
        self.drop = DropArea(
            strong("Drop .candor files here"),
            ", or choose them.",
            second="You see what each file would add before anything changes. "
            "A file that is missing never deletes anything.",
            tall=True,
            filter=CANDOR_FILES,
        )
        self.drop.dropped.connect(self.drop_files)
        self.folder_card = Card(rows=True)
        self.outbox = OutboxView(self)
        self._usual = QWidget()
        self._usual.setLayout(
            column(
                self.head,
                self.said,
                self.drop,
                self.folder_card,
                self.outbox,
                space=16,
            )
        )
        self.imports = ImportView(self)
        self.imports.closed.connect(self._close_import)
        self.imports.imported.connect(self._say_imported)
        self.imports.hide()
        self.add(self.refusal, self._usual, self.imports)
        self._waiting: tuple[Path, ...] = ()

    def load(self) -> _Data:
        """Read the outbox and look into the exchange folder."""
        folder = exchange_folder.chosen(self.session)
        return _Data(outbox.outbox(self.session), folder, exchange_folder.waiting(self.session))

    def refresh(self) -> None:
        """Look again each time: the folder changes without the vault."""
        self.reload()

    def show_data(self, data: Any) -> None:
        """Show folder and outbox."""
        read: _Data = data
        self._waiting = read.waiting
        self.folder_card.clear()
        self.folder_card.add(self._folder_row(read))
        self.outbox.show_items(read.items, read.folder)

    def _folder_row(self, read: _Data) -> QWidget:
        if read.folder is None:
            choose = Button("Choose folder…", small=True, on=self._choose_folder)
            text = "None is chosen. It is a shared folder or a stick where files wait for you."
            return LinkRow("Exchange folder", text, choose, icon="folder-open")
        count = len(read.waiting)
        if not count:
            change = Button("Choose another…", small=True, on=self._choose_folder)
            text = f"{read.folder}. No new file in it."
            return LinkRow("Exchange folder", text, change, icon="folder-open")
        look = Button(f"Look at {plural(count, 'file')}", "primary", on=self._look)
        text = f"{plural(count, 'file')} in {read.folder}. Nothing is imported yet."
        return LinkRow("Exchange folder", text, look, icon="inbox", tone="accent")

    def _choose_folder(self) -> None:
        chosen = Ask.folder(self, "Choose the exchange folder")
        if chosen is not None:
            self.do(
                lambda _work: exchange_folder.choose(self.session, chosen),
                lambda _none: self.reload(),
            )

    def _look(self) -> None:
        self.drop_files(self._waiting)

    def drop_files(self, paths: tuple[Path, ...]) -> bool:
        """Look at files; called wherever on the window they were dropped."""
        self.said.hide()
        self.refusal.hide()
        self._usual.hide()
        self.imports.show()
        self.imports.look_at(paths)
        return True

    def _close_import(self) -> None:
        self.imports.hide()
        self._usual.show()
        self.reload()
        self.drop.button.setFocus()

    def _say_imported(self, result: Imported) -> None:
        count = plural(result.events, "new record")
        home = Button("See what needs you", on=partial(go_to, self.shell, "home"))
        self.said.say(Meaning.DONE, result.text, f"{count}, all signatures checked.", home)
        self.said.show()
        self._close_import()
        home.setFocus()
