"""Damage and going back in time: what is signed on, and what the owner is told."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from candor.app import company, home, integrity, vaults
from candor.app.company import NewCompany
from candor.app.people import PersonInput
from candor.app.session import Session
from candor.app.vaults import VaultParts
from candor.clock import SteppingClock
from candor.records import chain
from candor.vault.kdf import Kdf

CHEAP = Kdf(memory_kib=1024, passes=1, lanes=1)
PARTS = VaultParts(kdf=CHEAP, floor=CHEAP)
SECRET = "one two three four five"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def founded(tmp_path: Path) -> Session:
    new = NewCompany(
        pack_id="immunogen",
        company_name="Example, Inc.",
        secretary=PersonInput("Una Quill", "una@example.com", offices=("secretary",)),
        second_officer="leo@example.com",
        people=(
            PersonInput(
                "Leo Marsh", "leo@example.com", classes=("executive_officer",), offices=("clo",)
            ),
        ),
    )
    made = company.new_company(tmp_path / "vault", new, SECRET, SteppingClock(NOON), PARTS)
    return made.session


def opened(folder: Path) -> Session:
    return vaults.open_vault(folder, SECRET, SteppingClock(NOON), PARTS)


def test_a_sound_vault_raises_no_alarm(founded: Session) -> None:
    assert integrity.walk(founded) == 0
    assert integrity.alarm(founded) is None
    integrity.require_sound(founded, founded.vault.cases())
    founded.close()


def test_an_old_copy_put_in_its_place_is_told_on_home_and_continued_in_new_logs(
    founded: Session,
) -> None:
    folder = founded.vault_folder
    founded.close()
    old = folder.parent / "old.db"
    shutil.copy(folder / "vault.db", old)
    later = opened(folder)
    company.add_people(later, [PersonInput("Ada Reed", "ada@example.com", classes=("director",))])
    later.close()
    for stale in folder.glob("vault.db*"):
        stale.unlink()
    shutil.copy(old, folder / "vault.db")

    back = opened(folder)
    assert home.home(back).needs[0].target.screen == "alarm"
    before = back.identity.incarnation
    integrity.accept_older_state(back)
    assert integrity.alarm(back) is None
    assert back.identity.incarnation != before
    company.add_people(back, [PersonInput("Ben Holt", "ben@example.com", classes=("director",))])
    logs = {chain.header(signed).log for signed, _ in back.vault.events(back.root.directory)}
    assert len(logs) == 2
    back.close()
