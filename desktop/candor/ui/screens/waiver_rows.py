"""Waivers in a list: when each is to be disclosed, or how that ended, and the closed days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from candor.app.waiver_clock import ClockView, WebsiteTask
from candor.app.words import day
from candor.records.matter_parts import ClosedDay
from candor.ui.style import Meaning
from candor.ui.widgets import Badge, Button, Card, IconLine, LinkRow


def clock_rows(rows: Sequence[ClockView], on: Callable[[str], object]) -> Card:
    """One row for each waiver, those whose clock runs first."""
    card = Card(rows=True)
    for view in rows:
        word = "Record the filing" if view.runs else "Open"
        act = Button(word, small=True, on=partial(on, view.case))
        act.setAccessibleName(f"{word}: waiver for {view.person}")
        title = f"Waiver for {view.person}"
        said = f"{view.number}. {view.why}" if view.number else view.why
        card.add(LinkRow(title, said, clock_badge(view), act, icon="calendar-days"))
    return card


def clock_badge(view: ClockView) -> Badge:
    """How far off the disclosure is, or that it is done, or that none is due."""
    if view.disclosure is not None:
        late = view.late_business_days > 0
        return Badge(view.due_text, Meaning.STOPPED if late else Meaning.DONE)
    if not view.runs or view.due is None:
        return Badge("No clock runs", Meaning.NEUTRAL)
    meaning = Meaning.STOPPED if view.due_text.startswith("Overdue") else Meaning.NEEDS
    return Badge(view.due_text.partition(",")[0], meaning, icon="calendar-days")


def website_line(task: WebsiteTask) -> IconLine:
    """How long a disclosure stays up, and how long it is kept then."""
    until = f"Stays on the website until {day(task.keep_until)}"
    if not task.is_posted_still:
        until = f"Could be taken down after {day(task.keep_until)}"
    said = f"{task.title}: {until}; kept until {day(task.retain_until)}."
    return IconLine("calendar-days", "text2", said, kind="small")


def closed_lines(closed: Sequence[ClosedDay]) -> list[QWidget]:
    """The days that people recorded as closed, with where that is said."""
    return [
        IconLine(
            "calendar-days",
            "text2",
            f"{day(date.fromisoformat(one.day))}: closed. {one.reason}",
            kind="small",
        )
        for one in closed
    ]
