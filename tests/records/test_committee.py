"""Items before a body: who votes, what counts, and what a decision rests on."""

from __future__ import annotations

import pytest
from matter_world import (
    ballot,
    decide_as_body,
    file,
    put,
    recuse,
    resolution,
    resolve,
    to_committee,
    with_board,
)

from candor.records import bodies, case_fold, committee_fold
from candor.records.events import EventType


@pytest.fixture
def town(world):
    return with_board(world)


@pytest.fixture
def lease(town):
    """Gil's family matter, sent to the two others of his committee."""
    case, filed = file(town, "gil", matter="related_person_transaction")
    return case, filed, to_committee(town, case, filed, "hal", "ida")


def test_family_matter_is_decided_two_to_nothing_with_the_chair_recused(town, lease):
    matter, filed, sent = lease
    case, item = put(town, matter)
    votes = [ballot(town, who, case, item) for who in ("hal", "ida")]
    signed = resolve(town, "hal", case, *votes)
    rests = resolution(case, signed)
    decided = decide_as_body(town, "hal", matter, [filed, sent], resolution=rests)
    state = town.state()
    assert state.held | state.refused | state.void == {}
    found = state.cases[case]
    assert (found.kind, found.item.chair, found.item.acting) == ("item", "hal", True)
    assert (found.item.result.outcome, found.item.result.votes_for) == ("passed", 2)
    assert found.item.resolution.event == signed
    assert state.cases[matter].determination("").event == decided
    assert state.cases[matter].determination("").caution == ""


def test_recused_member_is_in_no_audience_of_the_item(town, lease):
    case, _ = put(town, lease[0])
    found = town.state().cases[case]
    assert (found.audience_people, found.audience_offices) == (("ada", "hal", "ida"), ())


def test_decision_of_a_body_without_its_record_counts_on_the_chairs_word_until_it_is_here(
    town, lease
):
    matter, filed, sent = lease
    case, item = put(town, matter)
    votes = [ballot(town, who, case, item) for who in ("hal", "ida")]
    signed = resolve(town, "hal", case, *votes)
    rests = resolution(case, signed)
    decide_as_body(town, "hal", matter, [filed, sent], resolution=rests)
    without = town.without(item, *votes, signed)
    assert town.state(without).cases[matter].determination("").caution == bodies.UNSEEN
    assert town.state().cases[matter].determination("").caution == ""


def test_decision_that_names_a_resolution_which_says_something_else_is_void(town, lease):
    matter, filed, sent = lease
    case, item = put(town, matter)
    votes = [ballot(town, "hal", case, item), ballot(town, "ida", case, item, "against")]
    signed = resolve(town, "hal", case, *votes, outcome="failed", votes_for=1, votes_against=1)
    lie = resolution(case, signed)
    bent = decide_as_body(town, "hal", matter, [filed, sent], resolution=lie)
    elsewhere = put(town, "x" * 26)[0]
    other = decide_as_body(
        town, "hal", matter, [filed, sent], resolution=resolution(elsewhere, "e")
    )
    bare = decide_as_body(town, "hal", matter, [filed, sent])
    truth = resolution(case, signed, outcome="failed", votes_for=1, votes_against=1)
    refused = decide_as_body(
        town, "hal", matter, [filed, sent], resolution=truth, kind="disapproval"
    )
    state = town.state()
    assert state.void == {
        bent: bodies.OTHER_RESOLUTION,
        other: bodies.OTHER_RESOLUTION,
        bare: bodies.NO_RESOLUTION,
    }
    assert state.cases[matter].determination("").event == refused


def test_decision_that_leaves_out_what_was_voted_is_void(town, lease):
    matter, filed, sent = lease
    conditions = [{"text": "Return it in May.", "owner": "cleo", "due": "2027-05-01"}]
    case, item = put(town, matter, conditions=conditions)
    votes = [ballot(town, who, case, item) for who in ("hal", "ida")]
    signed = resolve(town, "hal", case, *votes)
    rests = resolution(case, signed, held_on="2027-01-04")
    later = resolution(case, signed, held_on="2027-01-08")
    bare = decide_as_body(town, "hal", matter, [filed, sent], resolution=rests)
    moved = decide_as_body(
        town, "hal", matter, [filed, sent], resolution=later, conditions=conditions
    )
    whole = decide_as_body(
        town, "hal", matter, [filed, sent], resolution=rests, conditions=conditions
    )
    state = town.state()
    assert state.void == {bare: bodies.OTHER_RESOLUTION, moved: bodies.OTHER_RESOLUTION}
    assert state.cases[matter].determination("").event == whole


def test_member_who_takes_no_part_cannot_speak_for_the_body(town, lease):
    matter, filed, sent = lease
    town.person("kim", classes=("director",))
    case, item = put(town, matter)
    votes = [ballot(town, who, case, item) for who in ("hal", "ida")]
    signed = resolve(town, "hal", case, *votes)
    rests = resolution(case, signed)
    other = decide_as_body(town, "ida", matter, [filed, sent], resolution=rests, office="ac_member")
    assert town.state().void == {other: bodies.OTHER_RESOLUTION}


def test_one_to_one_fails_and_nobody_may_sign_that_it_passed(town):
    case, item = put(town)
    votes = [ballot(town, "hal", case, item), ballot(town, "ida", case, item, "against")]
    false = resolve(town, "hal", case, *votes, votes_for=1, votes_against=1)
    state = town.state()
    assert state.void == {false: committee_fold.OTHER_RESULT}
    assert state.cases[case].item.result.outcome == "failed"


def test_result_is_signed_by_the_chair_alone_and_only_when_it_stands(town):
    case, item = put(town)
    first = ballot(town, "hal", case, item)
    early = resolve(town, "hal", case, first, votes_for=1)
    second = ballot(town, "ida", case, item)
    wrong = resolve(town, "ida", case, first, second)
    state = town.state()
    assert state.void == {early: committee_fold.OTHER_RESULT, wrong: committee_fold.NOT_CHAIR}
    assert state.cases[case].item.resolution is None


def test_absent_member_is_named_by_the_chair_and_two_of_three_carry(town):
    case, item = put(town, recused=[], subject="ben")
    votes = [ballot(town, who, case, item) for who in ("gil", "hal")]
    signed = resolve(town, "gil", case, *votes, absent=["ida"])
    found = town.state().cases[case].item
    assert (found.resolution.event, found.result.present) == (signed, 2)


def test_result_is_signed_by_the_next_where_the_chair_was_absent(town):
    case, item = put(town, recused=[], subject="ben")
    votes = [ballot(town, who, case, item) for who in ("hal", "ida")]
    stolen = resolve(town, "ida", case, *votes, absent=["gil"])
    signed = resolve(town, "hal", case, *votes, absent=["gil"])
    state = town.state()
    assert state.void == {stolen: committee_fold.NOT_CHAIR}
    assert state.cases[case].item.resolution.event == signed


def test_chair_who_voted_is_not_passed_over_as_absent(town):
    case, item = put(town, recused=[], subject="ben")
    votes = [ballot(town, who, case, item) for who in ("gil", "hal", "ida")]
    stolen = resolve(town, "hal", case, *votes, votes_for=3, absent=["gil"])
    assert town.state().void == {stolen: committee_fold.NOT_CHAIR}


def test_chair_who_recuses_later_leaves_the_result_to_the_next(town):
    case, item = put(town, recused=[], subject="ben")
    out = recuse(town, "gil", case, item)
    votes = [ballot(town, who, case, item) for who in ("hal", "ida")]
    own = resolve(town, "gil", case, out, *votes)
    signed = resolve(town, "hal", case, out, *votes)
    state = town.state()
    assert state.void == {own: committee_fold.NOT_CHAIR}
    assert (state.cases[case].item.resolution.event, state.cases[case].item.acting) == (
        signed,
        True,
    )


def test_written_consent_is_impossible_once_somebody_is_recused(town):
    case, item = put(town, how="written_consent")
    votes = [ballot(town, who, case, item) for who in ("hal", "ida")]
    signed = resolve(town, "hal", case, *votes)
    state = town.state()
    assert state.void == {signed: committee_fold.OTHER_RESULT}
    assert state.cases[case].item.result.outcome == "consent_impossible"


def test_ballot_on_other_text_is_void(town):
    case, item = put(town)
    event = ballot(town, "hal", case, item, text="RESOLVED, that the lease is approved, twice.")
    state = town.state()
    assert state.void == {event: committee_fold.OTHER_TEXT}
    assert state.cases[case].item.waiting == ("hal", "ida")


def test_ballots_of_strangers_and_of_the_recused_are_void(town):
    case, item = put(town)
    mine = ballot(town, "gil", case, item)
    hers = ballot(town, "cleo", case, item)
    assert town.state().void == {
        mine: committee_fold.RECUSED,
        hers: committee_fold.NOT_MEMBER,
    }


def test_recusal_takes_a_ballot_away_whichever_came_first(town):
    case, item = put(town, recused=[], subject="ben", members=["gil", "hal", "ida"])
    given = ballot(town, "ida", case, item)
    recuse(town, "ida", case, item)
    state = town.state()
    assert state.void == {given: committee_fold.RECUSED}
    assert state.cases[case].item.disinterested == ("gil", "hal")
    assert state.cases[case].item.recused[0].reason == "A friend."


def test_two_different_ballots_of_one_member_are_raised_and_neither_counts(town):
    case, item = put(town)
    one = ballot(town, "hal", case, item)
    ballot(town, "hal", case, item, "against")
    ballot(town, "ida", case, item)
    found = town.state().cases[case].item
    assert (found.doubled, found.waiting) == (("hal",), ("hal",))
    assert found.result.outcome == "pending"
    two = next(b.event for b in found.ballots if b.vote == "against")
    ballot(town, "hal", case, item, "for", replaces=[one, two])
    found = town.state().cases[case].item
    assert (found.doubled, found.result.outcome) == ((), "passed")


def test_ballots_on_a_forked_log_do_not_count(town):
    case, item = put(town)
    first = ballot(town, "hal", case, item)
    again = ballot(town, "hal", case, item, "against", place=(1, ""))
    state = town.state()
    assert state.void == {first: case_fold.FORKED, again: case_fold.FORKED}


def test_ballot_that_comes_after_the_result_is_told_beside_it(town):
    case, item = put(town, recused=[], subject="ben")
    votes = [ballot(town, who, case, item) for who in ("gil", "hal", "ida")]
    resolve(town, "gil", case, *votes, votes_for=3)
    recuse(town, "ida", case, item)
    assert town.state().cases[case].item.resolution.caution == committee_fold.LATER


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"digest": "0" * 64}, committee_fold.ALTERED),
        ({"recused": []}, committee_fold.SUBJECT_VOTES),
        ({"members": ["gil", "hal", "ben"]}, committee_fold.NOT_MEMBERS),
        ({"acting_chair": "gil"}, committee_fold.NO_CHAIR),
        ({"who": "dan"}, committee_fold.NO_SEAT),
        ({"who": "gil"}, committee_fold.OWN_ITEM),
    ],
)
def test_item_that_is_not_put_properly_is_void(town, change, reason):
    case, item = put(town, **change)
    state = town.state()
    assert state.void == {item: reason}
    assert state.cases[case].item is None


def test_second_item_in_one_case_stops_the_vote(town):
    case, item = put(town)
    put(town, case=case)
    event = ballot(town, "hal", case, item)
    assert town.state().void[event] == case_fold.CONTESTED


def test_whole_board_votes_by_its_class(town):
    case, item = put(
        town,
        committee="board",
        chair_role="lead_director",
        member_role="director",
    )
    votes = [ballot(town, who, case, item) for who in ("hal", "ida")]
    resolve(town, "hal", case, *votes)
    assert town.state().cases[case].item.resolution is not None


def test_notice_goes_to_every_other_director_and_receipts_come_back(town):
    audience = {"name": "directors", "offices": ["secretary"], "people": []}
    pairs = [
        ("matter", "m" * 26),
        ("subject", "gil"),
        ("text", "My brother owns the house."),
        ("directors", ["hal", "ida"]),
        ("audience", audience),
    ]
    case = "n" * 26
    served = town.write("gil", case, EventType.NOTICE_SERVED, pairs, deps=town.heads)
    receipt = [("notice", served), ("name", "Hal")]
    town.write("hal", case, EventType.NOTICE_RECEIVED, receipt, deps=[served])
    stray = town.write("ben", case, EventType.NOTICE_RECEIVED, receipt, deps=[served])
    state = town.state()
    found = state.cases[case]
    assert (found.kind, found.notice.missing) == ("notice", ("ida",))
    assert found.audience_people == ("gil", "hal", "ida")
    assert list(state.void) == [stray]


def test_days_on_which_the_sec_closed_count_on_the_keepers_word(town):
    case = "k" * 26
    audience = {"name": "calendar", "offices": ["secretary", "clo"], "people": []}
    pairs = [("day", "2027-01-08"), ("reason", "Mourning"), ("audience", audience)]
    town.write("ada", case, EventType.CALENDAR_CLOSED, pairs, deps=town.heads)
    stray = town.write("ben", case, EventType.CALENDAR_CLOSED, pairs, deps=town.heads)
    state = town.state()
    assert [d.day for d in state.cases[case].closed_days] == ["2027-01-08"]
    assert list(state.void) == [stray]
