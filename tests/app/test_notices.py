"""A director's interest is told to every other director, each in a file of their own."""

from __future__ import annotations

import pytest
from a_company import SECRET
from boardroom import DIRK, DORA, MEETING
from village import CHAIR, EMMA, FIN, LAW, MAYA, MILO, SEC, everything, fill

from candor.app import acts, committee, home, matter_case, matter_drafts, notices, outbox
from candor.app.session import NotYours
from candor.errors import CandorError, Problems
from candor.records.acts import OfficeAct, PersonAct
from candor.records.matter_parts import Link

INTEREST = "My brother owns the building that the Company would rent."


def _serve(town, case):
    notice = notices.serve(town[CHAIR], case, INTEREST, MEETING, "Cara Chair", SECRET)
    town.post(CHAIR)
    return notice


def test_every_other_director_receives_it_in_a_file_of_their_own(boardroom):
    case = boardroom.lease()
    notice = notices.serve(boardroom[CHAIR], case, INTEREST, MEETING, "Cara Chair", SECRET)
    boardroom.carry(CHAIR)
    ready = {item.recipient for item in outbox.outbox(boardroom[SEC]) if item.state == "ready"}
    others = (MAYA, MILO, DORA, DIRK)
    assert {boardroom.id(key) for key in others} <= ready
    boardroom.carry(SEC)
    for key in others:
        (view,) = notices.notices(boardroom[key])
        assert (view.id, view.text, view.mine_open) == (notice, INTEREST, True)
        buttons = {card.button for card in home.home(boardroom[key]).needs}
        assert "Read and confirm" in buttons
    assert notices.notices(boardroom[LAW])[0].text == INTEREST
    for key in (EMMA, FIN):
        assert notice not in everything(boardroom[key])


def test_receipts_come_back_and_the_vote_warns_while_one_is_missing(boardroom):
    case = boardroom.lease()
    notice = _serve(boardroom, case)
    item = boardroom.put(case)
    for key in (MAYA, MILO, DORA):
        notices.acknowledge(boardroom[key], notice, boardroom.name(key), SECRET)
    boardroom.post(MAYA, MILO, DORA)
    for key in (MAYA, SEC):
        sheet = committee.ballot_sheet(boardroom[key], item)
        assert sheet.warnings == (
            "Dirk Director has not confirmed Cara Chair’s notice of an interest.",
        )
    assert (
        "No confirmation had come from Dirk Director."
        in notices.notice_of(boardroom[SEC], notice).minute
    )
    notices.acknowledge(boardroom[DIRK], notice, "Dirk Director", SECRET)
    boardroom.post(DIRK)
    for key in (MAYA, SEC, CHAIR):
        view = notices.notice_of(boardroom[key], notice)
        assert (view.missing, view.minute.endswith("Each of them confirmed it.")) == ((), True)
    assert committee.ballot_sheet(boardroom[MAYA], item).warnings == ()


def test_signing_the_form_tells_every_other_director_and_is_tied_to_the_item(boardroom):
    case = boardroom.lease()
    form = boardroom.file(CHAIR, "director-interest", q1_04=INTEREST, q1_02="2026-12-09").case
    boardroom.post(CHAIR)
    for key in (MAYA, MILO, DORA, DIRK):
        (view,) = notices.notices(boardroom[key])
        assert (view.matter, view.meeting_on, view.mine_open) == (form, MEETING, True)
        assert f"Interest: {INTEREST}" in view.text
    for key in (EMMA, FIN):
        assert INTEREST not in everything(boardroom[key])
    notice = view.id
    draft = committee.draft_item(boardroom[SEC], case)
    assert draft.notices == ((notice, "Cara Chair"),)
    assert draft.warnings == ()
    item = boardroom.put(case, notices=(notice,))
    assert "Cara Chair’s notice" in committee.ballot_sheet(boardroom[MAYA], item).warnings[0]
    minutes = committee.result(boardroom[SEC], item).minutes
    assert [line.split(" told ")[0] for line in minutes[:1]] == ["Cara Chair"]
    assert "took no part" in minutes[1]


def test_page_of_the_form_shows_who_has_confirmed_its_notice(boardroom):
    boardroom.lease()
    form = boardroom.file(CHAIR, "director-interest", q1_04=INTEREST).case
    boardroom.post(CHAIR)
    (view,) = notices.notices(boardroom[MAYA])
    notices.acknowledge(boardroom[MAYA], view.id, "Maya Member", SECRET)
    boardroom.post(MAYA)
    for key in (CHAIR, SEC):
        (told,) = matter_case.view(boardroom[key], form).told
        confirmed = {receipt.name for receipt in told.receipts if receipt.at}
        assert confirmed == {"Maya Member"}
        assert set(told.missing) == {"Milo Member", "Dora Director", "Dirk Director"}
    gift = boardroom.file(CHAIR).case
    assert matter_case.view(boardroom[CHAIR], gift).told == ()


def test_notice_of_a_form_begun_from_a_matter_is_about_that_matter(boardroom):
    case = boardroom.file(CHAIR, "conflict-disclosure").case
    links = (Link(case, "conflict"),)
    draft = matter_drafts.start(boardroom[CHAIR], "director-interest", links=links)
    fill(draft, {"q1_04": INTEREST})
    form = boardroom.sign(CHAIR, draft).case
    (view,) = notices.notices(boardroom[CHAIR])
    assert view.matter == case
    assert [told.id for told in matter_case.view(boardroom[CHAIR], form).told] == [view.id]


def test_amended_form_tells_the_other_directors_anew(boardroom):
    form = boardroom.file(CHAIR, "director-interest", q1_04=INTEREST).case
    draft = matter_drafts.amend(boardroom[CHAIR], form)
    fill(draft, {"q1_04": "My sister owns it."})
    boardroom.sign(CHAIR, draft, reason="I named the wrong relative.")
    boardroom.post(CHAIR)
    newest, first = matter_case.view(boardroom[CHAIR], form).told
    assert ("My sister owns it." in newest.text, INTEREST in first.text) == (True, True)
    assert len(notices.notices(boardroom[MAYA])) == 2


def test_form_that_reaches_no_other_director_is_not_signed(village):
    directory = village[SEC].directory
    for key in (MAYA, MILO):
        held = directory.tenures("ac_member")
        begun = next(t.start for t in held if t.person == village.id(key))
        person = directory.people[village.id(key)]
        left = PersonAct(person.id, person.name, person.email, ("employee",), (), "Adviser")
        ended = OfficeAct("ac_member", person.id, begun, begun, sole=False)
        acts.say(village[SEC], [left, ended])
    village.file(CHAIR)
    village.post(CHAIR)
    with pytest.raises(Problems) as refused:
        village.file(CHAIR, "director-interest", q1_04=INTEREST)
    assert "names no other director" in refused.value.problems[0]
    assert INTEREST not in everything(village[CHAIR])


def test_receipt_is_signed_once_and_by_those_named(boardroom):
    notice = _serve(boardroom, boardroom.lease())
    notices.acknowledge(boardroom[MAYA], notice, "Maya Member", SECRET)
    for key in (MAYA, SEC, CHAIR):
        with pytest.raises(CandorError, match="no notice here that waits"):
            notices.acknowledge(boardroom[key], notice, boardroom.name(key), SECRET)


def test_nobody_but_a_director_gives_such_a_notice(boardroom):
    with pytest.raises(NotYours):
        notices.serve(boardroom[FIN], "m" * 26, INTEREST, None, "Finn Figures", SECRET)
    with pytest.raises(CandorError, match="what your interest is"):
        notices.serve(boardroom[CHAIR], "m" * 26, " ", None, "Cara Chair", SECRET)
