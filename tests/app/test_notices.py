"""A director's interest is told to every other director, each in a file of their own."""

from __future__ import annotations

import pytest
from a_company import SECRET
from boardroom import DIRK, DORA, MEETING
from village import CHAIR, EMMA, FIN, LAW, MAYA, MILO, SEC, everything

from candor.app import committee, home, notices, outbox
from candor.app.session import NotYours
from candor.errors import CandorError

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


def test_notice_of_a_filed_form_is_served_and_tied_to_the_item(boardroom):
    case = boardroom.lease()
    form = boardroom.file(CHAIR, "director-interest", q1_04=INTEREST).case
    notice = notices.serve_filed(boardroom[CHAIR], form, "Cara Chair", SECRET)
    boardroom.post(CHAIR)
    view = notices.notice_of(boardroom[MAYA], notice)
    assert (f"Interest: {INTEREST}" in view.text, view.matter) == (True, form)
    draft = committee.draft_item(boardroom[SEC], case)
    assert draft.notices == ((notice, "Cara Chair"),)
    assert draft.warnings == ()
    item = boardroom.put(case, notices=(notice,))
    assert "Cara Chair’s notice" in committee.ballot_sheet(boardroom[MAYA], item).warnings[0]
    minutes = committee.result(boardroom[SEC], item).minutes
    assert [line.split(" told ")[0] for line in minutes[:1]] == ["Cara Chair"]
    assert "took no part" in minutes[1]
    with pytest.raises(NotYours):
        notices.serve_filed(boardroom[SEC], form, "Sela Secretary", SECRET)


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
