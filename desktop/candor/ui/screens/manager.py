"""Whom a person reports to."""

from __future__ import annotations

from candor.app import company
from candor.app.company import PersonRow
from candor.app.session import Session
from candor.ui.screens.base import SessionPage
from candor.ui.shell import Shell
from candor.ui.widgets import Button, Card, Chooser, LabelledField, PageHead, RichText

NOBODY = "Nobody"
NOTE = (
    "The manager authorises what the Code leaves to managers, such as Company property that leaves "
    "the premises. Whoever reports to somebody, directly or further up, never decides their matter."
)


class ManagerPage(SessionPage):
    """One choice; the act is signed with the root key."""

    def __init__(self, shell: Shell, session: Session, person: PersonRow) -> None:
        super().__init__(shell, session)
        self._person = person
        self.save = Button("Record the manager", "primary", on=self._save)
        head = PageHead(
            f"Whom {person.name} reports to",
            "The act is signed with the root key; everybody's program then knows it.",
            Button("Back", on=shell.back),
            self.save,
        )
        others = [
            (row.id, f"{row.name}, {row.title}" if row.title else row.name)
            for row in company.people(session)
            if row.id != person.id
        ]
        self.manager = Chooser((("", NOBODY), *others))
        self.manager.set_value(person.manager)
        field = LabelledField("Manager", self.manager)
        self.add(head, self.refusal, Card(field, RichText(NOTE, kind="note")))
        self.setFocusProxy(self.manager)

    def _save(self) -> None:
        manager = self.manager.value()
        self.do(
            lambda _work: company.set_manager(self.session, self._person.id, manager),
            lambda _none: self.shell.back(),
            button=self.save,
        )
