"""Disclosures: what one wants to tell, what is begun, and where everything filed stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import matter_drafts, matter_list, matter_menu
from candor.app.matter_drafts import DraftRow
from candor.app.matter_list import Disclosures, FiledRow
from candor.app.matter_menu import MenuGroup
from candor.app.matter_standing import Group
from candor.app.session import Session
from candor.app.words import day
from candor.ui.screens.base import SessionPage
from candor.ui.screens.matter_case import CasePage
from candor.ui.screens.matter_form import show_matter
from candor.ui.screens.matter_marks import badge_of, duty_line
from candor.ui.screens.matter_menu import MatterMenu
from candor.ui.shell import Shell
from candor.ui.widgets import (
    Button,
    Card,
    EmptyState,
    GroupLabel,
    LinkRow,
    PageHead,
    column,
    empty,
)

NOTHING = (
    "You have told nothing yet. Choose above what it is about; what you file stands here with its "
    "number, who has it and since when."
)


class DisclosuresPage(SessionPage):
    """The chooser above, the person's own matters below."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._wanted = ""
        self.down = Button("", on=self._show_own)
        self.head = PageHead(
            "What do you want to tell?",
            "Choose what comes closest. Nothing leaves this computer until you sign it.",
            self.down,
        )
        self.down.hide()
        self.menu = MatterMenu(session)
        self.menu.chosen.connect(self.start)
        self.menu.concern_asked.connect(shell.open_concern)
        self._holder = QWidget()
        self._box = column(space=16)
        self._holder.setLayout(self._box)
        self.add(self.head, self.refusal, self.menu, self._holder)

    def refresh(self) -> None:
        """Read again each time: drafts are saved without a new event."""
        self.reload()

    def load(self) -> tuple[tuple[MenuGroup, ...], Disclosures]:
        """What may be told, and what was."""
        return matter_menu.menu(self.session), matter_list.disclosures(self.session)

    def show_data(self, data: Any) -> None:
        """Show the chooser and the two lists."""
        groups, found = data
        self.menu.show_groups(groups)
        self._say_own(found)
        empty(self._box)
        if found.drafts:
            self._box.addWidget(GroupLabel("Begun, not signed", "pen-line", "needs"))
            self._box.addWidget(self._drafts(found.drafts))
        self._box.addWidget(GroupLabel("What you filed", "file-check", "text2"))
        self._box.addWidget(self._filed(found.filed) if found.filed else EmptyState(NOTHING))

    def _say_own(self, found: Disclosures) -> None:
        """How many matters are the person's own, and how many of them need something."""
        needs = sum(row.standing.group is Group.NEEDS for row in found.filed) + len(found.drafts)
        total = len(found.filed) + len(found.drafts)
        need = f", {needs} need you" if needs > 1 else ", 1 needs you" if needs else ""
        self.down.setText(f"Your disclosures: {total}{need}")
        self.down.setVisible(total > 0)

    def _show_own(self) -> None:
        """Bring the person's own matters into view."""
        self.view.verticalScrollBar().setValue(self._holder.y())
        first = next((b for b in self._holder.findChildren(Button) if b.isVisible()), None)
        if first is not None:
            first.setFocus()

    # --- lists --------------------------------------------------------------------------

    def _drafts(self, rows: Sequence[DraftRow]) -> Card:
        card = Card(rows=True)
        for found in rows:
            title = f"{found.title}, amendment of {found.amends}" if found.amends else found.title
            go_on = Button("Continue", small=True, on=partial(self.go_on, found.case))
            go_on.setAccessibleName(f"Continue: {title}")
            drop = Button("Throw away", "quiet", on=partial(self._discard, found.case))
            drop.setAccessibleName(f"Throw away: {title}")
            said = f"Saved {day(found.saved_at.date())}, {found.saved_at:%H:%M}. Only you see it."
            card.add(LinkRow(title, said, go_on, drop, icon="pen-line", tone="needs"))
        return card

    def _filed(self, rows: Sequence[FiledRow]) -> Card:
        card = Card(rows=True)
        for found in rows:
            card.add(self._row(found))
        return card

    def _row(self, found: FiledRow) -> QWidget:
        now = found.standing
        badge = badge_of(now)
        look = Button("Open", small=True, on=partial(self.open_item, found.case))
        look.setAccessibleName(f"Open: {found.title}, {found.number or 'no number yet'}")
        number = f"{found.number}. " if found.number else ""
        line = LinkRow(found.title, f"{number}{now.text}", badge, look, icon="file-text")
        if not found.duties:
            return line
        whole = QWidget()
        box = column(line, space=0, margins=(0, 0, 0, 8))
        for duty in found.duties:
            holder = QWidget()
            holder.setLayout(column(duty_line(duty), space=0, margins=(48, 0, 16, 4)))
            box.addWidget(holder)
        whole.setLayout(box)
        return whole

    # --- acting -------------------------------------------------------------------------

    def start(self, form: str) -> None:
        """Begin a matter on a form."""
        self.open_once(lambda _work: matter_drafts.start(self.session, form), self._show_form)

    def go_on(self, case: str) -> None:
        """Open a matter that was begun before."""
        self.open_once(lambda _work: matter_drafts.open_draft(self.session, case), self._show_form)

    def _discard(self, case: str) -> None:
        self.do(
            lambda _work: matter_drafts.discard(self.session, case), lambda _none: self.reload()
        )

    def _show_form(self, draft: Any) -> None:
        show_matter(self.shell, self.session, draft)

    def open_item(self, case: str) -> None:
        """Open a filed matter, or one that is only begun."""
        if any(row.case == case for row in matter_drafts.drafts(self.session)):
            self.go_on(case)
        else:
            self.shell.open(CasePage(self.shell, self.session, case), under="disclosures")
