"""Late, missing, forked and revoked: what waits, what is kept apart, and what heals."""

from __future__ import annotations

import msgspec

from candor.keys.identity import Identity
from candor.records import case_fold, order
from candor.records.events import EventType, SignedEvent
from candor.records.forks import SET_ASIDE
from candor.records.judge import Verified
from candor.records.ledger import Ledger
from candor.records.revoked import QUARANTINED


def test_event_waits_for_the_certificate_of_its_author(world):
    world.person("eve")
    before = world.heads
    enrolled = world.enrol("eve")
    case, issued = world.issue("eve")
    world.heads = before  # eve signs before the news of her own certificate reaches her
    signed = world.sign("eve", case, issued)
    late = world.state(world.without(enrolled))
    assert late.held[signed] in {order.WAITS_FOR_CERTIFICATE, order.WAITS_FOR_DEPENDENCY}
    assert late.held[signed] == order.WAITS_FOR_CERTIFICATE
    assert signed not in world.state().held
    assert world.state().cases[case].submissions[0].event == signed


def test_event_waits_for_its_predecessor_and_the_gap_is_named(world):
    case, issued = world.issue("ben")
    first = world.sign("ben", case, issued)
    second = world.sign("ben", case, issued)
    third = world.sign("ben", case, issued)
    state = world.state(world.without(first))
    assert state.held == {
        second: order.WAITS_FOR_PREDECESSOR,
        third: order.WAITS_FOR_WAITING,
    }
    assert [(g.case, g.first, g.last) for g in state.gaps] == [(case, 1, 1)]
    assert world.state().gaps == ()


def test_event_waits_for_a_dependency(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    receipt = world.receive(case, signed)
    state = world.state(world.without(signed))
    assert state.held == {receipt: order.WAITS_FOR_DEPENDENCY}
    assert world.state().held == {}


def test_duplicates_change_nothing(world):
    case, issued = world.issue("ben")
    world.sign("ben", case, issued)
    assert world.state(world.events * 20).project() == world.state().project()


def test_changed_signature_is_refused_and_never_shadows_the_true_one(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    true = world.ids[signed][0]
    flipped = bytes([true.signature[0] ^ 1]) + true.signature[1:]
    forged = (SignedEvent(true.payload, flipped), None)
    alone = world.state([*world.without(signed), forged])
    assert "changed after it was signed" in alone.refused[signed]
    for copy in (forged, (SignedEvent(true.payload, b""), None)):
        both = world.state([copy, *world.events])
        assert both.project() == world.state().project()


def test_malformed_event_is_refused(world):
    state = world.state([*world.events, (SignedEvent(b"{}", bytes(64)), None)])
    assert len(state.refused) == 1


def test_event_that_follows_an_event_of_another_log_is_refused(world):
    case, issued = world.issue("ben")
    event = world.sign("ben", case, issued, place=(2, issued))
    assert world.state().refused == {event: order.BREAKS_CHAIN}


def test_log_cannot_be_written_by_another_author(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    cleo = world.people["cleo"]
    # Same incarnation word, other key: another log by its very id, so no fork arises.
    world.people["cleo"] = msgspec.structs.replace(
        cleo, incarnation=world.people["ben"].incarnation
    )
    world.sign("cleo", case, issued)
    state = world.state()
    assert state.forks == ()
    assert state.cases[case].submissions[0].event == signed


def forked(world):
    """A case in which two different second answers stand in one place of ben's log."""
    case, issued = world.issue("ben")
    first = world.sign("ben", case, issued)
    left = world.sign("ben", case, issued, supersedes=first, place=(2, first))
    right = world.sign("ben", case, issued, supersedes=first, place=(2, first))
    world.refer(case, "6.01")
    return case, issued, first, left, right


def test_fork_keeps_both_and_stops_decisions(world):
    case, _, _, left, right = forked(world)
    decided = world.decide("cleo", case, left)
    state = world.state()
    assert [f.events for f in state.forks] == [tuple(sorted([left, right]))]
    assert {s.event for s in state.cases[case].submissions} >= {left, right}
    assert state.cases[case].forked == case_fold.FORKED
    assert state.void == {decided: case_fold.FORKED}


def test_held_branch_is_evidence_of_a_fork_too(world):
    case, _, first, left, right = forked(world)
    later = world.sign("ben", case, "", supersedes=right, place=(3, right))
    state = world.state(world.without(right))
    assert later in state.held
    assert state.forks == ()
    assert world.state().forks[0].events == tuple(sorted([left, right]))
    assert first not in world.state().void


def resolve(world, who, case, keep, *aside):
    """Say which branch stands."""
    pairs = [("keep", keep), ("set_aside", list(aside)), ("reason", "restored from a backup")]
    return world.write(who, case, EventType.FORK_RESOLVED, pairs, deps=world.heads)


def test_resolved_fork_lets_decisions_count_again(world):
    case, _, _, left, right = forked(world)
    lost_later = world.sign("ben", case, supersedes=right, place=(3, right))
    decided = world.decide("cleo", case, left)
    resolved = resolve(world, "ada", case, left, right)
    state = world.state()
    assert state.void == {right: SET_ASIDE, lost_later: SET_ASIDE}
    assert state.cases[case].forked == ""
    assert state.cases[case].determination("6.01").event == decided
    assert (state.forks[0].kept, state.forks[0].resolution) == (left, resolved)


def test_branch_that_turns_up_later_opens_the_fork_again(world):
    case, issued, first, left, right = forked(world)
    resolve(world, "ada", case, left, right)
    world.sign("ben", case, issued, supersedes=first, place=(2, first))
    assert world.state().cases[case].forked == case_fold.FORKED


def test_nobody_resolves_a_fork_in_their_own_log(world):
    case, _, _, left, right = forked(world)
    event = resolve(world, "ben", case, left, right)
    state = world.state()
    assert state.void[event] == case_fold.OWN_FORK
    assert state.cases[case].forked == case_fold.FORKED


def test_resolutions_that_contradict_each_other_resolve_nothing(world):
    case, _, _, left, right = forked(world)
    resolve(world, "ada", case, left, right)
    resolve(world, "ada", case, right, left)
    assert world.state().cases[case].forked == case_fold.FORKED


def test_restored_author_continues_in_a_new_log_without_a_fork(world):
    case, issued = world.issue("ben")
    first = world.sign("ben", case, issued)
    world.people["ben"] = world.people["ben"].reincarnated()
    second = world.sign("ben", case, issued, supersedes=first)
    state = world.state()
    assert state.forks == ()
    assert [s.event for s in state.cases[case].submissions] == [first, second]
    assert state.next_place(case, world.people["ben"]) == (2, second)


def test_event_after_the_accepted_heads_of_a_revocation_is_quarantined(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.01", "6.02")
    believed = world.decide("cleo", case, signed)
    later = world.decide("cleo", case, signed, question="6.02")
    world.revoke("cleo", believed)
    state = world.state()
    found = state.cases[case]
    assert state.quarantined == {later: QUARANTINED}
    assert found.determination("6.01").event == believed
    assert found.determination("6.02") is None
    assert state.directory.certificate(world.key("cleo")).revoked.reason == "laptop stolen"
    assert state.directory.current_certificate("cleo") is None


def test_log_that_a_revocation_does_not_name_is_quarantined_whole(world):
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.revoke("ben")
    state = world.state()
    assert state.quarantined == {signed: QUARANTINED}
    assert state.cases[case].submissions == ()


def test_event_of_a_revoked_key_that_waited_is_quarantined_when_it_can_be_read(world):
    """Somebody else's event frees it: nothing of the revoked key arrives with that file."""
    case, issued = world.issue("ben")
    signed = world.sign("ben", case, issued)
    world.refer(case, "6.01")
    later = world.decide("cleo", case, signed)
    world.revoke("cleo")
    ledger = Ledger(world.first)
    assert later in ledger.add(world.without(signed)).held
    state = ledger.add(world.events)
    assert state.quarantined == {later: QUARANTINED}
    assert state.cases[case].determination("6.01") is None
    assert state.project() == world.state().project()


def test_revocation_with_one_signature_revokes_nothing(world):
    case, issued = world.issue("ben")
    world.sign("ben", case, issued)
    world.revoke("ben", keys=[world.root_key])
    state = world.state()
    assert state.quarantined == {}
    assert state.directory.certificate(world.key("ben")).revoked is None


def test_revoked_person_continues_under_a_new_key(world):
    case, issued = world.issue("ben")
    world.revoke("ben")
    world.people["ben"] = Identity.new("ben")
    world.enrol("ben")
    signed = world.sign("ben", case, issued)
    state = world.state()
    assert state.cases[case].submissions[0].event == signed
    assert state.directory.key_changes == ()


def test_what_was_verified_once_is_not_verified_again_and_changes_nothing(world, monkeypatch):
    case, issued = world.issue("ben")
    world.sign("ben", case, issued)
    verified = Verified()
    first = world.state(verified=verified).project()
    assert len(verified.signatures) == len(world.events) == len(verified.bodies)
    monkeypatch.setattr("candor.keys.ed25519.verify", None)
    again = Verified(verified.signatures, verified.bodies)
    again.acts = verified.acts
    assert world.state(verified=again).project() == first


def test_next_place_continues_the_own_log(world):
    case, issued = world.issue("ben")
    assert world.state().next_place(case, world.people["ben"]) == (1, "")
    first = world.sign("ben", case, issued)
    assert world.state().next_place(case, world.people["ben"]) == (2, first)
