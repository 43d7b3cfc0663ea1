"""A new campaign: the form, its dates, the people, and what the company already knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from candor.app import campaign_setup, campaigns
from candor.app.campaign_setup import Candidate, FactsRead
from candor.app.campaigns import NewCampaign
from candor.app.files import read_whole
from candor.app.session import Session
from candor.app.words import plural
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import DayField
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Button,
    Card,
    Chooser,
    Columns,
    ColumnSpec,
    DropArea,
    Label,
    LabelledField,
    PageHead,
    RichText,
    RowsModel,
    RowsView,
    column,
    row,
)

FACTS_LIMIT = 16 * 1024 * 1024
FACTS_HINT = (
    "A JSON file: for each e-mail address, question numbers and what the Company has on file. "
    "Each person then confirms, changes or disputes it."
)


def _joined(person: Candidate) -> tuple[str, Meaning]:
    return ("Joined", Meaning.DONE) if person.joined else ("Not joined yet", Meaning.WAITING)


class NewCampaignPage(SessionPage):
    """Fields with suggestions, one primary button. ``opened`` tells the new campaign's id."""

    opened = Signal(str)

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._facts: FactsRead | None = None
        self.open_button = Button(
            "Open the campaign", "primary", icon="list-checks", on=self.open_campaign
        )
        cancel = Button("Not now", on=shell.back)
        self.head = PageHead(
            "New campaign",
            "Opening it issues the form to each person; the files to send are then in the outbox.",
            cancel,
            self.open_button,
        )
        self.add(self.head, self.refusal)
        self.add(Columns(self._dates(), self._people(), shares=(1, 1)))
        self.reload()

    def _dates(self) -> QWidget:
        self.title = QLineEdit()
        self.form = Chooser()
        self.committee = Chooser()
        self.opens = DayField("Opens")
        self.due = DayField("Replies are due")
        self.year_end = DayField(
            "Fiscal year end", hint="Periods such as “the last three years” are counted from it."
        )
        self.meeting = DayField("The committee meets")
        self.determination = DayField(
            "Board determinations", hint="Independence is judged as of this day."
        )
        self.title_field = LabelledField("Title", self.title)
        card = Card(
            self.title_field,
            LabelledField("Form", self.form),
            self._pair(self.opens, self.due),
            self.year_end,
            LabelledField("Packet for", self.committee),
            self._pair(self.meeting, self.determination),
            title="What and when",
        )
        card.body.setSpacing(12)
        self.drop = DropArea(
            "What the Company already knows (optional)",
            second=FACTS_HINT,
            button="Choose a file",
            several=False,
            filter="Company facts (*.json)",
        )
        self.drop.dropped.connect(lambda paths: self.take_facts(paths[0]))
        whole = QWidget()
        whole.setLayout(column(card, self.drop, 1, space=16))
        return whole

    @staticmethod
    def _pair(left: QWidget, right: QWidget) -> QWidget:
        both = QWidget()
        line = row(space=16)
        line.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
        both.setLayout(line)
        return both

    def _people(self) -> QWidget:
        self.model = RowsModel(
            [
                ColumnSpec(
                    "Person",
                    lambda p: p.name,
                    second=lambda p: p.title,
                    weight=500,
                    stretch=True,
                    sort=lambda p: p.name.casefold(),
                ),
                ColumnSpec("", lambda _p: "", badge=_joined, sort=lambda p: p.joined),
            ],
            key=lambda p: p.id,
            checkable=True,
        )
        self.model.checks_changed.connect(self._count)
        self.people = RowsView(self.model, name="People to ask")
        self.count = RichText(kind="note")
        whole = QWidget()
        whole.setLayout(
            column(Label("Who is asked", "section"), self.people, self.count, 1, space=8)
        )
        return whole

    # --- reading ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Nothing: what was typed must not be read over."""

    def load(self) -> Any:
        """Suggestions, people, forms, committees."""
        return (
            campaign_setup.suggested(self.session),
            campaign_setup.candidates(self.session),
            campaigns.forms(),
            campaign_setup.committees(self.session),
        )

    def show_data(self, data: Any) -> None:
        """Fill the fields with what is suggested."""
        new, people, forms, committees = data
        self.title.setText(new.title)
        self.form.set_choices([(f.id, f"{f.title}, version {f.version}") for f in forms])
        self.committee.set_choices(committees)
        self.committee.set_value(new.committee)
        for field, day in (
            (self.opens, new.opens),
            (self.due, new.due),
            (self.year_end, new.fiscal_year_end),
            (self.meeting, new.meeting_on),
            (self.determination, new.determination_date),
        ):
            field.show_day(day)
        self.model.set_rows(people, checked=new.people)

    def _count(self) -> None:
        chosen = self.model.checked()
        absent = sum(not person.joined for person in chosen)
        said = f"{plural(len(chosen), 'person', 'people')} chosen."
        if absent:
            said += (
                f" {plural(absent, 'of them has', 'of them have')} not joined yet; their files "
                "can be made once they have."
            )
        self.count.set_parts(said)
        self.open_button.setText(
            f"Issue {plural(len(chosen), 'form')}" if chosen else "Open the campaign"
        )

    def drop_files(self, paths: tuple[Path, ...]) -> bool:
        """Take a dropped file of facts."""
        if len(paths) == 1 and paths[0].suffix.lower() == ".json":
            self.take_facts(paths[0])
            return True
        return False

    def take_facts(self, path: Path) -> None:
        """Read a file of company facts."""
        self.do(
            lambda _work: (
                path.name,
                campaign_setup.match_facts(self.session, read_whole(path, FACTS_LIMIT)),
            ),
            self._show_facts,
        )

    def _show_facts(self, result: Any) -> None:
        name, self._facts = result
        found = self._facts
        said = (
            f"{plural(found.answers, 'answer')} for "
            f"{plural(len(found.by_person), 'person', 'people')} will be offered to confirm."
        )
        if found.unknown:
            said += f" Not in the directory: {', '.join(found.unknown[:5])}."
        self.drop.say(name, second=said)

    # --- acting -------------------------------------------------------------------------

    def _missing(self) -> bool:
        """Say beside each field what is missing."""
        missing = False
        for field in (self.opens, self.due, self.year_end, self.meeting, self.determination):
            if field.day() is None:
                field.show_fault(field.problem() or "Type a date, for example 22 Jan 2027.")
                missing = True
        blank = not self.title.text().strip()
        self.title_field.show_fault("Give it a title." if blank else "")
        return missing or blank

    def open_campaign(self) -> None:
        """Open it; everything that is missing is said at once."""
        if self._missing():
            return
        new = NewCampaign(
            title=self.title.text().strip(),
            form_id=self.form.value(),
            opens=_day(self.opens),
            due=_day(self.due),
            fiscal_year_end=_day(self.year_end),
            determination_date=_day(self.determination),
            committee=self.committee.value(),
            meeting_on=_day(self.meeting),
            people=tuple(person.id for person in self.model.checked()),
        )
        facts = self._facts.by_person if self._facts else {}
        self.do(
            lambda _work: campaigns.open_campaign(self.session, new, facts),
            self.opened.emit,
            button=self.open_button,
        )


def _day(field: DayField) -> date:
    found = field.day()
    if found is None:  # asked for before: see _missing
        raise ValueError("a day is missing")
    return found
