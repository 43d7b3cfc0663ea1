"""Whose forks and whose word a case takes notice of."""

from __future__ import annotations

from candor.keys.codes import new_id
from candor.records import case_fold, standing, working
from candor.records.acts import OfficeAct
from candor.records.events import EventType
from candor.records.forks import SET_ASIDE


def decided(world):
    """A questionnaire of ben's, referred to cleo and decided by her."""
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.01")
    return case, signed, world.decide("cleo", case, signed)


def fork(world, who, case, kind="note.written"):
    """Two events of one author in one place of their own log."""
    seq, prev = world.ends.get((who, case, world.people[who].incarnation), (0, ""))
    place = (seq + 1, prev)
    return [world.write(who, case, kind, [("n", n)], deps=world.heads, place=place) for n in "12"]


def resolve(world, who, case, keep, *aside, **more):
    """Say which branch stands."""
    pairs = [("keep", keep), ("set_aside", list(aside)), ("reason", "restored from a backup")]
    more.setdefault("deps", world.heads)
    return world.write(who, case, EventType.FORK_RESOLVED, pairs, **more)


def hand_over(world, to="dan"):
    """Another secretary is recorded; returns the directory head from before."""
    before = world.heads
    world.tick(days=1)
    world.office("secretary", to, start="2027-01-05")
    return before


def test_fork_of_somebody_enrolled_without_standing_suspends_nothing(world):
    case, _, decision = decided(world)
    branches = fork(world, "dan", case)
    state = world.state()
    assert [(f.events, f.stray) for f in state.forks] == [(tuple(sorted(branches)), True)]
    assert state.cases[case].forked == ""
    assert state.cases[case].determination("6.01").event == decision


def test_forks_of_secretary_decider_and_subject_suspend_the_case(world):
    for who in ("ada", "cleo", "ben"):
        other = world.copy()
        case, issued = other.issue("ben")
        signed = other.sign("ben", case, issued)
        other.refer(case, "6.01")
        fork(other, who, case)
        event = other.decide("cleo", case, signed) if who != "cleo" else None
        state = other.state()
        assert state.cases[case].forked == case_fold.FORKED
        assert not state.forks[0].stray
        assert event is None or state.void[event] == case_fold.FORKED


def test_fork_of_a_former_officer_suspends_nothing(world):
    case, _, decision = decided(world)
    before = hand_over(world)
    world.heads, after = before, world.heads
    fork(world, "ada", case)
    world.heads = after
    state = world.state()
    assert state.forks[0].stray
    assert state.cases[case].determination("6.01").event == decision


def test_stranger_gains_no_standing_by_naming_an_audience_or_signing_answers(world):
    case, _, decision = decided(world)
    audience = {"name": "x", "offices": ["cfo"], "people": ["dan"]}
    world.sign("dan", case, audience=audience)
    world.refer(case, "6.02", office="cfo", person="dan", who="dan")
    fork(world, "dan", case)
    assert world.state().cases[case].determination("6.01").event == decision


def compiled(world, case, signers):
    """A packet to be signed by those people."""
    named = [{"person": who, "office": "", "field": who, "meaning": ""} for who in signers]
    pairs = [("packet", "p"), ("kind", "packet"), ("version", 1), ("digest", "0" * 64)]
    return world.write(
        "ada",
        case,
        EventType.PACKET_COMPILED,
        [*pairs, ("pages", 1), ("signers", named)],
        deps=world.heads,
    )


def page(world, who, case, packet):
    """A signature on the packet."""
    pairs = [("packet", "p"), ("field", who), ("digest_before", "0" * 64)]
    pairs.append(("digest_after", "1" * 64))
    return world.write(who, case, EventType.PACKET_SIGNED, pairs, deps=[packet])


def test_packet_is_suspended_by_a_signer_and_not_by_a_stranger(world):
    case = new_id()
    packet = compiled(world, case, ["ben", "cleo"])
    world.sign("dan", case)
    fork(world, "dan", case)
    page(world, "ben", case, packet)
    assert world.state().cases[case].packets[0].signatures[0].void == ""
    fork(world, "cleo", case)
    assert world.state().cases[case].packets[0].signatures[0].void == case_fold.FORKED


def test_reader_of_a_sealed_case_suspends_it_and_a_stranger_does_not(world):
    case = new_id()
    audience = {"name": "controls", "offices": ["clo"], "people": ["cleo"]}
    world.sign("ben", case, audience=audience)
    fork(world, "dan", case)
    assert world.state().cases[case].forked == ""
    fork(world, "cleo", case)
    assert world.state().cases[case].forked == case_fold.FORKED


def test_fork_is_resolved_by_people_named_in_the_case_but_not_by_subject_or_stranger(world):
    case, _, _ = decided(world)
    left, right = fork(world, "ada", case)
    refused = [resolve(world, who, case, left, right) for who in ("ben", "dan")]
    state = world.state()
    assert [state.void[event] for event in refused] == [case_fold.NOT_RESOLVER] * 2
    assert state.cases[case].forked == case_fold.FORKED
    resolve(world, "cleo", case, left, right)
    state = world.state()
    assert state.cases[case].forked == ""
    assert state.void[right] == SET_ASIDE


def test_author_cannot_resolve_a_fork_by_keeping_a_branch_that_still_waits(world):
    case, _, _ = decided(world)
    old = world.people["cleo"]
    world.people["cleo"] = old.reincarnated()
    left, _ = fork(world, "cleo", case)
    missing = "ab" * 32
    waits = world.write(
        "cleo", case, "note.written", [("n", 3)], deps=[*world.heads, missing], place=(1, "")
    )
    world.people["cleo"] = old
    aside = [e for f in world.state().forks for e in f.events if e != waits]
    event = resolve(world, "cleo", case, waits, *aside)
    state = world.state()
    assert waits in state.held
    assert left in aside
    assert state.void[event] == case_fold.OWN_FORK
    assert state.cases[case].forked == case_fold.FORKED


def test_former_secretary_resolves_nothing_with_an_old_directory(world):
    case, _, _ = decided(world)
    left, right = fork(world, "cleo", case)
    before = hand_over(world)
    event = resolve(world, "ada", case, left, right, deps=before)
    assert world.state().void[event] == case_fold.NOT_RESOLVER


def test_referral_to_somebody_who_does_not_hold_the_office_widens_nothing(world):
    case, issued = world.issue("ben")
    world.sign("ben", case, issued)
    event = world.refer(case, "6.01", office="clo", person="dan")
    state = world.state()
    found = state.cases[case]
    assert state.void[event] == standing.NOT_HOLDER
    assert (found.audience_offices, found.audience_people) == (("secretary",), ("ben",))
    assert found.referrals == ()


def test_referral_is_judged_by_the_holders_that_its_directory_names(world):
    case, issued = world.issue("ben")
    world.sign("ben", case, issued)
    before = world.heads
    world.office("clo", "dan", start="2027-01-03")
    after, world.heads = world.heads, before
    old = world.refer(case, "6.01", person="cleo")
    early = world.refer(case, "6.01", person="dan")
    world.heads = after
    new = world.refer(case, "6.01", person="dan")
    late = world.refer(case, "6.01", person="cleo")
    state = world.state()
    assert {r.event for r in state.cases[case].referrals} == {old, new}
    assert state.void == {early: standing.NOT_HOLDER, late: standing.NOT_HOLDER}


def test_former_officer_who_names_an_old_directory_sends_nothing_on(world):
    case, issued = world.issue("ben")
    world.sign("ben", case, issued)
    before = hand_over(world, to="eve")
    after, world.heads = world.heads, before
    event = world.refer(case, "6.01", office="cfo", person="dan")
    world.heads = after
    state = world.state()
    assert state.void[event] == standing.NO_LONGER_AUDIENCE
    assert "dan" not in state.cases[case].audience_people
    assert "cfo" not in state.cases[case].audience_offices


def test_former_secretary_opens_receives_and_compiles_nothing(world):
    old_case, issued = world.issue("ben")
    signed = world.sign("ben", old_case, issued)
    before = hand_over(world)
    after, world.heads = world.heads, before
    case, opened = world.issue("cleo")
    receipt = world.receive(old_case, signed)
    packet_case = new_id()
    packet = compiled(world, packet_case, ["dan"])
    campaign = world.write("ada", new_id(), EventType.CAMPAIGN_OPENED, [], deps=before)
    world.heads = after
    state = world.state()
    ended = dict.fromkeys((opened, receipt, packet, campaign), working.NO_LONGER_SECRETARY)
    assert state.void == ended
    assert state.cases[case].audience_people == state.cases[packet_case].audience_people == ()
    assert state.cases[old_case].receipts == ()


def test_what_the_secretary_did_up_to_the_last_day_stays(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    receipt = world.receive(case, signed)
    referral = world.refer(case, "6.01")
    world.act(OfficeAct("secretary", "ada", "2027-01-01", end="2027-01-04"))
    world.office("secretary", "dan", start="2027-01-05")
    found = world.state().cases[case]
    assert found.receipts[0].event == receipt
    assert found.referrals[0].event == referral
    assert world.state().void == {}


def test_opening_by_somebody_else_does_not_name_the_kind_of_a_sealed_case(world):
    case = new_id()
    audience = {"name": "controls", "offices": ["clo"], "people": ["cleo"]}
    world.sign("ben", case, audience=audience)
    event = world.write("dan", case, EventType.CAMPAIGN_OPENED, [], deps=world.heads)
    state = world.state()
    assert state.void[event] == working.NOT_SECRETARY
    assert (state.cases[case].kind, state.cases[case].subject) == ("sealed", "ben")
