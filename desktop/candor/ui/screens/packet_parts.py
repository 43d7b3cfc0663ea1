"""The panes of a packet: its contents, what stands in the way, who signs, and the act of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtPdf import QPdfBookmarkModel
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from candor.app.board_book import PacketProblem, SignerRow
from candor.app.words import day
from candor.ui.screens.paper import Paper
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Banner,
    Button,
    ColumnSpec,
    IconLine,
    Label,
    LinkRow,
    Progress,
    RichText,
    RowsModel,
    RowsView,
    Rule,
    Signer,
    column,
    empty,
    link,
    row,
)

DEEPEST = 2
"""Levels of bookmarks that the contents show."""


@dataclass(frozen=True)
class Entry:
    """A line of the contents: where it stands in the outline, its words, its page from 0."""

    level: int
    title: str
    page: int


def entries(bookmarks: QPdfBookmarkModel) -> tuple[Entry, ...]:
    """The outline of a document, flat, in order."""
    roles = QPdfBookmarkModel.Role
    found: list[Entry] = []

    def walk(parent: QModelIndex, level: int) -> None:
        for at in range(bookmarks.rowCount(parent)):
            here = bookmarks.index(at, 0, parent)
            title = str(bookmarks.data(here, int(roles.Title)))
            found.append(Entry(level, title, int(bookmarks.data(here, int(roles.Page)))))
            if level + 1 < DEEPEST:
                walk(here, level + 1)

    walk(QModelIndex(), 0)
    return tuple(found)


class Contents(RowsView):
    """The outline of the paper; choosing a line turns to its page, turning chooses its line."""

    def __init__(self, paper: Paper) -> None:
        model = RowsModel(
            [
                ColumnSpec("", lambda e: "\u2003" * e.level + e.title, stretch=True),
                ColumnSpec("", lambda e: f"p. {e.page + 1}", right=True, muted=True, width=64),
            ],
            key=lambda e: (e.level, e.title, e.page),
        )
        super().__init__(model, name="Contents", head=False, fit=False)
        self.setProperty("role", "bare")
        self._paper = paper
        self._turning = False
        self.picked.connect(self._go)
        paper.turned.connect(self._follow)

    def read(self) -> None:
        """Show the outline of the document on the paper."""
        self.rows.set_rows(entries(self._paper.bookmarks))

    def _go(self, entry: Entry | None) -> None:
        if entry is not None and not self._turning:
            self._paper.go_to(entry.page)

    def _follow(self, page: int) -> None:
        before = [entry for entry in self.rows.rows() if entry.page <= page]
        chosen = self.selected()
        if not before or (chosen and chosen[0].page == page):
            return
        self._turning = True
        self.pick(lambda entry: entry == before[-1])
        self._turning = False


class PaneHead(QWidget):
    """The head of a pane: a title, and something at its right."""

    def __init__(self, title: str, aside: QWidget | None = None) -> None:
        super().__init__()
        line = row(Label(title, "section"), 1, space=8, margins=(16, 10, 16, 10))
        if aside is not None:
            line.addWidget(aside)
        self.setLayout(column(line, Rule(), space=0))


class Problems(QWidget):
    """What stands in the way of compiling. ``go`` tells the screen where it is mended."""

    go = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.badge = Badge("Looking", Meaning.WAITING)
        self._box = column(space=0)
        self.setLayout(column(PaneHead("Problems", self.badge), self._box, space=0))

    def looking(self) -> None:
        """Say that they are being looked for."""
        empty(self._box)
        self.badge.say("Looking", Meaning.WAITING)

    def show_problems(self, found: Sequence[PacketProblem]) -> None:
        """Show what was found; hints do not stop compiling."""
        empty(self._box)
        stops = sum(problem.stops for problem in found)
        if stops:
            self.badge.say(f"{stops} to solve", Meaning.NEEDS)
        elif found:
            self.badge.say("None that stops", Meaning.DONE)
        else:
            self.badge.say("None", Meaning.DONE)
        for problem in found:
            self._box.addWidget(self._line(problem))
            self._box.addWidget(Rule())

    def _line(self, problem: PacketProblem) -> QWidget:
        icon = ("circle-alert", "needs") if problem.stops else ("info", "text2")
        line = IconLine(*icon, problem.text)
        whole = QWidget()
        inside = column(line, space=2, margins=(16, 10, 16, 10))
        if problem.target:
            go = RichText(link(_GO.get(problem.target, "Go there"), problem.target))
            go.linkActivated.connect(self.go)
            inside.addLayout(row(go, margins=(32, 0, 0, 0)))
        whole.setLayout(inside)
        return whole


_GO = {
    "people": "Open People",
    "exceptions": "Open Exceptions",
    "campaigns": "Open the campaign",
}


class LineUp(QWidget):
    """Who signs, in order, and who has."""

    def __init__(self) -> None:
        super().__init__()
        self._count = Label("", "note")
        self._box = column(space=0)
        self.setLayout(column(PaneHead("Who signs", self._count), self._box, space=0))

    def show_rows(self, rows: Sequence[SignerRow], me: str) -> None:
        """Show the signers; ``me`` is the person in front of the screen."""
        empty(self._box)
        signed = sum(signer.state == "signed" for signer in rows)
        self._count.setText(f"{signed} of {len(rows)} signed")
        for signer in rows:
            self._box.addWidget(LinkRow(signer.name, signer.title, self._badge(signer, rows, me)))
            self._box.addWidget(Rule())

    @staticmethod
    def _badge(signer: SignerRow, rows: Sequence[SignerRow], me: str) -> Badge:
        if signer.state == "signed" and signer.signed_at is not None:
            return Badge(day(signer.signed_at.date()), Meaning.DONE)
        if signer.state == "next":
            mine = signer.person == me
            return (
                Badge("You", Meaning.NEEDS, icon="pen-line")
                if mine
                else Badge("Next", Meaning.WAITING)
            )
        next_is_me = any(other.state == "next" and other.person == me for other in rows)
        return Badge("After you" if next_is_me else "Later", Meaning.WAITING)


class SigningPart(QFrame):
    """The act of signing a packet. ``asked`` tells full name and passphrase."""

    asked = Signal(str, str)

    def __init__(self, meaning: str, signing_as: str) -> None:
        super().__init__()
        self.signer = Signer("", signing_as)
        self.sign = Button(
            "Sign this packet", "primary", icon="pen-line", signing=True, on=self._press
        )
        self.sign.setEnabled(False)
        self.signer.ready.connect(self.sign.setEnabled)
        self.problem = Banner(Meaning.STOPPED, "")
        self.problem.hide()
        self.progress = Progress()
        inside = column(
            RichText(f"“{meaning}”", kind="small"),
            self.signer,
            self.problem,
            self.progress,
            self.sign,
            RichText("Candor first verifies the packet as it came.", kind="note"),
            space=12,
            margins=(16, 10, 16, 12),
        )
        self.setLayout(column(PaneHead("Your signature"), inside, Rule(), space=0))

    def _press(self) -> None:
        self.problem.hide()
        self.sign.setEnabled(False)
        # typing would make the button ready again while the first signature is being made
        self.signer.setEnabled(False)
        self.asked.emit(self.signer.full_name(), self.signer.secret())

    def refuse(self, message: str, hint: str) -> None:
        """Say why nothing was signed."""
        self.progress.hide()
        self.signer.setEnabled(True)
        self.sign.setEnabled(self.signer.is_ready())
        self.problem.say(Meaning.STOPPED, message, hint)
        self.problem.show()


def side_pane(role: str, *parts: QWidget) -> QFrame:
    """A column beside the paper; the last part takes the room that is left."""
    side = QFrame()
    side.setProperty("role", role)
    box = column(space=0)
    for part in parts:
        box.addWidget(part)
    box.setStretch(len(parts) - 1, 1)
    side.setLayout(box)
    side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return side
