"""What a decider may do besides deciding: rule first, ask for more, send it on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app import matter_deciding
from candor.app.matter_caveats import RulingAsked
from candor.app.matter_deciding import Referable
from candor.ui.fields import TextBox
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import DayField
from candor.ui.screens.sign_box import Act, SignBox
from candor.ui.widgets import (
    Button,
    Card,
    LabelledField,
    Note,
    Option,
    OptionList,
    RichText,
    row,
)

REASONS = "Reasons (the filer reads them)"


class RuleCard(Card):
    """A ruling that comes before the decision. ``signed`` after it."""

    signed = Signal()

    def __init__(self, page: SessionPage, case: str, asked: RulingAsked) -> None:
        super().__init__(title="Your ruling comes first", narrow=True)
        self._page, self._case, self._asked = page, case, asked
        self.answer = OptionList(
            (Option("yes", "Yes", asked.yes), Option("no", "No", asked.no)), name=asked.question
        )
        self.reason = TextBox(2)
        self.inputs = QWidget()
        self.box = SignBox(page, self._act, onward="Continue to sign", sign="Sign this ruling")
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _event: self.signed.emit())
        self.reason_field = LabelledField("Reason for your ruling", self.reason)
        self.body.setSpacing(12)
        self.add(
            RichText(asked.question, kind="strong"),
            self.answer,
            self.reason_field,
            Note(
                "What follows when you sign",
                lines=(("check", "done", "The matter goes to whoever then decides, at once."),),
            ),
            self.box,
        )

    def _freeze(self, *, frozen: bool) -> None:
        self.answer.setEnabled(not frozen)
        self.reason.setEnabled(not frozen)

    def _act(self) -> Act:
        holds, reason = self.answer.value(), self.reason.toPlainText().strip()
        session, case, about = self._page.session, self._case, self._asked.about

        def sign(name: str, secret: str) -> str:
            signature = (name, secret)
            return matter_deciding.rule(session, case, about, holds == "yes", reason, signature)

        missing = (
            *(() if holds else ("Choose Yes or No.",)),
            *(() if reason else ("Give the reason for your ruling.",)),
        )
        said = f"{self._asked.question} {holds.capitalize()}. {reason}"
        return Act(sign, lambda: missing, said)


class AskCard(Card):
    """A question to the filer. ``asked`` after it is written; ``left`` without one."""

    asked = Signal()
    left = Signal()

    def __init__(self, page: SessionPage, case: str, name: str) -> None:
        super().__init__(title=f"Ask {name}", narrow=True)
        self._page, self._case = page, case
        self.text = TextBox(2)
        self.text_field = LabelledField("What do you want to know?", self.text)
        self.due = DayField("Answer by (optional)")
        self.send = Button("Ask", "primary", icon="message-square", on=self.ask)
        self.leave = Button("Leave it", "quiet", on=self.left.emit)
        acts = QWidget()
        acts.setLayout(row(self.send, self.leave, 1, space=12))
        note = "Signed as yours and handed over as a file. Every due date stays where it is."
        self.body.setSpacing(12)
        self.add(self.text_field, self.due, RichText(note, kind="note"), acts)

    def ask(self) -> None:
        """Write the question, in the background."""
        text, due = self.text.toPlainText().strip(), self.due.day()
        self.text_field.show_fault("" if text else "Write what you want to know.")
        self.due.show_fault(self.due.problem())
        if not text or self.due.problem():
            return
        session, case = self._page.session, self._case
        self._page.do(
            lambda _work: matter_deciding.ask(session, case, text, due),
            lambda _event: self.asked.emit(),
            button=self.send,
        )


class ReferCard(Card):
    """Sending a matter on instead of deciding it. ``signed`` after it; ``left`` without."""

    signed = Signal()
    left = Signal()

    def __init__(self, page: SessionPage, case: str) -> None:
        super().__init__(title="Send it on", narrow=True)
        self._page, self._case = page, case
        self.places = OptionList((), name="Send it to")
        self.reason = TextBox(2)
        self.box = SignBox(page, self._act, onward="Continue to sign", sign="Sign and send it on")
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _event: self.signed.emit())
        self.leave = Button("Leave it", "quiet", on=self.left.emit)
        self.box.beside.addWidget(self.leave)
        self.body.setSpacing(12)
        self.add(self.places, LabelledField(REASONS, self.reason), self.box)

    def read(self, _on: bool = False) -> None:
        """Ask the rules where it may go, and show that."""
        session, case = self._page.session, self._case
        self._page.do(lambda _work: matter_deciding.referables(session, case), self._show_places)

    def _show_places(self, found: Any) -> None:
        places: tuple[Referable, ...] = found
        old = self.places
        options = [Option(place.id, place.title, place.who) for place in places]
        self.places = OptionList(options, name="Send it to")
        self.body.replaceWidget(old, self.places)
        old.deleteLater()
        if not places:
            self.box.say_missing(("Nobody else may have it: you decide, or ask for more.",))
        self.box.onward.setEnabled(bool(places))

    def _freeze(self, *, frozen: bool) -> None:
        self.places.setEnabled(not frozen)
        self.reason.setEnabled(not frozen)

    def _act(self) -> Act:
        to, reason = self.places.value(), self.reason.toPlainText().strip()
        session, case = self._page.session, self._case
        missing = (
            *(() if to else ("Choose where it goes.",)),
            *(() if reason else ("Say why you send it on.",)),
        )
        return Act(
            lambda name, secret: matter_deciding.refer(session, case, to, reason, name, secret),
            lambda: missing,
            reason,
        )
