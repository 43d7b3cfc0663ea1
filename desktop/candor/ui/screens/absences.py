"""Absence as a signed, dated, scoped act: who is away, who acts, for which days and matters."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import absence_choices, absences
from candor.app.absence_choices import Choices
from candor.app.absences import AbsenceRow
from candor.app.session import Session
from candor.app.words import day
from candor.errors import Problems
from candor.policy.facts import Matter
from candor.ui.fields import TextBox
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import DayField
from candor.ui.screens.sign_box import Act, SignBox
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Button,
    Card,
    CheckBox,
    Chooser,
    Columns,
    EmptyState,
    Flow,
    LabelledField,
    LinkRow,
    Note,
    PageHead,
    Segments,
    column,
    empty,
)

SENTENCE = "Only a signed absence lets a deputy decide. Silence never counts as one."
NOTHING = "No absence was declared. While one runs, its days and its deputy stand here."
SCOPES = (("all", "Every matter"), ("some", "Only some"))
FOLLOWS = (
    "From the first day to the last the deputy decides; before and after their signature is void.",
    "Matters that wait are listed again under Route, so that you can send them to the deputy.",
    "The declaration is part of the directory, for everybody to check.",
)


class AbsencesPage(SessionPage):
    """What was declared at the left, a new declaration at the right."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._boxes: dict[str, CheckBox] = {}
        self.office = Chooser(placeholder="Choose the office")
        self.deputy = Chooser(placeholder="Choose the deputy")
        self.start, self.end = DayField("First day away"), DayField("Last day away")
        self.scope = Segments(SCOPES, name="For which matters", value="all")
        self.scope.chosen.connect(lambda _key: self._scoped())
        self.matters = QWidget()
        self._matters = Flow(space=12, parent=self.matters)
        self.matters.hide()
        self.reason = TextBox(1)
        self.box = SignBox(
            self,
            self._act,
            onward="Continue to sign",
            sign="Sign the absence",
            meaning=session.pack.text("absence_declaration"),
        )
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _event: self._declared())
        self._rows = QWidget()
        self._list = column(space=8)
        self._rows.setLayout(self._list)
        back = Button("Back", on=shell.back)
        self.add(PageHead("Absences", SENTENCE, back), self.refusal)
        self.add(Columns(self._rows, self._form(), shares=(1, 1)))

    def _form(self) -> Card:
        days = QWidget()
        Flow(self.start, self.end, space=16, parent=days)
        card = Card(
            LabelledField("Who is away", self.office),
            LabelledField("Who acts instead", self.deputy),
            days,
            LabelledField("For which matters", self.scope),
            self.matters,
            LabelledField("Why, and how it is known", self.reason),
            Note("What follows when you sign", lines=[("check", "done", line) for line in FOLLOWS]),
            self.box,
            title="Declare an absence",
            narrow=True,
        )
        card.body.setSpacing(12)
        return card

    def load(self) -> tuple[tuple[AbsenceRow, ...], Choices]:
        """What was declared, and what can be."""
        return absences.absences(self.session), absence_choices.choices(self.session)

    def show_data(self, data: Any) -> None:
        """Show both."""
        rows, choices = data
        empty(self._list)
        self._list.addWidget(_listed(rows) if rows else EmptyState(NOTHING, icon="user-x"))
        self.office.set_choices(choices.offices)
        self.deputy.set_choices(choices.offices)
        if not self._boxes:
            for key, word in choices.matters:
                self._boxes[key] = CheckBox(word)
                self._matters.addWidget(self._boxes[key])

    def box_of(self, matter: str) -> CheckBox:
        """The box of a kind of matter."""
        return self._boxes[matter]

    def _scoped(self) -> None:
        self.matters.setVisible(self.scope.value() == "some")

    def _declared(self) -> None:
        for chooser in (self.office, self.deputy):
            chooser.set_value("")
        self.reason.clear()
        self.reload()

    def _freeze(self, *, frozen: bool) -> None:
        for part in (self.office, self.deputy, self.start, self.end, self.scope, self.matters):
            part.setEnabled(not frozen)
        self.reason.setEnabled(not frozen)

    def _act(self) -> Act:
        session, office, deputy = self.session, self.office.value(), self.deputy.value()
        start, end, reason = self.start.day(), self.end.day(), self.reason.toPlainText().strip()
        chosen = tuple(Matter(key) for key, box in self._boxes.items() if box.isChecked())
        some = self.scope.value() == "some"
        if start is None or end is None:
            return Act(lambda _n, _s: None, lambda: ("Give the first and the last day.",))
        first, last, scope = start, end, chosen if some else ()

        def missing() -> tuple[str, ...]:
            lacks = ("Tick the matters that it covers.",) if some and not scope else ()
            return (*absences.problems(session, office, deputy, first, last, reason), *lacks)

        def sign(name: str, secret: str) -> None:
            if found := missing():
                raise Problems(" ".join(found), found, hint="Nothing was signed.")
            absence_choices.declare(
                session, (office, deputy, first, last, reason, scope), name, secret
            )

        names = f"{self.office.currentText()} is away from {day(first)} to {day(last)}"
        return Act(sign, missing, f"{names}; {self.deputy.currentText()} acts.")


def _listed(rows: tuple[AbsenceRow, ...]) -> Card:
    card = Card(rows=True)
    for found in rows:
        who = f"{found.holder or found.office}, {found.office}"
        kinds = ", ".join(m.replace("_", " ") for m in found.matters) or "every matter"
        said = (
            f"{day(found.start)} to {day(found.end)}, for {kinds}. "
            f"{found.deputy_holder}, {found.deputy}, acts. {found.reason}"
        )
        badge = (
            Badge("Away now", Meaning.NEEDS)
            if found.now
            else Badge("Not today", Meaning.NEUTRAL, icon="calendar-days")
        )
        card.add(LinkRow(who, said, badge, icon="user-x"))
    return card
