"""People: who is in the directory, who has joined, and inviting the others."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import company, joining
from candor.app.company import PersonRow, PersonStatus
from candor.app.joining import InvitationFile
from candor.app.new_vault import class_words, offices
from candor.app.people import PersonInput
from candor.app.session import Session
from candor.app.words import plural
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import DayField
from candor.ui.screens.invitations import InvitationPage, InvitationsPage
from candor.ui.screens.manager import ManagerPage
from candor.ui.screens.person_form import PeopleList, PersonForm
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Breadth,
    Button,
    Card,
    Chooser,
    Columns,
    ColumnSpec,
    Facts,
    Flow,
    LabelledField,
    PageHead,
    RichText,
    RowsModel,
    RowsView,
    Segments,
    column,
    row,
)
from candor.ui.widgets.one_scroll import OneScroll

_MARK = {
    PersonStatus.NOT_INVITED: ("circle-alert", "needs"),
    PersonStatus.INVITED: ("hourglass", "waiting"),
    PersonStatus.ENROLLED: ("circle-check", "done"),
    PersonStatus.REVOKED: ("octagon-x", "stopped"),
}
_WORDS = {
    PersonStatus.NOT_INVITED: "Not invited",
    PersonStatus.INVITED: "Invited",
    PersonStatus.ENROLLED: "Have joined",
}
_SHORT = {
    PersonStatus.NOT_INVITED: "Not invited yet",
    PersonStatus.INVITED: "Invited",
    PersonStatus.ENROLLED: "Has joined",
    PersonStatus.REVOKED: "Certificate revoked",
}

COLUMNS = (
    ColumnSpec(
        "Name",
        lambda person: person.name,
        second=lambda person: person.title,
        sort=lambda person: person.name.casefold(),
        weight=500,
        width=264,
    ),
    ColumnSpec(
        "What we know",
        lambda person: _SHORT[person.status],
        second=lambda person: person.status_text if person.status is PersonStatus.INVITED else "",
        icon=lambda person: _MARK[person.status],
        sort=lambda person: (person.status.value, person.name.casefold()),
        stretch=True,
    ),
)


class PeoplePage(SessionPage):
    """The list with filters; beside it the chosen person and what can be done."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._wanted = ""
        self.invite_all = Button("Invite", "primary", icon="mail", on=self._invite_all)
        self.head = PageHead("People", "")
        self.head.set_actions(
            Button("Import a list…", icon="table-2", on=self._import),
            Button("Add a person", icon="user-plus", on=self._add),
            self.invite_all,
        )
        self.said = Banner(Meaning.DONE, "")
        self.said.hide()
        keys = [("", "All"), *((key.value, word) for key, word in _WORDS.items())]
        self.filters = Segments(keys, name="Show", check=False)
        self.filters.set_value("")
        self.filters.chosen.connect(self._keep)
        self.model = RowsModel(COLUMNS, key=lambda person: person.id)
        self.table = RowsView(self.model, name="People")
        self.table.opened.connect(self._invite)
        self.table.picked.connect(self._show)
        self.card = Card(narrow=True)
        bar = QWidget()
        bar.setLayout(row(self.filters, 1))
        left = QWidget()
        left.setLayout(column(bar, self.table, 1, space=16))
        self.columns = Columns(
            left,
            self.card,
            right_width=344,
            tight_width=288,
            least=Breadth.MEDIUM,
            right_first=True,
        )
        self.add(self.head, self.refusal, self.said, self.columns)
        OneScroll(self, self.table)

    def load(self) -> tuple[PersonRow, ...]:
        """Read the directory."""
        return company.people(self.session)

    def show_data(self, data: Any) -> None:
        """Show everybody."""
        people: tuple[PersonRow, ...] = data
        chosen = self.table.selected()
        joined = sum(person.status is PersonStatus.ENROLLED for person in people)
        open_ones = self._not_invited(people)
        self.head.set_text(
            "People",
            f"{plural(len(people), 'person', 'people')} in the directory, "
            f"{joined} of them with a certificate.",
        )
        self.invite_all.setVisible(bool(open_ones))
        self.invite_all.setText(f"Invite {plural(len(open_ones), 'person', 'people')}")
        self.model.set_rows(people)
        self.filters.set_word("", f"All {len(people)}")
        for key, word in _WORDS.items():
            count = sum(person.status is key for person in people)
            self.filters.set_word(key.value, f"{word} {count}")
        known = {person.id for person in people}
        before = self._wanted or (chosen[0].id if chosen else "")
        wanted = before if before in known else self.session.person_id
        self._wanted = ""
        self.table.pick(lambda person: bool(person.id == wanted))

    def open_item(self, person: str) -> None:
        """Choose a person, all being shown."""
        self._wanted = person
        self.filters.set_value("")
        self._keep("")
        self.table.pick(lambda row: bool(row.id == person))

    def _not_invited(self, people: tuple[PersonRow, ...]) -> tuple[PersonRow, ...]:
        return tuple(p for p in people if p.status is PersonStatus.NOT_INVITED)

    def _keep(self, status: str) -> None:
        self.table.proxy.keep(lambda person: not status or person.status.value == status)

    def _show(self, person: PersonRow | None) -> None:
        self.card.clear()
        self.card.setVisible(person is not None)
        if person is None:
            return
        self.card.add(RichText(person.name, kind="section"))
        self.card.add(
            Facts(
                (
                    ("Title", person.title or "None"),
                    # a break is allowed after the sign, so that a long address stays whole
                    ("E-mail", person.email.replace("@", "@\u200b")),
                    ("Files as", class_words(person.classes) or "Fills in no questionnaire"),
                    ("Offices", ", ".join(person.offices) or "None"),
                    ("Reports to", self._manager(person)),
                    ("State", person.status_text),
                ),
                label_width=80,
            )
        )
        acts = Flow()
        if person.status is PersonStatus.NOT_INVITED:
            acts.addWidget(Button("Invite", icon="mail", on=partial(self._invite, person)))
        if person.status is PersonStatus.INVITED:
            again = partial(self._invite, person)
            acts.addWidget(Button("Show invitation", icon="mail", on=again))
            fresh = partial(self._make, person)
            acts.addWidget(Button("Make a new invitation", icon="rotate-ccw", on=fresh))
        assign = partial(self._assign, person)
        acts.addWidget(Button("Assign an office…", icon="landmark", on=assign))
        lead = partial(self._lead, person)
        acts.addWidget(Button("Set the manager…", icon="users", on=lead))
        holder = QWidget()
        holder.setLayout(acts)
        self.card.add(holder)

    def _manager(self, person: PersonRow) -> str:
        return self.session.name_of(person.manager) if person.manager else "Nobody"

    def _lead(self, person: PersonRow) -> None:
        self.shell.open(ManagerPage(self.shell, self.session, person), under="people")

    def _invite(self, person: PersonRow) -> None:
        """Show the invitation made before, else make one."""
        if person.status not in {PersonStatus.NOT_INVITED, PersonStatus.INVITED}:
            return

        def made(_work: object) -> InvitationFile:
            before = joining.invitation(self.session, person.id)
            return before or joining.invite(self.session, person.id)

        self.open_once(made, self._open_invitation)

    def _make(self, person: PersonRow) -> None:
        self.open_once(lambda _work: joining.invite(self.session, person.id), self._open_invitation)

    def _open_invitation(self, invitation: InvitationFile) -> None:
        self.shell.open(InvitationPage(self.shell, self.session, invitation), under="people")

    def _invite_all(self) -> None:
        people = self._not_invited(self.model.rows())

        def made(_work: object) -> tuple[InvitationFile, ...]:
            return tuple(joining.invite(self.session, person.id) for person in people)

        self.do(made, self._open_all, button=self.invite_all)

    def _open_all(self, made: tuple[InvitationFile, ...]) -> None:
        if len(made) == 1:
            self._open_invitation(made[0])
            return
        self.shell.open(InvitationsPage(self.shell, self.session, made), under="people")

    def _add(self) -> None:
        self.shell.open(AddPersonPage(self.shell, self.session), under="people")

    def _import(self) -> None:
        self.shell.open(ImportPeoplePage(self.shell, self.session), under="people")

    def drop_files(self, paths: tuple[Path, ...]) -> bool:
        """A spreadsheet dropped here is a list of people; anything else is for Exchange."""
        if len(paths) != 1 or paths[0].suffix.casefold() not in {".csv", ".txt"}:
            return False
        page = ImportPeoplePage(self.shell, self.session)
        self.shell.open(page, under="people")
        page.list.read(paths[0])
        return True

    def _assign(self, person: PersonRow) -> None:
        self.shell.open(OfficePage(self.shell, self.session, person), under="people")


class AddPersonPage(SessionPage):
    """One person typed in."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.save = Button("Add this person", "primary", on=self._save)
        back = Button("Back", on=shell.back)
        head = PageHead(
            "Add a person",
            "They are recorded in the signed directory. Invite them afterwards.",
            back,
            self.save,
        )
        self.form = PersonForm(session.pack, known=company.addresses(session))
        self.add(head, self.refusal, Card(self.form))
        self.setFocusProxy(self.form)

    def _save(self) -> None:
        if self.form.check():
            person = self.form.person()
            self.do(
                lambda _work: company.add_people(self.session, (person,)),
                lambda _ids: self.shell.back(),
                button=self.save,
            )


class ImportPeoplePage(SessionPage):
    """Many people from a spreadsheet, shown before they are recorded."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        head = PageHead(
            "Import a list of people",
            "You see every line before anything is recorded.",
            Button("Back", on=shell.back),
        )
        self.list = PeopleList(session.pack, company.addresses(session))
        self.list.taken.connect(self._save)
        self.add(head, self.refusal, self.list)

    def _save(self, people: tuple[PersonInput, ...]) -> None:
        self.do(
            lambda _work: company.add_people(self.session, people),
            lambda _ids: self.shell.back(),
            button=self.list.take,
        )

    def drop_files(self, paths: tuple[Path, ...]) -> bool:
        """Read the file that was dropped."""
        self.list.read(paths[0])
        return True


class OfficePage(SessionPage):
    """Who holds an office from a day on."""

    def __init__(self, shell: Shell, session: Session, person: PersonRow) -> None:
        super().__init__(shell, session)
        self._person = person
        self.save = Button("Record the office", "primary", on=self._save)
        head = PageHead(
            f"Assign an office to {person.name}",
            "The act is signed with the root key; everybody's program then knows who decides.",
            Button("Back", on=shell.back),
            self.save,
        )
        self.office = Chooser(offices(session.pack), placeholder="Choose an office")
        self.office_field = LabelledField("Office", self.office)
        self.office.currentIndexChanged.connect(lambda _at: self._say())
        self.start = DayField("From", session.clock.now().date())
        self.note = RichText(kind="note")
        card = Card(self.office_field, self.start, self.note)
        self.add(head, self.refusal, card)
        self.setFocusProxy(self.office)

    def _say(self) -> None:
        self.office_field.show_fault("")
        office = self.office.value()
        if not office:
            return
        title = self.session.pack.office_title(office)
        names = [self.session.name_of(p) for p in self.session.directory.holders(office)]
        text = f"{title} today: {', '.join(names)}." if names else f"{title} is vacant today."
        if office not in company.SEVERAL and names:
            text += f" {self._person.name} takes it over."
        self.note.set_parts(text)

    def _save(self) -> None:
        office, start = self.office.value(), self.start.day()
        if not office:
            self.office_field.show_fault("Choose the office first.")
            return
        if start is None:
            self.start.show_fault(self.start.problem() or "Type the day, e.g. 22 Jan 2027.")
            return
        self.do(
            lambda _work: company.assign_office(self.session, office, self._person.id, start),
            lambda _none: self.shell.back(),
            button=self.save,
        )
