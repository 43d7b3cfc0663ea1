"""Review and signing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from a_draft import MemoryDraft
from a_form import small_context, small_form
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from candor.app.filing import Filed, SigningTexts
from candor.errors import CandorError
from candor.forms.answers import Answer, Change
from candor.ui.review_view import HandOverView, ReviewView, open_points
from candor.ui.sign_view import SignView
from candor.ui.style import Meaning
from candor.ui.tasks import Work
from candor.ui.widgets import RichText
from candor.ui.window import Window

Make = Callable[..., Window]
FILE = {"name": "contract.pdf", "digest": "0" * 64, "size": 9, "media": "application/pdf"}


@pytest.fixture
def draft() -> MemoryDraft:
    answers = {
        "1.01": Answer("1.01", value=True, change=Change.CHANGED, attachments=(FILE,)),
        "1.03": Answer("1.03", unable="I asked, no reply"),
    }
    last = {"1.01": Answer("1.01", value=False)}
    return MemoryDraft(small_form(), small_context(), last_year=last, answers=answers)


def texts(*, consent_needed: bool = True) -> SigningTexts:
    return SigningTexts(
        meaning="I answered after reasonable enquiry.",
        consent="You agree to sign on screen.",
        consent_version="c1",
        consent_needed=consent_needed,
        carve_out="Nothing here keeps you from reporting to an agency.",
        when_you_press=("Your answers are sealed as version 1.",),
        signing_as="Independent director",
    )


class Act:
    """A signing act that says what it was given, and refuses one passphrase."""

    def __init__(self) -> None:
        self.given: list[tuple[str, str, bool]] = []

    def __call__(self, name: str, secret: str, consent: bool, work: Work) -> Filed:
        work.tick("Freeze the answers", 1, 4)
        self.given.append((name, secret, consent))
        if secret == "wrong":
            raise CandorError("That is not your passphrase.", hint="Nothing was signed.")
        return Filed("case", 1, b"%PDF", "event")


def said(page: object) -> str:
    return " | ".join(t.plain() for t in page.findChildren(RichText))  # type: ignore[attr-defined]


def test_every_open_point_is_a_link_to_its_question(
    qtbot: QtBot, draft: MemoryDraft, window: Make
) -> None:
    review = ReviewView(draft)
    window(review)
    points = open_points(draft)
    assert [p.question for p in points][:2] == ["1.01", "1.02"]
    assert not review.onward.isEnabled()
    assert review._open_steps.isVisible()
    assert not review._steps.isVisible()
    review.points.setFocus()
    review.points.selectRow(1)
    with qtbot.waitSignal(review.asked) as told:
        qtbot.keyClick(review.points, Qt.Key.Key_Return)
    assert told.args == ["1.02"]


def test_signing_is_reached_only_with_nothing_open(
    qtbot: QtBot, draft: MemoryDraft, window: Make
) -> None:
    review = ReviewView(draft)
    window(review)
    for question in draft.visible():
        draft._answers[question.id] = Answer(question.id, unable="I could not find out")
    draft._read = {}
    review.refresh()
    assert "Nothing is open" in review.head.sentence.plain()
    assert not review.points.isVisible()
    with qtbot.waitSignal(review.sign_asked):
        qtbot.mouseClick(review.onward, Qt.MouseButton.LeftButton)


def test_the_summary_counts_and_links(qtbot: QtBot, draft: MemoryDraft, window: Make) -> None:
    page = SignView(draft, texts(), Act())
    window(page)
    words = said(page.summary)
    for line in ("1 answered", "1 unable to answer", "1 changed since last year", "1 attachment"):
        assert line in words
    with qtbot.waitSignal(page.asked) as told:
        page.summary.findChildren(RichText)[-1].linkActivated.emit("1.01")
    assert told.args == ["1.01"]


def test_sign_needs_the_box_the_name_and_the_passphrase_and_says_what_is_missing(
    qtbot: QtBot, draft: MemoryDraft, window: Make
) -> None:
    page = SignView(draft, texts(), Act())
    window(page)
    assert not page.consent.isChecked()
    assert page.why_off.plain().startswith("To sign, tick the box and type your full name")
    page.consent.click()
    qtbot.keyClicks(page.signer.name_field(), "Harold J. Quillfeather")
    assert not page.sign.isEnabled()
    qtbot.keyClicks(page.signer.passphrase_field(), "correct horse")
    assert page.sign.isEnabled()
    assert not page.why_off.isVisible()


def test_enter_in_the_passphrase_does_not_sign(
    qtbot: QtBot, draft: MemoryDraft, window: Make
) -> None:
    act = Act()
    page = SignView(draft, texts(consent_needed=False), act, name="Harold J. Quillfeather")
    window(page)
    assert not page.consent.isVisible()
    qtbot.keyClicks(page.signer.passphrase_field(), "correct horse")
    qtbot.keyClick(page.signer.passphrase_field(), Qt.Key.Key_Return)
    QTest.qWait(50)
    assert act.given == []


def test_pressing_sign_signs_and_forgets_the_passphrase(
    qtbot: QtBot, draft: MemoryDraft, window: Make
) -> None:
    act = Act()
    page = SignView(draft, texts(), act)
    window(page)
    page.consent.click()
    qtbot.keyClicks(page.signer.name_field(), "Harold J. Quillfeather")
    qtbot.keyClicks(page.signer.passphrase_field(), "correct horse")
    with qtbot.waitSignal(page.signed) as told:
        qtbot.mouseClick(page.sign, Qt.MouseButton.LeftButton)
    assert act.given == [("Harold J. Quillfeather", "correct horse", True)]
    assert told.args is not None
    assert told.args[0].version == 1
    assert page.signer.secret() == ""
    assert not page.progress.isVisible()


def test_a_refusal_stands_beside_the_button_and_the_passphrase_can_be_typed_again(
    qtbot: QtBot, draft: MemoryDraft, window: Make
) -> None:
    page = SignView(draft, texts(consent_needed=False), Act(), name="Harold J. Quillfeather")
    window(page)
    qtbot.keyClicks(page.signer.passphrase_field(), "wrong")
    qtbot.mouseClick(page.sign, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.accessibleName() == "That is not your passphrase. Nothing was signed."
    assert page.signer.passphrase_field().selectedText() == "•" * 5 or page.signer.secret()
    assert page.sign.isEnabled()


def test_an_assistant_sees_who_can_sign_and_no_button(draft: MemoryDraft, window: Make) -> None:
    page = SignView(draft, texts(), Act(), only="Harold Quillfeather")
    window(page)
    assert "Only Harold Quillfeather can sign" in said(page)
    assert not hasattr(page, "sign")


def test_after_signing_the_file_is_handed_over_in_three_ways(qtbot: QtBot, window: Make) -> None:
    page = HandOverView("Eleanor Whitcombe, Corporate Secretary", 1, folder=True)
    window(page)
    for press, signal in (
        (page.save, page.save_asked),
        (page.mail, page.mail_asked),
        (page.folder, page.folder_asked),
        (page.pdf, page.pdf_asked),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    page.say(Meaning.DONE, "Saved.", "Send the file to Eleanor Whitcombe.")
    assert page.result.isVisible()
    assert not HandOverView("Eleanor Whitcombe", 2).folder.isVisible()


def test_a_copy_that_was_handed_over_before_is_not_asked_for_again(window: Make) -> None:
    page = HandOverView("Eleanor Whitcombe", 1, handed="They have it since Tue 6 Oct 2026.")
    window(page)
    assert "Now hand it over" not in said(page)
    assert "Version 1 is sealed in your vault. They have it since Tue 6 Oct 2026." in said(page)
