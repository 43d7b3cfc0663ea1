"""The acts beside a resolution: the vote, standing aside, the signature under the result."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app import committee
from candor.app.committee import CHOICES, BallotSheet, Choice, ResultView, Signing
from candor.app.committee_outlook import Outlook
from candor.ui.fields import TextBox
from candor.ui.fields.typed import LineEdit
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import DayField
from candor.ui.screens.sign_box import Act, SignBox
from candor.ui.widgets import (
    Card,
    CheckBox,
    IconLine,
    Label,
    LabelledField,
    Note,
    Option,
    OptionList,
    RichText,
    Rule,
    column,
    row,
)

FIXES = (
    "Signing fixes your vote on these words. If one changes, every vote on it falls away. You "
    "then hand over the ballot file."
)


class VoteCard(Card):
    """For, against or abstain, each with its effect. ``signed`` after the ballot."""

    signed = Signal()

    def __init__(self, page: SessionPage, sheet: BallotSheet, meaning: str) -> None:
        super().__init__(title="Vote" if sheet.mine is None else "Vote again", narrow=True)
        self._page, self._sheet = page, sheet
        self.options = OptionList(
            [Option(e.choice.value, e.words, e.text) for e in sheet.effects], name="Your vote"
        )
        self.options.chosen.connect(lambda _key: self._chosen())
        self.remark = TextBox(1)
        self.box = SignBox(page, self._act, onward="Sign my vote", sign="Sign", meaning=meaning)
        self.box.onward.setEnabled(False)
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _event: self.signed.emit())
        self.body.setSpacing(12)
        if sheet.mine is not None:
            said = (
                f"Your vote is signed: {CHOICES[Choice(sheet.mine.vote)]}. A new one replaces it."
            )
            self.add(IconLine("circle-check", "done", said))
        self.add(
            self.options,
            LabelledField("Remark for the minutes (optional)", self.remark),
            Note(text=FIXES),
            self.box,
        )

    def _chosen(self) -> None:
        word = CHOICES[Choice(self.options.value())]
        self.box.set_word(f"Sign my vote: {word}")
        self.box.onward.setEnabled(True)

    def _freeze(self, *, frozen: bool) -> None:
        self.options.setEnabled(not frozen)
        self.remark.setEnabled(not frozen)

    def _act(self) -> Act:
        choice, remark = Choice(self.options.value()), self.remark.toPlainText()
        session, item = self._page.session, self._sheet.item
        return Act(
            lambda name, secret: committee.vote(session, item, choice, remark, name, secret),
            sum=f"You vote: {CHOICES[choice]}.",
        )


class RecuseCard(Card):
    """Standing aside, apart from the vote. ``signed`` after it."""

    signed = Signal()

    def __init__(self, page: SessionPage, item: str, follows: str, meaning: str) -> None:
        super().__init__(title="Do you have an interest?", narrow=True)
        self._page, self._item = page, item
        self.reason = LineEdit()
        self.reason_field = LabelledField("The reason, in one line, for the minutes", self.reason)
        self.box = SignBox(
            page,
            self._act,
            onward="Recuse me",
            sign="Sign: I take no part",
            meaning=meaning,
            primary=False,
            icon="user-x",
        )
        self.box.opened.connect(lambda on: self.reason.setEnabled(not on))
        self.box.signed.connect(lambda _event: self.signed.emit())
        self.body.setSpacing(12)
        said = f"To recuse is not to abstain. {follows}"
        self.add(RichText(said), self.reason_field, self.box)

    def _act(self) -> Act:
        session, item, reason = self._page.session, self._item, self.reason.text().strip()
        missing = () if reason else ("Give the reason: the minutes name it.",)
        return Act(
            lambda name, secret: committee.recuse(session, item, reason, name, secret),
            lambda: missing,
            f"You take no part. {reason}",
        )


class ResultCard(Card):
    """The count, both ways, and for whoever signs it the signature. ``signed`` after it;
    ``changed`` when what the chair adds changes."""

    signed = Signal()
    changed = Signal()

    def __init__(self, page: SessionPage, sheet: BallotSheet, view: ResultView) -> None:
        super().__init__(title="The result", narrow=True)
        self._page, self._sheet = page, sheet
        self._absent: dict[str, CheckBox] = {}
        self.body.setSpacing(12)
        self.outcome = Label(view.outcome_text, "strong")
        self.counts = RichText(view.votes)
        self.add(self.outcome, self.counts)
        for text in view.quorum:
            self.add(IconLine("users", "text2", text, kind="small"))
        for text in view.minutes:
            self.add(IconLine("book-open", "text2", text, kind="small"))
        self.blocked = IconLine("hourglass", "waiting", view.blocked)
        self.blocked.setVisible(bool(view.blocked) and view.resolution is None)
        self.add(self.blocked)
        if view.resolution is not None:
            who = page.session.name_of(view.resolution.person)
            self.add(IconLine("circle-check", "done", f"Signed by {who}."))
            return
        self.chair = self._for_the_chair(view)
        self.chair.setVisible(view.signer == page.session.name_of(page.session.person_id))
        self.add(self.chair)

    def _for_the_chair(self, view: ResultView) -> QWidget:
        is_meeting = self._sheet.meeting_on is not None
        self.held = DayField("Held on", self._sheet.meeting_on)
        self.held.setVisible(is_meeting)
        self.effective = DayField("Takes effect on a later day (optional)")
        self.effective.setVisible(not is_meeting)
        for field in (self.held, self.effective):
            field.changed.connect(self.changed)
        self.follows = Note("What follows when you sign")
        title = "Sign the resolution"
        self.box = SignBox(self._page, self._act, onward=title, sign=title)
        self.box.onward.setEnabled(not view.blocked)
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _event: self.signed.emit())
        whole = QWidget()
        parts = column(Rule(), self.held, self.effective, space=12)
        if is_meeting:
            parts.addWidget(self._who_was_there(view))
        for part in (self.follows, self.box):
            parts.addWidget(part)
        whole.setLayout(parts)
        return whole

    def _who_was_there(self, view: ResultView) -> QWidget:
        lines = column(Label("Who was not at the meeting", "label"), space=4)
        for member in view.members:
            if member.state == "waiting":
                box = CheckBox()
                box.setAccessibleName(f"{member.name} was not at the meeting")
                box.toggled.connect(lambda _on: self.changed.emit())
                self._absent[member.person] = box
                lines.addLayout(row(box, Label(member.name), 1, space=8))
        part = QWidget()
        part.setLayout(lines)
        part.setVisible(bool(self._absent))
        return part

    def signing(self) -> Signing:
        """What the chair adds, as it stands on the page."""
        is_meeting = self._sheet.meeting_on is not None
        return Signing(
            absent=tuple(p for p, box in self._absent.items() if box.isChecked()),
            held_on=self.held.day() if is_meeting else None,
            effective_on=None if is_meeting else self.effective.day(),
        )

    def show_outlook(self, found: Any) -> None:
        """Show the result and what follows from it, as the rules see what the chair added."""
        view: ResultView
        outlook: Outlook
        view, outlook = found
        self.outcome.setText(view.outcome_text)
        self.counts.set_parts(view.votes)
        self.blocked.text.set_parts(view.blocked)
        self.blocked.setVisible(bool(view.blocked))
        self.box.onward.setEnabled(not view.blocked)
        lines = [("check", "done", line) for line in outlook.lines]
        if outlook.clock is not None:
            icon = ("circle-alert", "needs") if outlook.clock.runs else ("info", "text2")
            lines.insert(0, (*icon, f"{outlook.clock.sentence}."))
        self.follows.say("What follows when you sign", lines=lines)

    def _freeze(self, *, frozen: bool) -> None:
        for part in (self.held, self.effective, *self._absent.values()):
            part.setEnabled(not frozen)

    def _act(self) -> Act:
        session, item, signing = self._page.session, self._sheet.item, self.signing()

        def missing() -> tuple[str, ...]:
            blocked = committee.result(session, item, signing).blocked
            return (blocked,) if blocked else ()

        return Act(
            lambda name, secret: committee.sign_resolution(session, item, name, secret, signing),
            missing,
            f"{self.outcome.text()}: {self.counts.plain()}.",
        )
