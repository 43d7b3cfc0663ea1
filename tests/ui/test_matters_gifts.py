"""Gifts from the first question to the outcome, each at a window of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from a_board import (
    Board,
    approve,
    begin,
    decision,
    fill_matter,
    form_in_front,
    reads,
    said,
    sign_box,
    sign_matter,
)
from village import EMMA, FIN, LAW, SEC

from candor.app import matter_list
from candor.ui.review_view import ReviewView

GIFT = "Gift or hospitality received"
DINNER = {"1.03": "Dinner after a talk"}
pytestmark = pytest.mark.timeout(600)


def filed(board: Board) -> None:
    """Emma tells of a dinner, and the secretary sends it on."""
    with board.at(EMMA) as emma:
        page = begin(emma, GIFT)
        fill_matter(emma, page, DINNER)
        sign_matter(emma, page)
    route(board)


def route(board: Board) -> None:
    """The secretary sends everything on where the rules say."""
    with board.at(SEC) as secretary:
        page = secretary.go("routing")
        secretary.press(page.send)
        secretary.until(page.nothing.isVisible)


def expect_outcome(board: Board, word: str) -> None:
    """What Emma reads of her matter in the end."""
    with board.at(EMMA) as emma:
        page = emma.go("disclosures")
        (row,) = matter_list.disclosures(board.session(emma)).filed
        assert row.standing.word == word
        emma.press_word("Open", page)
        reads(emma, "Gift or hospitality received: Dinner after a talk")


def test_employees_gift_is_approved_by_the_chief_legal_officer(board: Board) -> None:
    filed(board)
    with board.at(LAW) as clo:
        page = decision(clo)
        assert page.choosing is not None
        assert page.choosing.options.value() == ""
        approve(clo, page)
    board.pass_on()
    expect_outcome(board, "Approved")


def test_same_gift_is_decided_by_the_deputy_while_the_chief_legal_officer_is_away(
    board: Board,
) -> None:
    today = board.town.clock.now().date()
    with board.at(SEC) as secretary:
        routes = secretary.go("routing")
        secretary.press(routes.away)
        secretary.until(lambda: hasattr(secretary.front(), "deputy"))
        page = secretary.front()
        secretary.until(page.is_read)
        page.office.set_value("clo")
        page.deputy.set_value("cfo")
        secretary.type_into(page.start.edit, today.isoformat())
        secretary.type_into(page.end.edit, (today + timedelta(days=3)).isoformat())
        secretary.type_into(page.reason, "Leave, told by her letter.")
        sign_box(secretary, page.box)
        reads(secretary, "Lora Lawless, Chief Legal Officer")
    filed(board)
    with board.at(FIN) as cfo:
        page = decision(cfo)
        reads(cfo, "You decide for Lora Lawless, absent from", page)
        approve(cfo, page)
    board.pass_on()
    expect_outcome(board, "Approved")
    found = board.vault(LAW).state.cases.values()
    decided = [d for case in found for d in case.determinations]
    assert all(not d.void for d in decided)


def test_cash_is_stopped_at_its_field_and_on_the_review(board: Board) -> None:
    with board.at(EMMA) as emma:
        page = begin(emma, GIFT)
        assert fill_matter(emma, page, {**DINNER, "1.02": "gift_card", "1.01": "accepted"})
        reads(emma, "nobody can approve it", page)
        reads(emma, "Return it", page)
        page.show_review()
        emma.until(lambda: isinstance(page.currentWidget(), ReviewView))
        review: Any = page.review
        assert not review.onward.isEnabled()
        assert "nobody can approve it" in said(review)
        assert matter_list.disclosures(board.session(emma)).filed == ()
    assert not any(board.mail.values())


def test_more_is_asked_answered_by_an_amendment_and_then_decided(board: Board) -> None:
    filed(board)
    with board.at(LAW) as clo:
        page = decision(clo)
        clo.press(page.ask)
        asking = page.asking
        assert asking is not None
        clo.type_into(asking.text, "Who else was at the table?")
        clo.press(asking.send)
        clo.until(lambda: clo.front() is not page)
    board.pass_on()
    with board.at(EMMA) as emma:
        home = emma.go("home")
        reads(emma, "Who else was at the table?", home)
        emma.press_word("Answer", home)
        emma.until(lambda: type(emma.front()).__name__ == "CasePage")
        emma.press_word("Answer the question")
        form = form_in_front(emma)
        view: Any = form.form.view("1.03")  # type: ignore[union-attr]
        emma.type_into(view.field.edit, "Dinner after a talk, with four of them")
        sign_matter(emma, form, "You asked who was there.")
    board.pass_on()
    with board.at(LAW) as clo:
        page = decision(clo)
        reads(clo, "Dinner after a talk, with four of them", page)
        reads(clo, "answered", page)
        approve(clo, page)
    board.pass_on()
    with board.at(EMMA) as emma:
        (row,) = matter_list.disclosures(board.session(emma)).filed
        assert row.standing.word == "Approved"


def test_two_decisions_apart_are_both_kept_and_settled_by_one_who_knows_both(
    board: Board,
) -> None:
    filed(board)
    today = board.town.clock.now().date().isoformat()
    with board.at(SEC) as secretary:
        routes = secretary.go("routing")
        secretary.press(routes.away)
        secretary.until(lambda: hasattr(secretary.front(), "deputy"))
        page = secretary.front()
        secretary.until(page.is_read)
        page.office.set_value("clo")
        page.deputy.set_value("cfo")
        secretary.type_into(page.start.edit, today)
        secretary.type_into(page.end.edit, today)
        secretary.type_into(page.reason, "Called away for the day.")
        sign_box(secretary, page.box)
        reads(secretary, "Away now")
        routes = secretary.go("routing")
        secretary.press(routes.send)
        secretary.until(routes.nothing.isVisible)
    late = board.mail.pop(LAW)  # the Chief Legal Officer has the first file only
    board.mail[LAW], later = late[:1], late[1:]
    with board.at(FIN) as cfo:
        approve(cfo, decision(cfo), "disapproval")
    with board.at(LAW) as clo:
        approve(clo, decision(clo))
    board.pass_on()
    board.mail[LAW] = [*later, *board.mail[LAW]]
    board.town.clock.move_to(board.town.clock.now() + timedelta(days=1))
    with board.at(LAW) as clo:
        page = decision(clo)
        reads(clo, "Two decisions differ", page)
        reads(clo, "Refused", page)
        approve(clo, page)
    board.pass_on()
    expect_outcome(board, "Approved")
