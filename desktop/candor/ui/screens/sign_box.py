"""A signature in two steps: what is missing is said first, then name and passphrase are asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.errors import CandorError, Problems
from candor.ui.screens.base import SessionPage
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Flow,
    IconLine,
    RichText,
    Signer,
    column,
    empty,
)


def _nothing() -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Act:
    """What is about to be signed, as read from the page: ``sign(name, passphrase)`` and
    ``check()``, what is missing, both run in a thread; ``sum`` says it in a line."""

    sign: Callable[[str, str], Any]
    check: Callable[[], Sequence[str]] = _nothing
    sum: str = ""


class SignBox(QWidget):
    """``opened`` (bool) as the second step comes and goes: the page then holds what was chosen
    still. ``signed`` (result) after the signature. The signing button is never the default."""

    opened = Signal(bool)
    signed = Signal(object)

    def __init__(
        self,
        page: SessionPage,
        prepare: Callable[[], Act],
        *,
        onward: str,
        sign: str,
        meaning: str = "",
        primary: bool = True,
        icon: str = "pen-line",
    ) -> None:
        super().__init__(page)
        self._page, self._prepare, self._word = page, prepare, sign
        self._act: Act | None = None
        kind = "primary" if primary else "plain"
        self.onward = Button(onward, kind, icon=icon, on=self.go_on)
        self.missing = QWidget()
        self._missing_box = column(space=4)
        self.missing.setLayout(self._missing_box)
        self.missing.hide()
        self._second = self._signing(sign, meaning, icon)
        self._second.hide()
        self.beside = Flow(self.onward, space=8)
        first = QWidget()
        first.setLayout(self.beside)
        self._first = first
        self.setLayout(column(self.missing, first, self._second, space=12))

    def _signing(self, sign: str, meaning: str, icon: str) -> QWidget:
        self.sum = RichText()
        self.meaning = RichText(f"“{meaning}”" if meaning else "", kind="second")
        self.meaning.setVisible(bool(meaning))
        self.signer = Signer("", self._page.session.title)
        self.sign = Button(sign, "primary", icon=icon, signing=True, on=self.press)
        self.sign.setEnabled(False)
        self.signer.ready.connect(self.sign.setEnabled)
        self.change = Button("Change it", "quiet", on=self.go_back)
        self.problem = Banner(Meaning.STOPPED, "")
        self.problem.hide()
        acts = QWidget()
        Flow(self.sign, self.change, space=12, parent=acts)
        whole = QWidget()
        whole.setLayout(column(self.sum, self.meaning, self.signer, self.problem, acts, space=12))
        return whole

    def is_open(self) -> bool:
        """Whether the second step is shown."""
        return self._second.isVisible()

    def set_word(self, onward: str, sign: str = "") -> None:
        """Name the act otherwise, e.g. with what was chosen."""
        self.onward.setText(onward)
        self._word = sign or onward
        self.sign.setText(self._word)

    def say_missing(self, found: Sequence[str]) -> None:
        """List what is missing above the button; nothing hides the list."""
        empty(self._missing_box)
        for text in found:
            self._missing_box.addWidget(IconLine("circle-alert", "needs", text, kind="small"))
        self.missing.setVisible(bool(found))

    # --- first step ---------------------------------------------------------------------

    def go_on(self) -> None:
        """To the signature, unless something is missing; then say all of it."""
        act = self._prepare()
        self._page.do(
            lambda _work: act.check(),
            lambda found: self._checked(act, found),
            refused=lambda refusal: self.say_missing(_sentences(refusal)),
            button=self.onward,
        )

    def _checked(self, act: Act, found: Sequence[str]) -> None:
        self.say_missing(found)
        if found:
            return
        self._act = act
        self.sum.set_parts(act.sum)
        self.sum.setVisible(bool(act.sum))
        self._first.hide()
        self._second.show()
        self.opened.emit(True)
        self.signer.name_field().setFocus()

    def go_back(self) -> None:
        """Back to what can be changed; nothing was signed."""
        self.signer.forget()
        self.problem.hide()
        self._act = None
        self._second.hide()
        self._first.show()
        self.opened.emit(False)
        self.onward.setFocus()

    # --- second step --------------------------------------------------------------------

    def press(self) -> None:
        """Sign, in the background."""
        act = self._act
        if act is None or not self.signer.isEnabled():
            return
        name, secret = self.signer.full_name(), self.signer.secret()
        self.problem.hide()
        self._hold(busy=True)
        self._page.do(lambda _work: act.sign(name, secret), self._done, refused=self._refused)

    def _hold(self, *, busy: bool) -> None:
        """While a signature is made, typing must not make the button ready for another."""
        self.signer.setEnabled(not busy)
        self.change.setEnabled(not busy)
        self.sign.setEnabled(not busy)
        self.sign.setText("Signing…" if busy else self._word)

    def _done(self, result: Any) -> None:
        self._hold(busy=False)
        self.go_back()
        self.signed.emit(result)

    def _refused(self, refusal: CandorError) -> None:
        self._hold(busy=False)
        said = "\n".join((*_sentences(refusal), refusal.hint)[1:])
        self.problem.say(Meaning.STOPPED, _sentences(refusal)[0], said.strip())
        self.problem.show()
        self.signer.passphrase_field().setFocus()
        self.signer.passphrase_field().selectAll()


def _sentences(refusal: CandorError) -> tuple[str, ...]:
    return refusal.problems if isinstance(refusal, Problems) else (refusal.message,)
