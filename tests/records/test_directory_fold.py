"""Which acts count, under whose signatures, and what the directory then says at any point."""

from __future__ import annotations

import msgspec
import pytest

from candor.clock import stamp
from candor.keys.codes import new_id
from candor.keys.ed25519 import SigningKey
from candor.keys.identity import Identity
from candor.records import acts, directory_fold, root
from candor.records.acts import EnrolAct, OfficeAct, PackAct, PersonAct
from candor.records.directory_fold import fold
from candor.records.events import EventType
from candor.records.forks import SET_ASIDE, SUSPENDED


def test_directory_says_who_people_are_and_what_they_hold(world):
    directory = world.state().directory
    assert directory.company == "Nordhavn Bio"
    assert directory.people["ben"].email == "ben@example.com"
    assert directory.holder("clo") == "cleo"
    assert directory.holders("clo", "2026-12-31") == ()
    assert directory.offices_of("ada") == ("secretary",)
    assert directory.current_certificate("ben").key_id == world.key("ben")
    assert directory.person_of(world.key("cleo")) == "cleo"
    assert directory.adopted_pack == "ab" * 32
    assert directory.head == world.heads
    assert directory.latest == stamp(world.now)


def test_directory_fold_alone_agrees_with_the_whole_state(world):
    case, issued = world.issue("ben")
    world.sign("ben", case, issued)
    alone = fold(world.events, world.document)
    assert alone.to_builtins() == world.state().directory.to_builtins()


def test_second_officers_key_joins_with_its_own_signature(bare):
    bare.found()
    bare.join()
    directory = bare.state().directory
    assert [k.person for k in directory.root.keys] == ["ada", "dan"]
    assert directory.root.version == 2
    assert root.fingerprint(directory.root) == root.fingerprint(bare.first)


def test_key_joins_only_if_it_signs_for_itself(bare):
    bare.found()
    after = root.with_second_officer(bare.document, bare.second_key.public, bare.tick())
    event = bare.directory(
        EventType.OFFICER_JOINED, root.root_body(root.sign_root(after, [bare.root_key]))
    )
    state = bare.state()
    assert "did not sign for itself" in state.void[event]
    assert len(state.directory.root.keys) == 1


def test_somebody_else_cannot_join_as_second_officer(bare):
    bare.found()
    after = root.with_second_officer(bare.document, bare.second_key.public, bare.tick())
    key = msgspec.structs.replace(after.keys[-1], person="ada")
    after = msgspec.structs.replace(after, keys=(after.keys[0], key))
    signed = root.sign_root(after, [bare.root_key, bare.second_key])
    event = bare.directory(EventType.OFFICER_JOINED, root.root_body(signed))
    assert "more than the joining" in bare.state().void[event]


def test_act_that_needs_two_does_not_count_with_one(world):
    pack = PackAct("p", "2", "cd" * 32, "2027-01-01")
    one = world.act(pack)
    assert world.state().void[one] == directory_fold.NOT_ENOUGH
    assert world.state().directory.adopted_pack == "ab" * 32
    two = world.act(pack, [world.root_key, world.second_key])
    assert two not in world.state().void
    assert world.state().directory.adopted_pack == "cd" * 32


def test_act_that_needs_two_is_impossible_before_the_second_officer_joins(bare):
    bare.found()
    event = bare.act(PackAct("p", "2", "cd" * 32, "2027-01-01"), [bare.root_key, bare.second_key])
    bare.join()
    assert bare.state().void[event] == directory_fold.NOT_ENOUGH


def test_two_signatures_of_one_key_are_one(world):
    pack = PackAct("p", "2", "cd" * 32, "2027-01-01")
    event = world.act(pack, [world.root_key, world.root_key])
    assert world.state().void[event] == directory_fold.NOT_ENOUGH


def test_act_signed_by_a_stranger_does_not_count(world):
    event = world.act(PersonAct("eve", "Eve"), [SigningKey.generate()])
    state = world.state()
    assert state.void[event] == directory_fold.NOT_ENOUGH
    assert "eve" not in state.directory.people


def test_changed_act_does_not_count(world):
    body = world.act_body(PersonAct("eve", "Eve"), [world.root_key])
    act, signatures = acts.read_act(body)
    changed = msgspec.structs.replace(act, body={**act.body, "name": "Mallory"})
    event = world.directory(EventType.PERSON_RECORDED, acts.act_body(changed, signatures))
    assert world.state().void[event] == directory_fold.NOT_ENOUGH


def test_act_in_an_event_of_another_type_does_not_count(world):
    body = world.act_body(PersonAct("eve", "Eve"), [world.root_key])
    event = world.directory(EventType.OFFICE_ASSIGNED, body)
    assert "another kind" in world.state().void[event]


def test_act_of_another_root_does_not_count(world):
    act = acts.make_act(
        PersonAct("eve", "Eve"), company=world.company, root="0" * 64, after=world.heads
    )
    body = acts.act_body(act, [acts.sign_act(act, world.root_key)])
    event = world.directory(EventType.PERSON_RECORDED, body)
    assert world.state().void[event] == directory_fold.OTHER_ROOT


def test_past_act_said_again_changes_nothing(world):
    body = world.act_body(OfficeAct("clo", "cleo", "2027-01-01"), [world.root_key])
    kind, heads = EventType.OFFICE_ASSIGNED, world.heads
    world.directory(kind, body)
    world.office("clo", "dan", start="2027-01-01")
    case = world.first.directory
    world.write("cleo", case, kind, body, deps={*world.heads, *heads})
    assert world.state().directory.holder("clo") == "dan"


def test_act_moved_to_an_earlier_place_does_not_count(world):
    early = world.heads
    world.office("clo", "dan")
    body = world.act_body(OfficeAct("clo", "ben", "2027-01-01"), [world.root_key])
    event = world.write("cleo", world.first.directory, EventType.OFFICE_ASSIGNED, body, deps=early)
    assert world.state().void[event] == directory_fold.OTHER_PLACE


def test_certificate_from_another_root_does_not_count(world):
    other = type(world)()
    event = world.act(
        msgspec.structs.replace(world.enrol_act("eve"), x509=other.enrol_act("eve").x509)
    )
    assert "not issued by the company's root" in world.state().void[event]


@pytest.mark.parametrize("swapped", ["ed25519", "age", "p256"])
def test_enrolment_with_an_unsafe_key_does_not_count(world, swapped):
    unsafe = {"ed25519": "01" + "00" * 31, "age": "age1", "p256": "00"}[swapped]
    content = msgspec.structs.replace(world.enrol_act("eve"), **{swapped: unsafe})
    event = world.act(content)
    assert "not a safe one" in world.state().void[event]


def test_certificate_for_a_key_other_than_the_enrolled_one_does_not_count(world):
    content = world.enrol_act("eve")
    other = Identity.new("eve").public()
    event = world.act(msgspec.structs.replace(content, p256=other.p256))
    assert "for another key" in world.state().void[event]


def test_key_of_one_person_cannot_be_certified_for_another(world):
    content = world.enrol_act("ben")
    event = world.act(EnrolAct("eve", content.ed25519, content.age, content.p256, content.x509))
    assert "another person" in world.state().void[event]


def test_person_certified_again_is_reported_to_everyone(world):
    before = world.key("ben")
    world.people["ben"] = Identity.new("ben")
    event = world.enrol("ben")
    changes = world.state().directory.key_changes
    assert [(c.person, c.before, c.after, c.event) for c in changes] == [
        ("ben", before, world.key("ben"), event)
    ]


def test_directory_can_be_read_as_it_stood_at_an_earlier_head(world):
    before = world.heads
    world.office("clo", "dan", start="2027-01-02")
    state = world.state()
    assert state.directory.holder("clo") == "dan"
    assert state.directory.as_of(before).holder("clo") == "cleo"
    assert state.directory.as_of(before).head == before
    assert state.directory.as_of([]).people == {}


def test_several_hold_an_office_that_is_not_sole(world):
    for who in ("ben", "cleo"):
        world.office("ac_member", who, sole=False)
    directory = world.state().directory
    assert directory.holders("ac_member") == ("ben", "cleo")
    assert directory.tenures("ac_member")[0].person == "ben"


def test_tenure_said_again_corrects_its_end(world):
    world.office("clo", "cleo", end="2027-02-01")
    directory = world.state().directory
    assert directory.holder("clo", "2027-02-01") == "cleo"
    assert directory.holder("clo", "2027-02-02") is None
    assert directory.holder("clo") is None


def test_directory_without_its_founding_event_waits(world):
    state = world.state(world.events[1:])
    assert state.directory.people == {}
    assert len(state.held) == len(world.events) - 1


def test_root_of_a_stranger_founds_nothing(world):
    other = type(world)()
    body = root.root_body(root.sign_root(other.document, [other.root_key]))
    case = world.first.directory
    event = world.write("eve", case, EventType.FOUNDED, body)
    assert event in {**world.state().void, **world.state().held}
    assert world.state().directory.root.keys[0].ed25519 == world.root_key.public.hex()


def test_two_versions_of_the_root_in_one_place_both_fall(world):
    rival = SigningKey.generate()
    after = root.with_second_officer(world.first, rival.public, world.tick())
    signed = root.sign_root(after, [world.root_key, rival])
    founding = directory_fold.parents  # the founding event is the only one without parents
    first = next(e for e, p in world.ids.items() if not founding(_judged(world, e)))
    case = world.first.directory
    event = world.write(
        "cleo", case, EventType.OFFICER_JOINED, root.root_body(signed), deps=[first]
    )
    state = world.state()
    assert state.void[event] == directory_fold.TWO_ROOTS
    assert state.directory.root.version == 1


def _judged(world, event):
    from candor.records import chain
    from candor.records.judge import Judged

    signed, body = world.ids[event]
    return Judged(event, chain.header(signed), body, signed=True)


def test_forked_directory_log_is_suspended_until_an_officer_resolves_it(world):
    fork_seq, fork_prev = world.ends["ada", world.first.directory, _incarnation(world)]
    heads = world.heads
    kept = world.office("clo", "ben", start="2027-01-02")
    world.heads = heads
    body = world.act_body(OfficeAct("clo", "dan", "2027-01-02"), [world.root_key])
    lost = world.directory(EventType.OFFICE_ASSIGNED, body, place=(fork_seq + 1, fork_prev))
    state = world.state()
    assert (state.void[kept], state.void[lost]) == (SUSPENDED, SUSPENDED)
    assert state.directory.holder("clo") == "cleo"
    assert state.forks[0].events == tuple(sorted([kept, lost]))

    world.people["ada"] = world.people["ada"].reincarnated()
    world.heads = heads
    world.act(acts.ForkAct(kept, (lost,), "the laptop was restored"))
    state = world.state()
    assert kept not in state.void
    assert state.void[lost] == SET_ASIDE
    assert state.directory.holder("clo") == "ben"
    assert state.forks[0].kept == kept


def _incarnation(world):
    return world.people["ada"].incarnation


def test_directory_event_of_an_unknown_kind_is_void(world):
    event = world.directory("directory.renamed", world.act_body(PersonAct("x", "X"), []))
    assert event in world.state().void
    assert new_id() not in world.state().directory
