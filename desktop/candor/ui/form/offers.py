"""What is already known about a question: last year's answer, and what the company has on file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from candor.forms.answers import Answer, Change, Provenance
from candor.forms.words import short_date
from candor.ui.widgets import Button, Flow, IconLine, RichText, column, empty, strong

if TYPE_CHECKING:
    from candor.app.draft import Fact, LastYear

Act = tuple[str, str]
CONFIRM: tuple[Act, ...] = (("confirm", "Confirm"),)
CHANGE: tuple[Act, ...] = (("change", "Change"),)
DISPUTE: tuple[Act, ...] = (("dispute", "Dispute"),)
STILL_CORRECT: tuple[Act, ...] = (("still_correct", "Still correct"),)
LONGEST = 200
"""Characters of a known answer that are shown in the line; the rest is in the tool tip."""


def shortened(text: str) -> str:
    """At most LONGEST characters, cut at a blank."""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"


class Offer(QWidget):
    """A box with what is known and what one can do with it; after an answer, a plain line.

    ``acted`` tells: still_correct, change, confirm or dispute.
    """

    acted = Signal(str)

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._box = column(space=0)
        self.setLayout(self._box)
        self.became = Became()
        self._shown: object = None
        self.hide()

    def show_for(
        self, answer: Answer | None, last: LastYear | None, fact: Fact | None, language: str
    ) -> None:
        """Propose where nothing is answered; else tell in `became` what became of the offer."""
        answered = answer is not None and answer.answered
        state = (answered, answer and (answer.change, answer.provenance, answer.dispute))
        if state == self._shown:
            return
        self._shown = state
        empty(self._box)
        open_offer = not answered and (last is not None or fact is not None)
        if open_offer:
            self._propose(last, fact)
        self.setVisible(open_offer)
        self.became.show_parts(_said(answer, last, fact, language) if answer and answered else ())

    def _propose(self, last: LastYear | None, fact: Fact | None) -> None:
        if fact is not None:
            known, acts = fact.display, (*CONFIRM, *CHANGE, *DISPUTE)
            self._box.addWidget(self._frame("On file: ", known, acts))
        elif last is not None:
            known, acts = last.display, (*STILL_CORRECT, *CHANGE)
            self._box.addWidget(self._frame("Last year: ", known, acts))

    def _frame(self, lead: str, known: str, acts: tuple[Act, ...]) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "note")
        words = RichText(lead, strong(shortened(known)), kind="note")
        words.setToolTip(known)
        buttons: list[QWidget] = []
        for key, word in acts:
            quiet = key != acts[0][0]
            button = Button(word, "quiet" if quiet else "plain", small=True)
            button.setAccessibleName(f"{self._number}: {word}")
            button.setAccessibleDescription(f"{lead}{known}")
            button.clicked.connect(lambda _on=False, act=key: self.acted.emit(act))
            buttons.append(button)
        short = len(known) <= 32
        if short:
            words.setWordWrap(False)
        holder = QWidget()
        Flow(*([words] if short else []), *buttons, space=8, parent=holder)
        parts: list[QWidget] = [holder] if short else [words, holder]
        frame.setLayout(column(*parts, space=4, margins=(12, 5, 12, 5)))
        return frame


class Became(QWidget):
    """One line on what became of an offer."""

    def __init__(self) -> None:
        super().__init__()
        self._box = column(space=0)
        self.setLayout(self._box)
        self.hide()

    def show_parts(self, parts: tuple[str, ...]) -> None:
        """Show an icon's name and words, or nothing."""
        empty(self._box)
        if parts:
            icon, *words = parts
            self._box.addWidget(IconLine(icon, "text2", *words, kind="note"))
        self.setVisible(bool(parts))


def _said(
    answer: Answer, last: LastYear | None, fact: Fact | None, language: str
) -> tuple[str, ...]:
    """What became of the offer: an icon and words."""
    if fact is not None:
        became = {
            Provenance.CONFIRMED: "You confirmed it.",
            Provenance.DISPUTED: "You say that it is wrong.",
        }.get(answer.provenance, "You changed it.")
        return "landmark", "On file:  ", strong(shortened(fact.display)), f".  {became}"
    if last is None:
        return ()
    became = {
        Change.REAFFIRMED: "You said that it is still correct.",
        Change.CHANGED: "You changed it.",
    }.get(answer.change, "")
    lead = f"Last year (signed {short_date(last.signed_at, language)}):  "
    return "history", lead, strong(shortened(last.display)), f".  {became}"
