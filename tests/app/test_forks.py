"""A log that forked: what is told, and who may say which branch stands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from candor.app import company, forks, importing, joining, outbox, vaults
from candor.app.company import NewCompany
from candor.app.forks import NoSuchFork
from candor.app.people import PersonInput
from candor.app.session import NotYours, Session
from candor.app.vaults import VaultParts
from candor.clock import SteppingClock
from candor.errors import CandorError
from candor.keys.codes import new_id
from candor.records.events import EventType
from candor.vault.kdf import Kdf

CHEAP = Kdf(memory_kib=64, passes=1, lanes=1)
PARTS = VaultParts(kdf=CHEAP, floor=CHEAP)
SECRET = "one two three four five"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class Office:
    """Four vaults, and a questionnaire of Ada's that was referred to Leo."""

    folder: Path
    clock: SteppingClock
    una: Session
    leo: Session
    ada: Session
    max: Session
    case: str = ""
    answers: str = ""

    def share(self, *sessions: Session) -> None:
        """Bring what any of these vaults has into all of them."""
        pairs = [p for s in sessions for case in s.vault.cases() for p in s.vault.events(case)]
        for session in sessions:
            session.receive(pairs)

    def twice(self, author: str, kind: EventType, *bodies: list[tuple[str, object]]) -> list[str]:
        """An author signs on two machines, in one place of one log; everybody receives both."""
        mine: Session = getattr(self, author)
        copy = self.folder / f"{author}-copy"
        mine.close()
        shutil.copytree(self.folder / author, copy)
        written, sessions = [], []
        for folder, body in zip((self.folder / author, copy), bodies, strict=True):
            session = vaults.open_vault(folder, SECRET, self.clock, PARTS)
            deps = [self.answers, *session.directory.head]
            written.append(session.write(self.case, kind, body, deps=deps))
            sessions.append(session)
        setattr(self, author, sessions[0])
        self.share(self.una, self.leo, self.ada, self.max, sessions[1])
        sessions[1].close()
        return written


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = SteppingClock(NOON)
    named = {
        "leo": PersonInput(
            "Leo Marsh", "leo@example.com", classes=("executive_officer",), offices=("clo",)
        ),
        "ada": PersonInput("Ada Reed", "ada@example.com", classes=("director",)),
        "max": PersonInput("Max Holt", "max@example.com", classes=("director",)),
    }
    new = NewCompany(
        pack_id="immunogen",
        company_name="Example, Inc.",
        secretary=PersonInput("Una Quill", "una@example.com", offices=("secretary",)),
        second_officer="leo@example.com",
        people=tuple(named.values()),
    )
    una = company.new_company(tmp_path / "una", new, SECRET, clock, PARTS).session
    by_mail = {p.email: i for i, p in una.directory.people.items()}
    joined = {}
    for key, person in named.items():
        asked = joining.invite(una, by_mail[person.email])
        made = joining.join(tmp_path / key, asked.data, asked.code, SECRET, clock, PARTS)
        joined[key] = made.session
        (item,) = outbox.outbox(made.session)
        path = outbox.save_to(made.session, item.id, tmp_path / "files" / key)
        importing.import_files(una, importing.preview(una, [path]))
    clock.move_to(NOON + timedelta(hours=1))
    found = Office(tmp_path, clock, una, **joined)
    refer(found)
    yield found
    for session in (found.una, found.leo, found.ada, found.max):
        session.close()


def refer(office: Office) -> None:
    """Issue, sign, refer; everybody's vault then holds it all."""
    una, ada, leo = office.una, office.ada, office.leo
    office.share(una, leo, ada, office.max)
    office.case = new_id()
    audience = {"name": "main", "offices": ["secretary"], "people": [ada.person_id]}
    form = [("form", "f" * 64), ("form_id", "annual"), ("audience", audience)]
    dates = ("opens", "due", "fiscal_year_end", "determination_date")
    dated = [(name, "2026-12-31") for name in dates]
    filer = ("filer", {"classes": ["director"]})
    about = [*form, ("campaign", new_id()), ("person", ada.person_id), filer, *dated]
    kind = EventType.QUESTIONNAIRE_ISSUED
    issued = una.write(office.case, kind, about, deps=una.directory.head)
    office.share(una, ada)
    answer = ("answer/6.01", {"question": "6.01", "value": True})
    signed = EventType.QUESTIONNAIRE_SIGNED
    office.answers = ada.write(office.case, signed, [*form, answer], deps=[issued])
    office.share(una, ada)
    sent = [("questions", ["6.01"]), ("office", "clo"), ("person", leo.person_id)]
    deps = [office.answers, *una.directory.head]
    una.write(office.case, EventType.EXCEPTIONS_REFERRED, sent, deps=deps)
    office.share(una, leo, ada, office.max)


def decision(kind: str) -> list[tuple[str, object]]:
    return [("question", "6.01"), ("kind", kind), ("office", "clo"), ("reason", "Discussed.")]


def decided_twice(office: Office) -> list[str]:
    """Leo allows on one machine and refuses on the other."""
    kind = EventType.EXCEPTION_DETERMINED
    return office.twice("leo", kind, decision("approval"), decision("disapproval"))


def test_secretary_says_which_decision_stands_and_it_counts_again(office: Office) -> None:
    allowed, refused = decided_twice(office)
    (row,) = forks.forked(office.una)
    assert (row.case, row.person, row.what) == (
        office.case,
        "Leo Marsh",
        "Questionnaire of Ada Reed",
    )
    assert {b.event for b in row.branches} == {allowed, refused}
    assert {b.what for b in row.branches} == {"decision"}
    assert row.suspends
    assert row.mine_to_resolve
    assert office.una.case(office.case).determination("6.01") is None

    written = forks.resolve(office.una, office.case, refused, " His laptop was restored. ")
    assert forks.forked(office.una) == ()
    assert written not in office.una.state.void
    office.share(office.una, office.leo)
    for session in (office.una, office.leo):
        counting = session.case(office.case).determination("6.01")
        assert counting is not None
        assert counting.event == refused
    with pytest.raises(NoSuchFork):
        forks.resolve(office.una, office.case, refused, "Again.")


def test_author_subject_and_stranger_may_not_resolve_it(office: Office) -> None:
    allowed, _ = decided_twice(office)
    for session in (office.leo, office.ada, office.max):
        before = len(session.knowledge)
        assert not forks.forked(session)[0].mine_to_resolve
        with pytest.raises(NotYours):
            forks.resolve(session, office.case, allowed, "Because.")
        assert len(session.knowledge) == before


def test_reader_who_is_not_the_author_resolves_a_fork_of_the_subject(office: Office) -> None:
    left, right = office.twice("ada", EventType.REMINDER_WRITTEN, [("n", "1")], [("n", "2")])
    assert office.leo.case(office.case).forked
    written = forks.resolve(office.leo, office.case, left, "Two laptops.")
    assert written not in office.leo.state.void
    assert not office.leo.case(office.case).forked
    assert right in office.leo.state.void


def test_fork_of_a_person_outside_the_case_is_shown_and_suspends_nothing(office: Office) -> None:
    made = office.twice("max", EventType.REMINDER_WRITTEN, [("n", "1")], [("n", "2")])
    (row,) = forks.forked(office.una)
    assert not row.suspends
    assert office.una.case(office.case).forked == ""
    forks.resolve(office.una, office.case, made[0], "Neither matters.")
    assert forks.forked(office.una) == ()


def test_resolving_needs_a_reason_and_a_branch_of_that_case(office: Office) -> None:
    allowed, _ = decided_twice(office)
    with pytest.raises(CandorError, match="reason"):
        forks.resolve(office.una, office.case, allowed, "  ")
    with pytest.raises(NoSuchFork):
        forks.resolve(office.una, office.case, office.answers, "Because.")
    with pytest.raises(NoSuchFork):
        forks.resolve(office.una, new_id(), allowed, "Because.")
    assert forks.forked(office.una)[0].suspends
