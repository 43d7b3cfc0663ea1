"""The form page: sections at the left, one section of questions, the explanation at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from candor.errors import CandorError
from candor.forms.definition import Section
from candor.forms.progress import Progress
from candor.forms.words import short_date
from candor.ui import style
from candor.ui.fields.people import suggest
from candor.ui.form.explanation import Explanation
from candor.ui.form.head import FormHead
from candor.ui.form.pane import SectionPane
from candor.ui.form.question import QuestionView, choose_files
from candor.ui.form.sections import SectionLine, SectionList
from candor.ui.ports import FormDraft
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Breadth,
    RichText,
    Scroll,
    breadth,
    column,
    row,
    settle_layout,
)

if TYPE_CHECKING:
    from candor.app.draft import Opened

SETTLE = 120
"""Milliseconds after the last keystroke until counts and follow-up questions are looked at."""
LEFT, RIGHT, TEXT = 240, 272, 720


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

    ``review_asked`` when nothing is open and the person goes on; ``settled`` whenever the answers
    were looked at again; ``opened`` (Opened) for a form that an answer calls for. ``aside`` stands
    beside the questions, or below them where there is room for one column only.
    """

    review_asked = Signal()
    settled = Signal()
    opened = Signal(object)

    def __init__(
        self,
        draft: FormDraft,
        today: date,
        *,
        choose: Callable[[QWidget], tuple[Path, ...]] = choose_files,
        aside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.draft, self._today = draft, today
        self._aside = aside
        self._room: Breadth | None = None
        self.pane = SectionPane(draft, choose)
        self.pane.changed.connect(self._changed)
        self.pane.refused.connect(self._refused)
        self.pane.opened.connect(self.opened)
        self._current = ""
        self._progress: Progress = draft.progress()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self.refresh)
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
        self._below = column(space=0)
        sections = column(self.sections, space=12, margins=(8, 12, 8, 12))
        sections.addLayout(self._below)
        self._left.setLayout(sections)
        self.explanation = Explanation(self.draft)
        self._right = QFrame()
        self._right.setProperty("role", "side-right")
        self._beside = column(space=0)
        beside = QWidget()
        beside.setLayout(column(self._beside, self.explanation, space=0))
        self._right.setLayout(column(Scroll(beside), space=0))
        said = RichText(self.draft.wording(self.draft.form.carve_out), kind="note")
        said.setMaximumWidth(style.px(TEXT))
        self.pane.put_at_end(said)
        panes = row(self._left, space=0)
        panes.addWidget(self.pane, 1)
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
        if not section_id or section_id == self.pane.section:
            return
        if self.pane.holds(self.window().focusWidget()):
            # else the focus jumps out of the page when its widget goes
            (self.sections if self._left.isVisible() else self.head.onward).setFocus()
        self.pane.show_section(self._section_of(section_id))
        self.refresh()
        self._explain(next(iter(self.pane.views), ""))

    def refresh(self) -> None:
        """Read everything again from the draft: counts, follow-ups, problems, flags."""
        self._settle.stop()
        self._progress = self.draft.progress()
        self.pane.refresh(self.draft.problems())
        lines = self.section_lines()
        self.sections.show_lines(lines, self.pane.section)
        self.head.sections.show_lines(lines, self.pane.section)
        self._show_head()
        settle_layout()
        self.settled.emit()

    def section_lines(self) -> list[SectionLine]:
        """The sections with something to ask, and what is open in each."""
        titles = {s.id: self.draft.wording(s.title) for s in self.draft.form.sections}
        return [
            SectionLine(s.section, s.number, titles[s.section], s.open)
            for s in self._progress.sections
        ]

    def _show_head(self) -> None:
        progress = self._progress
        self.head.show_state(
            f"{self._due()} {progress.answered} of {progress.asked} answered.".strip(),
            saved_at=self.draft.saved_at,
            can_undo=self.draft.can_undo,
            all_done=not progress.open,
        )

    def _due(self) -> str:
        due = self.draft.due
        if due is None:
            return "Nothing is told to anybody until you sign."
        when = short_date(due, self.draft.language)
        return f"Due {when}, {days_words(due, self._today)}."

    def _explain(self, name: str) -> None:
        if name in self.pane.views:
            self._current = name
            self.explanation.show_question(self.pane.views[name].question)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        # the page, or what had the focus, may have been closed a moment ago
        if new is not None and isValid(self) and isValid(new) and self.isAncestorOf(new):
            self._explain(self.pane.follow(new))
            suggest(new, self.draft.people())

    # --- acting -------------------------------------------------------------------------

    def _changed(self, name: str, typing: bool) -> None:
        self.banner.hide()
        self._show_head()
        if typing:
            self._settle.start()
            return
        self.pane.forget_unread(name)
        self.refresh()

    def offer(self, openings: tuple[Opened, ...]) -> None:
        """Offer the forms that answers call for, each at its answer."""
        self.pane.offer(openings)

    def say(self, meaning: Meaning, title: str, text: str = "") -> None:
        """Say something above the questions until an answer changes."""
        self.banner.say(meaning, title, text)
        self.banner.show()

    def _refused(self, refusal: CandorError) -> None:
        """The answer is on the screen but not on the disk: say so until it is."""
        self.banner.say(Meaning.STOPPED, refusal.message, refusal.hint)
        self.banner.show()
        self.head.show_not_saved()

    def go_to(self, name: str) -> None:
        """Show a question, opening its section, and put the keyboard into it."""
        self.show_section(self.draft.form.question(name).section)
        if self.pane.enter(name):
            self._explain(name)

    def current(self) -> str:
        """The question that has, or last had, the keyboard."""
        return self._current

    def view(self, name: str) -> QuestionView:
        """The widget of a question in the section shown. Raises KeyError."""
        return self.pane.views[name]

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
            self.pane.forget_unread(name)
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
        self.pane.set_why_in_place(on=room is not Breadth.WIDE)
        self._place_aside(room)

    def _place_aside(self, room: Breadth) -> None:
        """At the right, else below the sections, else below the questions."""
        if self._aside is None or room is self._room:
            return
        self._room = room
        if room is Breadth.NARROW:
            self.pane.put_at_end(self._aside)
        else:
            (self._beside if room is Breadth.WIDE else self._below).addWidget(self._aside)
        self._aside.show()
