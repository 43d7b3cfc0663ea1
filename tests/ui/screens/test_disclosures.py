"""Telling something in the window over real vaults."""

from __future__ import annotations

from typing import Any

from disclosing import Enter, answered, form_page, front, given, said
from hands import Hands
from PySide6.QtCore import Qt
from village import CHAIR, EMMA, SEC, Village

from candor.app import (
    matter_drafts,
    matter_list,
)
from candor.forms.answers import Answer
from candor.forms.kinds import Kind
from candor.ui.form.stops import StopNote

# --- choosing -----------------------------------------------------------------------------


def test_a_word_in_the_search_leaves_the_forms_that_know_it_and_enter_begins_the_only_one(
    village: Village, enter: Enter, hands: Hands
) -> None:
    shell = enter(village[EMMA], "disclosures")
    page: Any = shell.page("disclosures")
    assert len(page.menu.entries()) > 10
    hands.bot.keyClicks(page.menu.search, "voucher ticket")
    hands.until(lambda: not page.menu.is_looking() and len(page.menu.entries()) == 1)
    assert page.menu.entries()[0].title == "Gift or hospitality received"
    hands.bot.keyClick(page.menu.search, Qt.Key.Key_Return)
    shown = front(shell, hands, "MatterFormPage")
    assert shown.draft.form.code == "F07"
    assert len(matter_list.disclosures(village[EMMA]).drafts) == 1


def test_a_search_that_finds_nothing_says_what_to_do(
    village: Village, enter: Enter, hands: Hands
) -> None:
    shell = enter(village[EMMA], "disclosures")
    page: Any = shell.page("disclosures")
    hands.bot.keyClicks(page.menu.search, "zeppelin")
    hands.until(lambda: not page.menu.is_looking() and page.menu.nothing.isVisible())
    assert "I am not sure what the Code asks of me" in said(page)


def test_a_draft_is_thrown_away_only_by_its_own_button(
    village: Village, enter: Enter, hands: Hands
) -> None:
    matter_drafts.start(village[EMMA], "guidance")
    shell = enter(village[EMMA], "disclosures")
    page: Any = shell.page("disclosures")
    hands.press(hands.word("Throw away", page))
    hands.rest()
    assert not matter_list.disclosures(village[EMMA]).drafts


# --- writing ------------------------------------------------------------------------------


def test_cash_stops_at_its_field_with_the_remedy_and_the_rule_and_on_the_review(
    village: Village, enter: Enter, hands: Hands
) -> None:
    draft = matter_drafts.start(village[EMMA], "gift-received")
    answered(draft, q1_01="accepted", q1_02="cash")
    shell = enter(village[EMMA], "disclosures")
    page = form_page(shell, hands, draft.case.id)
    view = page.form.view("1.02")
    (stop,) = view.findChildren(StopNote)
    assert stop.isVisible()
    assert "What to do instead: Give it back" in said(stop)
    assert "Code III b5" in said(stop)
    assert "Stopped." in view.field.first().accessibleDescription()
    page.show_review()
    assert not page.review.onward.isEnabled()
    hands.press(hands.word("Go to 1.02", page.review))
    assert page.currentWidget() is page.form
    happened = page.form.view("1.01").field.chooser
    happened.setFocus()
    while happened.value() != "returned":
        hands.bot.keyClick(happened, Qt.Key.Key_Down)
    hands.until(lambda: not page.form.view("1.02").stops.isVisible())
    page.show_review()
    hands.until(page.review.onward.isEnabled)


def test_where_it_goes_is_told_before_filing_and_follows_the_answers(
    village: Village, enter: Enter, hands: Hands
) -> None:
    draft = matter_drafts.start(village[EMMA], "gift-received")
    shell = enter(village[EMMA], "disclosures")
    page = form_page(shell, hands, draft.case.id)
    hands.until(lambda: not page.asker.is_asking())
    assert "Not known yet" in said(page)
    answered(draft)
    again = matter_drafts.open_draft(village[EMMA], draft.case.id)
    page.draft.start_from(again.answers)
    page.form.refresh()
    hands.until(lambda: "Lora Lawless (Chief Legal Officer) decides" in said(page))
    page.show_review()
    assert "Lora Lawless (Chief Legal Officer) decides" in said(page.review)


def test_a_directors_matter_goes_to_the_committee_without_her(
    village: Village, enter: Enter, hands: Hands
) -> None:
    draft = matter_drafts.start(village[CHAIR], "related-person-transaction")
    answered(draft)
    shell = enter(village[CHAIR], "disclosures")
    page = form_page(shell, hands, draft.case.id)
    hands.until(lambda: "The Audit Committee decides" in said(page))
    assert "Cara Chair" in said(page)


def test_whoever_is_named_as_concerned_is_offered_by_name_and_left_out(
    village: Village, enter: Enter, hands: Hands
) -> None:
    draft = matter_drafts.start(village[EMMA], "gift-received")
    answered(draft)
    concerned = [{"person": {"name": "lora  lawless", "id": ""}, "why": "named_party"}]
    draft.set_answer(Answer("4.01", value=concerned))
    shell = enter(village[EMMA], "disclosures")
    page = form_page(shell, hands, draft.case.id)
    hands.until(lambda: "Finn Figures (Chief Financial Officer) decides" in said(page))
    assert "Lora Lawless, Chief Legal Officer" in said(page)
    concerned[0]["person"] = {"name": "Lora Lawles", "id": ""}
    page.draft.set_answer(Answer("4.01", value=concerned))
    page.form.refresh()
    hands.until(lambda: "Nobody at the Company has this name" in said(page))


def test_names_of_the_company_are_offered_where_a_person_is_asked_for(
    village: Village, enter: Enter, hands: Hands
) -> None:
    draft = matter_drafts.start(village[EMMA], "property-removal")
    answered(draft)
    shell = enter(village[EMMA], "disclosures")
    page = form_page(shell, hands, draft.case.id)
    question = next(q for q in page.draft.form.questions if q.kind is Kind.PERSON)
    page.form.go_to(question.id)
    edit = page.form.view(question.id).field.edit
    hands.until(lambda: edit.completer() is not None)
    edit.completer().setCompletionPrefix("lawl")
    assert edit.completer().currentCompletion() == "Lora Lawless"


def test_the_right_to_go_to_an_agency_stands_below_every_section(
    village: Village, enter: Enter, hands: Hands
) -> None:
    draft = matter_drafts.start(village[EMMA], "gift-received")
    shell = enter(village[EMMA], "disclosures")
    page = form_page(shell, hands, draft.case.id)
    for line in page.form.section_lines():
        page.form.show_section(line.id)
        assert "reporting a possible violation to the SEC" in said(page.form.pane)


def test_signing_files_it_and_offers_the_file_and_the_copy(
    village: Village, enter: Enter, hands: Hands, desk: Any
) -> None:
    draft = matter_drafts.start(village[EMMA], "gift-received")
    answered(draft)
    shell = enter(village[EMMA], "disclosures")
    page = form_page(shell, hands, draft.case.id)
    page.show_review()
    hands.press(page.review.onward)
    signing = page.signing
    if signing._texts.consent_needed:
        signing.consent.click()
    given(signing, "Emma Employee")
    hands.press(signing.sign)
    hands.until(lambda: page.handing is not None)
    assert "Sela Secretary" in said(page.handing)
    hands.press(page.handing.save)
    hands.until(lambda: list(desk.glob("*.candor")))
    village.take(SEC, list(desk.glob("*.candor")))
    assert draft.case.id in village[SEC].state.cases
