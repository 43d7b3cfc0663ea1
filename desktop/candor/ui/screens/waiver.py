"""A granted waiver: its clock, the worksheet for counsel, and the disclosure put on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from candor.app import clock_words, disclosing, waiver_clock
from candor.app.clock_words import ClockWords
from candor.app.disclosing import ROUTES, Worksheet
from candor.app.session import Session
from candor.app.waiver_clock import ClockView
from candor.app.words import day
from candor.errors import CandorError
from candor.ui.fields.typed import LineEdit
from candor.ui.screens.ballot_parts import Resolution
from candor.ui.screens.base import SessionPage
from candor.ui.screens.clock_card import ClockCard
from candor.ui.screens.inputs import DayField
from candor.ui.screens.sign_box import Act, SignBox
from candor.ui.screens.waiver_rows import clock_badge
from candor.ui.shell import Shell
from candor.ui.widgets import (
    Button,
    Card,
    Columns,
    Facts,
    IconLine,
    LabelledField,
    Note,
    Option,
    OptionList,
    PageHead,
    RichText,
    Rule,
    column,
)

STANDS = "The clock stands still then, and a day that the SEC closes later moves nothing."


@dataclass(frozen=True)
class WaiverRead:
    """What the page shows; ``sheet`` is None where nothing is disclosed."""

    view: ClockView
    words: ClockWords
    sheet: Worksheet | None
    keeps: bool


class WaiverPage(SessionPage):
    """The sentence and the strip above; worksheet at the left, the record at the right."""

    def __init__(self, shell: Shell, session: Session, case: str) -> None:
        super().__init__(shell, session)
        self.case = case
        self.record: RecordCard | None = None
        self.head = PageHead("Reading…")
        self.clock = ClockCard()
        self.clock.hide()
        self.add(self.head, self.refusal, self.clock)
        self._shown: list[QWidget] = []

    def load(self) -> WaiverRead:
        """The clock, its words and the worksheet."""
        view = waiver_clock.clock_of(self.session, self.case)
        sheet = None
        if view.due is not None:
            sheet = disclosing.worksheet(self.session, self.case)
        keeps = bool(set(disclosing.KEEPERS) & set(self.session.offices))
        return WaiverRead(view, clock_words.told(view), sheet, keeps)

    def show_data(self, data: Any) -> None:
        """Show the waiver."""
        read: WaiverRead = data
        view = read.view
        granted = f" Granted on {day(view.event.on)}." if view.event and view.event.on else ""
        self.head.set_text(f"Waiver for {view.person}", f"{view.title}.{granted}")
        self.head.set_actions(clock_badge(view), Button("Back", on=self.shell.back))
        self.clock.show_clock(read.words)
        self.clock.show()
        for old in self._shown:
            old.hide()
            old.deleteLater()
        right = QWidget()
        right.setLayout(column(*self._right(read), space=16))
        left = _worksheet(read.sheet) if read.sheet else _none(view)
        self._shown = [*_moved(view), Columns(left, right, shares=(5, 4))]
        self.add(*self._shown)

    def _right(self, read: WaiverRead) -> list[QWidget]:
        view = read.view
        if view.disclosure is not None:
            return [_disclosed(self.session, view)]
        if read.sheet is None:
            return []
        if not read.keeps:
            said = "The Secretary or the Chief Legal Officer records the filing."
            return [Card(IconLine("hourglass", "waiting", said), title="Not disclosed yet")]
        self.record = RecordCard(self, self.case, read.sheet)
        self.record.signed.connect(self.reload)
        return [self.record]


def _moved(view: ClockView) -> list[QWidget]:
    """Earlier due dates stay in view beside what moved them."""
    if not view.replaced:
        return []
    card = Card(narrow=True)
    for said in clock_words.moved(view):
        card.add(IconLine("history", "text2", said))
    return [card]


def _none(view: ClockView) -> Card:
    return Card(RichText(view.why), title="Nothing is disclosed")


def _worksheet(sheet: Worksheet) -> Card:
    pairs = (
        ("Item", sheet.item),
        ("Nature", sheet.nature),
        ("Name", f"{sheet.name}, {sheet.title}"),
        ("Granted", f"{sheet.granted_on}, {sheet.body}".rstrip(", ")),
        ("Due", sheet.due),
    )
    facts = Facts(pairs, label_width=96)
    copy = Button("Copy the worksheet", icon="copy", on=lambda: _copy(sheet, pairs))
    card = Card(facts, Rule(), Resolution(sheet.text), title="Worksheet for counsel")
    card.add(Rule(), *(IconLine("info", "text2", note, kind="small") for note in sheet.notes), copy)
    return card


def _copy(sheet: Worksheet, pairs: tuple[tuple[str, str], ...]) -> None:
    lines = [f"{label}: {value}" for label, value in pairs]
    QGuiApplication.clipboard().setText("\n".join((*lines, "", sheet.text, "", *sheet.notes)))


def _disclosed(session: Session, view: ClockView) -> Card:
    filed = view.disclosure
    card = Card(title="Disclosed", narrow=True)
    if filed is None:
        return card
    facts = Facts(label_width=136)
    facts.add("Where", ROUTES.get(filed.route, filed.route))
    facts.add("On", day(view.filed_on) if view.filed_on else "")
    facts.add("Recorded by", session.name_of(filed.person))
    if filed.route == "website" and view.website is not None:
        facts.add("Stays up until", day(view.website.keep_until))
        facts.add("Kept until", day(view.website.retain_until))
    card.add(facts, IconLine("circle-check", "done", f"{view.due_text}."))
    return card


class RecordCard(Card):
    """The filing put on record. ``signed`` after it."""

    signed = Signal()

    def __init__(self, page: SessionPage, case: str, sheet: Worksheet) -> None:
        super().__init__(title="Record the filing", narrow=True)
        self._page, self._case = page, case
        self.routes = OptionList([Option(key, word) for key, word in sheet.routes], name="Where")
        self.on = DayField("Filed on")
        self.note = LineEdit()
        self.box = SignBox(
            page, self._act, onward="Continue to sign", sign="Sign and record the filing"
        )
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _event: self.signed.emit())
        self.body.setSpacing(12)
        self.add(
            self.routes,
            self.on,
            LabelledField("Where it can be found (optional)", self.note),
            Note("What follows when you sign", lines=(("check", "done", STANDS),)),
            self.box,
        )

    def _freeze(self, *, frozen: bool) -> None:
        for part in (self.routes, self.on, self.note):
            part.setEnabled(not frozen)

    def _act(self) -> Act:
        route, on, note = self.routes.value(), self.on.day(), self.note.text().strip()
        session, case = self._page.session, self._case
        missing = (
            *(() if route else ("Choose where it was disclosed.",)),
            *(() if on else (self.on.problem() or "Give the day on which it was filed.",)),
        )

        def sign(name: str, secret: str) -> str:
            if on is None:
                raise CandorError("Give the day on which it was filed.", hint="Nothing was signed.")
            return disclosing.record_filing(session, case, route, on, note, name, secret)

        said = f"{ROUTES.get(route, '')}, {day(on)}." if on else ""
        return Act(sign, lambda: missing, said)
