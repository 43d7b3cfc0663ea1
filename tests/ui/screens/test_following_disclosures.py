"""Following what was told, in the window over real vaults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from a_company import DIRECTOR, SECRET, Town
from disclosing import Enter, answered, case_page, front, given, said
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from village import CHAIR, EMMA, LAW, MAYA, SEC, Village

from candor.app import (
    filing,
    matter_deciding,
    matter_drafts,
    matter_filing,
    matter_routing,
    notices,
    preferences,
)
from candor.app.matter_case import Act
from candor.forms.answers import Answer
from candor.ui.form.openings import Openings
from candor.ui.screens.matter_acts import END, TAKE_BACK
from candor.ui.widgets import Button

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
    hands.rest()
    assert "Withdrawn" in said(page)
