"""Handing a file over: save it somewhere, or write the message that carries it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from candor.app import outbox
from candor.app.files import write_whole
from candor.app.session import Session
from candor.ui.screens.base import SessionPage
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Card,
    Facts,
    Flow,
    LabelledField,
    PageHead,
    RichText,
)

CANDOR_FILES = "Candor files (*.candor)"


class Ask:
    """The questions that only the desktop's own windows can put; tests answer for them."""

    @staticmethod
    def folder(parent: QWidget, title: str) -> Path | None:
        """A folder, or None where the person thought better of it."""
        chosen = QFileDialog.getExistingDirectory(parent, title)
        return Path(chosen) if chosen else None

    @staticmethod
    def save_as(parent: QWidget, title: str, name: str, kinds: str = "") -> Path | None:
        """Where to save a file, or None."""
        chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
        return Path(chosen) if chosen else None

    @staticmethod
    def open_mail(to: str, subject: str, text: str) -> bool:
        """Open the mail program with a message; False where the desktop has none."""
        address = f"mailto:{quote(to)}?subject={quote(subject)}&body={quote(text)}"
        return bool(QDesktopServices.openUrl(QUrl(address)))


def save_item(
    page: SessionPage, session: Session, item: str, *, done: Callable[[Path], object]
) -> None:
    """Ask for a folder and save a file of the outbox there, the same bytes each time."""
    folder = Ask.folder(page, "Save the file in")
    if folder is not None:
        page.do(lambda _work: outbox.save_to(session, item, folder), done)


class MessagePage(SessionPage):
    """A message to send with a file: address, subject and text, and the file to attach.

    ``data`` is the file's bytes; ``saved`` is told when the file was saved.
    """

    def __init__(
        self,
        shell: Shell,
        session: Session,
        message: tuple[str, str, str],
        name: str,
        save: Callable[[Path], Path],
    ) -> None:
        super().__init__(shell, session)
        self._to, self._subject, text = message
        self._save = save
        back = Button("Back", on=shell.back)
        self.add(
            PageHead(
                f"Write to {self._to or 'them'}",
                "Save the file, open the message in your mail program, attach the file, send.",
                back,
            ),
            self.refusal,
        )
        self.saved = Banner(Meaning.DONE, "")
        self.saved.hide()
        self.text = QPlainTextEdit(text)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 10)
        card = Card(
            Facts((("To", self._to), ("Subject", self._subject), ("File to attach", name))),
            LabelledField("Text", self.text),
        )
        self.save = Button("Save file…", "primary", icon="download", on=self._save_file)
        self.mail = Button("Open in mail program", icon="mail", on=self._open_mail)
        self.copy = Button("Copy text", icon="copy", on=self._copy)
        acts = QWidget()
        acts.setLayout(Flow(self.save, self.mail, self.copy))
        card.add(acts)
        note = RichText(
            "Candor never connects to a network, so it cannot send or attach anything itself. "
            "The file is encrypted: only the person it is for can open it.",
            kind="note",
        )
        self.add(self.saved, card, note)

    def _save_file(self) -> None:
        folder = Ask.folder(self, "Save the file in")
        if folder is not None:
            place = folder
            self.do(lambda _work: self._save(place), self._say_saved, button=self.save)

    def _say_saved(self, path: Path) -> None:
        self.saved.say(Meaning.DONE, f"Saved as {path.name}", f"In {path.parent}. Attach it now.")
        self.saved.show()

    def _open_mail(self) -> None:
        if not Ask.open_mail(self._to, self._subject, self.text.toPlainText()):
            self.saved.say(
                Meaning.NEEDS,
                "This computer opens no mail program",
                "Copy the text and write the message yourself.",
            )
            self.saved.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())


def save_bytes(folder: Path, name: str, data: bytes) -> Path:
    """Save bytes in a folder under a name. Raises NotWritten."""
    return write_whole(folder / name, data)
