"""Founding a company and recording its people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from a_company import CLO, PARTS, PEOPLE, SECRET, SECRETARY, START

from candor.app import acts, company, vaults
from candor.app.company import NewCompany, PersonStatus
from candor.app.people import PersonInput
from candor.app.session import NotYours
from candor.clock import SteppingClock
from candor.errors import CandorError, Problems
from candor.records.root import verify_root
from candor.vault.refusals import WrongPassphrase

NEW = NewCompany(
    pack_id="immunogen",
    company_name="Fictional Remedies, Inc.",
    secretary=PEOPLE[SECRETARY].entry(),
    second_officer=PEOPLE[CLO].email,
    people=(PEOPLE[CLO].entry(),),
)


def found(folder: Path, new: NewCompany = NEW, secret: str = SECRET) -> vaults.Created:
    return company.new_company(folder, new, secret, SteppingClock(START), PARTS)


def test_founding_makes_the_secretary_a_person_with_a_certificate_and_an_office(tmp_path):
    made = found(tmp_path / "vault")
    session = made.session
    assert session.is_enrolled
    assert session.offices == ("secretary",)
    assert session.directory.holder("clo") is not None
    assert len(made.recovery_code) > 30
    session.close()


def test_the_root_is_signed_names_a_second_officer_and_verifies_outside_the_vault(tmp_path):
    session = found(tmp_path / "vault").session
    trust = verify_root(company.export_root(session))
    second = trust.document.officer("second")
    assert second is not None
    assert second.name == PEOPLE[CLO].name
    assert session.root_fingerprint.replace(" ", "").isdigit()
    session.close()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"company_name": "  "}, "The company needs a name."),
        ({"second_officer": "nobody@example.com"}, "Name the second officer"),
        ({"second_officer": PEOPLE[SECRETARY].email}, "Name the second officer"),
        ({"people": (PEOPLE[CLO].entry(), PEOPLE[CLO].entry())}, "the same e-mail address"),
        (
            {"people": (replace(PEOPLE[CLO].entry(), offices=("secretary",)),)},
            "Only one person can be the Corporate Secretary.",
        ),
        ({"secretary": PersonInput("", "x", offices=("king",))}, "the office “king” is unknown."),
    ],
)
def test_what_stands_in_the_way_is_said_before_anything_is_written(tmp_path, change, sentence):
    with pytest.raises(Problems) as refused:
        found(tmp_path / "vault", replace(NEW, **change))
    assert any(sentence in problem for problem in refused.value.problems)
    assert not (tmp_path / "vault").exists()


def test_all_problems_come_together(tmp_path):
    bad = replace(NEW, company_name="", second_officer="", people=())
    with pytest.raises(Problems) as refused:
        found(tmp_path / "vault", bad)
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize("secret", ["short", "aaaaaaaaaaaaaaaa", ""])
def test_a_weak_passphrase_is_refused_and_leaves_no_folder_behind(tmp_path, secret):
    with pytest.raises(vaults.PassphraseTooWeak):
        found(tmp_path / "vault", secret=secret)
    assert not (tmp_path / "vault").exists()


def test_a_folder_with_files_in_it_is_not_touched(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CandorError, match="not empty"):
        found(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unknown_code_pack_is_refused(tmp_path):
    with pytest.raises(CandorError, match="no code pack"):
        found(tmp_path / "vault", replace(NEW, pack_id="../secrets"))


def test_a_founding_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_args: object) -> None:
        raise CandorError("The disk is full.")

    monkeypatch.setattr(acts, "say", fail)
    with pytest.raises(CandorError, match="full"):
        found(tmp_path / "vault")
    assert not (tmp_path / "vault").exists()


def test_the_vault_opens_again_with_its_passphrase_and_with_its_recovery_code(tmp_path):
    made = found(tmp_path / "vault")
    before = made.session.state.project()
    made.session.close()
    clock = SteppingClock(START)
    again = vaults.open_vault(tmp_path / "vault", SECRET, clock, PARTS)
    assert again.state.project() == before
    again.close()
    by_code = vaults.open_with_recovery(tmp_path / "vault", made.recovery_code, clock)
    assert by_code.company == NEW.company_name
    by_code.close()


def test_a_wrong_passphrase_opens_nothing(tmp_path):
    found(tmp_path / "vault").session.close()
    with pytest.raises(WrongPassphrase):
        vaults.open_vault(tmp_path / "vault", "not the passphrase", SteppingClock(START), PARTS)


def test_people_join_the_directory_by_acts_signed_with_the_root_key(town_after):
    session = town_after("joined")[SECRETARY]
    (new,) = company.add_people(
        session, [PersonInput("Nora Newly", "nora@example.com", classes=("nominee",))]
    )
    assert session.directory.people[new].name == "Nora Newly"
    row = next(r for r in company.people(session) if r.id == new)
    assert (row.status, row.title) == (PersonStatus.NOT_INVITED, "Nominee")


def test_an_address_that_is_in_the_directory_is_refused_and_nothing_is_recorded(town_after):
    session = town_after("joined")[SECRETARY]
    before = session.state.project()
    with pytest.raises(Problems, match="in the directory already"):
        company.add_people(
            session,
            [
                PersonInput("Nora Newly", "nora@example.com", classes=("nominee",)),
                replace(PEOPLE[CLO].entry(), name="Impostor"),
            ],
        )
    assert session.state.project() == before


def test_only_the_secretary_records_people_and_offices(town_after):
    town = town_after("joined")
    with pytest.raises(NotYours, match="Only the Corporate Secretary"):
        company.add_people(town[CLO], [PersonInput("X Y", "x@example.com", classes=("director",))])
    with pytest.raises(NotYours):
        company.assign_office(town[CLO], "cfo", town.id(CLO), date(2026, 12, 1))


def test_a_new_holder_of_a_sole_office_takes_the_place_of_the_old(town_after):
    town = town_after("joined")
    session = town[SECRETARY]
    before = session.directory.holder("cfo")
    company.assign_office(session, "cfo", town.id(CLO), date(2026, 12, 1))
    assert before != town.id(CLO)
    assert session.directory.holders("cfo") == (town.id(CLO),)


def test_who_is_given_an_office_holds_it_at_once_in_every_time_zone(tmp_path):
    midnight = SteppingClock(datetime(2026, 12, 1, 0, 30, tzinfo=timezone(timedelta(hours=8))))
    made = company.new_company(tmp_path / "vault", NEW, SECRET, midnight, PARTS)
    session = made.session
    session.clock = SteppingClock(midnight.now().astimezone(timezone(timedelta(hours=-11))))
    assert session.today == "2026-11-30"
    assert session.offices == ("secretary",)
    assert session.holders()["clo"] == session.directory.holders("clo")
    session.close()


def test_a_slow_clock_does_not_take_an_office_away(tmp_path):
    session = found(tmp_path / "vault").session
    session.clock = SteppingClock(START - timedelta(days=400))
    assert session.offices == ("secretary",)
    assert session.today == START.date().isoformat()
    session.close()


def test_everybody_is_listed_with_how_far_they_have_come(town_after):
    rows = company.people(town_after("joined")[SECRETARY])
    assert [row.name for row in rows] == sorted(p.name for p in PEOPLE.values())
    assert {row.status for row in rows} == {PersonStatus.ENROLLED}
