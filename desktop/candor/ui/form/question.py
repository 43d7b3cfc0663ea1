"""One question: number, wording, control, flags, what was said before, remarks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QEnterEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from candor.forms.answers import Answer, Flag, Problem
from candor.forms.definition import Question
from candor.forms.display import problem as problem_words
from candor.forms.kinds import Kind
from candor.ui import style
from candor.ui.fields import (
    AttachmentField,
    RowsField,
    make_field,
    make_rows,
    takes_rows_below,
)
from candor.ui.form.answering import Answering
from candor.ui.form.explanation import Explanation
from candor.ui.form.offers import Offer
from candor.ui.form.openings import Openings
from candor.ui.form.remarks import Actions, Remarks
from candor.ui.form.stops import StopNote
from candor.ui.ports import FormDraft
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Button,
    Flow,
    IconLine,
    RichText,
    column,
    dropped_paths,
    empty,
    row,
)

NUMBER_WIDTH, TEXT_WIDTH = 48, 720
SMALL = frozenset({Kind.YES_NO, Kind.YES_NO_EXPLAIN, Kind.CHOICE, Kind.ACKNOWLEDGEMENT})
"""Kinds whose control leaves room for badges and last year's answer beside it."""
AT_ONCE = frozenset({*SMALL, Kind.MULTI_CHOICE, Kind.ATTACHMENT})
"""Kinds that are chosen, not typed: what follows from the answer shows at once."""


def choose_files(parent: QWidget) -> tuple[Path, ...]:
    """Ask for files to attach."""
    return tuple(Path(p) for p in QFileDialog.getOpenFileNames(parent, "Attach files")[0])


_DATE = re.compile(r"\d{1,2}\s\w+\s\d{4}")


def _says_dates(said: str, period: str) -> bool:
    """Whether the wording already names every date of the period."""
    return all(day in said for day in _DATE.findall(period))


class QuestionView(QWidget):
    """A question and its answer. It holds no rule: each change goes to the draft at once.

    ``changed`` (id, typing) after a change that was saved; ``refused`` (CandorError) where not;
    ``opened`` (Opened) for a form that the answer calls for.
    """

    changed = Signal(str, bool)
    refused = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        draft: FormDraft,
        question: Question,
        *,
        choose: Callable[[QWidget], tuple[Path, ...]] = choose_files,
    ) -> None:
        super().__init__()
        self.draft, self.question, self._choose = draft, question, choose
        self.answering = Answering(draft, question, self)
        self.setAcceptDrops(True)
        said = draft.wording(question.text)
        self.setAccessibleName(f"{question.id} {said}")
        self.field = make_field(question, draft.language)
        self.field.set_name(f"{question.id}: {said}")
        self.rows: RowsField | None = None
        self._said: list[str] = []
        self._stopped: tuple[Problem, ...] = ()
        self._inside: Explanation | None = None
        self._build(said)
        self._connect()
        self.refresh(())

    # --- building -----------------------------------------------------------------------

    def _build(self, said: str) -> None:
        question = self.question
        number = RichText(question.id, kind="strong")
        number.setFixedWidth(style.px(NUMBER_WIDTH))
        self._body = QWidget()
        self._body.setMaximumWidth(style.px(TEXT_WIDTH))
        self._box = column(RichText(said), space=8)
        period = self.draft.period_text(question)
        if period and not _says_dates(said, period):
            self._box.addWidget(RichText(period, kind="note"))
        self._control()
        self._foot()
        self._body.setLayout(self._box)
        line = row(space=0, margins=(24, 12, 24, 2))
        line.addLayout(column(number, 1, space=0))
        line.addWidget(self._body, 1)
        line.addStretch(0)
        self.setLayout(line)

    def _control(self) -> None:
        self.offer = Offer(self.question.id)
        self._badges = QWidget()
        self._badges_flow = Flow(space=8, parent=self._badges)
        self._badges.hide()
        beside = QWidget()
        if self.question.kind in SMALL:
            Flow(self.field, self._badges, self.offer, space=12, parent=beside)
        else:
            beside.setLayout(column(self.offer, self.field, self._badges, space=8))
        self._box.addWidget(beside)
        self._rows_place = column(space=0)
        self._box.addLayout(self._rows_place)

    def _foot(self) -> None:
        question = self.question
        self.remarks = Remarks(self.answering)
        self.remarks.hide()
        self._problems = QWidget()
        self._problems_box = column(space=2)
        self._problems.setLayout(self._problems_box)
        self._problems.hide()
        self.stops = QWidget()
        self._stops_box = column(space=8)
        self.stops.setLayout(self._stops_box)
        self.stops.hide()
        self.openings = Openings(question.id)
        self.openings.pressed.connect(self.opened)
        self.acts = Actions(question.id, attach=question.kind is not Kind.ATTACHMENT)
        if question.kind is Kind.SIGNATURE:
            self.acts.hide()
        self.why = Button("Why this is asked", "quiet", icon="info", on=self.open_why)
        self.why.setAccessibleName(f"{question.id}: Why this is asked")
        self.why.hide()
        parts = (self.stops, self.offer.became, self.remarks, self._problems, self.openings)
        for part in parts:
            self._box.addWidget(part)
        foot = row(self.acts, space=8)
        foot.setStretch(0, 1)
        foot.addWidget(self.why)
        self._box.addLayout(foot)
        self._why_place = column(space=0)
        self._box.addLayout(self._why_place)

    def _connect(self) -> None:
        name = self.question.id
        self.answering.changed.connect(lambda typing: self.changed.emit(name, typing))
        self.answering.refused.connect(self.refused)
        self.field.edited.connect(self._value_changed)
        self.field.left.connect(self.show_faults)
        if isinstance(self.field, AttachmentField):
            self.field.attached.connect(self.answering.attach)
        self.remarks.back.connect(lambda: self.field.first().setFocus())
        self.offer.acted.connect(self._act_on_offer)
        self.acts.pressed.connect(self._pressed)

    # --- showing ------------------------------------------------------------------------

    def answer(self) -> Answer | None:
        """The answer as the draft has it."""
        return self.answering.answer()

    def refresh(self, problems: tuple[Problem, ...]) -> None:
        """Show the answer, its flags, and its problems where something was answered."""
        answer = self.answer()
        if not self.field.unread():
            self.field.show_value(answer.value if answer else None)
        self.field.setEnabled(not (answer and answer.unable))
        self._refresh_rows(answer)
        flags = self.draft.question_flags(self.question) if answer else ()
        self.remarks.refresh(answer, explain=self._explains(answer, flagged=bool(flags)))
        name = self.question.id
        last, fact = self.draft.last_year.get(name), self.draft.facts.get(name)
        self.offer.show_for(answer, last, fact, self.draft.language)
        self._show_badges(answer, flags)
        self._show_stops(tuple(p for p in problems if p.stops))
        self._show_problems(answer, tuple(p for p in problems if not p.stops))

    def _show_stops(self, stops: tuple[Problem, ...]) -> None:
        """What nobody can approve stands at its answer at once, with what to do instead."""
        if stops == self._stopped:
            return
        self._stopped = stops
        empty(self._stops_box)
        for stop in stops:
            self._stops_box.addWidget(StopNote(stop, self.draft.rule_words(stop.rule)))
        self.stops.setVisible(bool(stops))
        self._describe()

    def _describe(self) -> None:
        """Everything that is wrong with the answer, for a screen reader at its control."""
        stopped = (f"Stopped. {stop.text} {stop.remedy}" for stop in self._stopped)
        self.field.first().setAccessibleDescription(" ".join((*stopped, *self._said)))

    def _explains(self, answer: Answer | None, *, flagged: bool) -> bool:
        """Whether the box for an explanation is offered; whether it is needed, the draft says."""
        if answer is None or answer.unable or self.question.kind is not Kind.YES_NO_EXPLAIN:
            return False
        by_rows = takes_rows_below(self.question) and answer.value is True
        return not by_rows and (answer.value is True or flagged)

    def _refresh_rows(self, answer: Answer | None) -> None:
        if not takes_rows_below(self.question):
            return
        rows = answer.rows if answer else ()
        shown = bool(rows) or (answer is not None and answer.value is True)
        if self.rows is None and shown:
            self.rows = make_rows(self.question, self.draft.language)
            self.rows.edited.connect(self._rows_changed)
            self._rows_place.addWidget(self.rows)
        if self.rows is not None:
            self.rows.show_rows(rows)
            self.rows.setVisible(shown)

    def _show_badges(self, answer: Answer | None, flags: tuple[Flag, ...]) -> None:
        words = [f"Flagged: {flag.text.rstrip('.')}" for flag in flags if flag.text]
        if answer and answer.unable:
            words = ["Unable to answer: stays an open point"]
        if [b.accessibleName() for b in self._badges.findChildren(Badge)] == words:
            return
        empty(self._badges_flow)
        for word in words:
            self._badges_flow.addWidget(Badge(word, Meaning.NEEDS, icon="flag"))
        self._badges.setVisible(bool(words))

    def _show_problems(self, answer: Answer | None, problems: tuple[Problem, ...]) -> None:
        said = [problem_words(self.question, p, self.draft.language) for p in problems]
        if answer is None or not answer.answered:
            said = []
        if self.field.fault():
            said.insert(0, self.field.fault())
        if self.rows is not None and self.rows.isVisibleTo(self):
            said += [f"{why} It is not saved yet." for why in self.rows.model.reasons()]
        if self._said == said:
            return
        self._said = said
        empty(self._problems_box)
        for text in said[:4]:
            unread = "not saved" in text
            meaning = ("octagon-x", "stopped") if unread else ("circle-alert", "needs")
            self._problems_box.addWidget(IconLine(*meaning, text, kind="small"))
        self._problems.setVisible(bool(said))
        self._describe()

    def show_faults(self) -> None:
        """Say what could not be read, now that the field was left."""
        if self.field.fault():
            self._show_problems(self.answer(), ())

    def light(self, *, on: bool) -> None:
        """Show the actions: the question has the focus or the mouse."""
        self.acts.light(on=on)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the actions under the mouse."""
        super().enterEvent(event)
        self.light(on=True)

    def leaveEvent(self, event: Any) -> None:
        """Hide them again, unless the focus is inside."""
        super().leaveEvent(event)
        self.light(on=self.has_focus())

    def has_focus(self) -> bool:
        """Whether the keyboard is in this question."""
        inside = self.window().focusWidget()
        return inside is not None and (inside is self or self.isAncestorOf(inside))

    def focus_in(self) -> None:
        """Put the keyboard into the control."""
        answer = self.answer()
        offered = self.offer.findChild(Button) if self.offer.isVisibleTo(self) else None
        if self.rows is not None and self.rows.isVisibleTo(self):
            self.rows.first().setFocus()
        elif (answer is None or not answer.answered) and offered is not None:
            offered.setFocus()
        else:
            self.field.first().setFocus()

    def set_why_in_place(self, *, on: bool) -> None:
        """Offer the explanation below the question instead of at the right."""
        self.why.setVisible(on and bool(self.question.why or self.question.help))
        if not on:
            self._close_why()

    def open_why(self) -> None:
        """Open or close the explanation below the question."""
        if self._inside is not None:
            self._close_why()
            return
        self._inside = Explanation(self.draft, in_place=True)
        self._inside.setProperty("role", "note")
        self._inside.closed.connect(self._close_why)
        self._inside.show_question(self.question)
        self._why_place.addWidget(self._inside)

    def _close_why(self) -> None:
        empty(self._why_place)
        self._inside = None

    # --- changing -----------------------------------------------------------------------

    def _value_changed(self) -> None:
        typing = self.question.kind not in AT_ONCE
        self.answering.put_value(self.field.value(), typing=typing)

    def _rows_changed(self) -> None:
        if self.rows is not None:
            self.answering.put(typing=True, rows=tuple(self.rows.rows()))

    def _pressed(self, act: str) -> None:
        if act == "attach":
            self.answering.attach(self._choose(self))
        else:
            self.remarks.open(act)

    def _act_on_offer(self, act: str) -> None:
        if act == "change":
            self._start_from_known()
        elif act == "dispute":
            if self.answering.dispute():
                self.remarks.open("dispute")
        elif act == "confirm":
            self.answering.confirm()
        else:
            self.answering.still_correct()

    def _start_from_known(self) -> None:
        """Put what is known into the control for changing; it is no answer until it is edited."""
        name = self.question.id
        known = self.draft.facts.get(name) or self.draft.last_year.get(name)
        if known is not None and self.question.kind not in SMALL:
            self.field.show_value(known.answer.value)
        self.field.first().setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped on the question, except files that are to be imported."""
        paths = dropped_paths(event.mimeData())
        if paths and all(path.suffix != ".candor" for path in paths):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what is dropped."""
        event.acceptProposedAction()
        self.answering.attach(dropped_paths(event.mimeData()))
