"""Typing one person, and reading many from a spreadsheet with a preview."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from candor.app.files import read_whole
from candor.app.new_vault import CLASSES, class_words, offices
from candor.app.people import (
    PeoplePreview,
    PersonInput,
    faults_by_field,
    manager_faults,
    read_people_csv,
)
from candor.app.words import plural
from candor.errors import CandorError
from candor.policy.pack import Pack
from candor.ui import tasks
from candor.ui.screens.base import Refusal
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    CheckBox,
    ColumnSpec,
    DropArea,
    Flow,
    LabelledField,
    RowsModel,
    RowsView,
    column,
    row,
    strong,
)

CSV_FILES = "Lists of people (*.csv *.txt)"
LARGEST = 8 * 1024 * 1024
CSV_COLUMNS = "name, email, title, classes, offices, attributes, manager"


def office_words(pack: Pack, held: Sequence[str]) -> str:
    """Titles of offices, as a list reads."""
    return ", ".join(pack.office_title(office) for office in held)


def people_columns(pack: Pack) -> tuple[ColumnSpec, ...]:
    """How a typed or imported person reads in a list."""
    return (
        ColumnSpec(
            "Name",
            lambda person: person.name,
            second=lambda person: person.title or class_words(person.classes),
            weight=500,
            width=252,
        ),
        ColumnSpec(
            "E-mail",
            lambda person: person.email,
            second=lambda person: f"Reports to {person.manager}" if person.manager else "",
            stretch=True,
        ),
        ColumnSpec("Files as", lambda person: class_words(person.classes) or "Nobody", width=204),
        ColumnSpec("Offices", lambda person: office_words(pack, person.offices), width=190),
    )


class Ticks(QWidget):
    """Check boxes of which any number may be ticked; they wrap."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._boxes = {key: CheckBox(word) for key, word in choices}
        flow = Flow(*self._boxes.values(), space=14)
        self.setLayout(flow)
        for box in self._boxes.values():
            box.toggled.connect(lambda _on: self.changed.emit())

    def values(self) -> tuple[str, ...]:
        """The ticked keys, in order."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def set_values(self, keys: Sequence[str]) -> None:
        """Tick these and no others."""
        for key, box in self._boxes.items():
            box.setChecked(key in keys)

    def box(self, key: str) -> CheckBox:
        """The box of a key."""
        return self._boxes[key]


class PersonForm(QWidget):
    """Name, e-mail, title, classes, offices and manager of one person; faults stand beside the
    fields. ``known``: addresses that a manager can have; without them any is taken here."""

    def __init__(
        self, pack: Pack, *, fixed_office: str = "", known: Sequence[str] | None = None
    ) -> None:
        super().__init__()
        self._pack, self._fixed, self._known = pack, fixed_office, known
        self.name, self.email, self.title = QLineEdit(), QLineEdit(), QLineEdit()
        self.manager = QLineEdit()
        self._suggest(known or ())
        self.classes = Ticks(CLASSES)
        self.offices = Ticks(tuple(o for o in offices(pack) if o[0] != "secretary"))
        self._fields = {
            "name": LabelledField("Full name", self.name),
            "email": LabelledField("E-mail", self.email),
            "title": LabelledField("Title on paper", self.title),
            "classes": LabelledField(
                "Fills in the questionnaire as",
                self.classes,
                hint="Tick all that apply. Somebody who fills in nothing needs an office instead.",
            ),
            "offices": LabelledField("Offices", self.offices),
            "manager": LabelledField(
                "Manager's e-mail (optional)",
                self.manager,
                hint="Whom this person reports to. Directors report to nobody.",
            ),
        }
        names = row(self._fields["name"], self._fields["title"], space=16)
        whole = column(names, self._fields["email"], space=16)
        if not fixed_office:
            whole.addWidget(self._fields["classes"])
            whole.addWidget(self._fields["offices"])
            whole.addWidget(self._fields["manager"])
        self.setLayout(whole)
        self.setFocusProxy(self.name)

    def _suggest(self, known: Sequence[str]) -> None:
        offered = QCompleter(sorted(known), self.manager)
        offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        offered.setFilterMode(Qt.MatchFlag.MatchContains)
        self.manager.setCompleter(offered)

    def person(self) -> PersonInput:
        """What is typed, with or without faults."""
        return PersonInput(
            name=self.name.text().strip(),
            email=self.email.text().strip(),
            title=self.title.text().strip(),
            classes=self.classes.values(),
            offices=(self._fixed,) if self._fixed else self.offices.values(),
            manager=self.manager.text().strip(),
        )

    def check(self) -> bool:
        """Show every fault beside its field; True where there is none."""
        person = self.person()
        faults = dict(faults_by_field(person, self._pack))
        if self._known is not None:
            faults.update(("manager", text) for _, text in manager_faults((person,), self._known))
        for name, field in self._fields.items():
            text = faults.get(name, "")
            field.show_fault(text[:1].upper() + text[1:])
        first = next((name for name in self._fields if name in faults), "")
        if first:
            self._fields[first].field.setFocus()
        return not faults

    def show_person(self, person: PersonInput) -> None:
        """Fill the fields."""
        self.name.setText(person.name)
        self.email.setText(person.email)
        self.title.setText(person.title)
        self.classes.set_values(person.classes)
        self.offices.set_values(person.offices)
        self.manager.setText(person.manager)
        for field in self._fields.values():
            field.show_fault("")


class PeopleList(QWidget):
    """A CSV file shown before anything is recorded: its people, its faults with their lines.

    ``taken`` tells the people of a file without faults when the person presses the button.
    """

    taken = Signal(tuple)

    def __init__(self, pack: Pack, known: Sequence[str] = ()) -> None:
        """``known``: addresses in the directory, which a manager in the file can have."""
        super().__init__()
        self._pack, self._known = pack, known
        self._preview: PeoplePreview | None = None
        self.drop = DropArea(
            strong("Drop a list of people here"),
            ", or choose it.",
            second=f"CSV from any spreadsheet, with the columns {CSV_COLUMNS}. "
            "Several in one cell are separated by semicolons.",
            button="Choose file",
            several=False,
            filter=CSV_FILES,
            icon="table-2",
        )
        self.drop.dropped.connect(lambda paths: self.read(paths[0]))
        self.refusal = Refusal()
        self.problems = Banner(Meaning.NEEDS, "")
        self.problems.hide()
        self.model = RowsModel(people_columns(pack))
        self.table = RowsView(self.model, name="People in the file")
        self.table.hide()
        self.take = Button("Add these people", "primary", on=self._take)
        self.take.hide()
        foot = row(self.take, 1)
        self.setLayout(column(self.drop, self.refusal, self.problems, self.table, foot, space=16))

    def read(self, path: Path) -> None:
        """Read a file in the background and show what it would add."""
        self.refusal.hide()
        tasks.run(
            lambda _work: read_people_csv(read_whole(path, LARGEST), self._pack, self._known),
            done=self._show,
            refused=self._refuse,
            parent=self,
        )

    def _refuse(self, error: CandorError) -> None:
        self.refusal.show_error(error)
        self._preview = None
        for part in (self.table, self.take, self.problems):
            part.hide()

    def _show(self, preview: PeoplePreview) -> None:
        self._preview = preview
        self.model.set_rows(preview.rows)
        self.table.setVisible(bool(preview.rows))
        count = len(preview.problems)
        self.problems.setVisible(count > 0)
        if count:
            shown = "\n".join(preview.problems[:12])
            rest = f"\nand {count - 12} more." if count > 12 else ""
            self.problems.say(
                Meaning.NEEDS,
                f"{plural(count, 'line needs', 'lines need')} mending in the spreadsheet",
                f"{shown}{rest}\nNothing is added until all are right. Save the file again, "
                "then drop it here.",
            )
        self.take.setVisible(bool(preview.rows))
        self.take.setEnabled(count == 0)
        self.take.setText(f"Add these {plural(len(preview.rows), 'person', 'people')}")

    def _take(self) -> None:
        if self._preview is not None:
            self.taken.emit(self._preview.rows)

    def clear(self) -> None:
        """Be ready for another file."""
        self._preview = None
        for part in (self.table, self.take, self.problems, self.refusal):
            part.hide()
