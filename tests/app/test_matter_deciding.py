"""Deciding matters by files between vaults: routed by the Code, decided by whom it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from a_company import SECRET
from village import CHAIR, COMPLIANCE, EMMA, FIN, LAW, MAYA, SEC, everything, fill

from candor.app import (
    absences,
    acts,
    conditions,
    home,
    matter_deciding,
    matter_drafts,
    matter_routing,
)
from candor.app.matter_deciding import Choice
from candor.app.referring import Condition
from candor.app.session import NotYours
from candor.errors import CandorError, Problems
from candor.policy.facts import RulingAbout
from candor.policy.terms import DecisionKind
from candor.records import decisions
from candor.records.acts import PersonAct

APPROVED = Choice(DecisionKind.APPROVAL, "Modest, and no decision is pending.")


def routed(village, key: str = EMMA, form: str = "gift-received", **answers) -> str:
    """A matter that the secretary has received and sent on."""
    case = village.file(key, form, **answers).case
    village.post(key)
    matter_routing.route(village[SEC], [case])
    village.carry(SEC)
    return case


def decide(village, key: str, case: str, choice: Choice = APPROVED) -> str:
    """Somebody signs a decision."""
    return matter_deciding.decide(village[key], case, choice, village.name(key), SECRET)


def test_employees_gift_is_approved_by_the_clo_and_the_filer_sees_it(village):
    case = village.file(EMMA).case
    village.post(EMMA)
    (row,) = matter_routing.to_route(village[SEC])
    assert (row.case, row.stopped, row.again) == (case, "", "")
    assert row.to.startswith("Lora Lawless")
    assert matter_routing.route(village[SEC], [case]) == 1
    assert matter_routing.to_route(village[SEC]) == ()
    village.carry(SEC)
    (waiting,) = matter_deciding.queue(village[LAW])
    assert (waiting.case, waiting.state) == (case, "decide")
    sheet = matter_deciding.sheet(village[LAW], case)
    assert not sheet.blocked
    assert sheet.rule_text
    decide(village, LAW, case)
    village.post(LAW)
    found = village[EMMA].case(case).determination("")
    assert (found.kind, found.person) == ("approval", village.id(LAW))
    assert village[SEC].state.void == {}
    assert case not in everything(village[FIN])
    assert [r.state for r in matter_deciding.queue(village[LAW])] == ["decided"]


def test_route_names_its_row_reason_clause_and_rules(village):
    case = routed(village)
    route = village[EMMA].case(case).route
    assert (route.office, route.person) == ("clo", village.id(LAW))
    assert route.row
    assert route.clause
    assert route.pack == village[SEC].pack.digest
    assert "waiver_granted" not in route.allowed


def test_cfo_decides_while_a_signed_absence_says_so_and_void_outside(village):
    case = routed(village)
    today = village.clock.now().date()
    absences.declare(
        village[SEC], "clo", "cfo", today, date.fromordinal(today.toordinal() + 2), "Leave"
    )
    (row,) = matter_routing.to_route(village[SEC])
    assert row.again
    matter_routing.route(village[SEC], [case])
    village.carry(SEC)
    (waiting,) = matter_deciding.queue(village[FIN])
    assert (waiting.case, waiting.absent) == (case, "Chief Legal Officer")
    decide(village, FIN, case)
    village.post(FIN)
    found = village[EMMA].case(case).determination("")
    assert (found.office, found.absent, found.void) == ("cfo", "clo", "")


def test_cfos_decision_after_the_absence_is_refused_and_void_if_forced(village):
    today = village.clock.now().date()
    absences.declare(village[SEC], "clo", "cfo", today, today, "Leave")
    case = routed(village)
    village.clock.move_to(village.clock.now().replace(day=today.day + 3))
    assert [r.state for r in matter_deciding.queue(village[FIN])] == []
    with pytest.raises(Problems, match="only while a signed absence"):
        decide(village, FIN, case)
    session = village[FIN]
    acting = matter_deciding.Capacity("cfo", "clo")
    matter_deciding.write_decision(session, session.case(case), acting, APPROVED, "Finn Figures")
    (forced,) = session.case(case).determinations
    assert forced.void == decisions.NOT_AWAY


def test_silence_is_never_absence(village):
    case = routed(village)
    village.clock.move_to(village.clock.now().replace(month=12, day=30))
    assert matter_routing.to_route(village[SEC]) == ()
    with pytest.raises((Problems, CandorError)):
        decide(village, FIN, case)


def test_nobody_decides_what_was_not_sent_to_them(village):
    case = routed(village)
    with pytest.raises(Problems, match="an office that you do not hold now"):
        decide(village, SEC, case)


def test_own_matter_of_the_clo_goes_past_her(village):
    case = routed(village, LAW)
    assert village[SEC].case(case).route.office == "cfo"
    assert village[LAW].case(case).subject == village.id(LAW)
    assert matter_deciding.queue(village[LAW]) == ()
    assert [r.case for r in matter_deciding.queue(village[FIN])] == [case]


def test_more_is_asked_and_the_amendment_answers(village):
    case = routed(village)
    asked = matter_deciding.ask(village[LAW], case, "Who else was there?", date(2026, 12, 10))
    village.post(LAW)
    (request,) = village[EMMA].case(case).matter.open_requests
    assert (request.event, request.text) == (asked, "Who else was there?")
    assert [r.state for r in matter_deciding.queue(village[LAW])] == ["asked"]
    draft = matter_drafts.amend(village[EMMA], case, asked)
    fill(draft, {"q1_03": "Dinner with four of their people"})
    village.sign(EMMA, draft, "You asked")
    village.post(EMMA)
    assert [r.state for r in matter_deciding.queue(village[LAW])] == ["answered"]
    decide(village, LAW, case)
    assert village[LAW].case(case).determination("").caution == ""


def test_condition_needs_an_owner_and_a_day_and_comes_back_as_a_task(village):
    case = routed(village)
    bare = replace(
        APPROVED,
        kind=DecisionKind.APPROVAL_WITH_CONDITIONS,
        conditions=(Condition("Share it with the laboratory", ""),),
    )
    with pytest.raises(Problems) as refused:
        decide(village, LAW, case, bare)
    assert len(refused.value.problems) == 2
    kept = Condition("Share it with the laboratory", village.id(EMMA), date(2026, 12, 20))
    decide(village, LAW, case, replace(bare, conditions=(kept,)))
    village.post(LAW)
    (task,) = conditions.tasks(village[EMMA])
    assert (task.text, task.due, task.overdue) == (kept.text, kept.due, False)
    conditions.meet(village[EMMA], task, "Everybody had some.")
    village.post(EMMA)
    assert conditions.tasks(village[EMMA]) == ()
    assert village[LAW].case(case).matter.met[0].note == "Everybody had some."


def test_decision_without_reasons_or_of_a_kind_that_is_not_open_is_refused(village):
    case = routed(village)
    with pytest.raises(Problems, match="Write your reasons"):
        decide(village, LAW, case, Choice(DecisionKind.APPROVAL, " "))
    with pytest.raises(Problems, match="not open to you"):
        decide(village, LAW, case, Choice(DecisionKind.WAIVER_GRANTED, "Please."))
    assert village[LAW].case(case).determinations == ()


def test_executive_officers_approval_needs_a_finding_and_never_a_material_departure(village):
    case = routed(village, FIN)
    assert matter_deciding.sheet(village[LAW], case).rule_first == RulingAbout.RPT_POLICY_APPLIES
    with pytest.raises(Problems, match="not open to you"):
        decide(village, LAW, case)
    about, why = RulingAbout.RPT_POLICY_APPLIES, "The Company takes no part."
    matter_deciding.rule(village[LAW], case, about, False, why, signed(LAW, village))
    with pytest.raises(Problems, match="Say whether it is a material departure"):
        decide(village, LAW, case)
    departs = replace(APPROVED, material_departure=True, departure_reason="It does.")
    with pytest.raises(Problems, match="only by a waiver"):
        decide(village, LAW, case, departs)
    fine = replace(APPROVED, material_departure=False, departure_reason="Within the Code.")
    decide(village, LAW, case, fine)
    assert village[LAW].case(case).determination("").caution == ""


def test_like_cases_are_shown_and_what_follows_is_computed(village):
    first = routed(village)
    decide(village, LAW, first)
    second = routed(village, COMPLIANCE)
    sheet = matter_deciding.sheet(village[LAW], second)
    assert [name for name, _ in sheet.like_cases] == ["Emma Employee, GFT-2026-0001"]
    lines = matter_deciding.consequences(village[LAW], sheet, APPROVED)
    assert "No Form 8-K: this is not a waiver." in lines


def test_decider_sends_a_matter_on_to_the_committee_with_the_reason(village):
    case = routed(village)
    places = {place.id for place in matter_deciding.referables(village[LAW], case)}
    assert "body:audit" in places
    why = "The giver bids for our laboratory."
    matter_deciding.refer(village[LAW], case, "body:audit", why, *signed(LAW, village))
    village.post(LAW)
    route = village[SEC].case(case).route
    assert (route.body, route.reason) == ("audit", why)
    assert village.id(CHAIR) in route.people
    assert case in village[MAYA].state.cases
    assert matter_routing.to_route(village[SEC]) == ()
    with pytest.raises(Problems, match="decides this by vote"):
        decide(village, LAW, case)


def signed(key: str, village) -> tuple[str, str]:
    """A signature by name and passphrase."""
    return village.name(key), SECRET


def test_two_deciders_apart_are_both_kept_and_settled_by_one_who_knows_both(village):
    today = village.clock.now().date()
    case = routed(village)
    absences.declare(village[SEC], "clo", "cfo", today, today, "Leave")
    matter_routing.route(village[SEC], [case])
    village.carry(SEC, FIN)
    decide(village, FIN, case, replace(APPROVED, kind=DecisionKind.DISAPPROVAL))
    decide(village, LAW, case)
    village.carry(FIN)
    village.carry(LAW)
    found = village[SEC].case(case)
    assert [len(d.conflicts) for d in found.standing_on("")] == [1, 1]
    assert found.determination("") is None
    village.carry(SEC)
    (row,) = matter_deciding.queue(village[LAW])
    assert row.state == "conflict"
    assert len(matter_deciding.sheet(village[LAW], case).conflicts) == 2
    village.clock.move_to(village.clock.now().replace(day=today.day + 1))
    settled = decide(village, LAW, case, replace(APPROVED, reason="I spoke with Finn."))
    village.post(LAW)
    assert village[SEC].case(case).determination("").event == settled


def test_secretary_alone_routes_and_the_clo_routes_what_is_the_secretarys_own(village):
    case = village.file(EMMA).case
    village.post(EMMA)
    with pytest.raises(NotYours):
        matter_routing.route(village[LAW], [case])
    own = village.file(SEC).case
    village.carry(SEC)
    assert own not in {row.case for row in matter_routing.to_route(village[SEC])}
    assert own in {row.case for row in matter_routing.to_route(village[LAW])}
    matter_routing.route(village[LAW], [own])
    decide(village, LAW, own)
    village.carry(LAW)
    assert village[SEC].case(own).determination("").kind == "approval"


def test_ruling_comes_first_and_then_the_committee_has_it(village):
    case = routed(village, CHAIR, "family-business")
    session = village[LAW]
    route = session.case(case).route
    assert [d.office for d in route.deciders] == ["clo"]
    assert [r.state for r in matter_deciding.queue(session)] == ["rule"]
    matter_deciding.rule(
        session,
        case,
        RulingAbout.RPT_POLICY_APPLIES,
        True,
        "She is a director, and the Company takes part.",
        signed(LAW, village),
    )
    village.post(LAW)
    after = village[SEC].case(case).route
    assert after.body == "audit"
    assert village.id(CHAIR) not in after.people
    assert village.id(MAYA) in after.people
    assert case in village[MAYA].state.cases


def test_home_says_what_matters_ask_of_each(village):
    case = village.file(EMMA).case
    village.post(EMMA)
    titles = {card.title for card in home.home(village[SEC]).needs}
    assert "Send on 1 matter" in titles
    matter_routing.route(village[SEC], [case])
    village.carry(SEC)
    assert "Decide 1 matter" in {card.title for card in home.home(village[LAW]).needs}
    matter_deciding.ask(village[LAW], case, "Who else was there?", date(2026, 12, 10))
    village.post(LAW)
    (card,) = [c for c in home.home(village[EMMA]).needs if c.target.argument == case]
    assert (card.text, card.due) == ("Who else was there?", date(2026, 12, 10))


def test_only_the_board_grants_an_executive_officers_waiver_and_the_clo_alone_is_void(village):
    case = routed(village, FIN, "waiver-request")
    session = village[LAW]
    granted = Choice(
        DecisionKind.WAIVER_GRANTED, "Please.", material_departure=True, departure_reason="It is."
    )
    with pytest.raises(Problems):
        decide(village, LAW, case, granted)
    matter_deciding.write_decision(
        session, session.case(case), matter_deciding.Capacity("clo"), granted, "Lora Lawless"
    )
    (forced,) = session.case(case).determinations
    assert forced.void
    assert session.case(case).determination("") is None


def test_report_of_weak_controls_reaches_the_chair_alone_who_needs_no_route(village):
    case = village.file(EMMA, "control-deficiency").case
    village.post(EMMA)
    assert case in village[CHAIR].state.cases
    for key in (SEC, LAW, FIN, COMPLIANCE, MAYA):
        assert case not in everything(village[key])
    assert matter_deciding.capacity(village[CHAIR], village[CHAIR].case(case)).office == "ac_chair"


def test_filer_who_changes_class_is_routed_anew_before_the_decision(village):
    case = routed(village)
    session = village[SEC]
    emma = session.directory.people[village.id(EMMA)]
    promoted = PersonAct(
        emma.id, emma.name, emma.email, ("executive_officer",), emma.attributes, emma.title
    )
    acts.say(session, [promoted])
    (row,) = matter_routing.to_route(session)
    assert row.again == "It now falls under another row of the Code."
    matter_routing.route(session, [case])
    assert session.case(case).route.row != session.case(case).referrals[0].row


def test_sent_on_matter_is_worked_out_from_signed_records_alike_in_every_vault(village):
    case = routed(village)
    here = matter_routing.where(village[SEC], village[SEC].case(case))
    there = matter_routing.where(village[LAW], village[LAW].case(case))
    assert here == there
