"""The first screen: what needs the person, what others have, what is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import home, preferences
from candor.app.campaigns import CampaignView
from candor.app.home import Card as Matter
from candor.app.home import DoneRow, HomeView, WaitingRow
from candor.app.session import Session
from candor.app.words import day
from candor.ui.screens.base import SessionPage, go_to
from candor.ui.screens.home_parts import MatterCard, MatterRow, ThreeColumns
from candor.ui.screens.recovery import NewRecoveryPage
from candor.ui.screens.sending import save_item
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Bar,
    Button,
    Card,
    Columns,
    EmptyState,
    GroupLabel,
    Label,
    LinkRow,
    PageHead,
    RichText,
    Swatch,
    column,
    row,
    strong,
)

MOST = 4
"""Rows of what others have; the rest stands in Exchange."""
NOTHING_NEEDED = (
    "Nothing. New forms and questions appear here when you import a file from the Secretary, "
    "or drop one anywhere on this window."
)
NOTHING_NEEDED_SECRETARY = (
    "Nothing. Replies appear here when you import a file, or drop one anywhere on this window. "
    "A new questionnaire starts under Campaigns."
)
NOTHING_AWAITED = "Nothing. What you hand over stands here until its receipt arrives."
NOTHING_DONE = "Nothing yet. What you sign and what was decided stands here with its date."


class HomePage(SessionPage):
    """Cards for most people; one row per matter for the Secretary, who has many."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.head = PageHead("Home")
        anew = Button("Make a new code", on=self._new_code)
        self.unwritten = Banner(
            Meaning.NEEDS,
            "Your recovery code is not on paper yet",
            "It was never typed again, so Candor cannot know that you have it. Without it a "
            "forgotten passphrase means a lost vault.",
            anew,
        )
        self.unwritten.hide()
        self.add(self.head, self.refusal, self.unwritten)
        self._shown: list[QWidget] = []

    def load(self) -> tuple[HomeView, bool]:
        """Read the first screen, and whether the recovery code was confirmed."""
        return home.home(self.session), preferences.recovery_confirmed(self.session)

    def show_data(self, data: Any) -> None:
        """Show the three groups."""
        view: HomeView
        view, written = data
        self.unwritten.setVisible(not written)
        self.head.set_text(view.title, view.line)
        for old in self._shown:
            old.hide()
            old.deleteLater()
        dense = "secretary" in self.session.offices
        self._shown = self._dense(view) if dense else [self._roomy(view)]
        self.add(*self._shown)

    def _roomy(self, view: HomeView) -> QWidget:
        left = QWidget()
        body = column(space=8)
        body.addWidget(GroupLabel("Needs you", "circle-alert", "needs"))
        cards = [
            MatterCard(matter, partial(self._open, matter), primary=at == 0)
            for at, matter in enumerate(view.needs)
        ]
        for card in cards:
            body.addWidget(card)
            body.addSpacing(8)
        if not cards:
            body.addWidget(EmptyState(NOTHING_NEEDED))
            body.addSpacing(8)
        body.addSpacing(8)
        body.addWidget(GroupLabel("Waiting for others", "hourglass", "waiting"))
        body.addWidget(self._waiting(view.waiting))
        left.setLayout(body)
        right = QWidget()
        right.setLayout(
            column(GroupLabel("Done, last five", "circle-check", "done"), _done(view.done))
        )
        return Columns(left, right, right_width=352)

    def _dense(self, view: HomeView) -> list[QWidget]:
        shown: list[QWidget] = [GroupLabel("Needs you", "circle-alert", "needs")]
        if view.needs:
            rows = Card(rows=True)
            for at, matter in enumerate(view.needs):
                rows.add(MatterRow(matter, partial(self._open, matter), primary=at == 0))
            shown.append(rows)
        else:
            shown.append(EmptyState(NOTHING_NEEDED_SECRETARY))
        waiting = _group("Waiting for others", "hourglass", "waiting", self._waiting(view.waiting))
        done = _group("Done, last five", "circle-check", "done", _done(view.done))
        if view.campaign is None:
            shown.append(ThreeColumns((waiting, 4), (done, 3)))
            return shown
        known = view.campaign
        progress = _group(
            known.title, "list-checks", "text2", _campaign(known, partial(self._go, "campaigns"))
        )
        dates = _group("Next dates", "calendar-days", "text2", _dates(known))
        shown.append(ThreeColumns((waiting, 12), (progress, 7), (dates, 7)))
        if view.done:
            shown.append(done)
        return shown

    def _waiting(self, rows: tuple[WaitingRow, ...]) -> QWidget:
        if not rows:
            return EmptyState(NOTHING_AWAITED)
        card = Card(rows=True)
        for waiting in rows[:MOST]:
            again = Button("Send again", small=True, on=partial(self._send_again, waiting.outbox))
            again.setAccessibleName(f"Send again: {waiting.title}, {waiting.text}")
            card.add(
                LinkRow(waiting.title, waiting.text, again, icon="hourglass", tone="text2")
                if waiting.outbox
                else LinkRow(waiting.title, waiting.text, icon="hourglass", tone="text2")
            )
        if len(rows) > MOST:
            rest = len(rows) - MOST
            words = f"See {rest} more in Exchange"
            more = Button(words, "quiet", on=partial(self._go, "exchange"))
            line = QWidget()
            line.setLayout(row(more, 1, margins=(42, 8, 16, 8)))
            card.add(line)
        return card

    def _new_code(self) -> None:
        self.shell.open(NewRecoveryPage(self.shell, self.session), under="settings")

    def _open(self, matter: Matter) -> None:
        go_to(self.shell, matter.target.screen, matter.target.argument)

    def _go(self, screen: str) -> None:
        go_to(self.shell, screen)

    def _send_again(self, item: str) -> None:
        save_item(self, self.session, item, done=lambda _path: self.reload())


def _group(word: str, icon: str, tone: str, content: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(GroupLabel(word, icon, tone), content, 1))
    return holder


def _done(rows: tuple[DoneRow, ...]) -> QWidget:
    if not rows:
        return EmptyState(NOTHING_DONE)
    card = Card(rows=True)
    for done in rows:
        card.add(LinkRow(done.title, done.text, icon="circle-check", tone="done"))
    return card


def _campaign(view: CampaignView, on: Callable[[], object]) -> QWidget:
    counts = view.counts
    arrived = view.total - counts.waiting
    sentence = f"{arrived} of {view.total} imported"
    bar = Bar(
        (
            (counts.done, "done-fill"),
            (counts.needs_you, "needs-fill"),
            (counts.waiting, "waiting-fill"),
        ),
        view.total,
        sentence=sentence,
    )
    opens = Button("Open", "quiet", on=on)
    opens.setAccessibleName(f"Open {view.title}")
    head = QWidget()
    head.setLayout(row(Label(sentence, "strong"), 1, opens))
    card = Card(head, bar, narrow=True)
    for amount, words, tone in (
        (counts.done, "Imported and checked", "done-fill"),
        (counts.needs_you, "Need you", "needs-fill"),
        (counts.waiting, "No reply imported", "waiting-fill"),
    ):
        card.add(_legend_line(amount, words, tone))
    return card


def _legend_line(amount: int, words: str, tone: str) -> QWidget:
    line = QWidget()
    count = RichText(strong(str(amount)), kind="small")
    count.setWordWrap(False)
    line.setLayout(row(Swatch(tone), Label(words, "small"), 1, count))
    return line


def _dates(view: CampaignView) -> QWidget:
    card = Card(rows=True)
    found: list[tuple[date, str]] = [
        (view.due, "Replies are due"),
        (view.meeting_on, "The committee meets"),
    ]
    for when, words in sorted(found):
        card.add(_date_row(when, words))
    return card


def _date_row(when: date, words: str) -> QWidget:
    line = QWidget()
    line.setLayout(
        column(
            Label(day(when), "name"), RichText(words, kind="note"), space=0, margins=(16, 8, 16, 8)
        )
    )
    return line
