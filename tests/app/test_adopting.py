"""A new version of the Code's rules: two officers sign, open cases keep theirs."""

from __future__ import annotations

from datetime import date

import pytest
from a_company import SECRET
from village import EMMA, FIN, LAW, SEC, Village

from candor.app import adopting, home, integrity, matter_deciding, matter_routing, root_officers
from candor.app.adopting import NewPack
from candor.app.integrity import RulesMissing
from candor.app.session import NotYours
from candor.errors import CandorError, Problems
from candor.resources import pack_bytes

OLD = pack_bytes("immunogen")
NEW = OLD.replace(b'code_version = "7"', b'code_version = "8"')
TODAY = date(2026, 12, 1)


def both_sign(village: Village) -> None:
    """The second officer's key joins the root."""
    root_officers.offer_key(village[LAW])
    village.carry(LAW)
    root_officers.admit(village[SEC], village.name(SEC), SECRET)
    village.carry(SEC, LAW)
    (waiting,) = root_officers.to_sign(village[LAW])
    root_officers.cosign(village[LAW], waiting.event, village.name(LAW), SECRET)
    village.carry(LAW)


def adopt(village: Village, data: bytes = NEW) -> None:
    """Both officers adopt a new version."""
    new = NewPack(data, TODAY, "resolution 2026-12", TODAY)
    adopting.propose(village[SEC], new, village.name(SEC), SECRET)
    village.carry(SEC, LAW)
    (waiting,) = root_officers.to_sign(village[LAW])
    assert "resolution 2026-12" in waiting.text
    root_officers.cosign(village[LAW], waiting.event, village.name(LAW), SECRET)
    village.carry(LAW)


def test_second_officers_key_joins_the_root_by_files(village):
    both_sign(village)
    root = village[SEC].directory.root
    assert (root.version, len(root.keys)) == (2, 2)
    assert root_officers.to_sign(village[LAW]) == ()
    assert root_officers.offered(village[SEC]) == ""


def test_nobody_else_offers_a_key(village):
    with pytest.raises(NotYours):
        root_officers.offer_key(village[EMMA])
    with pytest.raises(CandorError, match="No key is offered"):
        root_officers.admit(village[SEC], village.name(SEC), SECRET)


def test_one_officer_alone_adopts_nothing(village):
    new = NewPack(NEW, TODAY, "resolution 2026-12", TODAY)
    with pytest.raises(Problems, match="both must sign"):
        adopting.propose(village[SEC], new, village.name(SEC), SECRET)


def test_new_version_is_in_force_and_open_cases_keep_the_one_they_began_under(village):
    both_sign(village)
    case = village.file(EMMA).case
    village.post(EMMA)
    before = village[SEC].pack.digest
    adopt(village)
    session = village[SEC]
    assert session.pack.company.code_version == "8"
    assert session.pack.digest != before
    matter_routing.route(session, [case])
    assert session.case(case).route.pack == before
    matter_routing.route(session, [case], by_newest=True)
    assert session.case(case).route.pack == session.pack.digest
    village.carry(SEC)
    assert village[LAW].pack.digest == session.pack.digest
    later = village.file(EMMA).case
    village.carry(EMMA)
    assert session.case(later).submissions[0].pack in {before, session.pack.digest}


def test_each_version_is_confirmed_anew_and_its_change_disclosed(village):
    both_sign(village)
    assert not adopting.must_acknowledge(village[SEC])
    adopt(village)
    assert adopting.must_acknowledge(village[SEC])
    (adopted,) = adopting.adoptions(village[SEC])
    assert adopted.in_force
    assert adopted.clock.due == date(2026, 12, 7)
    village.file(SEC, "acknowledgement")
    assert not adopting.must_acknowledge(village[SEC])


def without_the_rules(village: Village) -> str:
    """A decider's vault gets the act that adopts a version, and not the version."""
    both_sign(village)
    case = village.file(LAW).case
    village.post(LAW)
    matter_routing.route(village[SEC], [case])
    village.carry(SEC)
    adopt(village)
    village[FIN].receive(village[SEC].directory_events)
    return case


def test_rules_that_did_not_arrive_are_told_and_nothing_is_decided_by_others(village):
    case = without_the_rules(village)
    session = village[FIN]
    assert session.pack_in_force == village[SEC].pack.digest
    assert session.pack.company.code_version == "7"
    assert integrity.NO_RULES in {card.title for card in home.home(session).needs}
    kind = matter_deciding.sheet(session, case).offers[0].kind
    choice = matter_deciding.Choice(kind, "It is modest.", (), False, "A small thing.")
    with pytest.raises(RulesMissing, match="nothing was signed"):
        matter_deciding.decide(session, case, choice, village.name(FIN), SECRET)
    assert session.case(case).determinations == ()
    village.carry(SEC, FIN)
    assert session.pack.company.code_version == "8"
    assert integrity.alarm(session) is None
    matter_deciding.decide(session, case, choice, village.name(FIN), SECRET)


def test_matter_filed_without_the_new_rules_still_goes_by_those_in_force(village):
    both_sign(village)
    adopt(village)
    village[EMMA].receive(village[SEC].directory_events)
    case = village.file(EMMA).case
    assert village[EMMA].case(case).submissions[0].pack == village[SEC].pack.digest


def test_broken_version_is_refused_whole(village):
    both_sign(village)
    new = NewPack(OLD + b"\n[nonsense", TODAY, "resolution 2026-12", TODAY)
    with pytest.raises(CandorError):
        adopting.propose(village[SEC], new, village.name(SEC), SECRET)
    assert root_officers.to_sign(village[LAW]) == ()
