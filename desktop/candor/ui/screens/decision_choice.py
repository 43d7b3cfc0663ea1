"""The act at the right of a decision: options, conditions, reasons, what follows, the signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.app import matter_deciding
from candor.app.matter_caveats import Caveats
from candor.app.matter_deciding import Choice, MatterSheet
from candor.app.referring import WORDS
from candor.errors import CandorError
from candor.policy.terms import DecisionKind
from candor.records.decisions import ALLOWING
from candor.ui.fields import TextBox
from candor.ui.screens.base import SessionPage
from candor.ui.screens.conditions import Conditions
from candor.ui.screens.decision_acts import REASONS
from candor.ui.screens.later import Later
from candor.ui.screens.sign_box import Act, SignBox
from candor.ui.widgets import (
    Card,
    LabelledField,
    Note,
    Option,
    OptionList,
    Segments,
    column,
)

FOLLOWS = "What follows when you sign"
CHOOSE = "Choose a decision; what follows from it is then told here."
DEPARTURE = (("no", "No"), ("yes", "Yes"))


class ChoiceCard(Card):
    """``signed`` after the decision. Nothing is chosen at first."""

    signed = Signal()

    def __init__(self, page: SessionPage, sheet: MatterSheet, found: Caveats) -> None:
        super().__init__(title="Your decision", narrow=True)
        self._page, self._sheet = page, sheet
        self.options = OptionList(_options(sheet, found), name="Your decision")
        self.options.chosen.connect(lambda _key: self._changed())
        first = sheet.owners[0][1] if sheet.owners else ""
        self.conditions = Conditions(first, owners=sheet.owners)
        self.conditions.changed.connect(self._changed)
        self.reason = TextBox(2)
        self.reason.textChanged.connect(self._changed)
        self.departure_part = self._departure()
        self.follows = Note(FOLLOWS, CHOOSE)
        self.later = Later(self._question, self)
        self.later.told.connect(self._tell)
        self.later.refused.connect(self._cannot_tell)
        self.box = SignBox(
            page,
            self._act,
            onward="Continue to sign",
            sign="Sign this decision",
            meaning=sheet.meaning,
        )
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _event: self.signed.emit())
        self.body.setSpacing(12)
        self.add(
            self.options,
            self.conditions,
            LabelledField(REASONS, self.reason),
            self.departure_part,
            self.follows,
            self.box,
        )
        self._changed()

    def _departure(self) -> QWidget:
        self.departure = Segments(DEPARTURE, name="Material departure from the Code")
        self.departure.chosen.connect(lambda _key: self._changed())
        self.departure_reason = TextBox(1)
        self.departure_reason.textChanged.connect(self._changed)
        part = QWidget()
        part.setLayout(
            column(
                LabelledField("Is it a material departure from the Code?", self.departure),
                LabelledField("Reason for this finding", self.departure_reason),
                space=8,
            )
        )
        return part

    # --- what was chosen ----------------------------------------------------------------

    def choice(self) -> Choice | None:
        """The decision as it stands on the page, None where no option is chosen."""
        key = self.options.value()
        if not key:
            return None
        kind = DecisionKind(key)
        asked = self._asks_departure(kind)
        departs = {"yes": True, "no": False}.get(self.departure.value()) if asked else None
        with_conditions = kind is DecisionKind.APPROVAL_WITH_CONDITIONS
        return Choice(
            kind=kind,
            reason=self.reason.toPlainText().strip(),
            conditions=self.conditions.conditions() if with_conditions else (),
            material_departure=departs,
            departure_reason=self.departure_reason.toPlainText().strip() if asked else "",
        )

    def _asks_departure(self, kind: DecisionKind | None) -> bool:
        """The finding is part of what allows something to a director or an executive officer."""
        return self._sheet.needs_departure and self._sheet.departure is None and kind in ALLOWING

    def _changed(self) -> None:
        choice = self.choice()
        kind = choice.kind if choice else None
        self.conditions.setVisible(kind is DecisionKind.APPROVAL_WITH_CONDITIONS)
        self.departure_part.setVisible(self._asks_departure(kind))
        self.box.say_missing(())
        self.later.ask()

    def _question(self) -> Callable[[], tuple[str, ...]] | None:
        choice = self.choice()
        if choice is None:
            self.follows.say(FOLLOWS, CHOOSE)
            return None
        session, sheet = self._page.session, self._sheet
        return lambda: matter_deciding.consequences(session, sheet, choice)

    def _tell(self, lines: Any) -> None:
        self.follows.say(FOLLOWS, lines=[("check", "done", line) for line in lines])

    def _cannot_tell(self, refusal: CandorError) -> None:
        self.follows.say(FOLLOWS, refusal.sentence())

    # --- signing ------------------------------------------------------------------------

    def _act(self) -> Act:
        choice, session, sheet = self.choice(), self._page.session, self._sheet
        half = self.conditions.problems()
        if choice is None:
            return Act(lambda _name, _secret: None, lambda: ("Choose a decision.",))
        chosen = choice
        return Act(
            lambda name, secret: matter_deciding.decide(session, sheet.case, chosen, name, secret),
            lambda: (*matter_deciding.problems(session, sheet, chosen), *half),
            f"{WORDS[chosen.kind]}. {chosen.reason}",
        )

    def _freeze(self, *, frozen: bool) -> None:
        """What is about to be signed cannot be changed beside the signature."""
        for part in (self.options, self.conditions, self.reason, self.departure_part):
            part.setEnabled(not frozen)


def _options(sheet: MatterSheet, found: Caveats) -> list[Option]:
    """The kinds that are open; sending it on is an act of its own, beside the signature."""
    open_kinds = [offer for offer in sheet.offers if offer.kind is not DecisionKind.REFERRED]
    options = [Option(o.kind.value, o.label, o.consequence) for o in open_kinds]
    waiver = DecisionKind.WAIVER_GRANTED
    if found.no_waiver and waiver not in {offer.kind for offer in open_kinds}:
        options.append(Option(waiver.value, WORDS[waiver], off_because=found.no_waiver))
    return options
