"""Review: every open point as a link; and the page after signing, where the file is handed over."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.forms.display import name as question_name
from candor.forms.display import problem as problem_words
from candor.ui.form.summary import SummaryCard
from candor.ui.ports import FormDraft
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Card,
    ColumnSpec,
    Flow,
    GroupLabel,
    Note,
    Page,
    PageHead,
    RichText,
    RowsModel,
    RowsView,
    Stepper,
    column,
)

STEPS = ("Answer", "Review", "Sign", "Hand over")


@dataclass(frozen=True)
class OpenPoint:
    """One open point: where it is and what is missing."""

    question: str
    about: str
    what: str


def open_points(draft: FormDraft) -> tuple[OpenPoint, ...]:
    """Every open point of a draft, in the order of the form."""
    return tuple(
        OpenPoint(
            found.question,
            question_name(question, draft.form, draft.context, draft.language),
            problem_words(question, found, draft.language),
        )
        for found in draft.problems()
        if (question := draft.form.question(found.question))
    )


class ReviewView(Page):
    """All that is open, then a last look at the whole.

    ``asked`` tells a question to go to ("" for the form); ``sign_asked`` with nothing open.
    """

    asked = Signal(str)
    sign_asked = Signal()

    def __init__(self, draft: FormDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.head = PageHead("Review your answers")
        self.onward = Button("Go on to sign", "primary", on=self.sign_asked.emit)
        self.head.set_actions(self.onward)
        self._model = RowsModel(
            [
                ColumnSpec("Question", lambda p: p.question, weight=500),
                ColumnSpec("About", lambda p: p.about, width=280),
                ColumnSpec("What is open", lambda p: p.what, stretch=True),
                ColumnSpec("", lambda _p: "Go there", link=True),
            ]
        )
        self.points = RowsView(self._model, name="Open points")
        self.points.linked.connect(lambda point, _spec: self.asked.emit(point.question))
        self.points.opened.connect(lambda point: self.asked.emit(point.question))
        self._summary = QWidget()
        self._summary_box = column(space=16)
        self._summary.setLayout(self._summary_box)
        back = Button("Back to the questions", "quiet", on=lambda: self.asked.emit(""))
        self._group = GroupLabel("Open points", "circle-alert", "needs")
        self._steps, self._open_steps = Stepper(STEPS, 1), Stepper(STEPS, 1, settled=False)
        self.add(self.head, self._steps, self._open_steps)
        self.add(self._group, self.points, self._summary, back)
        self.refresh()

    def refresh(self) -> None:
        """Look at the draft again."""
        points = open_points(self._draft)
        self._model.set_rows(points)
        count = len(points)
        word = "point is" if count == 1 else "points are"
        sentence = (
            f"{count} {word} open. Press one to go there; then you can sign."
            if count
            else "Nothing is open. Look once more, then go on to sign."
        )
        self.head.set_text("Review your answers", sentence)
        self.onward.setEnabled(not points)
        self._steps.setVisible(not points)
        self._open_steps.setVisible(bool(points))
        self.points.setVisible(bool(points))
        self._group.setVisible(bool(points))
        while (item := self._summary_box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        summary = SummaryCard(self._draft)
        summary.asked.connect(self.asked)
        self._summary_box.addWidget(summary)


class HandOverView(Page):
    """After signing: the reply file is handed over, and the signer keeps a PDF. ``handed`` says
    what became of the file where it was handed over before.

    Signals ask the screen to act: ``save_asked``, ``mail_asked``, ``folder_asked``,
    ``pdf_asked``, ``done_asked``.
    """

    save_asked = Signal()
    mail_asked = Signal()
    folder_asked = Signal()
    pdf_asked = Signal()
    done_asked = Signal()

    def __init__(
        self,
        recipient: str,
        version: int,
        *,
        folder: bool = False,
        handed: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.result = Banner(Meaning.DONE, "", "")
        self.result.hide()
        self.save = Button("Save file…", "primary", icon="file-down", on=self.save_asked.emit)
        self.mail = Button("Compose e-mail", icon="mail", on=self.mail_asked.emit)
        self.folder = Button(
            "Put in exchange folder", icon="folder-open", on=self.folder_asked.emit
        )
        self.pdf = Button("Save my signed PDF…", icon="file-check", on=self.pdf_asked.emit)
        if not folder:
            self.folder.hide()
        acts = QWidget()
        Flow(self.save, self.mail, self.folder, space=8, parent=acts)
        hand = Card(
            RichText(f"Your reply file is sealed so that only {recipient} can open it."),
            acts,
            title="Hand over the file",
        )
        keep = Card(
            RichText("A PDF of exactly what you signed stays in your vault, and is yours to keep."),
            self.pdf,
            title="Your copy",
        )
        self.add(
            PageHead(
                "What you signed" if handed else "Signed. Now hand it over",
                f"Version {version} is sealed in your vault. {handed}".strip(),
            ),
            Stepper(STEPS, 3),
            self.result,
            hand,
            keep,
            Note(
                "If something changes later",
                "Open the form again and sign a new version; this one stays as it is.",
            ),
            Button("Back to my forms", "quiet", on=self.done_asked.emit),
        )

    def say(self, meaning: Meaning, title: str, text: str = "") -> None:
        """Tell what became of handing over."""
        self.result.say(meaning, title, text)
        self.result.show()
