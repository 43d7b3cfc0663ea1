"""Joining: the invitation and its code, the request, the certificate."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from a_company import (
    CFO,
    CLO,
    DIRECTOR,
    FILERS,
    PARTS,
    PEOPLE,
    SECRET,
    SECRETARY,
    START,
    Town,
    invite,
)

from candor.app import joining, outbox
from candor.app.session import NotYours
from candor.clock import SteppingClock
from candor.errors import CandorError
from candor.exchange.refusals import BundleRefused
from candor.keys.codes import CodeMistyped, new_invitation_code


def join(
    town: Town, folder: Path, invitation: joining.InvitationFile, code: str = ""
) -> joining.Created:
    return joining.join(folder, invitation.data, code or invitation.code, SECRET, town.clock, PARTS)


def request(town: Town, made: joining.Created) -> Path:
    (item,) = outbox.outbox(made.session)
    return outbox.save_to(made.session, item.id, town.folder / f"request-{made.session.person_id}")


@pytest.fixture
def founded(town_after) -> Town:
    return town_after("founded")


def test_an_invitation_says_whom_it_is_for_and_which_company_and_root(founded):
    made = invite(founded, DIRECTOR)
    view = joining.read_invitation(made.data, made.code, START)
    assert (view.person, view.company) == (PEOPLE[DIRECTOR].name, founded[SECRETARY].company)
    assert view.secretary == PEOPLE[SECRETARY].name
    assert view.fingerprint == founded[SECRETARY].root_fingerprint
    assert view.expires == made.expires
    assert made.code not in made.message
    assert made.code.encode() not in made.data


def test_the_same_invitation_is_shown_again_and_a_new_one_replaces_it(founded):
    made = invite(founded, DIRECTOR)
    assert joining.invitation(founded[SECRETARY], made.person) == made
    second = invite(founded, DIRECTOR)
    assert second.code != made.code
    assert joining.invitation(founded[SECRETARY], made.person) == second


def test_a_wrong_code_opens_nothing_and_leaves_no_vault(founded, tmp_path):
    made = invite(founded, DIRECTOR)
    with pytest.raises(BundleRefused, match="code does not open"):
        join(founded, tmp_path / "v", made, new_invitation_code())
    assert not (tmp_path / "v").exists()


def test_a_mistyped_code_is_told_from_a_wrong_one(founded, tmp_path):
    made = invite(founded, DIRECTOR)
    with pytest.raises(CodeMistyped):
        join(founded, tmp_path / "v", made, made.code[:-1])


def test_an_invitation_that_ran_out_is_refused(founded, tmp_path):
    made = invite(founded, DIRECTOR)
    late = SteppingClock(START + timedelta(days=joining.VALID_DAYS + 5))
    with pytest.raises(BundleRefused, match="expired"):
        joining.join(tmp_path / "v", made.data, made.code, SECRET, late, PARTS)


def test_an_invitation_changed_by_one_byte_is_refused(founded, tmp_path):
    made = invite(founded, DIRECTOR)
    spoilt = bytearray(made.data)
    spoilt[len(spoilt) // 2] ^= 1
    with pytest.raises(BundleRefused):
        joining.join(tmp_path / "v", bytes(spoilt), made.code, SECRET, founded.clock, PARTS)
    assert not (tmp_path / "v").exists()


def test_joining_gives_a_vault_that_waits_for_its_certificate(founded, tmp_path):
    made = join(founded, tmp_path / "v", invite(founded, DIRECTOR))
    session = made.session
    assert session.me.name == PEOPLE[DIRECTOR].name
    assert not session.is_enrolled
    (item,) = outbox.outbox(session)
    assert (item.purpose_text, item.recipient_name) == (
        "Request to join",
        PEOPLE[SECRETARY].name,
    )
    session.close()


def test_the_request_brings_a_certificate_and_the_certificate_goes_back(founded, tmp_path):
    made = join(founded, tmp_path / "v", invite(founded, DIRECTOR))
    previews, _ = founded.take(SECRETARY, [request(founded, made)])
    assert previews[0].adds == ("Let this person join: their certificate is issued",)
    secretary = founded[SECRETARY]
    assert secretary.directory.current_certificate(made.session.person_id) is not None
    (item,) = [i for i in outbox.outbox(secretary) if i.state == "ready"]
    assert item.purpose_text == "Certificate"
    path = outbox.save_to(secretary, item.id, tmp_path)
    founded.sessions[DIRECTOR] = made.session
    founded.take(DIRECTOR, [path])
    assert made.session.is_enrolled
    assert [i for i in outbox.outbox(secretary) if i.state == "ready"] == []


def test_one_request_twice_gives_one_certificate(founded, tmp_path):
    path = request(founded, join(founded, tmp_path / "v", invite(founded, DIRECTOR)))
    founded.take(SECRETARY, [path])
    before = founded[SECRETARY].state.project()
    previews, done = founded.take(SECRETARY, [path])
    assert (previews[0].verdict, done.files) == ("nothing_new", 0)
    assert founded[SECRETARY].state.project() == before


def test_a_code_used_for_a_second_vault_is_refused(founded, tmp_path):
    invitation = invite(founded, DIRECTOR)
    first = join(founded, tmp_path / "one", invitation)
    second = join(founded, tmp_path / "two", invitation)
    founded.take(SECRETARY, [request(founded, first)])
    path = outbox.save_to(second.session, outbox.outbox(second.session)[0].id, tmp_path / "second")
    before = founded[SECRETARY].state.project()
    previews, done = founded.take(SECRETARY, [path])
    assert (previews[0].verdict, done.files) == ("refused", 0)
    assert founded[SECRETARY].state.project() == before
    first.session.close()
    second.session.close()


def test_a_request_that_answers_an_invitation_replaced_since_is_refused(founded, tmp_path):
    made = join(founded, tmp_path / "v", invite(founded, DIRECTOR))
    invite(founded, DIRECTOR)
    previews, _ = founded.take(SECRETARY, [request(founded, made)])
    assert previews[0].verdict == "refused"
    assert previews[0].hint
    made.session.close()


def test_nobody_but_the_secretary_invites(town_after):
    town = town_after("joined")
    with pytest.raises(NotYours):
        joining.invite(town[CLO], town.id(CFO))


def test_whoever_has_joined_needs_no_second_code(town_after):
    town = town_after("joined")
    with pytest.raises(CandorError, match="has joined already"):
        joining.invite(town[SECRETARY], town.id(DIRECTOR))
    assert joining.invitation(town[SECRETARY], town.id(DIRECTOR)) is None


def test_everybody_who_joined_trusts_the_same_root(town_after):
    town = town_after("issued")
    prints = {town[key].root_fingerprint for key in (SECRETARY, *FILERS)}
    assert len(prints) == 1
    assert all(town[key].is_enrolled for key in FILERS)
