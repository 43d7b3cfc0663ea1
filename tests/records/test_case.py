"""What a case says, and whose word counts in it."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from candor.records import (
    authority,
    case_fold,
    decisions,
    openings,
    page_signatures,
    routes,
    working,
)
from candor.records.acts import AbsenceAct, OfficeAct
from candor.records.events import EventType
from candor.records.ledger import TOO_EARLY
from candor.records.witness import times


def test_questionnaire_runs_from_issue_to_determination(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    receipt = world.receive(case, signed)
    world.refer(case, "6.01")
    decided = world.decide("cleo", case, signed)
    state = world.state()
    found = state.cases[case]
    assert state.held | state.refused | state.quarantined | state.void == {}
    assert (found.kind, found.subject, found.number) == ("questionnaire", "ben", "DOQ-2027-0001")
    assert found.submissions[0].answers["6.01"].value is True
    assert found.audience_offices == ("clo", "secretary")
    assert found.audience_people == ("ben", "cleo")
    assert found.determination("6.01").event == decided
    assert found.determination("6.02") is None
    assert found.timeline[0].type == "questionnaire.issued"
    shown = times(state, signed, "2027-01-04T11:00:00+00:00")
    assert shown.claimed == found.submissions[0].claimed_at
    assert (shown.received, shown.witnessed[0].event) == ("2027-01-04T11:00:00+00:00", receipt)


def test_determination_by_someone_without_the_office_is_void(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.01")
    event = world.decide("dan", case, signed)
    state = world.state()
    assert state.void[event] == decisions.NO_OFFICE
    assert state.cases[case].determinations[0].void == decisions.NO_OFFICE
    assert state.cases[case].determination("6.01") is None


def test_nobody_decides_their_own_matter(world):
    case, issued = world.issue("cleo")
    signed = world.sign("cleo", case, issued)
    world.refer(case, "6.01", office="clo", person="dan")
    event = world.decide("cleo", case, signed)
    assert world.state().void[event] == decisions.OWN_MATTER


def test_nobody_is_sent_their_own_matter(world):
    case, issued = world.issue("cleo")
    world.sign("cleo", case, issued)
    event = world.refer(case, "6.01")
    assert world.state().void[event] == routes.OWN_REFERRAL


def test_determination_needs_a_referral_of_that_very_question(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.02")
    event = world.decide("cleo", case, signed)
    assert world.state().void[event] == decisions.NOT_REFERRED


def test_determination_that_names_no_directory_is_void(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.01")
    event = world.decide("cleo", case, signed, heads=())
    assert world.state().void[event] == authority.NO_DIRECTORY


def test_determination_that_names_no_answers_is_void(world):
    case, issued = world.issue("ben")
    world.sign("ben", case, issued)
    world.refer(case, "6.01")
    event = world.decide("cleo", case, issued)
    assert world.state().void[event] == decisions.NO_ANSWER


def test_authority_is_judged_at_the_directory_that_the_decision_names(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.01")
    before = world.heads
    world.office("clo", "dan", start="2027-01-03")
    old = world.decide("cleo", case, signed, heads=before)
    new = world.decide("cleo", case, signed)
    state = world.state()
    by_event = {d.event: d for d in state.cases[case].determinations}
    assert by_event[old].void == ""
    assert by_event[old].caution == decisions.ENDED
    assert by_event[new].void == decisions.NO_OFFICE


def test_deputy_decides_only_while_a_signed_absence_covers_the_day(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.01")
    early = world.decide("dan", case, signed, office="cfo")
    world.act(AbsenceAct("clo", "cfo", "2027-01-04", "2027-01-05"))
    inside = world.decide("dan", case, signed, office="cfo")
    world.tick(days=3)
    late = world.decide("dan", case, signed, office="cfo")
    found = {d.event: d.void for d in world.state().cases[case].determinations}
    assert found == {early: decisions.NOT_REFERRED, inside: "", late: decisions.NOT_REFERRED}


def test_decision_on_replaced_answers_counts_with_a_caution(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.01")
    world.decide("cleo", case, signed)
    second = world.sign("ben", case, issued, supersedes=signed)
    found = world.state().cases[case]
    assert found.determinations[0].caution == decisions.REPLACED
    assert [s.event for s in found.standing] == [second]


def test_only_the_secretary_issues_and_gives_receipts(world):
    case, issued = world.issue("ben", who="dan")
    signed = world.sign("ben", case, issued)
    pairs = [("event", signed), ("number", "X-1"), ("received_at", "2027-01-04T12:00:00+00:00")]
    receipt = world.write("ben", case, EventType.RECEIPT_GIVEN, pairs, deps=world.heads)
    state = world.state()
    assert state.void[issued] == working.NOT_SECRETARY
    assert state.void[receipt] == working.NOT_SECRETARY
    assert state.cases[case].number == ""


def test_answers_signed_by_somebody_else_are_set_aside(world):
    case, issued = world.issue("ben")
    event = world.sign("cleo", case, issued)
    state = world.state()
    assert state.void[event] == openings.NOT_SUBJECT
    assert state.cases[case].submissions == ()
    assert state.cases[case].set_aside[0].event == event


def test_answers_for_another_audience_open_a_sealed_case_that_needs_no_referral(world):
    case = "a" * 26
    audience = {"name": "controls", "offices": ["clo"], "people": ["cleo"]}
    signed = world.sign("ben", case, audience=audience, answers={"13.03": True})
    world.decide("cleo", case, signed, question="13.03")
    found = world.state().cases[case]
    assert (found.kind, found.subject, found.audience_name) == ("sealed", "ben", "controls")
    assert "secretary" not in found.audience_offices
    assert found.determination("13.03") is not None


def test_case_claimed_by_two_people_stops(world):
    case = "a" * 26
    audience = {"name": "controls", "offices": ["clo"], "people": ["cleo"]}
    signed = world.sign("ben", case, audience=audience)
    world.decide("cleo", case, signed)
    world.sign("dan", case, audience=audience)
    found = world.state().cases[case]
    assert found.forked == case_fold.CONTESTED
    assert found.determinations[0].void == case_fold.CONTESTED


def test_claimed_time_before_a_dependency_is_void(world):
    case, issued = world.issue("ben")
    event = world.sign("ben", case, issued, at=world.now - timedelta(minutes=1))
    state = world.state()
    assert state.void[event] == TOO_EARLY
    assert state.earliest([issued]) == world.now


def test_clock_ten_years_wrong_does_not_change_the_order(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    later = world.sign("ben", case, issued, supersedes=signed, at=world.now + timedelta(days=3650))
    found = world.state().cases[case]
    assert [s.event for s in found.submissions] == [signed, later]


def test_body_that_is_not_here_leaves_the_chain_whole(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.receive(case, signed)
    events = [(s, None if s is world.ids[signed][0] else b) for s, b in world.events]
    state = world.state(events)
    found = state.cases[case]
    assert not state.held
    assert (found.submissions[0].here, found.submissions[0].answers) == (False, {})
    assert found.number == "DOQ-2027-0001"


def test_body_that_does_not_fit_is_as_good_as_none(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    body = world.ids[signed][1]
    item = msgspec.structs.replace(body.items[-1], value={"question": "6.02", "value": True})
    forged = msgspec.structs.replace(body, items=(*body.items[:-1], item))
    events = [*world.without(signed), (world.ids[signed][0], forged)]
    assert not world.state(events).cases[case].submissions[0].here


def test_unknown_event_is_kept_and_never_interpreted(world):
    case, issued = world.issue("ben")
    event = world.write("ben", case, "gift.disclosed", [("what", "a pen")], deps=[issued])
    state = world.state()
    assert event not in state.void
    assert state.cases[case].timeline[-1].type == "gift.disclosed"


def test_newer_schema_of_a_known_event_is_kept_not_read(world):
    case, issued = world.issue("ben")
    event = world.sign("ben", case, issued, schema=2)
    assert world.state().void[event] == case_fold.NEWER


def test_event_of_another_company_is_refused(world):
    case, _ = world.issue("ben")
    other = type(world)()
    other.set_up()
    foreign, _ = other.issue("ben")
    state = world.state([*world.events, *other.events])
    assert foreign not in state.cases
    assert case in state.cases
    assert set(state.refused.values()) == {"It belongs to another company."}


def test_campaign_and_packet_are_read_and_signatures_follow_the_bytes(world):
    case = "b" * 26
    opened = world.write(
        "ada",
        case,
        EventType.CAMPAIGN_OPENED,
        [
            ("title", "2027"),
            ("form", "f" * 64),
            ("form_id", "annual"),
            ("opens", "2027-01-04"),
            ("due", "2027-01-22"),
            ("fiscal_year_end", "2026-12-31"),
            ("determination_date", "2027-03-01"),
            ("meeting_on", "2027-02-24"),
            ("people", ["ben"]),
            ("audience", ["secretary", "clo"]),
        ],
        deps=world.heads,
    )
    signers = [
        {"person": "ada", "office": "secretary", "field": "s1", "meaning": "compiled"},
        {"person": "cleo", "office": "clo", "field": "s2", "meaning": "approved"},
    ]
    compiled = world.write(
        "ada",
        case,
        EventType.PACKET_COMPILED,
        [
            ("packet", "p"),
            ("kind", "packet"),
            ("version", 1),
            ("digest", "0" * 64),
            ("pages", 12),
            ("signers", signers),
        ],
        deps=[*world.heads, opened],
    )

    def signed(who: str, field: str, before: str, after: str) -> str:
        pairs = [("packet", "p"), ("field", field)]
        pairs += [("digest_before", before * 64), ("digest_after", after * 64)]
        deps = [*world.heads, compiled]
        return world.write(who, case, EventType.PACKET_SIGNED, pairs, deps=deps)

    stray = signed("cleo", "s2", "9", "8")
    wrong = signed("ben", "s2", "1", "3")
    second = signed("cleo", "s2", "1", "2")
    first = signed("ada", "s1", "0", "1")
    state = world.state()
    packet = state.cases[case].packets[0]
    assert state.cases[case].campaign_info.due == "2027-01-22"
    assert [s.event for s in packet.signatures if not s.void] == [first, second]
    assert state.void[stray] == page_signatures.OTHER_BYTES
    assert state.void[wrong] == page_signatures.NOT_THAT_SIGNER
    assert not packet.branched


def test_office_that_ended_before_the_day_does_not_count(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.01")
    world.act(OfficeAct("clo", "cleo", "2027-01-01", end="2027-01-03"))
    event = world.decide("cleo", case, signed)
    assert world.state().void[event] == decisions.NO_OFFICE


def test_packet_has_a_case_of_its_own_for_its_signers(world):
    case = "b" * 26
    signers = [{"person": who, "office": "", "field": who, "meaning": ""} for who in ("ada", "ben")]
    pairs = [("packet", "p"), ("kind", "packet"), ("version", 1), ("digest", "0" * 64)]
    world.write(
        "ada",
        case,
        EventType.PACKET_COMPILED,
        [*pairs, ("pages", 1), ("signers", signers)],
        deps=world.heads,
    )
    found = world.state().cases[case]
    assert (found.kind, found.audience_people) == ("packet", ("ada", "ben"))


def test_two_signatures_on_one_state_of_a_packet_are_noticed(world):
    case = "b" * 26
    signers = [{"person": who, "office": "", "field": who, "meaning": ""} for who in ("ada", "ben")]
    pairs = [("packet", "p"), ("kind", "packet"), ("version", 1), ("digest", "0" * 64)]
    compiled = world.write(
        "ada",
        case,
        EventType.PACKET_COMPILED,
        [*pairs, ("pages", 1), ("signers", signers)],
        deps=world.heads,
    )
    for who, after in (("ada", "1"), ("ben", "2")):
        signed = [("packet", "p"), ("field", who), ("digest_before", "0" * 64)]
        world.write(
            who,
            case,
            EventType.PACKET_SIGNED,
            [*signed, ("digest_after", after * 64)],
            deps=[compiled],
        )
    assert world.state().cases[case].packets[0].branched
