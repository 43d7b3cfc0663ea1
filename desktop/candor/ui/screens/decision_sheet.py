"""The sheet of one exception: what one needs at the left, the act at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app import deciding
from candor.app.deciding import Condition, Decision, DecisionSheet
from candor.app.session import Session
from candor.app.words import day
from candor.errors import CandorError
from candor.policy.terms import DecisionKind
from candor.ui.fields import TextBox
from candor.ui.screens.base import SessionPage
from candor.ui.screens.conditions import Conditions
from candor.ui.screens.decision_parts import ABSENCE_SIGNED
from candor.ui.screens.exceptions import row_parts, severity_badge_of
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Banner,
    Button,
    Card,
    Columns,
    Facts,
    Flow,
    IconLine,
    Label,
    LabelledField,
    Note,
    Option,
    OptionList,
    PageHead,
    RichText,
    Rule,
    Segments,
    Signer,
    column,
    empty,
    row,
    strong,
)

FOLLOWS = "What follows when you sign"
CHOOSE = "Choose a decision; what follows from it is then told here."
DEPARTURE = (("no", "No"), ("yes", "Yes"))


class DecisionPage(SessionPage):
    """``decided`` after the determination was signed."""

    decided = Signal()

    def __init__(self, shell: Shell, session: Session, sheet: DecisionSheet) -> None:
        super().__init__(shell, session)
        self.sheet = sheet
        back = Button("Back to the queue", on=shell.back)
        word, meaning = severity_badge_of(sheet.fact.severity)
        badge = Badge(word, meaning)
        self.add(PageHead(sheet.title.rstrip("."), sheet.line, badge, back), self.refusal)
        if sheet.instead_of and not sheet.determination:
            self.add(Banner(Meaning.NEEDS, sheet.instead_of, ABSENCE_SIGNED, icon="user-x"))
        self.add(Columns(self._left(), self._right(), shares=(16, 15)))

    # --- left ---------------------------------------------------------------------------

    def _left(self) -> QWidget:
        sheet = self.sheet
        facts = Card(Facts(sheet.facts), title="What was answered", narrow=True)
        facts.add(*row_parts(sheet.rows))
        rule = Card(
            title="The rule",
            aside=Label(sheet.rule_source, "note", elide=True),
            narrow=True,
        )
        rule.add(RichText(sheet.rule_text or "The form names no reason beyond its source."))
        rule.add(IconLine("circle-alert", "needs", sheet.fact.flag_text))
        whole = QWidget()
        whole.setLayout(column(facts, rule, self._like(), space=16))
        return whole

    def _like(self) -> QWidget:
        card = Card(title="Like cases", narrow=True)
        if not self.sheet.like_cases:
            card.add(RichText("None was decided yet on this question.", kind="second"))
        for at, (name, decided) in enumerate(self.sheet.like_cases):
            if at:
                card.add(Rule())
            line = QWidget()
            inside = row(space=12)
            inside.addWidget(Label(name, elide=True), 1)
            inside.addWidget(Label(decided))
            line.setLayout(inside)
            card.add(line)
        return card

    # --- right --------------------------------------------------------------------------

    def _right(self) -> QWidget:
        sheet = self.sheet
        if sheet.determination is not None:
            return self._decided()
        if sheet.blocked:
            card = Card(title="You cannot decide this", narrow=True)
            card.add(IconLine("ban", "stopped", sheet.blocked))
            return card
        self._box = column(space=0)
        self.choosing = self._choosing()
        self.signing = self._signing()
        self.signing.hide()
        self._box.addWidget(self.choosing)
        self._box.addWidget(self.signing)
        whole = QWidget()
        whole.setLayout(self._box)
        self._changed()
        return whole

    def _decided(self) -> QWidget:
        found = self.sheet.determination
        card = Card(title="Decided", narrow=True)
        if found is None:
            return card
        card.add(RichText(found.words, kind="strong"), RichText(found.reason))
        facts = Facts(label_width=120)
        facts.add("By", f"{found.by}, {found.office}")
        facts.add("On", day(found.on.date()))
        for condition in found.conditions:
            due = f" by {day(condition.due)}" if condition.due else ""
            facts.add("Condition", f"{condition.owner}: {condition.text}{due}")
        card.add(facts)
        if found.void:
            card.add(IconLine("octagon-x", "stopped", f"Void: {found.void}"))
        return card

    def _choosing(self) -> Card:
        sheet = self.sheet
        self.options = OptionList(
            [Option(c.kind.value, c.label, c.consequence) for c in sheet.choices],
            name="Your decision",
        )
        self.options.chosen.connect(lambda _key: self._changed())
        self.conditions = Conditions(sheet.facts[0][1].partition(",")[0])
        self.conditions.changed.connect(self._changed)
        self.reason = TextBox(2)
        self.reason.textChanged.connect(self._changed)
        self.reason_field = LabelledField(
            "Reasons (printed in the Audit Committee’s packet)", self.reason
        )
        self.departure = Segments(DEPARTURE, name="Material departure from the Code")
        self.departure.chosen.connect(lambda _key: self._changed())
        self.departure_reason = TextBox(1)
        self.departure_reason.textChanged.connect(self._changed)
        self.departure_part = self._departure_part()
        self.departure_part.setVisible(sheet.needs_departure_ruling)
        self.follows = Note(FOLLOWS, CHOOSE)
        self.missing = QWidget()
        self._missing_box = column(space=4)
        self.missing.setLayout(self._missing_box)
        self.missing.hide()
        self.onward = Button("Continue to sign", "primary", icon="pen-line", on=self.go_on)
        card = Card(
            self.options,
            self.conditions,
            self.reason_field,
            self.departure_part,
            self.follows,
            self.missing,
            self.onward,
            title="Your decision",
            narrow=True,
        )
        card.body.setSpacing(12)
        return card

    def _departure_part(self) -> QWidget:
        part = QWidget()
        part.setLayout(
            column(
                LabelledField("Is it a material departure from the Code?", self.departure),
                LabelledField("Reason for this ruling", self.departure_reason),
                space=8,
            )
        )
        return part

    def _signing(self) -> Card:
        self.sum = RichText()
        self.will_follow = Note(FOLLOWS)
        self.signer = Signer("", self.session.title)
        self.sign = Button(
            "Sign this decision", "primary", icon="pen-line", signing=True, on=self.press
        )
        self.sign.setEnabled(False)
        self.signer.ready.connect(self.sign.setEnabled)
        self.change = Button("Change it", "quiet", on=self.go_back)
        self.problem = Banner(Meaning.STOPPED, "")
        self.problem.hide()
        acts = QWidget()
        Flow(self.sign, self.change, space=12, parent=acts)
        card = Card(
            self.sum,
            RichText(f"“{self.sheet.meaning}”"),
            self.will_follow,
            self.signer,
            self.problem,
            acts,
            RichText("To sign, type your full name and your passphrase.", kind="note"),
            title="Sign your decision",
            narrow=True,
        )
        card.body.setSpacing(12)
        return card

    # --- what was chosen ----------------------------------------------------------------

    def decision(self) -> Decision | None:
        """The decision as it stands on the page, None where no option is chosen."""
        key = self.options.value()
        if not key:
            return None
        ruled = {"yes": True, "no": False}.get(self.departure.value())
        return Decision(
            case=self.sheet.case,
            question=self.sheet.question,
            kind=DecisionKind(key),
            reason=self.reason.toPlainText().strip(),
            conditions=self._conditions(key),
            material_departure=ruled,
            departure_reason=self.departure_reason.toPlainText().strip(),
        )

    def _conditions(self, key: str) -> tuple[Condition, ...]:
        return self.conditions.conditions() if key == DecisionKind.APPROVAL_WITH_CONDITIONS else ()

    def _changed(self) -> None:
        decision = self.decision()
        with_conditions = self.options.value() == DecisionKind.APPROVAL_WITH_CONDITIONS
        self.conditions.setVisible(with_conditions)
        self.missing.hide()
        if decision is None:
            self.follows.say(FOLLOWS, CHOOSE)
            return
        self.follows.say(FOLLOWS, lines=self._lines(decision))

    def _lines(self, decision: Decision) -> tuple[tuple[str, str, str], ...]:
        return tuple(("check", "done", line) for line in deciding.follows(self.sheet, decision))

    def go_on(self) -> None:
        """To the signature, unless something is missing; then say all of it."""
        decision = self.decision()
        found: tuple[str, ...] = ("Choose a decision.",)
        if decision is not None:
            found = (*deciding.problems(self.sheet, decision), *self.conditions.problems())
        empty(self._missing_box)
        for text in found:
            self._missing_box.addWidget(IconLine("circle-alert", "needs", text, kind="small"))
        self.missing.setVisible(bool(found))
        if found or decision is None:
            return
        self.sum.set_parts(strong(deciding.WORDS[decision.kind]), f". {decision.reason}")
        self.will_follow.say(FOLLOWS, lines=self._lines(decision))
        self.choosing.hide()
        self.signing.show()
        self.signer.name_field().setFocus()

    def go_back(self) -> None:
        """Back to the choice; nothing was signed."""
        self.signer.forget()
        self.signing.hide()
        self.choosing.show()

    # --- signing ------------------------------------------------------------------------

    def press(self) -> None:
        """Sign, in the background."""
        decision = self.decision()
        if decision is None:
            return
        name, secret = self.signer.full_name(), self.signer.secret()
        self.problem.hide()
        self.sign.setEnabled(False)
        self.change.setEnabled(False)
        # typing would make the button ready again while the first signature is being made
        self.signer.setEnabled(False)
        self.sign.setText("Signing…")
        self.do(
            lambda _work: deciding.decide(self.session, decision, name, secret),
            self._done,
            refused=self._refused,
        )

    def _done(self, _result: Any) -> None:
        self.signer.forget()
        self.decided.emit()

    def _refused(self, refusal: CandorError) -> None:
        self.sign.setText("Sign this decision")
        self.change.setEnabled(True)
        self.signer.setEnabled(True)
        self.sign.setEnabled(True)
        self.problem.say(Meaning.STOPPED, refusal.message, refusal.hint)
        self.problem.show()
        self.signer.passphrase_field().setFocus()
        self.signer.passphrase_field().selectAll()
