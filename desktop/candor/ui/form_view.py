"""The form page: sections at the left, one section of questions, the explanation at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from candor.errors import CandorError
from candor.forms.answers import Problem
from candor.forms.definition import Section
from candor.forms.progress import Progress
from candor.forms.words import NBSP, short_date
from candor.ui import style
from candor.ui.form.explanation import Explanation
from candor.ui.form.head import FormHead
from candor.ui.form.question import QuestionView, choose_files
from candor.ui.form.sections import SectionLine, SectionList
from candor.ui.ports import FormDraft
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Breadth,
    Content,
    RichText,
    Rule,
    Scroll,
    breadth,
    column,
    empty,
    row,
    settle_layout,
)

SETTLE = 120
"""Milliseconds after the last keystroke until counts and follow-up questions are looked at."""
LEFT, RIGHT = 240, 272
BURST = 20
"""Milliseconds for which questions are made before events are looked at again."""
AT_FIRST = 4
"""Questions made before a section is painted; the rest follow one by one."""


def days_words(due: date, today: date) -> str:
    """How far off a due day is: "in 8 days", "today", "overdue by 2 days"."""
    days = (due - today).days
    if days == 0:
        return "today"
    if days < 0:
        return f"overdue by {-days} day" + ("s" if days < -1 else "")
    return "tomorrow" if days == 1 else f"in {days} days"


class FormView(QWidget):
    """A form being filled in. Everything is saved as it is typed; nothing asks to be saved.

    ``review_asked`` when nothing is open and the person goes on.
    """

    review_asked = Signal()

    def __init__(
        self,
        draft: FormDraft,
        today: date,
        *,
        choose: Callable[[QWidget], tuple[Path, ...]] = choose_files,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.draft, self._today, self._choose = draft, today, choose
        self._views: dict[str, QuestionView] = {}
        self._frames: dict[str, QWidget] = {}
        self._unread: dict[str, str] = {}
        self._section = ""
        self._current = ""
        self._progress: Progress = draft.progress()
        self._problems: tuple[Problem, ...] = ()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self.refresh)
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._place_some)
        self._later: list[str] = []
        self._build()
        for keys, act in (
            ("Alt+Down", self.next_open),
            (QKeySequence.StandardKey.Undo, self.undo),
            ("Ctrl+Shift+Z", self.redo),
        ):
            QShortcut(QKeySequence(keys), self, act)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)
        self.show_section(self._first_section())

    # --- building -----------------------------------------------------------------------

    def _build(self) -> None:
        self.head = FormHead(self.draft.title)
        self.head.undo.clicked.connect(lambda _on=False: self.undo())
        self.head.onward.clicked.connect(lambda _on=False: self.go_on())
        self.head.sections.picked.connect(self.show_section)
        self.banner = Banner(Meaning.STOPPED, "")
        self.banner.hide()
        self.sections = SectionList()
        self.sections.chosen.connect(self.show_section)
        self._left = QFrame()
        self._left.setProperty("role", "side-left")
        self._left.setLayout(column(self.sections, space=0, margins=(8, 12, 8, 12)))
        self._content = Content()
        self._box = column(space=0)
        self._content.setLayout(self._box)
        self.scroll_area = Scroll(self._content)
        self._middle = QFrame()
        self._middle.setProperty("role", "pane")
        self._middle.setLayout(column(self.scroll_area, space=0))
        self.explanation = Explanation(self.draft)
        self._right = QFrame()
        self._right.setProperty("role", "side-right")
        self._right.setLayout(column(Scroll(self.explanation), space=0))
        panes = row(self._left, space=0)
        panes.addWidget(self._middle, 1)
        panes.addWidget(self._right)
        whole = column(self.head, self.banner, space=0)
        whole.addLayout(panes, 1)
        self.setLayout(whole)

    def _first_section(self) -> str:
        following = self.draft.next_open()
        if following:
            return self.draft.form.question(following).section
        return self._progress.sections[0].section if self._progress.sections else ""

    def _section_of(self, section_id: str) -> Section:
        return next(s for s in self.draft.form.sections if s.id == section_id)

    # --- showing ------------------------------------------------------------------------

    def show_section(self, section_id: str) -> None:
        """Show the questions of a section from its top."""
        if not section_id or section_id == self._section:
            return
        self._keep_unread()
        inside = self.window().focusWidget()
        if inside is not None and self._content.isAncestorOf(inside):
            # else the focus jumps out of the page when its widget goes
            (self.sections if self._left.isVisible() else self.head.onward).setFocus()
        self._section = section_id
        empty(self._box)
        self._views.clear()
        self._frames.clear()
        asked = [q.id for q in self.draft.visible() if q.section == section_id]
        self._later = asked[AT_FIRST:]
        section = self._section_of(section_id)
        self._box.addWidget(self._introduction(section))
        self._box.addStretch(1)
        self._place_questions()
        self.scroll_area.verticalScrollBar().setValue(0)
        self.refresh()
        self._more.start()
        first = next(iter(self._views), "")
        if first:
            self._explain(first)

    def _introduction(self, section: Section) -> QWidget:
        holder = QWidget()
        box = column(space=2, margins=(24, 14, 24, 12))
        title = self.draft.wording(section.title)
        box.addWidget(RichText(f"{section.number}{NBSP}{NBSP}{title}", kind="section"))
        intro = self.draft.wording(section.intro)
        if intro:
            said = RichText(intro, kind="note")
            said.setMaximumWidth(style.px(720))
            box.addWidget(said)
        holder.setLayout(box)
        return holder

    def _place_questions(self) -> None:
        """Make the questions that are asked, keep those there, take away those that are not."""
        asked = [q for q in self.draft.visible() if q.section == self._section]
        for name in [n for n in self._views if n not in {q.id for q in asked}]:
            del self._views[name]
            frame = self._frames.pop(name)
            self._box.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self._later = [n for n in self._later if n in {q.id for q in asked}]
        place = 0
        for question in asked:
            if question.id in self._later:
                continue
            place += 1
            if question.id in self._views:
                continue
            view = QuestionView(self.draft, question, choose=self._choose)
            view.changed.connect(self._changed)
            view.refused.connect(self._refused)
            view.set_why_in_place(on=breadth(self) is not Breadth.WIDE)
            if question.id in self._unread:
                view.field.show_unread(self._unread.pop(question.id))
                view.show_faults()
            frame = QWidget()
            frame.setLayout(column(Rule(), view, space=0))
            self._box.insertWidget(place, frame)
            self._views[question.id], self._frames[question.id] = view, frame
        self._views = {q.id: self._views[q.id] for q in asked if q.id in self._views}
        self._chain_tabs()

    def _place_some(self) -> None:
        """Make more questions of the section for a moment; the window stays alive in between."""
        spent = QElapsedTimer()
        spent.start()
        while self._later and spent.elapsed() < BURST:
            self._place_next()
        if not self._later:
            self._more.stop()
        settle_layout()

    def _place_next(self) -> None:
        name = self._later.pop(0)
        self._place_questions()
        if name in self._views:
            self._views[name].refresh(tuple(p for p in self._problems if p.question == name))

    def _chain_tabs(self) -> None:
        """Follow-up questions made later come in their place in the tab order."""
        views = list(self._views.values())
        for before, after in pairwise(views):
            last = before.why if before.why.isVisibleTo(before) else before.acts
            QWidget.setTabOrder(last, after.field)

    def _keep_unread(self) -> None:
        for name, view in self._views.items():
            text = view.field.unread()
            if text:
                self._unread[name] = text

    def refresh(self) -> None:
        """Read everything again from the draft: counts, follow-ups, problems, flags."""
        self._settle.stop()
        self._progress = self.draft.progress()
        self._problems = self.draft.problems()
        self._place_questions()
        for name, view in self._views.items():
            view.refresh(tuple(p for p in self._problems if p.question == name))
        lines = self.section_lines()
        self.sections.show_lines(lines, self._section)
        self.head.sections.show_lines(lines, self._section)
        self._show_head()
        settle_layout()

    def section_lines(self) -> list[SectionLine]:
        """The sections with something to ask, and what is open in each."""
        titles = {s.id: self.draft.wording(s.title) for s in self.draft.form.sections}
        return [
            SectionLine(s.section, s.number, titles[s.section], s.open)
            for s in self._progress.sections
        ]

    def _show_head(self) -> None:
        progress = self._progress
        due = short_date(self.draft.due, self.draft.language)
        self.head.show_state(
            f"Due {due}, {days_words(self.draft.due, self._today)}. "
            f"{progress.answered} of {progress.asked} answered.",
            saved_at=self.draft.saved_at,
            can_undo=self.draft.can_undo,
            all_done=not progress.open,
        )

    def _explain(self, name: str) -> None:
        self._current = name
        if name in self._views:
            self.explanation.show_question(self._views[name].question)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        try:
            if new is None or not self.isAncestorOf(new):
                return
        except RuntimeError:  # this page was closed a moment ago
            return
        for name, view in self._views.items():
            inside = new is view or view.isAncestorOf(new)
            view.light(on=inside or view.underMouse())
            if inside:
                self._explain(name)
                self._reveal(new)

    def _reveal(self, widget: QWidget) -> None:
        self.scroll_area.ensureWidgetVisible(widget, 0, style.px(48))

    # --- acting -------------------------------------------------------------------------

    def _changed(self, name: str, typing: bool) -> None:
        self.banner.hide()
        self._show_head()
        if typing:
            self._settle.start()
            return
        self._unread.pop(name, None)
        self.refresh()

    def _refused(self, refusal: CandorError) -> None:
        """The answer is on the screen but not on the disk: say so until it is."""
        self.banner.say(Meaning.STOPPED, refusal.message, refusal.hint)
        self.banner.show()
        self.head.show_not_saved()

    def go_to(self, name: str) -> None:
        """Show a question, opening its section, and put the keyboard into it."""
        self.show_section(self.draft.form.question(name).section)
        while name in self._later:
            self._place_next()
        view = self._views.get(name)
        if view is None:
            return
        QTimer.singleShot(0, self, partial(self._bring, name))
        view.focus_in()
        self._explain(name)

    def _bring(self, name: str) -> None:
        """Scroll once the layout stands: the question's top goes near the top of the view."""
        view = self._views.get(name)
        if view is None:
            return
        frame = self._frames[name]
        first = name == next(iter(self._views))
        top = 0 if first else frame.y()
        bar = self.scroll_area.verticalScrollBar()
        room = self.scroll_area.viewport().height()
        if not bar.value() <= top <= bar.value() + room - min(view.height(), room):
            bar.setValue(top)

    def current(self) -> str:
        """The question that has, or last had, the keyboard."""
        return self._current

    def view(self, name: str) -> QuestionView:
        """The widget of a question in the section shown. Raises KeyError."""
        return self._views[name]

    def next_open(self) -> None:
        """Go to the next open question, across sections; with none open, on to the review."""
        if self._settle.isActive():
            self.refresh()
        following = self.draft.next_open(self._current or None)
        if following:
            self.go_to(following)
        else:
            self.review_asked.emit()

    def go_on(self) -> None:
        """What the primary button does."""
        self.next_open()

    def undo(self) -> None:
        """Take back the last change and show where it was."""
        self._step(self.draft.undo)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._step(self.draft.redo)

    def _step(self, act: Callable[[], str | None]) -> None:
        try:
            name = act()
        except CandorError as refusal:
            self._refused(refusal)
            return
        if name:
            self._unread.pop(name, None)
            self.refresh()
            if any(q.id == name for q in self.draft.visible()):
                self.go_to(name)

    # --- room ---------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the panes to the room there is."""
        super().resizeEvent(event)
        self.adapt()

    def adapt(self) -> None:
        """Three panes, two, or one."""
        room = breadth(self)
        self._left.setVisible(room is not Breadth.NARROW)
        self._left.setFixedWidth(style.px(LEFT))
        self._right.setVisible(room is Breadth.WIDE)
        self._right.setFixedWidth(style.px(RIGHT))
        self.head.adapt(room)
        for view in self._views.values():
            view.set_why_in_place(on=room is not Breadth.WIDE)
