"""Deciding one matter: what one needs in four minutes at the left, the act at the right."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app import matter_caveats, matter_deciding
from candor.app.matter_caveats import Caveats, Prohibition
from candor.app.matter_deciding import MatterSheet
from candor.app.session import Session
from candor.app.words import day
from candor.policy.terms import DecisionKind
from candor.ui.screens.base import SessionPage
from candor.ui.screens.decision_acts import AskCard, ReferCard, RuleCard
from candor.ui.screens.decision_choice import ChoiceCard
from candor.ui.screens.decision_parts import ABSENCE_SIGNED, ground
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Banner,
    Button,
    Card,
    Columns,
    Flow,
    IconLine,
    PageHead,
    RichText,
    Rule,
    column,
    strong,
)


class MatterDecisionPage(SessionPage):
    """``decided`` after anything was signed here that ends the owner's part for now."""

    decided = Signal()

    def __init__(self, shell: Shell, session: Session, case: str) -> None:
        super().__init__(shell, session)
        self.case = case
        self.choosing: ChoiceCard | None = None
        self.ruling: RuleCard | None = None
        self.asking: AskCard | None = None
        self.referring: ReferCard | None = None
        self.head = PageHead("Reading…")
        self.add(self.head, self.refusal)
        self._shown: list[QWidget] = []

    def load(self) -> tuple[MatterSheet, Caveats]:
        """The page of the matter, and what stands around the decision."""
        sheet = matter_deciding.sheet(self.session, self.case)
        return sheet, matter_caveats.caveats(self.session, self.case)

    def refresh(self) -> None:
        """What is half typed stays; the page is read once, and signing checks everything."""
        if self._reading is None:
            self.reload()

    def show_data(self, data: Any) -> None:
        """Build the page."""
        sheet, found = data
        self.head.set_text(sheet.title.rstrip("."), sheet.line)
        back = Button("Back to the queue", on=self.shell.back)
        due = (
            Badge(f"Due {day(found.due)}", Meaning.NEEDS, icon="calendar-days")
            if found.due
            else None
        )
        self.head.set_actions(*((due, back) if due else (back,)))
        for old in self._shown:
            old.deleteLater()
        right = QWidget()
        right.setLayout(column(*self._right(sheet, found), space=16))
        whole = Columns(ground(sheet, found), right, shares=(16, 15))
        self._shown = [*self._banners(sheet, found), whole]
        self.add(*self._shown)

    def _banners(self, sheet: MatterSheet, found: Caveats) -> list[QWidget]:
        shown: list[QWidget] = []
        if found.instead_of:
            said = "The absence is signed and on file. After it your signature would not count."
            shown.append(Banner(Meaning.NEEDS, found.instead_of, ABSENCE_SIGNED, icon="user-x"))
        if sheet.conflicts:
            both = "; ".join(f"{what} ({who})" for what, who in sheet.conflicts)
            said = f"{both}. Both are kept. What you sign now settles it."
            shown.append(Banner(Meaning.STOPPED, "Two decisions differ", said))
        return shown

    # --- right --------------------------------------------------------------------------

    def _right(self, sheet: MatterSheet, found: Caveats) -> list[QWidget]:
        if found.prohibition is not None:
            return [_stopped(found.prohibition), *self._question(sheet)]
        cards: list[QWidget] = []
        if found.ruling is not None:
            self.ruling = RuleCard(self, self.case, found.ruling)
            self.ruling.signed.connect(self.decided)
            cards.append(self.ruling)
        kinds = {offer.kind for offer in sheet.offers} - {DecisionKind.REFERRED}
        if sheet.blocked and found.ruling is None:
            cards.append(_not_yours(sheet.blocked))
        elif sheet.blocked:
            cards.append(_later(found.waits_for))
        elif kinds:
            self.choosing = ChoiceCard(self, sheet, found)
            self.choosing.signed.connect(self.decided)
            cards.append(self.choosing)
        if not sheet.blocked or found.ruling is not None:
            cards += self._question(sheet)
        if self.choosing is not None:
            cards += self._onward()
        return cards

    def _question(self, sheet: MatterSheet) -> list[QWidget]:
        name = sheet.title.partition(":")[0]
        self.asking = AskCard(self, self.case, name)
        self.asking.asked.connect(self.decided)
        self.ask = Button(f"Ask {name} a question", icon="message-square")
        self._link(self.ask, self.asking)
        if self.choosing is not None:
            self.choosing.box.beside.addWidget(self.ask)
            return [self.asking]
        return [_line(self.ask), self.asking]

    def _onward(self) -> list[QWidget]:
        self.referring = ReferCard(self, self.case)
        self.referring.signed.connect(self.decided)
        self.send_on = Button("Send it on", icon="arrow-left-right")
        self._link(self.send_on, self.referring)
        self.send_on.clicked.connect(self.referring.read)
        if self.choosing is not None:
            self.choosing.box.beside.addWidget(self.send_on)
        return [self.referring]

    def _link(self, opens: Button, card: AskCard | ReferCard) -> None:
        card.hide()
        opens.clicked.connect(partial(self._open, card))
        card.left.connect(lambda: (card.hide(), opens.setFocus()))

    def _open(self, card: AskCard | ReferCard, _on: bool = False) -> None:
        """Show one further act at a time, in view and with the keyboard in it."""
        for other in (self.asking, self.referring):
            if other is not None:
                other.setVisible(other is card)
        (card.text if isinstance(card, AskCard) else card.reason).setFocus()
        self.view.ensureWidgetVisible(card)


def _line(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    Flow(*widgets, space=8, parent=holder)
    return holder


def _stopped(found: Prohibition) -> Card:
    """A rule that nobody may set aside: no options at all, the rule and the remedy."""
    card = Card(title=found.way_out.partition(",")[0].rstrip("."), narrow=True)
    card.add(
        IconLine("ban", "stopped", strong(f"{found.title}. "), found.reason),
        RichText(found.way_out, kind="second"),
        Rule(),
        RichText("What to do", kind="label"),
        RichText(found.remedy),
        RichText(f"Code {found.clause}", kind="note"),
    )
    return card


def _not_yours(why: str) -> Card:
    return Card(IconLine("ban", "stopped", why), title="You cannot decide this", narrow=True)


def _later(who: str) -> Card:
    said = f"{who or 'Somebody else'} decides after your ruling. You do not decide it alone."
    return Card(IconLine("scale", "text2", said), title="Then", narrow=True)
