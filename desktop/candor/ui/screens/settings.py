"""Settings of this vault on this computer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import backups, company, exchange_folder, preferences
from candor.app.preferences import Preferences
from candor.app.session import Session
from candor.errors import CandorError
from candor.ui import appearance
from candor.ui.screens.base import SessionPage, Working
from candor.ui.screens.invitations import big_code
from candor.ui.screens.recovery import NewRecoveryPage, PassphrasePage
from candor.ui.screens.sending import Ask, save_bytes
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Card,
    CheckBox,
    Chooser,
    Columns,
    LabelledField,
    LinkRow,
    PageHead,
    RichText,
    Segments,
    column,
    row,
)

LANGUAGE_WORDS = {"en-US": "English (United States)", "en-GB": "English (United Kingdom)"}
PAPER_WORDS = {"letter": "US Letter", "a4": "A4"}
THEME_WORDS = {"system": "As the system", "light": "Light", "dark": "Dark"}


class SettingsPage(SessionPage):
    """Every change is in force at once; there is nothing to save."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.add(
            PageHead("Settings", "For this vault on this computer. Changes take effect at once."),
            self.refusal,
        )
        self.said = Banner(Meaning.DONE, "")
        self.said.hide()
        self.lock = Chooser([(str(m), _minutes(m)) for m in preferences.LOCK_MINUTES])
        self.keyring = CheckBox("Open with this computer's keyring")
        self.keyring_note = RichText(kind="note")
        self.theme = Segments(tuple(THEME_WORDS.items()), name="Colours")
        scales = [(str(s), f"{s} %") for s in preferences.TEXT_SCALES]
        self.scale = Segments(scales, name="Text size")
        self.language = Chooser([(key, LANGUAGE_WORDS[key]) for key in preferences.LANGUAGES])
        self.paper = Segments([(p, PAPER_WORDS[p]) for p in preferences.PAPERS], name="Paper")
        self.folder = Card(rows=True)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self._opening(), self._company(), 1, space=16))
        right.setLayout(column(self._appearance(), self.folder, 1, space=16))
        self.columns = Columns(left, right, shares=(1, 1))
        self._place = QWidget()
        self._work = column()
        self._place.setLayout(self._work)
        self._place.hide()
        self.add(self.said, self._place, self.columns)
        self._connect()

    def _opening(self) -> Card:
        card = Card(title="Locking and opening")
        card.add(
            LabelledField(
                "Lock the vault when nobody has touched it for",
                self.lock,
                hint="Ctrl+L locks at once, from every screen.",
            ),
            self.keyring,
            self.keyring_note,
        )
        for text, second, word, act in (
            ("Passphrase", "Only you know it.", "Change…", self._passphrase),
            ("Recovery code", "On the paper you wrote.", "Make a new one…", self._recovery),
            ("Backup", "A copy that your passphrase opens.", "Save a backup…", self._backup),
        ):
            button = Button(word, small=True, on=act)
            button.setAccessibleName(f"{text}: {word}")
            card.add(LinkRow(text, second, button, inset=False))
        return card

    def _company(self) -> Card:
        card = Card(title="The Company's root")
        save = Button("Save the root file…", icon="download", on=self._export)
        acts = QWidget()
        acts.setLayout(row(save, 1))
        card.add(
            RichText(
                "Every certificate and office rests on this root. Compare its fingerprint aloud "
                "with the Secretary's; give the file to anybody who wants to verify a packet."
            ),
            big_code(self.session.root_fingerprint, "Fingerprint of the root"),
            acts,
        )
        return card

    def _appearance(self) -> Card:
        card = Card(
            LabelledField("Text size", self.scale),
            LabelledField("Colours", self.theme),
            LabelledField("Language of dates and amounts", self.language),
            LabelledField(
                "Paper size", self.paper, hint="For everything that is composed from now on."
            ),
            title="Reading and printing",
        )
        card.body.setSpacing(16)
        return card

    def _connect(self) -> None:
        self.lock.activated.connect(
            lambda _at: self._set(preferences.set_lock_minutes, int(self.lock.value()))
        )
        self.language.activated.connect(
            lambda _at: self._set(preferences.set_language, self.language.value())
        )
        self.paper.chosen.connect(partial(self._set, preferences.set_paper))
        self.theme.chosen.connect(partial(self._set, preferences.set_theme))
        self.scale.chosen.connect(lambda key: self._set(preferences.set_text_scale, int(key)))
        self.keyring.clicked.connect(self._use_keyring)

    def load(self) -> tuple[Preferences, Path | None]:
        """Read the settings."""
        return preferences.preferences(self.session), exchange_folder.chosen(self.session)

    def show_data(self, data: Any) -> None:
        """Show the settings."""
        now: Preferences
        now, folder = data
        self.lock.set_value(str(now.lock_minutes))
        self.language.set_value(now.language)
        self.paper.set_value(now.paper)
        self.theme.set_value(now.theme)
        self.scale.set_value(str(now.text_scale))
        self.keyring.setChecked(now.keyring)
        self.keyring.setEnabled(now.keyring_available or now.keyring)
        self.keyring_note.set_parts(
            "Whoever is logged in to this computer could then open the vault."
            if now.keyring_available
            else now.keyring_reason
        )
        self.folder.clear()
        change = Button("Choose…", small=True, on=self._choose_folder)
        change.setAccessibleName("Exchange folder: choose")
        text = str(folder) if folder else "None is chosen."
        self.folder.add(LinkRow("Exchange folder", text, change, icon="folder-open"))

    def _set(self, change: Callable[[Session, Any], None], value: object) -> None:
        self.do(lambda _work: change(self.session, value), lambda _none: self._wear())

    def _wear(self) -> None:
        """Let the window take the new look; the application watches the rest."""

        def look(_work: object) -> Preferences:
            return preferences.preferences(self.session)

        self.do(look, lambda now: appearance.wear(now.theme, now.text_scale))

    def _use_keyring(self, on: bool) -> None:
        self.do(
            lambda _work: preferences.use_keyring(self.session, on),
            lambda _none: self.reload(),
            refused=self._keyring_refused,
            button=self.keyring,
        )

    def _keyring_refused(self, error: CandorError) -> None:
        self.refuse(error)
        self.reload()

    def _passphrase(self) -> None:
        self.shell.open(PassphrasePage(self.shell, self.session), under="settings")

    def _recovery(self) -> None:
        self.shell.open(NewRecoveryPage(self.shell, self.session), under="settings")

    def _backup(self) -> None:
        name = f"candor-backup-{self.session.clock.now().date().isoformat()}.candor-backup"
        path = Ask.save_as(self, "Save a backup", name)
        if path is None:
            return
        place = path
        working = Working("Saving the backup")
        task = self.do(
            lambda work: backups.write(self.session, place, work.tick), self._say_backed_up
        )
        working.follow(task)
        self._work.addWidget(working)
        self._place.show()
        working.cancel.setFocus()
        task.ended.connect(self._place.hide)
        task.ended.connect(working.deleteLater)

    def _say_backed_up(self, path: Path) -> None:
        text = f"In {path.parent}. Keep it away from this laptop; your passphrase opens it."
        self.said.say(Meaning.DONE, f"Saved as {path.name}", text)
        self.said.show()

    def _choose_folder(self) -> None:
        chosen = Ask.folder(self, "Choose the exchange folder")
        if chosen is not None:
            self.do(
                lambda _work: exchange_folder.choose(self.session, chosen),
                lambda _none: self.reload(),
            )

    def _export(self) -> None:
        path = Ask.save_as(self, "Save the root document", "root.json", "Root document (*.json)")
        if path is not None:
            place = path

            def save(_work: object) -> Path:
                return save_bytes(place.parent, place.name, company.export_root(self.session))

            self.do(save, self._say_saved)

    def _say_saved(self, path: Path) -> None:
        text = f"In {path.parent}. It is public: it says which keys speak for the Company."
        self.said.say(Meaning.DONE, f"Saved as {path.name}", text)
        self.said.show()


def _minutes(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
