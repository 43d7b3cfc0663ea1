"""Votes that are not plain: the Secretary's own matter, papers that give way, members who leave."""

from __future__ import annotations

from datetime import datetime

import pytest
from a_company import SECRET
from boardroom import MEETING, RPT
from village import CHAIR, FIN, LAW, MAYA, MILO, SEC, everything

from candor.app import audience, committee, matter_deciding, matter_routing
from candor.app.committee import Choice
from candor.app.matter_deciding import Choice as Alone
from candor.errors import CandorError, Problems
from candor.policy.facts import RulingAbout
from candor.policy.terms import DecisionKind


def test_secretarys_own_matter_is_put_by_the_clo_and_travels_sealed_past_her(boardroom):
    case = boardroom.file(SEC, "gift-received").case
    boardroom.carry(SEC)
    matter_routing.route(boardroom[LAW], [case])
    reason = "The giver bids for our laboratory."
    matter_deciding.refer(boardroom[LAW], case, "body:audit", reason, boardroom.name(LAW), SECRET)
    with pytest.raises(CandorError):
        boardroom.put(case)
    boardroom.post(LAW)
    item = boardroom.put(case, who=LAW)
    for key in (CHAIR, MAYA, MILO):
        assert committee.my_ballots(boardroom[key])[0].item == item
        boardroom.vote(key, item, Choice.FOR, "A pen is a pen.")
    boardroom.post(CHAIR, MAYA, MILO)
    assert boardroom[LAW].case(item).item.result.outcome == "passed"
    boardroom.resolve(CHAIR, item)
    decided = boardroom[SEC].case(case).determination("")
    assert (decided.kind, decided.person) == ("approval", boardroom.id(CHAIR))
    held = everything(boardroom[SEC])
    assert "A pen is a pen." not in held
    assert item not in boardroom[SEC].state.cases
    assert boardroom[LAW].case(item).item.text not in held


def test_chair_who_recuses_after_the_vote_began_leaves_the_chair_to_the_next(boardroom):
    case = boardroom.waiver(FIN)
    item = boardroom.put(case, kind=DecisionKind.WAIVER_GRANTED)
    boardroom.vote(CHAIR, item, Choice.AGAINST)
    committee.recuse(boardroom[CHAIR], item, "He advises my nephew.", "Cara Chair", SECRET)
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(CHAIR, MAYA, MILO)
    found = committee.result(boardroom[SEC], item)
    assert (found.votes, found.signer, found.acting) == (
        "2 in favour, 0 against, 0 abstaining",
        "Maya Member",
        True,
    )
    boardroom.resolve(MAYA, item)
    assert boardroom[FIN].case(case).determination("").kind == "waiver_granted"
    assert not audience.may_read(boardroom[CHAIR], boardroom[CHAIR].case(case), boardroom.id(CHAIR))
    assert "He advises my nephew" in committee.result(boardroom[SEC], item).minutes[0]


def test_written_consent_that_a_recusal_stops_is_put_again_to_a_meeting(boardroom):
    case = boardroom.waiver(FIN)
    kind = DecisionKind.WAIVER_GRANTED
    consent = boardroom.put(case, kind=kind, how=committee.Voting.WRITTEN_CONSENT, meeting_on=None)
    boardroom.vote(MAYA, consent, Choice.FOR)
    committee.recuse(boardroom[CHAIR], consent, "He advises my nephew.", "Cara Chair", SECRET)
    boardroom.post(CHAIR, MAYA)
    (row,) = committee.agenda_of(boardroom[SEC])
    assert (row.state, "put it to a meeting" in row.text) == ("again", True)
    with pytest.raises(CandorError, match="put it to a meeting"):
        boardroom.vote(MILO, consent, Choice.FOR)
    meeting = boardroom.put(case, kind=kind)
    found = boardroom[SEC].case(meeting).item
    assert [r.reason for r in found.recused] == ["He advises my nephew."]
    assert [row.item for row in committee.my_ballots(boardroom[MAYA])] == [meeting]
    assert "took this one's place" in committee.ballot_sheet(boardroom[MAYA], consent).blocked
    assert meeting not in everything(boardroom[CHAIR])


def test_clo_who_would_grant_an_officers_waiver_alone_is_refused(boardroom):
    case = boardroom.waiver(FIN)
    alone = Alone(DecisionKind.WAIVER_GRANTED, "It is harmless.", (), True, "He advises a rival.")
    with pytest.raises(Problems, match="decides this by vote; no single person can"):
        matter_deciding.decide(boardroom[LAW], case, alone, "Lora Lawless", SECRET)
    assert boardroom[LAW].case(case).determinations == ()


def test_member_whom_the_chief_legal_officer_asserts_to_be_concerned_stands_aside(boardroom):
    case = boardroom.waiver(FIN)
    out = {boardroom.id(MILO): "He sits on the rival's board."}
    item = boardroom.put(case, kind=DecisionKind.WAIVER_GRANTED, who=LAW, out=out)
    assert committee.my_ballots(boardroom[MILO]) == ()
    assert item not in everything(boardroom[MILO])
    draft = committee.draft_item(
        boardroom[SEC], case, committee.ItemChoice(meeting_on=MEETING, out=out)
    )
    assert draft.counted[0] == "2 of 3 members may vote. A quorum is 2."


def test_wrong_name_or_passphrase_signs_no_vote(boardroom):
    item = boardroom.put(boardroom.lease())
    for name, secret in (("Milo Member", SECRET[::-1]), ("Nora Nobody", SECRET)):
        with pytest.raises(CandorError, match=r"nothing was signed|own full name"):
            committee.vote(boardroom[MILO], item, Choice.FOR, "", name, secret)
    assert boardroom[MILO].case(item).item.ballots == ()


def test_matter_that_begins_while_it_waits_is_sent_again_and_can_then_be_ratified(boardroom):
    case = boardroom.filed(CHAIR, RPT, departs=False, q3_04="2026-12-05")
    assert matter_routing.to_route(boardroom[SEC]) == ()
    boardroom.clock.move_to(datetime.fromisoformat("2026-12-07T09:00:00+00:00"))
    choice = committee.ItemChoice(meeting_on=MEETING)
    assert committee.draft_item(boardroom[SEC], case, choice).kinds == ()
    (row,) = matter_routing.to_route(boardroom[SEC])
    assert (row.case, "began while it waited" in row.again) == (case, True)
    matter_routing.route(boardroom[SEC], [case])
    kinds = [kind for kind, _ in committee.draft_item(boardroom[SEC], case, choice).kinds]
    assert kinds == [DecisionKind.RATIFICATION]


def test_what_begins_between_the_paper_and_the_meeting_is_no_more_approved_but_ratified(boardroom):
    case = boardroom.filed(CHAIR, RPT, departs=False, q3_04="2026-12-05")
    choice = committee.ItemChoice(meeting_on=MEETING)
    (warning,) = committee.draft_item(boardroom[SEC], case, choice).warnings
    assert "begins before Wed 9 Dec 2026" in warning.replace("\N{NO-BREAK SPACE}", " ")
    item = boardroom.put(case)
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    with pytest.raises(CandorError, match="puts it again, as a ratification"):
        boardroom.resolve(MAYA, item)
    assert boardroom[MAYA].case(item).item.resolution is None
    assert [row.state for row in committee.my_ballots(boardroom[MAYA])] == ["again"]
    (row,) = committee.agenda_of(boardroom[SEC])
    assert (row.state, "as a ratification" in row.text) == ("again", True)

    matter_routing.route(boardroom[SEC], [case])
    boardroom.carry(SEC)
    boardroom.rule(case, RulingAbout.MATERIAL_DEPARTURE, holds=False)
    again = boardroom.put(case, kind=DecisionKind.RATIFICATION)
    for key in (MAYA, MILO):
        boardroom.vote(key, again, Choice.FOR)
    boardroom.post(MAYA, MILO)
    boardroom.resolve(MAYA, again)
    assert boardroom[CHAIR].case(case).determination("").kind == "ratification"


def test_what_begins_after_the_meeting_is_approved_however_late_the_result_is_signed(boardroom):
    case = boardroom.filed(CHAIR, RPT, departs=False, q3_04="2026-12-10")
    item = boardroom.put(case)
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    boardroom.clock.move_to(datetime.fromisoformat("2026-12-14T09:00:00+00:00"))
    committee.sign_resolution(boardroom[MAYA], item, "Maya Member", SECRET)
    boardroom.post(MAYA)
    assert boardroom[CHAIR].case(case).determination("").kind == "approval"


def test_transaction_that_began_first_can_only_be_ratified(boardroom):
    case = boardroom.filed(CHAIR, RPT, departs=False, q3_04="2026-10-01")
    draft = committee.draft_item(boardroom[SEC], case, committee.ItemChoice(meeting_on=MEETING))
    assert [kind for kind, _ in draft.kinds] == [DecisionKind.RATIFICATION]
    assert "That kind of decision is not open to this body." in draft.problems
    item = boardroom.put(case, kind=DecisionKind.RATIFICATION)
    for key in (MAYA, MILO):
        boardroom.vote(key, item, Choice.FOR)
    boardroom.post(MAYA, MILO)
    boardroom.resolve(MAYA, item)
    decided = boardroom[CHAIR].case(case).determination("")
    assert (decided.kind, decided.material_departure.is_departure) == ("ratification", False)
