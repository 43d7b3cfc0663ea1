"""Campaigns: who was asked, what is known of each reply and nothing more, and reminders."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from candor.app import campaigns
from candor.app.campaigns import CampaignRow, CampaignView
from candor.app.session import Session
from candor.app.words import day, plural
from candor.ui import style
from candor.ui.screens.base import SessionPage
from candor.ui.screens.campaign_new import NewCampaignPage
from candor.ui.screens.inputs import fold
from candor.ui.screens.reminders import RemindersPage
from candor.ui.shell import Shell
from candor.ui.widgets import (
    Bar,
    Breadth,
    Button,
    Chooser,
    ColumnSpec,
    EmptyState,
    Flow,
    Legend,
    PageHead,
    RichText,
    RowsModel,
    RowsView,
    Segments,
    column,
)
from candor.ui.widgets.one_scroll import OneScroll

NOTHING = (
    "No campaign yet. A campaign asks people the questions of one form, and this page then shows "
    "what has arrived from whom."
)
GROUP_ICON = {
    "waiting": ("hourglass", "waiting"),
    "needs": ("circle-alert", "needs"),
    "done": ("circle-check", "done"),
}
ORDER = ("waiting", "needs", "done")
FILTERS = (("", "All"), ("needs", "Needs you"), ("waiting", "Waiting"), ("done", "Done"))
FOOT = "A reminder is a message that you send from your own mail program; Candor sends nothing."


def _icon(row: CampaignRow) -> tuple[str, str]:
    return GROUP_ICON[row.group]


COLUMNS = (
    ColumnSpec("Person", lambda r: r.name, weight=500, sort=lambda r: r.name.casefold()),
    ColumnSpec("Office", lambda r: r.title, sort=lambda r: r.title.casefold(), width=208),
    ColumnSpec(
        "What we know",
        lambda r: r.in_short,
        full=lambda r: r.what_we_know,
        icon=_icon,
        stretch=True,
        sort=lambda r: (ORDER.index(r.group), r.what_we_know),
    ),
    ColumnSpec(
        "Exceptions",
        lambda r: str(r.exceptions) if r.number else "",
        right=True,
        sort=lambda r: r.exceptions if r.number else -1,
        width=96,
    ),
    ColumnSpec(
        "Last reminder",
        lambda r: day(r.reminded_on) if r.reminded_on else "",
        sort=lambda r: str(r.reminded_on or ""),
        width=136,
    ),
)
ROOM = {"Office": Breadth.WIDE, "Exceptions": Breadth.MEDIUM, "Last reminder": Breadth.MEDIUM}


class CampaignPage(SessionPage):
    """The newest campaign, or the one chosen; one row per person."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._views: tuple[CampaignView, ...] = ()
        self._shown = ""
        self._ticked_for = ""
        self.start = Button("New campaign", icon="plus", on=self.new_campaign)
        self.remind = Button("Write reminders", "primary", icon="mail", on=self.write_reminders)
        self.head = PageHead("Campaigns", "", self.start, self.remind)
        self.which = Chooser()
        self.which.setAccessibleName("Campaign")
        self.which.activated.connect(lambda _at: self.open_item(self.which.value()))
        self.nothing = EmptyState(NOTHING, icon="list-checks")
        self._build_table()
        self.add(self.head, self.refusal, self.nothing, self.table)
        self.nothing.hide()
        self.table.hide()
        self.remind.hide()

    def _build_table(self) -> None:
        self.bar, self.legend = Bar(), Legend()
        self.filters = Segments(FILTERS, name="Show", check=False)
        self.filters.chosen.connect(lambda _key: self._filter())
        self.search = QLineEdit()
        self.search.setProperty("small", True)
        self.search.setPlaceholderText("Name or office")
        self.search.setAccessibleName("Name or office")
        self.search.setFixedWidth(style.px(200))
        self.search.textChanged.connect(lambda _text: self._filter())
        tools = QWidget()
        Flow(self.filters, self.search, self.which, space=16, parent=tools)
        self.model = RowsModel(COLUMNS, key=lambda row: row.person_id, checkable=True)
        self.model.checks_changed.connect(self._count)
        self.rows_view = RowsView(self.model, name="People asked")
        self.foot = RichText(FOOT, kind="note")
        self.table = QWidget()
        top = column(self.bar, self.legend, space=8)
        whole = column(top, tools, self.rows_view, self.foot, space=16)
        self.table.setLayout(whole)
        OneScroll(self, self.rows_view, self.foot)

    # --- reading ------------------------------------------------------------------------

    def load(self) -> tuple[CampaignView, ...]:
        """Every campaign."""
        return campaigns.campaigns(self.session)

    def show_data(self, data: Any) -> None:
        """Show the campaign chosen before, else the newest."""
        self._views = data
        self.nothing.setVisible(not data)
        self.table.setVisible(bool(data))
        self.remind.setVisible(bool(data))
        self.start.set_kind("plain" if data else "primary")
        self.which.setVisible(len(data) > 1)
        self.which.set_choices([(view.id, view.title) for view in data])
        view = self.shown()
        if view is None:
            self.head.set_text("Campaigns", "Ask people the questions of a form.")
            return
        self._show(view)

    def shown(self) -> CampaignView | None:
        """The campaign on the page."""
        found = (view for view in self._views if view.id == self._shown)
        return next(found, self._views[0] if self._views else None)

    def open_item(self, campaign: str) -> None:
        """Show one campaign."""
        self._shown = campaign
        view = self.shown()
        if view is not None and view.id == campaign:
            self._show(view)

    def _show(self, view: CampaignView) -> None:
        self._shown = view.id
        self.which.set_value(view.id)
        arrived = sum(bool(row.number) for row in view.rows)
        self.head.set_text(
            view.title,
            f"Due {day(view.due)}, {_days(view.days_left)}. "
            f"{arrived} of {plural(view.total, 'reply', 'replies')} imported.",
        )
        counts = view.counts
        parts = (
            (counts.done, "done-fill"),
            (counts.needs_you, "needs-fill"),
            (counts.waiting, "waiting-fill"),
        )
        self.bar.show_parts(parts, view.total, sentence=f"{arrived} of {view.total} imported")
        self.legend.show_entries(
            (
                (counts.done, "done: imported and decided", "done-fill"),
                (counts.needs_you, "need you", "needs-fill"),
                (counts.waiting, "waiting: no reply imported", "waiting-fill"),
            )
        )
        amounts = ("", view.total), ("needs", counts.needs_you), ("waiting", counts.waiting)
        for key, amount in (*amounts, ("done", counts.done)):
            self.filters.set_word(key, f"{dict(FILTERS)[key]}  {amount}")
        rows = sorted(view.rows, key=lambda row: (ORDER.index(row.group), row.name.casefold()))
        silent = [row.person_id for row in rows if row.group == "waiting"]
        # ticked at first: those without a reply; after that, what the person ticked stays
        self.model.set_rows(rows, checked=silent if self._ticked_for != view.id else None)
        self._ticked_for = view.id
        self._fold()

    # --- acting -------------------------------------------------------------------------

    def _filter(self) -> None:
        wanted, typed = self.filters.value(), self.search.text().casefold().strip()
        self.rows_view.proxy.keep(
            lambda row: (
                (not wanted or row.group == wanted)
                and (not typed or typed in f"{row.name} {row.title}".casefold())
            )
        )

    def _count(self) -> None:
        count = len(self.model.checked())
        self.remind.setText(f"Write {plural(count, 'reminder')}" if count else "Write reminders")
        self.remind.setEnabled(bool(count))
        said = f"{plural(count, 'person', 'people')} selected. " if count else ""
        missing = "" if count else "Tick the people to remind. "
        self.foot.set_parts(f"{said}{missing}{FOOT}")

    def new_campaign(self) -> None:
        """Ask for what a new campaign needs."""
        page = NewCampaignPage(self.shell, self.session)
        page.opened.connect(self._opened)
        self.shell.open(page, under="campaigns")

    def _opened(self, campaign: str) -> None:
        self._shown = campaign
        self.shell.go("campaigns")

    def write_reminders(self) -> None:
        """Compose one message for each person ticked."""
        view = self.shown()
        people = tuple(row.person_id for row in self.model.checked())
        if view is None or not people:
            return
        self.open_once(
            lambda _work: campaigns.write_reminders(self.session, view.id, people),
            self._show_reminders,
        )

    def _show_reminders(self, reminders: Any) -> None:
        self.shell.open(RemindersPage(self.shell, reminders), under="campaigns")

    # --- room ---------------------------------------------------------------------------

    def _fold(self) -> None:
        fold(self.rows_view, ROOM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        self._fold()

    def sizeHint(self) -> QSize:
        """No wider than the window's content area."""
        return QSize(style.px(640), super().sizeHint().height())


def _days(days: int) -> str:
    if days < 0:
        return f"overdue by {plural(-days, 'day')}"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
