"""Putting an item: what it proposes, how and when, who stands aside, the exact words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app import committee, matter_deciding
from candor.app.committee import ItemChoice, ItemDraft, Voting
from candor.app.session import Session
from candor.app.words import day
from candor.policy.terms import DecisionKind
from candor.ui import style
from candor.ui.fields import TextBox
from candor.ui.screens.base import SessionPage
from candor.ui.screens.conditions import Conditions
from candor.ui.screens.inputs import DayField
from candor.ui.screens.item_seats import Seats
from candor.ui.screens.later import Later
from candor.ui.screens.sign_box import Act, SignBox
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Card,
    Columns,
    IconLine,
    LabelledField,
    Note,
    Option,
    OptionList,
    PageHead,
    RichText,
    Segments,
    column,
    empty,
)

HOW = ((Voting.MEETING.value, "At a meeting"), (Voting.WRITTEN_CONSENT.value, "Written consent"))
PUT = (
    "Each member who votes receives a file of their own; whoever stands aside receives nothing.",
    "The words are fixed. If one must change, the item is put again and every vote falls away.",
)


class PutItemPage(SessionPage):
    """``put`` after the item is signed."""

    put = Signal()

    def __init__(self, shell: Shell, session: Session, case: str) -> None:
        super().__init__(shell, session)
        self.case = case
        self._template = ""
        self._typed = False
        self.head = PageHead("Reading…", "", Button("Back", on=shell.back))
        self.warnings = QWidget()
        self._warnings = column(space=8)
        self.warnings.setLayout(self._warnings)
        self.later = Later(self._question, self)
        self.later.told.connect(self._tell)
        self.later.refused.connect(self.refuse)
        self.add(self.head, self.refusal, self.warnings)
        self._whole: QWidget | None = None

    def load(self) -> tuple[ItemDraft, tuple[tuple[str, str], ...]]:
        """The item as it would be put now, and who can see to a condition."""
        draft = committee.draft_item(self.session, self.case)
        return draft, matter_deciding.sheet(self.session, self.case).owners

    def refresh(self) -> None:
        """What is half written stays; the page is read once."""
        if self._reading is None:
            self.reload()

    def show_data(self, data: Any) -> None:
        """Build the page."""
        draft, owners = data
        if self._whole is not None:
            return
        self.head.set_text(f"Put to a vote: {draft.title}", "")
        self._build(draft, owners)
        self._whole = Columns(self._left(), self._right(), shares=(16, 15))
        self.add(self._whole)
        if len(draft.kinds) == 1:
            self.kinds.set_value(draft.kinds[0][0].value)
        self._changed()

    def _build(self, draft: ItemDraft, owners: tuple[tuple[str, str], ...]) -> None:
        self.kinds = OptionList([Option(k.value, w) for k, w in draft.kinds], name="It proposes")
        self.kinds.chosen.connect(lambda _key: self._changed())
        self.how = Segments(HOW, name="How", value=Voting.MEETING.value)
        self.how.chosen.connect(lambda _key: self._changed())
        self.no_consent = IconLine("info", "text2", draft.no_consent, kind="small")
        self.on = DayField("Day of the meeting")
        self.on.changed.connect(self._changed)
        self.seats = Seats()
        self.seats.changed.connect(self._changed)
        first = owners[0][1] if owners else ""
        self.conditions = Conditions(first, owners=owners)
        self.conditions.changed.connect(self._changed)
        self.text = TextBox(6)
        self.text.setFont(style.serif("body"))
        self.text.textChanged.connect(self._wrote)
        self.text_field = LabelledField("The exact words that are voted on", self.text)
        self.again = Button("Take the usual words again", "quiet", on=self._retake)
        self.open_fields = QWidget()
        self._open = column(space=4)
        self.open_fields.setLayout(self._open)
        self.counted = RichText(kind="note")
        self.box = SignBox(self, self._act, onward="Continue to sign", sign="Sign and put it")
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _item: self.put.emit())

    def _left(self) -> QWidget:
        whole = QWidget()
        words = Card(self.text_field, self.again, self.open_fields, title="Resolution")
        members = Card(self.seats, self.counted, title="Members")
        whole.setLayout(column(words, members, space=16))
        return whole

    def _right(self) -> QWidget:
        card = Card(
            RichText("It proposes", kind="label"),
            self.kinds,
            self.conditions,
            LabelledField("How it is decided", self.how),
            self.no_consent,
            self.on,
            Note("What follows when you sign", lines=[("check", "done", text) for text in PUT]),
            self.box,
            title="The item",
            narrow=True,
        )
        card.body.setSpacing(12)
        return card

    # --- what was chosen ----------------------------------------------------------------

    def choice(self) -> ItemChoice | None:
        """The item as it stands on the page; None before a proposal is chosen."""
        key = self.kinds.value()
        if not key:
            return None
        kind, how = DecisionKind(key), Voting(self.how.value())
        with_conditions = kind is DecisionKind.APPROVAL_WITH_CONDITIONS
        return ItemChoice(
            kind=kind,
            how=how,
            meeting_on=self.on.day() if how is Voting.MEETING else None,
            out=self.seats.out(),
            acting_chair=self.seats.acting(),
            conditions=self.conditions.conditions() if with_conditions else (),
            text=self.text.toPlainText() if self._typed else "",
        )

    def _changed(self) -> None:
        kind = self.kinds.value()
        self.conditions.setVisible(kind == DecisionKind.APPROVAL_WITH_CONDITIONS.value)
        is_meeting = self.how.value() == Voting.MEETING.value
        self.on.setVisible(is_meeting)
        self.box.say_missing(())
        self.later.ask()

    def _wrote(self) -> None:
        self._typed = self.text.toPlainText() != self._template
        self._changed()

    def _retake(self) -> None:
        """Throw the changes of the words away and fill the template again."""
        self._typed = False
        self._changed()

    def _question(self) -> Callable[[], ItemDraft] | None:
        choice = self.choice() or ItemChoice()
        session, case = self.session, self.case
        return lambda: committee.draft_item(session, case, choice)

    def _tell(self, found: Any) -> None:
        draft: ItemDraft = found
        on = self.on.day()
        when = f", on {day(on)}" if on and self.on.isVisible() else ""
        self.head.set_text(f"Put to a vote: {draft.title}", f"{draft.body.title}{when}.")
        if not self._typed and self.kinds.value() and draft.text != self.text.toPlainText():
            self._template = draft.text
            self.text.setPlainText(draft.text)
        self.again.setVisible(self._typed)
        self.seats.show_seats(draft)
        self.counted.set_parts(" ".join(draft.counted))
        self.no_consent.text.set_parts(draft.no_consent)
        self.no_consent.setVisible(bool(draft.no_consent))
        self._show_open(draft)
        empty(self._warnings)
        if draft.escalated:
            self._warnings.addWidget(Banner(Meaning.NEEDS, draft.escalated))
        for text in draft.warnings:
            self._warnings.addWidget(Banner(Meaning.NEEDS, text))

    def _show_open(self, draft: ItemDraft) -> None:
        empty(self._open)
        if draft.open_fields and self.kinds.value():
            said = f"Still to write, where braces stand: {', '.join(draft.open_fields)}."
            self._open.addWidget(IconLine("circle-alert", "needs", said, kind="small"))

    # --- signing ------------------------------------------------------------------------

    def _freeze(self, *, frozen: bool) -> None:
        for part in (self.kinds, self.how, self.on, self.seats, self.conditions, self.text):
            part.setEnabled(not frozen)

    def _act(self) -> Act:
        choice = self.choice()
        session, case, half = self.session, self.case, self.conditions.problems()
        if choice is None:
            return Act(lambda _name, _secret: None, lambda: ("Choose what it proposes.",))
        chosen = choice
        return Act(
            lambda name, secret: committee.put_item(session, case, chosen, name, secret),
            lambda: (*committee.draft_item(session, case, chosen).problems, *half),
            "You lay exactly these words before the members who vote.",
        )
