"""How matters are marked in lists and on their pages: a badge for the state, a line for a duty."""

from __future__ import annotations

from candor.app.matter_standing import Duty, Group, Standing
from candor.app.words import day
from candor.ui.style import Meaning
from candor.ui.widgets import Badge, IconLine

MEANINGS = {
    Group.NEEDS: Meaning.NEEDS,
    Group.WAITING: Meaning.WAITING,
    Group.DONE: Meaning.DONE,
    Group.STOPPED: Meaning.STOPPED,
}


def badge_of(now: Standing) -> Badge:
    """The state in a word."""
    return Badge(now.word, MEANINGS[now.group])


def duty_line(duty: Duty) -> IconLine:
    """An open duty in a line."""
    due = f" by {day(duty.due)}" if duty.due else ""
    return IconLine("circle-alert", "needs", f"{duty.owner}: {duty.text}{due}", kind="small")
