"""Taking a matter back, and saying that it has ended: a reason, what follows, a signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import matter_filing
from candor.app.matter_case import CaseView
from candor.app.session import Session
from candor.errors import CandorError
from candor.ui.fields import TextBox
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import DayField
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Card,
    Flow,
    LabelledField,
    Note,
    PageHead,
    RichText,
    Signer,
)

WIDE = 720


@dataclass(frozen=True)
class Given:
    """What was given with the signature; ``day`` only where one is asked for."""

    reason: str
    name: str
    secret: str
    day: date | None


@dataclass(frozen=True)
class SignedAct:
    """A signed act in words, and the function that signs it (in a thread)."""

    title: str
    reason: str
    button: str
    follows: tuple[str, ...]
    sign: Callable[[Session, str, Given], None]
    day: str = ""


def _take_back(session: Session, case: str, given: Given) -> None:
    matter_filing.withdraw(session, case, given.reason, given.name, given.secret)


def _end(session: Session, case: str, given: Given) -> None:
    if given.day is None:
        raise CandorError("Give the day on which it ended.", hint="Nothing was signed.")
    matter_filing.retire(session, case, given.day, given.reason, given.name, given.secret)


TAKE_BACK = SignedAct(
    title="Take it back",
    reason="Why do you take it back?",
    button="Sign and take it back",
    follows=(
        "Nobody decides it any more, and it cannot be amended.",
        "It stays on file with everything in it, marked as taken back. Nothing is deleted.",
        "A file is made for you to hand over, so that the others learn of it.",
    ),
    sign=_take_back,
)
END = SignedAct(
    title="It has ended",
    reason="How did it end?",
    button="Sign that it has ended",
    follows=(
        "It is marked as ended from that day. What was decided stays as it was decided.",
        "It stays on file. If it begins again, file it anew.",
        "A file is made for you to hand over, so that the others learn of it.",
    ),
    sign=_end,
    day="On which day did it end?",
)


class SignedActPage(SessionPage):
    """One signed act on a matter; after it the matter's page is shown again."""

    def __init__(self, shell: Shell, session: Session, view: CaseView, act: SignedAct) -> None:
        super().__init__(shell, session)
        self._case, self._act = view.case, act
        self.day = DayField(act.day) if act.day else None
        self.reason = TextBox(2)
        self.signer = Signer("", session.title)
        self.sign = Button(act.button, "primary", icon="pen-line", signing=True, on=self.press)
        self.later = Button("Not now", "quiet", on=shell.back)
        self.why_off = RichText(kind="note")
        self.problem = Banner(Meaning.STOPPED, "")
        self.problem.hide()
        self.add(PageHead(act.title, f"{view.title}. {view.line}"), self._card())
        self.reason.textChanged.connect(self._see)
        self.signer.ready.connect(lambda _ready: self._see())
        if self.day is not None:
            self.day.changed.connect(self._see)
        self._see()

    def _card(self) -> Card:
        act = self._act
        buttons = QWidget()
        Flow(self.sign, self.later, space=12, parent=buttons)
        lines = [("check", "done", follows) for follows in act.follows]
        card = Card(
            *([self.day] if self.day is not None else []),
            LabelledField(act.reason, self.reason),
            Note("When you press the button", lines=lines),
            self.signer,
            self.problem,
            buttons,
            self.why_off,
        )
        card.body.setSpacing(12)
        card.setMaximumWidth(WIDE)
        return card

    def _see(self) -> None:
        wanted = []
        if self.day is not None and self.day.day() is None:
            wanted.append("give the day")
        if not self.reason.toPlainText().strip():
            wanted.append("give the reason")
        if not self.signer.is_ready():
            wanted.append("type your name and your passphrase")
        self.sign.setEnabled(not wanted)
        self.why_off.set_parts(f"To sign, {' and '.join(wanted)}." if wanted else "")
        self.why_off.setVisible(bool(wanted))

    def press(self) -> None:
        """Sign, in the background."""
        given = Given(
            self.reason.toPlainText().strip(),
            self.signer.full_name(),
            self.signer.secret(),
            self.day.day() if self.day is not None else None,
        )
        self.problem.hide()
        self.signer.setEnabled(False)
        self.do(
            lambda _work: self._act.sign(self.session, self._case, given),
            self._done,
            refused=self._refused,
            button=self.sign,
        )

    def _done(self, _none: Any) -> None:
        self.signer.forget()
        self.shell.back()

    def _refused(self, refusal: CandorError) -> None:
        self.signer.setEnabled(True)
        self.problem.say(Meaning.STOPPED, refusal.message, refusal.hint)
        self.problem.show()
        self.signer.passphrase_field().setFocus()
        self.signer.passphrase_field().selectAll()
