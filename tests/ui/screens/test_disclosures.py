"""Telling something, and following it, in the window over real vaults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from a_company import DIRECTOR, SECRET, Town
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from village import CHAIR, EMMA, LAW, MAYA, SEC, Village, fill

from candor.app import (
    filing,
    matter_deciding,
    matter_drafts,
    matter_filing,
    matter_list,
    matter_routing,
    notices,
    preferences,
)
from candor.app.matter_case import Act
from candor.forms.answers import Answer
from candor.forms.kinds import Kind
from candor.ui.form.openings import Openings
from candor.ui.form.stops import StopNote
from candor.ui.screens.matter_acts import END, TAKE_BACK
from candor.ui.shell import Shell
from candor.ui.widgets import Button, RichText

Enter = Callable[..., Shell]


def said(page: QWidget) -> str:
    """Everything that can be read on a page now."""
    texts = (text for text in page.findChildren(RichText) if text.isVisible())
    return " | ".join(text.plain().replace("\N{NO-BREAK SPACE}", " ") for text in texts)


def front(shell: Shell, hands: Hands, kind: str) -> Any:
    """The page in front, once it is of that class and nothing runs behind it."""
    hands.until(lambda: type(shell.stack.currentWidget()).__name__ == kind)
    hands.rest()
    return shell.stack.currentWidget()


def case_page(shell: Shell, hands: Hands, case: str) -> Any:
    """The page of a matter."""
    page: Any = shell.page("disclosures")
    page.open_item(case)
    shown = front(shell, hands, "CasePage")
    hands.until(shown.way.isVisible)
    return shown


def form_page(shell: Shell, hands: Hands, case: str) -> Any:
    """A matter that was begun."""
    page: Any = shell.page("disclosures")
    page.go_on(case)
    shown = front(shell, hands, "MatterFormPage")
    hands.until(shown.form.pane.is_whole)
    return shown


def given(page: Any, name: str) -> None:
    """Type name and passphrase."""
    page.signer.name_field().setText(name)
    page.signer.passphrase_field().setText(SECRET)


def answered(draft: matter_drafts.MatterDraft, **answers: Any) -> None:
    """Answer everything."""
    fill(draft, answers)


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
    hands.until(lambda: not matter_list.disclosures(village[EMMA]).drafts)


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


# --- following ----------------------------------------------------------------------------


def test_a_filed_matter_stands_in_the_list_with_who_has_it(
    village: Village, enter: Enter, hands: Hands
) -> None:
    village.file(EMMA, q1_03="A fruit basket")
    village.post(EMMA)
    shell = enter(village[EMMA], "disclosures")
    page = shell.page("disclosures")
    hands.until(lambda: "Gift or hospitality received: A fruit basket" in said(page))
    assert "GFT-2026-0001. Sela Secretary, Corporate Secretary, has it since" in said(page)


def test_the_page_of_a_matter_keeps_three_times_apart(
    village: Village, enter: Enter, hands: Hands
) -> None:
    filed = village.file(EMMA)
    village.post(EMMA)
    page = case_page(enter(village[EMMA], "disclosures"), hands, filed.case)
    model = page.happenings.model
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert heads == ["What happened, each signed", "Claimed", "Received here", "Witnessed"]
    second = [model.data(model.index(1, at)) for at in range(4)]
    assert second[0] == "Opened and numbered"
    assert second[3] == "Not yet"


def test_a_question_of_the_decider_is_answered_by_an_amendment(
    village: Village, enter: Enter, hands: Hands
) -> None:
    filed = village.file(EMMA)
    village.post(EMMA)
    matter_routing.route(village[SEC], [filed.case])
    village.carry(SEC)
    matter_deciding.ask(village[LAW], filed.case, "Who else was there?")
    village.post(LAW)
    shell = enter(village[EMMA], "disclosures")
    page = case_page(shell, hands, filed.case)
    hands.until(lambda: "Who else was there?" in said(page.asked))
    hands.press(hands.word("Answer the question", page.asked))
    form = front(shell, hands, "MatterFormPage")
    assert form.draft.begun.request
    form.show_signing()
    assert not form.signing.sign.isEnabled()
    form.signing.reason.setPlainText("Two colleagues were there too.")
    given(form.signing, "Emma Employee")
    hands.press(form.signing.sign)
    hands.until(lambda: form.handing is not None)
    matter = village[EMMA].case(filed.case).matter
    assert matter is not None
    assert not matter.open_requests


@pytest.mark.parametrize(("act", "word"), [(TAKE_BACK, "Withdrawn"), (END, "Ended")])
def test_a_matter_is_taken_back_or_ended_with_a_reason_and_a_signature(
    act: Any, word: str, village: Village, enter: Enter, hands: Hands
) -> None:
    filed = village.file(EMMA)
    village.post(EMMA)
    shell = enter(village[EMMA], "disclosures")
    page = case_page(shell, hands, filed.case)
    words = {TAKE_BACK: "Take it back", END: "It has ended"}[act]
    hands.press(hands.word(words, page.acts))
    signing = front(shell, hands, "SignedActPage")
    assert not signing.sign.isEnabled()
    signing.reason.setPlainText("I gave it back.")
    if signing.day is not None:
        assert "give the day" in signing.why_off.plain()
        signing.day.edit.setText("1 Dec 2026")
    given(signing, "Emma Employee")
    hands.press(signing.sign)
    page = front(shell, hands, "CasePage")
    hands.until(lambda: word in said(page))
    assert "Amend it" not in said(page.acts) if act is TAKE_BACK else True


def test_the_form_on_an_interest_shows_which_directors_have_confirmed_it(
    village: Village, enter: Enter, hands: Hands
) -> None:
    form = village.file(CHAIR, "director-interest", q1_04="My brother owns it.").case
    village.post(CHAIR)
    (told,) = notices.notices(village[MAYA])
    notices.acknowledge(village[MAYA], told.id, "Maya Member", SECRET)
    village.post(MAYA)
    page = case_page(enter(village[CHAIR]), hands, form)
    shown = said(page)
    assert "Told the other directors" in shown
    assert shown.count("Not confirmed yet") == 1


def test_a_wrong_passphrase_takes_nothing_back(
    village: Village, enter: Enter, hands: Hands
) -> None:
    filed = village.file(EMMA)
    village.post(EMMA)
    shell = enter(village[EMMA], "disclosures")
    page = case_page(shell, hands, filed.case)
    hands.press(hands.word("Take it back", page.acts))
    signing = front(shell, hands, "SignedActPage")
    signing.reason.setPlainText("No.")
    given(signing, "Emma Employee")
    signing.signer.passphrase_field().setText("not the passphrase")
    hands.press(signing.sign)
    hands.until(signing.problem.isVisible)
    assert village[EMMA].case(filed.case).matter.withdrawal is None  # type: ignore[union-attr]


def test_two_versions_are_compared_in_words(village: Village, enter: Enter, hands: Hands) -> None:
    filed = village.file(EMMA)
    draft = matter_drafts.amend(village[EMMA], filed.case)
    answered(draft, q1_04={"minor": 9900, "currency": "USD"})
    village.sign(EMMA, draft, "The receipt says more")
    shell = enter(village[EMMA], "disclosures")
    page = case_page(shell, hands, filed.case)
    hands.press(hands.word("Compare versions", page.acts))
    compared = front(shell, hands, "ComparePage")
    hands.until(lambda: "99.00" in said(compared))
    assert "The receipt says more" in said(compared)


def test_a_reader_sees_the_matter_and_no_act_of_its_filer(
    village: Village, enter: Enter, hands: Hands
) -> None:
    filed = village.file(EMMA)
    village.post(EMMA)
    page = case_page(enter(village[LAW], "disclosures"), hands, filed.case)
    assert not [b for b in page.acts.findChildren(Button) if b.isVisible()]
    assert "You may read it" in said(page.acts)


# --- from the questionnaire ---------------------------------------------------------------


@pytest.fixture
def town(town_after: Callable[[str], Town]) -> Town:
    """The questionnaire was issued."""
    return town_after("issued")


def test_an_answer_of_the_questionnaire_begins_its_form_with_what_was_said(
    town: Town, enter: Enter, hands: Hands
) -> None:
    session = town[DIRECTOR]
    task = filing.my_forms(session)[0]
    draft = filing.open_draft(session, task.case)
    said_there = "A loan of the Company for my move."
    draft.set_answer(Answer("6.07", value=True, explanation=said_there))
    shell = enter(session, "forms")
    page: Any = shell.page("forms")
    page.open_item(task.case)
    form = front(shell, hands, "FormPage")
    form.form.go_to("6.07")
    hands.until(form.form.pane.is_whole)
    offered = form.form.view("6.07").findChild(Openings)
    hands.press(hands.word("Begin: Loan", offered))
    begun = front(shell, hands, "MatterFormPage")
    assert begun.draft.answers["1.06"].value == said_there
    (link,) = begun.draft.begun.links
    assert (link.case, link.question) == (task.case, "6.07")
    shell.back()
    hands.until(lambda: "was begun from this answer" in said(form))


# --- everywhere ---------------------------------------------------------------------------

CONTROLS = (Button, QLineEdit, QPlainTextEdit)


@pytest.mark.parametrize(("percent", "width"), [(100, 1024), (200, 1280)])
def test_the_pages_of_a_matter_fit_and_name_their_controls(
    percent: int, width: int, village: Village, enter: Enter, hands: Hands
) -> None:
    filed = village.file(EMMA)
    preferences.set_text_scale(village[EMMA], percent)
    shell = enter(village[EMMA], "disclosures")
    shell.window().resize(width, 700)
    pages: list[Any] = [shell.page("disclosures"), case_page(shell, hands, filed.case)]
    pages[1]._doers()[Act.RETIRE](pages[1].load())
    pages.append(front(shell, hands, "SignedActPage"))
    for page in pages:
        shell.stack.setCurrentWidget(page)
        hands.rest()
        inside = page.view.widget()
        assert inside.minimumSizeHint().width() <= page.view.viewport().width()
        for kind in CONTROLS:
            for control in page.findChildren(kind):
                text = control.text() if isinstance(control, Button) else ""
                assert not control.isVisible() or control.accessibleName() or text


def test_withdrawn_elsewhere_is_seen_when_the_page_is_shown_again(
    village: Village, enter: Enter, hands: Hands
) -> None:
    filed = village.file(EMMA)
    shell = enter(village[EMMA], "disclosures")
    page = case_page(shell, hands, filed.case)
    matter_filing.withdraw(village[EMMA], filed.case, "I gave it back.", "Emma Employee", SECRET)
    shell.refresh()
    hands.until(lambda: "Withdrawn" in said(page))
