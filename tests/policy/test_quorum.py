"""Quorum, majority and recusal of a body: the worked cases, and what holds for every vote."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy.facts import Vote, VoteWord
from candor.policy.quorum import Outcome, Quorum, assess
from candor.policy.settings import Settings

THREE = ("chair", "second", "third")
FOUR = (*THREE, "fourth")
FIVE = (*FOUR, "fifth")
MEETING, CONSENT = "meeting", "written_consent"

words = st.sampled_from(VoteWord)
some_votes = st.dictionaries(st.sampled_from(FIVE), words).map(
    lambda acts: tuple(Vote(member, word) for member, word in acts.items())
)
committees = st.integers(1, 5).map(lambda size: FIVE[:size])
concerned = st.frozensets(st.sampled_from(FIVE))


def _votes(members: Collection[str], acts: str) -> tuple[Vote, ...]:
    """One letter for each member: for, against, abstain (o), recused, absent (x), nothing (-)."""
    named = {
        "f": VoteWord.FOR,
        "a": VoteWord.AGAINST,
        "o": VoteWord.ABSTAIN,
        "r": VoteWord.RECUSED,
        "x": VoteWord.ABSENT,
    }
    return tuple(Vote(m, named[a]) for m, a in zip(members, acts, strict=True) if a in named)


def _meet(
    settings: Settings, members: tuple[str, ...], acts: str, *, closed: bool = True
) -> Quorum:
    return assess(
        members, (), MEETING, _votes(members, acts), settings, chair="chair", closed=closed
    )


# --- worked cases -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "acts", "outcome"),
    [
        (THREE, "rff", Outcome.PASSED),
        (THREE, "rfa", Outcome.FAILED),
        (THREE, "rfo", Outcome.FAILED),
        (THREE, "rfx", Outcome.NO_QUORUM),
        (THREE, "rrf", Outcome.ESCALATE),
        (THREE, "rrr", Outcome.ESCALATE),
        (THREE, "xff", Outcome.PASSED),
        (THREE, "fff", Outcome.PASSED),
        (THREE, "ffa", Outcome.PASSED),
        (THREE, "faa", Outcome.FAILED),
        (THREE, "foo", Outcome.FAILED),
        (THREE, "fxx", Outcome.NO_QUORUM),
        (FOUR, "rfff", Outcome.PASSED),
        (FOUR, "rffa", Outcome.FAILED),
        (FOUR, "rffx", Outcome.NO_QUORUM),
        (FOUR, "ffaa", Outcome.FAILED),
        (FOUR, "rrff", Outcome.ESCALATE),
        (FIVE, "rrfff", Outcome.PASSED),
        (FIVE, "rrffa", Outcome.FAILED),
        (FIVE, "ffaao", Outcome.FAILED),
        (FIVE, "rrrff", Outcome.ESCALATE),
        (THREE[:2], "rf", Outcome.ESCALATE),
        (THREE[:2], "ff", Outcome.PASSED),
        (THREE[:1], "f", Outcome.ESCALATE),
    ],
)
def test_what_a_meeting_comes_to(
    settings: Settings, members: tuple[str, ...], acts: str, outcome: Outcome
) -> None:
    assert _meet(settings, members, acts).outcome is outcome


def test_a_sisters_contract_is_decided_two_to_nil_without_the_chair(settings: Settings) -> None:
    votes = (Vote("second", VoteWord.FOR), Vote("third", VoteWord.FOR))
    found = assess(THREE, {"chair"}, MEETING, votes, settings, chair="chair", closed=True)
    assert found.outcome is Outcome.PASSED
    assert (found.quorum_needed, found.has_quorum) == (2, True)
    assert found.disinterested == found.present == ("second", "third")
    assert (found.recused, found.acting_chair_needed) == (("chair",), True)
    assert found.present_with_recused == THREE
    assert (found.votes_for, found.votes_against, found.needed_in_favour) == (2, 0, 2)
    assert found.sentences[-1] == "The resolution is carried."


def test_four_members_with_one_recused_have_a_quorum_of_three_of_four(settings: Settings) -> None:
    found = _meet(settings, FOUR, "rfff")
    assert (found.quorum_needed, len(found.present), found.has_quorum) == (3, 3, True)


@pytest.mark.parametrize(
    ("acts", "outcome"),
    [
        ("fff", Outcome.PASSED),
        ("ff-", Outcome.PENDING),
        ("---", Outcome.PENDING),
        ("ffa", Outcome.FAILED),
        ("ffo", Outcome.FAILED),
        ("ffx", Outcome.FAILED),
        ("rff", Outcome.CONSENT_IMPOSSIBLE),
        ("r--", Outcome.CONSENT_IMPOSSIBLE),
        ("rrf", Outcome.ESCALATE),
    ],
)
def test_a_written_consent_needs_every_member(
    settings: Settings, acts: str, outcome: Outcome
) -> None:
    found = assess(THREE, (), CONSENT, _votes(THREE, acts), settings)
    assert found.outcome is outcome


def test_a_consent_that_was_closed_without_a_signature_failed(settings: Settings) -> None:
    found = assess(THREE, (), CONSENT, _votes(THREE, "ff-"), settings, closed=True)
    assert found.outcome is Outcome.FAILED


# --- ballots that come one by one ---------------------------------------------------------


@pytest.mark.parametrize(
    ("acts", "outcome"),
    [
        ("---", Outcome.PENDING),
        ("f--", Outcome.PENDING),
        ("ff-", Outcome.PASSED),
        ("fa-", Outcome.PENDING),
        ("aa-", Outcome.FAILED),
        ("rf-", Outcome.PENDING),
        ("ra-", Outcome.FAILED),
        ("rr-", Outcome.ESCALATE),
    ],
)
def test_an_outcome_stands_once_no_missing_vote_can_change_it(
    settings: Settings, acts: str, outcome: Outcome
) -> None:
    found = _meet(settings, THREE, acts, closed=False)
    assert found.outcome is outcome
    assert len(found.unheard) == acts.count("-")


# --- what does not count ------------------------------------------------------------------


def test_the_vote_of_somebody_concerned_does_not_count(settings: Settings) -> None:
    found = assess(THREE, {"third"}, MEETING, _votes(THREE, "faf"), settings, closed=True)
    assert (found.outcome, found.votes_for, found.void) == (Outcome.FAILED, 1, ("third",))
    assert any("third" in said and "does not count" in said for said in found.sentences)


def test_people_who_are_no_members_do_not_count(settings: Settings) -> None:
    votes = (*_votes(THREE, "fax"), Vote("guest", VoteWord.FOR))
    found = assess(THREE, (), MEETING, votes, settings, closed=True)
    assert (found.outcome, found.void) == (Outcome.FAILED, ("guest",))


def test_who_votes_in_two_ways_has_not_voted_and_a_recusal_stands(settings: Settings) -> None:
    twice = (*_votes(THREE, "ff-"), Vote("chair", VoteWord.AGAINST))
    found = assess(THREE, (), MEETING, twice, settings)
    assert (found.votes_for, found.void, found.outcome) == (1, ("chair",), Outcome.PENDING)
    recused = (*_votes(THREE, "fff"), Vote("chair", VoteWord.RECUSED))
    out = assess(THREE, (), MEETING, recused, settings)
    assert (out.recused, out.void, out.votes_for) == (("chair",), ("chair",), 2)


def test_the_same_vote_twice_counts_once(settings: Settings) -> None:
    votes = (*_votes(THREE, "fax"), Vote("chair", VoteWord.FOR))
    assert assess(THREE, (), MEETING, votes, settings, closed=True).votes_for == 1


def test_an_acting_chair_is_needed_while_the_chair_is_away_or_recused(settings: Settings) -> None:
    assert _meet(settings, THREE, "rff").acting_chair_needed
    assert _meet(settings, THREE, "xff").acting_chair_needed
    assert not _meet(settings, THREE, "fff").acting_chair_needed
    unknown = assess(THREE, ("second",), MEETING, _votes(THREE, "f-f"), settings)
    assert not unknown.acting_chair_needed


# --- the other count ----------------------------------------------------------------------


def test_without_a_strict_quorum_the_recused_count_and_all_disinterested_are_the_base(
    settings: Settings,
) -> None:
    loose = replace(settings, strict_quorum=False)
    assert _meet(loose, FIVE, "rrrff").outcome is Outcome.PASSED
    assert _meet(settings, FIVE, "rrrff").outcome is Outcome.ESCALATE
    assert _meet(loose, FOUR, "rffx").outcome is Outcome.PASSED
    assert _meet(loose, FIVE, "rffxx").outcome is Outcome.FAILED
    assert _meet(loose, THREE, "rfx").outcome is Outcome.FAILED
    assert _meet(loose, THREE, "rrf").outcome is Outcome.ESCALATE


# --- for every vote -----------------------------------------------------------------------


def _passes(found: Quorum) -> bool:
    return found.outcome is Outcome.PASSED


@given(committees, concerned, some_votes, st.sampled_from((MEETING, CONSENT)), st.booleans())
def test_two_disinterested_members_in_favour_and_more_than_half_carry_every_act(
    settings: Settings,
    members: tuple[str, ...],
    out: frozenset[str],
    votes: tuple[Vote, ...],
    how: str,
    closed: bool,
) -> None:
    found = assess(members, out, how, votes, settings, closed=closed)
    if _passes(found):
        assert found.votes_for >= 2
        assert found.votes_for > found.votes_against + found.abstentions
        assert found.has_quorum
        assert not set(found.present) & out
        assert how == MEETING or len(found.present) == len(members)


@given(committees, concerned, some_votes)
def test_every_count_adds_up(
    settings: Settings, members: tuple[str, ...], out: frozenset[str], votes: tuple[Vote, ...]
) -> None:
    found = assess(members, out, MEETING, votes, settings)
    assert sorted((*found.disinterested, *found.recused)) == sorted(members)
    assert set(found.present) | set(found.unheard) <= set(found.disinterested)
    assert found.votes_for + found.votes_against + found.abstentions == len(found.present)
    assert found.quorum_needed * 2 > len(members)
    assert found.sentences


@given(
    committees,
    concerned,
    some_votes,
    st.sampled_from(FIVE),
    st.sampled_from((MEETING, CONSENT)),
    st.booleans(),
)
def test_a_further_recusal_never_carries_what_that_members_own_vote_could_not(
    settings: Settings,
    members: tuple[str, ...],
    out: frozenset[str],
    votes: tuple[Vote, ...],
    more: str,
    how: str,
    closed: bool,
) -> None:
    others = tuple(vote for vote in votes if vote.member != more)
    recused = assess(members, out | {more}, how, others, settings, closed=closed)
    in_favour = (*others, Vote(more, VoteWord.FOR))
    taking_part = assess(members, out, how, in_favour, settings, closed=closed)
    staying_away = assess(members, out, how, others, settings, closed=True)
    if _passes(recused):
        assert _passes(taking_part)
        assert _passes(staying_away)


@given(committees, concerned, some_votes, st.sampled_from(FIVE), st.booleans())
def test_a_further_recusal_never_makes_approval_easier(
    settings: Settings,
    members: tuple[str, ...],
    out: frozenset[str],
    votes: tuple[Vote, ...],
    more: str,
    closed: bool,
) -> None:
    before = assess(members, out, MEETING, votes, settings, closed=closed)
    after = assess(members, out | {more}, MEETING, votes, settings, closed=closed)
    assert _passes(before) or not _passes(after)
    assert after.quorum_needed == before.quorum_needed
    assert set(after.disinterested) <= set(before.disinterested)


@pytest.mark.parametrize(
    ("acts", "outcome"),
    [("rfff", Outcome.PASSED), ("rffa", Outcome.FAILED), ("rffx", Outcome.NO_QUORUM)],
)
def test_who_steps_aside_does_not_lower_the_majority_of_four(
    settings: Settings, acts: str, outcome: Outcome
) -> None:
    assert _meet(settings, FOUR, acts).outcome is outcome


@given(committees, concerned, some_votes)
def test_a_recusal_always_makes_a_written_consent_impossible(
    settings: Settings, members: tuple[str, ...], out: frozenset[str], votes: tuple[Vote, ...]
) -> None:
    found = assess(members, out, CONSENT, votes, settings)
    if found.recused:
        assert found.outcome in {Outcome.CONSENT_IMPOSSIBLE, Outcome.ESCALATE}


@given(committees, concerned, some_votes, st.sampled_from(FIVE), words)
def test_an_outcome_that_stands_is_changed_by_no_further_vote(
    settings: Settings,
    members: tuple[str, ...],
    out: frozenset[str],
    votes: tuple[Vote, ...],
    late: str,
    word: VoteWord,
) -> None:
    before = assess(members, out, MEETING, votes, settings)
    if late in {vote.member for vote in votes} or word is VoteWord.RECUSED:
        return
    after = assess(members, out, MEETING, (*votes, Vote(late, word)), settings)
    if before.outcome is not Outcome.PENDING:
        assert after.outcome in {before.outcome, Outcome.NO_QUORUM}
        assert _passes(before) == _passes(after)


@given(committees, concerned, some_votes, st.randoms(use_true_random=False))
def test_ballots_count_the_same_in_any_order(
    settings: Settings,
    members: tuple[str, ...],
    out: frozenset[str],
    votes: tuple[Vote, ...],
    order: object,
) -> None:
    shuffled = list(votes)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    one = assess(members, out, MEETING, votes, settings)
    other = assess(members, out, MEETING, tuple(shuffled), settings)
    assert one.outcome is other.outcome
    assert (one.votes_for, one.present) == (other.votes_for, other.present)
