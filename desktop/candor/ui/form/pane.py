"""The middle of the form page: the questions of one section, made as they are needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from candor.forms.answers import Problem
from candor.forms.definition import Question, Section
from candor.forms.words import NBSP
from candor.ui import style
from candor.ui.form.question import QuestionView
from candor.ui.ports import FormDraft
from candor.ui.widgets import (
    Breadth,
    Content,
    RichText,
    Rule,
    Scroll,
    breadth,
    column,
    empty,
    settle_layout,
)

if TYPE_CHECKING:
    from candor.app.draft import Opened

BURST = 8
"""Milliseconds after which no other question is begun before events are looked at again."""
AT_FIRST = 1
"""Questions made before a section is painted; the rest follow, so that no key waits for them."""


class SectionPane(QFrame):
    """The questions of one section. ``changed`` (id, typing), ``refused`` and ``opened`` come
    from them.

    Follow-up questions come and go with the answers. Text that could not be read is kept while
    another section is looked at.
    """

    changed = Signal(str, bool)
    refused = Signal(object)
    opened = Signal(object)

    def __init__(self, draft: FormDraft, choose: Callable[[QWidget], tuple[Path, ...]]) -> None:
        super().__init__()
        self.setProperty("role", "pane")
        self._draft, self._choose = draft, choose
        self.section = ""
        self.views: dict[str, QuestionView] = {}
        """The questions that stand here, by id, in order."""
        self._frames: dict[str, QWidget] = {}
        self._unread: dict[str, str] = {}
        self._problems: tuple[Problem, ...] = ()
        self._openings: tuple[Opened, ...] = ()
        self._later: list[str] = []
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._place_some)
        self.content = Content()
        self._box = column(space=0)
        questions = QWidget()
        questions.setLayout(self._box)
        self._foot = column(space=16, margins=(24, 16, 24, 24))
        whole = column(questions, space=0)
        whole.setStretch(0, 1)
        whole.addLayout(self._foot)
        self.content.setLayout(whole)
        self.scroll_area = Scroll(self.content)
        self.setLayout(column(self.scroll_area, space=0))

    def put_at_end(self, widget: QWidget) -> None:
        """Let something stand below the questions of every section, in the order given."""
        self._foot.addWidget(widget)

    def is_whole(self) -> bool:
        """Whether every question of the section stands."""
        return not self._later

    def holds(self, widget: QWidget | None) -> bool:
        """Whether a widget is inside the questions."""
        return widget is not None and self.content.isAncestorOf(widget)

    def show_section(self, section: Section) -> None:
        """Show another section from its top: the first questions now, the rest in a moment."""
        for name, view in self.views.items():
            text = view.field.unread()
            if text:
                self._unread[name] = text
        self.section = section.id
        empty(self._box)
        self.views.clear()
        self._frames.clear()
        self._later = [q.id for q in self._asked()][AT_FIRST:]
        self._box.addWidget(self._introduction(section))
        self._box.addStretch(1)
        self.place()
        self.scroll_area.verticalScrollBar().setValue(0)
        self._more.start()

    def _asked(self) -> list[Question]:
        return [q for q in self._draft.visible() if q.section == self.section]

    def _introduction(self, section: Section) -> QWidget:
        holder = QWidget()
        box = column(space=2, margins=(24, 14, 24, 12))
        title = self._draft.wording(section.title)
        box.addWidget(RichText(f"{section.number}{NBSP}{NBSP}{title}", kind="section"))
        intro = self._draft.wording(section.intro)
        if intro:
            said = RichText(intro, kind="note")
            said.setMaximumWidth(style.px(720))
            box.addWidget(said)
        holder.setLayout(box)
        return holder

    def place(self) -> None:
        """Make the questions that are asked, keep those there, take away those that are not."""
        asked = self._asked()
        names = {question.id for question in asked}
        for name in [n for n in self.views if n not in names]:
            self._take_away(name)
        self._later = [name for name in self._later if name in names]
        wanted = [question for question in asked if question.id not in self._later]
        for place, question in enumerate(wanted, start=1):
            if question.id not in self.views:
                self._box.insertWidget(place, self._made(question))
        self.views = {q.id: self.views[q.id] for q in wanted}

    def _take_away(self, name: str) -> None:
        del self.views[name]
        frame = self._frames.pop(name)
        self._box.removeWidget(frame)
        frame.hide()
        frame.deleteLater()

    def _made(self, question: Question) -> QWidget:
        view = QuestionView(self._draft, question, choose=self._choose)
        view.changed.connect(self.changed)
        view.refused.connect(self.refused)
        view.opened.connect(self.opened)
        view.set_why_in_place(on=breadth(self) is not Breadth.WIDE)
        if question.id in self._unread:
            view.field.show_unread(self._unread.pop(question.id))
            view.show_faults()
        frame = QWidget()
        frame.setLayout(column(Rule(), view, space=0))
        self.views[question.id], self._frames[question.id] = view, frame
        return frame

    def _place_some(self) -> None:
        """Make more questions for a moment; the window stays alive in between."""
        spent = QElapsedTimer()
        spent.start()
        while self._later and spent.elapsed() < BURST:
            self._place_next()
        if not self._later:
            self._more.stop()
        settle_layout()

    def _place_next(self) -> None:
        name = self._later.pop(0)
        self.place()
        if name in self.views:
            self.views[name].refresh(self._of(name))
            self.views[name].openings.show_openings(self._opened_by(name))

    def _of(self, name: str) -> tuple[Problem, ...]:
        return tuple(problem for problem in self._problems if problem.question == name)

    def refresh(self, problems: tuple[Problem, ...]) -> None:
        """Read every answer again from the draft."""
        self._problems = problems
        self.place()
        for name, view in self.views.items():
            view.refresh(self._of(name))

    def offer(self, openings: tuple[Opened, ...]) -> None:
        """Offer the forms that answers call for, each at its answer."""
        self._openings = openings
        for name, view in self.views.items():
            view.openings.show_openings(self._opened_by(name))

    def _opened_by(self, name: str) -> tuple[Opened, ...]:
        return tuple(one for one in self._openings if one.offer.question == name)

    def forget_unread(self, name: str) -> None:
        """The answer was given another way: text that could not be read no longer counts."""
        self._unread.pop(name, None)

    def enter(self, name: str) -> bool:
        """Put the keyboard into a question and bring it into view; whether it is here."""
        while name in self._later:
            self._place_next()
        view = self.views.get(name)
        if view is None:
            return False
        QTimer.singleShot(0, self, partial(self._bring, name))
        view.focus_in()
        return True

    def _bring(self, name: str) -> None:
        """Scroll once the layout stands, so that the question begins at the top of the view."""
        view = self.views.get(name)
        if view is None:
            return
        top = 0 if name == next(iter(self.views)) else self._frames[name].y()
        bar, room = self.scroll_area.verticalScrollBar(), self.scroll_area.viewport().height()
        if not bar.value() <= top <= bar.value() + room - min(view.height(), room):
            bar.setValue(top)

    def follow(self, widget: QWidget) -> str:
        """Light the question that the keyboard is in; its id, or ""."""
        found = ""
        for name, view in self.views.items():
            inside = widget is view or view.isAncestorOf(widget)
            view.light(on=inside or view.underMouse())
            if inside:
                found = name
        if found:
            self.scroll_area.ensureWidgetVisible(widget, 0, style.px(48))
        return found

    def set_why_in_place(self, *, on: bool) -> None:
        """Offer explanations below the questions."""
        for view in self.views.values():
            view.set_why_in_place(on=on)
