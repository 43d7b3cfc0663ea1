"""Review: every open point as a link; and the page after signing, where the file is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.forms.answers import Problem
from candor.forms.display import name as question_name
from candor.forms.display import problem as problem_words
from candor.ui.form.stops import StopNote
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
    empty,
)

STEPS = ("Answer", "Review", "Sign", "Hand over")


@dataclass(frozen=True)
class OpenPoint:
    """One open point: where it is and what is missing."""

    question: str
    about: str
    what: str


def stopped(draft: FormDraft) -> tuple[Problem, ...]:
    """Everything in a draft that nobody can approve."""
    return tuple(found for found in draft.problems() if found.stops)


def open_points(draft: FormDraft) -> tuple[OpenPoint, ...]:
    """Every open point of a draft that can be mended, in the order of the form."""
    return tuple(
        OpenPoint(
            found.question,
            question_name(question, draft.form, draft.context, draft.language),
            problem_words(question, found, draft.language),
        )
        for found in draft.problems()
        if not found.stops and (question := draft.form.question(found.question))
    )


class ReviewView(Page):
    """All that is open, then a last look at the whole.

    ``asked`` tells a question to go to ("" for the form); ``sign_asked`` with nothing open.
    """

    asked = Signal(str)
    sign_asked = Signal()

    def __init__(self, draft: FormDraft, *asides: QWidget, parent: QWidget | None = None) -> None:
        """``asides`` stand between what is open and the last look."""
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
        self._stop_group = GroupLabel("Nobody can approve this", "octagon-x", "stopped")
        self.stops = QWidget()
        self._stops_box = column(space=8)
        self.stops.setLayout(self._stops_box)
        self._steps, self._open_steps = Stepper(STEPS, 1), Stepper(STEPS, 1, settled=False)
        self.add(self.head, self._steps, self._open_steps)
        self.add(self._stop_group, self.stops, self._group, self.points)
        carve_out = RichText(draft.wording(draft.form.carve_out), kind="note")
        self.add(*asides, self._summary, back, carve_out)
        self.refresh()

    def refresh(self) -> None:
        """Look at the draft again."""
        points, stops = open_points(self._draft), stopped(self._draft)
        self._model.set_rows(points)
        self._show_stops(stops)
        self.head.set_text("Review your answers", _sentence(len(points), len(stops)))
        clear = not points and not stops
        self.onward.setEnabled(clear)
        self._steps.setVisible(clear)
        self._open_steps.setVisible(not clear)
        self.points.setVisible(bool(points))
        self._group.setVisible(bool(points))
        empty(self._summary_box)
        summary = SummaryCard(self._draft)
        summary.asked.connect(self.asked)
        self._summary_box.addWidget(summary)

    def _show_stops(self, stops: tuple[Problem, ...]) -> None:
        empty(self._stops_box)
        for stop in stops:
            there = Button(f"Go to {stop.question}", on=partial(self.asked.emit, stop.question))
            self._stops_box.addWidget(StopNote(stop, self._draft.rule_words(stop.rule), there))
        self._stop_group.setVisible(bool(stops))
        self.stops.setVisible(bool(stops))


def _sentence(points: int, stops: int) -> str:
    """What keeps the form from being signed, in one sentence."""
    if stops:
        word = "answer says something" if stops == 1 else "answers say something"
        return f"{stops} {word} that nobody can approve, so this cannot be signed as it stands."
    if points:
        word = "point is" if points == 1 else "points are"
        return f"{points} {word} open. Press one to go there; then you can sign."
    return "Nothing is open. Look once more, then go on to sign."


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
        back: str = "Back to my forms",
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
            RichText(f"Your file is sealed so that only {recipient} can open it."),
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
            Button(back, "quiet", on=self.done_asked.emit),
        )

    def say(self, meaning: Meaning, title: str, text: str = "") -> None:
        """Tell what became of handing over."""
        self.result.say(meaning, title, text)
        self.result.show()
