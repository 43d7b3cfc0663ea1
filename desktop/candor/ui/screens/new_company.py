"""Starting a company: the Code and you, the people, your vault, the recovery sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from candor.app import company, new_vault
from candor.app.company import NewCompany, PackChoice
from candor.app.people import PersonInput
from candor.app.vaults import VaultParts
from candor.app.words import day, plural
from candor.clock import Clock
from candor.errors import CandorError
from candor.policy.pack import Pack
from candor.ui.screens.person_form import PeopleList, PersonForm, people_columns
from candor.ui.screens.steps import Step, Steps, VaultStep
from candor.ui.widgets import (
    Button,
    Card,
    Chooser,
    EmptyState,
    LabelledField,
    RowsModel,
    RowsView,
    Segments,
    row,
)

SECRETARY = "secretary"


def _pack_words(pack: PackChoice) -> str:
    return f"{pack.company_name}, rules as of {day(date.fromisoformat(pack.rule_set_date))}"


class AboutStep(Step):
    """Which Code, which company, and who the Secretary is."""

    def __init__(self) -> None:
        super().__init__(
            "Start a new company",
            "Step 1 of 3: the Code that applies, and you as its Corporate Secretary.",
            "Go on to people",
        )
        self._packs = company.packs()
        self.pack = Chooser([(p.id, _pack_words(p)) for p in self._packs])
        self.name = QLineEdit()
        self.pack_field = LabelledField(
            "Code pack",
            self.pack,
            hint="Who decides, what is due and why: a table that a lawyer can read. "
            "The date says as of when its rules were checked.",
        )
        self.name_field = LabelledField("Name of the Company, as on paper", self.name)
        about = Card(self.pack_field, self.name_field, title="The Company")
        about.body.setSpacing(16)
        self.add(about)
        self.you = PersonForm(self.chosen(), fixed_office=SECRETARY)
        self.add(Card(self.you, title="You, the Corporate Secretary"))
        self.name.setText(self._packs[0].company_name)
        self.you.title.setText("Corporate Secretary")
        self.setFocusProxy(self.name)

    def chosen(self) -> Pack:
        """The code pack that is chosen."""
        return new_vault.pack_of(self.pack.value())

    def fits(self) -> bool:
        """A name for the company, and an entry for the Secretary."""
        named = bool(self.name.text().strip())
        self.name_field.show_fault("" if named else "The company needs a name.")
        return self.you.check() and named


class PeopleStep(Step):
    """The people, typed or from a spreadsheet, and which of them is the second officer."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(
            "Who is in the Company's directory?",
            "Step 2 of 3: directors, nominees, executive officers, and whoever decides.",
            "Go on to your vault",
        )
        self._pack = pack
        self.people: tuple[PersonInput, ...] = ()
        self.way = Segments(
            (("list", "From a spreadsheet"), ("type", "Type them in")), name="How", value="list"
        )
        self.way.chosen.connect(self._turn)
        self.list = PeopleList(pack)
        self.list.taken.connect(self._take)
        self.form = PersonForm(pack)
        self.put = Button("Add to the list", icon="plus", on=self._put)
        foot = QWidget()
        foot.setLayout(row(self.put, 1))
        self.typing = Card(self.form, foot)
        self.typing.hide()
        self.model = RowsModel(people_columns(pack), key=lambda person: person.email)
        self.table = RowsView(self.model, name="People in the directory")
        self.table.opened.connect(self._edit)
        self.empty = EmptyState("Nobody yet, besides you.", icon="users")
        self.edit = Button("Change", small=True, on=lambda: self._edit(self._chosen()))
        self.remove = Button("Take off the list", small=True, on=self._remove)
        self._acts = QWidget()
        self._acts.setLayout(row(self.edit, self.remove, 1))
        self.second = Chooser((), placeholder="Choose the second officer")
        self.second_field = LabelledField(
            "Second officer",
            self.second,
            hint="Whoever holds the second root key, usually the Chief Legal Officer. Changes of "
            "the Code or of the root need both of you, once they have joined.",
        )
        self.officer = Card(self.second_field)
        self.add(self.way, self.list, self.typing, self.empty, self.table, self._acts, self.officer)
        self._show()

    def _turn(self, way: str) -> None:
        self.list.setVisible(way == "list")
        self.typing.setVisible(way == "type")
        if way == "type":
            self.form.setFocus()

    def _take(self, rows: tuple[PersonInput, ...]) -> None:
        known = {person.email.casefold() for person in rows}
        kept = tuple(p for p in self.people if p.email.casefold() not in known)
        self.people = (*kept, *(p for p in rows if SECRETARY not in p.offices))
        self.list.clear()
        self._show()

    def _put(self) -> None:
        if not self.form.check():
            return
        person = self.form.person()
        others = tuple(p for p in self.people if p.email.casefold() != person.email.casefold())
        self.people = (*others, person)
        self.form.show_person(PersonInput("", ""))
        self.form.setFocus()
        self._show()

    def _chosen(self) -> PersonInput | None:
        chosen = self.table.selected()
        return chosen[0] if chosen else None

    def _edit(self, person: PersonInput | None) -> None:
        if person is not None:
            self.way.set_value("type")
            self._turn("type")
            self.form.show_person(person)

    def _remove(self) -> None:
        gone = {person.email for person in self.table.selected()}
        self.people = tuple(p for p in self.people if p.email not in gone)
        self._show()

    def _show(self) -> None:
        self.model.set_rows(self.people)
        for part in (self.table, self._acts, self.officer):
            part.setVisible(bool(self.people))
        self.empty.setVisible(not self.people)
        before = self.second.value()
        self.second.set_choices([(p.email, f"{p.name}, {p.title}") for p in self.people])
        likely = next((p.email for p in self.people if "clo" in p.offices), "")
        self.second.set_value(before or likely)

    def said(self) -> tuple[tuple[PersonInput, ...], str]:
        """The people, and the e-mail address of the second officer."""
        return self.people, self.second.value()

    def fits(self) -> bool:
        """At least one other person, and the second officer named."""
        named = bool(self.second.value())
        self.second_field.show_fault("" if named else "Choose the second officer.")
        if not self.people:
            self.refusal.show_error(
                CandorError(
                    "Nobody is on the list yet.",
                    hint="Drop a spreadsheet, or type at least the second officer.",
                )
            )
        return named and bool(self.people)


class NewCompanyPage(Steps):
    """Three steps and the recovery sheet."""

    def __init__(self, clock: Clock, parts: VaultParts | None = None) -> None:
        super().__init__()
        self._clock, self._parts = clock, parts
        self.about = AboutStep()
        self.about.back.connect(self.left)
        self.about.go_on.connect(self._ask_people)
        self.people: PeopleStep | None = None
        self.vault: VaultStep | None = None
        self.put(self.about)

    def _ask_people(self) -> None:
        if self.people is None:
            self.people = PeopleStep(self.about.chosen())
            self.people.back.connect(lambda: self.show_page(self.about))
            self.people.go_on.connect(self._ask_vault)
            self.pages.addWidget(self.people)
        self.show_page(self.people)

    def _ask_vault(self) -> None:
        if self.people is None:
            return
        new = self.new_company()
        if self.vault is None:
            self.vault = VaultStep(
                "Make your vault",
                "Step 3 of 3: everything is encrypted on this laptop under your passphrase.",
                "Make the vault and the Company",
                new.secretary.name,
            )
            people = self.people
            self.vault.back.connect(lambda: self.show_page(people))
            self.vault.go_on.connect(self._make)
            self.pages.addWidget(self.vault)
        second = next(p for p in new.people if p.email == new.second_officer)
        self.vault.say(
            ("Company", new.company_name),
            ("Secretary", f"{new.secretary.name}, {new.secretary.email}"),
            ("Second officer", f"{second.name}, {second.title}"),
            ("People", plural(len(new.people) + 1, "person", "people")),
        )
        self.show_page(self.vault)

    def new_company(self) -> NewCompany:
        """What the first two steps say."""
        people, second = self.people.said() if self.people else ((), "")
        secretary = replace(self.about.you.person(), offices=(SECRETARY,))
        return NewCompany(
            pack_id=self.about.pack.value(),
            company_name=self.about.name.text().strip(),
            secretary=secretary,
            second_officer=second,
            people=people,
        )

    def _make(self) -> None:
        step = self.vault
        if step is None:
            return
        new, folder, clock = self.new_company(), step.folder, self._clock
        secret, parts = step.secret.text(), self._parts
        self.begin(step, lambda: company.new_company(folder, new, secret, clock, parts))
