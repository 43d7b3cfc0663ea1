"""Signing: what is signed at the left, what the signature means and the act at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from candor.errors import CandorError
from candor.ui import style, tasks
from candor.ui.fields import TextBox
from candor.ui.form.summary import SummaryCard
from candor.ui.ports import FormDraft
from candor.ui.review_view import STEPS
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Card,
    CheckBox,
    Columns,
    Flow,
    IconLine,
    LabelledField,
    Note,
    Page,
    PageHead,
    Progress,
    RichText,
    Scroll,
    Signer,
    Stepper,
    column,
    link,
)

if TYPE_CHECKING:
    from candor.app.filing import Filed, SigningTexts

    SignAct = Callable[[str, str, bool, tasks.Work], Filed]
    """(full name, passphrase, consent given, work) -> what was filed; raises CandorError."""


def read_dialog(title: str, text: str, parent: QWidget) -> QDialog:
    """A text to read, in a dialog that Escape closes."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.resize(style.px(560), style.px(420))
    inside = QWidget()
    inside.setProperty("role", "clear")
    inside.setLayout(column(RichText(text), 1, space=8, margins=(24, 24, 24, 24)))
    close = Button("Close", on=dialog.accept)
    box = column(Scroll(inside), close, space=8, margins=(0, 0, 16, 16))
    dialog.setLayout(box)
    return dialog


class SignView(Page):
    """``signed`` (Filed) once it is written and read back. ``asked`` tells a question to go to
    ("" for the form); ``page_asked`` to read it as a page; ``left`` for "Not now".

    ``title`` and ``act`` are the words of the page and of its button. ``reason`` asks for a
    sentence under that label; ``reason_given`` is what stood there when the button was pressed.
    ``only`` names who can sign, where this person only prepared the answers.
    """

    signed = Signal(object)
    asked = Signal(str)
    page_asked = Signal()
    left = Signal()

    def __init__(
        self,
        draft: FormDraft,
        texts: SigningTexts,
        sign: SignAct,
        *,
        title: str = "Sign your questionnaire",
        act: str = "Sign and make my reply file",
        reason: str = "",
        name: str = "",
        only: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts, self._sign, self._act_words = texts, sign, act
        self.reason = TextBox(2) if reason else None
        self.reason_given = ""
        self._task: tasks.Task | None = None
        self.summary = SummaryCard(draft)
        self.summary.asked.connect(self.asked)
        left = QWidget()
        acts = QWidget()
        read = Button("Read it as a page", icon="file-text", on=self.page_asked.emit)
        back = Button("Back to the questions", "quiet", on=lambda: self.asked.emit(""))
        Flow(read, back, space=12, parent=acts)
        carve_out = RichText(texts.carve_out, kind="note")
        left.setLayout(column(self.summary, acts, carve_out, space=16))
        right = self._only(only) if only else self._act(name, reason)
        sentence = "Nothing is open. Look once more on the left, then sign on the right."
        self.add(
            PageHead(title, sentence),
            Stepper(STEPS, 2),
            Columns(left, right, shares=(11, 9)),
        )

    def _only(self, only: str) -> QWidget:
        line = IconLine("lock", "text2", f"Only {only} can sign. You can prepare the answers.")
        return Card(line, title="What the signature means")

    def _act(self, name: str, reason: str) -> QWidget:
        self.consent = CheckBox("I agree to sign electronically.")
        self.consent.clicked.connect(lambda _on: self._see())
        reads = RichText(link("Read the consent", "consent"))
        reads.setWordWrap(False)
        reads.linkActivated.connect(
            lambda _l: read_dialog(
                "Consent to sign electronically", self._texts.consent, self
            ).open()
        )
        agree = QWidget()
        Flow(self.consent, reads, space=8, parent=agree)
        if not self._texts.consent_needed:
            agree.hide()
        self.signer = Signer(name, self._texts.signing_as)
        self.signer.ready.connect(lambda _ready: self._see())
        self.note = Note("When you press Sign", " ".join(self._texts.when_you_press))
        self.problem = Banner(Meaning.STOPPED, "")
        self.problem.hide()
        self.sign = Button(
            self._act_words, "primary", icon="pen-line", signing=True, on=self._press
        )
        self.later = Button("Not now", "quiet", on=self.left.emit)
        self.why_off = RichText(kind="note")
        self.progress = Progress()
        self.progress.cancelled.connect(self._cancel)
        buttons = QWidget()
        Flow(self.sign, self.later, space=12, parent=buttons)
        card = Card(
            RichText(f"“{self._texts.meaning.strip('“”')}”"),
            agree,
            self.signer,
            self.note,
            self.problem,
            buttons,
            self.why_off,
            self.progress,
            title="What your signature means",
        )
        card.body.setSpacing(12)
        if self.reason is not None:
            self.reason.textChanged.connect(self._see)
            card.body.insertWidget(1, LabelledField(reason, self.reason))
        self._see()
        return card

    def _missing(self) -> str:
        """What is still needed before the button can be pressed, in words."""
        wanted = []
        if self.reason is not None and not self.reason.toPlainText().strip():
            wanted.append("give the reason")
        if self._texts.consent_needed and not self.consent.isChecked():
            wanted.append("tick the box")
        if not self.signer.full_name():
            wanted.append("type your full name")
        if not self.signer.secret():
            wanted.append("type your passphrase")
        return f"To sign, {' and '.join(wanted)}." if wanted else ""

    def _see(self) -> None:
        missing = self._missing()
        working = self._task is not None and not self._task.is_over()
        self.sign.setEnabled(not missing and not working)
        self.why_off.set_parts(missing)
        self.why_off.setVisible(bool(missing))

    def _press(self) -> None:
        self.problem.hide()
        self.progress.begin("Sign")
        name, secret = self.signer.full_name(), self.signer.secret()
        consent = not self._texts.consent_needed or self.consent.isChecked()
        self.reason_given = self.reason.toPlainText().strip() if self.reason is not None else ""
        self._task = tasks.run(
            lambda work: self._sign(name, secret, consent, work),
            done=self._done,
            refused=self._refused,
            cancelled=self._over,
            progress=self.progress.show_step,
            parent=self,
        )
        self._see()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _over(self) -> None:
        self.progress.hide()
        self._see()

    def _done(self, filed: object) -> None:
        self.signer.forget()
        self._over()
        self.signed.emit(filed)

    def _refused(self, refusal: CandorError) -> None:
        self._over()
        self.problem.say(Meaning.STOPPED, refusal.message, refusal.hint)
        self.problem.show()
        self.signer.passphrase_field().setFocus()
        self.signer.passphrase_field().selectAll()
