"""A waiver for a director or an executive officer is never one person's to grant."""

from __future__ import annotations

import pytest
from matter_world import decide, file, route, with_board

from candor.records import decisions
from candor.records.acts import PackAct
from candor.records.ledger import Ledger, fold


@pytest.fixture
def town(world):
    return with_board(world)


def test_waiver_for_an_executive_officer_is_never_one_persons_to_grant(town):
    town.person("dan", classes=("executive_officer",))
    case, filed = file(town, "dan", matter="waiver")
    sent = route(town, case, filed)
    alone = decide(town, "cleo", case, filed, sent, kind="waiver_granted")
    assert town.state().void == {alone: decisions.BODY_ONLY}


def test_office_makes_its_holder_an_executive_officer_by_the_pack_in_force_on_the_day(town):
    officer = {"lab_head": frozenset({"executive_officer"})}
    brought = {"ab" * 32: officer, "cd" * 32: {}}
    town.office("lab_head", "eve")
    case, filed = file(town, matter="waiver")
    sent = route(town, case, filed)
    decided = decide(town, "cleo", case, filed, sent, kind="waiver_granted")
    assert town.state().void == {}
    assert fold(town.events, town.first, None, brought).void == {decided: decisions.BODY_ONLY}
    ledger = Ledger(town.first)
    assert ledger.add(town.events).void == {}
    assert ledger.rely_on(brought).void == {decided: decisions.BODY_ONLY}

    new = PackAct("p", "2", "cd" * 32, "2027-01-01")
    town.act(new, [town.root_key, town.second_key])
    case, filed = file(town, matter="waiver")
    sent = route(town, case, filed)
    decide(town, "cleo", case, filed, sent, kind="waiver_granted")
    assert fold(town.events, town.first, None, brought).void == {decided: decisions.BODY_ONLY}


def test_waiver_granted_on_an_exception_of_an_executive_officer_does_not_count(town):
    town.person("dan", classes=("executive_officer",))
    case, issued = town.issue("dan")
    signed = town.sign("dan", case, issued)
    town.refer(case, "6.01")
    alone = town.decide("cleo", case, signed, kind="waiver_granted")
    assert town.state().void == {alone: decisions.BODY_ONLY}
