"""Invitations: the file goes one way, the code another."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from candor.app.joining import InvitationFile
from candor.app.session import Session
from candor.app.words import day, plural
from candor.ui.screens.base import SessionPage
from candor.ui.screens.import_view import size_words
from candor.ui.screens.sending import Ask, MessagePage, save_bytes
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Card,
    Columns,
    ColumnSpec,
    Facts,
    Flow,
    IconLine,
    PageHead,
    RichText,
    RowsModel,
    RowsView,
    strong,
)


class InvitationPage(SessionPage):
    """One invitation: its file at the left, its code at the right."""

    def __init__(self, shell: Shell, session: Session, invitation: InvitationFile) -> None:
        super().__init__(shell, session)
        self._made = invitation
        head = PageHead(
            f"Invitation for {invitation.name}",
            "The file and the code go different ways: whoever finds one alone can do nothing.",
            Button("Back", on=shell.back),
        )
        self.said = Banner(Meaning.DONE, "")
        self.said.hide()
        self.add(head, self.refusal, self.said, Columns(self._file(), self._code(), shares=(4, 3)))
        fingerprint = Card(title="What they compare")
        fingerprint.add(
            RichText(
                "Candor shows them the fingerprint of your Company's root before they join. "
                "Read it to them, or let them read it to you:"
            ),
            big_code(session.root_fingerprint, "Fingerprint of the root"),
        )
        self.add(fingerprint)

    def _file(self) -> QWidget:
        made = self._made
        size = size_words(len(made.data))
        card = Card(title="1. The file, by e-mail or on a stick")
        card.add(
            Facts(
                (
                    ("File", f"{made.file_name}, {size}"),
                    ("For", f"{made.name}, {made.email}"),
                    ("Valid until", day(made.expires)),
                ),
                label_width=104,
            )
        )
        self.save = Button("Save file…", "primary", icon="download", on=self._save)
        mail = Button("Compose e-mail", icon="mail", on=self._mail)
        acts = QWidget()
        acts.setLayout(Flow(self.save, mail))
        card.add(acts)
        return card

    def _code(self) -> QWidget:
        card = Card(title="2. The code, by telephone")
        card.add(big_code(self._made.code, "Code of the invitation"))
        card.add(
            IconLine(
                "phone",
                "accent",
                strong("Read it aloud."),
                " Never write it into the message that carries the file.",
            )
        )
        text = "Letters and digits only; capitals, spaces and dashes do not matter in typing."
        card.add(RichText(text, kind="note"))
        return card

    def _save(self) -> None:
        folder = Ask.folder(self, "Save the invitation in")
        if folder is not None:
            made = self._made
            self.do(
                lambda _work: save_bytes(folder, made.file_name, made.data),
                self._say_saved,
                button=self.save,
            )

    def _say_saved(self, path: Path) -> None:
        text = f"In {path.parent}. Now tell {self._made.name} the code another way."
        self.said.say(Meaning.DONE, f"Saved as {path.name}", text)
        self.said.show()

    def _mail(self) -> None:
        made = self._made
        message = (made.email, f"{self.session.company}: invitation to Candor", made.message)
        self.shell.open(
            MessagePage(
                self.shell,
                self.session,
                message,
                made.file_name,
                lambda folder: save_bytes(folder, made.file_name, made.data),
            ),
            under="people",
        )


class InvitationsPage(SessionPage):
    """Many invitations at once: all files into a folder, the codes as a list to telephone."""

    def __init__(
        self, shell: Shell, session: Session, invitations: tuple[InvitationFile, ...]
    ) -> None:
        super().__init__(shell, session)
        self._made = invitations
        count = len(invitations)
        self.save = Button(f"Save all {count} files…", "primary", icon="download", on=self._save)
        head = PageHead(
            f"{plural(count, 'invitation')} made",
            "Send each file, then tell each person their code by telephone, never in the message.",
            Button("Back", on=shell.back),
            self.save,
        )
        self.said = Banner(Meaning.DONE, "")
        self.said.hide()
        columns = (
            ColumnSpec(
                "For",
                lambda made: made.name,
                second=lambda made: made.email,
                weight=500,
                stretch=True,
            ),
            ColumnSpec("Code, to read aloud", lambda made: made.code, width=260),
            ColumnSpec("Valid until", lambda made: day(made.expires), width=150),
            ColumnSpec("", lambda _made: "Open", link=True, width=80),
        )
        model = RowsModel(columns, invitations, key=lambda made: made.person)
        self.table = RowsView(model, name="Invitations")
        self.table.linked.connect(lambda made, _spec: self._open(made))
        self.table.opened.connect(self._open)
        note = RichText(
            "They stay under People and can be shown again until the person has joined.",
            kind="note",
        )
        self.add(head, self.refusal, self.said, self.table, note)

    def _open(self, made: InvitationFile) -> None:
        self.shell.open(InvitationPage(self.shell, self.session, made), under="people")

    def _save(self) -> None:
        folder = Ask.folder(self, "Save all invitations in")
        if folder is None:
            return

        def save(_work: object) -> list[Path]:
            return [save_bytes(folder, made.file_name, made.data) for made in self._made]

        self.do(save, partial(self._say_saved, folder), button=self.save)

    def _say_saved(self, folder: Path, paths: list[Path]) -> None:
        text = f"In {folder}. Now tell each person their code."
        self.said.say(Meaning.DONE, f"{plural(len(paths), 'file')} saved", text)
        self.said.show()


def big_code(text: str, name: str) -> RichText:
    """A code or fingerprint to read aloud, in large figures, that can be selected."""
    groups = text.split(" ")
    half = len(groups) // 2
    shown = f"{' '.join(groups[:half])}\n{' '.join(groups[half:])}" if len(groups) > 5 else text
    label = RichText(shown, kind="section")
    label.setAccessibleName(f"{name}: {text}")
    selectable = Qt.TextInteractionFlag
    label.setTextInteractionFlags(
        selectable.TextSelectableByMouse | selectable.TextSelectableByKeyboard
    )
    return label
