"""Any set of files, in any order, any number of times: the same state, byte for byte."""

from __future__ import annotations

import functools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matter_world import (
    ballot,
    decide,
    decide_as_body,
    file,
    put,
    recuse,
    resolution,
    resolve,
    route,
    rule,
    to_committee,
    with_board,
)

from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records import committee_fold
from candor.records.acts import AbsenceAct, ForkAct, OfficeAct, PackAct
from candor.records.case import Ledger, fold
from candor.records.events import EventType, SignedEvent
from candor.records.judge import Verified

FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _questionnaires(make_world):
    """A history with everything that goes wrong: six authors' keys, a late certificate, forks
    (one resolved, one not, one of a stranger, one in the directory), a revocation,
    missing dependencies."""
    world = make_world()
    world.set_up()
    case, issued = world.issue("ben")
    first = world.sign("ben", case, issued)
    left = world.sign("ben", case, issued, supersedes=first, place=(2, first))
    right = world.sign("ben", case, issued, supersedes=first, place=(2, first))
    world.sign("ben", case, supersedes=right, place=(3, right))
    world.refer(case, "6.01", "6.02")
    believed = world.decide("cleo", case, left)
    world.decide("cleo", case, left, question="6.02")
    resolution = [("keep", left), ("set_aside", [right]), ("reason", "restored")]
    world.write("ada", case, EventType.FORK_RESOLVED, resolution, deps=world.heads)
    world.receive(case, left)
    for number in "12":
        pairs = [("n", number)]
        world.write("dan", case, "note.written", pairs, deps=world.heads, place=(1, ""))

    before = world.heads
    world.person("eve")
    world.enrol("eve")
    other, asked = world.issue("eve")
    heads, world.heads = world.heads, before
    signed = world.sign("eve", other, asked)
    world.sign("eve", other, asked, supersedes=signed, place=(2, signed))
    world.sign("eve", other, asked, supersedes=signed, place=(2, signed))
    world.heads = heads
    world.refer(other, "6.01")
    world.decide("cleo", other, signed)
    world.act(AbsenceAct("clo", "cfo", "2027-01-04", "2027-01-06"))
    world.decide("dan", other, signed, office="cfo")

    sealed = new_id()
    audience = {"name": "controls", "offices": ["clo"], "people": ["cleo"]}
    told = world.sign("ben", sealed, audience=audience, answers={"13.03": True})
    world.decide("cleo", sealed, told, question="13.03")

    heads = world.heads
    place = world.ends["ada", world.first.directory, world.people["ada"].incarnation]
    kept = world.office("clo", "ben", start="2027-01-02")
    world.heads = heads
    body = world.act_body(OfficeAct("clo", "dan", "2027-01-02"), [world.root_key])
    lost = world.directory(EventType.OFFICE_ASSIGNED, body, place=(place[0] + 1, place[1]))
    world.people["ada"] = world.people["ada"].reincarnated()
    world.heads = heads
    world.act(ForkAct(kept, (lost,), "restored"))
    world.revoke("cleo", believed)
    world.people["cleo"] = Identity.new("cleo")
    world.enrol("cleo")
    world.act(PackAct("p", "2", "cd" * 32, "2027-02-01"))
    world.act(PackAct("p", "2", "cd" * 32, "2027-02-01"), [world.root_key, world.second_key])
    return world


def _matters(make_world):
    """Gil's family matter with the CLO's ruling first; a doubled ballot, mended; one on other
    text; the result; the decision; a late recusal; and another matter that two officers decide
    apart."""
    world = make_world()
    world.set_up()
    with_board(world)
    matter, filed = file(world, "gil", matter="related_person_transaction")
    named = [{"office": "clo", "person": "cleo", "part": "rules_first"}]
    sent = to_committee(world, matter, filed, "hal", "ida", deciders=named)
    rule(world, "cleo", matter, filed, sent)
    case, item = put(world, matter)
    first = ballot(world, "hal", case, item, "against")
    ballot(world, "hal", case, item, text="RESOLVED, nothing.")
    votes = [
        ballot(world, "hal", case, item, replaces=[first]),
        ballot(world, "ida", case, item),
    ]
    signed = resolve(world, "hal", case, *votes)
    rests = resolution(case, signed)
    decide_as_body(world, "hal", matter, [filed, sent], resolution=rests)
    recuse(world, "ida", case, item)
    before = world.heads
    world.act(AbsenceAct("clo", "cfo", "2027-01-04", "2027-01-04"))
    gift, given = file(world)
    sent = route(world, gift, given)
    decide(world, "cleo", gift, given, sent, heads=before)
    decide(world, "dan", gift, given, sent, office="cfo", kind="disapproval")
    file(world, case=gift, supersedes=given, reason="Dearer than I thought")
    return world


STORIES = {"questionnaires": _questionnaires, "matters": _matters}


@functools.lru_cache(maxsize=2)
def _told(make_world, name):
    return STORIES[name](make_world)


@pytest.fixture(params=STORIES)
def story(request, make_world):
    """One history after the other."""
    return _told(make_world, request.param)


def test_the_story_of_matters_has_everything_in_it(make_world):
    state = _told(make_world, "matters").state()
    assert (state.held, state.refused, len(state.void)) == ({}, {}, 2)
    cases = {c.kind: c for c in state.cases.values() if c.subject == "gil"}
    assert cases["matter"].determination("").caution == committee_fold.LATER
    assert cases["item"].item.result.outcome != "passed"
    (gift,) = (c for c in state.cases.values() if c.subject == "eve")
    assert [len(d.conflicts) for d in gift.determinations] == [1, 1]


def test_the_story_has_everything_in_it(make_world):
    state = _told(make_world, "questionnaires").state()
    assert len(state.forks) == 4
    assert len([f for f in state.forks if f.stray]) == 1
    assert len([f for f in state.forks if f.kept]) == 2
    assert len(state.quarantined) == 3
    assert len(set(state.void.values())) == 3
    assert state.held == {}
    assert {c.kind for c in state.cases.values()} == {"questionnaire", "sealed"}
    assert sum(bool(c.determinations) for c in state.cases.values()) == 3


@FEW
@given(data=st.data())
def test_any_order_and_any_duplicates_give_the_same_state(story, data):
    many = data.draw(st.lists(st.sampled_from(story.events), max_size=30))
    events = data.draw(st.permutations([*story.events, *many]))
    assert story.state(events).project() == story.state().project()


@FEW
@given(data=st.data())
def test_vaults_that_lack_the_same_events_agree_and_late_arrivals_heal_them(story, data):
    present = data.draw(st.lists(st.booleans(), min_size=len(story.events), max_size=999))
    some = [e for e, here in zip(story.events, present, strict=False) if here]
    verified = Verified()
    one = story.state(some, verified)
    other = story.state(data.draw(st.permutations(some)))
    assert one.project() == other.project()
    late = data.draw(st.permutations(story.events))
    assert story.state([*some, *late], verified).project() == story.state().project()


@FEW
@given(data=st.data())
def test_files_imported_one_after_another_end_where_all_at_once_do(story, data):
    events = data.draw(st.permutations(story.events))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(events)), max_size=4)))
    ledger = Ledger(story.first)
    for start, end in zip([0, *cuts], [*cuts, len(events)], strict=True):
        told = ledger.add(events[max(0, start - 2) : end])
        assert told.project() == story.state(events[:end]).project()
    assert told.project() == story.state().project()


@FEW
@given(data=st.data())
def test_bodies_and_signatures_that_arrive_later_end_where_all_at_once_does(story, data):
    directory = story.first.directory.encode()
    ledger = Ledger(story.first)
    early = [
        data.draw(st.sampled_from([(s, None), (SignedEvent(s.payload, bytes(64)), b), (s, b)]))
        for s, b in data.draw(st.permutations(story.events))
        if data.draw(st.booleans()) or directory in s.payload
    ]
    assert ledger.add(early).project() == story.state(early[::-1]).project()
    late = data.draw(st.permutations(story.events))
    assert ledger.add(late).project() == story.state().project()


@FEW
@given(data=st.data())
def test_bodies_may_be_missing_in_any_combination(story, data):
    present = data.draw(st.lists(st.booleans(), min_size=len(story.events), max_size=999))
    directory = story.first.directory.encode()
    some = [
        (signed, body if here or directory in signed.payload else None)
        for (signed, body), here in zip(story.events, present, strict=False)
    ]
    one = story.state(some)
    shuffled = data.draw(st.permutations(some))
    assert story.state(shuffled).project() == one.project()
    assert story.state([*shuffled, *story.events]).project() == story.state().project()
    assert one.held == {}


@functools.lru_cache(maxsize=1)
def _company(make_world):
    world = make_world()
    world.set_up()
    world.person("eve")
    for who in ("ben", "cleo", "dan"):
        world.act(OfficeAct("ac_member", who, "2027-01-01", sole=False))
    return world


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("issue", "sign", "refer", "decide", "fork", "resolve", "enrol", "revoke"),
                *("office", "file", "route", "settle", "put", "vote", "recuse", "result"),
            ]
        ),
        st.sampled_from(["ada", "dan", "cleo", "ben", "eve"]),
        st.integers(0, 7),
    ),
    min_size=1,
    max_size=16,
)


def _play(world, steps):
    """A history nobody designed: each step takes its partners from what is there."""
    cases, signed, forks = ["a" * 26], [], []
    matters, items, votes = [("a" * 26, world.heads[0])], [("a" * 26, world.heads[0])], []
    for step, who, pick in steps:
        case = cases[pick % len(cases)]
        answers = signed[pick % len(signed)] if signed else (case, world.heads[0])
        match step:
            case "issue":
                cases.append(world.issue(who, who="ada" if pick % 4 else who)[0])
            case "sign":
                signed.append((case, world.sign(who, case)))
            case "refer":
                office, person = ("clo", "cleo") if pick % 2 else ("cfo", "dan")
                world.refer(answers[0], "6.01", office=office, person=person)
            case "decide":
                office = "clo" if pick % 2 else "cfo"
                world.decide(who, answers[0], answers[1], office=office)
            case "fork":
                identity = world.people[who]
                seq, prev = world.ends.get((who, case, identity.incarnation), (0, ""))
                pair = [world.sign(who, case, place=(seq + 1, prev)) for _ in range(2)]
                signed.extend((case, event) for event in pair)
                forks.append((case, *pair))
            case "resolve" if forks:
                case, keep, aside = forks[pick % len(forks)]
                pairs = [("keep", keep), ("set_aside", [aside]), ("reason", "")]
                world.write(who, case, EventType.FORK_RESOLVED, pairs, deps=world.heads)
            case "file" | "route" | "settle":
                _play_matter(world, step, who, pick, matters, items, votes)
            case "put" | "vote" | "recuse" | "result":
                _play_item(world, step, who, pick, matters, items, votes)
            case "enrol":
                world.enrol(who)
            case "revoke":
                world.revoke(who, *(event for _, event in signed[: pick % 3]))
            case "office":
                office = ("cfo", "clo", "secretary")[pick % 3]
                world.office(office, who, start="2027-01-02")


def _play_matter(world, step, who, pick, matters, items, votes):
    case, filed = matters[pick % len(matters)]
    item = items[pick % len(items)][0]
    if step == "file":
        matters.append(file(world, who, case=case if pick % 3 == 0 else ""))
    elif step == "route" and pick % 2:
        to_committee(world, case, filed, "ben", "cleo")
    elif step == "route":
        route(world, case, filed, office="clo" if pick % 4 else "cfo", person="")
    elif pick % 2:
        kind = "approval" if pick % 3 else "disapproval"
        decide(world, who, case, filed, office="clo" if pick % 4 else "cfo", kind=kind)
    else:
        rests = resolution(item, votes[pick % len(votes)] if votes else filed)
        decide_as_body(world, who, case, [filed], resolution=rests)


def _play_item(world, step, who, pick, matters, items, votes):
    case, item = items[pick % len(items)]
    if step == "put":
        sitting = {"members": ["ben", "cleo", "dan"], "subject": "dan", "acting_chair": "ben"}
        out = [{"person": "dan", "reason": "His own."}]
        place = case if pick % 4 == 0 else ""
        matter = matters[pick % len(matters)][0]
        items.append(put(world, matter, case=place, recused=out, who=who, **sitting))
    elif step == "vote":
        ballot(world, who, case, item, ("for", "against", "abstain")[pick % 3])
    elif step == "recuse":
        recuse(world, who, case, item)
    else:
        ends = [last for (_, place, _), (_, last) in world.ends.items() if place == case]
        votes.append(resolve(world, who, case, *ends))


@FEW
@given(steps=STEPS, data=st.data())
def test_random_histories_give_one_state_in_any_order(make_world, steps, data):
    base = _company(make_world)
    world = base.copy()
    _play(world, steps)
    verified = base.remembered
    whole = fold(world.events, world.first, verified).project()
    events = data.draw(st.permutations(world.events))
    cut = data.draw(st.integers(0, len(events)))
    ledger = Ledger(world.first, verified)
    part = ledger.add(events[:cut])
    assert fold(events[:cut][::-1], world.first, verified).project() == part.project()
    assert fold([*events, *events[:cut]], world.first, verified).project() == whole
    for event in events[cut:]:
        told = ledger.add([event])
    assert cut == len(events) or told.project() == whole
