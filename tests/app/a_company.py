"""A small company that plays its year: six people, each with a real vault.

The story is told once and stopped after each step; a test takes a copy of the vaults as they
lay then. Only the key derivation is cheaper than in a shipped vault.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from candor.app import (
    board_book,
    campaigns,
    company,
    deciding,
    demo_answers,
    demo_decisions,
    filing,
    importing,
    joining,
    outbox,
    vaults,
)
from candor.app.company import NewCompany
from candor.app.demo_facts import facts
from candor.app.demo_people import DemoPerson, cast
from candor.app.importing import FilePreview, Imported
from candor.app.session import Session
from candor.app.vaults import VaultParts
from candor.clock import SteppingClock
from candor.forms.answers import Answer
from candor.forms.loader import load
from candor.packet.content import PacketKind
from candor.resources import form_file
from candor.vault.kdf import Kdf

CHEAP = Kdf(memory_kib=64, passes=1, lanes=1)
PARTS = VaultParts(kdf=CHEAP, floor=CHEAP)
SECRET = "one two three four five"
START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
FORM = "annual-questionnaire"

SECRETARY, CHAIR, MEMBER = "eleanor_whitcombe", "margaret_ashgrove", "tobias_fenwick"
DIRECTOR, CLO, CFO = "harold_quillfeather", "rosalind_vale", "daniel_brightwater"
FILERS = (CHAIR, MEMBER, DIRECTOR, CLO, CFO)
PEOPLE: Mapping[str, DemoPerson] = {person.key: person for person in cast(1, 5)}

CANARY = "Kanarienvogel Ω 4711"
"""A text that stands in Harold's answers, his sealed ones included, and nowhere else."""
Change = Callable[[dict[str, Answer]], None]


def speaks_up(answers: dict[str, Answer]) -> None:
    """Harold says yes to both sealed questions."""
    for question, value in (("13.03", "will_report"), ("13.04", True)):
        answers[question] = Answer(question, value=value, explanation=f"{CANARY}: {question}")
    answers["6.06"] = msgspec.structs.replace(answers["6.06"], comment=CANARY)


@dataclass
class Town:
    """The vaults of the story's people in one folder, opened when they are needed."""

    folder: Path
    clock: SteppingClock
    sessions: dict[str, Session] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def vault(self, key: str) -> Path:
        """Where a person's vault lies."""
        return self.folder / "vaults" / key

    def __getitem__(self, key: str) -> Session:
        if key not in self.sessions:
            self.sessions[key] = vaults.open_vault(self.vault(key), SECRET, self.clock, PARTS)
        return self.sessions[key]

    def id(self, key: str) -> str:
        """A person's id in the directory."""
        return self[key].person_id

    def close(self) -> None:
        """Lock every vault."""
        for session in self.sessions.values():
            session.close()
        self.sessions.clear()

    def files(self, key: str, to: str = "") -> list[Path]:
        """Save what a person's outbox has ready."""
        session = self[key]
        recipient = self.id(to) if to else ""
        items = [i for i in outbox.outbox(session) if i.state == "ready"]
        chosen = [i for i in items if not recipient or i.recipient == recipient]
        folder = self.folder / "files" / f"{key}-{len(list((self.folder / 'files').glob('*')))}"
        return [outbox.save_to(session, item.id, folder) for item in chosen]

    def take(self, key: str, paths: Iterable[Path]) -> tuple[tuple[FilePreview, ...], Imported]:
        """Preview files and import what can be imported."""
        previews = importing.preview(self[key], paths)
        return previews, importing.import_files(self[key], previews)

    def carry(self, key: str, to: str = "") -> int:
        """Everything from a person's outbox into the vaults it is for."""
        (self.folder / "files").mkdir(exist_ok=True)
        session = self[key]
        by_person: dict[str, list[Path]] = {}
        owners = {self.id(other): other for other in PEOPLE}
        for item in outbox.outbox(session):
            if item.state == "ready" and (not to or owners[item.recipient] == to):
                number = len(list((self.folder / "files").glob("*")))
                target = self.folder / "files" / f"{number:03d}-{key}"
                saved = outbox.save_to(session, item.id, target)
                by_person.setdefault(owners[item.recipient], []).append(saved)
        for person, paths in by_person.items():
            previews, _ = self.take(person, paths)
            assert not [p.refused for p in previews if p.verdict == "refused"]
        return sum(len(paths) for paths in by_person.values())

    def answer(self, key: str, change: Change | None = None) -> filing.Filed:
        """Fill in, sign; the reply then stands in the outbox."""
        session = self[key]
        draft = filing.open_draft(session, filing.my_forms(session)[0].case)
        answers = demo_answers.answers(draft.form, PEOPLE[key], draft.context, 1)
        if change is not None:
            change(answers)
        draft.start_from(answers)
        return filing.sign(session, draft, PEOPLE[key].name, SECRET, consent=True)


def found(town: Town) -> None:
    """The secretary founds the company."""
    people = list(PEOPLE.values())
    new = NewCompany(
        pack_id="immunogen",
        company_name="Fictional Remedies, Inc.",
        secretary=people[0].entry(),
        second_officer=PEOPLE[CLO].email,
        people=tuple(person.entry() for person in people[1:]),
    )
    made = company.new_company(town.vault(SECRETARY), new, SECRET, town.clock, PARTS)
    town.sessions[SECRETARY] = made.session


def invite(town: Town, key: str) -> joining.InvitationFile:
    """The secretary invites one person."""
    directory = town[SECRETARY].directory
    wanted = PEOPLE[key].email
    return joining.invite(
        town[SECRETARY], next(p.id for p in directory.people.values() if p.email == wanted)
    )


def join(town: Town) -> None:
    """Everybody else joins, and the secretary lets them in."""
    requests = []
    for key in FILERS:
        invitation = invite(town, key)
        made = joining.join(
            town.vault(key), invitation.data, invitation.code, SECRET, town.clock, PARTS
        )
        town.sessions[key], town.codes[key] = made.session, made.recovery_code
        (item,) = outbox.outbox(made.session)
        requests.append(outbox.save_to(made.session, item.id, town.folder / "requests"))
    town.take(SECRETARY, requests)


def issue(town: Town) -> None:
    """The annual questionnaire is opened and sent to the five."""
    session = town[SECRETARY]
    today = town.clock.now().date()
    filers = {town.id(key): PEOPLE[key] for key in FILERS}
    new = campaigns.NewCampaign(
        title="Annual questionnaire 2026",
        form_id=FORM,
        opens=today,
        due=today + timedelta(days=18),
        fiscal_year_end=date(2025, 12, 31),
        determination_date=date(2027, 2, 18),
        committee="audit",
        meeting_on=date(2027, 2, 18),
        people=tuple(filers),
    )
    form = load(form_file(FORM).read_bytes())
    before = {
        i: {
            question: {"answer": msgspec.to_builtins(answer), "signed_at": demo_answers.LAST_SIGNED}
            for question, answer in demo_answers.last_year(form, person, 1).items()
        }
        for i, person in filers.items()
    }
    known = {i: facts(person) for i, person in filers.items()}
    campaigns.open_campaign(session, new, known, before)
    town.carry(SECRETARY)


def reply(town: Town) -> None:
    """Everybody answers; the secretary imports the replies and passes the sealed parts on."""
    for key in FILERS:
        town.answer(key, speaks_up if key == DIRECTOR else None)
        town.carry(key)
    town.carry(SECRETARY)


def refer(town: Town) -> None:
    """The secretary refers every exception to the one whom the Code names."""
    session = town[SECRETARY]
    rows = deciding.exceptions(session)
    deciding.refer(session, ((row.case, row.fact.question) for row in rows))
    town.carry(SECRETARY)


def decide(town: Town) -> None:
    """The CLO decides; the CFO decides the CLO's own."""
    for key in (CLO, CFO):
        session = town[key]
        rows = deciding.queue(session)
        decisions = [demo_decisions.decision(session, row) for row in rows]
        deciding.decide_many(session, decisions, PEOPLE[key].name, SECRET)
        town.carry(key)


def compile_both(town: Town) -> None:
    """The packet and its supplement are compiled."""
    session = town[SECRETARY]
    (campaign,) = campaigns.campaigns(session)
    for kind in (PacketKind.PACKET, PacketKind.SUPPLEMENT):
        board_book.compile_packet(session, campaign.id, kind)


STEPS: Mapping[str, Callable[[Town], None]] = {
    "founded": found,
    "joined": join,
    "issued": issue,
    "replied": reply,
    "referred": refer,
    "decided": decide,
    "compiled": compile_both,
}


@dataclass
class Story:
    """The story as far as somebody asked for it, with a copy of every vault after each step."""

    folder: Path
    _town: Town | None = None
    _told: dict[str, datetime] = field(default_factory=dict)

    def until(self, step: str, into: Path) -> Town:
        """A copy of the vaults as they lay after ``step``, for one test to spoil."""
        for name, act in STEPS.items():
            if name not in self._told:
                self._tell(name, act)
            if name == step:
                break
        shutil.copytree(self.folder / step, into, dirs_exist_ok=True)
        return Town(into, SteppingClock(self._told[step] + timedelta(hours=1)))

    def _tell(self, name: str, act: Callable[[Town], None]) -> None:
        if self._town is None:
            self._town = Town(self.folder / "now", SteppingClock(START))
            (self._town.folder / "files").mkdir(parents=True)
        self._town.clock.move_to(START + timedelta(days=3 * len(self._told)))
        act(self._town)
        self._told[name] = self._town.clock.now()
        self._town.close()
        shutil.copytree(self._town.folder, self.folder / name)
