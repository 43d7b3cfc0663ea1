"""Exceptions: who gets them, who may decide, and what counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from a_company import CFO, CHAIR, CLO, DIRECTOR, MEMBER, PEOPLE, SECRET, SECRETARY

from candor.app import absences, company, deciding, outbox
from candor.app.deciding import Condition, Decision, ExceptionRow
from candor.app.matter_capacity import Capacity
from candor.app.session import NotYours
from candor.app.signing import SignatureRefused
from candor.errors import CandorError, Problems
from candor.policy.facts import Matter
from candor.policy.terms import DecisionKind
from candor.records.decisions import AWAY, NO_OFFICE, NOT_AWAY, NOT_REFERRED, OWN_MATTER


def of(rows: tuple[ExceptionRow, ...], key: str) -> list[ExceptionRow]:
    return [row for row in rows if row.person == PEOPLE[key].name]


def noted(row: ExceptionRow) -> Decision:
    return Decision(
        case=row.case,
        question=row.fact.question,
        kind=DecisionKind.NOTED,
        reason="A fact for the filings.",
        material_departure=False,
        departure_reason="Disclosed in full.",
    )


def test_the_most_serious_exceptions_come_first_each_with_its_decider(town_after):
    rows = deciding.exceptions(town_after("replied")[SECRETARY])
    severities = [row.fact.severity for row in rows]
    assert severities == sorted(severities, key=["high", "medium", "low", "open"].index)
    assert {row.state for row in rows} == {"new"}
    assert {row.decider_name for row in of(rows, DIRECTOR)} == {PEOPLE[CLO].name}
    assert {row.decider_name for row in of(rows, CLO)} == {PEOPLE[CFO].name}
    assert all(row.clause and row.route_reason for row in rows)


def test_before_a_referral_the_cfo_holds_nothing_of_the_clos(town_after):
    town = town_after("replied")
    assert {case.subject for case in town[CFO].state.cases.values()} == {town.id(CFO)}
    assert deciding.queue(town[CFO]) == ()


def test_a_referral_widens_the_case_to_its_decider_and_to_nobody_else(town_after):
    town = town_after("referred")
    clos = next(c for c in town[SECRETARY].state.cases.values() if c.subject == town.id(CLO))
    assert "cfo" in clos.audience_offices
    assert {row.person for row in deciding.queue(town[CFO])} == {PEOPLE[CLO].name}
    for key in (CHAIR, MEMBER, DIRECTOR):
        assert clos.id not in town[key].state.cases


def test_nobody_is_sent_a_decision_on_its_way_about_themselves(town_after):
    town = town_after("decided")
    for key in (CHAIR, DIRECTOR, CLO, CFO):
        mine = [c for c in town[key].state.cases.values() if c.subject == town.id(key)]
        assert mine
        assert all(not case.referrals and not case.determinations for case in mine)
        assert not of(deciding.queue(town[key]), key)


def test_the_decider_decides_by_file_and_the_secretary_sees_it(town_after):
    town = town_after("decided")
    rows = deciding.exceptions(town[SECRETARY])
    assert {row.state for row in rows} == {"determined"}
    by = {row.determination.by for row in of(rows, CLO) if row.determination}
    assert by == {PEOPLE[CFO].name}
    assert all(row.determination and not row.determination.void for row in rows)


def test_a_decision_sheet_says_everything_and_blocks_those_whom_it_does_not_concern(town_after):
    town = town_after("referred")
    row = deciding.queue(town[CLO])[0]
    sheet = deciding.sheet(town[CLO], row.case, row.fact.question)
    assert not sheet.blocked
    assert sheet.rule_source
    assert dict(sheet.facts)["Filer"].startswith(row.person)
    blocked = deciding.sheet(town[SECRETARY], row.case, row.fact.question).blocked
    assert blocked == "This exception was not referred to you."


def test_a_decision_sheet_names_each_value_of_a_table_and_leaves_out_what_is_empty(town_after):
    town = town_after("referred")
    sheets = [deciding.sheet(town[CLO], r.case, r.fact.question) for r in deciding.queue(town[CLO])]
    with_rows = [sheet for sheet in sheets if sheet.rows]
    assert with_rows
    for sheet in with_rows:
        assert dict(sheet.facts).get("Answer") in {None, "Yes"}
        assert all(label and value and value != "–" for row in sheet.rows for label, value in row)
    told = [dict(sheet.facts) for sheet in sheets if "In their words" in dict(sheet.facts)]
    assert told
    assert all(facts["In their words"] not in facts["Answer"] for facts in told)


def test_a_decision_on_ones_own_answers_is_blocked_and_void_if_forced(town_after):
    town = town_after("referred")
    session = town[CLO]
    own = next(c for c in session.state.cases.values() if c.subject == town.id(CLO) and c.issued)
    question = "13.01"
    assert "your own answers" in deciding.sheet(session, own.id, question).blocked
    decision = Decision(own.id, question, DecisionKind.NOTED, "Fine.", (), False, "None.")
    with pytest.raises(Problems, match="your own answers"):
        deciding.decide(session, decision, PEOPLE[CLO].name, SECRET)
    deciding.write_determination(session, decision, PEOPLE[CLO].name)
    (forced,) = session.case(own.id).determinations
    assert forced.void == OWN_MATTER


def test_a_decision_without_a_referral_is_kept_and_void(town_after):
    town = town_after("replied")
    row = of(deciding.exceptions(town[SECRETARY]), DIRECTOR)[0]
    deciding.write_determination(town[SECRETARY], noted(row), PEOPLE[SECRETARY].name)
    (forced,) = town[SECRETARY].case(row.case).determinations
    assert forced.void in {NO_OFFICE, NOT_REFERRED}
    assert deciding.exceptions(town[SECRETARY])[0].state == "new"


def test_who_has_lost_the_office_since_the_referral_decides_nothing(town_after):
    town = town_after("referred")
    row = deciding.queue(town[CFO])[0]
    company.assign_office(town[SECRETARY], "cfo", town.id(MEMBER), date(2026, 12, 1))
    event = town[SECRETARY].directory_events
    town[CFO].receive(event)
    sheet = deciding.sheet(town[CFO], row.case, row.fact.question)
    assert "an office that you do not hold now" in sheet.blocked
    with pytest.raises(Problems):
        deciding.decide(town[CFO], noted(row), PEOPLE[CFO].name, SECRET)
    deciding.write_determination(town[CFO], noted(row), PEOPLE[CFO].name)
    (forced,) = town[CFO].case(row.case).determinations
    assert forced.void == NO_OFFICE


def test_an_incomplete_decision_is_refused_with_everything_that_is_missing(town_after):
    town = town_after("referred")
    row = deciding.queue(town[CLO])[0]
    bare = Decision(row.case, row.fact.question, DecisionKind.APPROVAL_WITH_CONDITIONS, "  ")
    with pytest.raises(Problems) as refused:
        deciding.decide(town[CLO], bare, PEOPLE[CLO].name, SECRET)
    assert len(refused.value.problems) == 3
    empty = replace(noted(row), conditions=(Condition("", "", None),))
    with pytest.raises(Problems, match="no text"):
        deciding.decide(town[CLO], empty, PEOPLE[CLO].name, SECRET)
    assert not town[CLO].case(row.case).determinations


def test_several_decisions_are_signed_together_or_not_at_all(town_after):
    town = town_after("referred")
    rows = deciding.queue(town[CLO])
    decisions = [noted(row) for row in rows]
    decisions[-1] = replace(decisions[-1], reason="")
    with pytest.raises(Problems, match=f"^{rows[-1].fact.question}:"):
        deciding.decide_many(town[CLO], decisions, PEOPLE[CLO].name, SECRET)
    with pytest.raises(SignatureRefused):
        deciding.decide_many(town[CLO], decisions[:-1], PEOPLE[CLO].name, "wrong words")
    assert all(row.state == "referred" for row in deciding.queue(town[CLO]))
    deciding.decide_many(town[CLO], decisions[:-1], PEOPLE[CLO].name, SECRET)
    states = [row.state for row in deciding.queue(town[CLO])]
    assert states.count("determined") == len(rows) - 1


def test_what_follows_from_a_decision_is_computed(town_after):
    town = town_after("referred")
    row = deciding.queue(town[CLO])[0]
    sheet = deciding.sheet(town[CLO], row.case, row.fact.question)
    condition = Condition("Stay out of it", "Harold", date(2027, 1, 31))
    lines = deciding.follows(sheet, replace(noted(row), conditions=(condition,)))
    assert "No Form 8-K: this is not a waiver." in lines
    assert any(line.startswith("Harold: Stay out of it by Sun") for line in lines)
    assert any("no material departure" in line for line in lines)
    referred = replace(noted(row), kind=DecisionKind.REFERRED)
    assert "Audit Committee undecided" in deciding.follows(sheet, referred)[0]


def test_a_condition_comes_back_with_its_date(town_after):
    town = town_after("referred")
    row = deciding.queue(town[CLO])[0]
    condition = Condition("Stay out of it", "Harold", date(2027, 1, 31))
    decision = replace(
        noted(row), kind=DecisionKind.APPROVAL_WITH_CONDITIONS, conditions=(condition,)
    )
    deciding.decide(town[CLO], decision, PEOPLE[CLO].name, SECRET)
    town.carry(CLO)
    found = next(
        r
        for r in deciding.exceptions(town[SECRETARY])
        if (r.case, r.fact.question) == (row.case, row.fact.question)
    )
    assert found.determination is not None
    assert found.determination.conditions == (condition,)


def test_like_cases_decided_before_are_shown(town_after):
    town = town_after("decided")
    row = next(r for r in of(deciding.queue(town[CLO]), DIRECTOR) if r.fact.question == "6.01")
    sheet = deciding.sheet(town[CLO], row.case, "6.01")
    assert [name for name, _ in sheet.like_cases] == [f"{PEOPLE[CHAIR].name}, 6.01"]


def test_only_the_secretary_refers(town_after):
    town = town_after("replied")
    row = deciding.exceptions(town[SECRETARY])[0]
    with pytest.raises(NotYours):
        deciding.refer(town[CLO], ((row.case, row.fact.question),))


def test_without_anybody_to_decide_it_is_said_why_and_nothing_is_referred(town_after):
    town = town_after("replied")
    session = town[SECRETARY]
    rows = of(deciding.exceptions(session), CLO)
    for office in ("cfo", "ac_chair", "ac_member"):
        company.assign_office(session, office, town.id(CLO), date(2026, 12, 1))
    before = session.state.project()
    row = of(deciding.exceptions(session), CLO)[0]
    if row.decider_name:
        assert row.decider_name != PEOPLE[CLO].name
    else:
        assert "vacant or held by the person concerned" in row.route_reason
        with pytest.raises(CandorError):
            deciding.refer(session, ((rows[0].case, rows[0].fact.question),))
        assert session.state.project() == before


def away(town, days: int, deputy: str = "cfo", matters: tuple[Matter, ...] = ()) -> None:
    """The Chief Legal Officer is declared away from today for some more days."""
    today = town.clock.now().date()
    until = today + timedelta(days=days)
    absences.declare(town[SECRETARY], "clo", deputy, today, until, "Leave", matters)


def refer_all(town, key: str) -> list[ExceptionRow]:
    """The secretary refers one person's exceptions, and the files are carried."""
    rows = of(deciding.exceptions(town[SECRETARY]), key)
    deciding.refer(town[SECRETARY], ((row.case, row.fact.question) for row in rows))
    town.carry(SECRETARY)
    return rows


def test_while_the_clo_is_away_the_cfo_decides_exceptions_for_her(town_after):
    town = town_after("replied")
    away(town, days=4)
    rows = refer_all(town, DIRECTOR)
    assert {row.decider_name for row in rows} == {PEOPLE[CFO].name}
    row = next(r for r in deciding.queue(town[CFO]) if r.person == PEOPLE[DIRECTOR].name)
    sheet = deciding.sheet(town[CFO], row.case, row.fact.question)
    assert sheet.instead_of.startswith(f"You decide for {PEOPLE[CLO].name}, absent from")
    deciding.decide(town[CFO], noted(row), PEOPLE[CFO].name, SECRET)
    town.carry(CFO)
    found = town[SECRETARY].case(row.case).determination(row.fact.question)
    assert (found.office, found.absent, found.void) == ("cfo", "clo", "")


def test_the_cfos_decision_outside_the_absence_is_refused_and_void_if_forced(town_after):
    town = town_after("replied")
    away(town, days=1)
    refer_all(town, DIRECTOR)
    row = of(deciding.queue(town[CFO]), DIRECTOR)[0]
    forced = town[CFO].case(row.case).referrals[-1]
    town.clock.move_to(town.clock.now() + timedelta(days=5))
    assert of(deciding.queue(town[CFO]), DIRECTOR) == []
    with pytest.raises(Problems, match="only while a signed absence"):
        deciding.decide(town[CFO], noted(row), PEOPLE[CFO].name, SECRET)
    capacity = Capacity("cfo", forced.office)
    deciding.write_determination(town[CFO], noted(row), PEOPLE[CFO].name, capacity)
    (void,) = town[CFO].case(row.case).determinations
    assert void.void == NOT_AWAY


def test_the_clo_decides_again_once_the_absence_is_over_without_a_new_referral(town_after):
    town = town_after("replied")
    away(town, days=1)
    rows = refer_all(town, DIRECTOR)
    town.clock.move_to(town.clock.now() + timedelta(days=5))
    assert {row.state for row in of(deciding.exceptions(town[SECRETARY]), DIRECTOR)} == {"referred"}
    deciding.decide(town[CLO], noted(rows[0]), PEOPLE[CLO].name, SECRET)
    found = town[CLO].case(rows[0].case).determination(rows[0].fact.question)
    assert (found.office, found.absent) == ("clo", "")


def test_who_is_away_by_their_own_declaration_decides_nothing_meanwhile(town_after):
    town = town_after("replied")
    away(town, days=4)
    refer_all(town, DIRECTOR)
    row = of(deciding.queue(town[CLO]), DIRECTOR)[0]
    with pytest.raises(Problems, match="the deputy decides"):
        deciding.decide(town[CLO], noted(row), PEOPLE[CLO].name, SECRET)
    deciding.write_determination(town[CLO], noted(row), PEOPLE[CLO].name)
    (void,) = town[CLO].case(row.case).determinations
    assert void.void == AWAY


def test_exceptions_are_referred_again_when_their_decider_goes_away(town_after):
    town = town_after("referred")
    away(town, days=4)
    states = {row.state for row in of(deciding.exceptions(town[SECRETARY]), DIRECTOR)}
    assert states == {"new"}
    refer_all(town, DIRECTOR)
    assert of(deciding.queue(town[CFO]), DIRECTOR)
    assert {r.state for r in of(deciding.exceptions(town[SECRETARY]), DIRECTOR)} == {"referred"}


def test_the_deputys_own_exceptions_go_past_them_while_they_act_for_the_clo(town_after):
    town = town_after("replied")
    away(town, days=4)
    rows = of(deciding.exceptions(town[SECRETARY]), CFO)
    assert {row.decider_name for row in rows} == {PEOPLE[CHAIR].name}


def test_an_absence_from_other_matters_leaves_exceptions_where_they_are(town_after):
    town = town_after("replied")
    away(town, days=4, matters=(Matter.LOAN,))
    rows = of(deciding.exceptions(town[SECRETARY]), DIRECTOR)
    assert {row.decider_name for row in rows} == {PEOPLE[CLO].name}


def test_referring_again_sends_nothing_twice(town_after):
    town = town_after("referred")
    ready = [item for item in outbox.outbox(town[SECRETARY]) if item.state == "ready"]
    assert ready == []
