"""What one version of a matter says otherwise than another, in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import matter_versions
from candor.app.matter_versions import Comparison, Edition
from candor.app.session import Session
from candor.ui.screens.base import SessionPage
from candor.ui.shell import Shell
from candor.ui.widgets import (
    Button,
    Card,
    Chooser,
    EmptyState,
    Flow,
    IconLine,
    LabelledField,
    PageHead,
    RichText,
    column,
    empty,
    strong,
)

SAME = "These two versions say the same."


class ComparePage(SessionPage):
    """Two choosers, and the sentences below them."""

    def __init__(self, shell: Shell, session: Session, case: str) -> None:
        super().__init__(shell, session)
        self.case = case
        self.head = PageHead(
            "Compare versions",
            "Every version stays as it was signed. What differs stands here in words.",
            Button("Back", on=shell.back),
        )
        self.before, self.after = Chooser(), Chooser()
        for chooser in (self.before, self.after):
            chooser.setMinimumContentsLength(32)
            chooser.activated.connect(lambda _at: self.compare())
        choosers = QWidget()
        Flow(
            LabelledField("Earlier", self.before),
            LabelledField("Later", self.after),
            space=16,
            parent=choosers,
        )
        self._holder = QWidget()
        self._box = column(space=16)
        self._holder.setLayout(self._box)
        self.add(self.head, self.refusal, choosers, self._holder)

    def load(self) -> tuple[Edition, ...]:
        """The versions that are here."""
        return matter_versions.editions(self.session, self.case)

    def show_data(self, data: Any) -> None:
        """Offer them, the last two chosen."""
        found: tuple[Edition, ...] = data
        words = [(str(one.number), f"Version {one.number}, signed {one.signed}") for one in found]
        self.before.set_choices(words)
        self.after.set_choices(words)
        if len(found) > 1:
            self.before.set_value(str(found[-2].number))
            self.after.set_value(str(found[-1].number))
            self.compare()

    def compare(self) -> None:
        """Compare the two that are chosen."""
        before, after = sorted((int(self.before.value()), int(self.after.value())))
        if before == after:
            empty(self._box)
            self._box.addWidget(EmptyState("Choose two different versions."))
            return
        self.do(
            lambda _work: matter_versions.comparison(self.session, self.case, before, after),
            self._show,
        )

    def _show(self, found: Comparison) -> None:
        empty(self._box)
        card = Card(title=found.summary.rstrip(".") if found.lines else SAME)
        if found.after.reason:
            card.add(RichText(strong("The reason given: "), found.after.reason))
        for question, sentence in found.lines:
            card.add(IconLine("history", "text2", strong(f"{question}  "), sentence))
        self._box.addWidget(card)
