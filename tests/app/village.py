"""A company of nine with an Audit Committee of three: everybody has joined, nothing was filed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from a_company import PARTS, SECRET, START, Town

from candor.app import company, joining, matter_drafts, matter_filing, outbox
from candor.app.company import NewCompany
from candor.app.draft import Draft
from candor.app.filing import Filed
from candor.app.matter_drafts import MatterDraft
from candor.app.matter_filing import Signature
from candor.app.people import PersonInput
from candor.app.session import Session
from candor.clock import SteppingClock
from candor.forms.answers import Answer, Source
from candor.forms.definition import Column, Question
from candor.forms.kinds import Kind

SEC, LAW, FIN, CHIEF = "sela", "lora", "finn", "chad"
CHAIR, MAYA, MILO = "cara", "maya", "milo"
EMMA, COMPLIANCE = "emma", "cyra"
_EXECUTIVE, _DIRECTOR = ("executive_officer",), ("director",)
PEOPLE = {
    SEC: ("Sela Secretary", "Corporate Secretary", ("employee",), ("secretary",)),
    LAW: ("Lora Lawless", "Chief Legal Officer", _EXECUTIVE, ("clo",)),
    FIN: ("Finn Figures", "Chief Financial Officer", _EXECUTIVE, ("cfo",)),
    CHIEF: ("Chad Chieftain", "Chief Executive Officer", _EXECUTIVE, ("ceo",)),
    COMPLIANCE: ("Cyra Comply", "Chief Compliance Officer", _EXECUTIVE, ("cco",)),
    CHAIR: ("Cara Chair", "Director", _DIRECTOR, ("ac_chair", "ac_member")),
    MAYA: ("Maya Member", "Director", _DIRECTOR, ("ac_member",)),
    MILO: ("Milo Member", "Director", _DIRECTOR, ("ac_member",)),
    EMMA: ("Emma Employee", "Chemist", ("employee",), ()),
}
"""Key -> name, title, classes, offices. All of them are invented."""


def entry(key: str) -> PersonInput:
    """A person as the secretary would type them."""
    name, title, classes, offices = PEOPLE[key]
    return PersonInput(name, f"{key}@village.example", title, classes, offices)


@dataclass
class Village(Town):
    """The vaults of the nine."""

    people: tuple[str, ...] = tuple(PEOPLE)

    def name(self, key: str) -> str:
        """A person's name."""
        return PEOPLE[key][0]

    def carry(self, key: str, to: str = "") -> int:
        """Everything from a person's outbox into the vaults it is for."""
        (self.folder / "files").mkdir(exist_ok=True)
        owners = {self.id(other): other for other in self.people}
        by_person: dict[str, list[Path]] = {}
        for item in outbox.outbox(self[key]):
            if item.state == "ready" and (not to or owners[item.recipient] == to):
                number = len(list((self.folder / "files").glob("*")))
                target = self.folder / "files" / f"{number:03d}-{key}"
                saved = outbox.save_to(self[key], item.id, target)
                by_person.setdefault(owners[item.recipient], []).append(saved)
        for person, paths in by_person.items():
            previews, _ = self.take(person, paths)
            assert not [p.refused for p in previews if p.verdict == "refused"]
        return sum(len(paths) for paths in by_person.values())

    def post(self, *keys: str) -> None:
        """Carry from each of them to the secretary, and from her to everybody."""
        for key in keys:
            self.carry(key)
        self.carry(SEC)

    def file(self, key: str, form: str = "gift-received", **answers: Any) -> Filed:
        """Somebody files a matter."""
        draft = matter_drafts.start(self[key], form)
        fill(draft, answers)
        return self.sign(key, draft)

    def sign(self, key: str, draft: MatterDraft, reason: str = "") -> Filed:
        """Sign a draft."""
        signature = Signature(self.name(key), SECRET, consent=True, reason=reason)
        return matter_filing.sign(self[key], draft, signature)


def fill(draft: Draft, answers: dict[str, Any]) -> None:
    """Answer a form: what is given by question id with "q" and "_", the rest with something."""
    wanted = {name.removeprefix("q").replace("_", "."): value for name, value in answers.items()}
    for _ in range(5):
        for question in draft.visible():
            given = draft.answers.get(question.id)
            if question.id in wanted or given is None or not given.answered:
                draft.set_answer(_answer(draft, question, wanted))


def _answer(draft: Draft, question: Question, wanted: dict[str, Any]) -> Answer:
    value = wanted.get(question.id, _something(draft, question))
    if isinstance(value, Answer):
        return value
    source = Source.KNOWN if question.about_relatives else Source.NONE
    return Answer(question.id, value=value, source=source, explanation="Because it is so.")


def _something(draft: Draft, spec: Question | Column) -> Any:
    today = draft.session.today
    values = {
        Kind.CHOICE: spec.choices[0].key if spec.choices else None,
        Kind.MULTI_CHOICE: [spec.choices[0].key] if spec.choices else None,
        Kind.SHORT_TEXT: "Something",
        Kind.LONG_TEXT: "Something at more length.",
        Kind.YES_NO: False,
        Kind.YES_NO_EXPLAIN: False,
        Kind.ACKNOWLEDGEMENT: True,
        Kind.MONEY: {"minor": 4000, "currency": spec.currency},
        Kind.NUMBER: 1,
        Kind.DATE: today,
        Kind.PERSON: {"name": "Somebody", "id": ""},
        Kind.TABLE: _rows(draft, spec) if isinstance(spec, Question) else None,
        Kind.ATTACHMENT: [],
    }
    return values.get(spec.kind)


def _rows(draft: Draft, question: Question) -> list[dict[str, Any]]:
    row = {column.id: _something(draft, column) for column in question.columns}
    return [row] * question.min_rows


@dataclass
class Founding:
    """The village as it lies after everybody joined, told once."""

    folder: Path
    _told: datetime | None = field(default=None)

    def copy(self, into: Path) -> Village:
        """A copy of the vaults, for one test to spoil."""
        if self._told is None:
            self._told = self._found()
        shutil.copytree(self.folder / "joined", into, dirs_exist_ok=True)
        return Village(into, SteppingClock(self._told + timedelta(hours=1)))

    def _found(self) -> datetime:
        town = Village(self.folder / "joined", SteppingClock(START))
        others = tuple(key for key in PEOPLE if key != SEC)
        new = NewCompany(
            pack_id="immunogen",
            company_name="Village Remedies, Inc.",
            secretary=entry(SEC),
            second_officer=entry(LAW).email,
            people=tuple(entry(key) for key in others),
        )
        made = company.new_company(town.vault(SEC), new, SECRET, town.clock, PARTS)
        town.sessions[SEC] = made.session
        town.take(SEC, _requests(town, others))
        town.carry(SEC)
        town.close()
        return town.clock.now()


def _requests(town: Village, keys: Iterable[str]) -> list[Path]:
    emails = {p.email: p.id for p in town[SEC].directory.people.values()}
    found = []
    for key in keys:
        invitation = joining.invite(town[SEC], emails[entry(key).email])
        made = joining.join(
            town.vault(key), invitation.data, invitation.code, SECRET, town.clock, PARTS
        )
        town.sessions[key] = made.session
        (item,) = outbox.outbox(made.session)
        found.append(outbox.save_to(made.session, item.id, town.folder / "requests"))
    return found


def everything(session: Session) -> str:
    """All that a vault holds, as text to search for what must not be there."""
    return session.state.project().decode()
