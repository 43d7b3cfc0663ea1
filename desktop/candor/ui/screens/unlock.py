"""Unlock: one field, one button, nothing to read first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QWidget

from candor.app import chooser
from candor.app.chooser import VaultEntry
from candor.app.words import moment
from candor.clock import Clock, as_utc
from candor.errors import CandorError
from candor.ui import style
from candor.ui.screens.centred import Centred, SlowCancel
from candor.ui.screens.opening import Opening
from candor.ui.widgets import (
    Button,
    Card,
    IconLine,
    Label,
    LabelledField,
    PassphraseField,
    Picture,
    RichText,
    column,
    empty,
    muted,
    row,
    strong,
)

if TYPE_CHECKING:
    from candor.app.vaults import VaultParts

Waiter = Callable[[], None]


class VaultChoice(Button):
    """The vault that will be opened, in two lines; a press offers the others."""

    chosen = Signal(object)

    def __init__(self, entries: Sequence[VaultEntry]) -> None:
        super().__init__("", on=self._offer)
        self._entries = tuple(entries)
        self._name = Label("", "strong")
        self._second = Label("", "note")
        words = column(1, self._name, self._second, 1, space=0)
        line = row(Picture("circle-user-round", "text", 24), space=12, margins=(12, 4, 12, 4))
        line.addLayout(words, 1)
        line.addWidget(Picture("chevron-down", "text", 20))
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(super().sizeHint().width(), style.px(60))

    def show_entry(self, entry: VaultEntry) -> None:
        """Show a vault."""
        self._name.setText(entry.person or entry.company)
        self._second.setText(entry_line(entry))
        self.setAccessibleName(f"Vault of {entry.person or entry.company}, {entry_line(entry)}")

    def _offer(self) -> None:
        menu = QMenu(self)
        for entry in self._entries:
            words = f"{entry.person or entry.company}, {entry_line(entry)}"
            menu.addAction(words, partial(self.chosen.emit, entry))
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))


def entry_line(entry: VaultEntry) -> str:
    """Title and company, or where an unknown vault lies."""
    parts = [entry.title, entry.company] if entry.person else [Path(entry.folder).name]
    return ", ".join(part for part in parts if part)


def _whom(entry: VaultEntry) -> str:
    """Whom to tell of a stranger; the Secretary has nobody to tell in the Secretary's office."""
    if "secretary" in entry.title.casefold():
        return "change your passphrase and tell counsel"
    return "tell the Corporate Secretary"


class CapsLine(QWidget):
    """What is certain about the keyboard: Caps Lock as far as typing has shown, the layout."""

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__()
        self._caps: bool | None = None
        self._box = row(space=0)
        self.setLayout(self._box)
        edit.installEventFilter(self)
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Learn from a letter whether Caps Lock is on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._learn(event)
        return super().eventFilter(watched, event)

    def _learn(self, event: QKeyEvent) -> None:
        text = event.text()
        before = self._caps
        if event.key() == Qt.Key.Key_CapsLock and self._caps is not None:
            self._caps = not self._caps
        elif len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps = text.isupper() != shifted
        if self._caps != before:
            self._say()

    def _say(self) -> None:
        empty(self._box)
        if self._caps:
            words = "Caps Lock is on. A passphrase tells capitals from small letters."
            self._box.addWidget(IconLine("circle-alert", "needs", words, kind="note"))
            return
        parts = ["Caps Lock is off."] if self._caps is not None else []
        layout = keyboard_layout()
        parts += [f"Keyboard: {layout}."] if layout else []
        self.setVisible(bool(parts))
        if parts:
            self._box.addWidget(IconLine("info", "text2", " ".join(parts), kind="note"))


def keyboard_layout() -> str:
    """The language of the keyboard as the system tells it, or ""."""
    locale = QGuiApplication.inputMethod().locale()
    if locale.language() in {QLocale.Language.C, QLocale.Language.AnyLanguage}:
        return ""
    language = QLocale.languageToString(locale.language())
    return f"{language} ({QLocale.territoryToCode(locale.territory())})"


def _way(entry: VaultEntry, clock: Clock, parts: VaultParts | None) -> Callable[..., object]:
    """Opens that vault with a ``passphrase``, a recovery ``code``, or else the keyring."""

    def open_it(passphrase: str = "", code: str = "") -> object:
        # what opens a vault is loaded behind the painted page, not before it
        from candor.app import vaults  # noqa: PLC0415

        folder = Path(entry.folder)
        if code:
            return vaults.open_with_recovery(folder, code, clock, parts)
        if passphrase:
            return vaults.open_vault(folder, passphrase, clock, parts)
        return vaults.open_with_keyring(folder, clock)

    return open_it


class UnlockPage(Centred):
    """``opened`` tells the session; ``recovered`` the session and the recovery code that opened
    it. ``other_asked`` opens the first screen with all ways in.

    ``wait``: called in the thread before opening; it waits until the vault that was just locked
    is closed.
    """

    opened = Signal(object)
    recovered = Signal(object, str)
    other_asked = Signal()

    def __init__(
        self,
        entries: Sequence[VaultEntry],
        clock: Clock,
        wait: Waiter = lambda: None,
        parts: VaultParts | None = None,
    ) -> None:
        super().__init__(432)
        self._clock, self._wait, self._parts = clock, wait, parts
        self._entry = entries[0]
        self._opening: Opening | None = None
        self._recovering = False
        self.choice = VaultChoice(entries)
        self.choice.chosen.connect(self.choose)
        self.secret = PassphraseField()
        self.field = LabelledField("Passphrase", self.secret)
        self.caps = CapsLine(self.secret.edit)
        self.code = QLineEdit()
        self.code_field = LabelledField(
            "Recovery code, from your paper",
            self.code,
            hint="Capitals, spaces and dashes do not matter.",
        )
        self.unlock = Button("Unlock", "primary", on=self._go)
        self.unlock.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.keyring = Button("Unlock with this computer's keyring", icon="key-round")
        self.keyring.clicked.connect(lambda _on: self._with_keyring())
        self.keyring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cancel = SlowCancel()
        self.cancel.clicked.connect(lambda _on: self.leave())
        self.switch = Button("Use my recovery sheet", "quiet", icon="key-round", on=self._switch)
        self.other = Button("Open another vault", "quiet", icon="folder-open")
        self.other.clicked.connect(self.other_asked)
        self._fill(len(entries) > 1)
        self.secret.entered.connect(self._go)
        self.code.returnPressed.connect(self._go)
        self.setFocusProxy(self.secret)
        self.choose(self._entry)

    def _fill(self, several: bool) -> None:
        head = QWidget()
        head.setLayout(
            column(
                RichText("Unlock your vault", kind="title"),
                RichText(
                    "Everything in it is encrypted on this laptop until you type your passphrase.",
                    kind="second",
                ),
                space=4,
            )
        )
        self.one = LabelledField("Vault", self.choice)
        self.who = RichText()
        self.plain = LabelledField("Vault", self.who)
        card = Card(self.one, self.plain, self.field, self.code_field, self.caps)
        card.body.setSpacing(16)
        card.body.setContentsMargins(24, 24, 24, 24)
        card.add(self.unlock, self.keyring, self.cancel)
        links = QWidget()
        links.setLayout(row(self.switch, 1, self.other))
        self.one.setVisible(several)
        self.plain.setVisible(not several)
        self.code_field.hide()
        self.box.setSpacing(24)
        self.fill(head, card, links, foot=self._foot())

    def _foot(self) -> list[QWidget]:
        self.last = RichText(kind="note")
        promise = RichText(
            "Candor never connects to a network. Nobody, including the Company, can reset your "
            "passphrase.",
            kind="note",
        )
        for line in (self.last, promise):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return [self.last, promise]

    def choose(self, entry: VaultEntry) -> None:
        """Ask for another vault's passphrase."""
        self._entry = entry
        self.choice.show_entry(entry)
        name = entry.person or entry.company
        self.who.set_parts(strong(name), "\n", muted(entry_line(entry)))
        self.who.setAccessibleName(f"Vault of {name}, {entry_line(entry)}")
        self.last.setVisible(bool(entry.last_opened))
        if entry.last_opened:
            when = moment(as_utc(entry.last_opened).astimezone(self._clock.now().tzinfo))
            self.last.set_parts(f"Last unlocked {when}. If that was not you, {_whom(entry)}.")
        try:
            has_keyring = chooser.opens_with_keyring(Path(entry.folder))
        except CandorError as error:
            has_keyring = False
            self.field.show_fault(error.sentence())
        self.keyring.setVisible(has_keyring)
        self.secret.clear()
        self.secret.setFocus()

    def _switch(self) -> None:
        """Passphrase or recovery code."""
        self._recovering = not self._recovering
        self.field.setVisible(not self._recovering)
        self.caps.setVisible(not self._recovering)
        self.code_field.setVisible(self._recovering)
        self.switch.setText("Use my passphrase" if self._recovering else "Use my recovery sheet")
        (self.code if self._recovering else self.secret).setFocus()

    def _go(self) -> None:
        way = _way(self._entry, self._clock, self._parts)
        if self._recovering:
            self._begin(partial(way, code=self.code.text()))
        elif self.secret.text():
            self._begin(partial(way, passphrase=self.secret.text()))

    def _with_keyring(self) -> None:
        self._begin(_way(self._entry, self._clock, self._parts))

    def _begin(self, function: Callable[[], object]) -> None:
        if self._opening is not None:
            return
        self.field.show_fault("")
        self.code_field.show_fault("")

        def opened() -> object:
            self._wait()
            return function()

        self._opening = Opening(opened, self)
        self._opening.opened.connect(self._tell)
        self._opening.refused.connect(self._refuse)
        self._opening.ended.connect(self._rest)
        self._busy(on=True)
        self._opening.start()

    def _tell(self, session: object) -> None:
        if self._recovering:
            self.recovered.emit(session, self.code.text())
        else:
            self.opened.emit(session)

    def _busy(self, *, on: bool) -> None:
        self.unlock.setText("Unlocking…" if on else "Unlock")
        self.unlock.setEnabled(not on)
        self.secret.set_read_only(on=on)
        self.code.setReadOnly(on)
        for part in (self.choice, self.keyring, self.switch, self.other):
            part.setEnabled(not on)
        if on:
            self.cancel.arm()
        else:
            self.cancel.disarm()

    def _rest(self) -> None:
        self._opening = None
        self._busy(on=False)

    def leave(self) -> None:
        """Give up a vault that is being opened."""
        if self._opening is not None:
            self._opening.cancel()

    def _refuse(self, error: CandorError) -> None:
        """One sentence under the field; what was typed stays, selected."""
        field, edit = (
            (self.code_field, self.code) if self._recovering else (self.field, self.secret.edit)
        )
        field.show_fault(error.sentence())
        edit.setFocus()
        edit.selectAll()
