"""Companies of any size in real vaults; only the key derivation is cheaper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from candor.app import campaigns, company, importing, joining, outbox
from candor.app.company import NewCompany
from candor.app.demo_people import DemoPerson, cast
from candor.app.session import Session
from candor.app.vaults import VaultParts
from candor.clock import SteppingClock
from candor.keys.codes import new_id
from candor.records import chain
from candor.records.body import make_body
from candor.records.events import Body, EventType, SignedEvent
from candor.vault.kdf import Kdf

CHEAP = Kdf(memory_kib=64, passes=1, lanes=1)
PARTS = VaultParts(kdf=CHEAP, floor=CHEAP)
SECRET = "one two three four five"
START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
FORM = "annual-questionnaire"


@dataclass
class Pair:
    """The secretary and one officer who has joined, with the people of the company."""

    secretary: Session
    officer: Session
    people: tuple[DemoPerson, ...]
    clock: SteppingClock

    @property
    def officer_id(self) -> str:
        """The officer's id in the directory."""
        return self.officer.person_id


def found(folder: Path, people: int) -> Pair:
    """A company of that size; the CLO has joined and holds the certificate."""
    clock = SteppingClock(START)
    everyone = cast(1, people)
    clo = next(person for person in everyone if "clo" in person.offices)
    new = NewCompany(
        pack_id="immunogen",
        company_name="Fictional Remedies, Inc.",
        secretary=everyone[0].entry(),
        second_officer=clo.email,
        people=tuple(person.entry() for person in everyone[1:]),
    )
    secretary = company.new_company(folder / "secretary", new, SECRET, clock, PARTS).session
    person = next(p.id for p in secretary.directory.people.values() if p.email == clo.email)
    invitation = joining.invite(secretary, person)
    officer = joining.join(
        folder / "officer", invitation.data, invitation.code, SECRET, clock, PARTS
    ).session
    request = outbox.save_to(officer, outbox.outbox(officer)[0].id, folder)
    importing.import_files(secretary, importing.preview(secretary, [request]))
    pair = Pair(secretary, officer, everyone, clock)
    take(officer, save(secretary, person, folder))
    return pair


def open_campaign(pair: Pair, count: int) -> str:
    """A campaign for the first ``count`` filers."""
    session = pair.secretary
    filers = [i for i, p in session.directory.people.items() if p.classes][:count]
    today = pair.clock.now().date()
    new = campaigns.NewCampaign(
        title="Annual questionnaire",
        form_id=FORM,
        opens=today,
        due=today + timedelta(days=18),
        fiscal_year_end=date(2025, 12, 31),
        determination_date=date(2027, 2, 18),
        committee="audit",
        meeting_on=date(2027, 2, 18),
        people=tuple(filers),
    )
    return campaigns.open_campaign(session, new)


def save(session: Session, person: str, folder: Path) -> Path:
    """The next file for a person."""
    return outbox.save_to(session, f"ready:{person}", folder)


def take(session: Session, path: Path) -> None:
    """Preview and import one file."""
    importing.import_files(session, importing.preview(session, [path]))


def filler(session: Session, cases: int, each: int) -> Iterator[tuple[SignedEvent, Body]]:
    """Signed events of the owner in new cases, ``each`` in a log."""
    text = "x" * 200
    for _ in range(cases):
        case, prev = new_id(), ""
        for seq in range(1, each + 1):
            body = make_body([("people", [text]), ("note", text)])
            signed = chain.write(
                identity=session.identity,
                company=session.root.company,
                case=case,
                seq=seq,
                prev=prev,
                deps=(),
                type=EventType.REMINDER_WRITTEN,
                body=body,
                claimed_at=START,
            )
            prev = chain.event_id(signed)
            yield signed, body
