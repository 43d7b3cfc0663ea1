"""What a body decides: a director's family transaction, an officer's waiver with its clock."""

from __future__ import annotations

from typing import Any

import pytest
from a_board import Board, begin, decision, fill_matter, reads, said, sign_box, sign_matter
from a_person import Person
from boardroom import AT_THE_MEETING
from village import CHAIR, FIN, LAW, MAYA, MILO, SEC, everything

from candor.app import matter_deciding, matter_list, waiver_clock
from candor.policy.terms import DecisionKind
from candor.records import decisions
from candor.ui.screens.ballot import BallotPage
from candor.ui.screens.item_put import PutItemPage
from candor.ui.screens.waiver import WaiverPage

pytestmark = pytest.mark.timeout(600)


def filed(board: Board, who: str, title: str, **answers: Any) -> None:
    """Somebody files a matter, and the secretary sends it on."""
    with board.at(who) as filer:
        page = begin(filer, title)
        fill_matter(filer, page, {name[1:].replace("_", "."): v for name, v in answers.items()})
        sign_matter(filer, page)
    with board.at(SEC) as secretary:
        routes = secretary.go("routing")
        secretary.press(routes.send)
        secretary.until(routes.nothing.isVisible)


def ruled(board: Board, answer: str) -> None:
    """The Chief Legal Officer rules; she has no choice of decisions beside it."""
    with board.at(LAW) as clo:
        page = decision(clo)
        ruling = page.ruling
        assert ruling is not None
        assert page.choosing is None
        clo.press(ruling.answer.radio(answer))
        clo.type_into(ruling.reason, "As its papers show.")
        sign_box(clo, ruling.box)
        clo.until(lambda: clo.front() is not page)
    board.pass_on()


def put(board: Board, kind: str) -> None:
    """The secretary prepares the item, writes what stands in braces, and puts it."""
    with board.at(SEC) as secretary:
        room = secretary.go("committee")
        secretary.press_word("Prepare the item", room)
        secretary.until(lambda: isinstance(secretary.front(), PutItemPage))
        page = secretary.front()
        secretary.until(page.is_read)
        secretary.until(lambda: bool(page.kinds._rows))
        secretary.press(page.kinds.radio(kind))
        secretary.type_into(page.on.edit, "9 Dec 2026")
        secretary.until(lambda: "{" in page.text.toPlainText() and not page.later.is_asking())
        words = page.text.toPlainText()
        secretary.type_into(page.text, words.replace("{", "the ").replace("}", ""))
        secretary.until(lambda: not page.later.is_asking())
        sign_box(secretary, page.box)
        secretary.until(lambda: secretary.front() is room)


def ballot(person: Person) -> BallotPage:
    """Open the paper from the list of votes."""
    room = person.go("committee")
    person.press_word("Read and", room)
    person.until(lambda: isinstance(person.front(), BallotPage))
    page: BallotPage = person.front()
    person.until(page.is_read)
    return page


def vote(board: Board, key: str, choice: str = "for") -> None:
    """A member reads the paper and signs a vote."""
    with board.at(key) as member:
        page = ballot(member)
        voting: Any = page.voting
        assert voting.options.value() == ""
        member.press(voting.options.radio(choice))
        sign_box(member, voting.box)
        member.until(lambda: page.result is not None and page.result.isVisible())


def resolved(board: Board, key: str, *, clock: bool) -> None:
    """The chair, or whoever acts for the chair, signs the result on the day of the meeting."""
    board.town.clock.move_to(AT_THE_MEETING)
    with board.at(key) as chair:
        page = ballot(chair)
        result: Any = page.result
        chair.until(result.box.onward.isEnabled)
        assert page.clock.strip.isVisible() == clock
        if clock:
            reads(chair, "A Form 8-K will be due on Tue 15 Dec 2026, 5:30 pm ET", page)
        else:
            reads(chair, "No Form 8-K: this is not a waiver.", page)
        sign_box(chair, result.box)
        reads(chair, "Signed by", page)
    board.pass_on()


def test_directors_family_transaction_is_decided_two_to_nothing_with_the_chair_recused(
    board: Board,
) -> None:
    filed(board, CHAIR, "Dealing with a related person", q3_04="2027-01-15")
    ruled(board, "no")
    put(board, "approval")
    text = next(c.item.text for c in board.vault(SEC).state.cases.values() if c.item)
    vote(board, MAYA)
    vote(board, MILO)
    board.pass_on()
    assert text not in everything(board.vault(CHAIR))
    resolved(board, MAYA, clock=False)
    with board.at(CHAIR) as chair:
        page = chair.go("disclosures")
        (row,) = matter_list.disclosures(board.session(chair)).filed
        assert row.standing.word == "Approved"
        assert "By the Audit Committee" in row.standing.text
        chair.press_word("Open", page)
        reads(chair, "Approved")
        room = chair.go("committee")
        assert "RPT-2026-0001" not in said(room)
    assert text not in everything(board.vault(CHAIR))


def test_officers_waiver_is_granted_by_the_committee_and_never_by_the_clo_alone(
    board: Board,
) -> None:
    filed(board, FIN, "Request for a waiver")
    ruled(board, "yes")
    with board.at(LAW) as clo:
        page = decision(clo)
        assert page.choosing is None
        reads(clo, "The Audit Committee decides after your ruling.", page)
        alone(board, clo)
    board.pass_on()
    ruled(board, "yes")
    put(board, "waiver_granted")
    for key in (CHAIR, MAYA, MILO):
        vote(board, key)
    board.pass_on()
    resolved(board, CHAIR, clock=True)
    with board.at(SEC) as secretary:
        home = secretary.go("home")
        reads(secretary, "Disclose the waiver of Finn Figures", home)
        secretary.press_word("Open the worksheet", home)
        secretary.until(lambda: isinstance(secretary.front(), WaiverPage))
        page = secretary.front()
        reads(secretary, "A Form 8-K is due on Tue 15 Dec 2026, 5:30 pm ET", page)
        secretary.press(page.record.routes.radio("form_8k"))
        secretary.type_into(page.record.on.edit, "9 Dec 2026")
        sign_box(secretary, page.record.box)
        reads(secretary, "Recorded by", page)
    with board.at(FIN) as officer:
        (row,) = matter_list.disclosures(board.session(officer)).filed
        assert row.standing.word == "Waiver granted"
    (view,) = waiver_clock.clocks(board.vault(FIN))
    assert not view.runs


def alone(board: Board, clo: Person) -> None:
    """A changed program writes what the window does not offer: it is kept, and void."""
    session = board.session(clo)
    (case,) = [c for c in session.state.cases.values() if c.matter and c.matter.matter == "waiver"]
    choice = matter_deciding.Choice(DecisionKind.WAIVER_GRANTED, "It is harmless.")
    acting = matter_deciding.Capacity("clo")
    matter_deciding.write_decision(session, case, acting, choice, clo.name)
    (kept,) = session.case(case.id).determinations
    assert kept.void in {decisions.BODY_ONLY, decisions.NOT_REFERRED}
    assert session.case(case.id).determination("") is None
