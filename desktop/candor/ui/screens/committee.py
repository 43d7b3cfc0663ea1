"""Committee: what one votes on, what is to be put before a body, directors' notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import committee, committee_room, notices, waiver_clock
from candor.app.committee import AgendaRow, BallotRow
from candor.app.notices import NoticeView
from candor.app.session import Session
from candor.app.waiver_clock import ClockView, WebsiteTask
from candor.app.words import day
from candor.records.matter_parts import ClosedDay
from candor.ui.screens.ballot import BallotPage, state_badge
from candor.ui.screens.base import SessionPage
from candor.ui.screens.closure import ClosurePage
from candor.ui.screens.item_put import PutItemPage
from candor.ui.screens.notice import NoticePage, ServePage
from candor.ui.screens.waiver import WaiverPage
from candor.ui.screens.waiver_rows import clock_rows, closed_lines, website_line
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Button,
    Card,
    EmptyState,
    GroupLabel,
    LinkRow,
    PageHead,
    column,
    empty,
)

SCREEN = "committee"
NO_VOTES = (
    "Nothing to vote on. An item appears here when you import a file from the Secretary, or drop "
    "one anywhere on this window."
)
NO_AGENDA = (
    "Nothing to put to a vote. A matter appears here once it is sent to a committee or to the "
    "Board."
)
NO_WAIVERS = "None was granted. Once one is, the day by which it is disclosed stands here."
NO_NOTICES = (
    "None. When a director tells the others of an interest, the notice and its confirmations "
    "stand here."
)
AGENDA = {
    "new": ("To put", Meaning.NEEDS),
    "again": ("To put again", Meaning.NEEDS),
    "voting": ("Being voted on", Meaning.WAITING),
    "to_sign": ("To be signed", Meaning.WAITING),
}


@dataclass(frozen=True)
class Room:
    """What the page shows."""

    ballots: tuple[BallotRow, ...]
    agenda: tuple[AgendaRow, ...]
    notices: tuple[NoticeView, ...]
    clocks: tuple[ClockView, ...]
    website: tuple[WebsiteTask, ...]
    closed: tuple[ClosedDay, ...]


class CommitteePage(SessionPage):
    """Three groups, each with what needs the person first."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.notice = Button("Tell of an interest", icon="bell", on=self.serve)
        self.head = PageHead("Committee", "Votes, resolutions and what the Board is told.")
        self._holder = QWidget()
        self._box = column(space=8)
        self._holder.setLayout(self._box)
        self.add(self.head, self.refusal, self._holder)
        role = committee_room.role(session)
        self._votes, self._puts = role.votes, role.puts
        if role.is_director:
            self.head.set_actions(self.notice)

    def load(self) -> Room:
        """The votes, the agenda and the notices."""
        session = self.session
        return Room(
            committee.my_ballots(session),
            committee.agenda_of(session),
            notices.notices(session),
            waiver_clock.clocks(session),
            waiver_clock.website_tasks(session),
            waiver_clock.closures(session),
        )

    def show_data(self, data: Any) -> None:
        """Show the groups that this person has a use for."""
        room: Room = data
        empty(self._box)
        if self._puts or room.agenda:
            self._group("To be put to a vote", "list-checks", self._agenda(room.agenda))
        if self._votes or room.ballots:
            self._group("Your votes", "scale", self._ballots(room.ballots))
        if room.clocks or self._puts:
            self._group("Waivers and their clocks", "calendar-days", self._clocks(room))
        self._group("Notices of an interest", "bell", self._notices(room.notices))

    def _group(self, word: str, icon: str, content: QWidget) -> None:
        self._box.addWidget(GroupLabel(word, icon))
        self._box.addWidget(content)
        self._box.addSpacing(16)

    def _ballots(self, rows: Sequence[BallotRow]) -> QWidget:
        if not rows:
            return EmptyState(NO_VOTES)
        card = Card(rows=True)
        for found in rows:
            when = f" The meeting is on {day(found.meeting_on)}." if found.meeting_on else ""
            word = {"to_vote": "Read and vote", "to_sign": "Read and sign"}.get(found.state, "Open")
            act = _button(word, found.title, partial(self.open_ballot, found.item))
            badge = state_badge(found.state)
            card.add(LinkRow(found.title, f"{found.body}.{when}", badge, act, icon="scale"))
        return card

    def _clocks(self, room: Room) -> QWidget:
        whole = QWidget()
        box = column(space=8)
        rows = clock_rows(room.clocks, self.open_waiver) if room.clocks else EmptyState(NO_WAIVERS)
        box.addWidget(rows)
        for line in (*map(website_line, room.website), *closed_lines(room.closed)):
            box.addWidget(line)
        if self._puts:
            self.closure = Button(
                "Record a day on which the SEC closed", "quiet", on=self.close_day
            )
            box.addWidget(self.closure)
        whole.setLayout(box)
        return whole

    def _agenda(self, rows: Sequence[AgendaRow]) -> QWidget:
        if not rows:
            return EmptyState(NO_AGENDA)
        card = Card(rows=True)
        for found in rows:
            due = f" Due {day(date.fromisoformat(found.due))}." if found.due else ""
            text = found.text or f"{found.state_text}. Filed by {found.person}.{due}"
            to_put = found.state in {"new", "again"}
            go = self.put_item if to_put else self.open_ballot
            wanted = found.case if to_put else found.item
            act = _button(
                "Prepare the item" if to_put else "Open", found.title, partial(go, wanted)
            )
            card.add(LinkRow(found.title, text, Badge(*AGENDA[found.state]), act, icon="landmark"))
        return card

    def _notices(self, rows: Sequence[NoticeView]) -> QWidget:
        if not rows:
            return EmptyState(NO_NOTICES)
        card = Card(rows=True)
        for found in rows:
            served = f"Signed {day(found.served_at.date())}."
            name = "You told the others" if found.mine else found.director
            word = "Read and confirm" if found.mine_open else "Open"
            act = _button(word, f"notice of {found.director}", partial(self.open_notice, found.id))
            card.add(LinkRow(name, served, _receipts(found), act, icon="bell"))
        return card

    # --- opening ------------------------------------------------------------------------

    def open_item(self, wanted: str) -> None:
        """Open what an id stands for: an item, a notice, or a matter that is to be put."""
        what = committee_room.what(self.session, wanted)
        go = {"item": self.open_ballot, "notice": self.open_notice, "matter": self.put_item}
        go["waiver"] = self.open_waiver
        if what:
            go[what](wanted)

    def open_ballot(self, item: str) -> None:
        """The paper of an item."""
        page = BallotPage(self.shell, self.session, item)
        page.left.connect(self.shell.back)
        self.shell.open(page, under=SCREEN)

    def put_item(self, case: str) -> None:
        """Prepare the item on a matter."""
        page = PutItemPage(self.shell, self.session, case)
        page.put.connect(self.shell.back)
        self.shell.open(page, under=SCREEN)

    def open_waiver(self, case: str) -> None:
        """A granted waiver with its clock."""
        self.shell.open(WaiverPage(self.shell, self.session, case), under=SCREEN)

    def close_day(self) -> None:
        """Record a day on which the SEC was closed."""
        page = ClosurePage(self.shell, self.session)
        page.recorded.connect(self.shell.back)
        self.shell.open(page, under=SCREEN)

    def open_notice(self, notice: str) -> None:
        """A director's notice."""
        self.shell.open(NoticePage(self.shell, self.session, notice), under=SCREEN)

    def serve(self) -> None:
        """Tell the other directors of an interest."""
        page = ServePage(self.shell, self.session)
        page.served.connect(self.shell.back)
        self.shell.open(page, under=SCREEN)


def _button(word: str, about: str, on: Callable[[], object]) -> Button:
    button = Button(word, small=True, on=on)
    button.setAccessibleName(f"{word}: {about}")
    return button


def _receipts(found: NoticeView) -> Badge:
    total, missing = len(found.receipts), len(found.missing)
    if found.mine_open:
        return Badge("Yours is missing", Meaning.NEEDS)
    if missing:
        return Badge(f"{total - missing} of {total} confirmed", Meaning.WAITING)
    return Badge("All confirmed", Meaning.DONE)
