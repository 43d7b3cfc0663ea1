"""A filed matter: its versions, who may decide it, and what comes of it."""

from __future__ import annotations

import pytest
from matter_world import ask, decide, file, put, route, rule, to_committee, with_board

from candor.records import conflicts, decisions, matter_fold, openings, routes, standing
from candor.records.acts import AbsenceAct
from candor.records.events import EventType

AWAY = ("clo", "cfo", "2027-01-04", "2027-01-05")


@pytest.fixture
def town(world):
    return with_board(world)


def test_matter_runs_from_filing_to_a_decision_with_a_condition_met(town):
    case, filed = file(town)
    town.receive(case, filed, "GFT-2027-0001")
    sent = route(town, case, filed, allowed=["approval", "approval_with_conditions"], row="gift")
    condition = {"text": "Share it", "owner": "eve", "due": "2027-02-01"}
    decided = decide(
        town, "cleo", case, filed, sent, kind="approval_with_conditions", conditions=[condition]
    )
    pairs = [("decision", decided), ("number", 0), ("note", "Shared.")]
    met = town.write("eve", case, EventType.CONDITION_MET, pairs, deps=[decided])
    state = town.state()
    found = state.cases[case]
    assert state.held | state.refused | state.quarantined | state.void == {}
    assert (found.kind, found.subject, found.number) == ("matter", "eve", "GFT-2027-0001")
    assert found.matter.matter == "gift_received"
    assert found.route.row == "gift"
    assert found.determination("").event == decided
    assert (found.matter.met[0].event, found.matter.is_met(decided, 0)) == (met, True)
    assert found.audience_people == ("cleo", "eve")
    assert found.audience_offices == ("clo", "secretary")


def test_nobody_decides_their_own_matter_nor_is_sent_it(town):
    case, filed = file(town, "cleo")
    sent = route(town, case, filed, person="")
    own = decide(town, "cleo", case, filed, sent)
    back = route(town, case, filed)
    state = town.state()
    assert state.void == {own: decisions.OWN_MATTER, back: routes.OWN_REFERRAL}


def test_decision_before_a_route_or_of_a_kind_that_is_not_open_is_void(town):
    case, filed = file(town)
    early = decide(town, "cleo", case, filed)
    sent = route(town, case, filed, allowed=["approval", "disapproval"])
    wide = decide(town, "cleo", case, filed, sent, kind="waiver_granted")
    state = town.state()
    assert state.void == {early: decisions.NOT_REFERRED, wide: decisions.NOT_ALLOWED}
    assert state.cases[case].determination("") is None


def test_cfo_decides_inside_a_signed_absence_for_that_matter_and_nowhere_else(town):
    case, filed = file(town)
    sent = route(town, case, filed)
    claims = {"office": "cfo", "in_absence_of": "clo"}
    before = decide(town, "dan", case, filed, sent, **claims)
    town.act(AbsenceAct(*AWAY, matters=("loan",)))
    other = decide(town, "dan", case, filed, sent, **claims)
    town.act(AbsenceAct(*AWAY, matters=("gift_received",), reason="Leave"))
    inside = decide(town, "dan", case, filed, sent, **claims)
    town.tick(days=3)
    late = decide(town, "dan", case, filed, sent, **claims)
    found = {d.event: d for d in town.state().cases[case].determinations}
    assert found[inside].absent == "clo"
    assert {e: d.void for e, d in found.items()} == {
        before: decisions.NOT_AWAY,
        other: decisions.NOT_AWAY,
        inside: "",
        late: decisions.NOT_AWAY,
    }


def test_office_that_returns_cannot_undo_what_its_deputy_decided(town):
    town.act(AbsenceAct(*AWAY))
    case, filed = file(town)
    sent = route(town, case, filed)
    first = decide(town, "dan", case, filed, sent, office="cfo", in_absence_of="clo")
    town.tick(days=3)
    undone = decide(town, "cleo", case, filed, sent, first, kind="disapproval")
    state = town.state()
    assert state.void == {undone: conflicts.NO_UNDOING}
    assert state.cases[case].determination("").event == first


def test_office_that_is_declared_away_and_knows_it_decides_nothing(town):
    case, filed = file(town)
    sent = route(town, case, filed)
    town.act(AbsenceAct(*AWAY, matters=("gift_received",)))
    event = decide(town, "cleo", case, filed, sent)
    assert town.state().void == {event: decisions.AWAY}


def test_two_decisions_that_do_not_know_of_each_other_are_kept_and_neither_stands(town):
    before = town.heads
    town.act(AbsenceAct(*AWAY))
    case, filed = file(town)
    sent = route(town, case, filed)
    one = decide(town, "cleo", case, filed, sent, heads=before)
    other = decide(town, "dan", case, filed, sent, office="cfo", kind="disapproval")
    found = town.state().cases[case]
    by_event = {d.event: d for d in found.determinations}
    assert (by_event[one].conflicts, by_event[other].conflicts) == ((other,), (one,))
    assert not any(d.void for d in found.determinations)
    assert found.determination("") is None
    town.tick(days=3)
    settled = decide(town, "cleo", case, filed, sent, one, other, kind="disapproval")
    found = town.state().cases[case]
    assert found.determination("").event == settled
    assert {d.replaced_by for d in found.determinations} == {"", settled}


def test_two_decisions_that_agree_are_no_conflict(town):
    before = town.heads
    town.act(AbsenceAct(*AWAY))
    case, filed = file(town)
    sent = route(town, case, filed)
    decide(town, "cleo", case, filed, sent, heads=before)
    decide(town, "dan", case, filed, sent, office="cfo")
    assert town.state().cases[case].determination("") is not None


def test_conflict_on_an_exception_is_raised_by_the_same_rules(town):
    before = town.heads
    town.act(AbsenceAct(*AWAY))
    case, issued = town.issue("ben")
    signed = town.sign("ben", case, issued)
    town.refer(case, "6.01")
    one = town.decide("cleo", case, signed, heads=before)
    other = town.decide("dan", case, signed, office="cfo", kind="actual_conflict")
    knowing = town.decide("cleo", case, signed)
    found = town.state().cases[case]
    assert town.state().void == {knowing: decisions.AWAY}
    assert {d.event: d.conflicts for d in found.determinations if not d.void} == {
        one: (other,),
        other: (one,),
    }
    assert found.determination("6.01") is None


def test_amendment_needs_a_reason_and_stays_about_the_same_matter(town):
    case, filed = file(town)
    bare = file(town, case=case, supersedes=filed)[1]
    moved = file(town, case=case, supersedes=filed, reason="Wrong form", matter="loan")[1]
    second = file(town, case=case, supersedes=filed, reason="The value was wrong")[1]
    state = town.state()
    assert state.void == {bare: openings.NO_REASON, moved: openings.OTHER_MATTER}
    first, last = state.cases[case].submissions
    assert (first.superseded_by, last.reason) == (second, "The value was wrong")


def test_question_of_the_decider_is_answered_by_an_amendment(town):
    case, filed = file(town)
    sent = route(town, case, filed)
    asked = ask(town, "cleo", case, filed, sent, due="2027-01-12")
    stranger = ask(town, "ben", case, filed, sent)
    assert town.state().cases[case].matter.open_requests[0].event == asked
    answer = file(town, case=case, supersedes=filed, reason="Asked", request=asked, deps=[asked])[1]
    state = town.state()
    assert state.cases[case].matter.requests[0].answered_by == answer
    assert state.void == {stranger: decisions.NO_OFFICE}


def test_decision_on_an_amended_version_counts_with_a_caution(town):
    case, filed = file(town)
    sent = route(town, case, filed)
    decide(town, "cleo", case, filed, sent)
    file(town, case=case, supersedes=filed, reason="More")
    assert town.state().cases[case].determinations[0].caution == decisions.REPLACED


def test_withdrawn_matter_is_kept_and_nobody_who_knows_decides_it(town):
    case, filed = file(town)
    sent = route(town, case, filed)
    unknowing = decide(town, "cleo", case, filed, sent)
    pairs = [("reason", "I gave it back.")]
    gone = town.write("eve", case, EventType.MATTER_WITHDRAWN, pairs, deps=[filed])
    theft = town.write("cleo", case, EventType.MATTER_WITHDRAWN, pairs, deps=[filed])
    knowing = decide(town, "cleo", case, filed, sent, gone)
    state = town.state()
    found = state.cases[case]
    assert found.matter.withdrawal.event == gone
    assert state.void == {theft: matter_fold.NOT_FILER, knowing: decisions.WITHDRAWN}
    assert found.determination("").caution == decisions.WITHDRAWN_SINCE
    assert found.determination("").event == unknowing
    assert len(found.submissions) == 1


def test_retired_matter_names_the_day_on_which_it_ended(town):
    case, filed = file(town)
    pairs = [("ended_on", "2027-01-04"), ("reason", "Sold.")]
    town.write("eve", case, EventType.MATTER_RETIRED, pairs, deps=[filed])
    bad = town.write(
        "eve", case, EventType.MATTER_RETIRED, [("ended_on", "2027-02-30")], deps=[filed]
    )
    state = town.state()
    assert state.cases[case].matter.retirement.ended_on == "2027-01-04"
    assert list(state.void) == [bad]


def test_new_route_ends_the_one_it_knew_and_a_decision_is_judged_by_what_it_knew(town):
    case, filed = file(town)
    first = route(town, case, filed)
    second = route(town, case, filed, deps=[first], office="cfo", person="dan", who="cleo")
    unaware = decide(town, "cleo", case, filed, first)
    aware = decide(town, "cleo", case, filed, second)
    taken = decide(town, "dan", case, filed, second, office="cfo")
    state = town.state()
    found = {d.event: d for d in state.cases[case].determinations}
    assert found[aware].void == decisions.NOT_REFERRED
    # Her log goes on after her own route, so she knew of it in the first decision too.
    assert found[unaware].void == decisions.NOT_REFERRED
    assert (found[taken].void, state.cases[case].route.event) == ("", second)


def test_decision_that_did_not_know_of_a_new_route_counts_with_a_caution(town):
    case, filed = file(town)
    first = route(town, case, filed)
    decide(town, "cleo", case, filed, first)
    route(town, case, filed, deps=[first], office="cfo", person="dan")
    (found,) = town.state().cases[case].determinations
    assert (found.void, found.caution) == ("", decisions.REROUTED)


def test_two_routes_that_do_not_know_of_each_other_leave_the_place_open(town):
    case, filed = file(town)
    route(town, case, filed)
    route(town, case, filed, who="cleo", office="cfo", person="dan")
    assert town.state().cases[case].route is None


def test_strangers_neither_route_nor_rule(town):
    case, filed = file(town)
    sent = route(town, case, filed)
    pushed = route(town, case, filed, who="ben", office="cfo", person="dan")
    ruled = rule(town, "dan", case, filed, sent, office="cfo")
    mine = rule(town, "cleo", case, filed, sent)
    state = town.state()
    assert set(state.void) == {pushed, ruled}
    assert state.void[ruled] == decisions.NOT_REFERRED
    assert state.cases[case].matter.ruling("rpt_policy_applies").event == mine


def test_officer_named_to_rule_first_rules_though_a_committee_decides(town):
    case, filed = file(town, "gil", matter="related_person_transaction")
    named = [{"office": "clo", "person": "cleo", "part": "rules_first"}]
    sent = to_committee(town, case, filed, "hal", "ida", deciders=named)
    ruled = rule(town, "cleo", case, filed, sent)
    alone = decide(town, "cleo", case, filed, sent)
    state = town.state()
    assert state.void == {alone: decisions.NOT_REFERRED}
    assert state.cases[case].matter.ruling("rpt_policy_applies").event == ruled
    assert state.cases[case].audience_people == ("cleo", "gil", "hal", "ida")
    assert "ac_chair" not in state.cases[case].audience_offices
    assert "ac_member" not in state.cases[case].audience_offices


def test_approval_for_a_director_without_a_finding_is_cautioned(town):
    case, filed = file(town, "gil", matter="outside_service")
    sent = route(town, case, filed)
    decide(town, "cleo", case, filed, sent)
    finding = {"is": False, "reason": "Within the Code."}
    decide(town, "cleo", case, filed, sent, material_departure=finding)
    first, second = town.state().cases[case].determinations
    assert (first.caution, second.caution) == (decisions.NO_FINDING, "")


def test_matter_that_several_must_sign_stands_when_all_have(town):
    case, filed = file(town, matter="gift_given")
    town.office("cco", "ben")
    jointly = [
        {"office": office, "person": who, "part": "signs_jointly"}
        for office, who in (("cco", "ben"), ("clo", "cleo"))
    ]
    sent = route(town, case, filed, deciders=jointly)
    first = decide(town, "cleo", case, filed, sent)
    assert town.state().cases[case].determination("") is None
    last = decide(town, "ben", case, filed, sent, office="cco")
    assert town.state().cases[case].determination("").event in {first, last}


def test_one_refusal_among_several_who_must_sign_refuses(town):
    case, filed = file(town, matter="gift_given")
    town.office("cco", "ben")
    jointly = [
        {"office": office, "person": who, "part": "signs_jointly"}
        for office, who in (("cco", "ben"), ("clo", "cleo"))
    ]
    sent = route(town, case, filed, deciders=jointly)
    decide(town, "cleo", case, filed, sent)
    no = decide(town, "ben", case, filed, sent, office="cco", kind="disapproval")
    assert town.state().cases[case].determination("").event == no


def test_matter_for_a_closed_audience_may_be_decided_without_a_route(town):
    audience = {"name": "controls", "offices": ["ac_chair"], "people": ["gil", "eve"]}
    case, filed = file(town, matter="control_deficiency", audience=audience)
    noted = decide(town, "gil", case, filed, kind="noted", office="ac_chair")
    found = town.state().cases[case]
    assert "secretary" not in found.audience_offices
    assert found.determination("").event == noted


def test_matter_claimed_by_two_people_stops(town):
    case, filed = file(town)
    sent = route(town, case, filed)
    decide(town, "cleo", case, filed, sent)
    file(town, "ben", case=case)
    assert town.state().cases[case].determination("") is None


def test_item_put_into_a_matters_case_stops_the_matter_and_is_void(town):
    case, filed = file(town)
    sent = route(town, case, filed)
    decide(town, "cleo", case, filed, sent)
    put(town, case=case)
    found = town.state().cases[case]
    assert (found.kind, found.item, found.determination("")) == ("matter", None, None)


def test_disclosure_is_recorded_for_a_decision_and_never_by_the_filer(town):
    case, filed = file(town)
    sent = route(town, case, filed)
    decided = decide(town, "cleo", case, filed, sent)
    pairs = [("decision", decided), ("route", "form_8k"), ("filed_on", "2027-01-08")]
    told = town.write("ada", case, EventType.FILING_RECORDED, pairs, deps=[decided])
    own = town.write("eve", case, EventType.FILING_RECORDED, pairs, deps=[decided])
    state = town.state()
    assert state.cases[case].matter.disclosures[0].event == told
    assert list(state.void) == [own]


def test_matters_acts_in_a_questionnaire_are_void(town):
    case, issued = town.issue("ben")
    signed = town.sign("ben", case, issued)
    pairs = [("reason", "No.")]
    event = town.write("ben", case, EventType.MATTER_WITHDRAWN, pairs, deps=[signed])
    moved = file(town, "ben", case=case)[1]
    state = town.state()
    assert state.void == {event: routes.NOT_A_MATTER, moved: openings.OTHER_CASE}


def test_manager_of_the_directory_decides_where_the_matter_names_them_and_nobody_else(town):
    town.person("eve", classes=("employee",), manager="hal")
    case, filed = file(town)
    named = [{"office": "asset_owner", "person": "ida", "part": "signs_jointly"}]
    wrong = route(town, case, filed, office="manager", person="gil")
    to = {"office": "manager", "person": "hal"}
    joint = [{**to, "part": "signs_jointly"}, *named]
    sent = route(town, case, filed, **to, deciders=joint)
    first = decide(town, "hal", case, filed, sent, office="manager")
    found = town.state().cases[case]
    assert (found.determination(""), "hal" in found.audience_people) == (None, True)
    second = decide(town, "ida", case, filed, sent, first, office="asset_owner")
    posing = decide(town, "gil", case, filed, sent, office="asset_owner")
    state = town.state()
    assert state.void == {wrong: standing.NOT_HOLDER, posing: decisions.NO_OFFICE}
    assert {d.event for d in state.cases[case].standing_on("")} == {first, second}
    assert state.cases[case].determination("") is not None
