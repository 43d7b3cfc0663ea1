"""What starting a company and joining one share: steps, the vault's step, the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from candor.app import new_vault, preferences
from candor.app.vaults import Created
from candor.ui import style
from candor.ui.screens.base import Refusal
from candor.ui.screens.centred import SlowCancel
from candor.ui.screens.opening import Opening
from candor.ui.screens.recovery import NewPassphrase, RecoverySheet
from candor.ui.screens.sending import Ask
from candor.ui.widgets import (
    Button,
    Card,
    Facts,
    Page,
    PageHead,
    RichText,
    column,
    row,
)

WIDTH = 960


class MiddlePage(Page):
    """A page that keeps to its width in the middle of a wide window."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room beside it."""
        super().resizeEvent(event)
        side = max(32, (self.width() - style.px(WIDTH)) // 2)
        self.body.setContentsMargins(side, 24, side, 32)


class Step(MiddlePage):
    """One step: a head with Back and one primary button, and what is asked."""

    back = Signal()
    go_on = Signal()

    def __init__(self, title: str, sentence: str, word: str) -> None:
        super().__init__()
        self.on = Button(word, "primary", on=self._try)
        self.cancel = SlowCancel()
        self.head = PageHead(
            title, sentence, self.cancel, Button("Back", on=self.back.emit), self.on
        )
        self.refusal = Refusal()
        self.add(self.head, self.refusal)

    def fits(self) -> bool:
        """Whether the step may end; it shows its faults itself."""
        return True

    def _try(self) -> None:
        self.refusal.hide()
        if self.fits():
            self.go_on.emit()


class VaultStep(Step):
    """Where the vault lies and its passphrase; used for joining too."""

    def __init__(self, title: str, sentence: str, word: str, person: str) -> None:
        super().__init__(title, sentence, word)
        self.folder = new_vault.suggested_folder(person)
        self.summary = Card()
        self.summary.hide()
        self.secret = NewPassphrase()
        self.place = RichText(str(self.folder), kind="note")
        choose = Button("Choose another folder…", small=True, on=self._choose)
        where = QWidget()
        line = row(space=16)
        line.addWidget(self.place, 1)
        line.addWidget(choose)
        where.setLayout(line)
        self.add(
            self.summary,
            Card(self.secret, title="Your passphrase"),
            Card(where, title="Where the vault lies"),
        )
        self.setFocusProxy(self.secret)

    def _choose(self) -> None:
        chosen = Ask.folder(self, "Choose an empty folder for the vault")
        if chosen is not None:
            self.folder = chosen
            self.place.set_parts(str(chosen))

    def say(self, *facts: tuple[str, str]) -> None:
        """Say above what will be made."""
        self.summary.clear()
        self.summary.add(Facts(facts))
        self.summary.show()

    def fits(self) -> bool:
        """A passphrase, typed twice."""
        return self.secret.check()

    def busy(self, opening: Opening) -> None:
        """Show that work is under way; Cancel appears when it takes long."""
        usual = self.on.text()
        self.on.setText("Making the vault…")
        self.on.setEnabled(False)
        self.cancel.arm()
        self.cancel.clicked.connect(lambda _on: opening.cancel())

        def rest() -> None:
            self.on.setText(usual)
            self.on.setEnabled(True)
            self.cancel.disarm()

        opening.ended.connect(rest)


class RecoveryStep(MiddlePage):
    """The recovery code of a new vault. ``finished`` when it was typed again."""

    finished = Signal()

    def __init__(self, made: Created) -> None:
        super().__init__()
        self.sheet = RecoverySheet(
            made.recovery_code,
            lambda typed: preferences.confirm_recovery(made.session, typed),
        )
        self.sheet.confirmed.connect(self.finished)
        self.add(
            PageHead(
                "Write down your recovery code",
                "The last step: the vault is made. This paper opens it if all else is forgotten.",
            ),
            self.sheet,
        )
        self.setFocusProxy(self.sheet.written)


class Steps(QWidget):
    """Steps one after the other. ``left`` from the first one's Back; ``opened`` (Created) when
    the vault is there, ``finished`` (Created) when its recovery code was typed again."""

    left = Signal()
    opened = Signal(object)
    finished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.pages = QStackedWidget()
        self._opening: Opening | None = None
        self.setLayout(column(self.pages, space=0))

    def put(self, page: QWidget) -> None:
        """Add a page and show it."""
        self.pages.addWidget(page)
        self.show_page(page)

    def show_page(self, page: QWidget) -> None:
        """Go to a page that was added."""
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def begin(self, step: VaultStep, make: Callable[[], object]) -> None:
        """Make the vault in the background; refusals stand on the step."""
        self._opening = Opening(make, self)
        self._opening.opened.connect(self._made)
        self._opening.refused.connect(step.refusal.show_error)
        step.busy(self._opening)
        self._opening.start()

    def leave(self) -> None:
        """Give up a vault that is being made."""
        if self._opening is not None:
            self._opening.cancel()

    def _made(self, created: object) -> None:
        """The vault is there: the recovery code is next."""
        if not isinstance(created, Created):
            return
        self.opened.emit(created)
        page = RecoveryStep(created)
        page.finished.connect(lambda: self.finished.emit(created))
        self.put(page)
