"""A committee decides: the item in its own case, ballots that travel, the chair's signature."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from a_company import SECRET
from boardroom import MEETING, RPT
from village import CHAIR, EMMA, LAW, MAYA, MILO, SEC, everything

from candor.app import committee, home, matter_routing
from candor.app.committee import Choice, NotYourItem
from candor.app.referring import Condition
from candor.errors import CandorError, Problems
from candor.exchange import reader
from candor.exchange.refusals import BundleRefused
from candor.policy.facts import RulingAbout
from candor.policy.terms import DecisionKind
from candor.records import committee_fold
from candor.records.events import EventType


def test_directors_transaction_is_approved_two_to_nothing_with_the_chair_recused(boardroom):
    case = boardroom.lease()
    draft = committee.draft_item(boardroom[SEC], case, committee.ItemChoice(meeting_on=MEETING))
    assert [(s.name, s.out) for s in draft.seating.out] == [
        ("Cara Chair", "It is their own matter.")
    ]
    assert (draft.chair, draft.acting) == (boardroom.id(MAYA), True)
    assert "meeting" in draft.no_consent
    item = boardroom.put(case)
    for key in (MAYA, MILO):
        (row,) = committee.my_ballots(boardroom[key])
        assert (row.item, row.state) == (item, "to_vote")
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    (row,) = committee.agenda_of(boardroom[SEC])
    assert row.state == "to_sign"
    boardroom.resolve(MAYA, item)
    assert committee.agenda_of(boardroom[SEC]) == ()
    for key in (SEC, LAW, MAYA, MILO, CHAIR):
        decided = boardroom[key].case(case).determination("")
        assert (decided.kind, decided.body, decided.person) == (
            "approval",
            "audit",
            boardroom.id(MAYA),
        )
        assert decided.resolution.votes_for == 2
        assert boardroom[key].state.void == boardroom[key].state.held == {}
    found = committee.result(boardroom[SEC], item)
    assert (found.outcome, found.votes) == ("passed", "2 in favour, 0 against, 0 abstaining")
    assert "Cara Chair" in found.minutes[0]


def test_recused_member_receives_nothing_of_the_item(boardroom):
    case = boardroom.lease()
    item = boardroom.put(case)
    text = boardroom[SEC].case(item).item.text
    boardroom.vote(MAYA, item, Choice.FOR, "Fair rent for the lab space.")
    boardroom.vote(MILO, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    held = everything(boardroom[CHAIR])
    for secret in (item, text, "Fair rent for the lab space."):
        assert secret not in held
        assert secret in everything(boardroom[SEC])
    for other in (EMMA, "finn", "dora"):
        assert item not in everything(boardroom[other])
        assert case not in everything(boardroom[other])


def test_file_for_the_recused_member_holds_nothing_of_the_item(boardroom):
    case = boardroom.lease()
    item = boardroom.put(case)
    boardroom.vote(MAYA, item, Choice.FOR, "Fair rent for the lab space.")
    boardroom.vote(MILO, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    text = boardroom[SEC].case(item).item.text.encode()
    found = {key: b"".join(_written_to(boardroom, key)) for key in (CHAIR, MAYA, MILO)}
    for secret in (item.encode(), text, b"Fair rent for the lab space."):
        assert secret not in found[CHAIR]
    for key in (MAYA, MILO):
        assert item.encode() in found[key]
        assert text in found[key]
    boardroom.resolve(MAYA, item)
    after = b"".join(_written_to(boardroom, CHAIR))
    assert b"matter.decided" in after
    for secret in (text, b"Fair rent for the lab space.", b"committee."):
        assert secret not in after


def _written_to(town, key):
    """What stands, decrypted, in every file that was made for somebody."""
    secrets = (town[key].identity.age.secret,)
    for path in sorted(p for p in (town.folder / "files").rglob("*") if p.is_file()):
        try:
            received = reader.read_file(path, secrets, lambda _: None)
        except BundleRefused:
            continue  # somebody else's
        yield from (content.data for content in received.contents)


def test_tie_refuses_and_nothing_else_can_be_signed(boardroom):
    case = boardroom.lease()
    item = boardroom.put(case)
    boardroom.vote(MAYA, item, Choice.FOR)
    boardroom.vote(MILO, item, Choice.AGAINST, "The price was never compared.")
    boardroom.post(MAYA, MILO)
    assert committee.result(boardroom[MAYA], item).outcome_text == "Not carried"
    boardroom.resolve(MAYA, item)
    decided = boardroom[CHAIR].case(case).determination("")
    assert (decided.kind, decided.resolution.outcome) == ("disapproval", "failed")


def test_votes_of_others_stay_hidden_until_ones_own_is_signed(boardroom):
    item = boardroom.put(boardroom.lease())
    boardroom.vote(MAYA, item, Choice.AGAINST, "Too dear.")
    boardroom.post(MAYA)
    before = committee.ballot_sheet(boardroom[MILO], item)
    assert not before.revealed
    maya = next(row for row in before.members if row.name == "Maya Member")
    assert (maya.state, maya.vote, maya.reason) == ("voted", "", "")
    assert committee.result(boardroom[MILO], item).outcome == "pending"
    effects = {effect.choice: effect.text for effect in before.effects}
    assert effects[Choice.FOR] == "It is carried once the one other member votes in favour too."
    assert effects[Choice.AGAINST] == "It fails, whatever the others vote."
    assert before.digest == committee_fold.digest(before.text)
    boardroom.vote(MILO, item, Choice.FOR)
    after = committee.ballot_sheet(boardroom[MILO], item)
    maya = next(row for row in after.members if row.name == "Maya Member")
    assert (after.revealed, maya.vote, maya.reason) == (True, "Against", "Too dear.")


def test_result_is_for_the_acting_chair_alone_after_the_meeting(boardroom):
    item = boardroom.put(boardroom.lease())
    boardroom.vote(MAYA, item, Choice.FOR)
    with pytest.raises(CandorError, match="Votes are missing"):
        committee.sign_resolution(boardroom[MAYA], item, "Maya Member", SECRET)
    boardroom.vote(MILO, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    with pytest.raises(CandorError, match="Maya Member signs the result, for the Chair"):
        committee.sign_resolution(boardroom[MILO], item, "Milo Member", SECRET)
    with pytest.raises(CandorError, match="not before"):
        committee.sign_resolution(boardroom[MAYA], item, "Maya Member", SECRET)
    boardroom.resolve(MAYA, item)
    with pytest.raises(CandorError, match="signed"):
        boardroom.vote(MILO, item, Choice.AGAINST)


def test_vote_may_be_changed_until_the_result_is_signed(boardroom):
    item = boardroom.put(boardroom.lease())
    boardroom.vote(MAYA, item, Choice.AGAINST)
    boardroom.vote(MAYA, item, Choice.FOR, "The comparison has come.")
    boardroom.post(MAYA)
    first, second = boardroom[SEC].case(item).item.ballots
    assert (first.replaced_by, second.vote) == (second.event, "for")


def test_ballots_on_altered_text_and_contradicting_ballots_are_raised(boardroom):
    item = boardroom.put(boardroom.lease())
    _ballot(boardroom, MILO, item, "for", digest=committee_fold.digest("Another text."))
    _ballot(boardroom, MAYA, item, "for")
    _ballot(boardroom, MAYA, item, "against")
    boardroom.post(MILO, MAYA)
    sheet = committee.ballot_sheet(boardroom[SEC], item)
    assert any("Milo Member" in w and committee_fold.OTHER_TEXT in w for w in sheet.warnings)
    assert any("Maya Member signed ballots that contradict" in w for w in sheet.warnings)
    assert committee.result(boardroom[SEC], item).votes.startswith("0 in favour")
    (row,) = committee.my_ballots(boardroom[MAYA])
    assert row.state == "contradicts"
    boardroom.vote(MAYA, item, Choice.FOR)
    assert committee.my_ballots(boardroom[MAYA])[0].state == "voted"


def _ballot(town, key, item, vote, digest=""):
    """A ballot as a changed program, or one that lost its memory, would write it."""
    session = town[key]
    found = session.case(item).item
    pairs = [("digest", digest or found.digest), ("vote", vote)]
    deps = (found.event, *session.directory.head)
    return session.write(item, EventType.BALLOT_CAST, pairs, deps=deps)


def test_ballots_arrive_in_any_order_and_twice(boardroom):
    item = boardroom.put(boardroom.lease())
    boardroom.vote(MAYA, item, Choice.FOR)
    boardroom.vote(MILO, item, Choice.FOR)
    later, earlier = boardroom.files(MILO), boardroom.files(MAYA)
    boardroom.take(SEC, [*later, *earlier])
    boardroom.take(SEC, [*earlier, *later])
    found = boardroom[SEC].case(item).item
    assert (found.result.outcome, len(found.ballots)) == ("passed", 2)


def test_member_who_recuses_sees_the_paper_no_more_and_is_not_counted(boardroom):
    case = boardroom.lease()
    item = boardroom.put(case)
    boardroom.vote(MILO, item, Choice.FOR)
    with pytest.raises(Problems):
        committee.recuse(boardroom[MILO], item, " ", "Milo Member", SECRET)
    committee.recuse(boardroom[MILO], item, "The landlord is a friend.", "Milo Member", SECRET)
    assert committee.my_ballots(boardroom[MILO]) == ()
    with pytest.raises(NotYourItem):
        committee.ballot_sheet(boardroom[MILO], item)
    assert {item, case} <= committee.shut(boardroom[MILO])
    boardroom.post(MILO)
    found = boardroom[SEC].case(item).item
    assert [b.void for b in found.ballots] == [committee_fold.RECUSED]
    (row,) = committee.agenda_of(boardroom[SEC])
    assert (row.state, "Too few members" in row.text) == ("again", True)


def test_quorum_that_is_lost_sends_the_matter_on_to_the_independent_directors(boardroom):
    case = boardroom.lease()
    item = boardroom.put(case)
    committee.recuse(boardroom[MILO], item, "The landlord is a friend.", "Milo Member", SECRET)
    boardroom.post(MILO)
    draft = committee.draft_item(boardroom[SEC], case, committee.ItemChoice(meeting_on=MEETING))
    assert (draft.body.id, bool(draft.escalated)) == ("independent_directors", True)
    again = boardroom.put(case)
    for key in ("dora", "dirk"):
        (row,) = committee.my_ballots(boardroom[key])
        assert row.item == again
        boardroom.vote(key, again, Choice.FOR)
    boardroom.post("dora", "dirk")
    for key in (CHAIR, MILO):
        assert again not in everything(boardroom[key])
    boardroom.resolve("dora", again)
    decided = boardroom[CHAIR].case(case).determination("")
    assert (decided.kind, decided.body) == ("approval", "independent_directors")


def test_written_consent_is_refused_where_a_member_is_recused(boardroom):
    case = boardroom.lease()
    choice = committee.ItemChoice(how=committee.Voting.WRITTEN_CONSENT, text="We consent.")
    with pytest.raises(Problems) as stopped:
        committee.put_item(boardroom[SEC], case, choice, "Sela Secretary", SECRET)
    assert any("put it to a meeting" in problem for problem in stopped.value.problems)


def test_item_is_not_put_while_something_is_missing(boardroom):
    case = boardroom.lease()
    with pytest.raises(Problems) as stopped:
        committee.put_item(boardroom[SEC], case, committee.ItemChoice(), "Sela Secretary", SECRET)
    assert "Say on which day the meeting is." in stopped.value.problems
    assert any("what was weighed" in problem for problem in stopped.value.problems)
    assert case in {row.case for row in committee.agenda_of(boardroom[SEC])}


def test_officer_who_is_not_concerned_puts_the_item_and_nobody_else(boardroom):
    case = boardroom.lease()
    for key in (CHAIR, MAYA):
        with pytest.raises(CandorError):
            boardroom.put(case, who=key)
    item = boardroom.put(case, who=LAW)
    assert boardroom[MAYA].case(item).item.person == boardroom.id(LAW)
    boardroom.vote(MAYA, item, Choice.FOR)
    boardroom.post(MAYA)
    with pytest.raises(Problems, match="cannot be put yet"):
        boardroom.put(case)


def test_approval_waits_for_the_ruling_on_a_material_departure(boardroom):
    case = boardroom.sent(CHAIR, RPT, q3_04="2027-01-15")
    item = boardroom.put(case)
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    with pytest.raises(CandorError, match="has not ruled in writing"):
        boardroom.resolve(MAYA, item)
    boardroom.rule(case, RulingAbout.MATERIAL_DEPARTURE, holds=True)
    with pytest.raises(CandorError, match="only a waiver can allow it"):
        boardroom.resolve(MAYA, item)
    boardroom.rule(case, RulingAbout.MATERIAL_DEPARTURE, holds=False)
    boardroom.resolve(MAYA, item)
    assert boardroom[SEC].case(case).determination("").material_departure.is_departure is False


def test_home_asks_for_votes_signatures_and_items_to_put(boardroom):
    case = boardroom.lease()
    assert _cards(boardroom, SEC)["Prepare the item"].target.argument == case
    item = boardroom.put(case)
    assert "Prepare the item" not in _cards(boardroom, SEC)
    card = _cards(boardroom, MAYA)["Read and vote"]
    assert (card.target.argument, card.due) == (item, MEETING)
    assert "Read and vote" not in _cards(boardroom, CHAIR)
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    assert "Read and vote" not in _cards(boardroom, MILO)
    boardroom.post(MAYA, MILO)
    assert _cards(boardroom, MAYA)["Read and sign"].target.argument == item
    boardroom.resolve(MAYA, item)
    assert "Read and sign" not in _cards(boardroom, MAYA)


def _cards(town, key):
    """What Home asks of a person, by the button."""
    return {card.button: card for card in home.home(town[key]).needs}


def test_conditions_are_voted_on_and_come_back_as_tasks(boardroom):
    case = boardroom.lease()
    kind = DecisionKind.APPROVAL_WITH_CONDITIONS
    bare = committee.ItemChoice(kind=kind, meeting_on=MEETING, conditions=(Condition("Pay", ""),))
    problems = committee.draft_item(boardroom[SEC], case, bare).problems
    assert "Each condition needs a text, an owner and a day." in problems
    kept = Condition("Get a second offer", boardroom.id(CHAIR), date(2026, 12, 30))
    item = boardroom.put(case, kind=kind, conditions=(kept,))
    assert "on these conditions: Get a second offer." in boardroom[MAYA].case(item).item.text
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    boardroom.resolve(MAYA, item)
    decided = boardroom[CHAIR].case(case).determination("")
    assert (decided.kind, decided.void, len(decided.conditions)) == (kind, "", 1)
    card = _cards(boardroom, CHAIR)["Say it is done"]
    assert (card.title, card.due) == ("Get a second offer", date(2026, 12, 30))


def test_proposal_that_fails_where_no_refusal_is_known_leaves_the_matter_open(boardroom):
    case = boardroom.lease()
    session = boardroom[SEC]
    goes = matter_routing.where(session, session.case(case))
    only = replace(goes, allowed=("approval",))
    matter_routing.write(session, session.case(case), only)
    item = boardroom.put(case)
    boardroom.vote(MAYA, item, Choice.FOR)
    boardroom.vote(MILO, item, Choice.AGAINST)
    boardroom.post(MAYA, MILO)
    boardroom.resolve(MAYA, item)
    assert boardroom[SEC].case(case).determination("") is None
    (row,) = committee.agenda_of(boardroom[SEC])
    assert (row.state, row.text) == (
        "again",
        "The proposal was not carried, and the matter is still open.",
    )
    boardroom.put(case)


def test_matter_that_was_sent_elsewhere_since_is_not_decided_here(boardroom):
    case = boardroom.lease()
    item = boardroom.put(case)
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    session = boardroom[SEC]
    goes = matter_routing.where(session, session.case(case))
    board = replace(
        goes,
        office="lead_director",
        body="independent_directors",
        member="director",
        people=(boardroom.id("dora"), boardroom.id("dirk")),
    )
    matter_routing.write(session, session.case(case), board)
    boardroom.carry(SEC)
    with pytest.raises(CandorError, match="sent elsewhere since"):
        boardroom.resolve(MAYA, item)
