"""A packet for the committee's board book: compile it, read the real pages, sign, export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from candor.app import board_book, campaigns
from candor.app.board_book import PacketProblem, PacketView, SignerRow
from candor.app.campaigns import CampaignView
from candor.app.session import Session
from candor.app.words import day, plural
from candor.errors import CandorError
from candor.ui.screens.base import SessionPage, go_to
from candor.ui.screens.packet_panes import Panes
from candor.ui.screens.packet_parts import SigningPart
from candor.ui.screens.sending import Ask
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.tasks import Task
from candor.ui.widgets import (
    Banner,
    Button,
    EmptyState,
    Flow,
    PageHead,
    Progress,
    Segments,
    column,
)

KINDS = (("packet", "Packet"), ("supplement", "Supplement"))
NOTHING = (
    "No packet yet. The Secretary compiles one from the signed questionnaires of a campaign; it "
    "appears here when you import the file that brings it."
)
NO_PAGES = "Preview shows the pages without recording anything. Compile makes them, to be signed."
SETTLE = 500
"""Milliseconds in which work that was stopped has ended; then the page is read again."""


@dataclass(frozen=True)
class Loaded:
    """What the page shows: the campaign compiled from (secretary only) and every packet."""

    campaign: CampaignView | None
    packets: tuple[PacketView, ...]
    secretary: bool


class PacketPage(SessionPage):
    """Three panes: contents, the pages, and what stands in the way with who signs."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._data = Loaded(None, (), secretary=False)
        self._wanted = ""
        self._on_paper = ""
        self._problems: tuple[PacketProblem, ...] | None = None
        self._looked: tuple[str, int] = ("", -1)
        self._task: Task | None = None
        self.signing: SigningPart | None = None
        self._build()

    # --- building -----------------------------------------------------------------------

    def _build(self) -> None:
        self.save = Button("Save PDF…", icon="download", on=self.save_pdf)
        self.preview = Button("Preview", icon="eye", on=self.show_preview)
        self.compile = Button("Compile", "primary", icon="book-open", on=self.compile_packet)
        self.head = PageHead("Packet", "", self.compile)
        self.kinds = Segments(KINDS, name="Which", value="packet", check=False)
        self.kinds.chosen.connect(lambda _key: self._choose())
        self.progress = Progress()
        self.progress.cancelled.connect(self._cancel)
        self.told = Banner(Meaning.DONE, "")
        self.told.hide()
        self.nothing = EmptyState(NOTHING, icon="book-open")
        bar = QFrame()
        bar.setProperty("role", "pagebar")
        tools = QWidget()
        Flow(self.kinds, self.preview, self.save, space=16, parent=tools)
        bar.setLayout(
            column(
                self.head,
                tools,
                self.refusal,
                self.told,
                self.progress,
                self.nothing,
                space=10,
                margins=(24, 14, 32, 12),
            )
        )
        # the panes scroll by themselves; the page does where it is narrow
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(bar)
        self.panes = Panes()
        self.paper, self.problems = self.panes.paper, self.panes.problems
        self.problems.go.connect(lambda screen: go_to(self.shell, screen))
        self.body.addWidget(self.panes, 1)

    # --- reading ------------------------------------------------------------------------

    def load(self) -> Loaded:
        """The newest campaign and every packet here."""
        secretary = "secretary" in self.session.offices
        found = campaigns.campaigns(self.session) if secretary else ()
        return Loaded(
            found[0] if found else None, board_book.packets(self.session), secretary=secretary
        )

    def show_data(self, data: Any) -> None:
        """Show the packet chosen, else the one that waits for this person, else the newest."""
        self._data = data
        there = bool(data.packets) or data.campaign is not None
        self.nothing.setVisible(not there)
        self.panes.setVisible(there)
        both = data.secretary or len({packet.kind for packet in data.packets}) > 1
        self.kinds.setVisible(there and both)
        if self._wanted:
            self.open_item(self._wanted)
            return
        mine = max(
            (p for p in data.packets if p.mine_next),
            key=lambda p: p.kind.value == KINDS[0][0],
            default=None,
        )
        if mine is not None:
            self.kinds.set_value(mine.kind.value)
        elif data.packets and not data.secretary:
            self.kinds.set_value(data.packets[0].kind.value)
        self._choose()

    def open_item(self, packet: str) -> None:
        """Show one packet."""
        self._wanted = packet
        found = next((view for view in self._data.packets if view.id == packet), None)
        if found is not None:
            self.kinds.set_value(found.kind.value)
            self._show(found)
            self._wanted = ""

    def shown(self) -> PacketView | None:
        """The newest packet of the kind chosen, or None where none was compiled."""
        wanted = self.kinds.value()
        return next((view for view in self._data.packets if view.kind.value == wanted), None)

    def _choose(self) -> None:
        self.told.hide()
        self._show(self.shown())

    def _show(self, view: PacketView | None) -> None:
        word = dict(KINDS)[self.kinds.value() or "packet"]
        campaign = self._data.campaign
        if view is not None:
            self.head.set_text(
                view.title,
                f"{plural(view.pages, 'page')}, version {view.version}. {view.state_text}.",
            )
        elif campaign is not None:
            self.head.set_text(
                f"{word}: {campaign.title}", f"For the meeting on {day(campaign.meeting_on)}."
            )
        else:
            self.head.set_text("Packet", "What the committee reads and signs.")
        self._show_acts(view)
        self._show_line_up(view)
        self._show_paper(view)
        self._look()

    def _show_acts(self, view: PacketView | None) -> None:
        can = self._data.secretary and self._data.campaign is not None
        self.preview.setVisible(can)
        self.save.setVisible(view is not None)
        self.compile.setVisible(can)
        mine = view is not None and view.mine_next
        self.compile.set_kind("plain" if view is not None else "primary")
        self.compile.setText(f"Compile version {view.version + 1}" if view else "Compile")
        self._make_signing(view if mine else None)
        self._allow()

    def _make_signing(self, view: PacketView | None) -> None:
        if self.signing is not None:
            self.panes.sign_place.removeWidget(self.signing)
            self.signing.hide()
            self.signing.deleteLater()
            self.signing = None
        if view is None:
            return
        row = next(signer for signer in view.line_up if signer.state == "next")
        self.signing = SigningPart(row.meaning, view.my_title)
        self.signing.asked.connect(lambda name, secret: self.sign(view.id, name, secret))
        self.signing.progress.cancelled.connect(self._cancel)
        self.panes.sign_place.addWidget(self.signing)

    def _show_line_up(self, view: PacketView | None) -> None:
        rows: tuple[SignerRow, ...] = view.line_up if view else self._planned()
        self.panes.lineup.show_rows(rows, self.session.person_id)
        self.panes.lineup.setVisible(bool(rows))

    def _planned(self) -> tuple[SignerRow, ...]:
        """Who would sign what is not compiled yet."""
        if not self._data.secretary:
            return ()
        try:
            return board_book.planned(self.session, board_book.KINDS[self.kinds.value()])
        except CandorError:
            return ()  # the problems say it

    def _show_paper(self, view: PacketView | None) -> None:
        if view is None:
            self._on_paper = ""
            self.panes.show_none(NO_PAGES if self._data.secretary else "")
            return
        mark = f"{view.id}:{view.state_text}"
        if mark == self._on_paper:
            return
        self._on_paper = mark
        self.do(lambda _work: board_book.packet_pdf(self.session, view.id), self.panes.show_pdf)

    # --- problems -----------------------------------------------------------------------

    def _look(self) -> None:
        campaign = self._data.campaign
        self.problems.setVisible(campaign is not None)
        mark = (self.kinds.value(), self.session.changed)
        if campaign is None or mark == self._looked:
            return
        self._looked, self._problems = mark, None
        self.problems.looking()
        self._allow()
        kind = board_book.KINDS[self.kinds.value()]
        self.do(
            lambda work: (
                mark,
                board_book.problems(self.session, campaign.id, kind, work.tick),
            ),
            self._found,
        )

    def _found(self, result: Any) -> None:
        mark, problems = result
        if mark == self._looked:
            self._problems = problems
            self.problems.show_problems(problems)
            self._allow()

    def _allow(self) -> None:
        """Compile is off while something stops it; the pane beside it says what."""
        stopped = self._problems is None or any(problem.stops for problem in self._problems)
        self.compile.setEnabled(not stopped and not self._busy())
        self.preview.setEnabled(not self._busy() and self._data.campaign is not None)
        # another packet in front would put a fresh signature beside one that is being made
        self.kinds.setEnabled(not self._busy())

    def _busy(self) -> bool:
        return self._task is not None and not self._task.is_over()

    # --- acting -------------------------------------------------------------------------

    def show_preview(self) -> None:
        """Compose the pages as they would be now; nothing is recorded."""
        campaign, kind = self._data.campaign, board_book.KINDS[self.kinds.value()]
        if campaign is not None:
            self._work(
                "Compose the pages",
                lambda work: board_book.preview_packet(self.session, campaign.id, kind, work.tick),
                self._show_preview,
            )

    def _show_preview(self, pdf: Any) -> None:
        self._on_paper = "preview"
        self.panes.show_pdf(pdf)
        self._tell(Meaning.NEUTRAL, "A preview", "Nothing is recorded. Compile to have it signed.")

    def compile_packet(self) -> None:
        """Compile, with named steps and Cancel."""
        campaign, kind = self._data.campaign, board_book.KINDS[self.kinds.value()]
        if campaign is not None:
            self._work(
                "Collect what is printed",
                lambda work: board_book.compile_packet(self.session, campaign.id, kind, work.tick),
                self._compiled,
            )

    def _compiled(self, packet: Any) -> None:
        self._wanted = packet
        self.reload()

    def sign(self, packet: str, name: str, secret: str) -> None:
        """Verify the packet as it came, then sign it."""
        part = self.signing
        if part is None or self._busy():
            return
        part.progress.begin("Verify the packet")
        task = self.do(
            lambda work: board_book.sign_packet(self.session, packet, name, secret, work.tick),
            lambda _done: self._signed(packet),
            refused=lambda error: part.refuse(error.message, error.hint),
        )
        task.progress.connect(part.progress.show_step)
        task.cancelled.connect(self._stopped)
        task.ended.connect(self._allow)
        self._task = task
        self._allow()

    def _stopped(self) -> None:
        """Cancel may come an instant too late: what is listed is what counts."""
        if self.signing is not None:
            self.signing.refuse(
                "You stopped this.", "Your signature counts only if “Who signs” shows it."
            )
        QTimer.singleShot(SETTLE, self, self.reload)

    def _signed(self, packet: str) -> None:
        self._wanted = packet
        self.reload()
        self._tell(
            Meaning.DONE,
            "Signed",
            "Your signature is in the pages. Hand the file over from the outbox.",
            Button("Open the outbox", small=True, on=lambda: go_to(self.shell, "exchange")),
        )

    def save_pdf(self) -> None:
        """Export the packet as a PDF file."""
        view = self.shown()
        if view is None:
            return
        name = f"{view.kind.value}-version-{view.version}.pdf"
        path = Ask.save_as(self, "Save the packet", name, "PDF (*.pdf)")
        if path is not None:
            place = path
            self.do(
                lambda _work: board_book.save_packet(self.session, view.id, place),
                lambda saved: self._tell(
                    Meaning.DONE, f"Saved as {saved.name}", f"In {saved.parent}."
                ),
                button=self.save,
            )

    def _work(self, step: str, function: Any, done: Any) -> None:
        self.told.hide()
        self.progress.begin(step)
        self._task = self.do(function, done)
        self._task.progress.connect(self.progress.show_step)
        self._task.ended.connect(self._over)
        self._allow()

    def _over(self) -> None:
        self.progress.hide()
        self._allow()
        QTimer.singleShot(SETTLE, self, self.refresh)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _tell(self, meaning: Meaning, title: str, text: str, *actions: QWidget) -> None:
        self.told.say(meaning, title, text, *actions)
        self.told.show()
